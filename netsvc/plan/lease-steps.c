/* Clients are started where an address is to come by DHCP, and end with all that they have put there. */
#include "model/iface.h"
#include "plan/planner.h"
#include "state/observed-clients.h"
#include <linux/rtnetlink.h>
#include <sys/socket.h>

enum { LINK_LOCAL_MS = 5000 };

/* dhclient ends at once where it has no address to ask from: RFC 4862 wants the kernel to look for its own
 * one on other hosts first. */
static void wait_link_local(NetPlanner *planner, const NetClaim *claim)
{
    planner_do(planner, (NetOp){.type = NET_OP_DAD_WAIT,
                                .phase = NET_PHASE_PROBE,
                                .severity = NET_WARN,
                                .dev = claim->dev,
                                .where = claim->where,
                                .wait = {.timeout_ms = LINK_LOCAL_MS, .wants_one = TRUE}});
}

PlannerSends planner_get_lease(NetPlanner *planner, const NetDiff *diff)
{
    const NetLease *lease = diff->claim.item;
    gboolean is_alone = lease->client == NET_CLIENT_NONE && !diff->claim.part->addresses->len;
    NetOp op = planner_claim_op(&diff->claim, NET_OP_LEASE_GET, NET_PHASE_LEASE,
                                lease->is_fatal || is_alone ? NET_FATAL : NET_WARN);
    if (lease->family == AF_INET6)
        wait_link_local(planner, &diff->claim);
    planner_do(planner, op);
    if (lease->family == AF_INET6 && diff->claim.part->dhcp.is_persistent6)
        return 0;
    return (lease->family == AF_INET && diff->claim.part->dhcp.is_persistent) ||
                   lease->client == NET_CLIENT_NONE
               ? 0
               : PLANNER_ASKS;
}

/* Returns: whether it goes; not one that a file asks for by now. */
static gboolean drop_address(NetPlanner *planner, const NetClaim *lease, const ObservedAddress *address,
                             gboolean is_late, gconstpointer stands_on)
{
    NetClaim claim = {.type = &net_claim_address,
                      .item = planner_address_of(planner, address),
                      .dev = lease->dev,
                      .where = lease->where};
    g_autofree char *id = planner_claim_id(planner, &claim);
    if (planner_is_taken(planner, id))
        return FALSE;
    NetOp op = planner_claim_op(&claim, claim.type->remove, is_late ? claim.type->late_out : claim.type->out,
                                NET_WARN);
    op.stands_on = stands_on;
    g_hash_table_add(planner->removed, g_steal_pointer(&id));
    planner_do(planner, op);
    return TRUE;
}

gboolean planner_has_leased(const NetPlanner *planner, const NetClaim *claim)
{
    int family = ((const NetLease *)claim->item)->family;
    const ObservedLink *link = planner_link(planner, claim->dev);
    const ObservedClient *client = net_observed_client(planner->before, claim->dev, family);
    const GPtrArray *list = link ? net_observed_addresses_of(planner->picture, link->ifindex) : NULL;
    for (guint i = 0; list && i < list->len; i++) {
        const ObservedAddress *address = g_ptr_array_index(list, i);
        if (address->prefix.ip.family == family && net_observed_address_is_of(address, client))
            return TRUE;
    }
    return FALSE;
}

static void drop_addresses(NetPlanner *planner, const NetClaim *lease, gboolean is_late,
                           gconstpointer stands_on)
{
    int family = ((const NetLease *)lease->item)->family;
    const ObservedLink *link = planner_link(planner, lease->dev);
    /* the client itself may be gone from the later picture already */
    const ObservedClient *client = net_observed_client(planner->before, lease->dev, family);
    const GPtrArray *list;
    for (guint i = 0;
         link && (list = net_observed_addresses_of(planner->picture, link->ifindex)) && i < list->len;) {
        const ObservedAddress *address = g_ptr_array_index(list, i);
        if (address->prefix.ip.family != family || !net_observed_address_is_of(address, client) ||
            !drop_address(planner, lease, address, is_late, stands_on))
            i++;
    }
}

static gboolean is_asked_for(const GPtrArray *diffs, const IfcfgRoute *route)
{
    for (guint i = 0; i < diffs->len; i++) {
        const NetDiff *diff = g_ptr_array_index(diffs, i);
        if (diff->claim.part && diff->actual == route)
            return TRUE;
    }
    return FALSE;
}

