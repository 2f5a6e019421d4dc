/* What `netsvc status` tells of each interface: as configured against as it is. Pure. */
#pragma once
#include "model/model.h"
#include "state/observed.h"

typedef enum {
    /* as its files say */
    HEALTH_OK,
    /* it works, but with less than it should: a port or a cable is missing */
    HEALTH_DEGRADED,
    /* something is not as its files say */
    HEALTH_DIFFERS,
    HEALTH_DOWN,
    /* no file configures it, or one that nobody here understands yet */
    HEALTH_NOT_OURS,
} StatusHealth;

typedef enum {
    STATUS_PORT_USED,
    STATUS_PORT_ACTIVE,
    STATUS_PORT_WAITING,
    STATUS_PORT_UNUSABLE
} StatusPortState;

typedef struct {
    const char *name;
    StatusPortState state;
} StatusPort;

/** Names and files belong to the model and the picture. */
typedef struct {
    const char *name, *kind, *file;
    StatusHealth health;
    /* it is to be up: by ONBOOT, or since it is up */
    gboolean is_wanted;
    gboolean is_up;
    GArray *ports;        /* StatusPort, those that are in first */
    GPtrArray *addresses; /* char* */
    GPtrArray *wrong;     /* NetDifference* */
} StatusRow;

/**
 * @names: interfaces to tell of, NULL-terminated; NULL: all that have a line of their own, and behind them
 * all devices that no file configures Returns: GPtrArray of StatusRow*, in configuration order
 */
GPtrArray *status_rows(const NetModel *model, const NetObserved *observed, const char *const *names);
/** "ok", "degraded" ...: for programs; to be translated for people. */
const char *status_health_name(StatusHealth state);
/** "eth0*", "(eth1)", "[eth2]": active, waiting to become it, unusable. To be freed. */
char *status_port_text(const StatusPort *port);
/** The worst of the interfaces that are to be up; HEALTH_DOWN only if none of them is up. */
StatusHealth status_rows_worst(const GPtrArray *rows);
