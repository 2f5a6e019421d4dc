/* A picture as text: a line a link, address, route, rule and neighbour. Claims are written as the operations
 * that would make them, links as words KEY=VALUE. */
#include "trial/picture-file.h"
#include "model/iface.h"
#include "plan/op-text.h"
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define HEAD "netsvc-picture 1"

static const struct {
    const char *key;
    gsize offset;
} numbers[] = {
    {"ifindex", G_STRUCT_OFFSET(ObservedLink, ifindex)},
    {"flags", G_STRUCT_OFFSET(ObservedLink, flags)},
    {"carrier", G_STRUCT_OFFSET(ObservedLink, carrier)},
    {"mtu", G_STRUCT_OFFSET(ObservedLink, mtu)},
    {"group", G_STRUCT_OFFSET(ObservedLink, group)},
    {"txqueuelen", G_STRUCT_OFFSET(ObservedLink, txqueuelen)},
    {"arp_filter", G_STRUCT_OFFSET(ObservedLink, arp_filter)},
    {"addrgenmode", G_STRUCT_OFFSET(ObservedLink, addrgenmode)},
    {"master", G_STRUCT_OFFSET(ObservedLink, master)},
    {"lower", G_STRUCT_OFFSET(ObservedLink, lower)},
    {"peer", G_STRUCT_OFFSET(ObservedLink, peer)},
    {"has_confs", G_STRUCT_OFFSET(ObservedLink, has_confs)},
};
G_STATIC_ASSERT(sizeof(int) == sizeof(guint32) && sizeof(gboolean) == sizeof(guint32));

/* --- written --- */

static void put(GString *line, const char *key, const char *value)
{
    g_autofree char *escaped = value ? g_uri_escape_string(value, ",:/", FALSE) : NULL;
    if (value)
        g_string_append_printf(line, " %s=%s", key, escaped);
}

static void put_mac(GString *line, const char *key, const IfcfgMac *mac)
{
    g_autofree char *text = mac->length ? ifcfg_mac_format(mac) : NULL;
    put(line, key, text);
}

static void put_values(GString *line, const char *prefix, const LinkValues *values)
{
    for (gsize i = 0; values && i < values->table->n; i++) {
        g_autofree char *key = g_strconcat(prefix, values->table->rows[i].name, NULL);
        put(line, key, values->texts[i]);
    }
}

static void put_link(GString *text, const ObservedLink *link)
{
    g_string_append(text, "link");
    put(text, "name", link->name);
    for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
        g_string_append_printf(text, " %s=%u", numbers[i].key,
                               G_STRUCT_MEMBER(guint32, link, numbers[i].offset));
    put_mac(text, "mac", &link->mac);
    put_mac(text, "perm_mac", &link->perm_mac);
    put(text, "kind", link->kind);
    put(text, "port_kind", link->port_kind);
    put(text, "vlans", link->vlans);
    for (guint i = 0; i < NET_CONF_LAST; i++)
        g_string_append_printf(text, " conf.%u=%d", i, link->confs[i]);
    put_values(text, "own.", link->own);
    put_values(text, "port.", link->port);
    g_string_append_c(text, '\n');
}

static void put_op(GString *text, const NetOp *op)
{
    g_autofree char *line = net_op_to_text(op);
    g_string_append_printf(text, "%s\n", line);
}

static void put_address(GString *text, const NetObserved *picture, const ObservedAddress *address)
{
    const ObservedLink *link = net_observed_link_by_index(picture, address->ifindex);
    NetAddress *copy = net_observed_address_copy(address);
    copy->flags = address->flags; /* all of them: what the kernel has made is told by them */
    NetOp op = {.type = NET_OP_ADDR_ADD, .dev = link ? link->name : NULL, .address = copy};
    if (link)
        put_op(text, &op);
    net_address_free(copy);
}

