/* ifupdown: /etc/network/interfaces and what is beside it (interfaces(5)). Commands are never run; those that
 * add a route or a rule in plain words are read. */
#include "foreign/ifupdown.h"
#include "i18n.h"
#include "ifcfg-file.h"
#include "model/iface.h"
#include "model/kind.h"
#include <string.h>
#include <sys/socket.h>

static gboolean is_word(const char *word, const char *const *words)
{
    return g_strv_contains(words, word);
}

/* An address is complete when the stanza ends. */
static void address_end(IfupdownReader *self)
{
    const GPtrArray *all = self->iface ? self->iface->addresses : NULL;
    guint before = all ? all->len : 0;
    if (self->address->len)
        foreign_address(self->foreign, self->iface, self->address->str, self->address_where);
    if (all && all->len > before) {
        NetAddress *address = all->pdata[before];
        address->broadcast = self->broadcast;
        address->scope = self->scope ? self->scope : address->scope;
        if (self->label && address->label) {
            g_free(address->label);
            address->label = g_strdup(self->label);
        }
    }
    self->broadcast.family = AF_UNSPEC;
    self->scope = 0;
    g_string_truncate(self->address, 0);
}

/* "+" is the usual one. */
static gboolean address_word_take(IfupdownReader *self, const char *word, const char *value)
{
    if (g_str_equal(word, "network") || (g_str_equal(word, "broadcast") && g_str_equal(value, "+")))
        return TRUE;
    if (g_str_equal(word, "broadcast"))
        return ifcfg_ip_parse(value, AF_INET, &self->broadcast);
    return g_str_equal(word, "scope") && foreign_scope(value, &self->scope);
}

static void netmask_take(IfupdownReader *self, const char *value, IfcfgWhere where)
{
    guint8 length;
    if (strchr(self->address->str, '/'))
        return;
    if (ifcfg_netmask_parse(value, &length))
        g_string_append_printf(self->address, "/%u", length);
    else if (value[strspn(value, "0123456789")])
        foreign_fail(self->foreign, where, value);
    else
        g_string_append_printf(self->address, "/%s", value);
}

/* "eth0 eth1", "none", "regex ..." */
static void ports_take(IfupdownReader *self, const char *kind, const char *value, IfcfgWhere where)
{
    g_auto(GStrv) names = g_strsplit_set(value, " \t", -1);
    if (g_str_has_prefix(value, "regex")) {
        foreign_fail(self->foreign, where, value);
        return;
    }
    for (char **name = names; *name; name++) {
        if (!**name || g_str_equal(*name, "none"))
            continue;
        NetIface *port = foreign_iface(self->foreign, *name, NULL, where);
        foreign_port(self->foreign, port, kind, self->iface->name, where);
    }
}

static const struct {
    const char *word, *option;
    guint factor; /* of times */
} bridge_options[] = {{"bridge_stp", "stp_state", 0},        {"bridge_fd", "forward_delay", 100},
                      {"bridge_hello", "hello_time", 100},   {"bridge_maxage", "max_age", 100},
                      {"bridge_ageing", "ageing_time", 100}, {"bridge_bridgeprio", "priority", 0}};

static gboolean bridge_take(IfupdownReader *self, const char *word, const char *value, IfcfgWhere where)
{
    for (gsize i = 0; i < G_N_ELEMENTS(bridge_options); i++) {
        if (!g_str_equal(bridge_options[i].word, word))
            continue;
        g_autofree char *text =
            bridge_options[i].factor
                ? g_strdup_printf("%.0f", g_ascii_strtod(value, NULL) * bridge_options[i].factor)
            : ifcfg_is_true(value)  ? g_strdup(g_ascii_isdigit(*value) ? value : "on")
            : ifcfg_is_false(value) ? g_strdup(g_ascii_isdigit(*value) ? value : "off")
                                    : g_strdup(value);
        foreign_option(self->foreign, self->iface, bridge_options[i].option, text, where);
        return TRUE;
    }
    return FALSE;
}

/* "ip route add 10.1.0.0/16 via 10.0.0.1 dev $IFACE || true": plain words alone. */
static gboolean command_take(IfupdownReader *self, const char *value, IfcfgWhere where)
{
    g_autofree char *plain = g_strdup(value);
    char *end = strstr(plain, "||");
    if (end)
        *end = '\0';
    g_strchomp(plain);
    const char *at = plain;
    int family = strstr(plain, "-6 ") || strchr(plain, ':') ? AF_INET6 : AF_INET;
    at += g_str_has_prefix(at, "/sbin/") ? strlen("/sbin/") : 0;
    if (!g_str_has_prefix(at, "ip "))
        return FALSE;
    at += strlen("ip ");
    if (g_str_has_prefix(at, "-6 ") || g_str_has_prefix(at, "-4 "))
        at += strlen("-6 ");
    g_auto(GStrv) parts = g_strsplit(at, "$IFACE", -1);
    g_autofree char *line = g_strjoinv(self->iface->name, parts);
    const char *words = strstr(line, " add ");
    if (strpbrk(line, "$`;&|<>'\"") || !words)
        return FALSE;
    if (g_str_has_prefix(line, "route add "))
        foreign_route(self->foreign, self->iface, words + strlen(" add "), family, where);
    else if (g_str_has_prefix(line, "rule add "))
        foreign_rule(self->foreign, self->iface, words + strlen(" add "), family, where);
    else
        return FALSE;
    return TRUE;
}

