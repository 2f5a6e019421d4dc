/* One group while it is executed: what a failed operation means for the rest of it, and what is told about
 * it. */
#include "apply/executor-group.h"
#include "i18n.h"
#include "plan/verify.h"

static void net_message_free(NetMessage *message)
{
    g_free(message->message);
    g_free(message);
}

GroupRun *group_run_new(const NetPlan *plan, guint index)
{
    GroupRun *self = g_new0(GroupRun, 1);
    const NetGroup *group = g_ptr_array_index(plan->groups, index);

    self->group = group;
    self->index = index;
    self->ops = g_ptr_array_new();
    self->ties_left = group->ties ? group->ties->len : 0;
    self->tied = g_new(gboolean, self->ties_left);
    for (guint i = 0; i < self->ties_left; i++)
        self->tied[i] = TRUE;
    self->messages = g_ptr_array_new_with_free_func((GDestroyNotify)net_message_free);
    self->noted = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    self->places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    self->errors = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    self->out = g_hash_table_new(NULL, NULL);
    self->devices.left = g_hash_table_new(NULL, NULL);
    self->claims.left = g_hash_table_new(NULL, NULL);
    return self;
}

void group_run_free(GroupRun *self)
{
    if (!self)
        return;
    g_ptr_array_unref(self->ops);
    g_free(self->tied);
    g_ptr_array_unref(self->messages);
    g_hash_table_unref(self->noted);
    g_hash_table_unref(self->places);
    g_hash_table_unref(self->errors);
    g_hash_table_unref(self->out);
    g_hash_table_unref(self->devices.left);
    g_hash_table_unref(self->claims.left);
    g_free(self);
}

/* Devices are told apart by their names' places in the model, which all operations of a plan share. */
static gconstpointer op_subject(const NetOp *op)
{
    return op->stands_on ? op->stands_on : g_intern_string(op->dev);
}

void group_run_add(GroupRun *self, const NetOp *op)
{
    g_ptr_array_add(self->ops, (gpointer)op);
    if (op->severity != NET_ONE_OF)
        return;
    OneOf *one_of = op->stands_on ? &self->claims : &self->devices;
    g_hash_table_add(one_of->left, (gpointer)op_subject(op));
    one_of->last = MAX(one_of->last, op->phase);
    one_of->n = g_hash_table_size(one_of->left);
}

/* A route was refused, perhaps, for want of the address that the repair brings; an address that another host
 * has is still his. */
static void group_run_try_again(GroupRun *self, const NetOp *op)
{
    if (op->type == NET_OP_ROUTE_ADD || op->type == NET_OP_RULE_ADD)
        g_hash_table_remove(self->out, op->stands_on);
}

void group_run_insert(GroupRun *self, const GPtrArray *ops)
{
    for (guint i = 0; i < ops->len; i++)
        group_run_try_again(self, g_ptr_array_index(ops, i));
    for (guint i = 0; i < ops->len; i++)
        g_ptr_array_insert(self->ops, (gint)(self->next + i), g_ptr_array_index(ops, i));
}

static gboolean has_none_left(const OneOf *one_of, NetPhase phase)
{
    return one_of->n && !g_hash_table_size(one_of->left) && phase > one_of->last;
}

static gboolean is_out(const GroupRun *self, const NetOp *op)
{
    return (op->dev && g_hash_table_contains(self->out, g_intern_string(op->dev))) ||
           (op->stands_on && g_hash_table_contains(self->out, op->stands_on)) ||
           (op->after && g_hash_table_contains(self->out, op->after));
}

/* It has failed: nothing more is done. */
static void group_run_end(GroupRun *self)
{
    self->failed = TRUE;
    self->next = self->ops->len;
}

gboolean group_run_has_lost(const GroupRun *self, gconstpointer item)
{
    return item && g_hash_table_contains(self->out, item);
}

/* Fails when of operations of which one had to succeed none has. Of a single address that was enough said
 * when it failed. */
