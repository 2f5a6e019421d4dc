/* Operations about nexthop objects in words. */
#include "i18n.h"
#include "plan/op-words.h"

static void append(GString *line, const char *verb, const NetOp *op)
{
    g_autofree char *text = net_nexthop_format(op->nexthop.item);
    g_string_append_printf(line, "%s nexthop object %s", verb, text);
}

void op_format_nexthop_set(GString *line, const NetOp *op)
{
    append(line, op->nexthop.replaces ? "add or replace" : "add", op);
}

char *op_attempt_nexthop_set(const NetOp *op)
{
    g_autofree char *text = net_nexthop_format(op->nexthop.item);
    return g_strdup_printf(_("cannot set the nexthop object %s"), text);
}

void op_format_nexthop_delete(GString *line, const NetOp *op)
{
    append(line, "remove", op);
}

char *op_attempt_nexthop_delete(const NetOp *op)
{
    g_autofree char *text = net_nexthop_format(op->nexthop.item);
    return g_strdup_printf(_("cannot remove the nexthop object %s"), text);
}
