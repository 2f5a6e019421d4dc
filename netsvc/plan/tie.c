/* Which group waits for which: what is needed comes first, and goes last. */
#include "model/iface.h"
#include "plan/builder.h"
#include "plan/graph.h"
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

typedef struct {
    NetBuilder *builder;
    const NetIface *iface;
    /* of the interface that needs */
    guint group;
    gboolean is_in_loop;
} NeedTie;

static NetGroup *group_nth(NetBuilder *self, guint index)
{
    return g_ptr_array_index(self->planner.plan->groups, index);
}

/* The group that brings or takes a device: its own, or that of what it comes up with. */
static guint find_group(const NetBuilder *self, const NetIface *iface)
{
    guint index = 0;
    for (; !index && iface; iface = iface->parent ? iface->parent : net_iface_master(iface)) {
        index = GPOINTER_TO_UINT(g_hash_table_lookup(self->planner.group_of, iface));
        if (net_loops_have(self->planner.loops, iface))
            break;
    }
    return index;
}

/* A device takes its ports when it has been made; it has carrier, and what is sent by it arrives, when they
 * are in. A bridge that is set up before has the link-local address of a MAC at random for good. */
static void tie_port(NetBuilder *self, const IfaceKind *kind, guint port, guint master)
{
    if (net_kind_has(kind, NET_KIND_MAC_BY_PORTS))
        net_group_tie(group_nth(self, master), (NetTie){port, NET_PHASE_UP, NET_PHASE_UP, FALSE});
    net_group_tie(group_nth(self, port), (NetTie){master, NET_PHASE_LINK, NET_PHASE_PORTS, TRUE});
    net_group_tie(group_nth(self, master), (NetTie){port, NET_PHASE_L2_DONE, NET_PHASE_CARRIER, FALSE});
}

/* A bond does not fail with one of its ports. */
static gboolean has_group(const NeedTie *tie)
{
    return g_hash_table_contains(tie->builder->planner.group_of, tie->iface);
}

static void tie_up(NeedTie *tie, const NetIface *needed, guint other)
{
    if (net_iface_master(tie->iface) == needed && !net_kind_has(needed->kind, NET_KIND_PORTS_ARE_SILENT))
        tie_port(tie->builder, needed->kind, tie->group, other);
    else
        net_group_tie(group_nth(tie->builder, tie->group),
                      (NetTie){other, NET_PHASE_L2_DONE, NET_PHASE_SYSCTL, has_group(tie)});
}

static void tie_need(NetIface *needed, gpointer data)
{
    NeedTie *tie = data;
    guint found = find_group(tie->builder, needed), other = found - 1;
    if (!found || other == tie->group || needed->unsupported)
        return;
    if (tie->is_in_loop && net_loops_have(tie->builder->planner.loops, needed))
        return; /* neither would ever be first */
    NetGroup *group = group_nth(tie->builder, tie->group);
    if (group_nth(tie->builder, other)->down != group->down)
        return; /* one goes, one comes: the order of phases is enough */
    if (group->down)
        net_group_tie(group_nth(tie->builder, other),
                      (NetTie){tie->group, NET_PHASE_LAST, NET_PHASE_SYSCTL, FALSE});
    else
        tie_up(tie, needed, other);
}

static void tie_one(NetBuilder *self, const NetIface *iface)
{
    NeedTie tie = {.builder = self,
                   .iface = iface,
                   .is_in_loop = net_loops_have(self->planner.loops, iface),
                   .group = find_group(self, iface) - 1};
    net_graph_needs(iface, tie_need, &tie);
}

/* Ports without a line of their own are brought by their master's group: that waits for what they stand on.
 * The kernel opens a port when it takes it, which a VLAN on a card that is down refuses (vlan_dev_open()). */
