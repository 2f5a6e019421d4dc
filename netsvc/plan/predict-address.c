/* Addresses in the prediction. */
#include "plan/predict-private.h"
#include <errno.h>

static int address_add(NetObserved *picture, const ObservedLink *link, const NetAddress *wanted)
{
    if (net_observed_address(picture, link->ifindex, &wanted->prefix))
        return EEXIST;
    ObservedAddress *address = g_new0(ObservedAddress, 1);
    address->ifindex = link->ifindex;
    address->prefix = wanted->prefix;
    address->broadcast =
        wanted->broadcast.family ? wanted->broadcast : ifcfg_prefix_broadcast(&wanted->prefix);
    address->label = g_strdup(wanted->label ? wanted->label : link->name);
    address->scope = wanted->scope;
    net_observed_add_address(picture, address);
    return 0;
}

int predict_address_op(NetObserved *picture, const NetOp *op)
{
    const ObservedLink *link = predict_find(picture, op->dev);
    if (op->type == NET_OP_ADDR_ADD)
        return link ? address_add(picture, link, op->address) : ENODEV;
    const ObservedAddress *address =
        link ? net_observed_address(picture, link->ifindex, &op->address->prefix) : NULL;
    if (address) {
        net_observed_remove_address(picture, address);
        predict_routes_from_gone(picture, &op->address->prefix.ip);
    }
    return 0;
}

void predict_addresses_gone(NetObserved *picture, const ObservedLink *link)
{
    const GPtrArray *list;
    while ((list = net_observed_addresses_of(picture, link->ifindex)))
        net_observed_remove_address(picture, list->pdata[list->len - 1]);
}
