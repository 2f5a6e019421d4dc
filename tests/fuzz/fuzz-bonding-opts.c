/* libFuzzer target: any BONDING_OPTS text. What comes out must be in order, legal by its own rows, and stay
 * the same when checked again. */
#include "bond-family.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static void check_settings(const LinkSettings *settings)
{
    gint when = 0;

    for (guint i = 0; i < link_settings_length(settings); i++) {
        const LinkSetting *setting = link_settings_nth(settings, i);
        g_assert_true(link_settings_find(settings, setting->name) == setting);
        if (!setting->option) {
            g_assert_true(!strchr(setting->name, '/') && !strchr(setting->name, '.'));
            continue;
        }
        g_autofree char *again = link_option_normalize(setting->option, setting->text, NULL, NULL);
        g_assert_cmpstr(again, ==, setting->text);
        g_assert_cmpint(when, <=, setting->option->when);
        when = setting->option->when;
    }
}

static void check_complete(LinkSettings *settings, const char *const *ports)
{
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    IfcfgWhere where = {"x", 1, 1};

    link_settings_complete(settings, ports, where, problems);
    guint length = link_settings_length(settings);
    link_settings_complete(settings, ports, where, NULL);
    g_assert_cmpuint(link_settings_length(settings), ==, length);
    check_settings(settings);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    static const char *const ports[] = {"eth1", "eth2", NULL};
    g_autofree char *text = g_strndup((const char *)data, size);
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(LinkSettings) settings = link_settings_new(&bond_family);
    IfcfgWhere where = {"x", 1, 1};

    link_settings_parse(settings, text, where, TRUE, NULL);
    link_settings_parse(settings, text, where, FALSE, problems);
    check_settings(settings);
    for (guint i = 0; i < ifcfg_problems_length(problems); i++)
        g_assert_cmpuint(ifcfg_problems_get(problems, i)->where.column, <=, strlen(text) + 1);
    check_complete(settings, strlen(text) % 2 ? ports : NULL);
    return 0;
}
