/* What the readers of other programs' files share. */
#include "foreign/foreign.h"
#include "i18n.h"
#include "ifcfg-file.h"
#include "model/field.h"
#include "model/iface.h"
#include "model/kind.h"
#include "writing/writing.h"
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

static const struct {
    const char *name;
    NetForeignRead read;
} readers[] = {
    {"nm", net_foreign_nm},
    {"networkd", net_foreign_networkd},
    {"ifupdown", net_foreign_ifupdown},
    {"netplan", net_foreign_netplan},
};

char *net_foreign_names(void)
{
    GString *names = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(readers); i++)
        g_string_append_printf(names, "%s%s", i ? ", " : "", readers[i].name);
    return g_string_free(names, FALSE);
}

/* --- interfaces --- */

static const IfaceKind *kind_find(const NetForeign *self, const char *name)
{
    for (const IfaceKind *const *kind = self->kinds; *kind; kind++)
        if (g_str_equal((*kind)->name, name))
            return *kind;
    return NULL;
}

static void kind_set(NetIface *iface, const IfaceKind *kind)
{
    iface->kind = kind;
    link_settings_free(iface->settings);
    iface->settings = kind->family ? link_settings_new(kind->family) : NULL;
}

NetIface *foreign_iface(NetForeign *self, const char *name, const char *kind, IfcfgWhere where)
{
    NetIface *iface = g_hash_table_lookup(self->by_name, name);
    const IfaceKind *wanted = kind_find(self, kind ? kind : "ethernet");
    if (!wanted)
        wanted = kind_find(self, "ethernet");
    if (!iface) {
        iface = net_iface_make(name, wanted);
        iface->where = where;
        iface->bootproto = g_strdup("none");
        g_hash_table_insert(self->by_name, iface->name, iface);
        g_ptr_array_add(self->ifaces, iface);
    } else if (kind && iface->kind != wanted) {
        kind_set(iface, wanted);
    }
    return iface;
}

NetIface *foreign_card(NetForeign *self, const char *text, IfcfgWhere where)
{
    IfcfgMac mac;
    if (!ifcfg_mac_parse(text, &mac))
        return NULL;
    g_autofree char *name = ifcfg_mac_format(&mac);
    NetIface *card =
        foreign_iface(self, g_strdelimit(name, ":", '-'), mac.length == 20 ? "infiniband" : NULL, where);
    card->naming = NET_NAME_UNKNOWN;
    card->hwaddr = mac;
    return card;
}

const char *foreign_ethtool_device(const NetIface *iface)
{
    return iface->naming == NET_NAME_UNKNOWN ? "${DEVICE}" : iface->name;
}

void foreign_relate(NetForeign *self, NetIface *iface, NetRole role, const char *name, IfcfgWhere where)
{
    const NetIface *other = g_hash_table_lookup(self->by_name, name);
    if ((other && other->naming == NET_NAME_UNKNOWN) || !net_iface_relate(iface, role, NULL, name))
        foreign_miss(self, where, name);
}

void foreign_miss(const NetForeign *self, IfcfgWhere where, const char *what)
{
    ifcfg_problems_add(self->problems, IFCFG_WARNING, where, _("%s is not carried over"), what);
}

void foreign_fail(const NetForeign *self, IfcfgWhere where, const char *text)
{
    ifcfg_problems_add(self->problems, IFCFG_WARNING, where,
                       _("'%s' is not understood, and not carried over"), text);
}

void foreign_port(NetForeign *self, NetIface *port, const char *kind, const char *master, IfcfgWhere where)
{
    g_autofree char *what = g_strdup_printf("%s %s", kind, master);
    if (net_iface_relate(port, NET_PORT_OF, kind, master))
        foreign_iface(self, master, kind, where);
    else
        foreign_miss(self, where, what);
}

/* --- values --- */

gboolean foreign_scope(const char *text, guint8 *ret_scope)
{
    static const struct {
        const char *name;
        guint8 scope;
    } scopes[] = {{"global", RT_SCOPE_UNIVERSE},
                  {"site", RT_SCOPE_SITE},
                  {"link", RT_SCOPE_LINK},
                  {"host", RT_SCOPE_HOST}};
    for (gsize i = 0; i < G_N_ELEMENTS(scopes); i++)
        if (g_str_equal(scopes[i].name, text)) {
            *ret_scope = scopes[i].scope;
            return TRUE;
        }
    return FALSE;
}

void foreign_address(NetForeign *self, NetIface *iface, const char *text, IfcfgWhere where)
{
    static const guint8 unspecified[16];
    IfcfgPrefix prefix;
    if (!ifcfg_prefix_parse(text, AF_UNSPEC, &prefix) ||
        !memcmp(prefix.ip.bytes, unspecified, ifcfg_ip_size(&prefix.ip))) {
        foreign_fail(self, where, text);
        return;
    }
    gboolean is_4 = prefix.ip.family == AF_INET;
    NetAddress *address = net_address_new(&prefix, is_4 ? iface->name : NULL, where);
    if (!is_4 && ifcfg_ip_is_link_local(&prefix.ip))
        address->scope = RT_SCOPE_LINK;
    g_ptr_array_add(iface->addresses, address);
}

