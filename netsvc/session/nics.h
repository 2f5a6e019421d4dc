/* Which NIC of the running system a HWADDR means. */
#pragma once
#include "model/model.h"

/** The model of the running system: files without DEVICE get the name of the NIC that their HWADDR means. */
NetModel *nics_model_load(IfcfgProblems *problems, GError **error);
