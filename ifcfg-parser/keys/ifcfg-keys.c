/* Lookup in the key table, guesses at misspelt keys, and the check of one value. */
#include "ifcfg-keys.h"
#include "i18n.h"
#include "ifcfg-ip.h"
#include "ifcfg-keys-meant.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { BUCKETS = 512, ROWS_MAX = 1024 };

typedef struct {
    guint16 first[BUCKETS], next[ROWS_MAX]; /* 1 + index of a row; 0: none */
} RowIndex;

static guint name_bucket(const char *name)
{
    gsize length = strlen(name);
    guint ends =
        length ? (guchar)name[0] * 7u + (guchar)name[length / 2] * 3u + (guchar)name[length - 1] * 13u : 0;
    return (ends + (guint)length * 31) % BUCKETS;
}

static void rows_index(RowIndex *self, const IfcfgKey *keys, gsize count)
{
    g_assert(count <= ROWS_MAX);
    for (gsize row = count; row-- > 0;) {
        guint16 *first = &self->first[name_bucket(keys[row].name)];
        self->next[row] = *first;
        *first = (guint16)(row + 1);
    }
}

/* Each line of each file is looked up here a few times. */
static const IfcfgKey *row_find(const char *name)
{
    static RowIndex rows;
    gsize count;
    const IfcfgKey *keys = ifcfg_keys(&count);
    static gsize is_made;
    if (g_once_init_enter(&is_made)) {
        rows_index(&rows, keys, count);
        g_once_init_leave(&is_made, 1);
    }
    for (guint row = rows.first[name_bucket(name)]; row; row = rows.next[row - 1])
        if (!strcmp(keys[row - 1].name, name))
            return &keys[row - 1];
    return NULL;
}

static gboolean row_is_pattern(const IfcfgKey *key)
{
    return g_str_has_suffix(key->name, "*");
}

static const IfcfgKey *pattern_find(const char *name)
{
    gsize count;
    const IfcfgKey *keys = ifcfg_keys(&count);

    for (gsize i = 0; i < count; i++)
        if (row_is_pattern(&keys[i]) && strncmp(name, keys[i].name, strlen(keys[i].name) - 1) == 0)
            return &keys[i];
    return NULL;
}

/* The name without the digits at its end, or NULL when there are none. */
static char *name_without_number(const char *name)
{
    gsize length = strlen(name);

    while (length > 0 && g_ascii_isdigit(name[length - 1]))
        length--;
    return name[length] && length ? g_strndup(name, length) : NULL;
}

const IfcfgKey *ifcfg_key_find(const char *name)
{
    const IfcfgKey *key = row_find(name);

    if (key && key->in)
        return key;
    g_autofree char *base = name_without_number(name);
    key = base ? row_find(base) : NULL;
    return key && key->numbered ? key : pattern_find(name);
}

/* Optimal string alignment: Levenshtein's distance, with two swapped neighbours as one edit. */
guint ifcfg_text_distance(const char *a, const char *b)
{
    gsize a_length = strlen(a), b_length = strlen(b);
    gsize width = b_length + 1;

    if (a_length > 64 || b_length > 64)
        return G_MAXUINT;
    g_autofree guint *cost = g_new(guint, (a_length + 1) * width);
    for (gsize i = 0; i <= a_length; i++)
        cost[i * width] = (guint)i;
    for (gsize j = 0; j <= b_length; j++)
        cost[j] = (guint)j;
    for (gsize i = 1; i <= a_length; i++) {
        for (gsize j = 1; j <= b_length; j++) {
            char x = g_ascii_toupper(a[i - 1]), y = g_ascii_toupper(b[j - 1]);
            guint best = cost[(i - 1) * width + j - 1] + (x != y);
            best = MIN(best, cost[(i - 1) * width + j] + 1);
            best = MIN(best, cost[i * width + j - 1] + 1);
            if (i > 1 && j > 1 && x == g_ascii_toupper(b[j - 2]) && g_ascii_toupper(a[i - 2]) == y)
                best = MIN(best, cost[(i - 2) * width + j - 2] + 1);
            cost[i * width + j] = best;
        }
    }
    return cost[a_length * width + b_length];
}

guint ifcfg_guess_limit(const char *name)
{
    gsize length = strlen(name);
    return length < 3 ? 0 : (guint)CLAMP(length / 4, 1, 3);
}

const char *ifcfg_text_nearest(const char *text, gconstpointer first, gsize n, gsize size)
{
    const char *best = NULL;
    guint least = ifcfg_guess_limit(text) + 1;

    for (gsize i = 0; i < n; i++) {
        const char *name = *(const char *const *)((const char *)first + i * size);
        guint distance = ifcfg_text_distance(text, name);
        best = distance < least ? name : best;
        least = MIN(least, distance);
    }
    return best;
}

