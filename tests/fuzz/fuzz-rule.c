/* Any line as a rule: never a crash, and what is printed is read again as the same. */
#include "fuzz-line.h"

static char *line_format(const char *line, int family)
{
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    IfcfgWhere where = {g_intern_static_string("rule-eth0"), 1, 1};
    g_autoptr(IfcfgRule) rule = ifcfg_rule_parse(line, family, NULL, where, problems);
    g_assert_cmpuint(ifcfg_problems_count(problems, IFCFG_ERROR), ==, rule ? 0 : 1);
    return rule ? ifcfg_rule_format(rule) : NULL;
}
