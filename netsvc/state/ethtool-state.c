/* What a device reports of that which ethtool sets. */
#include "state/ethtool-state.h"
#include "i18n.h"
#include <string.h>

#define FIXED " [fixed]"

typedef enum { SAME, DIFFERENT, UNKNOWN } Verdict;

EthtoolState *ethtool_state_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

EthtoolState *ethtool_state_copy(const EthtoolState *self)
{
    EthtoolState *copy = ethtool_state_new();
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init(&iter, (GHashTable *)self);
    while (g_hash_table_iter_next(&iter, &key, &value))
        g_hash_table_insert(copy, g_strdup(key), g_strdup(value));
    return copy;
}

void ethtool_state_put(EthtoolState *self, const char *verb, const char *word, const char *text)
{
    g_hash_table_insert(self, g_strdup_printf("%s %s", verb, word), g_strdup(text));
}

const char *ethtool_state_get(const EthtoolState *self, const char *verb, const char *word)
{
    g_autofree char *key = g_strdup_printf("%s %s", verb, word);
    return self ? g_hash_table_lookup((GHashTable *)self, key) : NULL;
}

/* --- modes of a link --- */

gboolean ethtool_request_wants_all_modes(const EthtoolRequest *request)
{
    const EthtoolSetting *autoneg = ethtool_request_find(request, "autoneg");
    return autoneg && autoneg->row && autoneg->row == ethtool_verb_row(ethtool_verb_find("-s"), "autoneg") &&
           autoneg->number && !ethtool_request_find(request, "speed") &&
           !ethtool_request_find(request, "duplex") && !ethtool_request_find(request, "lanes");
}

/* "100baseT/Full" */
static gboolean mode_fits(const char *mode, const EthtoolSetting *setting)
{
    if (g_str_equal(setting->word, "speed"))
        return g_ascii_strtoull(mode, NULL, 10) == (guint64)setting->number;
    return g_str_has_suffix(mode, setting->number ? "/Full" : "/Half");
}

/* With autonegotiation speed and duplex say which modes are offered (ethnl_auto_linkmodes()). */
static Verdict compare_modes(const char *modes, const EthtoolSetting *setting)
{
    g_auto(GStrv) list = g_strsplit(modes, " ", -1);
    for (char **mode = list; *mode; mode++)
        if (**mode && !mode_fits(*mode, setting))
            return DIFFERENT;
    return *modes ? SAME : DIFFERENT;
}

static gboolean is_negotiated(const EthtoolState *self, const EthtoolRequest *request)
{
    const EthtoolSetting *autoneg = ethtool_request_find(request, "autoneg");
    return autoneg ? autoneg->number != 0 : !g_strcmp0(ethtool_state_get(self, "-s", "autoneg"), "on");
}

static gboolean is_of_modes(const EthtoolSetting *setting)
{
    return g_str_equal(setting->word, "speed") || g_str_equal(setting->word, "duplex");
}

/* --- one setting --- */

static Verdict compare_text(const char *actual, const char *wanted)
{
    return !actual ? UNKNOWN : g_str_equal(actual, wanted) ? SAME : DIFFERENT;
}

static Verdict compare_speed(const EthtoolState *self, const EthtoolRequest *request,
                             const EthtoolSetting *setting, const char **ret_actual)
{
    gboolean is_offered = is_negotiated(self, request);
    *ret_actual = ethtool_state_get(self, "-s", is_offered ? "advertised" : setting->word);
    if (!*ret_actual)
        return UNKNOWN;
    return is_offered ? compare_modes(*ret_actual, setting) : compare_text(*ret_actual, setting->text);
}

static Verdict compare_autoneg(const EthtoolState *self, const EthtoolRequest *request,
                               const EthtoolSetting *setting, const char **ret_actual)
{
    *ret_actual = ethtool_state_get(self, "-s", "autoneg");
    Verdict verdict = compare_text(*ret_actual, setting->text);
    if (verdict != SAME || !ethtool_request_wants_all_modes(request))
        return verdict;
    const char *offered = ethtool_state_get(self, "-s", "advertised");
    const char *supported = ethtool_state_get(self, "-s", "supported");
    *ret_actual = offered;
    return offered && supported ? compare_text(offered, supported) : SAME;
}

/* One that cannot be changed counts only where there is no other. */
static Verdict compare_features(const EthtoolState *self, const EthtoolSetting *setting,
                                const char **ret_actual)
{
    const char *pattern = ethtool_feature_pattern(setting->word), *wanted = setting->number ? "on" : "off";
    Verdict free = UNKNOWN, fixed = UNKNOWN;
    GHashTableIter iter;
    gpointer key, value;
    if (!self)
        return UNKNOWN;
    g_hash_table_iter_init(&iter, (GHashTable *)self);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        if (!g_str_has_prefix(key, "-K ") || !ethtool_feature_matches(pattern, (char *)key + 3))
            continue;
        Verdict *verdict = g_str_has_suffix(value, FIXED) ? &fixed : &free;
        if (*verdict != DIFFERENT)
            *verdict = g_str_has_prefix(value, wanted) ? SAME : DIFFERENT;
    }
    *ret_actual = setting->number ? "off" : "on";
    return free != UNKNOWN ? free : fixed;
}

