/* Lists of elements by a key. */
#include "state/index-lists.h"

gboolean list_drop(GPtrArray *list, gconstpointer element)
{
    guint low = 0, high = list->len;
    while (low < high && list->pdata[low] != element && list->pdata[high - 1] != element) {
        low++;
        high--;
    }
    if (low >= high)
        return FALSE;
    g_ptr_array_remove_index(list, list->pdata[low] == element ? low : high - 1);
    return TRUE;
}

GHashTable *lists_new(GHashFunc hash, GEqualFunc equal)
{
    return g_hash_table_new_full(hash, equal, g_free, (GDestroyNotify)g_ptr_array_unref);
}

void lists_add(GHashTable *lists, gpointer key, gpointer element)
{
    GPtrArray *list = g_hash_table_lookup(lists, key);
    if (list) {
        g_free(key);
    } else {
        list = g_ptr_array_new();
        g_hash_table_insert(lists, key, list);
    }
    g_ptr_array_add(list, element);
}

void lists_remove(GHashTable *lists, gconstpointer key, gconstpointer element)
{
    GPtrArray *list = g_hash_table_lookup(lists, key);
    if (list)
        list_drop(list, element);
    if (list && !list->len)
        g_hash_table_remove(lists, key);
}

GHashTable *index_lists_new(void)
{
    return g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
}

GPtrArray *index_lists_get(GHashTable *self, int ifindex)
{
    GPtrArray *list = g_hash_table_lookup(self, GINT_TO_POINTER(ifindex));
    if (!list) {
        list = g_ptr_array_new();
        g_hash_table_insert(self, GINT_TO_POINTER(ifindex), list);
    }
    return list;
}

void index_lists_add(GHashTable *self, int ifindex, gpointer element)
{
    g_ptr_array_add(index_lists_get(self, ifindex), element);
}

void index_lists_remove(GHashTable *self, int ifindex, gpointer element)
{
    lists_remove(self, GINT_TO_POINTER(ifindex), element);
}
