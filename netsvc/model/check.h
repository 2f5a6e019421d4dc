/* What is doubtful in a configuration as a whole: settings that contradict each other, or that nobody uses.
 */
#pragma once
#include "model/model.h"

/** Adds to @problems what only shows when all files are read. Changes nothing in the model. */
void net_model_check(const NetModel *model, IfcfgProblems *problems);
