/* The list of problems; it grows, sorts and prints nothing by itself. */
#include "ifcfg-problem.h"
#include <string.h>

struct IfcfgProblems {
    GArray *items; /* of IfcfgProblem */
};

static void problem_clear(gpointer data)
{
    g_free(((IfcfgProblem *)data)->message);
}

IfcfgProblems *ifcfg_problems_new(void)
{
    IfcfgProblems *self = g_new0(IfcfgProblems, 1);
    self->items = g_array_new(FALSE, FALSE, sizeof(IfcfgProblem));
    g_array_set_clear_func(self->items, problem_clear);
    return self;
}

void ifcfg_problems_free(IfcfgProblems *self)
{
    if (!self)
        return;
    g_array_unref(self->items);
    g_free(self);
}

void ifcfg_problems_add(IfcfgProblems *self, IfcfgSeverity severity, IfcfgWhere where, const char *format,
                        ...)
{
    if (!self)
        return;
    va_list arguments;
    va_start(arguments, format);
    IfcfgProblem problem = {
        .where = where, .severity = severity, .message = g_strdup_vprintf(format, arguments)};
    va_end(arguments);
    g_array_append_val(self->items, problem);
}

guint ifcfg_problems_length(const IfcfgProblems *self)
{
    return self ? self->items->len : 0;
}

const IfcfgProblem *ifcfg_problems_get(const IfcfgProblems *self, guint index)
{
    g_return_val_if_fail(index < ifcfg_problems_length(self), NULL);
    return &g_array_index(self->items, IfcfgProblem, index);
}

guint ifcfg_problems_count(const IfcfgProblems *self, IfcfgSeverity severity)
{
    guint count = 0;
    for (guint i = 0; i < ifcfg_problems_length(self); i++)
        count += ifcfg_problems_get(self, i)->severity == severity;
    return count;
}

static int number_compare(guint a, guint b)
{
    return (a > b) - (a < b);
}

static int problem_compare(gconstpointer left, gconstpointer right)
{
    const IfcfgWhere *a = &((const IfcfgProblem *)left)->where, *b = &((const IfcfgProblem *)right)->where;
    int order = g_strcmp0(a->file, b->file);
    if (!order)
        order = number_compare(a->line, b->line);
    return order ? order : number_compare(a->column, b->column);
}

void ifcfg_problems_sort(IfcfgProblems *self)
{
    if (self)
        g_array_sort(self->items, problem_compare); /* stable by GLib's promise */
}

const char *ifcfg_severity_name(IfcfgSeverity severity)
{
    return severity == IFCFG_ERROR ? "error" : "warning";
}

char *ifcfg_problem_format(const IfcfgProblem *problem)
{
    const IfcfgWhere *where = &problem->where;
    g_autoptr(GString) text = g_string_new(NULL);
    if (where->file)
        g_string_append_printf(text, "%s:", where->file);
    if (where->line)
        g_string_append_printf(text, "%u:", where->line);
    if (where->line && where->column)
        g_string_append_printf(text, "%u:", where->column);
    g_string_append_printf(text, "%s%s: %s", text->len ? " " : "", ifcfg_severity_name(problem->severity),
                           problem->message);
    return g_string_free(g_steal_pointer(&text), FALSE);
}
