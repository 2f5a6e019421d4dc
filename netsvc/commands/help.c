/* help bonding, help keys, and of a single key or option: the tables that decide what files may say, printed
 * for people or (--tsv) for programs. */
#include "commands/commands.h"
#include "console/columns.h"
#include "console/pager.h"
#include "i18n.h"
#include "ifcfg-keys.h"
#include "link-options.h"
#include <stdio.h>
#include <unistd.h>

/* Of what is printed; asked for before a pager is between us and the terminal. */
static guint width;

static void paragraph_print(const char *text)
{
    g_autofree char *wrapped = columns_wrap(text, width, 0);
    puts(wrapped);
}

static const char *const value_forms[LINK_VALUE_LAST] = {
    [LINK_VALUE_FLAG] = "off(0) on(1)", [LINK_VALUE_BIT] = "off(0) on(1)",
    [LINK_VALUE_IFNAME] = "INTERFACE",  [LINK_VALUE_IP4] = "IP",
    [LINK_VALUE_IP6] = "IPv6",          [LINK_VALUE_IP4LIST] = "IP[,IP...]",
    [LINK_VALUE_MAC] = "MAC",           [LINK_VALUE_IP6LIST] = "IPv6[,IPv6...]",
    [LINK_VALUE_TEXT] = "TEXT",         [LINK_VALUE_MAP] = "FROM:TO",
};

static char *option_values(const LinkFamily *family, const LinkOption *option)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (link_family_is_listed_for_ports(family, option))
        return g_strdup("PORT:NUMBER");
    if (value_forms[option->kind])
        return g_strdup(value_forms[option->kind]);
    if (option->kind == LINK_VALUE_INT)
        return g_strdup_printf("%d-%d", (gint32)option->min, (gint32)option->max);
    if (option->kind != LINK_VALUE_ENUM)
        return g_strdup_printf("%u-%u", option->min, option->max);
    for (const LinkName *name = option->names; name && name->name; name++)
        g_string_append_printf(text, "%s%s(%u)", text->len ? " " : "", name->name, name->number);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* For people by their names, as the manual page has them; for programs by number. */
static char *option_modes(const LinkFamily *family, const LinkOption *option, gboolean tsv)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (!option->legal)
        return g_strdup(tsv ? "any" : "");
    if (!tsv)
        return link_family_selectors_format(family, option->legal, ", ");
    for (guint32 mode = 0; mode < 32; mode++)
        if (option->legal & LINK_BIT(mode))
            g_string_append_printf(text, "%s%u", text->len ? "," : "", mode);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void indented_print(const char *text)
{
    g_autofree char *line = g_strdup_printf("    %s", text);
    g_autofree char *wrapped = columns_wrap(line, width, 6);
    puts(wrapped);
}

static void indented_printf(const char *format, ...) G_GNUC_PRINTF(1, 2);
static void indented_printf(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    indented_print(text);
}

static void option_print_long(const LinkFamily *family, const LinkOption *option, const char *values,
                              const char *fallback, const char *modes)
{
    printf("%s\n", option->name);
    indented_print(_(option->help));
    indented_printf(_("values: %s"), values);
    indented_printf(_("default: %s; since Linux %s"), fallback, option->since);
    if (*modes)
        indented_printf(_("only in mode %s"), modes);
    else if (option->useful) {
        g_autofree char *useful = link_family_selectors_format(family, option->useful, ", ");
        indented_printf(_("has an effect only in mode %s"), useful);
    }
    if (option->key)
        indented_printf(_("a key of its own in the file: %s"), option->key);
    if (option->needs & (LINK_NEEDS_NO_PORTS | LINK_NEEDS_DOWN))
        indented_print(_("a change interrupts traffic for a moment"));
}

static void option_print(const LinkFamily *family, const LinkOption *option, gboolean tsv)
{
    g_autofree char *values = option_values(family, option);
    g_autofree char *modes = option_modes(family, option, tsv);
    const char *fallback = option->fallback && *option->fallback ? option->fallback : "-";
    if (tsv)
        printf("%s\t%s\t%s\t%s\t%s\t%s\n", option->name, values, fallback, modes, option->since,
               option->help);
    else
        option_print_long(family, option, values, fallback, modes);
}

