/* A child in namespaces of its own, where a rehearsal can do what it likes. */
#pragma once
#include "apply/net-error.h"

/** What a child does. Returns: its result, or NULL with @error. */
typedef GBytes *(*ApartBody)(gpointer data, GError **error);

/**
 * Runs @body in a child with network, mount and process namespaces of its own, in which every other file
 * system is read-only, and /run and /proc are its own. It ends, with all that it has made, when this process
 * does, however that ends.
 * Returns: the result of @body; NULL with @error: the child could not be made, or had an error itself
 */
GBytes *apart_run(ApartBody body, gpointer data, GError **error);

/** Goes on to another network namespace, whose devices /sys shows from now on. Returns: a descriptor of the
 * one before, or -1 with @error. */
int apart_next_network(GError **error);
