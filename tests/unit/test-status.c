/* `netsvc status`: what is told of each interface, as it is found. */
#include "commands/status-rows.h"
#include "commands/status-text.h"
#include "world.h"
#include <string.h>

static const char files[] =
    "@/etc/sysconfig/network\nNETWORKING=yes\n"
    "@ifcfg-bond0\nBONDING_OPTS=\"mode=active-backup miimon=100\"\nIPADDR=10.0.11.2\nPREFIX=24\n"
    "@ifcfg-eth0\nMASTER=bond0\nSLAVE=yes\n@ifcfg-eth1\nMASTER=bond0\nSLAVE=yes\n"
    "@ifcfg-eth2\nIPADDR=10.0.12.2\nPREFIX=24\nMTU=1400\n"
    "@ifcfg-eth3\nONBOOT=no\nIPADDR=10.0.13.2\nPREFIX=24\n"
    "@ifcfg-eth4\nTYPE=Wireless\n";

static World *world_up(void)
{
    World *world = world_new(files);
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    for (guint i = 0; i < 2; i++) {
        ObservedLink *port = sim_link(world->sim, i ? "eth1" : "eth0");
        port->carrier = port->port_is_ready = TRUE;
    }
    sim_link(world->sim, "eth2")->carrier = TRUE;
    return world;
}

static GPtrArray *rows_of(const World *world, const char *const *names, NetObserved **ret_observed)
{
    *ret_observed = sim_observe(world->sim);
    return status_rows(world->model, *ret_observed, names);
}

/* Of one interface, "state|ports|addresses|what is wrong"; and the worst of all. */
static void assert_row(const World *world, const char *name, const char *expected, StatusHealth worst)
{
    g_autoptr(NetObserved) observed = NULL;
    g_autoptr(GPtrArray) rows = rows_of(world, NULL, &observed);
    g_autofree char *text = status_lines(rows);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++) {
        g_auto(GStrv) fields = g_strsplit(*line, "\t", -1);
        if (!*fields || !g_str_equal(fields[0], name))
            continue;
        g_autofree char *got = g_strjoin("|", fields[1], fields[2], fields[3], fields[5], NULL);
        g_assert_cmpstr(got, ==, expected);
        g_assert_cmpint(status_rows_worst(rows), ==, worst);
        return;
    }
    g_error("no row of %s in\n%s", name, text);
}

static void test_ok(void)
{
    g_autoptr(World) world = world_up();
    assert_row(world, "bond0", "ok|eth0 eth1|10.0.11.2/24|", HEALTH_OK);
    assert_row(world, "eth2", "ok||10.0.12.2/24|", HEALTH_OK);
    assert_row(world, "eth3", "down|||", HEALTH_OK);
    assert_row(
        world, "eth4",
        "not ours|||ifcfg-eth4:1: TYPE=Wireless: netsvc brings up no wireless device; NetworkManager or "
        "wpa_supplicant does",
        HEALTH_OK);
    assert_row(world, "eth7", "not ours|||", HEALTH_OK);
}

static void test_active(void)
{
    g_autoptr(World) world = world_up();
    ObservedLink *bond = sim_link(world->sim, "bond0");
    link_values_set(bond->own, link_table_find(bond->own->table, "active_slave"), "eth1");
    assert_row(world, "bond0", "ok|(eth0) eth1*|10.0.11.2/24|", HEALTH_OK);
}

static void test_cable(void)
{
    g_autoptr(World) world = world_up();
    sim_link(world->sim, "eth1")->carrier = FALSE;
    assert_row(
        world, "bond0",
        "degraded|eth0 [eth1]|10.0.11.2/24|ifcfg-bond0: no carrier on port eth1: check cable and switch; "
        "it works with the 1 that is left",
        HEALTH_DEGRADED);
}

static void test_only_cable(void)
{
    g_autoptr(World) world = world_up();
    sim_link(world->sim, "eth2")->carrier = FALSE;
    assert_row(
        world, "eth2",
        "degraded||10.0.12.2/24|ifcfg-eth2: no carrier: check cable and switch; nothing can be reached by it",
        HEALTH_DEGRADED);
}

