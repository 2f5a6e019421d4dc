/* Whether the machine's own files come over the network. */
#pragma once
#include <glib.h>

/**
 * Whether / or /usr is on the network: by type (NFS, CIFS, Ceph ...), by _netdev (fstab, the mount itself),
 * by its disk (iSCSI, NBD, RBD, NVMe over fabrics), or because remote-fs.target of systemd requires it.
 * Taking the network away from under them hangs the machine (init.d/network, stop).
 * @root: of /proc, /sys, /etc and /run, for tests; NULL for "/"
 */
gboolean root_net_is_used(const char *root);
