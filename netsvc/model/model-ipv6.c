/* IPv6 of an interface: its addresses, its default route, and what is asked of the device itself. The rules
 * are those of ifup-ipv6 and network-functions-ipv6 of the old scripts. */
#include "i18n.h"
#include "ifcfg-keys.h"
#include "model/devconf.h"
#include "model/iface.h"
#include "model/model-private.h"
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

enum { USUAL_LENGTH = 64, FIRST_MULTICAST = 0xff };

const NetAddress *net_iface_first_address(const NetIface *iface, int family)
{
    for (guint i = 0; i < iface->addresses->len; i++) {
        const NetAddress *address = g_ptr_array_index(iface->addresses, i);
        if (address->prefix.ip.family == family)
            return address;
    }
    return NULL;
}

gboolean net_iface_is_near(const NetIface *iface, const IfcfgIp *ip)
{
    for (guint i = 0; i < iface->addresses->len; i++)
        if (ifcfg_prefix_contains(&((const NetAddress *)g_ptr_array_index(iface->addresses, i))->prefix, ip))
            return TRUE;
    return FALSE;
}

/* --- addresses --- */

/* RFC 4291: neither the unspecified address nor multicast. */
static gboolean is_host(const IfcfgIp *ip)
{
    static const guint8 unspecified[16];
    return ip->bytes[0] != FIRST_MULTICAST && memcmp(ip->bytes, unspecified, sizeof unspecified) != 0;
}

gboolean net_iface_add_address6(NetIface *iface, const char *key, const char *text, IfcfgWhere where,
                                const KindContext *context)
{
    IfcfgPrefix prefix;
    if (!ifcfg_prefix_parse(text, AF_INET6, &prefix)) {
        if (!g_str_equal(key, "IPV6ADDR")) /* else ifcfg_keys_check() tells */
            ifcfg_problems_add(context->problems, IFCFG_ERROR, where,
                               _("%s: '%s' is not an IPv6 address; ignored"), key, text);
        return FALSE;
    }
    if (!is_host(&prefix.ip)) {
        ifcfg_problems_add(context->problems, IFCFG_ERROR, where,
                           _("%s=%s is not an address of a host; ignored"), key, text);
        return FALSE;
    }
    if (!strchr(text, '/'))
        prefix.length = USUAL_LENGTH;
    NetAddress *address = net_address_new(&prefix, NULL, where);
    address->scope = ifcfg_ip_is_link_local(&prefix.ip) ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE;
    address->check = FALSE; /* the kernel does */
    address->announce = net_iface_numbered_bool(iface, "ARPUPDATE", "");
    g_ptr_array_add(iface->addresses, address);
    return TRUE;
}

static void secondaries_read(NetIface *iface, const KindContext *context)
{
    IfcfgWhere where;
    const char *text = net_iface_get(iface, "IPV6ADDR_SECONDARIES", &where);
    g_auto(GStrv) words = text ? g_strsplit_set(text, " \t\n,", -1) : NULL;
    for (guint i = 0; words && words[i]; i++)
        if (*words[i])
            net_iface_add_address6(iface, "IPV6ADDR_SECONDARIES", words[i], where, context);
}

/* An interface that was to have this one address only has nothing to bring up. */
void net_iface_read_addresses6(NetIface *iface, const KindContext *context)
{
    IfcfgWhere where;
    const char *text = iface->ipv6init ? net_iface_get(iface, "IPV6ADDR", &where) : NULL;
    gboolean is_bad = text && !net_iface_add_address6(iface, "IPV6ADDR", text, where, context);
    if (iface->ipv6init)
        secondaries_read(iface, context);
    if (is_bad && !iface->addresses->len && !(iface->bootproto && net_bootproto_is_dynamic(iface->bootproto)))
        net_iface_fail_addresses(iface, where, NULL,
                                 _("IPV6ADDR=%s cannot be used, and there is no other address"), text);
}

/* --- the device itself --- */

static gboolean is_given(const NetIface *iface, const char *const *keys, IfcfgWhere *where)
{
    for (; *keys; keys++)
        if (net_iface_get(iface, *keys, where))
            return TRUE;
    return FALSE;
}

