/* Make before break across devices: at no time is a host without an address or a default route that it had
 * and will have, but where the kernel does not have it otherwise. */
#include "world-picture.h"
#include "world.h"
#include <string.h>
#include <sys/socket.h>

static const NetGroup *plan_group(const NetPlan *plan, const char *dev)
{
    for (guint i = 0; i < plan->groups->len; i++)
        if (g_strcmp0(((NetGroup *)g_ptr_array_index(plan->groups, i))->dev, dev) == 0)
            return g_ptr_array_index(plan->groups, i);
    g_error("no group of %s", dev);
}

#define ADDRESS "IPADDR=10.1.0.2\nPREFIX=24\nGATEWAY=10.1.0.1\nARPCHECK=no\n"
#define MOVING(dev) "@ifcfg-" dev "\nDEVICE=" dev "\n" ADDRESS
#define IPV6(n) "IPV6ADDR=2001:db8::" n "/64\nIPV6_DEFAULTGW=2001:db8::1\n"
#define PORT(nic, master) "@ifcfg-" nic "\nMASTER=" master "\nSLAVE=yes\n"
#define BOND "BONDING_OPTS=\"mode=1 miimon=100\"\n"
#define BRIDGED "TYPE=Bridge\n@ifcfg-eth0\nBRIDGE=br0\n"
#define NAMED_VLAN(dev) "@ifcfg-va\nDEVICE=va\nVLAN=yes\nPHYSDEV=" dev "\nVID=5\nIPADDR=10.5.0.1\nPREFIX=24\n"
#define VLAN_OF(dev, number) "VLAN=yes\nPHYSDEV=" dev "\nVID=" number "\n"
#define SHARED(dev) "@rule-" dev "\nfrom 10.1.0.2 table 7\n@route-" dev "\nblackhole 10.7.0.0/16\n"
#define PORT_PAIR(bond) PORT("eth0", bond) PORT("eth1", bond)

typedef struct {
    const char *before, *after;
    NetPlanVerb verb;
    /* who goes, and whom that waits for: NULL: nobody */
    const char *old, *new;
    /* what there is always, of all that is looked for: bits of WITHOUT_* */
    guint lost;
} MovedCase;

enum { WITHOUT_ADDRESS = 1, WITHOUT_ROUTE = 2, WITHOUT_BOTH = 3 };

/* An address and the default route move to another device: what has them goes when the other one has them,
 * unless the kernel takes only one of the two. */
