/* Addresses as a file says them: IPADDR and IPADDRn, what a tunnel's ends are called, IPV6ADDR, and an alias
 * file for each label. */
#include "i18n.h"
#include "ifcfg-quote.h"
#include "model/iface.h"
#include "model/kind.h"
#include "writing/writing.h"
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

/* The kernel takes any text for a label; here it names a file. */
const char *net_label_suffix(const NetIface *iface, const NetAddress *address)
{
    gsize length = strlen(iface->name);
    if (!address->label || strncmp(address->label, iface->name, length) != 0 || address->label[length] != ':')
        return NULL;
    return net_alias_fault(address->label) ? NULL : address->label + length + 1;
}

static const char *scope_name(guint8 scope)
{
    return scope == RT_SCOPE_LINK   ? "link"
           : scope == RT_SCOPE_HOST ? "host"
           : scope == RT_SCOPE_SITE ? "site"
                                    : "global";
}

static void numbered(GString *text, const char *key, guint number, const char *value)
{
    g_autofree char *name = number ? g_strdup_printf("%s%u", key, number) : g_strdup(key);
    ifcfg_append(text, name, value);
}

static void address_write(GString *text, const NetAddress *address, guint number)
{
    g_autofree char *ip = ifcfg_ip_format(&address->prefix.ip);
    g_autofree char *length =
        g_strdup_printf("%u", address->peer.family ? 32u : (guint)address->prefix.length);
    IfcfgIp usual = ifcfg_prefix_broadcast(&address->prefix);
    numbered(text, "IPADDR", number, ip);
    numbered(text, "PREFIX", number, length);
    if (address->broadcast.family && !ifcfg_ip_equal(&address->broadcast, &usual)) {
        g_autofree char *broadcast = ifcfg_ip_format(&address->broadcast);
        numbered(text, "BROADCAST", number, broadcast);
    }
}

/* SCOPE is one for all addresses of the file: the first one has it. */
static void scope_write(const NetIface *iface, GString *text, const NetAddress *address)
{
    guint8 usual = g_str_equal(iface->name, "lo") ? RT_SCOPE_HOST : RT_SCOPE_UNIVERSE;
    if (address->peer.family) {
        IfcfgPrefix peer = {address->peer, address->prefix.length};
        g_autofree char *other = ifcfg_prefix_format(&peer), *value = g_strdup_printf("peer %s", other);
        ifcfg_append(text, "SCOPE", value);
    } else if (address->scope != usual) {
        ifcfg_append(text, "SCOPE", scope_name(address->scope));
    }
}

static gboolean is_like(const NetAddress *first, const NetAddress *address)
{
    return first->scope == address->scope && first->peer.family == address->peer.family &&
           (!first->peer.family || ifcfg_ip_equal(&first->peer, &address->peer));
}

static void inner_write(GString *text, const NetAddress *address)
{
    g_autofree char *own = ifcfg_prefix_format(&address->prefix), *ip = ifcfg_ip_format(&address->prefix.ip);
    ifcfg_append(text, "MY_INNER_IPADDR", address->peer.family ? ip : own);
    if (address->peer.family) {
        IfcfgPrefix peer = {address->peer, address->prefix.length};
        g_autofree char *other = ifcfg_prefix_format(&peer);
        ifcfg_append(text, "PEER_INNER_IPADDR", other);
    }
}

static gboolean has_inner(const NetIface *iface)
{
    return net_kind_has(iface->kind, NET_KIND_IS_TUNNEL) && !g_str_equal(iface->kind->name, "vxlan") &&
           !g_str_equal(iface->kind->name, "sit");
}

static void miss(const NetIface *iface, const NetAddress *address, IfcfgProblems *problems, const char *why)
{
    g_autofree char *text = ifcfg_prefix_format(&address->prefix);
    net_write_miss(iface, problems, _("the address %s: %s"), text, why);
}

static gboolean label_is_usual(const NetIface *iface, const NetAddress *address)
{
    return !address->label || g_str_equal(address->label, iface->name);
}

typedef struct {
    const NetIface *iface;
    GString *text;
    IfcfgProblems *problems;
    const NetAddress *like; /* what all of the file have in common is as this one has it */
    const NetAddress *inner;
    guint count;
} Writer4;

