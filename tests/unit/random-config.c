/* Trees of files at random: see random-config.h. */
#include "random-config.h"
#include <string.h>

/* Where a line of an aspect goes. */
typedef enum {
    IN_FILE,
    IN_LAYER3, /* the same, if the device has addresses */
    IN_OPTIONS,
    IN_ROUTES,
    IN_ROUTES6,
    IN_RULES,
    IN_ALIAS,
    IN_RANGE,
    PARTS
} Part;

typedef enum { OF_BONDS = 1, OF_NICS = 2, OF_ALL = 3 } Whose;

typedef struct {
    Part part;
    Whose whose;
    /* so many times more often than the others comes the first */
    guint plain;
    const char *choices[10];
} Aspect;

/* $DEV the device, $N its number, $NET its network, $IP its address. */
static const Aspect aspects[] = {
    {IN_FILE, OF_ALL, 8, {"", "ONBOOT=no\n"}},
    {IN_FILE, OF_ALL, 5, {"", "MTU=1400\n", "MTU=9000\n"}},
    {IN_FILE, OF_ALL, 7, {"", "MACADDR=02:00:00:00:0$N:01\n", "MACADDR=02:00:00:00:0$N:02\n"}},
    {IN_FILE, OF_NICS, 8, {"", "ARP=no\n", "ARP=yes\n"}},
    {IN_LAYER3, OF_ALL, 5, {"PREFIX=24\n", "PREFIX=16\n", "PREFIX=25\n", "NETMASK=255.255.0.0\n"}},
    {IN_LAYER3,
     OF_ALL,
     4,
     {"", "IPADDR1=$NET.15$N\nPREFIX1=24\n", "IPADDR1=10.40.$N.1\nPREFIX1=24\n",
      "IPADDR1=10.41.0.$N\nPREFIX1=32\n", "IPADDR1=$NET.15$N\nPREFIX1=16\n"}},
    {IN_LAYER3,
     OF_ALL,
     4,
     {"", "IPADDR2=$NET.16$N\nPREFIX2=24\n", "IPADDR2=10.40.$N.2\nPREFIX2=24\n",
      "IPADDR2=$NET.15$N\nPREFIX2=25\n"}},
    {IN_LAYER3, OF_ALL, 1, {"", "GATEWAY=$NET.126\n", "GATEWAY=$NET.125\n"}},
    {IN_LAYER3, OF_ALL, 7, {"", "DEFROUTE=no\n", "DEFROUTE=yes\n"}},
    {IN_LAYER3, OF_ALL, 7, {"", "METRIC=10\n", "METRIC=20\n"}},
    {IN_LAYER3, OF_ALL, 8, {"", "SRCADDR=$IP\n"}},
    {IN_LAYER3, OF_ALL, 1, {"", "NOZEROCONF=yes\n"}},
    {IN_OPTIONS,
     OF_BONDS,
     3,
     {"mode=1", "mode=0", "mode=balance-xor", "mode=broadcast", "mode=802.3ad", "mode=balance-tlb",
      "mode=6"}},
    {IN_OPTIONS,
     OF_BONDS,
     3,
     {" miimon=100", " miimon=50", "", " miimon=100 updelay=200", " miimon=100 downdelay=300 updelay=100"}},
    {IN_OPTIONS, OF_BONDS, 4, {"", " primary=eth1", " primary=eth2 primary_reselect=failure"}},
    {IN_OPTIONS, OF_BONDS, 5, {" fail_over_mac=none", " fail_over_mac=active", " fail_over_mac=follow"}},
    {IN_OPTIONS, OF_BONDS, 4, {"", " resend_igmp=5", " num_grat_arp=3", " all_slaves_active=1"}},
    {IN_OPTIONS, OF_BONDS, 4, {"", " lacp_rate=fast", " ad_select=bandwidth", " min_links=1"}},
    {IN_OPTIONS,
     OF_BONDS,
     4,
     {"", " xmit_hash_policy=layer3+4", " packets_per_slave=3", " tlb_dynamic_lb=0"}},
    {IN_OPTIONS, OF_BONDS, 7, {"", " arp_interval=500 arp_ip_target=$NET.126", " queue_id=eth1:2"}},
    {IN_ROUTES,
     OF_ALL,
     4,
     {"", "10.5$N.1.0/24 via $NET.126\n", "10.5$N.1.0/24 via $NET.125\n", "10.5$N.1.0/24\n",
      "10.5$N.1.0/24 via $NET.125 table 100\n", "default via $NET.126 table 10$N\n"}},
    {IN_ROUTES,
     OF_ALL,
     4,
     {"", "10.5$N.2.0/24 via $NET.126 src $IP\n", "10.5$N.2.0/24 metric 7\n",
      "10.5$N.2.0/24 via $NET.126 mtu 1400\n", "blackhole 10.5$N.3.0/24\n",
      "10.5$N.4.0/24\n10.5$N.5.0/24 via 10.5$N.4.1\n"}},
    {IN_ROUTES6, OF_ALL, 7, {"", "2001:db8:5$N::/64\n", "2001:db8:5$N::/64 metric 50\n"}},
    {IN_RULES,
     OF_ALL,
     5,
     {"", "from $IP table 10$N\n", "from $IP table 10$N priority 30$N\n",
      "to 10.5$N.0.0/16 table 10$N priority 40$N\n"}},
    {IN_ALIAS,
     OF_ALL,
     5,
     {"", "IPADDR=$NET.17$N\n", "IPADDR=10.43.$N.1\nPREFIX=24\n", "IPADDR=$NET.17$N\nONPARENT=no\n",
      "IPADDR=$NET.18$N\n"}},
    {IN_RANGE,
     OF_ALL,
     8,
     {"", "IPADDR_START=10.44.$N.1\nIPADDR_END=10.44.$N.4\nPREFIX=24\nCLONENUM_START=5\n",
      "IPADDR_START=10.44.$N.2\nIPADDR_END=10.44.$N.3\nPREFIX=24\nCLONENUM_START=5\n"}},
};

