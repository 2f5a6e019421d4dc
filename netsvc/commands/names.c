/* netsvc names: DHCP clients call it when the name servers of a lease have changed. */
#include "commands/commands.h"
#include "i18n.h"
#include "session/run.h"
#include <unistd.h>

typedef struct {
    const CliOptions *options;
    GPtrArray *names; /* of devices */
} Names;

static int choose(const NetModel *model, G_GNUC_UNUSED const IfcfgProblems *problems, gpointer data)
{
    const Names *self = data;
    if (geteuid() != 0) {
        cli_complain(_("only root can do this"));
        return CLI_NOT_ROOT;
    }
    for (guint i = 0; i < self->options->n_args; i++) {
        const NetIface *iface = cli_iface_find(model, self->options->args[i]);
        if (!iface)
            return CLI_FAILED;
        g_ptr_array_add(self->names, iface->name);
    }
    return RUN_GO;
}

int names_command(const CliOptions *options)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    Names self = {options, names};
    const RunRequest request = {.verb = NET_PLAN_NAMES, .names = names, .choose = choose, .data = &self};
    return run_request(&request);
}
