/* Other managers asked to leave devices for good, and as they are. */
#pragma once
#include "state/observed.h"

/**
 * Asks NetworkManager and systemd-networkd, each where it has one of the links, to leave them from now on: by
 * a configuration, which it is started again to read. Told at run time they would take away what they had set
 * up; at their end they leave it (nm_manager_stop(); networkd's link_stop_engines()).
 * @links: GPtrArray of ObservedLink*
 * @told: called with the manager, the devices and the file that says so, for each that has done so
 * Returns: FALSE with @error when one still has a device; what others have left they have left
 */
gboolean rivals_leave(const GPtrArray *links,
                      void (*told)(const char *manager, const char *devices, const char *file),
                      GError **error);
