/* One value against its row: what is accepted, its normal form, a sample. */
#include "i18n.h"
#include "ifcfg-keys.h"
#include "link-private.h"

#include <arpa/inet.h>
#include <string.h>

#define TARGETS_MAX 16 /* BOND_MAX_ARP_TARGETS, BOND_MAX_NS_TARGETS: include/net/bonding.h */

const LinkName link_flag_names[] = {{"off", 0}, {"on", 1}, {NULL, 0}};

/* What people write for a flag, whatever the shell of the old scripts made of it. */
static const LinkName flag_words[] = {{"off", 0},   {"on", 1},   {"no", 0}, {"yes", 1},
                                      {"false", 0}, {"true", 1}, {NULL, 0}};

static const LinkName *names_find(const LinkName *names, const char *text)
{
    for (; names && names->name; names++)
        if (g_str_equal(names->name, text))
            return names;
    return NULL;
}

gboolean link_kind_is_flag(guint8 kind)
{
    return kind == LINK_VALUE_FLAG || kind == LINK_VALUE_BIT;
}

gboolean link_option_is_enum(const LinkOption *option)
{
    return option->kind == LINK_VALUE_ENUM || (option->kind == LINK_VALUE_BE && option->names);
}

static const char *value_name(const LinkOption *option, gint64 number)
{
    if (link_kind_is_flag(option->kind))
        return number == 0 || number == 1 ? link_flag_names[number].name : NULL;
    return number >= 0 && number <= G_MAXUINT32 ? link_option_name_of(option, (guint32)number) : NULL;
}

/* Not printf: of each device that a kernel tells of, there are some dozens. */
static char *number_format(gint64 number)
{
    char text[24], *at = text + sizeof text;
    guint64 rest = number < 0 ? 0 - (guint64)number : (guint64)number;

    *--at = '\0';
    do
        *--at = (char)('0' + rest % 10);
    while (rest /= 10);
    if (number < 0)
        *--at = '-';
    return g_strdup(at);
}

char *link_option_format(const LinkOption *option, gint64 number)
{
    const char *name =
        link_option_is_enum(option) || link_kind_is_flag(option->kind) ? value_name(option, number) : NULL;

    return name ? g_strdup(name) : number_format(number);
}

gboolean link_option_is_recorded(const LinkOption *option)
{
    return (option->needs & (LINK_IS_VOLATILE | LINK_KERNEL_CHOOSES)) != 0;
}

gboolean link_option_is_list(const LinkOption *option)
{
    return option->kind == LINK_VALUE_IP4LIST || option->kind == LINK_VALUE_IP6LIST ||
           option->kind == LINK_VALUE_MAP;
}

