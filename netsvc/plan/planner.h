/* What plans one interface after the other: the picture of the kernel as it is, and as it will be after all
 * that has been planned so far. Each step looks at the latter and appends operations only for what is not so
 * yet. Private to plan/ and kinds/. */
#pragma once
#include "model/kind.h"
#include "plan/claims.h"
#include "plan/plan.h"

typedef struct {
    guint group;
    const NetIface *iface;
    NetClaim claim;
    const char *id; /* planner_claim_id() */
    /* the address without which it must not go: what takes its place */
    gconstpointer stands_on;
    /* the same, where that is an address by DHCP; else NULL */
    const NetLease *after;
} PlannerStale;

typedef struct NetPlanner {
    NetPlan *plan;
    NetPlanVerb verb;
    const NetModel *model;
    /* as the kernel is */
    const NetObserved *before;
    /* as it will be: `before` with every operation that was appended applied (plan/predict.h). It is that one
     * itself until something changes: what was found in it is not asked again after an operation */
    const NetObserved *picture;
    /* the picture, where it is a copy; NULL: nothing has changed */
    NetObserved *changed;
    /* NetOp.after of what is planned now */
    const NetLease *after;
    const NetLedger *ledger;
    const GPtrArray *loops; /* NetLoop* */
    /* the group that is being filled, and the interface whose group it is; NULL: none's */
    guint group;
    const NetIface *iface;
    /* NetIface* -> index + 1 of its group; device name -> index + 1 of the group that brings it up */
    GHashTable *group_of, *group_of_dev;
    /* somebody has told of routes that stay for a file that is about all interfaces */
    gboolean has_told_static;
    /* set of NetIface*: all that they ask for to stand on their devices is there in the picture @before */
    GHashTable *satisfied;
    /* set of NetIface*: what they send will not arrive unless the other end of their cable comes up */
    GHashTable *unheard;
    /* set of modules that the plan loads already */
    GHashTable *modules;
    /* device name -> NetFate*, owned by the plan */
    GHashTable *fates;
    /* set of device names whose neighbours must hear again where their addresses are */
    GHashTable *moved;
    /* set of names of ports that go, of a device that has no other one that works until one has joined it */
    GHashTable *relieved;
    /* set of names of devices that have been taken down already: in a loop everybody is somebody's port */
    GHashTable *taken_down;
    /* set of "TYPE DEV TEXT": claims that are removed on purpose, that were tried in vain */
    GHashTable *removed, *tried;
    /* NetClaim: those that others have taken over; the same as such a set, NULL: nobody has asked yet */
    GArray *taken;
    GHashTable *taken_ids;
    /* the same as that set, of routes that no file asks for on their device any more, and that stay there
     * since a reload leaves the other device that claims them */
    GHashTable *kept;
    /* NetClaim: addresses that stay elsewhere on a reload */
    GArray *left_addresses;
    /* set of planner_claim_id() of the routes in the ledger; NULL: nobody has asked yet */
    GHashTable *our_routes;
    /* set of texts of the ledger that two devices or more have listed; NULL: nobody has asked yet */
    GHashTable *our_twice;
    /* PlannerStale: found while claims were compared, removed when all additions of all groups are planned */
    GArray *stale;
    /* set of PlannerStale.id */
    GHashTable *going;
    /* NetOp*: planner_owed(); NULL: nobody has asked yet */
    GPtrArray *owed;
    /* ResolvShare*: the ledger's of all devices, in the order of the files; the plan's. NULL: no service
     * asked */
    const GPtrArray *resolv_shares;
    /* ifcfg_route_key() of a default route, or of one that several interfaces ask for -> IndexList of
     * NetIface*, in order of claim: the last one shall have it. NULL: everyone's own */
    GHashTable *claimants;
    /* group -> GPtrArray of NetOp.rivals: what it stands by for */
    GHashTable *stand_bys;
} NetPlanner;

typedef enum { DEVICE_USABLE, DEVICE_AWAITED, DEVICE_WRONG } DeviceState;

/* --- planner.c --- */

