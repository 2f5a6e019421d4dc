/* Operations: what a plan is a flat list of. Data only; printable; carried out by a back end. */
#pragma once
#include "state/ledger.h"
#include "state/observed.h"

typedef enum { /* what to do; the comment names the fields in use besides dev. Removing what is gone, and
                * LINK_DOWN of a device that is gone, succeed: what was wanted is so. */
               NET_OP_SYSCTL_APPLY, /* the net.* settings of sysctl.d and sysctl.conf */
               NET_OP_MODULE_LOAD,  /* text: module or alias; text2: options, or NULL */
               NET_OP_LINK_WAIT, /* timeout_ms: until the device is there; 0: it must be there now. mac: and
                                    has this permanent address. text: it is known to be another NIC, why;
                                    fails with it. text2: to be told when it does not come */
               NET_OP_LINK_ADD,  /* text: kind ("bond"); settings; mac; mtu; settings go in one message as far
                                    as they can */
               NET_OP_LINK_DELETE,
               NET_OP_LINK_UP,
               NET_OP_LINK_DOWN,
               NET_OP_LINK_MAC,    /* mac */
               NET_OP_LINK_MTU,    /* number */
               NET_OP_LINK_ARP,    /* number: 0 or 1 */
               NET_OP_PORT_ADD,    /* master */
               NET_OP_PORT_REMOVE, /* master */
               NET_OP_BOND_SET, /* settings: of a bond that exists; one netlink message, what it cannot carry
                                   by sysfs, in order */
               NET_OP_CARRIER_WAIT,  /* timeout_ms; number 1: and a port has come to terms with the switch
                                        (LACP) */
               NET_OP_ADDR_PROBE,    /* address; timeout_ms, number (tries): ARP duplicate check */
               NET_OP_ADDR_ADD,      /* address */
               NET_OP_ADDR_DELETE,   /* address; others of its network stay */
               NET_OP_ADDR_ANNOUNCE, /* address: gratuitous ARP */
               NET_OP_SYSCTL_SET,    /* text: key below net/, with `/`; text2: value */
               NET_OP_ROUTE_ADD,     /* route; flag metric_plus_ifindex; replace */
               NET_OP_ROUTE_DELETE,  /* route; flag metric_plus_ifindex */
               NET_OP_RULE_ADD,      /* rule */
               NET_OP_RULE_DELETE,   /* rule */
               NET_OP_VERIFY,        /* iface: read back and compared with what was asked for */
               NET_OP_LAST
} NetOpType;

typedef enum { /* order of work within an interface; also how work of many interfaces is batched */
               NET_PHASE_SYSCTL,
               NET_PHASE_MODULE,
               NET_PHASE_DEVICE,    /* wait for NICs */
               NET_PHASE_RULES_OUT, /* deletions come first, so that start can repair */
               NET_PHASE_ROUTES_OUT,
               NET_PHASE_ADDRESSES_OUT,
               NET_PHASE_PORTS_OUT,
               NET_PHASE_LINKS_DOWN,
               NET_PHASE_LINKS_OUT, /* delete devices */
               NET_PHASE_CREATE,
               NET_PHASE_MODE, /* options that need a bond without ports */
               NET_PHASE_LINK, /* MAC, MTU, ARP */
               NET_PHASE_PORTS,
               NET_PHASE_UP,
               NET_PHASE_PORT_OPTIONS, /* options that need ports */
               NET_PHASE_L2_DONE,      /* what depends on this interface may start when all before is done */
               NET_PHASE_CARRIER,
               NET_PHASE_PROBE,
               NET_PHASE_ADDRESSES,
               NET_PHASE_ROUTES_LINK, /* routes without a gateway */
               NET_PHASE_ROUTES,
               NET_PHASE_RULES,
               NET_PHASE_ANNOUNCE_CARRIER, /* addresses that are not probed need no carrier before */
               NET_PHASE_ANNOUNCE,
               NET_PHASE_VERIFY,
               NET_PHASE_LAST
} NetPhase;

typedef enum {              /* what a failure of the operation means */
               NET_FATAL,   /* the interface failed: the rest of its group is left out */
               NET_DEGRADE, /* [WARNING]; later operations on the same dev in this group are left out (a
                               missing port) */
               NET_WARN,    /* [WARNING]; all else goes on */
} NetSeverity;

/** Pointers are borrowed from the model, the ledger or the plan's own pool and live as long as the plan. */
typedef struct NetOp {
    NetOpType type;
    NetPhase phase;
    NetSeverity severity;
    guint group; /* index of the group */
    const char *dev;
    const char *owner; /* device whose ledger entry this belongs to (the bond, for its ports' work) */
    const char *master;
    const char *text, *text2;
    guint32 number;
    guint timeout_ms;
    IfcfgMac mac;
    guint32 mtu;
    const NetAddress *address;
    const IfcfgRoute *route;
    const IfcfgRule *rule;
    const GPtrArray *settings; /* BondSetting*, write order */
    const NetIface *iface; /* whose work it is (the ledger takes name, file and kind from it); NET_OP_VERIFY:
                              what is compared */
    gboolean metric_plus_ifindex, replace;
    gboolean forget;  /* the last work of a `down`: the owner's ledger entry ends with it */
    IfcfgWhere where; /* what the operation comes from */
} NetOp;

/** Notes one operation as done: additions add to the entry of op->owner, deletions take away; an entry with
 * nothing left goes. */
void net_ledger_note(NetLedger *self, const NetOp *op);

const char *net_op_type_name(NetOpType type); /* "link-add" */
const char *net_phase_name(NetPhase phase);
/** One line in words: `bond0: create bond mode=active-backup miimon=100 mac=..`. */
char *net_op_format(const NetOp *op);
