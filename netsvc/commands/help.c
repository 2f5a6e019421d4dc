/* help bonding, help keys, and of a single key or option: the tables that decide what files may say, printed
 * for people or (--tsv) for programs. */
#include "commands/commands.h"
#include "console/columns.h"
#include "i18n.h"
#include "ifcfg-keys.h"
#include "link-options.h"
#include <stdio.h>

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

static char *option_modes(const LinkOption *option, gboolean tsv)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (!option->legal)
        return g_strdup(tsv ? "any" : _("any"));
    for (guint32 mode = 0; mode < 32; mode++)
        if (option->legal & LINK_BIT(mode))
            g_string_append_printf(text, "%s%u", text->len ? "," : "", mode);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void option_print_long(const LinkOption *option, const char *values, const char *fallback,
                              const char *modes)
{
    printf(_("%s\n    %s\n    values: %s; default: %s; modes: %s; since Linux %s\n"), option->name,
           _(option->help), values, fallback, modes, option->since);
    if (option->key)
        printf(_("    a key of its own in the file: %s\n"), option->key);
}

static void option_print(const LinkFamily *family, const LinkOption *option, gboolean tsv)
{
    g_autofree char *values = option_values(family, option);
    g_autofree char *modes = option_modes(option, tsv);
    const char *fallback = option->fallback && *option->fallback ? option->fallback : "-";
    if (tsv)
        printf("%s\t%s\t%s\t%s\t%s\t%s\n", option->name, values, fallback, modes, option->since,
               option->help);
    else
        option_print_long(option, values, fallback, modes);
}

static void table_print(const LinkFamily *family, const LinkTable *table, gboolean tsv)
{
    for (gsize i = 0; i < table->n; i++)
        if (table->rows[i].when != LINK_WHEN_NEVER)
            option_print(family, &table->rows[i], tsv);
}

static void family_print(const LinkFamily *family, gboolean tsv)
{
    if (!tsv && family->own.list)
        printf(_("%s=\"NAME=VALUE ...\" takes these options, in any order. Words can be written as their "
                 "number.\nThey are applied at the next ifup or `network restart`.\n\n"),
               family->own.list);
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

/* The widths of the columns of all rows; lists of words are longer and stand out. */
static void key_widths(guint *ret_state, guint *ret_type)
{
    *ret_state = *ret_type = 0;
    for (guint i = 0; i < IFCFG_KEY_LAST; i++)
        *ret_state = MAX(*ret_state, columns_width(_(ifcfg_key_state_name(i))));
    for (guint i = 0; i < IFCFG_VALUE_LAST; i++)
        *ret_type = MAX(*ret_type, columns_width(_(ifcfg_value_type_name(i))));
}

static void key_print(const IfcfgKey *key, gboolean tsv)
{
    g_autoptr(GString) places = g_string_new(NULL);
    g_autofree char *name = g_strconcat(key->name, key->numbered ? "[n]" : NULL, NULL);
    const char *type = ifcfg_value_type_name(key->type), *state = ifcfg_key_state_name(key->state);
    for (guint bit = 0; bit < G_N_ELEMENTS(key_places); bit++)
        if (key->in & 1u << bit)
            g_string_append_printf(places, "%s%s", places->len ? "," : "", key_places[bit]);
    if (tsv) {
        printf("%s\t%s\t%s\t%s\t%s\t%s\n", name, key->words ? key->words : type, state, places->str,
               key->help, ifcfg_key_group_title(ifcfg_key_group(key)));
        return;
    }
    guint state_width, type_width;
    key_widths(&state_width, &type_width);
    g_autofree char *state_column = columns_pad(_(state), state_width);
    g_autofree char *type_column = columns_pad(key->words ? key->words : _(type), type_width);
    printf("%-24s %s %s %s\n", name, state_column, type_column, _(key->help));
}

static void group_print(guint group)
{
    gsize count;
    const IfcfgKey *keys = ifcfg_keys(&count);
    printf("\n%s\n", _(ifcfg_key_group_title(group)));
    for (gsize i = 0; i < count; i++)
        if (ifcfg_key_group(&keys[i]) == group)
            key_print(&keys[i], FALSE);
}

static void keys_print(gboolean tsv)
{
    gsize count;
    const IfcfgKey *keys = ifcfg_keys(&count);
    for (gsize i = 0; tsv && i < count; i++)
        key_print(&keys[i], TRUE);
    if (tsv)
        return;
    printf(_("Keys of ifcfg files, /etc/sysconfig/network and their like. %s: has its effect; %s: not "
             "supported yet,\n`netsvc check` warns; %s: for the program that brings up such an interface; "
             "%s: read by other\nprograms or people; %s: has no effect on any current system; %s: "
             "`netsvc check` says what to write.\n"),
           _(ifcfg_key_state_name(IFCFG_KEY_USED)), _(ifcfg_key_state_name(IFCFG_KEY_LATER)),
           _(ifcfg_key_state_name(IFCFG_KEY_HANDED)), _(ifcfg_key_state_name(IFCFG_KEY_INFO)),
           _(ifcfg_key_state_name(IFCFG_KEY_OBSOLETE)), _(ifcfg_key_state_name(IFCFG_KEY_REFUSED)));
    for (guint group = 0; ifcfg_key_group_title(group); group++)
        group_print(group);
}

static gboolean help_key(const char *name, gboolean tsv)
{
    const IfcfgKey *key = ifcfg_key_find(name);
    if (!key)
        return FALSE;
    if (!tsv)
        printf("%s\n", _(ifcfg_key_group_title(ifcfg_key_group(key))));
    key_print(key, tsv);
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

int help_topic(const CliOptions *options, const char *topic)
{
    const LinkFamily *family = family_of_topic(topic);
    if (family)
        family_print(family, options->tsv);
    else if (g_str_equal(topic, "keys"))
        keys_print(options->tsv);
    else if (!help_key(topic, options->tsv) && !help_option(topic, options->tsv))
        return CLI_USAGE;
    return CLI_OK;
}
