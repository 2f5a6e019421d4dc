/* IPv6 addresses are added, and waited for: the kernel looks for each new one on other hosts, and until it
 * has done so nobody can use it (RFC 4862, section 5.4). All of a group are waited for at once. */
#include "model/iface.h"
#include "plan/planner.h"
#include "state/compare.h"
#include <net/if.h>
#include <sys/socket.h>

/* As long as ipv6_wait_tentative() of the old scripts waited. */
enum { DAD_MS = 30000 };

/* --- adding --- */

static gboolean has_source6(const NetIface *iface)
{
    for (guint i = 0; i < iface->routes->len; i++)
        if (((const IfcfgRoute *)g_ptr_array_index(iface->routes, i))->src.family == AF_INET6)
            return TRUE;
    return FALSE;
}

/* An IPv6 address is there once only: with another prefix length it is added when the old one has gone, which
 * a reload may leave as it is. The kernel looks for it on other hosts as soon as there is carrier. */
PlannerSends planner_add_address6(NetPlanner *planner, const NetDiff *diff, NetWave wave,
                                  NetSeverity severity)
{
    const NetAddress *address = diff->claim.item;
    const ObservedLink *link = planner_link(planner, diff->claim.dev);
    NetPhase phase = wave == NET_WAVE_FIRST ? NET_PHASE_ADDRESSES : NET_PHASE_ADDRESSES_BACK;
    const ObservedAddress *there =
        link ? net_observed_find_ip(planner->picture, link->ifindex, &address->prefix) : NULL;
    if (there && (wave == NET_WAVE_FIRST || there->prefix.length != address->prefix.length))
        return 0;
    planner_do(planner, planner_claim_op(&diff->claim, NET_OP_ADDR_ADD, phase, severity));
    if (diff->claim.part)
        planner_announce(planner, &diff->claim, NET_PHASE_LATE_ANNOUNCE);
    if (!planner_has_neighbours(planner, diff->claim.dev))
        return 0;
    return diff->claim.part && has_source6(diff->claim.part) ? PLANNER_PROBES : PLANNER_ANNOUNCES;
}

/* The kernel would refuse it at each run: the check of files says why. */
gboolean planner_has_too_little_mtu(const NetPlanner *planner, const NetClaim *claim)
{
    const ObservedLink *link = planner_link(planner, claim->dev);
    gboolean needs_mtu = claim->type == &net_claim_address || claim->type == &net_claim_route ||
                         claim->type == &net_claim_nexthop;
    return needs_mtu && net_claim_family(claim) == AF_INET6 && link && link->mtu < NET_LEAST_MTU_OF_IP6;
}

/* --- waiting --- */

static gboolean is_new_address6(const NetOp *op)
{
    return op->type == NET_OP_ADDR_ADD && op->address->prefix.ip.family == AF_INET6 &&
           !op->is_only_recorded && !op->rivals;
}

static void wait_for(NetPlanner *planner, const NetOp *added, const NetAddress *address, NetPhase phase)
{
    NetOp op = {.type = NET_OP_DAD_WAIT,
                .phase = phase,
                .severity = address ? added->severity : NET_WARN,
                .dev = added->dev,
                .where = added->where,
                .stands_on = address,
                .wait = {.timeout_ms = DAD_MS, .address = address}};
    planner_do(planner, op);
}

static gboolean route_has_source6(const NetOp *op, const char *dev)
{
    return op->type == NET_OP_ROUTE_ADD && op->route->src.family == AF_INET6 && g_str_equal(op->dev, dev);
}

/* A route takes as its source only what has been looked for already (ip6_route_info_create()). */
static gboolean is_source(const NetPlanner *planner, const NetOp *added, guint count)
{
    for (guint i = 0; i < count; i++)
        if (route_has_source6(g_ptr_array_index(planner->plan->ops, i), added->dev))
            return TRUE;
    return FALSE;
}

void planner_wait_dad(NetPlanner *planner)
{
    g_autoptr(GHashTable) devices = g_hash_table_new(g_str_hash, g_str_equal);
    guint count = planner->plan->ops->len;
    for (guint i = 0; i < count; i++) {
        const NetOp *op = g_ptr_array_index(planner->plan->ops, i);
        if (!is_new_address6(op) || !planner_has_neighbours(planner, op->dev))
            continue;
        planner->group = op->group;
        planner->iface = op->iface;
        wait_for(planner, op, op->address, NET_PHASE_DAD);
        if (!g_hash_table_add(devices, (gpointer)op->dev))
            continue;
        wait_for(planner, op, NULL, NET_PHASE_DAD);
        if (is_source(planner, op, count))
            wait_for(planner, op, NULL, NET_PHASE_LEASE);
    }
}
