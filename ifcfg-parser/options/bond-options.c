/* What can be said about one row of the bonding option table: lookup, accepted values, normal form, sample,
 * dump. */
#include "bond-options.h"
#include "i18n.h"

#include <arpa/inet.h>
#include <string.h>

#define TARGETS_MAX 16 /* BOND_MAX_ARP_TARGETS, BOND_MAX_NS_TARGETS: include/net/bonding.h */

const BondOption *bond_option_find(const char *name)
{
    gsize count;
    const BondOption *options = bond_options(&count);

    for (gsize i = 0; i < count; i++)
        if (g_str_equal(options[i].name, name) || (options[i].alias && g_str_equal(options[i].alias, name)))
            return &options[i];
    return NULL;
}

static gboolean option_is_of_port(const BondOption *option)
{
    return option->kind == BOND_VALUE_PORT_UINT || option->kind == BOND_VALUE_PORT_INT;
}

const BondOption *bond_option_find_attr(guint16 attr)
{
    gsize count;
    const BondOption *options = bond_options(&count);

    for (gsize i = 0; attr && i < count; i++)
        if (options[i].attr == attr && !option_is_of_port(&options[i]))
            return &options[i];
    return NULL;
}

static const BondName *names_find(const BondName *names, const char *text)
{
    for (; names && names->name; names++)
        if (g_str_equal(names->name, text))
            return names;
    return NULL;
}

static const BondName *names_find_number(const BondName *names, guint64 number)
{
    for (; names && names->name; names++)
        if (names->number == number)
            return names;
    return NULL;
}

const char *bond_mode_name(guint mode)
{
    const BondName *name = names_find_number(bond_option_find("mode")->names, mode);
    return name ? name->name : NULL;
}

gboolean bond_mode_parse(const char *text, guint *ret_mode)
{
    guint32 number;
    g_autofree char *normal = bond_option_normalize(bond_option_find("mode"), text, &number, NULL);

    if (normal)
        *ret_mode = number;
    return normal != NULL;
}

const char *bond_value_kind_name(BondValueKind kind)
{
    static const char *const names[] = {"uint",    "enum", "ifname",    "ip4list",
                                        "ip6list", "mac",  "port-uint", "port-int"};
    G_STATIC_ASSERT(G_N_ELEMENTS(names) == BOND_VALUE_LAST);
    return kind < BOND_VALUE_LAST ? names[kind] : NULL;
}

const char *bond_phase_name(BondPhase phase)
{
    static const char *const names[] = {"mode", "before-ports", "after-ports", "load"};
    G_STATIC_ASSERT(G_N_ELEMENTS(names) == BOND_PHASE_LAST);
    return phase < BOND_PHASE_LAST ? names[phase] : NULL;
}

/* "0 to 255, off or maxval": the choices of an option. @range: the first of them, or NULL; taken. */
static char *choices_format(const BondOption *option, char *range)
{
    g_autoptr(GString) text = g_string_new(range);
    g_free(range);
    for (const BondName *name = option->names; name && name->name; name++) {
        g_autofree char *choice = option->kind == BOND_VALUE_ENUM
                                      ? g_strdup_printf("%s (%u)", name->name, name->number)
                                      : g_strdup(name->name);
        if (text->len && !name[1].name)
            return g_strdup_printf(_("%s or %s"), text->str, choice);
        g_string_append_printf(text, "%s%s", text->len ? ", " : "", choice);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

char *bond_option_accepts(const BondOption *option)
{
    switch ((BondValueKind)option->kind) {
    case BOND_VALUE_UINT:
        return choices_format(option, g_strdup_printf(_("%u to %u"), option->min, option->max));
    case BOND_VALUE_ENUM:
        return choices_format(option, NULL);
    case BOND_VALUE_IFNAME:
        return g_strdup(_("the name of a port"));
    case BOND_VALUE_IP4LIST:
        return g_strdup(_("up to 16 IPv4 addresses, separated by commas"));
    case BOND_VALUE_IP6LIST:
        return g_strdup(_("up to 16 IPv6 addresses, separated by commas"));
    case BOND_VALUE_MAC:
        return g_strdup(_("a MAC address that is not multicast"));
    case BOND_VALUE_PORT_UINT:
        return g_strdup_printf(_("PORT:NUMBER with a number from %u to %u"), option->min, option->max);
    case BOND_VALUE_PORT_INT:
        return g_strdup(_("PORT:NUMBER, the number may be negative"));
    case BOND_VALUE_LAST:
        break;
    }
    return g_strdup("");
}

static char *value_refuse(const BondOption *option, const char *text, GError **error)
{
    g_autofree char *accepts = bond_option_accepts(option);
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, _("%s=%s is not possible: use %s"), option->name,
                text, accepts);
    return NULL;
}

/* bond_opt_parse() in bond_options.c: digits only make a number, there is no sign and no hex. */
static gboolean digits_parse(const char *text, guint64 *ret_number)
{
    if (!*text || text[strspn(text, "0123456789")] || strlen(text) > 10)
        return FALSE;
    *ret_number = g_ascii_strtoull(text, NULL, 10);
    return TRUE;
}

/* "default" is a name of every option here; the kernel lacks it for two, but it is sent the number. */
static char *number_normalize(const BondOption *option, const char *text, guint32 *ret_number, GError **error)
{
    const BondName *name = names_find(option->names, g_str_equal(text, "default") ? option->fallback : text);
    const char *digits = g_str_equal(text, "default") ? option->fallback : text;
    guint64 number;

    if (name)
        number = name->number;
    else if (!digits_parse(digits, &number))
        return value_refuse(option, text, error);
    if (option->kind == BOND_VALUE_ENUM) {
        name = names_find_number(option->names, number);
        if (!name)
            return value_refuse(option, text, error);
    } else if (number < option->min || number > option->max) {
        return value_refuse(option, text, error);
    }
    *ret_number = (guint32)number;
    return option->kind == BOND_VALUE_ENUM ? g_strdup(name->name)
                                           : g_strdup_printf("%" G_GUINT64_FORMAT, number);
}

/* What bond_option_arp_ip_target_add() and bond_option_ns_ip6_target_add() refuse, and multicast, which
 * nobody answers. */
static gboolean target_is_usable(const IfcfgIp *ip)
{
    if (ip->family == AF_INET)
        return ip->bytes[0] != 0 && ip->bytes[0] < 224;
    struct in6_addr address;
    memcpy(&address, ip->bytes, sizeof address);
    return !IN6_IS_ADDR_UNSPECIFIED(&address) && !IN6_IS_ADDR_LOOPBACK(&address) &&
           !IN6_IS_ADDR_MULTICAST(&address);
}

static gboolean targets_contain(GPtrArray *targets, const char *target)
{
    return g_ptr_array_find_with_equal_func(targets, target, g_str_equal, NULL);
}

static char *targets_normalize(const BondOption *option, const char *text, GError **error)
{
    int family = option->kind == BOND_VALUE_IP4LIST ? AF_INET : AF_INET6;
    g_autoptr(GPtrArray) targets = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) words = g_strsplit_set(text, ", \t", -1);

    for (char **word = words; *word; word++) {
        IfcfgIp ip;
        if (!**word)
            continue;
        if (!ifcfg_ip_parse(*word + (**word == '+'), family, &ip) || !target_is_usable(&ip))
            return value_refuse(option, *word, error);
        g_autofree char *target = ifcfg_ip_format(&ip);
        if (!targets_contain(targets, target))
            g_ptr_array_add(targets, g_steal_pointer(&target));
    }
    if (targets->len == 0 || targets->len > TARGETS_MAX)
        return value_refuse(option, text, error);
    g_ptr_array_add(targets, NULL);
    return g_strjoinv(",", (char **)targets->pdata);
}

