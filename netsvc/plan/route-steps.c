/* Routes, and the nexthop objects that they share, become operations. */
#include "i18n.h"
#include "model/iface.h"
#include "plan/planner.h"
#include "state/compare.h"
#include <errno.h>
#include <sys/socket.h>

static gboolean has_gateway(const IfcfgRoute *route)
{
    for (guint i = 0; i < route->nexthops->len; i++)
        if (((const IfcfgNexthop *)g_ptr_array_index(route->nexthops, i))->via.family != AF_UNSPEC)
            return TRUE;
    return FALSE;
}

NetPhase planner_route_phase(const IfcfgRoute *route, NetWave wave)
{
    gboolean is_near = !has_gateway(route);
    if (wave == NET_WAVE_FIRST)
        return is_near ? NET_PHASE_ROUTES_LINK : NET_PHASE_ROUTES;
    return is_near ? NET_PHASE_ROUTES_LINK_BACK : NET_PHASE_ROUTES_BACK;
}

/* `network` ran `ip route replace` for the default route, which here is told too. Any other route under the
 * key of somebody else's is not forced upon them. */
static gboolean clashes(NetPlanner *planner, const NetDiff *diff)
{
    const IfcfgRoute *wanted = diff->claim.item, *actual = diff->actual;
    if (!actual || planner_route_is_ours(planner, actual) ||
        (diff->claim.nexthop && net_route_has_path(actual, wanted, diff->claim.dev)))
        return FALSE;
    g_autofree char *text = ifcfg_route_format(wanted);
    if (ifcfg_route_is_default(wanted)) {
        g_autofree char *theirs = ifcfg_route_format(actual);
        planner_note(planner, _("somebody else's route %s gives way to that of the file"), theirs);
        return FALSE;
    }
    g_hash_table_add(planner->tried, planner_claim_id(planner, &diff->claim));
    planner_warn(planner, diff->claim.dev, diff->claim.where,
                 _("route %s is not added: somebody else has added another one to the same destination, %s; "
                   "remove that "
                   "with `ip route delete`, or this line"),
                 text, diff->difference);
    return TRUE;
}

/* By a gateway that only a later route leads to: it is tried again when that is planned. */
static void do_or_leave(NetPlanner *planner, NetOp op, NetWave wave)
{
    int code = wave == NET_WAVE_FIRST ? planner_try(planner, op) : (planner_do(planner, op), 0);
    if (code && code != ENETUNREACH && code != EHOSTUNREACH)
        planner_do(planner, op);
}

/* Who is reached by it is cut off, as when the route goes. What a reload leaves stays on record. */
static gboolean may_drop(NetPlanner *planner, const NetDiff *diff)
{
    const IfcfgRoute *way = planner_way_dropped(planner, diff->claim.item);
    if (!way)
        return TRUE;
    NetClaim theirs = {.type = &net_claim_route, .item = way, .dev = net_route_dev(way)};
    g_autofree char *drops = ifcfg_route_format(diff->claim.item), *leads = ifcfg_route_format(way);
    g_autofree char *text = g_strdup_printf(_("the route %s takes the place of %s"), drops, leads);
    if (planner_may(planner, diff->claim.dev, NET_FATE_RENUMBERED, diff->claim.where, text))
        return TRUE;
    g_hash_table_add(planner->tried, planner_claim_id(planner, &diff->claim));
    g_hash_table_add(planner->kept, planner_claim_id(planner, &theirs));
    return FALSE;
}

/* By what is no router's address, which check tells. The kernel would say so at each run, or take the route,
 * and the one that works would be gone. */
static gboolean is_impossible(const NetDiff *diff)
{
    const IfcfgRoute *route = diff->claim.item;
    const IfcfgNexthop *hop = route->nexthops->len == 1 ? g_ptr_array_index(route->nexthops, 0) : NULL;
    return diff->claim.part && hop && !hop->onlink &&
           (!hop->dev || g_str_equal(hop->dev, net_iface_device(diff->claim.part))) &&
           net_iface_has_no_router(diff->claim.part, &hop->via);
}

