/* ETHTOOL_OPTS, split into parts and each of them into settings. */
#include "ethtool-options.h"
#include "i18n.h"
#include "ifcfg-glob.h"
#include "ifcfg-keys.h"

#include <string.h>

typedef struct {
    char *text;
    IfcfgWhere where;
} Word;

typedef struct {
    const char *device;
    IfcfgProblems *problems;
    GArray *words; /* of the part that is being read */
    EthtoolRequest *request;
    gboolean is_wrong;
} Split;

static void setting_free(EthtoolSetting *setting)
{
    g_free(setting->word);
    g_free(setting->text);
    g_free(setting);
}

EthtoolRequest *ethtool_request_new(void)
{
    EthtoolRequest *self = g_new0(EthtoolRequest, 1);
    self->settings = g_ptr_array_new_with_free_func((GDestroyNotify)setting_free);
    return self;
}

void ethtool_request_free(EthtoolRequest *self)
{
    if (!self)
        return;
    g_free(self->device);
    g_ptr_array_unref(self->settings);
    g_strfreev(self->argv);
    g_free(self);
}

char *ethtool_request_format(const EthtoolRequest *self)
{
    return g_strjoinv(" ", self->argv + 1);
}

const EthtoolSetting *ethtool_request_find(const EthtoolRequest *self, const char *word)
{
    for (guint i = 0; i < self->settings->len; i++) {
        const EthtoolSetting *setting = g_ptr_array_index(self->settings, i);
        if (g_str_equal(setting->word, word))
            return setting;
    }
    return NULL;
}

gboolean ethtool_feature_matches(const char *pattern, const char *name)
{
    return ifcfg_glob_match(pattern, name, strlen(name));
}

static void word_clear(Word *word)
{
    g_free(word->text);
}

static const Word *split_word(const Split *split, guint index)
{
    return index < split->words->len ? &g_array_index(split->words, Word, index) : NULL;
}

/* In single quotes the shell had left them as they are, and ethtool found no such device. */
static char *device_expand(const char *word, const char *device)
{
    static const char *const names[] = {"${DEVICE}", "$DEVICE", "${REALDEVICE}", "$REALDEVICE"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_str_equal(word, names[i]))
            return g_strdup(device);
    return g_strdup(word);
}

static GArray *words_read(const char *text, gsize length, IfcfgWhere where, const char *device)
{
    GArray *words = g_array_new(FALSE, FALSE, sizeof(Word));
    g_array_set_clear_func(words, (GDestroyNotify)word_clear);
    for (gsize i = 0; i < length;) {
        gsize n = strcspn(text + i, " \t\n;");
        if (n) {
            g_autofree char *raw = g_strndup(text + i, n);
            Word word = {device_expand(raw, device), where};
            word.where.column += where.column ? (guint)i : 0;
            g_array_append_val(words, word);
        }
        i += n ? n : 1;
    }
    return words;
}

static void split_error(Split *split, IfcfgWhere where, const char *message)
{
    ifcfg_problems_add(split->problems, IFCFG_ERROR, where, _("ETHTOOL_OPTS: %s"), message);
    split->is_wrong = TRUE;
}

static EthtoolSetting *setting_add(Split *split, const EthtoolRow *row, const Word *word, char *text,
                                   gint64 number)
{
    EthtoolSetting *setting = g_new0(EthtoolSetting, 1);
    setting->row = row;
    setting->word = g_strdup(word->text);
    setting->text = text;
    setting->number = number;
    setting->where = word->where;
    g_ptr_array_add(split->request->settings, setting);
    return setting;
}

/* "ug": a letter a bit, in the order of the table. */
char *ethtool_bits_format(const EthtoolRow *row, gint64 number)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (const LinkName *name = row->option.names; name->name; name++)
        if (name->number ? number & name->number : !number)
            g_string_append(text, name->name);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static char *bits_parse(const EthtoolRow *row, const char *text, gint64 *ret_number, GError **error)
{
    *ret_number = 0;
    for (const char *letter = text; *letter; letter++) {
        const LinkName *name = row->option.names;
        while (name->name && name->name[0] != *letter)
            name++;
        if (!name->name) {
            g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                        _("%s=%s is not possible: use letters of %s"), row->option.name, text, "pumbagsfd");
            return NULL;
        }
        *ret_number = name->number ? *ret_number | name->number : 0;
    }
    return ethtool_bits_format(row, *ret_number);
}

static void read_value(Split *split, const EthtoolRow *row, const Word *word, const Word *value)
{
    g_autoptr(GError) error = NULL;
    gint64 number = 0;
    char *text = row->form == ETHTOOL_FORM_BITS
                     ? bits_parse(row, value->text, &number, &error)
                     : link_option_normalize(&row->option, value->text, &number, &error);
    if (text)
        setting_add(split, row, word, text, number);
    else
        split_error(split, value->where, error->message);
}

