/* What the targets share: a tree of what is written, the keys that were taken, and the tables. */
#pragma once
#include "export/export.h"
#include "model/iface.h"
#include "model/kind.h"

/* --- what is written: sections and keys, or objects and members --- */

typedef enum { EXPORT_GROUP, EXPORT_LIST, EXPORT_TEXT, EXPORT_NUMBER, EXPORT_BOOL } ExportNodeKind;

typedef struct {
    char *name; /* NULL: an element of a list */
    ExportNodeKind kind;
    char *text; /* of a leaf, always */
    gint64 number;
    GPtrArray *children; /* ExportNode* */
} ExportNode;

ExportNode *export_node_new(const char *name, ExportNodeKind kind);
void export_node_free(ExportNode *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ExportNode, export_node_free)
/** The member of that name, made where it is missing. */
ExportNode *export_group(ExportNode *self, const char *name);
ExportNode *export_list(ExportNode *self, const char *name);
/** One more of that name (a section [Route]), or with NULL an element of a list. */
ExportNode *export_group_add(ExportNode *self, const char *name);
/** Nothing where @text is NULL. */
void export_text(ExportNode *self, const char *name, const char *text);
void export_format(ExportNode *self, const char *name, const char *format, ...) G_GNUC_PRINTF(3, 4);
void export_number(ExportNode *self, const char *name, gint64 number);
void export_bool(ExportNode *self, const char *name, gboolean value);
/** The list at "link-aggregation/options/ns_ip6_target". */
ExportNode *export_list_at(ExportNode *self, const char *place);
/** @place: "bond/miimon", "link-aggregation/options/miimon". */
void export_put(ExportNode *self, const char *place, ExportNodeKind kind, const char *text, gint64 number);
/** As NetworkManager's keyfiles have it, with their escapes; or as units of systemd have it, without any. */
char *export_print_ini(const ExportNode *self, gboolean has_escapes);
char *export_print_json(const ExportNode *self);

/* --- one run --- */

typedef struct {
    const ExportTarget *target;
    const NetModel *model;
    ExportResult *result;
    GHashTable *taken;          /* IfcfgAssignment*: carried over, or told as lost */
    GHashTable *dirty;          /* interned names of files of which something is lost */
    guint32 priorities[2];      /* that the next rule without one gets, IPv4 and IPv6 */
    ExportNode *document;       /* of a target with a single file */
    const GPtrArray *selection; /* NetIface* that are written */
} Export;

struct ExportTarget {
    const char *name, *title;
    guint column; /* in the tables */
    /** Adds the files of a device, or its part of the document. @type: the column's word for its kind */
    void (*write)(Export *self, const NetIface *iface, const char *type);
    /** After the last device; may be NULL. */
    void (*finish)(Export *self);
};
extern const ExportTarget export_nm, export_networkd, export_nmstate;

enum { EXPORT_COLUMN_NM, EXPORT_COLUMN_NETWORKD, EXPORT_COLUMN_NMSTATE, EXPORT_COLUMNS };

/** Takes @text. */
void export_add_file(Export *self, const char *path, char *text, guint mode);
/** Notes what is lost; the assignment at that place counts as told. @why as in printf */
void export_lose(Export *self, const NetIface *iface, IfcfgWhere where, const char *what, const char *why,
                 ...) G_GNUC_PRINTF(5, 6);
/** A key of this interface is carried over, wherever it counts from. */
void export_take(Export *self, const NetIface *iface, const char *key);
/** The assignment at a place is. */
void export_take_where(Export *self, const NetIface *iface, IfcfgWhere where);
/** A key as a loss, with its value. */
void export_lose_key(Export *self, const NetIface *iface, const char *key, const char *why);
/** Its device and the aliases that come up with it: NetIface*. */
GPtrArray *export_parts(Export *self, const NetIface *iface);
/** Whether it has addresses of its own: no port, or one of a VRF. */
gboolean export_has_layer3(const NetIface *iface);
/** Whether it is there only to tell the kernel what the kernel does: lo as everybody has it. */
gboolean export_is_plain_loopback(const NetIface *iface);
/** The priority of a rule, as the kernel would choose it where none is given. */
guint32 export_rule_priority(Export *self, const IfcfgRule *rule);
/** Whether it comes up at boot; ports that come with their controller do as that does. */
gboolean export_is_at_boot(const NetIface *iface);
/** "eui64" or "stable-privacy": by which the kernel makes the addresses that it chooses itself. */
const char *export_addr_gen_mode(const NetIface *iface);
/** The setting of net.ipv6.conf that its file asks for; FALSE: it asks for none. */
gboolean export_conf_find(const NetIface *iface, guint conf, gint32 *ret_value);

/* --- addresses, routes, rules (export-address.c) --- */

enum { EXPORT_HAS_LABEL = 1, EXPORT_HAS_BROADCAST = 2, EXPORT_HAS_SCOPE = 4, EXPORT_HAS_PEER = 8 };
/** What an address has beside itself: EXPORT_HAS_*. */
guint export_address_specials(const NetIface *iface, const NetAddress *address);
/** Names those of them that the target has no word for. */
void export_address_lose(Export *self, const NetIface *iface, const NetAddress *address, guint specials);
/** @word: what of the route is lost; NULL: all of it */
void export_route_lose(Export *self, const NetIface *iface, const IfcfgRoute *route, const char *word);
void export_rule_lose(Export *self, const NetIface *iface, const IfcfgRule *rule);
/** "unreachable"; NULL: a type that no target knows. */
const char *export_route_type(const IfcfgRoute *route);
/** Whether it leaves by another device than its file's. */
gboolean export_route_is_elsewhere(const NetIface *iface, const IfcfgRoute *route);
/** Whether it has something that no target knows. */
gboolean export_route_is_odd(const IfcfgRoute *route);
/** Nothing but destination and gateway. */
gboolean export_route_is_plain(const IfcfgRoute *route);
typedef void (*ExportMetricPut)(const char *word, guint32 value, gpointer data);
void export_route_metrics(Export *self, const NetIface *iface, const IfcfgRoute *route, ExportMetricPut put,
                          gpointer data);
