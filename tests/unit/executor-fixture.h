/* A plan, a scripted back end and what the executor tells: what its tests stand on. */
#pragma once
#include "apply/executor.h"
#include <string.h>

/* A back end whose script says which operations fail, which wait, and that records batches. */
typedef struct {
    NetBackend base;
    const char *fail;                       /* operations whose line contains this fail */
    const char *wait;                       /* these end later, from the main loop */
    const char *hold;                       /* these end only when they are cancelled */
    const char *note;                       /* these succeed with a warning note */
    GString *log;                           /* "[line|line]" a batch */
    GPtrArray *waiting;                     /* Waiting* */
    NetObserved *(*observe)(gpointer data); /* what is read back; NULL: nothing to compare */
    NetObserved *picture;
    guint observed, cancelled;
} FakeBackend;

/* What the reporter heard, as text. */
typedef struct {
    GString *groups;   /* "bond0 OK;" in order of completion */
    GString *messages; /* a line each, errors behind "E " */
    GString *waits;
    GPtrArray *ledgers; /* NetLedger* copies */
    const NetPlan *plan;
    gboolean *stop_at_wait;
} Heard;

typedef struct {
    NetPlan *plan;
    FakeBackend *backend;
    NetLedger *ledger;
    Heard heard;
    NetPlan *(*repair)(const GPtrArray *groups, const NetObserved *observed, gpointer data);
    gboolean stop, succeeded;
} Fixture;

/** NetReporter.group_done: writes down how the group ended, and its messages. */
void fixture_group_heard(guint group, NetOutcome outcome, const GPtrArray *messages, gpointer data);
void fixture_setup(Fixture *f, gconstpointer data);
void fixture_teardown(Fixture *f, gconstpointer data);
NetGroup *fixture_add_group(Fixture *f, const char *dev);
void fixture_add_need(NetGroup *group, guint needed);
NetOp *fixture_add_op(Fixture *f, NetOpType type, NetPhase phase, const char *dev, NetSeverity severity);
/** MTU=1400, or 9000. */
const LinkSetting *fixture_mtu(gboolean is_big);
void fixture_run(Fixture *f);
void fixture_add_simple(Fixture *f, const char *dev);
void fixture_add_bond(Fixture *f, const char *bond, const char *first, const char *second);