static void tie_all(NetBuilder *self, const GPtrArray *ifaces)
{
    for (guint i = 0; i < ifaces->len; i++) {
        const NetIface *iface = g_ptr_array_index(ifaces, i);
        tie_one(self, iface);
        for (guint p = 0; p < iface->ports->len; p++) {
            const NetIface *port = g_ptr_array_index(iface->ports, p);
            if (!g_hash_table_contains(self->planner.group_of, port))
                tie_one(self, port);
        }
    }
}

/* A default route that falls to the one before in line waits for whose it is. */
static void tie_stand_bys(NetBuilder *self)
{
    const GPtrArray *ops = self->planner.plan->ops;
    for (guint i = 0; i < ops->len; i++) {
        const NetOp *op = g_ptr_array_index(ops, i);
        for (guint n = 0; op->rivals && n < op->rivals->len; n++)
            net_group_tie(group_nth(self, op->group), (NetTie){g_array_index(op->rivals, NetRival, n).group,
                                                               NET_PHASE_LAST, op->phase, FALSE});
    }
}

static void tie_route(NetBuilder *self, const NetOp *op, const IfcfgNexthop *hop)
{
    const NetIface *other = net_model_find(self->planner.model, hop->dev);
    guint found = other ? find_group(self, other) : 0;
    if (found && found - 1 != op->group && !group_nth(self, found - 1)->down)
        net_group_tie(group_nth(self, op->group),
                      (NetTie){found - 1, NET_PHASE_ROUTES_LINK, op->phase, FALSE});
}

/* A route by another device than its file's waits for the addresses of that one. */
static void tie_routes(NetBuilder *self)
{
    const GPtrArray *ops = self->planner.plan->ops;
    for (guint i = 0; i < ops->len; i++) {
        const NetOp *op = g_ptr_array_index(ops, i);
        const GPtrArray *hops = op->type == NET_OP_ROUTE_ADD ? op->route->nexthops : NULL;
        for (guint n = 0; hops && n < hops->len; n++) {
            const IfcfgNexthop *hop = g_ptr_array_index(hops, n);
            if (hop->dev && g_strcmp0(hop->dev, op->dev) != 0)
                tie_route(self, op, hop);
        }
    }
}

static gboolean has_ipv4(const NetIface *iface)
{
    for (guint i = 0; i < iface->addresses->len; i++)
        if (((const NetAddress *)g_ptr_array_index(iface->addresses, i))->prefix.ip.family == AF_INET)
            return TRUE;
    return FALSE;
}

/* A tunnel that names no end of its own: as it is set up, the kernel makes it a link-local address of each
 * IPv4 address that the host has by then (add_v4_addrs()). */
static gboolean takes_all_addresses(const NetBuilder *self, const NetIface *iface)
{
    const ObservedLink *link = net_observed_link(self->planner.before, iface->name);
    gboolean is_up = link && link->flags & IFF_UP;
    return !is_up && iface->settings && net_kind_has(iface->kind, NET_KIND_HAS_ADDRESSES_OF_HOST) &&
           !link_settings_find(iface->settings, "local");
}

/* It comes up behind the addresses of those before it in the files, as ever. */
static void tie_tunnels(NetBuilder *self)
{
    for (guint t = 1; t < self->up->len; t++) {
        const NetIface *tunnel = g_ptr_array_index(self->up, t);
        guint group = takes_all_addresses(self, tunnel) ? find_group(self, tunnel) : 0;
        for (guint i = 0; group && i < t; i++) {
            const NetIface *iface = g_ptr_array_index(self->up, i);
            guint other = has_ipv4(iface) ? find_group(self, iface) : 0;
            if (other && other != group)
                net_group_tie(group_nth(self, group - 1),
                              (NetTie){other - 1, NET_PHASE_LEASE, NET_PHASE_UP, FALSE});
        }
    }
}

void net_builder_tie(NetBuilder *self)
{
    tie_all(self, self->down);
    tie_all(self, self->up);
    tie_tunnels(self);
    tie_stand_bys(self);
    tie_routes(self);
    net_builder_tie_moved(self);
    net_builder_hand_over(self);
}
