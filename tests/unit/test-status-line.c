/* The status lines, byte by byte: every way to choose the style that init.d/functions knew. */
#include "console/status-line.h"
#include <glib/gstdio.h>

typedef struct {
    const char *name;
    const char *init;   /* text of /etc/sysconfig/init, NULL: no such file */
    const char *bootup; /* of the environment */
    const char *lsb;
    gboolean terminal;
    const char *ends[4]; /* OK, FAILED, PASSED, WARNING */
} Case;

#define PLAIN                                                                                                \
    {                                                                                                        \
        "[  OK  ]\r\n", "[FAILED]\r\n", "[PASSED]\r\n", "[WARNING]\r\n"                                      \
    }
#define COLOUR                                                                                               \
    {                                                                                                        \
        "\033[60G[\033[1;32m  OK  \033[0;39m]\r\n", "\033[60G[\033[1;31mFAILED\033[0;39m]\r\n",              \
            "\033[60G[\033[1;33mPASSED\033[0;39m]\r\n", "\033[60G[\033[1;33mWARNING\033[0;39m]\r\n"          \
    }
#define NONE                                                                                                 \
    {                                                                                                        \
        "\n", "\n", "\n", "\n"                                                                               \
    }
/* As the RHEL 5 to 7 packages shipped it, without its comments. */
#define SHIPPED                                                                                              \
    "BOOTUP=color\nRES_COL=60\nMOVE_TO_COL=\"echo -en \\\\033[${RES_COL}G\"\n"                               \
    "SETCOLOR_SUCCESS=\"echo -en \\\\033[0;32m\"\nSETCOLOR_FAILURE=\"echo -en \\\\033[0;31m\"\n"             \
    "SETCOLOR_WARNING=\"echo -en \\\\033[0;33m\"\nSETCOLOR_NORMAL=\"echo -en \\\\033[0;39m\"\n"              \
    "LOGLEVEL=3\nPROMPT=yes\nAUTOSWAP=no\n"

static const Case cases[] = {
    {"pipe", NULL, NULL, NULL, FALSE, PLAIN},
    {"terminal", NULL, NULL, NULL, TRUE, COLOUR},
    {"environment-color-on-pipe", NULL, "color", NULL, FALSE, COLOUR},
    {"environment-serial-on-terminal", NULL, "serial", NULL, TRUE, PLAIN},
    {"environment-hides-file", "RES_COL=70\n", "color", NULL, TRUE, COLOUR},
    {"environment-other-word", NULL, "graphical", NULL, TRUE, PLAIN},
    {"environment-verbose", NULL, "verbose", NULL, TRUE, NONE},
    {"environment-empty", NULL, "", NULL, TRUE, COLOUR},
    {"lsb-terminal", NULL, NULL, "yes", TRUE, NONE},
    {"lsb-pipe", NULL, NULL, "1", FALSE, NONE},
    {"lsb-empty", NULL, NULL, "", FALSE, PLAIN},
    {"file-verbose-on-terminal", "BOOTUP=verbose\n", NULL, NULL, TRUE, NONE},
    {"file-verbose-on-pipe-is-serial", "BOOTUP=verbose\n", NULL, NULL, FALSE, PLAIN},
    {"file-serial", "BOOTUP=serial\n", NULL, NULL, TRUE, PLAIN},
    {"shipped-on-pipe", SHIPPED, NULL, NULL, FALSE, PLAIN},
    {"shipped-on-terminal",
     SHIPPED,
     NULL,
     NULL,
     TRUE,
     {"\033[60G[\033[0;32m  OK  \033[0;39m]\r\n", "\033[60G[\033[0;31mFAILED\033[0;39m]\r\n",
      "\033[60G[\033[0;33mPASSED\033[0;39m]\r\n", "\033[60G[\033[0;33mWARNING\033[0;39m]\r\n"}},
    {"res-col",
     "RES_COL=72\n",
     NULL,
     NULL,
     TRUE,
     {"\033[72G[\033[1;32m  OK  \033[0;39m]\r\n", "\033[72G[\033[1;31mFAILED\033[0;39m]\r\n",
      "\033[72G[\033[1;33mPASSED\033[0;39m]\r\n", "\033[72G[\033[1;33mWARNING\033[0;39m]\r\n"}},
    {"res-col-nonsense", "RES_COL=far\n", NULL, NULL, TRUE, COLOUR},
    {"other-escapes",
     "MOVE_TO_COL='echo -n -e \\e[50G'\nSETCOLOR_SUCCESS='echo -ne \\x1b[32m'\nSETCOLOR_NORMAL=\n",
     NULL,
     NULL,
     TRUE,
     {"\033[50G[\033[32m  OK  ]\r\n", "\033[50G[\033[1;31mFAILED]\r\n", "\033[50G[\033[1;33mPASSED]\r\n",
      "\033[50G[\033[1;33mWARNING]\r\n"}},
    {"commands-are-never-run",
     "MOVE_TO_COL='touch /tmp/netsvc-canary'\nSETCOLOR_SUCCESS='tput setaf 1'\nSETCOLOR_FAILURE='/tmp/red'\n"
     "SETCOLOR_WARNING='printf x'\nSETCOLOR_NORMAL=$(touch /tmp/netsvc-canary)\n",
     NULL, NULL, TRUE, COLOUR},
    {"text-is-only-text",
     "MOVE_TO_COL='echo -n `id`'\nSETCOLOR_SUCCESS='echo -en $(id);id'\n",
     NULL,
     NULL,
     TRUE,
     {"`id`[$(id);id  OK  \033[0;39m]\r\n", "`id`[\033[1;31mFAILED\033[0;39m]\r\n",
      "`id`[\033[1;33mPASSED\033[0;39m]\r\n", "`id`[\033[1;33mWARNING\033[0;39m]\r\n"}},
};

