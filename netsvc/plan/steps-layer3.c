/* What stands on a link: addresses, routes and rules of an interface together, in and out. */
#include "bond-family.h"
#include "plan/planner.h"
#include <net/if.h>
#include <sys/socket.h>

/* What is sent needs carrier; a cable that is in has it by then. A switch passes nothing on before LACP is
 * done, where waiting for more ports alone takes 2 s (IEEE 802.1AX, Aggregate_Wait_Time). */
enum { SEND_CARRIER_MS = 3000, SEND_LACP_MS = 6000 };

static gboolean has_lacp(const NetIface *iface)
{
    return net_iface_is_link(iface, "bond") && link_settings_selector(iface->settings) == BOND_MODE_8023AD;
}

/* LINKDELAY is for links that the plan brings up; a cable that has been out for days is not waited for again.
 * What is only announced gets its addresses before the wait. */
static void planner_wait_carrier(NetPlanner *planner, const NetIface *iface, const char *dev,
                                 PlannerSends sends)
{
    const ObservedLink *link = net_observed_link(planner->observed, dev);
    gboolean stays = planner_link_stays(planner, dev);
    gboolean moves = g_hash_table_contains(planner->links_moved, dev);
    gboolean is_bond_without_ports =
        net_iface_is_link(iface, "bond") && !iface->ports->len; /* no cable will ever give it one */
    gboolean is_delayed = !stays && iface->linkdelay > 0;
    if (!iface->link_up || is_bond_without_ports || (stays && !moves && link->carrier) ||
        !(sends || is_delayed))
        return;
    gboolean is_late = !is_delayed && !(sends & PLANNER_PROBES);
    NetOp *op = planner_add(planner, NET_OP_CARRIER_WAIT,
                            is_late ? NET_PHASE_ANNOUNCE_CARRIER : NET_PHASE_CARRIER, dev, iface->where);
    op->carrier.lacp = has_lacp(iface);
    op->carrier.timeout_ms = iface->linkdelay > 0 ? (guint)iface->linkdelay * 1000
                             : op->carrier.lacp   ? SEND_LACP_MS
                                                  : SEND_CARRIER_MS;
    op->severity = NET_WARN;
}

static void planner_set_arp_filter(NetPlanner *planner, const NetIface *iface)
{
    const char *dev = net_iface_device(iface);
    if (!iface->arp_filter || planner_link_stays(planner, dev))
        return;
    NetOp *op = planner_add(planner, NET_OP_SYSCTL_SET, NET_PHASE_LINK, dev, iface->where);
    op->sysctl.key = net_plan_keep(planner->plan, g_strdup_printf("ipv4/conf/%s/arp_filter", dev), g_free);
    op->sysctl.value = "1";
    op->severity = NET_WARN;
}

void planner_add_verify(NetPlanner *planner, const NetIface *iface)
{
    NetOp *op = planner_add(planner, NET_OP_VERIFY, NET_PHASE_VERIFY, net_iface_device(iface), iface->where);
    op->iface = iface;
}

const NetIface *planner_part(const NetIface *iface, guint index)
{
    if (!index)
        return iface;
    return iface->aliases && index <= iface->aliases->len ? g_ptr_array_index(iface->aliases, index - 1)
                                                          : NULL;
}

gboolean planner_part_comes_along(const NetIface *iface, const NetIface *part)
{
    return part == iface || (part->onparent && !part->fault && !part->unsupported);
}

void planner_drop_stale_layer3(NetPlanner *planner, const NetIface *iface)
{
    planner_drop_stale_rules(planner, iface);
    planner_drop_stale_routes(planner, iface);
    planner_drop_stale_addresses(planner, iface);
}

void planner_add_layer3(NetPlanner *planner, const NetIface *iface)
{
    PlannerSends sends = 0;
    const NetIface *part;
    if (!iface->parent)
        planner_drop_stale_layer3(planner, iface);
    for (guint i = 0; (part = planner_part(iface, i)); i++) {
        if (!planner_part_comes_along(iface, part))
            continue;
        sends |= planner_add_addresses(planner, part);
        planner_set_arp_filter(planner, part);
        planner_add_routes(planner, part);
        planner_add_rules(planner, part);
    }
    planner_wait_carrier(planner, iface, net_iface_device(iface), sends);
    planner_add_verify(planner, iface);
}

void planner_drop_layer3(NetPlanner *planner, const NetIface *iface, gboolean device_goes)
{
    planner_drop_rules(planner, iface);
    planner_drop_routes(planner, iface);
    if (!device_goes)
        planner_drop_addresses(planner, iface);
}
