/* The bonding driver's rules, as drivers/net/bonding/bond_options.c and bond_main.c have them (Linux 6.12).
 */
#include "sim-bond.h"
#include <net/if.h>
#include <string.h>

static guint option_row(const char *name)
{
    const BondOption *option = bond_option_find(name);
    g_assert_nonnull(option);
    return (guint)(option - bond_options(NULL));
}

static char **bond_slot(const ObservedLink *bond, const char *name)
{
    return &bond->bond_values[option_row(name)];
}

static void slot_set(const ObservedLink *bond, const char *name, const char *text)
{
    char **slot = bond_slot(bond, name);
    g_free(*slot);
    *slot = g_strdup(text);
}

static guint32 slot_number(const ObservedLink *bond, const char *name)
{
    return (guint32)g_ascii_strtoull(*bond_slot(bond, name), NULL, 10);
}

void sim_bond_free_values(ObservedLink *link)
{
    gsize n;
    bond_options(&n);
    for (gsize i = 0; link->bond_values && i < n; i++)
        g_free(link->bond_values[i]);
    g_free(link->bond_values);
    g_clear_pointer(&link->bond_others, g_hash_table_unref);
}

static gboolean is_reported(const BondOption *option)
{
    return option->attr && option->kind != BOND_VALUE_PORT_UINT && option->kind != BOND_VALUE_PORT_INT;
}

char **sim_bond_shown_values(const Sim *self, const ObservedLink *link)
{
    gsize n;
    bond_options(&n);
    if (!link->bond_values)
        return NULL;
    char **values = g_new0(char *, n);
    for (gsize i = 0; i < n; i++)
        values[i] = g_strdup(link->bond_values[i]);
    const char *primary = g_hash_table_lookup(self->primaries, link->name);
    const ObservedLink *port = primary ? sim_link(self, primary) : NULL;
    guint row = option_row("primary");
    g_free(values[row]);
    values[row] = port && port->master == link->ifindex ? g_strdup(primary) : NULL;
    return values;
}

static guint count_ports(const Sim *self, const ObservedLink *bond)
{
    guint n = 0;
    for (guint i = 0; i < self->links->len; i++)
        n += ((const ObservedLink *)g_ptr_array_index(self->links, i))->master == bond->ifindex;
    return n;
}

static guint bond_mode(const ObservedLink *bond)
{
    guint mode = 0;
    g_assert_true(bond_mode_parse(*bond_slot(bond, "mode"), &mode));
    return mode;
}

/* bond_opt_check_deps() */
static const char *option_refused(const Sim *self, const ObservedLink *bond, const BondOption *option)
{
    if (!(option->modes & BOND_MODE_BIT(bond_mode(bond))))
        return "EACCES";
    if (option->needs & BOND_NEEDS_NO_PORTS && count_ports(self, bond))
        return "ENOTEMPTY";
    if (option->needs & BOND_NEEDS_DOWN && bond->flags & IFF_UP)
        return "EBUSY";
    if (option->needs & BOND_NEEDS_PORT && !count_ports(self, bond))
        return "EINVAL";
    return option->needs & BOND_NEEDS_MIIMON && !slot_number(bond, "miimon") ? "EPERM" : NULL;
}