/* Devices with ports, and the beginning of those of their options that are called as ours are; or NULL. */
static const struct {
    const char *kind, *ports, *master, *prefix;
} port_words[] = {{"bridge", "bridge_ports", NULL, NULL},
                  {"bond", "bond_slaves", "bond_master", "bond_"},
                  {"bond", "slaves", NULL, NULL}};

static gboolean ports_word_take(IfupdownReader *self, const char *word, const char *value, IfcfgWhere where)
{
    for (gsize i = 0; i < G_N_ELEMENTS(port_words); i++) {
        const char *kind = port_words[i].kind, *prefix = port_words[i].prefix;
        if (g_str_equal(word, port_words[i].ports)) {
            foreign_iface(self->foreign, self->iface->name, kind, where);
            ports_take(self, kind, value, where);
        } else if (!g_strcmp0(word, port_words[i].master))
            foreign_port(self->foreign, self->iface, kind, value, where);
        else if (prefix && g_str_has_prefix(word, prefix) && self->iface->settings)
            foreign_option(self->foreign, self->iface, word + strlen(prefix), value, where);
        else
            continue;
        return TRUE;
    }
    return FALSE;
}

static gboolean link_take(IfupdownReader *self, const char *word, const char *value, IfcfgWhere where)
{
    if (g_str_equal(word, "mtu"))
        foreign_field(self->foreign, self->iface, "MTU", value, where);
    else if (g_str_equal(word, "hwaddress"))
        foreign_field(self->foreign, self->iface, "MACADDR",
                      g_str_has_prefix(value, "ether ") ? value + strlen("ether ") : value, where);
    else if (g_str_equal(word, "vlan_raw_device")) {
        const NetRelation *below = net_iface_relation(self->iface, NET_STANDS_ON);
        foreign_iface(self->foreign, self->iface->name, "vlan", where);
        if (below && !g_str_equal(below->name, value))
            return FALSE;
        if (!below)
            foreign_relate(self->foreign, self->iface, NET_STANDS_ON, value, where);
    } else
        return ports_word_take(self, word, value, where) || bridge_take(self, word, value, where);
    return TRUE;
}

/* "accept_ra 0", "privext 2" */
static gboolean ip6_take(IfupdownReader *self, const char *word, const char *value, IfcfgWhere where)
{
    gboolean is_auto = g_str_equal(word, "autoconf") || g_str_equal(word, "accept_ra");
    if (self->family != AF_INET6 || !(is_auto || g_str_equal(word, "privext")))
        return FALSE;
    if (is_auto)
        self->iface->ipv6_autoconf = !g_str_equal(value, "0");
    else if (!g_str_equal(value, "0")) {
        foreign_field(self->foreign, self->iface, "IPV6_PRIVACY", "rfc3041", where);
        self->iface->ipv6_prefer_public = g_str_equal(value, "1");
    }
    return TRUE;
}

/* Without a lease they say nothing that a file could say. */
static gboolean lease_take(IfupdownReader *self, const char *word, const char *value)
{
    static const struct {
        const char *word, *key;
    } rows[] = {{"hostname", "DHCP_HOSTNAME"},
                {"client", "DHCP_CLIENT_ID"},
                {"vendor", "DHCP_VENDOR_CLASS_IDENTIFIER"},
                {"metric", "METRIC"}};
    gboolean is_leased = self->family == AF_INET && g_str_equal(self->iface->bootproto, "dhcp");
    for (gsize i = 0; is_leased && i < G_N_ELEMENTS(rows); i++)
        if (g_str_equal(rows[i].word, word))
            return foreign_lease(self->iface, rows[i].key, value);
    return FALSE;
}

static void option_take(IfupdownReader *self, const char *name, const char *value, IfcfgWhere where)
{
    static const char *const commands[] = {"up", "post_up", "pre_up", NULL};
    g_autofree char *word = g_strdelimit(g_strdup(name), "-", '_'),
                    *what = g_strdup_printf("%s %s", name, value);
    gboolean done = TRUE;
    if (g_str_equal(word, "address")) {
        g_string_assign(self->address, value);
        self->address_where = where;
    } else if (g_str_equal(word, "netmask"))
        netmask_take(self, value, where);
    else if (g_str_equal(word, "gateway"))
        foreign_gateway(self->foreign, self->iface, value, where);
    else if (g_str_equal(word, "dns_nameservers") || g_str_equal(word, "dns_search"))
        foreign_names(self->foreign, self->iface, g_str_equal(word, "dns_search"), value, where);
    else if (is_word(word, commands))
        done = command_take(self, value, where);
    else if (!link_take(self, word, value, where))
        done = address_word_take(self, word, value) || lease_take(self, word, value) ||
               ifupdown_tunnel_take(self, word, value, where) || ip6_take(self, word, value, where) ||
               g_str_equal(word, "description");
    if (!done)
        foreign_miss(self->foreign, where, what);
}

