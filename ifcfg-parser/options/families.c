/* The array of all kinds of links. To add one: its table, a row here. */
#include "families.h"
#include "bond-family.h"

static const LinkFamily *const families[] = {
    &bond_family,   &bridge_family, &vlan_family,   &macvlan_family, &macvtap_family,
    &ipvlan_family, &ipvtap_family, &vrf_family,    &ipoib_family,   &dummy_family,
    &ifb_family,    &veth_family,   &team_family,   &gre_family,     &gretap_family,
    &ip6gre_family, &ipip_family,   &ip6tnl_family, &sit_family,     &vxlan_family,
    &tun_family,    NULL,
};

const LinkFamily *link_family_find(const char *kind)
{
    for (const LinkFamily *const *family = families; kind && *family; family++)
        if (g_str_equal((*family)->kind, kind))
            return *family;
    return NULL;
}

const LinkFamily *link_family_nth(guint index)
{
    return index < G_N_ELEMENTS(families) ? families[index] : NULL;
}

gboolean link_families_claim(const IfcfgRecord *record)
{
    for (const LinkFamily *const *family = families; *family; family++)
        if ((*family)->own.list && !(*family)->port.list && ifcfg_record_get(record, (*family)->own.list))
            return TRUE;
    return FALSE;
}
