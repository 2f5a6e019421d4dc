/* The bonding driver in the prediction: drivers/net/bonding/bond_options.c and bond_main.c (Linux 6.12). */
#include "bond-family.h"
#include "plan/bond-macs.h"
#include "plan/predict-private.h"
#include <errno.h>
#include <net/if.h>
#include <string.h>

static const char *slot_text(const ObservedLink *bond, const char *name)
{
    return link_values_find(bond->own, name);
}

static void slot_set(const ObservedLink *bond, const char *name, const char *text)
{
    link_values_set(bond->own, link_table_find(bond->own->table, name), text);
}

static void slot_set_number(const ObservedLink *bond, const char *name, guint32 number)
{
    g_autofree char *text = g_strdup_printf("%u", number);
    slot_set(bond, name, text);
}

static guint32 slot_number(const ObservedLink *bond, const char *name)
{
    const char *text = slot_text(bond, name);
    return text ? (guint32)g_ascii_strtoull(text, NULL, 10) : 0;
}

guint32 bond_predicted_mode(const ObservedLink *bond)
{
    guint32 mode = BOND_MODE_RR;
    link_family_selector_parse(&bond_family, slot_text(bond, "mode"), &mode);
    return mode;
}

/* bond_opt_check_deps() */
static int option_refused(const NetObserved *picture, const ObservedLink *bond, const LinkOption *option)
{
    gboolean has_ports = net_observed_ports_of(picture, bond->ifindex) != NULL;
    if (!link_option_is_legal(option, bond_predicted_mode(bond)))
        return EACCES;
    if (option->needs & LINK_NEEDS_NO_PORTS && has_ports)
        return ENOTEMPTY;
    if (option->needs & LINK_NEEDS_DOWN && bond->flags & IFF_UP)
        return EBUSY;
    if (option->needs & LINK_NEEDS_PORT && !has_ports)
        return EINVAL;
    return option->needs & LINK_NEEDS_OTHER && !slot_number(bond, "miimon") ? EPERM : 0;
}

/* --- time: the driver keeps delays as numbers of the monitor's periods --- */

static gboolean is_delay(const LinkOption *option)
{
    return (option->needs & LINK_IS_MULTIPLE_OF_OTHER) != 0;
}

/* The slot of a delay, by its place among those rows. */
static guint32 *periods_of(ObservedLink *bond, const LinkOption *option)
{
    const LinkOption *row = bond_family.own.rows;
    guint place = 0;
    for (; row != option; row++)
        place += is_delay(row);
    g_assert(place < G_N_ELEMENTS(bond->hidden_periods));
    return &bond->hidden_periods[place];
}

/* What is shown is the periods times miimon; of a bond that was there before, that says how many they are. */
static void set_miimon(ObservedLink *bond, guint32 after)
{
    guint32 before = slot_number(bond, "miimon");
    const LinkOption *rows = bond_family.own.rows;
    slot_set_number(bond, "miimon", after);
    for (gsize i = 0; i < bond_family.own.n; i++) {
        if (!is_delay(&rows[i]))
            continue;
        guint32 *periods = periods_of(bond, &rows[i]);
        if (before)
            *periods = slot_number(bond, rows[i].name) / before;
        slot_set_number(bond, rows[i].name, *periods * after);
    }
}

/* bond_option_miimon_set(), bond_option_arp_interval_set(): one monitor ends the other. */
static void set_mii_monitor(ObservedLink *bond, const char *text)
{
    set_miimon(bond, (guint32)g_ascii_strtoull(text, NULL, 10));
    if (slot_number(bond, "miimon") && slot_number(bond, "arp_interval")) {
        slot_set(bond, "arp_interval", "0");
        slot_set(bond, "arp_validate", "none");
    }
}

static void set_arp_monitor(ObservedLink *bond, const char *text)
{
    slot_set(bond, "arp_interval", text);
    if (slot_number(bond, "arp_interval") && slot_number(bond, "miimon"))
        set_miimon(bond, 0);
}

/* bond_option_mode_set() */
static void set_mode(ObservedLink *bond, const char *text)
{
    slot_set(bond, "mode", text);
    slot_set(bond, "arp_validate", "none");
    if (bond_predicted_mode(bond) >= BOND_MODE_8023AD) {
        slot_set(bond, "arp_interval", "0");
        if (!slot_number(bond, "miimon"))
            set_miimon(bond, 100);
    }
    if (bond_predicted_mode(bond) == BOND_MODE_ALB)
        slot_set(bond, "tlb_dynamic_lb", "on");
}

