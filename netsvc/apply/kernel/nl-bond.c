/* Bond options as netlink attributes, encoded by the option table's rows alone: attribute number, width and
 * kind of value. */
#include "apply/kernel/nl-bond.h"
#include "apply/kernel/nl-ops.h"
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <string.h>

gboolean nl_bond_can_put(NlLinks *links, const BondSetting *setting)
{
    const BondOption *option = setting->option;

    if (!option || !option->attr || option->phase == BOND_PHASE_LOAD)
        return FALSE;
    switch (option->kind) {
    case BOND_VALUE_PORT_UINT:
    case BOND_VALUE_PORT_INT:
        return FALSE;
    case BOND_VALUE_IFNAME: /* sysfs remembers a name that is not there yet; netlink needs its index */
        return !setting->text[0] || nl_links_index(links, setting->text) != 0;
    default:
        return TRUE;
    }
}

static void put_number(struct nl_msg *msg, const BondOption *option, guint32 number)
{
    switch (option->width) {
    case 1:
        nla_put_u8(msg, option->attr, (guint8)number);
        break;
    case 2:
        nla_put_u16(msg, option->attr, (guint16)number);
        break;
    default:
        nla_put_u32(msg, option->attr, number);
        break;
    }
}

/* The kernel replaces the whole list; the element's attribute type is its index (bond_netlink.c
 * bond_changelink()). */
static void put_addresses(struct nl_msg *msg, const BondOption *option, const char *text, int family)
{
    g_auto(GStrv) words = g_strsplit(text, ",", -1);
    struct nlattr *list = nla_nest_start(msg, option->attr);
    IfcfgIp ip;

    for (guint i = 0; words[i]; i++)
        if (ifcfg_ip_parse(g_strstrip(words[i]), family, &ip))
            nla_put(msg, (int)i, (int)ifcfg_ip_size(&ip), ip.bytes);
    nla_nest_end_keep_empty(msg, list);
}

static void put_mac(struct nl_msg *msg, const BondOption *option, const char *text)
{
    IfcfgMac mac;

    if (ifcfg_mac_parse(text, &mac))
        nla_put(msg, option->attr, mac.length, mac.bytes);
}

void nl_bond_put_setting(NlLinks *links, struct nl_msg *msg, const BondSetting *setting)
{
    const BondOption *option = setting->option;

    if (!nl_bond_can_put(links, setting))
        return;
    switch (option->kind) {
    case BOND_VALUE_IFNAME:
        nla_put_u32(msg, option->attr, setting->text[0] ? (guint32)nl_links_index(links, setting->text) : 0);
        break;
    case BOND_VALUE_IP4LIST:
        put_addresses(msg, option, setting->text, AF_INET);
        break;
    case BOND_VALUE_IP6LIST:
        put_addresses(msg, option, setting->text, AF_INET6);
        break;
    case BOND_VALUE_MAC:
        put_mac(msg, option, setting->text);
        break;
    default:
        put_number(msg, option, setting->number);
        break;
    }
}

void nl_bond_put_settings(NlLinks *links, struct nl_msg *msg, const GPtrArray *settings)
{
    struct nlattr *data = nla_nest_start(msg, IFLA_INFO_DATA);

    for (guint i = 0; i < settings->len; i++)
        nl_bond_put_setting(links, msg, g_ptr_array_index(settings, i));
    nla_nest_end(msg, data);
}

struct nl_msg *nl_bond_set(NlLinks *links, const NetOp *op, GError **error)
{
    gboolean any = FALSE;
    struct nlattr *info;
    struct nl_msg *msg;
    int ifindex;

    for (guint i = 0; i < op->settings->len; i++)
        any |= nl_bond_can_put(links, g_ptr_array_index(op->settings, i));
    ifindex = any ? nl_links_need(links, op->dev, error) : 0;
    if (!ifindex)
        return NULL;
    msg = nl_link_message(RTM_NEWLINK, 0, ifindex, 0, 0);
    info = nla_nest_start(msg, IFLA_LINKINFO);
    nla_put_string(msg, IFLA_INFO_KIND, "bond");
    nl_bond_put_settings(links, msg, op->settings);
    nla_nest_end(msg, info);
    return msg;
}

static char *text_of_number(const BondOption *option, guint32 number)
{
    for (const BondName *name = option->names; option->kind == BOND_VALUE_ENUM && name && name->name; name++)
        if (name->number == number)
            return g_strdup(name->name);
    return g_strdup_printf("%u", number);
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

char *nl_bond_text_of_attr(NlLinks *links, const BondOption *option, const struct nlattr *attr)
{
    switch (option->kind) {
    case BOND_VALUE_IFNAME:
        return text_of_ifindex(links, attr);
    case BOND_VALUE_IP4LIST:
        return text_of_addresses(attr, AF_INET, 4);
    case BOND_VALUE_IP6LIST:
        return text_of_addresses(attr, AF_INET6, 16);
    case BOND_VALUE_MAC:
        return text_of_mac(attr);
    default:
        break;
    }
    if (nla_len(attr) < option->width)
        return NULL;
    return text_of_number(option, option->width == 1   ? nla_get_u8(attr)
                                  : option->width == 2 ? nla_get_u16(attr)
                                                       : nla_get_u32(attr));
}
