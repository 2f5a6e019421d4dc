/* Who must be reached: gateways, name servers, the other ends of connections, and the networks of addresses.
 */
#include "i18n.h"
#include "session/rehearse-private.h"
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* As many as are asked often enough. */
enum { AT_MOST_GATEWAYS = 32, AT_MOST_PEERS = 32, AT_MOST = 128 };

typedef struct {
    const NetObserved *observed;
    GPtrArray *targets;
    GArray *pings;
    GHashTable *seen; /* names, by kind */
} Finder;

static gboolean is_own(const Finder *self, const IfcfgIp *ip)
{
    return net_observed_addresses_with(self->observed, ip) != NULL;
}

static gboolean is_loopback(const IfcfgIp *ip)
{
    static const guint8 one[16] = {[15] = 1};
    return ip->family == AF_INET ? ip->bytes[0] == 127 : !memcmp(ip->bytes, one, sizeof one);
}

static gboolean is_link_local(const IfcfgIp *ip)
{
    return ip->family == AF_INET6 && ip->bytes[0] == 0xfe && (ip->bytes[1] & 0xc0) == 0x80;
}

static void add(Finder *self, RehearsalKind kind, const IfcfgIp *to, const IfcfgIp *from, const char *dev,
                char *name)
{
    g_autofree char *ip = ifcfg_ip_format(to), *source = from ? ifcfg_ip_format(from) : NULL;
    g_autofree char *key = g_strdup_printf("%s %s %s", ip, source ? source : "", dev ? dev : "");
    RehearsalTarget *target = g_new0(RehearsalTarget, 1);
    NetPing ping = {.to = *to, .dev = (char *)dev};
    target->kind = kind;
    target->name = name ? name : g_strdup(ip);
    if (from)
        ping.from = *from;
    if (self->targets->len == AT_MOST || is_own(self, to) || is_loopback(to) ||
        !g_hash_table_add(self->seen, g_steal_pointer(&key))) {
        g_free(target->name);
        g_free(target);
        return;
    }
    g_ptr_array_add(self->targets, target);
    g_array_append_val(self->pings, ping);
}

/* --- gateways --- */

static void add_gateways_of(Finder *self, const IfcfgRoute *route)
{
    for (guint i = 0; i < route->nexthops->len && self->targets->len < AT_MOST_GATEWAYS; i++) {
        const IfcfgNexthop *hop = route->nexthops->pdata[i];
        gboolean is_near = is_link_local(&hop->via);
        g_autofree char *ip = hop->via.family ? ifcfg_ip_format(&hop->via) : NULL;
        if (ip)
            add(self, REHEARSAL_GATEWAY, &hop->via, NULL, is_near ? hop->dev : NULL,
                is_near ? g_strdup_printf("%s%%%s", ip, hop->dev) : NULL);
    }
}

/* That of the default route first. */
static void add_gateways(Finder *self)
{
    for (guint pass = 0; pass < 2; pass++)
        for (guint i = 0; i < self->observed->routes->len; i++) {
            const IfcfgRoute *route = self->observed->routes->pdata[i];
            if (ifcfg_route_is_default(route) == (pass == 0))
                add_gateways_of(self, route);
        }
}

/* --- name servers --- */

static void add_name_servers(Finder *self)
{
    g_autofree char *text = NULL;
    if (!g_file_get_contents("/etc/resolv.conf", &text, NULL, NULL))
        return;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++) {
        g_auto(GStrv) words = g_strsplit_set(g_strstrip(*line), " \t", 2);
        IfcfgIp ip;
        if (words[0] && words[1] && g_str_equal(words[0], "nameserver") &&
            ifcfg_ip_parse(g_strstrip(words[1]), AF_UNSPEC, &ip))
            add(self, REHEARSAL_NAME_SERVER, &ip, NULL, NULL, NULL);
    }
}

/* --- connections --- */

/* "0100007F:0016": words of the host's byte order (proc_pid_net(5)). */
static gboolean parse_end(const char *text, int family, IfcfgIp *ip)
{
    guint words = family == AF_INET ? 1 : 4;
    if (strlen(text) < words * 8)
        return FALSE;
    *ip = (IfcfgIp){.family = (guint8)family};
    for (guint i = 0; i < words; i++) {
        char part[9] = {0};
        memcpy(part, text + (gsize)i * 8, 8);
        guint32 word = (guint32)strtoul(part, NULL, 16);
        memcpy(ip->bytes + (gsize)i * 4, &word, 4);
    }
    return TRUE;
}

