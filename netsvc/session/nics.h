/* Which NIC of the running system a HWADDR means. */
#pragma once
#include "model/model.h"

/**
 * The model of the running system: files without DEVICE get the name of the NIC that their HWADDR means.
 * @environment: of the caller, or NULL
 */
NetModel *nics_model_load(IfcfgRecord *environment, IfcfgProblems *problems, GError **error);
