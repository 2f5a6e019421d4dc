/* Name servers in plans: what a file asks for, what a lease says, and what becomes of both. */
#include "world.h"
#include <string.h>

#define LEASED "BOOTPROTO=dhcp\nNOZEROCONF=yes\n"
#define NIC "IPADDR=10.0.0.2\nPREFIX=24\nARPCHECK=no\nNOZEROCONF=yes\n"

/* The one line about names in what would be done; NULL: there is none. */
static void work_is(const World *world, NetPlanVerb verb, const char *name, const char *expected)
{
    g_autofree char *work = world_work(world, verb, name), *found = NULL;
    g_auto(GStrv) lines = g_strsplit(work, "\n", -1);
    for (char **line = lines; *line; line++)
        if (strstr(*line, "name servers") || strstr(*line, ": set search")) {
            g_assert_null(found);
            found = g_strdup(*line);
        }
    g_assert_cmpstr(found, ==, expected);
}

typedef struct {
    const char *name, *files, *plan; /* of `up eth0` */
} FileCase;

static const FileCase files[] = {
    {"none", "@ifcfg-eth0\n" NIC, NULL},
    {"gaps, once each",
     "@ifcfg-eth0\n" NIC "DNS1=10.0.0.53\nDNS12=10.0.0.55\nDNS3=10.0.0.53\nDNS4=2001:db8::4\n",
     "eth0: set name servers 10.0.0.53 2001:db8::4 10.0.0.55"},
    {"no address", "@ifcfg-eth0\n" NIC "DNS1=ns.example.com\nDNS2=10.0.0.53\n",
     "eth0: set name servers 10.0.0.53"},
    {"a domain", "@ifcfg-eth0\n" NIC "DOMAIN='b.example, a.example'\nSEARCH=c.example\n",
     "eth0: set search b.example a.example"},
    {"SEARCH without DOMAIN", "@ifcfg-eth0\n" NIC "SEARCH=c.example\n", "eth0: set search c.example"},
    {"options of all", "@/etc/sysconfig/network\nRES_OPTIONS=rotate\n@ifcfg-eth0\n" NIC "DNS1=10.0.0.53\n",
     "eth0: set name servers 10.0.0.53, options rotate"},
    {"those of IPv6",
     "@ifcfg-eth0\n" NIC
     "DOMAIN=a.example\nIPV6_DOMAIN='b.example a.example'\nRES_OPTIONS=rotate\nIPV6_RES_OPTIONS=edns0\n",
     "eth0: set search a.example b.example, options rotate edns0"},
    {"options alone", "@ifcfg-eth0\n" NIC "RES_OPTIONS=rotate\n", NULL},
    {"PEERDNS=no", "@ifcfg-eth0\n" NIC "DNS1=10.0.0.53\nPEERDNS=no\n", NULL},
    {"RESOLV_MODS=yes", "@ifcfg-eth0\n" NIC "DNS1=10.0.0.53\nPEERDNS=no\nRESOLV_MODS=yes\n",
     "eth0: set name servers 10.0.0.53"},
    {"a port",
     "@ifcfg-bond0\nTYPE=Bond\nBONDING_OPTS=mode=1\n" NIC
     "@ifcfg-eth0\nMASTER=bond0\nSLAVE=yes\nDNS1=10.0.0.53\n",
     NULL},
};

static void test_file(gconstpointer data)
{
    const FileCase *row = data;
    g_autoptr(World) world = world_new(row->files);
    work_is(world, NET_PLAN_UP, "eth0", row->plan);
    world_run(world, NET_PLAN_UP, "eth0", WORLD_ALL);
    work_is(world, NET_PLAN_UP, "eth0", NULL);
    work_is(world, NET_PLAN_DOWN, "eth0", row->plan ? "eth0: take its name servers back" : NULL);
}

static void resolv_is(const World *world, const char *expected)
{
    g_assert_cmpstr(world->sim->picture->resolv.text, ==, expected);
}

static void lease_set(World *world, const char *lines)
{
    g_autoptr(NetNames) names = net_names_new();
    g_auto(GStrv) parts = g_strsplit(lines, ";", -1);
    for (char **part = parts; *part; part++)
        net_names_add_line(names, *part);
    net_observed_set_lease_names(world->sim->picture, "eth0", names);
}