/* --- stanzas --- */

static void vlan_by_name(IfupdownReader *self, IfcfgWhere where)
{
    const char *name = self->iface->name, *dot = strrchr(name, '.');
    if (!dot || !g_str_equal(self->iface->kind->name, "vlan") ||
        net_iface_relation(self->iface, NET_STANDS_ON))
        return;
    g_autofree char *below = g_strndup(name, (gsize)(dot - name));
    net_iface_relate(self->iface, NET_STANDS_ON, NULL, below);
    foreign_option(self->foreign, self->iface, "id", dot + 1, where);
}

static void iface_begin(IfupdownReader *self, char **words, IfcfgWhere where)
{
    const char *name = words[1], *family = name ? words[2] : NULL, *method = family ? words[3] : NULL;
    if (!method) {
        foreign_fail(self->foreign, where, words[0]);
        return;
    }
    static const char *const methods[] = {"static", "manual", "dhcp", "auto", "v4tunnel", "tunnel", NULL};
    self->family = g_str_equal(family, "inet6") ? AF_INET6 : AF_INET;
    if (g_str_equal(name, "lo") || g_str_equal(method, "loopback"))
        return;
    if (!is_word(method, methods)) { /* another program's device: no file of ours makes it */
        foreign_fail(self->foreign, where, method);
        return;
    }
    const char *colon = strchr(name, ':');
    g_autofree char *device = colon ? g_strndup(name, (gsize)(colon - name)) : g_strdup(name);
    g_free(self->label);
    self->label = colon ? g_strdup(name) : NULL;
    self->iface = foreign_iface(self->foreign, device, ifupdown_kind_by_name(device), where);
    vlan_by_name(self, where);
    if (words[4] && words[5])
        foreign_fail(self->foreign, where, words[4]);
    if (g_str_equal(method, "dhcp"))
        foreign_dhcp(self->iface, self->family);
    else if (g_str_equal(method, "auto"))
        self->iface->ipv6_autoconf = TRUE;
}

static void line_read(IfupdownReader *self, char *line, IfcfgWhere where)
{
    static const char *const automatic[] = {"auto", "allow-auto", "allow-hotplug", NULL};
    g_auto(GStrv) words = g_strsplit_set(line, " \t", -1);
    const char *value = line + strlen(words[0]);
    value += strspn(value, " \t");
    if (g_str_equal(words[0], "iface")) {
        address_end(self);
        self->iface = NULL;
        iface_begin(self, words, where);
    } else if (is_word(words[0], automatic)) {
        address_end(self);
        self->iface = NULL;
        for (char **name = words + 1; *name; name++)
            g_hash_table_add(self->automatic, g_strdup(*name));
    } else if (g_str_equal(words[0], "source") || g_str_equal(words[0], "source-directory")) {
        address_end(self);
        self->iface = NULL; /* interfaces.d is read in any case */
        if (!strstr(value, "interfaces.d"))
            foreign_miss(self->foreign, where, line);
    } else if (self->iface) {
        option_take(self, words[0], value, where);
    } else {
        foreign_miss(self->foreign, where, line);
    }
}

static gboolean file_read(IfupdownReader *self, const char *path, GError **error)
{
    gsize length;
    g_autofree char *text = ifcfg_file_read(NULL, path, &length, self->foreign->problems, error);
    if (!text)
        return FALSE;
    g_auto(GStrv) lines = foreign_lines(text);
    ifupdown_kinds_find(self, lines, path);
    for (guint i = 0; lines[i]; i++) {
        IfcfgWhere where = {g_intern_string(path), i + 1, 0};
        if (*g_strstrip(lines[i]) && lines[i][0] != '#')
            line_read(self, lines[i], where);
    }
    address_end(self);
    self->iface = NULL;
    return TRUE;
}

gboolean net_foreign_ifupdown(NetForeign *self, const char *dir, GError **error)
{
    g_autofree char *main = g_build_filename(dir, "interfaces", NULL),
                    *folder = g_build_filename(dir, "interfaces.d", NULL);
    g_autoptr(GPtrArray) more = foreign_files(folder, "");
    g_autoptr(GHashTable) automatic = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GString) address = g_string_new(NULL);
    IfupdownReader reader = {.foreign = self, .automatic = automatic, .address = address};
    gboolean is_read = file_read(&reader, main, error);
    for (guint i = 0; is_read && i < more->len; i++)
        is_read = file_read(&reader, more->pdata[i], error);
    g_free(reader.label);
    if (!is_read)
        return FALSE;
    for (guint i = 0; i < self->ifaces->len; i++) {
        NetIface *iface = self->ifaces->pdata[i];
        iface->onboot = net_iface_is_port(iface) || g_hash_table_contains(automatic, iface->name);
    }
    return TRUE;
}
