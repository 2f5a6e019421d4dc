/* Devices that no netlink message makes: by /dev/net/tun. */
#pragma once
#include "link-options.h"

/** Makes a tun or tap that stays when nobody has it open. @settings: its type, owner and group. Returns: 0 or
 * errno */
int tun_create(const char *dev, const GPtrArray *settings);
