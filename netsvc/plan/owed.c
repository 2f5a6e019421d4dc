/* What a run that was ended on its way had not put back of others: the ledger has it as operations
 * (net_ledger_owe()), and the next run does them. */
#include "bridge-vlans.h"
#include "i18n.h"
#include "plan/op-text.h"
#include "plan/planner.h"

const GPtrArray *planner_owed(NetPlanner *planner)
{
    const LedgerList *texts = planner->ledger->owed;
    if (planner->owed)
        return planner->owed;
    planner->owed = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < texts->len; i++) {
        NetOp *op = net_op_from_text(planner->plan, texts->pdata[i], NULL, NULL);
        if (!op)
            continue; /* another version's */
        op->is_back = TRUE;
        g_ptr_array_add(planner->owed, op);
    }
    return planner->owed;
}

static gboolean lets_through(const ObservedLink *link, const char *vlans)
{
    g_autofree char *lacking = bridge_vlans_without(vlans, link->vlans);
    return !*lacking;
}

static gboolean is_there(const NetPlanner *planner, const NetOp *op)
{
    const NetObserved *picture = planner->picture;
    const ObservedLink *link = planner_link(planner, op->dev);
    ObservedNeighbour neighbour = op->neighbour;
    switch (op->type) {
    case NET_OP_ADDR_ADD:
        return net_observed_address(picture, link->ifindex, &op->address->prefix) != NULL;
    case NET_OP_ROUTE_ADD:
        return net_observed_route(picture, op->route, op->dev) ||
               net_observed_rival(picture, op->route, op->dev);
    case NET_OP_NEIGH_ADD:
        neighbour.ifindex = link->ifindex;
        return net_observed_has_neighbour(picture, &neighbour);
    case NET_OP_VLANS_ADD:
        return lets_through(link, op->vlans.list);
    default: /* a port: planner_rejoin_others() */
        return link->master != 0;
    }
}

static gboolean is_removed(const NetPlanner *planner, const NetOp *op)
{
    NetClaim claim = {.dev = op->dev};
    if (op->type == NET_OP_ADDR_ADD) {
        claim.type = &net_claim_address;
        claim.item = op->address;
    } else if (op->type == NET_OP_ROUTE_ADD) {
        claim.type = &net_claim_route;
        claim.item = op->route;
    }
    g_autofree char *id = claim.type ? planner_claim_id(planner, &claim) : NULL;
    return id && g_hash_table_contains(planner->removed, id);
}

static NetPhase phase_of(const NetOp *op)
{
    switch (op->type) {
    case NET_OP_ADDR_ADD:
        return NET_PHASE_ADDRESSES_BACK;
    case NET_OP_ROUTE_ADD:
        return planner_route_phase(op->route, NET_WAVE_BACK);
    case NET_OP_VLANS_ADD:
        return NET_PHASE_PORT_OPTIONS;
    default:
        return NET_PHASE_ROUTES_LINK_BACK;
    }
}

static gboolean enter_for(NetPlanner *planner, const NetOp *op)
{
    gboolean is_of_port = op->type == NET_OP_PORT_ADD || op->type == NET_OP_VLANS_ADD;
    return is_of_port ? planner_enter_near(planner, op->dev) : planner_enter_layer3(planner, op->dev);
}

gboolean planner_pay(NetPlanner *planner)
{
    const GPtrArray *owed = planner_owed(planner);
    gboolean any = FALSE;
    for (guint i = 0; i < owed->len; i++) {
        NetOp op = *(const NetOp *)owed->pdata[i];
        if (op.type == NET_OP_PORT_ADD || !enter_for(planner, &op) || is_there(planner, &op) ||
            is_removed(planner, &op))
            continue;
        op.phase = phase_of(&op);
        any |= !planner_try(planner, op);
    }
    return any;
}

static void forget(NetPlanner *planner, const NetOp *owed)
{
    NetOp op = *owed;
    op.is_only_recorded = TRUE;
    planner_do(planner, op);
}

static gboolean is_about_all(const NetPlanner *planner)
{
    return planner->verb == NET_PLAN_START || planner->verb == NET_PLAN_STOP ||
           planner->verb == NET_PLAN_RESTART;
}

/* Whether nobody need think of it any more. */
static gboolean is_settled(NetPlanner *planner, const NetOp *op)
{
    if (g_hash_table_contains(planner->taken_down, op->dev))
        return TRUE;
    if (!planner_link(planner, op->dev))
        return is_about_all(planner);
    if (is_there(planner, op) || is_removed(planner, op))
        return TRUE;
    if (!enter_for(planner, op))
        return FALSE;
    g_autofree char *text = net_op_format(op);
    planner_note(planner,
                 _("somebody else's is lost since a run was interrupted, and cannot be put back: %s"), text);
    return TRUE;
}

void planner_end_owed(NetPlanner *planner)
{
    const GPtrArray *owed = planner_owed(planner);
    for (guint i = 0; planner->plan->groups->len && i < owed->len; i++) {
        planner->group = 0;
        planner->iface = NULL;
        if (is_settled(planner, owed->pdata[i]))
            forget(planner, owed->pdata[i]);
    }
}
