/* Lists of elements by a key, as the index of the link that they belong to. Private to this room. */
#pragma once
#include <glib.h>

/** Removes an element from a list, whose order stays. It is looked for from the end: that is where most go.
 * Returns: whether it was there */
gboolean list_drop(GPtrArray *list, gconstpointer element);

/** Adds to the list of a key, in tables that free their keys by g_free(). @key: taken over */
void lists_add(GHashTable *lists, gpointer key, gpointer element);
/** A list ends with its last element; what is not there is no matter. */
void lists_remove(GHashTable *lists, gconstpointer key, gconstpointer element);

/** ifindex -> GPtrArray of elements, which stay their owner's. */
GHashTable *index_lists_new(void);
/** The list of an index, made if there is none. */
GPtrArray *index_lists_get(GHashTable *self, int ifindex);
void index_lists_add(GHashTable *self, int ifindex, gpointer element);
void index_lists_remove(GHashTable *self, int ifindex, gpointer element);
