/* `netsvc names`: what comes with the leases of interfaces that are up, beside their addresses. */
#include "model/iface.h"
#include "model/service.h"
#include "plan/builder.h"

/* What is not up has nothing that could have changed. */
gboolean net_builder_names(NetBuilder *self, const char *name, GError **error)
{
    const NetIface *iface = net_model_find(self->planner.model, name);
    if (!iface)
        return net_builder_unknown(self, name, error);
    if (!net_ledger_find(self->planner.ledger, name) || g_hash_table_contains(self->up_of, iface))
        return TRUE;
    net_builder_add_up(self, iface, FALSE);
    NetGroup *group = g_ptr_array_index(self->planner.plan->groups, self->planner.plan->groups->len - 1);
    group->is_left = TRUE;
    return TRUE;
}

static void names_up(NetPlanner *planner, const NetIface *iface)
{
    for (const NetService *const *service = net_model_services(planner->model); *service; service++)
        if ((*service)->comes_with_lease)
            (*service)->plan_up(planner, iface);
}

void net_builder_fill_names(NetBuilder *self)
{
    NetPlanner *planner = &self->planner;
    for (const NetService *const *service = net_model_services(planner->model); *service; service++)
        if ((*service)->comes_with_lease && (*service)->begin)
            (*service)->begin(planner);
    for (guint i = 0; i < self->up->len; i++)
        if (planner_enter(planner, g_ptr_array_index(self->up, i)))
            names_up(planner, planner->iface);
    for (guint i = 0; i < self->up->len; i++)
        if (planner_enter(planner, g_ptr_array_index(self->up, i)))
            planner_hand_over(planner, planner->iface);
    if (!planner->stale->len)
        return;
    planner_drop_stale(planner);
    planner_put_back(planner, self->up, self->down);
}
