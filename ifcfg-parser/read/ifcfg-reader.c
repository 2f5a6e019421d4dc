/* Reads the statements of a file into a record. Nothing is ever run: what is no assignment is told as a
 * problem and left out. */
#include "ifcfg-reader.h"
#include "i18n.h"
#include "ifcfg-compound.h"
#include "ifcfg-expand.h"
#include "ifcfg-key-value.h"
#include "ifcfg-lexer.h"
#include <string.h>

#define MISSES_MAX 16 /* searches for an end that found none; more would take quadratic time */

typedef struct {
    IfcfgLexer lexer;
    IfcfgToken token; /* the next one to look at */
    IfcfgRecord *record;
    const IfcfgRecord *defaults;
    IfcfgProblems *problems;
    const char *file;
    gsize budget;
    guint misses;
    GString *key, *value; /* scratch */
} Reader;

static IfcfgWhere token_place(const Reader *self, const IfcfgToken *token)
{
    return (IfcfgWhere){.file = self->file, .line = token->line, .column = token->column};
}

/* A piece of the file for a message: short, and harmless on a terminal. */
static char *excerpt(const char *text, gsize length)
{
    g_autofree char *part = g_strndup(text, MIN(length, 40));
    for (char *c = part; *c; c++)
        if (g_ascii_iscntrl(*c))
            *c = ' ';
    g_autofree char *clean = g_utf8_make_valid(part, -1);
    return g_strconcat(clean, length > 40 ? "..." : "", NULL);
}

/* An error at a token. */
static void report(Reader *self, const IfcfgToken *token, const char *format, ...) G_GNUC_PRINTF(3, 4);
static void report(Reader *self, const IfcfgToken *token, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    ifcfg_problems_add(self->problems, IFCFG_ERROR, token_place(self, token), "%s", text);
}

static void advance(Reader *self)
{
    self->token = ifcfg_lexer_next(&self->lexer);
    if (!self->token.unclosed)
        return;
    IfcfgWhere where = {.file = self->file, .line = self->lexer.line, .column = self->token.unclosed_column};
    ifcfg_problems_add(self->problems, IFCFG_ERROR, where,
                       _("this quote is never closed, so it ends with its line; add the closing %c"),
                       self->token.unclosed);
}

static gboolean at_statement_end(const Reader *self)
{
    IfcfgTokenKind kind = self->token.kind;
    return kind == IFCFG_TOKEN_END || kind == IFCFG_TOKEN_NEWLINE || kind == IFCFG_TOKEN_SEMICOLON ||
           kind == IFCFG_TOKEN_BACKGROUND;
}

/* Leaves out the rest of a command and what && || | hang on it. */
static void skip_statement(Reader *self)
{
    while (!at_statement_end(self)) {
        gboolean joins = self->token.kind == IFCFG_TOKEN_LOGIC || self->token.kind == IFCFG_TOKEN_PIPE;
        advance(self);
        while (joins && self->token.kind == IFCFG_TOKEN_NEWLINE)
            advance(self);
        IfcfgLexer bookmark = self->lexer;
        guint line;
        if (joins && self->misses < MISSES_MAX && ifcfg_compound_opens(&self->token) &&
            !ifcfg_compound_skip(&self->lexer, &self->token, &line)) {
            self->lexer = bookmark;
            self->misses++;
        }
    }
}

static void compound_skip(Reader *self, const IfcfgToken *opener)
{
    IfcfgLexer bookmark = self->lexer;
    guint line = 0;
    g_autofree char *word = excerpt(opener->text, opener->length);
    if (self->misses < MISSES_MAX && ifcfg_compound_skip(&self->lexer, opener, &line)) {
        /* VMware's tools once wrote check_link_down() into the files. */
        gboolean is_function = ifcfg_compound_is_function(opener);
        ifcfg_problems_add(
            self->problems, is_function ? IFCFG_WARNING : IFCFG_ERROR, token_place(self, opener),
            is_function
                ? _("'%s' begins a function, which is never called; remove it, up to its end in line %u")
                : _("'%s' is never run, and nothing up to its end in line %u is used; write plain KEY=value "
                    "lines"),
            word, line);
    } else {
        self->lexer = bookmark;
        self->misses++;
        ifcfg_problems_add(self->problems, IFCFG_ERROR, token_place(self, opener),
                           _("'%s' is never run, and its end is missing; write plain KEY=value lines"), word);
    }
    advance(self);
    skip_statement(self);
}

