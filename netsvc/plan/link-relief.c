/* The last port of a bond that works, and that goes, while others come: a reload lets it go when one of them
 * does its work. */
#include "model/iface.h"
#include "plan/link-plan.h"
#include <net/if.h>

/* It comes into the device by this plan, and nobody knows that its cable is out. */
static gboolean may_relieve(const NetPlanner *planner, const NetIface *master, const NetIface *port)
{
    const ObservedLink *link = planner_link_before(planner, port->name),
                       *above = planner_link_before(planner, master->name);
    return link && above && link->master != above->ifindex && (link->carrier || !(link->flags & IFF_UP));
}

/* It asks for nothing that it gets only when it is out. */
static gboolean has_time(const NetIface *port)
{
    return !port || (!port->addresses->len && !port->leases->len && !port->aliases->len &&
                     !port->uppers->len && !net_iface_master(port));
}

gboolean planner_is_relieved(NetPlanner *planner, const NetIface *master, const char *port)
{
    const NetGroup *group = planner_group_of(planner, master);
    gboolean any = FALSE;
    if (planner->verb != NET_PLAN_RELOAD || !group || group->down || group->failed ||
        !has_time(net_model_find(planner->model, port)))
        return FALSE;
    for (guint i = 0; !any && i < master->ports->len; i++)
        any = may_relieve(planner, master, g_ptr_array_index(master->ports, i));
    if (any)
        g_hash_table_add(planner->relieved, (gpointer)net_pool_text(planner->plan->pool, g_strdup(port)));
    return any;
}

static gboolean has_joined(const NetPlanner *planner, const NetIface *master)
{
    const ObservedLink *above = planner_link(planner, master->name);
    for (guint i = 0; i < master->ports->len; i++) {
        const NetIface *port = g_ptr_array_index(master->ports, i);
        const ObservedLink *link = planner_link(planner, port->name);
        if (link && link->master == above->ifindex && may_relieve(planner, master, port))
            return TRUE;
    }
    return FALSE;
}

/* What its own file asks for waits for that: the driver closes a port that it lets go. */
static void bring_relieved(NetPlanner *planner, const NetIface *port)
{
    const NetIface *master = planner->iface;
    guint group = planner->group;
    if (!planner_enter(planner, port))
        return;
    net_group_tie(g_ptr_array_index(planner->plan->groups, planner->group),
                  (NetTie){group, NET_PHASE_ROUTES_LINK_BACK, NET_PHASE_LINK, FALSE});
    if (port->link_up)
        planner_set_up(planner, port->name, port->where, NET_WARN);
    planner->group = group;
    planner->iface = master;
}

/* It goes when the other one works, and if it does. */
static void relieve(NetPlanner *planner, const NetIface *master, const char *port)
{
    const NetIface *iface = net_model_find(planner->model, port);
    planner_wait_other_port(planner, master, port);
    planner_do(planner, (NetOp){.type = NET_OP_PORT_REMOVE,
                                .phase = NET_PHASE_HOLDERS_OUT,
                                .severity = NET_WARN,
                                .dev = port,
                                .owner = master->name,
                                .stands_on = port,
                                .where = master->where,
                                .master = master->name});
    if (iface)
        bring_relieved(planner, iface);
}

void planner_relieve_ports(NetPlanner *planner, const NetIface *master)
{
    const ObservedLink *above = planner_link(planner, master->name);
    g_autoptr(GList) names = g_hash_table_get_keys(planner->relieved);
    for (const GList *name = names; above && name; name = name->next) {
        const ObservedLink *port = planner_link(planner, name->data);
        if (!port || port->master != above->ifindex || !g_hash_table_remove(planner->relieved, name->data))
            continue;
        if (has_joined(planner, master))
            relieve(planner, master, name->data);
        else
            planner_may_lose_last(planner, master, name->data);
    }
}
