/* What everybody on the command line shares: exit codes, naming places, complaining. */
#pragma once
#include "ifcfg-problem.h"

enum { /* as the LSB lays them down for init scripts, and init.d/network had them */
       CLI_OK = 0,
       CLI_FAILED = 1,
       CLI_USAGE = 2,
       CLI_LEFT = 3, /* ours: `reload` has left something as it was */
       CLI_NOT_ROOT = 4,
       CLI_NOT_POSSIBLE = 5, /* ours: this kernel lacks what the command needs */
       CLI_NOT_CONFIGURED = 6,
};

/** "ifcfg-bond0" of a path: what messages show. */
const char *cli_basename(const char *path);
/** "ifcfg-bond0:6", or "" when the place is not known. To be freed. */
char *cli_where(IfcfgWhere where);
/** "2 errors, 1 warning". To be freed. */
char *cli_counts_format(guint errors, guint warnings);
/** Prints text on stdout, in lines that the terminal has room for. */
void cli_text_print(const char *text);
/** A line on stdout, broken between words where the terminal is narrower; in a file it is whole. @indent: of
 * the lines after the first. */
void cli_line_print(const char *line, guint indent);
/** --version, by whatever name the program was called. */
int cli_version(void);
/** Prints "PROGRAM: text" on stderr. */
void cli_complain(const char *format, ...) G_GNUC_PRINTF(1, 2);
/** Whether the caller has root's rights; complains where not: the exit status is CLI_NOT_ROOT then. */
gboolean cli_is_root(void);

/** Opens those of the three standard streams that the caller has closed: else they would go to the first file
 * or socket that is opened, and be written into as if it were the terminal. */
void cli_streams_open(void);

/** Parses a command line; --help and -h are the caller's own. */
gboolean cli_options_parse(const GOptionEntry *entries, int *argc, char ***argv, GError **error);
