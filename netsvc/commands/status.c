/* status: the four lines of the init script. */
#include "apply/system.h"
#include "commands/commands.h"
#include "i18n.h"
#include <net/if.h>
#include <stdio.h>
#include <string.h>

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

int status_command(const CliOptions *options G_GNUC_UNUSED)
{
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(NetModel) model = cli_model_load(NULL, NULL, problems);
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
    configured_print(net_model_dir(model));
    active_print(observed);
    return CLI_OK;
}
