/* show: what the files come to, each value with the place it comes from. */
#include "commands/commands.h"
#include "console/columns.h"
#include "i18n.h"
#include "model/field.h"
#include "model/kind.h"
#include <stdio.h>
#include <sys/socket.h>

/* @place: where the value comes from, or NULL. The labels are those of --json, and not translated. */
static void line_print(const char *label, const char *value, const char *place)
{
    g_autofree char *label_column = columns_pad(label, 16);
    g_autofree char *value_column = columns_pad(value, place ? 36 : 0);
    printf("    %s %s%s%s\n", label_column, value_column, place ? " " : "", place ? place : "");
}

/* One line; @key names the assignment that the value comes from, unless @where is known already. */
static void value_print(const char *label, const char *value, IfcfgWhere where)
{
    g_autofree char *place = cli_where(where);
    line_print(label, value, where.line ? place : NULL);
}

static void key_print(const NetIface *iface, const char *label, const char *value, const char *key)
{
    value_print(label, value, ifcfg_record_where(iface->record, key));
}

static void fields_print(const NetIface *iface, NetFieldPart part)
{
    gsize count;
    const NetField *fields = net_fields(&count);
    for (gsize i = 0; i < count; i++) {
        IfcfgWhere where = {0};
        if (fields[i].part != part || !(net_field_is_given(&fields[i], iface, &where) || fields[i].is_shown))
            continue;
        g_autofree char *text = net_field_format(&fields[i], iface);
        if (*text)
            value_print(fields[i].label, text, where);
    }
}

static void relations_print(const NetIface *iface)
{
    static const char *const labels[] = {"master", "lower", "peer", "underlay"};
    for (guint i = 0; i < iface->relations->len; i++) {
        const NetRelation *relation = iface->relations->pdata[i];
        value_print(labels[relation->role], relation->name, relation->where);
    }
    if (iface->parent_name)
        value_print("parent", iface->parent_name, iface->where);
}

static void link_print(const NetIface *iface)
{
    fields_print(iface, NET_FIELD_START);
    relations_print(iface);
    fields_print(iface, NET_FIELD_LINK);
    if (iface->module)
        value_print("module", iface->module, iface->module_where);
}

static void options_print(const NetIface *iface, const LinkSettings *settings)
{
    for (guint i = 0; settings && i < link_settings_length(settings); i++) {
        const LinkSetting *setting = link_settings_nth(settings, i);
        g_autofree char *text = g_strdup_printf("%s=%s", setting->name, setting->text);
        gboolean is_ours = setting->implied && (!setting->where.file || setting->where.file == iface->file);
        if (is_ours)
            line_print("option", text, _("(default of netsvc)"));
        else
            value_print("option", text, setting->where);
    }
}

static void ports_print(const NetIface *iface)
{
    for (guint i = 0; i < iface->ports->len; i++) {
        const NetIface *port = iface->ports->pdata[i];
        value_print("port", port->name, net_iface_master_where(port));
    }
}

static void layer3_print(const NetIface *iface)
{
    for (guint i = 0; i < iface->addresses->len; i++) {
        const NetAddress *address = iface->addresses->pdata[i];
        g_autofree char *prefix = ifcfg_prefix_format(&address->prefix);
        g_autofree char *peer = address->peer.family ? ifcfg_ip_format(&address->peer) : NULL;
        g_autofree char *text = peer ? g_strdup_printf("%s peer %s", prefix, peer) : g_strdup(prefix);
        value_print("address", text, address->where);
    }
    for (guint i = 0; i < iface->routes->len; i++) {
        const IfcfgRoute *route = iface->routes->pdata[i];
        g_autofree char *text = ifcfg_route_format(route);
        value_print("route", text, route->where);
    }
    for (guint i = 0; i < iface->rules->len; i++) {
        const IfcfgRule *rule = iface->rules->pdata[i];
        g_autofree char *text = ifcfg_rule_format(rule);
        value_print(rule->family == AF_INET6 ? "rule6" : "rule", text, rule->where);
    }
}

static void names_print(const NetIface *iface)
{
    g_autofree char *text = iface->names ? net_names_format(iface->names) : NULL;
    if (!net_names_is_empty(iface->names))
        value_print("names", text, iface->names->where);
}

static void iface_print(const NetIface *iface)
{
    printf("%s: %s, %s\n", iface->name, iface->kind->name, iface->file ? iface->file : _("no file"));
    if (iface->naming == NET_NAME_UNKNOWN)
        key_print(iface, "device", _("that with this hwaddr; not known here"), "HWADDR");
    if (iface->fault)
        value_print(_("NOT USABLE"), iface->fault, iface->fault_where);
    if (iface->unsupported)
        value_print(_("NOT SUPPORTED"), iface->unsupported, iface->unsupported_where);
    link_print(iface);
    options_print(iface, iface->settings);
    options_print(iface, iface->port_settings);
    ports_print(iface);
    layer3_print(iface);
    names_print(iface);
}

static void text_print(const NetModel *model, const NetIface *only, const IfcfgProblems *problems)
{
    const char *gap = "";
    for (guint i = 0; i < net_model_length(model); i++) {
        const NetIface *iface = net_model_nth(model, i);
        if (only && only != iface)
            continue;
        fputs(gap, stdout);
        iface_print(iface);
        gap = "\n";
    }
    if (ifcfg_problems_length(problems) == 0)
        return;
    fflush(stdout);
    g_autofree char *counts = cli_counts_format(ifcfg_problems_count(problems, IFCFG_ERROR),
                                                ifcfg_problems_count(problems, IFCFG_WARNING));
    /* TRANSLATORS: "2 errors, 1 warning in the files" */
    fprintf(stderr, _("%s in the files: `netsvc check` lists them\n"), counts);
}

int show_command(const CliOptions *options)
{
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(NetModel) model = cli_model_load(options->root, NULL, problems);
    NetIface *only = NULL;
    if (!model)
        return CLI_FAILED;
    if (options->n_args > 0) {
        only = cli_iface_find(model, options->args[0]);
        if (!only)
            return CLI_FAILED;
    }
    ifcfg_problems_sort(problems);
    if (options->json) {
        g_autofree char *text = show_json(model, only ? only->name : NULL, problems);
        fputs(text, stdout);
    } else {
        text_print(model, only, problems);
    }
    return CLI_OK;
}
