/* What the commands share: exit codes, options of the command line, and one function a command. */
#pragma once
#include "model/model.h"
#include "plan/plan.h"

enum { /* as the LSB lays them down for init scripts, and init.d/network had them */
       CLI_OK = 0,
       CLI_FAILED = 1,
       CLI_USAGE = 2,
       CLI_NOT_ROOT = 4,
       CLI_NOT_CONFIGURED = 6,
};

typedef struct {
    const char *program; /* argv[0] as given */
    char *root;          /* --root; NULL: the running system */
    gboolean json;       /* --json */
    gboolean tsv;        /* --tsv */
    const char *verb;
    const char *const *args; /* what follows the verb; NULL-terminated */
    guint n_args;
} CliOptions;

/* service.c */
int service_command(const CliOptions *options); /* start, stop, restart, force-reload */
gboolean service_is_started(void);              /* not stopped since */
/* hotplug.c */
int hotplug_command(const CliOptions *options);
/* rename.c */
int rename_main(int argc, char **argv); /* netsvc-rename, for udev */
/* status.c */
int status_command(const CliOptions *options);
/* updown.c */
int updown_command(const CliOptions *options);               /* netsvc up, netsvc down */
int updown_classic(NetPlanVerb verb, int argc, char **argv); /* ifup, ifdown */
/* plan-cmd.c */
int plan_command(const CliOptions *options);
/* show.c, show-json.c */
int show_command(const CliOptions *options);
/** @name: only this device; NULL: all. */
char *show_json(const NetModel *model, const char *name, IfcfgProblems *problems);
/* check.c */
int check_command(const CliOptions *options);
/* nics.c */
/** The model of the running system: files without DEVICE get the name of the NIC that their HWADDR means. */
NetModel *nics_model_load(IfcfgProblems *problems, GError **error);
/* help.c */
int help_topic(const CliOptions *options, const char *topic); /* "bonding", "keys" */
/* ifenslave.c */
int ifenslave_main(int argc, char **argv);

/** Loads the model; on failure says why on stderr and returns NULL. */
NetModel *cli_model_load(const char *root, IfcfgProblems *problems);
/** "ifcfg-bond0" of a path: what messages show. */
const char *cli_basename(const char *path);
/** "ifcfg-bond0:6", or "" when the place is not known. To be freed. */
char *cli_where(IfcfgWhere where);
/** The model's interface that a name or file on the command line means; on failure says so on stderr and
 * returns NULL. */
NetIface *cli_iface_find(const NetModel *model, const char *argument);
/** "2 errors, 1 warning". To be freed. */
char *cli_counts_format(guint errors, guint warnings);
/** --version, by whatever name the program was called. */
int cli_version(void);
/** Prints "PROGRAM: text" on stderr. */
void cli_complain(const char *format, ...) G_GNUC_PRINTF(1, 2);

/** Parses a command line; --help and -h are the caller's own. */
gboolean cli_options_parse(const GOptionEntry *entries, int *argc, char ***argv, GError **error);