static const MovedCase moved[] = {
    {MOVING("eth0"), MOVING("eth1"), NET_PLAN_RESTART, "eth0", "eth1", 0},
    {MOVING("eth0.5") "VLAN=yes\n", MOVING("eth0"), NET_PLAN_RESTART, "eth0.5", "eth0", 0},
    {MOVING("eth0.5") "VLAN=yes\n", MOVING("eth0.6") "VLAN=yes\n", NET_PLAN_RESTART, "eth0.5", "eth0.6", 0},
    {MOVING("eth0"), MOVING("eth1"), NET_PLAN_RELOAD, "eth0", NULL, 0},
    {MOVING("eth0"), "@ifcfg-eth1\nIPADDR=10.1.0.3\nPREFIX=24\nARPCHECK=no\n", NET_PLAN_RESTART, "eth0", NULL,
     WITHOUT_BOTH},
    /* one number, one VLAN */
    {MOVING("va") "VLAN=yes\nPHYSDEV=eth0\nVID=5\n", MOVING("vb") "VLAN=yes\nPHYSDEV=eth0\nVID=5\n",
     NET_PLAN_RESTART, "va", NULL, WITHOUT_BOTH},
    /* the one that has them is made anew, or is down for a moment, with others */
    {MOVING("va") IPV6("2") VLAN_OF("eth0", "5"),
     "@ifcfg-va\nDEVICE=va\n" VLAN_OF("eth0", "6") MOVING("eth1") IPV6("2"), NET_PLAN_RESTART, "va", "eth1",
     0},
    {MOVING("va") IPV6("2") VLAN_OF("eth0", "5") "@ifcfg-eth1\n",
     "@ifcfg-va\nDEVICE=va\n" VLAN_OF("eth2", "5") MOVING("eth1") IPV6("2"), NET_PLAN_RESTART, "va", "eth1",
     0},
    {MOVING("bond0") IPV6("2") BOND PORT("eth0", "bond0"),
     "@ifcfg-bond0\nBONDING_OPTS=mode=0\n" PORT("eth0", "bond0") MOVING("eth1") IPV6("2"), NET_PLAN_RESTART,
     "bond0", "eth1", 0},
    /* what gets them stands on it, and comes after it */
    {MOVING("bond0") BOND PORT("eth0", "bond0"),
     "@ifcfg-bond0\nBONDING_OPTS=mode=0\n" PORT("eth0", "bond0") MOVING("va") VLAN_OF("bond0", "5"),
     NET_PLAN_RESTART, NULL, NULL, WITHOUT_ROUTE},
    /* two that are made anew, and have what the other one had: the one with the default route waits */
    {MOVING("va") VLAN_OF("eth0", "5") "@ifcfg-vb\nDEVICE=vb\n" VLAN_OF("eth0", "6") "IPADDR=10.1.1.1\n",
     MOVING("vb") VLAN_OF("eth0", "8") "@ifcfg-va\nDEVICE=va\n" VLAN_OF("eth0", "7") "IPADDR=10.1.1.1\n",
     NET_PLAN_RESTART, "va", "vb", 0},
    /* a bridge that goes, to its port, and one that comes, from it */
    {MOVING("br0") IPV6("2") BRIDGED, MOVING("eth0") IPV6("2"), NET_PLAN_RESTART, "br0", "eth0", 0},
    {MOVING("eth0") IPV6("2"), MOVING("br0") IPV6("2") BRIDGED, NET_PLAN_RESTART, "eth0", "br0", 0},
    /* the kernel does not look for one that was here */
    {MOVING("eth0") IPV6("2"), MOVING("eth1") IPV6("2"), NET_PLAN_RESTART, "eth0", "eth1", 0},
    {MOVING("eth0") IPV6("2") MOVING("eth1") "IPADDR=10.1.1.1\n",
     MOVING("eth0") "IPADDR=10.1.1.1\n" MOVING("eth1") IPV6("2"), NET_PLAN_RESTART, "eth0", "eth1", 0},
    /* a bond that its file calls otherwise now, and what stands on it */
    {MOVING("bond0") BOND PORT_PAIR("bond0"), MOVING("bond1") BOND PORT_PAIR("bond1"), NET_PLAN_RESTART,
     "bond0", "bond1", 0},
    {"@ifcfg-bond0\n" BOND PORT_PAIR("bond0") MOVING("bond0.5") "VLAN=yes\n",
     "@ifcfg-bond1\n" BOND PORT_PAIR("bond1") MOVING("bond1.5") "VLAN=yes\n", NET_PLAN_RESTART, "bond0.5",
     "bond1.5", 0},
    {MOVING("bond0") BOND PORT_PAIR("bond0"), MOVING("eth0"), NET_PLAN_RESTART, "bond0", "eth0", 0},
    /* what stands on it has a name of its own, and is made anew on the new one */
    {MOVING("bond0") BOND PORT_PAIR("bond0") NAMED_VLAN("bond0"),
     MOVING("bond1") BOND PORT_PAIR("bond1") NAMED_VLAN("bond1"), NET_PLAN_RESTART, "bond0", "bond1", 0},
    {MOVING("eth0") NAMED_VLAN("eth0"), MOVING("eth1") NAMED_VLAN("eth1"), NET_PLAN_RESTART, "eth0", "eth1",
     0},
    /* what a reload leaves as it is keeps its addresses, though it is to become a port and nobody gets them
     */
    {MOVING("eth0"), "@ifcfg-br0\n" BRIDGED, NET_PLAN_RELOAD, NULL, NULL, 0},
    {MOVING("eth0"), "@ifcfg-bond0\n" BOND PORT_PAIR("bond0"), NET_PLAN_RELOAD, NULL, NULL, 0},
    /* a port is closed on the way into a bond, and the kernel takes the routes over it with that */
    {MOVING("eth0"), MOVING("bond0") BOND PORT_PAIR("bond0"), NET_PLAN_RESTART, NULL, NULL, WITHOUT_ROUTE},
    /* one rule, and one route that is no device's, in two files */
    {MOVING("eth0") SHARED("eth0"), MOVING("eth1") SHARED("eth1"), NET_PLAN_RESTART, "eth0", "eth1", 0},
    /* also where the one that loses them stays, by itself or as a port */
    {MOVING("eth0") SHARED("eth0") "@ifcfg-eth1\n", MOVING("eth0") "@ifcfg-eth1\n" SHARED("eth1"),
     NET_PLAN_RESTART, NULL, NULL, 0},
    {MOVING("eth0") SHARED("eth0") "@ifcfg-eth1\n", MOVING("eth0") "@ifcfg-eth1\n" SHARED("eth1"),
     NET_PLAN_RELOAD, NULL, NULL, 0},
    {MOVING("eth0") SHARED("eth0"), MOVING("br0") BRIDGED SHARED("br0"), NET_PLAN_RESTART, "eth0", "br0", 0},
};

