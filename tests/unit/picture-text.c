/* A picture as text: see picture-text.h. */
#include "picture-text.h"
#include "state/nexthop.h"
#include <linux/if_addr.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

static const char *name_of(const NetObserved *picture, int ifindex)
{
    const ObservedLink *link = net_observed_link_by_index(picture, ifindex);
    return link ? link->name : "-";
}

/* A kernel that counts 250 ticks a second tells an odd number of ours as one less. */
static char *even_ticks(const char *text)
{
    return text ? g_strdup_printf("%" G_GUINT64_FORMAT, g_ascii_strtoull(text, NULL, 10) & ~(guint64)1)
                : NULL;
}

static void add_values(GPtrArray *lines, const ObservedLink *link, const LinkValues *values)
{
    const char *role = values == link->port ? " as a port" : "";
    for (gsize i = 0; values && i < values->table->n; i++) {
        const LinkOption *option = &values->table->rows[i];
        if ((values == link->port && option->needs & LINK_KERNEL_CHOOSES) ||
            option->needs & LINK_IS_TWICE_OTHER) /* a bridge's ageing is short while its tree changes */
            continue;
        g_autofree char *ticks = option->kind == LINK_VALUE_TICKS ? even_ticks(values->texts[i]) : NULL;
        if (values->texts[i] && option->when != LINK_WHEN_NEVER && !(option->needs & LINK_IS_VOLATILE))
            g_ptr_array_add(lines, g_strdup_printf("option %s%s %s=%s", link->name, role, option->name,
                                                   ticks ? ticks : values->texts[i]));
    }
}

/* A port's MAC, with fail_over_mac=follow, is that of whoever was active before it. */
static gboolean mac_moves(const NetObserved *picture, const ObservedLink *link)
{
    const ObservedLink *master = net_observed_link_by_index(picture, link->master);
    const LinkOption *option =
        master && master->own ? link_table_find(master->own->table, "fail_over_mac") : NULL;
    return option && !g_strcmp0(link_values_get(master->own, option), "follow");
}

static void add_link(GPtrArray *lines, const NetObserved *picture, const ObservedLink *link)
{
    g_autofree char *mac =
        link->mac.length && !mac_moves(picture, link) ? ifcfg_mac_format(&link->mac) : g_strdup("?");
    g_ptr_array_add(lines, g_strdup_printf("link %s%s%s%s%s%s mtu %u mac %s master %s lower %s kind %s",
                                           link->name, link->flags & IFF_UP ? " UP" : "",
                                           link->flags & IFF_NOARP ? " NOARP" : "",
                                           link->flags & IFF_MASTER ? " MASTER" : "",
                                           link->flags & IFF_SLAVE ? " SLAVE" : "",
                                           link->flags & IFF_LOOPBACK ? " LOOPBACK" : "", link->mtu, mac,
                                           name_of(picture, link->master), name_of(picture, link->lower),
                                           link->kind ? link->kind : "-"));
    add_values(lines, link, link->own);
    add_values(lines, link, link->port);
}

static gboolean is_link_local(const IfcfgIp *ip)
{
    return ip->family == AF_INET6 && ip->bytes[0] == 0xfe && (ip->bytes[1] & 0xc0) == 0x80;
}

static char *choices_of(const ObservedAddress *address)
{
    GString *text = g_string_new(NULL);
    g_autofree char *peer = ifcfg_ip_format(&address->peer);
    if (address->peer.family)
        g_string_append_printf(text, " peer %s", peer);
    if (address->metric)
        g_string_append_printf(text, " metric %u", address->metric);
    if (address->flags & IFA_F_NOPREFIXROUTE)
        g_string_append(text, " noprefixroute");
    if (address->flags & IFA_F_HOMEADDRESS)
        g_string_append(text, " home");
    if (address->protocol > NET_ADDRESS_LINK_LOCAL)
        g_string_append_printf(text, " proto %u", address->protocol);
    return g_string_free(text, FALSE);
}

static void add_addresses(GPtrArray *lines, const NetObserved *picture, const ObservedLink *link)
{
    const GPtrArray *list = net_observed_addresses_of(picture, link->ifindex);
    guint place[2] = {0};
    for (guint i = 0; list && i < list->len; i++) {
        const ObservedAddress *address = list->pdata[i];
        gboolean is_4 = address->prefix.ip.family == AF_INET;
        g_autofree char *prefix = ifcfg_prefix_format(&address->prefix);
        g_autofree char *broadcast = ifcfg_ip_format(&address->broadcast);
        if (is_link_local(&address->prefix.ip))
            continue;
        g_autofree char *choices = choices_of(address);
        g_ptr_array_add(lines,
                        g_strdup_printf("address %s #%u %s%s%s broadcast %s label %s scope %u%s", link->name,
                                        ++place[is_4], prefix,
                                        is_4 && address->flags & IFA_F_SECONDARY ? " secondary" : "",
                                        address->flags & IFA_F_PERMANENT ? "" : " lifetime", broadcast,
                                        address->label ? address->label : "-", address->scope, choices));
    }
}