static void table_print(const LinkFamily *family, const LinkTable *table, gboolean tsv)
{
    for (gsize i = 0; i < table->n; i++)
        if (table->rows[i].when != LINK_WHEN_NEVER)
            option_print(family, &table->rows[i], tsv);
}

static void family_print(const LinkFamily *family, gboolean tsv)
{
    if (!tsv && family->own.list) {
        g_autofree char *text = g_strdup_printf(
            _("%s=\"NAME=VALUE ...\" takes these options, in any order. Words can be written as their "
              "number. They are applied at the next ifup or `network restart`."),
            family->own.list);
        paragraph_print(text);
        puts("");
    }
    table_print(family, &family->own, tsv);
    table_print(family, &family->port, tsv);
}

static const LinkFamily *family_of_topic(const char *topic)
{
    const LinkFamily *family = NULL;
    for (guint i = 0; (family = link_family_nth(i)); i++)
        if (g_str_equal(family->word, topic))
            break;
    return family;
}

static const char *const key_places[] = {"ifcfg", "network", "route", "init"}; /* by bit of IFCFG_IN_* */

static gboolean has_effect(const IfcfgKey *key)
{
    return key->state == IFCFG_KEY_USED;
}

static char *key_name(const IfcfgKey *key)
{
    return g_strconcat(key->name, key->numbered ? "[n]" : NULL, NULL);
}

static char *key_places_format(const IfcfgKey *key)
{
    g_autoptr(GString) places = g_string_new(NULL);
    for (guint bit = 0; bit < G_N_ELEMENTS(key_places); bit++)
        if ((key->in | key->numbered) & 1u << bit)
            g_string_append_printf(places, "%s%s", places->len ? "," : "", key_places[bit]);
    return g_string_free(g_steal_pointer(&places), FALSE);
}

static void key_print_row(const IfcfgKey *key)
{
    g_autofree char *name = key_name(key), *places = key_places_format(key);
    const char *type = key->words ? key->words : ifcfg_value_type_name(key->type);
    printf("%s\t%s\t%s\t%s\t%s\t%s\n", name, type, ifcfg_key_state_name(key->state), places, key->help,
           ifcfg_key_group_title(ifcfg_key_group(key)));
}

enum { KEY_INDENT = 25 };

/* One that has no effect says so in front of what it was for. */
static void key_print(const IfcfgKey *key)
{
    g_autofree char *name = key_name(key);
    const char *state = has_effect(key) ? "" : _(ifcfg_key_state_name(key->state));
    g_autofree char *line =
        g_strdup_printf("%-24s %s%s%s%s", name, *state ? "(" : "", state, *state ? ") " : "", _(key->help));
    g_autofree char *text = columns_wrap(line, width, KEY_INDENT);
    puts(text);
}

static gboolean is_meant(const IfcfgKey *key, guint group, gboolean all)
{
    return ifcfg_key_group(key) == group && (all || has_effect(key));
}

static void group_print(guint group, gboolean all)
{
    gsize count;
    const IfcfgKey *keys = ifcfg_keys(&count);
    gboolean is_begun = FALSE;
    for (gsize i = 0; i < count; i++) {
        if (!is_meant(&keys[i], group, all))
            continue;
        if (!is_begun)
            printf("\n%s\n", _(ifcfg_key_group_title(group)));
        is_begun = TRUE;
        key_print(&keys[i]);
    }
}

static void states_print(void)
{
    g_autofree char *text = g_strdup_printf(
        _("Keys of ifcfg files, /etc/sysconfig/network and their like. Those with a word in parentheses have "
          "no "
          "effect here. %s: for the program that brings up such an "
          "interface; %s: read by other programs or people; %s: without effect on any current system; %s: "
          "`netsvc check` says what to write."),
        _(ifcfg_key_state_name(IFCFG_KEY_HANDED)), _(ifcfg_key_state_name(IFCFG_KEY_INFO)),
        _(ifcfg_key_state_name(IFCFG_KEY_OBSOLETE)), _(ifcfg_key_state_name(IFCFG_KEY_REFUSED)));
    paragraph_print(text);
}

