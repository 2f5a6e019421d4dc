/* What every link has: asked for, found, put on record, and given back. */
#include "picture-text.h"
#include "plan/op.h"
#include "plan/verify.h"
#include "state/attributes.h"
#include "tree.h"
#include "world.h"
#include <linux/if_addr.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

#define ETH0                                                                                                 \
    "@ifcfg-eth0\nIPADDR=192.0.2.9\nPREFIX=24\nNOZEROCONF=yes\nARPCHECK=no\nARPUPDATE=no\nLINKDELAY=0\n"
#define BOND                                                                                                 \
    "@ifcfg-bond0\nTYPE=Bond\nIPADDR=192.0.2.9\nPREFIX=24\nNOZEROCONF=yes\nARPCHECK=no\nARPUPDATE=no\n"
#define PORT "@ifcfg-eth1\nMASTER=bond0\nSLAVE=yes\n"

static const LedgerEntry *entry_of(const World *world, const char *dev)
{
    return net_ledger_find(world->ledger, dev);
}

static void assert_attributes(const World *world, const char *dev, const char *expected)
{
    const LedgerEntry *entry = entry_of(world, dev);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; entry && i < entry->attributes->len; i++)
        g_string_append_printf(text, "%s%s", i ? " " : "", (char *)g_ptr_array_index(entry->attributes, i));
    g_assert_cmpstr(text->str, ==, expected);
}

static void assert_work(const World *world, NetPlanVerb verb, const char *name, const char *expected)
{
    g_autofree char *work = world_work(world, verb, name);
    g_assert_cmpstr(work, ==, expected);
}

/* Every row is read from a link, and what is set is read back. */
static void test_rows(void)
{
    g_autoptr(ObservedLink) link = observed_link_new("eth0", 2);
    link->flags = IFF_NOARP | IFF_PROMISC;
    link->mtu = 1500;
    g_autoptr(LinkValues) values = net_observed_attributes(link);
    g_assert_cmpstr(link_values_find(values, "arp"), ==, "off");
    g_assert_cmpstr(link_values_find(values, "promisc"), ==, "on");
    g_assert_cmpstr(link_values_find(values, "multicast"), ==, "off");
    g_assert_cmpstr(link_values_find(values, "mtu"), ==, "1500");
    g_assert_cmpstr(link_values_find(values, "addrgenmode"), ==, "eui64");
    g_assert_null(link_values_find(values, "mac"));
    for (gsize i = 0; i < link_attributes.own.n; i++) {
        const LinkOption *option = &link_attributes.own.rows[i];
        g_autoptr(LinkSettings) settings = link_settings_new(&link_attributes);
        g_autofree char *sample = link_option_sample(option, NULL);
        const LinkSetting *setting = link_settings_ask(settings, option->name, sample, (IfcfgWhere){0});
        g_assert_nonnull(setting);
        if (!observed_link_set_attribute(link, setting)) {
            g_assert_cmpstr(option->name, ==, "mac");
            continue;
        }
        g_autoptr(GPtrArray) differences = net_attribute_differences(settings, link);
        g_assert_cmpuint(differences->len, ==, 0);
    }
}

static void test_removed_key(void)
{
    g_autoptr(World) world = world_new(ETH0 "MTU=9000\nARP=no\nMACADDR=02:00:00:00:00:01\n");
    world_run(world, NET_PLAN_UP, "eth0", WORLD_ALL);
    assert_attributes(world, "eth0", "mac=52:54:00:00:00:02 mtu=1500 arp=on");
    assert_work(world, NET_PLAN_UP, "eth0", "");
    world_reload(world, ETH0 "MTU=8000\nARP=no\n");
    world_run(world, NET_PLAN_UP, "eth0", WORLD_ALL);
    assert_attributes(world, "eth0", "arp=on mtu=1500");
    g_assert_cmpuint(sim_link(world->sim, "eth0")->mac.bytes[5], ==, 2);
    world_reload(world, ETH0);
    assert_work(world, NET_PLAN_UP, "eth0",
                "eth0: set arp on, as it was before\neth0: set mtu 1500, as it was before\n");
    world_run(world, NET_PLAN_UP, "eth0", WORLD_ALL);
    assert_attributes(world, "eth0", "");
    assert_work(world, NET_PLAN_UP, "eth0", "");
}

