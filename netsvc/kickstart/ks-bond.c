/* --bondopts of a kickstart's line as the lines of a file. */
#include "i18n.h"
#include "ifcfg-quote.h"
#include "kickstart/ks.h"
#include "link-options.h"
#include <string.h>

/* Commas separate, unless there is a semicolon. */
static const char *separator_of(const char *bondopts)
{
    return strchr(bondopts, ';') ? ";" : ",";
}

/* A dead link must be noticed: a monitor is there even where nobody asked for one. */
static char *options_of(const char *bondopts)
{
    g_auto(GStrv) items = g_strsplit(bondopts, separator_of(bondopts), -1);
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

/* A kernel that is newer than our rows may know more options, but a mistake in a kickstart's line is found
 * before the machine is far away. */
static void options_check(const KsNetwork *network, const char *bondopts, IfcfgProblems *problems)
{
    const LinkFamily *family = link_family_find("bond");
    g_autoptr(LinkSettings) settings = link_settings_new(family);
    g_autoptr(IfcfgProblems) found = ifcfg_problems_new();
    /* as long as the value, so that the columns are its */
    g_autofree char *list = g_strdelimit(g_strdup(bondopts), separator_of(bondopts), ' ');
    link_settings_parse(settings, list, network->values[KS_BONDOPTS].where, FALSE, found);
    for (guint i = 0; i < ifcfg_problems_length(found); i++) {
        const IfcfgProblem *problem = ifcfg_problems_get(found, i);
        if (problem->severity == IFCFG_ERROR)
            ifcfg_problems_add(problems, IFCFG_ERROR, problem->where, "%s", problem->message);
    }
    for (guint i = 0; i < link_settings_length(settings); i++) {
        const LinkSetting *setting = link_settings_nth(settings, i);
        if (!setting->option)
            ifcfg_problems_add(problems, IFCFG_ERROR, setting->where, _("'%s' is not a %s option"),
                               setting->name, family->word);
    }
}

void ks_append_bond(GString *text, const KsNetwork *network, IfcfgProblems *problems)
{
    const char *given = ks_get(network, KS_BONDOPTS), *bondopts = given ? given : "";
    g_autofree char *options = options_of(bondopts);
    options_check(network, bondopts, problems);
    ifcfg_append(text, "BONDING_MASTER", "yes");
    ifcfg_append(text, "BONDING_OPTS", options);
}
