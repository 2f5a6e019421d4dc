/* The kernel of a rehearsal: a back end that does what can be done there, and notes the rest as done. */
#pragma once
#include "apply/backend.h"

/**
 * @kernel: of this namespace; owned from now on
 * @host: the picture of the kernel that it stands for: what a stand-in cannot say of its NIC is from there;
 * not owned
 * @stand_ins: set of their names; not owned
 */
NetBackend *net_backend_apart_new(NetBackend *kernel, const NetObserved *host, GHashTable *stand_ins);

/** Whether a line that is told of an interface is about what the kernel refused. */
gboolean net_backend_apart_refused(NetBackend *backend, const char *line);
