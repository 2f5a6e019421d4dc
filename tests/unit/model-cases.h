/* Cases for the model: a tree of files as one text, the model that comes of it as another, and what is said
 * about it. */
#pragma once
#include "load.h"
#include "model/devconf.h"
#include "model/iface.h"
#include "tree.h"
#include <sys/socket.h>

typedef struct {
    const char *name;
    const char *files;    /* "@NAME\n" begins a file of network-scripts/, "@/PATH\n" one of the tree */
    const char *model;    /* a line an interface, see iface_dump() */
    const char *problems; /* as printed, one a line, with the file's base name; NULL: none */
} ModelCase;

static inline void addresses_dump(GString *out, const NetIface *iface)
{
    for (guint i = 0; i < iface->addresses->len; i++) {
        const NetAddress *address = g_ptr_array_index(iface->addresses, i);
        g_autofree char *prefix = ifcfg_prefix_format(&address->prefix);
        g_autofree char *broadcast = ifcfg_ip_format(&address->broadcast);
        g_string_append_printf(out, " %s", prefix);
        g_autofree char *peer = address->peer.family ? ifcfg_ip_format(&address->peer) : NULL;
        if (peer)
            g_string_append_printf(out, " peer %s", peer);
        if (address->label && strcmp(address->label, net_iface_device(iface)) != 0)
            g_string_append_printf(out, " label %s", address->label);
        if (address->broadcast.family)
            g_string_append_printf(out, " brd %s", broadcast);
        if (address->scope)
            g_string_append_printf(out, " scope %u", address->scope);
        g_string_append(out, address->check || !address->label ? "" : " nocheck");
        g_string_append(out, address->announce || !address->label ? "" : " silent");
    }
}

static inline void routes_dump(GString *out, const NetIface *iface)
{
    for (guint i = 0; i < iface->routes->len; i++) {
        g_autofree char *text = ifcfg_route_format(g_ptr_array_index(iface->routes, i));
        g_string_append_printf(out, " [%s]", text);
    }
    for (guint i = 0; i < iface->rules->len; i++) {
        g_autofree char *text = ifcfg_rule_format(g_ptr_array_index(iface->rules, i));
        g_string_append_printf(out, " {%s}", text);
    }
}

static inline void link_dump(GString *out, const NetIface *iface)
{
    g_autofree char *hwaddr = ifcfg_mac_format(&iface->hwaddr);
    g_autofree char *macaddr = ifcfg_mac_format(&iface->macaddr);

    g_string_append(out, iface->onboot ? "" : " noboot");
    g_string_append(out, iface->onparent ? "" : " alone");
    g_string_append(out, iface->userctl ? " userctl" : "");
    g_string_append(out, iface->link_up ? "" : " linkdown");
    g_string_append(out, iface->arp_filter ? " arp_filter" : "");
    if (iface->arp >= 0)
        g_string_append_printf(out, " arp=%d", iface->arp);
    if (iface->mtu)
        g_string_append_printf(out, " mtu=%u", iface->mtu);
    if (iface->hwaddr.length)
        g_string_append_printf(out, " hwaddr=%s", hwaddr);
    if (iface->macaddr.length)
        g_string_append_printf(out, " macaddr=%s", macaddr);
    if (iface->linkdelay >= 0)
        g_string_append_printf(out, " linkdelay=%d", iface->linkdelay);
    if (iface->devtimeout)
        g_string_append_printf(out, " devtimeout=%u", iface->devtimeout);
    if (iface->arping_wait || iface->arping_tries)
        g_string_append_printf(out, " arping=%u/%u", iface->arping_wait, iface->arping_tries);
    if (iface->module)
        g_string_append_printf(out, " module=%s", iface->module);
}

/* Implied settings end in '*'. */
static inline void settings_dump(GString *out, const LinkSettings *settings)
{
    for (guint i = 0; settings && i < link_settings_length(settings); i++) {
        const LinkSetting *setting = link_settings_nth(settings, i);
        g_string_append_printf(out, " %s=%s%s", setting->name, setting->text, setting->implied ? "*" : "");
    }
}