static void conf_add(NetIface *iface, guint conf, gint32 value, const char *const *keys)
{
    NetConfValue wanted = {.conf = conf, .value = value, .where = iface->where};
    wanted.is_given = is_given(iface, keys, &wanted.where);
    g_array_append_val(iface->confs, wanted);
}

/* With IPV6FORWARDING a host is a router, which takes advertisements of others only if it is told to. */
static void confs_of_router(NetIface *iface)
{
    static const char *const router[] = {"IPV6_ROUTER", "IPV6FORWARDING", NULL};
    static const char *const autoconf[] = {"IPV6_AUTOCONF", "IPV6FORWARDING", NULL};
    gboolean is_auto = iface->ipv6_autoconf > 0;
    conf_add(iface, NET_CONF_FORWARDING, iface->ipv6_router != 0, router);
    conf_add(iface, NET_CONF_ACCEPT_RA, is_auto ? 2 : 0, autoconf);
    conf_add(iface, NET_CONF_ACCEPT_REDIRECTS, is_auto, autoconf);
    conf_add(iface, NET_CONF_AUTOCONF, is_auto, autoconf);
}

static void confs_of_host(NetIface *iface)
{
    static const char *const forwarding[] = {"IPV6FORWARDING", NULL};
    static const char *const autoconf[] = {"IPV6_AUTOCONF", NULL};
    gboolean is_auto = iface->ipv6_autoconf != 0;
    conf_add(iface, NET_CONF_FORWARDING, 0, forwarding);
    conf_add(iface, NET_CONF_ACCEPT_RA, is_auto || iface->ipv6_force_accept_ra, autoconf);
    conf_add(iface, NET_CONF_ACCEPT_REDIRECTS, is_auto, autoconf);
    conf_add(iface, NET_CONF_AUTOCONF, is_auto, autoconf);
}

/* As ifup-sit had it. */
static void confs_of_way_on(NetIface *iface)
{
    static const char *const type[] = {"TYPE", NULL};
    conf_add(iface, NET_CONF_FORWARDING, 1, type);
    conf_add(iface, NET_CONF_ACCEPT_RA, 0, type);
    conf_add(iface, NET_CONF_ACCEPT_REDIRECTS, 0, type);
}

static void privacy_read(NetIface *iface)
{
    static const char *const privacy[] = {"IPV6_PRIVACY", NULL};
    const char *text = iface->ipv6_privacy;
    gboolean is_on = text && (!g_ascii_strcasecmp(text, "rfc3041") || !g_ascii_strcasecmp(text, "rfc4941") ||
                              ifcfg_is_true(text));
    if (is_on)
        conf_add(iface, NET_CONF_USE_TEMPADDR, iface->ipv6_prefer_public ? 1 : 2, privacy);
}

/* NetworkManager's. The kernel makes the identifiers of RFC 7217 as well, of a secret of its own. */
static void identifier_read(NetIface *iface)
{
    static const char *const mode[] = {"IPV6_ADDR_GEN_MODE", NULL};
    const char *text = iface->ipv6_addr_gen_mode;
    if (text && !g_ascii_strcasecmp(text, "eui64"))
        conf_add(iface, NET_CONF_ADDR_GEN_MODE, IN6_ADDR_GEN_MODE_EUI64, mode);
    else if (text && !g_ascii_strcasecmp(text, "stable-privacy"))
        conf_add(iface, NET_CONF_ADDR_GEN_MODE, IN6_ADDR_GEN_MODE_STABLE_PRIVACY, mode);
}

/* The kernel takes the lower half, and that only of a host that takes router advertisements
 * (inet6_set_iftoken()). */
static void token_check(NetIface *iface, const KindContext *context)
{
    static const guint8 none[8];
    IfcfgWhere where;
    IfcfgIp token;
    const char *text = iface->ipv6_token ? net_iface_get(iface, "IPV6_TOKEN", &where) : NULL;
    gboolean is_token = text && ifcfg_ip_parse(text, AF_INET6, &token) &&
                        !memcmp(token.bytes, none, sizeof none) &&
                        memcmp(token.bytes + sizeof none, none, sizeof none) != 0;
    if (text && !is_token)
        ifcfg_problems_add(
            context->problems, IFCFG_ERROR, where,
            _("IPV6_TOKEN=%s is not the lower half of an IPv6 address, as ::1 or ::1:2:3:4; ignored"), text);
    else if (text && iface->ipv6_autoconf == 0 && !iface->ipv6_force_accept_ra)
        ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                           _("IPV6_TOKEN is ignored: it is for addresses by router advertisements, and "
                             "IPV6_AUTOCONF=no wants none"));
    else if (text)
        return;
    g_clear_pointer(&iface->ipv6_token, g_free);
}