static void set_delay(ObservedLink *bond, const LinkOption *option, const char *text)
{
    guint32 miimon = slot_number(bond, "miimon"),
            periods = (guint32)g_ascii_strtoull(text, NULL, 10) / miimon;
    *periods_of(bond, option) = periods;
    slot_set_number(bond, option->name, periods * miimon);
}

/* --- ports --- */

/* Reported is a primary that is a port; another one is remembered until it is. */
static void show_primary(const NetObserved *picture, ObservedLink *bond)
{
    bond->hidden_port = bond->hidden_port ? bond->hidden_port : g_strdup(slot_text(bond, "primary"));
    const ObservedLink *port = predict_find(picture, bond->hidden_port);
    slot_set(bond, "primary", port && port->master == bond->ifindex ? bond->hidden_port : "");
}

/* It sends as soon as it can (bond_select_active_slave()). */
static void send_by_primary(NetObserved *picture, const ObservedLink *bond)
{
    ObservedLink *port = predict_find(picture, bond->hidden_port);
    if (bond_is_balanced(bond) && port && port->master == bond->ifindex && port->carrier)
        bond_send_by(picture, bond, port);
}

static void set_primary(NetObserved *picture, ObservedLink *bond, const char *text)
{
    g_free(bond->hidden_port);
    bond->hidden_port = g_strdup(text);
    show_primary(picture, bond);
    send_by_primary(picture, bond);
}

static void option_apply(NetObserved *picture, ObservedLink *bond, const LinkOption *option, const char *text)
{
    if (g_str_equal(option->name, "mode"))
        set_mode(bond, text);
    else if (g_str_equal(option->name, "miimon"))
        set_mii_monitor(bond, text);
    else if (g_str_equal(option->name, "arp_interval"))
        set_arp_monitor(bond, text);
    else if (g_str_equal(option->name, "primary"))
        set_primary(picture, bond, text);
    else if (is_delay(option))
        set_delay(bond, option, text);
    else
        slot_set(bond, option->name, text);
}

/* A newer driver's option that no row knows. What the driver does not know either is noted, not refused. */
static void set_other(const ObservedLink *bond, const LinkSetting *setting)
{
    if (link_values_of(bond->own, setting))
        link_values_set_other(bond->own, setting->name, setting->text);
}

/* Attributes behind the last one that a driver knows are passed over without a word (nla_parse()); up to that
 * one it reports them, but for some that other modes have. */
static gboolean is_known(const ObservedLink *bond, const LinkOption *option)
{
    const LinkTable *table = bond->own->table;
    for (gsize i = 0; i < table->n; i++)
        if (table->rows[i].attr >= option->attr && link_values_get(bond->own, &table->rows[i]))
            return TRUE;
    return FALSE;
}

/* One that this plan makes has all that we know of, until it is read back. */
static gboolean is_passed_over(const NetObserved *picture, const ObservedLink *bond, const LinkOption *option)
{
    for (guint i = 0; i < picture->links->len; i++) {
        const ObservedLink *other = picture->links->pdata[i];
        if (other != bond && other->own && other->own->family == &bond_family)
            return !is_known(bond, option) || !is_known(other, option);
    }
    return !is_known(bond, option);
}

static int bond_set(NetObserved *picture, ObservedLink *bond, const GPtrArray *settings)
{
    int first = 0;
    for (guint i = 0; i < settings->len; i++) {
        const LinkSetting *setting = settings->pdata[i];
        if (setting->option && is_passed_over(picture, bond, setting->option))
            continue;
        int code = setting->option ? option_refused(picture, bond, setting->option) : 0;
        if (!setting->option)
            set_other(bond, setting);
        else if (!code)
            option_apply(picture, bond, setting->option, setting->text);
        first = first ? first : code;
    }
    return first;
}

static void port_values_init(ObservedLink *port)
{
    port->port_kind = g_strdup("bond");
    port->port = link_values_new(&bond_family, &bond_family.port);
    link_values_set(port->port, link_table_find(&bond_family.port, "queue_id"), "0");
    link_values_set(port->port, link_table_find(&bond_family.port, "prio"), "0");
}

