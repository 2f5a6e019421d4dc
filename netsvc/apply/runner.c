/* Runs the programs of operations. */
#include "apply/runner.h"
#include "apply/job.h"
#include "apply/process-end.h"
#include "apply/trust.h"
#include "i18n.h"
#include <string.h>
#include <unistd.h>

struct NetRunner {
    NetUnits *units;
    guint begun;
    GPtrArray *under_way; /* Running*, not owned: each frees itself */
    GPtrArray *kept;      /* NetRun* */
};

typedef struct {
    NetRunner *runner;
    const NetOp *op;
    const NetRun *run;
    guint next; /* program */
    NetJob *job;
    gboolean is_cancelled;
    NetResult result;
    NetOpDone done;
    gpointer data;
} Running;

NetRunner *net_runner_new(NetUnits *units)
{
    NetRunner *self = g_new0(NetRunner, 1);
    self->units = units;
    self->under_way = g_ptr_array_new();
    self->kept = g_ptr_array_new_with_free_func((GDestroyNotify)net_run_free);
    return self;
}

void net_runner_free(NetRunner *self)
{
    if (!self)
        return;
    g_ptr_array_unref(self->under_way);
    g_ptr_array_unref(self->kept);
    g_free(self);
}

const NetRun *net_runner_keep(NetRunner *self, NetRun *run)
{
    g_ptr_array_add(self->kept, run);
    return run;
}

static void running_end(Running *self)
{
    g_ptr_array_remove(self->runner->under_way, self);
    self->done(self->op, &self->result, self->data);
    net_result_clear(&self->result);
    g_free(self);
}

static const NetProgram *running_program(const Running *self)
{
    return g_ptr_array_index(self->run->programs, self->next);
}

static void running_take_error(Running *self, const GError *error)
{
    if (running_program(self)->may_fail && !self->is_cancelled)
        net_result_note(&self->result, TRUE, NULL, "%s", error->message);
    else
        self->result.error = g_error_copy(error);
}

static void running_go_on(Running *self);

static void program_done(G_GNUC_UNUSED const char *output, const GError *error, gpointer data)
{
    Running *self = data;

    self->job = NULL;
    if (error)
        running_take_error(self, error);
    self->next++;
    running_go_on(self);
}

static NetJob *job_begin(Running *self, const NetProgram *program, GError **error)
{
    NetRunner *runner = self->runner;
    g_autofree char *name = program->unit
                                ? g_strdup(program->unit)
                                : g_strdup_printf("netsvc-run-%d-%u.service", (int)getpid(), ++runner->begun),
                    *description = g_strdup_printf("%s (%s)", program->argv[0], self->op->dev);
    NetUnit unit = {.name = name,
                    .description = description,
                    .daemon = program->unit ? program->argv[0] : NULL,
                    .pid_file = program->pid_file};
    /* As a service we are in a sandbox (units/sandbox.conf), which is not for programs of others. */
    NetJobSetup setup = {.argv = (const char *const *)program->argv,
                         .environment = (const char *const *)self->run->environment,
                         .folder = self->run->folder,
                         .dev = self->op->dev,
                         .limit_ms = self->run->limit_ms,
                         .units = runner->units,
                         .unit = self->run->is_trusted || program->unit ? &unit : NULL};

    return net_job_start_in(&setup, NULL, program_done, self, error);
}

static void process_ended(const GError *error, gpointer data)
{
    program_done(NULL, error, data);
}

static void unit_stopped(G_GNUC_UNUSED int status, const GError *error, gpointer data)
{
    program_done(NULL, error, data);
}

/* Returns FALSE: it did not begin, which has been noted. */
static gboolean running_start_job(Running *self)
{
    const NetProgram *program = running_program(self);
    g_autoptr(GError) error = NULL;
    g_autofree char *fault = self->run->is_trusted ? net_trust_fault(program->argv[0]) : NULL;

    if (fault)
        net_error_set(&error, EPERM, "%s", fault);
    else
        self->job = job_begin(self, program, &error);
    if (error)
        running_take_error(self, error);
    return self->job != NULL;
}

static void running_go_on(Running *self)
{
    for (; self->next < self->run->programs->len && !self->result.error; self->next++) {
        const NetProgram *program = running_program(self);
        if (program->ends) {
            process_end(program->ends, process_ended, self);
            return;
        }
        if (!program->argv) {
            net_unit_stop(self->runner->units, program->unit, unit_stopped, self);
            return;
        }
        if (running_start_job(self))
            return;
    }
    running_end(self);
}

void net_runner_start(NetRunner *self, const NetOp *op, const NetRun *run, NetOpDone done, gpointer data)
{
    Running *running = g_new0(Running, 1);

    *running = (Running){.runner = self, .op = op, .run = run, .done = done, .data = data};
    g_ptr_array_add(self->under_way, running);
    running_go_on(running);
}

void net_runner_cancel(NetRunner *self)
{
    for (guint i = 0; i < self->under_way->len; i++) {
        Running *running = g_ptr_array_index(self->under_way, i);
        running->is_cancelled = TRUE;
        if (running->job)
            net_job_cancel(running->job);
    }
}
