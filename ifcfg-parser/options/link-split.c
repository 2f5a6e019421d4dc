/* A list of OPTION=VALUE words, as BONDING_OPTS holds it, split into settings. */
#include "i18n.h"
#include "ifcfg-keys.h"
#include "link-private.h"

#include <string.h>

/* One text on its way into the list. */
typedef struct {
    LinkSettings *self;
    const char *text;
    const char *next;
    IfcfgWhere where;
    gboolean implied;
    IfcfgProblems *problems;
    const LinkOption *list; /* what a following word without '=' would be one more element of */
} Split;

static IfcfgWhere split_where(const Split *split, const char *place)
{
    IfcfgWhere where = split->where;
    if (where.column)
        where.column += (guint)(place - split->text);
    return where;
}

static void split_leave_out(Split *split, const LinkOption *option, const char *name, const char *value,
                            const char *place)
{
    if (!split->implied)
        link_settings_leave_out(split->self, option, name, value, split_where(split, place));
}

/* A value of the list that nobody understands. */
static void split_refuse(Split *split, const LinkOption *option, const char *value, const char *place,
                         const char *message)
{
    ifcfg_problems_add(split->problems, IFCFG_ERROR, split_where(split, place), "%s", message);
    split_leave_out(split, option, option->name, value, place);
}

static LinkSetting *split_put(Split *split, const LinkOption *option, const char *name, const char *port,
                              const char *text, gint64 number, const char *place)
{
    LinkSetting *setting = link_settings_put(split->self, option, name, port, text, number);

    setting->where = split_where(split, place);
    setting->implied = split->implied;
    return setting;
}

/* A later text replaces what an earlier one asked for the ports. */
static void split_forget_ports(Split *split, const LinkOption *option)
{
    const GPtrArray *list = link_settings_of_ports(split->self);

    for (guint i = list->len; i-- > 0;) {
        const LinkSetting *setting = g_ptr_array_index(list, i);
        if (setting->option == option && !link_settings_is_of_this_text(split->self, setting))
            link_settings_remove(split->self, setting);
    }
}

/* Port names may hold no colon here: aliases cannot be enslaved. */
static void split_of_port(Split *split, const LinkOption *option, const char *value, const char *place)
{
    const char *colon = strchr(value, ':');
    g_autofree char *port = colon ? g_strndup(value, (gsize)(colon - value)) : NULL;
    gint64 number;
    g_autofree char *normal =
        port && !ifcfg_ifname_fault(port) ? link_option_normalize(option, colon + 1, &number, NULL) : NULL;

    if (normal) {
        split_forget_ports(split, option);
        split_put(split, option, option->name, port, normal, number, place);
        return;
    }
    g_autofree char *accepts = link_family_accepts(link_settings_family(split->self), option);
    g_autofree char *message =
        g_strdup_printf(_("%s=%s is not possible: use %s"), option->name, value, accepts);
    split_refuse(split, option, value, place, message);
}

static gboolean option_is_for_ports(const Split *split, const LinkOption *option)
{
    return link_settings_table(split->self) == &link_settings_family(split->self)->own &&
           link_family_is_listed_for_ports(link_settings_family(split->self), option);
}

static void split_known(Split *split, const LinkOption *option, const char *value, const char *place)
{
    g_autoptr(GError) error = NULL;
    gboolean is_list = link_option_is_list(option);

    if (option_is_for_ports(split, option)) {
        split_of_port(split, option, value, place);
        return;
    }
    const LinkSetting *old = link_settings_find(split->self, option->name);
    gboolean again = old && link_settings_is_of_this_text(split->self, old);
    g_autofree char *own = link_option_normalize(option, value, NULL, &error);
    g_autofree char *whole = own && again && is_list ? g_strjoin(",", old->text, own, NULL) : g_strdup(own);
    gint64 number;
    g_autofree char *normal = whole ? link_option_normalize(option, whole, &number, &error) : NULL;

    if (!normal) {
        split_refuse(split, option, value, place, error->message);
        return;
    }
    if (again && !is_list && !g_str_equal(old->text, normal))
        ifcfg_problems_add(split->problems, IFCFG_WARNING, split_where(split, place),
                           _("%s is given twice, as %s and as %s: the last one counts"), option->name,
                           old->text, normal);
    split_put(split, option, option->name, NULL, normal, number, place);
}

static void guess_in(const LinkTable *table, const char *name, const char **best, guint *best_distance)
{
    for (gsize i = 0; i < table->n; i++) {
        guint distance = ifcfg_text_distance(name, table->rows[i].name);
        if (distance < *best_distance && table->rows[i].when != LINK_WHEN_NEVER) {
            *best = table->rows[i].name;
            *best_distance = distance;
        }
    }
}

