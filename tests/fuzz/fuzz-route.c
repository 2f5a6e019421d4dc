/* Any line as a route: never a crash, and what is printed is read again as the same. The first byte picks the
 * family. */
#include "ifcfg-route.h"
#include <sys/socket.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static char *line_format(const char *line, int family)
{
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    IfcfgWhere where = {g_intern_static_string("route-eth0"), 1, 1};
    g_autoptr(IfcfgRoute) route = ifcfg_route_parse(line, family, NULL, where, problems);
    g_assert_cmpuint(ifcfg_problems_count(problems, IFCFG_ERROR), ==, route ? 0 : 1);
    return route ? ifcfg_route_format(route) : NULL;
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    if (size == 0)
        return 0;
    int family = data[0] & 1 ? AF_INET6 : AF_INET;
    g_autofree char *line = g_strndup((const char *)data + 1, size - 1);
    g_autofree char *once = line_format(line, family);
    g_autofree char *twice = once ? line_format(once, family) : NULL;
    g_assert_cmpstr(once, ==, twice);
    return 0;
}
