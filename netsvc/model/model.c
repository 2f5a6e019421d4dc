/* The model: all interfaces of a tree, read step by step, and found by device or by what `ifup` was given. */
#include "model/model.h"
#include "i18n.h"
#include "ifcfg-file.h"
#include "ifcfg-keys.h"
#include "model/model-private.h"
#include <string.h>

struct NetModel {
    const IfaceKind *const *kinds;
    const NetService *const *services;
    IfcfgRecord *environment; /* or NULL */
    IfcfgDir *dir;
    IfcfgModules *modules;
    IfcfgRtNames *rtnames;
    GHashTable *unreadable; /* interned path -> IfcfgWhere*: files with lines that could not be read */
    GPtrArray *ifaces;      /* NetIface*, owned */
    GPtrArray *rejected;    /* NetIface*, owned: second files of a device */
    GHashTable *by_name;    /* device -> NetIface* of ->ifaces */
    GHashTable *by_file;    /* path -> NetIface* of either list */
    GPtrArray *hooks;       /* NetHook* */
    GHashTable *files;      /* set of route*, rule* and ifup-* names, in one readdir */
};

static NetModel *model_new(void)
{
    NetModel *self = g_new0(NetModel, 1);

    self->ifaces = g_ptr_array_new_with_free_func((GDestroyNotify)net_iface_free);
    self->rejected = g_ptr_array_new_with_free_func((GDestroyNotify)net_iface_free);
    self->by_name = g_hash_table_new(g_str_hash, g_str_equal);
    self->by_file = g_hash_table_new(g_str_hash, g_str_equal);
    self->unreadable = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    self->files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return self;
}

void net_model_free(NetModel *self)
{
    if (!self)
        return;
    g_hash_table_unref(self->by_name);
    g_hash_table_unref(self->by_file);
    g_hash_table_unref(self->files);
    g_clear_pointer(&self->hooks, g_ptr_array_unref);
    g_hash_table_unref(self->unreadable);
    g_ptr_array_unref(self->ifaces);
    g_ptr_array_unref(self->rejected);
    ifcfg_record_unref(self->environment);
    ifcfg_rtnames_free(self->rtnames);
    ifcfg_modules_free(self->modules);
    ifcfg_dir_free(self->dir);
    g_free(self);
}

static void file_note(gpointer data, gpointer user_data)
{
    const char *name = data;
    if (g_str_has_prefix(name, "route") || g_str_has_prefix(name, "rule") ||
        g_str_has_suffix(name, ".route") || g_str_has_prefix(name, "ifup-"))
        g_hash_table_add(user_data, g_strdup(name));
}

gboolean net_model_has_file(const NetModel *self, const char *name)
{
    return g_hash_table_contains(self->files, name);
}

GHashTable *net_model_files(const NetModel *self)
{
    return self->files;
}

/* Of two files for a device: the one that comes up at boot, then the one whose name is the device's, then the
 * first. */
static gboolean is_better(const NetIface *iface, const NetIface *rival)
{
    gboolean is_named = !strcmp(iface->nick, iface->name), rival_is = !strcmp(rival->nick, rival->name);

    if (iface->onboot != rival->onboot)
        return iface->onboot;
    return is_named && !rival_is;
}

/* Takes @iface. One file has the device: to do half of each would be worse than either. */
static void model_add(NetModel *self, NetIface *iface)
{
    NetIface *rival = net_model_find(self, iface->name);
    guint index;

    if (iface->file)
        g_hash_table_insert(self->by_file, (gpointer)iface->file, iface);
    if (rival && !is_better(iface, rival)) {
        g_ptr_array_add(self->rejected, iface);
        return;
    }
    if (rival && g_ptr_array_find(self->ifaces, rival, &index))
        g_ptr_array_add(self->rejected, g_ptr_array_steal_index(self->ifaces, index));
    g_hash_table_replace(self->by_name, iface->name, iface);
    g_ptr_array_add(self->ifaces, iface);
}

static void model_read_entries(NetModel *self, const KindContext *context)
{
    guint length = ifcfg_dir_length(self->dir);

    for (guint i = 0; i < length; i++) {
        NetIface *iface = net_iface_new(ifcfg_dir_nth(self->dir, i));

        net_iface_add_sources(iface, self->environment, context->network);
        net_iface_read_common(iface, context);
        if (iface->form != IFCFG_ENTRY_MAIN)
            net_iface_read_alias(iface, context);
        model_add(self, iface);
    }
}

/* It is there without a file: for lo:1, and for routes that hold for the host. */
static void model_add_loopback(NetModel *self, const KindContext *context)
{
    gboolean is_wanted = net_network_asks_ipv6(context->network);

    for (guint i = 0; i < self->ifaces->len; i++)
        is_wanted |= !g_strcmp0(((const NetIface *)g_ptr_array_index(self->ifaces, i))->parent_name, "lo");
    if (!is_wanted || net_model_find(self, "lo"))
        return;
    NetIface *lo = net_iface_new_loopback();
    g_hash_table_insert(self->by_name, lo->name, lo);
    g_ptr_array_insert(self->ifaces, 0, lo);
}

