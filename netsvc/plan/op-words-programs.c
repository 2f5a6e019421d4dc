/* What is said of operations that run programs, or do what a program did: ethtool, hooks. */
#include "i18n.h"
#include "plan/op-words.h"

void op_format_ethtool_set(GString *line, const NetOp *op)
{
    g_autofree char *text = ethtool_request_format(op->ethtool.request);
    if (op->ethtool.delay_us)
        g_string_append_printf(line, "wait %u us, then ", op->ethtool.delay_us);
    g_string_append_printf(line, "ethtool %s", text);
}

char *op_attempt_ethtool_set(const NetOp *op)
{
    g_autofree char *text = ethtool_request_format(op->ethtool.request);
    return g_strdup_printf(_("cannot do `ethtool %s`"), text);
}

char *op_waiting_ethtool_set(const NetOp *op)
{
    g_autofree char *text = ethtool_request_format(op->ethtool.request);
    return g_strdup_printf("%s: ethtool %s", op->dev, text);
}

void op_format_hook_run(GString *line, const NetOp *op)
{
    for (guint i = 0; i < op->hook.run->programs->len; i++) {
        const NetProgram *program = g_ptr_array_index(op->hook.run->programs, i);
        g_autofree char *words = g_strjoinv(" ", program->argv);
        g_string_append_printf(line, "%s%s", i ? ", then " : "run ", words);
    }
}

char *op_waiting_hook_run(const NetOp *op)
{
    const NetProgram *program = g_ptr_array_index(op->hook.run->programs, 0);
    g_autofree char *name = g_path_get_basename(program->argv[0]);
    return g_strdup_printf("%s: %s", op->dev, name);
}
