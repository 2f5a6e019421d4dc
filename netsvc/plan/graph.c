/* Depth first over what interfaces need; a node met again while it is open is a loop. */
#include "plan/graph.h"
#include "i18n.h"
#include "model/kind.h"

typedef struct {
    NetIface *iface; /* whose needs are visited */
    void (*visit)(NetIface *needed, gpointer data);
    gpointer data;
} NeedFilter;

/* A bond needs its ports to be complete, but they need the bond to join it: that is one work, not a loop. */
static void need_filter(NetIface *needed, gpointer data)
{
    NeedFilter *filter = data;
    const NetIface *iface = filter->iface;
    if (needed != iface->controller && needed != iface->parent && needed->controller != iface &&
        needed->parent != iface)
        filter->visit(needed, filter->data);
}

void net_graph_needs(const NetIface *iface, void (*visit)(NetIface *needed, gpointer data), gpointer data)
{
    NeedFilter filter = {.iface = (NetIface *)iface, .visit = visit, .data = data};
    if (iface->controller)
        visit(iface->controller, data);
    if (iface->parent)
        visit(iface->parent, data);
    if (iface->kind && iface->kind->needs)
        iface->kind->needs(iface, need_filter, &filter);
}

typedef struct {
    GHashTable *done;
    GPtrArray *open; /* NetIface*, the path from the start to here */
    GPtrArray *order;
    GError *error;
} Walk;

static IfcfgWhere need_place(const NetIface *iface, const NetIface *needed)
{
    return iface->controller == needed ? iface->master_where : iface->where;
}

static void walk_report_loop(Walk *self, guint first)
{
    g_autoptr(GString) chain = g_string_new(NULL);
    for (guint i = first; i < self->open->len; i++) {
        const NetIface *iface = g_ptr_array_index(self->open, i);
        const NetIface *needed = g_ptr_array_index(self->open, i + 1 < self->open->len ? i + 1 : first);
        IfcfgWhere where = need_place(iface, needed);
        g_autofree char *file = where.file ? g_path_get_basename(where.file) : g_strdup(_("no file"));
        g_autofree char *place = where.line ? g_strdup_printf("%s:%u", file, where.line) : g_strdup(file);
        if (i > first)
            g_string_append(chain, ", ");
        /* TRANSLATORS: "bond0 (ifcfg-bond0:3) needs eth0", a link of a chain */
        g_string_append_printf(chain, _("%s (%s) needs %s"), iface->name, place, needed->name);
    }
    g_set_error(&self->error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                _("a loop of interfaces that need each other: %s"), chain->str);
}

static void walk_visit(NetIface *iface, gpointer data)
{
    Walk *self = data;
    guint index;
    if (self->error || g_hash_table_contains(self->done, iface))
        return;
    if (g_ptr_array_find(self->open, iface, &index)) {
        walk_report_loop(self, index);
        return;
    }
    g_ptr_array_add(self->open, iface);
    net_graph_needs(iface, walk_visit, self);
    if (self->error)
        return;
    g_ptr_array_set_size(self->open, (gint)self->open->len - 1);
    g_hash_table_add(self->done, iface);
    g_ptr_array_add(self->order, iface);
}

GPtrArray *net_graph_order(const NetModel *model, GError **error)
{
    g_autoptr(GHashTable) done = g_hash_table_new(NULL, NULL);
    g_autoptr(GPtrArray) open = g_ptr_array_new(), order = g_ptr_array_new();
    Walk walk = {.done = done, .open = open, .order = order};
    for (guint i = 0; !walk.error && i < net_model_length(model); i++)
        walk_visit(net_model_nth(model, i), &walk);
    if (walk.error) {
        g_propagate_error(error, walk.error);
        return NULL;
    }
    return g_steal_pointer(&order);
}
