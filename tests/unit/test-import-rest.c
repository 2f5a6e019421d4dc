/* What an import carries over by keys of their own, and what it names since no key is about it. On a real
 * kernel: tests/bats/import.bats, tests/guest/import.bats. */
#include "families.h"
#include "load.h"
#include "tree.h"
#include "writing/import.h"
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>

/* An interface with one thing more than any has, the lines that its file gets for it (NULL: none), and what
 * is said. */
typedef struct {
    const char *name;
    void (*set)(NetObserved *picture, ObservedLink *link);
    const char *lines, *said;
} Row;

static void set_extras(G_GNUC_UNUSED NetObserved *picture, ObservedLink *link)
{
    link->extras = g_strdup("altname lan, gso_max_size 4000");
}

static void set_qdisc(G_GNUC_UNUSED NetObserved *picture, ObservedLink *link)
{
    link->qdisc = g_strdup("tbf");
}

static void set_xdp(G_GNUC_UNUSED NetObserved *picture, ObservedLink *link)
{
    link->has_xdp = TRUE;
}

static void set_entries(G_GNUC_UNUSED NetObserved *picture, ObservedLink *link)
{
    link->fixed_entries = 3;
}

static void set_neighbour(NetObserved *picture, ObservedLink *link)
{
    ObservedNeighbour neighbour = {.ifindex = link->ifindex};
    ifcfg_ip_parse("10.0.0.9", AF_INET, &neighbour.ip);
    g_array_append_val(picture->neighbours, neighbour);
}

static void set_functions(G_GNUC_UNUSED NetObserved *picture, ObservedLink *link)
{
    link->functions = 4;
}

static void set_secret(G_GNUC_UNUSED NetObserved *picture, ObservedLink *link)
{
    link->confs[NET_CONF_ADDR_GEN_MODE] = 2;
    link->has_secret = TRUE;
}

static void set_sysctls(NetObserved *picture, ObservedLink *link)
{
    picture->sysctls_default[NET_SYSCTL_RP_FILTER] = 2;
    link->sysctls[NET_SYSCTL_RP_FILTER] = 2;
    link->sysctls[NET_SYSCTL_ARP_IGNORE] = 1;
    link->sysctls[NET_SYSCTL_DAD_TAKEN] = -1; /* the kernel's choice */
    link->confs[NET_CONF_FORWARDING] = 1;
    link->confs[NET_CONF_ADDR_GEN_MODE] = 1;
}

static void set_no_router(G_GNUC_UNUSED NetObserved *picture, ObservedLink *link)
{
    link->confs[NET_CONF_AUTOCONF] = link->confs[NET_CONF_ACCEPT_RA] = 0;
    link->confs[NET_CONF_ACCEPT_REDIRECTS] = 0;
}

static void set_forced(NetObserved *picture, ObservedLink *link)
{
    set_no_router(picture, link);
    link->confs[NET_CONF_ACCEPT_RA] = 1;
}

static void set_identifiers(G_GNUC_UNUSED NetObserved *picture, ObservedLink *link)
{
    link->confs[NET_CONF_USE_TEMPADDR] = 1;
    link->confs[NET_CONF_ADDR_GEN_MODE] = 2;
    link->confs[NET_CONF_ACCEPT_RA_DEFRTR] = 0;
    ifcfg_ip_parse("::7", AF_INET6, &link->token);
}

static void set_features(G_GNUC_UNUSED NetObserved *picture, ObservedLink *link)
{
    link->ethtool = ethtool_state_new();
    ethtool_state_put(link->ethtool, "-K", "rx-gro", "off");
    ethtool_state_put(link->ethtool, "-K", "tx-tcp-segmentation", "off [fixed]");
    ethtool_state_put(link->ethtool, "-K", "tx-scatter-gather", "on");
    ethtool_state_put(link->ethtool, "-K", "tx-checksum-ip-generic", "on");
    ethtool_state_put(link->ethtool, "-K", "tx-checksum-ipv4", "off"); /* for that one */
    ethtool_state_put(link->ethtool, "-K", "rx-fcs", "on");
    ethtool_state_put(link->ethtool, "-K", "rx-all", "off");
}

