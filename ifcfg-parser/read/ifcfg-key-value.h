/* One KEY=value word, cut at its sign. Inside the library only. */
#pragma once
#include "ifcfg-lexer.h"

typedef struct {
    IfcfgToken word;
    gsize key_length;
    gboolean appends; /* += */
    const char *value, *value_end;
    guint value_line, value_column;
} IfcfgKeyValue;

/** Splits KEY=value or KEY+=value; FALSE if the word is something else. */
gboolean ifcfg_key_value_split(const IfcfgToken *token, IfcfgKeyValue *ret);
/** Whether there is a capital letter in the key. */
gboolean ifcfg_key_value_has_capital(const IfcfgKeyValue *assignment);
