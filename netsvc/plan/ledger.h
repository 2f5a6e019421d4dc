/* What was configured by us and not by others: kept in /run/netsvc, so that `down` removes exactly that. No I/O here. */
#pragma once
#include "model/model.h"

typedef struct {
    char *name;           /* device */
    char *nick;           /* file suffix, for status lines after the file vanished */
    char *file;           /* path, for messages */
    char *kind;           /* IfaceKind name */
    gboolean created;     /* the device itself is ours: deleted by `down` */
    gboolean up;          /* link was brought up by us */
    GPtrArray *addresses; /* char*: "10.0.11.2/24" */
    GPtrArray *routes;    /* char*: ifcfg_route_format() with every device named */
    GPtrArray *rules;     /* char*: ifcfg_rule_format() behind "-4 " or "-6 " */
    GPtrArray *ports;     /* char*: enslaved by us */
} LedgerEntry;

typedef struct {
    GPtrArray *entries;  /* LedgerEntry*, in order of configuration */
    GHashTable *by_name; /* to entries */
} NetLedger;

NetLedger *net_ledger_new(void);
NetLedger *net_ledger_copy(const NetLedger *self);
void net_ledger_free(NetLedger *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NetLedger, net_ledger_free)

LedgerEntry *net_ledger_find(const NetLedger *self, const char *device);
LedgerEntry *net_ledger_ensure(NetLedger *self, const char *device);
void net_ledger_remove(NetLedger *self, const char *device);

typedef struct NetOp NetOp;
/** Notes one operation as done: additions add to the entry of op->owner, deletions take away; an entry with nothing left goes. */
void net_ledger_note(NetLedger *self, const NetOp *op);
