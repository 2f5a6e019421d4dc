/* Make before break across devices: what has an address or a default route loses it when the device that gets
 * it has it, where the kernel takes both at once. Until then a host would have neither. */
#include "plan/tie-moved.h"
#include "model/iface.h"
#include "state/compare.h"
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

static const NetPlan *plan_of(const Moves *self)
{
    return self->builder->planner.plan;
}

static const NetObserved *before_of(const Moves *self)
{
    return self->builder->planner.before;
}

/* --- what moves --- */

/* What only one device is to have, in words that are the same for the one that has it and for the one that
 * gets it. A link-local address is another one on each link. */
static char *address_text(const IfcfgIp *ip)
{
    return ifcfg_ip_is_link_local(ip) ? NULL : ifcfg_ip_format(ip);
}

static char *op_text(const NetOp *op)
{
    if (op->is_only_recorded || op->rivals)
        return NULL;
    if (op->type == NET_OP_ADDR_ADD || op->type == NET_OP_ADDR_DELETE)
        return address_text(&op->address->prefix.ip);
    if (op->type == NET_OP_ROUTE_ADD || op->type == NET_OP_ROUTE_DELETE)
        return op->metric_plus_ifindex ? NULL : ifcfg_route_key(op->route);
    return NULL;
}

static void own(Moves *self, char *text, Owned owned)
{
    if (text)
        g_hash_table_insert(self->owned, text, g_memdup2(&owned, sizeof owned));
}

static void own_all(Moves *self, Leaver *leaver)
{
    const GPtrArray *addresses = net_observed_addresses_of(before_of(self), leaver->link->ifindex);
    const IndexList *routes = net_observed_routes_over(before_of(self), leaver->link->name);
    for (guint i = 0; addresses && i < addresses->len; i++) {
        const ObservedAddress *address = g_ptr_array_index(addresses, i);
        own(self, address_text(&address->prefix.ip), (Owned){leaver, address, NULL});
    }
    for (guint i = 0; routes && i < routes->len; i++)
        if (!net_route_is_kernels(routes->pdata[i]))
            own(self, ifcfg_route_key(routes->pdata[i]), (Owned){leaver, NULL, NULL});
}

static void list_again(Moves *self)
{
    const NetBuilder *builder = self->builder;
    for (guint i = 0; i < builder->up->len; i++) {
        const NetIface *iface = g_ptr_array_index(builder->up, i);
        const ObservedLink *link = planner_link_before(&builder->planner, net_iface_device(iface));
        NetFateKind fate = link ? planner_fate(&builder->planner, link->name) : NET_FATE_STAYS;
        if (fate != NET_FATE_BOUNCES && fate != NET_FATE_REMADE)
            continue;
        guint group = GPOINTER_TO_UINT(g_hash_table_lookup(builder->planner.group_of, iface)) - 1;
        Leaver leaver = {.group = group, .link = link, .comes_again = TRUE};
        own_all(self, net_pool_keep(plan_of(self)->pool, g_memdup2(&leaver, sizeof leaver), g_free));
    }
}

static void list_going(Moves *self)
{
    const NetBuilder *builder = self->builder;
    for (guint i = 0; i < builder->down->len; i++) {
        const NetIface *iface = g_ptr_array_index(builder->down, i);
        const char *dev = net_iface_device(iface);
        const ObservedLink *link = planner_link_before(&builder->planner, dev);
        if (!link || planner_fate(&builder->planner, dev) != NET_FATE_GOES)
            continue;
        guint group = GPOINTER_TO_UINT(g_hash_table_lookup(builder->planner.group_of, iface)) - 1;
        Leaver leaver = {.group = group, .link = link}, *copy = g_memdup2(&leaver, sizeof leaver);
        g_hash_table_insert(self->going, link->name, copy);
        own_all(self, copy);
    }
}

static void own_lost(Moves *self, NetOp *op)
{
    const ObservedLink *link = net_observed_link(before_of(self), op->dev);
    const ObservedAddress *address =
        link && op->type == NET_OP_ADDR_DELETE
            ? net_observed_address(before_of(self), link->ifindex, &op->address->prefix)
            : NULL;
    Leaver leaver = {.group = op->group};
    if (link && (address || op->type == NET_OP_ROUTE_DELETE))
        own(self, op_text(op),
            (Owned){net_pool_keep(plan_of(self)->pool, g_memdup2(&leaver, sizeof leaver), g_free), address,
                    op});
}

