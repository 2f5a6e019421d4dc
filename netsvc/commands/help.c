/* help bonding, help keys: the two tables that decide what files may say, printed for people or (--tsv) for
 * programs. */
#include "bond-options.h"
#include "commands/commands.h"
#include "console/columns.h"
#include "i18n.h"
#include "ifcfg-keys.h"
#include <stdio.h>

static const char *const value_forms[BOND_VALUE_LAST] = {
    [BOND_VALUE_IFNAME] = "INTERFACE",       [BOND_VALUE_IP4LIST] = "IP[,IP...]",
    [BOND_VALUE_IP6LIST] = "IPv6[,IPv6...]", [BOND_VALUE_MAC] = "MAC",
    [BOND_VALUE_PORT_UINT] = "PORT:NUMBER",  [BOND_VALUE_PORT_INT] = "PORT:NUMBER",
};

static char *option_values(const BondOption *option)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (option->kind < BOND_VALUE_LAST && value_forms[option->kind])
        return g_strdup(value_forms[option->kind]);
    if (option->kind != BOND_VALUE_ENUM)
        return g_strdup_printf("%u-%u", option->min, option->max);
    for (const BondName *name = option->names; name && name->name; name++)
        g_string_append_printf(text, "%s%s(%u)", text->len ? " " : "", name->name, name->number);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static char *option_modes(guint modes, gboolean tsv)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if ((modes & BOND_MODE_ANY) == BOND_MODE_ANY)
        return g_strdup(tsv ? "any" : _("any"));
    for (guint mode = 0; mode < BOND_MODES; mode++)
        if (modes & BOND_MODE_BIT(mode))
            g_string_append_printf(text, "%s%u", text->len ? "," : "", mode);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void option_print(const BondOption *option, gboolean tsv)
{
    g_autofree char *values = option_values(option);
    g_autofree char *modes = option_modes(option->modes, tsv);
    const char *fallback = option->fallback && *option->fallback ? option->fallback : "-";
    if (tsv) {
        printf("%s\t%s\t%s\t%s\t%s\t%s\n", option->name, values, fallback, modes, option->since,
               option->help);
        return;
    }
    printf(_("%s\n    %s\n    values: %s; default: %s; modes: %s; since Linux %s\n"), option->name,
           _(option->help), values, fallback, modes, option->since);
}

static void bonding_print(gboolean tsv)
{
    gsize count;
    const BondOption *options = bond_options(&count);
    if (!tsv)
        printf(_("BONDING_OPTS=\"mode=1 primary=eth0 miimon=100\" takes these options, by name=value, in any "
                 "order.\n"
                 "Words can be written as their number. They are applied at the next ifup or `network "
                 "restart`.\n\n"));
    for (gsize i = 0; i < count; i++)
        option_print(&options[i], tsv);
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
        printf("%s\t%s\t%s\t%s\t%s\n", name, key->words ? key->words : type, state, places->str, key->help);
        return;
    }
    guint state_width, type_width;
    key_widths(&state_width, &type_width);
    g_autofree char *state_column = columns_pad(_(state), state_width);
    g_autofree char *type_column = columns_pad(key->words ? key->words : _(type), type_width);
    printf("%-24s %s %s %s\n", name, state_column, type_column, _(key->help));
}

static void keys_print(gboolean tsv)
{
    gsize count;
    const IfcfgKey *keys = ifcfg_keys(&count);
    if (!tsv)
        printf(
            _("Keys of ifcfg files, /etc/sysconfig/network and their like. %s: has its effect; %s: not "
              "supported yet,\n"
              "`netsvc check` warns; %s: read by other programs or people; %s: has no effect on any current "
              "system.\n\n"),
            _(ifcfg_key_state_name(IFCFG_KEY_USED)), _(ifcfg_key_state_name(IFCFG_KEY_LATER)),
            _(ifcfg_key_state_name(IFCFG_KEY_INFO)), _(ifcfg_key_state_name(IFCFG_KEY_OBSOLETE)));
    for (gsize i = 0; i < count; i++)
        key_print(&keys[i], tsv);
}

int help_topic(const CliOptions *options, const char *topic)
{
    if (g_str_equal(topic, "bonding"))
        bonding_print(options->tsv);
    else if (g_str_equal(topic, "keys"))
        keys_print(options->tsv);
    else
        return CLI_USAGE;
    return CLI_OK;
}
