/* The tree that the files of a kickstart are for. */
#pragma once
#include <glib.h>

/** Makes the links by which systemd and chkconfig start the network of that tree. */
gboolean kickstart_enable(const char *root, GError **error);
