/* Any bytes as KEY, VALUE and a file, with NUL between them: a change is made wholly, so that the value is
 * read back and nothing else reads otherwise, or it is refused and the text is as it was. */
#include "ifcfg-edit.h"
#include "ifcfg-quote.h"
#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

/* A value alone in a file is read back in whatever quotes. */
static void check_quotes(const char *value)
{
    for (IfcfgQuoting quoting = IFCFG_QUOTE_PLAIN; quoting <= IFCFG_QUOTE_SINGLE; quoting++) {
        g_autofree char *quoted = ifcfg_quote(value, quoting), *text = g_strdup_printf("A=%s\nB=x\n", quoted);
        g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
        g_autoptr(IfcfgRecord) record = ifcfg_record_parse("quoted", text, strlen(text), NULL, problems);
        g_assert_cmpuint(ifcfg_problems_length(problems), ==, 0);
        g_assert_cmpstr(ifcfg_record_get(record, "A"), ==, value);
        g_assert_cmpstr(ifcfg_record_get(record, "B"), ==, "x");
    }
}

static void check_change(IfcfgEdit *edit, const char *key, const char *value)
{
    g_autofree char *before = g_strdup(ifcfg_edit_text(edit));
    gboolean done = value ? ifcfg_edit_set(edit, key, value, NULL) : ifcfg_edit_remove(edit, key, NULL);
    if (done)
        g_assert_cmpstr(ifcfg_record_get(ifcfg_edit_record(edit), key), ==, value);
    else
        g_assert_cmpstr(ifcfg_edit_text(edit), ==, before);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autofree char *all = g_strndup((const char *)data, size); /* padded with NUL */
    gsize key = strnlen(all, size),
          value = key < size ? strnlen((const char *)data + key + 1, size - key - 1) : 0;
    if (key + 1 + value + 1 > size || value > 16 * 1024)
        return 0;
    g_autofree char *wanted = g_strndup((const char *)data + key + 1, value);
    const char *text = (const char *)data + key + value + 2;
    gsize length = size - (key + value + 2);
    check_quotes(wanted);
    if (memchr(text, '\0', length)) /* no text: nothing of it is read */
        return 0;
    g_autoptr(IfcfgEdit) edit = ifcfg_edit_new(NULL, "ifcfg-fuzz", text, length);
    check_change(edit, all, wanted);
    check_change(edit, "DEVICE", wanted);
    check_change(edit, all, NULL);
    check_change(edit, all, "again");
    return 0;
}
