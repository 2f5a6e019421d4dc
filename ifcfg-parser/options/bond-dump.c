/* The bonding option table as text, with a sample value a row, so that help, documents and kernel tests loop
 * over the rows. */
#include "bond-options.h"

static guint32 default_number(const BondOption *option)
{
    guint32 number;
    g_autofree char *normal = bond_option_normalize(option, option->fallback, &number, NULL);
    return normal ? number : option->min;
}

/* Twice the default and a hundred: in range for nearly all, and for delays a multiple of a miimon sample of
 * 100. */
static guint32 sample_number(const BondOption *option)
{
    guint32 fallback = default_number(option);
    guint64 number = MIN((guint64)fallback * 2 + 100, option->max);
    return number == fallback ? option->min : (guint32)number;
}

static const char *sample_name(const BondOption *option)
{
    const BondName *name = option->names;
    guint32 fallback = default_number(option);

    while (name[1].name && name->number == fallback)
        name++;
    return name->name;
}

char *bond_option_sample(const BondOption *option, const char *port)
{
    switch ((BondValueKind)option->kind) {
    case BOND_VALUE_UINT:
        return g_strdup_printf("%u", sample_number(option));
    case BOND_VALUE_ENUM:
        return g_strdup(sample_name(option));
    case BOND_VALUE_IFNAME:
        return g_strdup(port);
    case BOND_VALUE_IP4LIST:
        return g_strdup("192.0.2.1,192.0.2.2"); /* RFC 5737 */
    case BOND_VALUE_IP6LIST:
        return g_strdup("2001:db8::1,2001:db8::2"); /* RFC 3849 */
    case BOND_VALUE_MAC:
        return g_strdup("02:00:00:00:00:01");
    case BOND_VALUE_PORT_UINT:
    case BOND_VALUE_PORT_INT:
        return g_strdup_printf("%s:1", port);
    case BOND_VALUE_LAST:
        break;
    }
    g_assert_not_reached();
}

char *bond_modes_format(guint modes, const char *separator)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint mode = 0; mode < BOND_MODES; mode++)
        if (modes & BOND_MODE_BIT(mode))
            g_string_append_printf(text, "%s%s", text->len ? separator : "", bond_mode_name(mode));
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static char *needs_text(guint needs)
{
    static const char *const words[] = {"down",   "no-ports", "port",
                                        "miimon", "volatile", "multiple-of-miimon"};
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < G_N_ELEMENTS(words); i++)
        if (needs & (1u << i))
            g_string_append_printf(text, "%s%s", text->len ? "," : "", words[i]);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static char *names_text(const BondName *name)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (; name && name->name; name++)
        g_string_append_printf(text, "%s%s=%u", text->len ? "," : "", name->name, name->number);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* An empty column is a dash: `read` of a shell would join two tabs. */
static const char *or_dash(const char *text)
{
    return text && *text ? text : "-";
}

static void dump_row(GString *text, const BondOption *option, const char *port)
{
    g_autofree char *needs = needs_text(option->needs), *names = names_text(option->names);
    g_autofree char *modes = bond_modes_format(option->modes, ","),
                    *effective = bond_modes_format(option->effective, ",");
    g_autofree char *sample = bond_option_sample(option, port);

    g_string_append_printf(text, "%s\t%s\t%s\t%u\t%u\t", option->name, or_dash(option->alias),
                           or_dash(option->sysfs), option->attr, option->width);
    g_string_append_printf(text, "%s\t%s\t%s\t", bond_value_kind_name(option->kind),
                           bond_phase_name(option->phase), or_dash(needs));
    g_string_append_printf(text, "%u\t%u\t%s\t%s\t", option->min, option->max, or_dash(names),
                           or_dash(option->fallback));
    g_string_append_printf(text, "%s\t%s\t%s\t%s\t%s\n", sample, modes, effective, option->since,
                           option->help);
}

char *bond_options_dump(const char *port)
{
    g_autoptr(GString) text =
        g_string_new("#name\talias\tsysfs\tattr\twidth\tkind\tphase\tneeds\tmin\tmax\tnames\tdefault\t"
                     "sample\tmodes\teffective\tsince\thelp\n");
    gsize count;
    const BondOption *options = bond_options(&count);

    for (gsize i = 0; i < count; i++)
        dump_row(text, &options[i], port);
    return g_string_free(g_steal_pointer(&text), FALSE);
}