static void keys_print(gboolean tsv, gboolean all)
{
    gsize count;
    const IfcfgKey *keys = ifcfg_keys(&count);
    for (gsize i = 0; tsv && i < count; i++)
        key_print_row(&keys[i]);
    if (tsv)
        return;
    if (all)
        states_print();
    else
        paragraph_print(_("Keys of ifcfg files, /etc/sysconfig/network and their like that have an effect. "
                          "`netsvc help KEY` says more of one, `netsvc help keys --all` lists the others "
                          "too."));
    for (guint group = 0; ifcfg_key_group_title(group); group++)
        group_print(group, all);
}

static void key_value_print(const IfcfgKey *key)
{
    const char *type = _(ifcfg_value_type_name(key->type));
    if (key->words) {
        g_auto(GStrv) words = g_strsplit(key->words, "|", -1);
        g_autofree char *list = g_strjoinv(", ", words);
        indented_printf(_("value: %s"), list);
    } else if (key->max && key->type == IFCFG_VALUE_UINT) {
        indented_printf(_("value: %s, %u to %u"), type, key->min, key->max);
    } else {
        indented_printf(_("value: %s"), type);
    }
    if (key->fallback)
        indented_printf(_("default: %s"), key->fallback);
}

static gboolean help_key(const char *name, gboolean tsv)
{
    const IfcfgKey *key = ifcfg_key_find(name);
    if (key && tsv)
        key_print_row(key);
    if (!key || tsv)
        return key != NULL;
    g_autofree char *own = key_name(key), *places = key_places_format(key);
    printf("%s\n", own);
    indented_print(_(key->help));
    if (!has_effect(key))
        indented_printf(_("%s: no effect here"), _(ifcfg_key_state_name(key->state)));
    if (key->instead)
        indented_printf(_("instead: %s"), _(key->instead));
    key_value_print(key);
    if (key->part_of)
        indented_printf(_("only with %s"), key->part_of);
    indented_printf(_("read from: %s; topic: %s"), places, _(ifcfg_key_group_title(ifcfg_key_group(key))));
    return TRUE;
}

/* An option of that name can be one of several kinds of links, and of their ports. */
static gboolean help_option(const char *name, gboolean tsv)
{
    gboolean is_any = FALSE;
    const LinkFamily *family;
    for (guint i = 0; (family = link_family_nth(i)); i++) {
        const LinkTable *const tables[] = {&family->own, &family->port};
        for (gsize t = 0; t < G_N_ELEMENTS(tables); t++) {
            const LinkOption *option = link_table_find(tables[t], name);
            if (!option || option->when == LINK_WHEN_NEVER)
                continue;
            if (!tsv)
                printf("%s%s: ", is_any ? "\n" : "", family->word);
            option_print(family, option, tsv);
            is_any = TRUE;
        }
    }
    return is_any;
}

static int topic_print(const CliOptions *options, const char *topic)
{
    const LinkFamily *family = family_of_topic(topic);
    if (family)
        family_print(family, options->tsv);
    else if (g_str_equal(topic, "keys"))
        keys_print(options->tsv, options->all);
    else if (!help_key(topic, options->tsv) && !help_option(topic, options->tsv))
        return CLI_USAGE;
    return CLI_OK;
}

int help_topic(const CliOptions *options, const char *topic)
{
    gboolean is_long = g_str_equal(topic, "keys") || family_of_topic(topic);
    width = columns_of(STDOUT_FILENO);
    if (is_long)
        pager_begin();
    int status = topic_print(options, topic);
    pager_end();
    return status;
}

static void guess_weigh(const char *topic, const char *candidate, const char **best)
{
    if (candidate && (!*best || ifcfg_text_distance(topic, candidate) < ifcfg_text_distance(topic, *best)))
        *best = candidate;
}

const char *help_guess(const char *topic)
{
    const IfcfgKey *key = ifcfg_key_guess(topic);
    const char *best = key ? key->name : NULL;
    const LinkFamily *family;
    for (guint i = 0; (family = link_family_nth(i)); i++) {
        guess_weigh(topic, link_family_guess(family, &family->own, topic), &best);
        guess_weigh(topic, link_family_guess(family, &family->port, topic), &best);
        if (ifcfg_text_distance(topic, family->word) <= ifcfg_guess_limit(topic))
            guess_weigh(topic, family->word, &best);
    }
    return best;
}
