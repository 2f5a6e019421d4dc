/* Bonds, brought to the configured state from whatever is there: options in the phase in which the kernel
 * takes them. An existing bond is never made anew, since its ifindex, VLANs and others' addresses hang on it.
 */
#include "i18n.h"
#include "kinds/bond-steps.h"
#include "kinds/plans.h"
#include <net/if.h>

static gboolean setting_is_early(const LinkSetting *setting)
{
    return !setting->option || setting->option->when == LINK_WHEN_FIRST ||
           setting->option->when == LINK_WHEN_BEFORE_PORTS;
}

/* A primary can be named at creation if its device is there, since netlink names it by ifindex. */
static gboolean setting_is_known_primary(const NetPlanner *planner, const LinkSetting *setting)
{
    return setting->option && setting->option->kind == LINK_VALUE_IFNAME &&
           !(setting->option->needs & LINK_NEEDS_PORT) && net_observed_link(planner->observed, setting->text);
}

static void planner_create_bond(NetPlanner *planner, const NetIface *iface)
{
    GPtrArray *early = net_plan_keep(planner->plan, g_ptr_array_new(), (GDestroyNotify)g_ptr_array_unref);
    GPtrArray *late = net_plan_keep(planner->plan, g_ptr_array_new(), (GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; i < link_settings_length(iface->settings); i++) {
        const LinkSetting *setting = link_settings_nth(iface->settings, i);
        if (setting_is_early(setting) || setting_is_known_primary(planner, setting))
            g_ptr_array_add(early, (gpointer)setting);
        else if (setting->option->when == LINK_WHEN_AFTER_PORTS)
            g_ptr_array_add(late, (gpointer)setting);
    }
    if (!planner->observed->has_bonding)
        planner_load_module(planner, NULL, "bonding", "max_bonds=0", NET_FATAL, iface->where);
    NetOp *op = planner_add(planner, NET_OP_LINK_ADD, NET_PHASE_CREATE, iface->name, iface->where);
    op->create.family = link_settings_family(iface->settings);
    op->create.settings = early;
    op->create.mac = bond_wanted_mac(planner, iface);
    op->create.mtu = iface->mtu;
    bond_set_options(planner, iface, late, NET_PHASE_PORT_OPTIONS, NET_WARN);
}

static void planner_prepare_bond(NetPlanner *planner, const NetIface *iface, BondRepair *repair)
{
    const ObservedLink *link = net_observed_link(planner->observed, iface->name);
    if (!link) {
        planner_create_bond(planner, iface);
        return;
    }
    bond_repair_find(repair, planner, iface);
    bond_repair_release(repair, planner, iface);
    bond_repair_set(repair, planner, iface);
    bond_repair_mac(repair, planner, iface);
    planner_set_mtu(planner, iface);
}

static gboolean is_other_device(const NetIface *iface, NetPlanner *planner)
{
    const ObservedLink *link = net_observed_link(planner->observed, iface->name);
    if (!link || !g_strcmp0(link->kind, "bond"))
        return FALSE;
    planner_fail(planner, iface->where,
                 _("there is a device %s already, but it is not a bond (%s); remove it or rename the bond"),
                 iface->name, link->kind ? link->kind : _("a NIC"));
    return TRUE;
}

/* With one port in it a bond goes on, whatever becomes of the others. */
static gboolean bond_has_a_port(const NetPlanner *planner, const NetIface *iface)
{
    const ObservedLink *link = net_observed_link(planner->observed, iface->name);
    for (guint i = 0; link && i < iface->ports->len; i++) {
        const NetIface *port = g_ptr_array_index(iface->ports, i);
        const ObservedLink *there = net_observed_link(planner->observed, port->name);
        if (there && there->master == link->ifindex && !port->fault)
            return TRUE;
    }
    return FALSE;
}

void bond_plan_up(const NetIface *iface, NetPlanner *planner)
{
    g_auto(BondRepair) repair = {.differences = NULL};
    if (is_other_device(iface, planner))
        return;
    planner_prepare_bond(planner, iface, &repair);
    gboolean keeps_one = !repair.needs_no_ports && bond_has_a_port(planner, iface);
    NetSeverity severity = keeps_one ? NET_DEGRADE : NET_ONE_OF;
    planner_none_left(planner, _("no port could be enslaved"));
    for (guint i = 0; i < iface->ports->len; i++)
        bond_add_port(planner, g_ptr_array_index(iface->ports, i), iface, repair.needs_no_ports, severity);
    planner_link_up(planner, iface);
    planner_add_layer3(planner, iface);
}

/* Without any port a bond has a random MAC: it gets back the one that its neighbours know, not that of
 * whoever comes first. */
static void planner_set_mac_of_empty(NetPlanner *planner, const NetIface *bond, const ObservedLink *link)
{
    IfcfgMac wanted = bond_wanted_mac(planner, bond);
    if (!net_observed_ports_of(planner->observed, link->ifindex))
        planner_set_mac(planner, bond, &wanted);
}

void bond_plan_port_up(const NetIface *port, NetPlanner *planner)
{
    const NetIface *bond = net_iface_master(port);
    if (is_other_device(bond, planner))
        return;
    const ObservedLink *link = net_observed_link(planner->observed, bond->name);
    if (link)
        planner_set_mac_of_empty(planner, bond, link);
    else
        planner_create_bond(planner, bond);
    bond_add_port(planner, port, bond, FALSE, NET_FATAL);
    planner_add_verify(planner, port);
}

void bond_plan_port_down(const NetIface *port, NetPlanner *planner)
{
    const ObservedLink *link = net_observed_link(planner->observed, port->name);
    if (!link || (!link->master && !(link->flags & IFF_UP)))
        return;
    planner_leave_master(planner, port, NET_FATAL);
    planner_link_down(planner, port->name, port->where);
}

/* An address, VLAN or bridge of others on the bond: it must survive. Returns what it is, or NULL. */
static char *find_foreign(const NetPlanner *planner, const NetIface *iface, const ObservedLink *link)
{
    const GPtrArray *uppers = net_observed_uppers_of(planner->observed, link->ifindex);
    if (uppers)
        return g_strdup_printf(_("device %s stands on it"),
                               ((const ObservedLink *)g_ptr_array_index(uppers, 0))->name);
    const ObservedLink *master = net_observed_link_by_index(planner->observed, link->master);
    if (master)
        return g_strdup_printf(_("it is a port of %s"), master->name);
    return planner_foreign_address(planner, iface);
}

static void planner_keep_bond(const NetIface *iface, NetPlanner *planner, const char *why)
{
    const LedgerEntry *entry = net_ledger_find(planner->ledger, iface->name);
    const ObservedLink *link = net_observed_link(planner->observed, iface->name);
    if (link)
        bond_release_ours(planner, iface, entry);
    NetOp *op = planner_link_down(planner, iface->name, iface->where);
    if (op) /* what we made and had to keep is still ours to delete, once it is free */
        op->forget = !link || !entry || !entry->created;
    planner_drop_layer3(planner, iface, FALSE);
    if (link)
        planner_note(planner, _("the device is kept: %s; remove it with `ip link delete %s`"), why,
                     iface->name);
}

void bond_plan_down(const NetIface *iface, NetPlanner *planner)
{
    const LedgerEntry *entry = net_ledger_find(planner->ledger, iface->name);
    const ObservedLink *link = net_observed_link(planner->observed, iface->name);
    g_autofree char *foreign = link ? find_foreign(planner, iface, link) : NULL;
    if (!link && !entry)
        return;
    if (link && g_strcmp0(link->kind, "bond") != 0) {
        planner_note(planner, _("device %s is not a bond; it is left alone"), iface->name);
        return;
    }
    bond_forget_ports(planner, iface);
    if (!entry || !entry->created || foreign || !link) {
        planner_keep_bond(iface, planner, foreign ? foreign : _("it was not created here"));
        return;
    }
    g_hash_table_add(planner->links_down, iface->name);
    planner_drop_layer3(planner, iface, TRUE);
    planner_add(planner, NET_OP_LINK_DELETE, NET_PHASE_LINKS_OUT, iface->name, iface->where);
}
