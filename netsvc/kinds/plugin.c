/* Types that a program of another package brings up: network-scripts/ifup-TYPE. It reads the file itself, and
 * does all that the file asks for. */
#include "kinds/kinds.h"
#include <string.h>

/* DEVICETYPE before TYPE before the device's name without its number: the order in which ifup of the old
 * scripts looked for a program. To be freed. */
static char *plugin_of(const NetIface *iface, const KindContext *context)
{
    const char *names[] = {net_iface_get(iface, "DEVICETYPE", NULL), net_iface_get(iface, "TYPE", NULL)};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (names[i] && !strchr(names[i], '/') && net_model_has_plugin(context->model, names[i]))
            return g_strdup(names[i]);
    gsize length = strlen(iface->name);
    while (length && g_ascii_isdigit(iface->name[length - 1]))
        length--;
    g_autofree char *stem = g_strndup(iface->name, length);
    return *stem && net_model_has_plugin(context->model, stem) ? g_steal_pointer(&stem) : NULL;
}

static gboolean plugin_match(const NetIface *iface, const KindContext *context)
{
    g_autofree char *plugin = plugin_of(iface, context);
    return plugin && kind_is_foreign(iface, context, NULL, NULL);
}

static void plugin_read(NetIface *iface, const KindContext *context)
{
    g_free(iface->plugin);
    iface->plugin = plugin_of(iface, context);
}

const IfaceKind plugin_kind = {
    .name = "plugin",
    .traits = NET_KIND_BY_DAEMON | NET_KIND_LEFT_ALONE,
    .match = plugin_match,
    .read = plugin_read,
};
