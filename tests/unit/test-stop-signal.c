/* Signals that stop: told to the main loop, also while it sleeps; without a thread; and put back afterwards.
 */
#include "session/stop-signal.h"
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void assert_told(int number)
{
    gboolean stop = FALSE;

    stop_signal_watch(&stop);
    g_assert_false(g_main_context_iteration(NULL, FALSE));
    g_assert_false(stop);
    g_assert_cmpint(raise(number), ==, 0);
    g_assert_cmpint(raise(number), ==, 0); /* an impatient administrator */
    while (g_main_context_iteration(NULL, FALSE))
        ;
    g_assert_true(stop);
    stop_signal_unwatch();
}

static void test_told(void)
{
    assert_told(SIGINT);
    assert_told(SIGTERM);
    assert_told(SIGINT);
}

static gboolean loop_hangs(gpointer data G_GNUC_UNUSED)
{
    g_error("the loop did not wake");
    return G_SOURCE_REMOVE;
}

static void test_wakes(void)
{
    gboolean stop = FALSE;
    guint guard = g_timeout_add_seconds(600, loop_hangs, NULL);
    pid_t child;

    stop_signal_watch(&stop);
    child = fork();
    if (child == 0)
        _exit(kill(getppid(), SIGTERM) < 0);
    while (!stop)
        g_main_context_iteration(NULL, TRUE);
    stop_signal_unwatch();
    g_source_remove(guard);
    g_assert_cmpint(waitpid(child, NULL, 0), ==, child);
}

static void test_no_thread(void)
{
    g_autoptr(GDir) before = g_dir_open("/proc/self/task", 0, NULL), after = NULL;
    guint balance = 0;
    gboolean stop = FALSE;

    while (g_dir_read_name(before))
        balance++;
    stop_signal_watch(&stop);
    after = g_dir_open("/proc/self/task", 0, NULL);
    while (g_dir_read_name(after))
        balance--;
    stop_signal_unwatch();
    g_assert_cmpuint(balance, ==, 0);
}

static void test_put_back(void)
{
    gboolean stop = FALSE;
    int status = 0;
    pid_t child = fork();

    if (child == 0) {
        stop_signal_watch(&stop);
        stop_signal_unwatch();
        raise(SIGTERM);
        _exit(0);
    }
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_true(WIFSIGNALED(status));
    g_assert_cmpint(WTERMSIG(status), ==, SIGTERM);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/stop-signal/told", test_told);
    g_test_add_func("/stop-signal/wakes", test_wakes);
    g_test_add_func("/stop-signal/no-thread", test_no_thread);
    g_test_add_func("/stop-signal/put-back", test_put_back);
    return g_test_run();
}