/* Whether the next word belongs to a value that somebody forgot to quote: NAME=bond0 slave 1,
 * BONDING_OPTS=mode=1 miimon=100. No key is in small letters, so after an option another `option=value` is
 * one more of them. */
static gboolean word_joins(const Reader *self, const IfcfgKeyValue *assignment)
{
    IfcfgKeyValue next;
    if (self->token.kind != IFCFG_TOKEN_WORD)
        return FALSE;
    if (!ifcfg_key_value_split(&self->token, &next))
        return TRUE;
    gsize length = (gsize)(assignment->value_end - assignment->value);
    return memchr(assignment->value, '=', length) && !ifcfg_key_value_has_capital(&next);
}

/* Takes the words of an unquoted value with blanks. Returns: whether there were any. */
static gboolean assignment_join(Reader *self, IfcfgKeyValue *assignment)
{
    gboolean joined = FALSE;
    while (!assignment->word.quoted && word_joins(self, assignment)) {
        if (assignment->value == assignment->value_end) { /* KEY= value */
            assignment->value = self->token.text;
            assignment->value_line = self->token.line;
            assignment->value_column = self->token.column;
        }
        assignment->value_end = self->token.text + self->token.length;
        joined = TRUE;
        advance(self);
    }
    return joined;
}

/* An operator right behind the value, as in KEY=<placeholder> or URL=a?b&c: a shell would not have set what
 * is written there. */
static gboolean assignment_is_torn(Reader *self, const IfcfgKeyValue *assignment)
{
    IfcfgTokenKind kind = self->token.kind;
    if (!self->token.glued || kind == IFCFG_TOKEN_LOGIC || kind == IFCFG_TOKEN_END ||
        kind == IFCFG_TOKEN_NEWLINE || kind == IFCFG_TOKEN_SEMICOLON || kind == IFCFG_TOKEN_WORD)
        return FALSE;
    g_autofree char *sign = excerpt(self->token.text, self->token.length);
    ifcfg_problems_add(
        self->problems, IFCFG_ERROR, token_place(self, &self->token),
        _("'%s' is not plain text to a shell: put the value in quotes if it belongs to it; not set: %.*s"),
        sign, (int)assignment->key_length, assignment->word.text);
    return TRUE;
}

static void assignment_add(Reader *self, const IfcfgKeyValue *assignment, const IfcfgAssignment *result)
{
    const char *start = assignment->value, *newline;
    guint line = assignment->value_line, column = assignment->value_column;
    while ((newline = memchr(start, '\n', (gsize)(assignment->value_end - start)))) {
        start = newline + 1;
        line++;
        column = 1;
    }
    ifcfg_record_add(self->record, result, line, column + (guint)(assignment->value_end - start));
}

static gboolean assignment_store(Reader *self, const IfcfgKeyValue *assignment)
{
    g_string_truncate(self->key, 0);
    g_string_append_len(self->key, assignment->word.text, (gssize)assignment->key_length);
    g_string_truncate(self->value, 0);
    IfcfgExpansion expansion = {.record = self->record,
                                .defaults = self->defaults,
                                .problems = self->problems,
                                .key = self->key->str,
                                .budget = &self->budget,
                                .where = {self->file, assignment->value_line, assignment->value_column}};
    const char *before = assignment->appends ? ifcfg_expansion_lookup(&expansion, self->key->str) : NULL;
    if (before)
        g_string_append(self->value, before);
    if (!ifcfg_expand(&expansion, assignment->value, (gsize)(assignment->value_end - assignment->value),
                      self->value))
        return FALSE;
    IfcfgAssignment result = {.key = self->key->str,
                              .value = self->value->str,
                              .where = token_place(self, &assignment->word),
                              .value_line = assignment->value_line,
                              .value_column = assignment->value_column};
    assignment_add(self, assignment, &result);
    return TRUE;
}

