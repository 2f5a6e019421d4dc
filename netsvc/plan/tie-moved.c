/* Make before break across devices: one that goes waits for the one that gets its address or its default
 * route, where the kernel takes both at once. Until then a host would have neither. */
#include "model/iface.h"
#include "plan/builder.h"
#include "state/compare.h"
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

typedef struct {
    NetBuilder *builder;
    guint group;
    /* the device that goes, as it is */
    const ObservedLink *link;
} Leaver;

/* --- whether it can wait --- */

static gboolean is_alone(const NetPlanner *planner, const ObservedLink *link)
{
    const GPtrArray *ports = net_observed_ports_of(planner->before, link->ifindex),
                    *uppers = net_observed_uppers_of(planner->before, link->ifindex);
    const ObservedLink *lower = net_observed_link_by_index(planner->before, link->lower);
    return !link->master && !(ports && ports->len) && !(uppers && uppers->len) &&
           !net_observed_link_by_index(planner->before, link->peer) &&
           !(lower && planner_fate(planner, lower->name) >= NET_FATE_REMADE);
}

static const char *id_of(const GPtrArray *settings)
{
    for (guint i = 0; settings && i < settings->len; i++) {
        const LinkSetting *setting = g_ptr_array_index(settings, i);
        if (g_str_equal(setting->name, "id"))
            return setting->text;
    }
    return NULL;
}

/* Two VLANs of one device cannot have one number, nor two tunnels the same ends. */
static gboolean is_in_the_way(const ObservedLink *link, const NetOp *op)
{
    const char *old = link->own ? link_values_find(link->own, "id") : NULL, *new = id_of(op->create.settings);
    return !g_strcmp0(link->kind, op->create.family->kind) && (!old || !new || g_str_equal(old, new));
}

static gboolean had_address(const Leaver *leaver, const NetAddress *address)
{
    const NetObserved *before = leaver->builder->planner.before;
    return net_observed_find_ip(before, leaver->link->ifindex, &address->prefix) != NULL;
}

/* What is not the device's alone, and may be in the plan of another one too: it must go before that comes. */
static gboolean is_shared(const NetOp *op)
{
    return op->type == NET_OP_RULE_DELETE ||
           (op->type == NET_OP_ROUTE_DELETE && op->route->type != RTN_UNICAST);
}

/* The kernel looks for a new one on other hosts, and takes an answer of this one for another's
 * (ndisc_recv_na()). */
static gboolean is_moved_address6(const Leaver *leaver, const NetOp *op)
{
    return op->type == NET_OP_ADDR_ADD && op->address->prefix.ip.family == AF_INET6 &&
           had_address(leaver, op->address);
}

static gboolean can_wait(const Leaver *leaver)
{
    const NetPlanner *planner = &leaver->builder->planner;
    const GPtrArray *ops = planner->plan->ops;
    for (guint i = 0; i < ops->len; i++) {
        const NetOp *op = g_ptr_array_index(ops, i);
        if ((op->type == NET_OP_LINK_ADD && is_in_the_way(leaver->link, op)) ||
            is_moved_address6(leaver, op) || (op->group == leaver->group && is_shared(op)))
            return FALSE;
    }
    return is_alone(planner, leaver->link);
}

/* --- for whom --- */

/* What only one device is to have, in words that are the same for the one that has it and for the one that
 * gets it. */
static char *op_text(const NetOp *op)
{
    if (op->type == NET_OP_ADDR_ADD)
        return ifcfg_ip_format(&op->address->prefix.ip);
    return op->type == NET_OP_ROUTE_ADD && !op->metric_plus_ifindex ? ifcfg_route_key(op->route) : NULL;
}

static void list_owned(GHashTable *owners, const NetBuilder *self, const NetIface *iface)
{
    const NetObserved *before = self->planner.before;
    const ObservedLink *link = net_observed_link(before, net_iface_device(iface));
    const GPtrArray *addresses = net_observed_addresses_of(before, link->ifindex),
                    *routes = net_observed_routes_over(before, link->name);
    for (guint i = 0; addresses && i < addresses->len; i++)
        g_hash_table_insert(owners,
                            ifcfg_ip_format(&((const ObservedAddress *)addresses->pdata[i])->prefix.ip),
                            (gpointer)iface);
    for (guint i = 0; routes && i < routes->len; i++)
        if (!net_route_is_kernels(routes->pdata[i]))
            g_hash_table_insert(owners, ifcfg_route_key(routes->pdata[i]), (gpointer)iface);
}

/* The route of the one that goes is still there when this one comes: it takes its place. */
static void wait_for(NetBuilder *self, const NetIface *iface, NetOp *op)
{
    NetPlanner *planner = &self->planner;
    Leaver leaver = {self, GPOINTER_TO_UINT(g_hash_table_lookup(planner->group_of, iface)) - 1,
                     planner_link_before(planner, net_iface_device(iface))};
    if (!can_wait(&leaver))
        return;
    if (op->type == NET_OP_ROUTE_ADD)
        op->replace = TRUE;
    net_group_tie(g_ptr_array_index(planner->plan->groups, leaver.group),
                  (NetTie){op->group, NET_PHASE_LATE_RULES_OUT, NET_PHASE_SYSCTL, FALSE});
}

void net_builder_tie_moved(NetBuilder *self)
{
    const NetPlan *plan = self->planner.plan;
    g_autoptr(GHashTable) owners = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; self->up->len && i < self->down->len; i++) {
        const NetIface *iface = g_ptr_array_index(self->down, i);
        if (planner_fate(&self->planner, net_iface_device(iface)) == NET_FATE_GOES)
            list_owned(owners, self, iface);
    }
    for (guint i = 0; g_hash_table_size(owners) && i < plan->ops->len; i++) {
        NetOp *op = g_ptr_array_index(plan->ops, i);
        const NetGroup *taker = g_ptr_array_index(plan->groups, op->group);
        g_autofree char *text = taker->down ? NULL : op_text(op);
        const NetIface *owner = text ? g_hash_table_lookup(owners, text) : NULL;
        if (owner)
            wait_for(self, owner, op);
    }
}
