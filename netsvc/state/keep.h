/* What is large and is needed to the end of a process goes with it. */
#pragma once
#include <glib.h>

/**
 * Takes @thing, which is never freed: to free the model of a thousand interfaces, and what the kernel has of
 * them, piece by piece takes a tenth of the time of a run, which ends after that. Not for what a process has
 * more than once.
 */
void process_keep(gpointer thing);