static void environment_set(const char *name, const char *value)
{
    if (value)
        g_setenv(name, value, TRUE);
    else
        g_unsetenv(name);
}

static void root_remove(const char *root)
{
    static const char *const parts[] = {"etc/sysconfig/init", "etc/sysconfig", "etc", ""};
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autofree char *path = g_build_filename(root, parts[i], NULL);
        g_remove(path);
    }
}

static void test_style(gconstpointer data)
{
    const Case *c = data;
    g_autofree char *root = g_dir_make_tmp("netsvc-status-XXXXXX", NULL);
    g_assert_nonnull(root);
    g_autofree char *folder = g_build_filename(root, "etc/sysconfig", NULL);
    g_autofree char *path = g_build_filename(folder, "init", NULL);
    g_assert_cmpint(g_mkdir_with_parents(folder, 0755), ==, 0);
    if (c->init)
        g_assert_true(g_file_set_contents(path, c->init, -1, NULL));
    environment_set("BOOTUP", c->bootup);
    environment_set("LSB", c->lsb);

    g_autoptr(StatusStyle) style = status_style_load(root, c->terminal);
    g_autofree char *begin = status_line_begin(style, "Bringing up interface eth0: ");
    g_assert_cmpstr(begin, ==, "Bringing up interface eth0:  ");
    for (StatusLabel label = STATUS_OK; label <= STATUS_WARNING; label++) {
        g_autofree char *end = status_line_end(style, label);
        g_assert_cmpstr(end, ==, c->ends[label]);
    }
    g_assert_false(g_file_test("/tmp/netsvc-canary", G_FILE_TEST_EXISTS));
    root_remove(root);
}

int main(int argc, char **argv)
{
    static const char *const names[] = {"RES_COL",          "MOVE_TO_COL",      "SETCOLOR_SUCCESS",
                                        "SETCOLOR_FAILURE", "SETCOLOR_WARNING", "SETCOLOR_NORMAL"};
    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        g_unsetenv(names[i]);
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = g_strconcat("/status-line/", cases[i].name, NULL);
        g_test_add_data_func(path, &cases[i], test_style);
    }
    return g_test_run();
}
