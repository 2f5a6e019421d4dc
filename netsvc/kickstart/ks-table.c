/* The options that a `network` line may have: one row an option, with what its value may be; what they make
 * of a device, and which go together. */
#include "i18n.h"
#include "ifcfg-ip.h"
#include "ifcfg-keys.h"
#include "kickstart/ks.h"
#include <string.h>
#include <sys/socket.h>

/** Says what is wrong with a value, to be freed; NULL: nothing. */
typedef char *(*ValueCheck)(const char *value);

static char *check_any(const char *value)
{
    return *value ? NULL : g_strdup(_("a value is missing"));
}

static char *check_ip(const char *value, int family, const char *expected)
{
    IfcfgIp ip;
    return ifcfg_ip_parse(value, family, &ip) ? NULL
                                              : g_strdup_printf(_("'%s': expected %s"), value, _(expected));
}

static char *check_ip4(const char *value)
{
    return check_ip(value, AF_INET, N_("an IPv4 address"));
}

static char *check_ip6(const char *value)
{
    return check_ip(value, AF_INET6, N_("an IPv6 address"));
}

static char *check_netmask(const char *value)
{
    guint8 length;
    return ifcfg_netmask_parse(value, &length)
               ? NULL
               : g_strdup_printf(_("'%s': expected %s"), value, _("a netmask"));
}

static char *check_ipv6(const char *value)
{
    IfcfgPrefix prefix;
    if (g_str_equal(value, "auto") || g_str_equal(value, "dhcp") ||
        (strchr(value, ':') && ifcfg_prefix_parse(value, AF_INET6, &prefix)))
        return NULL;
    return g_strdup_printf(_("'%s': expected %s"), value, _("auto, dhcp or an IPv6 address with its length"));
}

static char *check_list(const char *value, ValueCheck check)
{
    g_auto(GStrv) items = g_strsplit(value, ",", -1);
    char *wrong = *value ? NULL : g_strdup(_("a value is missing"));
    for (char **item = items; *item && !wrong; item++)
        wrong = *g_strstrip(*item) ? check(*item) : NULL; /* "10.0.0.53," of a template */
    return wrong;
}

static char *check_server(const char *value)
{
    return check_ip(value, AF_UNSPEC, N_("an IP address"));
}

static char *check_servers(const char *value)
{
    return check_list(value, check_server);
}

/* The kernel's settings know all and default as what holds for all devices. */
static char *check_ifname(const char *value)
{
    static const char *const reserved[] = {"lo", "all", "default", NULL};
    if (g_strv_contains(reserved, value))
        return g_strdup_printf(_("'%s' is no device that can be configured: its name has another meaning"),
                               value);
    const char *fault = ifcfg_ifname_fault(value);
    return fault ? g_strdup_printf(_("'%s' cannot be the name of a device: %s"), value, fault) : NULL;
}

static char *check_ifnames(const char *value)
{
    return check_list(value, check_ifname);
}

/* A name, a MAC address, or one of the words for what the installer finds. */
static char *check_device(const char *value)
{
    IfcfgMac mac;
    return ifcfg_mac_parse(value, &mac) ? NULL : check_ifname(value);
}

