/* resolv.conf on disk, and who owns it. */
#pragma once
#include "plan/op.h"

/**
 * Reads /etc/resolv.conf, what was saved of it, and whose it is.
 * @root: NULL for "/"
 * @conf: initialised; its shares stay
 */
void resolver_read(const char *root, ResolvConf *conf);

typedef struct NetResolver NetResolver;
/** @root: NULL for "/" */
NetResolver *net_resolver_new(const char *root);
void net_resolver_free(NetResolver *self);
/** Carries out NET_OP_NAMES_SET and NET_OP_NAMES_DROP; nothing is written where nothing would change. */
gboolean net_resolver_run(NetResolver *self, const NetOp *op, GError **error);