/* What others have set is theirs. */
static void test_not_ours(void)
{
    g_autoptr(World) world = world_new(ETH0 "MTU=9000\n");
    sim_link(world->sim, "eth0")->mtu = 9000;
    world_run(world, NET_PLAN_UP, "eth0", WORLD_ALL);
    assert_attributes(world, "eth0", "");
    world_reload(world, ETH0);
    assert_work(world, NET_PLAN_UP, "eth0", "");
}

static void test_down(void)
{
    g_autoptr(World) world = world_new(ETH0 "MTU=9000\n");
    world_run(world, NET_PLAN_UP, "eth0", WORLD_ALL);
    world_run(world, NET_PLAN_DOWN, "eth0", WORLD_ALL);
    g_assert_cmpuint(sim_link(world->sim, "eth0")->mtu, ==, 1500);
    g_assert_null(entry_of(world, "eth0"));
}

static void test_arp_filter(void)
{
    g_autoptr(World) world = world_new(ETH0);
    world_run(world, NET_PLAN_UP, "eth0", WORLD_ALL);
    world_reload(world, ETH0 "SRCADDR=192.0.2.9\n");
    assert_work(world, NET_PLAN_UP, "eth0", "eth0: set arp_filter on\n");
    world_run(world, NET_PLAN_UP, "eth0", WORLD_ALL);
    assert_work(world, NET_PLAN_UP, "eth0", "");
    world_reload(world, ETH0);
    assert_work(world, NET_PLAN_UP, "eth0", "eth0: set arp_filter off, as it was before\n");
}

/* A bond's MTU reaches its ports, is the kernel's default when no file names it any more, and a port that
 * somebody changed is mended. */
static void test_bond(void)
{
    g_autoptr(World) world = world_new(BOND "MTU=9000\n" PORT);
    world_run(world, NET_PLAN_UP, "bond0", WORLD_ALL);
    assert_attributes(world, "bond0", "mtu=");
    g_assert_cmpuint(sim_link(world->sim, "eth1")->mtu, ==, 9000);
    assert_work(world, NET_PLAN_UP, "bond0", "");
    sim_link(world->sim, "eth1")->mtu = 1500;
    assert_work(world, NET_PLAN_UP, "bond0", "eth1: set mtu 9000\n");
    world_run(world, NET_PLAN_UP, "bond0", WORLD_ALL);
    assert_attributes(world, "bond0", "mtu=");
    world_reload(world, BOND PORT);
    assert_work(world, NET_PLAN_UP, "bond0", "bond0: set mtu 1500, as it was before\n");
    world_run(world, NET_PLAN_UP, "bond0", WORLD_ALL);
    g_assert_cmpuint(sim_link(world->sim, "eth1")->mtu, ==, 1500);
    assert_work(world, NET_PLAN_UP, "bond0", "");
}

static void test_port_mtu_verified(void)
{
    g_autoptr(World) world = world_new(BOND PORT "MTU=9000\n");
    world_run(world, NET_PLAN_UP, "bond0", WORLD_ALL);
    g_assert_cmpuint(sim_link(world->sim, "eth1")->mtu, ==, 9000);
    sim_link(world->sim, "eth1")->mtu = 1500;
    g_autoptr(NetObserved) observed = sim_observe(world->sim);
    g_autoptr(GPtrArray) list = net_verify(net_model_find(world->model, "bond0"), observed);
    g_assert_cmpuint(list->len, ==, 1);
    g_assert_cmpstr(((const NetDifference *)g_ptr_array_index(list, 0))->message, ==,
                    "MTU of eth1 is 1500, expected 9000");
}

#define TWO_PORTS "@ifcfg-eth1\nMASTER=bond0\nSLAVE=yes\n@ifcfg-eth2\nMASTER=bond0\nSLAVE=yes\n"
#define ACTIVE(port) BOND "BONDING_OPTS='mode=1 miimon=100 active_slave=" port "'\n" TWO_PORTS

static void set_active(const World *world, const char *port)
{
    const ObservedLink *bond = sim_link(world->sim, "bond0");
    link_values_set(bond->own, link_table_find(bond->own->table, "active_slave"), port);
}

