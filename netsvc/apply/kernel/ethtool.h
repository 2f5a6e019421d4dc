/* The kernel's netlink family "ethtool": settings of a device read and written. */
#pragma once
#include "state/ethtool-state.h"

typedef struct NetEthtool NetEthtool;

/** Nothing is opened before the first question. */
NetEthtool *net_ethtool_new(void);
void net_ethtool_free(NetEthtool *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NetEthtool, net_ethtool_free)

/** Whether the kernel has the family (from 5.6 on). */
gboolean net_ethtool_is_there(NetEthtool *self);
/** Adds what a device reports of all that the part's option can set; nothing where it does not know it. */
void net_ethtool_read(NetEthtool *self, const EthtoolRequest *request, EthtoolState *state);
/**
 * Sets a part that has an option of the table.
 * @ret_text: the kernel's words, or NULL; to be freed
 * @ret_fixed: the feature that the device has, but cannot change; or NULL
 * Returns: 0 or an errno
 */
int net_ethtool_set(NetEthtool *self, const EthtoolRequest *request, char **ret_text, const char **ret_fixed);