/**
 * Appends an operation to the current group, and applies it to the picture.
 * @template: type, phase, severity (NET_FATAL if not set), dev, where, and what its type needs; `owner` is
 * the device itself if not set Returns: the plan's copy
 */
NetOp *planner_do(NetPlanner *planner, NetOp template);
/** Applies an operation to the picture; planner_do() does. */
void planner_foresee(NetPlanner *planner, const NetOp *op);
/** The same, but only if the kernel would take it as the picture is now. Returns 0, or the errno of the
 * refusal. */
int planner_try(NetPlanner *planner, NetOp template);
/** Appends an operation that is done only if no `rivals` get there: the picture does not have it. */
void planner_stand_by(NetPlanner *planner, NetOp template);

/** Nothing of this group can be done: it fails with this reason before anything is tried. The first reason
 * stays. */
void planner_fail(NetPlanner *planner, IfcfgWhere where, const char *format, ...) G_GNUC_PRINTF(3, 4);
/** Something to tell though all is well. */
void planner_note(NetPlanner *planner, const char *format, ...) G_GNUC_PRINTF(2, 3);
/** Something that makes the line a WARNING. */
void planner_warn(NetPlanner *planner, const char *dev, IfcfgWhere where, const char *format, ...)
    G_GNUC_PRINTF(4, 5);
/** Loads a module, once in a plan. @dev: the NIC that it is for, or NULL */
void planner_load_module(NetPlanner *planner, const char *dev, const char *module, const char *options,
                         NetSeverity severity, IfcfgWhere where);

/** Begins with the picture as it is before any operation. */
void planner_picture_begin(NetPlanner *planner);
void planner_picture_clear(NetPlanner *planner);
/** The picture, for being changed. */
NetObserved *planner_picture_change(NetPlanner *planner);
/** As it was, as it will be; NULL: it is not there. */
const ObservedLink *planner_link_before(const NetPlanner *planner, const char *dev);
const ObservedLink *planner_link(const NetPlanner *planner, const char *dev);
/** Up before, and up to here never down: what the kernel has on it is kept. */
gboolean planner_link_stays(const NetPlanner *planner, const char *dev);

/* --- fate.c --- */

/**
 * Notes what a step is going to do to a device that is in use, unless the verb forbids it.
 * @what: the option or setting that causes it, "mode is balance-rr, expected active-backup"
 * Returns: FALSE when it must not be done (`reload`, which interrupts nothing): it is noted as left
 */
gboolean planner_may(NetPlanner *planner, const char *dev, NetFateKind kind, IfcfgWhere where,
                     const char *what);
/** Notes that a reload does not touch a device for that reason, once. */
void planner_leave(NetPlanner *planner, const char *dev, NetFateKind kind, IfcfgWhere where,
                   const char *what);
/** The worst that a reload would have to do to it, and leaves; NET_FATE_STAYS: nothing. */
NetFateKind planner_left_as(const NetPlanner *planner, const char *dev);
/** Whether it leaves anything of it. */
gboolean planner_is_left(const NetPlanner *planner, const char *dev);
/** Whether it is there and up: what happens to it is noticed. */
gboolean planner_is_in_use(const NetPlanner *planner, const char *dev);
/** Whether we have made a device of that name. */
gboolean planner_made(const NetPlanner *planner, const char *dev);
/** Whether it is the one that we have made, whatever its file says by now. */
gboolean planner_made_as_is(const NetPlanner *planner, const ObservedLink *link);
/** What neighbours have learned of the device is no longer true: its addresses are announced again. */
void planner_note_move(NetPlanner *planner, const char *dev);
NetFateKind planner_fate(const NetPlanner *planner, const char *dev);
/** Whether the device that it is a port of has no other one that works: with it that has no carrier. */
gboolean planner_is_last_port(const NetPlanner *planner, const char *port);

/* --- claim-left.c --- */

/** Whether the claim is left, since another device has that and keeps it, since this one is a port that
 * stays, or for an address that is left so; that is noted, and told. */
