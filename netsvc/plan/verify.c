/* Compares an interface with the kernel: by the differs that the planner uses to find what is to be done, so
 * that what they find in order here is what they do not touch there. */
#include "plan/verify.h"
#include "bridge-vlans.h"
#include "i18n.h"
#include "model/iface.h"
#include "model/service.h"
#include "plan/claims.h"
#include "state/attributes.h"
#include "state/compare.h"
#include "state/link-diff.h"
#include <net/if.h>

struct NetVerifier {
    const NetIface *iface;
    const NetObserved *observed;
    const ObservedLink *link;
    GPtrArray *list;
};

void net_difference_free(NetDifference *difference)
{
    g_free(difference->message);
    g_free(difference);
}

void net_verifier_differ(NetVerifier *self, NetDifferenceKind kind, IfcfgWhere where, const char *format, ...)
{
    NetDifference *difference = g_new0(NetDifference, 1);
    va_list args;
    va_start(args, format);
    difference->message = g_strdup_vprintf(format, args);
    va_end(args);
    difference->fatal = kind == NET_DIFFERENCE_FATAL;
    difference->is_redundancy = kind == NET_DIFFERENCE_REDUNDANCY;
    difference->where = where;
    g_ptr_array_add(self->list, difference);
}

/* --- the link --- */

/* What no file names is how the kind finds it best, and no difference. @port: of which it is said, or NULL */
static void verify_attributes(NetVerifier *self, const NetIface *iface, const ObservedLink *link,
                              const char *port)
{
    g_autoptr(LinkSettings) wanted = net_wanted_attributes(iface, self->observed);
    g_autoptr(GPtrArray) differences = net_attribute_differences(wanted, link);
    for (guint i = 0; i < differences->len; i++) {
        const LinkDifference *difference = g_ptr_array_index(differences, i);
        const LinkSetting *setting = difference->wanted;
        const char *key = setting->option->key;
        g_autofree char *name = port ? g_strdup_printf("%s of %s", key, port) : g_strdup(key);
        if (!setting->implied)
            net_verifier_differ(self, NET_DIFFERENCE_WARN, setting->where, _("%s is %s, expected %s"), name,
                                difference->actual ? difference->actual : _("none"), setting->text);
    }
}

/* Only what a key asks for: the rest is as good as sysctl.conf wants it. */
static void verify_confs(NetVerifier *self)
{
    for (guint i = 0; self->link->has_confs && i < self->iface->confs->len; i++) {
        const NetConfValue *wanted = &g_array_index(self->iface->confs, NetConfValue, i);
        if (wanted->is_given && self->link->confs[wanted->conf] != wanted->value)
            net_verifier_differ(self, NET_DIFFERENCE_WARN, wanted->where,
                                _("net/ipv6/conf/%s/%s is %d, expected %d"), self->link->name,
                                net_conf_name(wanted->conf), self->link->confs[wanted->conf], wanted->value);
    }
}

static void verify_link(NetVerifier *self)
{
    const NetIface *iface = self->iface;
    if (iface->link_up && !(self->link->flags & IFF_UP))
        net_verifier_differ(self, NET_DIFFERENCE_FATAL, iface->where, _("the link is not up"));
    verify_attributes(self, iface, self->link, NULL);
    verify_confs(self);
}

static char **port_names(const NetVerifier *self)
{
    const GPtrArray *ports = net_observed_ports_of(self->observed, self->link->ifindex);
    GPtrArray *names = g_ptr_array_new();
    for (guint i = 0; ports && i < ports->len; i++)
        g_ptr_array_add(names, g_strdup(((const ObservedLink *)g_ptr_array_index(ports, i))->name));
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(names, FALSE);
}

/* Without the option that selects all others the device is not what was asked for. */
static gboolean is_selector(const NetVerifier *self, const LinkOption *option)
{
    const LinkFamily *family = self->iface->kind->family;
    const char *selector = family ? family->selector : NULL;
    return option && (option->when == LINK_WHEN_CREATE || (selector && g_str_equal(option->name, selector)));
}

