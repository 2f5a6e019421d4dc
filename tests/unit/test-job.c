/* Programs as jobs: the loop goes on meanwhile, all of a program's processes end with it, and a daemon lives
 * on. */
#include "apply/job.h"
#include "apply/net-error.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

/* In the place of the C library's: what would go to the log. */
static GString *logged;

static void log_take(const char *format, va_list args)
{
    g_string_append_vprintf(logged, format, args);
    g_string_append_c(logged, '\n');
}

void syslog(G_GNUC_UNUSED int priority, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    log_take(format, args);
    va_end(args);
}

void __syslog_chk(int priority, int flag, const char *format, ...);
void __syslog_chk(G_GNUC_UNUSED int priority, G_GNUC_UNUSED int flag, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    log_take(format, args);
    va_end(args);
}

typedef struct {
    GMainLoop *loop;
    char *output;
    GError *error;
} Ended;

static void ended(const char *output, const GError *error, gpointer data)
{
    Ended *self = data;

    self->output = g_strdup(output);
    self->error = error ? g_error_copy(error) : NULL;
    g_main_loop_quit(self->loop);
}

static void ended_clear(Ended *self)
{
    g_main_loop_unref(self->loop);
    g_free(self->output);
    g_clear_error(&self->error);
}

static NetJob *job_start(Ended *self, const char *script, guint limit_ms)
{
    const char *const argv[] = {"sh", "-c", script, NULL};
    g_autoptr(GError) error = NULL;
    NetJob *job;

    *self = (Ended){.loop = g_main_loop_new(NULL, FALSE)};
    job = net_job_start(argv, limit_ms, NULL, ended, self, &error);
    g_assert_no_error(error);
    return job;
}

static gboolean job_stop(gpointer data)
{
    net_job_cancel(data);
    return G_SOURCE_REMOVE;
}

/* Whatever program it is; but what is asked of one is for us. */
static void test_output_is_logged(void)
{
    const char *const question[] = {"sh", "-c", "echo for us", NULL};
    Ended self;
    g_autofree char *answer = NULL;
    if (access("/run/systemd/journal/socket", W_OK) == 0) {
        g_test_skip("there is a journal, which takes it");
        return;
    }
    logged = g_string_new(NULL);
    job_start(&self, "echo one; echo; echo two >&2", 0);
    g_main_loop_run(self.loop);
    ended_clear(&self);
    g_assert_true(net_spawn(question, 0, &answer, NULL));
    g_assert_cmpstr(answer, ==, "for us\n");
    g_assert_cmpstr(logged->str, ==, "sh: one\nsh: two\n");
    g_string_free(logged, TRUE);
}

/* The timer can only end it because the loop goes on. */
static void test_loop_goes_on(void)
{
    Ended end;
    NetJob *job = job_start(&end, "echo begun; exec sleep 600", 600000);

    g_timeout_add(1, job_stop, job);
    g_main_loop_run(end.loop);
    g_assert_error(end.error, NET_ERROR, ECANCELED);
    ended_clear(&end);
}

static gboolean is_gone(int pid)
{
    g_autofree char *path = g_strdup_printf("/proc/%d/stat", pid), *text = NULL;

    return !g_file_get_contents(path, &text, NULL, NULL) || strstr(text, ") Z ");
}

/* Neither SIGTERM nor a shell that dies first spares the child; a fifo tells that all of them have begun. */
static void test_children_end(void)
{
    Ended end;

    job_start(&end, "trap '' TERM; sleep 600 & echo $!; wait", 50);
    g_main_loop_run(end.loop);
    g_assert_error(end.error, NET_ERROR, ETIMEDOUT);
    int pid = atoi(end.output);
    if (pid) /* on a busy machine the shell may not have got that far */
        while (!is_gone(pid))
            g_usleep(1000);
    ended_clear(&end);
}

/* Writes after its parent has ended: into a pipe that nobody reads it would die of SIGPIPE and make no file.
 */
static void test_daemon_lives(void)
{
    g_autofree char *folder = g_dir_make_tmp("netsvc-job-XXXXXX", NULL);
    g_autofree char *script =
        g_strdup_printf("mkfifo %s/go %s/lives; (read x <%s/go; echo late; echo $? >%s/lives) & echo early",
                        folder, folder, folder, folder);
    g_autofree char *go = g_build_filename(folder, "go", NULL),
                    *lives = g_build_filename(folder, "lives", NULL);
    g_autofree char *text = NULL;
    Ended end;

    job_start(&end, script, 60000);
    g_main_loop_run(end.loop);
    g_assert_no_error(end.error);
    g_assert_cmpstr(end.output, ==, "early\n");
    FILE *fifo = fopen(go, "w");
    fputs("now\n", fifo);
    fclose(fifo);
    g_assert_true(g_file_get_contents(lives, &text, NULL, NULL));
    g_assert_cmpint(strlen(text), >, 0);
    ended_clear(&end);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    signal(SIGPIPE, SIG_IGN);
    g_test_add_func("/job/output-is-logged", test_output_is_logged);
    g_test_add_func("/job/loop-goes-on", test_loop_goes_on);
    g_test_add_func("/job/children-end", test_children_end);
    g_test_add_func("/job/daemon-lives", test_daemon_lives);
    return g_test_run();
}
