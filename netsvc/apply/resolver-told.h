/* What the owner of resolv.conf has been told. */
#pragma once
#include "state/resolv-conf.h"

/**
 * Reads what it has of each device.
 * @root: NULL for "/"
 * Returns: ResolvShare*, or NULL: where it keeps that is not known
 */
GPtrArray *resolver_told(const char *root, ResolvOwner owner);
