/* Status lines in order, whatever the order of completion. Knows no other output than the stream it was
 * given. */
#include "console/report.h"
#include "i18n.h"
#include <sys/socket.h>

typedef struct {
    gboolean is_done;
    NetOutcome outcome;
    GPtrArray *messages; /* NetMessage*, owned copies */
    GPtrArray *leases;   /* const NetOp*: what it asks DHCP servers for; NULL: nothing */
} GroupResult;

struct Report {
    const NetPlan *plan;
    Console *console;
    void (*message)(const NetMessage *message);
    void (*line)(const NetGroup *group, NetOutcome outcome); /* may be NULL */
    GroupResult *results;                                    /* by group */
    guint next;                                              /* the first group whose line is not finished */
    gboolean is_begun;                                       /* its title is printed already */
    gboolean is_interrupted;
};

static void message_free(NetMessage *message)
{
    g_free(message->message);
    g_free(message);
}

static void leases_find(Report *self)
{
    for (guint i = 0; self->plan->ops && i < self->plan->ops->len; i++) {
        const NetOp *op = self->plan->ops->pdata[i];
        if (op->type != NET_OP_LEASE_GET || op->is_only_recorded)
            continue;
        GroupResult *result = &self->results[op->group];
        if (!result->leases)
            result->leases = g_ptr_array_new();
        g_ptr_array_add(result->leases, (gpointer)op);
    }
}

Report *report_new(const NetPlan *plan, Console *console, void (*message)(const NetMessage *message))
{
    Report *self = g_new0(Report, 1);
    self->plan = plan;
    self->console = console;
    self->message = message;
    self->results = g_new0(GroupResult, plan->groups->len);
    leases_find(self);
    return self;
}

void report_free(Report *self)
{
    if (!self)
        return;
    for (guint i = 0; i < self->plan->groups->len; i++) {
        g_clear_pointer(&self->results[i].messages, g_ptr_array_unref);
        g_clear_pointer(&self->results[i].leases, g_ptr_array_unref);
    }
    g_free(self->results);
    g_free(self);
}

static void title_print(Report *self, const NetGroup *group)
{
    if (!group->title || self->is_begun)
        return;
    console_begin(self->console, group->title);
    self->is_begun = TRUE;
}

static StatusLabel label_of(const NetGroup *group, NetOutcome outcome)
{
    if (group->is_passed && (outcome == NET_DONE_OK || outcome == NET_DONE_WARNING))
        return STATUS_PASSED;
    return outcome == NET_DONE_OK ? STATUS_OK : outcome == NET_DONE_WARNING ? STATUS_WARNING : STATUS_FAILED;
}

/* An interruption would print a line for each of hundreds of interfaces that nobody began: those are named
 * together instead. */
static gboolean has_line(const Report *self, const NetGroup *group, const GroupResult *result)
{
    return group->title && (result->outcome != NET_DONE_STOPPED || self->is_begun);
}

static gboolean is_same_place(const IfcfgWhere *a, const IfcfgWhere *b)
{
    return a->file == b->file && a->line == b->line && a->column == b->column;
}

/* What ifup-eth printed while it waited for a DHCP server; said of it afterwards, since many are waited for
 * at once. */
static void lease_print(Report *self, const NetOp *op, const GroupResult *result)
{
    gboolean is_done = TRUE;
    for (guint i = 0; result->messages && i < result->messages->len; i++) {
        const NetMessage *message = result->messages->pdata[i];
        is_done &= message->is_note || !is_same_place(&message->where, &op->where) ||
                   g_strcmp0(message->dev, op->dev) != 0;
    }
    g_autofree char *begin = op->lease.lease->family == AF_INET6
                                 ? g_strdup_printf(_("Determining IPv6 information for %s..."), op->dev)
                                 : g_strdup_printf(_("Determining IP information for %s..."), op->dev);
    g_autofree char *text = g_strdup_printf("\n%s%s\n", begin, is_done ? _(" done.") : _(" failed."));
    console_add(self->console, text);
}

static void leases_print(Report *self, const GroupResult *result)
{
    for (guint i = 0; result->outcome != NET_DONE_STOPPED && result->leases && i < result->leases->len; i++)
        lease_print(self, result->leases->pdata[i], result);
}

static void group_finish(Report *self, const NetGroup *group, const GroupResult *result)
{
    gboolean is_shown = has_line(self, group, result);
    if (is_shown)
        title_print(self, group);
    leases_print(self, result);
    if (is_shown)
        console_end(self->console, label_of(group, result->outcome));
    if (self->line)
        self->line(group, result->outcome);
    for (guint i = 0; result->messages && i < result->messages->len; i++)
        self->message(result->messages->pdata[i]);
    self->is_begun = FALSE;
}

static void report_advance(Report *self)
{
    const GPtrArray *groups = self->plan->groups;
    for (; self->next < groups->len && self->results[self->next].is_done; self->next++)
        group_finish(self, groups->pdata[self->next], &self->results[self->next]);
    if (console_is_live(self->console) && !self->is_interrupted && self->next < groups->len)
        title_print(self, groups->pdata[self->next]);
}

void report_on_line(Report *self, void (*line)(const NetGroup *group, NetOutcome outcome))
{
    self->line = line;
}

void report_begin(Report *self)
{
    report_advance(self);
}

void report_group_done(guint group, NetOutcome outcome, const GPtrArray *messages, gpointer data)
{
    Report *self = data;
    GroupResult *result = &self->results[group];
    g_return_if_fail(group < self->plan->groups->len && !result->is_done);
    result->is_done = TRUE;
    result->outcome = outcome;
    self->is_interrupted |= outcome == NET_DONE_STOPPED;
    result->messages = g_ptr_array_new_with_free_func((GDestroyNotify)message_free);
    for (guint i = 0; messages && i < messages->len; i++) {
        NetMessage *copy = g_memdup2(messages->pdata[i], sizeof *copy);
        copy->message = g_strdup(copy->message);
        g_ptr_array_add(result->messages, copy);
    }
    report_advance(self);
}

static gboolean is_in(const NetGroup *group, const GroupResult *result, ReportPart part)
{
    gboolean is_undone = !result->is_done || result->outcome == NET_DONE_STOPPED;
    gboolean is_failed =
        is_undone || result->outcome == NET_DONE_FAILED || result->outcome == NET_DONE_SKIPPED;
    return part == REPORT_UNDONE   ? is_undone
           : part == REPORT_FAILED ? is_failed && group->counts
                                   : !is_failed && !group->down;
}

GPtrArray *report_names(const Report *self, ReportPart part)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < self->plan->groups->len; i++) {
        const NetGroup *group = self->plan->groups->pdata[i];
        if (group->name && is_in(group, &self->results[i], part))
            g_ptr_array_add(names, g_strdup(group->name));
    }
    return names;
}

char *report_undone(const Report *self)
{
    g_autoptr(GPtrArray) names = report_names(self, REPORT_UNDONE);
    g_ptr_array_add(names, NULL);
    return names->len > 1 ? g_strjoinv(", ", (char **)names->pdata) : NULL;
}
