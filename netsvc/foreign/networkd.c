/* systemd-networkd: .netdev files make devices, .network files say what they have (systemd.network(5)). .link
 * files are udev's, and stay. */
#include "foreign/networkd.h"
#include "i18n.h"
#include "model/field.h"
#include "model/iface.h"
#include "model/kind.h"
#include <string.h>
#include <sys/socket.h>

void networkd_miss(NetForeign *foreign, const ForeignLine *line)
{
    g_autofree char *name = g_strdup_printf("[%s] %s=%s", line->section, line->key, line->value);
    foreign_miss(foreign, line->where, name);
}

static void dhcp_read(NetworkdReader *self, const ForeignLine *line)
{
    gboolean both = ifcfg_is_true(line->value) || g_str_equal(line->value, "both");
    if (both || g_str_equal(line->value, "ipv4") || g_str_equal(line->value, "v4"))
        foreign_dhcp(self->iface, AF_INET);
    if (both || g_str_equal(line->value, "ipv6") || g_str_equal(line->value, "v6"))
        foreign_dhcp(self->iface, AF_INET6);
}

static void stack(NetworkdReader *self, const char *kind, const char *names)
{
    g_auto(GStrv) words = g_strsplit_set(names, " \t", -1);
    for (char **word = words; *word; word++)
        if (**word)
            foreign_relate(self->foreign, foreign_iface(self->foreign, *word, kind, self->iface->where),
                           NET_STANDS_ON, self->iface->name, self->iface->where);
}

static void vxlans_bind(NetworkdReader *self, const ForeignLine *line)
{
    g_auto(GStrv) words = g_strsplit_set(line->value, " \t", -1);
    for (char **word = words; *word; word++)
        if (**word)
            foreign_option(self->foreign, foreign_iface(self->foreign, *word, "vxlan", line->where), "dev",
                           self->iface->name, line->where);
}

/* [DHCPv4]; without a lease they say nothing. */
static gboolean lease_line(NetworkdReader *self, const ForeignLine *line)
{
    static const struct {
        const char *name, *key;
    } texts[] = {{"Hostname", "DHCP_HOSTNAME"},
                 {"RouteMetric", "METRIC"},
                 {"VendorClassIdentifier", "DHCP_VENDOR_CLASS_IDENTIFIER"}};
    const struct {
        const char *name;
        gboolean *is_on;
    } switches[] = {{"SendHostname", &self->iface->dhcp.send_hostname},
                    {"SendRelease", &self->iface->dhcp.release},
                    {"UseDNS", &self->iface->dhcp.peerdns},
                    {"UseGateway", &self->iface->defroute},
                    {"UseNTP", &self->iface->dhcp.peerntp},
                    {"UseRoutes", &self->iface->dhcp.peerroutes}};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        if (g_str_equal(texts[i].name, line->key))
            return foreign_lease(self->iface, texts[i].key, line->value);
    for (gsize i = 0; i < G_N_ELEMENTS(switches); i++) {
        if (!g_str_equal(switches[i].name, line->key))
            continue;
        *switches[i].is_on = ifcfg_is_true(line->value);
        return TRUE;
    }
    return FALSE;
}

/* "::1", "static:::1"; other ways to make one have no key. */
static gboolean token_take(NetworkdReader *self, const ForeignLine *line)
{
    const char *token = line->value;
    IfcfgIp ip;
    token += g_str_has_prefix(token, "static:") ? strlen("static:") : 0;
    if (!ifcfg_ip_parse(token, AF_INET6, &ip) || g_str_equal(token, "::"))
        return FALSE;
    foreign_field(self->foreign, self->iface, "IPV6_TOKEN", token, line->where);
    return TRUE;
}

static void privacy_take(NetworkdReader *self, const ForeignLine *line)
{
    gboolean prefers_public = g_str_equal(line->value, "prefer-public");
    if (prefers_public || ifcfg_is_true(line->value)) {
        foreign_field(self->foreign, self->iface, "IPV6_PRIVACY", "rfc3041", line->where);
        self->iface->ipv6_prefer_public = prefers_public;
    } else if (!ifcfg_is_false(line->value))
        networkd_miss(self->foreign, line);
}

