/* Files beside an interface's own that cannot be understood, of aliases, routes and rules: the device comes
 * up without what they ask for, keeps what it has, and says so. */
#include "i18n.h"
#include "plan/planner.h"

static gboolean is_there(const NetPlanner *planner, const NetIface *part)
{
    const ObservedLink *link = planner_link_before(planner, net_iface_device(part));
    const GPtrArray *list = link ? net_observed_addresses_of(planner->before, link->ifindex) : NULL;
    for (guint i = 0; list && i < list->len; i++)
        if (!g_strcmp0(((const ObservedAddress *)list->pdata[i])->label, part->name))
            return TRUE;
    return FALSE;
}

static gboolean keeps_default(const NetPlanner *planner, const NetIface *iface, const char *family)
{
    const LedgerList *routes = planner_entry(planner, iface)->routes;
    const IfcfgRtNames *names = net_model_rtnames(planner->model);
    g_autofree char *begin = g_strconcat(family, " default ", NULL);
    for (guint i = 0; i < routes->len; i++) {
        const char *text = g_ptr_array_index(routes, i);
        const IfcfgRoute *route = g_str_has_prefix(text, begin)
                                      ? net_claim_route.parse(text, iface->name, names, planner->plan->pool)
                                      : NULL;
        if (route && net_iface_may_use_route(iface, route))
            return TRUE;
    }
    return FALSE;
}

/* Only where there is something that stays; of a file that is about all interfaces the first one tells. */
static void tell_doubts(NetPlanner *planner, const NetIface *iface)
{
    const LedgerEntry *entry = planner_entry(planner, iface);
    guint doubts = net_iface_doubts(iface);
    if (!entry)
        return;
    if ((doubts & NET_DOUBT_ROUTES && entry->routes->len) || (doubts & NET_DOUBT_RULES && entry->rules->len))
        planner_note(planner, _("the routes and rules that %s has stay until the file is corrected"),
                     iface->name);
    if ((doubts & NET_DOUBT_DEFAULT && keeps_default(planner, iface, "-4")) ||
        (doubts & NET_DOUBT_DEFAULT6 && keeps_default(planner, iface, "-6")))
        planner_note(planner, _("the default route that %s has stays until the file is corrected"),
                     iface->name);
    if (planner->has_told_static || !(doubts & NET_DOUBT_STATIC_ROUTES) || !entry->routes->len)
        return;
    planner->has_told_static = TRUE;
    planner_note(planner,
                 _("the routes that %s and others have stay until the file of static routes is corrected"),
                 iface->name);
}

void planner_tell_parts(NetPlanner *planner, const NetIface *iface)
{
    const NetIface *part;
    tell_doubts(planner, iface);
    for (guint i = 1; !iface->parent && (part = net_iface_part(iface, i)); i++) {
        if (!part->fault || !part->onparent || part->unsupported || planner_group_of(planner, part))
            continue;
        if (is_there(planner, part))
            planner_warn(planner, part->name, part->fault_where,
                         _("%s; %s is left as it is until the file is corrected"), part->fault, part->name);
        else
            planner_warn(planner, part->name, part->fault_where, "%s", part->fault);
    }
}
