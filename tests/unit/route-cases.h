/* Runs tables of lines through the route and rule parsers. */
#pragma once
#include "ifcfg-route.h"
#include <string.h>
#include <sys/socket.h>

typedef struct {
    int family;
    const char *line;
    const char *printed; /* the canonical form, or NULL if the line is refused */
    const char *
        problem; /* as ifcfg_problem_format() prints it, without the file; NULL: none; the first one counts */
} LineCase;

/* Parses a line and returns its canonical form, or NULL. */
typedef char *(*LineFormat)(const char *line, int family, const IfcfgRtNames *names, const char *file,
                            IfcfgProblems *problems);

static inline void line_case_run(const LineCase *test, LineFormat format, const char *file)
{
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autofree char *printed = format(test->line, test->family, NULL, file, problems);
    g_autofree char *problem = NULL;
    if (ifcfg_problems_length(problems) > 0)
        problem = ifcfg_problem_format(ifcfg_problems_get(problems, 0));
    g_test_message("%s", test->line);
    g_assert_cmpstr(printed, ==, test->printed);
    g_assert_cmpuint(ifcfg_problems_length(problems), ==, test->problem ? 1 : 0);
    if (problem)
        g_assert_cmpstr(problem + strlen(file) + 1, ==, test->problem);
    if (!printed)
        return;
    g_autofree char *again = format(printed, test->family, NULL, file, NULL);
    g_assert_cmpstr(again, ==, printed);
}
