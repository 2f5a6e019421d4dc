/* What must be so after a run, and at every moment of it: see pair-check.h. */
#include "pair-check.h"
#include "picture-text.h"
#include "plan/verify.h"
#include "state/compare.h"
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>

void trial_fault(Trial *self, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_string_append_vprintf(self->faults, format, args);
    va_end(args);
    g_string_append_c(self->faults, '\n');
}

/* --- what must be so afterwards
 * -------------------------------------------------------------------------------------- */

static void check_nothing_to_do(Trial *self, const char *when)
{
    g_autofree char *work = world_work(self->world, NET_PLAN_RESTART, NULL);
    if (*work)
        trial_fault(self, "%s: there is something to do:\n%s", when, work);
}

static void check_fresh(Trial *self, const char *when)
{
    g_autoptr(NetObserved) fresh = trial_comparable(self, self->fresh);
    g_autoptr(NetObserved) actual = trial_comparable(self, self->world->sim->picture);
    g_autofree char *difference = picture_difference_unordered(fresh, actual);
    if (*difference)
        trial_fault(self, "%s: not as after a fresh start:\n%s", when, difference);
}

/* A port has nothing of its own, and what is down or gone reaches nobody. */
static gboolean is_usable(const NetObserved *picture, const char *dev)
{
    const ObservedLink *link = dev ? net_observed_link(picture, dev) : NULL;
    return !dev || (link && link->flags & IFF_UP && !link->master);
}

static gboolean has_as_chosen(const NetObserved *picture, const ObservedLink *link, const NetAddress *wanted)
{
    const ObservedAddress *actual = net_observed_address(picture, link->ifindex, &wanted->prefix);
    return actual && (actual->flags & wanted->flags) == wanted->flags && actual->metric == wanted->metric &&
           actual->protocol == wanted->protocol && ifcfg_ip_equal(&actual->peer, &wanted->peer);
}

static gboolean is_there(const NetObserved *picture, const NetOp *op)
{
    const ObservedLink *link = op->dev ? net_observed_link(picture, op->dev) : NULL;
    if (op->type == NET_OP_ADDR_ADD)
        return link && has_as_chosen(picture, link, op->address);
    if (op->type == NET_OP_ROUTE_ADD)
        return net_observed_route(picture, op->route, op->dev) != NULL;
    if (op->type == NET_OP_NEIGH_ADD) {
        ObservedNeighbour neighbour = op->neighbour;
        neighbour.ifindex = link ? link->ifindex : 0;
        /* arp_constructor(): whoever is at the other end has one entry */
        if (neighbour.ip.family == AF_INET && !neighbour.is_proxy && link && link->flags & IFF_POINTOPOINT)
            memset(neighbour.ip.bytes, 0, sizeof neighbour.ip.bytes);
        return net_observed_has_neighbour(picture, &neighbour);
    }
    return net_observed_has_rule(picture, op->rule);
}

/* What the kernel would take again should be there, also when the run was killed on the way. */
void trial_check_foreign(Trial *self, const char *when)
{
    const NetObserved *picture = self->world->sim->picture;
    for (guint i = 0; i < self->foreign->len; i++) {
        const NetOp *op = self->foreign->pdata[i];
        g_autoptr(NetObserved) copy = net_observed_copy(picture);
        g_autofree char *line = net_op_format(op);
        if (is_usable(picture, op->dev) && !is_there(picture, op) && !net_predict(copy, op))
            trial_fault(self, "%s: lost, though it is somebody else's: %s", when, line);
    }
}

/* Aliases come up with their device, ports with their bond. */
static gboolean comes_up(const NetIface *iface)
{
    const NetIface *master = net_iface_master(iface), *parent = iface->parent;
    return parent ? iface->onparent && parent->onboot : master ? master->onboot : iface->onboot;
}

static GString *verify_all(const World *world, const NetObserved *picture)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < net_model_length(world->model); i++) {
        const NetIface *iface = net_model_nth(world->model, i);
        g_autoptr(GPtrArray) differences = net_verify(iface, picture);
        for (guint n = 0; comes_up(iface) && n < differences->len; n++)
            g_string_append_printf(text, "%s: %s\n", iface->name,
                                   ((const NetDifference *)differences->pdata[n])->message);
        g_ptr_array_foreach(differences, (GFunc)(void (*)(void))net_difference_free, NULL);
        g_ptr_array_set_free_func(differences, NULL);
    }
    return text;
}

static void check_verified(Trial *self, const char *when)
{
    GString *expected = verify_all(self->world, self->fresh);
    GString *found = verify_all(self->world, self->world->sim->picture);
    if (!g_string_equal(expected, found))
        trial_fault(self, "%s: read back, it is not as configured:\n%sbut after a fresh start:\n%s", when,
                    found->str, expected->str);
    g_string_free(expected, TRUE);
    g_string_free(found, TRUE);
}

void trial_check_end(Trial *self, const char *when)
{
    check_nothing_to_do(self, when);
    check_verified(self, when);
    check_fresh(self, when);
    trial_check_foreign(self, when);
    for (guint i = 0; i < self->world->ledger->owed->len; i++)
        trial_fault(self, "%s: still owed: %s", when, (char *)self->world->ledger->owed->pdata[i]);
}

static gboolean is_fated(const Trial *self, const char *dev)
{
    for (guint i = 0; i < self->plan->fates->len; i++) {
        const NetFate *fate = self->plan->fates->pdata[i];
        if (g_str_equal(fate->dev, dev) && net_fate_interrupts(fate))
            return TRUE;
    }
    return FALSE;
}

/* --- what must be so at every moment
 * ---------------------------------------------------------------------------------- */

static const char *default_dev(const NetObserved *picture, int family)
{
    for (guint i = 0; i < picture->routes->len; i++) {
        const IfcfgRoute *route = picture->routes->pdata[i];
        const IfcfgNexthop *hop = route->nexthops->len ? route->nexthops->pdata[0] : NULL;
        if (ifcfg_route_is_default(route) && route->table == RT_TABLE_MAIN && hop &&
            route->to.ip.family == family)
            return hop->dev;
    }
    return NULL;
}

static void check_default_route(Trial *self, int family, const char *line)
{
    const char *before = default_dev(self->before, family), *after = default_dev(self->after, family);
    if (before && after && !is_fated(self, before) && !is_fated(self, after) &&
        !default_dev(self->world->sim->picture, family))
        trial_fault(self, "no default route of IPv%d after '%s'", family == AF_INET6 ? 6 : 4, line);
}

static gboolean has_address(const NetObserved *picture, const char *dev, const IfcfgPrefix *prefix)
{
    const ObservedLink *link = net_observed_link(picture, dev);
    return link && net_observed_find_ip(picture, link->ifindex, prefix);
}

/* An address that was there and will be there is there. */
static void check_addresses(Trial *self, const char *line)
{
    for (guint i = 0; i < self->before->addresses->len; i++) {
        const ObservedAddress *address = self->before->addresses->pdata[i];
        const ObservedLink *link = net_observed_link_by_index(self->before, address->ifindex);
        g_autofree char *text = ifcfg_prefix_format(&address->prefix);
        if (!is_fated(self, link->name) && has_address(self->after, link->name, &address->prefix) &&
            !has_address(self->world->sim->picture, link->name, &address->prefix))
            trial_fault(self, "no address %s on %s after '%s'", text, link->name, line);
    }
}

void trial_look(const NetOp *op, gpointer data)
{
    Trial *self = data;
    g_autofree char *line = net_op_format(op);
    check_default_route(self, AF_INET, line);
    check_default_route(self, AF_INET6, line);
    check_addresses(self, line);
}
