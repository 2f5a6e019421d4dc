/* Making and freeing the parts of an interface, and the getters with which kinds read typed keys. */
#pragma once
#include "model/model.h"

NetIface *net_iface_new(const IfcfgEntry *entry);
/** The loopback device as the file ifcfg-lo that everybody has describes it, for where that is missing; no
 * kind yet. */
NetIface *net_iface_new_loopback(void);
void net_iface_free(NetIface *iface);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NetIface, net_iface_free)

NetAddress *net_address_new(const IfcfgPrefix *prefix, const char *label, IfcfgWhere where);
void net_address_free(NetAddress *address);

/**
 * The value of a key: the ifcfg file's, else /etc/sysconfig/network's when the key table allows the key
 * there. Empty counts as unset; an empty one in the ifcfg file hides that of /etc/sysconfig/network, as it
 * did when a shell read one file after the other.
 */
const char *net_iface_get(const NetIface *iface, const IfcfgRecord *network, const char *key,
                          IfcfgWhere *ret_where);

/* The two below are silent about malformed values: ifcfg_keys_check() has reported them, for whole files. */

/** Yes/no key with the old scripts' two word lists; a word in neither list gives @fallback. */
gboolean net_iface_get_bool(const NetIface *iface, const IfcfgRecord *network, const char *key,
                            gboolean fallback);
/** Unsigned key; what is no number in the range of the key's row gives @fallback. */
guint32 net_iface_get_uint(const NetIface *iface, const char *key, guint32 fallback);

/** Whether BOOTPROTO asks a server for the addresses: dhcp, bootp. */
gboolean net_bootproto_is_dynamic(const char *bootproto);

/** Marks the interface as one that must not be brought up, and records the error as a problem. First fault
 * wins. */
void net_iface_fail(NetIface *iface, IfcfgWhere where, IfcfgProblems *problems, const char *format, ...)
    G_GNUC_PRINTF(4, 5);
