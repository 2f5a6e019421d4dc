/* Namespaces for a rehearsal: see apart.h. Between this process and the child stands one more, since a
 * process namespace begins with the next fork. */
#include "apply/kernel/apart.h"
#include "i18n.h"
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* The first byte that comes back. */
enum { ANSWER_IS_RESULT = 'r', ANSWER_IS_ERROR = 'e' };

static gboolean failed(GError **error, const char *what)
{
    int code = errno;
    net_error_set(error, code, "%s: %s", what, g_strerror(code));
    return FALSE;
}

static gboolean mount_on(const char *kind, const char *place, GError **error)
{
    if (mount(kind, place, kind, MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) == 0)
        return TRUE;
    g_autofree char *what = g_strdup_printf(_("cannot mount %s on %s"), kind, place);
    return failed(error, what);
}

/* What is far away may not answer, and nobody here writes to it. */
static gboolean is_remote(const char *kind)
{
    static const char *const kinds[] = {"nfs", "cifs", "smb", "fuse", "ceph", "autofs", "9p", "afs", "gfs"};
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (g_str_has_prefix(kind, kinds[i]))
            return TRUE;
    return FALSE;
}

static unsigned long flags_of(const char *options)
{
    static const struct {
        const char *word;
        unsigned long flag;
    } words[] = {{"nosuid", MS_NOSUID},   {"nodev", MS_NODEV},       {"noexec", MS_NOEXEC},
                 {"noatime", MS_NOATIME}, {"relatime", MS_RELATIME}, {"nodiratime", MS_NODIRATIME}};
    g_auto(GStrv) list = g_strsplit(options, ",", -1);
    unsigned long flags = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_strv_contains((const char *const *)list, words[i].word))
            flags |= words[i].flag;
    return flags;
}

/* "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw": proc(5). What refuses is not ours to
 * write to either. */
static void make_read_only(const char *line)
{
    g_auto(GStrv) words = g_strsplit(line, " ", -1);
    guint n = g_strv_length(words), dash = 6;
    while (dash < n && !g_str_equal(words[dash], "-"))
        dash++;
    if (dash + 1 >= n || is_remote(words[dash + 1]))
        return;
    g_autofree char *place = g_strcompress(words[4]);
    mount(NULL, place, NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | flags_of(words[5]), NULL);
}

static gboolean mounts_prepare(GError **error)
{
    g_autofree char *text = NULL;
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
        return failed(error, _("cannot make mounts private"));
    if (!g_file_get_contents("/proc/self/mountinfo", &text, NULL, error))
        return FALSE;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++)
        make_read_only(*line);
    return mount_on("proc", "/proc", error) && mount_on("tmpfs", "/run", error);
}

int apart_next_network(GError **error)
{
    int before = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    if (before < 0 || unshare(CLONE_NEWNET) != 0) {
        failed(error, _("cannot make a network namespace"));
    } else if (mount_on("sysfs", "/sys", error)) {
        return before;
    }
    if (before >= 0)
        close(before);
    return -1;
}

static void write_all(int fd, const void *data, gsize size)
{
    const char *bytes = data;
    gssize n;
    while (size && ((n = write(fd, bytes, size)) > 0 || errno == EINTR)) {
        gsize done = n > 0 ? (gsize)n : 0;
        bytes += done;
        size -= done;
    }
}

static void error_write(int out, const GError *error)
{
    char kind = ANSWER_IS_ERROR;
    write_all(out, &kind, 1);
    write_all(out, error->message, strlen(error->message));
}

static int child_main(ApartBody body, gpointer data, int out)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) result = mounts_prepare(&error) ? body(data, &error) : NULL;
    char kind = ANSWER_IS_RESULT;
    gsize size;
    if (!result) {
        error_write(out, error);
        return EXIT_FAILURE;
    }
    const void *bytes = g_bytes_get_data(result, &size);
    write_all(out, &kind, 1);
    write_all(out, bytes, size);
    return EXIT_SUCCESS;
}

/* Who began it may have ended before this was asked for; @alive is closed then. */
static void end_with_parent(int alive)
{
    char byte;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (read(alive, &byte, 1) != 1)
        _exit(EXIT_FAILURE);
    close(alive);
}

static gboolean tell_child(int alive)
{
    return write(alive, "", 1) == 1;
}

/* Forks a child that ends with this process. Returns: 0 in the child, its pid here, -1 with @error. */
static pid_t fork_bound(GError **error)
{
    int alive[2];
    if (pipe2(alive, O_CLOEXEC) != 0) {
        failed(error, _("cannot fork"));
        return -1;
    }
    pid_t pid = fork();
    if (pid == 0) {
        close(alive[1]);
        end_with_parent(alive[0]);
        return 0;
    }
    close(alive[0]);
    if (pid < 0 || !tell_child(alive[1]))
        failed(error, _("cannot fork"));
    close(alive[1]);
    return pid;
}

static int wait_for(pid_t pid)
{
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILURE;
}

static G_NORETURN void between_main(ApartBody body, gpointer data, int out)
{
    g_autoptr(GError) error = NULL;
    if (unshare(CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWPID) != 0) {
        failed(&error, errno == EINVAL ? _("this kernel has no namespaces (CONFIG_NET_NS, CONFIG_PID_NS)")
                                       : _("cannot make namespaces"));
        error_write(out, error);
        _exit(EXIT_FAILURE);
    }
    pid_t pid = fork_bound(&error);
    if (pid == 0)
        _exit(child_main(body, data, out));
    if (pid < 0)
        error_write(out, error);
    close(out);
    _exit(pid < 0 ? EXIT_FAILURE : wait_for(pid));
}

static GBytes *answer_read(int in)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    guint8 buffer[4096];
    gssize n;
    while ((n = read(in, buffer, sizeof buffer)) > 0 || (n < 0 && errno == EINTR))
        g_byte_array_append(bytes, buffer, n > 0 ? (guint)n : 0);
    return g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
}

static GBytes *answer_check(GBytes *answer, GError **error)
{
    gsize size;
    const char *data = g_bytes_get_data(answer, &size);
    if (size && data[0] == ANSWER_IS_RESULT)
        return g_bytes_new_from_bytes(answer, 1, size - 1);
    if (size)
        net_error_set(error, EIO, "%.*s", (int)size - 1, data + 1);
    else
        net_error_set(error, EIO, "%s", _("the child ended without a result"));
    return NULL;
}

GBytes *apart_run(ApartBody body, gpointer data, GError **error)
{
    int pipes[2];
    if (pipe2(pipes, O_CLOEXEC) != 0) {
        failed(error, _("cannot make a pipe"));
        return NULL;
    }
    pid_t pid = fork_bound(error);
    if (pid == 0) {
        close(pipes[0]);
        between_main(body, data, pipes[1]);
    }
    close(pipes[1]);
    g_autoptr(GBytes) answer = pid > 0 ? answer_read(pipes[0]) : NULL;
    close(pipes[0]);
    if (pid > 0)
        wait_for(pid);
    return answer ? answer_check(answer, error) : NULL;
}