void foreign_gateway(NetForeign *self, NetIface *iface, const char *text, IfcfgWhere where)
{
    IfcfgIp ip;
    if (!ifcfg_ip_parse(text, AF_UNSPEC, &ip)) {
        foreign_fail(self, where, text);
        return;
    }
    g_autofree char *line = g_strdup_printf("default via %s", text);
    if (ip.family == AF_INET && !iface->gateway.family)
        iface->gateway = ip;
    else
        foreign_route(self, iface, line, ip.family, where);
}

/* A line that cannot be taken keeps nobody from having the rest. */
static void faults_tell(const NetForeign *self, IfcfgProblems *found, gboolean is_taken)
{
    for (guint i = 0; i < ifcfg_problems_length(found); i++) {
        const IfcfgProblem *problem = ifcfg_problems_get(found, i);
        gboolean is_why = !is_taken && problem->severity == IFCFG_ERROR;
        ifcfg_problems_add(self->problems, IFCFG_WARNING, problem->where,
                           is_why ? _("%s: not carried over") : "%s", problem->message);
    }
}

void foreign_route(NetForeign *self, NetIface *iface, const char *line, int family, IfcfgWhere where)
{
    g_autoptr(IfcfgProblems) found = ifcfg_problems_new();
    IfcfgRoute *route = ifcfg_route_parse(line, family, self->names, where, found);
    if (route)
        g_ptr_array_add(iface->routes, route);
    faults_tell(self, found, route != NULL);
}

void foreign_rule(NetForeign *self, NetIface *iface, const char *line, int family, IfcfgWhere where)
{
    g_autoptr(IfcfgProblems) found = ifcfg_problems_new();
    IfcfgRule *rule = ifcfg_rule_parse(line, family, self->names, where, found);
    if (rule)
        g_ptr_array_add(iface->rules, rule);
    faults_tell(self, found, rule != NULL);
}

void foreign_option(NetForeign *self, NetIface *iface, const char *name, const char *text, IfcfgWhere where)
{
    g_autoptr(GError) error = NULL;
    if (!iface->settings || !link_settings_set(iface->settings, name, text, FALSE, &error))
        ifcfg_problems_add(self->problems, IFCFG_WARNING, where, _("%s=%s is not carried over: %s"), name,
                           text, error ? error->message : iface->kind->name);
}

/* The kernel's flag GRE_KEY says that it counts. */
void foreign_tunnel_key(NetForeign *self, NetIface *iface, gboolean is_in, const char *text, IfcfgWhere where)
{
    foreign_option(self, iface, is_in ? "iflags" : "oflags", "8192", where);
    foreign_option(self, iface, is_in ? "ikey" : "okey", text, where);
}

void foreign_port_option(NetForeign *self, NetIface *port, const char *name, const char *text,
                         IfcfgWhere where)
{
    const NetRelation *master = net_iface_relation(port, NET_PORT_OF);
    const NetIface *its = master ? g_hash_table_lookup(self->by_name, master->name) : NULL;
    const LinkFamily *family = its ? its->kind->family : NULL;
    g_autoptr(GError) error = NULL;
    if (family && !port->port_settings)
        port->port_settings = link_settings_new_of_port(family);
    if (!family || !link_settings_set(port->port_settings, name, text, FALSE, &error))
        ifcfg_problems_add(self->problems, IFCFG_WARNING, where, _("%s=%s is not carried over: %s"), name,
                           text, error ? error->message : port->name);
}

void foreign_listed_option(NetForeign *self, const NetIface *port, const char *name, const char *text,
                           IfcfgWhere where)
{
    const NetRelation *master = net_iface_relation(port, NET_PORT_OF);
    const NetIface *its = master ? g_hash_table_lookup(self->by_name, master->name) : NULL;
    g_autofree char *word = g_strdup_printf("%s=%s:%s", name, port->name, text);
    if (its && its->settings)
        link_settings_parse(its->settings, word, where, FALSE, self->problems);
    else
        foreign_miss(self, where, word);
}

void foreign_field(NetForeign *self, NetIface *iface, const char *key, const char *text, IfcfgWhere where)
{
    if (!net_field_set(iface, key, text))
        foreign_fail(self, where, text);
}

void foreign_names(const NetForeign *self, NetIface *iface, gboolean is_search, const char *words,
                   IfcfgWhere where)
{
    g_auto(GStrv) list = g_strsplit_set(words, ";, \t", -1);
    IfcfgIp ip;
    if (!iface->names)
        iface->names = net_names_new();
    for (char **word = list; *word; word++) {
        gboolean is_address = ifcfg_ip_parse(*word, AF_UNSPEC, &ip);
        if (**word && (is_search ? **word == '~' : !is_address))
            foreign_miss(self, where, *word);
        else
            net_names_add_words(is_search ? iface->names->search : iface->names->servers, *word);
    }
}