static void address_add(NetObserved *picture, const ObservedLink *link, const char *text, guint32 flags)
{
    ObservedAddress *address = g_new0(ObservedAddress, 1);
    address->ifindex = link->ifindex;
    address->flags = flags | IFA_F_PERMANENT;
    picture->tells_protocols = TRUE;
    g_assert_true(ifcfg_prefix_parse(text, AF_UNSPEC, &address->prefix));
    net_observed_add_address(picture, address);
}

static void set_flags(NetObserved *picture, ObservedLink *link)
{
    address_add(picture, link, "2001:db8::1/64", IFA_F_NODAD | IFA_F_HOMEADDRESS);
    address_add(picture, link, "2001:db8::2/64", IFA_F_MANAGETEMPADDR);
    address_add(picture, link, "10.0.0.2/24", IFA_F_MCAUTOJOIN);
}

static void route_add(NetObserved *picture, const char *line, guint8 protocol, guint32 expires)
{
    g_autoptr(IfcfgRtNames) names = ifcfg_rtnames_load("/nonexistent");
    int family = strchr(line, ':') ? AF_INET6 : AF_INET;
    IfcfgRoute *route = ifcfg_route_parse(line, family, names, (IfcfgWhere){0}, NULL);
    g_assert_nonnull(route);
    route->table = RT_TABLE_MAIN;
    route->protocol = protocol;
    route->expires = expires;
    net_observed_add_route(picture, route);
}

static void set_routes(NetObserved *picture, G_GNUC_UNUSED ObservedLink *link)
{
    route_add(picture, "10.1.0.0/16 dev eth0", RTPROT_BIRD, 0);
    route_add(picture, "10.2.0.0/16 dev eth0", RTPROT_BIRD, 0);
    route_add(picture, "10.3.0.0/16 dev eth0", 77, 0);
    route_add(picture, "10.4.0.0/16 dev eth0", RTPROT_DHCP, 0);
    route_add(picture, "2001:db8:1::/48 dev eth0", RTPROT_BOOT, 600);
    route_add(picture, "2001:db8:2::/48 dev eth0", RTPROT_RA, 600);
    route_add(picture, "10.5.0.0/16 dev eth9", RTPROT_BIRD, 0);
    route_add(picture, "blackhole 10.6.0.0/16", RTPROT_BOOT, 0);
}

static void set_rules(NetObserved *picture, G_GNUC_UNUSED ObservedLink *link)
{
    static const char *const lines[] = {"from 10.0.0.1 table 7 priority 5",
                                        "from 10.0.0.2 table 7 priority 6"};
    for (guint i = 0; i < G_N_ELEMENTS(lines); i++) {
        IfcfgRule *rule = ifcfg_rule_parse(lines[i], AF_INET, NULL, (IfcfgWhere){0}, NULL);
        rule->protocol = i ? RTPROT_ZEBRA : RTPROT_BOOT;
        net_observed_add_rule(picture, rule);
    }
}

