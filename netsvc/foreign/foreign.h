/* Other programs' files as interfaces: what NetworkManager, systemd-networkd, ifupdown and netplan were told.
 * Files are read; nothing is asked of these programs, and nothing is written. What is not carried over is a
 * warning at its place. */
#pragma once
#include "model/model.h"

/**
 * @from: "nm", "networkd", "ifupdown" or "netplan"
 * @dir: where the program's files are: system-connections, /etc/systemd/network, /etc/network, /etc/netplan
 * Returns: GPtrArray of NetIface*, in the order of files; NULL with @error: G_OPTION_ERROR_BAD_VALUE for an
 * unknown program, or what a folder cannot be read for
 */
GPtrArray *net_foreign_read(const char *from, const char *dir, const IfaceKind *const *kinds,
                            IfcfgProblems *problems, GError **error);
/** "nm, networkd, ifupdown or netplan", to be freed. */
char *net_foreign_names(void);
/** Whether there is a reader for it; else @error says which there are, as net_foreign_read() does. */
gboolean net_foreign_is_known(const char *from, GError **error);

/* --- private to this room --- */

typedef struct {
    const IfaceKind *const *kinds;
    IfcfgProblems *problems;
    GPtrArray *ifaces;   /* NetIface* */
    GHashTable *by_name; /* to them */
    IfcfgRtNames *names;
} NetForeign;

/** What a program's reader does with a folder. */
typedef gboolean (*NetForeignRead)(NetForeign *self, const char *dir, GError **error);
gboolean net_foreign_nm(NetForeign *self, const char *dir, GError **error);
gboolean net_foreign_networkd(NetForeign *self, const char *dir, GError **error);
gboolean net_foreign_ifupdown(NetForeign *self, const char *dir, GError **error);
gboolean net_foreign_netplan(NetForeign *self, const char *dir, GError **error);

/** The interface of this name, made if it is not there; @kind: its name ("bond"), or NULL: as it is, or
 * Ethernet.
 */
NetIface *foreign_iface(NetForeign *self, const char *name, const char *kind, IfcfgWhere where);
/** The card with a MAC address, by whatever name: its file has no DEVICE. NULL: it is none */
NetIface *foreign_card(NetForeign *self, const char *mac, IfcfgWhere where);
/** The device in ETHTOOL_OPTS. */
const char *foreign_ethtool_device(const NetIface *iface);
/** What it stands on, or is the other end of; named where there is no such relation, or where that has no
 * name. */
void foreign_relate(NetForeign *self, NetIface *iface, NetRole role, const char *name, IfcfgWhere where);
/** "KEY is not carried over". */
void foreign_miss(const NetForeign *self, IfcfgWhere where, const char *what);
/** "'TEXT' is not understood, and not carried over". */
void foreign_fail(const NetForeign *self, IfcfgWhere where, const char *text);
/** "link", "global" */
gboolean foreign_scope(const char *text, guint8 *ret_scope);
/* Each of these takes one value, and tells of one that it cannot take. */
void foreign_address(NetForeign *self, NetIface *iface, const char *text, IfcfgWhere where);
void foreign_gateway(NetForeign *self, NetIface *iface, const char *text, IfcfgWhere where);
/** @line: as for `ip route add`, `ip rule add` */
void foreign_route(NetForeign *self, NetIface *iface, const char *line, int family, IfcfgWhere where);
void foreign_rule(NetForeign *self, NetIface *iface, const char *line, int family, IfcfgWhere where);
void foreign_option(NetForeign *self, NetIface *iface, const char *name, const char *text, IfcfgWhere where);
/** The same for an option of the port, by the name that it has in the table of its master's kind. */
void foreign_port_option(NetForeign *self, NetIface *port, const char *name, const char *text,
                         IfcfgWhere where);

