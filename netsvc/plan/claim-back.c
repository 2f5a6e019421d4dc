/* What falls with the plan's own operations comes back: the kernel flushes routes with a link or an address,
 * and IPv6 addresses with a link. What is configured is found by the differ, on the picture as it will be;
 * what others put there by comparing that picture with the one before. */
#include "i18n.h"
#include "model/iface.h"
#include "plan/link-plan.h"
#include "state/compare.h"
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>

/* A route by a gateway by a gateway is added in the third round. */
enum { ROUNDS = 4 };

static gboolean planner_is_new(NetPlanner *planner, const NetClaim *claim)
{
    return g_hash_table_add(planner->tried, planner_claim_id(planner, claim));
}

/* What falls only with what stays until there is a lease, stays too until then. */
static const NetLease *awaited_lease(const NetPlanner *planner, const NetClaim *claim)
{
    const NetLease *lease = planner_awaited_lease(planner);
    return lease && claim->type->find(claim, planner->before) ? lease : NULL;
}

static gboolean put_back_own(NetPlanner *planner, const NetIface *iface)
{
    g_autoptr(GPtrArray) diffs = planner_diff(planner, iface, FALSE, planner->picture);
    gboolean any = FALSE;
    for (guint i = 0; i < diffs->len; i++) {
        NetDiff *diff = g_ptr_array_index(diffs, i);
        planner_look_again(planner, diff);
        if ((diff->kind != NET_DIFF_MISSING && diff->kind != NET_DIFF_DIFFERS) ||
            diff->claim.type == &net_claim_lease || /* which falls with no address */
            (diff->claim.type == &net_claim_route && planner_is_anothers(planner, diff)) ||
            !planner_is_new(planner, &diff->claim))
            continue;
        planner->after = awaited_lease(planner, &diff->claim);
        planner_add_claim(planner, diff, NET_WAVE_BACK, NET_WARN);
        planner->after = NULL;
        any = TRUE;
    }
    return any;
}

/* --- what others put there --- */

/* Whose group carries the work: the device's own, or that of the device that it stands on or belongs to. */
static guint group_near(const NetPlanner *planner, const char *dev)
{
    guint group = GPOINTER_TO_UINT(g_hash_table_lookup(planner->group_of_dev, dev));
    const ObservedLink *link = planner_link(planner, dev);
    for (guint depth = 0; !group && link && depth < 16; depth++) {
        const ObservedLink *next = net_observed_link_by_index(planner->picture, link->lower);
        link = next ? next : net_observed_link_by_index(planner->picture, link->master);
        group = link ? GPOINTER_TO_UINT(g_hash_table_lookup(planner->group_of_dev, link->name)) : 0;
    }
    return group;
}

/* A port has nothing of its own any more. */
static gboolean has_become_port(const NetPlanner *planner, const char *dev, const ObservedLink *link)
{
    const ObservedLink *before = planner_link_before(planner, dev);
    const NetIface *iface = net_model_find(planner->model, dev),
                   *master = iface ? net_iface_master(iface) : NULL;
    return link->master && (!before || !before->master) &&
           !(master && net_kind_has(master->kind, NET_KIND_KEEPS_LAYER3));
}

gboolean planner_enter_near(NetPlanner *planner, const char *dev)
{
    const ObservedLink *link = planner_link(planner, dev);
    guint group = link && link->flags & IFF_UP ? group_near(planner, dev) : 0;
    const NetGroup *found = group ? g_ptr_array_index(planner->plan->groups, group - 1) : NULL;
    if (!found || found->failed || found->down)
        return FALSE;
    planner->group = group - 1;
    planner->iface = net_model_find(planner->model, found->dev);
    return TRUE;
}

gboolean planner_enter_layer3(NetPlanner *planner, const char *dev)
{
    const ObservedLink *link = planner_link(planner, dev);
    return link && !has_become_port(planner, dev, link) && planner_enter_near(planner, dev);
}

