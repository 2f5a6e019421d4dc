/* What this machine lacks for the files. */
#pragma once
#include "model/model.h"

/** Adds, in the words of a start, what would keep one from doing its work here: cards and drivers that are
 * not there, devices of another kind in the way. Nothing is changed; needs no root. */
void check_machine(const NetModel *model, IfcfgProblems *problems);
/** Why nothing at all comes up here: there is no /etc/sysconfig/network; or NULL. Translated, static. */
const char *check_network_fault(const NetModel *model);
