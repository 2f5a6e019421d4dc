/* Finding rows: by name, by attribute, by family; and what a selector permits. */
#include "link-options.h"

/* Most names differ in their first letter already, and for thousands of devices each row is looked for. */
static gboolean name_equal(const char *a, const char *b)
{
    return a[0] == b[0] && g_str_equal(a, b);
}

static gboolean option_is_called(const LinkOption *option, const char *name)
{
    return name_equal(option->name, name) || (option->alias && name_equal(option->alias, name));
}

const LinkOption *link_table_find(const LinkTable *table, const char *name)
{
    for (gsize i = 0; i < table->n; i++)
        if (option_is_called(&table->rows[i], name))
            return &table->rows[i];
    return NULL;
}

const LinkOption *link_table_find_attr(const LinkTable *table, guint16 attr)
{
    for (gsize i = 0; attr && i < table->n; i++)
        if (table->rows[i].attr == attr)
            return &table->rows[i];
    return NULL;
}

gboolean link_table_has(const LinkTable *table, const LinkOption *option)
{
    return option >= table->rows && option < table->rows + table->n;
}

const LinkOption *link_family_option(const LinkFamily *family, const char *name)
{
    const LinkOption *option = link_table_find(&family->own, name);

    return option || family->port.list ? option : link_table_find(&family->port, name);
}

gboolean link_family_is_listed_for_ports(const LinkFamily *family, const LinkOption *option)
{
    return !family->port.list && link_table_has(&family->port, option);
}

static const LinkOption *family_selector(const LinkFamily *family)
{
    return family->selector ? link_table_find(&family->own, family->selector) : NULL;
}

const char *link_family_selector_name(const LinkFamily *family, guint32 number)
{
    const LinkOption *selector = family_selector(family);

    return selector ? link_option_name_of(selector, number) : NULL;
}

gboolean link_family_selector_parse(const LinkFamily *family, const char *text, guint32 *ret_number)
{
    const LinkOption *selector = family_selector(family);
    gint64 number = 0;
    g_autofree char *normal = selector ? link_option_normalize(selector, text, &number, NULL) : NULL;

    if (normal)
        *ret_number = (guint32)number;
    return normal != NULL;
}

char *link_family_selectors_format(const LinkFamily *family, guint32 bits, const char *separator)
{
    const LinkOption *selector = family_selector(family);
    g_autoptr(GString) text = g_string_new(NULL);

    for (const LinkName *name = selector ? selector->names : NULL; name && name->name; name++)
        if (!bits || bits & LINK_BIT(name->number))
            g_string_append_printf(text, "%s%s", text->len ? separator : "", name->name);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

gboolean link_option_is_legal(const LinkOption *option, guint32 selector)
{
    return !option->legal || option->legal & LINK_BIT(selector);
}

gboolean link_option_is_useful(const LinkOption *option, guint32 selector)
{
    return link_option_is_legal(option, selector) && (!option->useful || option->useful & LINK_BIT(selector));
}

const char *link_option_name_of(const LinkOption *option, guint32 number)
{
    for (const LinkName *name = option->names; name && name->name; name++)
        if (name->number == number)
            return name->name;
    return NULL;
}

const char *link_value_kind_name(LinkValueKind kind)
{
    static const char *const names[] = {"flag",    "uint", "mask",   "int", "be",  "ticks",
                                        "enum",    "bit",  "ifname", "ip4", "ip6", "ip4list",
                                        "ip6list", "mac",  "map",    "text"};
    G_STATIC_ASSERT(G_N_ELEMENTS(names) == LINK_VALUE_LAST);
    return kind < LINK_VALUE_LAST ? names[kind] : NULL;
}

const char *link_when_name(LinkWhen when)
{
    static const char *const names[] = {"create", "first", "before-ports", "after-ports", "load", "never"};
    G_STATIC_ASSERT(G_N_ELEMENTS(names) == LINK_WHEN_LAST);
    return when < LINK_WHEN_LAST ? names[when] : NULL;
}
