/* The MAC of a device that was made with MACADDR, when its file has none any more. */
#include "world.h"
#include <string.h>

/* What the record has of it: "mac=": as it was made. */
static gboolean is_on_record(const World *world, const char *dev)
{
    const LedgerEntry *entry = net_ledger_find(world->ledger, dev);
    return entry && net_ledger_list_value(entry->attributes, "mac");
}

/* What a device that was made with MACADDR has without it: a VLAN that of the card below, a bridge the least
 * of its ports'; what draws one by lot keeps what it has. */
static void test_mac_of_made(void)
{
    static const struct {
        const char *file, *mac;
    } made[] = {
        {"VLAN=yes\nPHYSDEV=eth3\nVID=5\n", "52:54:00:00:00:05"},
        {"TYPE=Bridge\nDELAY=0\n@ifcfg-eth3\nBRIDGE=x\n@ifcfg-eth2\nBRIDGE=x\n", "52:54:00:00:00:04"},
        {"TYPE=Bridge\nDELAY=0\n", NULL},
        {"TYPE=Macvlan\nPHYSDEV=eth3\n", NULL},
        {"TYPE=VXLAN\nVXLAN_ID=5\nPEER_OUTER_IPADDR=192.0.2.1\nPHYSDEV=eth3\n", NULL},
        {"TYPE=Dummy\n", NULL},
        {"TYPE=Veth\nPEER=y\n", NULL},
    };
    static const char own[] = "02:00:00:00:00:99";
    for (gsize i = 0; i < G_N_ELEMENTS(made); i++) {
        g_autofree char *with = g_strdup_printf("@ifcfg-eth3\n@ifcfg-x\nMACADDR=%s\n%s", own, made[i].file),
                        *without = g_strdup_printf("@ifcfg-eth3\n@ifcfg-x\n%s", made[i].file);
        g_autoptr(World) world = world_new(with);
        world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
        world_reload(world, without);
        world_run(world, NET_PLAN_RELOAD, NULL, WORLD_ALL);
        g_autofree char *mac = ifcfg_mac_format(&sim_link(world->sim, "x")->mac);
        g_assert_cmpstr(mac, ==, made[i].mac ? made[i].mac : own);
        g_assert_false(is_on_record(world, "x"));
        world_assert_settled(world, made[i].file);
    }
}

/* While a bridge lacks its port it has zeros, or what was drawn: neither is what it goes back to, and one
 * that it was given is not set again. */
static void test_mac_without_port(void)
{
#define SWITCH "@ifcfg-eth9\nBRIDGE=x\n@ifcfg-x\nTYPE=Bridge\nDELAY=0\n"
    g_autoptr(GString) refused = g_string_new(NULL);
    g_autoptr(World) world = world_new(SWITCH);
    world->refused = refused; /* the card that is not there */
    world_run(world, NET_PLAN_UP, "x", WORLD_ALL);
    world_reload(world, SWITCH "MACADDR=02:00:00:00:00:99\n");
    world_run(world, NET_PLAN_UP, "x", WORLD_ALL);
    g_assert_cmpstr(net_ledger_list_value(net_ledger_find(world->ledger, "x")->attributes, "mac"), ==, "");
    sim_link(world->sim, "x")->mac_assigned = NET_MAC_UNKNOWN; /* as in a picture of a kernel */
    g_autofree char *work = world_work(world, NET_PLAN_RESTART, NULL);
    g_assert_null(strstr(work, "set mac"));
    world_reload(world, "@ifcfg-eth3\nBRIDGE=x\n@ifcfg-eth2\nBRIDGE=x\n@ifcfg-x\nTYPE=Bridge\nDELAY=0\n");
    world_run(world, NET_PLAN_RESTART, NULL, WORLD_ALL);
    g_autofree char *mac = ifcfg_mac_format(&sim_link(world->sim, "x")->mac);
    g_assert_cmpstr(mac, ==, "52:54:00:00:00:04");
    world_assert_settled(world, "with its ports");
#undef SWITCH
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/mac-back/of-made", test_mac_of_made);
    g_test_add_func("/mac-back/without-port", test_mac_without_port);
    return g_test_run();
}
