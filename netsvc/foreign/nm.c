/* NetworkManager: a keyfile a connection (nm-settings-keyfile(5)). */
#include "foreign/nm.h"
#include "i18n.h"
#include "model/iface.h"
#include "writing/writing.h"
#include <string.h>
#include <sys/socket.h>

/* --- what a connection is --- */

static const struct {
    const char *type, *kind; /* NULL: Ethernet */
} types[] = {{"ethernet", NULL}, {"802-3-ethernet", NULL}, {"bond", "bond"}, {"bridge", "bridge"},
             {"vlan", "vlan"},   {"dummy", "dummy"},       {"vrf", "vrf"},   {"macvlan", "macvlan"},
             {"veth", "veth"},   {"vxlan", "vxlan"},       {"team", "team"}, {"tun", "tap"}};

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

static const char *infiniband_kind(const GPtrArray *lines)
{
    const char *pkey = foreign_ini_get(lines, "infiniband", "p-key");
    return pkey && !g_str_equal(pkey, "-1") ? "ipoib" : "infiniband";
}

static gboolean type_find(const GPtrArray *lines, const char *type, const char **ret_kind)
{
    for (gsize i = 0; type && i < G_N_ELEMENTS(types); i++)
        if (g_str_equal(types[i].type, type)) {
            *ret_kind = types[i].kind;
            return TRUE;
        }
    *ret_kind = !g_strcmp0(type, "ip-tunnel")    ? tunnel_kind(lines)
                : !g_strcmp0(type, "infiniband") ? infiniband_kind(lines)
                                                 : NULL;
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
    static const char *const sections[] = {"bond", "bridge", "vlan", "team", NULL};
    for (gsize i = 0; sections[i] && !name; i++) /* where it once was */
        name = foreign_ini_get(lines, sections[i], "interface-name");
    if (name)
        return g_strdup(name);
    return parent && id ? g_strdup_printf("%s.%s", parent, id) : NULL;
}

const char *nm_device_of(const NmReader *self, const char *word)
{
    const char *name = g_hash_table_lookup(self->names, word);
    return name ? name : word;
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

static void line_read(NmReader *self, const ForeignLine *line)
{
    g_autofree char *name = g_strdup_printf("[%s] %s=%s", line->section, line->key, line->value);
    gboolean done = !*line->key;
    if (g_str_equal(line->section, "connection"))
        done = done || connection_read(self, line);
    else if (g_str_equal(line->section, "ipv4") || g_str_equal(line->section, "ipv6"))
        done = done || nm_layer3_take(self, line, line->section[3] == '4' ? AF_INET : AF_INET6);
    else
        done = done || g_str_equal(line->key, "interface-name") || nm_option_take(self, line);
    if (!done)
        foreign_miss(self->foreign, line->where, name);
}

/* Of a connection that names its card by the address alone. */
static NetIface *card_of(const NmReader *self, const GPtrArray *lines, const char *kind, IfcfgWhere where)
{
    static const char *const sections[] = {"ethernet", "802-3-ethernet", "infiniband", NULL};
    const char *mac = NULL;
    for (gsize i = 0; sections[i] && !mac; i++)
        mac = foreign_ini_get(lines, sections[i], "mac-address");
    return mac && (!kind || g_str_equal(kind, "infiniband")) ? foreign_card(self->foreign, mac, where) : NULL;
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
    NetIface *card = name ? NULL : card_of(self, lines, kind, where);
    if (!name && !card) {
        foreign_miss(self->foreign, where, _("a connection without interface-name"));
        return;
    }
    if (!g_strcmp0(kind, "macvlan") && !g_strcmp0(foreign_ini_get(lines, "macvlan", "tap"), "true"))
        kind = "macvtap";
    self->iface = name ? foreign_iface(self->foreign, name, kind, where) : card;
    self->lines = lines;
    if (!g_strcmp0(kind, "team"))
        net_iface_say(self->iface, "DEVICETYPE", "Team");
    if (master && port)
        foreign_port(self->foreign, self->iface, port, nm_device_of(self, master), where);
    else if (master)
        foreign_fail(self->foreign, where, master);
    for (guint i = 0; i < lines->len; i++)
        line_read(self, lines->pdata[i]);
    nm_ethtool_finish(self);
    if (!master && !foreign_ini_get(lines, "ipv4", "method") && !self->iface->addresses->len)
        foreign_dhcp(self->iface, AF_INET); /* without a word a connection is automatic */
}

/* All files of the folder are connections, but for those that they refer to (nms-keyfile-utils.c). */
static gboolean is_connection(const char *path)
{
    return !g_str_has_suffix(path, ".pem") && !g_str_has_suffix(path, ".der");
}

gboolean net_foreign_nm(NetForeign *self, const char *dir, GError **error)
{
    g_autoptr(GPtrArray) paths = foreign_files(dir, "");
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    NmReader reader = {self, names, NULL, NULL};
    for (guint i = 0; i < paths->len; i++) {
        if (!is_connection(paths->pdata[i]))
            continue;
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
