/* Objects that are borrowed by many and freed together. */
#pragma once
#include <glib.h>

typedef struct NetPool NetPool;

NetPool *net_pool_new(void);
void net_pool_free(NetPool *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NetPool, net_pool_free)
/** Takes an object, to be freed by @destroy with the pool. Returns the object. */
gpointer net_pool_keep(NetPool *self, gpointer object, GDestroyNotify destroy);
/** Takes a string. */
const char *net_pool_text(NetPool *self, char *text);
