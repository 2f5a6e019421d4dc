/* Operations: what a plan is a flat list of. Data only; printable; carried out by a back end. */
#pragma once
#include "ethtool-options.h"
#include "plan/program.h"
#include "state/ledger.h"
#include "state/nexthop.h"
#include "state/observed.h"

typedef enum {
    /** What to do, and which member of the union says more than `dev`. Removing what is gone, and setting
     * down a device that is gone, succeed: what was wanted is so. Rows: op-kinds.c. */
    NET_OP_SYSCTL_APPLY, /* the net.* settings of sysctl.d and sysctl.conf */
    NET_OP_MODULE_LOAD,  /* module */
    NET_OP_LINK_WAIT,    /* wait */
    NET_OP_LINK_ADD,     /* create */
    NET_OP_LINK_DELETE,  /* master: of a port, or NULL */
    NET_OP_LINK_UP,
    NET_OP_LINK_DOWN,
    NET_OP_LINK_ATTR,     /* attr: of what every link has, whatever its kind */
    NET_OP_PORT_ADD,      /* master */
    NET_OP_PORT_REMOVE,   /* master */
    NET_OP_LINK_SET,      /* set: options of a device that exists; one netlink message, what it cannot carry
                             by sysfs, in order */
    NET_OP_PORT_SET,      /* set: options of a port; the same */
    NET_OP_VLANS_ADD,     /* vlans: of a bridge or its port, the PVID first; those that are there have what is
                             said of them from then on */
    NET_OP_VLANS_DELETE,  /* vlans */
    NET_OP_CARRIER_WAIT,  /* carrier */
    NET_OP_DAD_WAIT,      /* wait: until the kernel has checked the IPv6 address, or all of the device */
    NET_OP_ADDR_PROBE,    /* probe: ARP duplicate check */
    NET_OP_ADDR_ADD,      /* address; one that is there, and expires, is for ever from then on */
    NET_OP_ADDR_DELETE,   /* address; others of its network stay */
    NET_OP_ADDR_ANNOUNCE, /* address: gratuitous ARP, or an unsolicited neighbour advertisement */
    NET_OP_LEASE_GET,     /* lease: a client is started, unless it runs, and its address waited for */
    NET_OP_LEASE_DROP,    /* lease: its client ends, or gives the address back */
    NET_OP_NEIGH_ADD,     /* neighbour, for good */
    NET_OP_SYSCTL_SET,    /* sysctl */
    NET_OP_NEXTHOP_SET,   /* nexthop: it is there from then on; `replaces`: in place of one of its number, and
                             all routes by that follow at once */
    NET_OP_NEXTHOP_DELETE, /* nexthop, by its number; routes by it go too */
    NET_OP_ROUTE_ADD,      /* route, by_nexthop, metric_plus_ifindex, replace */
    NET_OP_ROUTE_DELETE,   /* route, by_nexthop, metric_plus_ifindex */
    NET_OP_RULE_ADD,       /* rule */
    NET_OP_RULE_DELETE,    /* rule */
    NET_OP_NAMES_SET,      /* names: the device's share of resolv.conf is this one from now on */
    NET_OP_NAMES_DROP,     /* names: it has none any more */
    NET_OP_ZONE_SET,       /* zone: firewalld has the device in it from now on */
    NET_OP_ZONE_DROP,      /* zone: the device is in none */
    NET_OP_ETHTOOL_SET,    /* ethtool: one part of ETHTOOL_OPTS */
    NET_OP_HOOK_RUN,       /* hook: programs of the administrator */
    NET_OP_TEAMD_START,    /* teamd: it rules the team from now on, in place of one that does */
    NET_OP_TEAMD_STOP,     /* it ends; the device and its ports stay */
    NET_OP_MANAGER_LEAVE,  /* NetworkManager is asked to leave the device alone */
    NET_OP_VERIFY,         /* iface: read back and compared with what was asked for */
    NET_OP_LAST
} NetOpType;

