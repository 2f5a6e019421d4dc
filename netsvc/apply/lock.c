/* The one lock: flock() on a file, so that the kernel frees it when the holder dies, however it dies. */
#include "apply/net-error.h"
#include "apply/system-paths.h"
#include "i18n.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* "pid 1234 (netsvc up bond0)", as its holder wrote it; empty while the holder has not written yet. */
static char *lock_holder(int fd)
{
    char text[512];
    gssize n = pread(fd, text, sizeof text - 1, 0);

    text[MAX(n, 0)] = '\0';
    g_strchomp(text);
    return g_strdup(text[0] ? text : _("another netsvc"));
}

static char *own_description(void)
{
    char words[400];
    int fd = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
    gssize length = fd < 0 ? 0 : read(fd, words, sizeof words - 1);

    if (fd >= 0)
        close(fd);
    if (length <= 0)
        return g_strdup_printf("pid %d\n", (int)getpid());
    words[length] = '\0';
    for (gssize i = 0; i + 1 < length; i++)
        if (!words[i] || words[i] == '\n')
            words[i] = ' ';
    return g_strdup_printf("pid %d (%s)\n", (int)getpid(), words);
}

/* Who is stopped while holding the lock keeps everybody else out, and ^Z needs no right: a user whom
 * usernetctl lets bring up one interface has it. A limit of the size of files ends nobody half way either. */
static void stopping_refuse(void)
{
    signal(SIGXFSZ, SIG_IGN);
    signal(SIGTSTP, SIG_IGN);
    signal(SIGTTIN, SIG_IGN);
    signal(SIGTTOU, SIG_IGN);
}

static gboolean lock_wait(int fd, void (*waiting)(const char *holder, gpointer data), gpointer data)
{
    g_autofree char *holder = NULL;
    int rc;

    if (flock(fd, LOCK_EX | LOCK_NB) == 0)
        return TRUE;
    if (errno != EWOULDBLOCK)
        return FALSE;
    /* Set for hooks: who holds the lock waits for the one that we are in. */
    if (g_getenv("NETSVC_EVENT")) {
        errno = EDEADLK;
        return FALSE;
    }
    holder = lock_holder(fd);
    if (waiting)
        waiting(holder, data);
    do
        rc = flock(fd, LOCK_EX);
    while (rc < 0 && errno == EINTR);
    return rc == 0;
}

/* The description only helps people; that it could not be written (a full file system) is no reason not to
 * work. */
static void lock_describe(int fd)
{
    g_autofree char *text = own_description();

    if (ftruncate(fd, 0) < 0 || pwrite(fd, text, strlen(text), 0) < 0)
        g_debug("lock file: %s", g_strerror(errno));
}

/* FALSE: the file was deleted or replaced while it was waited for. Whoever comes now locks another one. */
static gboolean lock_is_current(int fd, const char *path)
{
    struct stat locked, named;
    return fstat(fd, &locked) == 0 && stat(path, &named) == 0 && locked.st_dev == named.st_dev &&
           locked.st_ino == named.st_ino;
}

/* flock() asks for no more than a descriptor, so that nobody else may open the file, not even for reading. */
static int lock_open(const char *path, GError **error)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    struct stat st;
    if (fd >= 0 && fstat(fd, &st) == 0 && ((st.st_mode & 07777) == 0600 || fchmod(fd, 0600) == 0))
        return fd;
    net_error_set(error, errno, _("cannot open %s: %s"), path, g_strerror(errno));
    if (fd >= 0)
        close(fd);
    return -1;
}

int lock_take_file(const char *path, void (*waiting)(const char *holder, gpointer data), gpointer data,
                   GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);

    if (g_mkdir_with_parents(folder, 0755) < 0) {
        net_error_set(error, errno, _("cannot make %s: %s"), folder, g_strerror(errno));
        return -1;
    }
    stopping_refuse();
    for (int fd; (fd = lock_open(path, error)) >= 0; close(fd)) {
        if (!lock_wait(fd, waiting, data)) {
            if (errno == EDEADLK)
                net_error_set(error, EDEADLK, "%s",
                              _("a hook runs this, and the run that waits for the hook is not over; "
                                "use `systemd-run --no-block`"));
            else
                net_error_set(error, errno, _("cannot lock %s: %s"), path, g_strerror(errno));
            close(fd);
            return -1;
        }
        if (lock_is_current(fd, path)) {
            lock_describe(fd);
            return fd;
        }
    }
    return -1;
}

int net_lock_take(void (*waiting)(const char *holder, gpointer data), gpointer data, GError **error)
{
    return lock_take_file(NETSVC_RUN_DIR "/lock", waiting, data, error);
}
