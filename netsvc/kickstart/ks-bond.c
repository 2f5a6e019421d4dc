/* --bondopts of a kickstart's line as the lines of a file. */
#include "ifcfg-quote.h"
#include "kickstart/ks.h"
#include <string.h>

/* A dead link must be noticed: a monitor is there even where nobody asked for one. */
static char *options_of(const char *bondopts)
{
    const char *separator = bondopts && strchr(bondopts, ';') ? ";" : ",";
    g_auto(GStrv) items = g_strsplit(bondopts ? bondopts : "", separator, -1);
    g_autoptr(GString) text = g_string_new(NULL);
    gboolean is_monitored = FALSE;
    for (char **item = items; *item; item++) {
        g_strstrip(*item);
        is_monitored |= g_str_has_prefix(*item, "miimon=") || g_str_has_prefix(*item, "arp_interval=");
        if (**item)
            g_string_append_printf(text, "%s%s", text->len ? " " : "", *item);
    }
    if (!is_monitored)
        g_string_append_printf(text, "%smiimon=100", text->len ? " " : "");
    return g_string_free(g_steal_pointer(&text), FALSE);
}

void ks_append_bond(GString *text, const KsNetwork *network)
{
    g_autofree char *options = options_of(ks_get(network, KS_BONDOPTS));
    ifcfg_append(text, "BONDING_MASTER", "yes");
    ifcfg_append(text, "BONDING_OPTS", options);
}
