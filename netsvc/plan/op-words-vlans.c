/* Operations about the VLANs of bridges in words. */
#include "i18n.h"
#include "plan/op-words.h"

void op_format_vlans_add(GString *line, const NetOp *op)
{
    g_string_append_printf(line, "let VLANs through: %s", op->vlans.list);
}

char *op_attempt_vlans_add(const NetOp *op)
{
    return g_strdup_printf(_("cannot let the VLANs %s through"), op->vlans.list);
}

void op_format_vlans_delete(GString *line, const NetOp *op)
{
    g_string_append_printf(line, "let VLANs through no more: %s", op->vlans.list);
}

char *op_attempt_vlans_delete(const NetOp *op)
{
    return g_strdup_printf(_("cannot take the VLANs %s away"), op->vlans.list);
}
