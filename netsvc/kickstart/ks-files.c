/* What the files are that `network` lines come to: those that a careful administrator writes. */
#include "i18n.h"
#include "ifcfg-ip.h"
#include "ifcfg-keys.h"
#include "ifcfg-quote.h"
#include "kickstart/ks.h"
#include <string.h>

#define SCRIPTS "etc/sysconfig/network-scripts/"

/** What makes a device a port of another. */
typedef struct {
    char *lines; /* "MASTER=bond0\nSLAVE=yes\n" */
    const char *master;
    const KsNetwork *by;
} Port;

typedef struct {
    const GPtrArray *networks;
    const char *source;
    KsMacOf mac_of;
    GPtrArray *files;
    GHashTable *ports;   /* name -> Port* */
    GHashTable *devices; /* name -> KsNetwork* whose own file it has */
    IfcfgProblems *problems;
} Maker;

static void port_free(gpointer data)
{
    Port *self = data;
    g_free(self->lines);
    g_free(self);
}

static void maker_add(Maker *self, char *path, GString *text, guint mode)
{
    g_ptr_array_add(self->files, ifcfg_text_new(path, g_string_free(text, FALSE), mode));
}

static const char *device_of(const KsNetwork *network)
{
    return network->device ? network->device : ks_get(network, KS_DEVICE);
}

/* The VLAN's own device; NULL where the line makes none. */
static char *vlan_of(const KsNetwork *network)
{
    const char *name = ks_get(network, KS_INTERFACENAME);
    if (!ks_has(network, KS_VLANID))
        return NULL;
    return name ? g_strdup(name) : g_strdup_printf("%s.%s", device_of(network), ks_get(network, KS_VLANID));
}

/* --- the parts of a file --- */

/* The address that the line names the card by, or that of the card that it binds to. */
static char *hwaddr_of(const Maker *self, const KsNetwork *network, const char *device)
{
    const Port *port = g_hash_table_lookup(self->ports, device);
    gboolean is_own = !g_strcmp0(device, device_of(network));
    const KsKind *kind = ks_kind_of(network);
    gboolean has_ports = kind && kind->port_lines;
    const KsNetwork *by = port ? port->by : is_own && !has_ports ? network : NULL;
    if (is_own && network->hwaddr)
        return g_strdup(network->hwaddr);
    if (!by || !ks_has(by, KS_BINDTO))
        return NULL;
    char *mac = self->mac_of(device);
    if (!mac)
        ks_fail(by, KS_BINDTO, self->problems,
                _("--bindto=mac: this machine has no card %s whose address could be taken"), device);
    return mac;
}

static GString *file_begin(const Maker *self, const KsNetwork *network, const char *device, const char *type)
{
    GString *text = g_string_sized_new(256);
    char line[16];
    gboolean is_own = !g_strcmp0(device, device_of(network));
    g_autofree char *hwaddr = hwaddr_of(self, network, device);
    g_snprintf(line, sizeof line, ":%u\n", network->where.line);
    g_string_append(text, "# Made by netsvc kickstart from ");
    g_string_append(text, self->source);
    g_string_append(text, line);
    if (!is_own || !network->is_unnamed)
        ifcfg_append(text, "DEVICE", device);
    if (hwaddr)
        ifcfg_append(text, "HWADDR", hwaddr);
    ifcfg_append(text, "TYPE", type);
    const char *onboot = ks_get(network, KS_ONBOOT);
    ifcfg_append(text, "ONBOOT", onboot && ifcfg_is_false(onboot) ? "no" : "yes");
    return text;
}

/* Addresses and names of a port would be lost without a word. */
static void idle_tell(const Maker *self, const KsNetwork *network, const char *device, const Port *port)
{
    static const KsOption idle[] = {KS_IP, KS_GATEWAY, KS_IPV6, KS_IPV6GATEWAY, KS_NAMESERVER};
    for (gsize i = 0; i < G_N_ELEMENTS(idle); i++)
        if (ks_has(network, idle[i]))
            ifcfg_problems_add(self->problems, IFCFG_WARNING, network->values[idle[i]].where,
                               _("--%s has no effect: %s is a port of %s (line %u)"), ks_option_name(idle[i]),
                               device, port->master, port->by->where.line);
}

/* @device: whose file it is. A port has none of it. */
static void append_layer3(const Maker *self, GString *text, const KsNetwork *network, const char *device)
{
    const Port *port = g_hash_table_lookup(self->ports, device);
    if (port) {
        idle_tell(self, network, device, port);
        ifcfg_append(text, "BOOTPROTO", "none");
        g_string_append(text, port->lines);
        return;
    }
    ks_append_layer3(text, network, device, self->problems);
}