/* What changes by itself is set when the file says something new, once, and never because it has changed. */
static void test_active_slave(void)
{
    g_autoptr(World) world = world_new(ACTIVE("eth2"));
    g_autofree char *work = world_work(world, NET_PLAN_UP, "bond0");
    g_assert_nonnull(strstr(work, "bond0: set active_slave=eth2\n"));
    world_run(world, NET_PLAN_UP, "bond0", WORLD_ALL);
    g_assert_cmpstr(net_ledger_list_value(entry_of(world, "bond0")->written, "active_slave"), ==, "eth2");
    set_active(world, "eth1");
    assert_work(world, NET_PLAN_UP, "bond0", "");
    world_reload(world, ACTIVE("eth1"));
    assert_work(world, NET_PLAN_UP, "bond0", "");
    world_run(world, NET_PLAN_UP, "bond0", WORLD_ALL);
    g_assert_cmpstr(net_ledger_list_value(entry_of(world, "bond0")->written, "active_slave"), ==, "eth1");
    world_reload(world, ACTIVE("eth2"));
    assert_work(world, NET_PLAN_UP, "bond0", "bond0: set active_slave=eth2\n");
    world_run(world, NET_PLAN_UP, "bond0", WORLD_ALL);
    set_active(world, "eth1");
    assert_work(world, NET_PLAN_UP, "bond0", "");
    world_reload(world, BOND "BONDING_OPTS='mode=1 miimon=100'\n" TWO_PORTS);
    world_run(world, NET_PLAN_UP, "bond0", WORLD_ALL);
    g_assert_null(net_ledger_list_value(entry_of(world, "bond0")->written, "active_slave"));
}

/* Somebody else's: an address with a lifetime, and a neighbour for good. */
static void add_foreign(const World *world, const char *dev)
{
    const ObservedLink *link = sim_link(world->sim, dev);
    ObservedNeighbour neighbour = {.ifindex = link->ifindex,
                                   .mac = {.length = 6, .bytes = {2, 0, 0, 0, 0, 9}}};
    IfcfgPrefix prefix;
    g_assert_true(ifcfg_ip_parse("2001:db8::9", AF_INET6, &neighbour.ip));
    g_array_append_val(world->sim->picture->neighbours, neighbour);
    g_assert_true(ifcfg_ip_parse("192.0.2.77", AF_INET, &neighbour.ip));
    g_array_append_val(world->sim->picture->neighbours, neighbour);
    neighbour = (ObservedNeighbour){.ifindex = link->ifindex, .ip = neighbour.ip, .is_proxy = TRUE};
    g_array_append_val(world->sim->picture->neighbours, neighbour);
    g_assert_true(ifcfg_prefix_parse("2001:db8::2/64", AF_INET6, &prefix));
    ObservedAddress *address = g_new0(ObservedAddress, 1);
    *address =
        (ObservedAddress){.ifindex = link->ifindex, .prefix = prefix, .valid = 3600, .preferred = 1800};
    net_observed_add_address(world->sim->picture, address);
}

static const NetOp *find_op(const NetPlan *plan, NetOpType type)
{
    for (guint i = 0; i < plan->ops->len; i++)
        if (((const NetOp *)g_ptr_array_index(plan->ops, i))->type == type)
            return g_ptr_array_index(plan->ops, i);
    return NULL;
}

static void test_bounce(void)
{
    g_autoptr(World) world = world_new(BOND "BONDING_OPTS='mode=4 miimon=100'\n" PORT);
    world_run(world, NET_PLAN_UP, "bond0", WORLD_ALL);
    add_foreign(world, "bond0");
    world_reload(world, BOND "BONDING_OPTS='mode=4 miimon=100 lacp_rate=fast'\n" PORT);
    g_autofree char *work = world_work(world, NET_PLAN_UP, "bond0");
    g_assert_nonnull(strstr(work, "bond0: set down\n"));
    g_assert_nonnull(strstr(work, "bond0: add address 2001:db8::2/64 for 3600 s\n"));
    g_assert_nonnull(strstr(work, "bond0: add neighbour 2001:db8::9 with mac 02:00:00:00:00:09\n"));
    g_assert_nonnull(strstr(work, "bond0: add neighbour 192.0.2.77 with mac 02:00:00:00:00:09\n"));
    g_assert_nonnull(strstr(work, "bond0: add neighbour proxy 192.0.2.77\n"));
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_UP, "bond0");
    const NetOp *back = find_op(plan, NET_OP_ADDR_ADD);
    g_assert_true(back->is_back && back->address->no_dad);
    g_assert_cmpuint(back->address->preferred, ==, 1800);
    world_run(world, NET_PLAN_UP, "bond0", WORLD_ALL);
    g_assert_cmpuint(world->sim->picture->neighbours->len, ==, 3);
    assert_work(world, NET_PLAN_UP, "bond0", "");
}