/* RFC 1123, and `_`, which is in use; what goes into a lease's request must not be anything else. */
static char *check_hostname(const char *value)
{
    gsize length = strspn(value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._");
    return *value && !value[length] && !strchr("-._", *value) && length < 254
               ? NULL
               : g_strdup_printf(_("'%s': expected %s"), value, _("a host name"));
}

static char *check_domains(const char *value)
{
    return check_list(value, check_hostname);
}

static char *check_word(const char *value, const char *const *words)
{
    if (g_strv_contains(words, value))
        return NULL;
    g_autofree char *choices = g_strjoinv(", ", (char **)words);
    return g_strdup_printf(_("'%s': expected %s"), value, choices);
}

static char *check_bootproto(const char *value)
{
    static const char *const words[] = {"dhcp", "bootp", "static", "query", "ibft", NULL};
    return check_word(value, words);
}

static char *check_bindto(const char *value)
{
    static const char *const words[] = {"mac", NULL};
    return check_word(value, words);
}

/* Fewer words than a file's switch may have. */
static char *check_bool(const char *value)
{
    static const char *const words[] = {"on", "yes", "true", "1", "off", "no", "false", "0", NULL};
    g_autofree char *lower = g_ascii_strdown(value, -1);
    return g_strv_contains(words, lower) ? NULL
                                         : g_strdup_printf(_("'%s': expected %s"), value, _("yes or no"));
}

static char *check_number(const char *value, guint64 min, guint64 max)
{
    return g_ascii_string_to_unsigned(value, 10, min, max, NULL, NULL)
               ? NULL
               : g_strdup_printf(_("'%s': expected a number from %u to %u"), value, (guint)min, (guint)max);
}

/* 0: as the device has it. */
static char *check_mtu(const char *value)
{
    return g_str_equal(value, "0") ? NULL : check_number(value, 68, 65535);
}

static char *check_vlanid(const char *value)
{
    return check_number(value, 1, 4094);
}

/* --- the options --- */

typedef struct {
    const char *name;
    ValueCheck check; /* NULL: it takes no value */
    gboolean has_cards;
} Row;

static const Row rows[KS_OPTION_LAST] = {
    [KS_ACTIVATE] = {"activate", NULL},
    [KS_NO_ACTIVATE] = {"no-activate", NULL},
    [KS_BINDTO] = {"bindto", check_bindto},
    [KS_BONDOPTS] = {"bondopts", check_any, .has_cards = TRUE},
    [KS_BONDSLAVES] = {"bondslaves", check_ifnames},
    [KS_BOOTPROTO] = {"bootproto", check_bootproto},
    [KS_BRIDGEOPTS] = {"bridgeopts", check_any},
    [KS_BRIDGESLAVES] = {"bridgeslaves", check_ifnames},
    [KS_DEVICE] = {"device", check_device},
    [KS_DHCPCLASS] = {"dhcpclass", check_any},
    [KS_ESSID] = {"essid", check_any},
    [KS_ETHTOOL] = {"ethtool", check_any},
    [KS_GATEWAY] = {"gateway", check_ip4},
    [KS_HOSTNAME] = {"hostname", check_hostname},
    [KS_INTERFACENAME] = {"interfacename", check_ifname},
    [KS_IP] = {"ip", check_ip4},
    [KS_IPV4_DNS_SEARCH] = {"ipv4-dns-search", check_domains},
    [KS_IPV4_IGNORE_AUTO_DNS] = {"ipv4-ignore-auto-dns", NULL},
    [KS_IPV6] = {"ipv6", check_ipv6},
    [KS_IPV6_DNS_SEARCH] = {"ipv6-dns-search", check_domains},
    [KS_IPV6_IGNORE_AUTO_DNS] = {"ipv6-ignore-auto-dns", NULL},
    [KS_IPV6GATEWAY] = {"ipv6gateway", check_ip6},
    [KS_MTU] = {"mtu", check_mtu},
    [KS_NAMESERVER] = {"nameserver", check_servers},
    [KS_NETMASK] = {"netmask", check_netmask},
    [KS_NODEFROUTE] = {"nodefroute", NULL},
    [KS_NODNS] = {"nodns", NULL},
    [KS_NOIPV4] = {"noipv4", NULL},
    [KS_NOIPV6] = {"noipv6", NULL},
    [KS_NOTKSDEVICE] = {"notksdevice", NULL},
    [KS_ONBOOT] = {"onboot", check_bool},
    [KS_TEAMCONFIG] = {"teamconfig", check_any},
    [KS_TEAMSLAVES] = {"teamslaves", check_any},
    [KS_VLANID] = {"vlanid", check_vlanid},
    [KS_WEPKEY] = {"wepkey", check_any},
    [KS_WPAKEY] = {"wpakey", check_any},
};

const KsKind ks_kinds[] = {
    {KS_BONDSLAVES, "Bond", ks_append_bond, "MASTER=%s\nSLAVE=yes\n"},
    {KS_BRIDGESLAVES, "Bridge", ks_append_bridge, "BRIDGE=%s\n"},
    {KS_TEAMSLAVES, "Team", ks_append_team, "DEVICETYPE=TeamPort\nTEAM_MASTER=%s\n"},
    {KS_ESSID, "Wireless", ks_append_wireless, NULL},
    {.option = KS_OPTION_LAST},
};

const KsIdle ks_idle[] = {
    {KS_BONDOPTS, KS_BONDSLAVES, TRUE}, {KS_TEAMCONFIG, KS_TEAMSLAVES, TRUE}, {KS_WEPKEY, KS_ESSID, TRUE},
    {KS_WPAKEY, KS_ESSID, TRUE},        {KS_INTERFACENAME, KS_VLANID, TRUE},  {KS_NETMASK, KS_IP, TRUE},
    {KS_IP, KS_NOIPV4, FALSE},          {KS_NETMASK, KS_NOIPV4, FALSE},       {KS_GATEWAY, KS_NOIPV4, FALSE},
    {KS_IPV6, KS_NOIPV6, FALSE},        {KS_IPV6GATEWAY, KS_NOIPV6, FALSE},   {.option = KS_OPTION_LAST},
};

static char *names_like(const char *name, gsize length)
{
    g_autoptr(GString) like = g_string_new(NULL);
    for (guint i = 0; i < KS_OPTION_LAST; i++)
        if (!strncmp(rows[i].name, name, length))
            g_string_append_printf(like, "%s--%s", like->len ? ", " : "", rows[i].name);
    return g_string_free(g_steal_pointer(&like), FALSE);
}

KsOption ks_option_find(const char *name, gsize length, char **ret_why)
{
    KsOption found = KS_OPTION_LAST;
    guint count = 0;
    for (guint i = 0; i < KS_OPTION_LAST; i++) {
        if ((length && rows[i].name[0] != name[0]) || strncmp(rows[i].name, name, length) != 0)
            continue;
        if (!rows[i].name[length])
            return i;
        count++;
        found = i;
    }
    if (count == 1)
        return found;
    g_autofree char *like = count ? names_like(name, length) : NULL, *asked = g_strndup(name, length);
    *ret_why = like ? g_strdup_printf(_("--%s is ambiguous: %s"), asked, like)
                    : g_strdup_printf(_("network has no option --%s"), asked);
    return KS_OPTION_LAST;
}

gboolean ks_option_begins(const char *name, gsize length)
{
    for (guint i = 0; i < KS_OPTION_LAST; i++)
        if (!strncmp(rows[i].name, name, length))
            return TRUE;
    return FALSE;
}

const char *ks_option_name(KsOption option)
{
    return rows[option].name;
}

gboolean ks_option_takes_value(KsOption option)
{
    return rows[option].check != NULL;
}

char *ks_option_fault(KsOption option, const char *value)
{
    return rows[option].check ? rows[option].check(value) : NULL;
}

gboolean ks_option_has_cards(KsOption option)
{
    return rows[option].has_cards;
}
