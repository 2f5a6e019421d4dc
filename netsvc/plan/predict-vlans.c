/* VLANs of bridges and their ports in the prediction (net/bridge/br_vlan.c). What the bridge enters by
 * itself, its default_pvid, is asked for anew, which changes nothing. */
#include "bridge-vlans.h"
#include "plan/predict-private.h"
#include <errno.h>

int predict_vlans_op(NetObserved *picture, const NetOp *op)
{
    ObservedLink *link = predict_find(picture, op->dev);
    if (!link)
        return ENODEV;
    if (!op->vlans.is_self && !link->master)
        return EOPNOTSUPP;
    g_autofree BridgeVlans *now = bridge_vlans_parse(link->vlans, NULL),
                           *meant = bridge_vlans_parse(op->vlans.list, NULL);
    for (guint16 id = BRIDGE_VLAN_FIRST; id <= BRIDGE_VLAN_LAST; id++)
        if (meant->flags[id])
            bridge_vlans_set(now, id, op->type == NET_OP_VLANS_ADD ? meant->flags[id] : 0);
    g_free(link->vlans);
    link->vlans = bridge_vlans_format(now);
    return 0;
}
