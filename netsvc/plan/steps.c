/* Steps on links that kinds share: they append an operation only where the kernel is not there yet. */
#include "i18n.h"
#include "plan/planner.h"
#include <net/if.h>

NetOp *planner_add(NetPlanner *planner, NetOpType type, NetPhase phase, const char *dev, IfcfgWhere where)
{
    NetOp *op = g_new0(NetOp, 1);
    op->type = type;
    op->phase = phase;
    op->severity = NET_FATAL;
    op->group = planner->group;
    op->dev = dev;
    op->iface = planner->iface;
    op->owner = planner->iface ? net_iface_device(planner->iface) : NULL;
    op->where = where;
    g_ptr_array_add(planner->plan->ops, op);
    return op;
}

static NetGroup *planner_group(NetPlanner *planner)
{
    return g_ptr_array_index(planner->plan->groups, planner->group);
}

void planner_fail(NetPlanner *planner, IfcfgWhere where, const char *format, ...)
{
    NetGroup *group = planner_group(planner);
    va_list args;
    if (group->failed)
        return;
    va_start(args, format);
    group->failed = g_strdup_vprintf(format, args);
    va_end(args);
    group->failed_where = where;
}

void planner_none_left(NetPlanner *planner, const char *text)
{
    planner_group(planner)->none_left = text;
}

void planner_note(NetPlanner *planner, const char *format, ...)
{
    NetGroup *group = planner_group(planner);
    va_list args;
    if (!group->notes)
        group->notes = g_ptr_array_new_with_free_func(g_free);
    va_start(args, format);
    g_ptr_array_add(group->notes, g_strdup_vprintf(format, args));
    va_end(args);
}

void planner_load_module(NetPlanner *planner, const char *dev, const char *module, const char *options,
                         NetSeverity severity, IfcfgWhere where)
{
    if (!g_hash_table_add(planner->modules, (gpointer)module))
        return;
    NetOp *op = planner_add(planner, NET_OP_MODULE_LOAD, NET_PHASE_MODULE, dev, where);
    op->module.name = module;
    op->module.options = options;
    op->severity = severity;
}

/* The NICs that HWADDR could mean, each with its permanent address: the administrator has to choose one. */
static char *list_nics(const NetObserved *observed)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < observed->links->len && text->len < 800; i++) {
        const ObservedLink *link = g_ptr_array_index(observed->links, i);
        g_autofree char *mac = ifcfg_mac_format(&link->perm_mac);
        if (link->flags & IFF_LOOPBACK || (link->kind && g_str_equal(link->kind, "bond")))
            continue;
        g_string_append_printf(text, "%s%s %s", text->len ? ", " : "", link->name, mac);
    }
    return g_string_free(text, FALSE);
}

/* Cards that no file is about: what is missing may be among them by another name. */
static char *list_idle_nics(const NetPlanner *planner)
{
    const NetObserved *observed = planner->observed;
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
        iface->hwaddr.length ? net_observed_nic(planner->observed, &iface->hwaddr) : NULL;
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
    char *text = net_plan_keep(planner->plan, describe_wrong_nic(planner->observed, link, iface), g_free);
    if (severity == NET_FATAL) {
        planner_fail(planner, where, "%s", text);
        return;
    }
    NetOp *op = planner_add(planner, NET_OP_LINK_WAIT, NET_PHASE_DEVICE, iface->name, where);
    op->severity = severity;
    op->wait.why = text;
}

