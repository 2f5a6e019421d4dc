/* The option tables check themselves: every row of every family is legal, found by its own lookup, in write
 * order, and printed whole. */
#include "bond-family.h"
#include <string.h>

static void check_width(const LinkOption *option)
{
    static const guint8 widths[LINK_VALUE_LAST] = {
        [LINK_VALUE_FLAG] = 1, [LINK_VALUE_BIT] = 8,     [LINK_VALUE_IFNAME] = 4, [LINK_VALUE_IP4] = 4,
        [LINK_VALUE_IP6] = 16, [LINK_VALUE_IP4LIST] = 4, [LINK_VALUE_MAC] = 6,    [LINK_VALUE_IP6LIST] = 16,
    };
    gboolean is_number = option->kind <= LINK_VALUE_ENUM && option->kind != LINK_VALUE_INT;
    guint64 top = option->max;

    for (const LinkName *name = option->names; name && name->name; name++)
        top = MAX(top, name->number);
    if (option->kind == LINK_VALUE_FLAG && !option->width)
        return; /* on by being there */
    if (widths[option->kind])
        g_assert_cmpuint(option->width, ==, widths[option->kind]);
    else if (option->attr && is_number && option->width < 8)
        g_assert_cmpuint(top, <, G_GUINT64_CONSTANT(1) << (8 * option->width));
}

static void check_sample(const LinkOption *option)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *sample = link_option_sample(option, "eth1");
    g_autofree char *normal = link_option_normalize(option, sample, NULL, &error);

    g_assert_no_error(error);
    g_assert_cmpstr(normal, ==, sample);
    g_assert_cmpstr(sample, !=, option->fallback);
    if (*option->fallback) {
        g_autofree char *fallback = link_option_normalize(option, option->fallback, NULL, &error);
        g_assert_no_error(error);
        g_assert_cmpstr(fallback, ==, option->fallback);
    }
}

static void check_selector(const LinkFamily *family, const LinkOption *option)
{
    guint32 all = 0;
    const LinkOption *selector = family->selector ? link_table_find(&family->own, family->selector) : NULL;

    for (const LinkName *name = selector ? selector->names : NULL; name && name->name; name++)
        all |= LINK_BIT(name->number);
    g_assert_cmpuint((option->legal | option->useful) & ~all, ==, 0);
    if (option->legal && option->useful)
        g_assert_cmpuint(option->useful & ~option->legal, ==, 0);
}

static void check_other(const LinkTable *table, const LinkOption *option)
{
    gboolean is_of_reading = (option->needs & (LINK_IS_FILLED_IN | LINK_IS_KNOWN_BY_OTHER)) != 0;
    gboolean needs_other =
        is_of_reading ||
        (option->needs & (LINK_NEEDS_OTHER | LINK_IS_MULTIPLE_OF_OTHER | LINK_IS_TWICE_OTHER)) != 0;

    g_assert_cmpint(needs_other, ==, option->other != NULL);
    if (option->other && !is_of_reading)
        g_assert_true(link_table_find(table, option->other) < option);
    g_assert_true(!option->other || link_table_find(table, option->other));
}

static void check_row(const LinkFamily *family, const LinkTable *table, const LinkOption *option)
{
    g_autofree char *accepts = link_family_accepts(family, option);
    gboolean is_number = option->kind == LINK_VALUE_UINT || option->kind == LINK_VALUE_MASK ||
                         (option->kind == LINK_VALUE_BE && !option->names) ||
                         option->kind == LINK_VALUE_TICKS || option->kind == LINK_VALUE_MAP;

    g_assert_true(link_table_find(table, option->name) == option);
    if (option->alias)
        g_assert_true(link_table_find(table, option->alias) == option);
    if (option->attr && option->kind != LINK_VALUE_BIT)
        g_assert_true(link_table_find_attr(table, option->attr) == option);
    g_assert_cmpint(option->kind == LINK_VALUE_BIT, ==, option->bit != 0);
    g_assert_true(option->attr || option->sysfs || option->when == LINK_WHEN_LOAD);
    g_assert_true((option->kind == LINK_VALUE_ENUM) <= (option->names != NULL));
    g_assert_true(is_number <= (option->min < option->max));
    g_assert_true(option->since && g_ascii_isdigit(option->since[0]) && strchr(option->since, '.'));
    g_assert_true(option->fallback && *accepts && *option->help && !g_str_has_suffix(option->help, "."));
    check_selector(family, option);
    check_other(table, option);
    check_width(option);
    if (option->when != LINK_WHEN_NEVER)
        check_sample(option);
}

