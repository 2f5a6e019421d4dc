/* What stands on another device, in the prediction: VLANs, macvlans, ipvlans (net/8021q/vlan_dev.c,
 * drivers/net/macvlan.c, drivers/net/ipvlan/ipvlan_main.c). */
#include "plan/predict-private.h"
#include <errno.h>
#include <net/if.h>

gboolean predict_has_vlans(const NetObserved *picture, const ObservedLink *link)
{
    const GPtrArray *uppers = net_observed_uppers_of(picture, link->ifindex);
    for (guint i = 0; uppers && i < uppers->len; i++)
        if (predict_is_kind(uppers->pdata[i], "vlan"))
            return TRUE;
    return FALSE;
}

/* vlan_dev_open() takes over what has changed while it was down. */
static int vlan_open(NetObserved *picture, ObservedLink *vlan)
{
    const ObservedLink *lower = predict_find_index(picture, vlan->lower);
    if (lower && !(lower->flags & IFF_UP))
        return ENETDOWN;
    if (lower && vlan->mac_assigned == NET_MAC_STOLEN)
        predict_link_set_mac(picture, vlan, &lower->mac, NET_MAC_STOLEN);
    return 0;
}

/* ipvlan_open(): whether it looks for neighbours is a matter of its mode. */
static int ipvlan_open(NetObserved *picture, ObservedLink *link)
{
    guint32 before = link->flags;
    gboolean is_l2 = !g_strcmp0(link_values_find(link->own, "mode"), "l2");
    link->flags = is_l2 ? before & ~(guint32)IFF_NOARP : before | IFF_NOARP;
    if (link->flags != before)
        predict_forget_neighbours(picture, link);
    return 0;
}

const PredictDriver predict_vlan = {.kind = "vlan", .open = vlan_open};
const PredictDriver predict_macvlan = {.kind = "macvlan", .takes_lower = TRUE};
const PredictDriver predict_macvtap = {.kind = "macvtap", .takes_lower = TRUE};
const PredictDriver predict_ipvlan = {.kind = "ipvlan",
                                      .takes_lower = TRUE,
                                      .follows_lower = TRUE,
                                      .takes_no_vlans = TRUE,
                                      .is_no_port = TRUE,
                                      .open = ipvlan_open};
const PredictDriver predict_ipvtap = {.kind = "ipvtap",
                                      .takes_lower = TRUE,
                                      .follows_lower = TRUE,
                                      .takes_no_vlans = TRUE,
                                      .is_no_port = TRUE,
                                      .open = ipvlan_open};