gboolean planner_leaves_claim(NetPlanner *planner, const NetClaim *claim);
/** Whether a reload leaves a device in a VRF, or out of one, though its file asks for another: it keeps the
 * routes that it has. */
gboolean planner_is_left_in_vrf(const NetPlanner *planner, const char *dev);
/** Whether a reload leaves a device that is what this one is to be on the device below: then it fails. */
gboolean planner_place_is_left(NetPlanner *planner, const NetIface *iface);

/* --- device.c --- */

/** How many devices it stands on, one on the other: the order in which they are made and set up. */
guint8 planner_depth(const NetIface *iface);
/** The NIC must be there and be the one that HWADDR means; a wrong one fails the group (NET_FATAL) or only
 * itself. */
DeviceState planner_wait_device(NetPlanner *planner, const NetIface *iface, NetSeverity severity);
NetOp *planner_set_up(NetPlanner *planner, const char *dev, IfcfgWhere where, NetSeverity severity);
NetOp *planner_set_down(NetPlanner *planner, const char *dev, IfcfgWhere where, NetSeverity severity);

/* --- link-up.c, link-down.c, link-attributes.c: the plan that all kinds share --- */

/** Brings a device from what is there to what is configured, its silent ports with it. No addresses yet. */
void planner_link_up(NetPlanner *planner, const NetIface *iface);
/** Takes it down, removing only what is ours. */
void planner_link_down(NetPlanner *planner, const NetIface *iface);
/** What the plan's work on other devices has changed of it again is set once more: a bridge has the MTU of
 * its ports. */
void planner_settle_attributes(NetPlanner *planner, const NetIface *iface);
/** The kernel sets VLANs up with the device below them (vlan_device_event()): one that was taken down, and is
 * kept for what others have on it, goes down again. */
void planner_keep_down(NetPlanner *planner, const NetIface *iface);
/** Why a device cannot be deleted: what of others is on it; to be freed. NULL: nothing is.
 * @is_remade: it comes again at once, and with it what this plan brings up on it; addresses are put back */
char *planner_find_foreign(const NetPlanner *planner, const NetIface *iface, gboolean is_remade);

/* --- claim-steps.c, claim-rule.c, claim-ours.c, claim-back.c, owed.c, claim-address6.c,
 * claim-announce.c, claim-hold.c, address-order.c,
 * carrier.c --- */

typedef enum {
    /* what is missing comes, before anything goes */
    NET_WAVE_FIRST,
    /* what fell with something that went comes back */
    NET_WAVE_BACK,
} NetWave;

typedef enum {
    PLANNER_PROBES = 1 << 0,
    PLANNER_ANNOUNCES = 1 << 1,
    PLANNER_ASKS = 1 << 2, /* a DHCP server */
} PlannerSends;

/** Addresses, routes, rules and settings that are missing; what is stale is only noted. */
void planner_add_claims(NetPlanner *planner, const NetIface *iface);
/** What was noted goes, after everything that takes its place. */
void planner_drop_stale(NetPlanner *planner);
/** Notes that it goes when what takes its place is there. @diffs: all of its interface (NetDiff*) */
void planner_note_stale(NetPlanner *planner, const NetDiff *diff, const GPtrArray *diffs);
/** The lease without which what the files of this group do not ask for any more stays; NULL: none. */
const NetLease *planner_awaited_lease(const NetPlanner *planner);
/** With the lease that this interface has got by now goes what was only kept until then. */
void planner_hand_over(NetPlanner *planner, const NetIface *iface);
/** Exactly what is ours goes, at a `down`; its links have been planned. */
void planner_drop_claims(NetPlanner *planner, const NetIface *iface);
/** Whether that may be done to a device that stays up, if there is anything. */
gboolean planner_may_drop_claims(NetPlanner *planner, const NetIface *iface, const char *why);
/** What files beside the interface's own leave out, since they cannot be understood. */
void planner_tell_parts(NetPlanner *planner, const NetIface *iface); /* parts.c */
/** Adds one claim that is missing or differs. */
PlannerSends planner_add_claim(NetPlanner *planner, const NetDiff *diff, NetWave wave, NetSeverity severity);
/** The same of a route, and of a nexthop object: route-steps.c */
void planner_add_route(NetPlanner *planner, const NetDiff *diff, NetWave wave);
PlannerSends planner_set_nexthop(NetPlanner *planner, const NetDiff *diff, NetWave wave);
/** A route by an object that has been set since it was compared is compared again. */
void planner_look_again(NetPlanner *planner, NetDiff *diff);
/** The number of the object that the kernel has a route by; 0: none, or the claim is no route. */
guint32 planner_nexthop_of(const NetPlanner *planner, const NetClaim *claim);
/** Whether the claim is an object that others have routes by; it is told, and must stay. */
gboolean planner_keeps_nexthop(NetPlanner *planner, const NetClaim *claim);
/** Tells, once, of a kernel without such objects. */
void planner_tell_no_nexthops(NetPlanner *planner, const NetIface *iface);
/** What the plan's operations make the kernel drop comes back: ours, and everybody else's. What of others
 * cannot is told. @up, @down: NetIface* that come up, and that are taken down */
