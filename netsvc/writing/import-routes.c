/* Routes and rules that somebody has set: whose file has which. */
#include "i18n.h"
#include "ifcfg-encap.h"
#include "ifcfg-rtnames.h"
#include "model/iface.h"
#include "model/kind.h"
#include "model/model-private.h"
#include "state/nexthop.h"
#include "writing/import.h"
#include <linux/fib_rules.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

enum { ZEROCONF_METRIC = 1000, FIRST_RULE = 0, MAIN_RULE = 32766, DEFAULT_RULE = 32767 };

/* Who gave it: what is neither by hand nor by a manager's file is its program's affair. */
static gboolean is_somebodys_choice(guint8 protocol)
{
    return protocol == RTPROT_UNSPEC || protocol == RTPROT_BOOT || protocol == RTPROT_STATIC;
}

/* --- what is left out --- */

/* The kernel's own, and what comes again with a lease or from a router. */
static gboolean comes_by_itself(guint8 protocol)
{
    return protocol == RTPROT_KERNEL || protocol == RTPROT_REDIRECT || protocol == RTPROT_RA ||
           protocol == RTPROT_DHCP;
}

/* Those of a program on one device, or its rules. */
typedef struct {
    guint count;
    char *first;
} Left;

static void left_free(gpointer data)
{
    Left *self = data;
    g_free(self->first);
    g_free(self);
}

static GHashTable *lefts_new(void)
{
    return g_hash_table_new_full(NULL, NULL, NULL, left_free);
}

/* Takes @text. @lefts: protocol -> Left* */
static void left_note(GHashTable *lefts, guint8 protocol, char *text)
{
    Left *left = g_hash_table_lookup(lefts, GUINT_TO_POINTER(protocol));
    if (!left) {
        left = g_new0(Left, 1);
        left->first = g_steal_pointer(&text);
        g_hash_table_insert(lefts, GUINT_TO_POINTER(protocol), left);
    }
    left->count++;
    g_free(text);
}

/* One line a program: a routing daemon has thousands. */
static void lefts_tell(const NetImport *self, GHashTable *lefts, gboolean is_rule)
{
    for (guint protocol = 0; protocol <= G_MAXUINT8; protocol++) {
        const Left *left = g_hash_table_lookup(lefts, GUINT_TO_POINTER(protocol));
        g_autofree char *number = g_strdup_printf("%u", protocol);
        const char *name = ifcfg_rtnames_name(IFCFG_RT_PROTOCOL, protocol);
        if (left)
            ifcfg_problems_add(
                self->problems, IFCFG_WARNING, (IfcfgWhere){0},
                is_rule ? _("rules of protocol %s are not written (%u, the first: %s): the program that set "
                            "them has to do so again")
                        : _("routes of protocol %s are not written (%u, the first: %s): the program that set "
                            "them has to do so again"),
                name ? name : number, left->count, left->first);
    }
}

static NetIface *iface_of(const NetImport *self, const char *name)
{
    return name ? g_hash_table_lookup(self->by_name, name) : NULL;
}

/* What belongs to no device needs a file all the same: that of the first one with an address. */
static NetIface *first_iface(const NetImport *self)
{
    for (guint i = 0; i < self->ifaces->len; i++)
        if (((NetIface *)self->ifaces->pdata[i])->addresses->len)
            return self->ifaces->pdata[i];
    return NULL;
}

/* Of several paths all devices must be up when it is added: the file that is read last has it. */
static NetIface *owner_of(const NetImport *self, const IfcfgRoute *route)
{
    NetIface *last = NULL;
    if (ifcfg_route_drops(route))
        return first_iface(self);
    for (guint i = 0; i < route->nexthops->len; i++) {
        NetIface *iface = iface_of(self, ((const IfcfgNexthop *)route->nexthops->pdata[i])->dev);
        if (!last || (iface && ifcfg_name_compare(iface->name, last->name) > 0))
            last = iface ? iface : last;
    }
    return last;
}

/* --- the default gateway --- */

static gboolean is_plain_default(const NetIface *iface, const IfcfgRoute *route)
{
    const IfcfgNexthop *hop = route->nexthops->len == 1 ? route->nexthops->pdata[0] : NULL;
    return hop && route->to.ip.family == AF_INET && !route->to.length && hop->via.family == AF_INET &&
           !hop->onlink && !hop->encap && route->type == RTN_UNICAST && route->table == RT_TABLE_MAIN &&
           route->metric <= 0 && !route->tos && route->src.family == AF_UNSPEC && !route->metrics_set &&
           !route->congctl && !route->realms && !iface->gateway.family &&
           !g_str_equal(iface->bootproto, "dhcp") && net_iface_is_near(iface, &hop->via) &&
           !net_iface_is_port(iface);
}

