/* The table of plain keys, and the forms that their values have. */
#include "model/field.h"
#include "ifcfg-keys.h"
#include "model/iface.h"
#include <string.h>
#include <sys/socket.h>

static void number_reset(const NetField *field, gpointer member)
{
    *(gint *)member = field->fallback;
}

/* The two word lists of the old scripts; a word in neither is the fallback. */
static gboolean bool_parse(G_GNUC_UNUSED const NetField *field, const char *text, gpointer member)
{
    if (!ifcfg_is_true(text) && !ifcfg_is_false(text))
        return FALSE;
    *(gboolean *)member = ifcfg_is_true(text);
    return TRUE;
}

static char *bool_format(gconstpointer member)
{
    return g_strdup(*(const gint *)member ? "yes" : "no");
}

/* Within the bounds of the key's row; G_MAXINT is far beyond those of all rows here. */
static gboolean number_parse(const NetField *field, const char *text, gpointer member)
{
    const IfcfgKey *row = ifcfg_key_find(field->key);
    guint64 number;

    g_return_val_if_fail(row, FALSE);
    if (!g_ascii_string_to_unsigned(text, 10, row->min, row->max ? row->max : G_MAXINT32, &number, NULL))
        return FALSE;
    *(gint *)member = (gint)number;
    return TRUE;
}

static char *number_format(gconstpointer member)
{
    return g_strdup_printf("%d", *(const gint *)member);
}

static gboolean mac_parse(G_GNUC_UNUSED const NetField *field, const char *text, gpointer member)
{
    return ifcfg_mac_parse(text, member);
}

static char *mac_format(gconstpointer member)
{
    return ifcfg_mac_format(member);
}

static void mac_reset(G_GNUC_UNUSED const NetField *field, gpointer member)
{
    ((IfcfgMac *)member)->length = 0;
}

static gboolean ip_parse(G_GNUC_UNUSED const NetField *field, const char *text, gpointer member)
{
    return ifcfg_ip_parse(text, AF_INET, member);
}

static char *ip_format(gconstpointer member)
{
    return ifcfg_ip_format(member);
}

static void ip_reset(G_GNUC_UNUSED const NetField *field, gpointer member)
{
    ((IfcfgIp *)member)->family = AF_UNSPEC;
}

static gboolean text_parse(G_GNUC_UNUSED const NetField *field, const char *text, gpointer member)
{
    g_free(*(char **)member);
    *(char **)member = g_strdup(text);
    return TRUE;
}

static char *text_format(gconstpointer member)
{
    const char *text = *(char *const *)member;
    return g_strdup(text ? text : "");
}

static void text_clear(gpointer member)
{
    g_clear_pointer((char **)member, g_free);
}

static void text_reset(G_GNUC_UNUSED const NetField *field, gpointer member)
{
    text_clear(member);
}

/* LINKSTATUS: all but "down" is up. */
static gboolean updown_parse(G_GNUC_UNUSED const NetField *field, const char *text, gpointer member)
{
    *(gboolean *)member = g_ascii_strcasecmp(text, "down") != 0;
    return TRUE;
}

static char *updown_format(gconstpointer member)
{
    return g_strdup(*(const gboolean *)member ? "up" : "down");
}

/* Any text says yes, "no" too: so the old scripts had it, and files rely on it. */
static gboolean given_parse(G_GNUC_UNUSED const NetField *field, G_GNUC_UNUSED const char *text,
                            gpointer member)
{
    *(gboolean *)member = TRUE;
    return TRUE;
}

static const NetCodec yes_no = {bool_parse, bool_format, number_reset, NULL};
static const NetCodec given = {given_parse, bool_format, number_reset, NULL};
static const NetCodec up_down = {updown_parse, updown_format, number_reset, NULL};
static const NetCodec number = {number_parse, number_format, number_reset, NULL};
static const NetCodec mac = {mac_parse, mac_format, mac_reset, NULL};
static const NetCodec ip = {ip_parse, ip_format, ip_reset, NULL};
static const NetCodec text = {text_parse, text_format, text_reset, text_clear};

#define FIELD(key_, label_, codec_, member_)                                                                 \
    .key = key_, .bit = IFCFG_KEY_BIT((key_)[0], (key_)[sizeof(key_) - 2], sizeof(key_) - 1),                \
    .label = label_, .codec = &(codec_), .offset = G_STRUCT_OFFSET(NetIface, member_)

