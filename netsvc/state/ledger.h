/* What was configured by us and not by others: kept in /run/netsvc, so that `down` removes exactly that. No
 * I/O here. */
#pragma once
#include "model/model.h"

/** Stands for the route 169.254.0.0/16, whose metric follows from the ifindex and is not known here. */
#define NET_LEDGER_ZEROCONF "zeroconf"
/* in front of a rule: a file asks for it, and it is somebody else's */
#define NET_LEDGER_OTHERS "others "

/** The name in LedgerEntry.written of the configuration that teamd was started with. */
#define NET_LEDGER_TEAMD "teamd"
/** In LedgerEntry.written: that what no file asks for any more goes with the next lease ("4", "6", "46"). */
#define NET_LEDGER_HANDS_OVER "until-lease"

/** The name there of the VLANs that we gave a bridge or its port. */
#define NET_LEDGER_VLANS "vlans"

/** A set of texts. Read as a GPtrArray: len, g_ptr_array_index(). In the order in which they were added,
 * until one is removed: the last takes its place. */
typedef struct {
    gpointer *pdata; /* char*, owned */
    guint len;
    GPtrArray *texts;   /* what the two above are of; NULL: empty so far */
    GHashTable *places; /* text -> its index + 1; NULL: it is short, or nobody has asked */
} LedgerList;

typedef struct LedgerEntry {
    guint refs;        /* how many ledgers have it: net_ledger_copy() */
    char *name;        /* device */
    char *nick;        /* file suffix, for status lines after the file vanished */
    char *file;        /* path, for messages */
    char *kind;        /* IfaceKind name */
    gboolean created;  /* the device itself is ours: deleted by `down` */
    LedgerList *kinds; /* "bridge": as what we made it; several where its file got another TYPE meanwhile */
    gboolean up;       /* link was brought up by us */
    LedgerList *addresses; /* "10.0.11.2/24" */
    LedgerList *routes;    /* net_ledger_route_text(), or NET_LEDGER_ZEROCONF */
    LedgerList *rules;     /* net_ledger_rule_text() */
    LedgerList *nexthops;  /* net_nexthop_format() */
    LedgerList *leases;    /* "-4 dhcpcd" */
    LedgerList *ports;     /* enslaved by us */
    /* "mtu=1500", "ipv6/conf/eth0/accept_ra=1": what every link has and we have set, with the value before;
     * "mtu=": the device was made with it */
    LedgerList *attributes;
    /* "active_slave=eth0": options that change by themselves, as written last */
    LedgerList *written;
    /* its share of resolv.conf as it was put there, in order: net_names_lines() */
    LedgerList *names;
    char *zone;        /* of firewalld, as told; NULL: none */
    guint64 firewalld; /* to which run of it: NetObserved.firewalld */
    /* "up eth0": hooks that have been run since it came up, those of its silent ports and aliases too */
    LedgerList *hooks;
    GPtrArray *unknown; /* char*: "key=value", of another version: kept as they are; NULL: none */
} LedgerEntry;

/** One list of an entry: a loop over the rows reaches them all. */
typedef struct {
    const char *key; /* on disk */
    gsize offset;    /* in LedgerEntry */
} LedgerListRow;

/** Ends with a row without a key. */
extern const LedgerListRow ledger_list_rows[];
LedgerList *ledger_entry_list(const LedgerEntry *entry, const LedgerListRow *row);

typedef struct {
    GPtrArray *entries;  /* LedgerEntry*, in order of configuration */
    GHashTable *by_name; /* to entries */
    guint last_place;    /* of the entry that was looked for there last */
    /* net_op_to_text(): what is somebody else's and falls with what we do, until it is back */
    LedgerList *owed;
} NetLedger;

NetLedger *net_ledger_new(void);
/** A record of its own. Both have the same entries, until one of them changes some. */
NetLedger *net_ledger_copy(const NetLedger *self);
void net_ledger_free(NetLedger *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NetLedger, net_ledger_free)

/** The entry of a device, or NULL. */
const LedgerEntry *net_ledger_find(const NetLedger *self, const char *device);
/** The entry of a device, for being changed; a new one if there is none. What net_ledger_find() gave before
 * may be gone. */
LedgerEntry *net_ledger_ensure(NetLedger *self, const char *device);
void net_ledger_remove(NetLedger *self, const char *device);

/** What the ledger calls a route of @dev or a rule: ifcfg_route_format() with every device named,
 * ifcfg_rule_format(); each behind
 *  "-4 " or "-6 ". */
char *net_ledger_route_text(const IfcfgRoute *route, const char *dev);
char *net_ledger_rule_text(const IfcfgRule *rule);
/** "-4 dhcpcd" */
char *net_ledger_lease_text(const NetLease *lease);
/** The share of resolv.conf that an entry has, to be freed; empty if it has none. */
NetNames *net_ledger_names(const LedgerEntry *entry);
/** Sets it; NULL: none. */
void net_ledger_set_names(LedgerEntry *entry, const NetNames *names);
/** The place of a text, from 1 on; 0: it is not there. NULL is an empty list. */
guint net_ledger_list_place(const LedgerList *list, const char *text);
/** The list holds this text; NULL is an empty list. */
gboolean net_ledger_list_has(const LedgerList *list, const char *text);
/** The value of NAME=VALUE in a list, or NULL; lists of such have each name once. */
const char *net_ledger_list_value(const LedgerList *list, const char *name);
/** Sets, or with NULL takes away, the value of a name. */
void net_ledger_list_set_value(LedgerList *list, const char *name, const char *value);
/** Adds a text once; takes it away. */
void net_ledger_list_add(LedgerList *list, const char *text);
/** The same of a text that is handed over. */
void net_ledger_list_take(LedgerList *list, char *text);
/** Takes the texts of a list that is read back: none of them is there twice. */
void net_ledger_list_read(LedgerList *list, char **texts);
void net_ledger_list_remove(LedgerList *list, const char *text);