static void read_feature(Split *split, const Word *word, const Word *value)
{
    gboolean is_on = g_str_equal(value->text, "on");
    if (is_on || g_str_equal(value->text, "off")) {
        setting_add(split, NULL, word, g_strdup(value->text), is_on);
        return;
    }
    g_autofree char *message =
        g_strdup_printf(_("%s=%s is not possible: use %s"), word->text, value->text, _("on or off"));
    split_error(split, value->where, message);
}

static const char *row_guess(const EthtoolVerb *verb, const char *word)
{
    const char *best = NULL;
    guint best_distance = ifcfg_guess_limit(word) + 1;
    for (gsize i = 0; i < verb->n; i++) {
        guint distance = ifcfg_text_distance(word, verb->rows[i].option.name);
        if (distance < best_distance) {
            best = verb->rows[i].option.name;
            best_distance = distance;
        }
    }
    return best;
}

/* A newer ethtool may know it. */
static void leave_to_program(Split *split, const Word *word)
{
    const char *guess = row_guess(split->request->verb, word->text);
    if (guess)
        ifcfg_problems_add(split->problems, IFCFG_WARNING, word->where,
                           _("ETHTOOL_OPTS: `ethtool %s` does not take '%s'; did you mean %s?"),
                           split->request->verb->name, word->text, guess);
    split->request->verb = NULL;
    g_ptr_array_set_size(split->request->settings, 0);
}

static void read_settings(Split *split, guint first)
{
    for (guint i = first; i < split->words->len && split->request->verb; i += 2) {
        const EthtoolVerb *verb = split->request->verb;
        const Word *word = split_word(split, i), *value = split_word(split, i + 1);
        const EthtoolRow *row = ethtool_verb_row(verb, word->text);
        if (!row && !verb->has_features) {
            leave_to_program(split, word);
        } else if (!value) {
            g_autofree char *message = g_strdup_printf(_("%s has no value"), word->text);
            split_error(split, word->where, message);
        } else if (row) {
            read_value(split, row, word, value);
        } else {
            read_feature(split, word, value);
        }
    }
}

/* An option without its device: ${DEVICE} is empty in a file that has only HWADDR. */
static gboolean lacks_device(const Split *split, const EthtoolVerb *verb)
{
    const Word *word = split_word(split, 1);
    if (!word || g_str_equal(word->text, split->device))
        return FALSE;
    return verb->has_features ? ethtool_feature_pattern(word->text) != word->text
                              : ethtool_verb_row(verb, word->text) != NULL;
}

static void words_insert(GArray *words, guint index, const char *text)
{
    Word word = {g_strdup(text), split_word(&(Split){.words = words}, 0)->where};
    g_array_insert_val(words, index, word);
}

static char **words_argv(const GArray *words)
{
    GPtrArray *argv = g_ptr_array_new();
    g_ptr_array_add(argv, g_strdup("ethtool"));
    for (guint i = 0; i < words->len; i++)
        g_ptr_array_add(argv, g_strdup(g_array_index(words, Word, i).text));
    g_ptr_array_add(argv, NULL);
    return (char **)g_ptr_array_free(argv, FALSE);
}

static void read_device(Split *split)
{
    const Word *word = split_word(split, 1);
    split->request->device = g_strdup(word ? word->text : split->device);
    if (word && !g_str_equal(word->text, split->device))
        ifcfg_problems_add(split->problems, IFCFG_WARNING, word->where,
                           _("ETHTOOL_OPTS: this is about %s, in the file of %s"), word->text, split->device);
}

/* The old script took a part with a '-' anywhere for a whole command line, and all others for settings of
 * -s. */
static EthtoolRequest *part_read(Split *split)
{
    g_autofree char *first = g_strdup(split_word(split, 0)->text);
    EthtoolRequest *request = split->request = ethtool_request_new();
    request->where = split_word(split, 0)->where;
    if (first[0] != '-') {
        words_insert(split->words, 0, "-s");
        words_insert(split->words, 1, split->device);
    }
    request->verb = ethtool_verb_find(split_word(split, 0)->text);
    if (request->verb && lacks_device(split, request->verb))
        words_insert(split->words, 1, split->device);
    if (request->verb) {
        read_device(split);
        read_settings(split, 2);
    } else {
        request->device = g_strdup(split->device);
    }
    request->argv = words_argv(split->words);
    return request;
}

GPtrArray *ethtool_options_parse(const char *text, const char *device, IfcfgWhere where,
                                 IfcfgProblems *problems)
{
    GPtrArray *requests = g_ptr_array_new_with_free_func((GDestroyNotify)ethtool_request_free);
    for (const char *part = text; *part;) {
        gsize length = strcspn(part, ";");
        IfcfgWhere place = where;
        place.column += where.column ? (guint)(part - text) : 0;
        g_autoptr(GArray) words = words_read(part, length, place, device);
        Split split = {.device = device, .problems = problems, .words = words};
        EthtoolRequest *request = words->len ? part_read(&split) : NULL;
        if (request && !split.is_wrong)
            g_ptr_array_add(requests, request);
        else
            ethtool_request_free(request);
        part += length + (part[length] == ';');
    }
    return requests;
}
