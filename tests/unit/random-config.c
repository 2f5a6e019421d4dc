/* Trees of files at random: see random-config.h. */
#include "random-aspects.h"
#include <string.h>

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
    guint index;        /* bonds first */
    gint bridge, lower; /* index, or -1 */
    char *name, *network, *address;
    gboolean is_port, has_layer3;
} Device;

static guint die(const Device *self, guint aspect, guint sides)
{
    return self->config->dice[self->index][aspect] % sides;
}

static Whose whose(guint index)
{
    return index < RANDOM_BONDS                  ? OF_BONDS
           : index < RANDOM_BELOW                ? OF_NICS
           : index < RANDOM_BELOW + RANDOM_VLANS ? OF_VLANS
                                                 : OF_BRIDGES;
}

static gboolean has_file(const RandomConfig *config, guint index)
{
    return config->dice[index][DIE_IS_THERE] % 4 != 0;
}

/** What a device with the name of a bridge is. */
typedef struct {
    const char *type;
    const char *lines; /* $N: its number */
    gboolean stands;   /* on a device below */
} Guise;

/* Outer addresses are nobody's; how much fits into a packet depends on the way to the other end, unless the
 * file says it. */
#define ENDS "MTU=1400\nMY_OUTER_IPADDR=192.0.2.$N\nPEER_OUTER_IPADDR=192.0.2.10$N\n"

static const Guise *guise_of(const RandomConfig *config, guint index)
{
    static const Guise plain[] = {{"Bridge", "", FALSE}, {"Dummy", "", FALSE}, {"Bond", "", FALSE}};
    static const Guise rare[] = {
        {"Macvlan", "MACVLAN_MODE=bridge\n", TRUE},
        {"GRE", ENDS "KEY=$N\n", FALSE},
        {"IPIP", ENDS, FALSE},
        {"SIT", "MTU=1400\nIPV6TUNNELIPV4=192.0.2.10$N\nIPV6TUNNELIPV4LOCAL=192.0.2.$N\n", FALSE},
        {"VXLAN", ENDS "VXLAN_ID=10$N\nVXLAN_PORT=4789\n", FALSE}};
    guint value = config->dice[index][DIE_TYPE] % 9,
          other = config->dice[index][DIE_GUISE] % (3 * G_N_ELEMENTS(rare));
    if (value && value < G_N_ELEMENTS(plain))
        return &plain[value];
    return other < G_N_ELEMENTS(rare) ? &rare[other] : &plain[0];
}

static gboolean is_bridge(const RandomConfig *config, guint index)
{
    return g_str_equal(guise_of(config, index)->type, "Bridge");
}

static gboolean stands(const RandomConfig *config, guint index)
{
    return whose(index) == OF_VLANS || (whose(index) == OF_BRIDGES && guise_of(config, index)->stands);
}

static gint master_of(const RandomConfig *config, guint index);
static gint bridge_of(const RandomConfig *config, guint index);

/* The first row of the aspects. */
static gboolean comes_up(const RandomConfig *config, guint index)
{
    return config->dice[index][0] % (2 + aspects[0].plain) != 1;
}

/* Index of the device that one stands on, which is no port and comes up by itself; or -1. One that comes
 * up for its VLAN alone keeps addresses that it had before. */
static gint lower_of(const RandomConfig *config, guint index)
{
    gint lower = config->dice[index][DIE_LOWER] % RANDOM_BELOW;
    gboolean can = stands(config, index) && has_file(config, (guint)lower) &&
                   comes_up(config, (guint)lower) && master_of(config, (guint)lower) < 0 &&
                   bridge_of(config, (guint)lower) < 0;
    return can ? lower : -1;
}

static gboolean is_there(const RandomConfig *config, guint index)
{
    return has_file(config, index) && (!stands(config, index) || lower_of(config, index) >= 0);
}

/* Index of its bond, or -1: a NIC of its own. */
static gint master_of(const RandomConfig *config, guint index)
{
    guint value = config->dice[index][DIE_MASTER] % (2 * RANDOM_BONDS);
    gboolean is_port =
        whose(index) == OF_NICS && value && value <= RANDOM_BONDS && has_file(config, value - 1);
    return is_port ? (gint)value - 1 : -1;
}

/* Index of its bridge, or -1. */
static gint bridge_of(const RandomConfig *config, guint index)
{
    guint value = config->dice[index][DIE_BRIDGE] % (whose(index) == OF_VLANS ? 4 : 12);
    guint bridge = RANDOM_BELOW + RANDOM_VLANS + value - 1;
    gboolean is_port = whose(index) & (OF_NICS | OF_VLANS) && value && value <= RANDOM_BRIDGES &&
                       master_of(config, index) < 0 && has_file(config, bridge) &&
                       is_bridge(config, bridge) && comes_up(config, bridge);
    return is_port ? (gint)bridge : -1;
}

static char *name_of(const RandomConfig *config, guint index)
{
    const guint16 *dice = config->dice[index];
    guint number = index - RANDOM_BELOW, id = 10 + 10 * number + dice[DIE_ID] % 3;
    switch (whose(index)) {
    case OF_BONDS:
        return g_strdup_printf("bond%u", index);
    case OF_NICS:
        return g_strdup_printf("eth%u", index - RANDOM_BONDS);
    case OF_BRIDGES:
        return g_strdup_printf("br%u", number - RANDOM_VLANS);
    default:
        break;
    }
    if (dice[DIE_NAME] % 3 == 1)
        return g_strdup_printf("vlan%u", id);
    g_autofree char *lower = name_of(config, (guint)lower_of(config, index));
    return g_strdup_printf("%s.%u", lower, id);
}

