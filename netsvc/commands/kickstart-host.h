/* Which card of this machine a `network` line means; only read. */
#pragma once
#include "kickstart/ks.h"

/** Sets ->device and ->hwaddr where --device is a MAC address, `link`, `bootif` or `ibft`, or missing. What
 * is not found here is a problem. */
void kickstart_find_device(KsNetwork *network, IfcfgProblems *problems);
/** The address that a card of this machine was made with, to be freed; NULL: there is none of that name. */
char *kickstart_mac_of(const char *device);