typedef enum {
    /** Order of work within an interface; also how work of many interfaces is batched. */
    NET_PHASE_SYSCTL,
    NET_PHASE_PRE_HOOKS,
    NET_PHASE_MODULE,
    /** Wait for NICs. */
    NET_PHASE_DEVICE,
    /** Name servers that nobody will reach, before the way to them goes. */
    NET_PHASE_NAMES_OUT,
    /** What a `down` takes away, and what is in the way of what comes. */
    NET_PHASE_RULES_OUT,
    NET_PHASE_ROUTES_OUT,
    NET_PHASE_ADDRESSES_OUT,
    NET_PHASE_PORTS_OUT,
    NET_PHASE_LINKS_DOWN,
    /** Devices go: see NetOp.depth. */
    NET_PHASE_LINKS_OUT,
    NET_PHASE_CREATE,
    /** Options that need a bond without ports. */
    NET_PHASE_MODE,
    /** MAC, MTU, ARP. */
    NET_PHASE_LINK,
    NET_PHASE_PORTS,
    /** The firewall's zone: before anything can come in. */
    NET_PHASE_ZONES,
    NET_PHASE_UP,
    /** Options that need ports. */
    NET_PHASE_PORT_OPTIONS,
    /** A mark: the link is as it shall be. */
    NET_PHASE_L2_DONE,
    NET_PHASE_CARRIER,
    NET_PHASE_PROBE,
    NET_PHASE_ADDRESSES,
    /** By DHCP. */
    NET_PHASE_LEASE,
    /** Routes without a gateway. */
    NET_PHASE_ROUTES_LINK,
    NET_PHASE_ROUTES,
    NET_PHASE_RULES,
    /** What a live interface no longer has goes when what takes its place is there ... */
    NET_PHASE_LATE_RULES_OUT,
    NET_PHASE_LATE_ROUTES_OUT,
    NET_PHASE_LATE_ADDRESSES_OUT,
    /** ... and what the kernel takes along with it is put back. */
    NET_PHASE_ADDRESSES_BACK,
    /** Addresses that held the place of others. */
    NET_PHASE_HOLDERS_OUT,
    NET_PHASE_ROUTES_LINK_BACK,
    NET_PHASE_ROUTES_BACK,
    NET_PHASE_RULES_BACK,
    /** Name servers and the host's name. */
    NET_PHASE_NAMES,
    /** Addresses that are not probed need no carrier before. */
    NET_PHASE_ANNOUNCE_CARRIER,
    NET_PHASE_ANNOUNCE,
    /** IPv6 addresses become usable: all that could be done meanwhile is done. */
    NET_PHASE_DAD,
    /** Those that are can be announced only then. */
    NET_PHASE_LATE_ANNOUNCE,
    NET_PHASE_VERIFY,
    NET_PHASE_POST_HOOKS,
    NET_PHASE_LAST
} NetPhase;

typedef enum {
    /** What a failure of the operation means. FATAL: the interface failed, the rest of its group is not
     * begun.
     */
    NET_FATAL,
    /** [WARNING]; later operations on the same dev in this group are not begun (a missing port). */
    NET_DEGRADE,
    /** The same; and when the devices of all such operations of the group have failed, the group has
     * (NetGroup.no_device_left; with `stands_on`: no_claim_left). */
    NET_ONE_OF,
    /** [WARNING]; all else goes on. */
    NET_WARN,
} NetSeverity;

/** Whose work makes that of an operation needless. */
typedef struct {
    guint group;
    /* what stands on this, in that group: if that fails, the group has not got there even if all else is well
     */
    gconstpointer item;
} NetRival;

