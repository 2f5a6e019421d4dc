/* Constructs of several lines (if, loops, functions, groups): found and stepped over, never looked into. */
#pragma once
#include "ifcfg-lexer.h"

/** Whether a command that starts with this token is such a construct; functions written `name ()` are not
 * recognised here. */
gboolean ifcfg_compound_opens(const IfcfgToken *token);
/** Whether a construct that starts with this token, and has an end, is the definition of a function: where it
 * stands, it sets nothing and does nothing. */
gboolean ifcfg_compound_is_function(const IfcfgToken *opener);
/** Words that only mean something inside one: then, fi, done ... */
gboolean ifcfg_compound_continues(const IfcfgToken *token);

/**
 * Steps behind the end of a construct. @opener: its first token, which the lexer has just given (for `name
 * ()`: the name) Returns: FALSE if it has no end; the lexer is then anywhere. @ret_line gets the line of the
 * end.
 */
gboolean ifcfg_compound_skip(IfcfgLexer *lexer, const IfcfgToken *opener, guint *ret_line);
