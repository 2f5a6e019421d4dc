/* Operations with random contents, names of odd bytes among them. */
#include "op-random.h"
#include "bond-family.h"
#include "model/iface.h"
#include <string.h>
#include <sys/socket.h>

static const char *const routes[] = {
    "4 10.0.0.0/8 via 192.0.2.1",
    "4 default via 10.0.0.1 dev eth0 metric 100",
    "6 default via fe80::1 dev eth0",
    "4 blackhole 192.0.2.0/24 table 500",
    "4 10.1.0.0/16 proto static scope link src 192.0.2.9 mtu lock 1400 initcwnd 20",
    "4 10.2.0.0/16 nexthop via 192.0.2.1 weight 1 nexthop via 192.0.2.2 weight 3",
    "4 10.3.0.0/16 nexthop via 192.0.2.1 encap mpls 100/200 ttl 5 nexthop via 192.0.2.2 encap ip id 9 dst "
    "192.0.2.7 key",
    "6 2001:db8::/32 dev eth0 encap seg6 mode encap segs 2001:db8::1,2001:db8::2",
};
static const char *const rules[] = {
    "4 from 10.0.0.1 table 5",
    "6 from 2001:db8::/32 fwmark 0x1/0xff table 100 priority 50",
    "4 not from all iif eth0 sport 80-90 prohibit",
};

/* A name as the kernel takes it: anything but NUL, `/`, `:` and blanks. */
static const char *random_text(NetPlan *plan)
{
    guint length = (guint)g_test_rand_int_range(1, 15);
    char *text = g_malloc0(length + 1);
    for (guint i = 0; i < length; i++)
        do
            text[i] = (char)g_test_rand_int_range(1, 256);
        while (strchr("/: \t\n\v\f\r", text[i]));
    return net_pool_keep(plan->pool, text, g_free);
}

static const char *random_or_null(NetPlan *plan)
{
    return g_test_rand_bit() ? random_text(plan) : NULL;
}

static guint random_number(void)
{
    return g_test_rand_bit() ? (guint)g_test_rand_int() : 0;
}

/* Of few files, since their names are kept for ever. */
static IfcfgWhere random_where(void)
{
    static const char *const files[] = {"/etc/ifcfg-eth0", "/etc/a b:c%\xff\n"};
    IfcfgWhere where = {0};
    if (g_test_rand_bit())
        where = (IfcfgWhere){g_intern_string(files[g_test_rand_bit()]), random_number(), random_number()};
    return where;
}

static IfcfgMac random_mac(void)
{
    IfcfgMac mac = {.length = g_test_rand_bit() ? 6 : g_test_rand_bit() ? 20 : 0};
    for (guint i = 0; i < mac.length; i++)
        mac.bytes[i] = (guint8)g_test_rand_int();
    return mac;
}

static const NetAddress *random_address(NetPlan *plan)
{
    static const char *const prefixes[] = {"10.0.11.2/24", "192.0.2.1/32", "2001:db8::1/64"};
    IfcfgPrefix prefix;
    g_assert_true(
        ifcfg_prefix_parse(prefixes[g_test_rand_int_range(0, G_N_ELEMENTS(prefixes))], AF_UNSPEC, &prefix));
    NetAddress *address = net_address_new(&prefix, random_or_null(plan), random_where());
    if (prefix.ip.family == AF_INET && g_test_rand_bit())
        address->broadcast = ifcfg_prefix_broadcast(&prefix);
    address->scope = (guint8)g_test_rand_int();
    address->check = g_test_rand_bit();
    address->announce = g_test_rand_bit();
    address->valid = random_number();
    address->preferred = random_number();
    address->no_dad = g_test_rand_bit();
    if (g_test_rand_bit())
        address->peer = ifcfg_prefix_network(&prefix).ip;
    address->flags = random_number();
    address->metric = random_number();
    address->protocol = (guint8)g_test_rand_int();
    return net_pool_keep(plan->pool, address, (GDestroyNotify)net_address_free);
}

static int family_of(const char *args)
{
    return args[0] == '6' ? AF_INET6 : AF_INET;
}

