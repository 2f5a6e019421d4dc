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
 * How a call ended. @error: NULL; or NET_ERROR, with ENXIO where nobody is there to be called (no bus, no
 * such service), ECANCELED after net_bus_cancel(). The caller of this function owns it.
 */
typedef void (*NetBusDone)(const GError *error, gpointer data);

/** Connects when it is first used. */
NetBus *net_bus_new(void);
void net_bus_free(NetBus *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NetBus, net_bus_free)

/**
 * Begins a call; it is not yet sent.
 * Returns: a message to append arguments to, whose failures net_bus_send() reports; NULL with @error as above
 */
sd_bus_message *net_bus_call(NetBus *self, const NetBusPlace *place, const char *method, GError **error);
/** Sends it and takes it. @limit_ms: how long the answer may take. @done is called once, from the main loop.
 */
void net_bus_send(NetBus *self, sd_bus_message *message, guint limit_ms, NetBusDone done, gpointer data);
/** Ends all calls that are under way. */
void net_bus_cancel(NetBus *self);
