/* netsvc names: DHCP clients call it when the name servers of a lease have changed. */
#include "commands/commands.h"
#include "i18n.h"
#include "session/run.h"

typedef struct {
    const CliOptions *options;
    GPtrArray *names; /* of devices */
} Names;

static int choose(const NetModel *model, G_GNUC_UNUSED const IfcfgProblems *problems, gpointer data)
{
    const Names *self = data;
    if (!cli_is_root())
        return CLI_NOT_ROOT;
    return cli_names_add(model, self->options, self->names) ? RUN_GO : CLI_FAILED;
}

int names_command(const CliOptions *options)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    Names self = {options, names};
    const RunRequest request = {.verb = NET_PLAN_NAMES, .names = names, .choose = choose, .data = &self};
    return run_request(&request);
}