/* A lease's share is set, changes with it, and goes with the interface. */
static void test_lease(void)
{
    g_autoptr(World) world = world_new("@ifcfg-eth0\n" LEASED "DOMAIN=own.example\n");
    lease_set(world, "nameserver 10.0.0.1;search lease.example");
    work_is(world, NET_PLAN_UP, "eth0", "eth0: set name servers 10.0.0.1, search own.example lease.example");
    world_run(world, NET_PLAN_UP, "eth0", WORLD_ALL);
    work_is(world, NET_PLAN_UP, "eth0", NULL);
    lease_set(world, "nameserver 10.0.0.2");
    world_run(world, NET_PLAN_UP, "eth0", WORLD_ALL);
    resolv_is(world, "search own.example\nnameserver 10.0.0.2\n");
    world_reload(world, "@ifcfg-eth0\n" LEASED "DNS1=10.0.0.53\n");
    world_run(world, NET_PLAN_UP, "eth0", WORLD_ALL);
    resolv_is(world, "nameserver 10.0.0.53\n"); /* the file's take the place of the lease's */
    world_reload(world, "@ifcfg-eth0\n" LEASED "PEERDNS=no\n");
    work_is(world, NET_PLAN_UP, "eth0", "eth0: take its name servers back");
    world_run(world, NET_PLAN_DOWN, "eth0", WORLD_ALL);
    resolv_is(world, "");
}

/* `netsvc names` after a renewal: the share alone, be there what there may in the file by now. */
static void test_names(void)
{
    g_autoptr(World) world = world_new("@ifcfg-eth0\n" LEASED "DOMAIN=own.example\n");
    g_autofree char *before = world_work(world, NET_PLAN_NAMES, "eth0");
    g_assert_cmpstr(before, ==, ""); /* it is not up */
    world_run(world, NET_PLAN_UP, "eth0", WORLD_ALL);
    lease_set(world, "nameserver 10.0.0.1");
    world_reload(world, "@ifcfg-eth0\n" LEASED "MTU=1400\nDOMAIN=own.example\n");
    g_autofree char *work = world_work(world, NET_PLAN_NAMES, "eth0");
    g_assert_cmpstr(work, ==, "eth0: set name servers 10.0.0.1, search own.example\n");
    world_run(world, NET_PLAN_NAMES, "eth0", WORLD_ALL);
    resolv_is(world, "search own.example\nnameserver 10.0.0.1\n");
    g_autofree char *after = world_work(world, NET_PLAN_NAMES, "eth0");
    g_assert_cmpstr(after, ==, "");
    g_autoptr(GError) error = NULL;
    g_assert_null(
        net_plan_build(NET_PLAN_NAMES, "eth9", world->model, world->sim->picture, world->ledger, &error));
    g_assert_nonnull(error);
}

/* Each time only one of the two is planned: what the ledger says of the other counts. */
static void test_two(void)
{
    g_autoptr(World) world =
        world_new("@ifcfg-eth0\n" NIC "DNS1=10.0.0.53\n"
                  "@ifcfg-eth1\nIPADDR=10.0.1.2\nPREFIX=24\nARPCHECK=no\nDNS1=10.0.1.53\n");
    world_run(world, NET_PLAN_UP, "eth1", WORLD_ALL);
    world_run(world, NET_PLAN_UP, "eth0", WORLD_ALL);
    resolv_is(world, "nameserver 10.0.0.53\nnameserver 10.0.1.53\n");
    world_reload(world, "@ifcfg-eth1\nIPADDR=10.0.1.2\nPREFIX=24\nARPCHECK=no\nDNS1=10.0.1.53\n");
    work_is(world, NET_PLAN_RESTART, NULL, "eth0: take its name servers back"); /* its file is gone */
    world_run(world, NET_PLAN_DOWN, "eth0", WORLD_ALL);
    resolv_is(world, "nameserver 10.0.1.53\n");
    world_run(world, NET_PLAN_DOWN, "eth1", WORLD_ALL);
    resolv_is(world, "");
    g_assert_null(net_ledger_find(world->ledger, "eth1"));
}

/* A share that could not be taken back is still known. */
static void test_kept(void)
{
    g_autoptr(World) world = world_new("@ifcfg-bond0\nTYPE=Bond\nBONDING_OPTS=mode=1\n" NIC "DNS1=10.0.0.53\n"
                                       "@ifcfg-eth0\nMASTER=bond0\nSLAVE=yes\n");
    world_run(world, NET_PLAN_UP, "bond0", WORLD_ALL);
    NetOp gone = {.type = NET_OP_LINK_DELETE, .dev = "bond0", .owner = "bond0"};
    net_ledger_note(world->ledger, &gone);
    const LedgerEntry *entry = net_ledger_find(world->ledger, "bond0");
    g_assert_nonnull(entry);
    g_assert_cmpuint(entry->names->len, ==, 1);
    g_assert_false(entry->created);
    g_assert_cmpuint(entry->addresses->len, ==, 0);
    g_assert_cmpstr(entry->kind, ==, "bond");
    work_is(world, NET_PLAN_DOWN, "bond0", "bond0: take its name servers back");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path = g_strdup_printf("/resolv/%s", files[i].name);
        g_test_add_data_func(path, &files[i], test_file);
    }
    g_test_add_func("/resolv/lease", test_lease);
    g_test_add_func("/resolv/names", test_names);
    g_test_add_func("/resolv/two", test_two);
    g_test_add_func("/resolv/kept", test_kept);
    return g_test_run();
}