static void list_ops(Moves *self)
{
    const GPtrArray *ops = plan_of(self)->ops;
    for (guint i = 0; i < ops->len; i++) {
        NetOp *op = g_ptr_array_index(ops, i);
        const NetGroup *group = g_ptr_array_index(plan_of(self)->groups, op->group);
        if (op->type == NET_OP_LINK_ADD)
            g_ptr_array_add(self->created, op);
        else if (op->type == NET_OP_PORT_ADD && !op->is_only_recorded)
            g_hash_table_insert(self->joined, (gpointer)op->dev, op);
        else if (!group->down && (op->type == NET_OP_ADDR_DELETE || op->type == NET_OP_ROUTE_DELETE))
            own_lost(self, op);
    }
}

/* --- waiting --- */

static NetPhase late_phase(const NetOp *op, const char *dev)
{
    static const NetPhase late[NET_PHASE_LAST + 1] = {
        [NET_PHASE_NAMES_OUT] = NET_PHASE_LATE_RULES_OUT,
        [NET_PHASE_RULES_OUT] = NET_PHASE_LATE_RULES_OUT,
        [NET_PHASE_ROUTES_OUT] = NET_PHASE_LATE_ROUTES_OUT,
        [NET_PHASE_ADDRESSES_OUT] = NET_PHASE_LATE_ADDRESSES_OUT,
        [NET_PHASE_LINKS_DOWN] = NET_PHASE_HOLDERS_OUT,
        [NET_PHASE_LINKS_OUT] = NET_PHASE_HOLDERS_OUT,
    };
    return late[op->phase] && !g_strcmp0(op->dev, dev) ? late[op->phase] : op->phase;
}

/* Ports that somebody takes out already have their operation. */
static void free_ports(Moves *self, const Leaver *leaver)
{
    NetPlan *plan = self->builder->planner.plan;
    const GPtrArray *ports = net_observed_ports_of(before_of(self), leaver->link->ifindex);
    g_autoptr(GHashTable) out = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < plan->ops->len; i++) {
        NetOp *op = g_ptr_array_index(plan->ops, i);
        if (op->type == NET_OP_PORT_REMOVE)
            g_hash_table_add(out, (gpointer)op->dev);
        if (op->group == leaver->group)
            op->phase = late_phase(op, leaver->link->name);
    }
    self->builder->planner.group = leaver->group;
    self->builder->planner.iface = NULL;
    for (guint i = 0; i < ports->len; i++) {
        const char *port = net_pool_text(plan->pool, g_strdup(((const ObservedLink *)ports->pdata[i])->name));
        const char *dev = net_pool_text(plan->pool, g_strdup(leaver->link->name));
        if (!g_hash_table_contains(out, port))
            planner_do(&self->builder->planner, (NetOp){.type = NET_OP_PORT_REMOVE,
                                                        .phase = NET_PHASE_PORTS_OUT,
                                                        .severity = NET_WARN,
                                                        .dev = port,
                                                        .owner = dev,
                                                        .master = dev});
    }
}

/* Others that this one waits for already are waited for no earlier than is said now. */
static void hold(Moves *self, const Leaver *leaver, guint other, NetPhase reached)
{
    NetGroup *group = g_ptr_array_index(plan_of(self)->groups, leaver->group);
    NetPhase before = leaver->wait == BUT_PORTS ? NET_PHASE_LATE_RULES_OUT : NET_PHASE_SYSCTL;
    for (guint i = 0; i < group->ties->len; i++) {
        NetTie *tie = &g_array_index(group->ties, NetTie, i);
        tie->before = MAX(tie->before, before);
    }
    net_group_tie(group, (NetTie){other, reached, before, FALSE});
}

/* Whether one group waits for the other by now, over however many. */
static gboolean waits_for(const NetPlan *plan, guint group, guint other, GHashTable *seen)
{
    const GArray *ties = ((const NetGroup *)g_ptr_array_index(plan->groups, group))->ties;
    gboolean waits = group == other;
    if (!g_hash_table_add(seen, GUINT_TO_POINTER(group)))
        return FALSE;
    for (guint i = 0; !waits && i < ties->len; i++)
        waits = waits_for(plan, g_array_index(ties, NetTie, i).group, other, seen);
    return waits;
}