void planner_put_back(NetPlanner *planner, const GPtrArray *up, const GPtrArray *down);
/** A rule without a priority that another interface loses by this plan keeps the number that the kernel gave
 * it: it is the same one, and handed over. NULL: none goes */
const IfcfgRule *planner_rule_that_goes(const NetPlanner *planner, const NetClaim *claim);
/** Turns to the group that carries work about a device, or about one that it stands on. FALSE: nobody's is
 * near, or the device is not there or not up at the end. */
gboolean planner_enter_near(NetPlanner *planner, const char *dev);
/** The same for its addresses, routes and neighbours; FALSE also for what has become a port. */
gboolean planner_enter_layer3(NetPlanner *planner, const char *dev);
/** NetOp*: what an earlier run that was interrupted owes to others. */
const GPtrArray *planner_owed(NetPlanner *planner);
/** What is owed of it comes back, as far as the kernel would take it now. Returns: whether anything does. */
gboolean planner_pay(NetPlanner *planner);
/** What is back is forgotten, and what cannot come back is told. */
void planner_end_owed(NetPlanner *planner);
/** Adds what holds an address's place while that is taken away and added again. FALSE: nothing can. */
gboolean planner_hold(NetPlanner *planner, const NetClaim *claim, NetSeverity severity, NetClaim *ret_held);
void planner_let_go(NetPlanner *planner, const NetClaim *held);
/** The first address that the file names of a network is the one that the kernel uses as source. */
void planner_order_addresses(NetPlanner *planner, const NetIface *iface);
/** Whether it is one of IPv6, and the device has less MTU than that needs. */
gboolean planner_has_too_little_mtu(const NetPlanner *planner, const NetClaim *claim);
/** An IPv6 address that is missing. */
PlannerSends planner_add_address6(NetPlanner *planner, const NetDiff *diff, NetWave wave,
                                  NetSeverity severity);
/** A client that is missing, or runs otherwise than it should, or has got nothing yet. */
PlannerSends planner_get_lease(NetPlanner *planner, const NetDiff *diff);
/** Clients of ours end, at a `down`; before the links are planned, which they need. */
void planner_drop_leases(NetPlanner *planner, const NetIface *iface);
/** What a client that ends has put there goes. @stands_on: as in PlannerStale */
void planner_drop_leased(NetPlanner *planner, const NetClaim *claim, gboolean is_late,
                         gconstpointer stands_on);
/** Whether there is something that it has put there. */
gboolean planner_has_leased(const NetPlanner *planner, const NetClaim *claim);
/** IPv6 addresses that the plan adds are waited for until the kernel has looked for them on other hosts. */
void planner_wait_dad(NetPlanner *planner);
/** A device that will be up and looks for addresses of others: ARP= decides, else what it was born with (a
 * dummy does not). */
gboolean planner_has_neighbours(const NetPlanner *planner, const char *dev);
/** The address is told to the neighbours, who may know another MAC for it, if it is to be (ARPUPDATE).
 * @phase: NET_PHASE_ANNOUNCE; for one of IPv6 that the kernel has to look for first, NET_PHASE_LATE_ANNOUNCE
 */
