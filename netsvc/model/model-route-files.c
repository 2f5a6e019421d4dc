/* Which files of routes and rules are an interface's, and what is in them. */
#include "model/iface.h"
#include "model/model-private.h"
#include <string.h>
#include <sys/socket.h>

typedef void (*FileLoad)(const char *path, int family, const IfcfgRtNames *names, GPtrArray *into,
                         IfcfgProblems *problems);

/* Returns: whether all of it could be understood. */
static gboolean file_read(FileLoad load, const char *name, int family, GPtrArray *into,
                          const KindContext *context)
{
    guint told = ifcfg_problems_length(context->problems);
    if (!net_model_has_file(context->model, name))
        return TRUE;

    g_autofree char *path = g_build_filename(ifcfg_dir_path(net_model_dir(context->model)), name, NULL);
    load(path, family, net_model_rtnames(context->model), into, context->problems);
    return !net_model_told_error(context, told);
}

/* By the device, then by the file's suffix where that is another name; an alias' by its NAME too
 * (ifup-aliases). */
static GPtrArray *file_names(const NetIface *iface)
{
    const char *name = iface->form == IFCFG_ENTRY_ALIAS ? net_iface_get(iface, "NAME", NULL) : NULL;
    const char *all[] = {iface->name, iface->nick, name};
    GPtrArray *names = g_ptr_array_new();
    for (gsize i = 0; i < G_N_ELEMENTS(all); i++)
        if (all[i] && !strpbrk(all[i], "/ \t") &&
            !g_ptr_array_find_with_equal_func(names, all[i], g_str_equal, NULL))
            g_ptr_array_add(names, (gpointer)all[i]);
    return names;
}

void net_iface_read_route_files(NetIface *iface, const KindContext *context)
{
    static const struct {
        const char *before, *after;
        int family;
        gboolean is_rule;
    } files[] = {{"route-", "", AF_INET, FALSE},
                 {"route6-", "", AF_INET6, FALSE},
                 {"", ".route", AF_INET, FALSE},
                 {"rule-", "", AF_INET, TRUE},
                 {"rule6-", "", AF_INET6, TRUE}};
    g_autoptr(GPtrArray) names = file_names(iface);

    if (!g_hash_table_size(net_model_files(context->model)))
        return;
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++)
        for (guint n = 0; n < names->len; n++) {
            g_autofree char *name = g_strconcat(files[i].before, names->pdata[n], files[i].after, NULL);
            gboolean is_rule = files[i].is_rule;
            if (!file_read(is_rule ? ifcfg_rule_file_load : ifcfg_route_file_load, name, files[i].family,
                           is_rule ? iface->rules : iface->routes, context))
                iface->in_doubt |= is_rule ? NET_DOUBT_RULES : NET_DOUBT_ROUTES;
        }
}
