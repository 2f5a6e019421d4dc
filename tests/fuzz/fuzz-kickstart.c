/* Any text as a kickstart file: never a crash, and each file that comes out is read without a complaint about
 * its syntax, each key once. */
#include "ifcfg-record.h"
#include "ifcfg-replace.h"
#include "kickstart/ks.h"
#include <string.h>

static void file_check(const IfcfgText *file)
{
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autofree char *name = g_path_get_basename(file->path);
    g_assert_null(strstr(file->path, ".."));
    if (!g_str_has_prefix(name, "ifcfg-") && !g_str_has_prefix(name, "keys-"))
        return;
    g_autoptr(IfcfgRecord) record = ifcfg_record_parse(name, file->text, strlen(file->text), NULL, problems);
    for (guint i = 0; i < ifcfg_record_length(record); i++) {
        const IfcfgAssignment *assignment = ifcfg_record_nth(record, i);
        g_assert_true(ifcfg_record_find(record, assignment->key) == assignment);
    }
    g_assert_cmpuint(ifcfg_problems_count(problems, IFCFG_ERROR), ==, 0);
}

static char *mac_of(const char *device)
{
    return strchr(device, 'x') ? NULL : g_strdup("52:54:00:00:00:01");
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);
int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autofree char *text = g_strndup((const char *)data, size);
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(GPtrArray) networks = ks_read("ks.cfg", text, problems);
    if (ifcfg_problems_count(problems, IFCFG_ERROR))
        return 0;
    for (guint i = 0; i < networks->len; i++) { /* what the machine knows */
        KsNetwork *network = networks->pdata[i];
        if (ks_device_word(network))
            network->device = g_strdup("eth0");
    }
    g_autoptr(GPtrArray) files = ks_files(networks, "ks.cfg", mac_of, problems);
    for (guint i = 0; !ifcfg_problems_count(problems, IFCFG_ERROR) && i < files->len; i++)
        file_check(files->pdata[i]);
    return 0;
}