static char *mac_normalize(const BondOption *option, const char *text, GError **error)
{
    IfcfgMac mac;

    if (!ifcfg_mac_parse(text, &mac) || mac.length != option->width || (mac.bytes[0] & 1))
        return value_refuse(option, text, error);
    return ifcfg_mac_format(&mac);
}

static gboolean port_number_parse(const BondOption *option, const char *text, gint64 *ret_number)
{
    if (option->kind == BOND_VALUE_PORT_INT)
        return g_ascii_string_to_signed(text, 10, G_MININT32, G_MAXINT32, ret_number, NULL);
    guint64 number;
    if (!digits_parse(text, &number) || number < option->min || number > option->max)
        return FALSE;
    *ret_number = (gint64)number;
    return TRUE;
}

/* Port names may hold no colon here: aliases cannot be enslaved. */
static char *ports_normalize(const BondOption *option, const char *text, GError **error)
{
    g_autoptr(GString) normal = g_string_new(NULL);
    g_auto(GStrv) words = g_strsplit_set(text, ", \t", -1);

    for (char **word = words; *word; word++) {
        gint64 number;
        if (!**word)
            continue;
        char *colon = strchr(*word, ':');
        g_autofree char *port = colon ? g_strndup(*word, (gsize)(colon - *word)) : NULL;
        if (!port || ifcfg_ifname_fault(port) || !port_number_parse(option, colon + 1, &number))
            return value_refuse(option, *word, error);
        g_string_append_printf(normal, "%s%s:%" G_GINT64_FORMAT, normal->len ? " " : "", port, number);
    }
    return normal->len ? g_string_free(g_steal_pointer(&normal), FALSE) : value_refuse(option, text, error);
}

char *bond_option_normalize(const BondOption *option, const char *text, guint32 *ret_number, GError **error)
{
    g_autofree char *stripped = g_strstrip(g_strdup(text));
    guint32 unused = 0, *number = ret_number ? ret_number : &unused;

    *number = 0;
    switch ((BondValueKind)option->kind) {
    case BOND_VALUE_UINT:
    case BOND_VALUE_ENUM:
        return number_normalize(option, stripped, number, error);
    case BOND_VALUE_IFNAME:
        return ifcfg_ifname_fault(stripped) ? value_refuse(option, stripped, error)
                                            : g_steal_pointer(&stripped);
    case BOND_VALUE_IP4LIST:
    case BOND_VALUE_IP6LIST:
        return targets_normalize(option, stripped, error);
    case BOND_VALUE_MAC:
        return mac_normalize(option, stripped, error);
    case BOND_VALUE_PORT_UINT:
    case BOND_VALUE_PORT_INT:
        return ports_normalize(option, stripped, error);
    case BOND_VALUE_LAST:
        break;
    }
    g_assert_not_reached();
}
