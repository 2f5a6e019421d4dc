/* A descriptor that is written to without ever waiting for its reader. */
#include "console/sink.h"
#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CAREFUL_BYTES = 512 }; /* what a pipe or terminal that poll() calls writable has room for */

struct Sink {
    const GString *text;
    gsize written;
    int fd;
    gboolean is_own, is_socket, is_dead;
    gboolean is_careful; /* a write could wait: only after poll(), and little at a time */
    guint watch;
};

/* Its own open file: O_NONBLOCK on the one that was handed down would hit everybody who shares it, the
 * administrator's shell too. */
static void sink_open_again(Sink *self, int fd)
{
    g_autofree char *path = g_strdup_printf("/proc/self/fd/%d", fd);
    int own = open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    self->is_own = own >= 0;
    self->is_careful = own < 0;
    self->is_dead = own < 0 && errno == ENXIO; /* the pipe's reader has gone */
    self->fd = own >= 0 ? own : fd;
}

Sink *sink_new(int fd, const GString *text)
{
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0)
        return NULL;
    Sink *self = g_new0(Sink, 1);
    self->text = text;
    self->fd = fd;
    self->is_socket = S_ISSOCK(st.st_mode);
    if (S_ISFIFO(st.st_mode) || (S_ISCHR(st.st_mode) && isatty(fd)))
        sink_open_again(self, fd);
    return self;
}

Sink *sink_new_own(int fd, const GString *text)
{
    Sink *self = g_new0(Sink, 1);
    self->text = text;
    self->fd = fd;
    self->is_own = TRUE;
    return self;
}

void sink_free(Sink *self)
{
    if (!self)
        return;
    g_clear_handle_id(&self->watch, g_source_remove);
    if (self->is_own)
        close(self->fd);
    g_free(self);
}

static gboolean sink_is_writable(const Sink *self, int timeout_ms)
{
    struct pollfd ready = {.fd = self->fd, .events = POLLOUT};
    return poll(&ready, 1, timeout_ms) > 0;
}

static gsize sink_left(const Sink *self)
{
    return self->is_dead ? 0 : self->text->len - self->written;
}

static gssize sink_write(const Sink *self)
{
    const char *from = self->text->str + self->written;
    if (self->is_socket)
        return send(self->fd, from, sink_left(self), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (!self->is_careful)
        return write(self->fd, from, sink_left(self));
    if (sink_is_writable(self, 0))
        return write(self->fd, from, MIN(sink_left(self), CAREFUL_BYTES));
    errno = EAGAIN;
    return -1;
}

static void sink_write_all(Sink *self)
{
    while (sink_left(self)) {
        gssize n = sink_write(self);
        if (n > 0)
            self->written += (gsize)n;
        else if (n < 0 && errno != EINTR) {
            self->is_dead = errno != EAGAIN; /* a terminal or reader that went away */
            return;
        }
    }
}

static gboolean sink_ready(int fd G_GNUC_UNUSED, GIOCondition condition G_GNUC_UNUSED, gpointer data)
{
    Sink *self = data;
    sink_write_all(self);
    if (sink_left(self))
        return G_SOURCE_CONTINUE;
    self->watch = 0;
    return G_SOURCE_REMOVE;
}

void sink_push(Sink *self)
{
    sink_write_all(self);
    if (sink_left(self) && !self->watch)
        self->watch = g_unix_fd_add(self->fd, G_IO_OUT, sink_ready, self);
}

void sink_drain(Sink *self, guint patience_ms)
{
    sink_write_all(self);
    while (sink_left(self) && sink_is_writable(self, (int)patience_ms))
        sink_write_all(self);
}
