/* Routes and nexthop objects, from one picture to another. */
#include "plan/picture-private.h"
#include "state/compare.h"

/* A route by a gateway by a gateway is added in the third round. */
enum { ROUNDS = 4 };

/* Whether what was to be planned is refused, and may not be in the next round: then it is not in the plan. */
static gboolean try_op(PicturePlan *self, NetOp op, gboolean is_last)
{
    if (!picture_do(self, op))
        return FALSE;
    if (!is_last)
        g_ptr_array_remove_index(self->plan->ops, self->plan->ops->len - 1);
    return TRUE;
}

/* --- nexthop objects --- */

static gboolean nexthop_counts(const PicturePlan *self, const NetNexthop *nexthop)
{
    return !nexthop->is_other && picture_touches(self, nexthop->dev) && picture_link(self, nexthop->dev);
}

static gboolean has_nexthop(const NetObserved *picture, const NetNexthop *wanted)
{
    const NetNexthop *actual = net_observed_nexthop(picture, wanted->id);
    return actual && net_nexthop_has_path(actual, wanted);
}

static NetOp nexthop_op(PicturePlan *self, NetOpType type, NetPhase phase, const NetNexthop *nexthop)
{
    NetNexthop *kept =
        net_pool_keep(self->plan->pool, net_nexthop_copy(nexthop), (GDestroyNotify)net_nexthop_free);
    return (NetOp){.type = type, .phase = phase, .dev = kept->dev, .nexthop.item = kept};
}

/* Without them routes come back with a gateway each. Returns: whether one is to be tried again */
static gboolean nexthops_set(PicturePlan *self, NetWave wave)
{
    NetPhase phase = wave == NET_WAVE_FIRST ? NET_PHASE_ROUTES_LINK : NET_PHASE_ROUTES_LINK_BACK;
    g_autoptr(GPtrArray) all = net_observed_nexthops(self->wanted);
    gboolean any = FALSE;
    for (guint i = 0; i < all->len; i++) {
        const NetNexthop *wanted = all->pdata[i], *actual = net_observed_nexthop(self->picture, wanted->id);
        if (!nexthop_counts(self, wanted) || has_nexthop(self->picture, wanted) ||
            (actual && actual->is_other))
            continue;
        NetOp op = nexthop_op(self, NET_OP_NEXTHOP_SET, phase, wanted);
        op.nexthop.replaces = actual != NULL;
        any |= try_op(self, op, FALSE);
    }
    return any;
}

static void nexthops_out(PicturePlan *self)
{
    g_autoptr(GPtrArray) all = net_observed_nexthops(self->picture);
    for (guint i = 0; i < all->len; i++) {
        const NetNexthop *nexthop = all->pdata[i];
        if (nexthop_counts(self, nexthop) && !net_observed_nexthop(self->wanted, nexthop->id) &&
            !net_observed_nexthop_user(self->picture, nexthop))
            picture_remove(self, nexthop_op(self, NET_OP_NEXTHOP_DELETE, NET_PHASE_LATE_ROUTES_OUT, nexthop));
    }
}

/* --- routes --- */

static gboolean route_counts(const PicturePlan *self, const IfcfgRoute *route)
{
    return !net_route_is_kernels(route) && picture_touches(self, net_route_dev(route));
}

/* The route in words that name no object, which is told apart. */
static IfcfgRoute *route_kept(PicturePlan *self, const IfcfgRoute *route)
{
    IfcfgRoute *copy =
        net_pool_keep(self->plan->pool, ifcfg_route_copy(route), (GDestroyNotify)ifcfg_route_free);
    copy->nhid = 0;
    return copy;
}

/* Which object the route was by, if that is there: one of somebody else's can have gone with its device. */
static guint32 nexthop_of(const PicturePlan *self, const IfcfgRoute *wanted)
{
    const NetNexthop *nexthop = net_observed_route_nexthop(self->wanted, wanted);
    return nexthop && has_nexthop(self->picture, nexthop) ? nexthop->id : 0;
}

/* By an object that was not there a route is another one; without the one that it was by, it is what it can
 * be.
 */
static gboolean is_right(const IfcfgRoute *actual, const IfcfgRoute *wanted, guint32 nexthop)
{
    return nexthop ? actual->nhid == nexthop : !actual->nhid || wanted->nhid;
}

/* Returns: whether the route is to be tried again */
static gboolean route_add(PicturePlan *self, const IfcfgRoute *wanted, NetWave wave, gboolean is_last)
{
    const char *dev = net_route_dev(wanted);
    const IfcfgRoute *actual = net_observed_route(self->picture, wanted, dev);
    if (!route_counts(self, wanted) || (actual && actual->nhid == wanted->nhid) ||
        (dev && !picture_link(self, dev)))
        return FALSE;
    IfcfgRoute *route = route_kept(self, wanted);
    NetOp op = {
        .type = NET_OP_ROUTE_ADD, .phase = planner_route_phase(route, wave), .dev = dev, .route = route};
    op.by_nexthop = nexthop_of(self, wanted);
    actual = net_observed_route(self->picture, route, dev);
    if (actual && is_right(actual, wanted, op.by_nexthop))
        return FALSE;
    op.replace = actual || net_observed_rival(self->picture, route, dev);
    return try_op(self, op, is_last);
}

/* What is refused to the end stays in the plan, so that it is told: once. */
void picture_plan_routes(PicturePlan *self, NetWave wave)
{
    gboolean any = TRUE;
    for (guint round = 1; any && round <= ROUNDS; round++) {
        gboolean is_last = wave == NET_WAVE_BACK && round == ROUNDS;
        any = nexthops_set(self, wave);
        for (guint i = 0; i < self->wanted->routes->len; i++)
            any |= route_add(self, self->wanted->routes->pdata[i], wave, is_last);
    }
}

static gboolean is_wanted(const PicturePlan *self, const IfcfgRoute *route)
{
    IfcfgRoute plain = *route;
    plain.nhid = 0;
    return net_observed_route(self->wanted, &plain, net_route_dev(route)) != NULL;
}

void picture_plan_routes_out(PicturePlan *self)
{
    g_autoptr(GPtrArray) going = g_ptr_array_new();
    for (guint i = 0; i < self->picture->routes->len; i++) {
        const IfcfgRoute *route = self->picture->routes->pdata[i];
        if (route_counts(self, route) && !is_wanted(self, route))
            g_ptr_array_add(going, g_memdup2(&(NetOp){.type = NET_OP_ROUTE_DELETE,
                                                      .phase = NET_PHASE_LATE_ROUTES_OUT,
                                                      .by_nexthop = route->nhid,
                                                      .route = route_kept(self, route)},
                                             sizeof(NetOp)));
    }
    for (guint i = 0; i < going->len; i++) {
        g_autofree NetOp *op = going->pdata[i];
        op->dev = net_route_dev(op->route);
        picture_remove(self, *op);
    }
    nexthops_out(self);
}
