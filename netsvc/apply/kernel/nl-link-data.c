/* Options of links as netlink attributes, encoded and decoded by the tables' rows alone: attribute number,
 * width and kind of value. */
#include "apply/kernel/nl-link-data.h"
#include "apply/kernel/nl-ops.h"
#include <endian.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <netlink/attr.h>
#include <string.h>

enum { DATA_ATTRS = 64 };

gboolean nl_link_data_can_put(NlLinks *links, const LinkSetting *setting)
{
    const LinkOption *option = setting->option;

    if (!option || !option->attr || option->when == LINK_WHEN_LOAD || option->when == LINK_WHEN_NEVER)
        return FALSE;
    if (option->kind != LINK_VALUE_IFNAME)
        return TRUE;
    /* sysfs remembers a name that is not there yet; netlink needs its index */
    return !setting->text[0] || nl_links_index(links, setting->text) != 0;
}

static void put_number(struct nl_msg *msg, const LinkOption *option, gint64 number)
{
    gboolean is_be = option->kind == LINK_VALUE_BE;

    switch (option->width) {
    case 0: /* on by being there */
        if (number)
            nla_put_flag(msg, option->attr);
        break;
    case 1:
        nla_put_u8(msg, option->attr, (guint8)number);
        break;
    case 2:
        nla_put_u16(msg, option->attr, (guint16)(is_be ? GUINT16_TO_BE((guint16)number) : (guint16)number));
        break;
    case 8:
        nla_put_u64(msg, option->attr, (guint64)number);
        break;
    default:
        nla_put_u32(msg, option->attr, is_be ? GUINT32_TO_BE((guint32)number) : (guint32)number);
        break;
    }
}

/* The kernel replaces the whole list; the element's attribute type is its index (bond_netlink.c
 * bond_changelink()). */
static void put_addresses(struct nl_msg *msg, const LinkOption *option, const char *text, int family)
{
    g_auto(GStrv) words = g_strsplit(text, ",", -1);
    struct nlattr *list = nla_nest_start(msg, option->attr);
    IfcfgIp ip;

    for (guint i = 0; words[i]; i++)
        if (ifcfg_ip_parse(g_strstrip(words[i]), family, &ip))
            nla_put(msg, (int)i, (int)ifcfg_ip_size(&ip), ip.bytes);
    nla_nest_end_keep_empty(msg, list);
}

static void put_ip(struct nl_msg *msg, const LinkOption *option, const char *text, int family)
{
    IfcfgIp ip = {0};

    if (!*text || ifcfg_ip_parse(text, family, &ip))
        nla_put(msg, option->attr, option->width, ip.bytes);
}

static void put_mac(struct nl_msg *msg, const LinkOption *option, const char *text)
{
    IfcfgMac mac;

    if (ifcfg_mac_parse(text, &mac))
        nla_put(msg, option->attr, mac.length, mac.bytes);
}

/* struct ifla_vlan_flags and struct br_boolopt_multi are alike: flags, then which of them are meant. */
static void put_bit(struct nl_msg *msg, const LinkOption *option, gint64 number)
{
    guint32 bits[2] = {number ? option->bit : 0, option->bit};

    nla_put(msg, option->attr, sizeof bits, bits);
}

/* struct ifla_vlan_qos_mapping in IFLA_VLAN_QOS_MAPPING (1): vlan_changelink(). */
static void put_map(struct nl_msg *msg, const LinkOption *option, const char *text)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    struct nlattr *list = nla_nest_start(msg, option->attr);

    for (guint i = 0; words[i]; i++) {
        const char *colon = strchr(words[i], ':');
        struct ifla_vlan_qos_mapping mapping = {.from = (guint32)g_ascii_strtoull(words[i], NULL, 10)};
        if (!colon)
            continue;
        mapping.to = (guint32)g_ascii_strtoull(colon + 1, NULL, 10);
        nla_put(msg, IFLA_VLAN_QOS_MAPPING, sizeof mapping, &mapping);
    }
    nla_nest_end_keep_empty(msg, list);
}

void nl_link_data_put_setting(NlLinks *links, struct nl_msg *msg, const LinkSetting *setting)
{
    const LinkOption *option = setting->option;

    if (!nl_link_data_can_put(links, setting))
        return;
    switch ((LinkValueKind)option->kind) {
    case LINK_VALUE_IFNAME:
        nla_put_u32(msg, option->attr, setting->text[0] ? (guint32)nl_links_index(links, setting->text) : 0);
        break;
    case LINK_VALUE_IP4:
    case LINK_VALUE_IP6:
        put_ip(msg, option, setting->text, option->kind == LINK_VALUE_IP4 ? AF_INET : AF_INET6);
        break;
    case LINK_VALUE_IP4LIST:
    case LINK_VALUE_IP6LIST:
        put_addresses(msg, option, setting->text, option->kind == LINK_VALUE_IP4LIST ? AF_INET : AF_INET6);
        break;
    case LINK_VALUE_MAC:
        put_mac(msg, option, setting->text);
        break;
    case LINK_VALUE_BIT:
        put_bit(msg, option, setting->number);
        break;
    case LINK_VALUE_MAP:
        put_map(msg, option, setting->text);
        break;
    case LINK_VALUE_TEXT:
        nla_put_string(msg, option->attr, setting->text);
        break;
    default:
        put_number(msg, option, setting->number);
        break;
    }
}

