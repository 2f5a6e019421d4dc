/* Signals by a handler and an eventfd. Not g_unix_signal_add(): it starts a thread, which costs a plain
 * `ifup` more than to read its files. */
#include "session/stop-signal.h"
#include <errno.h>
#include <glib-unix.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

static int wake_fd = -1;
static guint wake_source;

static void signal_handle(int number G_GNUC_UNUSED)
{
    const guint64 one = 1;
    int saved = errno;
    if (write(wake_fd, &one, sizeof one) < 0)
        errno = EAGAIN; /* it is full, so the loop wakes anyway */
    errno = saved;
}

static gboolean signal_came(int fd G_GNUC_UNUSED, GIOCondition condition G_GNUC_UNUSED, gpointer data)
{
    *(gboolean *)data = TRUE;
    return G_SOURCE_REMOVE;
}

static const int signals[] = {SIGINT, SIGTERM};
static struct sigaction before[G_N_ELEMENTS(signals)];

static void handler_set(void (*handler)(int number))
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    for (guint i = 0; i < G_N_ELEMENTS(signals); i++)
        sigaction(signals[i], &action, &before[i]);
}

void stop_signal_watch(gboolean *ret_stop)
{
    wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (wake_fd < 0)
        return; /* signals end the program as they do any other; the record says what was begun */
    wake_source = g_unix_fd_add(wake_fd, G_IO_IN, signal_came, ret_stop);
    handler_set(signal_handle);
}

void stop_signal_unwatch(void)
{
    if (wake_fd < 0)
        return;
    for (guint i = 0; i < G_N_ELEMENTS(signals); i++)
        sigaction(signals[i], &before[i], NULL);
    if (g_main_context_find_source_by_id(NULL, wake_source))
        g_source_remove(wake_source);
    close(wake_fd);
    wake_fd = -1;
}
