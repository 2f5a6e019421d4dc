/* Bond options by netlink, straight from the rows of the option table; what netlink cannot carry or refuses
 * goes through sysfs. */
#pragma once
#include "apply/backend.h"
#include "apply/kernel/nl-batch.h"
#include "apply/kernel/nl-links.h"

/** Whether netlink can carry the setting in the bond's own message (not: sysfs-only, unknown, per port, an
 * interface not there). */
gboolean nl_bond_can_put(NlLinks *links, const BondSetting *setting);
/** Appends one attribute; what nl_bond_can_put() refuses is left out. */
void nl_bond_put_setting(NlLinks *links, struct nl_msg *msg, const BondSetting *setting);
/** Appends IFLA_INFO_DATA with all settings that it can carry. */
void nl_bond_put_settings(NlLinks *links, struct nl_msg *msg, const GPtrArray *settings);
/** The change of an existing bond; NULL without @error when netlink can carry none of the settings. */
struct nl_msg *nl_bond_set(NlLinks *links, const NetOp *op, GError **error);

/** After the answer to nl_link_add(): on a refusal makes the bond with its mode only and then sets option by
 * option; then writes the settings that netlink did not carry. Options that were refused are notes naming
 * them; a refused mode is the error. */
void nl_bond_finish_add(NlBatch *batch, const NetOp *op, int code, const char *text, NetResult *result);
/** The same after nl_bond_set(). */
void nl_bond_finish_set(NlBatch *batch, const NetOp *op, int code, const char *text, NetResult *result);

/** The value of a bond's attribute as normal text, or NULL. The reverse of nl_bond_put_setting(). */
char *nl_bond_text_of_attr(NlLinks *links, const BondOption *option, const struct nlattr *attr);
