/* Groups: one an interface that a verb is about, in the order of their lines. */
#include "plan/builder.h"
#include "i18n.h"
#include "model/iface.h"
#include "plan/graph.h"
#include "plan/planner.h"
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

guint net_builder_add_group(NetBuilder *self, const char *title, const NetIface *iface, gboolean down)
{
    NetGroup *group = net_plan_add_group(self->planner.plan);
    group->title = g_strdup(title);
    group->name = g_strdup(iface ? iface->nick : NULL);
    group->dev = iface ? iface->name : NULL;
    if (iface)
        group->where = iface->where;
    group->down = down;
    group->counts = iface && strcmp(iface->name, "lo") != 0;
    return self->planner.plan->groups->len - 1;
}

static char *group_title(const NetIface *iface, gboolean down)
{
    if (g_str_equal(iface->name, "lo"))
        return g_strdup(down ? _("Shutting down loopback interface: ")
                             : _("Bringing up loopback interface: "));
    return net_group_title(iface->nick, down);
}

/* Its silent ports come up in its group. */
static void builder_note_dev(NetBuilder *self, const NetIface *iface, guint index)
{
    if (!g_hash_table_insert(self->planner.group_of_dev, iface->name, GUINT_TO_POINTER(index)))
        return; /* of a loop */
    for (guint i = 0; net_kind_has(iface->kind, NET_KIND_PORTS_ARE_SILENT) && i < iface->ports->len; i++)
        builder_note_dev(self, g_ptr_array_index(iface->ports, i), index);
}

/* NM_CONTROLLED=yes, said by the file itself, counts where NetworkManager can know of the device: it reads
 * such files, or has a connection of its own there. Else nobody would bring it up. */
static gboolean is_left_to_manager(const NetBuilder *self, const NetIface *iface)
{
    const ObservedManager *manager = &self->planner.before->manager;
    const char *text = manager->is_there && iface->record && !iface->parent && !g_str_equal(iface->name, "lo")
                           ? ifcfg_record_get(iface->record, "NM_CONTROLLED")
                           : NULL;
    return text && ifcfg_is_true(text) &&
           (manager->reads_files || g_hash_table_contains(manager->holds, iface->name));
}

void net_builder_add_up(NetBuilder *self, const NetIface *iface, gboolean titled)
{
    g_autofree char *title = titled ? group_title(iface, FALSE) : NULL;
    guint index = net_builder_add_group(self, title, iface, FALSE);
    g_hash_table_insert(self->planner.group_of, (gpointer)iface, GUINT_TO_POINTER(index + 1));
    g_hash_table_insert(self->up_of, (gpointer)iface, GUINT_TO_POINTER(index + 1));
    NetGroup *group = g_ptr_array_index(self->planner.plan->groups, index);
    group->no_device_left = _("no port could be enslaved");
    group->no_claim_left = _("none of its addresses could be added");
    group->is_passed = is_left_to_manager(self, iface);
    self->planner.group = index;
    if (group->is_passed)
        planner_note(&self->planner, _("NM_CONTROLLED=yes leaves %s to NetworkManager"), iface->name);
    if (!iface->parent)
        builder_note_dev(self, iface, index + 1);
    g_ptr_array_add(self->up, (gpointer)iface);
}

void net_builder_add_down(NetBuilder *self, const NetIface *iface, gboolean titled)
{
    g_autofree char *title = titled ? group_title(iface, TRUE) : NULL;
    guint index = net_builder_add_group(self, title, iface, TRUE);
    g_hash_table_insert(self->planner.group_of, (gpointer)iface, GUINT_TO_POINTER(index + 1));
    g_ptr_array_add(self->down, (gpointer)iface);
}

static NetIface *builder_make_iface(NetBuilder *self, const char *name, const char *nick, const char *kind,
                                    const char *file)
{
    g_autoptr(IfcfgRecord) empty = ifcfg_record_parse(file ? file : nick, "", 0, NULL, NULL);
    IfcfgEntry entry = {
        .kind = IFCFG_ENTRY_MAIN, .path = g_intern_string(file), .name = (char *)nick, .record = empty};
    NetIface *iface = net_iface_new(&entry);
    iface->name = g_strdup(name);
    iface->link_up = TRUE;
    iface->kind = net_model_kind(self->planner.model, kind);
    if (!iface->kind)
        iface->kind = net_model_kind(self->planner.model, "ethernet");
    return net_pool_keep(self->planner.plan->pool, iface, (GDestroyNotify)net_iface_free);
}

NetIface *net_builder_ghost(NetBuilder *self, const LedgerEntry *entry)
{
    return builder_make_iface(self, entry->name, entry->nick ? entry->nick : entry->name, entry->kind,
                              entry->file);
}

const NetIface *net_builder_loopback(NetBuilder *self)
{
    NetIface *iface = net_iface_new_loopback();
    iface->kind = net_model_kind(self->planner.model, "loopback");
    return net_pool_keep(self->planner.plan->pool, iface, (GDestroyNotify)net_iface_free);
}
