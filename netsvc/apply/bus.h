/* Calls of other services by the system bus, answered from the main loop: all of them at once. */
#pragma once
#include <glib.h>
#include <systemd/sd-bus.h>

typedef struct NetBus NetBus;

/** Where a method is called. */
typedef struct {
    const char *service, *path, *interface;
} NetBusPlace;

/**
 * How a call ended. @answer: what was answered, or NULL. @error: NULL; or NET_ERROR, with ENXIO where nobody
 * is there to be called (no bus, no such service, no such unit), ETIMEDOUT without an answer in time,
 * ECANCELED after net_bus_cancel(). The caller of this function owns both.
 */
typedef void (*NetBusDone)(sd_bus_message *answer, const GError *error, gpointer data);

/** The system bus; connects when it is first used. */
NetBus *net_bus_new(void);
/** PID 1 by its own socket, which is there before the bus is and after it; where it is not, the system bus.
 * @root: "", or where a test has its files */
NetBus *net_bus_new_systemd(const char *root);
void net_bus_free(NetBus *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NetBus, net_bus_free)

/**
 * Begins a call; it is not yet sent. A service that has let one wait in vain is not asked again: ETIMEDOUT.
 * Returns: a message to append arguments to, whose failures net_bus_send() reports; NULL with @error as above
 */
sd_bus_message *net_bus_call(NetBus *self, const NetBusPlace *place, const char *method, GError **error);
/** Sends it and takes it. @limit_ms: how long the answer may take. @done is called once, from the main loop.
 */
void net_bus_send(NetBus *self, sd_bus_message *message, guint limit_ms, NetBusDone done, gpointer data);
/** Whether it is connected; what was listened for on a connection that is lost has to be asked for again. */
gboolean net_bus_is_open(const NetBus *self);
/** Has signals of @place handled from now on. @lost: told once when the connection has ended. Connects.
 * Returns: FALSE with @error as above */
gboolean net_bus_listen(NetBus *self, const NetBusPlace *place, const char *name,
                        sd_bus_message_handler_t handler, void (*lost)(gpointer data), gpointer data,
                        GError **error);
/** Ends all calls that are under way. */
void net_bus_cancel(NetBus *self);