/* bond_option_queue_id_set() wants a queue for itself. */
static gboolean queue_is_taken(const NetObserved *picture, const ObservedLink *port,
                               const LinkSetting *setting)
{
    const GPtrArray *ports = net_observed_ports_of(picture, port->master);
    if (!g_str_equal(setting->option->name, "queue_id"))
        return FALSE;
    for (guint i = 0; setting->number && ports && i < ports->len; i++) {
        const ObservedLink *other = ports->pdata[i];
        if (other != port && !g_strcmp0(link_values_get(other->port, setting->option), setting->text))
            return TRUE;
    }
    return FALSE;
}

/* fail_over_mac has an effect in active-backup only. */
static gboolean leaves_macs(const ObservedLink *bond)
{
    return bond_predicted_mode(bond) == BOND_MODE_AB &&
           g_strcmp0(slot_text(bond, "fail_over_mac"), "none") != 0;
}

/* bond_set_mac_address(): all ports get it, or in balance-alb the one that had the old one;
 * with fail_over_mac it does nothing, and says all is well. */
static void bond_set_mac(NetObserved *picture, ObservedLink *bond, const IfcfgMac *mac)
{
    gboolean is_alb = bond_predicted_mode(bond) == BOND_MODE_ALB;
    const GPtrArray *ports = net_observed_ports_of(picture, bond->ifindex);
    if (leaves_macs(bond))
        return;
    ObservedLink *sender = bond_port_with_mac(picture, bond, &bond->mac, NULL),
                 *other = bond_port_with_mac(picture, bond, mac, sender);
    if (is_alb && sender && other)
        predict_link_set_mac(picture, other, &bond->mac, NET_MAC_SET);
    for (guint i = 0; ports && i < ports->len; i++)
        if (!is_alb || ports->pdata[i] == sender)
            predict_link_set_mac(picture, ports->pdata[i], mac, NET_MAC_SET);
    predict_link_set_mac(picture, bond, mac, NET_MAC_SET);
}

/* bond_enslave(): ports of InfiniBand have the bond follow the active one's address. */
static int take_infiniband(ObservedLink *bond)
{
    const LinkOption *follow = link_table_find(&bond_family.own, "fail_over_mac");
    if (g_strcmp0(link_values_find(bond->own, "mode"), "active-backup") != 0)
        return EOPNOTSUPP;
    link_values_set(bond->own, follow, "active");
    return 0;
}

static int enslave_refused(const NetObserved *picture, const ObservedLink *bond, const ObservedLink *port)
{
    if (port->flags & IFF_MASTER && !predict_is_kind(port, "bond"))
        return EPERM;
    if (predict_is_taken(picture, port))
        return EBUSY;
    if (bond == port || (predict_driver(port)->takes_no_vlans && predict_has_vlans(picture, bond)))
        return EPERM;
    if (port->flags & IFF_LOOPBACK)
        return EINVAL;
    return port->flags & IFF_UP ? EPERM : 0;
}

/* The bond leaves its first port's MAC alone where that cannot be set: on its own if its mode is
 * active-backup. */
static int take_fixed_mac(const NetObserved *picture, ObservedLink *bond)
{
    if (bond_predicted_mode(bond) != BOND_MODE_AB ||
        g_strcmp0(slot_text(bond, "fail_over_mac"), "active") == 0)
        return 0;
    if (net_observed_ports_of(picture, bond->ifindex))
        return EOPNOTSUPP;
    slot_set(bond, "fail_over_mac", "active");
    return 0;
}

/* Of a bond that is not our own work the origin is not known: without ports, it is most likely the driver's.
 */
static gboolean takes_mac_of_port(const NetObserved *picture, const ObservedLink *bond)
{
    return !net_observed_ports_of(picture, bond->ifindex) &&
           (bond->mac_assigned == NET_MAC_RANDOM || !bond->mac_assigned);
}

