/* Operations about name servers and zones, in words. */
#include "plan/op-words.h"

void op_format_names_set(GString *line, const NetOp *op)
{
    g_autofree char *names = net_names_format(op->names.share);
    g_string_append_printf(line, "set %s", names);
}

void op_format_names_drop(GString *line, G_GNUC_UNUSED const NetOp *op)
{
    g_string_append(line, "take its name servers back");
}

void op_format_zone_set(GString *line, const NetOp *op)
{
    g_string_append_printf(line, "put into the zone %s of firewalld", op->zone.name);
}

void op_format_zone_drop(GString *line, G_GNUC_UNUSED const NetOp *op)
{
    g_string_append(line, "take out of its zone of firewalld");
}
