/* Routes and rules as the files of an interface have them: a line each, in the words of `ip route add`. */
#include "model/iface.h"
#include "writing/writing.h"
#include <sys/socket.h>

static void file_add(const NetIface *iface, const char *prefix, GString *text, gboolean has_lines,
                     GPtrArray *texts)
{
    if (has_lines)
        g_ptr_array_add(
            texts, ifcfg_text_new(net_script_path(prefix, iface->name), g_string_free(text, FALSE), 0644));
    else
        g_string_free(text, TRUE);
}

static void routes_write(const NetIface *iface, int family, const char *prefix, const char *comment,
                         GPtrArray *texts)
{
    GString *text = net_text_begin(comment);
    gboolean has_lines = FALSE;
    for (guint i = 0; i < iface->routes->len; i++) {
        const IfcfgRoute *route = iface->routes->pdata[i];
        g_autofree char *line = route->to.ip.family == family ? ifcfg_route_format(route) : NULL;
        if (line)
            g_string_append_printf(text, "%s\n", line);
        has_lines |= line != NULL;
    }
    file_add(iface, prefix, text, has_lines, texts);
}

static void rules_write(const NetIface *iface, int family, const char *prefix, const char *comment,
                        GPtrArray *texts)
{
    GString *text = net_text_begin(comment);
    gboolean has_lines = FALSE;
    for (guint i = 0; i < iface->rules->len; i++) {
        const IfcfgRule *rule = iface->rules->pdata[i];
        g_autofree char *line = rule->family == family ? ifcfg_rule_format(rule) : NULL;
        if (line)
            g_string_append_printf(text, "%s\n", line);
        has_lines |= line != NULL;
    }
    file_add(iface, prefix, text, has_lines, texts);
}

void net_write_routes(const NetIface *iface, const char *comment, GPtrArray *texts)
{
    routes_write(iface, AF_INET, "route", comment, texts);
    routes_write(iface, AF_INET6, "route6", comment, texts);
    rules_write(iface, AF_INET, "rule", comment, texts);
    rules_write(iface, AF_INET6, "rule6", comment, texts);
}