static const NetField table[] = {
    {FIELD("ONBOOT", "onboot", yes_no, onboot), .fallback = TRUE, .is_shown = TRUE},
    {FIELD("BOOTPROTO", "bootproto", text, bootproto)},
    {FIELD("DHCP_CLIENT", "dhcp_client", text, dhcp.client)},
    {FIELD("DHCP_TIMEOUT", "dhcp_timeout", number, dhcp.timeout), .fallback = 45},
    {FIELD("USERCTL", "userctl", yes_no, userctl)},
    {FIELD("HOTPLUG", "hotplug", yes_no, hotplug), .fallback = TRUE},
    {FIELD("ONPARENT", "onparent", yes_no, onparent), .fallback = TRUE},
    {FIELD("DEVTIMEOUT", "devtimeout", number, devtimeout), .in_environment = TRUE},
    {FIELD("HWADDR", "hwaddr", mac, hwaddr), .part = NET_FIELD_LINK},
    {FIELD("MACADDR", "macaddr", mac, macaddr), .part = NET_FIELD_LINK},
    {FIELD("MTU", "mtu", number, mtu), .part = NET_FIELD_LINK},
    {FIELD("ARP", "arp", yes_no, arp), .fallback = -1, .part = NET_FIELD_LINK},
    {FIELD("ACCEPT_ALL_MAC_ADDRESSES", "accept_all_mac_addresses", yes_no, promisc), .fallback = -1,
     .part = NET_FIELD_LINK},
    {FIELD("ETHTOOL_DELAY", "ethtool_delay", number, ethtool_delay), .part = NET_FIELD_LINK},
    {FIELD("LINKSTATUS", "linkstatus", up_down, link_up), .fallback = TRUE, .part = NET_FIELD_LINK},
    {FIELD("LINKDELAY", "linkdelay", number, linkdelay), .fallback = -1, .part = NET_FIELD_LINK,
     .in_environment = TRUE},
    {FIELD("ARPCHECK", "arpcheck", yes_no, arpcheck), .fallback = TRUE, .part = NET_FIELD_LAYER3,
     .in_environment = TRUE},
    {FIELD("ARPUPDATE", "arpupdate", yes_no, arpupdate), .fallback = TRUE, .part = NET_FIELD_LAYER3,
     .in_environment = TRUE},
    {FIELD("ARPING_WAIT", "arping_wait", number, arping_wait), .part = NET_FIELD_LAYER3,
     .in_environment = TRUE},
    {FIELD("ARPING_TRIES", "arping_tries", number, arping_tries), .part = NET_FIELD_LAYER3,
     .in_environment = TRUE},
    {FIELD("SRCADDR", "srcaddr", ip, srcaddr), .part = NET_FIELD_LAYER3},
    {FIELD("DEFROUTE", "defroute", yes_no, defroute), .fallback = TRUE, .part = NET_FIELD_LAYER3},
    {FIELD("NOROUTESET", "norouteset", yes_no, norouteset), .part = NET_FIELD_LAYER3, .in_environment = TRUE},
    {FIELD("NEXTHOP_OBJECTS", "nexthop_objects", yes_no, nexthop_objects), .part = NET_FIELD_LAYER3},
    {FIELD("NO_ALIASROUTING", "no_aliasrouting", yes_no, no_aliasrouting), .part = NET_FIELD_LAYER3},
    {FIELD("PERSISTENT_DHCLIENT", "persistent_dhclient", yes_no, dhcp.is_persistent),
     .part = NET_FIELD_LAYER3},
    {FIELD("PERSISTENT_DHCLIENT_IPV6", "persistent_dhclient_ipv6", yes_no, dhcp.is_persistent6),
     .part = NET_FIELD_LAYER3},
    {FIELD("DHCPV6C", "dhcpv6c", yes_no, dhcp.is_6), .part = NET_FIELD_LAYER3},
    {FIELD("IPV4_FAILURE_FATAL", "ipv4_failure_fatal", yes_no, dhcp.is_fatal), .part = NET_FIELD_LAYER3},
    {FIELD("DHCPRELEASE", "dhcprelease", yes_no, dhcp.release), .part = NET_FIELD_LAYER3},
    {FIELD("DHCP_SEND_HOSTNAME", "dhcp_send_hostname", yes_no, dhcp.send_hostname), .fallback = TRUE,
     .part = NET_FIELD_LAYER3},
    {FIELD("DHCLIENT_IGNORE_GATEWAY", "dhclient_ignore_gateway", yes_no, dhcp.ignore_gateway),
     .part = NET_FIELD_LAYER3},
    {FIELD("NO_DHCP_HOSTNAME", "no_dhcp_hostname", yes_no, dhcp.no_hostname), .part = NET_FIELD_LAYER3},
    {FIELD("PEERDNS", "peerdns", yes_no, dhcp.peerdns), .fallback = TRUE, .part = NET_FIELD_LAYER3},
    {FIELD("PEERNTP", "peerntp", yes_no, dhcp.peerntp), .fallback = TRUE, .part = NET_FIELD_LAYER3},
    {FIELD("PEERROUTES", "peerroutes", yes_no, dhcp.peerroutes), .fallback = TRUE, .part = NET_FIELD_LAYER3},
    {FIELD("IPV6INIT", "ipv6init", yes_no, ipv6init), .fallback = TRUE, .part = NET_FIELD_LAYER3},
    {FIELD("IPV6_DISABLED", "ipv6_disabled", yes_no, ipv6_disabled), .part = NET_FIELD_LAYER3},
    {FIELD("IPV6_AUTOCONF", "ipv6_autoconf", yes_no, ipv6_autoconf), .fallback = -1,
     .part = NET_FIELD_LAYER3},
    {FIELD("IPV6FORWARDING", "ipv6forwarding", yes_no, ipv6forwarding), .part = NET_FIELD_LAYER3},
    {FIELD("IPV6_ROUTER", "ipv6_router", yes_no, ipv6_router), .fallback = -1, .part = NET_FIELD_LAYER3},
    {FIELD("IPV6_FORCE_ACCEPT_RA", "ipv6_force_accept_ra", yes_no, ipv6_force_accept_ra),
     .part = NET_FIELD_LAYER3},
    {FIELD("IPV6_SET_SYSCTLS", "ipv6_set_sysctls", yes_no, ipv6_set_sysctls), .fallback = TRUE,
     .part = NET_FIELD_LAYER3},
    {FIELD("IPV6_PRIVACY", "ipv6_privacy", text, ipv6_privacy), .part = NET_FIELD_LAYER3},
    {FIELD("IPV6_PRIVACY_PREFER_PUBLIC_IP", "ipv6_prefer_public", yes_no, ipv6_prefer_public),
     .part = NET_FIELD_LAYER3},
    {FIELD("IPV6_TOKEN", "ipv6_token", text, ipv6_token), .part = NET_FIELD_LAYER3},
    {FIELD("IPV6_ADDR_GEN_MODE", "ipv6_addr_gen_mode", text, ipv6_addr_gen_mode), .part = NET_FIELD_LAYER3},
    {FIELD("IPV6_DEFROUTE", "ipv6_defroute", yes_no, ipv6_defroute), .fallback = -1,
     .part = NET_FIELD_LAYER3},
    {FIELD("IPV6_MTU", "ipv6_mtu", number, ipv6_mtu), .part = NET_FIELD_LAYER3},
    {FIELD("ZONE", "zone", text, zone), .part = NET_FIELD_LAYER3},
    {FIELD("NOZEROCONF", "nozeroconf", given, nozeroconf), .part = NET_FIELD_LAYER3, .in_environment = TRUE},
};

