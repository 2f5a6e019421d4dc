/* What NetworkManager's connections have of that which ethtool sets, as ETHTOOL_OPTS. */
#include "ethtool-options.h"
#include "foreign/nm.h"
#include "writing/writing.h"
#include <string.h>

/* Sections and keys, and the option of ethtool that has them. A key that ends in "-" is what such keys begin
 * with: the rest is ethtool's word, which is NULL here. */
static const struct {
    const char *section, *key, *verb, *word;
} rows[] = {{"ethtool", "feature-", "-K", NULL},
            {"ethtool", "ring-", "-G", NULL},
            {"ethtool", "channels-", "-L", NULL},
            {"ethtool", "coalesce-", "-C", NULL},
            {"ethtool", "pause-", "-A", NULL},
            {"ethtool", "eee-enabled", "--set-eee", "eee"},
            {"ethernet", "speed", "-s", "speed"},
            {"ethernet", "duplex", "-s", "duplex"},
            {"ethernet", "auto-negotiate", "-s", "autoneg"},
            {"ethernet", "wake-on-lan", "-s", "wol"}};

/* ethtool's word for a key of this row, or NULL. */
static const char *word_of(gsize row, const ForeignLine *line)
{
    const char *section = g_str_equal(line->section, "802-3-ethernet") ? "ethernet" : line->section;
    if (!g_str_equal(section, rows[row].section))
        return NULL;
    if (rows[row].word)
        return g_str_equal(line->key, rows[row].key) ? rows[row].word : NULL;
    return g_str_has_prefix(line->key, rows[row].key) ? line->key + strlen(rows[row].key) : NULL;
}

/* NM_SETTING_WIRED_WAKE_ON_LAN_* */
enum { WOL_AS_IT_IS = 1, WOL_IS_OTHERS = 0x8000 };

/* NULL: one that ethtool has no letter for. */
static char *wol_of(const char *value)
{
    static const char letters[] = " pumbag";
    guint64 bits = g_ascii_strtoull(value, NULL, 0);
    GString *text = g_string_new(bits ? NULL : "d");
    for (guint i = 1; letters[i]; i++)
        if (bits >> i & 1)
            g_string_append_c(text, letters[i]);
    return g_string_free(text, bits >> strlen(letters) != 0);
}

/* What leaves the device as it is: autonegotiation that is off counts with a speed alone. */
static gboolean says_nothing(const NmReader *self, const ForeignLine *line)
{
    guint64 number = g_ascii_strtoull(line->value, NULL, 0);
    const char *speed = foreign_ini_get(self->lines, line->section, "speed");
    if (g_str_equal(line->key, "wake-on-lan"))
        return number == WOL_AS_IT_IS || number == WOL_IS_OTHERS;
    if (g_str_equal(line->key, "auto-negotiate"))
        return g_str_equal(line->value, "false") && (!speed || g_str_equal(speed, "0"));
    return g_str_equal(line->key, "speed") && !number;
}

/* Returns: NULL for what has no such form */
static char *value_of(const char *word, const char *value)
{
    if (g_str_equal(word, "wol"))
        return wol_of(value);
    if (g_str_equal(value, "true") || g_str_equal(value, "false"))
        return g_strdup(g_str_equal(value, "true") ? "on" : "off");
    return g_strdup(value);
}

/* A word of the table, or a feature, of which there are more than any table has. */
static gboolean is_known(gsize row, const char *word)
{
    const EthtoolVerb *verb = ethtool_verb_find(rows[row].verb);
    return verb && *word && (verb->has_features || ethtool_verb_row(verb, word));
}

gboolean nm_ethtool_takes(const NmReader *self, const ForeignLine *line)
{
    if (g_str_has_suffix(line->section, "ethernet") && says_nothing(self, line))
        return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const char *word = word_of(i, line);
        g_autofree char *value = word && is_known(i, word) ? value_of(word, line->value) : NULL;
        if (value)
            return TRUE;
    }
    return FALSE;
}

/* What is set by one option stands behind it: rows of one follow each other. */
static void words_append(const NmReader *self, gsize row, GString *words)
{
    for (guint i = 0; i < self->lines->len; i++) {
        const ForeignLine *line = self->lines->pdata[i];
        const char *word = word_of(row, line);
        gboolean counts = word && is_known(row, word) && !says_nothing(self, line);
        g_autofree char *value = counts ? value_of(word, line->value) : NULL;
        if (value)
            g_string_append_printf(words, " %s %s", word, value);
    }
}

void nm_ethtool_finish(const NmReader *self)
{
    g_autoptr(GString) text = g_string_new(NULL), words = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        words_append(self, i, words);
        gboolean goes_on = i + 1 < G_N_ELEMENTS(rows) && g_str_equal(rows[i].verb, rows[i + 1].verb);
        if (goes_on)
            continue;
        if (words->len)
            g_string_append_printf(text, "%s%s %s%s", text->len ? "; " : "", rows[i].verb,
                                   foreign_ethtool_device(self->iface), words->str);
        g_string_truncate(words, 0);
    }
    if (text->len)
        net_iface_say(self->iface, "ETHTOOL_OPTS", text->str);
}
