/* TYPE=GRE, GRETAP, GRE6, IPIP, IPIP6 and EXTERNAL: what is sent by the device goes to the other end inside
 * packets between the outer addresses. The keys are those of ifup-tunnel. */
#include "families.h"
#include "i18n.h"
#include "kinds/kinds.h"
#include "model/model-private.h"
#include <sys/socket.h>

enum { GRE_KEY_FLAG = 0x2000, HOPS_OF_IP6 = 64, LIMIT_OF_IP6 = 4 /* what `ip -6 tunnel add` gives */ };

/* --- outside --- */

void kind_read_end(NetIface *iface, const char *key, int family, const char *option,
                   const KindContext *context)
{
    const LinkOption *row = link_table_find(&iface->kind->family->own, option);
    IfcfgWhere where;
    const char *text = net_iface_get(iface, key, &where);
    IfcfgIp ip;

    if (!text || !ifcfg_ip_parse(text, AF_UNSPEC, &ip)) {
        if (text) /* the check of keys has told it */
            net_iface_fail(iface, where, NULL, _("%s=%s is not an address"), key, text);
        return;
    }
    if (ip.family == family)
        link_settings_read_key(iface->settings, row, key, text, where, context->problems);
    else
        net_iface_fail(iface, where, context->problems,
                       _("%s=%s: %s is a tunnel over IPv%d, which takes addresses of that only"), key, text,
                       iface->name, family == AF_INET ? 4 : 6);
}

/* As `ip tunnel` reads it: a number, or four of them with dots. */
static gboolean key_parse(const char *text, guint32 *ret_key)
{
    IfcfgIp ip;
    guint64 number;

    if (g_ascii_string_to_unsigned(text, 10, 0, G_MAXUINT32, &number, NULL))
        *ret_key = (guint32)number;
    else if (ifcfg_ip_parse(text, AF_INET, &ip))
        *ret_key =
            (guint32)ip.bytes[0] << 24 | (guint32)ip.bytes[1] << 16 | (guint32)ip.bytes[2] << 8 | ip.bytes[3];
    else
        return FALSE;
    return TRUE;
}

static void number_ask(NetIface *iface, const char *option, guint32 number, IfcfgWhere where)
{
    g_autofree char *text = g_strdup_printf("%u", number);
    link_settings_ask(iface->settings, option, text, where);
}

static void key_read(NetIface *iface, const KindContext *context)
{
    gboolean has_keys = link_table_find(&iface->kind->family->own, "ikey") != NULL;
    IfcfgWhere where;
    const char *text = net_iface_get(iface, "KEY", &where);
    guint32 key;

    if (!text)
        return;
    if (!has_keys) {
        ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                           _("KEY is ignored: a tunnel of type %s has none"), iface->kind->name);
        return;
    }
    if (!key_parse(text, &key)) {
        net_iface_fail(iface, where, context->problems,
                       _("KEY=%s is not possible: use a number from 0 to 4294967295, or four with dots"),
                       text);
        return;
    }
    number_ask(iface, "iflags", GRE_KEY_FLAG, where);
    number_ask(iface, "oflags", GRE_KEY_FLAG, where);
    number_ask(iface, "ikey", key, where);
    number_ask(iface, "okey", key, where);
}

/* --- inside --- */

static gboolean inner_parse(NetIface *iface, const char *key, IfcfgPrefix *ret_prefix, IfcfgWhere *ret_where,
                            const KindContext *context)
{
    const char *text = net_iface_get(iface, key, ret_where);

    if (!text || ifcfg_prefix_parse(text, AF_UNSPEC, ret_prefix))
        return text != NULL;
    ifcfg_problems_add(context->problems, IFCFG_ERROR, *ret_where,
                       _("%s=%s is not an address or ADDRESS/LENGTH; ignored"), key, text);
    return FALSE;
}

/* The route to the other end's outer address must not lead into the tunnel itself. */
static gboolean peer_parse(NetIface *iface, IfcfgPrefix *ret_peer, const KindContext *context)
{
    IfcfgWhere where;
    IfcfgIp outer;
    const char *text = net_iface_get(iface, "PEER_OUTER_IPADDR", NULL);

    if (!inner_parse(iface, "PEER_INNER_IPADDR", ret_peer, &where, context))
        return FALSE;
    return !text || !ifcfg_ip_parse(text, AF_UNSPEC, &outer) || !ifcfg_ip_equal(&outer, &ret_peer->ip);
}

