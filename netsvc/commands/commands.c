/* What all commands do first: the model, and the interface that is meant. */
#include "commands/commands.h"
#include "kinds/kinds.h"
#include "model/check.h"
#include "plan/graph.h"
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

void cli_loops_find(const NetModel *model, IfcfgProblems *problems)
{
    g_autoptr(GPtrArray) loops = g_ptr_array_new_with_free_func((GDestroyNotify)net_loop_free);
    g_autoptr(GPtrArray) order = net_graph_order(model, loops);
    for (guint i = 0; i < loops->len; i++) {
        const NetLoop *loop = g_ptr_array_index(loops, i);
        for (guint n = 0; n < loop->ifaces->len; n++)
            ifcfg_problems_add(problems, IFCFG_ERROR, net_loop_place(loop, loop->ifaces->pdata[n]), "%s",
                               loop->text);
    }
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

GPtrArray *cli_ifaces_find(const NetModel *model, const CliOptions *options)
{
    g_autoptr(GPtrArray) ifaces = g_ptr_array_new();
    for (guint i = 0; i < options->n_args; i++) {
        NetIface *iface = cli_iface_find(model, options->args[i]);
        if (!iface)
            return NULL;
        g_ptr_array_add(ifaces, iface);
    }
    return g_steal_pointer(&ifaces);
}

gboolean cli_names_add(const NetModel *model, const CliOptions *options, GPtrArray *names)
{
    g_autoptr(GPtrArray) ifaces = cli_ifaces_find(model, options);
    for (guint i = 0; ifaces && i < ifaces->len; i++)
        g_ptr_array_add(names, ((const NetIface *)ifaces->pdata[i])->name);
    return ifaces != NULL;
}
