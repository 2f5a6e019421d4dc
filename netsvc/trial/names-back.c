/* Names given back: a link has to be down for that. */
#include "trial/names-back.h"
#include "apply/executor.h"
#include "apply/system.h"
#include "i18n.h"
#include "state/compare.h"

static void say_nothing(G_GNUC_UNUSED guint group, G_GNUC_UNUSED NetOutcome outcome,
                        G_GNUC_UNUSED const GPtrArray *messages, G_GNUC_UNUSED gpointer data)
{
}

static void take_down(NetBackend *backend, const char *name)
{
    g_autoptr(NetPlan) plan = net_plan_new();
    g_autoptr(NetLedger) nobody = net_ledger_new();
    const NetReporter reporter = {.group_done = say_nothing};
    NetOp down = {.type = NET_OP_LINK_DOWN, .dev = name, .severity = NET_WARN, .is_back = TRUE};
    net_plan_add_group(plan);
    g_ptr_array_add(plan->ops, g_memdup2(&down, sizeof down));
    net_executor_run(plan, backend, nobody, NULL, &reporter);
}

static void name_go_back(NetBackend *backend, const ObservedLink *link, const char *name, GPtrArray *told)
{
    g_autofree char *now = g_strdup(link->name);
    g_autoptr(GError) error = NULL;
    take_down(backend, now);
    if (net_link_rename(now, name, &error))
        g_ptr_array_add(
            told, g_strdup_printf(_("%s was renamed to %s meanwhile: it has its name again"), name, now));
    else
        g_ptr_array_add(told, g_strdup(error->message));
}

void names_go_back(NetBackend *backend, const NetObserved *wanted, GHashTable *devices, GPtrArray *told)
{
    g_autoptr(NetObserved) observed = backend->observe(backend, NULL);
    GHashTableIter iter;
    gpointer name;
    g_hash_table_iter_init(&iter, devices);
    while (observed && g_hash_table_iter_next(&iter, &name, NULL)) {
        const ObservedLink *link = net_observed_link(wanted, name),
                           *now = link ? net_observed_link_by_index(observed, link->ifindex) : NULL;
        if (now && !net_observed_link(observed, name))
            name_go_back(backend, now, name, told);
    }
}

/* The metric is a part of what a picture finds a route by, so that one with another metric is another one. */
static void route_set_metric(NetObserved *picture, IfcfgRoute *route, guint32 metric)
{
    IfcfgRoute *moved = ifcfg_route_copy(route);
    moved->metric = metric;
    net_observed_remove_route(picture, route);
    net_observed_add_route(picture, moved);
}

void names_zeroconf_follow(NetBackend *backend, NetObserved *wanted)
{
    g_autoptr(NetObserved) observed = backend->observe(backend, NULL);
    for (guint i = wanted->routes->len; observed && i-- > 0;) {
        IfcfgRoute *route = wanted->routes->pdata[i];
        const IfcfgNexthop *hop = route->nexthops->len == 1 ? route->nexthops->pdata[0] : NULL;
        const ObservedLink *link = hop && hop->dev ? net_observed_link(wanted, hop->dev) : NULL,
                           *now = link ? net_observed_link(observed, hop->dev) : NULL;
        if (now && now->ifindex != link->ifindex && net_route_is_zeroconf(route) &&
            route->metric == NET_ZEROCONF_METRIC + link->ifindex)
            route_set_metric(wanted, route, NET_ZEROCONF_METRIC + now->ifindex);
    }
}

GPtrArray *names_missing(NetBackend *backend, const NetObserved *wanted, GHashTable *devices)
{
    GPtrArray *missing = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(NetObserved) observed = backend->observe(backend, NULL);
    g_autoptr(GList) names = g_list_sort(g_hash_table_get_keys(devices), (GCompareFunc)g_strcmp0);
    for (GList *at = names; observed && at; at = at->next)
        if (net_observed_link(wanted, at->data) && !net_observed_link(observed, at->data))
            g_ptr_array_add(missing, g_strdup_printf(_("%s differs from before: it is not there any more"),
                                                     (char *)at->data));
    return missing;
}
