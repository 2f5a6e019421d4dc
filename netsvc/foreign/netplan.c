/* netplan: YAML files, of which later ones add to earlier (netplan(5)). A device is referred to by its
 * definition, whose word need not be the device's name. */
#include "foreign/netplan.h"
#include "i18n.h"
#include "ifcfg-file.h"
#include "model/iface.h"
#include "model/kind.h"
#include "writing/writing.h"
#include <string.h>
#include <sys/socket.h>

void netplan_miss(const NetplanReader *self, const ForeignNode *node)
{
    g_autofree char *text = foreign_node_words(node);
    g_autofree char *what = !node->key   ? g_strdup(text)
                            : node->text ? g_strdup_printf("%s: %s", node->key, text)
                                         : g_strdup(node->key);
    foreign_miss(self->foreign, node->where, what);
}

/* Returns: the name of the device, or NULL with a warning. */
static const char *device_of(const NetplanReader *self, const ForeignNode *node, const char *word)
{
    const char *name = word ? g_hash_table_lookup(self->names, word) : NULL;
    if (word && !name)
        return word;
    if (name && *name)
        return name;
    netplan_miss(self, node);
    return NULL;
}

/* --- options of devices --- */

static const struct {
    const char *kind, *key, *option;
    ForeignForm form;
} options[] = {
    {"bond", "mode", "mode", FOREIGN_AS_IS},
    {"bond", "lacp-rate", "lacp_rate", FOREIGN_AS_IS},
    {"bond", "mii-monitor-interval", "miimon", FOREIGN_MILLISECONDS},
    {"bond", "min-links", "min_links", FOREIGN_AS_IS},
    {"bond", "transmit-hash-policy", "xmit_hash_policy", FOREIGN_AS_IS},
    {"bond", "ad-select", "ad_select", FOREIGN_AS_IS},
    {"bond", "all-members-active", "all_slaves_active", FOREIGN_SWITCH},
    {"bond", "all-slaves-active", "all_slaves_active", FOREIGN_SWITCH},
    {"bond", "arp-interval", "arp_interval", FOREIGN_MILLISECONDS},
    {"bond", "arp-ip-targets", "arp_ip_target", FOREIGN_COMMAS},
    {"bond", "arp-validate", "arp_validate", FOREIGN_AS_IS},
    {"bond", "arp-all-targets", "arp_all_targets", FOREIGN_AS_IS},
    {"bond", "up-delay", "updelay", FOREIGN_MILLISECONDS},
    {"bond", "down-delay", "downdelay", FOREIGN_MILLISECONDS},
    {"bond", "fail-over-mac-policy", "fail_over_mac", FOREIGN_AS_IS},
    {"bond", "gratuitous-arp", "num_grat_arp", FOREIGN_AS_IS},
    {"bond", "gratuitious-arp", "num_grat_arp", FOREIGN_AS_IS},
    {"bond", "packets-per-member", "packets_per_slave", FOREIGN_AS_IS},
    {"bond", "packets-per-slave", "packets_per_slave", FOREIGN_AS_IS},
    {"bond", "primary-reselect-policy", "primary_reselect", FOREIGN_AS_IS},
    {"bond", "resend-igmp", "resend_igmp", FOREIGN_AS_IS},
    {"bond", "learn-packet-interval", "lp_interval", FOREIGN_SECONDS},
    {"bridge", "ageing-time", "ageing_time", FOREIGN_TICKS},
    {"bridge", "aging-time", "ageing_time", FOREIGN_TICKS},
    {"bridge", "priority", "priority", FOREIGN_AS_IS},
    {"bridge", "forward-delay", "forward_delay", FOREIGN_TICKS},
    {"bridge", "hello-time", "hello_time", FOREIGN_TICKS},
    {"bridge", "max-age", "max_age", FOREIGN_TICKS},
    {"bridge", "stp", "stp_state", FOREIGN_SWITCH},
    {"vlan", "id", "id", FOREIGN_AS_IS},
    {"vrf", "table", "table", FOREIGN_AS_IS},
    {"vxlan", "id", "id", FOREIGN_AS_IS},
    {"vxlan", "port", "port", FOREIGN_AS_IS},
    {"vxlan", "mac-learning", "learning", FOREIGN_SWITCH},
    {"", "local", "local", FOREIGN_AS_IS},
    {"", "remote", "remote", FOREIGN_AS_IS},
    {"", "ttl", "ttl", FOREIGN_AS_IS},
};

