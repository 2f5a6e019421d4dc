/* What a route puts its packets into: `encap TYPE ...` of `ip route` (light-weight tunnels of the kernel). */
#pragma once
#include <glib.h>

enum { IFCFG_ENCAP_ATTRS = 12 };

/** A header for the packets of one next hop. */
typedef struct IfcfgEncap {
    guint16 type; /* LWTUNNEL_ENCAP_* (linux/lwtunnel.h) */
    /* By the number of the type's attribute, as it stands in RTA_ENCAP; NULL: not given, or what the kernel
     * takes when it is not. So two that are equal have equal bytes, whether from a file or the kernel. */
    GBytes *attrs[IFCFG_ENCAP_ATTRS];
} IfcfgEncap;

IfcfgEncap *ifcfg_encap_new(guint16 type);
void ifcfg_encap_free(IfcfgEncap *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(IfcfgEncap, ifcfg_encap_free)
/** NULL of NULL. */
IfcfgEncap *ifcfg_encap_copy(const IfcfgEncap *self);
/** NULL, for none, is equal to NULL only. */
gboolean ifcfg_encap_equal(const IfcfgEncap *a, const IfcfgEncap *b);

/** Takes an attribute as the kernel reports it. What is not for configuration (counters) is left out. */
void ifcfg_encap_note(IfcfgEncap *self, guint number, gconstpointer bytes, gsize size);

/** How many bytes its attributes can take in a message, with their headers. */
gsize ifcfg_encap_size(const IfcfgEncap *self);

/** Whether words say all of it: what is printed can be read again. */
gboolean ifcfg_encap_is_writable(const IfcfgEncap *self);
/** "mpls 100/200 ttl 5", as it stands behind "encap" of `ip route`; to be freed. What only the
 * kernel knows of it is "[NUMBER]". */
char *ifcfg_encap_format(const IfcfgEncap *self);