/* Returns 0, or the errno with which the kernel would refuse it: by a gateway that is not there yet, or no
 * more. */
static int put_back(NetPlanner *planner, const NetClaim *claim, NetOpType type, NetPhase phase)
{
    NetOp op = planner_claim_op(claim, type, phase, NET_WARN);
    op.is_back = TRUE;
    op.stands_on = NULL;
    planner->after = awaited_lease(planner, claim);
    int code = planner_try(planner, op);
    planner->after = NULL;
    return code;
}

static gboolean put_back_address(NetPlanner *planner, const ObservedAddress *address, int family)
{
    const ObservedLink *before = net_observed_link_by_index(planner->before, address->ifindex);
    const ObservedLink *link = before ? planner_link(planner, before->name) : NULL;
    if (!link || address->prefix.ip.family != family || net_observed_address_is_kernels(address) ||
        net_observed_address(planner->picture, link->ifindex, &address->prefix))
        return FALSE;
    NetClaim claim = {
        .type = &net_claim_address, .item = planner_address_of(planner, address), .dev = before->name};
    g_autofree char *id = planner_claim_id(planner, &claim);
    if (g_hash_table_contains(planner->removed, id) || !planner_enter_layer3(planner, before->name) ||
        !planner_is_new(planner, &claim))
        return FALSE;
    claim.dev = net_pool_text(planner->plan->pool, g_strdup(before->name));
    return !put_back(planner, &claim, NET_OP_ADDR_ADD, NET_PHASE_ADDRESSES_BACK);
}

/* A route of somebody else that fell, and that is near to a group that can do something about it. What files
 * ask for comes back by them. */
static gboolean has_fallen(NetPlanner *planner, const IfcfgRoute *route)
{
    const char *dev = net_route_dev(route);
    if (!dev || net_route_is_kernels(route) || net_observed_route(planner->picture, route, dev) ||
        net_observed_rival(planner->picture, route, dev))
        return FALSE;
    NetClaim claim = {.type = &net_claim_route, .item = route, .dev = dev};
    g_autofree char *id = planner_claim_id(planner, &claim);
    return !g_hash_table_contains(planner->removed, id) && !g_hash_table_contains(planner->tried, id) &&
           !planner_is_taken(planner, id) && planner_enter_layer3(planner, dev);
}

/* A nexthop object goes with its device (net/ipv4/nexthop.c, nexthop_flush_dev()), and is nobody's to make
 * again. */
static void tell_lost_object(NetPlanner *planner, const IfcfgRoute *route)
{
    g_autofree char *to = ifcfg_prefix_format(&route->to);
    planner_note(planner,
                 _("somebody else's route to %s was by the nexthop object %u, which falls with %s: it comes "
                   "back with the same gateway, without the object"),
                 to, route->nhid, net_route_dev(route));
}

/* @lost: gets it, should it not come back */
static gboolean put_back_route(NetPlanner *planner, const IfcfgRoute *route, GPtrArray *lost)
{
    if (!has_fallen(planner, route))
        return FALSE;
    g_ptr_array_add(lost, (gpointer)route);
    IfcfgRoute *copy = ifcfg_route_copy(route);
    copy->nhid = 0;
    NetClaim claim = {.type = &net_claim_route, .item = copy, .dev = net_route_dev(copy)};
    net_pool_keep(planner->plan->pool, copy, (GDestroyNotify)ifcfg_route_free);
    gboolean is_back = !put_back(planner, &claim, NET_OP_ROUTE_ADD, planner_route_phase(copy, NET_WAVE_BACK));
    claim.item = route;
    is_back = is_back && planner_is_new(planner, &claim);
    if (is_back && route->nhid)
        tell_lost_object(planner, route);
    return is_back;
}