static gboolean is_number(const char *text)
{
    return *text && !text[strspn(text, "0123456789")];
}

/* A bond's times are milliseconds already. */
static gboolean option_take(NetplanReader *self, const ForeignNode *node)
{
    const char *kind = self->iface->kind->name;
    for (gsize i = 0; i < G_N_ELEMENTS(options); i++) {
        gboolean fits = !*options[i].kind || g_str_equal(options[i].kind, kind);
        if (!fits || !foreign_node_is(node, options[i].key) || !self->iface->settings)
            continue;
        g_autofree char *words = foreign_node_words(node);
        gboolean is_plain = options[i].form == FOREIGN_MILLISECONDS && is_number(words);
        g_autofree char *text = foreign_value(is_plain ? FOREIGN_AS_IS : options[i].form, words);
        foreign_option(self->foreign, self->iface, options[i].option, text, node->where);
        return TRUE;
    }
    return FALSE;
}

/* "path-cost: {eth0: 7}" */
static void ports_option_take(NetplanReader *self, const ForeignNode *node, const char *option)
{
    for (guint i = 0; i < foreign_node_length(node); i++) {
        const ForeignNode *item = foreign_node_nth(node, i);
        const char *name = item->text ? device_of(self, item, item->key) : NULL;
        NetIface *port = name ? foreign_iface(self->foreign, name, NULL, item->where) : NULL;
        if (port)
            foreign_port_option(self->foreign, port, option, item->text, item->where);
    }
}

static void parameters_take(NetplanReader *self, const ForeignNode *node)
{
    gboolean is_bridge = g_str_equal(self->iface->kind->name, "bridge");
    for (guint i = 0; i < foreign_node_length(node); i++) {
        const ForeignNode *item = foreign_node_nth(node, i);
        if (is_bridge && (foreign_node_is(item, "path-cost") || foreign_node_is(item, "port-priority")))
            ports_option_take(self, item, foreign_node_is(item, "path-cost") ? "path_cost" : "priority");
        else if (!is_bridge && foreign_node_is(item, "primary") && item->text) {
            const char *name = device_of(self, item, item->text);
            if (name)
                foreign_option(self->foreign, self->iface, "primary", name, item->where);
        } else if (!option_take(self, item))
            netplan_miss(self, item);
    }
    /* parse.c, handle_bridge(): with parameters it is on unless one says that it is not */
    if (is_bridge && !foreign_node_get(node, "stp"))
        foreign_option(self->foreign, self->iface, "stp_state", "on", node->where);
}

static void ports_take(NetplanReader *self, const ForeignNode *node)
{
    for (guint i = 0; i < foreign_node_length(node); i++) {
        const ForeignNode *item = foreign_node_nth(node, i);
        const char *name = device_of(self, item, item->text);
        if (name)
            foreign_port(self->foreign, foreign_iface(self->foreign, name, NULL, item->where),
                         self->iface->kind->name, self->iface->name, item->where);
    }
}

/* --- definitions --- */

/* The device below or at the other end. A virtual function has the card that it is of, which needs no key. */
static gboolean other_take(NetplanReader *self, const ForeignNode *node)
{
    const char *name = device_of(self, node, node->text);
    if (name && g_str_equal(self->iface->kind->name, "vxlan"))
        foreign_option(self->foreign, self->iface, "dev", name, node->where);
    else if (name && foreign_node_is(node, "peer"))
        foreign_relate(self->foreign, self->iface, NET_PEER, name, node->where);
    else if (name && net_kind_has(self->iface->kind, NET_KIND_IS_STACKED))
        foreign_relate(self->foreign, self->iface, NET_STANDS_ON, name, node->where);
    else
        return !net_kind_has(self->iface->kind, NET_KIND_IS_TUNNEL);
    return TRUE;
}

