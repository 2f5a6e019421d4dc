/* Loading a tree of files with all types of interfaces. */
#pragma once
#include "kinds/kinds.h"
#include "services/services.h"

static inline NetModel *tree_load(const char *root, const NetNics *nics, IfcfgProblems *problems)
{
    NetModelSources sources = {.kinds = iface_kinds, .services = net_services, .nics = nics};
    g_autoptr(GError) error = NULL;
    NetModel *model = net_model_load(root, &sources, problems, &error);

    g_assert_no_error(error);
    return model;
}
