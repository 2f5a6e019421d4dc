/* What `netsvc plan --json` prints. */
#pragma once
#include "plan/plan.h"

/** To be freed. @model: what it was made from, of this machine; NULL: no word of how long anything takes */
char *plan_json(const NetPlan *plan, const NetModel *model);
