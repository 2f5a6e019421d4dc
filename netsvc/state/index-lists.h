/* Lists of elements by a key, as the index of the link that they belong to. */
#pragma once
#include <glib.h>

/** Removes an element from a list, whose order stays. It is looked for from both ends: that is where most go.
 * Returns: whether it was there */
gboolean list_drop(GPtrArray *list, gconstpointer element);

/** One of them: elements, and how many. */
typedef struct {
    gpointer *pdata;
    guint len;
} IndexList;

/** Tables of such lists; the elements stay their owner's. Nearly all lists have one element, which costs one
 * piece of memory with its key. */
GHashTable *lists_new(GHashFunc hash, GEqualFunc equal);
/** Adds to the list of a key of a table made by lists_new(). @key, @size: copied if there is no list yet */
void lists_add(GHashTable *lists, gconstpointer key, gsize size, gpointer element);
/** A list ends with its last element; what is not there is no matter. */
void lists_remove(GHashTable *lists, gconstpointer key, gconstpointer element);

/** ifindex -> GPtrArray of elements, which stay their owner's. */
GHashTable *index_lists_new(void);
/** The list of an index, made if there is none. */
GPtrArray *index_lists_get(GHashTable *self, int ifindex);
void index_lists_add(GHashTable *self, int ifindex, gpointer element);
void index_lists_remove(GHashTable *self, int ifindex, gpointer element);
