/* Cuts a file into words and operators as a shell would, with their places. Words stay as written:
 * ifcfg-expand.h unquotes them. */
#pragma once
#include "ifcfg-problem.h"

typedef enum {
    IFCFG_TOKEN_END,
    IFCFG_TOKEN_NEWLINE,
    IFCFG_TOKEN_SEMICOLON,
    IFCFG_TOKEN_WORD,
    IFCFG_TOKEN_LOGIC, /* && || */
    IFCFG_TOKEN_PIPE,
    IFCFG_TOKEN_BACKGROUND,
    IFCFG_TOKEN_REDIRECT, /* with its number: 2> */
    IFCFG_TOKEN_OPEN,
    IFCFG_TOKEN_CLOSE,
} IfcfgTokenKind;

typedef struct {
    IfcfgTokenKind kind;
    const char *text; /* in the file */
    gsize length;
    guint line, column;
    gboolean glued;  /* no blank in front of it */
    gboolean quoted; /* has a part in quotes */
    char unclosed;   /* the quote that is never closed, so that the word ends with its line; or 0 */
    guint unclosed_column;
} IfcfgToken;

/** A copy is a bookmark: assigning it back goes back to that place. */
typedef struct {
    const char *at, *end;
    const char *line_start;
    const char *region_end; /* how far a quote may reach, see ifcfg-lexer.c */
    guint line;
    guint misses;              /* quotes and here-documents without an end */
    gboolean delimiter_wanted; /* behind << */
    const char *delimiter;     /* of the here-document that starts with the next line, or NULL */
    gsize delimiter_length;
} IfcfgLexer;

void ifcfg_lexer_init(IfcfgLexer *self, const char *text, gsize length);
IfcfgToken ifcfg_lexer_next(IfcfgLexer *self);

/** Whether a word is exactly this text, unquoted (the form of reserved words). */
gboolean ifcfg_token_is(const IfcfgToken *token, const char *text);
/** Length of the shell identifier that @text starts with; 0 when it starts with none. */
gsize ifcfg_identifier_length(const char *text, gsize length);