static const Row rows[] = {
    {"other names and limits", set_extras, NULL,
     "eth0: no key sets altname lan, gso_max_size 4000: a hook in up.d can\n"},
    {"a queueing discipline", set_qdisc, NULL,
     "eth0: no key sets its queueing discipline (tbf): a hook in up.d can\n"},
    {"XDP", set_xdp, NULL,
     "eth0: a program looks at what comes in (XDP): whoever put it there has to do so again\n"},
    {"entries of a forwarding table", set_entries, NULL,
     "eth0: no key sets fixed entries of its forwarding table (3): a hook in up.d can\n"},
    {"a neighbour", set_neighbour, NULL,
     "eth0: no key sets neighbours that are entered for good (1): a hook in up.d can\n"},
    {"virtual functions", set_functions, NULL,
     "eth0: no key sets the virtual functions of its card (SR-IOV, 4): a hook in up.d can\n"},
    {"a secret of somebody", set_secret, "IPV6_ADDR_GEN_MODE=stable-privacy",
     "eth0: no key sets the secret that its IPv6 addresses are made of "
     "(net.ipv6.conf.eth0.stable_secret): /etc/sysctl.conf can, else it gets one of its own, and other "
     "addresses\n"},
    {"sysctls", set_sysctls, NULL,
     "eth0: no key sets what it has of sysctl and new devices have not (ipv6 forwarding=1, ipv6 "
     "addr_gen_mode=1, ipv4 arp_ignore=1): /etc/sysctl.conf can\n"},
    {"no routers", set_no_router, "IPV6_AUTOCONF=no", ""},
    {"routers, but no addresses by them", set_forced, "IPV6_AUTOCONF=no IPV6_FORCE_ACCEPT_RA=yes", ""},
    {"identifiers of IPv6", set_identifiers,
     "IPV6_PRIVACY=rfc3041 IPV6_PRIVACY_PREFER_PUBLIC_IP=yes IPV6_TOKEN=::7 "
     "IPV6_ADDR_GEN_MODE=stable-privacy IPV6_DEFROUTE=no",
     ""},
    {"features of a card", set_features, "ETHTOOL_OPTS=\"-K eth0 rx-gro off rx-fcs on\"", ""},
    {"flags of addresses", set_flags,
     "IPADDR=10.0.0.2 PREFIX=24 IPV6ADDR=2001:db8::2/64 IPV6ADDR_SECONDARIES=2001:db8::1/64",
     "eth0: the address 10.0.0.2/24: that its group is joined (autojoin) cannot be written in a file\n"
     "eth0: the address 2001:db8::2/64: that it makes temporary ones (mngtmpaddr) cannot be written in a "
     "file: IPV6_PRIVACY is about those of routers\n"
     "eth0: the address 2001:db8::1/64: that it is the home address of a mobile host cannot be written in a "
     "file\n"
     "eth0: the address 2001:db8::1/64: that nobody is asked whether he has it (nodad) cannot be written in "
     "a "
     "file\n"},
    {"routes of programs, one that ends, and one that no file can have", set_routes, NULL,
     "eth0: the route to 2001:db8:1::/48 ends in 600 s, and is not written\n"
     "\"blackhole 10.6.0.0/16 table main proto boot\" is not written: no interface has an address whose file "
     "it could be "
     "in\n"
     "routes of protocol bird are not written (2, the first: 10.1.0.0/16): the "
     "program that set them has to do so again\n"
     "routes of protocol 77 are not written (1, the first: 10.3.0.0/16): the "
     "program that set them has to do so again\n"},
    {"rules of programs, and one that no file can have", set_rules, NULL,
     "\"priority 5 from 10.0.0.1/32 table 7 protocol boot\" is not written: no interface has an address "
     "whose "
     "file it could be in\n"
     "rules of protocol zebra are not written (1, the first: priority 6 from 10.0.0.2/32 table 7 protocol "
     "zebra): the program that set them has to do so again\n"},
};

static ObservedLink *link_add(NetObserved *picture, const char *name, int ifindex)
{
    ObservedLink *link = observed_link_new(name, ifindex);
    link->flags = IFF_UP;
    link->mtu = 1500;
    link->mac = link->perm_mac = (IfcfgMac){.bytes = {2, 0, 0, 0, 0, (guint8)ifindex}, .length = 6};
    net_observed_add_link(picture, link);
    return link;
}

/* Without what every file has. */
static char *lines_of(const char *text)
{
    static const char *const usual[] = {"DEVICE=", "TYPE=", "ONBOOT=", "BOOTPROTO=", "NOZEROCONF=", NULL};
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    GString *rest = g_string_new(NULL);
    for (char **line = lines; *line; line++) {
        gboolean is_usual = !**line;
        for (gsize i = 0; usual[i]; i++)
            is_usual |= g_str_has_prefix(*line, usual[i]);
        if (!is_usual)
            g_string_append_printf(rest, "%s%s", rest->len ? " " : "", *line);
    }
    return g_string_free(rest, FALSE);
}