static void array_skip(Reader *self, const IfcfgKeyValue *assignment)
{
    guint line;
    IfcfgLexer bookmark = self->lexer;
    g_autofree char *word = excerpt(assignment->word.text, assignment->word.length);
    report(self, &assignment->word,
           _("'%s' starts an array, which is not understood; write one value, in quotes"), word);
    if (self->misses < MISSES_MAX && !ifcfg_compound_skip(&self->lexer, &self->token, &line)) {
        self->lexer = bookmark;
        self->misses++;
    }
    advance(self);
}

/* KEY==value */
static void report_second_sign(Reader *self, const IfcfgKeyValue *assignment)
{
    gsize length = (gsize)(assignment->value_end - assignment->value);
    if (!length || *assignment->value != '=')
        return;
    g_autofree char *value = excerpt(assignment->value + 1, length - 1);
    ifcfg_problems_add(self->problems, IFCFG_WARNING, token_place(self, &assignment->word),
                       _("the second = is part of the value; write %s=%s"), self->key->str, value);
}

/* Reads one assignment. @declared: behind export and its like, where blanks separate names */
static void assignment_read(Reader *self, IfcfgKeyValue *assignment, gboolean declared)
{
    advance(self);
    if (assignment->value == assignment->value_end && self->token.kind == IFCFG_TOKEN_OPEN &&
        self->token.glued) {
        array_skip(self, assignment);
        return;
    }
    gboolean starts_late = assignment->value == assignment->value_end;
    gboolean joined = !declared && assignment_join(self, assignment);
    if (assignment_is_torn(self, assignment)) {
        do
            advance(self);
        while (skip_statement(self), self->token.kind == IFCFG_TOKEN_BACKGROUND);
        return;
    }
    if (!assignment_store(self, assignment))
        return;
    report_second_sign(self, assignment);
    if (!joined)
        return;
    g_autofree char *value = excerpt(self->value->str, self->value->len);
    ifcfg_problems_add(self->problems, IFCFG_WARNING, token_place(self, &assignment->word),
                       starts_late ? _("no space may follow the =; read as %s=\"%s\"")
                                   : _("a value with spaces needs quotes; read as %s=\"%s\""),
                       self->key->str, value);
}

/* What stands behind the assignments of a line and is none. */
static void rest_read(Reader *self)
{
    if (at_statement_end(self) && self->token.kind != IFCFG_TOKEN_BACKGROUND)
        return;
    g_autofree char *word = excerpt(self->token.text, self->token.length);
    report(
        self, &self->token,
        self->token.kind == IFCFG_TOKEN_WORD
            ? _("unexpected text '%s' after the value, ignored; put the whole value in quotes, or # before "
                "a comment")
            : _("'%s' and what follows is ignored; put the value in quotes, or # before a comment"),
        word);
    skip_statement(self);
}

static void assignments_read(Reader *self, IfcfgKeyValue *assignment)
{
    do
        assignment_read(self, assignment, FALSE);
    while (ifcfg_key_value_split(&self->token, assignment));
    rest_read(self);
}

/* export, declare and their like: options, names and assignments */
static void declaration_read(Reader *self)
{
    IfcfgKeyValue assignment;
    for (advance(self); self->token.kind == IFCFG_TOKEN_WORD;) {
        const IfcfgToken *token = &self->token;
        if (ifcfg_key_value_split(token, &assignment))
            assignment_read(self, &assignment, TRUE);
        else if (token->text[0] == '-' ||
                 ifcfg_identifier_length(token->text, token->length) == token->length)
            advance(self);
        else
            break;
    }
    rest_read(self);
}

