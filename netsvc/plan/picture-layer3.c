/* Addresses, rules and neighbours, and when routes, from one picture to another: what is missing comes before
 * anything goes. */
#include "model/iface.h"
#include "plan/picture-private.h"
#include <linux/if_addr.h>
#include <sys/socket.h>

/* --- addresses --- */

/* An address on a port or on what is down is nobody's to refuse. */
static const ObservedLink *link_of(const PicturePlan *self, const ObservedAddress *wanted)
{
    const char *name = picture_name_of(self->wanted, wanted->ifindex);
    return name && picture_touches(self, name) && !net_observed_address_is_kernels(wanted)
               ? picture_link(self, name)
               : NULL;
}

static void address_add(PicturePlan *self, const ObservedAddress *wanted, int family, NetPhase phase)
{
    const ObservedLink *link = link_of(self, wanted);
    if (!link || wanted->prefix.ip.family != family ||
        net_observed_address(self->picture, link->ifindex, &wanted->prefix))
        return;
    NetAddress *address =
        net_pool_keep(self->plan->pool, net_observed_address_copy(wanted), (GDestroyNotify)net_address_free);
    picture_do(self, (NetOp){.type = NET_OP_ADDR_ADD,
                             .phase = phase,
                             .dev = picture_name_of(self->wanted, wanted->ifindex),
                             .address = address});
}

static void addresses_add(PicturePlan *self, NetPhase phase)
{
    const GPtrArray *list = self->wanted->addresses;
    for (guint i = 0; i < list->len; i++)
        address_add(self, list->pdata[i], AF_INET, phase);
    for (guint i = list->len; i-- > 0;) /* a new one comes before the others */
        address_add(self, list->pdata[i], AF_INET6, phase);
}

/* Those of IPv4: the first one of a network is the one that the kernel uses as source. */
static GPtrArray *list_of(const NetObserved *picture, const ObservedLink *link)
{
    const GPtrArray *all = net_observed_addresses_of(picture, link->ifindex);
    GPtrArray *list = g_ptr_array_new();
    for (guint i = 0; all && i < all->len; i++)
        if (((const ObservedAddress *)all->pdata[i])->prefix.ip.family == AF_INET)
            g_ptr_array_add(list, all->pdata[i]);
    return list;
}

static gboolean ip_equal(const IfcfgIp *a, const IfcfgIp *b)
{
    return a->family == b->family && (!a->family || ifcfg_ip_equal(a, b));
}

/* All that somebody chose of it. */
static gboolean is_as_wanted(const ObservedAddress *actual, const ObservedAddress *wanted)
{
    static const guint32 chosen = IFA_F_HOMEADDRESS | IFA_F_NOPREFIXROUTE;
    return ifcfg_prefix_equal(&actual->prefix, &wanted->prefix) && !g_strcmp0(actual->label, wanted->label) &&
           ip_equal(&actual->broadcast, &wanted->broadcast) && ip_equal(&actual->peer, &wanted->peer) &&
           actual->scope == wanted->scope && actual->metric == wanted->metric &&
           !((actual->flags ^ wanted->flags) & chosen);
}

static void address_delete(PicturePlan *self, const ObservedLink *link, const ObservedAddress *actual,
                           gboolean comes_back)
{
    NetAddress *address =
        net_pool_keep(self->plan->pool, net_observed_address_copy(actual), (GDestroyNotify)net_address_free);
    NetOp op = {.type = NET_OP_ADDR_DELETE,
                .phase = NET_PHASE_LATE_ADDRESSES_OUT,
                .dev = picture_text(self, link->name),
                .address = address};
    if (comes_back)
        picture_do(self, op);
    else
        picture_remove(self, op);
}

/* Copies: the list of the picture changes with each deletion. */
static GPtrArray *addresses_now(const PicturePlan *self, const ObservedLink *link)
{
    const GPtrArray *all = net_observed_addresses_of(self->picture, link->ifindex);
    GPtrArray *copies = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; all && i < all->len; i++)
        g_ptr_array_add(copies, g_memdup2(all->pdata[i], sizeof(ObservedAddress)));
    return copies;
}

static void extra_addresses_out(PicturePlan *self, const ObservedLink *link, const ObservedLink *wanted)
{
    g_autoptr(GPtrArray) list = addresses_now(self, link);
    for (guint i = list->len; i-- > 0;) {
        const ObservedAddress *actual = list->pdata[i];
        if (!net_observed_address_is_kernels(actual) &&
            !net_observed_address(self->wanted, wanted->ifindex, &actual->prefix) &&
            net_observed_address(self->picture, link->ifindex, &actual->prefix))
            address_delete(self, link, actual, FALSE);
    }
}

