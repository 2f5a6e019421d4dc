/* Compares an interface with the kernel, by the same comparisons that the planner uses to find what is to be
 * done. */
#include "plan/verify.h"
#include "i18n.h"
#include "state/compare.h"
#include <net/if.h>

typedef struct {
    const NetIface *iface;
    const NetObserved *observed;
    const ObservedLink *link;
    GPtrArray *list;
} Verifier;

void net_difference_free(NetDifference *difference)
{
    g_free(difference->message);
    g_free(difference);
}

static void differ(Verifier *self, gboolean fatal, IfcfgWhere where, const char *format, ...)
    G_GNUC_PRINTF(4, 5);
static void differ(Verifier *self, gboolean fatal, IfcfgWhere where, const char *format, ...)
{
    NetDifference *difference = g_new0(NetDifference, 1);
    va_list args;
    va_start(args, format);
    difference->message = g_strdup_vprintf(format, args);
    va_end(args);
    difference->fatal = fatal;
    difference->where = where;
    g_ptr_array_add(self->list, difference);
}

static IfcfgWhere key_place(const NetIface *iface, const char *key)
{
    return iface->record ? ifcfg_record_where(iface->record, key) : iface->where;
}

static void verify_mac(Verifier *self)
{
    const NetIface *iface = self->iface;
    const LinkSetting *fail_over = link_settings_find(iface->settings, "fail_over_mac");
    if (!iface->macaddr.length || ifcfg_mac_equal(&iface->macaddr, &self->link->mac) ||
        (fail_over && fail_over->number))
        return;
    g_autofree char *actual = ifcfg_mac_format(&self->link->mac), *wanted = ifcfg_mac_format(&iface->macaddr);
    differ(self, FALSE, key_place(iface, "MACADDR"), _("MAC is %s, expected %s"), actual, wanted);
}

static void verify_link(Verifier *self)
{
    const NetIface *iface = self->iface;
    if (iface->link_up && !(self->link->flags & IFF_UP))
        differ(self, TRUE, iface->where, _("the link is not up"));
    if (iface->mtu && iface->mtu != self->link->mtu)
        differ(self, FALSE, key_place(iface, "MTU"), _("MTU is %u, expected %u"), self->link->mtu,
               iface->mtu);
    if (iface->arp >= 0 && !(self->link->flags & IFF_NOARP) != (iface->arp > 0))
        differ(self, FALSE, key_place(iface, "ARP"),
               iface->arp ? _("ARP is off, expected on") : _("ARP is on, expected off"));
    verify_mac(self);
}

static void verify_addresses(Verifier *self, const NetIface *part)
{
    for (guint i = 0; i < part->addresses->len; i++) {
        const NetAddress *address = g_ptr_array_index(part->addresses, i);
        const ObservedAddress *have =
            net_observed_find_ip(self->observed, self->link->ifindex, &address->prefix);
        g_autofree char *text = ifcfg_prefix_format(&address->prefix);
        g_autofree char *differs = have ? net_address_difference(address, have, self->link->name) : NULL;
        if (!have)
            differ(self, TRUE, address->where, _("address %s is missing"), text);
        else if (differs)
            differ(self, FALSE, address->where, _("address %s: %s"), text, differs);
    }
}

/* A default route can be another interface's by now: the last one has it. */
static gboolean is_taken_over(const Verifier *self, const IfcfgRoute *route)
{
    const IfcfgRoute *rival =
        route->to.length ? NULL : net_observed_rival(self->observed, route, self->link->name);
    const IfcfgNexthop *hop = rival && rival->nexthops->len ? g_ptr_array_index(rival->nexthops, 0) : NULL;
    return hop && g_strcmp0(hop->dev, self->link->name) != 0;
}

static void verify_routes(Verifier *self, const NetIface *part)
{
    for (guint i = 0; i < part->routes->len; i++) {
        const IfcfgRoute *route = g_ptr_array_index(part->routes, i);
        if (net_observed_route(self->observed, route, self->link->name) || is_taken_over(self, route))
            continue;
        g_autofree char *text = ifcfg_route_format(route);
        const IfcfgRoute *rival = net_observed_rival(self->observed, route, self->link->name);
        g_autofree char *other = rival ? ifcfg_route_format(rival) : NULL;
        if (other)
            differ(self, FALSE, route->where, _("route %s is missing; the kernel has %s"), text, other);
        else
            differ(self, FALSE, route->where, _("route %s is missing"), text);
    }
    for (guint i = 0; i < part->rules->len; i++) {
        const IfcfgRule *rule = g_ptr_array_index(part->rules, i);
        g_autofree char *text = ifcfg_rule_format(rule);
        if (!net_observed_has_rule(self->observed, rule))
            differ(self, FALSE, rule->where, _("rule %s is missing"), text);
    }
}

static void verify_zeroconf(Verifier *self)
{
    if (self->iface->zeroconf && self->iface->link_up &&
        !net_observed_has_zeroconf(self->observed, self->link))
        differ(self, FALSE, self->iface->where, _("route 169.254.0.0/16 (zeroconf) is missing"));
}

