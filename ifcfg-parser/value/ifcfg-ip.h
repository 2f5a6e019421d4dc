/* IPv4, IPv6 and hardware addresses as values; parsing and printing only. */
#pragma once
#include <glib.h>

typedef struct {
    guint8 family;    /* AF_INET, AF_INET6, or AF_UNSPEC for "none" */
    guint8 bytes[16]; /* network order; the first 4 count for AF_INET; the rest is zero */
} IfcfgIp;

typedef struct {
    IfcfgIp ip;
    guint8 length;
} IfcfgPrefix;

typedef struct {
    guint8 length; /* 0 for "none"; 6 for Ethernet, 20 for InfiniBand */
    guint8 bytes[32];
} IfcfgMac;

/** Strict dotted quad or RFC 4291 text. `family` AF_UNSPEC takes either. `ret` is untouched on failure. */
gboolean ifcfg_ip_parse(const char *text, int family, IfcfgIp *ret);
char *ifcfg_ip_format(const IfcfgIp *ip);
/** The same behind a text. */
void ifcfg_ip_append(GString *text, const IfcfgIp *ip);
/** Whether it is an IPv6 address that is unique on its link only (fe80::/10, RFC 4291). */
gboolean ifcfg_ip_is_link_local(const IfcfgIp *ip);
gboolean ifcfg_ip_equal(const IfcfgIp *a, const IfcfgIp *b);
/** For hash tables: addresses one after the other fall far apart. @seed: what else the key is made of */
guint ifcfg_ip_hash(const IfcfgIp *ip, guint seed);
/** Whether it is 0.0.0.0 or ::, or none. */
gboolean ifcfg_ip_is_zero(const IfcfgIp *ip);
guint ifcfg_ip_size(const IfcfgIp *ip); /* 4, 16, or 0 */

/** `addr[/len]`; "default" and "any" give a zero prefix of the family (AF_INET when unspecified); a missing
 * length is 32 or 128. As `ip` does, short IPv4 forms ("10/8", "10.1/16") are accepted. */
gboolean ifcfg_prefix_parse(const char *text, int family, IfcfgPrefix *ret);
char *ifcfg_prefix_format(const IfcfgPrefix *prefix); /* always with /len */
/** The same behind a text. */
void ifcfg_prefix_append(GString *text, const IfcfgPrefix *prefix);
gboolean ifcfg_prefix_equal(const IfcfgPrefix *a, const IfcfgPrefix *b);
gboolean ifcfg_prefix_contains(const IfcfgPrefix *prefix, const IfcfgIp *ip);
/** The prefix with its host bits cleared. */
IfcfgPrefix ifcfg_prefix_network(const IfcfgPrefix *prefix);

/** "255.255.255.0" to 24; refuses masks with holes. "24" itself is taken too, as ipcalc does. */
gboolean ifcfg_netmask_parse(const char *text, guint8 *ret_length);
/** The length that ipcalc assumes when neither PREFIX nor NETMASK is given: 8, 16 or 24 by class. */
guint8 ifcfg_ip_class_length(const IfcfgIp *ip);
/** The usual broadcast address of an IPv4 prefix; none (AF_UNSPEC) for /31 and /32. */
IfcfgIp ifcfg_prefix_broadcast(const IfcfgPrefix *prefix);

/** Colon separated hex bytes (also `-`) of one or two digits, any case; 6 or 20 bytes. */
gboolean ifcfg_mac_parse(const char *text, IfcfgMac *ret);
char *ifcfg_mac_format(const IfcfgMac *mac); /* lower case, colons */
gboolean ifcfg_mac_equal(const IfcfgMac *a, const IfcfgMac *b);

/** Checks an interface name as the kernel's dev_valid_name() does, and returns what is wrong with it, or NULL
 * if it is fine. */
const char *ifcfg_ifname_fault(const char *name);