static const IfcfgRoute *random_route(NetPlan *plan)
{
    const char *args = routes[g_test_rand_int_range(0, G_N_ELEMENTS(routes))];
    IfcfgRoute *route = ifcfg_route_parse(args + 2, family_of(args), NULL, random_where(), NULL);
    g_assert_nonnull(route);
    return net_pool_keep(plan->pool, route, (GDestroyNotify)ifcfg_route_free);
}

static const IfcfgRule *random_rule(NetPlan *plan)
{
    const char *args = rules[g_test_rand_int_range(0, G_N_ELEMENTS(rules))];
    IfcfgRule *rule = ifcfg_rule_parse(args + 2, family_of(args), NULL, random_where(), NULL);
    g_assert_nonnull(rule);
    return net_pool_keep(plan->pool, rule, (GDestroyNotify)ifcfg_rule_free);
}

static const GPtrArray *random_settings(NetPlan *plan)
{
    GPtrArray *settings = g_ptr_array_new_with_free_func(g_free);
    for (gint n = g_test_rand_int_range(0, 4); n > 0; n--) {
        LinkSetting *setting = g_new0(LinkSetting, 1);
        const LinkTable *table = g_test_rand_bit() ? &bond_family.own : &bond_family.port;
        const LinkOption *option =
            g_test_rand_bit() ? &table->rows[g_test_rand_int_range(0, (gint32)table->n)] : NULL;
        *setting = (LinkSetting){.option = option,
                                 .name = (char *)(option ? option->name : random_text(plan)),
                                 .text = (char *)(g_test_rand_bit() ? random_text(plan) : ""),
                                 .number = -(gint64)random_number(),
                                 .port = (char *)random_or_null(plan),
                                 .implied = g_test_rand_bit(),
                                 .where = random_where()};
        g_ptr_array_add(settings, setting);
    }
    return net_pool_keep(plan->pool, settings, (GDestroyNotify)g_ptr_array_unref);
}

static char *random_word(NetPlan *plan)
{
    return g_strdup(random_or_null(plan));
}

static const NetLease *random_lease(NetPlan *plan)
{
    NetLease *lease = g_new0(NetLease, 1);
    *lease = (NetLease){.family = g_test_rand_bit() ? AF_INET : AF_INET6,
                        .client = (NetClient)g_test_rand_int_range(0, NET_CLIENT_LAST),
                        .hostname = random_word(plan),
                        .fqdn = random_word(plan),
                        .client_id = random_word(plan),
                        .vendor_class = random_word(plan),
                        .args = random_word(plan),
                        .conf = random_word(plan),
                        .leases = random_word(plan),
                        .is_red_hat = g_test_rand_bit(),
                        .sends_hostname = g_test_rand_bit(),
                        .releases = g_test_rand_bit(),
                        .is_fatal = g_test_rand_bit(),
                        .takes_dns = g_test_rand_bit(),
                        .takes_ntp = g_test_rand_bit(),
                        .takes_routes = g_test_rand_bit(),
                        .takes_default = g_test_rand_bit(),
                        .metric = g_test_rand_bit() ? -1 : (gint64)random_number(),
                        .timeout_s = random_number(),
                        .where = random_where()};
    return net_pool_keep(plan->pool, lease, (GDestroyNotify)net_lease_free);
}

static const LinkSetting *random_attribute(NetPlan *plan)
{
    const LinkTable *table = &link_attributes.own;
    const LinkOption *option = &table->rows[g_test_rand_int_range(0, (gint32)table->n)];
    g_autofree char *text = link_option_sample(option, NULL);
    LinkSettings *settings = link_settings_new(&link_attributes);
    net_pool_keep(plan->pool, settings, (GDestroyNotify)link_settings_free);
    return link_settings_ask(settings, option->name, text, random_where());
}

static NetNames *names_make(void)
{
    NetNames *names = net_names_new();
    net_names_add_words(names->servers, g_test_rand_bit() ? "192.0.2.53 2001:db8::53" : "192.0.2.1");
    net_names_add_words(names->search, g_test_rand_bit() ? "example.com odd%zone" : "");
    net_names_add_words(names->options, g_test_rand_bit() ? "timeout:1 rotate" : "");
    return names;
}

