/* status: the four lines of the init script, or a table of what is as configured and what is not. */
#include "apply/system.h"
#include "commands/commands.h"
#include "commands/status-rows.h"
#include "commands/status-text.h"
#include "console/columns.h"
#include "i18n.h"
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void configured_print(const IfcfgDir *dir)
{
    printf("%s\nlo", _("Configured devices:"));
    for (guint i = 0; i < ifcfg_dir_length(dir); i++) {
        const IfcfgEntry *entry = ifcfg_dir_nth(dir, i);
        if (entry->kind == IFCFG_ENTRY_MAIN && strcmp(entry->name, "lo") != 0)
            printf(" %s", entry->name);
    }
    printf("\n");
}

/* As `ip -o link` names them, which the init script printed: with the lower device, or the other end of a
 * veth, behind an `@`. */
static void active_print(const NetObserved *observed)
{
    const char *gap = "";
    printf("%s\n", _("Currently active devices:"));
    for (guint i = 0; i < observed->links->len; i++) {
        const ObservedLink *link = observed->links->pdata[i];
        const ObservedLink *lower =
            net_observed_link_by_index(observed, link->lower ? link->lower : link->peer);
        if (!(link->flags & IFF_UP))
            continue;
        printf("%s%s%s%s", gap, link->name, lower && lower != link ? "@" : "",
               lower && lower != link ? lower->name : "");
        gap = " ";
    }
    printf("\n");
}

/* Files are not needed: a device that nobody configures can be asked for too. */
static gboolean names_are_known(const NetModel *model, const NetObserved *observed, const char **names)
{
    for (; *names; names++) {
        const NetIface *iface = net_observed_link(observed, *names) ? NULL : net_model_find(model, *names);
        if (net_observed_link(observed, *names))
            continue;
        iface = iface ? iface : cli_iface_find(model, *names);
        if (!iface)
            return FALSE;
        *names = iface->name;
    }
    return TRUE;
}

static int rows_print(const CliOptions *options, const NetModel *model, const NetObserved *observed)
{
    g_autofree const char **names = g_memdup2(options->args, (options->n_args + 1) * sizeof *options->args);
    if (!names_are_known(model, observed, names))
        return CLI_FAILED;
    g_autoptr(GPtrArray) rows = status_rows(model, observed, *names ? names : NULL);
    g_autofree char *text = options->json       ? status_json(rows)
                            : options->one_line ? status_lines(rows)
                                                : status_table(rows, columns_of(STDOUT_FILENO));
    fputs(text, stdout);
    StatusHealth worst = status_rows_worst(rows);
    return worst == HEALTH_OK ? CLI_OK : worst == HEALTH_DOWN ? CLI_LEFT : CLI_FAILED;
}

int status_command(const CliOptions *options)
{
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(NetModel) model = cli_model_load(NULL, NULL, problems);
    gboolean is_classic =
        options->classic || !(options->json || options->one_line || options->n_args || isatty(STDOUT_FILENO));
    if (!model)
        return CLI_FAILED;
    if (!net_model_is_networking(model)) {
        cli_complain(_("/etc/sysconfig/network is missing or says NETWORKING=no"));
        return CLI_NOT_CONFIGURED;
    }
    g_autoptr(NetObserved) observed = net_observe(&error);
    if (!observed) {
        cli_complain("%s", error->message);
        return CLI_FAILED;
    }
    net_observe_settings(observed, model);
    if (!is_classic)
        return rows_print(options, model, observed);
    configured_print(net_model_dir(model));
    active_print(observed);
    return CLI_OK;
}
