/* The services themselves. */
#pragma once
#include "model/service.h"

/** All services, in the order in which they are asked. Ends in NULL. */
extern const NetService *const net_services[];
