/* The array of all services. To add one: its file, a row here. */
#include "services/services.h"

#define SERVICES(SERVICE)                                                                                    \
    SERVICE(manager)                                                                                         \
    SERVICE(hostname)                                                                                        \
    SERVICE(hooks) SERVICE(ethtool) SERVICE(resolv) SERVICE(zone) SERVICE(teamd) SERVICE(radvd)

#define DECLARE(name_) extern const NetService name_##_service;
SERVICES(DECLARE)

#define POINT(name_) &name_##_service,
const NetService *const net_services[] = {SERVICES(POINT) NULL};