/* The bond lets go of the address that it had from the port. */
static int enslave_undo(NetObserved *picture, ObservedLink *bond, ObservedLink *port, const IfcfgMac *mac,
                        guint32 mtu, int code)
{
    port->flags &= ~(guint32)IFF_SLAVE;
    predict_link_set_mac(picture, port, mac, NET_MAC_SET);
    predict_link_set_mtu(picture, port, mtu);
    if (bond->mac_assigned == NET_MAC_STOLEN && !net_observed_ports_of(picture, bond->ifindex))
        predict_link_set_mac(picture, bond, &(IfcfgMac){.length = 0}, NET_MAC_RANDOM);
    return code;
}

/* bond_enslave() */
static int bond_enslave(NetObserved *picture, ObservedLink *bond, ObservedLink *port)
{
    int code = enslave_refused(picture, bond, port);
    if (code == EPERM) { /* the back end sets it down then, and asks again */
        predict_link_down(picture, port);
        code = enslave_refused(picture, bond, port);
    }
    if (!code && predict_is_kind(port, "ipoib"))
        code = take_infiniband(bond);
    if (!code && predict_driver(port)->follows_lower)
        code = take_fixed_mac(picture, bond);
    IfcfgMac mac = port->mac;
    guint32 mtu = port->mtu;
    if (code)
        return code;
    if (takes_mac_of_port(picture, bond))
        predict_link_set_mac(picture, bond, &port->mac, NET_MAC_STOLEN);
    code = predict_link_set_mtu(picture, port, bond->mtu);
    if (!code && predict_driver(port)->follows_lower && !leaves_macs(bond))
        code = EOPNOTSUPP;
    if (code)
        return enslave_undo(picture, bond, port, &mac, mtu, code);
    port->flags |= IFF_SLAVE;
    if (!leaves_macs(bond)) /* dev_set_mac_address() tells of a change, also to what it has */
        predict_forget_neighbours(picture, port);
    if (!leaves_macs(bond) && !(bond_is_balanced(bond) && net_observed_ports_of(picture, bond->ifindex)))
        predict_link_set_mac(picture, port, &bond->mac, NET_MAC_SET);
    code = predict_link_up(picture, port);
    if (!code && (predict_driver(port)->follows_lower || predict_stands_on(picture, port, bond))) {
        predict_link_down(picture, port);
        /* IFF_NO_RX_HANDLER; a loop is found only by __netdev_upper_dev_link() */
        code = predict_driver(port)->follows_lower ? EINVAL : EBUSY;
    }
    if (code)
        return enslave_undo(picture, bond, port, &mac, mtu, code);
    net_observed_set_master(picture, port, bond->ifindex);
    port->mac_before = mac;
    port->mtu_before = mtu;
    port_values_init(port);
    show_primary(picture, bond);
    if (bond_is_balanced(bond)) {
        bond_avoid_collision(picture, bond, port);
        send_by_primary(picture, bond);
    }
    return 0;
}

/* bond_alb_handle_active_change(): who sends from now on has the bond's address. */
static void hand_on_mac(NetObserved *picture, const ObservedLink *bond)
{
    const GPtrArray *ports = net_observed_ports_of(picture, bond->ifindex);
    for (guint i = 0; i < ports->len; i++)
        if (ifcfg_mac_equal(&((const ObservedLink *)ports->pdata[i])->mac, &bond->mac))
            return;
    predict_link_set_mac(picture, ports->pdata[0], &bond->mac, NET_MAC_SET);
}

/* __bond_release_one(): the port gets back what it came with, and the last one to go leaves a random address
 * behind. */
static void bond_released(NetObserved *picture, ObservedLink *bond, ObservedLink *port)
{
    port->flags &= ~(guint32)IFF_SLAVE;
    predict_port_restore(picture, port);
    g_clear_pointer(&port->port, link_values_free);
    g_clear_pointer(&port->port_kind, g_free);
    show_primary(picture, bond);
    if (!net_observed_ports_of(picture, bond->ifindex))
        predict_link_set_mac(picture, bond, &(IfcfgMac){.length = 0}, NET_MAC_RANDOM);
    else if (bond_is_balanced(bond))
        hand_on_mac(picture, bond);
}

const PredictDriver predict_bond = {
    .kind = "bond",
    .flags = IFF_BROADCAST | IFF_MULTICAST | IFF_MASTER,
    .set = bond_set,
    .set_mtu = predict_ports_set_mtu,
    .set_mac = bond_set_mac,
    .add_port = bond_enslave,
    .port_gone = bond_released,
    .refuses_of_port = queue_is_taken,
};
