/* The bonding option table checks itself: every row is legal, found by its own lookup, in write order, and
 * printed whole. */
#include "bond-options.h"
#include <string.h>

static void check_width(const BondOption *option)
{
    static const guint8 widths[BOND_VALUE_LAST] = {[BOND_VALUE_IFNAME] = 4,
                                                   [BOND_VALUE_IP4LIST] = 4,
                                                   [BOND_VALUE_IP6LIST] = 16,
                                                   [BOND_VALUE_MAC] = 6,
                                                   [BOND_VALUE_PORT_INT] = 4};
    guint64 top = option->max;

    for (const BondName *name = option->names; name && name->name; name++)
        top = MAX(top, name->number);
    if (widths[option->kind])
        g_assert_cmpuint(option->width, ==, widths[option->kind]);
    else if (option->attr)
        g_assert_cmpuint(top, <, G_GUINT64_CONSTANT(1) << (8 * option->width));
}

static void check_sample(const BondOption *option)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *sample = bond_option_sample(option, "eth1");
    g_autofree char *normal = bond_option_normalize(option, sample, NULL, &error);

    g_assert_no_error(error);
    g_assert_cmpstr(normal, ==, sample);
    g_assert_cmpstr(sample, !=, option->fallback);
    if (*option->fallback) {
        g_autofree char *fallback = bond_option_normalize(option, option->fallback, NULL, &error);
        g_assert_no_error(error);
        g_assert_cmpstr(fallback, ==, option->fallback);
    }
}

static void check_row(const BondOption *option)
{
    g_autofree char *accepts = bond_option_accepts(option);

    g_assert_true(bond_option_find(option->name) == option);
    if (option->alias)
        g_assert_true(bond_option_find(option->alias) == option);
    gboolean of_port = option->kind == BOND_VALUE_PORT_UINT || option->kind == BOND_VALUE_PORT_INT;
    if (option->attr && !of_port)
        g_assert_true(bond_option_find_attr(option->attr) == option);
    g_assert_true(option->attr || option->sysfs || option->phase == BOND_PHASE_LOAD);
    g_assert_cmpuint(option->effective & ~option->modes, ==, 0);
    g_assert_cmpuint(option->effective, !=, 0);
    g_assert_cmpuint(option->modes & ~BOND_MODE_ANY, ==, 0);
    g_assert_true((option->kind == BOND_VALUE_ENUM) <= (option->names != NULL));
    g_assert_true((option->kind == BOND_VALUE_UINT) <= (option->min < option->max));
    g_assert_true(g_ascii_isdigit(option->since[0]) && strchr(option->since, '.'));
    g_assert_true(*accepts && *option->help && !g_str_has_suffix(option->help, "."));
}

static void test_table(void)
{
    gsize count;
    const BondOption *options = bond_options(&count);
    guint kinds = 0, phases = 0;

    for (gsize i = 0; i < count; i++) {
        check_row(&options[i]);
        check_width(&options[i]);
        check_sample(&options[i]);
        kinds |= 1u << options[i].kind;
        phases |= 1u << options[i].phase;
        g_assert_true(i == 0 || options[i - 1].phase <= options[i].phase);
    }
    g_assert_cmpuint(kinds, ==, (1u << BOND_VALUE_LAST) - 1);
    g_assert_cmpuint(phases, ==, (1u << BOND_PHASE_LAST) - 1);
    g_assert_null(bond_option_find("nothing"));
    g_assert_null(bond_option_find_attr(0));
}

static gsize option_index(const char *name)
{
    const BondOption *option = bond_option_find(name);
    g_assert_nonnull(option);
    return (gsize)(option - bond_options(NULL));
}

/* What the kernel forces on the order, whatever else moves: bond_options.c. */
static void test_order(void)
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

static void test_modes(void)
{
    for (guint mode = 0; mode < BOND_MODES; mode++) {
        guint parsed = BOND_MODES;
        g_autofree char *number = g_strdup_printf("%u", mode);
        g_assert_true(bond_mode_parse(bond_mode_name(mode), &parsed) && parsed == mode);
        g_assert_true(bond_mode_parse(number, &parsed) && parsed == mode);
    }
    g_assert_null(bond_mode_name(BOND_MODES));
    guint untouched = 99;
    g_assert_false(bond_mode_parse("7", &untouched));
    g_assert_cmpuint(untouched, ==, 99);
}

static void test_dump(void)
{
    g_autofree char *text = bond_options_dump("eth1");
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_auto(GStrv) head = g_strsplit(lines[0], "\t", -1);
    gsize count;
    const BondOption *options = bond_options(&count);

    g_assert_cmpuint(g_strv_length(lines), ==, count + 2);
    g_assert_cmpstr(head[0], ==, "#name");
    for (gsize i = 0; i < count; i++) {
        g_auto(GStrv) columns = g_strsplit(lines[i + 1], "\t", -1);
        g_assert_cmpuint(g_strv_length(columns), ==, g_strv_length(head));
        g_assert_cmpstr(columns[0], ==, options[i].name);
        for (guint j = 0; columns[j]; j++)
            g_assert_cmpstr(columns[j], !=, "");
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/bond-options/table", test_table);
    g_test_add_func("/bond-options/order", test_order);
    g_test_add_func("/bond-options/modes", test_modes);
    g_test_add_func("/bond-options/dump", test_dump);
    return g_test_run();
}
