/* The commands of netsvc and their options: two tables, which parser, help, manual, completion and tests
 * read. */
#pragma once
#include "commands/commands.h"

typedef struct {
    const char *name, *arguments, *summary, *text;
    int (*run)(const CliOptions *options);
    guint takes; /* bits of Option.bit */
    guint min_args, max_args;
} Verb;

enum {
    JSON = 1 << 0,
    EXIT_CODE = 1 << 1,
    STRICT = 1 << 2,
    TSV = 1 << 3,
    ROOT = 1 << 4,
    ONE_LINE = 1 << 5,
    CLASSIC = 1 << 6,
    DRY_RUN = 1 << 7,
    ALL = 1 << 8,
    VERBOSE = 1 << 9,
    FORCE = 1 << 20,
    TO = 1 << 21,
    OUT = 1 << 22,
    CHECK = 1 << 23,
    TRY = 1 << 26,
    TRIAL = 1 << 27,
    FROM = 1 << 24,
    TAKE = 1 << 25,
};

typedef struct {
    guint bit;
    char letter;                 /* 0: none */
    const char *name, *argument; /* NULL: it takes none */
    gsize offset;                /* of its value in CliOptions: a gboolean, or with an argument a path */
    const char *summary;
} Option;

extern const Option options_table[];
extern const Verb verbs[];
extern const guint n_options, n_verbs;

int help_command(const CliOptions *options); /* main.c */