static void append_link(GString *text, const KsNetwork *network)
{
    if (ks_has(network, KS_MTU))
        ifcfg_append(text, "MTU", ks_get(network, KS_MTU));
    if (ks_has(network, KS_ETHTOOL))
        ifcfg_append(text, "ETHTOOL_OPTS", ks_get(network, KS_ETHTOOL));
}

/* --- ports --- */

static void port_note(Maker *self, const KsNetwork *network, KsOption option, const char *lines,
                      const char *name, const char *config)
{
    const Port *other = g_hash_table_lookup(self->ports, name);
    const char *master = device_of(network);
    if (other && !g_str_equal(other->master, master)) {
        ks_fail(network, option, self->problems, _("%s is a port of %s already (line %u)"), name,
                other->master, other->by->where.line);
        return;
    }
    g_auto(GStrv) around = g_strsplit(lines, "%s", 2);
    g_autoptr(GString) text = g_string_new(around[0]);
    g_autofree char *quoted = ifcfg_quote(master, IFCFG_QUOTE_PLAIN);
    g_string_append_printf(text, "%s%s", quoted, around[1]);
    if (config)
        ifcfg_append(text, "TEAM_PORT_CONFIG", config);
    Port *port = g_new0(Port, 1);
    *port = (Port){.lines = g_strdup(text->str), .master = master, .by = network};
    g_hash_table_insert(self->ports, g_strdup(name), port);
}

/* NAME'CONFIG',NAME'CONFIG': what is between the quotes has commas of its own. */
static void team_ports_note(Maker *self, const KsNetwork *network, const char *lines)
{
    const char *at = ks_get(network, KS_TEAMSLAVES);
    while (*at) {
        gsize length = strcspn(at, ",'");
        g_autofree char *plain = g_strndup(at, length), *config = NULL;
        const char *end = at[length] == '\'' ? strchr(at + length + 1, '\'') : NULL;
        const char *fault = ifcfg_ifname_fault(g_strstrip(plain));
        if (fault || (at[length] == '\'' && !end)) {
            ks_fail(network, KS_TEAMSLAVES, self->problems, _("'%s': expected NAME'CONFIGURATION',NAME ..."),
                    at);
            return;
        }
        if (end)
            config = g_strndup(at + length + 1, (gsize)(end - at) - length - 1);
        port_note(self, network, KS_TEAMSLAVES, lines, plain, config);
        at = end ? end + 1 : at + length;
        at += *at == ',';
    }
}

static void ports_note(Maker *self, const KsNetwork *network)
{
    for (const KsKind *kind = ks_kinds; kind->option != KS_OPTION_LAST; kind++) {
        if (!kind->port_lines || !ks_has(network, kind->option))
            continue;
        if (kind->option == KS_TEAMSLAVES) {
            team_ports_note(self, network, kind->port_lines);
            continue;
        }
        g_auto(GStrv) names = g_strsplit(ks_get(network, kind->option), ",", -1);
        for (char **name = names; *name; name++)
            if (*g_strstrip(*name))
                port_note(self, network, kind->option, kind->port_lines, *name, NULL);
    }
}

/* --- files --- */

static char *ifcfg_path(const char *device)
{
    return g_strconcat(SCRIPTS "ifcfg-", device, NULL);
}

/* A key is for root's eyes only. */
static void add_keys(Maker *self, const KsNetwork *network, const char *device)
{
    if (!ks_has(network, KS_WEPKEY) && !ks_has(network, KS_WPAKEY))
        return;
    GString *text = g_string_new(NULL);
    if (ks_has(network, KS_WEPKEY))
        ifcfg_append(text, "KEY1", ks_get(network, KS_WEPKEY));
    if (ks_has(network, KS_WPAKEY))
        ifcfg_append(text, "WPA_PSK", ks_get(network, KS_WPAKEY));
    maker_add(self, g_strconcat(SCRIPTS "keys-", device, NULL), text, 0600);
}

/* The device itself; with a VLAN on it, no more than a device below. */
static void add_device(Maker *self, const KsNetwork *network, const char *device, gboolean is_below)
{
    const KsKind *kind = ks_kind_of(network);
    GString *text = file_begin(self, network, device, kind ? kind->type : "Ethernet");
    append_link(text, network);
    if (kind)
        kind->append(text, network, self->problems);
    if (is_below) {
        const Port *port = g_hash_table_lookup(self->ports, device);
        ifcfg_append(text, "BOOTPROTO", "none");
        g_string_append(text, port ? port->lines : "");
    } else {
        append_layer3(self, text, network, device);
    }
    maker_add(self, ifcfg_path(device), text, 0644);
    add_keys(self, network, device);
}