/** Pointers are borrowed from the model, the ledger or the plan's own pool and live as long as the plan. */
typedef struct NetOp {
    NetOpType type;
    NetPhase phase;
    NetSeverity severity;
    guint group;  /* index of the group */
    guint8 depth; /* how many devices are below `dev`: in one phase, what others stand on is made first and
                     goes last */
    const char *dev;
    const char *owner;     /* device whose ledger entry this belongs to (the bond, for its ports' work) */
    const NetIface *iface; /* whose work it is (the ledger takes name, file and kind from it); NET_OP_VERIFY:
                              what is compared */
    gboolean forget;       /* the last work of a `down`: the owner's ledger entry ends with it */
    /* an address or route of the plan: when an operation that stands on it fails, later ones that do are not
     * begun */
    gconstpointer stands_on;
    /* the lease of the plan without which it is not begun, since what it takes away or puts back stays until
     * then; or NULL */
    const NetLease *after;
    /* GArray of NetRival: only if none of them gets there; NULL: in any case */
    const GArray *rivals;
    /* the kernel has it already, or no more: the ledger alone learns of it */
    gboolean is_only_recorded;
    /* with that: it is somebody else's, and the ledger learns that it stays so */
    gboolean is_others;
    gboolean is_back; /* puts back what was there before and is not ours: the ledger does not learn of it */
    IfcfgWhere where; /* what the operation comes from */
    /** What the type needs to know besides; nothing of the others is set. */
    union {
        struct {
            const char *name;    /* module or alias */
            const char *options; /* or NULL */
        } module;
        struct {
            guint timeout_ms;          /* until the device is there; 0: it must be there now */
            IfcfgMac mac;              /* and has this permanent address, if any */
            const char *why;           /* it is known to be another NIC, why; fails with it. Or NULL */
            const char *hint;          /* told when it does not come, or NULL */
            const NetAddress *address; /* NET_OP_DAD_WAIT: the one; NULL: all of the device */
            gboolean wants_one;        /* NET_OP_DAD_WAIT: until a link-local one can be used */
        } wait;
        struct {
            const LinkFamily *family;
            const GPtrArray *settings; /* LinkSetting*, write order; in one message as far as they can. Or
                                          NULL */
            IfcfgMac mac;
            guint32 mtu;       /* 0: as the driver has it */
            const char *lower; /* the device that it stands on, or NULL */
            const char *peer;  /* the other end that comes with it, or NULL */
            guint32 ifindex;   /* its number; 0: the kernel gives one */
        } create;
        struct {
            const LinkSetting *setting; /* a row of link_attributes */
            const char *before;         /* what it was; "": as the driver has it. NULL: the ledger does not
                                           learn of it */
            gboolean gives_back;        /* it is what was there before ours */
        } attr;
        const char *master;
        struct {
            const LinkFamily *family;
            const GPtrArray *settings; /* LinkSetting*, write order */
            const char *controller;    /* of a port; else NULL */
        } set;
        struct {
            const char *list;   /* bridge_vlans_format() */
            const char *record; /* all that are ours from then on; NULL: the ledger does not learn of it */
            gboolean is_self;   /* the bridge's own, not a port's */
        } vlans;
        struct {
            guint timeout_ms;
            /* what a port has to come to terms with the other end of its cable by ("LACP"), or NULL */
            const char *partner;
            /* how much longer it may take when a port has carrier by then, and the device does not use it yet
             */
            guint port_delay_ms;
            /* its carrier is that of a port: without any it is not waited for */
            gboolean by_port;
            /* another port than this one must be in use; NULL: any */
            const char *but;
        } carrier;
        struct {
            const NetAddress *address;
            guint tries, timeout_ms;
        } probe;
        const NetAddress *address;
        struct {
            const NetLease *lease;
            const char *others;  /* "10.0.0.2/24": ours from before, and so not the lease; or NULL */
            gboolean hands_over; /* something goes when there is a lease, also when no run waits any more */
        } lease;
        ObservedNeighbour neighbour; /* its ifindex counts for nothing */
        struct {
            const char *key, *value; /* the key below net/, with `/` */
            const char *before;      /* what it was; NULL: the ledger does not learn of it */
            gboolean gives_back;     /* it is what was there before ours */
        } sysctl;
        struct {
            const NetNexthop *item;
            gboolean replaces;
        } nexthop;
        struct {
            const IfcfgRoute *route;
            gboolean metric_plus_ifindex, replace;
            guint32 by_nexthop; /* the object in place of its gateway; 0: by that */
        };
        const IfcfgRule *rule;
        struct {
            const NetNames *share; /* NULL: it goes */
            guint rank;            /* of the device in configuration order */
            /* const ResolvShare*: what was in resolv.conf when the plan was made, by rank */
            const GPtrArray *known;
        } names;
        struct {
            const char *name;  /* NULL: it goes */
            guint64 firewalld; /* which is told: NetObserved.firewalld */
        } zone;
        struct {
            const EthtoolRequest *request;
            guint delay_us; /* before it: a driver that needs time */
        } ethtool;
        struct {
            const NetRun *run;
            const char *record; /* what the ledger learns: "up eth0"; NULL: nothing */
        } hook;
        struct {
            const char *config; /* JSON */
        } teamd;
    };
} NetOp;

