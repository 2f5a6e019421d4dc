/* The order of IPv4 addresses: of several in one network the kernel uses the first as source of what the host
 * begins, and calls the others secondary (net/ipv4/devinet.c, __inet_insert_ifa()). A new one always comes
 * behind those that are there, so that these are taken away and added again behind it, in one go. */
#include "model/iface.h"
#include "plan/planner.h"
#include <linux/if_addr.h>
#include <string.h>
#include <sys/socket.h>

static gboolean same_network(const IfcfgPrefix *a, const IfcfgPrefix *b)
{
    return a->length == b->length && a->ip.family == b->ip.family && ifcfg_prefix_contains(a, &b->ip);
}

static gboolean is_among(const NetIface *iface, const IfcfgPrefix *prefix)
{
    const NetIface *part;
    for (guint p = 0; (part = net_iface_part(iface, p)); p++)
        for (guint i = 0; i < part->addresses->len; i++)
            if (ifcfg_prefix_equal(&((const NetAddress *)g_ptr_array_index(part->addresses, i))->prefix,
                                   prefix))
                return TRUE;
    return FALSE;
}

/* The address as it is, for being added again: the file's own words for it if it has some. */
static const NetAddress *address_as_it_is(NetPlanner *planner, const NetIface *iface,
                                          const ObservedAddress *actual)
{
    const NetIface *part;
    for (guint p = 0; (part = net_iface_part(iface, p)); p++)
        for (guint i = 0; i < part->addresses->len; i++) {
            const NetAddress *address = g_ptr_array_index(part->addresses, i);
            if (ifcfg_prefix_equal(&address->prefix, &actual->prefix))
                return address;
        }
    return planner_address_of(planner, actual);
}

/* All addresses of the leader's network in the kernel's order, without it. */
static GPtrArray *others_of(const NetObserved *picture, const ObservedLink *link, const IfcfgPrefix *leader)
{
    const GPtrArray *list = net_observed_addresses_of(picture, link->ifindex);
    GPtrArray *others = g_ptr_array_new();
    for (guint i = 0; list && i < list->len; i++) {
        ObservedAddress *address = g_ptr_array_index(list, i);
        if (same_network(leader, &address->prefix) && !ifcfg_prefix_equal(leader, &address->prefix))
            g_ptr_array_add(others, address);
    }
    return others;
}

/* All of it is one phase, and so one message to the kernel: nobody who is killed leaves an address out. */
static void move_behind(NetPlanner *planner, const NetIface *iface, const NetAddress *leader,
                        const GPtrArray *others)
{
    g_autoptr(GArray) held = g_array_new(FALSE, FALSE, sizeof(NetClaim));
    g_autoptr(GArray) claims = g_array_new(FALSE, FALSE, sizeof(NetClaim));
    for (guint i = 0; i < others->len; i++) {
        NetClaim claim = {.type = &net_claim_address, .dev = iface->name, .where = leader->where}, holder;
        claim.item = address_as_it_is(planner, iface, g_ptr_array_index(others, i));
        g_array_append_val(claims, claim);
        if (planner_hold(planner, &claim, NET_WARN, &holder))
            g_array_append_val(held, holder);
    }
    for (guint i = claims->len; i-- > 0;) {
        NetOp op = planner_claim_op(&g_array_index(claims, NetClaim, i), NET_OP_ADDR_DELETE,
                                    NET_PHASE_LATE_ADDRESSES_OUT, NET_WARN);
        op.stands_on = leader;
        planner_do(planner, op);
    }
    for (guint i = 0; i < claims->len; i++) {
        const NetClaim *claim = &g_array_index(claims, NetClaim, i);
        NetOp op = planner_claim_op(claim, NET_OP_ADDR_ADD, NET_PHASE_LATE_ADDRESSES_OUT, NET_WARN);
        op.stands_on = leader;
        op.is_back = !is_among(iface, &((const NetAddress *)claim->item)->prefix);
        planner_do(planner, op);
    }
    for (guint i = 0; i < held->len; i++)
        planner_let_go(planner, &g_array_index(held, NetClaim, i));
}

/* Somebody else's address that came first (a cluster's, before the network was started) stays where it is, as
 * long as nothing else changes in its network; at a reload so does one that the files no longer have. */
static gboolean is_out_of_order(const NetPlanner *planner, const NetIface *iface, const NetAddress *leader,
                                const ObservedAddress *actual, const GPtrArray *others)
{
    const ObservedLink *before = planner_link_before(planner, iface->name);
    const ObservedAddress *was =
        before ? net_observed_address(planner->before, before->ifindex, &leader->prefix) : NULL;
    if (!(actual->flags & IFA_F_SECONDARY))
        return FALSE;
    for (guint i = 0; i < others->len; i++) {
        const ObservedAddress *other = g_ptr_array_index(others, i);
        if (!(other->flags & IFA_F_SECONDARY))
            return is_among(iface, &other->prefix) ||
                   (planner->verb != NET_PLAN_RELOAD && (!was || !(was->flags & IFA_F_SECONDARY)));
    }
    return FALSE;
}

static gboolean is_leader(const NetIface *iface, guint index)
{
    const NetAddress *address = g_ptr_array_index(iface->addresses, index);
    for (guint i = 0; i < index; i++)
        if (same_network(&((const NetAddress *)g_ptr_array_index(iface->addresses, i))->prefix,
                         &address->prefix))
            return FALSE;
    return address->prefix.ip.family == AF_INET;
}

void planner_order_addresses(NetPlanner *planner, const NetIface *iface)
{
    for (guint i = 0; i < iface->addresses->len; i++) {
        const NetAddress *leader = g_ptr_array_index(iface->addresses, i);
        const ObservedLink *link = planner_link(planner, iface->name);
        const ObservedAddress *actual =
            link && is_leader(iface, i)
                ? net_observed_address(planner->picture, link->ifindex, &leader->prefix)
                : NULL;
        if (!actual || !(actual->flags & IFA_F_SECONDARY))
            continue;
        g_autoptr(GPtrArray) others = others_of(planner->picture, link, &leader->prefix);
        if (is_out_of_order(planner, iface, leader, actual, others))
            move_behind(planner, iface, leader, others);
    }
}
