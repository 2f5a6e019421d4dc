/* What all commands do first: the model, and the interface that is meant. */
#include "commands/commands.h"
#include "kinds/kinds.h"
#include "model/check.h"
#include "services/services.h"
#include "session/nics.h"

NetModel *cli_model_load(const char *root, IfcfgRecord *environment, IfcfgProblems *problems)
{
    g_autoptr(GError) error = NULL;
    NetModelSources sources = {.kinds = iface_kinds, .services = net_services, .environment = environment};
    NetModel *model = root ? net_model_load(root, &sources, problems, &error)
                           : nics_model_load(environment, problems, &error);
    if (model && root)
        net_model_check(model, problems);
    if (!model)
        cli_complain("%s", error->message);
    return model;
}

NetIface *cli_iface_find(const NetModel *model, const char *argument)
{
    g_autoptr(GError) error = NULL;
    NetIface *iface = net_model_find(model, argument);
    if (!iface)
        iface = net_model_lookup(model, argument, NULL, &error);
    if (!iface)
        cli_complain("%s", error->message);
    return iface;
}
