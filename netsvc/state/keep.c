/* What is large and is needed to the end of a process goes with it. */
#include "state/keep.h"

/* Whoever looks for memory that nobody knows of any more finds it here. */
static GPtrArray *kept;

void process_keep(gpointer thing)
{
    if (!kept)
        kept = g_ptr_array_new();
    g_ptr_array_add(kept, thing);
}