/* An attribute counts once in a message, so all bits of one go together, at the place of the first. */
static void put_bits(struct nl_msg *msg, const GPtrArray *settings, guint first)
{
    const LinkSetting *of = g_ptr_array_index(settings, first);
    guint32 bits[2] = {0, 0};

    for (guint i = 0; i < settings->len; i++) {
        const LinkSetting *setting = g_ptr_array_index(settings, i);
        if (!setting->option || setting->option->kind != LINK_VALUE_BIT ||
            setting->option->attr != of->option->attr)
            continue;
        if (i < first)
            return;
        bits[0] |= setting->number ? setting->option->bit : 0;
        bits[1] |= setting->option->bit;
    }
    nla_put(msg, of->option->attr, sizeof bits, bits);
}

static void put_settings(NlLinks *links, struct nl_msg *msg, int type, const GPtrArray *settings)
{
    struct nlattr *data = nla_nest_start(msg, type);

    for (guint i = 0; i < settings->len; i++) {
        const LinkSetting *setting = g_ptr_array_index(settings, i);
        if (setting->option && setting->option->kind == LINK_VALUE_BIT)
            put_bits(msg, settings, i);
        else
            nl_link_data_put_setting(links, msg, setting);
    }
    nla_nest_end(msg, data);
}

/* veth_newlink(): a message about a link in the message. */
static void put_peer(struct nl_msg *msg, const char *peer)
{
    struct ifinfomsg header = {0};
    struct nlattr *data = nla_nest_start(msg, IFLA_INFO_DATA);
    struct nlattr *other = nla_nest_start(msg, VETH_INFO_PEER);

    nlmsg_append(msg, &header, sizeof header, NLMSG_ALIGNTO);
    nla_put_string(msg, IFLA_IFNAME, peer);
    nla_nest_end(msg, other);
    nla_nest_end(msg, data);
}

void nl_link_data_put(NlLinks *links, struct nl_msg *msg, const LinkFamily *family, const GPtrArray *settings,
                      const char *peer)
{
    struct nlattr *info = nla_nest_start(msg, IFLA_LINKINFO);

    nla_put_string(msg, IFLA_INFO_KIND, family->kind);
    if (peer)
        put_peer(msg, peer);
    else if (settings && settings->len)
        put_settings(links, msg, IFLA_INFO_DATA, settings);
    nla_nest_end(msg, info);
}

static struct nl_msg *change_message(NlLinks *links, const NetOp *op, GError **error)
{
    gboolean any = FALSE;
    int ifindex;

    for (guint i = 0; i < op->set.settings->len; i++)
        any |= nl_link_data_can_put(links, g_ptr_array_index(op->set.settings, i));
    ifindex = any ? nl_links_need(links, op->dev, error) : 0;
    return ifindex ? nl_link_message(RTM_NEWLINK, 0, ifindex, 0, 0) : NULL;
}

struct nl_msg *nl_link_set(NlLinks *links, const NetOp *op, GError **error)
{
    struct nl_msg *msg = change_message(links, op, error);

    if (msg)
        nl_link_data_put(links, msg, op->set.family, op->set.settings, NULL);
    return msg;
}

struct nl_msg *nl_port_set(NlLinks *links, const NetOp *op, GError **error)
{
    struct nl_msg *msg = change_message(links, op, error);
    struct nlattr *info;

    if (!msg)
        return NULL;
    info = nla_nest_start(msg, IFLA_LINKINFO);
    nla_put_string(msg, IFLA_INFO_SLAVE_KIND, op->set.family->kind);
    put_settings(links, msg, IFLA_INFO_SLAVE_DATA, op->set.settings);
    nla_nest_end(msg, info);
    return msg;
}

static char *text_of_addresses(const struct nlattr *list, guint8 family, int size)
{
    GString *text = g_string_new(NULL);
    struct nlattr *element;
    int left;

    nla_for_each_nested(element, list, left)
    {
        IfcfgIp ip = {.family = family};
        g_autofree char *word = NULL;
        if (nla_len(element) < size)
            continue;
        memcpy(ip.bytes, nla_data(element), (gsize)size);
        word = ifcfg_ip_format(&ip);
        g_string_append_printf(text, "%s%s", text->len ? "," : "", word);
    }
    return g_string_free(text, FALSE);
}

static char *text_of_ip(const struct nlattr *attr, guint8 family, int size)
{
    static const guint8 zero[16];
    IfcfgIp ip = {.family = family};

    if (nla_len(attr) < size)
        return NULL;
    memcpy(ip.bytes, nla_data(attr), (gsize)size);
    return memcmp(ip.bytes, zero, (gsize)size) ? ifcfg_ip_format(&ip) : g_strdup("");
}

static char *text_of_mac(const struct nlattr *attr)
{
    IfcfgMac mac = {.length = 6};

    if (nla_len(attr) < 6)
        return NULL;
    memcpy(mac.bytes, nla_data(attr), 6);
    return ifcfg_mac_format(&mac);
}