static void put_neighbour(GString *text, const NetObserved *picture, const ObservedNeighbour *neighbour)
{
    const ObservedLink *link = net_observed_link_by_index(picture, neighbour->ifindex);
    NetOp op = {.type = NET_OP_NEIGH_ADD, .dev = link ? link->name : NULL, .neighbour = *neighbour};
    if (link)
        put_op(text, &op);
}

/* Of a group nothing is known but its number. */
static void put_nexthop(GString *text, const NetNexthop *nexthop)
{
    if (!nexthop->is_other)
        put_op(text, &(NetOp){.type = NET_OP_NEXTHOP_SET, .dev = nexthop->dev, .nexthop.item = nexthop});
}

/* In words a route has an object or a gateway; here it has both. */
static void put_route(GString *text, const IfcfgRoute *route)
{
    IfcfgRoute plain = *route;
    plain.nhid = 0;
    put_op(text, &(NetOp){.type = NET_OP_ROUTE_ADD, .route = &plain, .by_nexthop = route->nhid});
}

char *picture_to_text(const NetObserved *picture)
{
    GString *text = g_string_new(HEAD "\n");
    for (guint i = 0; i < picture->links->len; i++)
        put_link(text, picture->links->pdata[i]);
    for (guint i = 0; i < picture->addresses->len; i++)
        put_address(text, picture, picture->addresses->pdata[i]);
    g_autoptr(GPtrArray) nexthops = net_observed_nexthops(picture);
    for (guint i = 0; i < nexthops->len; i++)
        put_nexthop(text, nexthops->pdata[i]);
    for (guint i = 0; i < picture->routes->len; i++)
        put_route(text, picture->routes->pdata[i]);
    for (guint i = 0; i < picture->rules->len; i++)
        put_op(text, &(NetOp){.type = NET_OP_RULE_ADD, .rule = picture->rules->pdata[i]});
    for (guint i = 0; i < picture->neighbours->len; i++)
        put_neighbour(text, picture, &g_array_index(picture->neighbours, ObservedNeighbour, i));
    g_string_append(text, "end\n");
    return g_string_free(text, FALSE);
}

/* --- read --- */

static GHashTable *words_read(const char *line)
{
    GHashTable *words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_auto(GStrv) parts = g_strsplit(line, " ", -1);
    for (char **part = parts + 1; *parts && *part; part++) {
        char *equal = strchr(*part, '=');
        char *value = equal ? g_uri_unescape_string(equal + 1, NULL) : NULL;
        if (value)
            g_hash_table_insert(words, g_strndup(*part, (gsize)(equal - *part)), value);
    }
    return words;
}

static LinkValues *values_read(GHashTable *words, const char *prefix, const char *kind, gboolean is_port)
{
    const LinkFamily *family = kind ? link_family_find(kind) : NULL;
    const LinkTable *table = !family ? NULL : is_port ? &family->port : &family->own;
    LinkValues *values = NULL;
    for (gsize i = 0; table && i < table->n; i++) {
        g_autofree char *key = g_strconcat(prefix, table->rows[i].name, NULL);
        const char *text = g_hash_table_lookup(words, key);
        if (!text)
            continue;
        if (!values)
            values = link_values_new(family, table);
        link_values_set(values, &table->rows[i], text);
    }
    return values;
}

static void mac_read(GHashTable *words, const char *key, IfcfgMac *mac)
{
    const char *text = g_hash_table_lookup(words, key);
    if (text)
        ifcfg_mac_parse(text, mac);
}

static guint32 number_read(GHashTable *words, const char *key)
{
    const char *text = g_hash_table_lookup(words, key);
    return text ? (guint32)strtoll(text, NULL, 10) : 0;
}

