/* JSON inside of values: what is right, where what is wrong is, and members as they are written. */
#include "ifcfg-json.h"
#include <string.h>

static void test_right(void)
{
    static const char *const texts[] = {"{}", " { } ",
                                        "{\"a\": [1, -2.5e+3, 0, [], {}], \"b\":\"x\\\"\\u00e9\"}",
                                        "{\"t\": true, \"f\":false,\n\"n\" : null}"};
    gsize at;
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        g_assert_null(ifcfg_json_object_fault(texts[i], &at));
}

static void test_wrong(void)
{
    static const struct {
        const char *text;
        gsize at;
    } cases[] = {
        {"", 0},
        {"[]", 0},
        {"{", 1},
        {"{} x", 3},
        {"{\"a\" 1}", 5},
        {"{\"a\": }", 6},
        {"{\"a\": 01}", 6},
        {"{\"a\": 1.}", 6},
        {"{\"a\": 1,}", 8},
        {"{\"a\": [1 2]}", 9},
        {"{\"a\": tru}", 6},
        {"{'a': 1}", 1},
        {"{\"a", 3},
        {"{\"\\x\": 1}", 3},
        {"{\"a\": \"b\\", 9},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        gsize at = 0;
        g_assert_nonnull(ifcfg_json_object_fault(cases[i].text, &at));
        g_assert_cmpuint(at, ==, cases[i].at);
    }
}

static void test_deep(void)
{
    g_autoptr(GString) text = g_string_new("{\"a\": ");
    gsize at;
    for (guint i = 0; i < 100000; i++)
        g_string_append_c(text, '[');
    g_assert_nonnull(ifcfg_json_object_fault(text->str, &at));
}

static void test_members(void)
{
    const char *object = "{\"a\": {\"b\": 1}, \"b\": \"two\", \"c\" : [1, {\"b\": 3}], \"b\": \"four\"}",
               *at = NULL;
    IfcfgJsonMember member;
    g_autoptr(GString) names = g_string_new(NULL);
    while (ifcfg_json_next(object, &at, &member))
        g_string_append_printf(names, "%.*s=%.*s;", (int)member.name_length, member.name, (int)member.length,
                               member.value);
    g_assert_cmpstr(names->str, ==, "a={\"b\": 1};b=\"two\";c=[1, {\"b\": 3}];b=\"four\";");
    g_assert_true(ifcfg_json_find(object, "b", &member));
    g_autofree char *last = ifcfg_json_string(&member);
    g_assert_cmpstr(last, ==, "four");
    g_assert_false(ifcfg_json_find(object, "d", &member));
    g_assert_true(ifcfg_json_find(object, "c", &member));
    g_assert_null(ifcfg_json_string(&member));
    g_assert_false(ifcfg_json_find("{}", "a", &member));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/json/right", test_right);
    g_test_add_func("/json/wrong", test_wrong);
    g_test_add_func("/json/deep", test_deep);
    g_test_add_func("/json/members", test_members);
    return g_test_run();
}