static void verify_option(Verifier *self, const char *of, const LinkDifference *difference)
{
    const LinkSetting *wanted = difference->wanted;
    gboolean is_first = wanted->option && wanted->option->when == LINK_WHEN_FIRST;
    const char *text = *wanted->text ? wanted->text : _("none");
    g_autofree char *name = of ? g_strconcat(of, ": ", wanted->name, NULL) : g_strdup(wanted->name);
    if (!difference->actual)
        differ(self, is_first, wanted->where, _("%s: this kernel does not know the option, expected %s"),
               name, text);
    else
        differ(self, is_first, wanted->where, _("%s is %s, expected %s"), name,
               *difference->actual ? difference->actual : _("none"), text);
}

static void verify_own_options(Verifier *self)
{
    g_autoptr(GPtrArray) differences = net_own_differences(self->iface, self->link, self->observed);
    for (guint i = 0; i < differences->len; i++)
        verify_option(self, NULL, g_ptr_array_index(differences, i));
}

static void verify_port_options(Verifier *self, const NetIface *port)
{
    g_autoptr(GPtrArray) differences = net_port_differences(port, self->iface, self->observed);
    for (guint i = 0; i < differences->len; i++)
        verify_option(self, port->name, g_ptr_array_index(differences, i));
}

/* What the file asks for and nobody could try: a bond that runs in another mode than was meant is no success,
 * however well it runs. */
static void verify_left_out(Verifier *self)
{
    const GPtrArray *left_out = link_settings_left_out(self->iface->settings);
    for (guint i = 0; i < left_out->len; i++) {
        const LinkSetting *setting = g_ptr_array_index(left_out, i);
        gboolean is_mode = setting->option && setting->option->when == LINK_WHEN_FIRST &&
                           !link_settings_find(self->iface->settings, setting->option->name);
        g_autofree char *what = g_strconcat(setting->name, *setting->text ? "=" : "", setting->text, NULL);
        if (is_mode)
            differ(self, TRUE, setting->where, _("%s is not in force: the mode is %s"), what,
                   link_family_selector_name(link_settings_family(self->iface->settings),
                                             link_settings_selector(self->iface->settings)));
        else
            differ(self, FALSE, setting->where, _("%s is not in force; `netsvc check` says why"), what);
    }
}

static gboolean port_is_enslaved(const Verifier *self, const char *name)
{
    const ObservedLink *port = net_observed_link(self->observed, name);
    return port && port->master == self->link->ifindex;
}

static void verify_ports(Verifier *self)
{
    const GPtrArray *ports = self->iface->ports;
    guint missing = 0;
    for (guint i = 0; ports && i < ports->len; i++) {
        const NetIface *port = g_ptr_array_index(ports, i);
        if (port_is_enslaved(self, port->name)) {
            verify_port_options(self, port);
            continue;
        }
        missing++;
        differ(self, FALSE, port->where, _("port %s is missing"), port->name);
    }
    if (missing && missing == ports->len)
        differ(self, TRUE, self->iface->where, _("none of its ports is enslaved"));
}

static void verify_bond(Verifier *self)
{
    if (g_strcmp0(self->link->kind, "bond") != 0) {
        differ(self, TRUE, self->iface->where, _("the device is not a bond"));
        return;
    }
    verify_own_options(self);
    verify_left_out(self);
    verify_ports(self);
}

static void verify_layer3(Verifier *self)
{
    const NetIface *iface = self->iface;
    verify_addresses(self, iface);
    verify_routes(self, iface);
    verify_zeroconf(self);
    for (guint i = 0; iface->aliases && i < iface->aliases->len; i++) {
        const NetIface *alias = g_ptr_array_index(iface->aliases, i);
        if (!alias->onparent || alias->fault || alias->unsupported)
            continue;
        verify_addresses(self, alias);
        verify_routes(self, alias);
    }
}

/* A port has nothing of its own but its place in the bond. */
static void verify_port(Verifier *self)
{
    const NetIface *iface = self->iface;
    const NetIface *master = net_iface_master(iface);
    const ObservedLink *bond = net_observed_link(self->observed, master->name);
    if (!bond || self->link->master != bond->ifindex)
        differ(self, TRUE, net_iface_master_where(iface), _("it is not enslaved to %s"), master->name);
    else if (!(self->link->flags & IFF_UP))
        differ(self, TRUE, iface->where, _("the link is not up"));
}

GPtrArray *net_verify(const NetIface *iface, const NetObserved *observed)
{
    const char *dev = net_iface_device(iface);
    Verifier self = {.iface = iface, .observed = observed, .link = net_observed_link(observed, dev)};
    self.list = g_ptr_array_new_with_free_func((GDestroyNotify)net_difference_free);
    if (!self.link) {
        differ(&self, TRUE, iface->where, _("the device is not there"));
    } else if (net_iface_master(iface)) {
        verify_port(&self);
    } else {
        if (!iface->parent)
            verify_link(&self);
        if (net_iface_is_link(iface, "bond"))
            verify_bond(&self);
        verify_layer3(&self);
    }
    return self.list;
}