static const struct {
    const char *key, *word;
} offloads[] = {
    {"receive-checksum-offload", "rx"},      {"transmit-checksum-offload", "tx"},
    {"tcp-segmentation-offload", "tso"},     {"tcp6-segmentation-offload", "tx-tcp6-segmentation"},
    {"generic-segmentation-offload", "gso"}, {"generic-receive-offload", "gro"},
    {"large-receive-offload", "lro"}};

/* All that it says of them is one line of ethtool. */
static gboolean offload_take(NetplanReader *self, const ForeignNode *node)
{
    for (gsize i = 0; i < G_N_ELEMENTS(offloads); i++) {
        if (!foreign_node_is(node, offloads[i].key))
            continue;
        const char *before = ifcfg_record_get(self->iface->record, "ETHTOOL_OPTS");
        g_autofree char *begin =
            before ? g_strdup(before) : g_strconcat("-K ", foreign_ethtool_device(self->iface), NULL);
        g_autofree char *value =
            g_strdup_printf("%s %s %s", begin, offloads[i].word, ifcfg_is_true(node->text) ? "on" : "off");
        net_iface_say(self->iface, "ETHTOOL_OPTS", value);
        return TRUE;
    }
    return FALSE;
}

static gboolean infiniband_take(NetplanReader *self, const ForeignNode *node)
{
    if (!foreign_node_is(node, "infiniband-mode"))
        return FALSE;
    foreign_iface(self->foreign, self->iface->name, "infiniband", node->where);
    net_iface_say(self->iface, "CONNECTED_MODE", g_str_equal(node->text, "connected") ? "yes" : "no");
    return TRUE;
}

static gboolean device_take(NetplanReader *self, const ForeignNode *node)
{
    static const char *const silent[] = {"optional", "set-name", "interfaces", "mode", NULL};
    if (foreign_node_is(node, "parameters") && node->is_map)
        parameters_take(self, node);
    else if (foreign_node_is(node, "match"))
        return !foreign_node_get(node, "driver");
    else if (!node->text)
        return foreign_node_is(node, "interfaces");
    else if (foreign_node_is(node, "mtu"))
        foreign_field(self->foreign, self->iface, "MTU", node->text, node->where);
    else if (foreign_node_is(node, "macaddress"))
        foreign_field(self->foreign, self->iface, "MACADDR", node->text, node->where);
    else if (foreign_node_is(node, "activation-mode"))
        self->iface->onboot = FALSE;
    else if (foreign_node_is(node, "link") || foreign_node_is(node, "peer"))
        return other_take(self, node);
    else if (foreign_node_is(node, "renderer"))
        return !g_str_equal(node->text, "sriov"); /* the card itself would be the VLAN's device */
    else
        return option_take(self, node) || offload_take(self, node) || infiniband_take(self, node) ||
               g_strv_contains(silent, node->key);
    return TRUE;
}

static const struct {
    const char *section, *kind; /* NULL: a card; "": by its mode */
} sections[] = {
    {"ethernets", NULL}, {"bonds", "bond"},          {"bridges", "bridge"},         {"vlans", "vlan"},
    {"vrfs", "vrf"},     {"dummy-devices", "dummy"}, {"virtual-ethernets", "veth"}, {"tunnels", ""}};

static const char *kind_of(const char *kind, const ForeignNode *definition)
{
    static const char *const modes[] = {"gre", "gretap", "ipip", "sit", "vxlan", NULL};
    const ForeignNode *mode = foreign_node_get(definition, "mode");
    if (!kind || *kind)
        return kind;
    return mode && mode->text && g_strv_contains(modes, mode->text) ? mode->text : "";
}

/* Of a card that is found by its MAC alone. */
static const char *card_of(const NetplanReader *self, const ForeignNode *definition, const ForeignNode *match)
{
    const ForeignNode *mac = foreign_node_get(match, "macaddress");
    NetIface *card = mac && mac->text && foreign_node_length(match) == 1
                         ? foreign_card(self->foreign, mac->text, definition->where)
                         : NULL;
    return card ? card->name : NULL;
}

static const char *name_of(const NetplanReader *self, const ForeignNode *definition)
{
    const ForeignNode *match = foreign_node_get(definition, "match"),
                      *name = foreign_node_get(definition, "set-name");
    if (match && !name)
        name = foreign_node_get(match, "name");
    if (!match)
        return definition->key;
    if (!name)
        return card_of(self, definition, match);
    return name->text && !name->text[strcspn(name->text, "*?[")] ? name->text : NULL;
}

