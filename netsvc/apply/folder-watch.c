/* Being told when the files of a folder change: inotify(7). */
#include "apply/folder-watch.h"
#include <glib-unix.h>
#include <sys/inotify.h>
#include <unistd.h>

struct FolderWatch {
    int fd;
    guint source;
    void (*changed)(gpointer data);
    gpointer data;
};

/* @changed may free the watch. */
static gboolean events_came(int fd, G_GNUC_UNUSED GIOCondition condition, gpointer data)
{
    FolderWatch *self = data;
    char events[4096];
    while (read(fd, events, sizeof events) > 0)
        continue;
    self->changed(self->data);
    return G_SOURCE_CONTINUE;
}

FolderWatch *folder_watch_new(const char *path, void (*changed)(gpointer data), gpointer data)
{
    int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (fd < 0)
        return NULL;
    if (inotify_add_watch(fd, path, IN_CREATE | IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE) < 0) {
        close(fd);
        return NULL;
    }
    FolderWatch *self = g_new(FolderWatch, 1);
    *self = (FolderWatch){.fd = fd, .changed = changed, .data = data};
    self->source = g_unix_fd_add(fd, G_IO_IN, events_came, self);
    return self;
}

void folder_watch_free(FolderWatch *self)
{
    if (!self)
        return;
    g_source_remove(self->source);
    close(self->fd);
    g_free(self);
}
