/* Claims: what stands on a device (addresses, routes, rules), as it is asked for, as the kernel has it and as
 * the ledger lists it; and the one differ between the three. Planner and verifier both ask it. */
#pragma once
#include "model/iface.h"
#include "model/kind.h"
#include "plan/op.h"
#include "plan/pool.h"
#include "state/ledger.h"
#include "state/observed.h"

typedef struct NetClaimType NetClaimType;

/** One thing on a device. Nothing is owned: it lives in the model, in the picture or in a pool. */
typedef struct {
    const NetClaimType *type;
    /* NetAddress, IfcfgRoute, IfcfgRule or NetLease, by type */
    gconstpointer item;
    const char *dev;
    /* the interface or alias whose file asks for it; NULL: no file does */
    const NetIface *part;
    IfcfgWhere where;
    /* the item as the file has it, where settling has completed it; else NULL */
    gconstpointer as_asked;
    /* lease: addresses that are ours by the record, "10.0.0.2/24 10.0.0.3/24": none of them is the lease; or
     * NULL */
    const char *others;
    /* route: its metric is meant plus the device's ifindex (zeroconf) */
    gboolean plus_ifindex;
    /* route: the object that it shall be by, where that is there; NULL: by its own gateway */
    const NetNexthop *nexthop;
    /* route: set of the numbers of objects of ours; NULL: there are none */
    GHashTable *our_nexthops;
} NetClaim;

typedef enum {
    /* asked for, there as asked for, ours */
    NET_DIFF_SAME,
    /* asked for and there, and not in the ledger yet */
    NET_DIFF_ADOPT,
    /* asked for, not there */
    NET_DIFF_MISSING,
    /* there under its key, but not as asked for */
    NET_DIFF_DIFFERS,
    /* ours, there, and nobody asks for it any more */
    NET_DIFF_STALE,
    /* in the ledger, not asked for and not there */
    NET_DIFF_GONE,
} NetDiffKind;

typedef struct {
    NetDiffKind kind;
    NetClaim claim;
    /* what the picture has under this key, by type ObservedAddress, IfcfgRoute, IfcfgRule; or NULL */
    gconstpointer actual;
    /* DIFFERS: "label is eth0, expected eth0:1" */
    char *difference;
    /* DIFFERS: the ledger lists what is there */
    gboolean is_ours;
    /* SAME, ADOPT, GONE: what is asked for is somebody else's; the ledger knows that, is to, no longer needs
     * to */
    gboolean is_others;
} NetDiff;

/** What settling looks at. */
typedef struct {
    const NetObserved *observed;
    const NetLedger *ledger;
    /* of the device, or NULL */
    const LedgerEntry *entry;
    NetPool *pool;
    /* of IPv4 and IPv6: the lowest priority given so far to rules that will be added, or 0 for none */
    guint32 lowest_priority[2];
    /* texts of claims that are settled already: two that ask for the same rule have one each */
    GHashTable *texts;
} NetSettling;

/** How one type of claim is recognised and compared. One row a type. */
struct NetClaimType {
    const char *name;
    /** Operations that bring and take one, and when it goes: at a `down`, or after what takes its place. */
    NetOpType add, remove;
    NetPhase out, late_out;
    /** What the ledger calls it, to be freed. Equal texts are the same claim. */
    char *(*text)(const NetClaim *claim);
    /** What a text of the ledger means, kept by @pool; NULL: nothing that can be understood. */
    gconstpointer (*parse)(const char *text, const char *dev, const IfcfgRtNames *names, NetPool *pool);
    /** What the kernel decides gets into the item (a rule's priority, once it is there). NULL: nothing. */
    void (*settle)(NetClaim *claim, NetSettling *settling);
    /** What the kernel has under the claim's key, as asked for or not; NULL: nothing. */
    gconstpointer (*find)(const NetClaim *claim, const NetObserved *observed);
    /** How that differs from what is asked for, to be freed; NULL: not at all. */
    char *(*difference)(const NetClaim *claim, gconstpointer actual, const NetObserved *observed);
    /** Claims with one key cannot stand beside each other: the new one replaces the old. NULL: the text is
     * the key. */
    char *(*key)(const NetClaim *claim);
    /** Calls @add for what the kernel has in the wanted claim's place under another key (the same address
     * with another prefix length): it goes, whoever put it there. NULL: there is no such thing. */
    void (*displaces)(const NetClaim *claim, const NetObserved *observed, NetPool *pool,
                      void (*add)(const NetClaim *displaced, gpointer data), gpointer data);
    /** Whether the wanted claim is the same thing as one in the ledger, at another place: what is there
     * already was put there by somebody else. NULL: there is no such thing. */
    gboolean (*moves)(const NetClaim *claim, const NetClaim *old);
    /** The ledger's list of this type. */
    const LedgerList *(*listed)(const LedgerEntry *entry);
    /** "address 10.0.0.1/24 is missing": a sentence, to be freed. */
    char *(*missing)(const NetClaim *claim, const NetObserved *observed);
    char *(*differs)(const NetClaim *claim, const char *difference);
};

extern const NetClaimType net_claim_address, net_claim_nexthop, net_claim_route, net_claim_rule,
    net_claim_lease;
/** All types, in the order in which they are added; ends in NULL. */
extern const NetClaimType *const net_claim_types[];

/** AF_INET, AF_INET6. */
int net_claim_family(const NetClaim *claim);

/** What files of the interface and its parts may ask for that cannot be understood: NET_DOUBT_*. At a `down`
 * all the same goes what is ours; else it stays until they are corrected. */
guint net_iface_doubts(const NetIface *iface);

/** What one part asks for, appended to @claims (GArray of NetClaim). @pool keeps what had to be made for it.
 */
void net_claims_of_part(GArray *claims, const NetIface *part, NetPool *pool);
/** The routes among them. @winners: those that count, of net_iface_winning_routes(); NULL: all */
void net_claims_add_routes(GArray *claims, const NetIface *part, GHashTable *winners, NetPool *pool);
/**
 * Compares what an interface asks for with a picture, and with what the ledger lists for its device.
 * @iface: an alias alone: only its own claims are compared, and nothing is stale
 * @all_parts: also of aliases that do not come along by themselves
 * @ledger: what is ours, or NULL
 * @names: for the ledger's texts; NULL: nobody has looked for a record, and what is there as asked for is
 * right
 * @pool: gets what had to be made; as long-lived as the result
 * Returns: GPtrArray of NetDiff*, additions in the order of the files
 */
GPtrArray *net_diff(const NetIface *iface, gboolean all_parts, const NetObserved *observed,
                    const NetLedger *ledger, const IfcfgRtNames *names, NetPool *pool);

/** Nexthop objects that routes among an interface's claims shall share, put before these. @has_record: @entry
 * says what is ours, NULL that nothing is; else what is there as it would be made counts */
void net_claims_share_nexthops(GArray *claims, const NetIface *iface, const NetObserved *observed,
                               const LedgerEntry *entry, gboolean has_record, NetPool *pool);
/** Whether a route can be by the object that it shall be by, as the picture is. */
gboolean net_claim_has_nexthop(const NetClaim *claim, const NetObserved *observed);