/* Slips that are far from what is meant. */
static const IfcfgKey *slip_find(const char *name)
{
    static const struct {
        const char *name, *means;
    } slips[] = {
        {"IPV6_ROUTING", "IPV6FORWARDING"},     {"IPVADDR", "IPADDR"},     {"MASK", "NETMASK"},
        {"REMOTE_IPADDR", "PEER_OUTER_IPADDR"}, {"SUBNETMASK", "NETMASK"}, {"SUBNET_MASK", "NETMASK"}};

    for (guint i = 0; i < G_N_ELEMENTS(slips); i++)
        if (g_ascii_strcasecmp(slips[i].name, name) == 0)
            return row_find(slips[i].means);
    return NULL;
}

/* As many letters as one name is longer have to be inserted. */
static gboolean is_near_in_length(const char *a, const char *b, guint limit)
{
    gsize a_length = strlen(a), b_length = strlen(b);
    return (a_length > b_length ? a_length - b_length : b_length - a_length) <= limit;
}

/* Keys that do something come before equally near ones that do not. */
static guint guess_cost(const IfcfgKey *key, const char *name, const char *base, guint limit)
{
    guint distance = G_MAXUINT;

    if (is_near_in_length(name, key->name, limit))
        distance = ifcfg_text_distance(name, key->name);
    if (base && key->numbered && is_near_in_length(base, key->name, limit))
        distance = MIN(distance, ifcfg_text_distance(base, key->name));
    return distance > 64 ? G_MAXUINT : distance * 4 + key->state;
}

const IfcfgKey *ifcfg_key_guess(const char *name)
{
    gsize count;
    const IfcfgKey *keys = ifcfg_keys(&count), *best = slip_find(name);
    g_autofree char *base = name_without_number(name);
    guint limit = ifcfg_guess_limit(name), best_cost = best ? 0 : (limit + 1) * 4;

    for (gsize i = 0; i < count; i++) {
        guint cost = row_is_pattern(&keys[i]) ? G_MAXUINT : guess_cost(&keys[i], name, base, limit);
        if (cost < best_cost) {
            best = &keys[i];
            best_cost = cost;
        }
    }
    return best;
}

const char *ifcfg_value_type_name(IfcfgValueType type)
{
    static const char *const names[] = {N_("text"),          N_("yes/no"),       N_("number"),
                                        N_("signed number"), N_("IPv4 address"), N_("IPv6 address"),
                                        N_("IP address"),    N_("netmask"),      N_("MAC address"),
                                        N_("interface"),     N_("word")};
    G_STATIC_ASSERT(G_N_ELEMENTS(names) == IFCFG_VALUE_LAST);
    return type < IFCFG_VALUE_LAST ? names[type] : NULL;
}

const char *ifcfg_key_state_name(IfcfgKeyState state)
{
    static const char *const names[] = {N_("used"), N_("handed on"), N_("for other programs"), N_("obsolete"),
                                        N_("refused")};
    G_STATIC_ASSERT(G_N_ELEMENTS(names) == IFCFG_KEY_LAST);
    return state < IFCFG_KEY_LAST ? names[state] : NULL;
}

static char *check_number(const IfcfgKey *key, const char *value)
{
    guint64 number;
    gint64 signed_number;
    guint32 max = key->max ? key->max : G_MAXUINT32;

    if (key->type == IFCFG_VALUE_INT) {
        gint64 low = key->max ? (gint32)key->min : G_MININT32,
               high = key->max ? (gint32)key->max : G_MAXINT32;
        if (g_ascii_string_to_signed(value, 10, low, high, &signed_number, NULL))
            return NULL;
        return g_strdup_printf(_("'%s' is not a number from %" PRId64 " to %" PRId64), value, low, high);
    }
    if (g_ascii_string_to_unsigned(value, 10, key->min, max, &number, NULL))
        return NULL;
    return g_strdup_printf(_("'%s' is not a number from %u to %u"), value, key->min, max);
}

static char *check_address(const IfcfgKey *key, const char *value)
{
    static const int families[] = {
        [IFCFG_VALUE_IP4] = AF_INET, [IFCFG_VALUE_IP6] = AF_INET6, [IFCFG_VALUE_IP] = AF_UNSPEC};
    IfcfgPrefix prefix;
    IfcfgIp ip;

    if (key->type == IFCFG_VALUE_IP6 ? ifcfg_prefix_parse(value, AF_INET6, &prefix)
                                     : ifcfg_ip_parse(value, families[key->type], &ip))
        return NULL;
    if (key->type == IFCFG_VALUE_IP4 && strchr(value, '/') && ifcfg_prefix_parse(value, AF_INET, &prefix))
        return g_strdup_printf(_("'%s' is an address with a prefix: use %.*s here and write PREFIX=%u"),
                               value, (int)strcspn(value, "/"), value, prefix.length);
    char *meant = ifcfg_address_fault(value, families[key->type]);
    if (meant)
        return meant;
    if (key->type == IFCFG_VALUE_IP4)
        return g_strdup_printf(_("'%s' is not an IPv4 address: write four numbers from 0 to 255"), value);
    return g_strdup_printf(_("'%s' is not an %s"), value, _(ifcfg_value_type_name(key->type)));
}