static char *text_of_ifindex(NlLinks *links, const struct nlattr *attr)
{
    char *name = nla_len(attr) >= 4 ? nl_links_name(links, nla_get_u32(attr)) : NULL;

    return name || nla_len(attr) < 4 ? name : g_strdup("");
}

static char *text_of_map(const struct nlattr *list)
{
    GString *text = g_string_new(NULL);
    struct nlattr *element;
    int left;

    nla_for_each_nested(element, list, left)
    {
        const struct ifla_vlan_qos_mapping *mapping = nla_data(element);
        if (nla_len(element) >= (int)sizeof *mapping)
            g_string_append_printf(text, "%s%u:%u", text->len ? " " : "", mapping->from, mapping->to);
    }
    return g_string_free(text, FALSE);
}

static gint64 number_of_attr(const LinkOption *option, const struct nlattr *attr)
{
    gboolean is_be = option->kind == LINK_VALUE_BE, is_signed = option->kind == LINK_VALUE_INT;

    switch (option->width) {
    case 0:
        return 1;
    case 1:
        return nla_get_u8(attr);
    case 2:
        return is_be ? GUINT16_FROM_BE(nla_get_u16(attr)) : nla_get_u16(attr);
    case 8:
        return (gint64)nla_get_u64(attr);
    default:
        if (is_signed)
            return nla_get_s32(attr);
        return is_be ? GUINT32_FROM_BE(nla_get_u32(attr)) : nla_get_u32(attr);
    }
}

static char *text_of_number(const LinkOption *option, const struct nlattr *attr)
{
    return nla_len(attr) < option->width ? NULL : link_option_format(option, number_of_attr(option, attr));
}

static char *text_of_bit(const LinkOption *option, const struct nlattr *attr)
{
    guint32 flags;

    if (nla_len(attr) < (int)sizeof flags)
        return NULL;
    memcpy(&flags, nla_data(attr), sizeof flags);
    return link_option_format(option, (flags & option->bit) != 0);
}

char *nl_link_data_text(NlLinks *links, const LinkOption *option, const struct nlattr *attr)
{
    switch ((LinkValueKind)option->kind) {
    case LINK_VALUE_IFNAME:
        return text_of_ifindex(links, attr);
    case LINK_VALUE_IP4:
        return text_of_ip(attr, AF_INET, 4);
    case LINK_VALUE_IP6:
        return text_of_ip(attr, AF_INET6, 16);
    case LINK_VALUE_IP4LIST:
        return text_of_addresses(attr, AF_INET, 4);
    case LINK_VALUE_IP6LIST:
        return text_of_addresses(attr, AF_INET6, 16);
    case LINK_VALUE_MAC:
        return text_of_mac(attr);
    case LINK_VALUE_BIT:
        return text_of_bit(option, attr);
    case LINK_VALUE_MAP:
        return text_of_map(attr);
    case LINK_VALUE_TEXT:
        return g_strndup(nla_data(attr), (gsize)nla_len(attr));
    default:
        return text_of_number(option, attr);
    }
}

static guint attrs_highest(struct nlattr *const *attrs, guint n)
{
    while (n && !attrs[n])
        n--;
    return n;
}

/* What is unset is left out by the kernel (bond_fill_info()): an interface or a list then is empty, if the
 * kernel knows the attribute. Lists are left out when empty, so a kernel that reports the attribute just
 * before one is taken to know it. */
static char *value_text(NlLinks *links, const LinkOption *option, struct nlattr *const *attrs, guint highest)
{
    gboolean is_absent_when_empty = option->kind == LINK_VALUE_IFNAME || option->kind == LINK_VALUE_IP4 ||
                                    option->kind == LINK_VALUE_IP6 || link_option_is_list(option);
    gboolean is_unset = !*option->fallback && option->kind == LINK_VALUE_UINT;
    gboolean is_bare = option->kind == LINK_VALUE_FLAG && !option->width;

    if (!option->attr || option->attr > DATA_ATTRS)
        return NULL;
    if (attrs[option->attr])
        return nl_link_data_text(links, option, attrs[option->attr]);
    if ((option->kind == LINK_VALUE_BIT && option->attr <= highest) || is_bare)
        return link_option_format(option, 0); /* with no flag set there is no attribute (vlan_fill_info()) */
    return (is_absent_when_empty || is_unset) && option->attr <= highest + 1 ? g_strdup("") : NULL;
}

LinkValues *nl_link_data_values(NlLinks *links, const LinkFamily *family, const LinkTable *table,
                                struct nlattr *data)
{
    struct nlattr *attrs[DATA_ATTRS + 1];
    LinkValues *values = link_values_new(family, table);

    if (!data || nla_parse_nested(attrs, DATA_ATTRS, data, NULL) < 0)
        return values;
    guint highest = attrs_highest(attrs, DATA_ATTRS);
    for (gsize i = 0; i < table->n; i++)
        values->texts[i] = value_text(links, &table->rows[i], attrs, highest);
    link_values_forget_unknown(values);
    return values;
}
