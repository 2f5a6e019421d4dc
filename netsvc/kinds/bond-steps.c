/* Steps of a bond's plan. Rules of the kernel: drivers/net/bonding/bond_main.c, bond_options.c. */
#include "kinds/bond-steps.h"
#include <net/if.h>

NetOp *bond_set_options(NetPlanner *planner, const NetIface *iface, const GPtrArray *settings, NetPhase phase,
                        NetSeverity severity)
{
    if (!settings->len)
        return NULL;
    const LinkSetting *first = g_ptr_array_index(settings, 0);
    NetOp *op = planner_add(planner, NET_OP_LINK_SET, phase, iface->name, first->where);
    op->set.family = link_settings_family(iface->settings);
    op->set.settings = settings;
    op->severity = severity;
    return op;
}

static gboolean planner_has_port(const NetPlanner *planner, const NetIface *iface, const NetIface *port)
{
    const ObservedLink *link = net_observed_link(planner->observed, iface->name);
    const ObservedLink *port_link = net_observed_link(planner->observed, port->name);
    return link && port_link && port_link->master == link->ifindex;
}

/* Options of a port that joins only now could not be compared. */
static GPtrArray *port_options_to_set(NetPlanner *planner, const NetIface *iface, const NetIface *port,
                                      gboolean released)
{
    GPtrArray *settings = net_plan_keep(planner->plan, g_ptr_array_new(), (GDestroyNotify)g_ptr_array_unref);
    GPtrArray *differences =
        net_plan_keep(planner->plan, net_port_differences(port, iface, planner->observed),
                      (GDestroyNotify)g_ptr_array_unref);
    gboolean joins = released || !planner_has_port(planner, iface, port);
    for (guint i = 0; joins && port->port_settings && i < link_settings_length(port->port_settings); i++)
        g_ptr_array_add(settings, (gpointer)link_settings_nth(port->port_settings, i));
    for (guint i = 0; !joins && i < differences->len; i++) {
        const LinkDifference *difference = g_ptr_array_index(differences, i);
        if (difference->actual) /* else this kernel does not know it, and refused it when the port joined */
            g_ptr_array_add(settings, (gpointer)difference->wanted);
    }
    return settings;
}

static void planner_set_port_options(NetPlanner *planner, const NetIface *port, const NetIface *bond,
                                     gboolean released)
{
    const GPtrArray *settings = port_options_to_set(planner, bond, port, released);
    if (!settings->len)
        return;
    const LinkSetting *first = g_ptr_array_index(settings, 0);
    NetOp *op = planner_add(planner, NET_OP_PORT_SET, NET_PHASE_PORT_OPTIONS, port->name, first->where);
    op->set.family = link_settings_family(bond->settings);
    op->set.settings = settings;
    op->set.controller = bond->name;
    op->severity = NET_WARN;
}

IfcfgMac bond_wanted_mac(const NetPlanner *planner, const NetIface *iface)
{
    for (guint i = 0; !iface->macaddr.length && i < iface->ports->len; i++) {
        const NetIface *port = g_ptr_array_index(iface->ports, i);
        const ObservedLink *link = net_observed_link(planner->observed, port->name);
        if (link && !port->fault && link->perm_mac.length)
            return link->perm_mac;
    }
    return iface->macaddr;
}

static gboolean is_time_of_miimon(const LinkOption *option)
{
    return (option->needs & LINK_IS_MULTIPLE_OF_OTHER) != 0;
}

/* A new mode resets other options, a new miimon rescales the delays: what the file names is then set again,
 * even where it seems right. */
static gboolean is_set_again(const BondRepair *self, const LinkSetting *setting, gboolean miimon_changes)
{
    if (!setting->option || setting->option->when != LINK_WHEN_BEFORE_PORTS)
        return FALSE;
    return self->mode_changes || (miimon_changes && is_time_of_miimon(setting->option));
}

static const LinkSetting *repair_find_setting(const BondRepair *self, const char *name)
{
    const LinkDifference *difference = link_differences_find(self->differences, name);
    return difference ? difference->wanted : NULL;
}

/* What this kernel does not know was refused when the bond was made: asking again at every start would not
 * teach it. */
static void repair_leave_out_unknown(BondRepair *self)
{
    for (guint i = self->differences->len; i-- > 0;)
        if (!((const LinkDifference *)g_ptr_array_index(self->differences, i))->actual)
            g_ptr_array_remove_index(self->differences, i);
}