/* "0 to 255, off or maxval": the choices of an option. @range: the first of them, or NULL; taken. */
static char *choices_format(const LinkName *names, gboolean is_numbered, char *range)
{
    g_autoptr(GString) text = g_string_new(range);

    g_free(range);
    for (const LinkName *name = names; name && name->name; name++) {
        g_autofree char *choice =
            is_numbered ? g_strdup_printf("%s (%u)", name->name, name->number) : g_strdup(name->name);
        if (text->len && !name[1].name)
            return g_strdup_printf(_("%s or %s"), text->str, choice);
        g_string_append_printf(text, "%s%s", text->len ? ", " : "", choice);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void int_range(const LinkOption *option, gint64 *ret_min, gint64 *ret_max)
{
    gboolean any = !option->min && !option->max;

    *ret_min = any ? G_MININT32 : (gint32)option->min;
    *ret_max = any ? G_MAXINT32 : (gint32)option->max;
}

static char *int_accepts(const LinkOption *option)
{
    gint64 min, max;

    int_range(option, &min, &max);
    return choices_format(option->names, FALSE, g_strdup_printf(_("%d to %d"), (gint32)min, (gint32)max));
}

char *link_option_accepts(const LinkOption *option)
{
    switch ((LinkValueKind)option->kind) {
    case LINK_VALUE_UINT:
    case LINK_VALUE_MASK:
    case LINK_VALUE_BE:
    case LINK_VALUE_TICKS:
        if (link_option_is_enum(option))
            return choices_format(option->names, TRUE, NULL);
        return choices_format(option->names, FALSE, g_strdup_printf(_("%u to %u"), option->min, option->max));
    case LINK_VALUE_INT:
        return int_accepts(option);
    case LINK_VALUE_FLAG:
    case LINK_VALUE_BIT:
        return choices_format(link_flag_names, TRUE, NULL);
    case LINK_VALUE_ENUM:
        return choices_format(option->names, TRUE, NULL);
    case LINK_VALUE_IFNAME:
        return g_strdup(option->when == LINK_WHEN_AFTER_PORTS ? _("the name of a port")
                                                              : _("the name of an interface"));
    case LINK_VALUE_IP4:
        return g_strdup(_("an IPv4 address"));
    case LINK_VALUE_IP6:
        return g_strdup(_("an IPv6 address"));
    case LINK_VALUE_IP4LIST:
        return g_strdup(_("up to 16 IPv4 addresses, separated by commas"));
    case LINK_VALUE_IP6LIST:
        return g_strdup(_("up to 16 IPv6 addresses, separated by commas"));
    case LINK_VALUE_MAC:
        return g_strdup(_("a MAC address that is not multicast"));
    case LINK_VALUE_MAP:
        return g_strdup_printf(_("FROM:TO with numbers from %u to %u, once or more"), option->min,
                               option->max);
    case LINK_VALUE_TEXT:
        return g_strdup(_("any text"));
    case LINK_VALUE_LAST:
        break;
    }
    return g_strdup("");
}

char *link_family_accepts(const LinkFamily *family, const LinkOption *option)
{
    if (!link_family_is_listed_for_ports(family, option))
        return link_option_accepts(option);
    if (option->kind == LINK_VALUE_INT)
        return g_strdup(_("PORT:NUMBER, the number may be negative"));
    return g_strdup_printf(_("PORT:NUMBER with a number from %u to %u"), option->min, option->max);
}

/* "active_backup": the name of a value that was meant. */
static const char *value_guess(const LinkOption *option, const char *text)
{
    guint best_distance = ifcfg_guess_limit(text) + 1;
    const char *best = NULL;

    for (const LinkName *name = link_option_is_enum(option) ? option->names : NULL; name && name->name;
         name++) {
        guint distance = ifcfg_text_distance(text, name->name);
        if (distance < best_distance) {
            best = name->name;
            best_distance = distance;
        }
    }
    return best;
}

static char *value_refuse(const LinkOption *option, const char *text, GError **error)
{
    g_autofree char *accepts = link_option_accepts(option);
    const char *guess = value_guess(option, text);

    if (guess)
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                    _("%s=%s is not possible, did you mean %s? Use %s"), option->name, text, guess, accepts);
    else
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, _("%s=%s is not possible: use %s"), option->name,
                    text, accepts);
    return NULL;
}

/* bond_opt_parse() in bond_options.c: digits only make a number, there is no sign and no hex. */
static gboolean digits_parse(const char *text, gint64 *ret_number)
{
    if (!*text || text[strspn(text, "0123456789")] || strlen(text) > 10)
        return FALSE;
    *ret_number = (gint64)g_ascii_strtoull(text, NULL, 10);
    return TRUE;
}

/* 0x4000, as the files of bridges take it. */
static gboolean hex_parse(const LinkOption *option, const char *text, gint64 *ret_number)
{
    guint64 number;

    if (option->kind != LINK_VALUE_MASK || !g_str_has_prefix(text, "0x") ||
        !g_ascii_string_to_unsigned(text + 2, 16, 0, G_MAXUINT32, &number, NULL))
        return FALSE;
    *ret_number = (gint64)number;
    return TRUE;
}

static gboolean number_is_in_range(const LinkOption *option, gint64 number)
{
    gint64 min = option->min, max = option->max;

    if (option->kind == LINK_VALUE_INT)
        int_range(option, &min, &max);
    return number >= min && number <= max;
}

