/* One export: the devices one by one, then everything that nobody took. */
#include "console/cli.h"
#include "export/export-private.h"
#include "i18n.h"
#include "ifcfg-keys.h"
#include "model/devconf.h"
#include <linux/if_link.h>
#include <string.h>
#include <sys/socket.h>

static const ExportTarget *const targets[] = {&export_nm, &export_networkd, &export_nmstate};

const ExportTarget *export_target_find(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(targets); i++)
        if (g_str_equal(targets[i]->name, name))
            return targets[i];
    return NULL;
}

char *export_target_names(void)
{
    g_autoptr(GString) names = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(targets); i++)
        g_string_append_printf(names, "%s%s", i ? ", " : "", targets[i]->name);
    return g_string_free(g_steal_pointer(&names), FALSE);
}

const char *export_target_title(const ExportTarget *target)
{
    return target->title;
}

static void file_free(ExportFile *self)
{
    g_free(self->path);
    g_free(self->text);
    g_free(self);
}

static void loss_free(ExportLoss *self)
{
    g_free(self->what);
    g_free(self->why);
    g_free(self);
}

void export_result_free(ExportResult *self)
{
    if (!self)
        return;
    g_ptr_array_unref(self->files);
    g_ptr_array_unref(self->losses);
    g_free(self);
}

void export_add_file(Export *self, const char *path, char *text, guint mode)
{
    ExportFile *file = g_new0(ExportFile, 1);
    file->path = g_strdup(path);
    file->text = text;
    file->mode = mode;
    g_ptr_array_add(self->result->files, file);
}

char *export_loss_format(const ExportLoss *loss)
{
    g_autofree char *place = cli_where(loss->where);
    /* TRANSLATORS: "ifcfg-eth0:7: ARPUPDATE=no is not carried over: ..." */
    return g_strdup_printf(_("%s: %s is not carried over: %s"), place, loss->what, loss->why);
}

/* --- facts about interfaces --- */

GPtrArray *export_parts(Export *self, const NetIface *iface)
{
    GPtrArray *parts = g_ptr_array_new();
    g_ptr_array_add(parts, (gpointer)iface);
    for (guint i = 0; i < iface->aliases->len; i++) {
        NetIface *alias = iface->aliases->pdata[i];
        if (alias->fault)
            export_lose(self, NULL, alias->fault_where, alias->name, "%s", alias->fault);
        else if (!alias->onparent)
            export_lose(self, alias, ifcfg_record_where(alias->record, "ONPARENT"), alias->name,
                        _("its addresses don't come up by themselves, which %s has no word for"),
                        self->target->title);
        else
            g_ptr_array_add(parts, alias);
    }
    return parts;
}

gboolean export_has_layer3(const NetIface *iface)
{
    const NetIface *master = net_iface_master(iface);
    return !net_iface_is_port(iface) || (master && net_kind_has(master->kind, NET_KIND_KEEPS_LAYER3));
}

gboolean export_is_plain_loopback(const NetIface *iface)
{
    if (!g_str_equal(iface->name, "lo"))
        return FALSE;
    for (guint i = 0; i < iface->addresses->len; i++) {
        g_autofree char *text =
            ifcfg_prefix_format(&((const NetAddress *)iface->addresses->pdata[i])->prefix);
        if (!g_str_equal(text, "127.0.0.1/8"))
            return FALSE;
    }
    return !iface->routes->len && !iface->rules->len && !iface->aliases->len;
}

gboolean export_is_at_boot(const NetIface *iface)
{
    const NetIface *master = net_iface_master(iface);
    gboolean is_silent = master && net_kind_has(master->kind, NET_KIND_PORTS_ARE_SILENT);
    return is_silent ? master->onboot : iface->onboot;
}

gboolean export_conf_find(const NetIface *iface, guint conf, gint32 *ret_value)
{
    for (guint i = 0; i < iface->confs->len; i++) {
        const NetConfValue *value = &g_array_index(iface->confs, NetConfValue, i);
        if (value->conf != conf)
            continue;
        *ret_value = value->value;
        return TRUE;
    }
    return FALSE;
}

const char *export_addr_gen_mode(const NetIface *iface)
{
    gint32 mode = IN6_ADDR_GEN_MODE_EUI64;
    export_conf_find(iface, NET_CONF_ADDR_GEN_MODE, &mode);
    return mode == IN6_ADDR_GEN_MODE_STABLE_PRIVACY ? "stable-privacy" : "eui64";
}