PlannerSends planner_announce(NetPlanner *planner, const NetClaim *claim, NetPhase phase);
/** Another port than this one must work; what stands on @port is not done before, and not without. */
void planner_wait_other_port(NetPlanner *planner, const NetIface *master, const char *port);
/** What is sent needs carrier, and LINKDELAY asks for it. */
void planner_wait_carrier(NetPlanner *planner, const NetIface *iface, PlannerSends sends);
/** When all links are planned: says of a veth whose other end stays down that it is missing. */
void planner_tell_peers(NetPlanner *planner, const GPtrArray *up);

/** net_diff() of an interface with a picture, by the plan's record. */
GPtrArray *planner_diff(const NetPlanner *planner, const NetIface *iface, gboolean all_parts,
                        const NetObserved *observed);
/** The ledger's entry of the device that an interface stands on, or NULL. */
const LedgerEntry *planner_entry(const NetPlanner *planner, const NetIface *iface);
/** The ledger alone learns of it: the kernel has it already (ADOPT), or no more (GONE). */
void planner_record(NetPlanner *planner, const NetDiff *diff);
/** Whether a route of the kernel is in the ledger, of whatever device. */
gboolean planner_route_is_ours(NetPlanner *planner, const IfcfgRoute *actual);
/** Whether another device has the same rule or route on record, and keeps it: it is not for this one to
 * remove.
 */
gboolean planner_is_shared(NetPlanner *planner, const NetClaim *claim);
/** Whether one of ours is there that has the key of a route and goes elsewhere, before anything is done: it
 * may still be there when that route comes. */
gboolean planner_had_there(NetPlanner *planner, const NetClaim *claim);
/** Whether another interface, that comes after it in the files, shall have this route: then it is no
 * difference. What must be done for it is appended. */
gboolean planner_route_yields(NetPlanner *planner, const NetDiff *diff);
/** The same, without appending anything. */
gboolean planner_is_anothers(const NetPlanner *planner, const NetDiff *diff);
/** Who asks for a default route, or one that others ask for too: ifcfg_route_key() -> GPtrArray of NetIface*,
 * in the order of @ifaces. */
GHashTable *net_route_claimants(const GPtrArray *ifaces);

/** "address bond0 10.0.0.2/24": what tells one claim from all others; to be freed. */
char *planner_claim_id(const NetPlanner *planner, const NetClaim *claim);
/** Others have taken the claim over; whether they have, by its id. */
void planner_note_taken(NetPlanner *planner, const NetClaim *claim);
gboolean planner_is_taken(const NetPlanner *planner, const char *id);
/** What messages call it, "the route default via 10.0.0.1"; to be freed. */
char *planner_claim_words(const NetClaim *claim);
/** Whether that route or rule is all that leads somewhere, of what will be there when everything stale is
 * gone.
 */
gboolean planner_ends_way(const NetPlanner *planner, const NetClaim *claim); /* claim-way.c */
/** What leads where a route that drops packets will be in front of it; NULL: nothing. */
const IfcfgRoute *planner_way_dropped(const NetPlanner *planner, const IfcfgRoute *wanted);
/** The group of an interface; NULL: it has none. */
const NetGroup *planner_group_of(const NetPlanner *planner, const NetIface *iface);
/** Turns to the group of an interface. FALSE: it has none, or that has failed already. */
gboolean planner_enter(NetPlanner *planner, const NetIface *iface);
/** An address as the kernel has it, for being removed or added again; the plan's. */
const NetAddress *planner_address_of(NetPlanner *planner, const ObservedAddress *actual);
/** The claim as the kernel has it: to delete an address takes the one at the other end of its link too, which
 * neither the ledger nor a changed file knows. */
NetClaim planner_claim_as_it_is(NetPlanner *planner, const NetClaim *claim);
NetPhase planner_route_phase(const IfcfgRoute *route, NetWave wave);
NetOp planner_claim_op(const NetClaim *claim, NetOpType type, NetPhase phase, NetSeverity severity);