/* What a host that nobody must be cut off from has at any time. */
static guint without(const World *world, int family)
{
    g_autoptr(NetObserved) picture = sim_observe(world->sim);
    guint lost = WITHOUT_BOTH;
    for (guint i = 0; i < picture->links->len; i++) {
        const ObservedLink *link = g_ptr_array_index(picture->links, i);
        const GPtrArray *addresses = net_observed_addresses_of(picture, link->ifindex);
        const IndexList *routes = net_observed_routes_over(picture, link->name);
        for (guint n = 0; addresses && n < addresses->len; n++) {
            g_autofree char *text =
                ifcfg_prefix_format(&((const ObservedAddress *)addresses->pdata[n])->prefix);
            if (g_str_equal(text, family == AF_INET ? "10.1.0.2/24" : "2001:db8::2/64"))
                lost &= ~(guint)WITHOUT_ADDRESS;
        }
        for (guint n = 0; routes && n < routes->len; n++)
            if (ifcfg_route_is_default(routes->pdata[n]) &&
                ((const IfcfgRoute *)routes->pdata[n])->to.ip.family == family)
                lost &= ~(guint)WITHOUT_ROUTE;
    }
    return lost;
}

typedef struct {
    const World *world;
    guint lost, lost6;
} Watch;

static void watch(const NetOp *op, gpointer data)
{
    Watch *self = data;
    guint lost = without(self->world, AF_INET), lost6 = without(self->world, AF_INET6);
    g_autofree char *line = net_op_format(op);
    if ((lost & ~self->lost) | (lost6 & ~self->lost6))
        g_test_message("lost %u, of IPv6 %u: %s", lost, lost6, line);
    self->lost |= lost;
    self->lost6 |= lost6;
}

/* Whether a group waits for that of @new, to get there or not. */
static gboolean waits_for(const NetPlan *plan, const char *old, const char *new)
{
    const GArray *ties = old ? plan_group(plan, old)->ties : NULL;
    gboolean waits = FALSE;
    for (guint i = 0; ties && i < ties->len; i++) {
        const NetTie *tie = &g_array_index(ties, NetTie, i);
        const NetGroup *other = g_ptr_array_index(plan->groups, tie->group);
        waits |= !tie->must_succeed && (!new || !g_strcmp0(other->dev, new));
    }
    return waits;
}

/* What a reload leaves as it is, it leaves again. */
static void assert_is_done(const World *world, const MovedCase *c)
{
    g_autofree char *work = world_work(world, c->verb, NULL);
    g_assert_cmpstr(work, ==, "");
    if (c->verb != NET_PLAN_RELOAD)
        world_assert_settled(world, c->after);
}

static void test_moved(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(moved); i++) {
        const MovedCase *c = &moved[i];
        g_autoptr(World) world = world_new(c->before);
        world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
        g_assert_cmpuint(without(world, AF_INET), ==, 0);
        guint had6 = without(world, AF_INET6);
        world_reload(world, c->after);
        g_autoptr(NetPlan) plan = world_plan(world, c->verb, NULL);
        g_autofree char *text = net_plan_format(plan);
        g_test_message("%s\n%s", c->after, text);
        g_assert_cmpint(waits_for(plan, c->old, c->new), ==, c->new != NULL);
        Watch seen = {world, 0, had6};
        world->look = watch;
        world->data = &seen;
        world_run(world, c->verb, NULL, WORLD_ALL);
        g_assert_cmpuint(seen.lost, ==, c->lost);
        g_assert_cmpuint(seen.lost6, ==, had6);
        assert_is_done(world, c);
    }
}

/* A bridge without the port that is left as it is would have the address and the default route, and reach
 * nobody. */
