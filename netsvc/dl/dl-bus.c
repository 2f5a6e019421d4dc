/* libsystemd's sd-bus, for what other services are told. */
#include "dl/dl.h"
#include <errno.h>
#include <systemd/sd-bus.h>

int sd_bus_open_system(sd_bus **ret)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_bus_open_system, ret);
}

int sd_bus_new(sd_bus **ret)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_bus_new, ret);
}

int sd_bus_set_address(sd_bus *bus, const char *address)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_bus_set_address, bus, address);
}

int sd_bus_start(sd_bus *bus)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_bus_start, bus);
}

sd_bus *sd_bus_close_unref(sd_bus *bus)
{
    return DL_CALL(dl_systemd, NULL, sd_bus_close_unref, bus);
}

int sd_bus_is_ready(sd_bus *bus)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_bus_is_ready, bus);
}

int sd_bus_get_fd(sd_bus *bus)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_bus_get_fd, bus);
}

int sd_bus_get_events(sd_bus *bus)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_bus_get_events, bus);
}

int sd_bus_get_timeout(sd_bus *bus, uint64_t *ret_usec)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_bus_get_timeout, bus, ret_usec);
}

int sd_bus_process(sd_bus *bus, sd_bus_message **ret)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_bus_process, bus, ret);
}

int sd_bus_call_async(sd_bus *bus, sd_bus_slot **ret_slot, sd_bus_message *message,
                      sd_bus_message_handler_t callback, void *userdata, uint64_t usec)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_bus_call_async, bus, ret_slot, message, callback, userdata, usec);
}

sd_bus_slot *sd_bus_slot_unref(sd_bus_slot *slot)
{
    return DL_CALL(dl_systemd, NULL, sd_bus_slot_unref, slot);
}

int sd_bus_message_new_method_call(sd_bus *bus, sd_bus_message **ret, const char *destination,
                                   const char *path, const char *interface, const char *member)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_bus_message_new_method_call, bus, ret, destination, path,
                   interface, member);
}

sd_bus_message *sd_bus_message_unref(sd_bus_message *message)
{
    return DL_CALL(dl_systemd, NULL, sd_bus_message_unref, message);
}

int sd_bus_message_append_basic(sd_bus_message *message, char type, const void *value)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_bus_message_append_basic, message, type, value);
}

int sd_bus_message_append_array(sd_bus_message *message, char type, const void *values, size_t size)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_bus_message_append_array, message, type, values, size);
}

int sd_bus_message_open_container(sd_bus_message *message, char type, const char *contents)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_bus_message_open_container, message, type, contents);
}

int sd_bus_message_close_container(sd_bus_message *message)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_bus_message_close_container, message);
}

int sd_bus_message_read_basic(sd_bus_message *message, char type, void *ret)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_bus_message_read_basic, message, type, ret);
}

int sd_bus_message_enter_container(sd_bus_message *message, char type, const char *contents)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_bus_message_enter_container, message, type, contents);
}

int sd_bus_match_signal_async(sd_bus *bus, sd_bus_slot **ret_slot, const char *sender, const char *path,
                              const char *interface, const char *member, sd_bus_message_handler_t handler,
                              sd_bus_message_handler_t installed, void *userdata)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_bus_match_signal_async, bus, ret_slot, sender, path, interface,
                   member, handler, installed, userdata);
}

int sd_bus_path_encode(const char *prefix, const char *id, char **ret)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_bus_path_encode, prefix, id, ret);
}

const sd_bus_error *sd_bus_message_get_error(sd_bus_message *message)
{
    return DL_CALL(dl_systemd, NULL, sd_bus_message_get_error, message);
}

const char *sd_bus_message_get_destination(sd_bus_message *message)
{
    return DL_CALL(dl_systemd, NULL, sd_bus_message_get_destination, message);
}

int sd_bus_message_get_errno(sd_bus_message *message)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_bus_message_get_errno, message);
}