/* --- routes --- */

/* 169.254.0.0/16 as the scripts give it to each interface. */
static gboolean is_zeroconf(const NetImport *self, const IfcfgRoute *route)
{
    const IfcfgNexthop *hop = route->nexthops->len == 1 ? route->nexthops->pdata[0] : NULL;
    const ObservedLink *link = hop && hop->dev ? net_observed_link(self->observed, hop->dev) : NULL;
    return link && route->to.ip.family == AF_INET && route->to.length == 16 && route->to.ip.bytes[0] == 169 &&
           route->to.ip.bytes[1] == 254 && route->metric == ZEROCONF_METRIC + link->ifindex;
}

/* What goes without saying is not said. */
static IfcfgRoute *route_of(const NetIface *iface, const IfcfgRoute *actual)
{
    IfcfgRoute *route = ifcfg_route_copy(actual);
    gboolean has_gateway = FALSE;
    for (guint i = 0; i < route->nexthops->len; i++) {
        IfcfgNexthop *hop = route->nexthops->pdata[i];
        has_gateway |= hop->via.family != AF_UNSPEC;
        if (!g_strcmp0(hop->dev, iface->name))
            g_clear_pointer(&hop->dev, g_free);
    }
    gint usual = route->type == RTN_LOCAL                    ? RT_SCOPE_HOST
                 : has_gateway || route->type != RTN_UNICAST ? RT_SCOPE_UNIVERSE
                                                             : RT_SCOPE_LINK;
    if (route->to.ip.family == AF_INET6 || route->scope == usual)
        route->scope = -1;
    if (route->table == RT_TABLE_MAIN)
        route->table = 0;
    if (route->protocol == RTPROT_BOOT)
        route->protocol = 0;
    if (ifcfg_route_drops(route))
        g_ptr_array_set_size(route->nexthops, 0);
    route->nhid = 0;
    return route;
}

/* One that ends is for now, and each start would begin its time anew. Of others: without what its packets are
 * put into, they would go out as they are. */
static gboolean tell_unwritable(const NetImport *self, const NetIface *iface, const IfcfgRoute *route)
{
    g_autofree char *ending = ifcfg_prefix_format(&route->to);
    if (route->expires) {
        net_write_miss(iface, self->problems, _("the route to %s ends in %u s, and is not written"), ending,
                       route->expires);
        return TRUE;
    }
    for (guint i = 0; i < route->nexthops->len; i++) {
        const IfcfgEncap *encap = ((const IfcfgNexthop *)route->nexthops->pdata[i])->encap;
        if (!encap || ifcfg_encap_is_writable(encap))
            continue;
        g_autofree char *to = ifcfg_prefix_format(&route->to), *words = ifcfg_encap_format(encap);
        net_write_miss(iface, self->problems,
                       _("no word says all of encap %s: the route to %s is not written"), words, to);
        return TRUE;
    }
    return FALSE;
}

/* As the file's routes would be again with NEXTHOP_OBJECTS=yes, if by an object of another number. */
static gboolean is_shared(const NetImport *self, const IfcfgRoute *route)
{
    const NetNexthop *nexthop = net_observed_route_nexthop(self->observed, route);
    return nexthop && nexthop->protocol == RTPROT_BOOT && !ifcfg_route_is_default(route);
}

static void route_import(const NetImport *self, NetIface *iface, const IfcfgRoute *route)
{
    if (tell_unwritable(self, iface, route))
        return;
    if (is_shared(self, route))
        iface->nexthop_objects = TRUE;
    else if (route->nhid)
        net_write_miss(iface, self->problems,
                       _("the nexthop object %u cannot be written in a file: its route is written with its "
                         "paths"),
                       route->nhid);
    if (is_plain_default(iface, route))
        iface->gateway = ((const IfcfgNexthop *)route->nexthops->pdata[0])->via;
    else
        g_ptr_array_add(iface->routes, route_of(iface, route));
}