/* ::ffff:10.0.0.1, of a socket for both. */
static void unmap(IfcfgIp *ip)
{
    static const guint8 mapped[12] = {[10] = 0xff, [11] = 0xff};
    if (ip->family != AF_INET6 || memcmp(ip->bytes, mapped, sizeof mapped) != 0)
        return;
    IfcfgIp inner = {.family = AF_INET};
    memcpy(inner.bytes, ip->bytes + 12, 4);
    *ip = inner;
}

static void add_peers_of(Finder *self, const char *path, int family)
{
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL))
        return;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 1, n = 0; i < g_strv_length(lines) && n < AT_MOST_PEERS; i++) {
        char local[64], remote[64];
        guint state;
        IfcfgIp from, to;
        if (sscanf(lines[i], " %*u: %63s %63s %x", local, remote, &state) != 3 || state != TCP_ESTABLISHED ||
            !parse_end(local, family, &from) || !parse_end(remote, family, &to))
            continue;
        unmap(&from);
        unmap(&to);
        g_autofree char *us = ifcfg_ip_format(&from), *them = ifcfg_ip_format(&to);
        if (!is_link_local(&to)) {
            guint before = self->targets->len;
            add(self, REHEARSAL_PEER, &to, &from, NULL, g_strdup_printf("%s (%s)", them, us));
            n += self->targets->len - before;
        }
    }
}

/* --- networks --- */

/* Somebody else in it. */
static gboolean another_in(const IfcfgPrefix *network, const IfcfgIp *own, IfcfgIp *ret)
{
    guint size = network->ip.family == AF_INET ? 4 : 16;
    *ret = network->ip;
    for (guint i = 0; i < 2; i++) {
        ret->bytes[size - 1]++;
        if (!ifcfg_ip_equal(ret, own))
            return TRUE;
    }
    return FALSE;
}

static gboolean is_asked_already(const Finder *self, const IfcfgPrefix *network)
{
    for (guint i = 0; i < self->pings->len; i++) {
        IfcfgPrefix there = {g_array_index(self->pings, NetPing, i).to, network->length};
        if (there.ip.family != network->ip.family)
            continue;
        there = ifcfg_prefix_network(&there);
        if (ifcfg_ip_equal(&there.ip, &network->ip))
            return TRUE;
    }
    return FALSE;
}

static void add_network(Finder *self, const ObservedAddress *address)
{
    const ObservedLink *link = net_observed_link_by_index(self->observed, address->ifindex);
    guint bits = address->prefix.ip.family == AF_INET ? 32 : 128;
    IfcfgPrefix network = net_observed_address_network(address);
    IfcfgIp other;
    if (!link || link->master || !(link->flags & IFF_UP) || link->flags & IFF_LOOPBACK ||
        address->prefix.length + 1u >= bits || is_link_local(&address->prefix.ip) ||
        is_asked_already(self, &network) || !another_in(&network, &address->prefix.ip, &other))
        return;
    g_autofree char *text = ifcfg_prefix_format(&network);
    add(self, REHEARSAL_NETWORK, &other, &address->prefix.ip, NULL,
        g_strdup_printf(_("%s on %s"), text, link->name));
}

GPtrArray *rehearse_targets(const NetObserved *observed, GArray **ret_pings)
{
    Finder self = {.observed = observed,
                   .targets = g_ptr_array_new(),
                   .pings = g_array_new(FALSE, FALSE, sizeof(NetPing)),
                   .seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
    add_gateways(&self);
    add_name_servers(&self);
    add_peers_of(&self, "/proc/net/tcp", AF_INET);
    add_peers_of(&self, "/proc/net/tcp6", AF_INET6);
    for (guint i = 0; i < observed->addresses->len; i++)
        add_network(&self, observed->addresses->pdata[i]);
    g_hash_table_unref(self.seen);
    *ret_pings = self.pings;
    return self.targets;
}
