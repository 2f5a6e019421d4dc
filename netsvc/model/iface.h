/* Making and freeing the parts of an interface, and the getters with which kinds read typed keys. */
#pragma once
#include "ifcfg-key-bit.h"
#include "model/model.h"

/* IPV6_MIN_MTU: with less a device has no IPv6 */
enum { NET_LEAST_MTU_OF_IP6 = 1280 };

NetIface *net_iface_new(const IfcfgEntry *entry);
/** The loopback device as the file ifcfg-lo that everybody has describes it, for where that is missing; no
 * kind yet. */
NetIface *net_iface_new_loopback(void);
void net_iface_free(NetIface *iface);
/** Where values come from that its file does not give; each may be NULL, and stays the caller's. */
void net_iface_add_sources(NetIface *iface, const IfcfgRecord *environment, const IfcfgRecord *network);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NetIface, net_iface_free)

NetAddress *net_address_new(const IfcfgPrefix *prefix, const char *label, IfcfgWhere where);
void net_address_free(NetAddress *address);

/**
 * The value of a key: the ifcfg file's; else that of the environment, for the few keys that were honoured
 * there; else /etc/sysconfig/network's when the key table allows the key there, since the old scripts read
 * that file first. Empty counts as unset; an empty one in the ifcfg file hides the others, as it did when a
 * shell read one file after the other. Blanks around a value that is no text don't count, as they did not
 * where the shell split words.
 */
const char *net_iface_find(const NetIface *iface, const char *key, IfcfgWhere *ret_where);
static inline const char *net_iface_get(const NetIface *iface, const char *key, IfcfgWhere *ret_where)
{
    return iface->keys & ifcfg_key_bit(key) ? net_iface_find(iface, key, ret_where) : NULL;
}
/** KEYn, the same key with a number behind it; @suffix: the number, or "". */
static inline const char *net_iface_get_numbered(const NetIface *iface, const char *key, const char *suffix,
                                                 IfcfgWhere *ret_where)
{
    gsize length = strlen(suffix);
    if (!length)
        return net_iface_get(iface, key, ret_where);
    if (!(iface->keys & IFCFG_KEY_BIT(*key, suffix[length - 1], strlen(key) + length)))
        return NULL;
    g_autofree char *numbered = g_strconcat(key, suffix, NULL);
    return net_iface_find(iface, numbered, ret_where);
}
/** The same for what an alias has from its parent: the parent's file comes after its own. */
const char *net_iface_inherit(const NetIface *iface, const char *key, IfcfgWhere *ret_where);

/* Silent about malformed values: ifcfg_keys_check() has reported them, for whole files. */

/** KEYn of the file, else KEY without number: of the file, of an alias' parent, or what holds for all; TRUE
 * where nothing says no. */
gboolean net_iface_numbered_bool(const NetIface *iface, const char *key, const char *suffix);
/** Yes/no key with the old scripts' two word lists; a word in neither list gives @fallback. */
gboolean net_iface_get_bool(const NetIface *iface, const char *key, gboolean fallback);

/** Whether BOOTPROTO asks a server for the addresses: dhcp, bootp. */
gboolean net_bootproto_is_dynamic(const char *bootproto);

/** Why this label ("eth0:1") cannot be that of an alias, or NULL. */
const char *net_alias_fault(const char *label);
/** Whether its IPv4 address comes from a server: a file of its own, no alias, with such a BOOTPROTO. */
gboolean net_iface_is_dynamic(const NetIface *iface);
/** What it asks of servers of a family, or NULL. */
const NetLease *net_iface_lease(const NetIface *iface, int family);

/** Marks the interface as one whose file cannot be trusted: see ->is_damaged. The first place stays. */
void net_iface_damage(NetIface *iface, IfcfgWhere where);

/** Marks the interface as one that must not be brought up, and records the error as a problem. First fault
 * wins. */
void net_iface_fail(NetIface *iface, IfcfgWhere where, IfcfgProblems *problems, const char *format, ...)
    G_GNUC_PRINTF(4, 5);
/** The same where only its addresses are in doubt: what others need of its device comes up all the same. */
void net_iface_fail_addresses(NetIface *iface, IfcfgWhere where, IfcfgProblems *problems, const char *format,
                              ...) G_GNUC_PRINTF(4, 5);
/** Whether its device must not be brought up either. */
gboolean net_iface_is_refused(const NetIface *iface);