/* What is about the device that this one is a port of. */
static gboolean master_line(NetworkdReader *self, const ForeignLine *line)
{
    const NetRelation *master = net_iface_relation(self->iface, NET_PORT_OF);
    if (!g_str_equal(line->key, "PrimarySlave") || !master || !ifcfg_is_true(line->value))
        return FALSE;
    foreign_option(self->foreign, foreign_iface(self->foreign, master->name, NULL, line->where), "primary",
                   self->iface->name, line->where);
    return TRUE;
}

static gboolean is_usual(const ForeignLine *line)
{
    return g_str_equal(line->key, "Description") ||
           (g_str_equal(line->key, "ConfigureWithoutCarrier") && ifcfg_is_true(line->value)) ||
           (g_str_equal(line->key, "LinkLocalAddressing") && g_str_equal(line->value, "ipv6"));
}

static gboolean network_line(NetworkdReader *self, const ForeignLine *line)
{
    static const char *const masters[] = {"Bond", "Bridge", "VRF", NULL};
    static const char *const above[] = {"VLAN", "MACVLAN", "MACVTAP", "IPVLAN", "IPVTAP", "IPoIB", NULL};
    const char *key = line->key, *value = line->value;
    if (g_str_equal(key, "Address"))
        foreign_address(self->foreign, self->iface, value, line->where);
    else if (g_str_equal(key, "Gateway"))
        foreign_gateway(self->foreign, self->iface, value, line->where);
    else if (g_str_equal(key, "DNS") || g_str_equal(key, "Domains"))
        foreign_names(self->foreign, self->iface, g_str_equal(key, "Domains"), value, line->where);
    else if (g_str_equal(key, "DHCP"))
        dhcp_read(self, line);
    else if (g_strv_contains(masters, key)) {
        g_autofree char *kind = g_ascii_strdown(key, -1);
        foreign_port(self->foreign, self->iface, kind, value, line->where);
    } else if (g_strv_contains(above, key)) {
        g_autofree char *kind = g_ascii_strdown(key, -1);
        if (g_str_equal(key, "IPoIB"))
            foreign_iface(self->foreign, self->iface->name, "infiniband", line->where);
        stack(self, kind, value);
    } else if (g_str_equal(key, "VXLAN")) {
        vxlans_bind(self, line);
    } else if (g_str_equal(key, "IPv6AcceptRA"))
        foreign_field(self->foreign, self->iface, "IPV6_AUTOCONF", value, line->where);
    else if (g_str_equal(key, "IPv6Token"))
        return token_take(self, line);
    else if (g_str_equal(key, "IPv6PrivacyExtensions"))
        privacy_take(self, line);
    else
        return is_usual(line) || master_line(self, line);
    return TRUE;
}

/* Who brings it up, and whether; FALSE: by something that no key says. */
static gboolean activation_take(NetworkdReader *self, const char *policy)
{
    static const char *const never[] = {"manual", "down", "always-down", NULL};
    if (g_strv_contains(never, policy))
        self->iface->onboot = FALSE;
    return g_strv_contains(never, policy) || g_str_equal(policy, "up") || g_str_equal(policy, "always-up");
}

static gboolean link_line(NetworkdReader *self, const ForeignLine *line)
{
    if (g_str_equal(line->key, "MTUBytes"))
        foreign_field(self->foreign, self->iface, "MTU", line->value, line->where);
    else if (g_str_equal(line->key, "MACAddress"))
        foreign_field(self->foreign, self->iface, "MACADDR", line->value, line->where);
    else if (g_str_equal(line->key, "ARP"))
        foreign_field(self->foreign, self->iface, "ARP", line->value, line->where);
    else if (g_str_equal(line->key, "ActivationPolicy"))
        return activation_take(self, line->value);
    else
        return g_str_equal(line->key, "RequiredForOnline") ||
               g_str_equal(line->key, "RequiredFamilyForOnline");
    return TRUE;
}

/* One name and a MAC address are a card that must have it; what else a device is chosen by has no key. */
static gboolean match_line(NetworkdReader *self, const ForeignLine *line)
{
    IfcfgMac mac;
    if (g_str_equal(line->key, "Name"))
        return TRUE;
    return g_str_has_suffix(line->key, "MACAddress") && ifcfg_mac_parse(line->value, &mac) &&
           net_field_set(self->iface, "HWADDR", line->value);
}

