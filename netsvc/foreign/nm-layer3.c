/* What NetworkManager's connections have of addresses, routes, rules, names and DHCP. */
#include "foreign/nm.h"
#include "model/iface.h"
#include <string.h>
#include <sys/socket.h>

static gboolean is_true(const char *value)
{
    return g_str_equal(value, "true") || g_str_equal(value, "1");
}

static gboolean is_false(const char *value)
{
    return g_str_equal(value, "false") || g_str_equal(value, "0");
}

static gboolean is_nowhere(const char *hop)
{
    return g_str_equal(hop, "0.0.0.0") || g_str_equal(hop, "::");
}

/* The parts of an address or route, the first one with its length: "10.0.0.2/24,10.0.0.1", and as it once was
 * "10.0.0.2;24;10.0.0.1;". To be freed by g_strfreev() */
static char **parts_of(const char *value)
{
    g_auto(GStrv) parts = g_strsplit_set(value, ",;", -1);
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    gboolean has_length = parts[0] && parts[1] && !strchr(parts[0], '/') && *parts[1] &&
                          !parts[1][strspn(parts[1], "0123456789")];
    g_autofree char *first = has_length ? g_strconcat(parts[0], "/", parts[1], NULL) : g_strdup(parts[0]);
    for (char **part = parts + (has_length ? 1 : 0); *part; part++)
        g_strv_builder_add(builder, part == parts + (has_length ? 1 : 0) ? first : *part);
    return g_strv_builder_end(builder);
}

/* A gateway may stand behind an address. */
static void address_read(const NmReader *self, const ForeignLine *line)
{
    g_auto(GStrv) parts = parts_of(line->value);
    foreign_address(self->foreign, self->iface, parts[0] ? parts[0] : "", line->where);
    if (parts[0] && parts[1] && *parts[1] && !is_nowhere(parts[1]))
        foreign_gateway(self->foreign, self->iface, parts[1], line->where);
}

/* --- routes --- */

static void miss(const NmReader *self, const ForeignLine *line, const char *key, const char *value)
{
    g_autofree char *name = g_strdup_printf("[%s] %s=%s", line->section, key, value);
    foreign_miss(self->foreign, line->where, name);
}

/* Options of a route that `ip` has under the same name, and that of the lock that some of them may have. */
static const struct {
    const char *name, *lock;
} route_words[] = {{"advmss", NULL},   {"cwnd", "lock-cwnd"},    {"initcwnd", "lock-initcwnd"},
                   {"table", NULL},    {"mtu", "lock-mtu"},      {"initrwnd", "lock-initrwnd"},
                   {"quickack", NULL}, {"rto_min", NULL},        {"scope", NULL},
                   {"src", NULL},      {"window", "lock-window"}};

static gboolean is_locked(char **options, const char *lock)
{
    gsize length = lock ? strlen(lock) : 0;
    for (; lock && *options; options++)
        if (g_str_has_prefix(*options, lock) && (*options)[length] == '=' && is_true(*options + length + 1))
            return TRUE;
    return FALSE;
}

/* Returns: FALSE for one that `ip` has no word for */
static gboolean route_word_append(char **options, const char *name, const char *value, GString *text)
{
    if (g_str_equal(name, "onlink") || g_str_has_prefix(name, "lock-")) {
        g_string_append(text, g_str_equal(name, "onlink") && is_true(value) ? " onlink" : "");
        return TRUE;
    }
    if (g_str_equal(name, "tos")) { /* `ip` takes any number for a hexadecimal one */
        g_string_append_printf(text, " tos 0x%x", (guint)g_ascii_strtoull(value, NULL, 0));
        return TRUE;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(route_words); i++) {
        if (!g_str_equal(route_words[i].name, name))
            continue;
        const char *number = is_true(value) ? "1" : is_false(value) ? "0" : value;
        g_string_append_printf(text, " %s%s %s", name, is_locked(options, route_words[i].lock) ? " lock" : "",
                               g_str_equal(name, "quickack") ? number : value);
        return TRUE;
    }
    return FALSE;
}