/* What is no line of a table, behind the rows of aspects. */
enum {
    DIE_IS_THERE = G_N_ELEMENTS(aspects),
    DIE_NETWORK,
    DIE_ADDRESS,
    DIE_MASTER,
    DIE_LAST,
    /* of the host */
    DIE_GATEWAYDEV = 0,
    DIE_NOZEROCONF,
    DIE_ROAMING_ADDRESS,
    DIE_ROAMING_ROUTE,
    DIE_ROAMING_RULE
};
G_STATIC_ASSERT((int)DIE_LAST <= (int)RANDOM_ASPECTS);

enum { NETWORKS = 5 };

/* --- dice
 * ------------------------------------------------------------------------------------------------------------
 */

static guint16 roll(GRand *rand)
{
    return (guint16)g_rand_int_range(rand, 0, G_MAXUINT16);
}

void random_config_roll(RandomConfig *self, GRand *rand)
{
    for (guint d = 0; d <= RANDOM_DEVICES; d++)
        for (guint a = 0; a < RANDOM_ASPECTS; a++)
            self->dice[d][a] = roll(rand);
}

void random_config_change(RandomConfig *self, GRand *rand)
{
    static const guint one_in[] = {1, 3, 8, 15, 30, 30, 60, 60};
    gint odds = (gint)one_in[g_rand_int_range(rand, 0, G_N_ELEMENTS(one_in))];
    for (guint d = 0; d <= RANDOM_DEVICES; d++)
        for (guint a = 0; a < RANDOM_ASPECTS; a++)
            if (!g_rand_int_range(rand, 0, odds))
                self->dice[d][a] = roll(rand);
}

void random_config_drop(RandomConfig *self, guint device)
{
    self->dice[device][DIE_IS_THERE] = 0;
}

/* --- one device
 * ------------------------------------------------------------------------------------------------------ */

typedef struct {
    const RandomConfig *config;
    guint index; /* bonds first */
    char *name, *network, *address;
    gboolean is_port, has_layer3;
} Device;

static guint die(const Device *self, guint aspect, guint sides)
{
    return self->config->dice[self->index][aspect] % sides;
}

static gboolean is_bond(const Device *self)
{
    return self->index < RANDOM_BONDS;
}

static gboolean is_there(const RandomConfig *config, guint index)
{
    return config->dice[index][DIE_IS_THERE] % 4 != 0;
}

/* Index of its bond, or -1: a NIC of its own. */
static gint master_of(const RandomConfig *config, guint index)
{
    guint value = config->dice[index][DIE_MASTER] % (2 * RANDOM_BONDS);
    gboolean is_port = index >= RANDOM_BONDS && value && value <= RANDOM_BONDS && is_there(config, value - 1);
    return is_port ? (gint)value - 1 : -1;
}

static void device_init(Device *self, const RandomConfig *config, guint index)
{
    *self = (Device){.config = config, .index = index};
    self->name = index < RANDOM_BONDS ? g_strdup_printf("bond%u", index)
                                      : g_strdup_printf("eth%u", index - RANDOM_BONDS);
    self->network = g_strdup_printf("10.%u.0", 1 + die(self, DIE_NETWORK, NETWORKS));
    self->address = g_strdup_printf("%s.%u", self->network, 1 + index * 9 + die(self, DIE_ADDRESS, 4));
    self->is_port = master_of(config, index) >= 0;
    self->has_layer3 = !self->is_port && die(self, DIE_NETWORK, NETWORKS + 1) < NETWORKS;
}

static void device_clear(Device *self)
{
    g_free(self->name);
    g_free(self->network);
    g_free(self->address);
}

static void replace(GString *text, const char *word, const char *with)
{
    g_string_replace(text, word, with, 0);
}

