/* NetworkManager: a keyfile a connection (nm-settings-keyfile(5)). */
#include "foreign/nm.h"
#include "i18n.h"
#include "model/iface.h"
#include "model/kind.h"
#include <string.h>
#include <sys/socket.h>

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

/* By the number that [ip-tunnel] mode= has; those between have no kind here. */
static const char *const tunnels[] = {
    [1] = "ipip", [2] = "gre", [3] = "sit", [7] = "ip6tnl", [8] = "ip6gre", [10] = "gretap"};

static const char *tunnel_kind(const GPtrArray *lines)
{
    const char *mode = foreign_ini_get(lines, "ip-tunnel", "mode");
    guint64 number;
    return mode && g_ascii_string_to_unsigned(mode, 10, 0, G_N_ELEMENTS(tunnels) - 1, &number, NULL)
               ? tunnels[number]
               : NULL;
}

static gboolean type_find(const GPtrArray *lines, const char *type, const char **ret_kind)
{
    for (gsize i = 0; type && i < G_N_ELEMENTS(types); i++)
        if (g_str_equal(types[i].type, type)) {
            *ret_kind = types[i].kind;
            return TRUE;
        }
    *ret_kind = !g_strcmp0(type, "ip-tunnel") ? tunnel_kind(lines) : NULL;
    return *ret_kind != NULL;
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

static const char *device_of(const NmReader *self, const char *word)
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
    {"vlan", "ingress-priority-map", "ingress_qos_map", 0},
    {"vlan", "egress-priority-map", "egress_qos_map", 0},
    {"vxlan", "id", "id", 0},
    {"vxlan", "remote", "remote", 0},
    {"vxlan", "local", "local", 0},
    {"vxlan", "destination-port", "port", 0},
    {"vxlan", "ageing", "ageing", 0},
    {"vxlan", "learning", "learning", 0},
    {"vxlan", "limit", "limit", 0},
    {"vxlan", "tos", "tos", 0},
    {"vxlan", "ttl", "ttl", 0},
    {"ip-tunnel", "local", "local", 0},
    {"ip-tunnel", "remote", "remote", 0},
    {"ip-tunnel", "ttl", "ttl", 0},
    {"ip-tunnel", "tos", "tos", 0},
};

static char *option_value(const char *value, guint factor)
{
    if (factor)
        return g_strdup_printf("%.0f", g_ascii_strtod(value, NULL) * factor);
    if (g_str_equal(value, "true") || g_str_equal(value, "false"))
        return g_strdup(g_str_equal(value, "true") ? "on" : "off");
    return g_strdup(value);
}

/* The ends of a VXLAN over IPv6 are other options. */
static char *option_name(const NmReader *self, const char *option, const char *value)
{
    gboolean is_end = g_str_equal(option, "local") || g_str_equal(option, "remote");
    gboolean is_6 = is_end && strchr(value, ':') && g_str_equal(self->iface->kind->name, "vxlan");
    return g_strconcat(option, is_6 ? "6" : "", NULL);
}

static gboolean option_read(NmReader *self, const ForeignLine *line)
{
    static const char *const as_ours[] = {"bond", NULL}; /* sections whose keys are called as our options */
    if (g_strv_contains(as_ours, line->section) && !g_str_equal(line->key, "interface-name")) {
        foreign_option(self->foreign, self->iface, line->key, line->value, line->where);
        return TRUE;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(options); i++) {
        if (!g_str_equal(options[i].section, line->section) || !g_str_equal(options[i].key, line->key))
            continue;
        g_autofree char *text = option_value(line->value, options[i].factor),
                        *name = option_name(self, options[i].option, line->value);
        foreign_option(self->foreign, self->iface, name, text, line->where);
        return TRUE;
    }
    return FALSE;
}

/* --- what is said in numbers, or of another device --- */

static guint64 number_of(const char *value)
{
    return g_ascii_strtoull(value, NULL, 0);
}

static gboolean macvlan_mode_read(const NmReader *self, const ForeignLine *line)
{
    static const char *const modes[] = {NULL, "vepa", "bridge", "private", "passthru", "source"};
    guint64 mode = number_of(line->value);
    if (mode < 1 || mode >= G_N_ELEMENTS(modes))
        return FALSE;
    foreign_option(self->foreign, self->iface, "mode", modes[mode], line->where);
    return TRUE;
}

static gboolean vlan_flags_read(const NmReader *self, const ForeignLine *line)
{
    static const char *const bits[] = {"reorder_hdr", "gvrp", "loose_binding", "mvrp"};
    guint64 flags = number_of(line->value);
    for (guint i = 0; i < G_N_ELEMENTS(bits); i++)
        if ((flags >> i & 1) != (i == 0)) /* headers are put in order unless one says otherwise */
            foreign_option(self->foreign, self->iface, bits[i], i ? "on" : "off", line->where);
    return flags >> G_N_ELEMENTS(bits) == 0;
}

static gboolean parent_read(const NmReader *self, const ForeignLine *line)
{
    const char *name = device_of(self, line->value);
    if (g_str_equal(line->section, "vxlan"))
        foreign_option(self->foreign, self->iface, "dev", name, line->where);
    else if (net_kind_has(self->iface->kind, NET_KIND_IS_STACKED))
        net_iface_relate(self->iface, NET_STANDS_ON, NULL, name);
    else
        return FALSE;
    return TRUE;
}

static gboolean peer_read(const NmReader *self, const ForeignLine *line)
{
    net_iface_relate(self->iface, NET_PEER, NULL, line->value);
    return TRUE;
}

