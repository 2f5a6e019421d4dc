/* What netplan's devices have of addresses, routes, rules, names and DHCP. */
#include "foreign/netplan.h"
#include "ifcfg-file.h"
#include "model/iface.h"
#include "model/kind.h"
#include <string.h>
#include <sys/socket.h>

/* "- 10.0.0.2/24", or "- 10.0.0.2/24: {label: 'eth0:1'}" */
static void address_take(NetplanReader *self, const ForeignNode *node)
{
    const ForeignNode *inside =
        foreign_node_length(node) == 1 && node->is_map ? foreign_node_nth(node, 0) : NULL;
    guint before = self->iface->addresses->len;
    g_autofree char *text = foreign_node_words(node);
    foreign_address(self->foreign, self->iface, inside ? inside->key : text, node->where);
    for (guint i = 0; i < foreign_node_length(inside); i++) {
        const ForeignNode *item = foreign_node_nth(inside, i);
        NetAddress *address = self->iface->addresses->len > before
                                  ? self->iface->addresses->pdata[self->iface->addresses->len - 1]
                                  : NULL;
        if (foreign_node_is(item, "label") && item->text && address) {
            g_free(address->label);
            address->label = g_strdup(item->text);
        } else if (!foreign_node_is(item, "lifetime") || g_strcmp0(item->text, "forever")) {
            netplan_miss(self, item);
        }
    }
}

/* The words of `ip`. */
static const struct {
    const char *list, *key, *word;
} words[] = {
    {"routes", "via", "via"},
    {"routes", "from", "src"},
    {"routes", "metric", "metric"},
    {"routes", "table", "table"},
    {"routes", "scope", "scope"},
    {"routes", "mtu", "mtu"},
    {"routes", "advertised-mss", "advmss"},
    {"routes", "congestion-window", "cwnd"},
    {"routes", "advertised-receive-window", "window"},
    {"routing-policy", "from", "from"},
    {"routing-policy", "to", "to"},
    {"routing-policy", "table", "table"},
    {"routing-policy", "priority", "priority"},
    {"routing-policy", "mark", "fwmark"},
    {"routing-policy", "type-of-service", "tos"},
};

static const char *word_of(const char *list, const ForeignNode *node)
{
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_str_equal(words[i].list, list) && foreign_node_is(node, words[i].key))
            return words[i].word;
    return NULL;
}

static gboolean is_default(const char *to)
{
    return g_str_equal(to, "default") || g_str_equal(to, "0.0.0.0/0") || g_str_equal(to, "::/0");
}

/* Routes and rules of a VRF are in its table, unless they name one. Returns: NULL for another device */
static const char *table_of(const NetplanReader *self, const ForeignNode *node)
{
    const LinkSetting *table = g_str_equal(self->iface->kind->name, "vrf")
                                   ? link_settings_find(self->iface->settings, "table")
                                   : NULL;
    return table && !foreign_node_get(node, "table") ? table->text : NULL;
}

static void route_take(NetplanReader *self, const ForeignNode *node)
{
    const ForeignNode *to = foreign_node_get(node, "to"), *via = foreign_node_get(node, "via");
    g_autoptr(GString) line = g_string_new(NULL);
    gboolean is_6 = FALSE;
    if (!to || !to->text) {
        netplan_miss(self, node);
        return;
    }
    const char *table = table_of(self, node);
    if (foreign_node_length(node) == 2 && via && via->text && is_default(to->text) && !table) {
        foreign_gateway(self->foreign, self->iface, via->text, node->where);
        return;
    }
    for (guint i = 0; i < foreign_node_length(node); i++) {
        const ForeignNode *item = foreign_node_nth(node, i);
        const char *word = word_of("routes", item);
        is_6 |= item->text && strchr(item->text, ':');
        if (word && item->text)
            g_string_append_printf(line, " %s %s", word, item->text);
        else if (foreign_node_is(item, "on-link"))
            g_string_append(line, ifcfg_is_true(item->text) ? " onlink" : "");
        else if (!foreign_node_is(item, "to") && !foreign_node_is(item, "type"))
            netplan_miss(self, item);
    }
    const ForeignNode *type = foreign_node_get(node, "type");
    if (table)
        g_string_append_printf(line, " table %s", table);
    g_autofree char *text = g_strdup_printf("%s %s%s", type && type->text ? type->text : "",
                                            is_default(to->text) ? "default" : to->text, line->str);
    foreign_route(self->foreign, self->iface, g_strchug(text), is_6 ? AF_INET6 : AF_INET, node->where);
}

