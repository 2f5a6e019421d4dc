/* Build tool: copies a manual page and puts the program's tables in place of its `.\" TABLE name` lines. */
#include "ifcfg-keys.h"
#include "link-options.h"
#include <stdio.h>
#include <string.h>

#define MARK ".\\\" TABLE "
#define LINE_WIDTH 76u /* mandoc -Tlint objects to more than 80 */

/* roff reads a backslash as an escape, and backquotes as accents where they mean to quote. */
static char *text_escape(const char *text)
{
    g_autoptr(GString) out = g_string_new(NULL);
    gboolean in_quotes = FALSE;

    for (const char *at = text; *at; at++) {
        if (*at == '`') {
            g_string_append(out, in_quotes ? "\\(cq" : "\\(oq");
            in_quotes = !in_quotes;
        } else if (*at == '\\') {
            g_string_append(out, "\\e");
        } else {
            g_string_append_c(out, *at);
        }
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}

/* Prints one sentence as lines of text; a line of text may not begin as a macro does. */
static void sentence_print(const char *text)
{
    g_autofree char *escaped = text_escape(text);
    g_auto(GStrv) words = g_strsplit(escaped, " ", -1);
    gsize column = 0;

    for (char **word = words; *word; word++) {
        gsize length = strlen(*word);
        if (column && column + 1 + length > LINE_WIDTH) {
            putchar('\n');
            column = 0;
        } else if (column) {
            putchar(' ');
            column++;
        }
        if (!column && (**word == '.' || **word == '\''))
            printf("\\&");
        fputs(*word, stdout);
        column += length;
    }
    puts(".");
}

static void sentence_printf(const char *format, ...) G_GNUC_PRINTF(1, 2);
static void sentence_printf(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    sentence_print(text);
}

/* A few help lines are two sentences already; mdoc wants each to begin a line. */
static void help_print(const char *help)
{
    g_auto(GStrv) sentences = g_strsplit(help, ". ", -1);
    for (char **sentence = sentences; *sentence; sentence++)
        sentence_print(*sentence);
}

static void option_needs_print(const LinkFamily *family, const LinkOption *option)
{
    if (option->needs & LINK_NEEDS_OTHER)
        sentence_printf("Needs %s", option->other);
    if (option->needs & LINK_IS_MULTIPLE_OF_OTHER)
        sentence_printf("Rounded down to a multiple of %s", option->other);
    if (option->needs & (LINK_NEEDS_NO_PORTS | LINK_NEEDS_DOWN))
        sentence_printf("Changing it interrupts traffic: %s for a moment, so `netsvc reload` leaves it",
                        option->needs & LINK_NEEDS_NO_PORTS ? "all ports leave the device"
                                                            : "the device goes down");
    if (option->needs & LINK_IS_VOLATILE)
        sentence_print("Not put back when it has changed, nor reset when it is removed from the file");
    if (option->when == LINK_WHEN_LOAD)
        sentence_printf("Not for %s: an option for loading the module, see modprobe.d(5)", family->own.list);
}

static void option_modes_print(const LinkFamily *family, const LinkOption *option)
{
    guint32 bits = option->legal ? option->legal : option->useful;
    g_autofree char *modes = link_family_selectors_format(family, bits, ", ");

    if (option->legal)
        sentence_printf("Only in mode %s", modes);
    else if (option->useful)
        sentence_printf("Has an effect only in mode %s", modes);
}

static void option_print(const LinkFamily *family, const LinkOption *option)
{
    g_autofree char *accepts = link_family_accepts(family, option);

    printf(".It Cm %s", option->name);
    if (option->alias)
        printf(" , %s", option->alias);
    putchar('\n');
    help_print(option->help);
    sentence_printf("Value: %s", accepts);
    if (option->fallback && *option->fallback)
        sentence_printf("Default: %s", option->fallback);
    option_modes_print(family, option);
    option_needs_print(family, option);
    sentence_printf("Since Linux %s", option->since);
}

/* What most need, in the order in which one thinks of it. */
static const struct {
    const char *kind, *title;
    const char *const *first;
} option_pages[] = {
    {"bond", "What most bonds need",
     (const char *const[]){"mode", "miimon", "updelay", "downdelay", "primary", "primary_reselect",
                           "arp_interval", "arp_ip_target", "lacp_rate", "xmit_hash_policy", "fail_over_mac",
                           NULL}},
};

static void options_print_others(const LinkFamily *family, const LinkTable *table, const char *const *first)
{
    for (gsize i = 0; i < table->n; i++)
        if (table->rows[i].when != LINK_WHEN_NEVER && !g_strv_contains(first, table->rows[i].name))
            option_print(family, &table->rows[i]);
}

static void options_print(guint page, G_GNUC_UNUSED guint in)
{
    const LinkFamily *family = link_family_find(option_pages[page].kind);
    const char *const *first = option_pages[page].first;
    printf(".Ss %s\n", option_pages[page].title);
    puts(".Bl -tag -width Ds");
    for (const char *const *name = first; *name; name++)
        option_print(family, link_table_find(&family->own, *name));
    puts(".El");
    puts(".Ss All others");
    puts(".Bl -tag -width Ds");
    options_print_others(family, &family->own, first);
    options_print_others(family, &family->port, first);
    puts(".El");
}

static void key_value_print(const IfcfgKey *key)
{
    const char *type = ifcfg_value_type_name(key->type);

    if (key->words) {
        g_autofree char *words = g_strdelimit(g_strdup(key->words), "|", ' ');
        g_auto(GStrv) list = g_strsplit(words, " ", -1);
        g_autofree char *joined = g_strjoinv(", ", list);
        sentence_printf("Value: %s%s", key->type == IFCFG_VALUE_WORD ? "one of " : "usually one of ", joined);
    } else if (key->type == IFCFG_VALUE_INT && (key->min || key->max)) {
        sentence_printf("Value: a %s from %d to %d", type, (gint32)key->min, (gint32)key->max);
    } else if (key->min || key->max) {
        sentence_printf("Value: a %s from %u to %u", type, key->min, key->max);
    } else {
        sentence_printf("Value: %s", type);
    }
    if (key->fallback)
        sentence_printf("Default: %s", key->fallback);
    if (key->part_of)
        sentence_printf("Has an effect only with %s", key->part_of);
}

static void key_tag_print(const IfcfgKey *key, guint in)
{
    printf(".It Va");
    if (key->in & in)
        printf(" %s", key->name);
    if (key->numbered & in)
        printf("%s %s Ns Ar n", key->in & in ? " ," : "", key->name);
    putchar('\n');
}

static void key_print(const IfcfgKey *key, guint in)
{
    key_tag_print(key, in);
    help_print(key->help);
    key_value_print(key);
    if (key->instead)
        sentence_printf("Instead, %s", key->instead);
}

static gboolean is_meant(const IfcfgKey *key, guint state, guint in)
{
    return key->state == state && ((key->in | key->numbered) & in);
}

static void keys_print(guint state, guint in)
{
    gsize count;
    const IfcfgKey *keys = ifcfg_keys(&count);

    puts(".Bl -tag -width Ds");
    for (gsize i = 0; i < count; i++)
        if (is_meant(&keys[i], state, in))
            key_print(&keys[i], in);
    puts(".El");
}

static void topic_print(guint group, guint state, guint in)
{
    gsize count;
    const IfcfgKey *keys = ifcfg_keys(&count);
    gboolean is_begun = FALSE;

    for (gsize i = 0; i < count; i++) {
        if (ifcfg_key_group(&keys[i]) != group || !is_meant(&keys[i], state, in))
            continue;
        if (!is_begun)
            printf(".Ss %s\n.Bl -tag -width Ds\n", ifcfg_key_group_title(group));
        is_begun = TRUE;
        key_print(&keys[i], in);
    }
    if (is_begun)
        puts(".El");
}

/* Under the headings of `netsvc help keys`. */
static void topics_print(guint state, guint in)
{
    for (guint group = 0; ifcfg_key_group_title(group); group++)
        topic_print(group, state, in);
}

static const struct {
    const char *name;
    void (*print)(guint state, guint in);
    guint state, in;
} tables[] = {
    {"bonding", options_print, 0, 0},
    {"keys-ifcfg", topics_print, IFCFG_KEY_USED, IFCFG_IN_IFCFG},
    {"keys-network", keys_print, IFCFG_KEY_USED, IFCFG_IN_NETWORK},
    {"keys-route", keys_print, IFCFG_KEY_USED, IFCFG_IN_ROUTE},
    {"keys-init", keys_print, IFCFG_KEY_USED, IFCFG_IN_INIT},
};

static gboolean table_print(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(tables); i++)
        if (g_str_equal(tables[i].name, name)) {
            tables[i].print(tables[i].state, tables[i].in);
            return TRUE;
        }
    fprintf(stderr, "man-tables: there is no table \"%s\"\n", name);
    return FALSE;
}

int main(int argc, char **argv)
{
    g_autofree char *page = NULL;
    g_autoptr(GError) error = NULL;
    gboolean ok = argc == 2 && g_file_get_contents(argv[1], &page, NULL, &error);

    if (!ok) {
        fprintf(stderr, "man-tables: %s\n", error ? error->message : "usage: man-tables PAGE.in");
        return 1;
    }
    g_auto(GStrv) lines = g_strsplit(page, "\n", -1);
    for (char **line = lines; *line; line++) {
        if (g_str_has_prefix(*line, MARK))
            ok = table_print(*line + strlen(MARK)) && ok;
        else if (line[1] || **line) /* the end of the last line begins no other */
            puts(*line);
    }
    return ok && fflush(stdout) == 0 ? 0 : 1;
}