static void append_expanded(GString *text, const Device *device, const char *choice)
{
    g_autoptr(GString) words = g_string_new(choice);
    g_autofree char *number = g_strdup_printf("%u", device->index);
    replace(words, "$DEV", device->name);
    replace(words, "$NET", device->network);
    replace(words, "$IP", device->address);
    replace(words, "$N", number);
    g_string_append(text, words->str);
}

static const char *choice_of(const Device *device, guint row)
{
    const Aspect *aspect = &aspects[row];
    guint n = 0;
    while (n < G_N_ELEMENTS(aspect->choices) && aspect->choices[n])
        n++;
    guint value = die(device, row, n + aspect->plain);
    return aspect->choices[value < n ? value : 0];
}

static gboolean applies(const Device *device, const Aspect *aspect)
{
    return aspect->whose & (is_bond(device) ? OF_BONDS : OF_NICS) &&
           (device->has_layer3 || aspect->part == IN_FILE || aspect->part == IN_OPTIONS);
}

static void append_part(GString *text, const Device *device, Part part)
{
    for (guint i = 0; i < G_N_ELEMENTS(aspects); i++)
        if (aspects[i].part == part && applies(device, &aspects[i]))
            append_expanded(text, device, choice_of(device, i));
}

/* --- what moves from device to device
 * -------------------------------------------------------------------------------- */

static gboolean has_roaming(const Device *device, guint aspect)
{
    return device->config->dice[RANDOM_DEVICES][aspect] % (2 * RANDOM_DEVICES) == device->index + 1;
}

static const char *roaming(const Device *device, Part part)
{
    if (part == IN_LAYER3 && has_roaming(device, DIE_ROAMING_ADDRESS))
        return "IPADDR3=10.42.0.1\nPREFIX3=24\n";
    if (part == IN_ROUTES && has_roaming(device, DIE_ROAMING_ROUTE))
        return "10.59.0.0/16 via $NET.126\n";
    if (part == IN_RULES && has_roaming(device, DIE_ROAMING_RULE))
        return "from 10.59.0.0/16 table 100 priority 77\n";
    return "";
}

/* --- files
 * -----------------------------------------------------------------------------------------------------------
 */

static void append_file(GString *text, const Device *device, const char *name, Part part)
{
    g_autoptr(GString) body = g_string_new(NULL);
    if (!device->has_layer3)
        return;
    append_part(body, device, part);
    append_expanded(body, device, roaming(device, part));
    if (body->len)
        g_string_append_printf(text, "@%s\n%s", name, body->str);
}

static void append_main(GString *text, const Device *device, gboolean is_quick)
{
    gint master = master_of(device->config, device->index);
    g_string_append_printf(text, "@ifcfg-%s\nDEVICE=%s\n", device->name, device->name);
    append_part(text, device, IN_FILE);
    if (is_bond(device)) {
        g_string_append(text, "BONDING_OPTS=\"");
        append_part(text, device, IN_OPTIONS);
        g_string_append(text, "\"\n");
    }
    if (master >= 0)
        g_string_append_printf(text, "MASTER=bond%d\nSLAVE=yes\nDEVTIMEOUT=0\n", master);
    if (is_quick)
        g_string_append(text, "ARPCHECK=no\nARPUPDATE=no\n");
    if (!device->has_layer3)
        return;
    g_string_append_printf(text, "IPADDR=%s\n", device->address);
    append_part(text, device, IN_LAYER3);
    append_expanded(text, device, roaming(device, IN_LAYER3));
}

static void append_device(GString *text, const RandomConfig *config, guint index, gboolean is_quick)
{
    static const struct {
        const char *format;
        Part part;
    } files[] = {{"route-%s", IN_ROUTES},
                 {"route6-%s", IN_ROUTES6},
                 {"rule-%s", IN_RULES},
                 {"ifcfg-%s:1", IN_ALIAS},
                 {"ifcfg-%s-range0", IN_RANGE}};
    Device device;
    device_init(&device, config, index);
    append_main(text, &device, is_quick);
    for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autoptr(GString) name = g_string_new(files[i].format);
        replace(name, "%s", device.name);
        append_file(text, &device, name->str, files[i].part);
    }
    device_clear(&device);
}

static void append_network(GString *text, const RandomConfig *config)
{
    const guint16 *dice = config->dice[RANDOM_DEVICES];
    guint gatewaydev = dice[DIE_GATEWAYDEV] % (5 * RANDOM_NICS);
    g_string_append(text, "@/etc/sysconfig/network\nNETWORKING=yes\n");
    if (gatewaydev && gatewaydev < RANDOM_NICS)
        g_string_append_printf(text, "GATEWAYDEV=eth%u\n", gatewaydev);
    if (dice[DIE_NOZEROCONF] % 3 != 1)
        g_string_append(text, "NOZEROCONF=yes\n");
}

char *random_config_files(const RandomConfig *self, gboolean is_quick)
{
    GString *text = g_string_new(NULL);
    append_network(text, self);
    for (guint i = 0; i < RANDOM_DEVICES; i++)
        if (is_there(self, i))
            append_device(text, self, i, is_quick);
    return g_string_free(text, FALSE);
}
