/* Problems in the files, told after the lines of the interfaces that they are about. */
#pragma once
#include "plan/plan.h"

/**
 * Hands each problem to the group that brings up the interface whose file it is in (a port's to its bond, an
 * alias' to its parent), in the words of `netsvc check`; one that is the fault of an interface is left to
 * that.
 * @tells_others: errors that no group is about, and warnings about files of no interface, are told at once
 */
void problems_attach(const IfcfgProblems *problems, const NetModel *model, NetPlan *plan,
                     gboolean tells_others);
