/* Claims that go: what is stale after everything that takes its place is there, and what is ours at a `down`.
 */
#include "i18n.h"
#include "plan/planner.h"
#include "state/compare.h"

/* How a claim goes: at a `down` before the links do, else after what takes its place is there. */
static void planner_remove(NetPlanner *planner, const NetClaim *claim, gboolean is_late,
                           gconstpointer stands_on)
{
    NetClaim now = planner_claim_as_it_is(planner, claim);
    NetPhase phase = is_late ? claim->type->late_out : claim->type->out;
    NetOp op = planner_claim_op(&now, claim->type->remove, phase, NET_WARN);
    op.stands_on = stands_on;
    if (claim->type == &net_claim_route)
        op.by_nexthop = planner_nexthop_of(planner, claim);
    if (planner_keeps_nexthop(planner, claim))
        return;
    if (planner_is_shared(planner, claim)) {
        planner_record(planner, &(NetDiff){.kind = NET_DIFF_GONE, .claim = *claim});
        return;
    }
    g_hash_table_add(planner->removed, planner_claim_id(planner, claim));
    planner_do(planner, op);
    if (claim->type == &net_claim_lease)
        planner_drop_leased(planner, claim, is_late, stands_on);
}

static gboolean is_taken(const NetPlanner *planner, const PlannerStale *stale)
{
    return planner_is_taken(planner, stale->id);
}

/* Whether somebody may be talking to it, or by it: what stays with another prefix length is the same to them.
 */
static gboolean ends_connections(const NetPlanner *planner, const PlannerStale *stale)
{
    const NetClaim *claim = &stale->claim;
    const ObservedLink *link = planner_link(planner, claim->dev);
    if (!link || is_taken(planner, stale))
        return FALSE;
    if (claim->type == &net_claim_lease)
        return planner_has_leased(planner, claim);
    if (claim->type != &net_claim_address)
        return planner_ends_way(planner, claim);
    const NetAddress *address = claim->item;
    g_autoptr(GPtrArray) same = net_observed_with_ip(planner->picture, link->ifindex, &address->prefix.ip);
    return same->len == 1;
}

/* One line for all that one interface loses, at what it has instead; NULL: nothing that anybody notices. */
static char *lost_format(const NetPlanner *planner, guint group)
{
    g_autofree char *first = NULL;
    guint count = 0;
    for (guint i = 0; i < planner->stale->len; i++) {
        const PlannerStale *stale = &g_array_index(planner->stale, PlannerStale, i);
        if (stale->group != group || is_taken(planner, stale))
            continue;
        if (!first && ends_connections(planner, stale))
            first = planner_claim_words(&stale->claim);
        count++;
    }
    if (first && count > 1)
        return g_strdup_printf(_("%s and %u more are not asked for any more"), first, count - 1);
    return first ? g_strdup_printf(_("%s is not asked for any more"), first) : NULL;
}

/* Whether all that this interface has too much of may go now: what is left is left with what it needs. */
static gboolean may_lose(NetPlanner *planner, const PlannerStale *stale)
{
    const NetIface *iface = stale->iface;
    g_autofree char *text = lost_format(planner, stale->group);
    const NetAddress *instead = iface->addresses->len ? g_ptr_array_index(iface->addresses, 0) : NULL;
    return !text || planner_may(planner, stale->claim.dev, NET_FATE_RENUMBERED,
                                instead && instead->where.file ? instead->where : iface->where, text);
}

/* The record has it that it goes with a lease that comes when nobody waits any more. */
static void tell_lease(NetPlanner *planner, const NetLease *lease)
{
    for (guint i = 0; i < planner->plan->ops->len; i++) {
        NetOp *op = g_ptr_array_index(planner->plan->ops, i);
        if (op->type == NET_OP_LEASE_GET && op->lease.lease == lease)
            op->lease.hands_over = TRUE;
    }
}