static inline void relations_dump(GString *out, const NetIface *iface)
{
    settings_dump(out, iface->settings);
    settings_dump(out, iface->port_settings);
    for (guint i = 0; i < iface->ports->len; i++)
        g_string_append_printf(out, " +%s", ((const NetIface *)g_ptr_array_index(iface->ports, i))->name);
    for (guint i = 0; i < iface->aliases->len; i++)
        g_string_append_printf(out, " &%s", ((const NetIface *)g_ptr_array_index(iface->aliases, i))->name);
    for (guint i = 0; i < iface->uppers->len; i++)
        g_string_append_printf(out, " ^%s", ((const NetIface *)g_ptr_array_index(iface->uppers, i))->name);
    for (guint i = 0; i < iface->relations->len; i++) {
        static const char *const roles[] = {"port-of", "stands-on", "peer", "underlay"};
        const NetRelation *relation = g_ptr_array_index(iface->relations, i);
        g_string_append_printf(out, " %s:%s%s", roles[relation->role],
                               relation->iface ? relation->iface->name : relation->name,
                               relation->iface ? "" : "?");
    }
    if (iface->parent)
        g_string_append_printf(out, " on:%s", iface->parent->name);
}

/* What is not as a device is born. */
static inline void confs_dump(GString *out, const NetIface *iface)
{
    for (guint i = 0; i < iface->confs->len; i++) {
        const NetConfValue *conf = &g_array_index(iface->confs, NetConfValue, i);
        if (conf->value != net_conf_at_birth(conf->conf))
            g_string_append_printf(out, " %s=%d%s", net_conf_name(conf->conf), conf->value,
                                   conf->is_given ? "" : "*");
    }
}

/* "eth0 ethernet 10.0.0.1/24 [default via 10.0.0.254 dev eth0] zeroconf": what is usual is left out. */
static inline char *iface_dump(const NetIface *iface)
{
    GString *out = g_string_new(NULL);

    g_string_append_printf(out, "%s %s", iface->name, iface->kind->name);
    addresses_dump(out, iface);
    routes_dump(out, iface);
    link_dump(out, iface);
    relations_dump(out, iface);
    confs_dump(out, iface);
    for (guint i = 0; i < iface->leases->len; i++) {
        const NetLease *lease = g_ptr_array_index(iface->leases, i);
        g_string_append_printf(out, " lease%c:%s", lease->family == AF_INET ? '4' : '6',
                               net_client_name(lease->client));
    }
    g_string_append(out, iface->zeroconf ? " zeroconf" : "");
    g_string_append(out, net_iface_has_line(iface) ? "" : " noline");
    if (iface->unsupported)
        g_string_append_printf(out, " unsupported:%s", iface->unsupported);
    g_string_append(out, iface->fault ? " FAULT" : "");
    g_string_append_c(out, '\n');
    return g_string_free(out, FALSE);
}

static inline char *model_dump(const NetModel *model)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < net_model_length(model); i++) {
        g_autofree char *line = iface_dump(net_model_nth(model, i));
        g_string_append(out, line);
    }
    return g_string_free(out, FALSE);
}

/* Base names only: the rest of the path is the temporary tree's. */
static inline char *problems_dump(IfcfgProblems *problems, const char *root)
{
    GString *out = g_string_new(NULL);
    g_autofree char *scripts = g_strconcat(root, "/etc/sysconfig/network-scripts/", NULL);

    ifcfg_problems_sort(problems);
    for (guint i = 0; i < ifcfg_problems_length(problems); i++) {
        g_autofree char *line = ifcfg_problem_format(ifcfg_problems_get(problems, i));
        g_string_append_printf(out, "%s\n", line);
    }
    g_string_replace(out, scripts, "", 0);
    g_string_replace(out, root, "", 0);
    return g_string_free(out, FALSE);
}

static inline char *case_root(void)
{
    GError *error = NULL;
    char *root = g_dir_make_tmp("netsvc-model-XXXXXX", &error);

    g_assert_no_error(error);
    return root;
}

static inline void model_case_run_with(const ModelCase *one, const NetModelSources *sources)
{
    g_autofree char *root = case_root();
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(GError) error = NULL;

    case_write(root, one->files);
    g_autoptr(NetModel) model = net_model_load(root, sources, problems, &error);
    g_assert_no_error(error);
    g_autofree char *got = model_dump(model);
    g_autofree char *told = problems_dump(problems, root);
    case_remove(root);
    g_assert_cmpstr(got, ==, one->model);
    g_assert_cmpstr(told, ==, one->problems ? one->problems : "");
}

static inline void model_case_run(gconstpointer data)
{
    const NetModelSources sources = {.kinds = iface_kinds, .services = net_services};
    model_case_run_with(data, &sources);
}

static inline void model_cases_add(const char *prefix, const ModelCase *cases, gsize count)
{
    for (gsize i = 0; i < count; i++) {
        g_autofree char *path = g_strdup_printf("/%s/%s", prefix, cases[i].name);
        g_test_add_data_func(path, &cases[i], model_case_run);
    }
}