static Verdict compare(const EthtoolState *self, const EthtoolRequest *request, const EthtoolSetting *setting,
                       const char **ret_actual)
{
    if (!setting->row)
        return compare_features(self, setting, ret_actual);
    if (g_str_equal(request->verb->name, "-s") && is_of_modes(setting))
        return compare_speed(self, request, setting, ret_actual);
    if (g_str_equal(request->verb->name, "-s") && g_str_equal(setting->word, "autoneg"))
        return compare_autoneg(self, request, setting, ret_actual);
    *ret_actual = ethtool_state_get(self, request->verb->name, setting->word);
    return compare_text(*ret_actual, setting->text);
}

gboolean ethtool_state_has_setting(const EthtoolState *self, const EthtoolRequest *request,
                                   const EthtoolSetting *setting)
{
    const char *actual;
    return compare(self, request, setting, &actual) == SAME;
}

gboolean ethtool_state_has(const EthtoolState *self, const EthtoolRequest *request)
{
    for (guint i = 0; i < request->settings->len; i++)
        if (!ethtool_state_has_setting(self, request, g_ptr_array_index(request->settings, i)))
            return FALSE;
    return request->verb != NULL;
}

char *ethtool_state_difference(const EthtoolState *self, const EthtoolRequest *request,
                               const EthtoolSetting **ret_setting)
{
    for (guint i = 0; request->verb && i < request->settings->len; i++) {
        const EthtoolSetting *setting = g_ptr_array_index(request->settings, i);
        const char *actual = "";
        if (compare(self, request, setting, &actual) != DIFFERENT)
            continue;
        if (ret_setting)
            *ret_setting = setting;
        if (actual == ethtool_state_get(self, "-s", "advertised"))
            return g_strdup_printf(_("it offers the other end %s, expected %s %s"),
                                   *actual ? actual : _("none"), setting->word, setting->text);
        return g_strdup_printf(_("%s is %s, expected %s"), setting->word, *actual ? actual : _("none"),
                               setting->text);
    }
    return NULL;
}

/* --- what will be --- */

static void foresee_features(EthtoolState *self, const EthtoolSetting *setting)
{
    const char *pattern = ethtool_feature_pattern(setting->word);
    GHashTableIter iter;
    gpointer key, value;
    gboolean is_known = FALSE;
    g_hash_table_iter_init(&iter, self);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        if (!g_str_has_prefix(key, "-K ") || !ethtool_feature_matches(pattern, (char *)key + 3))
            continue;
        is_known = TRUE;
        if (!g_str_has_suffix(value, FIXED))
            g_hash_table_iter_replace(&iter, g_strdup(setting->text));
    }
    /* Of a device that is made only then: the pattern matches itself. */
    if (!is_known)
        ethtool_state_put(self, "-K", pattern, setting->text);
}

static void foresee_modes(EthtoolState *self, const EthtoolRequest *request)
{
    const char *supported = ethtool_state_get(self, "-s", "supported");
    g_auto(GStrv) list = g_strsplit(supported ? supported : "", " ", -1);
    g_autoptr(GString) offered = g_string_new(NULL);
    for (char **mode = list; *mode; mode++) {
        gboolean fits = **mode != '\0';
        for (guint i = 0; i < request->settings->len; i++) {
            const EthtoolSetting *setting = g_ptr_array_index(request->settings, i);
            fits &= !is_of_modes(setting) || mode_fits(*mode, setting);
        }
        if (fits)
            g_string_append_printf(offered, "%s%s", offered->len ? " " : "", *mode);
    }
    if (supported)
        ethtool_state_put(self, "-s", "advertised", offered->str);
}

void ethtool_state_foresee(EthtoolState *self, const EthtoolRequest *request)
{
    gboolean has_modes = FALSE;
    for (guint i = 0; request->verb && i < request->settings->len; i++) {
        const EthtoolSetting *setting = g_ptr_array_index(request->settings, i);
        if (setting->row)
            ethtool_state_put(self, request->verb->name, setting->word, setting->text);
        else
            foresee_features(self, setting);
        has_modes |= setting->row && is_of_modes(setting);
    }
    if ((has_modes && is_negotiated(self, request)) || ethtool_request_wants_all_modes(request))
        foresee_modes(self, request);
}
