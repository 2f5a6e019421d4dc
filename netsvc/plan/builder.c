/* Groups and what goes into them: types are asked in the order of the graph, lines stay in configuration
 * order. */
#include "plan/builder.h"
#include "i18n.h"
#include "model/iface.h"
#include "plan/graph.h"
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

void net_builder_add_up(NetBuilder *self, const NetIface *iface, gboolean titled)
{
    g_autofree char *title = titled ? group_title(iface, FALSE) : NULL;
    guint index = net_builder_add_group(self, title, iface, FALSE);
    g_hash_table_insert(self->group_of, (gpointer)iface, GUINT_TO_POINTER(index + 1));
    g_hash_table_insert(self->up_of, (gpointer)iface, GUINT_TO_POINTER(index + 1));
    g_ptr_array_add(self->up, (gpointer)iface);
}

void net_builder_add_down(NetBuilder *self, const NetIface *iface, gboolean titled)
{
    g_autofree char *title = titled ? group_title(iface, TRUE) : NULL;
    guint index = net_builder_add_group(self, title, iface, TRUE);
    g_hash_table_insert(self->group_of, (gpointer)iface, GUINT_TO_POINTER(index + 1));
    g_ptr_array_add(self->down, (gpointer)iface);
}

/* Whose ledger entry the work belongs to. */
static const NetIface *iface_owner(const NetIface *iface)
{
    const NetIface *master = net_iface_master(iface);
    return master ? master : iface->parent ? iface->parent : iface;
}

/* "Not supported" comes first: what else is wrong with such a file does not matter. */
static void group_refuse(NetGroup *group, const NetIface *iface)
{
    if (group->failed)
        return;
    if (iface->unsupported) {
        group->failed = g_strdup_printf(_("%s is not supported yet; left alone"), iface->unsupported);
        group->failed_where = iface->unsupported_where;
    } else if (iface->fault && !group->down) {
        group->failed = g_strdup(iface->fault);
        group->failed_where = iface->fault_where;
    }
}

/* Each of a loop fails with the whole of it, at the place where it asks for the next one. */
static void group_refuse_loop(NetGroup *group, const NetIface *iface, const GPtrArray *loops)
{
    for (guint i = 0; !group->failed && !group->down && i < loops->len; i++) {
        const NetLoop *loop = g_ptr_array_index(loops, i);
        if (!g_ptr_array_find(loop->ifaces, iface, NULL))
            continue;
        group->failed = g_strdup(loop->text);
        group->failed_where = net_iface_master_where(iface);
    }
}

static void builder_fill_group(NetBuilder *self, const NetIface *iface)
{
    guint index = GPOINTER_TO_UINT(g_hash_table_lookup(self->group_of, iface)) - 1;
    NetGroup *group = g_ptr_array_index(self->planner.plan->groups, index);
    guint mark = self->planner.plan->ops->len;
    group_refuse_loop(group, iface, self->loops);
    group_refuse(group, iface);
    if (group->failed)
        return;
    self->planner.group = index;
    self->planner.iface = iface_owner(iface);
    if (group->down)
        iface->kind->plan_down(iface, &self->planner);
    else
        iface->kind->plan_up(iface, &self->planner);
    if (group->failed)
        g_ptr_array_set_size(self->planner.plan->ops, (gint)mark);
}

typedef struct {
    NetBuilder *builder;
    guint group; /* of the interface that needs */
    gboolean is_in_loop;
} NeedTie;

/* What comes up begins when the link of what it needs is done; what goes, when its user has gone. */
static void tie_groups(NetBuilder *self, guint before, guint after)
{
    NetGroup *group = g_ptr_array_index(self->planner.plan->groups, after);
    NetTie tie = {.group = before, .before = NET_PHASE_SYSCTL, .must_succeed = TRUE};
    tie.reached = group->down ? NET_PHASE_LAST : NET_PHASE_L2_DONE;
    net_group_tie(group, tie);
}

/* Up: what is needed comes first. Down: whoever needs it goes first. */
static void tie_need(NetIface *needed, gpointer data)
{
    NeedTie *tie = data;
    const NetGroup *group = g_ptr_array_index(tie->builder->planner.plan->groups, tie->group);
    gpointer own = g_hash_table_lookup(tie->builder->group_of, needed);
    gpointer found = own ? own : g_hash_table_lookup(tie->builder->group_of, iface_owner(needed));
    if (!found || GPOINTER_TO_UINT(found) - 1 == tie->group)
        return;
    if (tie->is_in_loop && net_loops_have(tie->builder->loops, needed))
        return; /* neither would ever be first */
    guint other = GPOINTER_TO_UINT(found) - 1;
    if (((const NetGroup *)g_ptr_array_index(tie->builder->planner.plan->groups, other))->down != group->down)
        return; /* one goes, one comes: the order of phases is enough */
    if (group->down)
        tie_groups(tie->builder, tie->group, other);
    else
        tie_groups(tie->builder, other, tie->group);
}

static void builder_tie(NetBuilder *self, const GPtrArray *ifaces)
{
    for (guint i = 0; i < ifaces->len; i++) {
        const NetIface *iface = g_ptr_array_index(ifaces, i);
        NeedTie tie = {.builder = self,
                       .is_in_loop = net_loops_have(self->loops, iface),
                       .group = GPOINTER_TO_UINT(g_hash_table_lookup(self->group_of, iface)) - 1};
        net_graph_needs(iface, tie_need, &tie);
    }
}

/* Those that the graph does not know (ghosts, the loopback device without a file, second files) need nothing.
 */
static void builder_fill_unordered(NetBuilder *self, const GPtrArray *ifaces, const GHashTable *ordered)
{
    for (guint i = 0; i < ifaces->len; i++)
        if (!g_hash_table_contains((GHashTable *)ordered, g_ptr_array_index(ifaces, i)))
            builder_fill_group(self, g_ptr_array_index(ifaces, i));
}

static gboolean has_group(const NetBuilder *self, const NetIface *iface, gboolean up)
{
    return g_hash_table_contains(self->group_of, iface) && g_hash_table_contains(self->up_of, iface) == up;
}

/* First what goes, users before what they use; then what comes, the other way round. So every type finds in
 * the planner's sets what the work before its own will have done to the links. */
void net_builder_fill(NetBuilder *self)
{
    g_autoptr(GHashTable) ordered = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < self->order->len; i++)
        g_hash_table_add(ordered, g_ptr_array_index(self->order, i));
    builder_fill_unordered(self, self->down, ordered);
    for (guint i = self->order->len; i-- > 0;)
        if (has_group(self, g_ptr_array_index(self->order, i), FALSE))
            builder_fill_group(self, g_ptr_array_index(self->order, i));
    builder_fill_unordered(self, self->up, ordered);
    for (guint i = 0; i < self->order->len; i++)
        if (has_group(self, g_ptr_array_index(self->order, i), TRUE))
            builder_fill_group(self, g_ptr_array_index(self->order, i));
    builder_tie(self, self->down);
    builder_tie(self, self->up);
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
    return net_plan_keep(self->planner.plan, iface, (GDestroyNotify)net_iface_free);
}

const NetIface *net_builder_ghost(NetBuilder *self, const LedgerEntry *entry)
{
    return builder_make_iface(self, entry->name, entry->nick ? entry->nick : entry->name, entry->kind,
                              entry->file);
}

const NetIface *net_builder_loopback(NetBuilder *self)
{
    NetIface *iface = net_iface_new_loopback();
    iface->kind = net_model_kind(self->planner.model, "loopback");
    return net_plan_keep(self->planner.plan, iface, (GDestroyNotify)net_iface_free);
}
