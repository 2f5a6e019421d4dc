/* How an operation ends that a back end has started. */
#pragma once
#include "apply/backend.h"

typedef struct {
    GError *error;
    guint times;
} Ending;

/** A NetOpDone; @data: an Ending, cleared. */
static inline void op_ended(G_GNUC_UNUSED const NetOp *op, NetResult *result, gpointer data)
{
    Ending *ending = data;
    ending->error = g_steal_pointer(&result->error);
    ending->times++;
}

/** Waits for it; it must end once. Returns whether it was done. */
static inline gboolean ending_await(Ending *ending, GError **error)
{
    while (!ending->times)
        g_main_context_iteration(NULL, TRUE);
    g_assert_cmpuint(ending->times, ==, 1);
    if (!ending->error)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&ending->error));
    return FALSE;
}