static const NetNames *random_names(NetPlan *plan)
{
    NetNames *names = names_make();
    names->where = random_where();
    return net_pool_keep(plan->pool, names, (GDestroyNotify)net_names_free);
}

static const GPtrArray *random_shares(NetPlan *plan)
{
    ResolvConf conf = {0};
    resolv_conf_init(&conf);
    for (gint n = g_test_rand_int_range(0, 4); n > 0; n--) {
        g_autoptr(NetNames) names = names_make();
        resolv_conf_note(&conf, random_text(plan), random_number(), names);
    }
    return net_pool_keep(plan->pool, conf.shares, (GDestroyNotify)g_ptr_array_unref);
}

static const EthtoolRequest *random_ethtool(NetPlan *plan)
{
    static const char *const texts[] = {"speed 100 duplex full", "-K eth1 tso off gro on",
                                        "-U eth0 flow-type ip4"};
    g_autoptr(GPtrArray) requests = ethtool_options_parse(
        texts[g_test_rand_int_range(0, (gint32)G_N_ELEMENTS(texts))], "eth0", random_where(), NULL);
    return net_pool_keep(plan->pool, g_ptr_array_steal_index(requests, 0),
                         (GDestroyNotify)ethtool_request_free);
}

static const NetRun *random_run(NetPlan *plan)
{
    NetRun *run = net_pool_keep(plan->pool, net_run_new(random_number()), (GDestroyNotify)net_run_free);
    for (gint n = g_test_rand_int_range(1, 4); n > 0; n--)
        net_run_add(run, g_strsplit(g_test_rand_bit() ? "/sbin/ifup-local|eth0" : "/x y/z|a b|up", "|", -1),
                    g_test_rand_bit());
    run->environment = g_test_rand_bit() ? g_strsplit("PATH=/bin|X=a b%", "|", -1) : NULL;
    run->folder = g_test_rand_bit() ? g_strdup("/etc") : NULL;
    run->is_trusted = g_test_rand_bit();
    return run;
}

static void fill_link(NetOp *op, NetPlan *plan)
{
    switch (op->type) {
    case NET_OP_LINK_WAIT:
    case NET_OP_DAD_WAIT:
        op->wait.timeout_ms = random_number();
        op->wait.mac = random_mac();
        op->wait.why = random_or_null(plan);
        op->wait.hint = random_or_null(plan);
        op->wait.address = g_test_rand_bit() ? random_address(plan) : NULL;
        break;
    case NET_OP_LINK_ADD:
        op->create.family = &bond_family;
        op->create.lower = random_or_null(plan);
        op->create.settings = g_test_rand_bit() ? random_settings(plan) : NULL;
        op->create.mac = random_mac();
        op->create.mtu = random_number();
        break;
    case NET_OP_LINK_DELETE:
        op->master = random_or_null(plan);
        break;
    case NET_OP_LINK_ATTR:
        op->attr.setting = random_attribute(plan);
        op->attr.before = random_or_null(plan);
        op->attr.gives_back = g_test_rand_bit();
        break;
    case NET_OP_PORT_ADD:
    case NET_OP_PORT_REMOVE:
        op->master = random_text(plan);
        break;
    case NET_OP_LINK_SET:
    case NET_OP_PORT_SET:
        op->set.family = &bond_family;
        op->set.settings = random_settings(plan);
        op->set.controller = random_text(plan);
        break;
    case NET_OP_CARRIER_WAIT:
        op->carrier.timeout_ms = random_number();
        op->carrier.port_delay_ms = random_number();
        op->carrier.partner = g_test_rand_bit() ? random_text(plan) : NULL;
        op->carrier.but = g_test_rand_bit() ? random_text(plan) : NULL;
        break;
    default:
        break;
    }
}

