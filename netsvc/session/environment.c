/* The environment as a record, read as a file is: by the parser, and for the keys that the table of fields
 * allows. */
#include "session/environment.h"
#include "i18n.h"
#include "ifcfg-quote.h"
#include "model/field.h"

IfcfgRecord *environment_load(void)
{
    g_autoptr(GString) lines = g_string_new(NULL);
    gsize count;
    const NetField *fields = net_fields(&count);
    for (gsize i = 0; i < count; i++) {
        const char *value = fields[i].in_environment ? g_getenv(fields[i].key) : NULL;
        if (value)
            ifcfg_append(lines, fields[i].key, value);
    }
    return lines->len ? ifcfg_record_parse(_("environment"), lines->str, lines->len, NULL, NULL) : NULL;
}
