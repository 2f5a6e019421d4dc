/* The bonding driver in the prediction, as drivers/net/bonding/bond_options.c and bond_main.c have it (Linux
 * 6.12). */
#include "bond-family.h"
#include "plan/predict-private.h"
#include <errno.h>
#include <net/if.h>
#include <string.h>

gboolean predict_is_bond(const ObservedLink *link)
{
    return link->own && link->own->family == &bond_family;
}

static const char *slot_text(const ObservedLink *bond, const char *name)
{
    return link_values_find(bond->own, name);
}

static void slot_set(const ObservedLink *bond, const char *name, const char *text)
{
    link_values_set(bond->own, link_table_find(bond->own->table, name), text);
}

static guint32 slot_number(const ObservedLink *bond, const char *name)
{
    const char *text = slot_text(bond, name);
    return text ? (guint32)g_ascii_strtoull(text, NULL, 10) : 0;
}

static guint32 bond_mode(const ObservedLink *bond)
{
    guint32 mode = BOND_MODE_RR;
    link_family_selector_parse(&bond_family, slot_text(bond, "mode"), &mode);
    return mode;
}

/* bond_opt_check_deps() */
static int option_refused(const NetObserved *picture, const ObservedLink *bond, const LinkOption *option)
{
    gboolean has_ports = net_observed_ports_of(picture, bond->ifindex) != NULL;
    if (!link_option_is_legal(option, bond_mode(bond)))
        return EACCES;
    if (option->needs & LINK_NEEDS_NO_PORTS && has_ports)
        return ENOTEMPTY;
    if (option->needs & LINK_NEEDS_DOWN && bond->flags & IFF_UP)
        return EBUSY;
    if (option->needs & LINK_NEEDS_PORT && !has_ports)
        return EINVAL;
    return option->needs & LINK_NEEDS_OTHER && !slot_number(bond, "miimon") ? EPERM : 0;
}

/* bond_option_miimon_set() rounds them anew; they are kept as numbers of the monitor's periods. */
static void rescale_delays(const ObservedLink *bond, guint32 before, guint32 after)
{
    const LinkOption *rows = bond_family.own.rows;
    for (gsize i = 0; i < bond_family.own.n; i++) {
        if (!(rows[i].needs & LINK_IS_MULTIPLE_OF_OTHER))
            continue;
        g_autofree char *text =
            g_strdup_printf("%u", (before ? slot_number(bond, rows[i].name) / before : 0) * after);
        slot_set(bond, rows[i].name, text);
    }
}

static void set_miimon(const ObservedLink *bond, const char *text)
{
    guint32 before = slot_number(bond, "miimon");
    slot_set(bond, "miimon", text);
    rescale_delays(bond, before, slot_number(bond, "miimon"));
    if (slot_number(bond, "miimon")) {
        slot_set(bond, "arp_interval", "0");
        slot_set(bond, "arp_validate", "none");
    }
}

static void set_mode(const ObservedLink *bond, const char *text)
{
    slot_set(bond, "mode", text);
    slot_set(bond, "arp_validate", "none");
    if (bond_mode(bond) >= BOND_MODE_8023AD) {
        slot_set(bond, "arp_interval", "0");
        if (!slot_number(bond, "miimon"))
            set_miimon(bond, "100");
    }
    if (bond_mode(bond) == BOND_MODE_ALB)
        slot_set(bond, "tlb_dynamic_lb", "on");
}

static void set_delay(const ObservedLink *bond, const LinkOption *option, const char *text)
{
    guint32 miimon = slot_number(bond, "miimon");
    g_autofree char *rounded =
        g_strdup_printf("%u", (guint32)g_ascii_strtoull(text, NULL, 10) / miimon * miimon);
    slot_set(bond, option->name, rounded);
}

/* Reported is a primary that is a port; another one is remembered until it is. */
static void show_primary(const NetObserved *picture, const ObservedLink *bond)
{
    const ObservedLink *port = predict_find(picture, bond->bond_primary);
    slot_set(bond, "primary", port && port->master == bond->ifindex ? bond->bond_primary : "");
}