static gboolean plain_line(NetworkdReader *self, const ForeignLine *line)
{
    if (g_str_equal(line->section, "Match"))
        return match_line(self, line);
    if (g_str_equal(line->section, "Network"))
        return network_line(self, line);
    if (g_str_equal(line->section, "Link"))
        return link_line(self, line);
    if (g_str_equal(line->section, "DHCPv4") || g_str_equal(line->section, "DHCP"))
        return lease_line(self, line);
    if (!g_str_equal(line->section, "IPv6AcceptRA"))
        return FALSE;
    return g_str_equal(line->key, "Token")
               ? token_take(self, line)
               : g_str_equal(line->key, "DHCPv6Client") && ifcfg_is_false(line->value);
}

/* What it is a port of comes first: options of a port are by the kind of that. */
static void lines_read(NetworkdReader *self, gboolean is_network)
{
    for (self->at = 0; self->at < self->lines->len; self->at++) {
        const ForeignLine *line = self->lines->pdata[self->at];
        if (g_str_equal(line->section, "Network") != is_network)
            continue;
        if (!*line->key)
            networkd_section_take(self);
        else if (!networkd_section_is_one(line->section) && !plain_line(self, line))
            networkd_miss(self->foreign, line);
    }
}

static void iface_read(NetForeign *foreign, NetIface *iface, const GPtrArray *lines)
{
    NetworkdReader self = {foreign, iface, lines, 0};
    lines_read(&self, TRUE);
    lines_read(&self, FALSE);
}

/* One name is one interface, and so is one MAC address; a pattern may be any. */
static void network_read(NetForeign *foreign, const GPtrArray *lines)
{
    const char *names = foreign_ini_get(lines, "Match", "Name");
    const char *mac = foreign_ini_get(lines, "Match", "MACAddress");
    const char *left = foreign_ini_get(lines, "Link", "Unmanaged");
    IfcfgWhere where = lines->len ? ((const ForeignLine *)lines->pdata[0])->where : (IfcfgWhere){0};
    g_auto(GStrv) each = g_strsplit_set(names ? names : "", " \t", -1);
    if (left && ifcfg_is_true(left)) {
        foreign_miss(foreign, where, _("a file of what networkd is to leave alone (Unmanaged=)"));
        return;
    }
    NetIface *card = names || !mac ? NULL : foreign_card(foreign, mac, where);
    if (!card && (!names || names[strcspn(names, "*?[!")]))
        foreign_miss(foreign, where, _("a file without a plain [Match] Name="));
    else if (card)
        iface_read(foreign, card, lines);
    for (char **name = each; names && !names[strcspn(names, "*?[!")] && *name; name++)
        if (**name)
            iface_read(foreign, foreign_iface(foreign, *name, NULL, where), lines);
}

/* A file NAME.d/X.conf goes on where NAME ends (systemd.unit(5)). */
static gboolean additions_load(NetForeign *foreign, const char *path, GPtrArray *lines, GError **error)
{
    g_autofree char *folder = g_strconcat(path, ".d", NULL);
    g_autoptr(GPtrArray) paths = foreign_files(folder, ".conf");
    for (guint i = 0; i < paths->len; i++) {
        g_autoptr(GPtrArray) more = foreign_ini_load(paths->pdata[i], foreign->problems, error);
        guint last = lines->len ? ((const ForeignLine *)lines->pdata[lines->len - 1])->section_number : 0;
        if (!more)
            return FALSE;
        for (guint n = 0; n < more->len; n++)
            ((ForeignLine *)more->pdata[n])->section_number += last;
        g_ptr_array_extend_and_steal(lines, g_steal_pointer(&more));
    }
    return TRUE;
}

static gboolean each_read(NetForeign *foreign, const char *dir, const char *ending,
                          void (*read)(NetForeign *, const GPtrArray *), GError **error)
{
    g_autoptr(GPtrArray) paths = foreign_files(dir, ending);
    for (guint i = 0; i < paths->len; i++) {
        g_autoptr(GPtrArray) lines = foreign_ini_load(paths->pdata[i], foreign->problems, error);
        if (!lines || !additions_load(foreign, paths->pdata[i], lines, error))
            return FALSE;
        read(foreign, lines);
    }
    return TRUE;
}

gboolean net_foreign_networkd(NetForeign *self, const char *dir, GError **error)
{
    return each_read(self, dir, ".netdev", networkd_device_read, error) &&
           each_read(self, dir, ".network", network_read, error);
}
