/* Variables of the environment that count as settings: `ARPCHECK=no ifup eth1`. */
#pragma once
#include "ifcfg-record.h"

/** Returns: the variables of this process that the table of fields knows, as a record; NULL when there are
 * none. */
IfcfgRecord *environment_load(void);