/** "table", "blackhole"; NULL: an action that no target knows. */
const char *export_rule_type(const IfcfgRule *rule);
/** Whether it has something that no target knows. */
gboolean export_rule_is_odd(const IfcfgRule *rule);

/* --- by the tables (export-options.c) --- */

/** All options of the device and as a port: into @own and @port (nmstate has ports in the controller). */
void export_options(Export *self, const NetIface *iface, ExportNode *own, ExportNode *port);
/** BRIDGE_VLANS and BRIDGE_PORT_VLANS. */
void export_vlans_nm(Export *self, const NetIface *iface, ExportNode *root);
void export_vlans_networkd(Export *self, const NetIface *iface, ExportNode *root);
/** Those of a port, into its entry in the bridge, which filters by them then. */
void export_vlans_nmstate(Export *self, const NetIface *port, ExportNode *entry);
/** The plain keys. */
void export_keys(Export *self, const NetIface *iface, ExportNode *node);
/** Everything of ETHTOOL_OPTS that has a row. */
void export_ethtool(Export *self, const NetIface *iface, ExportNode *node);
/** Names all that the file has and nobody took. */
void export_tell_rest(Export *self, const NetIface *iface);
void export_tell_rest_of_network(Export *self);

/* --- the tables (export-table.c) --- */

/* How a value is written. */
typedef enum {
    EXPORT_AS_TEXT,
    EXPORT_AS_NUMBER,   /* of enumerations: their number */
    EXPORT_AS_BOOL,     /* true, false */
    EXPORT_AS_YES,      /* yes, no */
    EXPORT_AS_NOT,      /* the contrary, as true and false */
    EXPORT_AS_NO,       /* the contrary, as yes and no */
    EXPORT_AS_MS,       /* "100ms" */
    EXPORT_AS_S,        /* "5s" */
    EXPORT_AS_FROM_S,   /* of seconds: milliseconds */
    EXPORT_AS_TICKS_S,  /* of ticks: whole seconds, a number */
    EXPORT_AS_TICKS_MS, /* of ticks: "1500ms" */
    EXPORT_AS_BLANKS,   /* a list with blanks in place of commas */
    EXPORT_AS_ENDED,    /* a list with a semicolon behind each */
    EXPORT_AS_MAP,      /* "0:1 6:5" as "0-1 6-5" */
    EXPORT_AS_LIST,     /* "a,b" as ["a", "b"] */
    EXPORT_AS_PAIRS,    /* "0:1 6:5" as [{"from": 0, "to": 1}, {"from": 6, "to": 5}] */
    EXPORT_AS_IMPLIED,  /* follows from something else that is written */
} ExportForm;

typedef struct {
    const char *place; /* NULL: the target has no word for it */
    guint8 form;       /* ExportForm */
    const char *words; /* "none|all", "vepa=1|bridge=2": all that it takes, and how; NULL: anything */
} ExportCell;

/** One value by a cell. Returns FALSE where the target has no word for it. */
gboolean export_cell_put(ExportNode *node, const ExportCell *cell, const char *text, gint64 number);

typedef struct {
    const char *kind, *option;
    gboolean is_port;
    ExportCell cells[EXPORT_COLUMNS];
} ExportOption;

typedef struct {
    const char *key;
    ExportCell cells[EXPORT_COLUMNS];
} ExportKey;

typedef struct {
    const char *kind;
    const char *types[EXPORT_COLUMNS]; /* NULL: the target has no such devices */
} ExportType;

typedef struct {
    guint metric; /* RTAX_* */
    const char *words[EXPORT_COLUMNS];
} ExportMetric;

typedef struct {
    const char *verb, *word; /* "-G", "rx" */
    ExportCell cells[EXPORT_COLUMNS];
} ExportEthtool;

typedef struct {
    const char *key;    /* "ARPING_*": all that begin so */
    guint columns;      /* bits */
    const char *reason; /* N_() */
} ExportReason;

const ExportOption *export_option_find(const char *kind, const char *option, gboolean is_port);
const ExportKey *export_keys_table(gsize *ret_count);
const ExportMetric *export_metrics_table(gsize *ret_count);
/** What says whose port one is, or who the ports are; NULL: nothing. */
const char *export_ports_find(const char *kind, guint column);
const char *export_type_find(const char *kind, guint column);
const ExportEthtool *export_ethtool_find(const char *verb, const char *word);
/** Why a target does not have a key, or NULL: no particular reason. */
const char *export_reason_find(const char *key, guint column);
/** Keys that say which device it is and what it stands on, or belong to addresses and the default route:
 * whoever writes the device has them all in the model. */
gboolean export_key_is_structure(const char *key);
/** [ipv4] and [ipv6] of a keyfile. */
void export_nm_layer3(Export *self, const NetIface *iface, ExportNode *root);