static void expect(const NetObserved *picture, const char *const *lines, const char *said)
{
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(GPtrArray) ifaces = net_import(picture, iface_kinds, NULL, problems);
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func((GDestroyNotify)ifcfg_text_free);
    g_autoptr(GString) all = g_string_new(NULL);
    for (guint i = 0; i < ifaces->len; i++) {
        net_iface_write(ifaces->pdata[i], NULL, texts, problems);
        g_autofree char *rest = lines_of(((const IfcfgText *)texts->pdata[i])->text);
        g_assert_cmpstr(rest, ==, lines[i] ? lines[i] : "");
    }
    for (guint i = 0; i < ifcfg_problems_length(problems); i++)
        g_string_append_printf(all, "%s\n", ifcfg_problems_get(problems, i)->message);
    g_assert_cmpstr(all->str, ==, said);
}

static void test_row(gconstpointer data)
{
    const Row *row = data;
    g_autoptr(NetObserved) picture = net_observed_new();
    row->set(picture, link_add(picture, "eth0", 2));
    expect(picture, &row->lines, row->said);
}

/* A bridge that filters VLANs, with two ports. */
static void test_bridge_vlans(void)
{
    static const char *const lines[] = {"BRIDGING_OPTS=vlan_filtering=on BRIDGE_VLANS=20",
                                        "BRIDGE=br0 BRIDGE_PORT_VLANS=\"20-30,40 pvid untagged\"",
                                        "BRIDGE=br0", "BRIDGE=br0 BRIDGE_PORT_VLANS=5"};
    static const char *const vlans[] = {"1 pvid untagged,20", "1 untagged,20-30,40 pvid untagged",
                                        "1 pvid untagged", "5"};
    g_autoptr(NetObserved) picture = net_observed_new();
    ObservedLink *bridge = link_add(picture, "br0", 7);
    bridge->kind = g_strdup("bridge");
    bridge->own = link_values_new(&bridge_family, &bridge_family.own);
    link_values_set(bridge->own, link_table_find(&bridge_family.own, "vlan_filtering"), "on");
    link_values_set(bridge->own, link_table_find(&bridge_family.own, "default_pvid"), "1");
    bridge->vlans = g_strdup(vlans[0]);
    for (guint i = 1; i < G_N_ELEMENTS(vlans); i++) {
        g_autofree char *name = g_strdup_printf("eth%u", i);
        ObservedLink *port = link_add(picture, name, (int)i + 20);
        net_observed_set_master(picture, port, bridge->ifindex);
        port->vlans = g_strdup(vlans[i]);
    }
    bridge->mac = ((const ObservedLink *)net_observed_link(picture, "eth1"))->mac;
    expect(
        picture, lines,
        "eth3: no key keeps the VLAN 1 of br0 from it, which each port of that bridge has: give the bridge "
        "default_pvid=0\n");
}

/* A card of InfiniBand, and a partition of it. */
static void test_infiniband(void)
{
    static const char *const lines[] = {"CONNECTED_MODE=yes MTU=65520",
                                        "PHYSDEV=ib0 PKEY=yes PKEY_ID=32771 MTU=2044"};
    g_autoptr(NetObserved) picture = net_observed_new();
    for (guint i = 0; i < 2; i++) {
        ObservedLink *link = link_add(picture, i ? "ib0.8003" : "ib0", (int)i + 2);
        link->kind = g_strdup("ipoib");
        link->mac.length = link->perm_mac.length = 20;
        link->lower = i ? 2 : 0;
        link->mtu = i ? 2044 : 65520;
        link->own = link_values_new(&ipoib_family, &ipoib_family.own);
        link_values_set(link->own, link_table_find(&ipoib_family.own, "mode"), i ? "datagram" : "connected");
        link_values_set(link->own, link_table_find(&ipoib_family.own, "pkey"), i ? "32771" : "65535");
    }
    expect(picture, lines, "");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *path = g_strdup_printf("/import/rest/%s", rows[i].name);
        g_test_add_data_func(path, &rows[i], test_row);
    }
    g_test_add_func("/import/rest/VLANs of a bridge", test_bridge_vlans);
    g_test_add_func("/import/rest/InfiniBand", test_infiniband);
    return g_test_run();
}