static void planner_remove_stale(NetPlanner *planner, const PlannerStale *stale)
{
    planner->after = stale->after;
    planner_remove(planner, &stale->claim, TRUE, stale->stands_on);
    planner->after = NULL;
    if (stale->after)
        tell_lease(planner, stale->after);
}

void planner_drop_stale(NetPlanner *planner)
{
    gboolean may = TRUE;
    for (guint i = planner->stale->len, group = G_MAXUINT; i-- > 0;) {
        const PlannerStale *stale = &g_array_index(planner->stale, PlannerStale, i);
        planner->group = stale->group;
        planner->iface = stale->iface;
        if (group != stale->group)
            may = !planner_is_left_in_vrf(planner, stale->claim.dev) && may_lose(planner, stale);
        group = stale->group;
        if (is_taken(planner, stale))
            planner_record(planner, &(NetDiff){.kind = NET_DIFF_GONE, .claim = stale->claim});
        else if (may && !g_hash_table_contains(planner->kept, stale->id))
            planner_remove_stale(planner, stale);
    }
}

/* Ours is what the ledger lists, and what the files ask for even if the old scripts added it; but a rule is
 * ours only by the ledger, if there is one: another with the same selectors can be somebody else's. */
static gboolean is_ours(const NetDiff *diff, const LedgerEntry *entry)
{
    switch (diff->kind) {
    case NET_DIFF_SAME:
        return !diff->is_others;
    case NET_DIFF_STALE:
        return TRUE;
    case NET_DIFF_ADOPT:
        return diff->claim.type != &net_claim_rule || !entry;
    case NET_DIFF_DIFFERS:
        return diff->is_ours || diff->claim.type == &net_claim_address;
    default:
        return FALSE;
    }
}

/* Its entry in the ledger outlives this, a `down` of what is kept or the claims of what becomes a port: what
 * is not there any more must not be in it. */
static gboolean is_kept(const NetPlanner *planner, const NetIface *iface, const LedgerEntry *entry)
{
    const NetGroup *group = g_ptr_array_index(planner->plan->groups, planner->group);
    return entry && (!group->down || (entry->created && planner_link(planner, iface->name)));
}

gboolean planner_may_drop_claims(NetPlanner *planner, const NetIface *iface, const char *why)
{
    const LedgerEntry *entry = planner_entry(planner, iface);
    g_autoptr(GPtrArray) diffs = planner_diff(planner, iface, TRUE, planner->picture);
    for (guint i = 0; i < diffs->len; i++)
        if (is_ours(diffs->pdata[i], entry))
            return planner_may(planner, iface->name, NET_FATE_RENUMBERED, iface->where, why);
    return TRUE;
}

void planner_drop_claims(NetPlanner *planner, const NetIface *iface)
{
    const LedgerEntry *entry = planner_entry(planner, iface);
    g_autoptr(GPtrArray) diffs = planner_diff(planner, iface, TRUE, planner->picture);
    for (guint i = 0; i < diffs->len; i++) {
        const NetDiff *diff = g_ptr_array_index(diffs, i);
        if (diff->claim.type != &net_claim_address && diff->claim.type != &net_claim_nexthop &&
            is_ours(diff, entry))
            planner_remove(planner, &diff->claim, FALSE, NULL);
        else if (diff->kind == NET_DIFF_GONE && is_kept(planner, iface, entry))
            planner_record(planner, diff);
    }
    /* Objects after the routes by them. Secondary addresses first, from the end: to delete a primary costs
     * the kernel a walk over all that it promotes. */
    for (guint i = diffs->len; i-- > 0;) {
        const NetDiff *diff = g_ptr_array_index(diffs, i);
        gboolean is_last = diff->claim.type == &net_claim_address || diff->claim.type == &net_claim_nexthop;
        if (is_last && is_ours(diff, entry))
            planner_remove(planner, &diff->claim, FALSE, NULL);
    }
}
