/* Programs of others as part of a plan. */
#include "plan/program.h"

static void program_free(NetProgram *program)
{
    g_strfreev(program->argv);
    g_free(program->unit);
    g_free(program->pid_file);
    g_free(program);
}

NetRun *net_run_new(guint limit_ms)
{
    NetRun *self = g_new0(NetRun, 1);
    self->programs = g_ptr_array_new_with_free_func((GDestroyNotify)program_free);
    self->limit_ms = limit_ms;
    return self;
}

void net_run_free(NetRun *self)
{
    if (!self)
        return;
    g_ptr_array_unref(self->programs);
    g_strfreev(self->environment);
    g_free(self->folder);
    g_free(self);
}

void net_run_add(NetRun *self, char **argv, gboolean may_fail)
{
    NetProgram *program = g_new0(NetProgram, 1);
    *program = (NetProgram){.argv = argv, .may_fail = may_fail};
    g_ptr_array_add(self->programs, program);
}

void net_run_add_end(NetRun *self, GPid pid)
{
    NetProgram *program = g_new0(NetProgram, 1);
    program->ends = pid;
    g_ptr_array_add(self->programs, program);
}

void net_run_add_unit(NetRun *self, char **argv, const char *unit, const char *pid_file)
{
    NetProgram *program = g_new0(NetProgram, 1);
    *program = (NetProgram){.argv = argv, .unit = g_strdup(unit), .pid_file = g_strdup(pid_file)};
    g_ptr_array_add(self->programs, program);
}
