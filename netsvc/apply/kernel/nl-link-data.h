/* Options of links by netlink, straight from the rows of their family's tables; what netlink cannot carry or
 * refuses goes through sysfs. */
#pragma once
#include "apply/backend.h"
#include "apply/kernel/nl-batch.h"
#include "apply/kernel/nl-links.h"

/** Whether netlink can carry the setting (not: sysfs-only, unknown, an interface not there). */
gboolean nl_link_data_can_put(NlLinks *links, const LinkSetting *setting);
/** Appends one attribute; what nl_link_data_can_put() refuses is left out. */
void nl_link_data_put_setting(NlLinks *links, struct nl_msg *msg, const LinkSetting *setting);
/** Appends IFLA_LINKINFO with the kind and IFLA_INFO_DATA with all settings that it can carry.
 * @peer: the name of the other end of a pair that is made; NULL: it is none */
void nl_link_data_put(NlLinks *links, struct nl_msg *msg, const LinkFamily *family, const GPtrArray *settings,
                      const char *peer);
/** The change of an existing device; NULL without @error when netlink can carry none of the settings. */
struct nl_msg *nl_link_set(NlLinks *links, const NetOp *op, GError **error);
/** The same of a port. */
struct nl_msg *nl_port_set(NlLinks *links, const NetOp *op, GError **error);

/** After the answer to nl_link_add(): on a refusal makes the device with what must come first only and then
 * sets option by option; then writes the settings that netlink did not carry. Options that were refused are
 * notes naming them; one that must come first (a bond's mode) is the error. */
void nl_link_finish_add(NlBatch *batch, const NetOp *op, int code, const char *text, NetResult *result);
/** The same after nl_link_set() and nl_port_set(). */
void nl_link_finish_set(NlBatch *batch, const NetOp *op, int code, const char *text, NetResult *result);

/** Writes one setting of a LINK_SET or PORT_SET by sysfs alone. Returns: 0 or an errno; ENOENT where there is
 * no file for it. */
int nl_link_sysfs_set(const NetOp *op, const LinkSetting *setting);

/** The value of an attribute as normal text, or NULL. The reverse of nl_link_data_put_setting(). */
char *nl_link_data_text(NlLinks *links, const LinkOption *option, const struct nlattr *attr);
/** What IFLA_INFO_DATA or IFLA_INFO_SLAVE_DATA reports, by row; @data may be NULL. */
LinkValues *nl_link_data_values(NlLinks *links, const LinkFamily *family, const LinkTable *table,
                                struct nlattr *data);
