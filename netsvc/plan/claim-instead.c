/* What must be there before what no file asks for any more goes: a lease of its family, else one of the new
 * addresses. With a lease it goes also when no run waits for that any more. */
#include "plan/planner.h"
#include "state/compare.h"
#include <sys/socket.h>

static const NetClaim *lease_among(const GPtrArray *diffs, int family, NetDiffKind *ret_kind)
{
    for (guint i = 0; i < diffs->len; i++) {
        const NetDiff *diff = g_ptr_array_index(diffs, i);
        if (!diff->claim.part || diff->claim.type != &net_claim_lease ||
            (family && net_claim_family(&diff->claim) != family))
            continue;
        *ret_kind = diff->kind;
        return &diff->claim;
    }
    return NULL;
}

static const NetClaim *missing_claim(const NetIface *iface, const GPtrArray *diffs, const NetClaimType *type)
{
    for (guint i = 0; i < diffs->len; i++) {
        const NetDiff *diff = g_ptr_array_index(diffs, i);
        if (diff->kind == NET_DIFF_MISSING && diff->claim.type == type &&
            (type == &net_claim_lease || diff->claim.part == iface))
            return &diff->claim;
    }
    return NULL;
}

/* NULL: it is there. */
static const NetClaim *replacement(const NetIface *iface, const GPtrArray *diffs, int family)
{
    NetDiffKind kind = NET_DIFF_SAME;
    const NetClaim *lease = lease_among(diffs, family, &kind);
    if (!lease)
        lease = missing_claim(iface, diffs, &net_claim_lease);
    else if (kind != NET_DIFF_MISSING)
        lease = NULL;
    return lease ? lease : missing_claim(iface, diffs, &net_claim_address);
}

/* @instead: NULL: it is there */
static void add_stale(NetPlanner *planner, const NetDiff *diff, const NetClaim *instead)
{
    PlannerStale stale = {.group = planner->group, .iface = planner->iface, .claim = diff->claim};
    stale.stands_on = instead ? instead->item : NULL;
    stale.after = instead && instead->type == &net_claim_lease ? instead->item : NULL;
    stale.id = net_pool_text(planner->plan->pool, planner_claim_id(planner, &diff->claim));
    g_hash_table_add(planner->going, (gpointer)stale.id);
    g_array_append_val(planner->stale, stale);
}

void planner_note_stale(NetPlanner *planner, const NetDiff *diff, const GPtrArray *diffs)
{
    add_stale(planner, diff, replacement(planner->iface, diffs, net_claim_family(&diff->claim)));
}

const NetLease *planner_awaited_lease(const NetPlanner *planner)
{
    const NetLease *lease = NULL;
    for (guint i = 0; !lease && i < planner->stale->len; i++) {
        const PlannerStale *stale = &g_array_index(planner->stale, PlannerStale, i);
        if (stale->group == planner->group)
            lease = stale->after;
    }
    return lease;
}

/* --- when nobody waits any more --- */

/* The lease with which what is stale goes now; NULL: it is not there. What an interface asks for in the other
 * family only may be what its user is connected by. */
static const NetClaim *lease_there(const GPtrArray *diffs, int family)
{
    NetDiffKind kind = NET_DIFF_SAME;
    const NetClaim *lease = lease_among(diffs, family, &kind);
    if (!lease)
        lease = lease_among(diffs, AF_UNSPEC, &kind);
    return kind == NET_DIFF_SAME || kind == NET_DIFF_ADOPT ? lease : NULL;
}

/* What a reload has left, since it interrupts, does not go behind anybody's back. */
void planner_hand_over(NetPlanner *planner, const NetIface *iface)
{
    const LedgerEntry *entry = planner_entry(planner, iface);
    if (!entry || !net_ledger_list_value(entry->written, NET_LEDGER_HANDS_OVER))
        return;
    g_autoptr(GPtrArray) diffs = planner_diff(planner, iface, FALSE, planner->picture);
    for (guint i = 0; i < diffs->len; i++) {
        const NetDiff *diff = g_ptr_array_index(diffs, i);
        const NetClaim *lease = lease_there(diffs, net_claim_family(&diff->claim));
        if (lease && diff->kind == NET_DIFF_STALE)
            add_stale(planner, diff, lease);
        else if (lease && diff->kind == NET_DIFF_GONE) /* some clients take a default route away themselves */
            planner_record(planner, diff);
    }
}
