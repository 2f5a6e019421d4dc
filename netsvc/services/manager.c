/* NetworkManager, where it runs or will, is asked to leave the devices that files configure, before anything
 * is done to them. What NM_CONTROLLED=yes leaves to it is passed over (plan/builder.c). */
#include "model/iface.h"
#include "plan/planner.h"
#include "services/services.h"
#include <net/if.h>
#include <string.h>

/* What is no word of its lists, it cannot be told. */
static gboolean may_be_told(const char *dev)
{
    return !g_str_equal(dev, "lo") && !strpbrk(dev, ";,\\ \"'");
}

/* It takes down what it lets go of, whatever the picture said. */
static void set_up_again(NetPlanner *planner, const NetIface *iface)
{
    const ObservedLink *link = net_observed_link(planner->before, iface->name);
    if (link && link->flags & IFF_UP)
        planner_do(planner, (NetOp){.type = NET_OP_LINK_UP,
                                    .phase = NET_PHASE_UP,
                                    .severity = NET_FATAL,
                                    .depth = planner_depth(iface),
                                    .dev = iface->name,
                                    .where = iface->where});
}

static void manager_plan_up(NetPlanner *planner, const NetIface *iface)
{
    const ObservedManager *manager = &planner->before->manager;
    gboolean is_left = g_hash_table_contains(manager->told, iface->name) &&
                       !g_hash_table_contains(manager->holds, iface->name);
    if (!manager->is_there || iface->parent || is_left || !may_be_told(iface->name))
        return;
    planner_do(planner, (NetOp){.type = NET_OP_MANAGER_LEAVE,
                                .phase = NET_PHASE_DEVICE,
                                .severity = NET_WARN,
                                .dev = iface->name,
                                .where = iface->where});
    if (g_hash_table_contains(manager->holds, iface->name))
        set_up_again(planner, iface);
}

const NetService manager_service = {.name = "manager", .plan_up = manager_plan_up};
