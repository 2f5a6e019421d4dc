/* Which card of this machine a `network` line means: by what sysfs and the kernel's command line say. */
#include "commands/kickstart-host.h"
#include "i18n.h"
#include "ifcfg-ip.h"
#include <string.h>

#define NET "/sys/class/net"
#define IBFT_MAC "/sys/firmware/ibft/ethernet0/mac"

static char *text_read(const char *path)
{
    char *text = NULL;
    return g_file_get_contents(path, &text, NULL, NULL) ? g_strstrip(text) : NULL;
}

static char *attribute_read(const char *device, const char *name)
{
    g_autofree char *path = g_build_filename(NET, device, name, NULL);
    return text_read(path);
}

static gboolean is_card(const char *name)
{
    g_autofree char *path = g_build_filename(NET, name, "device", NULL);
    return g_file_test(path, G_FILE_TEST_EXISTS);
}

/* A port of a bond shows the bond's address; its own is beside it. */
char *kickstart_mac_of(const char *device)
{
    char *own = attribute_read(device, "bonding_slave/perm_hwaddr");
    return own ? own : attribute_read(device, "address");
}

static gboolean has_mac(const char *device, const IfcfgMac *mac)
{
    g_autofree char *text = kickstart_mac_of(device);
    IfcfgMac found;
    return text && ifcfg_mac_parse(text, &found) && ifcfg_mac_equal(&found, mac);
}

static gboolean has_link(const char *device)
{
    g_autofree char *carrier = attribute_read(device, "carrier");
    return carrier && g_str_equal(carrier, "1");
}

/* The first in the order of names. @mac: NULL: any that has a link */
static char *card_find(const IfcfgMac *mac)
{
    g_autoptr(GDir) dir = g_dir_open(NET, 0, NULL);
    char *first = NULL;
    const char *name;
    while (dir && (name = g_dir_read_name(dir))) {
        gboolean is_meant = is_card(name) && (mac ? has_mac(name, mac) : has_link(name));
        if (!is_meant || (first && strcmp(first, name) < 0))
            continue;
        g_free(first);
        first = g_strdup(name);
    }
    return first;
}

/* BOOTIF=01-52-54-00-12-34-56, as pxelinux writes it: the hardware's type in front. */
static gboolean bootif_read(IfcfgMac *mac)
{
    g_autofree char *line = text_read("/proc/cmdline");
    g_auto(GStrv) words = g_strsplit(line ? line : "", " ", -1);
    for (char **word = words; *word; word++) {
        if (!g_str_has_prefix(*word, "BOOTIF="))
            continue;
        char *text = g_strdelimit(*word + strlen("BOOTIF="), "-", ':');
        return ifcfg_mac_parse(strlen(text) > 17 ? text + 3 : text, mac);
    }
    return FALSE;
}

static gboolean ibft_read(IfcfgMac *mac)
{
    g_autofree char *text = text_read(IBFT_MAC);
    return text && ifcfg_mac_parse(text, mac);
}

static void tell(const KsNetwork *network, IfcfgProblems *problems, const char *text)
{
    gboolean is_given = ks_has(network, KS_DEVICE);
    ifcfg_problems_add(problems, IFCFG_ERROR, is_given ? network->values[KS_DEVICE].where : network->where,
                       "%s", text);
}

static void find_by_mac(KsNetwork *network, const IfcfgMac *mac)
{
    network->device = card_find(mac);
    network->hwaddr = ifcfg_mac_format(mac);
    if (network->device)
        return;
    network->is_unnamed = TRUE;
    network->device = g_strdelimit(ifcfg_mac_format(mac), ":", '-');
}

static void find_by_word(KsNetwork *network, const char *word, IfcfgProblems *problems)
{
    IfcfgMac mac;
    if (ifcfg_mac_parse(word, &mac)) {
        find_by_mac(network, &mac);
    } else if (g_str_equal(word, "link")) {
        network->device = card_find(NULL);
        if (!network->device)
            tell(network, problems,
                 _("no card of this machine has a link: write --device=NAME, or its MAC address"));
    } else if (g_str_equal(word, "bootif") ? bootif_read(&mac) : ibft_read(&mac)) {
        network->device = card_find(&mac);
    }
    if (!network->device && !g_str_equal(word, "link"))
        tell(network, problems,
             _("this machine was not started by such a card: write --device=NAME, or its MAC address"));
}

void kickstart_find_device(KsNetwork *network, IfcfgProblems *problems)
{
    const char *word = ks_device_word(network);
    if (word)
        find_by_word(network, word, problems);
}
