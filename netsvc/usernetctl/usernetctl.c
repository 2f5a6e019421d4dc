/* usernetctl INTERFACE up|down|report: lets users bring up and take down the interfaces whose file says
 * USERCTL=yes.
 *
 * Set-user-ID root, so it does no more than decide and hand over: what a user can influence (environment,
 * files left open, limits, signals, folder) is put back before netsvc runs as `ifup` or `ifdown`, and all
 * that the user may say is the name of a file. The checks are those of the old program of this name.
 * Set-user-ID programs get their standard descriptors, and an environment without loader variables, from the
 * C library. */
#include "i18n-program.h"
#include "ifcfg-record.h"
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#define SCRIPTS "/etc/sysconfig/network-scripts"
#define PREFIX "ifcfg-"

typedef enum { USERS_NOT_TOLD, USERS_FORBIDDEN, USERS_ALLOWED } Users;

static int usage(FILE *out)
{
    fprintf(out, _("usage: usernetctl <interface-config> <up|down|report>\n"));
    return out == stdout ? 0 : 1;
}

static int version(void)
{
    printf("usernetctl of netsvc " NETSVC_VERSION "\n");
    return 0;
}

static const char *file_fault(const struct stat *info)
{
    if (!S_ISREG(info->st_mode))
        return _("this is not a regular file");
    if (info->st_uid != 0)
        return _("the file does not belong to root");
    if ((info->st_mode & S_IWOTH) || ((info->st_mode & S_IWGRP) && info->st_gid != 0))
        return _("others than root can write the file");
    return NULL;
}

/* Opens a file of the folder; what is opened is what was checked. Returns: -1 after saying why; silently when
 * it is missing and need not be there. */
static int file_open(int folder, const char *name, gboolean is_needed)
{
    struct stat info;
    int fd = -1;
    if (fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) < 0) {
        if (is_needed)
            fprintf(stderr, "usernetctl: %s/%s: %s\n", SCRIPTS, name, strerror(errno));
        return -1;
    }
    const char *fault = file_fault(&info); /* opening a device could already do something */
    if (!fault) {
        fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
        fault = fd < 0 || fstat(fd, &info) < 0 ? strerror(errno) : file_fault(&info);
    }
    if (!fault)
        return fd;
    fprintf(stderr, "usernetctl: %s/%s: %s\n", SCRIPTS, name, fault);
    if (fd >= 0)
        close(fd);
    return -1;
}

static Users file_users(int folder, const char *name, gboolean is_needed)
{
    int fd = file_open(folder, name, is_needed);
    if (fd < 0)
        return USERS_FORBIDDEN;
    g_autofree char *path = g_strdup_printf("/proc/self/fd/%d", fd);
    g_autoptr(IfcfgRecord) record = ifcfg_record_load(NULL, path, NULL, NULL, NULL);
    close(fd);
    const char *value = record ? ifcfg_record_get(record, "USERCTL") : NULL;
    if (!record || !value || !*value)
        return record ? USERS_NOT_TOLD : USERS_FORBIDDEN;
    return ifcfg_is_true(value) ? USERS_ALLOWED : USERS_FORBIDDEN;
}

/* ifcfg-X-Y without USERCTL has that of ifcfg-X. */
static gboolean users_may(const char *name)
{
    int folder = open(SCRIPTS, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) {
        fprintf(stderr, "usernetctl: %s: %s\n", SCRIPTS, strerror(errno));
        return FALSE;
    }
    Users users = file_users(folder, name, TRUE);
    const char *dash = strrchr(name, '-');
    g_autofree char *parent = dash > name + strlen(PREFIX) ? g_strndup(name, (gsize)(dash - name)) : NULL;
    if (users == USERS_NOT_TOLD && parent)
        users = file_users(folder, parent, FALSE);
    close(folder);
    return users == USERS_ALLOWED;
}

/* "ifcfg-" and what follows it in the argument, folders left out; NULL: that can be no file's name. */
static char *file_name(const char *argument)
{
    const char *slash = strrchr(argument, '/'), *name = slash ? slash + 1 : argument;
    if (g_str_has_prefix(name, PREFIX))
        name += strlen(PREFIX);
    for (const char *c = name; *c; c++)
        if (g_ascii_iscntrl(*c))
            return NULL;
    return *name && strlen(name) < 200 ? g_strconcat(PREFIX, name, NULL) : NULL;
}

static void reset_signals(void)
{
    static const int timers[] = {ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF};
    struct itimerval never = {{0, 0}, {0, 0}};
    sigset_t none;
    for (guint i = 0; i < G_N_ELEMENTS(timers); i++)
        setitimer(timers[i], &never, NULL);
    for (int number = 1; number < NSIG; number++)
        signal(number, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* A file that may not grow, or a process that runs out of time, would leave the network half done. */
static void reset_limits(void)
{
    static const int unlimited[] = {RLIMIT_FSIZE, RLIMIT_CPU, RLIMIT_DATA, RLIMIT_AS, RLIMIT_MEMLOCK};
    const struct rlimit none = {RLIM_INFINITY, RLIM_INFINITY}, files = {1024, 4096}, no_core = {0, 0};
    for (guint i = 0; i < G_N_ELEMENTS(unlimited); i++)
        setrlimit((__rlimit_resource_t)unlimited[i], &none);
    setrlimit(RLIMIT_NOFILE, &files);
    setrlimit(RLIMIT_CORE, &no_core);
    setpriority(PRIO_PROCESS, 0, 0);
}

static gboolean become_root(void)
{
    if (setgroups(0, NULL) == 0 && setresgid(0, 0, 0) == 0 && setresuid(0, 0, 0) == 0 && chdir("/") == 0)
        return TRUE;
    fprintf(stderr, "usernetctl: %s\n", strerror(errno));
    return FALSE;
}

static int hand_over(const char *command, const char *name)
{
    char *const argv[] = {(char *)command, (char *)name, NULL};
    char *const environment[] = {(char *)"PATH=/usr/sbin:/usr/bin:/sbin:/bin", (char *)"HOME=/root", NULL};
    if (!become_root())
        return 1;
    umask(022);
    reset_signals();
    reset_limits();
    close_range(3, ~0U, 0);
    execve(NETSVC_SBIN "/netsvc", argv, environment);
    fprintf(stderr, "usernetctl: %s: %s\n", NETSVC_SBIN "/netsvc", strerror(errno));
    return 1;
}

int main(int argc, char **argv)
{
    static const char *const verbs[] = {"report", "up", "down"}, *const commands[] = {NULL, "ifup", "ifdown"};
    guint verb = 0;
    i18n_begin();
    if (argc == 2 && strcmp(argv[1], "--help") == 0)
        return usage(stdout);
    if (argc == 2 && strcmp(argv[1], "--version") == 0)
        return version();
    while (argc == 3 && verb < G_N_ELEMENTS(verbs) && strcmp(argv[2], verbs[verb]) != 0)
        verb++;
    if (argc != 3 || verb == G_N_ELEMENTS(verbs))
        return usage(stderr);
    if (geteuid() != 0) { /* else ifup would call us again, for ever */
        fprintf(stderr, _("usernetctl: this program must belong to root and be set-user-ID (chmod 4755)\n"));
        return 1;
    }
    g_autofree char *name = file_name(argv[1]);
    if (!name)
        return usage(stderr);
    if (!users_may(name)) {
        fprintf(stderr, _("Users are not allowed to control this interface.\n"));
        return 1;
    }
    return commands[verb] ? hand_over(commands[verb], name) : 0;
}