static void unset_read(Reader *self)
{
    gboolean functions = FALSE;
    for (advance(self); self->token.kind == IFCFG_TOKEN_WORD; advance(self)) {
        const IfcfgToken *token = &self->token;
        g_autofree char *name = g_strndup(token->text, token->length);
        functions |= ifcfg_token_is(token, "-f");
        if (!functions && ifcfg_identifier_length(token->text, token->length) == token->length)
            ifcfg_record_remove(self->record, name);
        else if (token->text[0] != '-' && !functions)
            break;
    }
    rest_read(self);
}

/* self->token: what follows the first word */
static void command_report(Reader *self, const IfcfgToken *first)
{
    gsize name = ifcfg_identifier_length(first->text, first->length);
    gboolean assigns = memchr(first->text, '=', first->length) != NULL;
    g_autofree char *word = excerpt(first->text, first->length);
    if (self->token.kind == IFCFG_TOKEN_WORD && self->token.text[0] == '=')
        report(self, first, _("spaces around the = of '%s', so it is not set; write KEY=value without them"),
               word);
    else if (ifcfg_token_is(first, ".") || ifcfg_token_is(first, "source"))
        report(self, first,
               _("'%s' reads no other file here; copy the lines that you need from it into this one"), word);
    else if (name && assigns && first->text[name] == '[')
        report(self, first,
               _("'%s' sets part of an array, which is not understood; write one value, in quotes"), word);
    else if (assigns)
        report(self, first,
               _("'%s' sets nothing: a name has only letters, digits and _, and does not start with a digit"),
               word);
    else
        report(self, first,
               _("'%s' is not KEY=value, and commands are never run; remove it, or write # before a comment"),
               word);
}

static void command_read(Reader *self)
{
    IfcfgToken first = self->token;
    IfcfgLexer behind_name = self->lexer;
    advance(self);
    IfcfgLexer peek = self->lexer;
    if (self->token.kind == IFCFG_TOKEN_OPEN && ifcfg_lexer_next(&peek).kind == IFCFG_TOKEN_CLOSE) {
        self->lexer = behind_name;
        compound_skip(self, &first);
        return;
    }
    command_report(self, &first);
    skip_statement(self);
}

static gboolean is_declaration(const IfcfgToken *token)
{
    static const char *const words[] = {"export", "declare", "typeset", "local", "readonly"};
    for (guint i = 0; i < G_N_ELEMENTS(words); i++)
        if (ifcfg_token_is(token, words[i]))
            return TRUE;
    return FALSE;
}

static void statement_read(Reader *self)
{
    IfcfgKeyValue assignment;
    if (ifcfg_key_value_split(&self->token, &assignment)) {
        assignments_read(self, &assignment);
    } else if (ifcfg_compound_opens(&self->token)) {
        IfcfgToken opener = self->token;
        compound_skip(self, &opener);
    } else if (self->misses && ifcfg_compound_continues(&self->token)) {
        advance(self); /* of a construct without an end, which has been told */
    } else if (is_declaration(&self->token)) {
        declaration_read(self);
    } else if (ifcfg_token_is(&self->token, "unset")) {
        unset_read(self);
    } else if (self->token.kind == IFCFG_TOKEN_WORD) {
        command_read(self);
    } else {
        rest_read(self);
    }
}

void ifcfg_reader_read(IfcfgRecord *record, const char *file, const char *text, gsize length,
                       const IfcfgRecord *defaults, IfcfgProblems *problems)
{
    g_autoptr(GString) key = g_string_sized_new(32), value = g_string_sized_new(128);
    Reader self = {.record = record,
                   .defaults = defaults,
                   .problems = problems,
                   .file = file,
                   .budget = IFCFG_EXPAND_BUDGET,
                   .key = key,
                   .value = value};
    ifcfg_lexer_init(&self.lexer, text, length);
    for (advance(&self); self.token.kind != IFCFG_TOKEN_END;) {
        if (at_statement_end(&self))
            advance(&self);
        else
            statement_read(&self);
    }
}