static gboolean link_read(NetObserved *picture, const char *line)
{
    g_autoptr(GHashTable) words = words_read(line);
    const char *name = g_hash_table_lookup(words, "name");
    if (!name)
        return FALSE;
    ObservedLink *link = observed_link_new(name, 0);
    for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
        G_STRUCT_MEMBER(guint32, link, numbers[i].offset) = number_read(words, numbers[i].key);
    mac_read(words, "mac", &link->mac);
    mac_read(words, "perm_mac", &link->perm_mac);
    g_free(link->kind);
    g_free(link->port_kind);
    link->kind = g_strdup(g_hash_table_lookup(words, "kind"));
    link->port_kind = g_strdup(g_hash_table_lookup(words, "port_kind"));
    for (guint i = 0; i < NET_CONF_LAST; i++) {
        g_autofree char *key = g_strdup_printf("conf.%u", i);
        link->confs[i] = (gint32)number_read(words, key);
    }
    link->vlans = g_strdup(g_hash_table_lookup(words, "vlans"));
    link->own = values_read(words, "own.", link->kind, FALSE);
    link->port = values_read(words, "port.", link->port_kind, TRUE);
    net_observed_add_link(picture, link);
    return TRUE;
}

/* An operation says by 0.0.0.0 that there is to be none. */
static gboolean is_none(const IfcfgIp *broadcast)
{
    static const guint8 zero[4] = {0};
    return broadcast->family == AF_INET && !memcmp(broadcast->bytes, zero, sizeof zero);
}

static void address_add(NetObserved *picture, int ifindex, const NetAddress *from)
{
    ObservedAddress *address = g_new0(ObservedAddress, 1);
    *address = (ObservedAddress){.ifindex = ifindex,
                                 .prefix = from->prefix,
                                 .label = g_strdup(from->label),
                                 .scope = from->scope,
                                 .flags = from->flags,
                                 .peer = from->peer,
                                 .metric = from->metric,
                                 .protocol = from->protocol,
                                 .valid = from->valid,
                                 .preferred = from->preferred};
    if (!is_none(&from->broadcast))
        address->broadcast = from->broadcast;
    net_observed_add_address(picture, address);
}

static void route_add(NetObserved *picture, const NetOp *op)
{
    IfcfgRoute *route = ifcfg_route_copy(op->route);
    route->nhid = op->by_nexthop;
    net_observed_add_route(picture, route);
}

static void claim_add(NetObserved *picture, const NetOp *op)
{
    const ObservedLink *link = op->dev ? net_observed_link(picture, op->dev) : NULL;
    ObservedNeighbour neighbour = op->type == NET_OP_NEIGH_ADD ? op->neighbour : (ObservedNeighbour){0};
    neighbour.ifindex = link ? link->ifindex : 0;
    if (op->type == NET_OP_ADDR_ADD && link)
        address_add(picture, link->ifindex, op->address);
    else if (op->type == NET_OP_NEXTHOP_SET)
        net_observed_put_nexthop(picture, net_nexthop_copy(op->nexthop.item));
    else if (op->type == NET_OP_ROUTE_ADD)
        route_add(picture, op);
    else if (op->type == NET_OP_RULE_ADD)
        net_observed_add_rule(picture, ifcfg_rule_copy(op->rule));
    else if (op->type == NET_OP_NEIGH_ADD && link)
        g_array_append_val(picture->neighbours, neighbour);
}

static gboolean claim_read(NetObserved *picture, const char *line)
{
    g_autoptr(NetPlan) plan = net_plan_new();
    g_autofree NetOp *op = net_op_from_text(plan, line, NULL, NULL);
    if (op)
        claim_add(picture, op);
    return op != NULL;
}

NetObserved *picture_from_text(const char *text)
{
    g_autoptr(NetObserved) picture = net_observed_new();
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    if (g_strcmp0(lines[0], HEAD) != 0)
        return NULL;
    for (guint i = 1; lines[i]; i++) {
        if (g_str_equal(lines[i], "end"))
            return g_steal_pointer(&picture);
        gboolean ok = g_str_has_prefix(lines[i], "link ") ? link_read(picture, lines[i])
                                                          : claim_read(picture, lines[i]);
        if (!ok)
            return NULL;
    }
    return NULL;
}