/* Returns: the type, if there is one; what @text gets stands behind the destination. */
static char *route_options_read(const NmReader *self, const ForeignLine *route, GString *text)
{
    g_autofree char *key = g_strdup_printf("%s_options", route->key), *type = NULL;
    const char *all = foreign_ini_get(self->lines, route->section, key);
    g_auto(GStrv) options = g_strsplit(all ? all : "", ",", -1);
    for (char **option = options; *option; option++)
        g_strstrip(*option);
    for (char **option = options; *option; option++) {
        char *equals = strchr(*option, '=');
        g_autofree char *name = equals ? g_strndup(*option, (gsize)(equals - *option)) : NULL;
        if (name && g_str_equal(name, "type"))
            type = g_strdup(equals + 1);
        else if (**option && (!name || !route_word_append(options, name, equals + 1, text)))
            miss(self, route, key, *option);
    }
    return g_steal_pointer(&type);
}

/* "10.1.0.0/16,10.0.0.1,7": destination, next hop, metric. */
static void route_read(const NmReader *self, const ForeignLine *line)
{
    g_auto(GStrv) parts = parts_of(line->value);
    int family = strchr(line->value, ':') ? AF_INET6 : AF_INET;
    g_autoptr(GString) text = g_string_new(NULL);
    gboolean has_hop = parts[0] && parts[1] && *parts[1] && !is_nowhere(parts[1]);
    if (has_hop)
        g_string_append_printf(text, " via %s", parts[1]);
    if (parts[0] && parts[1] && parts[2] && *parts[2])
        g_string_append_printf(text, " metric %s", parts[2]);
    g_autofree char *type = route_options_read(self, line, text);
    g_autofree char *route =
        g_strdup_printf("%s%s%s%s", type ? type : "", type ? " " : "", parts[0] ? parts[0] : "", text->str);
    foreign_route(self->foreign, self->iface, route, family, line->where);
}

static gboolean has_number(const char *key, const char *prefix, const char *ending)
{
    gsize length = strlen(prefix), digits = 0;
    if (strncmp(key, prefix, length) != 0)
        return FALSE;
    digits = strspn(key + length, "0123456789");
    return digits && g_str_equal(key + length + digits, ending);
}

/* "address1", "address", and as it once was "addresses1" */
static gboolean is_of_list(const char *key, const char *name, const char *plural)
{
    return g_str_equal(key, name) || g_str_equal(key, plural) || has_number(key, name, "") ||
           has_number(key, plural, "");
}

/* The options of a route are read with it; of none, they say nothing. */
static gboolean is_option_of_route(const NmReader *self, const ForeignLine *line)
{
    g_autofree char *route = g_strndup(line->key, strcspn(line->key, "_"));
    return g_str_has_suffix(line->key, "_options") && is_of_list(route, "route", "routes") &&
           foreign_ini_get(self->lines, line->section, route);
}

/* --- what there is one of --- */

/* "ignore" leaves IPv6 to the kernel. An address that is made up has no key. */
static gboolean method_read(const NmReader *self, const char *method, int family)
{
    static const char *const silent[] = {"manual", "disabled", "ignore", NULL};
    gboolean is_6 = family == AF_INET6, is_auto = g_str_equal(method, "auto");
    gboolean is_alone = g_str_equal(method, "manual") || g_str_equal(method, "link-local");
    if (!is_6 && is_auto)
        foreign_dhcp(self->iface, AF_INET);
    else if (is_6 && g_str_equal(method, "dhcp")) {
        self->iface->ipv6_autoconf = FALSE;
        foreign_dhcp(self->iface, AF_INET6);
    } else if (is_6 && (is_auto || is_alone))
        self->iface->ipv6_autoconf = is_auto;
    else if (is_6 && g_str_equal(method, "disabled"))
        self->iface->ipv6init = FALSE;
    else
        return g_strv_contains(silent, method);
    return TRUE;
}

/* Words for identifiers that are made of the card's address or of the machine's. */
static gboolean is_made_up(const char *id)
{
    static const char *const words[] = {"mac", "perm-mac", "duid", "ipv6-duid", "stable", "none", NULL};
    return g_strv_contains(words, id);
}

static const struct {
    const char *name, *key;
} lease_keys[] = {{"dhcp-client-id", "DHCP_CLIENT_ID"},
                  {"dhcp-fqdn", "DHCP_FQDN"},
                  {"dhcp-hostname", "DHCP_HOSTNAME"},
                  {"dhcp-vendor-class-identifier", "DHCP_VENDOR_CLASS_IDENTIFIER"},
                  {"route-metric", "METRIC"}};