static gboolean put_back_neighbour(NetPlanner *planner, const ObservedNeighbour *neighbour)
{
    const ObservedLink *before = net_observed_link_by_index(planner->before, neighbour->ifindex);
    const ObservedLink *link = before ? planner_link(planner, before->name) : NULL;
    ObservedNeighbour wanted = *neighbour;
    if (!link)
        return FALSE;
    wanted.ifindex = link->ifindex;
    g_autofree char *ip = ifcfg_ip_format(&wanted.ip),
                    *id = g_strdup_printf("%s %s %s", wanted.is_proxy ? "proxy" : "neighbour", before->name,
                                          ip);
    if (net_observed_has_neighbour(planner->picture, &wanted) || g_hash_table_contains(planner->tried, id) ||
        !planner_enter_layer3(planner, before->name))
        return FALSE;
    g_hash_table_add(planner->tried, g_steal_pointer(&id));
    /* One of a device of another kind may have too short an address for this one. */
    return !planner_try(planner, (NetOp){.type = NET_OP_NEIGH_ADD,
                                         .phase = NET_PHASE_ROUTES_LINK_BACK,
                                         .severity = NET_WARN,
                                         .dev = net_pool_text(planner->plan->pool, g_strdup(before->name)),
                                         .is_back = TRUE,
                                         .neighbour = wanted});
}

static gboolean put_back_others(NetPlanner *planner, GPtrArray *lost)
{
    const NetObserved *before = planner->before;
    gboolean any = FALSE;
    g_ptr_array_set_size(lost, 0);
    for (guint i = 0; i < before->addresses->len; i++)
        any |= put_back_address(planner, g_ptr_array_index(before->addresses, i), AF_INET);
    for (guint i = before->addresses->len; i-- > 0;) /* a new one comes before the others */
        any |= put_back_address(planner, g_ptr_array_index(before->addresses, i), AF_INET6);
    for (guint i = 0; i < before->routes->len; i++)
        any |= put_back_route(planner, g_ptr_array_index(before->routes, i), lost);
    for (guint i = 0; i < before->links->len; i++)
        any |= planner_put_back_vlans(planner, g_ptr_array_index(before->links, i));
    for (guint i = 0; i < before->neighbours->len; i++)
        any |= put_back_neighbour(planner, &g_array_index(before->neighbours, ObservedNeighbour, i));
    return any;
}

/* What can be put back is back by now. */
static void tell_lost_routes(NetPlanner *planner, const GPtrArray *lost)
{
    for (guint i = 0; i < lost->len; i++) {
        const IfcfgRoute *route = g_ptr_array_index(lost, i);
        g_autofree char *text = has_fallen(planner, route) ? ifcfg_route_format(route) : NULL;
        if (text)
            planner_note(
                planner,
                _("somebody else added the route %s: it is lost, since its gateway or source address "
                  "will not be there"),
                text);
    }
}

/* Programs of others rule it, which only they can load again. */
static void tell_lost_traffic(NetPlanner *planner, const ObservedLink *before)
{
    const ObservedLink *now = before->qdisc || before->has_xdp ? planner_link(planner, before->name) : NULL;
    if (!now || now->ifindex == before->ifindex || !planner_enter_near(planner, before->name))
        return;
    if (before->qdisc)
        planner_note(planner,
                     _("%s is made anew, and somebody's queueing discipline on it (%s) goes: set it again "
                       "with \"tc qdisc\""),
                     before->name, before->qdisc);
    if (before->has_xdp)
        planner_note(planner, _("%s is made anew, and somebody's XDP program on it goes: attach it again"),
                     before->name);
}

/* --- what goes with a device that is taken down, or becomes a port --- */

/* Without a record nobody knows whose they are; a client's go with its lease. */
static gboolean knows_ours(const NetPlanner *planner, const NetIface *iface)
{
    const LedgerEntry *entry = planner_entry(planner, iface);
    return entry && !entry->leases->len && !iface->leases->len;
}

