/* Objects that are borrowed by many and freed together. */
#include "plan/pool.h"

typedef struct {
    gpointer object;
    GDestroyNotify destroy;
} Kept;

struct NetPool {
    GArray *kept;
};

NetPool *net_pool_new(void)
{
    NetPool *self = g_new0(NetPool, 1);
    self->kept = g_array_new(FALSE, FALSE, sizeof(Kept));
    return self;
}

void net_pool_free(NetPool *self)
{
    if (!self)
        return;
    for (guint i = 0; i < self->kept->len; i++) {
        const Kept *kept = &g_array_index(self->kept, Kept, i);
        kept->destroy(kept->object);
    }
    g_array_unref(self->kept);
    g_free(self);
}

gpointer net_pool_keep(NetPool *self, gpointer object, GDestroyNotify destroy)
{
    Kept kept = {.object = object, .destroy = destroy};
    g_array_append_val(self->kept, kept);
    return object;
}

const char *net_pool_text(NetPool *self, char *text)
{
    return net_pool_keep(self, text, g_free);
}