/* The scripts give 169.254.0.0/16 to whatever does not say that it has none. */
static void zeroconf_import(const NetImport *self, GHashTable *with)
{
    for (guint i = 0; i < self->ifaces->len; i++) {
        NetIface *iface = self->ifaces->pdata[i];
        gboolean has_none = net_kind_has(iface->kind, NET_KIND_IS_TUNNEL) || net_iface_is_port(iface) ||
                            g_str_equal(iface->kind->name, "loopback") ||
                            g_str_equal(iface->kind->name, "vrf");
        iface->nozeroconf = !has_none && !g_hash_table_contains(with, iface);
    }
}

static void homeless_tell(const NetImport *self, char *text)
{
    ifcfg_problems_add(self->problems, IFCFG_WARNING, (IfcfgWhere){0},
                       _("\"%s\" is not written: no interface has an address whose file it could be in"),
                       text);
    g_free(text);
}

void net_import_routes(const NetImport *self)
{
    g_autoptr(GHashTable) zeroconf = g_hash_table_new(NULL, NULL), lefts = lefts_new();
    for (guint i = 0; i < self->observed->routes->len; i++) {
        const IfcfgRoute *route = self->observed->routes->pdata[i];
        NetIface *iface = comes_by_itself(route->protocol) ? NULL : owner_of(self, route);
        if (iface && !is_somebodys_choice(route->protocol))
            left_note(lefts, route->protocol, ifcfg_prefix_format(&route->to));
        else if (iface && is_zeroconf(self, route))
            g_hash_table_add(zeroconf, iface);
        else if (iface)
            route_import(self, iface, route);
        else if (is_somebodys_choice(route->protocol) && ifcfg_route_drops(route))
            homeless_tell(self, ifcfg_route_format(route));
    }
    zeroconf_import(self, zeroconf);
    lefts_tell(self, lefts, FALSE);
}

/* --- rules --- */

static gboolean is_everybodys(const IfcfgRule *rule)
{
    gboolean is_plain = rule->action == FR_ACT_TO_TBL && !rule->from.length && !rule->to.length &&
                        !rule->iif && !rule->oif && !rule->has_fwmark && !rule->invert;
    return is_plain && ((rule->priority == FIRST_RULE && rule->table == RT_TABLE_LOCAL) ||
                        (rule->priority == MAIN_RULE && rule->table == RT_TABLE_MAIN) ||
                        (rule->priority == DEFAULT_RULE && rule->table == RT_TABLE_DEFAULT));
}

static NetIface *iface_with_table(const NetImport *self, guint32 table)
{
    for (guint i = 0; table && i < self->ifaces->len; i++) {
        NetIface *iface = self->ifaces->pdata[i];
        for (guint n = 0; n < iface->routes->len; n++)
            if (((const IfcfgRoute *)iface->routes->pdata[n])->table == table)
                return iface;
    }
    return NULL;
}

static NetIface *iface_near(const NetImport *self, const IfcfgPrefix *prefix)
{
    for (guint i = 0; prefix->ip.family != AF_UNSPEC && i < self->ifaces->len; i++)
        if (net_iface_is_near(self->ifaces->pdata[i], &prefix->ip))
            return self->ifaces->pdata[i];
    return NULL;
}

static NetIface *owner_of_rule(const NetImport *self, const IfcfgRule *rule)
{
    NetIface *iface = iface_of(self, rule->iif);
    iface = iface ? iface : iface_of(self, rule->oif);
    iface = iface ? iface : iface_with_table(self, rule->table);
    iface = iface ? iface : iface_near(self, &rule->from);
    return iface ? iface : first_iface(self);
}

static void rule_import(const NetImport *self, const IfcfgRule *actual)
{
    NetIface *iface = owner_of_rule(self, actual);
    if (!iface) {
        homeless_tell(self, ifcfg_rule_format(actual));
        return;
    }
    IfcfgRule *rule = ifcfg_rule_copy(actual);
    if (rule->protocol == RTPROT_BOOT)
        rule->protocol = 0;
    g_ptr_array_add(iface->rules, rule);
}

void net_import_rules(const NetImport *self)
{
    g_autoptr(GHashTable) lefts = lefts_new();
    for (guint i = 0; i < self->observed->rules->len; i++) {
        const IfcfgRule *rule = self->observed->rules->pdata[i];
        if (rule->l3mdev || is_everybodys(rule) || comes_by_itself(rule->protocol))
            continue;
        if (is_somebodys_choice(rule->protocol))
            rule_import(self, rule);
        else
            left_note(lefts, rule->protocol, ifcfg_rule_format(rule));
    }
    lefts_tell(self, lefts, TRUE);
}
