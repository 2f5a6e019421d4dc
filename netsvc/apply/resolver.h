/* resolv.conf on disk, and who owns it. */
#pragma once
#include "apply/backend.h"
#include "apply/bus.h"

/**
 * Reads /etc/resolv.conf, what was saved of it, and whose it is.
 * @root: NULL for "/"
 * @conf: initialised; its shares stay
 */
void resolver_read(const char *root, ResolvConf *conf);

typedef struct NetResolver NetResolver;
/** @root: NULL for "/"; @bus: for systemd-resolved, outlives it */
NetResolver *net_resolver_new(const char *root, NetBus *bus);
void net_resolver_free(NetResolver *self);
/**
 * Carries out NET_OP_NAMES_SET and NET_OP_NAMES_DROP: edits the file, in which nothing is written where
 * nothing would change; or tells who owns it, systemd-resolved or the program resolvconf.
 * @ifindex: of the device; 0: it is gone
 * @done: called at once, or from the main loop
 */
void net_resolver_start(NetResolver *self, const NetOp *op, int ifindex, NetOpDone done, gpointer data);
/** Ends what is under way. */
void net_resolver_cancel(NetResolver *self);
