/* Plans run on a kernel in memory: from every half-configured state, and broken off after every operation,
 * `start` comes to the configured state, finds nothing to do then, and leaves alone what is not ours. */
#include "world.h"
#include <net/if.h>
#include <string.h>

#define VIP "10.0.11.100/24"

#define BONDS                                                                                                \
    "@ifcfg-bond0\nDEVICE=bond0\nIPADDR=10.0.11.2\nPREFIX=24\n"                                              \
    "BONDING_OPTS=\"mode=1 primary=eth0 miimon=100 updelay=5000\"\n"                                         \
    "@ifcfg-bond1\nDEVICE=bond1\nIPADDR=172.16.11.2\nPREFIX=24\nMTU=9000\nMACADDR=02:00:00:00:00:11\n"       \
    "BONDING_OPTS=\"mode=4 miimon=50 lacp_rate=fast queue_id=eth2:1\"\n"                                     \
    "@ifcfg-eth0\nMASTER=bond0\nSLAVE=yes\n@ifcfg-eth1\nMASTER=bond0\nSLAVE=yes\n"                           \
    "@ifcfg-eth2\nMASTER=bond1\nSLAVE=yes\n@ifcfg-eth3\nMASTER=bond1\nSLAVE=yes\n"                           \
    "@ifcfg-bond2\nDEVICE=bond2\n"                                                                           \
    "BONDING_OPTS=\"mode=1 arp_interval=500 arp_ip_target=10.2.0.2,10.2.0.1 arp_validate=all "               \
    "fail_over_mac=1\"\n"                                                                                    \
    "@ifcfg-eth5\nMASTER=bond2\nSLAVE=yes\n"
#define NIC                                                                                                  \
    "@ifcfg-eth4\nDEVICE=eth4\nIPADDR=192.0.2.10\nPREFIX=24\nIPADDR1=198.51.100.1\nPREFIX1=25\nGATEWAY=192." \
    "0.2.1\n"                                                                                                \
    "MTU=1400\nSRCADDR=192.0.2.10\n"                                                                         \
    "@ifcfg-eth4:1\nIPADDR=192.0.2.11\nPREFIX=24\n"                                                          \
    "@route-eth4\n203.0.113.0/24 via 192.0.2.1\nunreachable 10.9.0.0/16\n"                                   \
    "@rule-eth4\nfrom 192.0.2.10 table 100 priority 100\n"
#define FILES "@/etc/sysconfig/network\nNETWORKING=yes\n" BONDS NIC

typedef struct {
    const char *name;
    void (*damage)(Sim *sim);
} Damage;

static void taken(char *refused)
{
    g_assert_cmpstr(refused, ==, NULL);
    g_free(refused);
}

static void release_all(Sim *sim, const char *const *ports)
{
    for (; *ports; ports++)
        sim_release(sim, *ports);
}

static const char *const ports_of_bond0[] = {"eth0", "eth1", NULL};

static void wrong_mode(Sim *sim)
{
    release_all(sim, ports_of_bond0);
    sim_set_up(sim, "bond0", FALSE);
    taken(sim_set_option(sim, "bond0", "mode", "balance-rr"));
    taken(sim_enslave(sim, "eth0", "bond0"));
    taken(sim_enslave(sim, "eth1", "bond0"));
    sim_set_up(sim, "bond0", TRUE);
}

static void other_options(Sim *sim)
{
    taken(sim_set_option(sim, "bond0", "updelay", "200"));
    taken(sim_set_option(sim, "bond0", "resend_igmp", "7"));
    taken(sim_set_option(sim, "bond0", "primary", "eth1"));
    taken(sim_set_port_option(sim, "eth2", "queue_id", "5"));
}

static void other_miimon(Sim *sim)
{
    taken(sim_set_option(sim, "bond0", "miimon", "50"));
}

static void no_miimon(Sim *sim)
{
    taken(sim_set_option(sim, "bond0", "miimon", "0"));
}