const char *link_family_guess(const LinkFamily *family, const LinkTable *table, const char *name)
{
    const char *best = NULL;
    guint best_distance = ifcfg_guess_limit(name) + 1;

    guess_in(table, name, &best, &best_distance);
    if (!family->port.list)
        guess_in(&family->port, name, &best, &best_distance);
    return best;
}

/* What this list can hold: its own table's rows, and those of ports where they have no list of their own. */
static const LinkOption *split_option(const Split *split, const char *name)
{
    const LinkFamily *family = link_settings_family(split->self);
    const LinkTable *table = link_settings_table(split->self);
    const LinkOption *option =
        table == &family->own ? link_family_option(family, name) : link_table_find(table, name);

    return option && option->when != LINK_WHEN_NEVER ? option : NULL;
}

/* The name becomes a file name in /sys/class/net/DEV/bonding/, so only what an option can be called is
 * passed on. */
static void split_unknown(Split *split, const char *name, const char *value, const char *place)
{
    const LinkTable *table = link_settings_table(split->self);
    const char *guess = link_family_guess(link_settings_family(split->self), table, name),
               *word = _(link_settings_family(split->self)->word);
    const LinkOption *never = link_table_find(table, name);
    IfcfgWhere where = split_where(split, place);

    if (never) {
        ifcfg_problems_add(split->problems, IFCFG_ERROR, where, _("%s is not for %s: %s"), name, table->list,
                           _(never->help));
        return;
    }
    if (name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_")] || strlen(name) > 32) {
        if (guess)
            ifcfg_problems_add(split->problems, IFCFG_ERROR, where,
                               _("'%s' is not a %s option, did you mean %s?"), name, word, guess);
        else
            ifcfg_problems_add(split->problems, IFCFG_ERROR, where, _("'%s' is not a %s option"), name, word);
        split_leave_out(split, NULL, name, value, place);
        return;
    }
    if (guess)
        ifcfg_problems_add(split->problems, IFCFG_WARNING, where,
                           _("unknown %s option '%s', did you mean %s? It is handed to the kernel as it is"),
                           word, name, guess);
    else
        ifcfg_problems_add(split->problems, IFCFG_WARNING, where,
                           _("unknown %s option '%s': it is handed to the kernel as it is"), word, name);
    split_put(split, NULL, name, NULL, value, 0, place);
}

static void split_setting(Split *split, const char *name, const char *value, const char *place,
                          const char *value_place)
{
    const LinkOption *option = split_option(split, name);

    split->list =
        option && (link_option_is_list(option) || option_is_for_ports(split, option)) ? option : NULL;
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

/* "miimon 100": the value that follows a name with a blank alone between them; what follows is then done
 * with. Returns: the value, or NULL for anything else. */
static char *split_lone_value(Split *split, const LinkOption *option)
{
    const char *next = split->next + strspn(split->next, " \t");
    g_autofree char *value = g_strndup(next, strcspn(next, ", \t\r\n"));
    g_autofree char *normal =
        option && next > split->next ? link_option_normalize(option, value, NULL, NULL) : NULL;

    if (!normal || split_option(split, value))
        return NULL;
    split->next = next + strlen(value);
    return g_steal_pointer(&value);
}

/* A word without '=': "miimon-100", "miimon:100", a name alone, or one more address after a comma. */
static void split_word(Split *split, const char *word, const char *place)
{
    gsize name_length = strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789_");
    g_autofree char *name = g_strndup(word, name_length);
    const LinkOption *option = split_option(split, name);
    IfcfgWhere where = split_where(split, place);

    if (split->list && !option) {
        split_known(split, split->list, word, place);
        return;
    }
    g_autofree char *value = strlen(word) == name_length ? split_lone_value(split, option) : NULL;
    if (value)
        ifcfg_problems_add(split->problems, IFCFG_ERROR, where,
                           _("'%s %s' is not OPTION=VALUE: did you mean %s=%s?"), word, value, word, value);
    else if (option && strlen(word) > name_length + 1)
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
    if (*name && *value && value_place != place + strlen(name) + 1)
        ifcfg_problems_add(split->problems, IFCFG_WARNING, split_where(split, place),
                           _("spaces around '=': it is read as %s=%s, write it so"), name, value);
    split_setting(split, name, value, place, value_place);
}

void link_settings_parse(LinkSettings *self, const char *text, IfcfgWhere where, gboolean implied,
                         IfcfgProblems *problems)
{
    Split split = {
        .self = self, .text = text, .next = text, .where = where, .implied = implied, .problems = problems};

    link_settings_begin_text(self);
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
