/* What the bonding driver tells of a port: whether LACP has come to terms with the switch, and the address
 * that the port had before. */
#pragma once
#include "state/observed.h"
#include <netlink/attr.h>

/** @attrs: IFLA_BOND_SLAVE_* */
void nl_bond_read_port(ObservedLink *link, struct nlattr *const *attrs);
