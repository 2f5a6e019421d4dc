/* What the journal is told, by name and number: one row an event, each explained in units/netsvc.catalog. */
#pragma once
#include <glib.h>

typedef enum {
    EVENT_NOTE, /* anything that has no row of its own */
    EVENT_INTERFACE_UP,
    EVENT_INTERFACE_DEGRADED,
    EVENT_INTERFACE_FAILED,
    EVENT_INTERFACE_DOWN,
    EVENT_INTERFACE_STUCK,
    EVENT_REASON,
    EVENT_CONFIG_ERROR,
    EVENT_CONFIG_WARNING,
    EVENT_LOCK_WAIT,
    EVENT_INTERRUPTED,
    EVENT_RECORD_LOST,
    EVENT_RUN_FAILED,
    EVENT_HOTPLUG,
    EVENT_RENAMED,
    EVENT_TRIAL_ENDED,
    EVENT_LAST
} LogEvent;

/** CODE= of the journal entry, e.g. "interface-failed"; never changes once released. */
const char *log_event_code(LogEvent event);
/** MESSAGE_ID= of the journal entry, 32 hexadecimal digits, or NULL for EVENT_NOTE. Never changes either. */
const char *log_event_id(LogEvent event);
