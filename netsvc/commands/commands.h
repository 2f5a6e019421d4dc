/* What the commands share: options of the command line, and one function a command. */
#pragma once
#include "console/cli.h"
#include "model/model.h"
#include "session/rehearse.h"
#include "session/run.h"

typedef struct {
    const char *program; /* argv[0] as given */
    char *root;          /* --root; NULL: the running system */
    gboolean json;       /* --json */
    gboolean tsv;        /* --tsv */
    gboolean strict;     /* --strict */
    gboolean exit_code;  /* --exit-code */
    gboolean one_line;   /* --one-line, -1 */
    gboolean classic;    /* --classic */
    gboolean dry_run;    /* --dry-run */
    gboolean all;        /* --all, -a */
    gboolean verbose;    /* --verbose, -v */
    gboolean force;      /* --force */
    gboolean check;      /* --check */
    const char *to;      /* --to */
    char *out;           /* --out */
    char *from;          /* --from */
    gboolean take;       /* --take */
    gboolean try_it;     /* --try */
    char *timeout;       /* --timeout; NULL: not given */
    char *probe;         /* --probe */
    char *confirm_by;    /* --confirm-by */
    gboolean rehearse;   /* --rehearse */
    const char *verb;
    const char *const *args; /* what follows the verb; NULL-terminated */
    guint n_args;
} CliOptions;

/* service.c */
int service_command(const CliOptions *options); /* start, stop, restart, reload, force-reload */
/** A run of the whole service for another command. @prepare: RunRequest.prepare */
int service_run_prepared(NetPlanVerb verb, const RunTrial *trial, int (*prepare)(gpointer data),
                         gpointer data);
/** restart and reload on trial, by the words of the command line. */
int service_run_trial(const CliOptions *options, const RunTrial *trial);
/* try.c */
int try_command(const CliOptions *options);
/** A restart on trial; @prepare: RunRequest.prepare */
int try_prepared(const CliOptions *options, int (*prepare)(gpointer data), gpointer data);
int confirm_command(const CliOptions *options);
int cancel_command(const CliOptions *options);
int pending_command(const CliOptions *options);
/* history.c */
int history_command(const CliOptions *options);
int compare_command(const CliOptions *options);
int rollback_command(const CliOptions *options);
/* hotplug.c */
int hotplug_command(const CliOptions *options);
/* names.c */
int names_command(const CliOptions *options);
/* rename.c */
int rename_main(int argc, char **argv); /* netsvc-rename, for udev */
/* status.c */
int status_command(const CliOptions *options);
/* updown.c */
int updown_command(const CliOptions *options); /* netsvc up, netsvc down */
int updown_run_trial(const CliOptions *options, const RunTrial *trial);
int updown_classic(NetPlanVerb verb, int argc, char **argv); /* ifup, ifdown */
/* plan-cmd.c */
int plan_command(const CliOptions *options);
/* rehearse.c */
int rehearse_command(const CliOptions *options);
/** What a rehearsal has found, in words. */
void rehearse_print(const Rehearsal *found, const NetPlan *plan, const NetModel *model);
/* show.c, show-json.c */
int show_command(const CliOptions *options);
/** @name: only this device; NULL: all. */
char *show_json(const NetModel *model, const char *name, IfcfgProblems *problems);
/** What `check` found: {"problems": [...], "notes": [...], "errors": N, "warnings": N}, to be freed. */
char *problems_json(const IfcfgProblems *problems, const IfcfgProblems *notes);
/* kickstart.c */
int kickstart_command(const CliOptions *options);
/* migrate.c */
int migrate_command(const CliOptions *options);
/* export.c */
int export_command(const CliOptions *options);
/* import.c */
int import_command(const CliOptions *options);
/* check.c */
int check_command(const CliOptions *options);
/* help.c */
int help_topic(const CliOptions *options, const char *topic); /* "bonding", "keys", "IPADDR", "miimon" */

/** The key, option or kind of link that was probably meant; or NULL. */
const char *help_guess(const char *topic);
/* ifenslave.c */
int ifenslave_main(int argc, char **argv);

/**
 * Loads the model; on failure says why on stderr and returns NULL.
 * @environment: settings from the environment of who brings one interface up, or NULL
 */
NetModel *cli_model_load(const char *root, IfcfgRecord *environment, IfcfgProblems *problems);
/** Adds the loops of interfaces that need each other, at the place of each, as a start tells them; they are
 * found only when the order is asked for. */
void cli_loops_find(const NetModel *model, IfcfgProblems *problems);
/** The model's interface that a name or file on the command line means; on failure says so on stderr and
 * returns NULL. */
NetIface *cli_iface_find(const NetModel *model, const char *argument);
/** All that the command line names. Returns: NetIface*, owned by the model; NULL when one is not there, which
 * was said */
GPtrArray *cli_ifaces_find(const NetModel *model, const CliOptions *options);
/** Adds their names, owned by the model. Returns: FALSE when one is not there, which was said */
gboolean cli_names_add(const NetModel *model, const CliOptions *options, GPtrArray *names);
