/* Waiting for carrier: what is sent needs it, and LINKDELAY asks for it. */
#include "i18n.h"
#include "model/iface.h"
#include "plan/planner.h"
#include <net/if.h>

/* A cable that is in has carrier by then. A switch passes nothing on before its protocol is done: LACP waits
 * 2 s for more ports alone (IEEE 802.1AX, Aggregate_Wait_Time). */
enum { DEPTH_MAX = 32, SEND_CARRIER_MS = 3000, SEND_PARTNER_MS = 6000, LEASE_CARRIER_MS = 5500 };

/* What stands on a bridge with spanning tree has carrier when that has. */
static gint longest_linkdelay(const NetIface *iface)
{
    gint longest = 0;
    for (guint depth = 0; iface && depth < DEPTH_MAX; iface = net_iface_lower(iface), depth++)
        longest = MAX(longest, iface->linkdelay);
    return longest;
}

static guint carrier_limit(const NetIface *iface, gboolean needs_partner, PlannerSends sends)
{
    gint linkdelay = longest_linkdelay(iface);
    if (linkdelay > 0)
        return (guint)linkdelay * 1000;
    if (needs_partner)
        return SEND_PARTNER_MS;
    return sends & PLANNER_ASKS ? LEASE_CARRIER_MS : SEND_CARRIER_MS;
}

/* Nobody has set up the other end of the cable; NULL: it is up, or there is none here. */
static const ObservedLink *find_idle_peer(const NetPlanner *planner, const char *dev)
{
    const ObservedLink *link = planner_link(planner, dev);
    const ObservedLink *peer =
        link && link->peer ? net_observed_link_by_index(planner->picture, link->peer) : NULL;
    return peer && !(peer->flags & IFF_UP) ? peer : NULL;
}

void planner_tell_peers(NetPlanner *planner, const GPtrArray *up)
{
    for (guint i = 0; i < up->len; i++) {
        const NetIface *iface = g_ptr_array_index(up, i);
        const ObservedLink *peer = g_hash_table_contains(planner->unheard, iface)
                                       ? find_idle_peer(planner, net_iface_device(iface))
                                       : NULL;
        if (peer && planner_enter(planner, iface))
            planner_warn(planner, iface->name, iface->where,
                         _("no carrier: its other end, %s, is down; set that up"), peer->name);
    }
}

typedef struct {
    NetPlanner *planner;
    NetPhase phase;
    PlannerSends sends;
} BelowWait;

static void wait_below(const BelowWait *self, const NetIface *iface, guint depth);

static void wait_at(const BelowWait *self, const NetIface *below, guint depth)
{
    const char *partner = below->kind->needs_partner ? below->kind->needs_partner(below) : NULL;
    const ObservedLink *before = planner_link_before(self->planner, below->name);
    gboolean has_it = before && before->carrier && planner_link_stays(self->planner, below->name);
    if (partner && below->ports->len && !has_it)
        planner_do(self->planner,
                   (NetOp){.type = NET_OP_CARRIER_WAIT,
                           .phase = self->phase,
                           .severity = NET_WARN,
                           .dev = below->name,
                           .where = below->where,
                           .carrier = {carrier_limit(below, TRUE, self->sends), partner, 0, TRUE}});
    wait_below(self, below, depth + 1);
}

/* What is sent by a VLAN, or by a bridge, arrives when the bond below has come to terms with the switch. */
static void wait_below(const BelowWait *self, const NetIface *iface, guint depth)
{
    const NetIface *lower = net_iface_lower(iface);
    gboolean has_ports = net_kind_has(iface->kind, NET_KIND_HAS_PORTS) &&
                         !net_kind_has(iface->kind, NET_KIND_PORTS_ARE_SILENT);
    if (lower && depth < DEPTH_MAX)
        wait_at(self, lower, depth);
    for (guint i = 0; has_ports && depth < DEPTH_MAX && i < iface->ports->len; i++)
        wait_at(self, g_ptr_array_index(iface->ports, i), depth);
}

void planner_wait_other_port(NetPlanner *planner, const NetIface *master, const char *port)
{
    const char *partner = master->kind->needs_partner ? master->kind->needs_partner(master) : NULL;
    guint port_delay_ms = master->kind->port_delay ? master->kind->port_delay(master) : 0;
    NetOp op = {.type = NET_OP_CARRIER_WAIT,
                .phase = NET_PHASE_CARRIER,
                .severity = NET_WARN,
                .dev = master->name,
                .stands_on = port,
                .where = master->where};
    op.carrier.timeout_ms = carrier_limit(master, partner != NULL, 0);
    op.carrier.partner = partner;
    op.carrier.port_delay_ms = port_delay_ms;
    op.carrier.but = port;
    planner_do(planner, op);
}

/* LINKDELAY is for links that the plan brings up; a cable that has been out for days is not waited for again.
 * What is only announced gets its addresses before the wait. */
void planner_wait_carrier(NetPlanner *planner, const NetIface *iface, PlannerSends sends)
{
    const char *dev = net_iface_device(iface);
    const ObservedLink *before = planner_link_before(planner, dev);
    gboolean stays = planner_link_stays(planner, dev);
    gboolean is_moved = g_hash_table_contains(planner->moved, dev);
    gboolean is_delayed = !stays && iface->linkdelay > 0;
    gboolean can_never = iface->kind->traits & NET_KIND_HAS_PORTS && !iface->ports->len;
    if (!iface->link_up || can_never || (stays && !is_moved && before->carrier) || !(sends || is_delayed))
        return;
    if (find_idle_peer(planner, dev)) {
        g_hash_table_add(planner->unheard, (gpointer)iface);
        return;
    }
    gboolean is_late = !is_delayed && !(sends & (PLANNER_PROBES | PLANNER_ASKS));
    const char *partner = iface->kind->needs_partner ? iface->kind->needs_partner(iface) : NULL;
    guint port_delay_ms = iface->kind->port_delay ? iface->kind->port_delay(iface) : 0;
    NetPhase phase = is_late ? NET_PHASE_ANNOUNCE_CARRIER : NET_PHASE_CARRIER;
    wait_below(&(BelowWait){planner, phase, sends}, iface, 0);
    planner_do(planner, (NetOp){.type = NET_OP_CARRIER_WAIT,
                                .phase = phase,
                                .severity = NET_WARN,
                                .dev = dev,
                                .where = iface->where,
                                .carrier = {carrier_limit(iface, partner != NULL, sends), partner,
                                            port_delay_ms, net_kind_has(iface->kind, NET_KIND_HAS_PORTS)}});
}
