/* Transient units for who has nothing else to do meanwhile, in a loop of its own. */
#include "apply/net-error.h"
#include "apply/source.h"
#include "apply/units.h"
#include <errno.h>

typedef struct {
    GMainContext *context;
    NetUnits *units;
    GError *error;
    gboolean is_done;
} Wait;

/* Events of others must not be handled in here. */
static Wait wait_begin(const char *root)
{
    Wait wait = {.context = g_main_context_new()};
    g_main_context_push_thread_default(wait.context);
    wait.units = net_units_new(root);
    return wait;
}

static void waited_for(G_GNUC_UNUSED int status, const GError *error, gpointer data)
{
    Wait *wait = data;
    wait->error = error ? g_error_copy(error) : NULL;
    wait->is_done = TRUE;
}

static gboolean wait_expired(gpointer data)
{
    g_autoptr(GError) error = g_error_new_literal(NET_ERROR, ETIMEDOUT, g_strerror(ETIMEDOUT));
    waited_for(0, error, data);
    return G_SOURCE_REMOVE;
}

static gboolean wait_end(Wait *wait, guint limit_ms, GError **error)
{
    GSource *timer = source_timer(limit_ms, wait_expired, wait);
    while (!wait->is_done)
        g_main_context_iteration(wait->context, TRUE);
    source_clear(&timer);
    net_units_free(wait->units);
    g_main_context_pop_thread_default(wait->context);
    g_main_context_unref(wait->context);
    if (!wait->error)
        return TRUE;
    g_propagate_error(error, wait->error);
    return FALSE;
}

gboolean net_unit_start_now(const char *root, const NetUnitSetup *setup, guint limit_ms, GError **error)
{
    Wait wait = wait_begin(root);
    wait.is_done = !net_unit_start(wait.units, setup, waited_for, &wait, &wait.error);
    return wait_end(&wait, limit_ms, error);
}

gboolean net_unit_stop_now(const char *root, const char *name, guint limit_ms, GError **error)
{
    Wait wait = wait_begin(root);
    net_unit_stop(wait.units, name, waited_for, &wait);
    return wait_end(&wait, limit_ms, error);
}
