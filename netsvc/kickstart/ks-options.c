/* What else a `network` line says of a device of its kind, as the lines of a file. */
#include "i18n.h"
#include "kickstart/ks.h"
#include "link-options.h"
#include <string.h>

/* Of a bridge's options those that are keys of a file, and those of BRIDGING_OPTS, where the kernel's numbers
 * stand. */
static const struct {
    const char *name, *option, *key;
} bridge_options[] = {{"stp", "stp_state", "STP"},
                      {"forward-delay", "forward_delay", "DELAY"},
                      {"ageing-time", "ageing_time", "AGEING"},
                      {"priority", "priority", NULL},
                      {"hello-time", "hello_time", NULL},
                      {"max-age", "max_age", NULL},
                      {"multicast-snooping", "multicast_snooping", NULL}};

/* What is read into @settings, checked by the rows of bridges. */
typedef struct {
    LinkSettings *settings;
    IfcfgWhere where;
    IfcfgProblems *problems;
    GString *text, *list;
} Bridge;

static gboolean bridge_option_take(const Bridge *self, const char *name, const char *value)
{
    for (gsize i = 0; i < G_N_ELEMENTS(bridge_options); i++) {
        if (!g_str_equal(bridge_options[i].name, name))
            continue;
        const LinkOption *option =
            link_family_option(link_settings_family(self->settings), bridge_options[i].option);
        gboolean is_valid =
            link_settings_read_key(self->settings, option, name, value, self->where, self->problems);
        if (is_valid && bridge_options[i].key)
            ifcfg_append(self->text, bridge_options[i].key, value);
        else if (is_valid)
            g_string_append_printf(self->list, "%s%s=%" G_GINT64_FORMAT, self->list->len ? " " : "",
                                   option->name, link_settings_find(self->settings, option->name)->number);
        return TRUE;
    }
    return FALSE;
}

void ks_append_bridge(GString *text, const KsNetwork *network, IfcfgProblems *problems)
{
    const char *list = ks_get(network, KS_BRIDGEOPTS);
    g_auto(GStrv) items = g_strsplit(list ? list : "", ",", -1);
    g_autoptr(GString) options = g_string_new(NULL);
    g_autoptr(LinkSettings) settings = link_settings_new(link_family_find("bridge"));
    Bridge bridge = {settings, network->values[KS_BRIDGEOPTS].where, problems, text, options};
    for (char **item = items; *item; item++) {
        char *equals = strchr(g_strstrip(*item), '=');
        g_autofree char *name = g_strndup(*item, equals ? (gsize)(equals - *item) : strlen(*item));
        if (!(equals && equals[1] && !strchr(equals + 1, '=') &&
              bridge_option_take(&bridge, name, equals + 1)))
            ks_fail(network, KS_BRIDGEOPTS, problems,
                    _("--bridgeopts: '%s': expected stp, priority, forward-delay, hello-time, max-age, "
                      "ageing-time or multicast-snooping, each with =VALUE"),
                    *item);
    }
    if (options->len)
        ifcfg_append(text, "BRIDGING_OPTS", options->str);
}

void ks_append_team(GString *text, const KsNetwork *network, G_GNUC_UNUSED IfcfgProblems *problems)
{
    ifcfg_append(text, "DEVICETYPE", "Team");
    if (ks_has(network, KS_TEAMCONFIG))
        ifcfg_append(text, "TEAM_CONFIG", ks_get(network, KS_TEAMCONFIG));
}

void ks_append_wireless(GString *text, const KsNetwork *network, G_GNUC_UNUSED IfcfgProblems *problems)
{
    ifcfg_append(text, "ESSID", ks_get(network, KS_ESSID));
    ifcfg_append(text, "MODE", "Managed");
    if (ks_has(network, KS_WPAKEY))
        ifcfg_append(text, "KEY_MGMT", "WPA-PSK");
}
