/* Lines and messages reach whoever looks, in order, and nobody who does not look holds anything up. */
#include "console/console.h"
#include <fcntl.h>
#include <glib/gstdio.h>
#include <pty.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#define PLAIN "Up a:  [  OK  ]\r\nsaid\n"

static void lines_print(Console *console)
{
    console_begin(console, "Up a: ");
    console_end(console, STATUS_OK);
    console_message(console, "said");
}

/* All that can be read now. */
static char *read_now(int fd)
{
    char bytes[4096];
    g_assert_cmpint(fcntl(fd, F_SETFL, O_NONBLOCK), ==, 0);
    gssize n = read(fd, bytes, sizeof bytes);
    return g_strndup(bytes, (gsize)MAX(n, 0));
}

static void test_apart(void)
{
    int out[2], err[2];
    g_assert_cmpint(pipe(out), ==, 0);
    g_assert_cmpint(pipe(err), ==, 0);
    Console *console = console_new(out[1], err[1], NULL);
    lines_print(console);
    g_autofree char *lines = read_now(out[0]), *messages = read_now(err[0]);
    g_assert_cmpstr(lines, ==, "Up a:  [  OK  ]\r\n");
    g_assert_cmpstr(messages, ==, "said\n");
    console_free(console, 0);
}

static void test_together(void)
{
    int out[2];
    g_assert_cmpint(pipe(out), ==, 0);
    Console *console = console_new(out[1], out[1], NULL);
    lines_print(console);
    g_autofree char *lines = read_now(out[0]);
    g_assert_cmpstr(lines, ==, PLAIN);
    g_assert_false(fcntl(out[1], F_GETFL) & O_NONBLOCK); /* others write to it too */
    console_free(console, 0);
}

static void pipe_fill(int fd)
{
    char zeros[4096] = {0};
    g_assert_cmpint(fcntl(fd, F_SETFL, O_NONBLOCK), ==, 0);
    while (write(fd, zeros, sizeof zeros) > 0)
        ;
    g_assert_cmpint(fcntl(fd, F_SETFL, 0), ==, 0);
}

/* The main loop writes it when it is taken. */
static void test_full_pipe(void)
{
    int out[2];
    char bytes[65536];
    g_assert_cmpint(pipe(out), ==, 0);
    pipe_fill(out[1]);
    Console *console = console_new(out[1], -1, NULL);
    lines_print(console);
    g_assert_false(g_main_context_iteration(NULL, FALSE));
    while (read(out[0], bytes, sizeof bytes) == sizeof bytes && bytes[sizeof bytes - 1])
        ;
    g_assert_true(g_main_context_iteration(NULL, TRUE));
    g_autofree char *lines = read_now(out[0]);
    g_assert_cmpstr(lines, ==, PLAIN);
    console_free(console, 0);
}

static void test_full_for_ever(void)
{
    int out[2];
    g_assert_cmpint(pipe(out), ==, 0);
    pipe_fill(out[1]);
    Console *console = console_new(out[1], -1, NULL);
    lines_print(console);
    console_free(console, 10);
}

static void test_gone(void)
{
    int out[2];
    g_assert_cmpint(pipe(out), ==, 0);
    close(out[0]);
    Console *console = console_new(out[1], out[1], NULL);
    lines_print(console);
    console_free(console, 600000);
    console = console_new(-1, -1, NULL);
    lines_print(console);
    console_free(console, 600000);
}

/* ^S */
static void test_stopped_terminal(void)
{
    int master, slave;
    g_assert_cmpint(openpty(&master, &slave, NULL, NULL, NULL), ==, 0);
    g_assert_cmpint(tcflow(slave, TCOOFF), ==, 0);
    Console *console = console_new(slave, slave, NULL);
    g_assert_true(console_is_live(console));
    lines_print(console);
    g_autofree char *nothing = read_now(master);
    g_assert_cmpstr(nothing, ==, "");
    g_assert_cmpint(tcflow(slave, TCOON), ==, 0);
    console_free(console, 600000);
    g_autofree char *lines = read_now(master);
    g_assert_nonnull(strstr(lines, "\033[60G["));
    g_assert_nonnull(strstr(lines, "said"));
}

static char *reader_make(const char *folder, const char *name, int *ret_fd)
{
    char *path = g_build_filename(folder, name, NULL);
    g_assert_cmpint(mkfifo(path, 0600), ==, 0);
    *ret_fd = open(path, O_RDONLY | O_NONBLOCK);
    g_assert_cmpint(*ret_fd, >=, 0);
    return path;
}

/* Two who ask at the same time, one of them late, and one that was killed before anybody came. */
static void test_readers(void)
{
    g_autofree char *folder = g_dir_make_tmp("netsvc-console-XXXXXX", NULL);
    g_autofree char *dead = g_build_filename(folder, "999999999", NULL);
    int first, second, third;
    g_assert_cmpint(mkfifo(dead, 0600), ==, 0);
    g_autofree char *path = reader_make(folder, "1", &first);
    Console *console = console_new(-1, -1, folder);
    g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS)); /* the next run is not about it */
    console_begin(console, "Up a: ");
    g_autofree char *begun = read_now(first);
    g_assert_cmpstr(begun, ==, "Up a:  ");
    g_autofree char *terminal = reader_make(folder, "2.terminal", &second);
    console_end(console, STATUS_OK);
    console_message(console, "said");
    g_autofree char *late = reader_make(folder, "3", &third);
    console_free(console, 0);
    g_autofree char *rest = read_now(first), *coloured = read_now(second), *all = read_now(third);
    g_assert_cmpstr(rest, ==, "[  OK  ]\r\nsaid\n");
    g_assert_true(g_str_has_prefix(coloured, "Up a:  \033[60G"));
    g_assert_true(g_str_has_suffix(coloured, "said\n"));
    g_assert_cmpstr(all, ==, PLAIN);
    g_assert_cmpint(g_rmdir(folder), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_unsetenv("BOOTUP");
    g_unsetenv("LSB");
    signal(SIGPIPE, SIG_IGN);
    g_test_add_func("/console/apart", test_apart);
    g_test_add_func("/console/together", test_together);
    g_test_add_func("/console/full-pipe", test_full_pipe);
    g_test_add_func("/console/full-for-ever", test_full_for_ever);
    g_test_add_func("/console/gone", test_gone);
    g_test_add_func("/console/stopped-terminal", test_stopped_terminal);
    g_test_add_func("/console/readers", test_readers);
    return g_test_run();
}
