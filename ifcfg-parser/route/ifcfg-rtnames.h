/* Names that iproute2 gives to numbers: tables, protocols, scopes, dsfield values, groups, route types.
 * Inside the library only. */
#pragma once
#include "ifcfg-route.h"

typedef enum {
    IFCFG_RT_TABLE,
    IFCFG_RT_PROTOCOL,
    IFCFG_RT_SCOPE,
    IFCFG_RT_DSFIELD, /* numbers are written in hex, with or without 0x, as `ip` reads them */
    IFCFG_RT_GROUP,
    IFCFG_RT_REALM,
    IFCFG_RT_TYPE,
    IFCFG_RT_IPPROTO,
    IFCFG_RT_KINDS
} IfcfgRtKind;

/** A name or a number of this kind; @self may be NULL, then only the built-in names are known. @ret is
 * untouched on failure. */
gboolean ifcfg_rtnames_lookup(const IfcfgRtNames *self, IfcfgRtKind kind, const char *text, guint32 *ret);

/** The built-in name of a number, or NULL: names that a file gave are not used, so that printed text means
 * the same everywhere. */
const char *ifcfg_rtnames_name(IfcfgRtKind kind, guint32 number);

/** Appends " KEYWORD NAME", or the number where there is no built-in name. */
void ifcfg_rtnames_append(GString *text, const char *keyword, IfcfgRtKind kind, guint32 number);

/** The tree that the names are of; NULL without @self. */
const char *ifcfg_rtnames_root(const IfcfgRtNames *self);

/** What a kind is called in messages ("routing table"), and the file to add a name to ("rt_tables"), or NULL
 * if there is none. */
const char *ifcfg_rtnames_kind(IfcfgRtKind kind);
const char *ifcfg_rtnames_file(IfcfgRtKind kind);

/** The largest number of a kind. */
guint32 ifcfg_rtnames_max(IfcfgRtKind kind);
