/* Programs of others as part of a plan: hooks, plug-ins. Data only. */
#pragma once
#include <glib.h>

typedef struct {
    char **argv;       /* [0]: a path, or a name for PATH */
    gboolean may_fail; /* a failure is a warning, and those behind it are run all the same */
    /* Where systemd runs, it is this unit, a daemon that leaves its process number in this file. NULL: it is
     * waited for. Without words the unit is stopped. */
    char *unit, *pid_file;
    GPid ends; /* without words: this process is ended; 0: none */
} NetProgram;

/** Programs that are run one after the other. */
typedef struct {
    GPtrArray *programs; /* NetProgram* */
    char **environment;  /* "NAME=VALUE", all of it; NULL: ours */
    char *folder;        /* where they run; NULL: ours */
    guint limit_ms;      /* of each */
    gboolean is_trusted; /* what others than root can change is not run */
} NetRun;

NetRun *net_run_new(guint limit_ms);
void net_run_free(NetRun *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NetRun, net_run_free)

/** Appends a program; takes @argv. */
void net_run_add(NetRun *self, char **argv, gboolean may_fail);
/** Appends that a process is ended. */
void net_run_add_end(NetRun *self, GPid pid);
/** Appends a daemon that is a unit where systemd runs. @argv: taken; NULL: it is stopped */
void net_run_add_unit(NetRun *self, char **argv, const char *unit, const char *pid_file);