static void defroute_read(NetIface *iface)
{
    static const char *const defroute[] = {"IPV6_DEFROUTE", NULL};
    if (iface->ipv6_defroute >= 0)
        conf_add(iface, NET_CONF_ACCEPT_RA_DEFRTR, iface->ipv6_defroute, defroute);
}

/* NetworkManager's: more than IPV6INIT=no, which leaves the device what it gives itself. */
static void disabled_read(NetIface *iface, const KindContext *context)
{
    static const char *const disabled[] = {"IPV6_DISABLED", NULL};
    static const char *const vain[] = {"IPV6ADDR", "IPV6ADDR_SECONDARIES", "IPV6_DEFAULTGW", "DHCPV6C"};
    IfcfgWhere where;
    if (!iface->ipv6_disabled || iface->form != IFCFG_ENTRY_MAIN)
        return;
    conf_add(iface, NET_CONF_DISABLE_IPV6, 1, disabled);
    for (gsize i = 0; i < G_N_ELEMENTS(vain); i++)
        if (net_iface_get(iface, vain[i], &where) && where.file == iface->file)
            ifcfg_problems_add(
                context->problems, IFCFG_WARNING, where,
                _("%s has no effect: IPV6_DISABLED=yes wants no IPv6 here; remove one of the two"), vain[i]);
}

/* Files that say nothing about IPv6 leave the device as sysctl.conf has it. */
void net_iface_read_confs(NetIface *iface, const KindContext *context)
{
    static const char *const all[] = {"IPV6ADDR",    "IPV6_AUTOCONF", "IPV6FORWARDING", "IPV6_DEFAULTGW",
                                      "IPV6_ROUTER", "IPV6_PRIVACY",  "IPV6INIT",       NULL};
    IfcfgWhere where;
    disabled_read(iface, context);
    if (!iface->ipv6init || iface->form != IFCFG_ENTRY_MAIN) {
        g_clear_pointer(&iface->ipv6_token, g_free);
        return;
    }
    token_check(iface, context);
    if (iface->ipv6_mtu)
        iface->mtu = iface->ipv6_mtu;
    if (!iface->ipv6_set_sysctls)
        return;
    if (net_kind_has(iface->kind, NET_KIND_LEADS_ON6))
        confs_of_way_on(iface);
    else if (is_given(iface, all, &where) && iface->ipv6forwarding)
        confs_of_router(iface);
    else if (is_given(iface, all, &where))
        confs_of_host(iface);
    privacy_read(iface);
    identifier_read(iface);
    defroute_read(iface);
}

/* --- the default route --- */

typedef struct {
    /* "::" and none are the same */
    IfcfgIp gateway;
    /* where the gateway is: what stands behind its `%`, else IPV6_DEFAULTDEV; or NULL */
    const char *dev;
    IfcfgWhere where;
} Default6;

static gboolean gateway6_parse(const char *text, Default6 *self, char **ret_zone)
{
    g_auto(GStrv) parts = g_strsplit(text, "%", 2);
    static const guint8 unspecified[16];
    if (!ifcfg_ip_parse(parts[0], AF_INET6, &self->gateway))
        return FALSE;
    if (!memcmp(self->gateway.bytes, unspecified, sizeof unspecified))
        self->gateway.family = AF_UNSPEC;
    *ret_zone = parts[1] && *parts[1] ? g_strdup(parts[1]) : NULL;
    return TRUE;
}

