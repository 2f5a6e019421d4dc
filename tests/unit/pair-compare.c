/* What may be different after different ways to the same files: left out of comparisons. */
#include "model/kind.h"
#include "pair-check.h"
#include "picture-text.h"
#include "plan/predict.h"
#include "random-foreign.h"
#include "state/compare.h"
#include <net/if.h>
#include <sys/socket.h>

/* A port is as its bond wants it. */
static const NetIface *who_asks(const World *world, const char *dev)
{
    const NetIface *iface = net_model_find(world->model, dev);
    return iface && iface->onboot && !net_iface_master(iface) ? iface : NULL;
}

static gboolean is_compared(const LinkOption *option, const LinkSettings *wanted)
{
    guint32 selector = link_settings_selector(wanted);
    return link_option_is_useful(option, selector) &&
           (link_settings_find(wanted, option->name) ||
            !(option->needs & (LINK_KERNEL_CHOOSES | LINK_NEEDS_OTHER)));
}

/* What has no effect beside the others is as it was. */
static void forget_options(const NetIface *iface, const ObservedLink *link)
{
    for (gsize i = 0; iface && iface->settings && link->own && i < link->own->table->n; i++)
        if (!is_compared(&link->own->table->rows[i], iface->settings))
            link_values_set(link->own, &link->own->table->rows[i], NULL);
}

/* The kernel numbers a rule by those that were there before. */
static void forget_number(const World *world, IfcfgRule *rule)
{
    for (guint i = 0; i < net_model_length(world->model); i++) {
        const GPtrArray *rules = net_model_nth(world->model, i)->rules;
        for (guint n = 0; n < rules->len; n++) {
            const IfcfgRule *wanted = rules->pdata[n];
            if (!wanted->has_priority && net_rule_is(rule, wanted))
                rule->has_priority = FALSE;
        }
    }
}

/* With fail_over_mac it is that of whoever sends. */
static gboolean is_mac_asked(const NetIface *iface, const NetObserved *picture)
{
    return iface && iface->macaddr.length &&
           (!iface->kind->mac || iface->kind->mac(iface, picture).length > 0);
}

/* What no file of B asks for is left as it was; a metric that has the ifindex in it says the same everywhere.
 */
static void forget_unasked(const World *world, NetObserved *picture)
{
    for (guint i = 0; i < picture->links->len; i++) {
        ObservedLink *link = picture->links->pdata[i];
        const NetIface *iface = who_asks(world, link->name);
        forget_options(iface, link);
        if (!iface || !iface->mtu)
            link->mtu = 0;
        if (!is_mac_asked(iface, picture))
            link->mac = (IfcfgMac){0};
        if (!iface || iface->arp < 0)
            link->flags &= ~(guint32)IFF_NOARP;
    }
    for (guint i = 0; i < picture->rules->len; i++)
        forget_number(world, picture->rules->pdata[i]);
    for (guint i = 0; i < picture->routes->len; i++) {
        IfcfgRoute *route = picture->routes->pdata[i];
        const IfcfgNexthop *hop = route->nexthops->len ? route->nexthops->pdata[0] : NULL;
        const ObservedLink *link = hop ? net_observed_link(picture, hop->dev) : NULL;
        if (link && route->metric == NET_ZEROCONF_METRIC + (guint)link->ifindex)
            route->metric = NET_ZEROCONF_METRIC;
    }
}

static gboolean is_kept(const Trial *self, const NetObserved *picture, const ObservedLink *link);

static gboolean is_below_kept(const Trial *self, const NetObserved *picture, const ObservedLink *link)
{
    const GPtrArray *uppers = net_observed_uppers_of(picture, link->ifindex);
    for (guint i = 0; uppers && i < uppers->len; i++)
        if (is_kept(self, picture, uppers->pdata[i]))
            return TRUE;
    return FALSE;
}

/* No file has it up: kept, since something of others is on it. */
static gboolean is_kept(const Trial *self, const NetObserved *picture, const ObservedLink *link)
{
    gboolean any = is_below_kept(self, picture, link);
    for (guint i = 0; i < self->foreign->len; i++) {
        const NetOp *op = self->foreign->pdata[i];
        any |= op->type == NET_OP_ADDR_ADD &&
               net_observed_address(picture, link->ifindex, &op->address->prefix) != NULL;
    }
    return any && link->kind && !who_asks(self->world, link->name);
}

/* An alias that waits for an `ifup` of its own has what it has. */
static void forget_waiting(const World *world, NetObserved *picture)
{
    for (guint i = 0; i < net_model_length(world->model); i++) {
        const NetIface *part = net_model_nth(world->model, i);
        for (guint n = 0; part->parent && !part->onparent && n < part->addresses->len; n++)
            net_predict(picture, &(NetOp){.type = NET_OP_ADDR_DELETE,
                                          .dev = part->parent->name,
                                          .address = part->addresses->pdata[n]});
    }
}

/* An address that keeps what stands on the device while others go. */
static void add_holder(NetObserved *picture, const ObservedLink *link)
{
    NetAddress address = {.label = NULL};
    g_assert_true(ifcfg_prefix_parse("203.0.113.1/32", AF_INET, &address.prefix));
    net_predict(picture, &(NetOp){.type = NET_OP_ADDR_ADD, .dev = link->name, .address = &address});
}

NetObserved *trial_comparable(const Trial *self, const NetObserved *picture)
{
    NetObserved *copy = net_observed_copy(picture);
    g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < copy->links->len; i++)
        if (is_kept(self, copy, copy->links->pdata[i]))
            g_ptr_array_add(kept, g_strdup(((ObservedLink *)copy->links->pdata[i])->name));
    for (guint i = 0; i < copy->links->len; i++)
        add_holder(copy, copy->links->pdata[i]);
    for (guint i = self->foreign->len; i-- > 0;)
        if (((const NetOp *)self->foreign->pdata[i])->type != NET_OP_NEIGH_ADD)
            net_predict(copy, foreign_undo(self->foreign->pdata[i], self->pool));
    g_array_set_size(copy->neighbours, 0);
    for (guint i = 0; i < kept->len; i++)
        net_predict(copy, &(NetOp){.type = NET_OP_LINK_DELETE, .dev = kept->pdata[i]});
    forget_waiting(self->world, copy);
    forget_unasked(self->world, copy);
    return copy;
}