static const char *option_guess(const NetVerifier *self, const char *name)
{
    const LinkFamily *family = self->iface->kind->family;
    return link_family_guess(family, &family->own, name);
}

static void differ_option(NetVerifier *self, const LinkDifference *difference, IfcfgWhere where,
                          const char *port)
{
    const LinkSetting *wanted = difference->wanted;
    NetDifferenceKind kind = is_selector(self, wanted->option) ? NET_DIFFERENCE_FATAL : NET_DIFFERENCE_WARN;
    g_autofree char *name = port ? g_strdup_printf("%s of %s", wanted->name, port) : g_strdup(wanted->name);
    const char *text = *wanted->text ? wanted->text : _("none");
    const char *guess = wanted->option || port ? NULL : option_guess(self, wanted->name);
    if (!difference->actual && guess)
        net_verifier_differ(self, kind, where,
                            _("%s: this kernel does not know the option, expected %s; did you mean %s?"),
                            name, text, guess);
    else if (!difference->actual)
        net_verifier_differ(self, kind, where, _("%s: this kernel does not know the option, expected %s"),
                            name, text);
    else
        net_verifier_differ(self, kind, where, _("%s is %s, expected %s"), name,
                            *difference->actual ? difference->actual : _("none"), text);
}

static void verify_options(NetVerifier *self)
{
    const NetIface *iface = self->iface;
    g_auto(GStrv) ports = port_names(self);
    LinkDiffContext context = {.selector = link_settings_selector(iface->settings),
                               .ports = (const char *const *)ports,
                               .where = iface->where};
    g_autoptr(GPtrArray) differences =
        link_differences(&iface->kind->family->own, iface->settings, self->link->own, &context);
    for (guint i = 0; i < differences->len; i++) {
        const LinkDifference *difference = g_ptr_array_index(differences, i);
        differ_option(self, difference, difference->wanted->where, NULL);
    }
}

/* --- ports --- */

static const ObservedLink *find_port(const NetVerifier *self, const char *name)
{
    const ObservedLink *port = net_observed_link(self->observed, name);
    return port && port->master == self->link->ifindex ? port : NULL;
}

static void verify_vlans(NetVerifier *self, const char *key)
{
    const char *wanted = self->iface->vlans, *actual = self->link->vlans;
    g_autofree char *lacking = wanted ? bridge_vlans_lacking(wanted, actual) : NULL;
    if (lacking && *lacking)
        net_verifier_differ(self, NET_DIFFERENCE_WARN, self->iface->vlans_where, _("%s is %s, expected %s"),
                            key, actual && *actual ? actual : _("none"), wanted);
}

static void verify_port_options(NetVerifier *self, const NetIface *master, const NetIface *port,
                                const ObservedLink *link)
{
    const LinkFamily *family = master->kind->family;
    LinkDiffContext context = {.selector = link_settings_selector(master->settings), .where = port->where};
    g_autoptr(GPtrArray) differences =
        link_differences(&family->port, port->port_settings, link->port, &context);
    for (guint i = 0; i < differences->len; i++) {
        const LinkDifference *difference = g_ptr_array_index(differences, i);
        differ_option(self, difference, difference->wanted->where, port->name);
    }
}

typedef struct {
    guint in, with_carrier;
    GString *without;
} PortCount;

static void verify_one_port(NetVerifier *self, const NetIface *port, PortCount *count)
{
    const ObservedLink *link = find_port(self, port->name);
    if (!link) {
        net_verifier_differ(self, NET_DIFFERENCE_REDUNDANCY, port->where, _("port %s is missing"),
                            port->name);
        return;
    }
    count->in++;
    if (link->carrier)
        count->with_carrier++;
    else
        g_string_append_printf(count->without, "%s%s", count->without->len ? ", " : "", port->name);
    verify_attributes(self, port, link, port->name);
    verify_port_options(self, self->iface, port, link);
}

