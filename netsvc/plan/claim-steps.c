/* Claims become operations: first everything that is missing, then, when all of that is planned for all
 * interfaces, what is stale goes. */
#include "i18n.h"
#include "model/iface.h"
#include "plan/planner.h"
#include "plan/predict.h"
#include "state/compare.h"
#include <errno.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

/* RFC 5227, section 1.1: three probes, then a wait; its seconds are shortened, since a switch port that is up
 * answers at once. */
enum { PROBES = 3, PROBE_GAP_MS = 100, PROBE_LAST_MS = 200 };

/* --- addresses --- */

gboolean planner_has_neighbours(const NetPlanner *planner, const char *dev)
{
    const ObservedLink *link = planner_link(planner, dev);
    return link && link->flags & IFF_UP && !(link->flags & (IFF_NOARP | IFF_LOOPBACK));
}

const NetAddress *planner_address_of(NetPlanner *planner, const ObservedAddress *actual)
{
    return net_pool_keep(planner->plan->pool, net_observed_address_copy(actual),
                         (GDestroyNotify)net_address_free);
}

NetClaim planner_claim_as_it_is(NetPlanner *planner, const NetClaim *claim)
{
    NetClaim now = *claim;
    const ObservedAddress *actual =
        claim->type == &net_claim_address ? claim->type->find(claim, planner->picture) : NULL;
    if (actual && actual->peer.family)
        now.item = planner_address_of(planner, actual);
    return now;
}

static void planner_probe(NetPlanner *planner, const NetClaim *claim, NetSeverity severity)
{
    const NetIface *iface = claim->part;
    guint tries = MAX(iface->arping_tries, 1);
    guint once_ms =
        iface->arping_wait ? iface->arping_wait * 1000 : (PROBES - 1) * PROBE_GAP_MS + PROBE_LAST_MS;
    planner_do(planner, (NetOp){.type = NET_OP_ADDR_PROBE,
                                .phase = NET_PHASE_PROBE,
                                .severity = severity,
                                .dev = claim->dev,
                                .where = claim->where,
                                .stands_on = claim->item,
                                .probe = {claim->item, PROBES * tries, once_ms * tries}});
}

/* It was on this device before, and fell with something that we do: nobody can have taken it meanwhile. */
static gboolean was_there(const NetPlanner *planner, const NetClaim *claim)
{
    return claim->type->find(claim, planner->before) != NULL;
}

NetOp planner_claim_op(const NetClaim *claim, NetOpType type, NetPhase phase, NetSeverity severity)
{
    NetOp op = {.type = type, .phase = phase, .severity = severity, .dev = claim->dev, .where = claim->where};
    if (claim->type == &net_claim_address) {
        op.address = claim->item;
    } else if (claim->type == &net_claim_route) {
        op.route = claim->item;
        op.metric_plus_ifindex = claim->plus_ifindex;
    } else if (claim->type == &net_claim_nexthop) {
        op.nexthop.item = claim->item;
    } else if (claim->type == &net_claim_rule) {
        op.rule = claim->item;
    } else if (claim->type == &net_claim_lease) {
        op.lease.lease = claim->item;
        op.lease.others = claim->others;
    }
    op.stands_on = claim->item;
    return op;
}

/* A tunnel without an end of its own gets link-local addresses of what it has when it is set up: ifup-tunnel
 * gave it its address before that. */
static NetPhase address_phase(const NetPlanner *planner, const NetDiff *diff)
{
    const NetIface *iface = diff->claim.part;
    const ObservedLink *before = planner_link_before(planner, diff->claim.dev);
    gboolean is_early = iface && net_kind_has(iface->kind, NET_KIND_HAS_ADDRESSES_OF_HOST) &&
                        iface->settings && !link_settings_find(iface->settings, "local") &&
                        !(before && before->flags & IFF_UP);
    return is_early ? NET_PHASE_LINK : NET_PHASE_ADDRESSES;
}

static PlannerSends address_add(NetPlanner *planner, const NetDiff *diff, NetWave wave, NetSeverity severity)
{
    if (((const NetAddress *)diff->claim.item)->prefix.ip.family == AF_INET6)
        return planner_add_address6(planner, diff, wave, severity);
    const NetAddress *address = diff->claim.item;
    gboolean probes = wave == NET_WAVE_FIRST && diff->claim.part && address->check &&
                      planner_has_neighbours(planner, diff->claim.dev) && !was_there(planner, &diff->claim);
    if (probes)
        planner_probe(planner, &diff->claim, severity);
    planner_do(planner, planner_claim_op(&diff->claim, NET_OP_ADDR_ADD,
                                         wave == NET_WAVE_FIRST ? address_phase(planner, diff)
                                                                : NET_PHASE_ADDRESSES_BACK,
                                         severity));
    return (probes ? PLANNER_PROBES : 0) |
           (diff->claim.part ? planner_announce(planner, &diff->claim, NET_PHASE_ANNOUNCE) : 0);
}

