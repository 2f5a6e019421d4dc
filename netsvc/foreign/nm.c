/* NetworkManager: a keyfile a connection (nm-settings-keyfile(5)). */
#include "foreign/foreign.h"
#include "i18n.h"
#include "model/iface.h"
#include <string.h>
#include <sys/socket.h>

typedef struct {
    NetForeign *foreign;
    GHashTable *names; /* uuid and id -> interface name; both borrowed */
    NetIface *iface;
} Reader;

/* --- what a connection is --- */

static const struct {
    const char *type, *kind; /* NULL: Ethernet */
} types[] = {{"ethernet", NULL},
             {"802-3-ethernet", NULL},
             {"bond", "bond"},
             {"bridge", "bridge"},
             {"vlan", "vlan"},
             {"dummy", "dummy"},
             {"vrf", "vrf"},
             {"macvlan", "macvlan"},
             {"veth", "veth"},
             {"vxlan", "vxlan"},
             {"infiniband", "infiniband"}};

static gboolean type_find(const char *type, const char **ret_kind)
{
    for (gsize i = 0; type && i < G_N_ELEMENTS(types); i++)
        if (g_str_equal(types[i].type, type)) {
            *ret_kind = types[i].kind;
            return TRUE;
        }
    return FALSE;
}

static const char *get2(const GPtrArray *lines, const char *section, const char *key, const char *other)
{
    const char *value = foreign_ini_get(lines, section, key);
    return value ? value : foreign_ini_get(lines, section, other);
}

/* A VLAN may have its name from its parts. */
static char *name_of(const GPtrArray *lines)
{
    const char *name = foreign_ini_get(lines, "connection", "interface-name");
    const char *parent = foreign_ini_get(lines, "vlan", "parent"), *id = foreign_ini_get(lines, "vlan", "id");
    if (name)
        return g_strdup(name);
    return parent && id ? g_strdup_printf("%s.%s", parent, id) : NULL;
}

static const char *device_of(const Reader *self, const char *word)
{
    const char *name = g_hash_table_lookup(self->names, word);
    return name ? name : word;
}

/* --- values --- */

static const struct {
    const char *section, *key, *option;
    guint factor; /* 0: as it is; else seconds in these units */
} options[] = {
    {"bridge", "stp", "stp_state", 0},
    {"bridge", "priority", "priority", 0},
    {"bridge", "forward-delay", "forward_delay", 100},
    {"bridge", "hello-time", "hello_time", 100},
    {"bridge", "max-age", "max_age", 100},
    {"bridge", "ageing-time", "ageing_time", 100},
    {"bridge", "group-forward-mask", "group_fwd_mask", 0},
    {"bridge", "multicast-snooping", "multicast_snooping", 0},
    {"bridge", "multicast-querier", "multicast_querier", 0},
    {"bridge", "vlan-filtering", "vlan_filtering", 0},
    {"bridge", "vlan-default-pvid", "default_pvid", 0},
    {"vlan", "id", "id", 0},
    {"vlan", "protocol", "protocol", 0},
    {"vrf", "table", "table", 0},
    {"vxlan", "id", "id", 0},
    {"vxlan", "remote", "remote", 0},
    {"vxlan", "local", "local", 0},
    {"vxlan", "destination-port", "port", 0},
};

static gboolean option_read(Reader *self, const ForeignLine *line)
{
    static const char *const as_ours[] = {"bond", NULL}; /* sections whose keys are called as our options */
    if (g_strv_contains(as_ours, line->section) && !g_str_equal(line->key, "interface-name")) {
        foreign_option(self->foreign, self->iface, line->key, line->value, line->where);
        return TRUE;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(options); i++) {
        if (!g_str_equal(options[i].section, line->section) || !g_str_equal(options[i].key, line->key))
            continue;
        g_autofree char *text =
            options[i].factor ? g_strdup_printf("%.0f", g_ascii_strtod(line->value, NULL) * options[i].factor)
            : g_str_equal(line->value, "true")  ? g_strdup("on")
            : g_str_equal(line->value, "false") ? g_strdup("off")
                                                : g_strdup(line->value);
        foreign_option(self->foreign, self->iface, options[i].option, text, line->where);
        return TRUE;
    }
    return FALSE;
}

