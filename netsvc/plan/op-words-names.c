/* Operations that tell others something (name servers, zones, NetworkManager), in words. */
#include "i18n.h"
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

void op_format_manager_leave(GString *line, G_GNUC_UNUSED const NetOp *op)
{
    g_string_append(line, "ask NetworkManager to leave it alone");
}

char *op_waiting_manager_leave(const NetOp *op)
{
    return g_strdup_printf(_("%s: NetworkManager to let go of it"), op->dev);
}
