/* The families by name, for the code that is about one of them alone. */
#pragma once
#include "link-options.h"

extern const LinkFamily bridge_family, vlan_family, macvlan_family, macvtap_family, ipvlan_family,
    ipvtap_family, vrf_family, ipoib_family, dummy_family, ifb_family, veth_family, team_family, gre_family,
    gretap_family, ip6gre_family, ipip_family, ip6tnl_family, sit_family, vxlan_family, tun_family;

/** bridge-check.c */
void bridge_check(LinkSettings *settings, const LinkCheck *check);
