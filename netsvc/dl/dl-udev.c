/* libsystemd's sd-device and sd-event, for waiting for udev. */
#include "dl/dl.h"
#include <errno.h>
#include <systemd/sd-device.h>
#include <systemd/sd-event.h>

int sd_device_enumerator_new(sd_device_enumerator **ret)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_device_enumerator_new, ret);
}

sd_device_enumerator *sd_device_enumerator_unref(sd_device_enumerator *enumerator)
{
    return DL_CALL(dl_systemd, NULL, sd_device_enumerator_unref, enumerator);
}

int sd_device_enumerator_allow_uninitialized(sd_device_enumerator *enumerator)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_device_enumerator_allow_uninitialized, enumerator);
}

int sd_device_enumerator_add_match_subsystem(sd_device_enumerator *enumerator, const char *subsystem,
                                             int match)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_device_enumerator_add_match_subsystem, enumerator, subsystem,
                   match);
}

sd_device *sd_device_enumerator_get_device_first(sd_device_enumerator *enumerator)
{
    return DL_CALL(dl_systemd, NULL, sd_device_enumerator_get_device_first, enumerator);
}

sd_device *sd_device_enumerator_get_device_next(sd_device_enumerator *enumerator)
{
    return DL_CALL(dl_systemd, NULL, sd_device_enumerator_get_device_next, enumerator);
}

int sd_device_new_from_subsystem_sysname(sd_device **ret, const char *subsystem, const char *sysname)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_device_new_from_subsystem_sysname, ret, subsystem, sysname);
}

sd_device *sd_device_unref(sd_device *device)
{
    return DL_CALL(dl_systemd, NULL, sd_device_unref, device);
}

int sd_device_get_sysname(sd_device *device, const char **ret)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_device_get_sysname, device, ret);
}

int sd_device_get_syspath(sd_device *device, const char **ret)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_device_get_syspath, device, ret);
}

int sd_device_get_is_initialized(sd_device *device)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_device_get_is_initialized, device);
}

int sd_device_monitor_new(sd_device_monitor **ret)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_device_monitor_new, ret);
}

sd_device_monitor *sd_device_monitor_unref(sd_device_monitor *monitor)
{
    return DL_CALL(dl_systemd, NULL, sd_device_monitor_unref, monitor);
}

int sd_device_monitor_filter_add_match_subsystem_devtype(sd_device_monitor *monitor, const char *subsystem,
                                                         const char *devtype)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_device_monitor_filter_add_match_subsystem_devtype, monitor,
                   subsystem, devtype);
}

int sd_device_monitor_attach_event(sd_device_monitor *monitor, sd_event *event)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_device_monitor_attach_event, monitor, event);
}

sd_event *sd_device_monitor_get_event(sd_device_monitor *monitor)
{
    return DL_CALL(dl_systemd, NULL, sd_device_monitor_get_event, monitor);
}

int sd_device_monitor_start(sd_device_monitor *monitor, sd_device_monitor_handler_t callback, void *userdata)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_device_monitor_start, monitor, callback, userdata);
}

int sd_event_new(sd_event **ret)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_event_new, ret);
}

sd_event *sd_event_unref(sd_event *event)
{
    return DL_CALL(dl_systemd, NULL, sd_event_unref, event);
}

int sd_event_loop(sd_event *event)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_event_loop, event);
}

int sd_event_run(sd_event *event, uint64_t usec)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_event_run, event, usec);
}

int sd_event_get_fd(sd_event *event)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_event_get_fd, event);
}

int sd_event_exit(sd_event *event, int code)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_event_exit, event, code);
}

sd_event *sd_event_source_get_event(sd_event_source *source)
{
    return DL_CALL(dl_systemd, NULL, sd_event_source_get_event, source);
}

int sd_event_add_inotify(sd_event *event, sd_event_source **ret, const char *path, uint32_t mask,
                         sd_event_inotify_handler_t callback, void *userdata)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_event_add_inotify, event, ret, path, mask, callback, userdata);
}

int sd_event_add_time_relative(sd_event *event, sd_event_source **ret, clockid_t clock, uint64_t usec,
                               uint64_t accuracy, sd_event_time_handler_t callback, void *userdata)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_event_add_time_relative, event, ret, clock, usec, accuracy,
                   callback, userdata);
}