/** A tunnel's key, of what comes in or of what goes out. */
void foreign_tunnel_key(NetForeign *self, NetIface *iface, gboolean is_in, const char *text,
                        IfcfgWhere where);

typedef enum {
    FOREIGN_AS_IS,
    FOREIGN_MILLISECONDS,
    FOREIGN_SECONDS,
    FOREIGN_TICKS,
    FOREIGN_SWITCH,
    FOREIGN_LOWER,
    FOREIGN_PAIRS, /* "1-2 3-4" */
    FOREIGN_COMMAS
} ForeignForm;
/** A value as our options want it: times have units, without one they are seconds; to be freed. */
char *foreign_value(ForeignForm form, const char *text);
/** A plain key, by its name in our files: "MTU". */
void foreign_field(NetForeign *self, NetIface *iface, const char *key, const char *text, IfcfgWhere where);
/** Servers or domains, separated by blanks, commas or semicolons. "~corp" chooses a server, and searches
 * nothing: that is named; so is a server with a port or a name of its own. */
void foreign_names(const NetForeign *self, NetIface *iface, gboolean is_search, const char *words,
                   IfcfgWhere where);
void foreign_dhcp(NetIface *iface, int family);
/** What is told to a DHCP server, or METRIC for the routes of the lease, by the name of the key in our files.
 * FALSE: it cannot be */
gboolean foreign_lease(NetIface *iface, const char *key, const char *text);
/** An option of a port that stands in the list of its master: "queue_id", "3". */
void foreign_listed_option(NetForeign *self, const NetIface *port, const char *name, const char *text,
                           IfcfgWhere where);
/** @kind: of the master; one that has no ports here is named */
void foreign_port(NetForeign *self, NetIface *port, const char *kind, const char *master, IfcfgWhere where);
/** A file's lines, to be freed by g_strfreev(): one that ends in a backslash has the next one in it, whose
 * place is an empty one, so that all keep their numbers. */
char **foreign_lines(const char *text);
/** Paths of files of a folder with this ending, sorted; empty if it is not there. */
GPtrArray *foreign_files(const char *dir, const char *ending);

/** A line KEY=VALUE of an INI file, whose sections and keys may be repeated. */
typedef struct {
    char *section, *key, *value;
    guint section_number; /* which section of the file */
    IfcfgWhere where;
} ForeignLine;

/** GPtrArray of ForeignLine*; a section without keys has one line with key "". NULL with @error */
GPtrArray *foreign_ini_load(const char *path, IfcfgProblems *problems, GError **error);
/** The first value, or NULL. */
const char *foreign_ini_get(const GPtrArray *lines, const char *section, const char *key);

/** What YAML says: a word, a list, or a mapping of words to such. */
typedef struct {
    char *key;  /* in a mapping, else NULL */
    char *text; /* of a word, else NULL */
    gboolean is_map;
    GPtrArray *items; /* ForeignNode*, else NULL */
    IfcfgWhere where; /* of the key, where there is one */
} ForeignNode;

/** NULL with @error for what is no YAML; an empty file has neither text nor items. */
ForeignNode *foreign_yaml_load(const char *path, IfcfgProblems *problems, GError **error);
void foreign_node_free(ForeignNode *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ForeignNode, foreign_node_free)
/** The entry of a mapping, or NULL. @self may be NULL, or no mapping. */
const ForeignNode *foreign_node_get(const ForeignNode *self, const char *key);
gboolean foreign_node_is(const ForeignNode *self, const char *key);
/** @self may be NULL; a word has none. */
guint foreign_node_length(const ForeignNode *self);
const ForeignNode *foreign_node_nth(const ForeignNode *self, guint index);
/** Those of a list or mapping with blanks between them; a word alone is one of one; to be freed. */
char *foreign_node_words(const ForeignNode *self);
/** As a later file changes an earlier one: words are replaced, lists go on. @later is taken; both have
 * items. */
void foreign_node_merge(ForeignNode *self, ForeignNode *later);
