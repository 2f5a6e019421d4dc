/* The bonding driver in the prediction, as drivers/net/bonding/bond_options.c and bond_main.c have it (Linux
 * 6.12). */
#include "plan/predict-private.h"
#include <errno.h>
#include <net/if.h>
#include <string.h>

static char **bond_slot(const ObservedLink *bond, const char *name)
{
    return &bond->bond_values[bond_option_find(name) - bond_options(NULL)];
}

static void slot_set(const ObservedLink *bond, const char *name, const char *text)
{
    char **slot = bond_slot(bond, name);
    g_free(*slot);
    *slot = g_strdup(text);
}

static guint32 slot_number(const ObservedLink *bond, const char *name)
{
    const char *text = *bond_slot(bond, name);
    return text ? (guint32)g_ascii_strtoull(text, NULL, 10) : 0;
}

static guint bond_mode(const ObservedLink *bond)
{
    guint mode = BOND_MODE_RR;
    bond_mode_parse(*bond_slot(bond, "mode"), &mode);
    return mode;
}

static gboolean is_per_port(const BondOption *option)
{
    return option->kind == BOND_VALUE_PORT_UINT || option->kind == BOND_VALUE_PORT_INT;
}

/* bond_opt_check_deps() */
static int option_refused(const NetObserved *picture, const ObservedLink *bond, const BondOption *option)
{
    gboolean has_ports = net_observed_ports_of(picture, bond->ifindex) != NULL;
    if (!(option->modes & BOND_MODE_BIT(bond_mode(bond))))
        return EACCES;
    if (option->needs & BOND_NEEDS_NO_PORTS && has_ports)
        return ENOTEMPTY;
    if (option->needs & BOND_NEEDS_DOWN && bond->flags & IFF_UP)
        return EBUSY;
    if (option->needs & BOND_NEEDS_PORT && !has_ports)
        return EINVAL;
    return option->needs & BOND_NEEDS_MIIMON && !slot_number(bond, "miimon") ? EPERM : 0;
}

/* bond_option_miimon_set() rounds them anew; they are kept as numbers of the monitor's periods. */
static void rescale_delays(const ObservedLink *bond, guint32 before, guint32 after)
{
    gsize n;
    const BondOption *rows = bond_options(&n);
    for (gsize i = 0; i < n; i++) {
        if (!(rows[i].needs & BOND_IS_TIME_OF_MIIMON))
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

static void set_delay(const ObservedLink *bond, const BondOption *option, const char *text)
{
    guint32 miimon = slot_number(bond, "miimon");
    g_autofree char *rounded =
        g_strdup_printf("%u", (guint32)g_ascii_strtoull(text, NULL, 10) / miimon * miimon);
    slot_set(bond, option->name, rounded);
}

static gint64 *port_slot(ObservedLink *port, const BondOption *option)
{
    return g_str_equal(option->name, "queue_id") ? &port->port_queue_id
           : g_str_equal(option->name, "prio")   ? &port->port_prio
                                                 : &port->port_actor_prio;
}

/* "eth0:1 eth1:2" */
static int set_port_values(NetObserved *picture, const ObservedLink *bond, const BondOption *option,
                           const char *text)
{
    g_auto(GStrv) items = g_strsplit(text, " ", -1);
    for (char **item = items; *item; item++) {
        char *colon = strrchr(*item, ':');
        g_autofree char *name = colon ? g_strndup(*item, (gsize)(colon - *item)) : NULL;
        ObservedLink *port = predict_find(picture, name);
        if (!port || port->master != bond->ifindex)
            return port ? EINVAL : ENODEV;
        *port_slot(port, option) = g_ascii_strtoll(colon + 1, NULL, 10);
    }
    return 0;
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

static int option_apply(NetObserved *picture, ObservedLink *bond, const BondOption *option, const char *text)
{
    if (is_per_port(option))
        return set_port_values(picture, bond, option, text);
    if (g_str_equal(option->name, "mode"))
        set_mode(bond, text);
    else if (g_str_equal(option->name, "miimon"))
        set_miimon(bond, text);
    else if (g_str_equal(option->name, "primary"))
        set_primary(picture, bond, text);
    else if (option->needs & BOND_IS_TIME_OF_MIIMON)
        set_delay(bond, option, text);
    else
        slot_set(bond, option->name, text);
    if (g_str_equal(option->name, "arp_interval") && slot_number(bond, "arp_interval"))
        set_miimon(bond, "0");
    return 0;
}

/* A newer driver's option that no row knows. What the driver does not know either is noted, not refused. */
static void set_other(const ObservedLink *bond, const BondSetting *setting)
{
    if (bond->bond_others && g_hash_table_contains(bond->bond_others, setting->name))
        g_hash_table_replace(bond->bond_others, g_strdup(setting->name), g_strdup(setting->text));
}

int predict_bond_set(NetObserved *picture, ObservedLink *bond, const GPtrArray *settings)
{
    int first = 0;
    for (guint i = 0; i < settings->len; i++) {
        const BondSetting *setting = settings->pdata[i];
        int code = setting->option ? option_refused(picture, bond, setting->option) : 0;
        if (!setting->option)
            set_other(bond, setting);
        else if (!code)
            code = option_apply(picture, bond, setting->option, setting->text);
        first = first ? first : code;
    }
    return first;
}

void predict_bond_init(G_GNUC_UNUSED NetObserved *picture, ObservedLink *bond, G_GNUC_UNUSED const NetOp *op)
{
    gsize n;
    const BondOption *rows = bond_options(&n);
    bond->flags |= IFF_MASTER;
    bond->bond_values = g_new0(char *, n + 1);
    for (gsize i = 0; i < n; i++)
        bond->bond_values[i] = rows[i].attr && !is_per_port(&rows[i]) ? g_strdup(rows[i].fallback) : NULL;
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
    port->port_queue_id = port->port_prio = 0;
    show_primary(picture, bond);
    return 0;
}

/* __bond_release_one(): the last one to go leaves a random address behind. */
void predict_bond_release(NetObserved *picture, ObservedLink *bond, ObservedLink *port)
{
    port->mac = port->perm_mac;
    port->port_queue_id = port->port_prio = port->port_actor_prio = G_MININT64;
    predict_link_down(picture, port);
    show_primary(picture, bond);
    if (net_observed_ports_of(picture, bond->ifindex))
        return;
    bond->mac = (IfcfgMac){.length = 0};
    bond->mac_is_random = TRUE;
}
