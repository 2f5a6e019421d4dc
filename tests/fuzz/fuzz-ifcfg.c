/* Any bytes as an ifcfg file: never a crash, values within their limits and places within the text; values
 * printed in single quotes are read again as the same. */
#include "ifcfg-record.h"
#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static guint line_count(const guint8 *data, gsize size)
{
    guint count = 1;
    for (gsize i = 0; i < size; i++)
        count += data[i] == '\n';
    return count;
}

static char *record_print(const IfcfgRecord *record)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < ifcfg_record_length(record); i++) {
        const IfcfgAssignment *assignment = ifcfg_record_nth(record, i);
        g_auto(GStrv) parts = g_strsplit(assignment->value, "'", -1);
        g_autofree char *value = g_strjoinv("'\\''", parts);
        g_string_append_printf(text, "%s='%s'\n", assignment->key, value);
    }
    return g_string_free(text, FALSE);
}

static void check_places(const IfcfgRecord *record, const IfcfgProblems *problems, guint lines)
{
    for (guint i = 0; i < ifcfg_record_length(record); i++) {
        const IfcfgAssignment *assignment = ifcfg_record_nth(record, i);
        g_assert_cmpuint(assignment->where.line, >=, 1);
        g_assert_cmpuint(assignment->where.line, <=, lines);
        g_assert_cmpuint(assignment->value_line, >=, assignment->where.line);
        g_assert_cmpuint(assignment->value_column, >=, 1);
        g_assert_cmpuint(strlen(assignment->value), <=, 64 * 1024);
    }
    for (guint i = 0; i < ifcfg_problems_length(problems); i++)
        g_assert_cmpuint(ifcfg_problems_get(problems, i)->where.line, <=, lines);
}

/* Only for texts whose values have one line each: a line break could look like a forgotten quote. */
static void check_again(const IfcfgRecord *record)
{
    g_autofree char *once = record_print(record);
    for (guint i = 0; i < ifcfg_record_length(record); i++)
        if (strpbrk(ifcfg_record_nth(record, i)->value, "\n\r"))
            return;
    if (strlen(once) > 32 * 1024) /* a line has a limit of its own */
        return;
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(IfcfgRecord) again = ifcfg_record_parse("again", once, strlen(once), NULL, problems);
    g_autofree char *twice = record_print(again);
    g_assert_cmpuint(ifcfg_problems_length(problems), ==, 0);
    g_assert_cmpstr(once, ==, twice);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    static const char network[] = "GLOBAL='a b'\nEMPTY=\n";
    g_autoptr(IfcfgRecord) defaults = ifcfg_record_parse("network", network, strlen(network), NULL, NULL);
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(IfcfgRecord) record =
        ifcfg_record_parse("ifcfg-fuzz", (const char *)data, size, defaults, problems);
    check_places(record, problems, line_count(data, size));
    check_again(record);
    return 0;
}