void foreign_dhcp(NetIface *iface, int family)
{
    if (family == AF_INET6) {
        iface->dhcp.is_6 = TRUE;
        return;
    }
    g_free(iface->bootproto);
    iface->bootproto = g_strdup("dhcp");
}

static NetLease *lease_of(NetIface *iface)
{
    if (iface->leases->len)
        return iface->leases->pdata[0];
    NetLease *lease = g_new0(NetLease, 1);
    lease->family = AF_INET;
    lease->metric = -1;
    g_ptr_array_add(iface->leases, lease);
    return lease;
}

gboolean foreign_lease(NetIface *iface, const char *key, const char *text)
{
    NetLease *lease = lease_of(iface);
    const struct {
        const char *key;
        char **text;
    } texts[] = {{"DHCP_CLIENT_ID", &lease->client_id},
                 {"DHCP_FQDN", &lease->fqdn},
                 {"DHCP_HOSTNAME", &lease->hostname},
                 {"DHCP_VENDOR_CLASS_IDENTIFIER", &lease->vendor_class}};
    guint64 metric;
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        if (!g_str_equal(texts[i].key, key))
            continue;
        g_free(*texts[i].text);
        *texts[i].text = g_strdup(text);
        return TRUE;
    }
    if (!g_ascii_string_to_unsigned(text, 10, 0, G_MAXUINT32, &metric, NULL))
        return FALSE;
    lease->metric = (gint64)metric;
    return TRUE;
}

/* --- values of options --- */

static char *time_in(const char *text, double factor)
{
    static const struct {
        const char *unit;
        double seconds;
    } units[] = {{"ms", 0.001}, {"msec", 0.001}, {"us", 1e-6}, {"s", 1},
                 {"sec", 1},    {"", 1},         {"min", 60},  {"m", 60}};
    char *end;
    double number = g_ascii_strtod(text, &end);
    for (gsize i = 0; end > text && i < G_N_ELEMENTS(units); i++)
        if (g_str_equal(g_strchug(end), units[i].unit))
            return g_strdup_printf("%.0f", number * units[i].seconds * factor);
    return g_strdup(text);
}

char *foreign_value(ForeignForm form, const char *text)
{
    switch (form) {
    case FOREIGN_MILLISECONDS:
        return time_in(text, 1000);
    case FOREIGN_SECONDS:
        return time_in(text, 1);
    case FOREIGN_TICKS:
        return time_in(text, 100);
    case FOREIGN_SWITCH:
        return g_strdup(ifcfg_is_true(text) ? "on" : "off");
    case FOREIGN_PAIRS:
        return g_strdelimit(g_strdup(text), "-", ':');
    case FOREIGN_LOWER:
        return g_ascii_strdown(text, -1);
    case FOREIGN_COMMAS:
        return g_strdelimit(g_strdup(text), " ", ',');
    case FOREIGN_AS_IS:
        break;
    }
    return g_strdup(text);
}

static int iface_compare(gconstpointer a, gconstpointer b)
{
    return ifcfg_name_compare((*(NetIface *const *)a)->name, (*(NetIface *const *)b)->name);
}

/* It becomes the name of a file, and of a device where it has one. */
static void names_check(NetForeign *self)
{
    for (guint i = self->ifaces->len; i-- > 0;) {
        const NetIface *iface = self->ifaces->pdata[i];
        const char *fault = iface->naming == NET_NAME_UNKNOWN ? NULL : net_file_name_fault(iface->name);
        if (!fault)
            continue;
        ifcfg_problems_add(self->problems, IFCFG_WARNING, iface->where, _("%s is not imported: %s"),
                           iface->name, fault);
        g_ptr_array_remove_index(self->ifaces, i);
    }
}

static NetForeignRead reader_find(const char *from)
{
    for (gsize i = 0; i < G_N_ELEMENTS(readers); i++)
        if (g_str_equal(readers[i].name, from))
            return readers[i].read;
    return NULL;
}

gboolean net_foreign_is_known(const char *from, GError **error)
{
    g_autofree char *known = net_foreign_names();
    if (reader_find(from))
        return TRUE;
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("--from %s: it is one of %s"), from,
                known);
    return FALSE;
}

GPtrArray *net_foreign_read(const char *from, const char *dir, const IfaceKind *const *kinds,
                            IfcfgProblems *problems, GError **error)
{
    g_autoptr(GHashTable) by_name = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(IfcfgRtNames) names = ifcfg_rtnames_load(NULL);
    NetForeign self = {kinds, problems, g_ptr_array_new_with_free_func((GDestroyNotify)net_iface_free),
                       by_name, names};
    gboolean is_known = net_foreign_is_known(from, error), is_there = g_file_test(dir, G_FILE_TEST_IS_DIR);
    if (is_known && is_there && reader_find(from)(&self, dir, error)) {
        names_check(&self);
        g_ptr_array_sort(self.ifaces, iface_compare);
        return self.ifaces;
    }
    if (is_known && !is_there)
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT, _("--from %s: no such directory: %s"), from,
                    dir);
    g_ptr_array_unref(self.ifaces);
    return NULL;
}