static void arp_instead(Sim *sim)
{
    taken(sim_set_option(sim, "bond0", "arp_interval", "1000"));
    taken(sim_set_option(sim, "bond0", "arp_ip_target", "10.0.11.1"));
    taken(sim_set_option(sim, "bond0", "arp_validate", "all"));
}

static void mii_instead(Sim *sim)
{
    taken(sim_set_option(sim, "bond2", "miimon", "100"));
}

static void slow_lacp(Sim *sim)
{
    sim_set_up(sim, "bond1", FALSE);
    taken(sim_set_option(sim, "bond1", "lacp_rate", "slow"));
    sim_set_up(sim, "bond1", TRUE);
}

static void no_fail_over_mac(Sim *sim)
{
    sim_release(sim, "eth5");
    taken(sim_set_option(sim, "bond2", "fail_over_mac", "none"));
    taken(sim_enslave(sim, "eth5", "bond2"));
}

static void port_missing(Sim *sim)
{
    sim_release(sim, "eth0");
}

static void port_missing_and_up(Sim *sim)
{
    sim_release(sim, "eth1");
    sim_set_up(sim, "eth1", TRUE);
}

static void all_ports_missing(Sim *sim)
{
    release_all(sim, ports_of_bond0);
}

static void port_down(Sim *sim)
{
    sim_set_up(sim, "eth0", FALSE);
}

static void foreign_port(Sim *sim)
{
    taken(sim_enslave(sim, "eth6", "bond0"));
}

static void ports_swapped(Sim *sim)
{
    sim_release(sim, "eth1");
    sim_release(sim, "eth2");
    taken(sim_enslave(sim, "eth1", "bond1"));
    taken(sim_enslave(sim, "eth2", "bond0"));
}

static void port_in_bridge(Sim *sim)
{
    sim_add_device(sim, "br0", "bridge");
    sim_release(sim, "eth1");
    sim_set_up(sim, "eth1", TRUE);
    taken(sim_enslave(sim, "eth1", "br0"));
}

static void bond_down(Sim *sim)
{
    sim_set_up(sim, "bond0", FALSE);
    sim_set_up(sim, "bond1", FALSE);
}

static void other_macs(Sim *sim)
{
    sim_link(sim, "bond0")->mac.bytes[3] = 0xaa;
    sim_link(sim, "bond1")->mac.bytes[3] = 0xaa;
}

static void other_mtu(Sim *sim)
{
    sim_link(sim, "bond1")->mtu = 1500;
    sim_link(sim, "eth4")->mtu = 1500;
}

static void addresses_missing(Sim *sim)
{
    sim_drop_addresses(sim, "bond0");
    sim_add_address(sim, "bond0", VIP); /* is not ours */
    sim_drop_addresses(sim, "eth4");
}

static void other_prefix_length(Sim *sim)
{
    sim_drop_addresses(sim, "eth4");
    sim_add_address(sim, "eth4", "192.0.2.10/16");
}

static void routes_missing(Sim *sim)
{
    sim_drop_routes(sim);
    sim_drop_rules(sim);
}

static void other_default_route(Sim *sim)
{
    sim_add_route(sim, "eth4", "default via 192.0.2.99 dev eth4");
}

static void nic_down(Sim *sim)
{
    sim_set_up(sim, "eth4", FALSE);
}

static void loopback_down(Sim *sim)
{
    sim_set_up(sim, "lo", FALSE);
}

static const Damage damages[] = {
    {"wrong-mode", wrong_mode},
    {"other-options", other_options},
    {"other-miimon", other_miimon},
    {"no-miimon", no_miimon},
    {"arp-instead-of-mii", arp_instead},
    {"mii-instead-of-arp", mii_instead},
    {"slow-lacp", slow_lacp},
    {"no-fail-over-mac", no_fail_over_mac},
    {"port-missing", port_missing},
    {"port-missing-and-up", port_missing_and_up},
    {"all-ports-missing", all_ports_missing},
    {"port-down", port_down},
    {"ports-swapped", ports_swapped},
    {"port-in-bridge", port_in_bridge},
    {"bond-down", bond_down},
    {"other-macs", other_macs},
    {"other-mtu", other_mtu},
    {"addresses-missing", addresses_missing},
    {"other-prefix-length", other_prefix_length},
    {"routes-missing", routes_missing},
    {"other-default-route", other_default_route},
    {"nic-down", nic_down},
    {"loopback-down", loopback_down},
};