/* ifup of a port made the bridge that it names, where nobody had: there need be no file of it. */
static void model_make_masters(NetModel *self, const KindContext *context)
{
    for (guint i = 0; i < self->ifaces->len; i++) {
        NetIface *made = net_iface_make_master(g_ptr_array_index(self->ifaces, i), context);
        if (!made)
            continue;
        g_hash_table_insert(self->by_name, made->name, made);
        g_ptr_array_add(self->ifaces, made);
    }
}

static void model_make_6to4(NetModel *self, const KindContext *context)
{
    for (guint i = 0; i < self->ifaces->len; i++) {
        NetIface *made = net_iface_make_6to4(g_ptr_array_index(self->ifaces, i), context);
        if (!made)
            continue;
        g_hash_table_insert(self->by_name, made->name, made);
        g_ptr_array_add(self->ifaces, made);
    }
}

static void iface_find_kind(NetIface *iface, const KindContext *context)
{
    const IfaceKind *const *kind = context->model->kinds;

    while (!(*kind)->match(iface, context))
        kind++;
    iface->kind = *kind;
}

/* A port has no addresses: what it belongs to has them. Only the ports of a VRF keep theirs. */
static gboolean has_layer3(const NetIface *iface)
{
    const NetIface *master = net_iface_master(iface);

    return !net_iface_is_port(iface) || (master && net_kind_has(master->kind, NET_KIND_KEEPS_LAYER3));
}

static void iface_read(NetIface *iface, const KindContext *context)
{
    KindContext quiet = *context;
    if (net_kind_has(iface->kind, NET_KIND_LEFT_ALONE))
        quiet.problems = NULL;
    if (has_layer3(iface)) {
        if (!net_kind_has(iface->kind, NET_KIND_LEFT_ALONE))
            net_iface_read_leases(iface, &quiet);
        net_iface_read_addresses(iface, &quiet);
        net_iface_read_confs(iface, &quiet);
    }
    net_iface_limit_arp(iface, &quiet);
    if (iface->kind->read)
        iface->kind->read(iface, context);
    if (has_layer3(iface) && !iface->unsupported)
        net_iface_read_routes(iface, context);
}

typedef void (*IfaceStep)(NetIface *iface, const KindContext *context);

static void each_iface(const NetModel *self, const KindContext *context, IfaceStep step)
{
    for (guint i = 0; i < self->ifaces->len; i++)
        step(g_ptr_array_index(self->ifaces, i), context);
}

static void read_main(NetIface *iface, const KindContext *context)
{
    if (iface->form == IFCFG_ENTRY_MAIN)
        iface_read(iface, context);
}

static void read_alias(NetIface *iface, const KindContext *context)
{
    if (iface->form == IFCFG_ENTRY_ALIAS)
        iface_read(iface, context);
}

static void iface_link(NetIface *iface, const KindContext *context)
{
    net_iface_check_relations(iface, context);
    if (iface->kind->link)
        iface->kind->link(iface, context);
    net_iface_check_selector(iface);
}

/* Two files for a device of which neither is used here are the business of who uses them: providers of ppp0.
 */
static void iface_reject(NetIface *iface, const KindContext *context)
{
    const NetIface *first = net_model_find(context->model, iface->name);

    iface_find_kind(iface, context);
    if (net_kind_has(first->kind, NET_KIND_LEFT_ALONE) && net_kind_has(iface->kind, NET_KIND_LEFT_ALONE)) {
        iface->kind->read(iface, context);
        net_iface_report_unsupported(iface, context);
        return;
    }
    g_autofree char *text = g_strdup_printf(
        _("%s is configured in %s already; this file is ignored: remove one of the two, or give it "
          "a DEVICE of its own"),
        iface->name, first->file);
    ifcfg_problems_add(context->problems, iface->onboot ? IFCFG_ERROR : IFCFG_WARNING, iface->where, "%s",
                       text);
    net_iface_fail(iface, iface->where, NULL, "%s", text);
}

/* Every pass needs what the one before found out about all interfaces: MASTER makes a bond, and a parent is
 * read before its aliases. */
