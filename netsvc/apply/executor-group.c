/* One group while it is executed: what a failed operation means for the rest of it, and what is told about
 * it. */
#include "apply/executor-group.h"
#include "i18n.h"
#include "plan/verify.h"
#include <string.h>

static void net_message_free(NetMessage *message)
{
    g_free(message->message);
    g_free(message);
}

static const NetOp *plan_op(const NetPlan *plan, guint index)
{
    return g_ptr_array_index(plan->ops, index);
}

GroupRun *group_run_new(const NetPlan *plan, guint index)
{
    GroupRun *self = g_new0(GroupRun, 1);

    self->plan = plan;
    self->group = g_ptr_array_index(plan->groups, index);
    self->index = index;
    self->messages = g_ptr_array_new_with_free_func((GDestroyNotify)net_message_free);
    self->devs_out = g_hash_table_new(g_str_hash, g_str_equal);
    self->ports_asked = g_hash_table_new(g_str_hash, g_str_equal);
    return self;
}

void group_run_free(GroupRun *self)
{
    if (!self)
        return;
    g_ptr_array_unref(self->messages);
    g_hash_table_unref(self->devs_out);
    g_hash_table_unref(self->ports_asked);
    g_free(self);
}

const NetOp *group_run_peek(GroupRun *self)
{
    for (; self->next < self->end; self->next++) {
        const NetOp *op = plan_op(self->plan, self->next);
        if (op->type == NET_OP_PORT_ADD)
            g_hash_table_add(self->ports_asked, (gpointer)op->dev);
        if (!op->dev || !g_hash_table_contains(self->devs_out, op->dev))
            return op;
    }
    return NULL;
}

gboolean group_run_is_past(GroupRun *self, NetPhase phase)
{
    const NetOp *op = self->done ? NULL : group_run_peek(self);

    return self->done || (self->released && !self->pending && (!op || op->phase >= phase));
}

static char *message_format(const IfcfgWhere *where, const char *dev, const char *text)
{
    g_autofree char *base = where->file ? g_path_get_basename(where->file) : NULL;
    GString *line = g_string_new(base);

    if (base && where->line)
        g_string_append_printf(line, ":%u", where->line);
    if (base)
        g_string_append(line, ": ");
    if (dev)
        g_string_append_printf(line, "%s: ", dev);
    g_string_append(line, text);
    return g_string_free(line, FALSE);
}

void group_run_tell(GroupRun *self, gboolean error, IfcfgWhere where, const char *dev, const char *text)
{
    NetMessage *message = g_new0(NetMessage, 1);

    message->error = error;
    message->where = where.file ? where : self->group->where;
    message->dev = dev ? dev : self->group->dev;
    message->message = message_format(&message->where, message->dev, text);
    g_ptr_array_add(self->messages, message);
}

void group_run_fail(GroupRun *self, IfcfgWhere where, const char *dev, const char *text)
{
    self->failed = TRUE;
    self->next = self->end;
    group_run_tell(self, TRUE, where, dev, text);
}

static void group_run_absorb_error(GroupRun *self, const NetOp *op, const GError *error)
{
    switch (op->severity) {
    case NET_FATAL:
        group_run_fail(self, op->where, op->dev, error->message);
        return;
    case NET_DEGRADE:
        if (op->dev)
            g_hash_table_add(self->devs_out, (gpointer)op->dev);
        break;
    case NET_WARN:
        break;
    }
    self->warned = TRUE;
    group_run_tell(self, FALSE, op->where, op->dev, error->message);
}

/* Fifty addresses without a cable would say fifty times that they were not checked. */
static gboolean group_run_has_noted(const GroupRun *self, const char *dev, const char *text)
{
    for (guint i = 0; i < self->messages->len; i++) {
        const NetMessage *told = g_ptr_array_index(self->messages, i);
        if (!g_strcmp0(told->dev, dev) && g_str_has_suffix(told->message, text))
            return TRUE;
    }
    return FALSE;
}

void group_run_absorb(GroupRun *self, const NetOp *op, NetResult *result)
{
    for (guint i = 0; result->notes && i < result->notes->len; i++) {
        const NetNote *note = g_ptr_array_index(result->notes, i);
        self->warned |= note->warning;
        if (note->warning || !group_run_has_noted(self, op->dev, note->text))
            group_run_tell(self, FALSE, note->where.file ? note->where : op->where, op->dev, note->text);
    }
    if (result->error)
        group_run_absorb_error(self, op, result->error);
}

static gboolean group_run_has_told(const GroupRun *self, const IfcfgWhere *where)
{
    for (guint i = 0; where->line && i < self->messages->len; i++) {
        const NetMessage *told = g_ptr_array_index(self->messages, i);
        if (told->where.file == where->file && told->where.line == where->line &&
            told->where.column == where->column)
            return TRUE;
    }
    return FALSE;
}

void group_run_absorb_differences(GroupRun *self, const NetOp *op, const GPtrArray *differences)
{
    for (guint i = 0; i < differences->len; i++) {
        const NetDifference *difference = g_ptr_array_index(differences, i);
        const IfcfgWhere *where = difference->where.file ? &difference->where : &op->where;
        self->failed |= difference->fatal;
        self->warned |= !difference->fatal;
        if (difference->fatal || !group_run_has_told(self, where))
            group_run_tell(self, difference->fatal, *where, op->dev, difference->message);
    }
}

/* How many ports the configuration gives the bond: those that need no PORT_ADD are in it already. 0: not
 * known. */
static guint group_run_ports_configured(const GroupRun *self, const char *bond)
{
    for (guint i = self->begin; i < self->end; i++) {
        const NetOp *op = plan_op(self->plan, i);
        if (op->type == NET_OP_VERIFY && op->iface && op->iface->ports && !g_strcmp0(op->iface->name, bond))
            return op->iface->ports->len;
    }
    return 0;
}

void group_run_check_ports(GroupRun *self)
{
    GHashTableIter iter;
    gpointer dev;
    guint failed = 0, asked = g_hash_table_size(self->ports_asked);

    self->ports_checked = TRUE;
    if (!asked || self->failed || group_run_ports_configured(self, self->group->dev) > asked)
        return;
    g_hash_table_iter_init(&iter, self->ports_asked);
    while (g_hash_table_iter_next(&iter, &dev, NULL))
        failed += g_hash_table_contains(self->devs_out, dev);
    if (failed == asked)
        group_run_fail(self, self->group->where, self->group->dev, _("no port could be enslaved"));
}
