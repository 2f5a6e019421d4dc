/* Routes that several interfaces ask for, default routes above all: `network` ran `ip route replace` for one
 * after the other, so that the last one that got there had it. */
#include "plan/planner.h"
#include "state/index-lists.h"
#include <string.h>

static gboolean is_of_interest(const NetIface *part, const IfcfgRoute *route)
{
    return ifcfg_route_is_default(route) || net_iface_is_contested(part, route);
}

static void claimants_add_iface(GHashTable *claimants, const NetIface *iface)
{
    g_autoptr(GHashTable) winners = NULL;
    const NetIface *part;
    for (guint p = 0; (part = net_iface_part(iface, p)); p++)
        for (guint i = 0; net_iface_part_comes_along(iface, part) && i < part->routes->len; i++) {
            const IfcfgRoute *route = g_ptr_array_index(part->routes, i);
            if (!is_of_interest(part, route))
                continue;
            if (!winners)
                winners = net_iface_winning_routes(iface);
            if (g_hash_table_lookup(winners, route) != route)
                continue;
            g_autofree char *key = ifcfg_route_key(route);
            lists_add(claimants, key, strlen(key) + 1, (gpointer)part);
        }
}

GHashTable *net_route_claimants(const GPtrArray *ifaces)
{
    GHashTable *claimants = lists_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < ifaces->len; i++) {
        const NetIface *iface = g_ptr_array_index(ifaces, i);
        if (!iface->fault && !iface->unsupported)
            claimants_add_iface(claimants, iface);
    }
    return claimants;
}

static guint group_index(const NetPlanner *planner, const NetIface *iface)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(planner->group_of_dev, net_iface_device(iface)));
}

static NetGroup *group_nth(const NetPlanner *planner, guint index)
{
    return g_ptr_array_index(planner->plan->groups, index);
}

/* Of several the one that counts, as net_iface_winning_routes() has it. */
static const IfcfgRoute *rival_of(const NetIface *part, const IfcfgRoute *own)
{
    const IfcfgRoute *found = NULL;
    for (guint i = 0; i < part->routes->len; i++) {
        const IfcfgRoute *route = g_ptr_array_index(part->routes, i);
        if (ifcfg_route_is_rival(route, own) && (!found || !route->yields))
            found = route;
    }
    return found;
}

/* A device that is left as it is, since its file cannot be understood, keeps the route that it has. */
static gboolean is_left_alone(const NetPlanner *planner, const NetDiff *diff)
{
    const IfcfgRoute *actual = diff->actual;
    const IfcfgNexthop *hop = actual && actual->nexthops->len ? g_ptr_array_index(actual->nexthops, 0) : NULL;
    guint group =
        hop && hop->dev ? GPOINTER_TO_UINT(g_hash_table_lookup(planner->group_of_dev, hop->dev)) : 0;
    return group && group - 1 != planner->group && group_nth(planner, group - 1)->failed;
}

/* The last one in line has it, but for those that yield; and of one that leads somewhere and one that drops,
 * the former, wherever it stands: a file with `unreachable default` is there for when no other has a gateway.
 */
static gboolean is_behind(const IfcfgRoute *theirs, const IfcfgRoute *own, guint at, guint own_at)
{
    if (ifcfg_route_is_default(own) && ifcfg_route_drops(own) != ifcfg_route_drops(theirs))
        return ifcfg_route_drops(own);
    return at > own_at ? !theirs->yields : own->yields;
}

/* Whether anybody behind it in line can still get there, for it is the last one's. @rivals: gets them, but
 * for those of the same group */
static gboolean has_rivals(const NetPlanner *planner, const NetDiff *diff, GArray *rivals)
{
    g_autofree char *key = ifcfg_route_key(diff->claim.item);
    const IndexList *list = g_hash_table_lookup(planner->claimants, key);
    gboolean any = is_left_alone(planner, diff);
    guint own_at = 0;
    if (list)
        g_ptr_array_find((GPtrArray *)list, diff->claim.part, &own_at);
    for (guint i = list ? list->len : 0; i-- > 0;) {
        const NetIface *part = g_ptr_array_index(list, i);
        const IfcfgRoute *theirs = rival_of(part, diff->claim.item);
        guint group = group_index(planner, part);
        if (part == diff->claim.part || !is_behind(theirs, diff->claim.item, i, own_at) || !group ||
            group_nth(planner, group - 1)->failed)
            continue;
        any = TRUE;
        NetRival rival = {group - 1, theirs};
        if (rivals && rival.group != planner->group)
            g_array_append_val(rivals, rival);
    }
    return any;
}

