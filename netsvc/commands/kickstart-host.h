/* Which card of this machine a `network` line means; only read. */
#pragma once
#include "kickstart/ks.h"

/** Sets ->device and ->hwaddr where --device is a MAC address, `link`, `bootif` or `ibft`, or missing, and
 * ->hwaddr for --bindto=mac. What is not found here is a problem. */
void kickstart_find_device(KsNetwork *network, IfcfgProblems *problems);
