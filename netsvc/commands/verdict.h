/* Whom a plan interrupts, and how long that took here when it was done last: for commands that plan. */
#pragma once
#include "console/json-text.h"
#include "plan/plan.h"

/** The lines below a plan. @model: what it was made from, of this machine; NULL: no word of how long */
void verdict_print(const NetPlan *plan, const NetModel *model);
/** The same as "interrupts" and "left". */
void verdict_add_json(JsonBuilder *json, const NetPlan *plan, const NetModel *model);