static gboolean is_deleted(const Moves *self, const char *dev)
{
    const GPtrArray *ops = plan_of(self)->ops;
    for (guint i = 0; i < ops->len; i++) {
        const NetOp *op = g_ptr_array_index(ops, i);
        if (op->type == NET_OP_LINK_DELETE && g_str_equal(op->dev, dev))
            return TRUE;
    }
    return FALSE;
}

/* What stands on it and is made anew elsewhere cannot go along with it any more. */
static void delete_upper(Moves *self, const NetOp *maker)
{
    NetPlanner *planner = &self->builder->planner;
    planner->group = maker->group;
    planner->iface = maker->iface;
    planner_stand_by(planner, (NetOp){.type = NET_OP_LINK_DELETE,
                                      .phase = NET_PHASE_LINKS_OUT,
                                      .severity = maker->severity,
                                      .dev = maker->dev,
                                      .where = maker->where});
}

static void hold_for_uppers(Moves *self, const Leaver *leaver)
{
    const GPtrArray *uppers = net_observed_uppers_of(before_of(self), leaver->link->ifindex);
    for (guint i = 0; uppers && i < uppers->len; i++) {
        const NetOp *maker = moves_maker_of(self, ((const ObservedLink *)uppers->pdata[i])->name);
        if (!maker)
            continue;
        if (!is_deleted(self, maker->dev))
            delete_upper(self, maker);
        hold(self, leaver, maker->group, NET_PHASE_CREATE);
    }
}

static void decide(Moves *self, Leaver *leaver)
{
    if (leaver->wait)
        return;
    leaver->wait = moves_judge(self, leaver);
    if (leaver->wait == BUT_PORTS)
        free_ports(self, leaver);
    if (leaver->wait == WHOLE || leaver->wait == BUT_PORTS)
        hold_for_uppers(self, leaver);
}

/* What takes it down waits, unless the other one needs it first. */
static void hold_again(Moves *self, Leaver *leaver, const NetOp *op)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    decide(self, leaver);
    if (leaver->wait == FIRST || waits_for(plan_of(self), op->group, leaver->group, seen))
        return;
    net_group_tie(g_ptr_array_index(plan_of(self)->groups, leaver->group),
                  (NetTie){op->group, NET_PHASE_LATE_RULES_OUT, NET_PHASE_PORTS_OUT, FALSE});
}

/* The ones below go after it. */
static void hold_below(Moves *self, const Leaver *leaver)
{
    const ObservedLink *lower = net_observed_link_by_index(before_of(self), leaver->link->lower);
    Leaver *below = lower ? g_hash_table_lookup(self->going, lower->name) : NULL;
    if (!below)
        return;
    decide(self, below);
    hold(self, below, leaver->group, NET_PHASE_LAST);
    hold_below(self, below);
}

/* The one that gets it may be a port of the one that goes: that is read back when it is free. */
static void hold_going(Moves *self, Leaver *leaver, const NetOp *op)
{
    const ObservedLink *taker = net_observed_link(before_of(self), op->dev);
    decide(self, leaver);
    if (leaver->wait == FIRST)
        return;
    hold(self, leaver, op->group, NET_PHASE_LATE_RULES_OUT);
    hold_below(self, leaver);
    if (taker && taker->master == leaver->link->ifindex)
        net_group_tie(g_ptr_array_index(plan_of(self)->groups, op->group),
                      (NetTie){leaver->group, NET_PHASE_LAST, NET_PHASE_LATE_RULES_OUT, FALSE});
}

/* It stays, and becomes a port, say: what it has is out of the way of nothing. */
static void hold_lost(Moves *self, const Owned *owned, const NetOp *op)
{
    NetPhase late = owned->address ? NET_PHASE_LATE_ADDRESSES_OUT : NET_PHASE_LATE_ROUTES_OUT;
    owned->op->phase = MAX(owned->op->phase, late);
    if (owned->leaver->group == op->group)
        return;
    net_group_tie(g_ptr_array_index(plan_of(self)->groups, owned->leaver->group),
                  (NetTie){op->group, NET_PHASE_LATE_RULES_OUT, NET_PHASE_LATE_RULES_OUT, FALSE});
}

