/* Which environments ask for English, so that no locale and no catalog is opened. */
#define NETSVC_LOCALEDIR "" /* no catalog is opened here */
#include "i18n-program.h"

typedef struct {
    const char *all, *messages, *lang, *language;
    gboolean is_english;
} Environment;

static const Environment environments[] = {
    {NULL, NULL, NULL, NULL, TRUE},
    {"", "", "", "", TRUE},
    {NULL, NULL, "C", "ja", TRUE},
    {NULL, NULL, "POSIX", NULL, TRUE},
    {NULL, NULL, "C.UTF-8", NULL, TRUE},
    {"C.UTF-8", "ja_JP.UTF-8", "ja_JP.UTF-8", NULL, TRUE},
    {NULL, "C", "ja_JP.UTF-8", NULL, TRUE},
    {NULL, NULL, "C.UTF-8", "ja", FALSE},
    {NULL, NULL, "ja_JP.UTF-8", NULL, FALSE},
    {NULL, "ja_JP.UTF-8", "C", NULL, FALSE},
    {"ja_JP.UTF-8", NULL, "C", NULL, FALSE},
    {NULL, NULL, "en_US.UTF-8", NULL, FALSE},
    {NULL, NULL, "Cx", NULL, FALSE},
};

static void variable_set(const char *name, const char *value)
{
    if (value)
        g_setenv(name, value, TRUE);
    else
        g_unsetenv(name);
}

static void test_environment(gconstpointer data)
{
    const Environment *environment = data;

    variable_set("LC_ALL", environment->all);
    variable_set("LC_MESSAGES", environment->messages);
    variable_set("LANG", environment->lang);
    variable_set("LANGUAGE", environment->language);
    g_assert_cmpint(i18n_is_english(), ==, environment->is_english);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(environments); i++) {
        g_autofree char *name = g_strdup_printf("/i18n-program/environment/%u", i);
        g_test_add_data_func(name, &environments[i], test_environment);
    }
    return g_test_run();
}
