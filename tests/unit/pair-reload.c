/* A reload from one configuration to another, and the restart that does the rest: who talks to the host by
 * whatever it had goes on talking to it. */
#include "pair-check.h"
#include "plan/verify.h"
#include "state/compare.h"
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

/* --- what must be so at every moment
 * ---------------------------------------------------------------------------------- */

static const ObservedLink *in_use(const NetObserved *picture, int ifindex)
{
    const ObservedLink *link = net_observed_link_by_index(picture, ifindex);
    return link && link->flags & IFF_UP && !link->master ? link : NULL;
}

static void check_links(Trial *self, const char *line)
{
    for (guint i = 0; i < self->before->links->len; i++) {
        const ObservedLink *link =
            in_use(self->before, ((ObservedLink *)self->before->links->pdata[i])->ifindex);
        const ObservedLink *now = link ? net_observed_link(self->world->sim->picture, link->name) : NULL;
        if (link && (!now || now->ifindex != link->ifindex || !(now->flags & IFF_UP) || now->master))
            trial_fault(self, "a reload interrupts %s with '%s'", link->name, line);
    }
}

static void check_addresses(Trial *self, const char *line)
{
    for (guint i = 0; i < self->before->addresses->len; i++) {
        const ObservedAddress *address = self->before->addresses->pdata[i];
        const ObservedLink *link = in_use(self->before, address->ifindex);
        g_autofree char *text = ifcfg_prefix_format(&address->prefix);
        if (link && !net_observed_find_ip(self->world->sim->picture, link->ifindex, &address->prefix))
            trial_fault(self, "a reload takes %s from %s with '%s'", text, link->name, line);
    }
}

static gboolean leads(const NetObserved *picture, const IfcfgRoute *wanted)
{
    for (guint i = 0; i < picture->routes->len; i++) {
        const IfcfgRoute *route = picture->routes->pdata[i];
        if ((route->table == wanted->table || route->table == RT_TABLE_MAIN) && !ifcfg_route_drops(route) &&
            route->to.length <= wanted->to.length && ifcfg_prefix_contains(&route->to, &wanted->to.ip))
            return TRUE;
    }
    return FALSE;
}

static void check_routes(Trial *self, const char *line)
{
    for (guint i = 0; i < self->before->routes->len; i++) {
        const IfcfgRoute *route = self->before->routes->pdata[i];
        const ObservedLink *link =
            net_route_dev(route) ? net_observed_link(self->before, net_route_dev(route)) : NULL;
        g_autofree char *text = ifcfg_route_format(route);
        if (link && in_use(self->before, link->ifindex) && !ifcfg_route_drops(route) &&
            !net_route_is_kernels(route) && !leads(self->world->sim->picture, route))
            trial_fault(self, "a reload leaves nothing that leads where '%s' did with '%s'", text, line);
    }
}

static void look(const NetOp *op, gpointer data)
{
    Trial *self = data;
    g_autofree char *line = net_op_format(op);
    if (self->faults->len)
        return;
    check_links(self, line);
    check_addresses(self, line);
    check_routes(self, line);
}

/* --- what must be so afterwards
 * -------------------------------------------------------------------------------------- */

static gboolean has_both(const NetObserved *picture, const IfcfgPrefix *prefix, const char *one,
                         const char *other)
{
    const ObservedLink *a = net_observed_link(picture, one), *b = net_observed_link(picture, other);
    return a && b && net_observed_find_ip(picture, a->ifindex, prefix) &&
           net_observed_find_ip(picture, b->ifindex, prefix);
}

/* Who is reached by the one is not by the other. */
static void check_alone(Trial *self, const ObservedAddress *address)
{
    const NetObserved *picture = self->world->sim->picture;
    const IndexList *same = net_observed_addresses_with(picture, &address->prefix.ip);
    const char *dev = net_observed_link_by_index(picture, address->ifindex)->name;
    for (guint i = 0; same && i < same->len; i++) {
        const char *other =
            net_observed_link_by_index(picture, ((ObservedAddress *)same->pdata[i])->ifindex)->name;
        g_autofree char *text = ifcfg_prefix_format(&address->prefix);
        if (g_strcmp0(dev, other) < 0 && !net_observed_address_is_kernels(address) &&
            !has_both(self->before, &address->prefix, dev, other) &&
            !has_both(self->fresh, &address->prefix, dev, other))
            trial_fault(self, "a reload leaves %s on both %s and %s", text, dev, other);
    }
}

/* What was left can have waited for what is there by now: the last port that worked for one that works, and
 * another device for that. */
static void check_done(Trial *self, const NetPlan *plan)
{
    for (guint i = 0; i < 2 && plan->left->len; i++)
        world_run(self->world, NET_PLAN_RELOAD, NULL, WORLD_ALL);
    g_autofree char *work = world_work(self->world, NET_PLAN_RELOAD, NULL);
    if (*work)
        trial_fault(self, "another reload would do:\n%s", work);
}

void trial_reload(Trial *self)
{
    self->world->look = look;
    self->world->data = self;
    g_autoptr(NetPlan) plan = world_plan(self->world, NET_PLAN_RELOAD, NULL);
    world_run(self->world, NET_PLAN_RELOAD, NULL, WORLD_ALL);
    if (net_plan_interrupts(plan))
        trial_fault(self, "a reload would interrupt");
    check_done(self, plan);
    self->world->look = NULL;
    for (guint i = 0; i < self->world->sim->picture->addresses->len; i++)
        check_alone(self, self->world->sim->picture->addresses->pdata[i]);
    trial_check_foreign(self, "after a reload");
    if (self->faults->len) {
        g_autofree char *text = net_plan_format(plan);
        trial_fault(self, "the plan of the reload was:\n%s", text);
        return;
    }
    world_run(self->world, NET_PLAN_RESTART, NULL, WORLD_ALL);
    trial_check_end(self, "restarted after a reload");
}