static void test_left_together(void)
{
    g_autoptr(World) world = world_new(MOVING("eth0"));
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    world_reload(world, MOVING("br0") BRIDGED);
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_RELOAD, NULL);
    g_autofree char *text = net_plan_format(plan);
    g_test_message("%s", text);
    g_assert_null(strstr(text, "br0: add address"));
    g_assert_null(strstr(text, "default via"));
    g_assert_cmpuint(plan->left->len, ==, 3);
    g_autofree char *said = net_left_format(plan->left->pdata[1]);
    g_assert_cmpstr(said, ==, "left as it is: 10.1.0.2/24 stays with eth0; `netsvc restart` changes both");
    world_run(world, NET_PLAN_RELOAD, NULL, WORLD_ALL);
    g_autoptr(NetObserved) picture = sim_observe(world->sim);
    const IndexList *routes = net_observed_routes_over(picture, "eth0");
    gboolean has_default = FALSE;
    for (guint i = 0; routes && i < routes->len; i++)
        has_default |= ifcfg_route_is_default(routes->pdata[i]);
    g_assert_true(has_default);
}

static const NetOp *announcement6(const NetPlan *plan)
{
    const NetOp *found = NULL;
    for (guint i = 0; i < plan->ops->len; i++) {
        const NetOp *op = g_ptr_array_index(plan->ops, i);
        if (op->type == NET_OP_ADDR_ANNOUNCE && op->address->prefix.ip.family == AF_INET6)
            found = op;
    }
    return found;
}

/* Of a new one when the kernel has looked for it; of one that moves at once, for neighbours send to where it
 * was. */
static void test_announced6(void)
{
    g_autoptr(World) world = world_new(MOVING("eth0") IPV6("2"));
    g_autoptr(NetPlan) fresh = world_plan(world, NET_PLAN_START, NULL);
    g_assert_cmpint(announcement6(fresh)->phase, ==, NET_PHASE_LATE_ANNOUNCE);
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    world_reload(world, MOVING("eth1") IPV6("2"));
    g_autoptr(NetPlan) moves = world_plan(world, NET_PLAN_RESTART, NULL);
    g_assert_cmpint(announcement6(moves)->phase, ==, NET_PHASE_ANNOUNCE);
    g_assert_cmpstr(announcement6(moves)->dev, ==, "eth1");
    world_reload(world, MOVING("eth1") IPV6("2") "ARPUPDATE=no\n");
    g_autoptr(NetPlan) silent = world_plan(world, NET_PLAN_RESTART, NULL);
    g_assert_null(announcement6(silent));
}

typedef struct {
    const char *before, *after;
    /* what a plan to reload does not do, apart by | */
    const char *never;
    const char *says;
} LeftCase;

#define SOURCED                                                                                              \
    "@ifcfg-eth0\nIPADDR=10.1.0.2\nPREFIX=24\nARPCHECK=no\n@route-eth0\ndefault via 10.1.0.1 table 7\n"
#define ON_BOND(mode)                                                                                        \
    "@ifcfg-bond0\nIPADDR=10.1.0.2\nPREFIX=24\nARPCHECK=no\nBONDING_OPTS=\"mode=" mode "\"\n"
#define BESIDE "@ifcfg-eth2\nIPADDR=10.3.0.2\nPREFIX=24\nARPCHECK=no\n"

