/* Operations about teamd in words. */
#include "i18n.h"
#include "plan/op-words.h"

void op_format_teamd_start(GString *line, const NetOp *op)
{
    g_string_append_printf(line, "have teamd rule it with %s", op->teamd.config);
}

char *op_attempt_teamd_start(G_GNUC_UNUSED const NetOp *op)
{
    return g_strdup(_("cannot start teamd, which teams need (package teamd or libteam-utils; "
                      "`journalctl -t teamd` has what it says)"));
}

void op_format_teamd_stop(GString *line, G_GNUC_UNUSED const NetOp *op)
{
    g_string_append(line, "end teamd");
}

char *op_attempt_teamd_stop(G_GNUC_UNUSED const NetOp *op)
{
    return g_strdup(_("cannot end teamd"));
}

char *op_waiting_teamd(const NetOp *op)
{
    return g_strdup_printf(_("%s: teamd"), op->dev);
}
