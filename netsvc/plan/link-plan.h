/* The parts of the one plan that all kinds of links share. Private to plan/. */
#pragma once
#include "plan/planner.h"

/** What a device that exists needs for its options to become what is asked for. */
typedef struct {
    gboolean needs_new_device, needs_no_ports, needs_down;
    /* set of names of options that a `reload` leaves as they are; NULL: none */
    GHashTable *left;
    /* how many operations the plan had, and one, when no option differed: with no more of them none does
     * still; 0: some did */
    guint equal_at;
} LinkRepair;

static inline void link_repair_clear(LinkRepair *repair)
{
    g_clear_pointer(&repair->left, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LinkRepair, link_repair_clear)

/* --- link-options.c --- */

/** Looks at a device that is there. What is going to happen to it is noted as its fate. */
void planner_find_repair(NetPlanner *planner, const NetIface *iface, LinkRepair *repair);
/** Before ports go: options that name one and are no longer asked for. */
void planner_forget_ports(NetPlanner *planner, const NetIface *iface);
/** Sets what differs; @is_after: what needs ports, else all that comes before them. @repair may be NULL. */
void planner_set_options(NetPlanner *planner, const NetIface *iface, const LinkRepair *repair,
                         gboolean is_after);
void planner_set_port_options(NetPlanner *planner, const NetIface *port, const NetIface *master,
                              NetSeverity severity);

/* --- link-vlans.c --- */

/** The VLANs of a bridge that filters them, or of its port: what is asked for comes, what we gave it before
 * and nobody asks for any more goes. */
void planner_set_vlans(NetPlanner *planner, const NetIface *iface);
/** Those that others let through at a port before, and that went when it left its bridge, or was made anew,
 * and joined it again. Returns: whether there is anything to be done. */
gboolean planner_put_back_vlans(NetPlanner *planner, const ObservedLink *before);

/* --- link-ports.c --- */

/** Ports that no file gives it any more leave; with @all, every port does, and those of others are to come
 * back. */
void planner_release_ports(NetPlanner *planner, const NetIface *master, gboolean all);
/** Its own file cannot be understood: it may well say that it is a port of this device. */
gboolean planner_port_is_left_alone(const NetPlanner *planner, const char *name);
/** Brings up a device and makes it a port, if it is not one yet. */
void planner_join(NetPlanner *planner, const NetIface *port, const NetIface *master, NetSeverity severity);
/** Whether the device may lose the last of its ports that works. */
gboolean planner_may_lose_last(NetPlanner *planner, const NetIface *master, const char *port);
/** Its own are in: the last old one can go then, and those of somebody else come back. */
void planner_rejoin_others(NetPlanner *planner, const NetIface *master);
/** A device that is a port where no file wants it leaves, if that is our business. */
void planner_leave_master(NetPlanner *planner, const NetIface *iface, NetSeverity severity);
/** Addresses on a port reach nobody: they go, and are named if they are not ours. */
void planner_clear_port(NetPlanner *planner, const NetIface *port, const NetIface *master);

/* --- link-relief.c --- */

/** Whether the last port that works is to go later, when another one does: planner_relieve_ports() sees to
 * it. */
gboolean planner_is_relieved(NetPlanner *planner, const NetIface *master, const char *port);
/** Such ports go when another one that has joined does their work, or are left. */
void planner_relieve_ports(NetPlanner *planner, const NetIface *master);

/* --- link-up.c --- */

/** The device itself: there, and as configured but for its ports. FALSE: it cannot be. */
gboolean planner_prepare(NetPlanner *planner, const NetIface *iface, NetSeverity severity,
                         LinkRepair *repair);
/** The last word about a device: its entry in the ledger ends with @last, or now. */
void planner_forget(NetPlanner *planner, const NetIface *iface, NetOp *last);

/* --- plugin.c --- */

/** A kind that is BY_DAEMON: its program is run, unless it has been. */
void planner_plugin_up(NetPlanner *planner, const NetIface *iface);
void planner_plugin_down(NetPlanner *planner, const NetIface *iface);

/* --- link-attributes.c --- */

/** The MAC that it is to have; of length 0: any. */
IfcfgMac planner_wanted_mac(const NetPlanner *planner, const NetIface *iface);
/** MAC, MTU, ARP and what else every link has, as asked for; what we set and nobody asks for any more, as it
 * was. */
void planner_set_attributes(NetPlanner *planner, const NetIface *iface, NetSeverity severity);
/** IPV6_TOKEN, behind planner_set_confs(). */
void planner_set_token(NetPlanner *planner, const NetIface *iface);
void planner_set_mac(NetPlanner *planner, const NetIface *iface, NetSeverity severity);
/** At a `down`: all as it was before us. */
void planner_give_back_attributes(NetPlanner *planner, const NetIface *iface);

/* --- link-confs.c --- */

/** What the file asks of net.ipv6.conf of the device. */
void planner_set_confs(NetPlanner *planner, const NetIface *iface);
/** At a `down`: what a device is left with; the rest as it was before us. */
void planner_secure_confs(NetPlanner *planner, const NetIface *iface);
