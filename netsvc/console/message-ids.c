/* The table of journal events. A new one needs a row here and a paragraph in units/netsvc.catalog; a test
 * compares the two. */
#include "console/message-ids.h"

static const struct {
    const char *code, *id;
} events[EVENT_LAST] = {
    [EVENT_NOTE] = {"note", NULL},
    [EVENT_INTERFACE_UP] = {"interface-up", "e8aea76fe9ee423b8696a0c35fc5c0d1"},
    [EVENT_INTERFACE_DEGRADED] = {"interface-degraded", "e8d7d71b7818406d9b82e4676859597f"},
    [EVENT_INTERFACE_FAILED] = {"interface-failed", "74446a8ea81f4679a4ceec54a98f08db"},
    [EVENT_INTERFACE_DOWN] = {"interface-down", "700c91ea7b1c48f98cf0a3681fdb5020"},
    [EVENT_INTERFACE_STUCK] = {"interface-stuck", "ea453dcf4fe0404c8564d420bb127748"},
    [EVENT_REASON] = {"reason", "29cc2752755d458696c906cf97f7b63b"},
    [EVENT_CONFIG_ERROR] = {"config-error", "d796b2fd01894ab2b9db9985717ac92f"},
    [EVENT_CONFIG_WARNING] = {"config-warning", "23d8cd55eba14c19a77b6ad4fffde76e"},
    [EVENT_LOCK_WAIT] = {"lock-wait", "5e00b7413946433a813001af6d8046d2"},
    [EVENT_INTERRUPTED] = {"interrupted", "70e37dd108b7463a9233980a8a7820dd"},
    [EVENT_RECORD_LOST] = {"record-lost", "a1d23c1570c5443d9a6890e290979866"},
    [EVENT_RUN_FAILED] = {"run-failed", "230edc70a37c42f8a7bdafa8b4c7b3dd"},
    [EVENT_HOTPLUG] = {"hotplug", "03d1110141c8463c9f1cf20d5c2bd2b7"},
    [EVENT_RENAMED] = {"renamed", "6913c63f706f4ff18140055b1ca5b422"},
    [EVENT_TRIAL_ENDED] = {"trial-ended", "6f0c1f0b5d9a4a3e8c57d2b94e61a7f3"},
};

const char *log_event_code(LogEvent event)
{
    return events[event].code;
}

const char *log_event_id(LogEvent event)
{
    return events[event].id;
}
