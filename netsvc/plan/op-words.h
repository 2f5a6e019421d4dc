/* Operations in words, as the members of NetOpKind want them. Private to plan/op-*.c. */
#pragma once
#include "plan/op.h"

void op_format_lease_get(GString *line, const NetOp *op);
char *op_waiting_lease_get(const NetOp *op);
void op_format_lease_drop(GString *line, const NetOp *op);
char *op_attempt_lease_drop(const NetOp *op);
char *op_waiting_lease_drop(const NetOp *op);
void op_format_ethtool_set(GString *line, const NetOp *op);
char *op_attempt_ethtool_set(const NetOp *op);
char *op_waiting_ethtool_set(const NetOp *op);
void op_format_hook_run(GString *line, const NetOp *op);
char *op_waiting_hook_run(const NetOp *op);
void op_format_vlans_add(GString *line, const NetOp *op);
char *op_attempt_vlans_add(const NetOp *op);
void op_format_vlans_delete(GString *line, const NetOp *op);
char *op_attempt_vlans_delete(const NetOp *op);
void op_format_nexthop_set(GString *line, const NetOp *op);
char *op_attempt_nexthop_set(const NetOp *op);
void op_format_nexthop_delete(GString *line, const NetOp *op);
char *op_attempt_nexthop_delete(const NetOp *op);
void op_format_teamd_start(GString *line, const NetOp *op);
char *op_attempt_teamd_start(const NetOp *op);
void op_format_teamd_stop(GString *line, const NetOp *op);
char *op_attempt_teamd_stop(const NetOp *op);
char *op_waiting_teamd(const NetOp *op);
void op_format_names_set(GString *line, const NetOp *op);
void op_format_names_drop(GString *line, const NetOp *op);
void op_format_manager_leave(GString *line, const NetOp *op);
char *op_waiting_manager_leave(const NetOp *op);
void op_format_zone_set(GString *line, const NetOp *op);
void op_format_zone_drop(GString *line, const NetOp *op);
