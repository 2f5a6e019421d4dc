/* The net.* settings of sysctl.d and sysctl.conf. */
#pragma once
#include <glib.h>

/** Applies the net.* settings and nothing else; does nothing when there are none. */
gboolean sysctl_apply(GError **error);

/** Whether any file below @root sets something of net. */
gboolean sysctl_has_net_settings(const char *root);
/** Whether the text of one file sets something of net ("net.", "net/", also "-net." and the globs of it). */
gboolean sysctl_text_has_net(const char *text);
