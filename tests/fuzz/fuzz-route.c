/* Any line as a route: never a crash, and what is printed is read again as the same. */
#include "fuzz-line.h"

static char *line_format(const char *line, int family)
{
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    IfcfgWhere where = {g_intern_static_string("route-eth0"), 1, 1};
    g_autoptr(IfcfgRoute) route = ifcfg_route_parse(line, family, NULL, where, problems);
    g_assert_cmpuint(ifcfg_problems_count(problems, IFCFG_ERROR), ==, route ? 0 : 1);
    return route ? ifcfg_route_format(route) : NULL;
}