static void default6_add(NetIface *iface, const Default6 *self, const KindContext *context)
{
    g_autofree char *gateway = ifcfg_ip_format(&self->gateway);
    g_autofree char *line =
        self->gateway.family
            ? g_strdup_printf("default via %s dev %s metric 1", gateway, net_iface_device(iface))
            : g_strdup_printf("default dev %s metric 1", net_iface_device(iface));
    IfcfgRoute *route =
        ifcfg_route_parse(line, AF_INET6, net_model_rtnames(context->model), self->where, context->problems);
    if (!route)
        return;
    route->yields = TRUE;
    g_ptr_array_add(iface->routes, route);
}

/* A gateway without a device is that of the file that names it; one of /etc/sysconfig/network is for the
 * interface that it is near. */
static gboolean is_meant(const NetIface *iface, const Default6 *self)
{
    if (self->dev)
        return g_str_equal(self->dev, net_iface_device(iface));
    return self->where.file == iface->file || net_iface_is_near(iface, &self->gateway);
}

/* ipv6_test_route_requires_next_hop(): only a device with one other end needs none. */
static gboolean needs_gateway(const NetIface *iface)
{
    return !net_kind_has(iface->kind, NET_KIND_IS_TUNNEL);
}

static gboolean default6_is_complete(const NetIface *iface, const Default6 *self, const char *text,
                                     const KindContext *context)
{
    if (self->gateway.family && !self->dev && ifcfg_ip_is_link_local(&self->gateway)) {
        ifcfg_problems_add(context->problems, IFCFG_ERROR, self->where,
                           _("IPV6_DEFAULTGW=%s is a link-local address, which says nothing without its "
                             "interface: write IPV6_DEFAULTGW=%s%%%s; there will be no IPv6 default route"),
                           text, text, net_iface_device(iface));
        return FALSE;
    }
    if (!self->gateway.family && self->dev && g_str_equal(self->dev, net_iface_device(iface)) &&
        needs_gateway(iface)) {
        ifcfg_problems_add(context->problems, IFCFG_ERROR, self->where,
                           _("IPV6_DEFAULTDEV=%s: a default route over this interface needs a gateway: write "
                             "IPV6_DEFAULTGW; there will be no IPv6 default route"),
                           self->dev);
        return FALSE;
    }
    return self->gateway.family || self->dev;
}

/* An alias has its own only: what stands in /etc/sysconfig/network is its parent's. */
static gboolean is_of_parent(const NetIface *iface, const Default6 *self)
{
    return iface->form == IFCFG_ENTRY_RANGE || (iface->parent && self->where.file != iface->file);
}

/* In a file of its own that has no effect. */
static gboolean is_elsewhere(const NetIface *iface, const Default6 *self)
{
    return self->dev && self->where.file == iface->file && !g_str_equal(self->dev, net_iface_device(iface)) &&
           !g_str_equal(self->dev, "tun6to4");
}

void net_iface_read_default6(NetIface *iface, const KindContext *context)
{
    Default6 self = {.gateway = {.family = AF_UNSPEC}};
    g_autofree char *zone = NULL;
    const char *dev = net_iface_get(iface, "IPV6_DEFAULTDEV", &self.where);
    const char *text = net_iface_get(iface, "IPV6_DEFAULTGW", &self.where);
    if (!iface->ipv6init || (!text && !dev) || g_str_equal(net_iface_device(iface), "lo") ||
        is_of_parent(iface, &self))
        return;
    if (text && !gateway6_parse(text, &self, &zone)) {
        if (self.where.file == iface->file)
            ifcfg_problems_add(
                context->problems, IFCFG_ERROR, self.where,
                _("IPV6_DEFAULTGW=%s is not an IPv6 address, with or without %%INTERFACE; there "
                  "will be no IPv6 default route"),
                text);
        return;
    }
    self.dev = zone ? zone : dev;
    gboolean is_complete = default6_is_complete(iface, &self, text, context);
    if (self.where.file == iface->file && !is_complete)
        iface->in_doubt |= NET_DOUBT_DEFAULT6;
    if (is_complete && is_meant(iface, &self))
        default6_add(iface, &self, context);
    else if (is_elsewhere(iface, &self))
        ifcfg_problems_add(
            context->problems, IFCFG_WARNING, self.where,
            _("%s has no default route by this line, which is about %s: write it into ifcfg-%s"),
            net_iface_device(iface), self.dev, self.dev);
}
