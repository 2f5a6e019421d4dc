/* Values as they are written into a file: read back by our parser and by a POSIX shell that sources the file,
 * they are the same again, and nothing in them is ever run. */
#pragma once
#include <glib.h>

/** How a value is dressed where it can be; where it cannot, it gets the quotes that it needs. */
typedef enum {
    IFCFG_QUOTE_PLAIN, /* only what needs quotes has them */
    IFCFG_QUOTE_DOUBLE,
    IFCFG_QUOTE_SINGLE,
} IfcfgQuoting;

/** What stands behind the = for @value. Returns: to be freed */
char *ifcfg_quote(const char *value, IfcfgQuoting quoting);
/** Whether a shell takes it as a variable and no more: a script that gets it from a file, by its environment
 * or by eval, is not to be led elsewhere by that, nor to end (what cannot be assigned). */
gboolean ifcfg_key_is_for_shell(const char *key);
/** Appends the line KEY=value, quoted where it has to be. */
void ifcfg_append(GString *text, const char *key, const char *value);
