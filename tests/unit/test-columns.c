/* Width and padding of text that is more, or less, than a column a byte. */
#include "console/columns.h"

static const struct {
    const char *text;
    guint width;
} cases[] = {
    {"", 0},          {"eth0", 4},      {"起動中", 6},
    {"bond0 を", 8},  {"ﾎﾟｰﾄ", 4}, /* half width: one column each */
    {"e\xcc\x81", 1},              /* e and a combining acute accent */
    {"\xff\xfe", 2},  {"a\xe8\xb5", 3},
};

static void test_width(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpuint(columns_width(cases[i].text), ==, cases[i].width);
}

static void test_pad(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *padded = columns_pad(cases[i].text, 10);
        g_assert_true(g_str_has_prefix(padded, cases[i].text));
        g_assert_cmpuint(columns_width(padded), ==, 10);
    }
    g_autofree char *longer = columns_pad("起動中", 5);
    g_assert_cmpstr(longer, ==, "起動中");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/columns/width", test_width);
    g_test_add_func("/columns/pad", test_pad);
    return g_test_run();
}
