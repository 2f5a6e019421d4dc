/* Where in other programs' files something comes from that our check has against the files made of them. */
#pragma once
#include "ifcfg-problem.h"

/** @ifaces: NetIface*, as they were read; @texts: IfcfgText* made of them; @found: what was found in those.
 * Adds all of it to @into, at the places of the other program's files. */
void import_origins_name(const GPtrArray *ifaces, const GPtrArray *texts, const IfcfgProblems *found,
                         IfcfgProblems *into);
