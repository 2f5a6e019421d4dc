/* A list of bonding settings in write order, and the splitting of a BONDING_OPTS value into it. */
#include "bond-private.h"
#include "i18n.h"
#include "ifcfg-keys.h"

#include <string.h>

typedef struct {
    BondSetting setting; /* first, so that a pointer to it is one to the entry */
    guint text_number;   /* which text it came from: a list grows only by settings of the same text */
} Entry;

struct BondSettings {
    GPtrArray *entries;
    GPtrArray *left_out;
    guint text_number;
};

static void entry_free(gpointer data)
{
    Entry *entry = data;
    g_free(entry->setting.name);
    g_free(entry->setting.text);
    g_free(entry);
}

BondSettings *bond_settings_new(void)
{
    BondSettings *self = g_new0(BondSettings, 1);
    self->entries = g_ptr_array_new_with_free_func(entry_free);
    self->left_out = g_ptr_array_new_with_free_func(entry_free);
    return self;
}

void bond_settings_free(BondSettings *self)
{
    if (!self)
        return;
    g_ptr_array_unref(self->entries);
    g_ptr_array_unref(self->left_out);
    g_free(self);
}

guint bond_settings_length(const BondSettings *self)
{
    return self->entries->len;
}

const BondSetting *bond_settings_nth(const BondSettings *self, guint index)
{
    return index < self->entries->len ? g_ptr_array_index(self->entries, index) : NULL;
}

BondSetting *bond_settings_get(BondSettings *self, const char *name)
{
    const BondOption *option = bond_option_find(name);

    for (guint i = 0; i < self->entries->len; i++) {
        BondSetting *setting = g_ptr_array_index(self->entries, i);
        if (option ? setting->option == option : g_str_equal(setting->name, name))
            return setting;
    }
    return NULL;
}

const BondSetting *bond_settings_find(const BondSettings *self, const char *name)
{
    return bond_settings_get((BondSettings *)self, name);
}

void bond_settings_remove(BondSettings *self, const BondSetting *setting)
{
    g_ptr_array_remove(self->entries, (gpointer)setting);
}

void bond_settings_leave_out(BondSettings *self, const BondOption *option, const char *name, const char *text,
                             IfcfgWhere where)
{
    Entry *entry = g_new0(Entry, 1);
    entry->setting =
        (BondSetting){.option = option, .name = g_strdup(name), .text = g_strdup(text), .where = where};
    g_ptr_array_add(self->left_out, entry);
}

const GPtrArray *bond_settings_left_out(const BondSettings *self)
{
    return self->left_out;
}

guint bond_settings_mode(const BondSettings *self)
{
    const BondSetting *mode = bond_settings_find(self, "mode");
    return mode ? mode->number : BOND_MODE_RR;
}

gboolean bond_setting_is_default(const BondSetting *setting)
{
    g_autofree char *normal = NULL;

    if (setting->option)
        normal = bond_option_normalize(setting->option, setting->option->fallback, NULL, NULL);
    return g_strcmp0(normal, setting->text) == 0;
}

/* Unknown options follow all that is written before the ports: sysfs is the only way to write them. */
static guint setting_rank(const BondSetting *setting)
{
    const BondOption *options = bond_options(NULL);
    guint rank = 0;

    if (setting->option)
        return (guint)(setting->option - options) * 2;
    while (options[rank].phase <= BOND_PHASE_BEFORE_PORTS)
        rank++;
    return rank * 2 - 1;
}

static void settings_insert(BondSettings *self, Entry *entry)
{
    guint place = 0;

    while (place < self->entries->len &&
           setting_rank(bond_settings_nth(self, place)) <= setting_rank(&entry->setting))
        place++;
    g_ptr_array_insert(self->entries, (int)place, entry);
}

/* @text is in normal form. */
static Entry *settings_put(BondSettings *self, const BondOption *option, const char *name, const char *text,
                           guint32 number)
{
    BondSetting *old = bond_settings_get(self, name);
    Entry *entry = g_new0(Entry, 1);

    entry->setting.option = option;
    entry->setting.name = g_strdup(option ? option->name : name);
    entry->setting.text = g_strdup(text);
    entry->setting.number = number;
    entry->text_number = self->text_number;
    if (old)
        bond_settings_remove(self, old);
    settings_insert(self, entry);
    return entry;
}