DeviceState planner_wait_device(NetPlanner *planner, const NetIface *iface, NetSeverity severity)
{
    const ObservedLink *link = net_observed_link(planner->observed, iface->name);
    gboolean is_nameless = !link && iface->naming == NET_NAME_UNKNOWN; /* one cannot wait for that */
    if (is_nameless || (link && iface->hwaddr.length && link->perm_mac.length &&
                        !ifcfg_mac_equal(&link->perm_mac, &iface->hwaddr))) {
        planner_refuse_device(planner, iface, link, severity);
        return DEVICE_WRONG;
    }
    if (link)
        return DEVICE_USABLE;
    if (iface->module) /* that it cannot be loaded says less than that the NIC is missing */
        planner_load_module(planner, iface->name, iface->module, NULL, NET_WARN, iface->where);
    NetOp *op = planner_add(planner, NET_OP_LINK_WAIT, NET_PHASE_DEVICE, iface->name, iface->where);
    op->severity = severity;
    op->wait.hint = net_plan_keep(planner->plan, describe_missing_nic(planner, iface), g_free);
    op->wait.timeout_ms = iface->devtimeout * 1000;
    op->wait.mac = iface->hwaddr;
    return DEVICE_AWAITED;
}

void planner_leave_master(NetPlanner *planner, const NetIface *iface, NetSeverity severity)
{
    const ObservedLink *link = net_observed_link(planner->observed, iface->name);
    const ObservedLink *master = link ? net_observed_link_by_index(planner->observed, link->master) : NULL;
    if (!master)
        return;
    NetOp *op = planner_add(planner, NET_OP_PORT_REMOVE, NET_PHASE_PORTS_OUT, iface->name, iface->where);
    op->master = net_plan_keep(planner->plan, g_strdup(master->name), g_free);
    op->severity = severity;
    if (!g_strcmp0(master->kind, "bond")) /* __bond_release_one() closes it */
        g_hash_table_add(planner->links_down, iface->name);
}

NetOp *planner_link_down(NetPlanner *planner, const char *dev, IfcfgWhere where)
{
    if (!g_hash_table_add(planner->links_down, (gpointer)dev))
        return NULL;
    return planner_add(planner, NET_OP_LINK_DOWN, NET_PHASE_LINKS_DOWN, dev, where);
}

gboolean planner_link_stays(const NetPlanner *planner, const char *dev)
{
    const ObservedLink *link = net_observed_link(planner->observed, dev);
    return link && link->flags & IFF_UP && !g_hash_table_contains(planner->links_down, dev);
}

void planner_note_move(NetPlanner *planner, const char *dev)
{
    g_hash_table_add(planner->links_moved, (gpointer)dev);
}

/* Many drivers refuse a new address while the device is up (EBUSY, eth_prepare_mac_addr_change()); a bond
 * takes it. */
void planner_set_mac(NetPlanner *planner, const NetIface *iface, const IfcfgMac *mac)
{
    const ObservedLink *link = net_observed_link(planner->observed, iface->name);
    if (!mac->length || (link && ifcfg_mac_equal(&link->mac, mac)))
        return;
    if (link && link->flags & IFF_UP && !net_iface_is_link(iface, "bond"))
        planner_link_down(planner, iface->name, iface->where);
    planner_add(planner, NET_OP_LINK_MAC, NET_PHASE_LINK, iface->name, iface->where)->mac = *mac;
    planner_note_move(planner, iface->name);
}

void planner_set_mtu(NetPlanner *planner, const NetIface *iface)
{
    const ObservedLink *link = net_observed_link(planner->observed, iface->name);
    if (iface->mtu && (!link || link->mtu != iface->mtu))
        planner_add(planner, NET_OP_LINK_MTU, NET_PHASE_LINK, iface->name, iface->where)->mtu = iface->mtu;
}

static void planner_set_arp(NetPlanner *planner, const NetIface *iface)
{
    const ObservedLink *link = net_observed_link(planner->observed, iface->name);
    gboolean has_arp = !link || !(link->flags & IFF_NOARP);
    if (iface->arp >= 0 && has_arp != (iface->arp > 0))
        planner_add(planner, NET_OP_LINK_ARP, NET_PHASE_LINK, iface->name, iface->where)->arp =
            iface->arp > 0;
}

void planner_link_up(NetPlanner *planner, const NetIface *iface)
{
    planner_set_arp(planner, iface);
    if (iface->link_up && !planner_link_stays(planner, iface->name))
        planner_add(planner, NET_OP_LINK_UP, NET_PHASE_UP, iface->name, iface->where);
}