static void start(World *world, guint limit)
{
    world_run(world, NET_PLAN_START, NULL, limit);
}

/* Files, then what is not theirs, then the damage. */
static World *damaged_world(const Damage *damage)
{
    World *world = world_new(FILES);
    start(world, WORLD_ALL);
    sim_add_address(world->sim, "bond0", VIP);
    damage->damage(world->sim);
    return world;
}

static void check_repaired(const World *world, const Damage *damage)
{
    world_assert_settled(world, damage->name);
    g_assert_true(sim_has_address(world->sim, "bond0", VIP));
    g_assert_cmpint(sim_link(world->sim, "eth6")->master, ==, 0);
}

static void test_damage(gconstpointer data)
{
    const Damage *damage = data;
    g_autoptr(World) world = damaged_world(damage);
    g_autofree char *work = world_work(world, NET_PLAN_START, NULL);
    int ifindex = sim_link(world->sim, "bond0")->ifindex;
    g_assert_cmpstr(work, !=, ""); /* else this damages nothing */
    start(world, WORLD_ALL);
    check_repaired(world, damage);
    g_assert_cmpint(sim_link(world->sim, "bond0")->ifindex, ==, ifindex);
}

/* What somebody else made a port is theirs: it stays, and is told. */
static void test_foreign_port(void)
{
    g_autoptr(World) world = world_new(FILES);
    start(world, WORLD_ALL);
    foreign_port(world->sim);
    g_autofree char *work = world_work(world, NET_PLAN_START, NULL);
    g_assert_cmpstr(work, ==, "");
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_START, NULL);
    g_autofree char *text = net_plan_format(plan);
    g_assert_nonnull(strstr(text, "note: port eth6 stays: somebody else added it, and no file names it\n"));
}

static void test_damage_interrupted(gconstpointer data)
{
    const Damage *damage = data;
    for (guint k = 0;; k++) {
        g_autoptr(World) world = damaged_world(damage);
        guint done = world_run(world, NET_PLAN_START, NULL, k);
        start(world, WORLD_ALL);
        check_repaired(world, damage);
        if (done < k)
            break;
    }
}

static void test_damage_stop(gconstpointer data)
{
    g_autoptr(World) world = damaged_world(data);
    world_run(world, NET_PLAN_STOP, NULL, WORLD_ALL);
    g_assert_true(sim_has_address(world->sim, "bond0", VIP));
    g_assert_null(sim_link(world->sim, "bond1"));
    g_assert_null(sim_link(world->sim, "bond2"));
    g_assert_false(sim_has_address(world->sim, "bond0", "10.0.11.2/24"));
    g_assert_cmpuint(world->sim->picture->routes->len, ==, 0);
    g_assert_cmpuint(world->sim->picture->rules->len, ==, 0);
    start(world, WORLD_ALL);
    check_repaired(world, data);
}

static void test_start_interrupted(void)
{
    for (guint k = 0;; k++) {
        g_autoptr(World) world = world_new(FILES);
        guint done = world_run(world, NET_PLAN_START, NULL, k);
        start(world, WORLD_ALL);
        world_assert_settled(world, "interrupted start");
        if (done < k)
            break;
    }
}

static void assert_bare(const World *world)
{
    for (guint i = 0; i < world->sim->picture->links->len; i++) {
        const ObservedLink *link = g_ptr_array_index(world->sim->picture->links, i);
        g_assert_cmpstr(link->kind, ==, NULL);
        if (link->flags & IFF_UP)
            g_error("%s is still up", link->name);
    }
    g_assert_cmpuint(world->sim->picture->addresses->len, ==, 0);
    g_assert_cmpuint(world->sim->picture->routes->len, ==, 0);
    g_assert_cmpuint(world->sim->picture->rules->len, ==, 0);
    g_assert_cmpuint(world->ledger->entries->len, ==, 0);
}

