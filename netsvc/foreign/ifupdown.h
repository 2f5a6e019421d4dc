/* ifupdown's stanzas: what they are about, and the kinds of the devices. */
#pragma once
#include "foreign/foreign.h"

typedef struct {
    NetForeign *foreign;
    GHashTable *automatic; /* names */
    NetIface *iface;       /* of the stanza */
    int family;
    GString *address; /* waits for its netmask; or empty */
    IfcfgWhere address_where;
    IfcfgIp broadcast; /* of the same address; AF_UNSPEC: the usual one */
    guint8 scope;      /* 0: the usual one */
    char *label;       /* of a stanza "eth0:1", else NULL */
} IfupdownReader;

/** By what it stands on; NULL: the name says nothing. */
const char *ifupdown_kind_by_name(const char *name);
/** Makes the devices whose kind one of their lines tells: it must be known before their options. Strips the
 * lines. */
void ifupdown_kinds_find(IfupdownReader *self, char **lines, const char *path);
/** Takes a line of a tunnel's stanza. */
gboolean ifupdown_tunnel_take(IfupdownReader *self, const char *word, const char *value, IfcfgWhere where);
