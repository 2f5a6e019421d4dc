/* Depth first over what interfaces need; a node met again while it is open is a loop. */
#include "plan/graph.h"
#include "i18n.h"

/* Whichever end of a pair comes first makes both. */
static gboolean is_needed(const NetIface *iface, const NetRelation *relation)
{
    if (relation->role == NET_PEER)
        return FALSE;
    if (!relation->iface || relation->iface == iface)
        return relation->iface != NULL && relation->role != NET_UNDERLAY;
    return relation->role == NET_PORT_OF || !iface->unsupported;
}

void net_graph_needs(const NetIface *iface, void (*visit)(NetIface *needed, gpointer data), gpointer data)
{
    for (guint i = 0; iface->relations && i < iface->relations->len; i++) {
        const NetRelation *relation = g_ptr_array_index(iface->relations, i);
        if (is_needed(iface, relation))
            visit(relation->iface, data);
    }
    if (iface->parent)
        visit(iface->parent, data);
}

void net_loop_free(NetLoop *loop)
{
    g_ptr_array_unref(loop->ifaces);
    g_free(loop->text);
    g_free(loop);
}

gboolean net_loops_have(const GPtrArray *loops, const NetIface *iface)
{
    for (guint i = 0; i < loops->len; i++)
        if (g_ptr_array_find(((const NetLoop *)g_ptr_array_index(loops, i))->ifaces, iface, NULL))
            return TRUE;
    return FALSE;
}

typedef struct {
    GHashTable *done;
    GPtrArray *open; /* NetIface*, the path from the start to here */
    GPtrArray *order;
    GPtrArray *loops; /* NetLoop*, or NULL */
} Walk;

static IfcfgWhere need_place(const NetIface *iface, const NetIface *needed)
{
    for (guint i = 0; iface->relations && i < iface->relations->len; i++) {
        const NetRelation *relation = g_ptr_array_index(iface->relations, i);
        if (relation->iface == needed)
            return relation->where;
    }
    return iface->where;
}

IfcfgWhere net_loop_place(const NetLoop *loop, const NetIface *iface)
{
    guint index = 0;
    g_ptr_array_find(loop->ifaces, iface, &index);
    return need_place(iface, g_ptr_array_index(loop->ifaces, (index + 1) % loop->ifaces->len));
}

static char *loop_text(const GPtrArray *ifaces)
{
    g_autoptr(GString) chain = g_string_new(NULL);
    if (ifaces->len == 1)
        return g_strdup_printf(_("%s needs itself: correct or remove this line"),
                               ((const NetIface *)g_ptr_array_index(ifaces, 0))->name);
    for (guint i = 0; i < ifaces->len; i++) {
        const NetIface *iface = g_ptr_array_index(ifaces, i);
        const NetIface *needed = g_ptr_array_index(ifaces, (i + 1) % ifaces->len);
        IfcfgWhere where = need_place(iface, needed);
        g_autofree char *file = where.file ? g_path_get_basename(where.file) : g_strdup(_("no file"));
        g_autofree char *place = where.line ? g_strdup_printf("%s:%u", file, where.line) : g_strdup(file);
        if (i)
            g_string_append(chain, ", ");
        /* TRANSLATORS: "bond0 (ifcfg-bond0:3) needs eth0", a link of a chain */
        g_string_append_printf(chain, _("%s (%s) needs %s"), iface->name, place, needed->name);
    }
    return g_strdup_printf(_("a loop of interfaces that need each other: %s; correct one of these lines"),
                           chain->str);
}

static void walk_add_loop(Walk *self, guint first)
{
    if (!self->loops)
        return;
    NetLoop *loop = g_new0(NetLoop, 1);
    loop->ifaces = g_ptr_array_new();
    for (guint i = first; i < self->open->len; i++)
        g_ptr_array_add(loop->ifaces, g_ptr_array_index(self->open, i));
    loop->text = loop_text(loop->ifaces);
    g_ptr_array_add(self->loops, loop);
}

static void walk_visit(NetIface *iface, gpointer data)
{
    Walk *self = data;
    guint index;
    if (g_hash_table_contains(self->done, iface))
        return;
    if (g_ptr_array_find(self->open, iface, &index)) {
        walk_add_loop(self, index);
        return;
    }
    g_ptr_array_add(self->open, iface);
    net_graph_needs(iface, walk_visit, self);
    g_ptr_array_set_size(self->open, (gint)self->open->len - 1);
    g_hash_table_add(self->done, iface);
    g_ptr_array_add(self->order, iface);
}

GPtrArray *net_graph_order(const NetModel *model, GPtrArray *loops)
{
    g_autoptr(GHashTable) done = g_hash_table_new(NULL, NULL);
    g_autoptr(GPtrArray) open = g_ptr_array_new();
    Walk walk = {.done = done, .open = open, .order = g_ptr_array_new(), .loops = loops};
    for (guint i = 0; i < net_model_length(model); i++)
        walk_visit(net_model_nth(model, i), &walk);
    return walk.order;
}
