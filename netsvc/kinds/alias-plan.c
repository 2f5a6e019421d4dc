/* Alias and range files alone (`ifup eth0:1`): addresses, routes and rules on a parent that is up. */
#include "i18n.h"
#include "kinds/plans.h"

void alias_plan_up(const NetIface *iface, NetPlanner *planner)
{
    const NetIface *parent = iface->parent;
    if (!parent) {
        planner_fail(planner, iface->where, _("there is no file for its parent %s"), iface->parent_name);
        return;
    }
    /* A parent that is not up is in this plan, and brings the alias along unless ONPARENT=no. */
    if (planner_part_comes_along(parent, iface) && !planner_link_stays(planner, parent->name))
        planner_add_verify(planner, iface);
    else
        planner_add_layer3(planner, iface);
}

void alias_plan_down(const NetIface *iface, NetPlanner *planner)
{
    if (iface->parent)
        planner_drop_layer3(planner, iface, FALSE);
}