/* The kernel takes the number before that of the first rule but the one for local addresses: the later ones
 * come earlier, also than those with a number of their own. */
guint32 export_rule_priority(Export *self, const IfcfgRule *rule)
{
    guint32 *next = &self->priorities[rule->family == AF_INET6];

    if (!rule->has_priority)
        return (*next)--;
    if (rule->priority)
        *next = MIN(*next, rule->priority - 1);
    return rule->priority;
}

/* --- the run --- */

static gboolean is_wanted(const GPtrArray *only, const NetIface *iface)
{
    const NetIface *main = iface->parent ? iface->parent : iface;
    return !only || g_ptr_array_find((GPtrArray *)only, main, NULL) ||
           g_ptr_array_find((GPtrArray *)only, iface, NULL);
}

/* NetworkManager takes no tunnel that is open to any other end; a VXLAN may be. */
static gboolean lacks_end(const Export *self, const NetIface *iface)
{
    return self->target->column == EXPORT_COLUMN_NM && net_kind_has(iface->kind, NET_KIND_IS_TUNNEL) &&
           !g_str_equal(iface->kind->name, "vxlan") && !link_settings_find(iface->settings, "remote");
}

/* Why nothing of it can be there, or NULL. */
static char *reason_find(const Export *self, const NetIface *iface, IfcfgWhere *ret_where)
{
    *ret_where = iface->fault         ? iface->fault_where
                 : iface->unsupported ? iface->unsupported_where
                                      : iface->where;
    if (iface->fault)
        return g_strdup(iface->fault);
    if (iface->plugin)
        return g_strdup_printf(_("the program ifup-%s brings it up"), iface->plugin);
    if (iface->unsupported)
        return g_strdup_printf(_("%s is not supported here either"), iface->unsupported);
    if (!export_type_find(iface->kind->name, self->target->column))
        return g_strdup_printf(_("%s has no devices of this type (%s)"), self->target->title,
                               iface->kind->name);
    if (lacks_end(self, iface))
        return g_strdup_printf(_("%s makes no tunnel without the address of its other end"),
                               self->target->title);
    return NULL;
}

static void whole_lose(Export *self, const NetIface *iface, IfcfgWhere where, const char *reason)
{
    const char *file = iface->file;
    export_lose(self, iface, where.file ? where : (IfcfgWhere){file, 0, 0}, iface->name, "%s", reason);
    for (guint i = 0; iface->record && i < ifcfg_record_length(iface->record); i++)
        g_hash_table_add(self->taken, (gpointer)ifcfg_record_nth(iface->record, i));
}

static void iface_write(Export *self, const NetIface *iface)
{
    IfcfgWhere where;
    g_autofree char *reason = reason_find(self, iface, &where);
    if (iface->form != IFCFG_ENTRY_MAIN || !iface->record)
        return;
    if (reason)
        whole_lose(self, iface, where, reason);
    else if (!export_is_plain_loopback(iface))
        self->target->write(self, iface, export_type_find(iface->kind->name, self->target->column));
}

static gint loss_compare(gconstpointer a, gconstpointer b)
{
    const ExportLoss *x = *(const ExportLoss *const *)a, *y = *(const ExportLoss *const *)b;
    int files = g_strcmp0(x->where.file, y->where.file);
    if (files)
        return files;
    return x->where.line != y->where.line ? (x->where.line < y->where.line ? -1 : 1)
                                          : (gint)x->where.column - (gint)y->where.column;
}