static void rescale_delays(const ObservedLink *bond, guint32 before, guint32 after)
{
    static const char *const delays[] = {"updelay", "downdelay", "peer_notif_delay"};
    for (guint i = 0; i < G_N_ELEMENTS(delays); i++) {
        guint32 steps = before ? slot_number(bond, delays[i]) / before : 0;
        g_autofree char *text = g_strdup_printf("%u", steps * after);
        slot_set(bond, delays[i], text);
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

static void set_port_values(Sim *self, const BondOption *option, const char *text)
{
    g_auto(GStrv) items = g_strsplit(text, " ", -1);
    for (char **item = items; *item; item++) {
        char *colon = strchr(*item, ':');
        *colon = '\0';
        ObservedLink *port = sim_link(self, *item);
        gint64 value = g_ascii_strtoll(colon + 1, NULL, 10);
        gint64 *slot = g_str_equal(option->name, "queue_id") ? &port->port_queue_id
                       : g_str_equal(option->name, "prio")   ? &port->port_prio
                                                             : &port->port_actor_prio;
        *slot = value;
    }
}

static void option_apply(Sim *self, const ObservedLink *bond, const BondOption *option, const char *text)
{
    if (g_str_equal(option->name, "mode"))
        set_mode(bond, text);
    else if (g_str_equal(option->name, "miimon"))
        set_miimon(bond, text);
    else if (g_str_equal(option->name, "primary"))
        g_hash_table_replace(self->primaries, g_strdup(bond->name), g_strdup(text));
    else if (option->needs & BOND_IS_TIME_OF_MIIMON)
        set_delay(bond, option, text);
    else if (option->kind == BOND_VALUE_PORT_UINT || option->kind == BOND_VALUE_PORT_INT)
        set_port_values(self, option, text);
    else
        slot_set(bond, option->name, text);
    if (g_str_equal(option->name, "arp_interval") && slot_number(bond, "arp_interval"))
        set_miimon(bond, "0");
}

/* A newer driver's option that no row knows. What the driver does not know either is noted, not refused
 * (nl-bond-fallback.c). */
static void set_other(const ObservedLink *bond, const char *name, const char *text)
{
    if (g_hash_table_contains(bond->bond_others, name))
        g_hash_table_replace(bond->bond_others, g_strdup(name), g_strdup_printf("%s 1", text));
}

char *sim_set_option(Sim *self, const char *name, const char *key, const char *text)
{
    const ObservedLink *bond = sim_link(self, name);
    const BondOption *option = bond_option_find(key);
    if (!option) {
        set_other(bond, key, text);
        return NULL;
    }
    const char *refused = option_refused(self, bond, option);
    if (refused)
        return g_strdup_printf("%s: %s=%s: %s", name, key, text, refused);
    option_apply(self, bond, option, text);
    return NULL;
}

const char *sim_option(const Sim *self, const char *bond, const char *name)
{
    if (g_str_equal(name, "primary"))
        return g_hash_table_lookup(self->primaries, bond);
    return *bond_slot(sim_link(self, bond), name);
}

static char *set_all(Sim *self, const NetOp *op)
{
    const GPtrArray *settings = net_op_settings(op);
    for (guint i = 0; i < settings->len; i++) {
        const BondSetting *setting = g_ptr_array_index(settings, i);
        char *refused = sim_set_option(self, op->dev, setting->name, setting->text);
        if (refused)
            return refused;
    }
    return NULL;
}

char *sim_bond_set(Sim *self, const NetOp *op)
{
    return sim_link(self, op->dev) ? set_all(self, op) : g_strdup("ENODEV");
}

char *sim_bond_create(Sim *self, const NetOp *op)
{
    gsize n;
    const BondOption *rows = bond_options(&n);
    if (sim_link(self, op->dev) || !self->has_bonding)
        return g_strdup(self->has_bonding ? "EEXIST" : "EOPNOTSUPP");
    ObservedLink *bond = sim_add_device(self, op->dev, "bond");
    bond->flags |= IFF_MASTER;
    bond->mac = op->create.mac.length ? op->create.mac
                                      : (IfcfgMac){.length = 6, .bytes = {2, 0xb0, (guint8)bond->ifindex}};
    bond->mtu = op->create.mtu ? op->create.mtu : 1500;
    bond->bond_others = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_hash_table_insert(bond->bond_others, g_strdup("option_of_tomorrow"), g_strdup("off 0"));
    bond->bond_values = g_new0(char *, n);
    for (gsize i = 0; i < n; i++)
        bond->bond_values[i] = is_reported(&rows[i]) ? g_strdup(rows[i].fallback) : NULL;
    return op->create.settings ? set_all(self, op) : NULL;
}

char *sim_enslave(Sim *self, const char *name, const char *master)
{
    ObservedLink *port = sim_link(self, name), *bond = sim_link(self, master);
    if (!port || !bond)
        return g_strdup("ENODEV");
    if (port->flags & IFF_UP || port->master)
        return g_strdup(port->master ? "EBUSY" : "EPERM");
    port->master = bond->ifindex;
    port->flags |= IFF_UP | IFF_RUNNING | IFF_SLAVE;
    port->carrier = TRUE;
    port->mac = bond->mac;
    port->mtu = bond->mtu;
    port->port_queue_id = port->port_prio = 0;
    return NULL;
}

void sim_release(Sim *self, const char *name)
{
    ObservedLink *port = sim_link(self, name);
    ObservedLink *bond = NULL;
    for (guint i = 0; i < self->links->len; i++)
        if (((ObservedLink *)g_ptr_array_index(self->links, i))->ifindex == port->master)
            bond = g_ptr_array_index(self->links, i);
    port->master = 0;
    port->flags &= ~(guint32)IFF_SLAVE;
    port->mac = port->perm_mac;
    port->port_queue_id = port->port_prio = G_MININT64;
    if (bond->bond_values)
        sim_set_up(self, name, FALSE);
    if (bond->bond_values && !count_ports(self, bond)) /* eth_hw_addr_random() */
        bond->mac.bytes[5] ^= 0x55;
}