static void rule_take(NetplanReader *self, const ForeignNode *node)
{
    g_autoptr(GString) line = g_string_new(NULL);
    gboolean is_6 = FALSE;
    for (guint i = 0; i < foreign_node_length(node); i++) {
        const ForeignNode *item = foreign_node_nth(node, i);
        const char *word = word_of("routing-policy", item);
        is_6 |= item->text && strchr(item->text, ':');
        if (word && item->text)
            g_string_append_printf(line, "%s%s %s", line->len ? " " : "", word, item->text);
        else
            netplan_miss(self, item);
    }
    const char *table = table_of(self, node);
    if (table)
        g_string_append_printf(line, " table %s", table);
    foreign_rule(self->foreign, self->iface, line->str, is_6 ? AF_INET6 : AF_INET, node->where);
}

static void each_take(NetplanReader *self, const ForeignNode *list,
                      void (*take)(NetplanReader *, const ForeignNode *))
{
    for (guint i = 0; i < foreign_node_length(list); i++)
        take(self, foreign_node_nth(list, i));
    if (!list->items)
        netplan_miss(self, list);
}

static void server_take(NetplanReader *self, const ForeignNode *node)
{
    g_autofree char *all = foreign_node_words(node);
    if (foreign_node_is(node, "addresses") || foreign_node_is(node, "search"))
        foreign_names(self->foreign, self->iface, foreign_node_is(node, "search"), all, node->where);
    else
        netplan_miss(self, node);
}

static void dhcp_take(NetplanReader *self, const ForeignNode *node, int family)
{
    if (ifcfg_is_true(node->text))
        foreign_dhcp(self->iface, family);
}

/* A switch that is on says what holds without it. */
static gboolean switch_take(NetplanReader *self, const ForeignNode *node)
{
    const struct {
        const char *name;
        gboolean *is_on;
    } switches[] = {{"use-dns", &self->iface->dhcp.peerdns},
                    {"use-ntp", &self->iface->dhcp.peerntp},
                    {"use-routes", &self->iface->dhcp.peerroutes},
                    {"send-hostname", &self->iface->dhcp.send_hostname}};
    for (gsize i = 0; i < G_N_ELEMENTS(switches); i++) {
        if (!foreign_node_is(node, switches[i].name))
            continue;
        *switches[i].is_on &= !ifcfg_is_false(node->text);
        return TRUE;
    }
    return FALSE;
}

static gboolean override_carry(NetplanReader *self, const ForeignNode *node)
{
    if (!node->text)
        return FALSE;
    if (foreign_node_is(node, "route-metric"))
        return foreign_lease(self->iface, "METRIC", node->text);
    if (foreign_node_is(node, "hostname"))
        return foreign_lease(self->iface, "DHCP_HOSTNAME", node->text);
    return switch_take(self, node);
}

static void override4_take(NetplanReader *self, const ForeignNode *node)
{
    if (!override_carry(self, node))
        netplan_miss(self, node);
}

/* The keys of our files are about both families, or about IPv4. */
static void override6_take(NetplanReader *self, const ForeignNode *node)
{
    gboolean is_alone = g_strcmp0(self->iface->bootproto, "dhcp") != 0;
    gboolean is_on = node->text && ifcfg_is_true(node->text) && g_str_has_prefix(node->key, "use-");
    if (!is_on && !(is_alone && foreign_node_is(node, "use-dns") && override_carry(self, node)))
        netplan_miss(self, node);
}

gboolean netplan_layer3_take(NetplanReader *self, const ForeignNode *node)
{
    if (foreign_node_is(node, "addresses"))
        each_take(self, node, address_take);
    else if (foreign_node_is(node, "routes"))
        each_take(self, node, route_take);
    else if (foreign_node_is(node, "routing-policy"))
        each_take(self, node, rule_take);
    else if (foreign_node_is(node, "nameservers"))
        each_take(self, node, server_take);
    else if (foreign_node_is(node, "dhcp4-overrides"))
        each_take(self, node, override4_take);
    else if (foreign_node_is(node, "dhcp6-overrides"))
        each_take(self, node, override6_take);
    else if (!node->text)
        return foreign_node_is(node, "link-local") && foreign_node_length(node) == 1 &&
               !g_strcmp0(foreign_node_nth(node, 0)->text, "ipv6");
    else if (foreign_node_is(node, "dhcp4") || foreign_node_is(node, "dhcp6"))
        dhcp_take(self, node, foreign_node_is(node, "dhcp4") ? AF_INET : AF_INET6);
    else if (foreign_node_is(node, "gateway4") || foreign_node_is(node, "gateway6"))
        foreign_gateway(self->foreign, self->iface, node->text, node->where);
    else if (foreign_node_is(node, "accept-ra"))
        foreign_field(self->foreign, self->iface, "IPV6_AUTOCONF", ifcfg_is_true(node->text) ? "yes" : "no",
                      node->where);
    else
        return FALSE;
    return TRUE;
}