void planner_add_route(NetPlanner *planner, const NetDiff *diff, NetWave wave)
{
    const IfcfgRoute *route = diff->claim.item;
    NetOp op = planner_claim_op(&diff->claim, NET_OP_ROUTE_ADD, planner_route_phase(route, wave), NET_WARN);
    op.replace = ifcfg_route_is_default(route) || diff->actual || planner_had_there(planner, &diff->claim) ||
                 (diff->claim.part && net_iface_is_hidden_by(diff->claim.part, route));
    if (net_claim_has_nexthop(&diff->claim, planner->picture))
        op.by_nexthop = diff->claim.nexthop->id;
    if (!is_impossible(diff) && !clashes(planner, diff) && may_drop(planner, diff))
        do_or_leave(planner, op, wave);
}

/* --- nexthop objects --- */

/* It needs carrier, as what is sent before addresses does. */
PlannerSends planner_set_nexthop(NetPlanner *planner, const NetDiff *diff, NetWave wave)
{
    NetPhase phase = wave == NET_WAVE_FIRST ? NET_PHASE_ROUTES_LINK : NET_PHASE_ROUTES_LINK_BACK;
    NetOp op = planner_claim_op(&diff->claim, NET_OP_NEXTHOP_SET, phase, NET_WARN);
    op.nexthop.replaces = diff->actual != NULL;
    do_or_leave(planner, op, wave);
    return PLANNER_PROBES;
}

/* When claims were compared its object was not there, or led elsewhere. */
void planner_look_again(NetPlanner *planner, NetDiff *diff)
{
    const NetClaim *claim = &diff->claim;
    if (!claim->nexthop || claim->type != &net_claim_route || !planner->changed ||
        !net_claim_has_nexthop(claim, planner->picture))
        return;
    const LedgerEntry *entry = net_ledger_find(planner->ledger, claim->dev);
    g_autofree char *text = claim->type->text(claim);
    g_free(diff->difference);
    diff->actual = claim->type->find(claim, planner->picture);
    diff->difference = diff->actual ? claim->type->difference(claim, diff->actual, planner->picture) : NULL;
    diff->kind = !diff->actual                                       ? NET_DIFF_MISSING
                 : diff->difference                                  ? NET_DIFF_DIFFERS
                 : entry && net_ledger_list_has(entry->routes, text) ? NET_DIFF_SAME
                                                                     : NET_DIFF_ADOPT;
}

guint32 planner_nexthop_of(const NetPlanner *planner, const NetClaim *claim)
{
    gboolean may_have = claim->type == &net_claim_route && g_hash_table_size(planner->picture->nexthops);
    const IfcfgRoute *actual = may_have ? claim->type->find(claim, planner->picture) : NULL;
    return actual ? actual->nhid : 0;
}

gboolean planner_keeps_nexthop(NetPlanner *planner, const NetClaim *claim)
{
    const NetNexthop *nexthop =
        claim->type == &net_claim_nexthop ? claim->type->find(claim, planner->picture) : NULL;
    const IfcfgRoute *user = nexthop ? net_observed_nexthop_user(planner->picture, nexthop) : NULL;
    if (!user)
        return FALSE;
    g_autofree char *text = ifcfg_prefix_format(&user->to);
    planner_note(
        planner,
        _("nexthop object %u stays, though no file needs it any more: somebody else's route to %s is "
          "by it"),
        nexthop->id, text);
    return TRUE;
}

void planner_tell_no_nexthops(NetPlanner *planner, const NetIface *iface)
{
    IfcfgWhere where = {0};
    if (!iface->nexthop_objects || !planner->picture->lacks_nexthops || iface->routes->len < 2 ||
        !g_hash_table_add(planner->tried, g_strdup("nexthop objects")))
        return;
    net_iface_get(iface, "NEXTHOP_OBJECTS", &where);
    planner_warn(planner, iface->name, where,
                 _("NEXTHOP_OBJECTS=yes has no effect: this kernel has no nexthop objects (they came with "
                   "Linux 5.3); each route has its own gateway"));
}