/* The kernel keeps delays as multiples of miimon and shows 0 while that is off (bonding_show_updelay): a
 * delay left from a time with miimon would be back with it. */
static void repair_reset_delays(BondRepair *self, const NetIface *iface, const ObservedLink *link)
{
    const LinkSetting *miimon = repair_find_setting(self, "miimon");
    const LinkTable *table = &bond_family.own;
    for (gsize i = 0; miimon && miimon->number && i < table->n; i++) {
        const LinkOption *row = &table->rows[i];
        const char *actual = link_values_get(link->own, row);
        if (is_time_of_miimon(row) && actual && !link_settings_find(iface->settings, row->name) &&
            !repair_find_setting(self, row->name))
            link_differences_add_default(self->differences, row, actual, iface->where);
    }
}

void bond_repair_find(BondRepair *self, NetPlanner *planner, const NetIface *iface)
{
    const ObservedLink *link = net_observed_link(planner->observed, iface->name);
    self->differences = net_own_differences(iface, link, planner->observed);
    net_plan_keep(planner->plan, g_ptr_array_ref(self->differences), (GDestroyNotify)g_ptr_array_unref);
    repair_leave_out_unknown(self);
    repair_reset_delays(self, iface, link);
    for (guint i = 0; i < self->differences->len; i++) {
        const LinkDifference *difference = g_ptr_array_index(self->differences, i);
        const LinkOption *option = difference->wanted->option;
        if (!option) /* what it needs is not known: it is tried as the bond is */
            continue;
        self->mode_changes |= option->when == LINK_WHEN_FIRST;
        self->needs_no_ports |= (option->needs & LINK_NEEDS_NO_PORTS) != 0;
        self->needs_down |= (option->needs & LINK_NEEDS_DOWN) != 0;
    }
}

static gboolean is_configured_port(const NetIface *iface, const char *name)
{
    for (guint i = 0; i < iface->ports->len; i++)
        if (g_str_equal(((const NetIface *)g_ptr_array_index(iface->ports, i))->name, name))
            return TRUE;
    return FALSE;
}

static void planner_release(NetPlanner *planner, const NetIface *iface, const char *port,
                            NetSeverity severity)
{
    const char *name =
        net_plan_keep(planner->plan, g_strdup(port), g_free); /* the picture may not live as long */
    NetOp *op = planner_add(planner, NET_OP_PORT_REMOVE, NET_PHASE_PORTS_OUT, name, iface->where);
    op->master = iface->name;
    op->severity = severity;
}

static gboolean loses_all_ports(const BondRepair *self, const NetPlanner *planner, const NetIface *iface,
                                const ObservedLink *link)
{
    const GPtrArray *ports = net_observed_ports_of(planner->observed, link->ifindex);
    for (guint i = 0; ports && !self->needs_no_ports && i < ports->len; i++)
        if (is_configured_port(iface, ((const ObservedLink *)g_ptr_array_index(ports, i))->name))
            return FALSE;
    return ports != NULL;
}

void bond_repair_release(const BondRepair *self, NetPlanner *planner, const NetIface *iface)
{
    const ObservedLink *link = net_observed_link(planner->observed, iface->name);
    const GPtrArray *ports = net_observed_ports_of(planner->observed, link->ifindex);
    for (guint i = 0; ports && i < ports->len; i++) {
        const ObservedLink *port = g_ptr_array_index(ports, i);
        if (self->needs_no_ports)
            planner_release(planner, iface, port->name, NET_FATAL);
        else if (!is_configured_port(iface, port->name))
            planner_release(planner, iface, port->name, NET_WARN);
    }
    /* A mode has its own idea of which port answers to whom: balance-alb gives each neighbour another MAC. */
    if (self->mode_changes || loses_all_ports(self, planner, iface, link))
        planner_note_move(planner, iface->name);
    if (self->needs_down && link->flags & IFF_UP)
        planner_link_down(planner, iface->name, iface->where);
}