/* A key counts where its flag is set. */
static gboolean tunnel_key_read(const NmReader *self, const ForeignLine *line)
{
    gboolean is_in = g_str_equal(line->key, "input-key");
    foreign_option(self->foreign, self->iface, is_in ? "iflags" : "oflags", "8192", line->where);
    foreign_option(self->foreign, self->iface, is_in ? "ikey" : "okey", line->value, line->where);
    return TRUE;
}

static gboolean mtu_read(const NmReader *self, const ForeignLine *line)
{
    if (number_of(line->value))
        foreign_field(self->foreign, self->iface, "MTU", line->value, line->where);
    return TRUE;
}

static gboolean mac_read(const NmReader *self, const ForeignLine *line)
{
    foreign_field(self->foreign, self->iface, "MACADDR", line->value, line->where);
    return TRUE;
}

static gboolean port_read(const NmReader *self, const ForeignLine *line)
{
    const char *option = g_str_equal(line->key, "path-cost")  ? "path_cost"
                         : g_str_equal(line->key, "priority") ? "priority"
                                                              : "hairpin_mode";
    g_autofree char *value = option_value(line->value, 0);
    foreign_port_option(self->foreign, self->iface, option, value, line->where);
    return TRUE;
}

static gboolean listed_read(const NmReader *self, const ForeignLine *line)
{
    foreign_listed_option(self->foreign, self->iface, g_str_equal(line->key, "prio") ? "prio" : "queue_id",
                          line->value, line->where);
    return TRUE;
}

static gboolean is_usual(G_GNUC_UNUSED const NmReader *self, const ForeignLine *line)
{
    return g_str_equal(line->value, "true");
}

static gboolean says_kind(G_GNUC_UNUSED const NmReader *self, G_GNUC_UNUSED const ForeignLine *line)
{
    return TRUE;
}

static const struct {
    const char *section, *key;
    gboolean (*read)(const NmReader *self, const ForeignLine *line);
} readers[] = {{"bond-port", "prio", listed_read},
               {"bond-port", "queue-id", listed_read},
               {"bridge", "mac-address", mac_read},
               {"bridge-port", "hairpin-mode", port_read},
               {"bridge-port", "path-cost", port_read},
               {"bridge-port", "priority", port_read},
               {"ip-tunnel", "input-key", tunnel_key_read},
               {"ip-tunnel", "mode", says_kind},
               {"ip-tunnel", "mtu", mtu_read},
               {"ip-tunnel", "output-key", tunnel_key_read},
               {"ip-tunnel", "parent", parent_read},
               {"ip-tunnel", "path-mtu-discovery", is_usual},
               {"macvlan", "mode", macvlan_mode_read},
               {"macvlan", "parent", parent_read},
               {"macvlan", "promiscuous", is_usual},
               {"macvlan", "tap", says_kind},
               {"veth", "peer", peer_read},
               {"vlan", "flags", vlan_flags_read},
               {"vlan", "parent", parent_read},
               {"vxlan", "parent", parent_read}};

static gboolean special_read(const NmReader *self, const ForeignLine *line)
{
    for (gsize i = 0; i < G_N_ELEMENTS(readers); i++)
        if (g_str_equal(readers[i].section, line->section) && g_str_equal(readers[i].key, line->key))
            return readers[i].read(self, line);
    return FALSE;
}

static gboolean connection_read(NmReader *self, const ForeignLine *line)
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

static gboolean link_read(NmReader *self, const ForeignLine *line)
{
    if (g_str_equal(line->key, "mtu"))
        return mtu_read(self, line);
    if (g_str_equal(line->key, "cloned-mac-address"))
        foreign_field(self->foreign, self->iface, "MACADDR", line->value, line->where);
    else if (g_str_equal(line->key, "mac-address"))
        foreign_field(self->foreign, self->iface, "HWADDR", line->value, line->where);
    else
        return FALSE;
    return TRUE;
}

static void line_read(NmReader *self, const ForeignLine *line)
{
    static const char *const links[] = {"ethernet", "802-3-ethernet", NULL};
    g_autofree char *name = g_strdup_printf("[%s] %s=%s", line->section, line->key, line->value);
    gboolean done = !*line->key;
    if (g_str_equal(line->section, "connection"))
        done = done || connection_read(self, line);
    else if (g_str_equal(line->section, "ipv4") || g_str_equal(line->section, "ipv6"))
        done = done || nm_layer3_take(self, line, line->section[3] == '4' ? AF_INET : AF_INET6);
    else if (g_strv_contains(links, line->section))
        done = done || link_read(self, line);
    else
        done = done || special_read(self, line) || option_read(self, line);
    if (!done)
        foreign_miss(self->foreign, line->where, name);
}

static void connection_take(NmReader *self, const GPtrArray *lines)
{
    const char *type = foreign_ini_get(lines, "connection", "type"), *kind = NULL;
    const char *master = get2(lines, "connection", "controller", "master");
    const char *port = get2(lines, "connection", "port-type", "slave-type");
    IfcfgWhere where = lines->len ? ((const ForeignLine *)lines->pdata[0])->where : (IfcfgWhere){0};
    g_autofree char *name = name_of(lines),
                    *what = g_strdup_printf(_("a connection of type %s"), type ? type : "?");
    if (!type_find(lines, type, &kind)) {
        foreign_miss(self->foreign, where, what);
        return;
    }
    if (!name) {
        foreign_miss(self->foreign, where, _("a connection without interface-name"));
        return;
    }
    if (!g_strcmp0(kind, "macvlan") && !g_strcmp0(foreign_ini_get(lines, "macvlan", "tap"), "true"))
        kind = "macvtap";
    self->iface = foreign_iface(self->foreign, name, kind, where);
    self->lines = lines;
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
    NmReader reader = {self, names, NULL, NULL};
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
