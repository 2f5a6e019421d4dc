/* What udev says about NICs. The only file that knows of udev; without it every NIC is done at once. */
#include "apply/job.h"
#include "apply/net-error.h"
#include "apply/system.h"
#include "i18n.h"
#include <errno.h>
#include <glib-unix.h>
#include <net/if.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <systemd/sd-device.h>
#include <unistd.h>

#define UDEV_FOLDER "/run/udev"
#define UDEV_SOCKET UDEV_FOLDER "/control"
#define UDEV_QUEUE                                                                                           \
    UDEV_FOLDER "/queue" /* there while udev has events to work on; udevadm-settle.c waits for it to go */

enum { PING_MS = 10000 };

G_DEFINE_AUTOPTR_CLEANUP_FUNC(sd_device, sd_device_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(sd_device_enumerator, sd_device_enumerator_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(sd_device_monitor, sd_device_monitor_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(sd_event, sd_event_unref)

/* A rename by udev's rule is over when udev has written its record of the device
 * (udev_event_execute_rules()). Devices that software made keep the name they were made with. */
static gboolean is_settled(sd_device *device)
{
    const char *path = NULL;
    if (sd_device_get_syspath(device, &path) < 0 || g_str_has_prefix(path, "/sys/devices/virtual/"))
        return TRUE;
    return sd_device_get_is_initialized(device) != 0;
}

static gboolean all_settled(void)
{
    g_autoptr(sd_device_enumerator) nics = NULL;
    if (sd_device_enumerator_new(&nics) < 0 || sd_device_enumerator_allow_uninitialized(nics) < 0 ||
        sd_device_enumerator_add_match_subsystem(nics, "net", TRUE) < 0)
        return TRUE;
    for (sd_device *nic = sd_device_enumerator_get_device_first(nics); nic;
         nic = sd_device_enumerator_get_device_next(nics))
        if (!is_settled(nic))
            return FALSE;
    return TRUE;
}

typedef struct {
    gboolean (*is_ready)(gpointer data);
    gpointer data;
    gboolean is_over;
} Settle;

static gboolean udev_is_idle(void)
{
    return access(UDEV_QUEUE, F_OK) != 0;
}

/* Between two events that follow from each other (a card, its driver, its interface) udev is idle for a
 * moment, with the second one still in its socket. It answers this when it has taken all events out of there
 * (udevd.c, the control socket's priority). */
static void udev_ping(void)
{
    const char *const argv[] = {"udevadm", "control", "--ping", NULL};
    g_autofree char *output = NULL;
    net_spawn(argv, PING_MS, &output, NULL);
}

static gboolean settle_look(Settle *self)
{
    self->is_over = self->is_ready && all_settled() && self->is_ready(self->data);
    if (!self->is_over && udev_is_idle()) {
        udev_ping();
        self->is_over = udev_is_idle();
    }
    return self->is_over;
}

/* udev passes every event on when it has done with it. */
static int device_event(sd_device_monitor *monitor, sd_device *device G_GNUC_UNUSED, void *data)
{
    return settle_look(data) ? sd_event_exit(sd_device_monitor_get_event(monitor), 0) : 0;
}

static int queue_event(sd_event_source *source, const struct inotify_event *event G_GNUC_UNUSED, void *data)
{
    return settle_look(data) ? sd_event_exit(sd_event_source_get_event(source), 0) : 0;
}

/* Listening begins before the first look, so nothing is missed. */
static void settle_wait(Settle *self, guint timeout_ms)
{
    g_autoptr(sd_event) loop = NULL;
    g_autoptr(sd_device_monitor) monitor = NULL;
    if (sd_event_new(&loop) < 0 || sd_device_monitor_new(&monitor) < 0 ||
        sd_device_monitor_filter_add_match_subsystem_devtype(monitor, "net", NULL) < 0 ||
        sd_device_monitor_attach_event(monitor, loop) < 0 ||
        sd_device_monitor_start(monitor, device_event, self) < 0 ||
        sd_event_add_inotify(loop, NULL, UDEV_FOLDER, IN_DELETE, queue_event, self) < 0 ||
        sd_event_add_time_relative(loop, NULL, CLOCK_MONOTONIC, (guint64)timeout_ms * 1000, 0, NULL, NULL) <
            0)
        return;
    if (!settle_look(self))
        sd_event_loop(loop);
}

gboolean net_udev_wait(guint timeout_ms, gboolean (*is_ready)(gpointer data), gpointer data,
                       void (*waiting)(const char *what, gpointer data))
{
    Settle settle = {.is_ready = is_ready, .data = data};
    if (access(UDEV_SOCKET, F_OK) != 0 || settle_look(&settle))
        return TRUE;
    if (waiting)
        waiting(_("udev to find the network cards"), data);
    settle_wait(&settle, timeout_ms);
    if (waiting)
        waiting(NULL, data);
    return settle.is_over;
}

gboolean net_udev_is_done(const char *name)
{
    g_autoptr(sd_device) device = NULL;
    return access(UDEV_SOCKET, F_OK) != 0 || sd_device_new_from_subsystem_sysname(&device, "net", name) < 0 ||
           is_settled(device);
}

struct NetUdevWatch {
    sd_event *loop;
    sd_device_monitor *monitor;
    guint source;
    void (*done)(const char *name, gpointer data);
    gpointer data;
};

static int watch_device(sd_device_monitor *monitor G_GNUC_UNUSED, sd_device *device, void *data)
{
    NetUdevWatch *self = data;
    const char *name = NULL;
    if (sd_device_get_sysname(device, &name) >= 0)
        self->done(name, self->data);
    return 0;
}

static gboolean watch_ready(int fd G_GNUC_UNUSED, GIOCondition condition G_GNUC_UNUSED, gpointer data)
{
    sd_event_run(((NetUdevWatch *)data)->loop, 0);
    return G_SOURCE_CONTINUE;
}

NetUdevWatch *net_udev_watch_new(void (*done)(const char *name, gpointer data), gpointer data)
{
    if (access(UDEV_SOCKET, F_OK) != 0)
        return NULL;
    NetUdevWatch *self = g_new0(NetUdevWatch, 1);
    self->done = done;
    self->data = data;
    if (sd_event_new(&self->loop) < 0 || sd_device_monitor_new(&self->monitor) < 0 ||
        sd_device_monitor_filter_add_match_subsystem_devtype(self->monitor, "net", NULL) < 0 ||
        sd_device_monitor_attach_event(self->monitor, self->loop) < 0 ||
        sd_device_monitor_start(self->monitor, watch_device, self) < 0) {
        net_udev_watch_free(self);
        return NULL;
    }
    self->source = g_unix_fd_add(sd_event_get_fd(self->loop), G_IO_IN, watch_ready, self);
    return self;
}

void net_udev_watch_free(NetUdevWatch *self)
{
    if (!self)
        return;
    if (self->source)
        g_source_remove(self->source);
    if (self->monitor)
        sd_device_monitor_unref(self->monitor);
    if (self->loop)
        sd_event_unref(self->loop);
    g_free(self);
}

gboolean net_link_rename(const char *from, const char *to, GError **error)
{
    struct ifreq request = {0};
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), code;
    g_strlcpy(request.ifr_name, from, sizeof request.ifr_name);
    g_strlcpy(request.ifr_newname, to, sizeof request.ifr_newname);
    code = fd < 0 || ioctl(fd, SIOCSIFNAME, &request) < 0 ? errno : 0;
    if (fd >= 0)
        close(fd);
    if (code == 0)
        return TRUE;
    net_error_set(error, code, _("cannot rename %s to %s: %s"), from, to, g_strerror(code));
    return FALSE;
}
