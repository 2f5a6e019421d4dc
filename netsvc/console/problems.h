/* Errors in the files, told after the lines of the interfaces that they are about. */
#pragma once
#include "plan/plan.h"

/**
 * Hands each error to the group that brings up the interface whose file it is in (a port's to its bond, an
 * alias' to its parent); one that is the fault of an interface is left to that. Warnings are nobody's: they
 * would come again at every start, and `netsvc check` has them.
 * @tells_others: errors that no group is about are told at once
 */
void problems_attach(const IfcfgProblems *problems, const NetModel *model, NetPlan *plan,
                     gboolean tells_others);