const NetField *net_fields(gsize *ret_count)
{
    *ret_count = G_N_ELEMENTS(table);
    return table;
}

static gpointer field_member(const NetField *field, NetIface *iface)
{
    return G_STRUCT_MEMBER_P(iface, field->offset);
}

void net_fields_reset(NetIface *iface)
{
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++)
        table[i].codec->reset(&table[i], field_member(&table[i], iface));
}

void net_fields_read(NetIface *iface)
{
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        const NetField *field = &table[i];
        const char *value = iface->keys & field->bit ? net_iface_get(iface, field->key, NULL) : NULL;

        if (value)
            field->codec->parse(field, value, field_member(field, iface));
    }
}

void net_fields_clear(NetIface *iface)
{
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++)
        if (table[i].codec->clear)
            table[i].codec->clear(field_member(&table[i], iface));
}

char *net_field_format(const NetField *field, const NetIface *iface)
{
    return field->codec->format(field_member(field, (NetIface *)iface));
}

/* What has the value that it has without its key is left out. */
void net_fields_write(const NetIface *iface, NetFieldPut put, gpointer data)
{
    NetIface blank = {0};
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        const NetField *field = &table[i];
        field->codec->reset(field, field_member(field, &blank));
        g_autofree char *value = net_field_format(field, iface), *usual = net_field_format(field, &blank);
        if (field->is_shown || strcmp(value, usual) != 0)
            put(field, value, data);
    }
}

gboolean net_field_set(NetIface *iface, const char *key, const char *value)
{
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++)
        if (!strcmp(table[i].key, key))
            return table[i].codec->parse(&table[i], value, field_member(&table[i], iface));
    return FALSE;
}

gboolean net_field_is_given(const NetField *field, const NetIface *iface, IfcfgWhere *ret_where)
{
    return iface->record && net_iface_get(iface, field->key, ret_where);
}

gboolean net_field_is_environment(const char *key)
{
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++)
        if (table[i].in_environment && !strcmp(table[i].key, key))
            return TRUE;
    return FALSE;
}
