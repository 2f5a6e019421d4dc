/* A NIC that must be there, be the one that is meant, or come in time. */
#include "i18n.h"
#include "plan/planner.h"
#include <net/if.h>

/* The NICs that HWADDR could mean, each with its permanent address: the administrator has to choose one. */
static char *list_nics(const NetObserved *observed)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < observed->links->len && text->len < 800; i++) {
        const ObservedLink *link = g_ptr_array_index(observed->links, i);
        g_autofree char *mac = ifcfg_mac_format(&link->perm_mac);
        if (link->flags & (IFF_LOOPBACK | IFF_MASTER))
            continue;
        g_string_append_printf(text, "%s%s %s", text->len ? ", " : "", link->name, mac);
    }
    return g_string_free(text, FALSE);
}

/* Cards that no file is about: what is missing may be among them by another name. */
static char *list_idle_nics(const NetPlanner *planner)
{
    const NetObserved *observed = planner->before;
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < observed->links->len && text->len < 300; i++) {
        const ObservedLink *link = g_ptr_array_index(observed->links, i);
        g_autofree char *mac = ifcfg_mac_format(&link->perm_mac);
        if (!(link->flags & IFF_LOOPBACK) && !link->kind && !net_model_find(planner->model, link->name))
            g_string_append_printf(text, "%s%s %s", text->len ? ", " : "", link->name, mac);
    }
    return g_string_free(text, FALSE);
}

/* What to tell of a device that does not come: where it may be, or what to look at. */
static char *describe_missing_nic(const NetPlanner *planner, const NetIface *iface)
{
    const ObservedLink *other =
        iface->hwaddr.length ? net_observed_nic(planner->before, &iface->hwaddr) : NULL;
    g_autofree char *mac = ifcfg_mac_format(&iface->hwaddr), *idle = list_idle_nics(planner);
    if (other)
        return g_strdup_printf(
            _("the NIC with HWADDR %s is %s: rename it (`ip link set %s down name %s`), or "
              "correct DEVICE"),
            mac, other->name, other->name, iface->name);
    return *idle ? g_strdup_printf(_("NICs without a file: %s"), idle)
                 : g_strdup(_("is the card in, and its driver loaded?"));
}

static char *describe_wrong_nic(const NetObserved *observed, const ObservedLink *link, const NetIface *iface)
{
    g_autofree char *actual = link ? ifcfg_mac_format(&link->perm_mac) : NULL;
    g_autofree char *wanted = ifcfg_mac_format(&iface->hwaddr), *nics = list_nics(observed);
    if (!link)
        return g_strdup_printf(
            _("no NIC has the permanent address %s, and there is no DEVICE; NICs here: %s"), wanted, nics);
    return g_strdup_printf(_("%s has permanent address %s, but HWADDR is %s; NICs here: %s"), iface->name,
                           actual, wanted, nics);
}

static void planner_refuse_device(NetPlanner *planner, const NetIface *iface, const ObservedLink *link,
                                  NetSeverity severity)
{
    IfcfgWhere where = iface->record ? ifcfg_record_where(iface->record, "HWADDR") : iface->where;
    const char *text = net_pool_text(planner->plan->pool, describe_wrong_nic(planner->before, link, iface));
    if (severity == NET_FATAL)
        planner_fail(planner, where, "%s", text);
    else
        planner_do(planner, (NetOp){.type = NET_OP_LINK_WAIT,
                                    .phase = NET_PHASE_DEVICE,
                                    .severity = severity,
                                    .dev = iface->name,
                                    .where = where,
                                    .wait = {.why = text}});
}

static gboolean is_wrong(const NetIface *iface, const ObservedLink *link)
{
    if (!link)
        return iface->naming == NET_NAME_UNKNOWN; /* one cannot wait for that */
    return iface->hwaddr.length && link->perm_mac.length && !ifcfg_mac_equal(&link->perm_mac, &iface->hwaddr);
}

DeviceState planner_wait_device(NetPlanner *planner, const NetIface *iface, NetSeverity severity)
{
    const ObservedLink *link = planner_link_before(planner, iface->name);
    if (is_wrong(iface, link)) {
        planner_refuse_device(planner, iface, link, severity);
        return DEVICE_WRONG;
    }
    if (link)
        return DEVICE_USABLE;
    if (iface->module) /* that it cannot be loaded says less than that the NIC is missing */
        planner_load_module(planner, iface->name, iface->module, NULL, NET_WARN, iface->module_where);
    planner_do(planner, (NetOp){.type = NET_OP_LINK_WAIT,
                                .phase = NET_PHASE_DEVICE,
                                .severity = severity,
                                .dev = iface->name,
                                .where = iface->where,
                                .wait = {.timeout_ms = iface->devtimeout * 1000,
                                         .mac = iface->hwaddr,
                                         .hint = net_pool_text(planner->plan->pool,
                                                               describe_missing_nic(planner, iface))}});
    return DEVICE_AWAITED;
}