/* LACP: one port has its partner, the other one hears nobody. */
static void test_lacp(void)
{
    g_autoptr(World) world = world_new("@/etc/sysconfig/network\nNETWORKING=yes\n"
                                       "@ifcfg-bond0\nBONDING_OPTS=\"mode=4 miimon=100\"\n"
                                       "@ifcfg-eth0\nMASTER=bond0\nSLAVE=yes\n"
                                       "@ifcfg-eth1\nMASTER=bond0\nSLAVE=yes\n");
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    ObservedLink *ready = sim_link(world->sim, "eth0"), *silent = sim_link(world->sim, "eth1");
    ready->carrier = silent->carrier = ready->port_is_ready = silent->port_is_silent = TRUE;
    assert_row(world, "bond0", "ok|eth0 [eth1]||", HEALTH_OK);
}

static void test_differs(void)
{
    g_autoptr(World) world = world_up();
    sim_link(world->sim, "eth2")->mtu = 9000;
    sim_add_address(world->sim, "eth2", "192.0.2.9/32");
    assert_row(world, "eth2", "differs||10.0.12.2/24 192.0.2.9/32|ifcfg-eth2:3: MTU is 9000, expected 1400",
               HEALTH_DIFFERS);
}

static void test_down(void)
{
    g_autoptr(World) world = world_up();
    sim_set_up(world->sim, "eth2", FALSE);
    assert_row(
        world, "eth2",
        "down||10.0.12.2/24|ifcfg-eth2: the link is not up; ifcfg-eth2: route 169.254.0.0/16 (zeroconf) "
        "is missing",
        HEALTH_DIFFERS);
}

static void test_nothing_up(void)
{
    g_autoptr(World) world = world_new(files);
    assert_row(world, "bond0", "down|[eth0] [eth1]||ifcfg-bond0: the device is not there", HEALTH_DOWN);
}

/* Nothing is wider than the terminal, but what is one word. */
static void test_table(void)
{
    g_autoptr(World) world = world_up();
    g_autoptr(NetObserved) observed = NULL;
    sim_link(world->sim, "eth0")->carrier = FALSE;
    const char *const names[] = {"bond0", "eth0", NULL};
    g_autoptr(GPtrArray) rows = rows_of(world, names, &observed);
    g_autofree char *table = status_table(rows, 50);
    g_assert_cmpstr(table, ==,
                    "interface  state     ports        file\n"
                    "bond0      degraded  [eth0] eth1  ifcfg-bond0\n"
                    "    10.0.11.2/24\n"
                    "    ifcfg-bond0: no carrier on port eth0: check\n"
                    "      cable and switch; it works with the 1 that\n"
                    "      is left\n"
                    "eth0       degraded               ifcfg-eth0\n"
                    "    ifcfg-eth0: no carrier: check cable and\n"
                    "      switch; nothing can be reached by it\n");
}

static void test_json(void)
{
    g_autoptr(World) world = world_up();
    g_autoptr(NetObserved) observed = NULL;
    sim_link(world->sim, "eth2")->mtu = 9000;
    g_autoptr(GPtrArray) rows = rows_of(world, NULL, &observed);
    g_autofree char *json = status_json(rows);
    g_assert_nonnull(strstr(json, "\"state\" : \"differs\""));
    g_assert_nonnull(strstr(json, "\"message\" : \"MTU is 9000, expected 1400\""));
    g_assert_nonnull(strstr(json, "\"line\" : 3"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/status/ok", test_ok);
    g_test_add_func("/status/active", test_active);
    g_test_add_func("/status/cable", test_cable);
    g_test_add_func("/status/only-cable", test_only_cable);
    g_test_add_func("/status/lacp", test_lacp);
    g_test_add_func("/status/differs", test_differs);
    g_test_add_func("/status/down", test_down);
    g_test_add_func("/status/nothing-up", test_nothing_up);
    g_test_add_func("/status/table", test_table);
    g_test_add_func("/status/json", test_json);
    return g_test_run();
}