/* YAML's word for nothing */
static gboolean is_nothing(const ForeignNode *node)
{
    return !g_strcmp0(node->text, "") || !g_strcmp0(node->text, "~") || !g_strcmp0(node->text, "null");
}

static void definition_find(NetplanReader *self, const ForeignNode *definition, const char *section_kind,
                            GPtrArray *found)
{
    const char *kind = kind_of(section_kind, definition), *name = name_of(self, definition);
    gboolean is_known = name && !(kind && !*kind) && (definition->is_map || is_nothing(definition));
    g_hash_table_insert(self->names, definition->key, (gpointer)(is_known ? name : ""));
    if (is_known) {
        foreign_iface(self->foreign, name, kind, definition->where);
        g_ptr_array_add(found, (gpointer)definition);
    } else
        netplan_miss(self, definition);
}

/* The device first: a VRF's table is that of its routes. */
static void definition_read(NetplanReader *self, const ForeignNode *definition)
{
    const char *name = g_hash_table_lookup(self->names, definition->key);
    const ForeignNode *mac = foreign_node_get(foreign_node_get(definition, "match"), "macaddress");
    const ForeignNode *ports = foreign_node_get(definition, "interfaces");
    g_autoptr(GPtrArray) others = g_ptr_array_new();
    self->iface = foreign_iface(self->foreign, name, NULL, definition->where);
    if (mac && mac->text)
        foreign_field(self->foreign, self->iface, "HWADDR", mac->text, mac->where);
    if (ports)
        ports_take(self, ports);
    for (guint i = 0; i < foreign_node_length(definition); i++)
        if (!device_take(self, foreign_node_nth(definition, i)))
            g_ptr_array_add(others, (gpointer)foreign_node_nth(definition, i));
    for (guint i = 0; i < others->len; i++)
        if (!netplan_layer3_take(self, others->pdata[i]))
            netplan_miss(self, others->pdata[i]);
}

static gboolean is_taken(const ForeignNode *entry)
{
    for (gsize i = 0; i < G_N_ELEMENTS(sections); i++)
        if (foreign_node_is(entry, sections[i].section))
            return entry->is_map || is_nothing(entry);
    return foreign_node_is(entry, "version") || foreign_node_is(entry, "renderer");
}

/* All names first, since each may refer to any. */
static void network_read(NetplanReader *self, const ForeignNode *network)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    for (guint i = 0; i < foreign_node_length(network); i++)
        if (!network->is_map || !is_taken(foreign_node_nth(network, i)))
            netplan_miss(self, foreign_node_nth(network, i));
    for (gsize s = 0; s < G_N_ELEMENTS(sections); s++) {
        const ForeignNode *section = foreign_node_get(network, sections[s].section);
        for (guint i = 0; section && section->is_map && i < foreign_node_length(section); i++)
            definition_find(self, foreign_node_nth(section, i), sections[s].kind, found);
    }
    for (guint i = 0; i < found->len; i++)
        definition_read(self, found->pdata[i]);
}

gboolean net_foreign_netplan(NetForeign *self, const char *dir, GError **error)
{
    g_autoptr(GPtrArray) paths = foreign_files(dir, ".yaml");
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(ForeignNode) all = g_new0(ForeignNode, 1);
    NetplanReader reader = {self, names, NULL};
    all->is_map = TRUE;
    all->items = g_ptr_array_new_with_free_func((GDestroyNotify)foreign_node_free);
    for (guint i = 0; i < paths->len; i++) {
        g_autoptr(ForeignNode) file = foreign_yaml_load(paths->pdata[i], self->problems, error);
        if (!file)
            return FALSE;
        if (file->is_map)
            foreign_node_merge(all, g_steal_pointer(&file));
        else if (file->text || file->items)
            netplan_miss(&reader, file);
    }
    for (guint i = 0; i < all->items->len; i++)
        if (!foreign_node_is(foreign_node_nth(all, i), "network"))
            netplan_miss(&reader, foreign_node_nth(all, i));
    network_read(&reader, foreign_node_get(all, "network"));
    return TRUE;
}