/* A cable that is out is no fault of the configuration, and it is known now, not when the other one goes. */
static void verify_cables(NetVerifier *self, const PortCount *count)
{
    if (!count->without->len || !(self->link->flags & IFF_UP))
        return;
    if (count->with_carrier)
        net_verifier_differ(
            self, NET_DIFFERENCE_REDUNDANCY, self->iface->where,
            _("no carrier on port %s: check cable and switch; it works with the %u that is left"),
            count->without->str, count->with_carrier);
    else
        net_verifier_differ(
            self, NET_DIFFERENCE_REDUNDANCY, self->iface->where,
            _("no carrier on any port (%s): check cables and switch; nothing can be reached by it"),
            count->without->str);
}

static void verify_ports(NetVerifier *self)
{
    const GPtrArray *ports = self->iface->ports;
    PortCount count = {.without = g_string_new(NULL)};
    for (guint i = 0; i < ports->len; i++)
        verify_one_port(self, g_ptr_array_index(ports, i), &count);
    if (ports->len && !count.in)
        net_verifier_differ(self, NET_DIFFERENCE_FATAL, self->iface->where,
                            _("none of its ports is enslaved"));
    verify_cables(self, &count);
    g_string_free(count.without, TRUE);
}

/* Those that have a line of their own say what is wrong there. Somebody's port, a virtual machine's, is one
 * too.
 */
static void verify_any_port(NetVerifier *self)
{
    const GPtrArray *there = net_observed_ports_of(self->observed, self->link->ifindex);
    if (self->iface->ports->len && !(there && there->len) && self->link->flags & IFF_UP)
        net_verifier_differ(self, NET_DIFFERENCE_REDUNDANCY, self->iface->where,
                            _("none of its ports is there: nothing can be reached by it"));
}

static gboolean verify_as_port(NetVerifier *self, const NetIface *master)
{
    const NetIface *iface = self->iface;
    const ObservedLink *above = net_observed_link(self->observed, master->name);
    gboolean is_in = above && self->link->master == above->ifindex;
    if (!is_in)
        net_verifier_differ(self, NET_DIFFERENCE_FATAL, net_iface_master_where(iface),
                            _("it is not a port of %s"), master->name);
    else if (!net_kind_has(master->kind, NET_KIND_PORTS_ARE_SILENT) && master->kind->family)
        verify_port_options(self, master, iface, self->link); /* of the others the master's line tells */
    if (is_in)
        verify_vlans(self, "BRIDGE_PORT_VLANS");
    return is_in;
}

/* --- what stands on it --- */

/* A route that several interfaces ask for can be another one's by now: the last one has it. */
static gboolean is_taken_over(const NetVerifier *self, const NetDiff *diff)
{
    if (diff->claim.type != &net_claim_route)
        return FALSE;
    const IfcfgRoute *wanted = diff->claim.item, *actual = diff->actual;
    const IfcfgNexthop *hop = actual && actual->nexthops->len ? g_ptr_array_index(actual->nexthops, 0) : NULL;
    gboolean may_be = ifcfg_route_is_default(wanted) || net_iface_is_contested(self->iface, wanted);
    return may_be && hop && g_strcmp0(hop->dev, self->link->name) != 0;
}

static gboolean is_own_address(const NetVerifier *self, const NetDiff *diff)
{
    return diff->claim.type == &net_claim_address && diff->claim.part == self->iface;
}

/* An interface with none of its own addresses is not as configured; one that lacks some does most of its
 * work. */
static gboolean has_no_address(const NetVerifier *self, const GPtrArray *diffs)
{
    gboolean any = FALSE;
    for (guint i = 0; i < diffs->len; i++) {
        const NetDiff *diff = g_ptr_array_index(diffs, i);
        const NetAddress *address = diff->claim.item;
        if (is_own_address(self, diff) &&
            net_observed_find_ip(self->observed, self->link->ifindex, &address->prefix))
            return FALSE;
        any |= is_own_address(self, diff);
    }
    return any;
}

static gboolean is_fatal_lease(const NetClaim *claim)
{
    const NetLease *lease = claim->type == &net_claim_lease ? claim->item : NULL;
    return lease && (lease->is_fatal || lease->client == NET_CLIENT_NONE);
}

