/* Finds out who looks at the status lines. init.d/network makes a pipe by one of the two names and reads it
 * while systemctl works. */
#include "console/console.h"
#include "apply/system.h"
#include "console/log.h"
#include "console/status-line.h"
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIPE_PLAIN NETSVC_RUN_DIR "/console"
#define PIPE_TERMINAL NETSVC_RUN_DIR "/console.terminal"

/* A pipe that nobody reads does not open, and a reader that stands still loses lines: neither may hold up the
 * network. */
static FILE *pipe_open(const char *path)
{
    struct stat st;
    int fd = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return NULL;
    if (fstat(fd, &st) == 0 && S_ISFIFO(st.st_mode) && st.st_uid == 0)
        return fdopen(fd, "w");
    close(fd);
    return NULL;
}

FILE *console_open(gboolean *ret_is_terminal)
{
    FILE *console;
    if (!log_stream_is_journal(STDOUT_FILENO)) {
        *ret_is_terminal = status_is_terminal(STDOUT_FILENO);
        return stdout;
    }
    console = pipe_open(PIPE_TERMINAL);
    *ret_is_terminal = console != NULL;
    if (!console)
        console = pipe_open(PIPE_PLAIN);
    log_set_console(console);
    return console;
}

void console_close(FILE *console)
{
    log_set_console(NULL);
    if (console && console != stdout)
        fclose(console);
}
