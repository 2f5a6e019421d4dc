/* Cuts a word at its = or +=. */
#include "ifcfg-key-value.h"

gboolean ifcfg_key_value_split(const IfcfgToken *token, IfcfgKeyValue *ret)
{
    gsize length = token->kind == IFCFG_TOKEN_WORD ? ifcfg_identifier_length(token->text, token->length) : 0;
    gsize sign = length;
    if (!length)
        return FALSE;
    gboolean appends = sign < token->length && token->text[sign] == '+';
    sign += appends;
    if (sign >= token->length || token->text[sign] != '=')
        return FALSE;
    *ret = (IfcfgKeyValue){.word = *token, .key_length = length, .appends = appends};
    ret->value = token->text + sign + 1;
    ret->value_end = token->text + token->length;
    ret->value_line = token->line;
    ret->value_column = token->column + (guint)sign + 1;
    return TRUE;
}

gboolean ifcfg_key_value_has_capital(const IfcfgKeyValue *assignment)
{
    for (gsize i = 0; i < assignment->key_length; i++)
        if (g_ascii_isupper(assignment->word.text[i]))
            return TRUE;
    return FALSE;
}
