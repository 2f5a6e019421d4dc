/* Lists of elements by a key. */
#include "state/index-lists.h"
#include <string.h>

/* An IndexList that grows; its key is behind it. */
typedef struct {
    IndexList list;
    gpointer one; /* as long as there is no other */
    guint room;
} Bucket;

/* Returns: its place, or @len: it is not there. */
static guint place_of(gpointer const *pdata, guint len, gconstpointer element)
{
    guint low = 0, high = len;
    while (low < high && pdata[low] != element && pdata[high - 1] != element) {
        low++;
        high--;
    }
    if (low >= high)
        return len;
    return pdata[low] == element ? low : high - 1;
}

gboolean list_drop(GPtrArray *list, gconstpointer element)
{
    guint place = place_of(list->pdata, list->len, element);
    if (place == list->len)
        return FALSE;
    g_ptr_array_remove_index(list, place);
    return TRUE;
}

static Bucket *bucket_new(gconstpointer key, gsize size)
{
    Bucket *self = g_malloc(sizeof *self + size);
    *self = (Bucket){.list = {&self->one, 0}, .room = 1};
    memcpy(self + 1, key, size);
    return self;
}

static void bucket_free(Bucket *self)
{
    if (self->list.pdata != &self->one)
        g_free(self->list.pdata);
    g_free(self);
}

static void bucket_add(Bucket *self, gpointer element)
{
    gboolean is_in_place = self->list.pdata == &self->one;
    if (self->list.len == self->room) {
        self->room *= 2;
        self->list.pdata = g_renew(gpointer, is_in_place ? NULL : self->list.pdata, self->room);
        if (is_in_place)
            self->list.pdata[0] = self->one;
    }
    self->list.pdata[self->list.len++] = element;
}

GHashTable *lists_new(GHashFunc hash, GEqualFunc equal)
{
    return g_hash_table_new_full(hash, equal, NULL, (GDestroyNotify)bucket_free);
}

void lists_add(GHashTable *lists, gconstpointer key, gsize size, gpointer element)
{
    Bucket *bucket = g_hash_table_lookup(lists, key);
    if (!bucket) {
        bucket = bucket_new(key, size);
        g_hash_table_insert(lists, bucket + 1, bucket);
    }
    bucket_add(bucket, element);
}

void lists_remove(GHashTable *lists, gconstpointer key, gconstpointer element)
{
    IndexList *list = g_hash_table_lookup(lists, key);
    guint place = list ? place_of(list->pdata, list->len, element) : 0;
    if (!list || place == list->len)
        return;
    list->len--;
    memmove(list->pdata + place, list->pdata + place + 1, (list->len - place) * sizeof(gpointer));
    if (!list->len)
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
    GPtrArray *list = g_hash_table_lookup(self, GINT_TO_POINTER(ifindex));
    if (list)
        list_drop(list, element);
    if (list && !list->len)
        g_hash_table_remove(self, GINT_TO_POINTER(ifindex));
}
