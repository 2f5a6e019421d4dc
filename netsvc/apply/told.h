/* Programs of others that are told something: who owns resolv.conf, firewalld, NetworkManager. */
#pragma once
#include "apply/backend.h"

typedef struct NetTold NetTold;

NetTold *net_told_new(void);
void net_told_free(NetTold *self);
/** Carries out an operation about names, a zone or NetworkManager. @ifindex: of its device, 0: it is gone.
 * @done is called at once or from the main loop. */
void net_told_start(NetTold *self, const NetOp *op, int ifindex, NetOpDone done, gpointer data);
/** Ends what is under way. */
void net_told_cancel(NetTold *self);
