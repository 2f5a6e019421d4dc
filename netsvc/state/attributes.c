/* What every link has: the picture keeps it as numbers and flags, which are texts by row here. */
#include "state/attributes.h"
#include "model/iface.h"
#include "model/kind.h"
#include <net/if.h>

static const struct {
    const char *name;
    gsize offset;
} numbers[] = {
    {"mtu", G_STRUCT_OFFSET(ObservedLink, mtu)},
    {"txqueuelen", G_STRUCT_OFFSET(ObservedLink, txqueuelen)},
    {"group", G_STRUCT_OFFSET(ObservedLink, group)},
    {"arp_filter", G_STRUCT_OFFSET(ObservedLink, arp_filter)},
    {"addrgenmode", G_STRUCT_OFFSET(ObservedLink, addrgenmode)},
};

/* --- as it is --- */

static guint32 *number_of(const ObservedLink *link, const LinkOption *option)
{
    for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
        if (g_str_equal(numbers[i].name, option->name))
            return (guint32 *)((char *)link + numbers[i].offset);
    return NULL;
}

static gboolean is_contrary(const LinkOption *option)
{
    return option->bit == IFF_NOARP;
}

static char *observed_text(const ObservedLink *link, const LinkOption *option)
{
    const guint32 *number = number_of(link, option);
    if (number)
        return link_option_format(option, *number);
    if (option->kind == LINK_VALUE_BIT)
        return link_option_format(option, ((link->flags & option->bit) != 0) != is_contrary(option));
    if (option->kind == LINK_VALUE_IP6)
        return link->token.family ? ifcfg_ip_format(&link->token) : NULL;
    return link->mac.length ? ifcfg_mac_format(&link->mac) : NULL;
}

LinkValues *net_observed_attributes(const ObservedLink *link)
{
    const LinkTable *table = &link_attributes.own;
    LinkValues *values = link_values_new(&link_attributes, table);
    for (gsize i = 0; i < table->n; i++) {
        g_autofree char *text = observed_text(link, &table->rows[i]);
        link_values_set(values, &table->rows[i], text);
    }
    return values;
}

gboolean observed_link_set_attribute(ObservedLink *link, const LinkSetting *setting)
{
    const LinkOption *option = setting->option;
    guint32 *number = number_of(link, option);
    if (number) {
        *number = (guint32)setting->number;
        return TRUE;
    }
    if (option->kind == LINK_VALUE_IP6)
        return ifcfg_ip_parse(setting->text, AF_INET6, &link->token);
    if (option->kind != LINK_VALUE_BIT)
        return FALSE;
    gboolean is_set = (setting->number != 0) != is_contrary(option);
    link->flags = is_set ? link->flags | option->bit : link->flags & ~option->bit;
    return TRUE;
}

/* --- as it shall be --- */

/* @asker: whose file says it */
static void want(LinkSettings *wanted, const NetIface *asker, const char *name, const char *text)
{
    const LinkOption *option = link_table_find(&link_attributes.own, name);
    link_settings_ask(wanted, name, text,
                      asker->record ? ifcfg_record_where(asker->record, option->key) : asker->where);
}

static void want_mac(LinkSettings *wanted, const NetIface *iface, const NetObserved *observed)
{
    IfcfgMac mac = iface->kind && iface->kind->mac ? iface->kind->mac(iface, observed) : iface->macaddr;
    g_autofree char *text = mac.length ? ifcfg_mac_format(&mac) : NULL;
    gboolean is_of_bridge = text && iface->record && !ifcfg_record_find(iface->record, "MACADDR") &&
                            ifcfg_record_find(iface->record, "BRIDGE_MACADDR");
    if (is_of_bridge)
        link_settings_ask(wanted, "mac", text, ifcfg_record_where(iface->record, "BRIDGE_MACADDR"));
    else if (text && iface->macaddr.length)
        want(wanted, iface, "mac", text);
    else if (text)
        link_settings_set(wanted, "mac", text, TRUE, NULL);
}

guint32 net_usable_mtu(const NetIface *iface, const NetObserved *observed)
{
    const NetRelation *relation = net_iface_relation(iface, NET_STANDS_ON);
    const ObservedLink *lower = relation ? net_observed_link(observed, relation->name) : NULL;
    return lower && lower->mtu && lower->mtu < iface->mtu ? lower->mtu : iface->mtu;
}

static void want_mtu(LinkSettings *wanted, const NetIface *asker, const NetObserved *observed)
{
    guint32 mtu = net_usable_mtu(asker, observed);
    g_autofree char *text = mtu ? g_strdup_printf("%u", mtu) : NULL;
    if (text && asker->ipv6_mtu)
        link_settings_ask(wanted, "mtu", text, ifcfg_record_where(asker->record, "IPV6_MTU"));
    else if (text)
        want(wanted, asker, "mtu", text);
}

gboolean net_port_is_ruled(const NetIface *iface, const NetObserved *observed)
{
    const NetIface *master = net_iface_master(iface);
    const ObservedLink *link = net_observed_link(observed, iface->name),
                       *above = master ? net_observed_link(observed, master->name) : NULL;
    return link && above && net_kind_has(master->kind, NET_KIND_RULES_PORTS) &&
           link->master == above->ifindex;
}

/* It gets the MTU when it goes in, and the MAC that it had before when it comes out (bond_enslave(),
 * __bond_release_one()). */
static void want_as_port(LinkSettings *wanted, const NetIface *iface, const NetIface *master,
                         const NetObserved *observed)
{
    if (net_port_is_ruled(iface, observed))
        want_mtu(wanted, master, observed);
    else
        want_mac(wanted, iface, observed);
}

LinkSettings *net_wanted_attributes(const NetIface *iface, const NetObserved *observed)
{
    LinkSettings *wanted = link_settings_new(&link_attributes);
    const NetIface *master = net_iface_master(iface);
    if (master && net_kind_has(master->kind, NET_KIND_RULES_PORTS)) {
        want_as_port(wanted, iface, master, observed);
    } else {
        want_mac(wanted, iface, observed);
        want_mtu(wanted, iface, observed);
    }
    if (iface->arp >= 0)
        want(wanted, iface, "arp", iface->arp ? "on" : "off");
    if (iface->promisc >= 0)
        want(wanted, iface, "promisc", iface->promisc ? "on" : "off");
    if (iface->ipv6_token)
        want(wanted, iface, "token", iface->ipv6_token);
    if (iface->arp_filter)
        want(wanted, iface, "arp_filter", "on");
    return wanted;
}

GPtrArray *net_attribute_differences(const LinkSettings *wanted, const ObservedLink *link)
{
    LinkDiffContext context = {.selector = 0};
    if (!link_settings_length(wanted)) /* what nobody asks for is the driver's choice */
        return g_ptr_array_new();
    g_autoptr(LinkValues) values = link ? net_observed_attributes(link) : NULL;
    return link_differences(&link_attributes.own, wanted, values, &context);
}
