/* Addresses, prefixes and hardware addresses: text to value and back. */
#include "ifcfg-ip.h"
#include "i18n.h"
#include <arpa/inet.h>
#include <net/if.h>
#include <string.h>

guint ifcfg_ip_size(const IfcfgIp *ip)
{
    return ip->family == AF_INET ? 4 : ip->family == AF_INET6 ? 16 : 0;
}

gboolean ifcfg_ip_parse(const char *text, int family, IfcfgIp *ret)
{
    IfcfgIp ip = {.family = (guint8)(family != AF_UNSPEC ? family : strchr(text, ':') ? AF_INET6 : AF_INET)};
    if (inet_pton(ip.family, text, ip.bytes) != 1)
        return FALSE;
    *ret = ip;
    return TRUE;
}

static char *number_put(char *at, guint number)
{
    if (number >= 100)
        *at++ = (char)('0' + number / 100);
    if (number >= 10)
        *at++ = (char)('0' + number / 10 % 10);
    *at++ = (char)('0' + number % 10);
    return at;
}

/* inet_ntop() of IPv4 goes by way of sprintf(), which counts where there are ten thousand routes. */
static char *ip_put(char *at, const IfcfgIp *ip)
{
    if (ip->family != AF_INET) {
        inet_ntop(ip->family, ip->bytes, at, INET6_ADDRSTRLEN);
        return at + strlen(at);
    }
    for (guint i = 0; i < 4; i++) {
        if (i)
            *at++ = '.';
        at = number_put(at, ip->bytes[i]);
    }
    return at;
}

void ifcfg_ip_append(GString *text, const IfcfgIp *ip)
{
    char own[INET6_ADDRSTRLEN];
    if (ifcfg_ip_size(ip))
        g_string_append_len(text, own, ip_put(own, ip) - own);
    else
        g_string_append(text, "none");
}

char *ifcfg_ip_format(const IfcfgIp *ip)
{
    char text[INET6_ADDRSTRLEN];
    if (!ifcfg_ip_size(ip))
        return g_strdup("none");
    return g_strndup(text, (gsize)(ip_put(text, ip) - text));
}

gboolean ifcfg_ip_is_link_local(const IfcfgIp *ip)
{
    return ip->family == AF_INET6 && ip->bytes[0] == 0xfe && (ip->bytes[1] & 0xc0) == 0x80;
}

gboolean ifcfg_ip_is_zero(const IfcfgIp *ip)
{
    static const guint8 zero[sizeof ip->bytes];
    return memcmp(ip->bytes, zero, sizeof zero) == 0;
}

gboolean ifcfg_ip_equal(const IfcfgIp *a, const IfcfgIp *b)
{
    return a->family == b->family && !memcmp(a->bytes, b->bytes, ifcfg_ip_size(a));
}

/* FNV-1a. With a small factor, ten thousand networks of a few neighbouring ones share some hundred numbers.
 */
guint ifcfg_ip_hash(const IfcfgIp *ip, guint seed)
{
    guint hash = (2166136261u ^ seed) * 16777619u;
    for (guint i = 0; i < ifcfg_ip_size(ip); i++)
        hash = (hash ^ ip->bytes[i]) * 16777619u;
    return hash;
}

/* One to four decimal bytes; the missing ones are zero, as iproute2 reads "10/8" (lib/utils.c,
 * get_addr_ipv4). */
static gboolean short_ip4_parse(const char *text, IfcfgIp *ret)
{
    IfcfgIp ip = {.family = AF_INET};
    for (guint i = 0; i < 4; i++) {
        guint value = 0, digits = 0;
        for (; g_ascii_isdigit(*text) && digits < 4; text++, digits++)
            value = value * 10 + (guint)g_ascii_digit_value(*text);
        if (!digits || digits > 3 || value > 255)
            return FALSE;
        ip.bytes[i] = (guint8)value;
        if (!*text) {
            *ret = ip;
            return TRUE;
        }
        if (*text++ != '.')
            return FALSE;
    }
    return FALSE;
}

static gboolean length_parse(const char *text, const IfcfgIp *ip, guint8 *ret)
{
    guint64 value;
    if (g_ascii_string_to_unsigned(text, 10, 0, ifcfg_ip_size(ip) * 8, &value, NULL)) {
        *ret = (guint8)value;
        return TRUE;
    }
    return ip->family == AF_INET && ifcfg_netmask_parse(text, ret);
}

gboolean ifcfg_prefix_parse(const char *text, int family, IfcfgPrefix *ret)
{
    IfcfgPrefix prefix = {.length = 0};
    if (g_ascii_isalpha(*text) &&
        (g_str_equal(text, "default") || g_str_equal(text, "any") || g_str_equal(text, "all"))) {
        prefix.ip.family = (guint8)(family == AF_UNSPEC ? AF_INET : family);
        *ret = prefix;
        return TRUE;
    }
    const char *slash = strchr(text, '/');
    gsize length = slash ? (gsize)(slash - text) : strlen(text);
    char address[INET6_ADDRSTRLEN];
    if (length >= sizeof address)
        return FALSE;
    memcpy(address, text, length);
    address[length] = '\0';
    if (!ifcfg_ip_parse(address, family, &prefix.ip) &&
        (family == AF_INET6 || !short_ip4_parse(address, &prefix.ip)))
        return FALSE;
    prefix.length = (guint8)(ifcfg_ip_size(&prefix.ip) * 8);
    if (slash && !length_parse(slash + 1, &prefix.ip, &prefix.length))
        return FALSE;
    *ret = prefix;
    return TRUE;
}

