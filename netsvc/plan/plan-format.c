/* A plan as text: one paragraph a group, its status line on top. */
#include "i18n.h"
#include "plan/plan.h"
#include <string.h>

static void append_head(GString *text, const NetGroup *group)
{
    g_autofree char *title = group->title ? g_strdup(group->title) : g_strdup_printf("%s:", group->name);
    g_string_append_printf(text, "%s\n", g_strchomp(title));
}

static void append_failed(GString *text, const NetGroup *group)
{
    const IfcfgWhere *where = &group->failed_where;
    g_autofree char *file = where->file ? g_path_get_basename(where->file) : NULL;
    g_autoptr(GString) reason = g_string_new(file);
    if (file && where->line)
        g_string_append_printf(reason, ":%u", where->line);
    g_string_append_printf(reason, "%s%s", file ? ": " : "", group->failed);
    g_string_append_printf(text, _("  fails: %s\n"), reason->str);
}

static char *list_rivals(const NetPlan *plan, const GArray *rivals)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < rivals->len; i++) {
        const NetGroup *group = g_ptr_array_index(plan->groups, g_array_index(rivals, NetRival, i).group);
        g_string_append_printf(text, "%s%s", i ? ", " : "", group->dev);
    }
    return g_string_free(text, FALSE);
}

/* Reading back changes nothing, so that a group with nothing else has nothing to do. Returns the index behind
 * its operations. */
static guint append_ops(GString *text, const NetPlan *plan, guint group, guint first)
{
    guint last = first;
    gboolean work = FALSE;
    for (; last < plan->ops->len; last++) {
        const NetOp *op = g_ptr_array_index(plan->ops, last);
        if (op->group != group)
            break;
        work |= net_op_kind(op)->effect != NET_EFFECT_READS;
    }
    for (guint i = first; work && i < last; i++) {
        const NetOp *op = g_ptr_array_index(plan->ops, i);
        g_autofree char *line = net_op_format(op);
        g_autofree char *rivals = op->rivals ? list_rivals(plan, op->rivals) : NULL;
        if (rivals)
            g_string_append_printf(text, _("  if %s fails: %s\n"), rivals, line);
        else if (!op->is_only_recorded)
            g_string_append_printf(text, "  %s\n", line);
    }
    if (!work)
        g_string_append(text, _("  nothing to do\n"));
    return last;
}

char *net_plan_format(const NetPlan *plan)
{
    GString *text = g_string_new(NULL);
    guint next = 0;
    for (guint i = 0; i < plan->groups->len; i++) {
        const NetGroup *group = g_ptr_array_index(plan->groups, i);
        if (i)
            g_string_append_c(text, '\n');
        append_head(text, group);
        if (group->failed)
            append_failed(text, group);
        else
            next = append_ops(text, plan, i, next);
        for (guint n = 0; group->notes && n < group->notes->len; n++)
            g_string_append_printf(text, _("  note: %s\n"), (const char *)g_ptr_array_index(group->notes, n));
    }
    return g_string_free(text, FALSE);
}