/* Whatever a reload leaves, and for whatever reason: who claims it elsewhere is left with it. */
static const LeftCase left_too[] = {
    /* an address that no file asks for there any more, but for another device, which would take the routes */
    {MOVING("eth0") "@route-eth0\n10.9.0.0/16 via 10.1.0.1\n",
     "@ifcfg-eth0\n" MOVING("eth0.5") "VLAN=yes\n@route-eth0.5\n10.9.0.0/16 via 10.1.0.1\n",
     "add address|default via|10.9.0.0/16|remove", "eth0.5: left as it is: 10.1.0.2/24 stays with eth0"},
    /* two that change their addresses: no address is on both of them */
    {MOVING("eth0") "@ifcfg-eth1\nIPADDR=10.2.0.2\nPREFIX=24\nARPCHECK=no\n",
     "@ifcfg-eth0\nIPADDR=10.2.0.2\nPREFIX=24\nARPCHECK=no\n" MOVING("eth1"), "add address|remove address",
     "eth1: left as it is: 10.1.0.2/24 stays with eth0"},
    /* a gateway that only the address leads to which stays */
    {MOVING("eth0"), MOVING("br0") BRIDGED "@route-br0\n10.9.0.0/16 via 10.1.0.9\n",
     "10.9.0.0/16|default via",
     "br0: left as it is: the route 10.9.0.0/16 via 10.1.0.9 waits for 10.1.0.2/24"},
    /* a port that stays one has no use for addresses, nor for a client */
    {MOVING("br0") BRIDGED, "@ifcfg-br0\nTYPE=Bridge\n@ifcfg-eth0\nIPADDR=10.3.0.2\nPREFIX=24\nARPCHECK=no\n",
     "add address|announce", "eth0: left as it is: it is a port of br0, and no file says so"},
    {MOVING("br0") BRIDGED, "@ifcfg-br0\nTYPE=Bridge\n@ifcfg-eth0\nBOOTPROTO=dhcp\n", "DHCP",
     "eth0: left as it is: it is a port of br0, and no file says so"},
    /* what stays up for what needs it alone */
    {MOVING("eth0") "@ifcfg-eth0.5\nVLAN=yes\n", MOVING("eth0") "ONBOOT=no\n@ifcfg-eth0.5\nVLAN=yes\n",
     "remove", "eth0: left as it is: ONBOOT=no"},
    /* a file that cannot be understood may well ask for it */
    {MOVING("eth0"), "@ifcfg-eth0\nIPADDR=10.1.0.x\nPREFIX=24\n" MOVING("eth1"),
     "add address|default via|remove", "eth1: left as it is: 10.1.0.2/24 stays with eth0"},
    /* nothing else leads there; and what that address needs stays with it */
    {MOVING("eth0"), "@ifcfg-eth0\nIPADDR=10.1.0.2\nPREFIX=24\nARPCHECK=no\n", "remove",
     "eth0: left as it is: the route default via 10.1.0.1 dev eth0 is not asked for any more"},
    {SOURCED "@rule-eth0\nfrom 10.1.0.2 table 7\n", SOURCED, "remove",
     "eth0: left as it is: the rule priority 0 from 10.1.0.2/32 table 7 is not asked for any more"},
    {MOVING("eth0") "@rule-eth0\nfrom 10.1.0.2 table 7\n",
     "@ifcfg-eth0\nIPADDR=10.1.0.3\nPREFIX=24\nGATEWAY=10.1.0.1\nARPCHECK=no\n", "remove",
     "eth0: left as it is: 10.1.0.2/24 and 1 more are not asked for any more"},
    /* a route of a device that stays for another reason */
    {ON_BOND("1") "@route-bond0\n10.9.0.0/16 via 10.1.0.9\n" BESIDE,
     ON_BOND("0") BESIDE "@route-eth2\n10.9.0.0/16 via 10.3.0.9\n", "10.9.0.0/16",
     "eth2: left as it is: the route 10.9.0.0/16 via 10.3.0.9 stays with bond0"},
};

static void test_left_too(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(left_too); i++) {
        const LeftCase *c = &left_too[i];
        g_autoptr(World) world = world_new(c->before);
        world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
        world_reload(world, c->after);
        g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_RELOAD, NULL);
        g_autofree char *text = net_plan_format(plan);
        g_autoptr(GString) said = g_string_new(NULL);
        for (guint n = 0; n < plan->left->len; n++) {
            const NetFate *fate = plan->left->pdata[n];
            g_autofree char *line = net_left_format(fate);
            g_string_append_printf(said, "%s: %s\n", fate->dev, line);
        }
        g_test_message("%s\n%s\n%s", c->after, text, said->str);
        g_auto(GStrv) never = g_strsplit(c->never, "|", -1);
        for (char **word = never; *word; word++)
            g_assert_null(strstr(text, *word));
        g_assert_nonnull(strstr(said->str, c->says));
        world_run(world, NET_PLAN_RELOAD, NULL, WORLD_ALL);
        g_autofree char *again = world_work(world, NET_PLAN_RELOAD, NULL);
        g_assert_cmpstr(again, ==, "");
        world_run(world, NET_PLAN_RESTART, NULL, WORLD_ALL);
        world_assert_settled(world, c->after);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/moves/never-without", test_moved);
    g_test_add_func("/moves/left-together", test_left_together);
    g_test_add_func("/moves/announced6", test_announced6);
    g_test_add_func("/moves/left-too", test_left_too);
    return g_test_run();
}
