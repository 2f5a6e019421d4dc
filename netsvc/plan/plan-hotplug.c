/* Which interfaces concern devices that came or went while the network is up. Policy of the old net.hotplug
 * (initscripts up to 9.03), which a master's ports now have too. */
#include "plan/builder.h"
#include "plan/graph.h"
#include <string.h>

static gboolean is_wanted(const NetIface *iface)
{
    return iface->hotplug && !iface->unsupported;
}

/* A port brings its master to what the files say: also the one that was begun by hand. */
static const NetIface *top_of(const NetBuilder *self, const NetIface *iface)
{
    const NetIface *master = net_iface_has_line(iface) ? NULL : net_iface_master(iface);
    if (!master)
        return iface->onboot && net_iface_has_line(iface) ? iface : NULL;
    return master->onboot || net_ledger_find(self->planner.ledger, master->name) ? master : NULL;
}

static void builder_add_arrived(NetBuilder *self, const NetIface *iface)
{
    const NetIface *top = iface && is_wanted(iface) ? top_of(self, iface) : NULL;
    if (top && !top->unsupported && !g_hash_table_contains(self->planner.group_of, top))
        net_builder_add_up(self, top, TRUE);
    for (guint i = 0; iface && !net_loops_have(self->planner.loops, iface) && i < iface->uppers->len;
         i++) /* they went with it */
        builder_add_arrived(self, g_ptr_array_index(iface->uppers, i));
}

/* What stood on the device went with it; rules did not, nor did the record. A port is its master's affair:
 * the kernel has let go of it. */
static void builder_add_gone(NetBuilder *self, const NetIface *iface, const LedgerEntry *entry)
{
    if (!entry || (iface && !net_iface_has_line(iface)))
        return;
    if (!iface)
        iface = net_builder_ghost(self, entry);
    if (!g_hash_table_contains(self->planner.group_of, iface))
        net_builder_add_down(self, iface, TRUE);
}

void net_builder_hotplug(NetBuilder *self, const GPtrArray *devices)
{
    const NetModel *model = self->planner.model;
    for (guint i = 0; i < devices->len; i++) {
        const char *name = devices->pdata[i];
        if (!net_observed_link(self->planner.before, name) && strcmp(name, "lo") != 0)
            builder_add_gone(self, net_model_find(model, name), net_ledger_find(self->planner.ledger, name));
    }
    for (guint i = 0; i < devices->len; i++)
        if (net_observed_link(self->planner.before, devices->pdata[i]))
            builder_add_arrived(self, net_model_find(model, devices->pdata[i]));
}