/* Which number an object of ours has got follows from what was there when it was made: it is any free one. */
static guint32 number_told(guint32 id)
{
    return id >= NET_NEXTHOP_FIRST ? NET_NEXTHOP_FIRST : id;
}

static void add_route(GPtrArray *lines, const IfcfgRoute *route)
{
    IfcfgRoute told = *route;
    told.nhid = number_told(route->nhid);
    g_autofree char *text = ifcfg_route_format(&told);
    if (!is_link_local(&route->to.ip))
        g_ptr_array_add(lines, g_strdup_printf("route %s", text));
}

static void add_neighbour(GPtrArray *lines, const NetObserved *picture, const ObservedNeighbour *neighbour)
{
    g_autofree char *ip = ifcfg_ip_format(&neighbour->ip), *mac = ifcfg_mac_format(&neighbour->mac);
    g_ptr_array_add(lines, g_strdup_printf("neighbour %s %s %s", name_of(picture, neighbour->ifindex), ip,
                                           neighbour->is_proxy ? "proxy" : mac));
}

static void add_nexthops(GPtrArray *lines, const NetObserved *picture)
{
    g_autoptr(GPtrArray) all = net_observed_nexthops(picture);
    for (guint i = 0; i < all->len; i++) {
        NetNexthop told = *(const NetNexthop *)all->pdata[i];
        told.id = number_told(told.id);
        g_autofree char *text = net_nexthop_format(&told);
        g_ptr_array_add(lines, g_strdup_printf("nexthop %s", text));
    }
}

static gint compare_lines(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *picture_lines(const NetObserved *picture)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < picture->links->len; i++) {
        add_link(lines, picture, picture->links->pdata[i]);
        add_addresses(lines, picture, picture->links->pdata[i]);
    }
    for (guint i = 0; i < picture->routes->len; i++)
        add_route(lines, picture->routes->pdata[i]);
    for (guint i = 0; i < picture->rules->len; i++) {
        g_autofree char *text = ifcfg_rule_format(picture->rules->pdata[i]);
        const IfcfgRule *rule = picture->rules->pdata[i];
        g_ptr_array_add(lines, g_strdup_printf("rule -%u %s", rule->family == AF_INET ? 4 : 6, text));
    }
    add_nexthops(lines, picture);
    for (guint i = 0; i < picture->neighbours->len; i++)
        add_neighbour(lines, picture, &g_array_index(picture->neighbours, ObservedNeighbour, i));
    g_ptr_array_sort(lines, compare_lines);
    return lines;
}

static char *lines_difference(const GPtrArray *x, const GPtrArray *y)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0, j = 0; i < x->len || j < y->len;) {
        int order = i == x->len ? 1 : j == y->len ? -1 : strcmp(x->pdata[i], y->pdata[j]);
        if (order)
            g_string_append_printf(text, "%c %s\n", order < 0 ? '-' : '+',
                                   (const char *)(order < 0 ? x->pdata[i] : y->pdata[j]));
        i += order <= 0;
        j += order >= 0;
    }
    return g_string_free(text, FALSE);
}

char *picture_difference(const NetObserved *a, const NetObserved *b)
{
    g_autoptr(GPtrArray) x = picture_lines(a), y = picture_lines(b);
    return lines_difference(x, y);
}

/* "address eth0 #2 10.0.0.1/24 ..." */
static GPtrArray *lines_without_places(const NetObserved *picture)
{
    GPtrArray *lines = picture_lines(picture);
    for (guint i = 0; i < lines->len; i++) {
        char *place = g_str_has_prefix(lines->pdata[i], "address ") ? strchr(lines->pdata[i], '#') : NULL;
        gsize length = place ? strcspn(place, " ") : 0;
        if (place)
            memmove(place, place + length, strlen(place + length) + 1);
    }
    g_ptr_array_sort(lines, compare_lines);
    return lines;
}

char *picture_difference_unordered(const NetObserved *a, const NetObserved *b)
{
    g_autoptr(GPtrArray) x = lines_without_places(a), y = lines_without_places(b);
    return lines_difference(x, y);
}

/* Which options this driver has, and reports in this mode. */
static void learn_options(LinkValues *link, const LinkValues *real)
{
    for (gsize i = 0; i < link->table->n; i++)
        if (!link->texts[i] || !real->texts[i])
            link_values_set(link, &link->table->rows[i], real->texts[i]);
}

void picture_learn(NetObserved *predicted, const NetObserved *actual)
{
    for (guint i = 0; i < predicted->links->len; i++) {
        ObservedLink *link = predicted->links->pdata[i];
        const ObservedLink *real = net_observed_link(actual, link->name);
        if (real && !link->mac.length)
            link->mac = real->mac;
        if (real && real->own && link->own)
            learn_options(link->own, real->own);
        if (real && real->port && link->port)
            learn_options(link->port, real->port);
    }
}