/* "10.0.0.2/24,10.0.0.1": a gateway may stand behind the first address. */
static void address_read(Reader *self, const ForeignLine *line)
{
    g_auto(GStrv) parts = g_strsplit(line->value, ",", 2);
    foreign_address(self->foreign, self->iface, parts[0], line->where);
    if (parts[1] && *parts[1])
        foreign_gateway(self->foreign, self->iface, parts[1], line->where);
}

/* "10.1.0.0/16,10.0.0.1,7": destination, next hop, metric. */
static void route_read(Reader *self, const ForeignLine *line)
{
    g_auto(GStrv) parts = g_strsplit(line->value, ",", 3);
    int family = strchr(line->value, ':') ? AF_INET6 : AF_INET;
    g_autoptr(GString) text = g_string_new(parts[0]);
    gboolean has_hop = parts[0] && parts[1] && *parts[1] && !g_str_equal(parts[1], "0.0.0.0") &&
                       !g_str_equal(parts[1], "::");
    if (has_hop)
        g_string_append_printf(text, " via %s", parts[1]);
    if (parts[0] && parts[1] && parts[2] && *parts[2])
        g_string_append_printf(text, " metric %s", parts[2]);
    foreign_route(self->foreign, self->iface, text->str, family, line->where);
}

static void method_read(Reader *self, const ForeignLine *line, int family)
{
    static const char *const silent[] = {"manual", "disabled", "ignore", "link-local", NULL};
    g_autofree char *name = g_strdup_printf("[%s] method=%s", line->section, line->value);
    gboolean is_auto = g_str_equal(line->value, "auto");
    if (family == AF_INET && is_auto)
        foreign_dhcp(self->iface, AF_INET);
    else if (family == AF_INET6 && (is_auto || g_str_equal(line->value, "manual")))
        self->iface->ipv6_autoconf = is_auto;
    else if (family == AF_INET6 && g_str_equal(line->value, "dhcp"))
        foreign_dhcp(self->iface, AF_INET6);
    else if (!g_strv_contains(silent, line->value))
        foreign_miss(self->foreign, line->where, name);
}

static gboolean has_number(const char *key, const char *prefix)
{
    gsize length = strlen(prefix);
    return !strncmp(key, prefix, length) && key[length] && !key[length + strspn(key + length, "0123456789")];
}

static gboolean layer3_read(Reader *self, const ForeignLine *line, int family)
{
    const char *key = line->key, *value = line->value;
    if (g_str_equal(key, "method"))
        method_read(self, line, family);
    else if (has_number(key, "address"))
        address_read(self, line);
    else if (g_str_equal(key, "gateway"))
        foreign_gateway(self->foreign, self->iface, value, line->where);
    else if (has_number(key, "route"))
        route_read(self, line);
    else if (has_number(key, "routing-rule"))
        foreign_rule(self->foreign, self->iface, value, family, line->where);
    else if (g_str_equal(key, "dns") || g_str_equal(key, "dns-search"))
        foreign_names(self->foreign, self->iface, key[3] == '-', value, line->where);
    else if (g_str_equal(key, "never-default") && family == AF_INET)
        self->iface->defroute = !g_str_equal(value, "true");
    else if (g_str_equal(key, "ignore-auto-dns"))
        self->iface->dhcp.peerdns = !g_str_equal(value, "true");
    else if (g_str_equal(key, "may-fail") && family == AF_INET)
        self->iface->dhcp.is_fatal = g_str_equal(value, "false");
    else if (g_str_equal(key, "addr-gen-mode") && g_str_equal(value, "stable-privacy"))
        foreign_field(self->foreign, self->iface, "IPV6_ADDR_GEN_MODE", value, line->where);
    else
        return !*value || g_str_equal(key, "addr-gen-mode") ||
               (g_str_equal(key, "may-fail") && g_str_equal(value, "true"));
    return TRUE;
}