static void verify_claim(NetVerifier *self, const NetDiff *diff, gboolean has_none)
{
    const NetClaim *claim = &diff->claim;
    if (diff->kind == NET_DIFF_MISSING) {
        g_autofree char *text = claim->type->missing(claim, self->observed);
        gboolean is_fatal = (has_none && is_own_address(self, diff)) || is_fatal_lease(claim);
        net_verifier_differ(self, is_fatal ? NET_DIFFERENCE_FATAL : NET_DIFFERENCE_WARN, claim->where, "%s",
                            text);
    } else if (diff->kind == NET_DIFF_DIFFERS && !is_taken_over(self, diff)) {
        g_autofree char *text = claim->type->differs(claim, diff->difference);
        net_verifier_differ(self, NET_DIFFERENCE_WARN, claim->where, "%s", text);
    }
}

static void verify_claims(NetVerifier *self)
{
    g_autoptr(NetPool) pool = net_pool_new();
    g_autoptr(GPtrArray) diffs = net_diff(self->iface, FALSE, self->observed, NULL, NULL, pool);
    gboolean has_none = has_no_address(self, diffs);
    for (guint i = 0; i < diffs->len; i++)
        verify_claim(self, g_ptr_array_index(diffs, i), has_none);
}

static void verify_device(NetVerifier *self)
{
    const NetIface *iface = self->iface;
    if (net_kind_has(iface->kind, NET_KIND_CREATES) &&
        g_strcmp0(self->link->kind, iface->kind->family->kind) != 0) {
        net_verifier_differ(self, NET_DIFFERENCE_FATAL, iface->where, _("the device is not a %s"),
                            iface->kind->family->kind);
        return;
    }
    verify_link(self);
    net_verify_no_master(self, iface, self->observed);
    if (iface->settings && iface->kind->family)
        verify_options(self);
    if (net_kind_has(iface->kind, NET_KIND_HAS_PORTS) && !net_iface_master(iface))
        verify_vlans(self, "BRIDGE_VLANS");
    if (net_kind_has(iface->kind, NET_KIND_HAS_PORTS | NET_KIND_PORTS_ARE_SILENT))
        verify_ports(self);
    else if (net_kind_has(iface->kind, NET_KIND_HAS_PORTS))
        verify_any_port(self);
}

static void verify_services(NetVerifier *self, const NetIface *iface)
{
    for (const NetService *const *service = iface->services; service && *service; service++)
        if ((*service)->verify)
            (*service)->verify(iface, self->observed, self);
}

static GPtrArray *verify(const NetIface *iface, const NetObserved *observed, gboolean with_claims)
{
    const char *dev = net_iface_device(iface);
    NetVerifier self = {.iface = iface, .observed = observed, .link = net_observed_link(observed, dev)};
    const NetIface *master = net_iface_master(iface);
    self.list = g_ptr_array_new_with_free_func((GDestroyNotify)net_difference_free);
    if (net_kind_has(iface->kind, NET_KIND_BY_DAEMON))
        return self.list; /* what it is to be like, its program alone knows */
    if (!self.link) {
        net_verifier_differ(&self, NET_DIFFERENCE_FATAL, iface->where, _("the device is not there"));
        return self.list;
    }
    if (master && !verify_as_port(&self, master))
        return self.list;
    if (!iface->parent)
        verify_device(&self);
    if (with_claims && (!master || net_kind_has(master->kind, NET_KIND_KEEPS_LAYER3)))
        verify_claims(&self);
    for (guint i = 0; i < iface->ports->len; i++)
        if (!net_kind_has(iface->kind, NET_KIND_KEEPS_LAYER3))
            net_verify_no_address(&self, g_ptr_array_index(iface->ports, i), observed);
    verify_services(&self, iface);
    for (guint i = 0; net_kind_has(iface->kind, NET_KIND_PORTS_ARE_SILENT) && i < iface->ports->len; i++)
        verify_services(&self, g_ptr_array_index(iface->ports, i));
    return self.list;
}

GPtrArray *net_verify(const NetIface *iface, const NetObserved *observed)
{
    return verify(iface, observed, TRUE);
}

GPtrArray *net_verify_device(const NetIface *iface, const NetObserved *observed)
{
    return verify(iface, observed, FALSE);
}