/* "default" is a name of every option here; the kernel lacks it for two, but it is sent the number. */
static char *number_normalize(const LinkOption *option, const char *text, gint64 *ret_number, GError **error)
{
    gboolean is_flag = link_kind_is_flag(option->kind), is_named = is_flag || link_option_is_enum(option);
    const char *word = g_str_equal(text, "default") ? option->fallback : text;
    const LinkName *name = names_find(is_flag ? flag_words : option->names, word);
    gboolean is_number =
        name || (option->kind == LINK_VALUE_INT
                     ? g_ascii_string_to_signed(word, 10, G_MININT32, G_MAXINT32, ret_number, NULL)
                     : digits_parse(word, ret_number) || hex_parse(option, word, ret_number));

    if (!is_number)
        return value_refuse(option, text, error);
    if (name)
        *ret_number = name->number;
    if (is_named ? !value_name(option, *ret_number) : !number_is_in_range(option, *ret_number))
        return value_refuse(option, text, error);
    return link_option_format(option, *ret_number);
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

static char *targets_normalize(const LinkOption *option, const char *text, GError **error)
{
    int family = option->kind == LINK_VALUE_IP4LIST ? AF_INET : AF_INET6;
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

static char *ip_normalize(const LinkOption *option, const char *text, GError **error)
{
    IfcfgIp ip;

    if (!ifcfg_ip_parse(text, option->kind == LINK_VALUE_IP4 ? AF_INET : AF_INET6, &ip))
        return value_refuse(option, text, error);
    return ifcfg_ip_format(&ip);
}

gboolean link_option_is_multicast(const LinkOption *option)
{
    return g_str_has_prefix(option->fallback, "01:");
}

static char *mac_normalize(const LinkOption *option, const char *text, GError **error)
{
    IfcfgMac mac;

    if (!ifcfg_mac_parse(text, &mac) || mac.length != option->width ||
        (mac.bytes[0] & 1) != link_option_is_multicast(option))
        return value_refuse(option, text, error);
    return ifcfg_mac_format(&mac);
}

/* The last one of a FROM counts, as in the kernel (vlan_dev_set_egress_priority()). */
static void map_put(GPtrArray *entries, gint64 from, gint64 to)
{
    g_autofree char *prefix = g_strdup_printf("%" G_GINT64_FORMAT ":", from);

    for (guint i = 0; i < entries->len; i++)
        if (g_str_has_prefix(entries->pdata[i], prefix))
            g_ptr_array_remove_index(entries, i--);
    g_ptr_array_add(entries, g_strdup_printf("%s%" G_GINT64_FORMAT, prefix, to));
}

/* One FROM:TO a word. */
static char *map_normalize(const LinkOption *option, const char *text, GError **error)
{
    g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) words = g_strsplit_set(text, ", \t", -1);

    for (char **word = words; *word; word++) {
        char *colon = strchr(*word, ':');
        gint64 from, to;
        if (!**word)
            continue;
        if (!colon)
            return value_refuse(option, *word, error);
        g_autofree char *first = g_strndup(*word, (gsize)(colon - *word));
        if (!digits_parse(first, &from) || !digits_parse(colon + 1, &to) ||
            !number_is_in_range(option, from) || !number_is_in_range(option, to))
            return value_refuse(option, *word, error);
        map_put(entries, from, to);
    }
    if (!entries->len)
        return value_refuse(option, text, error);
    g_ptr_array_add(entries, NULL);
    return g_strjoinv(" ", (char **)entries->pdata);
}

char *link_option_normalize(const LinkOption *option, const char *text, gint64 *ret_number, GError **error)
{
    g_autofree char *stripped = g_strstrip(g_strdup(text));
    gint64 unused = 0, *number = ret_number ? ret_number : &unused;

    *number = 0;
    switch ((LinkValueKind)option->kind) {
    case LINK_VALUE_FLAG:
    case LINK_VALUE_UINT:
    case LINK_VALUE_MASK:
    case LINK_VALUE_INT:
    case LINK_VALUE_BE:
    case LINK_VALUE_TICKS:
    case LINK_VALUE_ENUM:
    case LINK_VALUE_BIT:
        return number_normalize(option, stripped, number, error);
    case LINK_VALUE_IFNAME:
        return ifcfg_ifname_fault(stripped) ? value_refuse(option, stripped, error)
                                            : g_steal_pointer(&stripped);
    case LINK_VALUE_IP4:
    case LINK_VALUE_IP6:
        return ip_normalize(option, stripped, error);
    case LINK_VALUE_IP4LIST:
    case LINK_VALUE_IP6LIST:
        return targets_normalize(option, stripped, error);
    case LINK_VALUE_MAC:
        return mac_normalize(option, stripped, error);
    case LINK_VALUE_MAP:
        return map_normalize(option, stripped, error);
    case LINK_VALUE_TEXT:
        return *stripped ? g_steal_pointer(&stripped) : value_refuse(option, stripped, error);
    case LINK_VALUE_LAST:
        break;
    }
    g_assert_not_reached();
}