char *ifcfg_prefix_format(const IfcfgPrefix *prefix)
{
    char text[INET6_ADDRSTRLEN + 4], *at;
    if (!ifcfg_ip_size(&prefix->ip))
        return g_strdup_printf("none/%u", prefix->length);
    at = ip_put(text, &prefix->ip);
    *at++ = '/';
    return g_strndup(text, (gsize)(number_put(at, prefix->length) - text));
}

void ifcfg_prefix_append(GString *text, const IfcfgPrefix *prefix)
{
    char length[4];
    ifcfg_ip_append(text, &prefix->ip);
    g_string_append_c(text, '/');
    g_string_append_len(text, length, number_put(length, prefix->length) - length);
}

gboolean ifcfg_prefix_equal(const IfcfgPrefix *a, const IfcfgPrefix *b)
{
    return a->length == b->length && ifcfg_ip_equal(&a->ip, &b->ip);
}

IfcfgPrefix ifcfg_prefix_network(const IfcfgPrefix *prefix)
{
    IfcfgPrefix network = *prefix;
    guint size = ifcfg_ip_size(&network.ip), whole = network.length / 8;
    if (whole >= size)
        return network;
    network.ip.bytes[whole] &= (guint8)(0xff00 >> network.length % 8);
    memset(&network.ip.bytes[whole + 1], 0, size - whole - 1);
    return network;
}

gboolean ifcfg_prefix_contains(const IfcfgPrefix *prefix, const IfcfgIp *ip)
{
    guint whole = MIN(prefix->length / 8u, ifcfg_ip_size(ip)), bits = prefix->length % 8u;
    guint8 mask = whole < ifcfg_ip_size(ip) ? (guint8)(0xff00 >> bits) : 0;
    return ifcfg_ip_size(ip) && prefix->ip.family == ip->family &&
           !memcmp(prefix->ip.bytes, ip->bytes, whole) &&
           !((prefix->ip.bytes[whole % sizeof ip->bytes] ^ ip->bytes[whole % sizeof ip->bytes]) & mask);
}

gboolean ifcfg_netmask_parse(const char *text, guint8 *ret_length)
{
    struct in_addr address;
    guint64 length;
    if (!strchr(text, '.') && g_ascii_string_to_unsigned(text, 10, 0, 32, &length, NULL)) {
        *ret_length = (guint8)length;
        return TRUE;
    }
    if (inet_pton(AF_INET, text, &address) != 1)
        return FALSE;
    guint32 holes = ~ntohl(address.s_addr); /* ones only at the end if the mask is whole */
    if (holes & (holes + 1))
        return FALSE;
    *ret_length = (guint8)(32 - __builtin_popcount(holes));
    return TRUE;
}

guint8 ifcfg_ip_class_length(const IfcfgIp *ip)
{
    return ip->bytes[0] < 128 ? 8 : ip->bytes[0] < 192 ? 16 : 24;
}

IfcfgIp ifcfg_prefix_broadcast(const IfcfgPrefix *prefix)
{
    IfcfgIp none = {.family = AF_UNSPEC};
    if (prefix->ip.family != AF_INET || prefix->length > 30) /* RFC 3021: /31 has no broadcast address */
        return none;
    IfcfgPrefix last = ifcfg_prefix_network(prefix);
    for (guint bit = prefix->length; bit < 32; bit++)
        last.ip.bytes[bit / 8] |= (guint8)(0x80 >> (bit % 8));
    return last.ip;
}

gboolean ifcfg_mac_parse(const char *text, IfcfgMac *ret)
{
    IfcfgMac mac = {.length = 0};
    for (;; text++) {
        guint byte = 0, digits = 0;
        for (; digits < 2 && g_ascii_isxdigit(*text); digits++)
            byte = byte << 4 | (guint)g_ascii_xdigit_value(*text++);
        if (!digits || mac.length == G_N_ELEMENTS(mac.bytes))
            return FALSE;
        mac.bytes[mac.length++] = (guint8)byte;
        if (!*text)
            break;
        if (*text != ':' && *text != '-')
            return FALSE;
    }
    if (mac.length != 6 && mac.length != 20)
        return FALSE;
    *ret = mac;
    return TRUE;
}

char *ifcfg_mac_format(const IfcfgMac *mac)
{
    static const char digits[] = "0123456789abcdef";
    char text[3 * sizeof mac->bytes + 1], *at = text;
    for (guint i = 0; i < mac->length; i++) {
        if (i)
            *at++ = ':';
        *at++ = digits[mac->bytes[i] >> 4];
        *at++ = digits[mac->bytes[i] & 0xf];
    }
    return g_strndup(text, (gsize)(at - text));
}

gboolean ifcfg_mac_equal(const IfcfgMac *a, const IfcfgMac *b)
{
    return a->length == b->length && !memcmp(a->bytes, b->bytes, a->length);
}

/* Linux net/core/dev.c, dev_valid_name(); its isspace() also knows the Latin-1 no-break space. */
const char *ifcfg_ifname_fault(const char *name)
{
    if (!*name)
        return _("an interface name cannot be empty");
    if (strlen(name) >= IFNAMSIZ)
        return _("an interface name has at most 15 characters");
    if (g_str_equal(name, ".") || g_str_equal(name, ".."))
        return _("an interface cannot be called . or ..");
    for (; *name; name++) {
        if (*name == '/')
            return _("an interface name cannot contain /");
        if (*name == ':')
            return _("an interface name cannot contain : (that is an alias)");
        if (g_ascii_isspace(*name) || *name == '\v' || (guchar)*name == 0xa0)
            return _("an interface name cannot contain spaces");
    }
    return NULL;
}