static void group_run_fail_for_none_left(GroupRun *self, NetPhase phase)
{
    if (has_none_left(&self->devices, phase)) {
        group_run_fail(self, self->group->where, self->group->dev, self->group->no_device_left);
    } else if (has_none_left(&self->claims, phase) && self->claims.n == 1 && self->claims.told) {
        self->claims.told->error = TRUE;
        group_run_end(self);
    } else if (has_none_left(&self->claims, phase)) {
        group_run_fail(self, self->group->where, self->group->dev, self->group->no_claim_left);
    }
}

const NetOp *group_run_peek(GroupRun *self)
{
    const NetOp *op = NULL;

    for (; !op && self->next < self->ops->len; self->next += !op) {
        const NetOp *next = g_ptr_array_index(self->ops, self->next);
        if (!is_out(self, next))
            op = next;
    }
    gboolean had_failed = self->failed;
    if (!had_failed)
        group_run_fail_for_none_left(self, op ? op->phase : NET_PHASE_LAST);
    return self->failed && !had_failed ? NULL : op;
}

void group_run_take(GroupRun *self)
{
    self->at = ((const NetOp *)g_ptr_array_index(self->ops, self->next++))->phase;
}

gboolean group_run_is_free(const GroupRun *self, NetPhase phase)
{
    for (guint i = 0; self->ties_left && i < self->group->ties->len; i++)
        if (self->tied[i] && g_array_index(self->group->ties, NetTie, i).before <= phase)
            return FALSE;
    return TRUE;
}

/* What a tie still holds back counts as not done, though there may be no operation for it. A repair goes back
 * to phases that have been reached. */