/* Out and in again: between the two there is nothing. */
static void address_renew(NetPlanner *planner, const NetDiff *diff, NetSeverity severity)
{
    NetClaim old = planner_claim_as_it_is(planner, &diff->claim);
    NetOp out = planner_claim_op(&old, NET_OP_ADDR_DELETE, NET_PHASE_LATE_ADDRESSES_OUT, severity);
    out.stands_on = diff->claim.item;
    planner_do(planner, out);
    planner_do(planner,
               planner_claim_op(&diff->claim, NET_OP_ADDR_ADD, NET_PHASE_LATE_ADDRESSES_OUT, severity));
}

/* A label, a broadcast address, a scope cannot be changed on an address: it is taken away and added anew. */
static void address_replace(NetPlanner *planner, const NetDiff *diff, NetSeverity severity)
{
    NetClaim held;
    gboolean is_held = planner_hold(planner, &diff->claim, severity, &held);
    address_renew(planner, diff, severity);
    if (is_held)
        planner_let_go(planner, &held);
}

/* As the kernel adds it with an address, with which it will go (net/ipv4/fib_frontend.c, fib_add_ifaddr()).
 */
static void address_give_route(NetPlanner *planner, const NetDiff *diff)
{
    IfcfgRoute *route =
        net_predict_network_route(planner->picture, planner_link(planner, diff->claim.dev), diff->actual);
    NetClaim claim = {
        .type = &net_claim_route, .item = route, .dev = diff->claim.dev, .where = diff->claim.where};
    net_pool_keep(planner->plan->pool, route, (GDestroyNotify)ifcfg_route_free);
    NetOp op = planner_claim_op(&claim, NET_OP_ROUTE_ADD, NET_PHASE_ROUTES_LINK, NET_WARN);
    op.is_back = TRUE;
    planner_do(planner, op);
}

/* An address that expires is asked for without end. IPv6 gets the route of its network with that too. */
static void address_change(NetPlanner *planner, const NetDiff *diff, NetSeverity severity)
{
    const ObservedAddress *actual = diff->actual;
    gboolean lacks_route =
        actual->prefix.ip.family == AF_INET && net_address_lacks_network(actual, planner->picture);
    if (net_observed_address_is_duplicate(actual)) {
        address_renew(planner, diff, severity); /* the kernel looks again only at one that is new */
        return;
    }
    if (net_address_needs_replacing(diff->claim.item, actual, diff->claim.dev)) {
        address_replace(planner, diff, severity);
        return;
    }
    if (lacks_route)
        address_give_route(planner, diff);
    if (lacks_route && actual->flags & IFA_F_PERMANENT)
        return;
    planner_do(planner, planner_claim_op(&diff->claim, NET_OP_ADDR_ADD, NET_PHASE_ADDRESSES, severity));
}

/* --- rules --- */

static void rule_add(NetPlanner *planner, const NetDiff *diff, NetWave wave)
{
    NetOp op = planner_claim_op(&diff->claim, NET_OP_RULE_ADD,
                                wave == NET_WAVE_FIRST ? NET_PHASE_RULES : NET_PHASE_RULES_BACK, NET_WARN);
    const IfcfgRule *moved = planner_rule_that_goes(planner, &diff->claim);
    if (moved)
        op.rule = moved;
    planner_do(planner, op);
}

PlannerSends planner_add_claim(NetPlanner *planner, const NetDiff *diff, NetWave wave, NetSeverity severity)
{
    const NetClaimType *type = diff->claim.type;
    if (planner_has_too_little_mtu(planner, &diff->claim) || planner_leaves_claim(planner, &diff->claim))
        return 0;
    if (type == &net_claim_route)
        planner_add_route(planner, diff, wave);
    else if (type == &net_claim_nexthop)
        return planner_set_nexthop(planner, diff, wave);
    else if (type == &net_claim_rule)
        rule_add(planner, diff, wave);
    else if (type == &net_claim_lease)
        return planner_get_lease(planner, diff);
    else if (diff->kind == NET_DIFF_MISSING)
        return address_add(planner, diff, wave, severity);
    else
        address_change(planner, diff, severity);
    return 0;
}

/* --- whole interfaces --- */

const LedgerEntry *planner_entry(const NetPlanner *planner, const NetIface *iface)
{
    return net_ledger_find(planner->ledger, net_iface_device(iface));
}

GPtrArray *planner_diff(const NetPlanner *planner, const NetIface *iface, gboolean all_parts,
                        const NetObserved *observed)
{
    return net_diff(iface, all_parts, observed, planner->ledger, net_model_rtnames(planner->model),
                    planner->plan->pool);
}

static gboolean is_own_address(const NetIface *iface, const NetDiff *diff)
{
    return diff->claim.type == &net_claim_address && diff->claim.part == iface;
}