/* The kernel would look for it on other hosts, and take an answer of this one for another's
 * (ndisc_recv_na()). */
static const NetAddress *without_dad(const Moves *self, const NetAddress *address)
{
    NetAddress *copy = net_address_new(&address->prefix, address->label, address->where);
    copy->scope = address->scope;
    copy->valid = address->valid;
    copy->preferred = address->preferred;
    copy->announce = address->announce;
    copy->no_dad = TRUE;
    return net_pool_keep(plan_of(self)->pool, copy, (GDestroyNotify)net_address_free);
}

/* It is known to be nobody else's. */
static gboolean was_usable(const Owned *owned, const NetOp *op)
{
    const ObservedAddress *had = owned->address;
    return op->type == NET_OP_ADDR_ADD && op->address->prefix.ip.family == AF_INET6 && had &&
           !(had->flags & (IFA_F_TENTATIVE | IFA_F_DADFAILED));
}

/* With the one in its place it is gone, and the record has only to learn of it. */
static void stand_by(const Moves *self, NetOp *lost, const NetOp *op)
{
    GArray *rivals = g_array_new(FALSE, FALSE, sizeof(NetRival));
    NetRival rival = {op->group, op->stands_on};
    g_array_append_val(rivals, rival);
    lost->rivals = net_pool_keep(plan_of(self)->pool, rivals, (GDestroyNotify)g_array_unref);
}

/* The route of the one that loses it is still there when this one comes: it takes its place. */
static void move(Moves *self, const Owned *owned, NetOp *op)
{
    if (was_usable(owned, op)) {
        op->address = without_dad(self, op->address);
        g_hash_table_add(self->usable, (gpointer)op->stands_on);
    }
    if (owned->op)
        hold_lost(self, owned, op);
    else if (owned->leaver->comes_again)
        hold_again(self, owned->leaver, op);
    else
        hold_going(self, owned->leaver, op);
    if (op->type == NET_OP_ROUTE_ADD && (owned->op || owned->leaver->wait != FIRST))
        op->replace = TRUE;
    if (op->type == NET_OP_ROUTE_ADD && owned->op && owned->leaver->group != op->group)
        stand_by(self, owned->op, op);
}

static void settle(Moves *self, NetOp *op)
{
    if (op->type == NET_OP_ADDR_ANNOUNCE && g_hash_table_contains(self->usable, op->stands_on))
        op->phase = NET_PHASE_ANNOUNCE; /* neighbours send to where it was */
    gboolean adds = op->type == NET_OP_ADDR_ADD || op->type == NET_OP_ROUTE_ADD;
    g_autofree char *text = adds ? op_text(op) : NULL;
    const Owned *lost = text ? g_hash_table_lookup(self->owned, text) : NULL;
    gboolean is_own = lost && lost->op && g_str_equal(lost->op->dev, op->dev);
    if (is_own && was_usable(lost, op))
        op->address = without_dad(self, op->address); /* with another prefix length */
    else if (lost && !is_own && (lost->op || lost->leaver->group != op->group))
        move(self, lost, op);
}

/* Default routes first: where two would wait for each other, the host is not the one to be cut off. */
static void settle_all(Moves *self, gboolean defaults)
{
    const NetPlan *plan = plan_of(self);
    guint count = plan->ops->len;
    for (guint i = 0; i < count; i++) {
        NetOp *op = g_ptr_array_index(plan->ops, i);
        gboolean is_default = op->type == NET_OP_ROUTE_ADD && ifcfg_route_is_default(op->route);
        if (is_default == defaults && !((const NetGroup *)g_ptr_array_index(plan->groups, op->group))->down)
            settle(self, op);
    }
}

void net_builder_tie_moved(NetBuilder *self)
{
    g_autoptr(GHashTable) going = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free),
                          owned = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
                          joined = g_hash_table_new(g_str_hash, g_str_equal),
                          usable = g_hash_table_new(NULL, NULL);
    g_autoptr(GPtrArray) created = g_ptr_array_new();
    Moves moves = {self, going, owned, created, joined, usable};
    list_again(&moves);
    list_going(&moves);
    list_ops(&moves);
    if (!g_hash_table_size(owned))
        return;
    settle_all(&moves, TRUE);
    settle_all(&moves, FALSE);
}
