/* Addresses that are new, or whose device has another MAC now, are announced: what neighbours know of them
 * may be another device of this host. */
#include "plan/planner.h"
#include <netinet/in.h>
#include <sys/socket.h>

/* Link-local ones are nobody's on another link. */
static gboolean is_announced(const NetPlanner *planner, const NetClaim *claim)
{
    const NetAddress *address = claim->item;
    const IfcfgIp *ip = &address->prefix.ip;
    return address->announce && planner_has_neighbours(planner, claim->dev) &&
           !(ip->family == AF_INET6 && ifcfg_ip_is_link_local(ip));
}

PlannerSends planner_announce(NetPlanner *planner, const NetClaim *claim, NetPhase phase)
{
    if (!is_announced(planner, claim))
        return 0;
    planner_do(planner, (NetOp){.type = NET_OP_ADDR_ANNOUNCE,
                                .phase = phase,
                                .severity = NET_WARN,
                                .dev = claim->dev,
                                .where = claim->where,
                                .stands_on = claim->item,
                                .address = claim->item});
    return PLANNER_ANNOUNCES;
}