gboolean group_run_has_reached(GroupRun *self, NetPhase phase)
{
    const NetOp *op;

    if (self->done || phase == NET_PHASE_LAST)
        return self->done;
    if (self->repaired && phase <= NET_PHASE_VERIFY)
        return TRUE;
    if (self->pending)
        return self->at >= phase;
    op = group_run_peek(self);
    return !self->failed && (!op || op->phase >= phase) && (!phase || group_run_is_free(self, phase - 1));
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

static char *place_key(const IfcfgWhere *where)
{
    return g_strdup_printf("%s:%u:%u", where->file ? where->file : "", where->line, where->column);
}

static char *note_key(const char *dev, const char *text)
{
    return g_strdup_printf("%s %s", dev ? dev : "", text);
}

static const NetMessage *message_add(GroupRun *self, gboolean error, IfcfgWhere where, const char *dev,
                                     const char *text)
{
    NetMessage *message = g_new0(NetMessage, 1);

    message->error = error;
    message->where = where.file ? where : self->group->where;
    message->dev = dev ? dev : self->group->dev;
    message->message = message_format(&message->where, message->dev, text);
    g_ptr_array_add(self->messages, message);
    g_hash_table_add(self->noted, note_key(message->dev, text));
    return message;
}

void group_run_tell(GroupRun *self, gboolean error, IfcfgWhere where, const char *dev, const char *text)
{
    const NetMessage *message = message_add(self, error, where, dev, text);

    if (message->where.line)
        g_hash_table_add(self->places, place_key(&message->where));
}

void group_run_tell_problem(GroupRun *self, const NetGroupProblem *problem)
{
    gboolean is_error = problem->severity == IFCFG_ERROR;
    message_add(self, FALSE, problem->where, problem->dev, problem->text);
    self->warned |= is_error;
    if (!is_error || !problem->where.line)
        return;
    g_hash_table_add(self->errors, place_key(&problem->where));
    g_hash_table_add(self->places, place_key(&problem->where));
}

/* That the kernel does not take it: the error in the file has said what to correct. */
static gboolean is_foreseen(const GroupRun *self, const NetOp *op)
{
    g_autofree char *key = place_key(&op->where);
    return (op->type == NET_OP_ROUTE_ADD || op->type == NET_OP_RULE_ADD) &&
           g_hash_table_contains(self->errors, key);
}

void group_run_fail(GroupRun *self, IfcfgWhere where, const char *dev, const char *text)
{
    group_run_end(self);
    group_run_tell(self, TRUE, where, dev, text);
}

/* Fifty addresses without a cable would say fifty times that they were not checked. */
static gboolean group_run_has_noted(const GroupRun *self, const char *dev, const char *text)
{
    g_autofree char *key = note_key(dev ? dev : self->group->dev, text);
    return g_hash_table_contains(self->noted, key);
}

/* What stands on an address that another host has does not come either. */
static void group_run_drop(GroupRun *self, const NetOp *op)
{
    OneOf *one_of = op->stands_on ? &self->claims : &self->devices;
    if (!op->stands_on && !op->dev)
        return;
    g_hash_table_add(self->out, (gpointer)op_subject(op));
    if (op->phase <= one_of->last)
        g_hash_table_remove(one_of->left, op_subject(op));
}

/* That a device is not there, and which ones are, says more than that a module is not there: a card that got
 * another name needs no module. */
static void group_run_sort(GroupRun *self, const NetOp *op, guint told)
{
    if (self->messages->len == told)
        return;
    if (op->type == NET_OP_MODULE_LOAD && !self->about_module)
        self->about_module = told + 1;
    if (op->type != NET_OP_LINK_WAIT || !self->about_module)
        return;
    g_ptr_array_insert(self->messages, (int)self->about_module++ - 1,
                       g_ptr_array_steal_index(self->messages, told));
}

/* Addresses go last, and are what somebody may look for. */
static void group_run_tell_kept(GroupRun *self, const NetOp *op)
{
    const NetOp *kept = NULL;
    guint count = 0;
    for (guint i = 0; i < self->ops->len; i++) {
        const NetOp *next = g_ptr_array_index(self->ops, i);
        if (next->after != op->lease.lease || !net_op_removes(next))
            continue;
        kept = next;
        count++;
    }
    g_autofree char *what = kept ? net_op_claim_text(kept) : NULL;
    g_autofree char *text = count > 1
                                ? g_strdup_printf(P_("%s and %u more stay until there is a lease",
                                                     "%s and %u more stay until there is a lease", count - 1),
                                                  what, count - 1)
                            : kept ? g_strdup_printf(_("%s stays until there is a lease"), what)
                                   : NULL;
    if (text && !group_run_has_noted(self, op->dev, text))
        group_run_tell(self, FALSE, op->where, op->dev, text);
}

static void group_run_absorb_failure(GroupRun *self, const NetOp *op, const GError *error)
{
    switch (op->severity) {
    case NET_FATAL:
        group_run_fail(self, op->where, op->dev, error->message);
        return;
    case NET_DEGRADE:
    case NET_ONE_OF:
        group_run_drop(self, op);
        break;
    case NET_WARN:
        if (op->stands_on)
            group_run_drop(self, op);
        break;
    }
    self->warned = TRUE;
    gboolean is_again = self->repaired && group_run_has_noted(self, op->dev, error->message);
    if (!is_again && !is_foreseen(self, op))
        group_run_tell(self, FALSE, op->where, op->dev, error->message);
    if (op->severity == NET_ONE_OF && op->stands_on)
        self->claims.told = g_ptr_array_index(self->messages, self->messages->len - 1);
}

static void group_run_note(GroupRun *self, const NetOp *op, const NetNote *note)
{
    group_run_tell(self, FALSE, note->where.file ? note->where : op->where, op->dev, note->text);
    ((NetMessage *)self->messages->pdata[self->messages->len - 1])->is_note = !note->warning;
}

void group_run_absorb(GroupRun *self, const NetOp *op, NetResult *result)
{
    for (guint i = 0; result->notes && i < result->notes->len; i++) {
        const NetNote *note = g_ptr_array_index(result->notes, i);
        self->warned |= note->warning;
        if (note->warning || !group_run_has_noted(self, op->dev, note->text))
            group_run_note(self, op, note);
    }
    guint told = self->messages->len;
    if (result->error) {
        group_run_absorb_failure(self, op, result->error);
        group_run_sort(self, op, told);
        if (op->type == NET_OP_LEASE_GET)
            group_run_tell_kept(self, op);
    }
}

gboolean group_run_has_told(const GroupRun *self, const IfcfgWhere *where)
{
    g_autofree char *key = place_key(where);
    return where->line && g_hash_table_contains(self->places, key);
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