/* An interface with none of its own addresses has failed; one that lacks some has not. */
static NetSeverity address_severity(const NetIface *iface, const GPtrArray *diffs)
{
    for (guint i = 0; i < diffs->len; i++) {
        const NetDiff *diff = g_ptr_array_index(diffs, i);
        if (is_own_address(iface, diff) && diff->kind != NET_DIFF_MISSING)
            return NET_WARN;
    }
    return NET_ONE_OF;
}

void planner_record(NetPlanner *planner, const NetDiff *diff)
{
    const NetClaimType *type = diff->claim.type;
    NetOp op = planner_claim_op(&diff->claim, diff->kind == NET_DIFF_GONE ? type->remove : type->add,
                                NET_PHASE_ADDRESSES, NET_WARN);
    if (diff->kind == NET_DIFF_GONE)
        g_hash_table_add(planner->removed, planner_claim_id(planner, &diff->claim));
    op.is_only_recorded = TRUE;
    op.is_others = diff->is_others;
    op.stands_on = NULL;
    planner_do(planner, op);
}

/* What would have taken its place is left. */
static gboolean is_left_in_place(const NetPlanner *planner, const NetClaim *claim)
{
    g_autofree char *id = g_hash_table_size(planner->kept) ? planner_claim_id(planner, claim) : NULL;
    return id && g_hash_table_contains(planner->kept, id);
}

static PlannerSends planner_take(NetPlanner *planner, const NetIface *iface, const NetDiff *diff,
                                 NetSeverity severity, const GPtrArray *diffs)
{
    gboolean is_moved = g_hash_table_contains(planner->moved, net_iface_device(iface));
    PlannerSends sends = 0;
    switch (diff->kind) {
    case NET_DIFF_ADOPT:
        planner_record(planner, diff);
        G_GNUC_FALLTHROUGH;
    case NET_DIFF_SAME:
        if (is_moved && diff->claim.type == &net_claim_address)
            sends = planner_announce(planner, &diff->claim, NET_PHASE_ANNOUNCE);
        break;
    case NET_DIFF_MISSING:
    case NET_DIFF_DIFFERS:
        sends =
            planner_add_claim(planner, diff, NET_WAVE_FIRST, diff->claim.part == iface ? severity : NET_WARN);
        break;
    case NET_DIFF_STALE:
        planner_note_stale(planner, diff, diffs);
        return 0;
    case NET_DIFF_GONE:
        if (!is_left_in_place(planner, &diff->claim))
            planner_record(planner, diff);
        return 0;
    }
    planner_note_taken(planner, &diff->claim);
    return sends;
}

static gboolean planner_yields(NetPlanner *planner, const NetDiff *diff)
{
    return diff->claim.part && diff->claim.type == &net_claim_route && planner_route_yields(planner, diff);
}

static gboolean is_satisfied(const GPtrArray *diffs)
{
    for (guint i = 0; i < diffs->len; i++) {
        NetDiffKind kind = ((const NetDiff *)g_ptr_array_index(diffs, i))->kind;
        if (kind == NET_DIFF_MISSING || kind == NET_DIFF_DIFFERS)
            return FALSE;
    }
    return TRUE;
}

/* It goes out and in again when all that is new is there (NET_PHASE_LATE_ADDRESSES_OUT): whatever is
 * predicted of the order of addresses must have them in that order. */
static gboolean is_late(const NetDiff *diff)
{
    return diff->claim.type == &net_claim_address && diff->kind == NET_DIFF_DIFFERS &&
           (net_observed_address_is_duplicate(diff->actual) ||
            net_address_needs_replacing(diff->claim.item, diff->actual, diff->claim.dev));
}

static PlannerSends take_all(NetPlanner *planner, const NetIface *iface, const GPtrArray *diffs,
                             NetSeverity severity, gboolean late)
{
    PlannerSends sends = 0;
    for (guint i = 0; i < diffs->len; i++) {
        NetDiff *diff = g_ptr_array_index(diffs, i);
        if (is_late(diff) != late)
            continue;
        planner_look_again(planner, diff);
        if (!planner_yields(planner, diff))
            sends |= planner_take(planner, iface, diff, severity, diffs);
    }
    return sends;
}

void planner_add_claims(NetPlanner *planner, const NetIface *iface)
{
    g_autoptr(GPtrArray) diffs = planner_diff(planner, iface, FALSE, planner->picture);
    if (!planner->changed && is_satisfied(diffs))
        g_hash_table_add(planner->satisfied, (gpointer)iface);
    planner_tell_no_nexthops(planner, iface);
    NetSeverity severity = address_severity(iface, diffs);
    PlannerSends sends = take_all(planner, iface, diffs, severity, FALSE);
    sends |= take_all(planner, iface, diffs, severity, TRUE);
    planner_wait_carrier(planner, iface, sends);
}