/* One that everybody can use counts more than one with a scope or a peer of its own, whichever comes first;
 * NULL: there is none. */
static const NetAddress *first_plain(const NetIface *iface)
{
    for (guint i = 0; i < iface->addresses->len; i++) {
        const NetAddress *address = iface->addresses->pdata[i];
        if (address->prefix.ip.family == AF_INET && address->scope == RT_SCOPE_UNIVERSE &&
            !address->peer.family && !net_label_suffix(iface, address))
            return address;
    }
    return NULL;
}

static void write4(Writer4 *self, const NetAddress *address)
{
    if (net_label_suffix(self->iface, address))
        return;
    if (!label_is_usual(self->iface, address))
        miss(self->iface, address, self->problems,
             _("a label other than DEVICE:NAME cannot be written in a file"));
    if (!self->inner && !self->count && has_inner(self->iface) && address->scope == RT_SCOPE_UNIVERSE) {
        self->inner = address;
        inner_write(self->text, address);
        return;
    }
    if (!self->like)
        self->like = address;
    if (!is_like(self->like, address)) {
        miss(self->iface, address, self->problems,
             _("its scope or its other end differs from the others', and a file has one for all"));
        return;
    }
    if (!self->count)
        scope_write(self->iface, self->text, address);
    address_write(self->text, address, self->count++);
}

static void write6(const NetIface *iface, GString *text, IfcfgProblems *problems)
{
    g_autoptr(GString) more = g_string_new(NULL);
    gboolean has_first = FALSE;
    for (guint i = 0; i < iface->addresses->len; i++) {
        const NetAddress *address = iface->addresses->pdata[i];
        if (address->prefix.ip.family != AF_INET6)
            continue;
        g_autofree char *value = ifcfg_prefix_format(&address->prefix);
        g_autofree char *full = strchr(value, '/') ? g_strdup(value) : g_strdup_printf("%s/128", value);
        if (address->peer.family)
            miss(iface, address, problems, _("the other end of an IPv6 address cannot be written in a file"));
        else if (!has_first)
            ifcfg_append(text, "IPV6ADDR", full);
        else
            g_string_append_printf(more, "%s%s", more->len ? " " : "", full);
        has_first |= !address->peer.family;
    }
    if (more->len)
        ifcfg_append(text, "IPV6ADDR_SECONDARIES", more->str);
}

void net_write_addresses(const NetIface *iface, GString *text, IfcfgProblems *problems)
{
    Writer4 writer = {.iface = iface, .text = text, .problems = problems};
    writer.like = has_inner(iface) ? NULL : first_plain(iface);
    for (guint i = 0; i < iface->addresses->len; i++) {
        const NetAddress *address = iface->addresses->pdata[i];
        if (address->prefix.ip.family == AF_INET)
            write4(&writer, address);
    }
    if (iface->gateway.family) {
        g_autofree char *gateway = ifcfg_ip_format(&iface->gateway);
        ifcfg_append(text, "GATEWAY", gateway);
    }
    write6(iface, text, problems);
}

/* One file a label; the second address with it cannot have its own, so that it goes into the same file. */
static void alias_write(const NetIface *iface, const char *label, const char *comment, GPtrArray *texts)
{
    GString *text = net_text_begin(comment);
    guint count = 0;
    ifcfg_append(text, "DEVICE", label);
    for (guint i = 0; i < iface->addresses->len; i++) {
        const NetAddress *address = iface->addresses->pdata[i];
        if (g_strcmp0(address->label, label) != 0)
            continue;
        if (!count)
            scope_write(iface, text, address);
        address_write(text, address, count++);
    }
    g_ptr_array_add(texts, ifcfg_text_new(net_script_path("ifcfg", label), g_string_free(text, FALSE), 0644));
}

void net_write_aliases(const NetIface *iface, const char *comment, GPtrArray *texts)
{
    g_autoptr(GHashTable) done = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < iface->addresses->len; i++) {
        const NetAddress *address = iface->addresses->pdata[i];
        if (net_label_suffix(iface, address) && g_hash_table_add(done, address->label))
            alias_write(iface, address->label, comment, texts);
    }
}