typedef enum {
    NET_EFFECT_ADDS,    /* puts something into the world that has to be remembered */
    NET_EFFECT_REMOVES, /* takes such a thing away */
    NET_EFFECT_CHANGES,
    NET_EFFECT_WAITS, /* ends when something has happened, or not */
    NET_EFFECT_READS,
} NetOpEffect;

typedef enum {
    NET_IMPACT_LIVE,       /* nobody who uses the device notices */
    NET_IMPACT_INTERRUPTS, /* traffic stops for a while, or that of some */
    NET_IMPACT_RECREATES,  /* the device goes, with all that stands on it */
} NetOpImpact;

typedef enum { /* what of the owner's ledger entry an addition or removal is about */
               NET_NOTE_NOTHING,
               NET_NOTE_CREATED,
               NET_NOTE_UP,
               NET_NOTE_PORT,
               NET_NOTE_ADDRESS,
               NET_NOTE_NEXTHOP,
               NET_NOTE_ROUTE,
               NET_NOTE_RULE,
               NET_NOTE_LEASE,
               NET_NOTE_ATTRIBUTE,
               NET_NOTE_WRITTEN, /* only options that change by themselves */
               NET_NOTE_NAMES,
               NET_NOTE_ZONE,
               NET_NOTE_HOOKS, /* only those that came with `up` */
               NET_NOTE_TEAMD,
               NET_NOTE_VLANS,
               NET_NOTE_CONF,
} NetOpNote;

enum { NET_OP_SATISFIED = 3 };

/** All that there is to know about a type of operation, but for how the kernel is made to do it. */
typedef struct {
    const char *name; /* "link-add": plans, logs and JSON */
    NetOpEffect effect;
    NetOpImpact impact;
    NetOpNote note;
    int satisfied[NET_OP_SATISFIED];                /* errnos that mean it is so already */
    void (*format)(GString *line, const NetOp *op); /* appends what is done, in words */
    char *(*attempt)(
        const NetOp *op); /* what failed: "cannot set it up", translated; NULL: its name says it */
    char *(*waiting)(const NetOp *op); /* what is waited for, translated; NULL: nothing */
} NetOpKind;

const NetOpKind *net_op_kind(const NetOp *op);

NetOpEffect net_op_effect(const NetOp *op);

static inline gboolean net_op_adds(const NetOp *op)
{
    return net_op_effect(op) == NET_EFFECT_ADDS;
}

static inline gboolean net_op_removes(const NetOp *op)
{
    return net_op_effect(op) == NET_EFFECT_REMOVES;
}

/** Order of two operations of one phase, by depth; for g_ptr_array_sort(), which keeps the rest. */
gint net_op_compare_depth(gconstpointer a, gconstpointer b);

/** Whether an errno means that what was wanted is so already (a deletion of what is gone). */
gboolean net_op_is_satisfied(const NetOp *op, int code);
/** What was attempted, for the sentence about its failure: "cannot add the address 10.0.11.2/24". */
char *net_op_attempt(const NetOp *op);
/** What stands on a device by it, as the ledger has it: "10.0.0.2/24". Of an address, route, rule or lease.
 */
char *net_op_claim_text(const NetOp *op);
/** What is waited for: "bond0: carrier". */
char *net_op_waiting(const NetOp *op);
/** The settings of a device that is made or changed, or NULL. */
const GPtrArray *net_op_settings(const NetOp *op);

/** Notes one operation as done: additions add to the entry of op->owner, deletions take away; an entry with
 * nothing left goes. */
void net_ledger_note(NetLedger *self, const NetOp *op);

const char *net_op_type_name(NetOpType type); /* "link-add" */
const char *net_phase_name(NetPhase phase);
/** One line in words: `bond0: create bond mode=active-backup miimon=100 mac=..`. */
char *net_op_format(const NetOp *op);