/* Somebody's nexthop object falls with the device, and the route by it comes back without. */
static void test_bounce_nexthop_object(void)
{
    g_autoptr(World) world =
        world_new(BOND "IPADDR=10.0.11.2\nPREFIX=24\nBONDING_OPTS='mode=4 miimon=100'\n" PORT);
    world_run(world, NET_PLAN_UP, "bond0", WORLD_ALL);
    sim_add_route(world->sim, "bond0", "10.9.0.0/16 via 10.0.11.9");
    IfcfgRoute *route = g_ptr_array_index(world->sim->picture->routes, world->sim->picture->routes->len - 1);
    route->nhid = 7;
    world_reload(world,
                 BOND "IPADDR=10.0.11.2\nPREFIX=24\nBONDING_OPTS='mode=4 miimon=100 lacp_rate=fast'\n" PORT);
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_UP, "bond0");
    g_autofree char *text = net_plan_format(plan);
    g_assert_nonnull(strstr(text, "bond0: add route 10.9.0.0/16 via 10.0.11.9 dev bond0"));
    g_assert_null(strstr(text, "nhid"));
    g_assert_nonnull(
        strstr(text, "somebody else's route to 10.9.0.0/16 was by the nexthop object 7, which falls with "
                     "bond0: it comes back with the same gateway, without the object"));
    world_run(world, NET_PLAN_UP, "bond0", WORLD_ALL);
    assert_work(world, NET_PLAN_UP, "bond0", "");
}

static char *plan_text_of(World *world, const char *files)
{
    world_reload(world, files);
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_RESTART, NULL);
    return net_plan_format(plan);
}

/* What rules the packets of a device stays when it is bounced, and goes when it is made anew. */
static void test_traffic_control(void)
{
    g_autoptr(World) world = world_new("@ifcfg-front\nVLAN=yes\nPHYSDEV=eth0\nVID=5\n@ifcfg-eth0\n");
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    sim_link(world->sim, "front")->qdisc = g_strdup("tbf");
    sim_link(world->sim, "front")->has_xdp = TRUE;
    g_autofree char *live = plan_text_of(
                        world, "@ifcfg-front\nVLAN=yes\nPHYSDEV=eth0\nVID=5\nMTU=1400\n@ifcfg-eth0\n"),
                    *anew = plan_text_of(world, "@ifcfg-front\nVLAN=yes\nPHYSDEV=eth0\nVID=6\n@ifcfg-eth0\n");
    g_assert_null(strstr(live, "queueing"));
    g_assert_nonnull(strstr(anew, "front is made anew, and somebody's queueing discipline on it (tbf) goes: "
                                  "set it again with \"tc qdisc\""));
    g_assert_nonnull(
        strstr(anew, "front is made anew, and somebody's XDP program on it goes: attach it again"));
}

/* All that somebody chose of an address is there again. */
static void test_bounce_keeps_choices(void)
{
    g_autoptr(World) world = world_new(BOND "BONDING_OPTS='mode=4 miimon=100'\n" PORT);
    world_run(world, NET_PLAN_UP, "bond0", WORLD_ALL);
    ObservedAddress *address = g_new0(ObservedAddress, 1);
    *address = (ObservedAddress){.ifindex = sim_link(world->sim, "bond0")->ifindex,
                                 .flags = IFA_F_PERMANENT | IFA_F_NOPREFIXROUTE | IFA_F_HOMEADDRESS,
                                 .metric = 50,
                                 .protocol = 99};
    g_assert_true(ifcfg_prefix_parse("2001:db8::3/128", AF_INET6, &address->prefix));
    g_assert_true(ifcfg_ip_parse("2001:db8::4", AF_INET6, &address->peer));
    net_observed_add_address(world->sim->picture, address);
    g_autoptr(NetObserved) before = net_observed_copy(world->sim->picture);
    world_reload(world, BOND "BONDING_OPTS='mode=4 miimon=100 lacp_rate=fast'\n" PORT);
    g_autofree char *work = world_work(world, NET_PLAN_UP, "bond0");
    g_assert_nonnull(
        strstr(work, "bond0: add address 2001:db8::3/128 peer 2001:db8::4 metric 50 noprefixroute\n"));
    world_run(world, NET_PLAN_UP, "bond0", WORLD_ALL);
    g_autofree char *difference = picture_difference(before, world->sim->picture);
    g_assert_cmpstr(difference, ==, "+ option bond0 lacp_rate=fast\n- option bond0 lacp_rate=slow\n");
}

