/* Sources of the loop that is turned now. */
#include "apply/source.h"

GSource *source_timer(guint after_ms, GSourceFunc function, gpointer data)
{
    GSource *source = g_timeout_source_new(after_ms);
    g_source_set_callback(source, function, data, NULL);
    g_source_attach(source, g_main_context_get_thread_default());
    return source;
}

void source_clear(GSource **source)
{
    if (!*source)
        return;
    g_source_destroy(*source);
    g_clear_pointer(source, g_source_unref);
}