void bond_setting_change(BondSetting *setting, const char *text)
{
    char *normal = bond_option_normalize(setting->option, text, &setting->number, NULL);
    g_assert(normal);
    g_free(setting->text);
    setting->text = normal;
}

gboolean bond_settings_set(BondSettings *self, const char *name, const char *text, gboolean implied,
                           GError **error)
{
    const BondOption *option = bond_option_find(name);
    guint32 number;

    if (!option) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, _("there is no bonding option called '%s'"),
                    name);
        return FALSE;
    }
    g_autofree char *normal = bond_option_normalize(option, text, &number, error);
    if (!normal)
        return FALSE;
    self->text_number++;
    settings_put(self, option, name, normal, number)->setting.implied = implied;
    return TRUE;
}

/* One BONDING_OPTS value on its way into the list. */
typedef struct {
    BondSettings *self;
    const char *text;
    const char *next;
    IfcfgWhere where;
    gboolean implied;
    IfcfgProblems *problems;
    const BondOption *list; /* what a following word without '=' would be one more element of */
} Split;

static IfcfgWhere split_where(const Split *split, const char *place)
{
    IfcfgWhere where = split->where;
    if (where.column)
        where.column += (guint)(place - split->text);
    return where;
}

static void split_leave_out(Split *split, const BondOption *option, const char *name, const char *value,
                            const char *place)
{
    if (!split->implied)
        bond_settings_leave_out(split->self, option, name, value, split_where(split, place));
}

static gboolean option_is_list(const BondOption *option)
{
    return option->kind == BOND_VALUE_IP4LIST || option->kind == BOND_VALUE_IP6LIST ||
           option->kind == BOND_VALUE_PORT_UINT || option->kind == BOND_VALUE_PORT_INT;
}

static void split_known(Split *split, const BondOption *option, const char *value, const char *place)
{
    g_autoptr(GError) error = NULL;
    const BondSetting *old = bond_settings_find(split->self, option->name);
    gboolean again = old && ((const Entry *)old)->text_number == split->self->text_number;
    g_autofree char *own = bond_option_normalize(option, value, NULL, &error);
    g_autofree char *whole =
        own && again && option_is_list(option) ? g_strjoin(",", old->text, own, NULL) : g_strdup(own);
    guint32 number;
    g_autofree char *normal = whole ? bond_option_normalize(option, whole, &number, &error) : NULL;

    if (!normal) {
        ifcfg_problems_add(split->problems, IFCFG_ERROR, split_where(split, place), "%s", error->message);
        split_leave_out(split, option, option->name, value, place);
        return;
    }
    if (again && !option_is_list(option) && !g_str_equal(old->text, normal))
        ifcfg_problems_add(split->problems, IFCFG_WARNING, split_where(split, place),
                           _("%s is given twice, as %s and as %s: the last one counts"), option->name,
                           old->text, normal);
    Entry *entry = settings_put(split->self, option, option->name, normal, number);
    entry->setting.where = split_where(split, place);
    entry->setting.implied = split->implied;
}

static const char *option_guess(const char *name)
{
    gsize count;
    const BondOption *options = bond_options(&count);
    const char *best = NULL;
    guint best_distance = ifcfg_guess_limit(name) + 1;

    for (gsize i = 0; i < count; i++) {
        guint distance = ifcfg_text_distance(name, options[i].name);
        if (distance < best_distance) {
            best = options[i].name;
            best_distance = distance;
        }
    }
    return best;
}

/* The name becomes a file name in /sys/class/net/BOND/bonding/, so only what an option can be called is
 * passed on. */