/* Of a lease over IPv4. */
static gboolean lease_read(const NmReader *self, const ForeignLine *line)
{
    const char *name = line->key, *value = line->value;
    gboolean is_id = g_str_equal(name, "dhcp-client-id");
    if (!g_str_equal(line->section, "ipv4") ||
        g_strcmp0(foreign_ini_get(self->lines, "ipv4", "method"), "auto") != 0 ||
        (is_id && is_made_up(value)))
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(lease_keys); i++)
        if (g_str_equal(lease_keys[i].name, name))
            return foreign_lease(self->iface, lease_keys[i].key, value);
    if (g_str_equal(name, "dhcp-timeout"))
        foreign_field(self->foreign, self->iface, "DHCP_TIMEOUT", value, line->where);
    else if (g_str_equal(name, "dhcp-send-release"))
        self->iface->dhcp.release = is_true(value);
    else if (g_str_equal(name, "dhcp-send-hostname"))
        self->iface->dhcp.send_hostname = !is_false(value);
    else
        return FALSE;
    return TRUE;
}

static gboolean switch_read(const NmReader *self, const ForeignLine *line, int family)
{
    const char *key = line->key, *value = line->value;
    if (g_str_equal(key, "never-default") && family == AF_INET)
        self->iface->defroute = !is_true(value);
    else if (g_str_equal(key, "never-default") && is_true(value))
        self->iface->ipv6_defroute = FALSE;
    else if (g_str_equal(key, "ignore-auto-dns"))
        self->iface->dhcp.peerdns = !is_true(value);
    else if (g_str_equal(key, "ignore-auto-routes") && family == AF_INET)
        self->iface->dhcp.peerroutes = !is_true(value);
    else if (g_str_equal(key, "may-fail") && family == AF_INET)
        self->iface->dhcp.is_fatal = is_false(value);
    else if (g_str_equal(key, "addr-gen-mode") && g_str_equal(value, "stable-privacy"))
        foreign_field(self->foreign, self->iface, "IPV6_ADDR_GEN_MODE", value, line->where);
    else if (g_str_equal(key, "ip6-privacy") && (g_str_equal(value, "1") || g_str_equal(value, "2"))) {
        foreign_field(self->foreign, self->iface, "IPV6_PRIVACY", "rfc3041", line->where);
        self->iface->ipv6_prefer_public = g_str_equal(value, "1");
    } else
        return FALSE;
    return TRUE;
}

/* What says what holds without it. */
static gboolean says_nothing(const ForeignLine *line)
{
    static const char *const usual[] = {"may-fail=true",  "never-default=false", "ignore-auto-routes=false",
                                        "ip6-privacy=-1", "ip6-privacy=0",       "route-metric=-1",
                                        "route-metric=0", "dns-priority=0",      "dhcp-timeout=0",
                                        "dad-timeout=-1", "route-table=0",       NULL};
    g_autofree char *text = g_strdup_printf("%s=%s", line->key, line->value);
    return !*line->value || g_str_equal(line->key, "addr-gen-mode") || g_strv_contains(usual, text);
}

gboolean nm_layer3_take(const NmReader *self, const ForeignLine *line, int family)
{
    const char *key = line->key, *value = line->value;
    if (g_str_equal(key, "method"))
        return method_read(self, value, family);
    if (switch_read(self, line, family) || says_nothing(line) || lease_read(self, line) ||
        is_option_of_route(self, line))
        return TRUE;
    if (is_of_list(key, "address", "addresses"))
        address_read(self, line);
    else if (g_str_equal(key, "gateway"))
        foreign_gateway(self->foreign, self->iface, value, line->where);
    else if (is_of_list(key, "route", "routes"))
        route_read(self, line);
    else if (has_number(key, "routing-rule", ""))
        foreign_rule(self->foreign, self->iface, value, family, line->where);
    else if (g_str_equal(key, "dns") || g_str_equal(key, "dns-search"))
        foreign_names(self->foreign, self->iface, key[3] == '-', value, line->where);
    else
        return FALSE;
    return TRUE;
}