/* In row order: differences have it, and settings named in the file have it. */
static void repair_collect(const BondRepair *self, const NetIface *iface, gboolean after_ports,
                           GPtrArray *into)
{
    gboolean miimon_changes = repair_find_setting(self, "miimon") != NULL;
    const LinkTable *table = &bond_family.own;
    for (gsize i = 0; i < table->n; i++) {
        const LinkOption *row = &table->rows[i];
        const LinkSetting *differs = repair_find_setting(self, row->name);
        const LinkSetting *named = link_settings_find(iface->settings, row->name);
        if (row->when == LINK_WHEN_FIRST || (row->when == LINK_WHEN_AFTER_PORTS) != after_ports)
            continue;
        if (differs)
            g_ptr_array_add(into, (gpointer)differs);
        else if (named && is_set_again(self, named, miimon_changes))
            g_ptr_array_add(into, (gpointer)named);
    }
}

/* Options without a row have no phase: they are written where they were when the bond was made. A new mode
 * may have reset them. */
static void repair_collect_unknown(const BondRepair *self, const NetIface *iface, const ObservedLink *link,
                                   GPtrArray *into)
{
    for (guint i = 0; i < link_settings_length(iface->settings); i++) {
        const LinkSetting *setting = link_settings_nth(iface->settings, i);
        gboolean is_known_to_kernel = !setting->option && link_values_of(link->own, setting);
        if (is_known_to_kernel && (self->mode_changes || repair_find_setting(self, setting->name)))
            g_ptr_array_add(into, (gpointer)setting);
    }
}

/* A primary that joins only now could not be compared. */
static void repair_collect_of_new_ports(const BondRepair *self, const NetPlanner *planner,
                                        const NetIface *iface, GPtrArray *into)
{
    gboolean joins = self->needs_no_ports;
    for (guint i = 0; i < iface->ports->len; i++)
        joins |= !planner_has_port(planner, iface, g_ptr_array_index(iface->ports, i));
    for (guint i = 0; joins && i < link_settings_length(iface->settings); i++) {
        const LinkSetting *setting = link_settings_nth(iface->settings, i);
        if (setting->option && setting->option->when == LINK_WHEN_AFTER_PORTS &&
            (self->needs_no_ports || !(setting->option->needs & LINK_IS_VOLATILE)) &&
            !g_ptr_array_find(into, setting, NULL))
            g_ptr_array_add(into, (gpointer)setting);
    }
}

void bond_repair_set(const BondRepair *self, NetPlanner *planner, const NetIface *iface)
{
    GPtrArray *mode = net_plan_keep(planner->plan, g_ptr_array_new(), (GDestroyNotify)g_ptr_array_unref);
    GPtrArray *early = net_plan_keep(planner->plan, g_ptr_array_new(), (GDestroyNotify)g_ptr_array_unref);
    GPtrArray *late = net_plan_keep(planner->plan, g_ptr_array_new(), (GDestroyNotify)g_ptr_array_unref);
    const ObservedLink *link = net_observed_link(planner->observed, iface->name);
    const LinkSetting *new_mode = repair_find_setting(self, "mode");
    if (new_mode)
        g_ptr_array_add(mode, (gpointer)new_mode);
    repair_collect(self, iface, FALSE, early);
    repair_collect_unknown(self, iface, link, early);
    repair_collect(self, iface, TRUE, late);
    repair_collect_of_new_ports(self, planner, iface, late);
    bond_set_options(planner, iface, mode, NET_PHASE_MODE, NET_FATAL);
    bond_set_options(planner, iface, early, NET_PHASE_MODE, NET_WARN);
    bond_set_options(planner, iface, late, NET_PHASE_PORT_OPTIONS, NET_WARN);
}

static gboolean mac_is_a_ports(const NetPlanner *planner, const NetIface *iface, const IfcfgMac *mac)
{
    for (guint i = 0; i < iface->ports->len; i++) {
        const NetIface *port = g_ptr_array_index(iface->ports, i);
        const ObservedLink *link = net_observed_link(planner->observed, port->name);
        if (link && ifcfg_mac_equal(&link->perm_mac, mac))
            return TRUE;
    }
    return FALSE;
}

/* With fail_over_mac the address is the active port's, and setting it does nothing. A bond that loses its
 * last port gets a random one (bond_release), so that it is set again when all ports leave for a moment. */