static void split_unknown(Split *split, const char *name, const char *value, const char *place)
{
    const char *guess = option_guess(name);
    IfcfgWhere where = split_where(split, place);

    if (g_str_equal(name, "slaves")) {
        ifcfg_problems_add(
            split->problems, IFCFG_ERROR, where,
            _("slaves is not for BONDING_OPTS: write MASTER= and SLAVE=yes into the ports' own files"));
        return;
    }
    if (name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_")] || strlen(name) > 32) {
        if (guess)
            ifcfg_problems_add(split->problems, IFCFG_ERROR, where,
                               _("'%s' is not a bonding option, did you mean %s?"), name, guess);
        else
            ifcfg_problems_add(split->problems, IFCFG_ERROR, where, _("'%s' is not a bonding option"), name);
        split_leave_out(split, NULL, name, value, place);
        return;
    }
    if (guess)
        ifcfg_problems_add(
            split->problems, IFCFG_WARNING, where,
            _("unknown bonding option '%s', did you mean %s? It is handed to the kernel as it is"), name,
            guess);
    else
        ifcfg_problems_add(split->problems, IFCFG_WARNING, where,
                           _("unknown bonding option '%s': it is handed to the kernel as it is"), name);
    Entry *entry = settings_put(split->self, NULL, name, value, 0);
    entry->setting.where = where;
    entry->setting.implied = split->implied;
}

static void split_setting(Split *split, const char *name, const char *value, const char *place,
                          const char *value_place)
{
    const BondOption *option = bond_option_find(name);

    split->list = option && option_is_list(option) ? option : NULL;
    if (!*name)
        ifcfg_problems_add(split->problems, IFCFG_ERROR, split_where(split, place),
                           _("'=%s' has no option name"), value);
    else if (!*value)
        ifcfg_problems_add(split->problems, IFCFG_WARNING, split_where(split, place),
                           _("%s= has no value: ignored"), name);
    else if (option)
        split_known(split, option, value, value_place);
    else
        split_unknown(split, name, value, place);
}

/* A word without '=': "miimon-100", "miimon:100", a name alone, or one more address after a comma. */
static void split_word(Split *split, const char *word, const char *place)
{
    gsize name_length = strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789_");
    g_autofree char *name = g_strndup(word, name_length);
    const BondOption *option = bond_option_find(name);
    IfcfgWhere where = split_where(split, place);

    if (split->list && !option) {
        split_known(split, split->list, word, place);
        return;
    }
    if (option && strlen(word) > name_length + 1)
        ifcfg_problems_add(split->problems, IFCFG_ERROR, where,
                           _("'%s' is not OPTION=VALUE: did you mean %s=%s?"), word, name,
                           word + name_length + 1);
    else
        ifcfg_problems_add(split->problems, IFCFG_ERROR, where, _("'%s' is not OPTION=VALUE: ignored"), word);
    split_leave_out(split, option, word, "", place);
}

static char *split_take(Split *split, const char *stop)
{
    const char *start = split->next;
    split->next += strcspn(split->next, stop);
    return g_strndup(start, (gsize)(split->next - start));
}

static void split_skip(Split *split, const char *skip)
{
    split->next += strspn(split->next, skip);
}

/* One option, with or without blanks around its '='. A value ends at a blank or comma; list elements come
 * back as words. */
static void split_step(Split *split)
{
    const char *place = split->next;
    g_autofree char *name = split_take(split, "=, \t\r\n");
    const char *name_end = split->next;

    split_skip(split, " \t\r\n");
    if (*split->next != '=') {
        split->next = name_end;
        split_word(split, name, place);
        return;
    }
    split->next++;
    const char *equals_end = split->next;
    split_skip(split, " \t\r\n");
    const char *value_place = split->next;
    g_autofree char *value = split_take(split, ", \t\r\n");
    if (value_place > equals_end &&
        strchr(value, '=')) { /* "primary= mode=1": no value, and the next option */
        split->next = equals_end;
        *value = '\0';
    }
    split_setting(split, name, value, place, value_place);
}

void bond_settings_parse(BondSettings *self, const char *text, IfcfgWhere where, gboolean implied,
                         IfcfgProblems *problems)
{
    Split split = {
        .self = self, .text = text, .next = text, .where = where, .implied = implied, .problems = problems};

    self->text_number++;
    for (;;) {
        gsize separators = strspn(split.next, ", \t\r\n");
        if (!memchr(split.next, ',', separators))
            split.list = NULL;
        split_skip(&split, ", \t\r\n");
        if (!*split.next)
            return;
        split_step(&split);
    }
}
