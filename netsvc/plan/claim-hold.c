/* An address that must be taken away to be added anew, or behind others: meanwhile the device keeps the same
 * one as a host's (/32), so that nothing that stands on it falls, and nobody finds it missing
 * (fib_frontend.c, fib_del_ifaddr() asks whether the address is gone altogether). */
#include "plan/planner.h"

gboolean planner_hold(NetPlanner *planner, const NetClaim *claim, NetSeverity severity, NetClaim *ret_held)
{
    const NetAddress *wanted = claim->item;
    IfcfgPrefix alone = wanted->prefix;
    alone.length = (guint8)(ifcfg_ip_size(&alone.ip) * 8);
    NetAddress *holder = net_address_new(&alone, claim->dev, claim->where);
    net_pool_keep(planner->plan->pool, holder, (GDestroyNotify)net_address_free);
    holder->scope = wanted->scope;
    *ret_held = *claim;
    ret_held->item = holder;
    if (wanted->prefix.length == alone.length)
        return FALSE;
    planner_do(planner, planner_claim_op(ret_held, NET_OP_ADDR_ADD, NET_PHASE_ADDRESSES, severity));
    return TRUE;
}

void planner_let_go(NetPlanner *planner, const NetClaim *held)
{
    planner_do(planner, planner_claim_op(held, NET_OP_ADDR_DELETE, NET_PHASE_HOLDERS_OUT, NET_WARN));
}