static void fill_service(NetOp *op, NetPlan *plan)
{
    switch (op->type) {
    case NET_OP_LEASE_GET:
    case NET_OP_LEASE_DROP:
        op->lease.lease = random_lease(plan);
        op->lease.others = random_or_null(plan);
        break;
    case NET_OP_ETHTOOL_SET:
        op->ethtool.request = random_ethtool(plan);
        op->ethtool.delay_us = random_number();
        break;
    case NET_OP_HOOK_RUN:
        op->hook.run = random_run(plan);
        op->hook.record = random_or_null(plan);
        break;
    case NET_OP_VLANS_ADD:
    case NET_OP_VLANS_DELETE:
        op->vlans.list = random_text(plan);
        op->vlans.record = random_or_null(plan);
        op->vlans.is_self = g_test_rand_bit();
        break;
    case NET_OP_TEAMD_START:
        op->teamd.config = random_text(plan);
        break;
    case NET_OP_ZONE_SET:
        op->zone.name = random_text(plan);
        G_GNUC_FALLTHROUGH;
    case NET_OP_ZONE_DROP:
        op->zone.firewalld = ((guint64)random_number() << 32) | random_number();
        break;
    case NET_OP_NAMES_SET:
        op->names.share = random_names(plan);
        G_GNUC_FALLTHROUGH;
    case NET_OP_NAMES_DROP:
        op->names.rank = random_number();
        op->names.known = random_shares(plan);
        break;
    default:
        fill_link(op, plan);
        break;
    }
}

static const NetNexthop *random_nexthop(NetPlan *plan)
{
    static const char *const texts[] = {"id 7 via 10.0.0.1 dev eth0",
                                        "id 4000000000 via fe80::1 dev e%x onlink",
                                        "id 1 via 2001:db8::1 dev b0 onlink proto 186"};
    NetNexthop *nexthop = net_nexthop_parse(texts[g_test_rand_int_range(0, G_N_ELEMENTS(texts))]);
    return net_pool_keep(plan->pool, nexthop, (GDestroyNotify)net_nexthop_free);
}

static void fill_rest(NetOp *op, NetPlan *plan)
{
    switch (op->type) {
    case NET_OP_MODULE_LOAD:
        op->module.name = random_text(plan);
        op->module.options = random_or_null(plan);
        break;
    case NET_OP_ADDR_PROBE:
        op->probe.address = random_address(plan);
        op->probe.tries = random_number();
        op->probe.timeout_ms = random_number();
        break;
    case NET_OP_ADDR_ADD:
    case NET_OP_ADDR_DELETE:
    case NET_OP_ADDR_ANNOUNCE:
        op->address = random_address(plan);
        break;
    case NET_OP_NEIGH_ADD:
        g_assert_true(ifcfg_ip_parse("2001:db8::9", AF_UNSPEC, &op->neighbour.ip));
        op->neighbour.is_proxy = g_test_rand_bit();
        op->neighbour.mac = random_mac();
        break;
    case NET_OP_SYSCTL_SET:
        op->sysctl.key = random_text(plan);
        op->sysctl.value = random_text(plan);
        op->sysctl.before = random_or_null(plan);
        op->sysctl.gives_back = g_test_rand_bit();
        break;
    case NET_OP_ROUTE_ADD:
    case NET_OP_ROUTE_DELETE:
        op->route = random_route(plan);
        op->metric_plus_ifindex = g_test_rand_bit();
        op->replace = g_test_rand_bit();
        op->by_nexthop = random_number();
        break;
    case NET_OP_NEXTHOP_SET:
    case NET_OP_NEXTHOP_DELETE:
        op->nexthop.item = random_nexthop(plan);
        op->nexthop.replaces = g_test_rand_bit();
        break;
    case NET_OP_RULE_ADD:
    case NET_OP_RULE_DELETE:
        op->rule = random_rule(plan);
        break;
    default:
        fill_service(op, plan);
        break;
    }
}

void op_random(NetOp *op, NetOpType type, NetPlan *plan)
{
    *op = (NetOp){.type = type,
                  .phase = (NetPhase)g_test_rand_int_range(0, NET_PHASE_LAST),
                  .severity = (NetSeverity)g_test_rand_int_range(NET_FATAL, NET_WARN + 1),
                  .group = random_number(),
                  .depth = (guint8)random_number(),
                  .dev = random_or_null(plan),
                  .owner = random_or_null(plan),
                  .forget = g_test_rand_bit(),
                  .where = random_where()};
    fill_rest(op, plan);
}
