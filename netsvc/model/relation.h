/* What an interface has to do with others: the device that it is a port of, stands on, is paired with or
 * reaches its other end through. One list, read by one table, whatever the types are. */
#pragma once
#include "ifcfg-problem.h"
#include <glib.h>

typedef struct NetIface NetIface;

typedef enum {
    NET_PORT_OF,   /* MASTER, BRIDGE, TEAM_MASTER, VRF: it belongs to the other one */
    NET_STANDS_ON, /* PHYSDEV, eth0.5: the other one is its lower device */
    NET_PEER,      /* both ends are one thing */
    NET_UNDERLAY,  /* its packets are sent from an address of the other one */
} NetRole;

typedef struct {
    NetRole role;
    const char *key;    /* static: what says so; "DEVICE" where the name of the device does */
    const char *others; /* static: name of the kind at the other end, "bond"; NULL: any */
    char *name;         /* of the other end, as written */
    NetIface *iface;    /* the other end, not owned; NULL when no file configures it */
    IfcfgWhere where;
    gboolean is_made;  /* the port makes the other end where no file does */
    gboolean optional; /* the other end need not be configured here */
} NetRelation;

void net_relation_free(NetRelation *relation);

/** Adds a relation, by the first key of the table that says it; @others: name of the kind at the other end,
 * or NULL. Returns: whether a key says it of this kind. */
gboolean net_iface_relate(NetIface *iface, NetRole role, const char *others, const char *name);
/** The first relation of this role (there is one, but for NET_UNDERLAY), or NULL. */
const NetRelation *net_iface_relation(const NetIface *iface, NetRole role);
/** Whether it is a port of something, be that configured or not. */
gboolean net_iface_is_port(const NetIface *iface);
/** What it is a port of, or NULL: it is none, or no file configures that. */
NetIface *net_iface_master(const NetIface *iface);
/** The place that says of what it is a port; that of the interface where it is none. */
IfcfgWhere net_iface_master_where(const NetIface *iface);
/** The device that it stands on, or NULL. */
NetIface *net_iface_lower(const NetIface *iface);

/** Whether it has a status line of its own: aliases and the ports of a bond come up with another one. A port
 * whose master nobody configures would be missed by everybody: it has one. */
gboolean net_iface_has_line(const NetIface *iface);
