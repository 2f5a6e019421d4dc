/* Lets each service plan for each device of the run: first what goes, then what comes. */
#include "model/service.h"
#include "plan/builder.h"

static void services_begin(NetPlanner *planner)
{
    for (const NetService *const *service = net_model_services(planner->model); *service; service++)
        if ((*service)->begin)
            (*service)->begin(planner);
}

static void services_up(NetPlanner *planner, const NetIface *iface)
{
    for (const NetService *const *service = net_model_services(planner->model); *service; service++)
        if ((*service)->plan_up)
            (*service)->plan_up(planner, iface);
}

static void services_down(NetPlanner *planner, const NetIface *iface)
{
    for (const NetService *const *service = net_model_services(planner->model); *service; service++)
        if ((*service)->plan_down)
            (*service)->plan_down(planner, iface);
}

/* A silent port has no group: what is done about it is in its master's. */
static void each_device(NetPlanner *planner, const NetIface *iface,
                        void (*visit)(NetPlanner *planner, const NetIface *iface))
{
    visit(planner, iface);
    for (guint i = 0; net_kind_has(iface->kind, NET_KIND_PORTS_ARE_SILENT) && i < iface->ports->len; i++)
        visit(planner, g_ptr_array_index(iface->ports, i));
}

static void visit_down(NetPlanner *planner, const NetIface *iface)
{
    const NetGroup *group = g_ptr_array_index(planner->plan->groups, planner->group);
    if (group->keeps_link || g_hash_table_contains(planner->taken_down, iface->name))
        services_down(planner, iface);
}

void net_builder_fill_services(NetBuilder *self)
{
    NetPlanner *planner = &self->planner;
    services_begin(planner);
    for (guint i = 0; i < self->down->len; i++) {
        const NetIface *iface = g_ptr_array_index(self->down, i);
        if (planner_enter(planner, iface))
            each_device(planner, iface, visit_down);
    }
    for (guint i = 0; i < self->up->len; i++) {
        const NetIface *iface = g_ptr_array_index(self->up, i);
        if (planner_enter(planner, iface))
            each_device(planner, iface, services_up);
    }
}
