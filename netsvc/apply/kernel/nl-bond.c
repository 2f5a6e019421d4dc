/* What the bonding driver tells of a port. */
#include "apply/kernel/nl-bond.h"
#include "apply/kernel/nl-ports.h"
#include <linux/if_link.h>
#include <netlink/attr.h>

/* Bits of a port's LACP state (IEEE 802.1AX, 6.4.2.3); linux/if_bonding.h has them, but not beside net/if.h.
 */
enum { LACP_COLLECTING = 0x10, LACP_DISTRIBUTING = 0x20 };

/* BOND_LINK_UP of linux/if_bonding.h. */
enum { LINK_IS_UP = 0 };

static gboolean port_has_partner(struct nlattr *const *attrs)
{
    struct nlattr *actor = attrs[IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE];
    struct nlattr *partner = attrs[IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE];

    return actor && partner && nla_len(partner) >= 2 && nla_get_u8(actor) & LACP_DISTRIBUTING &&
           nla_get_u16(partner) & LACP_COLLECTING;
}

/* The driver looks at it every `miimon` ms, and takes its time (`updelay`). */
static gboolean port_is_in_use(struct nlattr *const *attrs)
{
    struct nlattr *status = attrs[IFLA_BOND_SLAVE_MII_STATUS];

    return status && nla_get_u8(status) == LINK_IS_UP;
}

/* The driver tells of a port's becoming active, but not of what the partner says later (bond_3ad.c
 * __record_pdu()), and a port that was active without a partner (ad_agg_selection_logic()) becomes so no
 * more. */
void nl_bond_read_port(ObservedLink *link, struct nlattr *const *attrs)
{
    if (nl_mac_is_zero(&link->perm_mac))
        link->perm_mac = nl_attr_mac(attrs[IFLA_BOND_SLAVE_PERM_HWADDR]);
    gboolean has_lacp = attrs[IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE] != NULL;
    link->port_is_ready = port_has_partner(attrs);
    link->port_is_used = port_is_in_use(attrs);
    link->port_is_silent = !link->port_is_ready && has_lacp;
}