/* What is unreachable is so whatever device the kernel names. */
static gboolean goes_too(NetPlanner *planner, const NetIface *iface, const IfcfgRoute *route)
{
    return !net_route_is_kernels(route) && route->type == RTN_UNICAST &&
           !net_observed_route(planner->picture, route, net_iface_device(iface)) &&
           !planner_route_is_ours(planner, route);
}

static GPtrArray *list_gone(NetPlanner *planner, const NetIface *iface, const ObservedLink *before)
{
    const IndexList *routes = net_observed_routes_over(planner->before, before->name);
    const GArray *neighbours = planner->before->neighbours;
    GPtrArray *gone = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; routes && i < routes->len; i++)
        if (goes_too(planner, iface, routes->pdata[i])) {
            g_autofree char *text = ifcfg_route_format(routes->pdata[i]);
            g_ptr_array_add(gone, g_strdup_printf(_("the route %s"), text));
        }
    for (guint i = 0; i < neighbours->len; i++) {
        const ObservedNeighbour *neighbour = &g_array_index(neighbours, ObservedNeighbour, i);
        g_autofree char *ip = ifcfg_ip_format(&neighbour->ip);
        if (neighbour->ifindex == before->ifindex && !net_observed_has_neighbour(planner->picture, neighbour))
            g_ptr_array_add(gone, g_strdup_printf(_("the neighbour %s"), ip));
    }
    return gone;
}

static void tell_gone_of(NetPlanner *planner, const NetIface *iface)
{
    g_autoptr(GPtrArray) gone =
        list_gone(planner, iface, planner_link_before(planner, net_iface_device(iface)));
    if (gone->len > 1)
        planner_note(planner, _("somebody else added %s and %u more: they go too"), (char *)gone->pdata[0],
                     gone->len - 1);
    else if (gone->len)
        planner_note(planner, _("somebody else added %s: it goes too"), (char *)gone->pdata[0]);
}

/* Of a port it goes when the device becomes one. */
static void tell_of_ports(NetPlanner *planner)
{
    for (guint i = 0; i < planner->picture->links->len; i++) {
        const ObservedLink *link = g_ptr_array_index(planner->picture->links, i);
        const NetIface *iface =
            has_become_port(planner, link->name, link) ? net_model_find(planner->model, link->name) : NULL;
        if (iface && planner_link_before(planner, link->name) && knows_ours(planner, iface) &&
            planner_enter_near(planner, link->name))
            tell_gone_of(planner, iface);
    }
}

static void tell_gone(NetPlanner *planner, const GPtrArray *down)
{
    for (guint i = 0; i < down->len; i++) {
        const NetIface *iface = g_ptr_array_index(down, i);
        const ObservedLink *link = planner_link_before(planner, net_iface_device(iface));
        if (link && !iface->parent && knows_ours(planner, iface) && planner_enter(planner, iface))
            tell_gone_of(planner, iface);
    }
    if (planner->changed)
        tell_of_ports(planner);
}

void planner_put_back(NetPlanner *planner, const GPtrArray *up, const GPtrArray *down)
{
    g_autoptr(GPtrArray) lost = g_ptr_array_new();
    gboolean any = planner->changed || planner_owed(planner)->len; /* with nothing done, nothing falls */
    for (guint round = 0; any && round < ROUNDS; round++) {
        any = FALSE;
        for (guint i = 0; i < up->len; i++) {
            const NetIface *iface = g_ptr_array_index(up, i);
            if (planner_enter(planner, iface) && !iface->fault)
                any |= put_back_own(planner, iface);
        }
        any |= put_back_others(planner, lost);
        any |= planner_pay(planner);
    }
    if (planner->changed)
        tell_lost_routes(planner, lost);
    for (guint i = 0; planner->changed && i < planner->before->links->len; i++)
        tell_lost_traffic(planner, g_ptr_array_index(planner->before->links, i));
    tell_gone(planner, down);
    planner_end_owed(planner);
}