static void model_read(NetModel *self, const KindContext *context)
{
    model_read_entries(self, context);
    model_add_loopback(self, context);
    model_make_6to4(self, context);
    each_iface(self, context, net_iface_find_parent);
    each_iface(self, context, net_iface_read_master);
    model_make_masters(self, context);
    each_iface(self, context, iface_find_kind);
    each_iface(self, context, net_iface_read_relations);
    each_iface(self, context, net_iface_find_damage);
    each_iface(self, context, read_main);
    each_iface(self, context, net_iface_read_6to4_networks);
    each_iface(self, context, read_alias);
    for (guint i = 0; i < self->ifaces->len; i++) /* as ifup-aliases had them: after all others */
        if (net_model_nth(self, i)->form == IFCFG_ENTRY_RANGE)
            iface_read(net_model_nth(self, i), context);
    each_iface(self, context, net_iface_read_services);
    each_iface(self, context, iface_link);
    each_iface(self, context, net_iface_link_services);
    each_iface(self, context, net_iface_report_unsupported);
    net_model_check_addresses(context);
    net_model_read_static_routes(context);
    net_model_find_ways(context);
    net_model_check_routes(context);
    net_model_check_defaults(context);
    each_iface(self, context, net_iface_check_keys);
    for (guint i = 0; i < self->rejected->len; i++) {
        iface_reject(g_ptr_array_index(self->rejected, i), context);
        net_iface_check_keys(g_ptr_array_index(self->rejected, i), context);
    }
}

/* What the reader could not make sense of; handed on as it is. */
static void model_note_unreadable(NetModel *self, const IfcfgProblems *told, IfcfgProblems *problems)
{
    for (guint i = 0; i < ifcfg_problems_length(told); i++) {
        const IfcfgProblem *problem = ifcfg_problems_get(told, i);
        ifcfg_problems_add(problems, problem->severity, problem->where, "%s", problem->message);
        if (problem->severity == IFCFG_ERROR && !g_hash_table_contains(self->unreadable, problem->where.file))
            g_hash_table_insert(self->unreadable, (gpointer)problem->where.file,
                                g_memdup2(&problem->where, sizeof problem->where));
    }
}

GHashTable *net_model_unreadable(const NetModel *self)
{
    return self->unreadable;
}

NetModel *net_model_load(const char *root, const NetModelSources *sources, IfcfgProblems *problems,
                         GError **error)
{
    g_autoptr(NetModel) self = model_new();

    static const NetService *const none[] = {NULL};
    self->kinds = sources->kinds;
    self->services = sources->services ? sources->services : none;
    self->environment = sources->environment ? ifcfg_record_ref(sources->environment) : NULL;
    g_autoptr(IfcfgProblems) told = ifcfg_problems_new();
    self->dir = ifcfg_dir_load(root, told, error);
    model_note_unreadable(self, told, problems);
    if (!self->dir)
        return NULL;
    self->modules = ifcfg_modules_load(root, problems);
    self->rtnames = ifcfg_rtnames_load(root);
    /* A folder that cannot be read is ifcfg_dir_load()'s to report; without it there are no interfaces
     * either. */
    ifcfg_folder_foreach(ifcfg_dir_root(self->dir), ifcfg_dir_path(self->dir), file_note, self->files);
    self->hooks = net_hooks_load(root);

    const IfcfgRecord *network = ifcfg_dir_network(self->dir);
    KindContext context = {.model = self, .network = network, .problems = problems, .nics = sources->nics};
    if (network)
        ifcfg_keys_check(network, IFCFG_IN_NETWORK, problems);
    model_read(self, &context);
    return g_steal_pointer(&self);
}

const IfaceKind *net_model_kind(const NetModel *self, const char *name)
{
    for (const IfaceKind *const *kind = self->kinds; *kind; kind++)
        if (!g_strcmp0((*kind)->name, name))
            return *kind;
    return NULL;
}

const NetService *const *net_model_services(const NetModel *self)
{
    return self->services;
}

const GPtrArray *net_model_hooks(const NetModel *self)
{
    return self->hooks;
}

const IfcfgDir *net_model_dir(const NetModel *self)
{
    return self->dir;
}

const IfcfgModules *net_model_modules(const NetModel *self)
{
    return self->modules;
}

const IfcfgRtNames *net_model_rtnames(const NetModel *self)
{
    return self->rtnames;
}

gboolean net_model_is_networking(const NetModel *self)
{
    const IfcfgRecord *network = ifcfg_dir_network(self->dir);

    if (!network)
        return FALSE;

    const char *value = ifcfg_record_get(network, "NETWORKING");
    return !(value && ifcfg_is_false(value));
}

guint net_model_length(const NetModel *self)
{
    return self->ifaces->len;
}

NetIface *net_model_nth(const NetModel *self, guint index)
{
    return index < self->ifaces->len ? g_ptr_array_index(self->ifaces, index) : NULL;
}

const GPtrArray *net_model_rejected(const NetModel *self)
{
    return self->rejected;
}

NetIface *net_model_find(const NetModel *self, const char *device)
{
    return g_hash_table_lookup(self->by_name, device);
}

NetIface *net_model_find_nick(const NetModel *self, const char *nick)
{
    g_autofree char *path = g_strdup_printf("%s/ifcfg-%s", ifcfg_dir_path(self->dir), nick);

    return g_hash_table_lookup(self->by_file, path);
}