static void device_init(Device *self, const RandomConfig *config, guint index)
{
    *self = (Device){.config = config,
                     .index = index,
                     .bridge = bridge_of(config, index),
                     .lower = lower_of(config, index)};
    self->name = name_of(config, index);
    self->network = g_strdup_printf("10.%u.0", 1 + die(self, DIE_NETWORK, NETWORKS));
    self->address = g_strdup_printf("%s.%u", self->network, 1 + index * 9 + die(self, DIE_ADDRESS, 4));
    self->is_port = master_of(config, index) >= 0 || self->bridge >= 0;
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

static const char *choice_of(const Device *device, const Aspect *aspect, guint row)
{
    guint n = 0;
    while (n < G_N_ELEMENTS(aspect->choices) && aspect->choices[n])
        n++;
    guint value = die(device, row, n + aspect->plain);
    return aspect->choices[value < n ? value : 0];
}

/* A VLAN has the flag that the device below had when it was made, and keeps it. */
static gboolean is_arp_below_vlan(const Device *device, const Aspect *aspect)
{
    gboolean found = FALSE;
    for (guint i = RANDOM_BELOW; g_str_has_prefix(aspect->choices[1], "ARP=") && i < RANDOM_DEVICES; i++)
        found |= lower_of(device->config, i) == (gint)device->index;
    return found;
}

static gboolean applies(const Device *device, const Aspect *aspect)
{
    if (is_arp_below_vlan(device, aspect))
        return FALSE;
    return aspect->whose & whose(device->index) &&
           (device->has_layer3 || aspect->part == IN_FILE || aspect->part == IN_OPTIONS);
}

static void append_rows(GString *text, const Device *device, Part part, const Aspect *rows, guint n,
                        guint first_die)
{
    for (guint i = 0; i < n; i++)
        if (rows[i].part == part && applies(device, &rows[i]))
            append_expanded(text, device, choice_of(device, &rows[i], first_die + i));
}

static void append_part(GString *text, const Device *device, Part part)
{
    append_rows(text, device, part, aspects, G_N_ELEMENTS(aspects), 0);
    append_rows(text, device, part, later, G_N_ELEMENTS(later), DIE_LATER);
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

static void append_relations(GString *text, const Device *device)
{
    g_autofree char *lower = device->lower >= 0 ? name_of(device->config, (guint)device->lower) : NULL;
    g_autofree char *bridge = device->bridge >= 0 ? name_of(device->config, (guint)device->bridge) : NULL;
    if (whose(device->index) == OF_VLANS)
        g_string_append(text, "VLAN=yes\n");
    if (lower && (whose(device->index) == OF_BRIDGES || g_str_has_prefix(device->name, "vlan")))
        g_string_append_printf(text, "PHYSDEV=%s\n", lower);
    if (bridge)
        g_string_append_printf(text, "BRIDGE=%s\n", bridge);
    if (whose(device->index) == OF_BRIDGES) {
        const Guise *guise = guise_of(device->config, device->index);
        g_string_append_printf(text, "TYPE=%s\n", guise->type);
        append_expanded(text, device, guise->lines);
    }
}

static void append_main(GString *text, const Device *device, gboolean is_quick)
{
    gint master = master_of(device->config, device->index);
    g_string_append_printf(text, "@ifcfg-%s\nDEVICE=%s\n", device->name, device->name);
    append_part(text, device, IN_FILE);
    if (whose(device->index) == OF_BONDS) {
        g_string_append(text, "BONDING_OPTS=\"");
        append_part(text, device, IN_OPTIONS);
        g_string_append(text, "\"\n");
    }
    if (master >= 0)
        g_string_append_printf(text, "MASTER=bond%d\nSLAVE=yes\nDEVTIMEOUT=0\n", master);
    append_relations(text, device);
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

static gboolean has_any(const RandomConfig *config)
{
    for (guint i = 0; i < RANDOM_DEVICES; i++)
        if (is_there(config, i))
            return TRUE;
    return FALSE;
}

/* What a bond or a bridge has of carrier while its ports change is not foretold, and objects go without it.
 */
static void append_network(GString *text, const RandomConfig *config, gboolean is_quick)
{
    const guint16 *dice = config->dice[RANDOM_DEVICES];
    guint gatewaydev = dice[DIE_GATEWAYDEV] % (5 * RANDOM_NICS);
    if (!has_any(config)) /* `restart` refuses to take everything down for a folder without files */
        g_string_append(text, "@ifcfg-spare\nDEVICE=spare\nONBOOT=no\n");
    g_string_append(text, "@/etc/sysconfig/network\nNETWORKING=yes\n");
    if (gatewaydev && gatewaydev < RANDOM_NICS)
        g_string_append_printf(text, "GATEWAYDEV=eth%u\n", gatewaydev);
    if (dice[DIE_NOZEROCONF] % 3 != 1)
        g_string_append(text, "NOZEROCONF=yes\n");
    if (!is_quick && dice[DIE_NOZEROCONF] / 3 % 3 == 1)
        g_string_append(text, "NEXTHOP_OBJECTS=yes\n");
}

char *random_config_files(const RandomConfig *self, gboolean is_quick)
{
    GString *text = g_string_new(NULL);
    append_network(text, self, is_quick);
    for (guint i = 0; i < RANDOM_DEVICES; i++)
        if (is_there(self, i))
            append_device(text, self, i, is_quick);
    return g_string_free(text, FALSE);
}