static gboolean competes(const NetPlanner *planner, const NetDiff *diff)
{
    return planner->claimants && diff->claim.part && !diff->claim.plus_ifindex &&
           is_of_interest(diff->claim.part, diff->claim.item);
}

/* Where those behind it fail, it is this interface's after all: that is seen when they are done. */
static void stand_by(NetPlanner *planner, const NetDiff *diff, GArray *rivals)
{
    NetOp op = planner_claim_op(&diff->claim, NET_OP_ROUTE_ADD, NET_PHASE_ROUTES_BACK, NET_WARN);
    net_pool_keep(planner->plan->pool, g_array_ref(rivals), (GDestroyNotify)g_array_unref);
    op.replace = TRUE;
    op.rivals = rivals;
    index_lists_add(planner->stand_bys, (int)planner->group, rivals);
    planner_stand_by(planner, op);
}

/* By a file of its own, and not of this plan. */
static gboolean is_held(const NetPlanner *planner, const IfcfgRoute *route, const IfcfgRoute *there)
{
    const IfcfgNexthop *hop = there->nexthops->len ? g_ptr_array_index(there->nexthops, 0) : NULL;
    const NetIface *holder = hop && hop->dev ? net_model_find(planner->model, hop->dev) : NULL;
    return holder && !group_index(planner, holder) && rival_of(holder, route);
}

/* What yields is left to who has it. */
static gboolean comes_too_late(const NetPlanner *planner, const NetDiff *diff)
{
    const IfcfgRoute *route = diff->claim.item, *there;
    if (!route->yields)
        return FALSE;
    RouteLikes likes = net_observed_likes(planner->picture, route);
    while ((there = route_likes_next(&likes)))
        if (is_held(planner, route, there))
            return TRUE;
    return FALSE;
}

gboolean planner_is_anothers(const NetPlanner *planner, const NetDiff *diff)
{
    return comes_too_late(planner, diff) || (competes(planner, diff) && has_rivals(planner, diff, NULL));
}

/* Groups that somebody waits for, and of which it has not been asked yet for whom they wait themselves. */
typedef struct {
    guint8 *marks;
    GArray *open; /* guint */
} Awaited;

static void mark_rivals(Awaited *self, const GArray *rivals)
{
    for (guint i = 0; i < rivals->len; i++) {
        guint group = g_array_index(rivals, NetRival, i).group;
        if (!self->marks[group])
            g_array_append_val(self->open, group);
        self->marks[group] = TRUE;
    }
}

/* Whether those that these rivals wait for, directly or not, are or include the group. */
static gboolean waits_for(const NetPlanner *planner, const GArray *rivals, guint wanted)
{
    Awaited awaited = {g_new0(guint8, planner->plan->groups->len), g_array_new(FALSE, FALSE, sizeof(guint))};
    mark_rivals(&awaited, rivals);
    for (guint i = 0; !awaited.marks[wanted] && i < awaited.open->len; i++) {
        guint group = g_array_index(awaited.open, guint, i);
        const GPtrArray *waits = g_hash_table_lookup(planner->stand_bys, GUINT_TO_POINTER(group));
        for (guint n = 0; waits && n < waits->len; n++)
            mark_rivals(&awaited, g_ptr_array_index(waits, n));
    }
    gboolean found = awaited.marks[wanted];
    g_free(awaited.marks);
    g_array_unref(awaited.open);
    return found;
}

/* One that yields waits for who comes before it, if that one does not wait for it, for another route: neither
 * would ever be done. All others wait for who comes later, and is planned later. */
static gboolean can_stand_by(const NetPlanner *planner, const GArray *rivals)
{
    return rivals->len && !waits_for(planner, rivals, planner->group);
}

static gboolean goes_to_rival(NetPlanner *planner, const NetDiff *diff)
{
    g_autoptr(GArray) rivals = g_array_new(FALSE, FALSE, sizeof(NetRival));
    if (!competes(planner, diff) || !has_rivals(planner, diff, rivals))
        return FALSE;
    if (can_stand_by(planner, rivals))
        stand_by(planner, diff, rivals);
    return TRUE;
}

gboolean planner_route_yields(NetPlanner *planner, const NetDiff *diff)
{
    if (!comes_too_late(planner, diff) && !goes_to_rival(planner, diff))
        return FALSE;
    if (diff->kind == NET_DIFF_SAME)
        planner_record(planner, &(NetDiff){.kind = NET_DIFF_GONE, .claim = diff->claim});
    return TRUE;
}