static void add_vlan(Maker *self, const KsNetwork *network, const char *vlan)
{
    const char *below = device_of(network);
    GString *text = file_begin(self, network, vlan, "Vlan");
    ifcfg_append(text, "VLAN", "yes");
    ifcfg_append(text, "PHYSDEV", below);
    ifcfg_append(text, "VLAN_ID", ks_get(network, KS_VLANID));
    if (ks_has(network, KS_MTU))
        ifcfg_append(text, "MTU", ks_get(network, KS_MTU));
    append_layer3(self, text, network, vlan);
    maker_add(self, ifcfg_path(vlan), text, 0644);
}

/* Each line has one device that is its own; the device below a VLAN is that of another line, if one has it.
 */
static void network_add(Maker *self, const KsNetwork *network)
{
    const char *device = device_of(network);
    g_autofree char *vlan = vlan_of(network);
    if (!device || g_hash_table_lookup(self->devices, vlan ? vlan : device) != network)
        return;
    if (!vlan) {
        add_device(self, network, device, FALSE);
        return;
    }
    if (ks_kind_of(network) || !g_hash_table_contains(self->devices, device)) {
        g_hash_table_insert(self->devices, g_strdup(device), (gpointer)network);
        add_device(self, network, device, TRUE);
    }
    add_vlan(self, network, vlan);
}

static void device_note(Maker *self, const KsNetwork *network)
{
    g_autofree char *vlan = vlan_of(network);
    const char *device = vlan ? vlan : device_of(network);
    const KsNetwork *before = device ? g_hash_table_lookup(self->devices, device) : NULL;
    if (!device)
        return;
    const char *fault = network->is_unnamed && !vlan ? NULL : ifcfg_ifname_fault(device);
    if (fault)
        ks_fail(network, KS_VLANID, self->problems, _("'%s' cannot be the name of a device: %s"), device,
                fault);
    if (before)
        ifcfg_problems_add(self->problems, IFCFG_WARNING, network->where,
                           _("%s was configured in line %u already: this line counts"), device,
                           before->where.line);
    g_hash_table_insert(self->devices, g_strdup(device), (gpointer)network);
}

static void add_ports(Maker *self)
{
    g_autoptr(GList) names = g_list_sort(g_hash_table_get_keys(self->ports), (GCompareFunc)strcmp);
    for (const GList *item = names; item; item = item->next) {
        const Port *port = g_hash_table_lookup(self->ports, item->data);
        if (g_hash_table_contains(self->devices, item->data))
            continue;
        GString *text = file_begin(self, port->by, item->data, "Ethernet");
        g_string_append(text, port->lines);
        maker_add(self, ifcfg_path(item->data), text, 0644);
    }
}

/* As for the installer the first one counts. */
static void add_hostname(Maker *self)
{
    const char *hostname = NULL;
    for (guint i = 0; i < self->networks->len; i++) {
        const KsNetwork *network = self->networks->pdata[i];
        const char *name = ks_get(network, KS_HOSTNAME);
        if (!hostname)
            hostname = name;
        else if (name && !g_str_equal(name, hostname))
            ifcfg_problems_add(self->problems, IFCFG_WARNING, network->values[KS_HOSTNAME].where,
                               _("the host is called %s already: this name has no effect"), hostname);
    }
    if (!hostname)
        return;
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "%s\n", hostname);
    maker_add(self, g_strdup("etc/hostname"), text, 0644);
}

GPtrArray *ks_files(const GPtrArray *networks, const char *source, KsMacOf mac_of, IfcfgProblems *problems)
{
    Maker self = {.networks = networks, .source = source, .mac_of = mac_of, .problems = problems};
    self.files = g_ptr_array_new_with_free_func((GDestroyNotify)ifcfg_text_free);
    g_autoptr(GHashTable) ports = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, port_free);
    g_autoptr(GHashTable) devices = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    self.ports = ports;
    self.devices = devices;
    for (guint i = 0; i < networks->len; i++)
        device_note(&self, networks->pdata[i]);
    for (guint i = 0; i < networks->len; i++)
        ports_note(&self, networks->pdata[i]);
    for (guint i = 0; i < networks->len; i++)
        network_add(&self, networks->pdata[i]);
    add_ports(&self);
    add_hostname(&self);
    return self.files;
}
