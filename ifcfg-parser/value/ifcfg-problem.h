/* What could not be understood, and where: a list that every reader appends to and nobody but main prints. */
#pragma once
#include <glib.h>

/** A place in a file. `file` is interned (g_intern_string), so a copy by value is always safe. 0 means "not
 * known". */
typedef struct {
    const char *file;
    guint line;
    guint column; /* counted in bytes from 1 */
} IfcfgWhere;

typedef enum {
    IFCFG_WARNING, /* read, but the administrator should look at it */
    IFCFG_ERROR,   /* not usable as written */
} IfcfgSeverity;

typedef struct {
    IfcfgWhere where;
    IfcfgSeverity severity;
    char *message;
} IfcfgProblem;

typedef struct IfcfgProblems IfcfgProblems;

IfcfgProblems *ifcfg_problems_new(void);
void ifcfg_problems_free(IfcfgProblems *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(IfcfgProblems, ifcfg_problems_free)

/** Appends one problem; `self` may be NULL, then nothing happens. */
void ifcfg_problems_add(IfcfgProblems *self, IfcfgSeverity severity, IfcfgWhere where, const char *format,
                        ...) G_GNUC_PRINTF(4, 5);

guint ifcfg_problems_length(const IfcfgProblems *self);
const IfcfgProblem *ifcfg_problems_get(const IfcfgProblems *self, guint index);

/** How many problems of exactly this severity there are. */
guint ifcfg_problems_count(const IfcfgProblems *self, IfcfgSeverity severity);

/** Sorts by file, line and column, keeping the order of equal places. */
void ifcfg_problems_sort(IfcfgProblems *self);

/** "error" or "warning". */
const char *ifcfg_severity_name(IfcfgSeverity severity);

/** `file:line:col: error: text`, as compilers do; parts that are not known are left out. */
char *ifcfg_problem_format(const IfcfgProblem *problem);
