/* A family's tables as text, with a sample value a row, so that help, documents and kernel tests loop over
 * the rows. */
#include "link-options.h"

static char *needs_text(guint needs)
{
    static const char *const words[] = {"down",      "no-ports",          "port",           "other",
                                        "volatile",  "multiple-of-other", "kernel-chooses", "twice-other",
                                        "filled-in", "known-by-other"};
    g_assert(needs < 1u << G_N_ELEMENTS(words));
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < G_N_ELEMENTS(words); i++)
        if (needs & (1u << i))
            g_string_append_printf(text, "%s%s", text->len ? "," : "", words[i]);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static char *names_text(const LinkName *name)
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

static void dump_row(GString *text, const LinkFamily *family, const char *table, const LinkOption *option,
                     const char *port)
{
    g_autofree char *needs = needs_text(option->needs), *names = names_text(option->names);
    g_autofree char *legal = link_family_selectors_format(family, option->legal, ","),
                    *useful = link_family_selectors_format(
                        family, option->useful ? option->useful : option->legal, ",");
    g_autofree char *sample = link_option_sample(option, port);

    g_string_append_printf(text, "%s\t%s\t%s\t%s\t%s\t%u\t%u\t", table, option->name, or_dash(option->alias),
                           or_dash(option->key), or_dash(option->sysfs), option->attr, option->width);
    g_string_append_printf(text, "%s\t%s\t%s\t%s\t", link_value_kind_name(option->kind),
                           link_when_name(option->when), or_dash(needs), or_dash(option->other));
    g_string_append_printf(text, "%u\t%u\t%s\t%s\t", option->min, option->max, or_dash(names),
                           or_dash(option->fallback));
    g_string_append_printf(text, "%s\t%s\t%s\t%s\t%s\n", sample, or_dash(legal), or_dash(useful),
                           option->since, option->help);
}

static void dump_table(GString *text, const LinkFamily *family, const char *name, const LinkTable *table,
                       const char *port)
{
    for (gsize i = 0; i < table->n; i++)
        dump_row(text, family, name, &table->rows[i], port);
}

char *link_family_dump(const LinkFamily *family, const char *port)
{
    g_autoptr(GString) text =
        g_string_new("#table\tname\talias\tkey\tsysfs\tattr\twidth\tkind\twhen\tneeds\tother\tmin\tmax\t"
                     "names\tdefault\tsample\tlegal\tuseful\tsince\thelp\n");

    dump_table(text, family, "own", &family->own, port);
    dump_table(text, family, "port", &family->port, port);
    return g_string_free(g_steal_pointer(&text), FALSE);
}
