/* What systemd is told of a transient unit. Private to apply/units.c and its test. */
#pragma once
#include "apply/units.h"
#include <systemd/sd-bus.h>

/** Appends the arguments of StartTransientUnit. @program: where the first word was found */
void unit_message_fill(sd_bus_message *message, const NetUnitSetup *setup, const char *program);
/** What is started: the unit, or its timer ("x.timer" of "x.service"). To be freed. */
char *unit_started_name(const NetUnit *unit);
/** The unit's object, to be freed. */
char *unit_path(const char *name);
