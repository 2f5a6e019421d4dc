/* A system bus of the test's own, with one service that takes every call and writes it down. */
#pragma once
#include <glib.h>

typedef struct FakeBus FakeBus;

/**
 * Starts the bus, whose address is in DBUS_SYSTEM_BUS_ADDRESS until fake_bus_free(), and the service.
 * @service: its name; NULL: nobody is on the bus
 * @refusal: name of the error that it answers each call with; NULL: it says yes
 */
FakeBus *fake_bus_new(const char *service, const char *refusal);
void fake_bus_free(FakeBus *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FakeBus, fake_bus_free)

/** What was called so far, "METHOD ARGUMENT ...", a line each; to be freed. */
char *fake_bus_log(FakeBus *self);