static gboolean connection_read(Reader *self, const ForeignLine *line)
{
    static const char *const silent[] = {"id",
                                         "uuid",
                                         "type",
                                         "interface-name",
                                         "master",
                                         "controller",
                                         "slave-type",
                                         "port-type",
                                         "timestamp",
                                         "permissions",
                                         "autoconnect-slaves",
                                         "autoconnect-ports",
                                         "autoconnect-priority",
                                         NULL};
    if (g_str_equal(line->key, "autoconnect"))
        self->iface->onboot = !g_str_equal(line->value, "false");
    else if (g_str_equal(line->key, "zone"))
        foreign_field(self->foreign, self->iface, "ZONE", line->value, line->where);
    else
        return g_strv_contains(silent, line->key);
    return TRUE;
}

static gboolean link_read(Reader *self, const ForeignLine *line)
{
    if (g_str_equal(line->key, "mtu"))
        foreign_field(self->foreign, self->iface, "MTU", line->value, line->where);
    else if (g_str_equal(line->key, "cloned-mac-address"))
        foreign_field(self->foreign, self->iface, "MACADDR", line->value, line->where);
    else if (g_str_equal(line->key, "mac-address"))
        foreign_field(self->foreign, self->iface, "HWADDR", line->value, line->where);
    else
        return FALSE;
    return TRUE;
}

static void line_read(Reader *self, const ForeignLine *line)
{
    static const char *const links[] = {"ethernet", "802-3-ethernet", NULL};
    g_autofree char *name = g_strdup_printf("[%s] %s=%s", line->section, line->key, line->value);
    gboolean done = !*line->key;
    if (g_str_equal(line->section, "connection"))
        done |= connection_read(self, line);
    else if (g_str_equal(line->section, "ipv4") || g_str_equal(line->section, "ipv6"))
        done |= layer3_read(self, line, line->section[3] == '4' ? AF_INET : AF_INET6);
    else if (g_strv_contains(links, line->section))
        done |= link_read(self, line);
    else if (g_str_equal(line->section, "vlan") && g_str_equal(line->key, "parent"))
        done = net_iface_relate(self->iface, NET_STANDS_ON, NULL, device_of(self, line->value));
    else
        done = done || option_read(self, line);
    if (!done)
        foreign_miss(self->foreign, line->where, name);
}

static void connection_take(Reader *self, const GPtrArray *lines)
{
    const char *type = foreign_ini_get(lines, "connection", "type"), *kind = NULL;
    const char *master = get2(lines, "connection", "controller", "master");
    const char *port = get2(lines, "connection", "port-type", "slave-type");
    IfcfgWhere where = lines->len ? ((const ForeignLine *)lines->pdata[0])->where : (IfcfgWhere){0};
    g_autofree char *name = name_of(lines),
                    *what = g_strdup_printf(_("a connection of type %s"), type ? type : "?");
    if (!type_find(type, &kind)) {
        foreign_miss(self->foreign, where, what);
        return;
    }
    if (!name) {
        foreign_miss(self->foreign, where, _("a connection without interface-name"));
        return;
    }
    self->iface = foreign_iface(self->foreign, name, kind, where);
    if (master && port)
        foreign_port(self->foreign, self->iface, port, device_of(self, master));
    for (guint i = 0; i < lines->len; i++)
        line_read(self, lines->pdata[i]);
}

gboolean net_foreign_nm(NetForeign *self, const char *dir, GError **error)
{
    g_autoptr(GPtrArray) paths = foreign_files(dir, ".nmconnection");
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    Reader reader = {self, names, NULL};
    for (guint i = 0; i < paths->len; i++) {
        GPtrArray *lines = foreign_ini_load(paths->pdata[i], self->problems, error);
        if (!lines)
            return FALSE;
        g_ptr_array_add(all, lines);
        const char *name = foreign_ini_get(lines, "connection", "interface-name");
        const char *uuid = foreign_ini_get(lines, "connection", "uuid"),
                   *id = foreign_ini_get(lines, "connection", "id");
        if (name && uuid)
            g_hash_table_insert(names, (gpointer)uuid, (gpointer)name);
        if (name && id)
            g_hash_table_insert(names, (gpointer)id, (gpointer)name);
    }
    for (guint i = 0; i < all->len; i++)
        connection_take(&reader, all->pdata[i]);
    return TRUE;
}
