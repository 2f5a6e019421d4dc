/* One interface type: how its files are recognised and read, and how it goes up and down. One vtable a type.
 */
#pragma once
#include "model/model.h"

/* state/observed.h */
typedef struct NetObserved NetObserved;
typedef struct ObservedLink ObservedLink;

/* state/ledger.h */
typedef struct LedgerEntry LedgerEntry;

typedef struct {
    const NetModel *model;
    const IfcfgRecord *network; /* /etc/sysconfig/network, or NULL */
    IfcfgProblems *problems;
    const NetNics *nics; /* NULL: there is no system to ask */
} KindContext;

/* What is true of all interfaces of a type; bits */
enum {
    NET_KIND_CREATES = 1 << 0,          /* the device is made by us, and deleted again */
    NET_KIND_HAS_PORTS = 1 << 1,        /* others can be its ports */
    NET_KIND_CLOSES_PORTS = 1 << 2,     /* takes ports only while they are down, and sets them up itself */
    NET_KIND_PORTS_ARE_SILENT = 1 << 3, /* its ports come up with it, and have no status line of their own */
    NET_KIND_KEEPS_LAYER3 = 1 << 4,     /* its ports keep their addresses and routes: a VRF's */
    NET_KIND_IS_STACKED = 1 << 5,       /* stands on a lower device: VLAN, macvlan */
    NET_KIND_IS_PAIR = 1 << 6,          /* has a peer that comes and goes with it: veth */
    NET_KIND_IS_TUNNEL = 1 << 7,        /* sends its packets from an address of another device */
    NET_KIND_MAC_WHILE_UP = 1 << 8,     /* takes another MAC while it is up */
    NET_KIND_BY_DAEMON = 1 << 9,        /* another program makes it, and does what its file asks for */
    NET_KIND_LEFT_ALONE = 1 << 10,      /* not supported yet, so that its files change nothing, and what is
                                           doubtful in them can wait */
    NET_KIND_RULES_PORTS = 1 << 11,     /* gives its ports its MTU and MAC, and their own back */
    NET_KIND_MTU_BY_PORTS = 1 << 12,    /* has that of its ports until one is set on it, which one that it is
                                           made with is not: a bridge (br_change_mtu()) */
    NET_KIND_IS_NO_PORT_OF_ITS_LIKE = 1 << 13, /* a bridge in a bridge */
    NET_KIND_IS_NO_PORT = 1 << 14,             /* the kernel takes it for no port, but of a VRF */
    NET_KIND_MAC_BY_PORTS = 1 << 15,  /* has the address of one of its ports unless it is given one */
    NET_KIND_IS_LIKE_LOWER = 1 << 16, /* is born with MAC and ARP as the device below has them: a VLAN */
    NET_KIND_NAME_DECIDES = 1 << 17,  /* what it stands on, where no key has its number: eth0.5 */
    NET_KIND_HAS_ADDRESSES_OF_HOST = 1 << 18, /* without an end of its own it gets, as it is set up, a
                                                 link-local address of each that the host has by then: sit */
    NET_KIND_LEADS_ON6 = 1 << 19,     /* behind it are other networks, and nobody in it says where to go: it
                                         forwards IPv6 and hears no routers, whatever its file says: sit */
    NET_KIND_IS_ONCE_BELOW = 1 << 20, /* the device below has no second one of what it is made with: a VLAN of
                                         a number (vlan_check_real_dev()) */
};

struct IfaceKind {
    const char *name;         /* "bond": what `show` prints as type */
    guint traits;             /* NET_KIND_* */
    const LinkFamily *family; /* the kind and the options of the device; NULL: hardware */
    const char *type;         /* what TYPE says of it in a file that we write; NULL: nothing */
    const char *mark;         /* the key that is "yes" in such a file; NULL: none */

    /** Whether this file is of this type. Kinds are asked in the order in which they were handed in. */
    gboolean (*match)(const NetIface *iface, const KindContext *context);

    /** Reads the type's own keys into the interface. The common keys are read already. May be NULL. */
    void (*read)(NetIface *iface, const KindContext *context);

    /** Runs when all interfaces are read: checks across files, beyond what relations are checked for. May be
     * NULL. */
    void (*link)(NetIface *iface, const KindContext *context);

    /** TYPE where that depends on its options; NULL: ->type. */
    const char *(*type_of)(const NetIface *iface);

    /* What differs from the plan that all links share (plan/link-up.c); each may be NULL. */

    /** The MAC that it is to have; of length 0: any. NULL: that of MACADDR. */
    IfcfgMac (*mac)(const NetIface *iface, const NetObserved *observed);
    /** Whether a port is as the device wants its ports; one that is not is taken out and in again. */
    gboolean (*port_fits)(const NetIface *iface, const ObservedLink *link, const ObservedLink *port);
    /** By what a port has to come to terms with the other end of its cable before traffic flows ("LACP");
     * NULL: by nothing. */
    const char *(*needs_partner)(const NetIface *iface);
    /** How long it can take until it uses a port that has carrier, in ms; NULL: no time. */
    guint (*port_delay)(const NetIface *iface);
    /** Why a device of ours must be made anew, beyond what the kernel tells of its options; to be freed.
     * NULL: it need not. @entry: what the ledger has of it, or NULL */
    char *(*must_be_new)(const NetIface *iface, const LedgerEntry *entry);
};

/** Whether a type has all of these traits; FALSE where there is no type. */
static inline gboolean net_kind_has(const IfaceKind *kind, guint traits)
{
    return kind && (kind->traits & traits) == traits;
}