/* Places that the model has routes and rules from, beside the files themselves. */
static void files_count(Export *self, const GPtrArray *only, const IfcfgProblems *problems)
{
    g_autoptr(GHashTable) files = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < net_model_length(self->model); i++) {
        const NetIface *iface = net_model_nth(self->model, i);
        if (!iface->file || !is_wanted(only, iface))
            continue;
        g_hash_table_add(files, (gpointer)iface->file);
        for (guint n = 0; n < iface->routes->len; n++)
            g_hash_table_add(files, (gpointer)((const IfcfgRoute *)iface->routes->pdata[n])->where.file);
        for (guint n = 0; n < iface->rules->len; n++)
            g_hash_table_add(files, (gpointer)((const IfcfgRule *)iface->rules->pdata[n])->where.file);
    }
    const GPtrArray *rejected = net_model_rejected(self->model);
    for (guint i = 0; !only && i < rejected->len; i++)
        g_hash_table_add(files, (gpointer)((const NetIface *)rejected->pdata[i])->file);
    const IfcfgRecord *network = ifcfg_dir_network(net_model_dir(self->model));
    if (network && !only)
        g_hash_table_add(files, (gpointer)ifcfg_record_path(network));
    for (guint i = 0; i < ifcfg_problems_length(problems); i++)
        if (ifcfg_problems_get(problems, i)->severity == IFCFG_ERROR)
            g_hash_table_add(self->dirty, (gpointer)ifcfg_problems_get(problems, i)->where.file);
    GHashTableIter iter;
    gpointer file;
    g_hash_table_iter_init(&iter, files);
    while (g_hash_table_iter_next(&iter, &file, NULL)) {
        self->result->n_read += file != NULL;
        self->result->n_whole += file && !g_hash_table_contains(self->dirty, file);
    }
}

/* What no program makes is Ethernet, as for the old scripts. */
static void types_tell(Export *self, const NetIface *iface)
{
    static const char *const keys[] = {"TYPE", "DEVICETYPE"};
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        const char *value = net_iface_get(iface, keys[i], NULL);
        if (value && !iface->plugin && !net_kind_has(iface->kind, NET_KIND_LEFT_ALONE) &&
            !ifcfg_key_has_word(keys[i], value))
            export_lose_key(self, iface, keys[i],
                            _("there is no such type of device; it is taken as Ethernet"));
    }
}

static gboolean is_lost(const ExportResult *result, IfcfgWhere where)
{
    for (guint i = 0; i < result->losses->len; i++) {
        const ExportLoss *loss = result->losses->pdata[i];
        if (!g_strcmp0(loss->where.file, where.file) && loss->where.line == where.line)
            return TRUE;
    }
    return FALSE;
}

/* Lines that could not be read, and values that are none. */
static void errors_tell(Export *self, const GPtrArray *only, const IfcfgProblems *problems)
{
    for (guint i = 0; !only && i < ifcfg_problems_length(problems); i++) {
        const IfcfgProblem *problem = ifcfg_problems_get(problems, i);
        if (problem->severity == IFCFG_ERROR && problem->where.line && !is_lost(self->result, problem->where))
            export_lose(self, NULL, problem->where, _("this line"), "%s", problem->message);
    }
}

static void rest_tell(Export *self, const GPtrArray *only)
{
    for (guint i = 0; i < net_model_length(self->model); i++) {
        const NetIface *iface = net_model_nth(self->model, i);
        if (!iface->file || !is_wanted(only, iface))
            continue;
        types_tell(self, iface);
        export_tell_rest(self, iface);
    }
    const GPtrArray *rejected = net_model_rejected(self->model);
    for (guint i = 0; !only && i < rejected->len; i++) {
        const NetIface *iface = rejected->pdata[i];
        whole_lose(self, iface, iface->where,
                   iface->fault ? iface->fault : _("another file configures this device already"));
    }
    if (!only)
        export_tell_rest_of_network(self);
}

ExportResult *export_run(const ExportTarget *target, const NetModel *model, const GPtrArray *only,
                         const IfcfgProblems *problems)
{
    g_autoptr(GHashTable) taken = g_hash_table_new(NULL, NULL), dirty = g_hash_table_new(NULL, NULL);
    g_autoptr(ExportNode) document = export_node_new(NULL, EXPORT_GROUP);
    ExportResult *result = g_new0(ExportResult, 1);
    Export self = {.target = target,
                   .model = model,
                   .result = result,
                   .taken = taken,
                   .dirty = dirty,
                   .priorities = {32765, 32765},
                   .document = document};
    result->target = target;
    result->files = g_ptr_array_new_with_free_func((GDestroyNotify)file_free);
    result->losses = g_ptr_array_new_with_free_func((GDestroyNotify)loss_free);
    for (guint i = 0; i < net_model_length(model); i++)
        if (is_wanted(only, net_model_nth(model, i)))
            iface_write(&self, net_model_nth(model, i));
    rest_tell(&self, only);
    errors_tell(&self, only, problems);
    if (target->finish)
        target->finish(&self);
    g_ptr_array_sort(result->losses, loss_compare);
    files_count(&self, only, problems);
    return result;
}
