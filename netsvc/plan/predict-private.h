/* The parts of the prediction, by what an operation is about. Private to plan/predict*.c. */
#pragma once
#include "plan/predict.h"

/** The link of that name, to be changed; NULL for none. */
ObservedLink *predict_find(const NetObserved *picture, const char *name);

/* What happens to a link, whatever caused it. */
void predict_link_up(NetObserved *picture, ObservedLink *link);
void predict_link_down(NetObserved *picture, ObservedLink *link);
void predict_link_mac(NetObserved *picture, ObservedLink *link, const IfcfgMac *mac);
void predict_link_mtu(NetObserved *picture, ObservedLink *link, guint32 mtu);
void predict_port_release(NetObserved *picture, ObservedLink *port);
/** A new link with the kernel's defaults for its kind; down. */
ObservedLink *predict_link_new(NetObserved *picture, const NetOp *op);

int predict_link_op(NetObserved *picture, const NetOp *op);
int predict_address_op(NetObserved *picture, const NetOp *op);
int predict_route_op(NetObserved *picture, const NetOp *op);
int predict_rule_op(NetObserved *picture, const NetOp *op);

/* The bonding driver's own. */
gboolean predict_is_bond(const ObservedLink *link);
void predict_bond_init(NetObserved *picture, ObservedLink *bond, const NetOp *op);
/** Sets what the driver accepts. Returns: 0, or the errno of the first refusal */
int predict_bond_set(NetObserved *picture, ObservedLink *bond, const GPtrArray *settings);
/** Sets the options of a port. */
int predict_port_set(ObservedLink *port, const NetOp *op);
int predict_bond_enslave(NetObserved *picture, ObservedLink *bond, ObservedLink *port);
void predict_bond_release(NetObserved *picture, ObservedLink *bond, ObservedLink *port);

/* What falls in layer 3 when a link or an address goes. */
void predict_addresses_gone(NetObserved *picture, const ObservedLink *link);
void predict_routes_of_dev_gone(NetObserved *picture, const char *dev);
void predict_routes_from_gone(NetObserved *picture, const IfcfgIp *source);
