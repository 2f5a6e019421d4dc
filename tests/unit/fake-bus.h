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
/** What it answers from now on: one text; NULL: nothing, which is what most methods do. */
void fake_bus_answer(FakeBus *self, const char *text);
/** From now on no call is answered. */
void fake_bus_hang(FakeBus *self);
void fake_bus_free(FakeBus *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FakeBus, fake_bus_free)

/**
 * The same with a systemd, whose jobs end at once.
 * @result: of each job that starts something: "done", "failed"
 * @code, @status: how a program has ended, as in waitid(); a @code of 0: the unit to be stopped is not there
 */
FakeBus *fake_bus_new_systemd(const char *result, int code, int status);
/** What was called so far, "METHOD ARGUMENT ...", a line each; to be freed. @calls: so many are waited for,
 * since one that asks for no answer can be under way still. */
char *fake_bus_log(FakeBus *self, guint calls);