void bond_repair_mac(const BondRepair *self, NetPlanner *planner, const NetIface *iface)
{
    const ObservedLink *link = net_observed_link(planner->observed, iface->name);
    const LinkSetting *fail_over = link_settings_find(iface->settings, "fail_over_mac");
    IfcfgMac wanted = bond_wanted_mac(planner, iface);
    gboolean released = loses_all_ports(self, planner, iface, link);
    if (!wanted.length ||
        (fail_over && fail_over->number && link_settings_selector(iface->settings) == BOND_MODE_AB))
        return;
    if (released && !iface->macaddr.length && mac_is_a_ports(planner, iface, &link->mac))
        wanted = link->mac; /* neighbours know it */
    if (released)
        planner_add(planner, NET_OP_LINK_MAC, NET_PHASE_LINK, iface->name, iface->where)->mac = wanted;
    else if (iface->macaddr.length || !mac_is_a_ports(planner, iface, &link->mac))
        planner_set_mac(planner, iface, &wanted);
}

/* What the ledger has of a port is from the time when it was none: it goes, and so does the entry. */
static void planner_forget_port(NetPlanner *planner, const NetIface *port)
{
    const NetIface *owner = planner->iface;
    if (!net_ledger_find(planner->ledger, port->name))
        return;
    planner->iface = port;
    planner_drop_stale_layer3(planner, port);
    NetOp *op = planner_link_down(planner, port->name, port->where);
    if (op)
        op->forget = TRUE;
    planner->iface = owner;
}

static NetOp *planner_add_port_op(NetPlanner *planner, NetOpType type, NetPhase phase, const NetIface *port,
                                  const NetIface *bond, NetSeverity severity)
{
    NetOp *op = planner_add(planner, type, phase, port->name, port->where);
    op->master = bond->name;
    op->severity = severity;
    return op;
}

/* The kernel refuses a port that is up (bond_enslave: EPERM); it opens it itself. Release by a bond closes
 * it. */
static void planner_join(NetPlanner *planner, const NetIface *port, const NetIface *bond,
                         const ObservedLink *link, NetSeverity severity)
{
    const ObservedLink *master = link ? net_observed_link_by_index(planner->observed, link->master) : NULL;
    gboolean closes = master && !g_strcmp0(master->kind, "bond");
    if (link && link->flags & IFF_UP && !closes) {
        NetOp *op = planner_link_down(planner, port->name, port->where);
        if (op)
            op->severity = severity;
    }
    planner_add_port_op(planner, NET_OP_PORT_ADD, NET_PHASE_PORTS, port, bond, severity);
}

static void planner_refuse_port(NetPlanner *planner, const NetIface *port, NetSeverity severity)
{
    NetOp *op = planner_add(planner, NET_OP_LINK_WAIT, NET_PHASE_DEVICE, port->name, port->fault_where);
    op->severity = severity;
    op->wait.why = port->fault;
}

void bond_add_port(NetPlanner *planner, const NetIface *port, const NetIface *bond, gboolean released,
                   NetSeverity severity)
{
    const ObservedLink *link = net_observed_link(planner->observed, port->name);
    const ObservedLink *bond_link = net_observed_link(planner->observed, bond->name);
    if (port->fault) {
        planner_refuse_port(planner, port, severity);
        return;
    }
    if (planner_wait_device(planner, port, severity) == DEVICE_WRONG)
        return;
    planner_forget_port(planner, port);
    gboolean is_in = link && bond_link && link->master == bond_link->ifindex;
    if (!is_in)
        planner_leave_master(planner, port, severity);
    if (!is_in || released)
        planner_join(planner, port, bond, link, severity);
    else if (!planner_link_stays(planner, port->name))
        planner_add(planner, NET_OP_LINK_UP, NET_PHASE_UP, port->name, port->where)->severity = severity;
    planner_set_port_options(planner, port, bond, released);
}

void bond_forget_ports(NetPlanner *planner, const NetIface *iface)
{
    for (guint i = 0; i < iface->ports->len; i++)
        planner_forget_port(planner, g_ptr_array_index(iface->ports, i));
}

void bond_release_ours(NetPlanner *planner, const NetIface *iface, const LedgerEntry *entry)
{
    const ObservedLink *link = net_observed_link(planner->observed, iface->name);
    const GPtrArray *ports = net_observed_ports_of(planner->observed, link->ifindex);
    for (guint i = 0; ports && i < ports->len; i++) {
        const ObservedLink *port = g_ptr_array_index(ports, i);
        if (is_configured_port(iface, port->name) || (entry && net_ledger_list_has(entry->ports, port->name)))
            planner_release(planner, iface, port->name, NET_WARN);
    }
}
