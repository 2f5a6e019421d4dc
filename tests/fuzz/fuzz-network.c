/* Variables of /etc/sysconfig/network in an ifcfg file: any two texts with a NUL between them. Never a crash,
 * values within their limits, and every variable is seen with the value of the file that has the last word.
 */
#include "ifcfg-record.h"
#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static void check_values(const IfcfgRecord *record)
{
    gsize total = 0;
    for (guint i = 0; i < ifcfg_record_length(record); i++) {
        gsize length = strlen(ifcfg_record_nth(record, i)->value);
        g_assert_cmpuint(length, <=, 64 * 1024);
        total += length;
    }
    g_assert_cmpuint(total, <=, 8 * 1024 * 1024);
}

/* A variable that both files have is the second one's; one that only the first has shows through. */
static void check_precedence(const IfcfgRecord *network, const IfcfgRecord *record)
{
    for (guint i = 0; i < ifcfg_record_length(network) && i < 8; i++) {
        const char *key = ifcfg_record_nth(network, i)->key, *own = ifcfg_record_get(record, key);
        const char *wanted = own ? own : ifcfg_record_get(network, key);
        g_autofree char *text = g_strdup_printf("COPY=${%s}\n", key);
        g_autoptr(IfcfgRecord) probe =
            ifcfg_record_parse("probe", text, strlen(text), own ? record : network, NULL);
        if (!g_str_equal(key, "COPY"))
            g_assert_cmpstr(ifcfg_record_get(probe, "COPY"), ==, wanted);
    }
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    const char *text = (const char *)data, *cut = size ? memchr(text, '\0', size) : NULL;
    gsize first = cut ? (gsize)(cut - text) : size, rest = cut ? size - first - 1 : 0;
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(IfcfgRecord) network = ifcfg_record_parse("network", size ? text : "", first, NULL, problems);
    g_autoptr(IfcfgRecord) record =
        ifcfg_record_parse("ifcfg-fuzz", cut ? cut + 1 : "", rest, network, problems);
    check_values(network);
    check_values(record);
    check_precedence(network, record);
    return 0;
}
