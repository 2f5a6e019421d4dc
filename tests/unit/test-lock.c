/* The lock: waited for with a message, freed when its holder dies. Also the one place that runs programs. */
#include "apply/job.h"
#include "apply/system-paths.h"
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
    pid_t holder;
    int wake; /* written to: the holder goes on */
    char *told;
} Waited;

static char *lock_path(char **ret_folder)
{
    *ret_folder = g_dir_make_tmp("netsvc-lock-XXXXXX", NULL);
    g_assert_nonnull(*ret_folder);
    return g_build_filename(*ret_folder, "run", "lock", NULL);
}

static void remove_all(const char *path, const char *folder)
{
    g_autofree char *inner = g_path_get_dirname(path);

    g_assert_cmpint(g_remove(path), ==, 0);
    g_assert_cmpint(g_rmdir(inner), ==, 0);
    g_assert_cmpint(g_rmdir(folder), ==, 0);
}

static void test_describes_holder(void)
{
    g_autofree char *folder = NULL, *path = lock_path(&folder), *text = NULL;
    g_autofree char *pid = g_strdup_printf("pid %d (", (int)getpid());
    g_autoptr(GError) error = NULL;
    int fd = lock_take_file(path, NULL, NULL, &error);

    g_assert_no_error(error);
    g_assert_cmpint(fd, >=, 0);
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_assert_true(g_str_has_prefix(text, pid));
    g_assert_nonnull(strstr(text, "test-lock"));
    close(fd);
    remove_all(path, folder);
}

static void heard(const char *holder, gpointer data)
{
    Waited *waited = data;

    g_free(waited->told);
    waited->told = g_strdup(holder);
    g_assert_cmpint(write(waited->wake, "x", 1), ==, 1);
}

/* The child holds the lock until it is told, and then dies without freeing it. */
static pid_t start_holder(const char *path, int *ret_wake)
{
    int ready[2], wake[2];
    char byte;
    pid_t child;

    g_assert_cmpint(pipe(ready), ==, 0);
    g_assert_cmpint(pipe(wake), ==, 0);
    child = fork();
    if (child == 0) {
        if (lock_take_file(path, NULL, NULL, NULL) < 0 || write(ready[1], "x", 1) != 1 ||
            read(wake[0], &byte, 1) != 1)
            _exit(1);
        kill(getpid(), SIGKILL);
    }
    close(ready[1]);
    close(wake[0]);
    g_assert_cmpint(read(ready[0], &byte, 1), ==, 1);
    close(ready[0]);
    *ret_wake = wake[1];
    return child;
}

static void test_waits_for_other(void)
{
    g_autofree char *folder = NULL, *path = lock_path(&folder), *expected = NULL;
    g_autoptr(GError) error = NULL;
    Waited waited = {0};
    int fd, status;

    waited.holder = start_holder(path, &waited.wake);
    expected = g_strdup_printf("pid %d (", (int)waited.holder);
    fd = lock_take_file(path, heard, &waited, &error);
    g_assert_no_error(error);
    g_assert_cmpint(fd, >=, 0);
    g_assert_true(g_str_has_prefix(waited.told, expected));
    g_assert_cmpint(waitpid(waited.holder, &status, 0), ==, waited.holder);
    g_assert_true(WIFSIGNALED(status));
    close(fd);
    close(waited.wake);
    g_free(waited.told);
    remove_all(path, folder);
}

static guint mode_of(const char *path)
{
    struct stat st;
    g_assert_cmpint(stat(path, &st), ==, 0);
    return st.st_mode & 07777;
}

/* Whoever can open it can hold it, for ever: also one that an earlier version has left behind. */
static void test_is_private(void)
{
    g_autofree char *folder = NULL, *path = lock_path(&folder), *inner = g_path_get_dirname(path);
    g_assert_cmpint(g_mkdir(inner, 0755), ==, 0);
    g_assert_true(g_file_set_contents(path, "", 0, NULL));
    g_assert_cmpint(g_chmod(path, 0644), ==, 0);
    int fd = lock_take_file(path, NULL, NULL, NULL);
    g_assert_cmpint(fd, >=, 0);
    g_assert_cmpuint(mode_of(path), ==, 0600);
    close(fd);
    g_assert_cmpint(g_remove(path), ==, 0);
    fd = lock_take_file(path, NULL, NULL, NULL);
    g_assert_cmpuint(mode_of(path), ==, 0600);
    close(fd);
    remove_all(path, folder);
}