static char *check_netmask(const char *value)
{
    guint8 length;

    if (ifcfg_netmask_parse(value, &length))
        return NULL;
    return g_strdup_printf(_("'%s' is not a netmask: use one like 255.255.255.0, or PREFIX=24"), value);
}

static char *check_mac(const char *value)
{
    IfcfgMac mac;
    return ifcfg_mac_parse(value, &mac)
               ? NULL
               : g_strdup_printf(_("'%s' is not a MAC address: use one like 52:54:00:12:34:56"), value);
}

static char *check_ifname(const char *value)
{
    const char *fault = ifcfg_ifname_fault(value);
    return fault ? g_strdup_printf(_("'%s' is not an interface name: %s"), value, fault) : NULL;
}

static gboolean row_has_word(const IfcfgKey *key, const char *value)
{
    gsize length;

    for (const char *word = key->words; *word; word += length + (word[length] == '|')) {
        length = strcspn(word, "|");
        if (length == strlen(value) && !g_ascii_strncasecmp(word, value, length))
            return TRUE;
    }
    return FALSE;
}

gboolean ifcfg_key_has_word(const char *name, const char *value)
{
    return row_has_word(ifcfg_key_find(name), value);
}

static char *check_word(const IfcfgKey *key, const char *value)
{
    if (row_has_word(key, value))
        return NULL;
    g_auto(GStrv) words = g_strsplit(key->words, "|", -1);
    g_autofree char *list = g_strjoinv(", ", words);
    const char *guess = ifcfg_text_nearest(value, words, g_strv_length(words), sizeof *words);
    return guess ? g_strdup_printf(_("'%s' (did you mean %s?) is not one of %s"), value, guess, list)
                 : g_strdup_printf(_("'%s' is not one of %s"), value, list);
}

static gboolean is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static gboolean type_is_trimmed(const IfcfgKey *key)
{
    return key->type != IFCFG_VALUE_TEXT && key->type != IFCFG_VALUE_BOOL && key->type != IFCFG_VALUE_WORD;
}

static const char *value_trim(const IfcfgKey *key, const char *value)
{
    gsize length = strlen(value);

    if (!length || !(is_blank(value[0]) || is_blank(value[length - 1])) || !key || !type_is_trimmed(key))
        return value;
    g_autofree char *copy = g_strdup(value);
    return g_intern_string(g_strstrip(copy));
}

const char *ifcfg_key_trim(const char *name, const char *value)
{
    gsize length = strlen(value);

    if (!length || !(is_blank(value[0]) || is_blank(value[length - 1])))
        return value;
    return value_trim(ifcfg_key_find(name), value);
}

/* As `ip addr add` has them: all bits of the host are set, or none. */
static gboolean is_broadcast_sign(const IfcfgKey *key, const char *value)
{
    return g_str_equal(key->name, "BROADCAST") && (g_str_equal(value, "+") || g_str_equal(value, "-"));
}

static char *value_fault(const IfcfgKey *key, const char *value)
{
    if (is_broadcast_sign(key, value))
        return NULL;
    switch ((IfcfgValueType)key->type) {
    case IFCFG_VALUE_BOOL:
        return ifcfg_is_true(value) || ifcfg_is_false(value)
                   ? NULL
                   : g_strdup_printf(_("'%s' is neither yes nor no"), value);
    case IFCFG_VALUE_UINT:
    case IFCFG_VALUE_INT:
        return check_number(key, value);
    case IFCFG_VALUE_IP4:
    case IFCFG_VALUE_IP6:
    case IFCFG_VALUE_IP:
        return check_address(key, value);
    case IFCFG_VALUE_NETMASK:
        return check_netmask(value);
    case IFCFG_VALUE_MAC:
        return check_mac(value);
    case IFCFG_VALUE_IFNAME:
        return check_ifname(value);
    case IFCFG_VALUE_WORD:
        return check_word(key, value);
    case IFCFG_VALUE_TEXT:
    case IFCFG_VALUE_LAST:
        break;
    }
    return NULL;
}

char *ifcfg_key_check_value(const IfcfgKey *key, const char *value)
{
    value = value_trim(key, value);
    g_autofree char *fault = value_fault(key, value);
    char *letter = fault ? ifcfg_letter_fault(value) : NULL;
    return letter ? letter : g_steal_pointer(&fault);
}