static gboolean is_of_lease(const IfcfgRoute *route, const NetClaim *lease)
{
    return route->protocol == RTPROT_DHCP && route->to.ip.family == net_claim_family(lease) &&
           ifcfg_route_table(route) == RT_TABLE_MAIN;
}

static void drop_route(NetPlanner *planner, const NetClaim *lease, const IfcfgRoute *route, gboolean is_late,
                       gconstpointer stands_on)
{
    NetClaim claim = {
        .type = &net_claim_route,
        .item = net_pool_keep(planner->plan->pool, ifcfg_route_copy(route), (GDestroyNotify)ifcfg_route_free),
        .dev = lease->dev,
        .where = lease->where};
    NetOp op = planner_claim_op(&claim, claim.type->remove, is_late ? claim.type->late_out : claim.type->out,
                                NET_WARN);
    op.stands_on = stands_on;
    g_hash_table_add(planner->removed, planner_claim_id(planner, &claim));
    planner_do(planner, op);
}

/* The kernel takes most of them with the addresses; not where a fixed address of the same network comes
 * instead. */
static void drop_routes(NetPlanner *planner, const NetClaim *lease, gboolean is_late, gconstpointer stands_on)
{
    g_autoptr(GPtrArray) diffs = planner_diff(planner, planner->iface, FALSE, planner->picture);
    const IndexList *over = net_observed_routes_over(planner->picture, lease->dev);
    g_autoptr(GPtrArray) leased = g_ptr_array_new();
    for (guint i = 0; over && i < over->len; i++)
        if (is_of_lease(over->pdata[i], lease) && !is_asked_for(diffs, over->pdata[i]))
            g_ptr_array_add(leased, over->pdata[i]);
    for (guint i = 0; i < leased->len; i++)
        drop_route(planner, lease, leased->pdata[i], is_late, stands_on);
}

void planner_drop_leased(NetPlanner *planner, const NetClaim *claim, gboolean is_late,
                         gconstpointer stands_on)
{
    drop_addresses(planner, claim, is_late, stands_on);
    drop_routes(planner, claim, is_late, stands_on);
}

static void drop_client(NetPlanner *planner, const NetIface *iface, const NetLease *lease)
{
    NetClaim claim = {.type = &net_claim_lease, .item = lease, .dev = iface->name, .where = lease->where};
    NetOp op = planner_claim_op(&claim, NET_OP_LEASE_DROP, claim.type->out, NET_WARN);
    op.stands_on = NULL;
    if (!claim.where.file)
        op.where = iface->where;
    planner_do(planner, op);
    drop_addresses(planner, &claim, FALSE, NULL);
}

/* What the ledger lists of a family, if that is what runs, or nothing does any more. */
static const NetLease *listed_lease(NetPlanner *planner, const NetIface *iface, int family,
                                    const ObservedClient *client)
{
    const LedgerEntry *entry = net_ledger_find(planner->ledger, iface->name);
    for (guint i = 0; entry && i < entry->leases->len; i++) {
        const NetLease *lease = net_claim_lease.parse(g_ptr_array_index(entry->leases, i), iface->name, NULL,
                                                      planner->plan->pool);
        if (lease && lease->family == family && (!client || lease->client == client->client))
            return lease;
    }
    return NULL;
}

/* What the file says of the client counts, else what the ledger knows. One that has died has left its
 * address. */
static const NetLease *lease_of_ours(NetPlanner *planner, const NetIface *iface, int family)
{
    const ObservedClient *client = net_observed_client(planner->picture, iface->name, family);
    const NetLease *asked = net_iface_lease(iface, family);
    const NetLease *listed = listed_lease(planner, iface, family, client);
    gboolean is_as_asked =
        asked && (client ? asked->client == client->client : listed && asked->client == listed->client);
    return is_as_asked ? asked : listed;
}

void planner_drop_leases(NetPlanner *planner, const NetIface *iface)
{
    static const int families[] = {AF_INET, AF_INET6};
    for (guint i = 0; i < G_N_ELEMENTS(families); i++) {
        const NetLease *lease = lease_of_ours(planner, iface, families[i]);
        if (lease)
            drop_client(planner, iface, lease);
    }
}