static void check_table(const LinkFamily *family, const LinkTable *table)
{
    for (gsize i = 0; i < table->n; i++) {
        check_row(family, table, &table->rows[i]);
        g_assert_true(i == 0 || table->rows[i - 1].when <= table->rows[i].when);
    }
    g_assert_null(link_table_find(table, "nothing"));
    g_assert_null(link_table_find_attr(table, 0));
}

static void test_tables(void)
{
    const LinkFamily *family;

    for (guint i = 0; (family = link_family_nth(i)); i++) {
        g_test_message("%s", family->kind);
        g_assert_true(link_family_find(family->kind) == family);
        g_assert_true(family->word && *family->word);
        check_table(family, &family->own);
        check_table(family, &family->port);
    }
    g_assert_null(link_family_find("nothing"));
    g_assert_null(link_family_find(NULL));
}

static gsize option_index(const char *name)
{
    const LinkOption *option = link_table_find(&bond_family.own, name);
    g_assert_nonnull(option);
    return (gsize)(option - bond_family.own.rows);
}

/* What the kernel forces on the order, whatever else moves: bond_options.c. */
static void test_bond_order(void)
{
    static const char *const pairs[][2] = {{"mode", "miimon"},          {"miimon", "updelay"},
                                           {"miimon", "downdelay"},     {"miimon", "peer_notif_delay"},
                                           {"miimon", "arp_interval"},  {"miimon", "arp_validate"},
                                           {"mode", "arp_validate"},    {"fail_over_mac", "primary"},
                                           {"primary", "active_slave"}, {"primary_reselect", "primary"}};

    for (guint i = 0; i < G_N_ELEMENTS(pairs); i++)
        g_assert_cmpuint(option_index(pairs[i][0]), <, option_index(pairs[i][1]));
    g_assert_cmpuint(option_index("mode"), ==, 0);
}

static void test_bond_modes(void)
{
    for (guint32 mode = 0; mode < BOND_MODES; mode++) {
        guint32 parsed = BOND_MODES;
        g_autofree char *number = g_strdup_printf("%u", mode);
        const char *name = link_family_selector_name(&bond_family, mode);
        g_assert_true(link_family_selector_parse(&bond_family, name, &parsed) && parsed == mode);
        g_assert_true(link_family_selector_parse(&bond_family, number, &parsed) && parsed == mode);
    }
    g_assert_null(link_family_selector_name(&bond_family, BOND_MODES));
    guint32 untouched = 99;
    g_assert_false(link_family_selector_parse(&bond_family, "7", &untouched));
    g_assert_cmpuint(untouched, ==, 99);
}

static void check_dump(const LinkFamily *family)
{
    g_autofree char *text = link_family_dump(family, "eth1");
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_auto(GStrv) head = g_strsplit(lines[0], "\t", -1);

    g_assert_cmpuint(g_strv_length(lines), ==, family->own.n + family->port.n + 2);
    g_assert_cmpstr(head[1], ==, "name");
    for (gsize i = 0; i < family->own.n + family->port.n; i++) {
        g_auto(GStrv) columns = g_strsplit(lines[i + 1], "\t", -1);
        gboolean is_own = i < family->own.n;
        g_assert_cmpuint(g_strv_length(columns), ==, g_strv_length(head));
        g_assert_cmpstr(columns[0], ==, is_own ? "own" : "port");
        g_assert_cmpstr(columns[1], ==,
                        is_own ? family->own.rows[i].name : family->port.rows[i - family->own.n].name);
        for (guint j = 0; columns[j]; j++)
            g_assert_cmpstr(columns[j], !=, "");
    }
}

static void test_dump(void)
{
    const LinkFamily *family;

    for (guint i = 0; (family = link_family_nth(i)); i++)
        check_dump(family);
}

/* Without printf, and the same. */
static void test_numbers(void)
{
    static const gint64 numbers[] = {0, 7, 10, 1500, G_MAXUINT32, -1, G_MININT32, G_MAXINT64, G_MININT64};
    const LinkOption *mtu = link_table_find(&link_attributes.own, "mtu");

    for (guint i = 0; i < G_N_ELEMENTS(numbers); i++) {
        g_autofree char *text = link_option_format(mtu, numbers[i]),
                        *expected = g_strdup_printf("%" G_GINT64_FORMAT, numbers[i]);
        g_assert_cmpstr(text, ==, expected);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/link-tables/tables", test_tables);
    g_test_add_func("/link-tables/bond-order", test_bond_order);
    g_test_add_func("/link-tables/bond-modes", test_bond_modes);
    g_test_add_func("/link-tables/dump", test_dump);
    g_test_add_func("/link-tables/numbers", test_numbers);
    return g_test_run();
}
