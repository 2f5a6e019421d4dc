/* One netlink message an operation: builders by type, and the words for what the kernel answers. */
#pragma once
#include "apply/backend.h"
#include "apply/kernel/nl-batch.h"
#include "apply/kernel/nl-links.h"

/* By number: the build machine's headers may be older than the kernel that runs. */
enum { NL_ADDR_PROTO = 11 /* IFA_PROTO, Linux 5.18 */ };

/* Each returns a new message, or NULL with @error (the device is not there). */
struct nl_msg *nl_link_add(NlLinks *links, const NetOp *op, GError **error);
struct nl_msg *nl_link_delete(NlLinks *links, const NetOp *op, GError **error);
struct nl_msg *nl_link_up(NlLinks *links, const NetOp *op, GError **error);
struct nl_msg *nl_link_down(NlLinks *links, const NetOp *op, GError **error);
struct nl_msg *nl_link_attr(NlLinks *links, const NetOp *op, GError **error);
struct nl_msg *nl_port_add(NlLinks *links, const NetOp *op, GError **error);
struct nl_msg *nl_port_remove(NlLinks *links, const NetOp *op, GError **error);
struct nl_msg *nl_vlans_add(NlLinks *links, const NetOp *op, GError **error);
struct nl_msg *nl_vlans_delete(NlLinks *links, const NetOp *op, GError **error);
struct nl_msg *nl_neighbour_add(NlLinks *links, const NetOp *op, GError **error);
/** Asks for all proxies of neighbours. */
struct nl_msg *nl_proxies_get(void);
struct nl_msg *nl_addr_add(NlLinks *links, const NetOp *op, GError **error);
struct nl_msg *nl_addr_delete(NlLinks *links, const NetOp *op, GError **error);
struct nl_msg *nl_nexthop_set(NlLinks *links, const NetOp *op, GError **error);
struct nl_msg *nl_nexthop_delete(NlLinks *links, const NetOp *op, GError **error);
/** Asks for all nexthop objects. */
struct nl_msg *nl_nexthops_get(void);
struct nl_msg *nl_route_add(NlLinks *links, const NetOp *op, GError **error);
struct nl_msg *nl_route_delete(NlLinks *links, const NetOp *op, GError **error);
struct nl_msg *nl_rule_add(NlLinks *links, const NetOp *op, GError **error);
struct nl_msg *nl_rule_delete(NlLinks *links, const NetOp *op, GError **error);

/** An RTM_NEWLINK or RTM_DELLINK message with its header. */
struct nl_msg *nl_link_message(int type, int flags, int ifindex, guint32 if_flags, guint32 if_change);
/** The question for one link, or with NULL for a dump of all; without statistics. */
struct nl_msg *nl_link_get(const char *name);

/** Sets one row of link_attributes. */
struct nl_msg *nl_link_set_attribute(NlLinks *links, const char *dev, const LinkSetting *setting,
                                     GError **error);

/** What is made of the answer: an error, unless it means that what was wanted is so. */
void nl_op_finish(NlBatch *batch, const NetOp *op, int code, const char *text, NetResult *result);
/** The same of nexthop objects, which are no loss where there is no carrier. */
void nl_nexthop_finish(NlBatch *batch, const NetOp *op, int code, const char *text, NetResult *result);
/** The same of nl_route_add() and nl_port_add(), which are tried again first. */
void nl_route_finish_add(NlBatch *batch, const NetOp *op, int code, const char *text, NetResult *result);
void nl_port_finish_add(NlBatch *batch, const NetOp *op, int code, const char *text, NetResult *result);
/** A sentence an administrator understands, made of errno and the kernel's own words. */
void nl_op_set_error(const NetOp *op, int code, const char *text, GError **error);
/** "Operation not permitted (kernel: text)". */
char *nl_error_words(int code, const char *text);

/**
 * Deletes many links at once: they are put into a link group of their own, and the group is deleted with one
 * message, so that the kernel waits once and not once a link. @ops: NET_OP_LINK_DELETE. Returns: FALSE when
 * that was not possible, some may be gone; else the table of links has been read again and tells which are
 * left.
 */
gboolean nl_link_delete_group(NlBatch *batch, const GPtrArray *ops);
