/* Programs of the administrator that are run when an interface comes up or goes down. hooks/README.md is the
 * contract. */
#pragma once
#include <glib.h>

typedef enum {
    NET_HOOK_PRE_UP,
    NET_HOOK_UP,
    NET_HOOK_PRE_DOWN,
    NET_HOOK_DOWN,
    NET_HOOK_LAST,
} NetHookEvent;

typedef struct {
    NetHookEvent event;
    char *path;      /* on the system that it is for: without --root */
    gboolean is_old; /* one of those that network-scripts had, with its arguments */
} NetHook;

/** "pre-up" */
const char *net_hook_event_name(NetHookEvent event);

/** Those that are there and executable, in the order in which they are run: GPtrArray of NetHook*. @root:
 * NULL for "/" */
GPtrArray *net_hooks_load(const char *root);
