/* Netlink messages as parts of the picture of the kernel. */
#pragma once
#include "apply/kernel/nl-batch.h"
#include "apply/kernel/nl-links.h"
#include "state/nexthop.h"

/** One message each; @names: for the devices that a bond names. NULL for what does not belong into the
 * picture. */
ObservedLink *observe_link_parse(NlLinks *names, struct nlmsghdr *header);
/** What the AF_INET6 of a link's IFLA_AF_SPEC says of its settings; NULL: it has no IPv6. */
void observe_link_confs(ObservedLink *link, struct nlattr *inet6);
/** The same of AF_INET, of settings that no key is about. */
void observe_link_sysctls4(ObservedLink *link, struct nlattr *inet);
/** What new devices will have of net.ipv6.conf; as devices are born where the kernel has no IPv6. */
void observe_default_confs(NetObserved *observed);
/** The same of settings that no key is about. */
void observe_default_sysctls(NetObserved *observed);
ObservedAddress *observe_addr_parse(struct nlmsghdr *header);
/** FALSE: it is not one that somebody entered for good. */
gboolean observe_neighbour_parse(struct nlmsghdr *header, ObservedNeighbour *ret);
/** @links: for names of next hop devices. */
IfcfgRoute *observe_route_parse(struct nlmsghdr *header, const NetObserved *links);
IfcfgRule *observe_rule_parse(struct nlmsghdr *header);
NetNexthop *observe_nexthop_parse(struct nlmsghdr *header, const NetObserved *links);

/** Adds to the picture, or puts in the place of what is there, whatever a message is about. */
void observe_take(NlLinks *names, NetObserved *observed, struct nlmsghdr *header);
/** All messages of a dump (nl_batch_dump()). */
void observe_take_all(NlLinks *names, NetObserved *observed, const GByteArray *dump);

/** What the kernel told when it was asked for everything. */
typedef struct {
    GByteArray *links, *addresses, *nexthops, *routes, *rules, *neighbours;
} ObserveDumps;

/** Asks the kernel; the table of links learns from it. FALSE: @dumps is cleared. */
gboolean observe_dump(NlBatch *batch, ObserveDumps *dumps, GError **error);
void observe_dumps_clear(ObserveDumps *dumps);
/** Dump requests for one part of the picture. @type: RTM_GETADDR, RTM_GETNEXTHOP, RTM_GETROUTE or RTM_GETRULE
 */
GByteArray *observe_dump_part(NlBatch *batch, int type, GError **error);
/** Asks for the VLANs of bridges that filter them, where there is one, and of their ports. */
void observe_bridge_vlans(NlBatch *batch, NetObserved *observed);
/** The picture of it, without what observe_host() adds. */
NetObserved *observe_build(NlBatch *batch, const ObserveDumps *dumps);
/** What files and programs of this host tell, and no message of the kernel: drivers, defaults of new devices,
 * name servers, clients, managers. */
void observe_host(NetObserved *observed);

/** Asks the kernel for one link and puts it into the picture, with all of it that no message carries. FALSE:
 * it is not there. */
gboolean observe_refresh_link(NlBatch *batch, NetObserved *observed, const char *name);
/** The same, with the ports of that link. */
void observe_refresh_with_ports(NlBatch *batch, NetObserved *observed, const char *name);
/** The same for all links, by one request. FALSE: they could not be read. */
gboolean observe_refresh_links(NlBatch *batch, NetObserved *observed);

/** One link by name, or NULL when it is not there. */
ObservedLink *observe_link(NlBatch *batch, const char *name);