/* One that comes up as it was has nothing to put back, and what goes down loses them. */
static void test_neighbours_stay_and_go(void)
{
    g_autoptr(World) world = world_new(ETH0);
    world_run(world, NET_PLAN_UP, "eth0", WORLD_ALL);
    add_foreign(world, "eth0");
    assert_work(world, NET_PLAN_UP, "eth0", "");
    world_run(world, NET_PLAN_DOWN, "eth0", WORLD_ALL);
    g_assert_cmpuint(world->sim->picture->neighbours->len, ==, 0);
}

/* An option of a port that the file no longer has is the kernel's default again. */
static void test_port_options(void)
{
    g_autoptr(World) world =
        world_new(BOND "BONDING_OPTS='mode=1 miimon=100 queue_id=eth1:2 prio=eth1:7'\n" TWO_PORTS);
    world_run(world, NET_PLAN_UP, "bond0", WORLD_ALL);
    assert_work(world, NET_PLAN_UP, "bond0", "");
    world_reload(world, BOND "BONDING_OPTS='mode=1 miimon=100'\n" TWO_PORTS);
    assert_work(world, NET_PLAN_UP, "bond0", "eth1: as a port of bond0: set queue_id=0 prio=0\n");
    world_run(world, NET_PLAN_UP, "bond0", WORLD_ALL);
    assert_work(world, NET_PLAN_UP, "bond0", "");
}

/* The driver has chosen an option itself, as it does for cards that cannot change their MAC: no port leaves
 * for that, unless a file names it. */
static void test_chosen_by_driver(void)
{
    g_autoptr(World) world = world_new(BOND "BONDING_OPTS='mode=1 miimon=100'\n" TWO_PORTS);
    world_run(world, NET_PLAN_UP, "bond0", WORLD_ALL);
    sim_release(world->sim, "eth1");
    sim_release(world->sim, "eth2");
    g_autofree char *refused = sim_set_option(world->sim, "bond0", "fail_over_mac", "active");
    g_assert_null(refused);
    world_run(world, NET_PLAN_UP, "bond0", WORLD_ALL);
    assert_work(world, NET_PLAN_UP, "bond0", "");
    world_reload(world, BOND "BONDING_OPTS='mode=1 miimon=100 fail_over_mac=none'\n" TWO_PORTS);
    g_autofree char *work = world_work(world, NET_PLAN_UP, "bond0");
    g_assert_nonnull(strstr(work, "fail_over_mac=none"));
}

/* An option that needs the bond down, and has no effect in its mode, waits until it does so anyway. */
static void test_without_effect(void)
{
    g_autoptr(World) world = world_new(BOND "BONDING_OPTS='mode=1 miimon=100'\n" TWO_PORTS);
    world_run(world, NET_PLAN_UP, "bond0", WORLD_ALL);
    world_reload(world, BOND "BONDING_OPTS='mode=1 miimon=100 ad_select=count'\n" TWO_PORTS);
    assert_work(world, NET_PLAN_UP, "bond0", "");
    world_reload(world, BOND "BONDING_OPTS='mode=4 miimon=100 ad_select=count'\n" TWO_PORTS);
    g_autofree char *work = world_work(world, NET_PLAN_UP, "bond0");
    g_assert_nonnull(strstr(work, "ad_select=count"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/attributes/bounce-nexthop-object", test_bounce_nexthop_object);
    g_test_add_func("/attributes/rows", test_rows);
    g_test_add_func("/attributes/removed-key", test_removed_key);
    g_test_add_func("/attributes/not-ours", test_not_ours);
    g_test_add_func("/attributes/down", test_down);
    g_test_add_func("/attributes/arp-filter", test_arp_filter);
    g_test_add_func("/attributes/bond", test_bond);
    g_test_add_func("/attributes/port-mtu-verified", test_port_mtu_verified);
    g_test_add_func("/attributes/active-slave", test_active_slave);
    g_test_add_func("/attributes/bounce", test_bounce);
    g_test_add_func("/attributes/traffic-control", test_traffic_control);
    g_test_add_func("/attributes/bounce-keeps-choices", test_bounce_keeps_choices);
    g_test_add_func("/attributes/chosen-by-driver", test_chosen_by_driver);
    g_test_add_func("/attributes/without-effect", test_without_effect);
    g_test_add_func("/attributes/neighbours", test_neighbours_stay_and_go);
    g_test_add_func("/attributes/port-options", test_port_options);
    return g_test_run();
}