static void test_stop_interrupted(void)
{
    for (guint k = 0;; k++) {
        g_autoptr(World) world = world_new(FILES);
        start(world, WORLD_ALL);
        guint done = world_run(world, NET_PLAN_STOP, NULL, k);
        world_run(world, NET_PLAN_STOP, NULL, WORLD_ALL);
        assert_bare(world);
        g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_STOP, NULL);
        g_assert_cmpuint(plan->groups->len, ==, 0);
        if (done < k)
            break;
    }
}

/* What an interrupted start left is all in the ledger: `stop` finds it, also when the files are gone. */
static void test_stop_after_interrupted_start(void)
{
    for (guint k = 0;; k++) {
        g_autoptr(World) world = world_new(FILES);
        guint done = world_run(world, NET_PLAN_START, NULL, k);
        world_reload(world, "@/etc/sysconfig/network\nNETWORKING=yes\n");
        world_run(world, NET_PLAN_STOP, NULL, WORLD_ALL);
        assert_bare(world);
        if (done < k)
            break;
    }
}

#define SWAPPED                                                                                              \
    "@/etc/sysconfig/network\nNETWORKING=yes\n"                                                              \
    "@ifcfg-bond1\nDEVICE=bond1\nIPADDR=172.16.11.3\nPREFIX=24\nBONDING_OPTS=\"mode=6\"\n"                   \
    "@ifcfg-eth0\nMASTER=bond1\nSLAVE=yes\n@ifcfg-eth4\nMASTER=bond1\nSLAVE=yes\n"                           \
    "@ifcfg-eth2\nDEVICE=eth2\nIPADDR=192.0.2.77\nPREFIX=24\nGATEWAY=192.0.2.1\n"                            \
    "@ifcfg-eth3\nDEVICE=eth3\nONBOOT=no\nIPADDR=192.0.2.78\nPREFIX=24\n"

/* Everything moves: a bond's port becomes a NIC with an address, a NIC a port, a bond changes its ports,
 * others vanish. */
static void test_files_changed(void)
{
    for (guint k = 0;; k++) {
        g_autoptr(World) world = world_new(FILES);
        start(world, WORLD_ALL);
        world_reload(world, SWAPPED);
        guint done = world_run(world, NET_PLAN_RESTART, NULL, k);
        world_run(world, NET_PLAN_RESTART, NULL, WORLD_ALL);
        world_assert_settled(world, "changed files");
        g_assert_null(sim_link(world->sim, "bond0"));
        g_assert_null(sim_link(world->sim, "bond2"));
        g_assert_false(sim_has_address(world->sim, "eth4", "192.0.2.10/24"));
        g_assert_false(sim_has_address(world->sim, "eth4", "192.0.2.11/24"));
        g_assert_false(sim_has_address(world->sim, "bond1", "172.16.11.2/24"));
        g_assert_cmpuint(world->sim->picture->rules->len, ==, 0);
        g_assert_null(net_ledger_find(world->ledger, "eth4"));
        if (done < k)
            break;
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(damages); i++) {
        g_autofree char *whole = g_strdup_printf("/converge/%s/repaired", damages[i].name);
        g_autofree char *interrupted = g_strdup_printf("/converge/%s/interrupted", damages[i].name);
        g_autofree char *stopped = g_strdup_printf("/converge/%s/stopped", damages[i].name);
        g_test_add_data_func(whole, &damages[i], test_damage);
        g_test_add_data_func(interrupted, &damages[i], test_damage_interrupted);
        g_test_add_data_func(stopped, &damages[i], test_damage_stop);
    }
    g_test_add_func("/converge/foreign-port", test_foreign_port);
    g_test_add_func("/converge/start-interrupted", test_start_interrupted);
    g_test_add_func("/converge/stop-interrupted", test_stop_interrupted);
    g_test_add_func("/converge/stop-after-interrupted-start", test_stop_after_interrupted_start);
    g_test_add_func("/converge/files-changed", test_files_changed);
    return g_test_run();
}
