/* Netlink messages as parts of the picture of the kernel. */
#pragma once
#include "apply/kernel/nl-batch.h"
#include "apply/kernel/nl-links.h"
#include "state/observed.h"

/** One message each; @names: for the devices that a bond names. NULL for what does not belong into the
 * picture. */
ObservedLink *observe_link_parse(NlLinks *names, struct nlmsghdr *header);
ObservedAddress *observe_addr_parse(struct nlmsghdr *header);
/** @links: for names of next hop devices. */
IfcfgRoute *observe_route_parse(struct nlmsghdr *header, const NetObserved *links);
IfcfgRule *observe_rule_parse(struct nlmsghdr *header);

/** One link by name, or NULL when it is not there. */
ObservedLink *observe_link(NlBatch *batch, const char *name);

/** Whether LACP is done on any port of this bond. */
gboolean observe_lacp_done(NlBatch *batch, int bond_ifindex);

/** The whole picture over a socket that is open already. */
NetObserved *observe_all(NlBatch *batch, GError **error);