static void inner_read(NetIface *iface, const KindContext *context)
{
    IfcfgWhere where;
    IfcfgPrefix own, peer;

    if (!inner_parse(iface, "MY_INNER_IPADDR", &own, &where, context))
        return;
    NetAddress *address = net_address_new(&own, own.ip.family == AF_INET ? iface->name : NULL, where);
    address->check = address->announce = FALSE;
    address->broadcast.family = own.ip.family == AF_INET ? AF_INET : AF_UNSPEC; /* 0.0.0.0: it has none */
    if (peer_parse(iface, &peer, context) && peer.ip.family == own.ip.family) {
        address->peer = peer.ip;
        address->prefix.length = peer.length;
    }
    g_ptr_array_insert(iface->addresses, 0, address);
}

/* --- the whole --- */

gboolean kind_refuse_generic(NetIface *iface, const KindContext *context)
{
    static const char *const generic[] = {"gre0",  "gretap0", "erspan0", "ip6gre0",
                                          "tunl0", "ip6tnl0", "sit0",    NULL};

    if (g_strv_contains(generic, iface->name))
        net_iface_fail(iface, iface->where, context->problems,
                       _("the device %s is the kernel's own; give the tunnel another name"), iface->name);
    return iface->fault != NULL;
}

static void ends_check(NetIface *iface, const KindContext *context)
{
    static const char *const any[] = {"local", "remote", "ikey", "external"};

    for (gsize i = 0; i < G_N_ELEMENTS(any); i++)
        if (link_settings_find(iface->settings, any[i]))
            return;
    if (!iface->fault)
        net_iface_fail(iface, iface->where, context->problems,
                       _("the tunnel has no end: write PEER_OUTER_IPADDR, MY_OUTER_IPADDR or both"));
}

static void implied_set(NetIface *iface, const char *option, const char *text)
{
    if (!link_settings_find(iface->settings, option))
        link_settings_set(iface->settings, option, text, TRUE, NULL);
}

static void tunnel6_read(NetIface *iface)
{
    gboolean is_external = kind_type_is(iface, "EXTERNAL");

    if (iface->kind->family == &ip6tnl_family)
        implied_set(iface, is_external ? "external" : "proto", is_external ? "on" : "ipip6");
    if (is_external)
        return;
    g_autofree char *hops = g_strdup_printf("%d", HOPS_OF_IP6);
    g_autofree char *limit = g_strdup_printf("%d", LIMIT_OF_IP6);
    implied_set(iface, "ttl", hops);
    implied_set(iface, "encap_limit", limit);
}

static void tunnel_read(NetIface *iface, const KindContext *context)
{
    gboolean is_6 = link_table_find(&iface->kind->family->own, "local")->kind == LINK_VALUE_IP6;
    int family = is_6 ? AF_INET6 : AF_INET;

    kind_read_options(iface, context);
    if (kind_refuse_generic(iface, context))
        return;
    kind_read_end(iface, "MY_OUTER_IPADDR", family, "local", context);
    kind_read_end(iface, "PEER_OUTER_IPADDR", family, "remote", context);
    key_read(iface, context);
    if (is_6)
        tunnel6_read(iface);
    ends_check(iface, context);
    inner_read(iface, context);
    kind_read_port(iface, context);
}

#define TUNNEL(name_, type_, traits_)                                                                        \
    static gboolean name_##_match(const NetIface *iface, G_GNUC_UNUSED const KindContext *context)           \
    {                                                                                                        \
        return kind_type_is(iface, type_);                                                                   \
    }                                                                                                        \
    const IfaceKind name_##_kind = {                                                                         \
        .name = #name_,                                                                                      \
        .type = type_,                                                                                       \
        .family = &name_##_family,                                                                           \
        .traits = NET_KIND_CREATES | NET_KIND_IS_TUNNEL | traits_,                                           \
        .match = name_##_match,                                                                              \
        .read = tunnel_read,                                                                                 \
    }

TUNNEL(gre, "GRE", NET_KIND_IS_NO_PORT | NET_KIND_HAS_ADDRESSES_OF_HOST);
TUNNEL(gretap, "GRETAP", NET_KIND_MAC_WHILE_UP);
TUNNEL(ip6gre, "GRE6", NET_KIND_IS_NO_PORT);
TUNNEL(ipip, "IPIP", NET_KIND_IS_NO_PORT);

static gboolean ip6tnl_match(const NetIface *iface, G_GNUC_UNUSED const KindContext *context)
{
    return kind_type_is(iface, "IPIP6") || kind_type_is(iface, "EXTERNAL");
}

static const char *ip6tnl_type(const NetIface *iface)
{
    const LinkSetting *external = link_settings_find(iface->settings, "external");
    return external && external->number ? "EXTERNAL" : "IPIP6";
}

const IfaceKind ip6tnl_kind = {
    .type_of = ip6tnl_type,
    .name = "ip6tnl",
    .type = "IPIP6",
    .family = &ip6tnl_family,
    .traits = NET_KIND_CREATES | NET_KIND_IS_TUNNEL | NET_KIND_IS_NO_PORT,
    .match = ip6tnl_match,
    .read = tunnel_read,
};
