/* The options of a link as a file says them: each by its own key, else in the list of its kind, else by a key
 * that the kind reads by itself. */
#include "families.h"
#include "i18n.h"
#include "ifcfg-quote.h"
#include "model/iface.h"
#include "model/kind.h"
#include "writing/writing.h"
#include <string.h>

enum { GRE_KEY_FLAG = 0x2000 };

/* Keys that a kind reads by itself, where a row has none of its own; the kind's name, or NULL for all. */
static const struct {
    const char *kind, *option, *key;
} own_keys[] = {
    {"sit", "local", "IPV6TUNNELIPV4LOCAL"},
    {"sit", "remote", "IPV6TUNNELIPV4"},
    {NULL, "local", "MY_OUTER_IPADDR"},
    {NULL, "remote", "PEER_OUTER_IPADDR"},
    {NULL, "local6", "MY_OUTER_IPADDR"},
    {NULL, "remote6", "PEER_OUTER_IPADDR"},
    {"tap", "owner", "OWNER"},
    {"tap", "group", "GROUP"},
    {"vlan", "loose_binding", "VLAN_FLAGS"},
    {"vlan", "bridge_binding", "VLAN_FLAGS"},
};

static const char *own_key(const NetIface *iface, const LinkSetting *setting)
{
    for (gsize i = 0; i < G_N_ELEMENTS(own_keys); i++)
        if (g_str_equal(own_keys[i].option, setting->name) &&
            (!own_keys[i].kind || g_str_equal(own_keys[i].kind, iface->kind->name)))
            return own_keys[i].key;
    return NULL;
}

/* The key of a tunnel is four options of the kernel, and what TYPE says one; those of InfiniBand are said
 * where they are known: net_iface_say(). */
static gboolean is_said_otherwise(const NetIface *iface, const char *name)
{
    static const char *const of_key[] = {"iflags", "oflags", "ikey", "okey", "proto", "external", NULL};
    static const char *const of_implied[] = {"encap_limit", NULL};
    static const char *const of_infiniband[] = {"mode", "pkey", NULL};
    gboolean is_infiniband = iface->kind->family == &ipoib_family;
    gboolean is_tunnel = net_kind_has(iface->kind, NET_KIND_IS_TUNNEL);
    return (is_tunnel && (g_strv_contains(of_key, name) || g_strv_contains(of_implied, name))) ||
           (is_infiniband && g_strv_contains(of_infiniband, name)) ||
           (g_str_equal(iface->kind->name, "tap") && g_str_equal(name, "type"));
}

static void list_append(GString *list, const LinkSetting *setting)
{
    g_string_append_printf(list, "%s%s=", list->len ? " " : "", setting->name);
    if (setting->port)
        g_string_append_printf(list, "%s:", setting->port);
    g_string_append(list, setting->text);
}

static void setting_write(const NetIface *iface, const LinkTable *table, const LinkSetting *setting,
                          GString *text, GString *list, IfcfgProblems *problems)
{
    const char *key =
        setting->option && setting->option->key ? setting->option->key : own_key(iface, setting);
    if (setting->implied || is_said_otherwise(iface, setting->name))
        return;
    if (setting->port && table->list) {
        list_append(list, setting);
    } else if (setting->option && setting->option->key && !setting->port) {
        g_autofree char *value = link_option_format_key(setting->option, setting->text);
        ifcfg_append(text, key, value);
    } else if (table->list && !key) {
        list_append(list, setting);
    } else if (key && g_str_equal(key, "VLAN_FLAGS")) {
        g_autofree char *flag = g_ascii_strup(setting->name, -1);
        g_string_append_printf(list, "%s%s", list->len ? "," : "", flag);
    } else if (key) {
        ifcfg_append(text, key, setting->text);
    } else {
        net_write_miss(iface, problems, _("no key says %s=%s of a %s"), setting->name, setting->text,
                       iface->kind->name);
    }
}

static gint64 number_of(const NetIface *iface, const char *name)
{
    const LinkSetting *setting = link_settings_find(iface->settings, name);
    return setting ? setting->number : 0;
}

static void tunnel_key_write(const NetIface *iface, GString *text, IfcfgProblems *problems)
{
    gint64 in = number_of(iface, "iflags"), out = number_of(iface, "oflags");
    if (!in && !out)
        return;
    if (in == GRE_KEY_FLAG && out == GRE_KEY_FLAG && number_of(iface, "ikey") == number_of(iface, "okey")) {
        g_autofree char *key = g_strdup_printf("%" G_GINT64_FORMAT, number_of(iface, "ikey"));
        ifcfg_append(text, "KEY", key);
    } else {
        net_write_miss(iface, problems,
                       _("no key says that a tunnel has checksums, sequence numbers, or a key in one "
                         "direction only"));
    }
}

static void settings_write(const NetIface *iface, const LinkSettings *settings, const LinkTable *table,
                           GString *text, IfcfgProblems *problems)
{
    g_autoptr(GString) list = g_string_new(NULL);
    for (guint i = 0; i < link_settings_length(settings); i++)
        setting_write(iface, table, link_settings_nth(settings, i), text, list, problems);
    const GPtrArray *of_ports = link_settings_of_ports(settings);
    for (guint i = 0; of_ports && i < of_ports->len; i++)
        setting_write(iface, table, of_ports->pdata[i], text, list, problems);
    if (list->len)
        ifcfg_append(text, table->list ? table->list : "VLAN_FLAGS", list->str);
}

void net_write_options(const NetIface *iface, GString *text, IfcfgProblems *problems)
{
    if (iface->settings) {
        settings_write(iface, iface->settings, &iface->kind->family->own, text, problems);
        tunnel_key_write(iface, text, problems);
    }
    if (iface->port_settings)
        settings_write(iface, iface->port_settings, &link_settings_family(iface->port_settings)->port, text,
                       problems);
}
