/* Addresses, gateways and name servers of a `network` line as lines of a file. */
#include "i18n.h"
#include "ifcfg-ip.h"
#include "kickstart/ks.h"
#include <string.h>
#include <sys/socket.h>

static void append_numbered(GString *text, const char *key, const char *list)
{
    g_auto(GStrv) items = list ? g_strsplit(list, ",", -1) : NULL;
    guint number = 0;
    for (char **item = items; item && *item; item++) {
        if (!*g_strstrip(*item))
            continue;
        g_autofree char *name = g_strdup_printf("%s%u", key, ++number);
        ifcfg_append(text, name, *item);
    }
}

/* @asks_server: a lease may bring name servers. PEERDNS=no alone would leave out the file's own servers too:
 * RESOLV_MODS puts them back. */
static void append_names(GString *text, const KsNetwork *network, gboolean asks_server)
{
    const char *search4 = ks_get(network, KS_IPV4_DNS_SEARCH), *search6 = ks_get(network, KS_IPV6_DNS_SEARCH);
    gboolean ignores = ks_has(network, KS_IPV4_IGNORE_AUTO_DNS) || ks_has(network, KS_IPV6_IGNORE_AUTO_DNS);
    gboolean has_names = ks_has(network, KS_NAMESERVER) || search4 || search6;
    g_autofree char *search =
        search4 && search6 ? g_strjoin(",", search4, search6, NULL) : g_strdup(search4 ? search4 : search6);
    if (ks_has(network, KS_NODNS)) {
        if (asks_server)
            ifcfg_append(text, "PEERDNS", "no");
        return;
    }
    append_numbered(text, "DNS", ks_get(network, KS_NAMESERVER));
    if (search && *search)
        ifcfg_append(text, "DOMAIN", g_strdelimit(search, ",", ' '));
    if (ignores && asks_server)
        ifcfg_append(text, "PEERDNS", "no");
    if (ignores && asks_server && has_names)
        ifcfg_append(text, "RESOLV_MODS", "yes");
}

/* A link-local address says nothing without its interface. */
static void append_gateway6(GString *text, const KsNetwork *network, const char *device)
{
    const char *gateway = ks_get(network, KS_IPV6GATEWAY);
    IfcfgIp ip;
    if (!gateway)
        return;
    gboolean is_local = ifcfg_ip_parse(gateway, AF_INET6, &ip) && ifcfg_ip_is_link_local(&ip);
    g_autofree char *full = is_local ? g_strdup_printf("%s%%%s", gateway, device) : g_strdup(gateway);
    ifcfg_append(text, "IPV6_DEFAULTGW", full);
}

static void append_ipv6(GString *text, const KsNetwork *network, const char *device)
{
    const char *ipv6 = ks_get(network, KS_IPV6);
    gboolean is_auto = ipv6 && g_str_equal(ipv6, "auto"), is_dhcp = ipv6 && g_str_equal(ipv6, "dhcp");
    if (ks_has(network, KS_NOIPV6))
        ifcfg_append(text, "IPV6INIT", "no");
    if (ks_has(network, KS_NOIPV6))
        return;
    if (ipv6) {
        ifcfg_append(text, "IPV6INIT", "yes");
        ifcfg_append(text, "IPV6_AUTOCONF", is_auto ? "yes" : "no");
    }
    if (is_dhcp)
        ifcfg_append(text, "DHCPV6C", "yes");
    else if (ipv6 && !is_auto)
        ifcfg_append(text, "IPV6ADDR", ipv6);
    append_gateway6(text, network, device);
    if (ipv6 && ks_has(network, KS_NODEFROUTE))
        ifcfg_append(text, "IPV6_DEFROUTE", "no");
}

/* The installer takes any but `static` for a server to be asked. */
static const char *bootproto_of(const KsNetwork *network, IfcfgProblems *problems)
{
    const char *bootproto = ks_get(network, KS_BOOTPROTO);
    if (ks_has(network, KS_NOIPV4))
        return "none";
    if (!bootproto || g_str_equal(bootproto, "query"))
        return "dhcp";
    if (!g_str_equal(bootproto, "static"))
        return bootproto;
    if (!ks_has(network, KS_IP) || !ks_has(network, KS_NETMASK))
        ks_fail(network, ks_has(network, KS_IP) ? KS_IP : KS_BOOTPROTO, problems,
                _("--bootproto=static needs --ip and --netmask"));
    return bootproto;
}

static void append_address4(GString *text, const KsNetwork *network)
{
    const char *netmask = ks_get(network, KS_NETMASK);
    guint8 length = 0;
    char prefix[4];
    if (ks_has(network, KS_IP))
        ifcfg_append(text, "IPADDR", ks_get(network, KS_IP));
    if (ks_has(network, KS_IP) && netmask && ifcfg_netmask_parse(netmask, &length)) {
        g_snprintf(prefix, sizeof prefix, "%u", length);
        ifcfg_append(text, "PREFIX", prefix);
    }
    if (ks_has(network, KS_GATEWAY))
        ifcfg_append(text, "GATEWAY", ks_get(network, KS_GATEWAY));
}

/* Returns: whether a server is asked */
static gboolean append_ipv4(GString *text, const KsNetwork *network, IfcfgProblems *problems)
{
    const char *class = ks_get(network, KS_DHCPCLASS), *bootproto = bootproto_of(network, problems);
    gboolean is_static = g_str_equal(bootproto, "static") || g_str_equal(bootproto, "none");
    ifcfg_append(text, "BOOTPROTO", is_static ? "none" : bootproto);
    if (!ks_has(network, KS_NOIPV4))
        append_address4(text, network);
    if (ks_has(network, KS_NODEFROUTE))
        ifcfg_append(text, "DEFROUTE", "no");
    if (class)
        ifcfg_append(text, "DHCP_VENDOR_CLASS_IDENTIFIER", class);
    return !is_static;
}

void ks_append_layer3(GString *text, const KsNetwork *network, const char *device, IfcfgProblems *problems)
{
    gboolean asks_server = append_ipv4(text, network, problems);
    append_ipv6(text, network, device);
    append_names(text, network, asks_server || ks_has(network, KS_IPV6));
}
