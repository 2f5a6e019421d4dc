/* Parts of ETHTOOL_OPTS as operations: by netlink, or by the program ethtool what netlink does not have. */
#pragma once
#include "apply/kernel/ethtool.h"
#include "apply/runner.h"

typedef struct NetEthtoolOps NetEthtoolOps;

NetEthtoolOps *net_ethtool_ops_new(NetRunner *runner);
/** Not while anything is under way. */
void net_ethtool_ops_free(NetEthtoolOps *self);

/** Carries out one NET_OP_ETHTOOL_SET; @done is called at once or from the main loop. */
void net_ethtool_ops_start(NetEthtoolOps *self, const NetOp *op, NetOpDone done, gpointer data);
/** Ends the pauses that are under way; programs are the runner's. */
void net_ethtool_ops_cancel(NetEthtoolOps *self);

/** From now on it observes the devices of this model. */
void net_ethtool_ops_attend(NetEthtoolOps *self, const NetModel *model);
/** Reads into the picture what the devices of that model, if there is one, report of their ETHTOOL_OPTS.
 * @dev: of this device and its ports alone; NULL: of all */
void net_ethtool_ops_observe(NetEthtoolOps *self, const char *dev, NetObserved *observed);