static void set_primary(const NetObserved *picture, ObservedLink *bond, const char *text)
{
    g_free(bond->bond_primary);
    bond->bond_primary = g_strdup(text);
    show_primary(picture, bond);
}

static void option_apply(NetObserved *picture, ObservedLink *bond, const LinkOption *option, const char *text)
{
    if (g_str_equal(option->name, "mode"))
        set_mode(bond, text);
    else if (g_str_equal(option->name, "miimon"))
        set_miimon(bond, text);
    else if (g_str_equal(option->name, "primary"))
        set_primary(picture, bond, text);
    else if (option->needs & LINK_IS_MULTIPLE_OF_OTHER)
        set_delay(bond, option, text);
    else
        slot_set(bond, option->name, text);
    if (g_str_equal(option->name, "arp_interval") && slot_number(bond, "arp_interval"))
        set_miimon(bond, "0");
}

/* A newer driver's option that no row knows. What the driver does not know either is noted, not refused. */
static void set_other(const ObservedLink *bond, const LinkSetting *setting)
{
    if (link_values_of(bond->own, setting))
        link_values_set_other(bond->own, setting->name, setting->text);
}

int predict_bond_set(NetObserved *picture, ObservedLink *bond, const GPtrArray *settings)
{
    int first = 0;
    for (guint i = 0; i < settings->len; i++) {
        const LinkSetting *setting = settings->pdata[i];
        int code = setting->option ? option_refused(picture, bond, setting->option) : 0;
        if (!setting->option)
            set_other(bond, setting);
        else if (!code)
            option_apply(picture, bond, setting->option, setting->text);
        first = first ? first : code;
    }
    return first;
}

void predict_bond_init(G_GNUC_UNUSED NetObserved *picture, ObservedLink *bond, G_GNUC_UNUSED const NetOp *op)
{
    const LinkTable *table = &bond_family.own;
    bond->flags |= IFF_MASTER;
    bond->own = link_values_new(&bond_family, table);
    for (gsize i = 0; i < table->n; i++)
        link_values_set(bond->own, &table->rows[i], table->rows[i].attr ? table->rows[i].fallback : NULL);
}

static void port_values_init(ObservedLink *port)
{
    port->port_kind = g_strdup("bond");
    port->port = link_values_new(&bond_family, &bond_family.port);
    link_values_set(port->port, link_table_find(&bond_family.port, "queue_id"), "0");
    link_values_set(port->port, link_table_find(&bond_family.port, "prio"), "0");
}

int predict_port_set(ObservedLink *port, const NetOp *op)
{
    if (!port->port || port->port->family != op->set.family)
        return EINVAL;
    for (guint i = 0; i < op->set.settings->len; i++) {
        const LinkSetting *setting = op->set.settings->pdata[i];
        if (setting->option)
            link_values_set(port->port, setting->option, setting->text);
    }
    return 0;
}

/* bond_enslave() */
int predict_bond_enslave(NetObserved *picture, ObservedLink *bond, ObservedLink *port)
{
    if (port->flags & IFF_UP)
        return EPERM;
    net_observed_set_master(picture, port, bond->ifindex);
    port->flags |= IFF_UP | IFF_RUNNING | IFF_SLAVE;
    port->carrier = TRUE;
    if (bond->mac_is_random)
        predict_link_mac(picture, bond, &port->mac);
    port->mac = bond->mac;
    port->mtu = bond->mtu;
    port_values_init(port);
    show_primary(picture, bond);
    return 0;
}

/* __bond_release_one(): the last one to go leaves a random address behind. */
void predict_bond_release(NetObserved *picture, ObservedLink *bond, ObservedLink *port)
{
    port->mac = port->perm_mac;
    g_clear_pointer(&port->port, link_values_free);
    g_clear_pointer(&port->port_kind, g_free);
    predict_link_down(picture, port);
    show_primary(picture, bond);
    if (net_observed_ports_of(picture, bond->ifindex))
        return;
    bond->mac = (IfcfgMac){.length = 0};
    bond->mac_is_random = TRUE;
}
