/* Lists of options within one value of a `network` line, and how values are written. */
#include "i18n.h"
#include "ifcfg-keys.h"
#include "kickstart/ks.h"
#include <string.h>

/* Of a bridge's options those that are keys of a file, and those of BRIDGING_OPTS, whose times are in
 * hundredths of a second and whose switches are numbers. */
static const struct {
    const char *name, *key, *option;
    gboolean is_switch;
} bridge_options[] = {{"stp", "STP", NULL, FALSE},
                      {"forward-delay", "DELAY", NULL, FALSE},
                      {"ageing-time", "AGEING", NULL, FALSE},
                      {"priority", NULL, "priority=%s", FALSE},
                      {"hello-time", NULL, "hello_time=%s00", FALSE},
                      {"max-age", NULL, "max_age=%s00", FALSE},
                      {"multicast-snooping", NULL, "multicast_snooping=%s", TRUE}};

static gboolean bridge_option_take(GString *text, GString *options, const char *name, const char *value)
{
    for (gsize i = 0; i < G_N_ELEMENTS(bridge_options); i++) {
        if (!g_str_equal(bridge_options[i].name, name))
            continue;
        if (bridge_options[i].key)
            ifcfg_append(text, bridge_options[i].key, value);
        else {
            g_auto(GStrv) around = g_strsplit(bridge_options[i].option, "%s", 2);
            const char *number = ifcfg_is_true(value) ? "1" : ifcfg_is_false(value) ? "0" : value;
            g_string_append_printf(options, "%s%s%s%s", options->len ? " " : "", around[0],
                                   bridge_options[i].is_switch ? number : value, around[1]);
        }
        return TRUE;
    }
    return FALSE;
}

void ks_append_bridge(GString *text, const KsNetwork *network, IfcfgProblems *problems)
{
    const char *list = ks_get(network, KS_BRIDGEOPTS);
    g_auto(GStrv) items = g_strsplit(list ? list : "", ",", -1);
    g_autoptr(GString) options = g_string_new(NULL);
    for (char **item = items; *item; item++) {
        char *equals = strchr(g_strstrip(*item), '=');
        g_autofree char *name = g_strndup(*item, equals ? (gsize)(equals - *item) : strlen(*item));
        if (!(equals && equals[1] && !strchr(equals + 1, '=') &&
              bridge_option_take(text, options, name, equals + 1)))
            ks_fail(network, KS_BRIDGEOPTS, problems,
                    _("--bridgeopts: '%s': expected stp, priority, forward-delay, hello-time, max-age, "
                      "ageing-time or multicast-snooping, each with =VALUE"),
                    *item);
    }
    if (options->len)
        ifcfg_append(text, "BRIDGING_OPTS", options->str);
}
