/* What stands on a link: addresses, routes and rules of an interface together, in and out. */
#include "plan/planner.h"
#include <net/if.h>
#include <sys/socket.h>

enum { PROBE_CARRIER_MS = 3000 }; /* a probe needs carrier; a cable that is in has it by then */

static void planner_wait_carrier(NetPlanner *planner, const NetIface *iface, const char *dev, gboolean probes)
{
    const ObservedLink *link = net_observed_link(planner->observed, dev);
    gboolean stays = planner_link_stays(planner, dev);
    guint timeout_ms = iface->linkdelay > 0 ? (guint)iface->linkdelay * 1000 : PROBE_CARRIER_MS;
    /* LINKDELAY is for links that the plan brings up; a cable that has been out for days is not waited for again. */
    if (!iface->link_up || (stays && link->carrier) || !(probes || (!stays && iface->linkdelay > 0)))
        return;
    NetOp *op = planner_add(planner, NET_OP_CARRIER_WAIT, NET_PHASE_CARRIER, dev, iface->where);
    op->timeout_ms = timeout_ms;
    op->severity = NET_WARN;
}

static void planner_set_arp_filter(NetPlanner *planner, const NetIface *iface)
{
    if (!iface->arp_filter || planner_link_stays(planner, iface->name))
        return;
    NetOp *op = planner_add(planner, NET_OP_SYSCTL_SET, NET_PHASE_LINK, iface->name, iface->where);
    op->text =
        net_plan_keep(planner->plan, g_strdup_printf("ipv4/conf/%s/arp_filter", iface->name), g_free);
    op->text2 = "1";
    op->severity = NET_WARN;
}

void planner_add_verify(NetPlanner *planner, const NetIface *iface)
{
    NetOp *op = planner_add(planner, NET_OP_VERIFY, NET_PHASE_VERIFY, net_iface_device(iface), iface->where);
    op->iface = iface;
}

void planner_add_layer3(NetPlanner *planner, const NetIface *iface)
{
    planner_drop_stale_addresses(planner, iface);
    gboolean probes = planner_add_addresses(planner, iface, iface->name);
    for (guint i = 0; iface->aliases && i < iface->aliases->len; i++) {
        const NetIface *alias = g_ptr_array_index(iface->aliases, i);
        if (alias->onparent && !alias->fault && !alias->unsupported)
            probes |= planner_add_addresses(planner, alias, iface->name);
    }
    planner_set_arp_filter(planner, iface);
    planner_wait_carrier(planner, iface, iface->name, probes);
    planner_add_routes(planner, iface);
    planner_add_rules(planner, iface);
    planner_add_verify(planner, iface);
}

void planner_drop_layer3(NetPlanner *planner, const NetIface *iface, gboolean device_goes)
{
    planner_drop_rules(planner, iface);
    planner_drop_routes(planner, iface);
    if (!device_goes)
        planner_drop_addresses(planner, iface);
}