/* Of IPv4, the place of the first that is another one than it should be. */
static guint first_misplaced(const PicturePlan *self, const ObservedLink *link, const GPtrArray *want)
{
    g_autoptr(GPtrArray) have = list_of(self->picture, link);
    guint same = 0;
    while (same < want->len && same < have->len && is_as_wanted(have->pdata[same], want->pdata[same]))
        same++;
    return same;
}

/* From there on all go and come back; of IPv6, where the order is nobody's, each that was chosen otherwise.
 */
static void unlike_addresses_out(PicturePlan *self, const ObservedLink *link, const ObservedLink *wanted)
{
    g_autoptr(GPtrArray) want = list_of(self->wanted, wanted), list = addresses_now(self, link);
    guint same = first_misplaced(self, link, want), place = 0;
    for (guint i = list->len; i-- > 0;) {
        const ObservedAddress *actual = list->pdata[i],
                              *as_wanted =
                                  net_observed_address(self->wanted, wanted->ifindex, &actual->prefix);
        if (!as_wanted || net_observed_address_is_kernels(actual) ||
            !net_observed_address(self->picture, link->ifindex, &actual->prefix))
            continue;
        gboolean is_misplaced = g_ptr_array_find(want, as_wanted, &place) && place >= same;
        if (is_misplaced || !is_as_wanted(actual, as_wanted))
            address_delete(self, link, actual, TRUE);
    }
}

static void addresses_out(PicturePlan *self)
{
    for (guint i = 0; i < self->wanted->links->len; i++) {
        const ObservedLink *wanted = self->wanted->links->pdata[i], *link = picture_link(self, wanted->name);
        if (!link || !picture_touches(self, wanted->name))
            continue;
        extra_addresses_out(self, link, wanted);
        unlike_addresses_out(self, link, wanted);
    }
}

/* --- rules, neighbours --- */

static void rules_add(PicturePlan *self)
{
    for (guint i = 0; i < self->wanted->rules->len; i++)
        if (!net_observed_has_rule(self->picture, self->wanted->rules->pdata[i]))
            picture_do(self, (NetOp){.type = NET_OP_RULE_ADD,
                                     .phase = NET_PHASE_RULES,
                                     .rule = self->wanted->rules->pdata[i]});
}

static void rules_out(PicturePlan *self)
{
    g_autoptr(GPtrArray) going = g_ptr_array_new();
    for (guint i = 0; i < self->picture->rules->len; i++)
        if (!net_observed_has_rule(self->wanted, self->picture->rules->pdata[i]))
            g_ptr_array_add(going,
                            net_pool_keep(self->plan->pool, ifcfg_rule_copy(self->picture->rules->pdata[i]),
                                          (GDestroyNotify)ifcfg_rule_free));
    for (guint i = 0; i < going->len; i++)
        picture_remove(
            self,
            (NetOp){.type = NET_OP_RULE_DELETE, .phase = NET_PHASE_LATE_RULES_OUT, .rule = going->pdata[i]});
}

static void neighbours_add(PicturePlan *self)
{
    for (guint i = 0; i < self->wanted->neighbours->len; i++) {
        ObservedNeighbour wanted = g_array_index(self->wanted->neighbours, ObservedNeighbour, i);
        const char *name = picture_name_of(self->wanted, wanted.ifindex);
        const ObservedLink *link = picture_link(self, name);
        if (!link || !picture_touches(self, name))
            continue;
        wanted.ifindex = link->ifindex;
        if (!net_observed_has_neighbour(self->picture, &wanted))
            picture_do(self, (NetOp){.type = NET_OP_NEIGH_ADD,
                                     .phase = NET_PHASE_ROUTES_LINK_BACK,
                                     .dev = name,
                                     .neighbour = wanted});
    }
}

void picture_plan_layer3(PicturePlan *self)
{
    addresses_add(self, NET_PHASE_ADDRESSES);
    picture_plan_routes(self, NET_WAVE_FIRST);
    rules_add(self);
    rules_out(self);
    picture_plan_routes_out(self);
    addresses_out(self);
    addresses_add(self, NET_PHASE_ADDRESSES_BACK);
    neighbours_add(self);
    picture_plan_routes(self, NET_WAVE_BACK);
}