static void replace_and_release(const char *holder G_GNUC_UNUSED, gpointer data)
{
    Waited *waited = data;
    g_assert_cmpint(g_remove(waited->told), ==, 0);
    g_assert_true(g_file_set_contents(waited->told, "", 0, NULL));
    g_assert_cmpint(write(waited->wake, "x", 1), ==, 1);
}

/* The file is replaced while it is waited for: what is held then is the one that is there. */
static void test_replaced_file(void)
{
    g_autofree char *folder = NULL, *path = lock_path(&folder);
    struct stat held, named;
    Waited waited = {.told = path};
    int status;
    waited.holder = start_holder(path, &waited.wake);
    int fd = lock_take_file(path, replace_and_release, &waited, NULL);
    g_assert_cmpint(fd, >=, 0);
    g_assert_cmpint(fstat(fd, &held), ==, 0);
    g_assert_cmpint(stat(path, &named), ==, 0);
    g_assert_true(held.st_ino == named.st_ino);
    g_assert_cmpint(waitpid(waited.holder, &status, 0), ==, waited.holder);
    close(fd);
    close(waited.wake);
    remove_all(path, folder);
}

/* ^Z, and a terminal that stops who writes in the background. (Sent to a process group without a shell, such
 * signals are discarded anyhow: so the disposition is what is looked at.) */
static void test_cannot_be_stopped(void)
{
    static const int signals[] = {SIGTSTP, SIGTTIN, SIGTTOU};
    g_autofree char *folder = NULL, *path = lock_path(&folder);
    for (guint i = 0; i < G_N_ELEMENTS(signals); i++)
        signal(signals[i], SIG_DFL);
    int fd = lock_take_file(path, NULL, NULL, NULL);
    g_assert_cmpint(fd, >=, 0);
    for (guint i = 0; i < G_N_ELEMENTS(signals); i++)
        g_assert_true(signal(signals[i], SIG_DFL) == SIG_IGN);
    close(fd);
    remove_all(path, folder);
}

static void test_refuses_link(void)
{
    g_autofree char *folder = g_dir_make_tmp("netsvc-lock-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "lock", NULL);
    g_autoptr(GError) error = NULL;

    g_assert_cmpint(symlink("/nowhere", path), ==, 0);
    g_assert_cmpint(lock_take_file(path, NULL, NULL, &error), ==, -1);
    g_assert_nonnull(error);
    g_assert_nonnull(strstr(error->message, path));
    g_remove(path);
    g_rmdir(folder);
}

static void test_spawn_output(void)
{
    const char *const argv[] = {"sh", "-c", "echo out; echo err >&2; cat; exit 0", NULL};
    g_autofree char *output = NULL;
    g_autoptr(GError) error = NULL;

    g_assert_true(net_spawn(argv, 60000, &output, &error));
    g_assert_no_error(error);
    g_assert_cmpstr(output, ==, "out\nerr\n");
}

static void test_spawn_failure(void)
{
    const char *const argv[] = {"sh", "-c", "echo because; exit 3", NULL};
    const char *const missing[] = {"/no/such/program", NULL};
    g_autoptr(GError) error = NULL;

    g_assert_false(net_spawn(argv, 60000, NULL, &error));
    g_assert_cmpstr(error->message, ==, "sh ended with status 3: because");
    g_clear_error(&error);
    g_assert_false(net_spawn(missing, 60000, NULL, &error));
    g_assert_nonnull(error);
}

static void test_spawn_limit(void)
{
    const char *const argv[] = {"sh", "-c", "exec sleep 600", NULL};
    g_autoptr(GError) error = NULL;

    g_assert_false(net_spawn(argv, 50, NULL, &error));
    g_assert_nonnull(strstr(error->message, "was ended"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/lock/describes-holder", test_describes_holder);
    g_test_add_func("/lock/waits-for-other", test_waits_for_other);
    g_test_add_func("/lock/is-private", test_is_private);
    g_test_add_func("/lock/replaced-file", test_replaced_file);
    g_test_add_func("/lock/cannot-be-stopped", test_cannot_be_stopped);
    g_test_add_func("/lock/refuses-link", test_refuses_link);
    g_test_add_func("/spawn/output", test_spawn_output);
    g_test_add_func("/spawn/failure", test_spawn_failure);
    g_test_add_func("/spawn/limit", test_spawn_limit);
    return g_test_run();
}
