/* Cuts a file into words and operators as a shell would. */
#include "ifcfg-lexer.h"
#include "ifcfg-scan.h"
#include <string.h>

#define MISSES_MAX 16 /* then quotes only count within their line, so that no text takes quadratic time */

void ifcfg_lexer_init(IfcfgLexer *self, const char *text, gsize length)
{
    *self = (IfcfgLexer){.at = text, .end = text + length, .line_start = text, .region_end = text, .line = 1};
}

gsize ifcfg_identifier_length(const char *text, gsize length)
{
    gsize count = 0;
    if (!length || g_ascii_isdigit(text[0]))
        return 0;
    while (count < length && (g_ascii_isalnum(text[count]) || text[count] == '_'))
        count++;
    return count;
}

gboolean ifcfg_token_is(const IfcfgToken *token, const char *text)
{
    return token->kind == IFCFG_TOKEN_WORD && token->length == strlen(text) &&
           !memcmp(token->text, text, token->length);
}

static gboolean is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static gboolean ends_word(char c)
{
    switch (c) {
    case ' ':
    case '\t':
    case '\n':
    case ';':
    case '&':
    case '|':
    case '<':
    case '>':
    case '(':
    case ')':
        return TRUE;
    default:
        return FALSE;
    }
}

static const char *line_end(const char *at, const char *end)
{
    const char *stop = memchr(at, '\n', (gsize)(end - at));
    return stop ? stop : end;
}

static void move_to(IfcfgLexer *self, const char *to)
{
    const char *newline;
    while ((newline = memchr(self->at, '\n', (gsize)(to - self->at)))) {
        self->line++;
        self->at = self->line_start = newline + 1;
    }
    self->at = to;
}

/* A comment or an assignment to a key in capitals: not what the second line of a quoted value looks like. */
static gboolean line_is_fresh(const char *at, const char *end)
{
    while (at < end && is_blank(*at))
        at++;
    if (end - at > 7 && !memcmp(at, "export ", 7))
        at += 7;
    if (at == end || *at == '#')
        return at < end;
    gsize length = ifcfg_identifier_length(at, (gsize)(end - at));
    return length && g_ascii_isupper(*at) && at + length < end && at[length] == '=';
}

static gboolean line_is_continued(const char *start, const char *stop)
{
    gsize count = 0;
    while (stop > start && *--stop == '\\')
        count++;
    return count % 2;
}

/* A forgotten quote must not swallow the rest of the file. So a quote may reach over lines, but not into one
 * that starts afresh. */
static const char *region_end(IfcfgLexer *self)
{
    const char *stop = line_end(self->at, self->end);
    if (self->misses >= MISSES_MAX)
        return stop;
    if (self->at < self->region_end)
        return self->region_end;
    const char *start = self->at;
    while (stop < self->end && (line_is_continued(start, stop) || !line_is_fresh(stop + 1, self->end))) {
        start = stop + 1;
        stop = line_end(start, self->end);
    }
    return self->region_end = stop;
}

/* What closes a quote on a later line ends a value; with text behind it, it more likely opens another value.
 */
static gboolean close_is_credible(const char *open, const char *close, const char *end)
{
    const char *newline = open;
    while ((newline = memchr(newline, '\n', (gsize)(close - newline))) && newline[-1] == '\\')
        newline++;
    if (!newline)
        return TRUE;
    for (close++; close < end && is_blank(*close);)
        close++;
    return close == end || *close == '\n' || *close == ';' || (*close == '#' && is_blank(close[-1]));
}

/* Reads the quoted or nested part at the current place. FALSE: it has no end; the word then ends with the
 * line. */
static gboolean read_part(IfcfgLexer *self, IfcfgToken *token)
{
    const char *at = self->at, *limit = region_end(self), *close;
    char sign = at[0];
    gboolean dollar = sign == '$' && at + 1 < self->end;
    if (dollar && (at[1] == '(' || at[1] == '{'))
        close = ifcfg_scan_nested(at + 2, limit, at[1] == '(' ? ')' : '}', FALSE);
    else
        close = ifcfg_scan_quote(at + 1 + dollar, limit, sign);
    gboolean is_quote = sign == '\'' || sign == '"' || (dollar && at[1] == '\'');
    token->quoted |= is_quote;
    if (close && close_is_credible(at, close, self->end)) {
        move_to(self, close + 1);
        return TRUE;
    }
    self->misses++;
    if (is_quote) {
        token->unclosed = sign == '$' ? '\'' : sign;
        token->unclosed_column = (guint)(at - self->line_start) + 1;
    }
    self->at = line_end(at, self->end);
    return FALSE;
}

/* Most of a file is letters that mean themselves. */
static void skip_plain(IfcfgLexer *self)
{
    static const guint8 signs[256] = {
        [' '] = 1, ['\t'] = 1, ['\n'] = 1, [';'] = 1,  ['&'] = 1, ['|'] = 1, ['<'] = 1, ['>'] = 1,
        ['('] = 1, [')'] = 1,  ['\\'] = 1, ['\''] = 1, ['"'] = 1, ['`'] = 1, ['$'] = 1};
    const char *at = self->at, *end = self->end;
    while (at < end && !signs[(guchar)*at])
        at++;
    self->at = at;
}

static void read_word(IfcfgLexer *self, IfcfgToken *token)
{
    for (skip_plain(self); self->at < self->end && !ends_word(*self->at); skip_plain(self)) {
        char c = self->at[0], next = self->at + 1 < self->end ? self->at[1] : '\0';
        if (c == '\\')
            move_to(self, MIN(self->at + 2, self->end));
        else if (c != '\'' && c != '"' && c != '`' && !(c == '$' && next && strchr("({'", next)))
            self->at++;
        else if (!read_part(self, token))
            break;
    }
    token->length = (gsize)(self->at - token->text);
    if (self->delimiter_wanted) {
        self->delimiter = token->text;
        self->delimiter_length = token->length;
        self->delimiter_wanted = FALSE;
    }
}

static void skip_blanks(IfcfgLexer *self)
{
    while (self->at < self->end) {
        if (is_blank(*self->at))
            self->at++;
        else if (*self->at == '\\' && self->at + 1 < self->end && self->at[1] == '\n')
            move_to(self, self->at + 2);
        else
            break;
    }
    if (self->at < self->end && *self->at == '#')
        self->at = line_end(self->at, self->end);
}

static gboolean delimiter_matches(const IfcfgLexer *self, const char *start, const char *stop)
{
    const char *word = self->delimiter;
    gsize length = self->delimiter_length;
    if (length > 1 && (*word == '\'' || *word == '"') && word[length - 1] == *word) {
        word++;
        length -= 2;
    }
    while (start < stop && *start == '\t')
        start++;
    return (gsize)(stop - start) == length && !memcmp(start, word, length);
}

/* The text of a here-document is no configuration. Without its last line nothing is skipped. */
static void skip_here_document(IfcfgLexer *self)
{
    for (const char *start = self->at; start < self->end && self->misses < MISSES_MAX;) {
        const char *stop = line_end(start, self->end);
        if (delimiter_matches(self, start, stop)) {
            move_to(self, stop);
            self->delimiter = NULL;
            return;
        }
        start = MIN(stop + 1, self->end);
    }
    self->misses++;
    self->delimiter = NULL;
}

static IfcfgTokenKind operator_kind(IfcfgLexer *self, char c)
{
    char next = self->at < self->end ? *self->at : '\0';
    gboolean twice = next == c;
    if (c == '\n')
        return IFCFG_TOKEN_NEWLINE;
    if (c == '(' || c == ')')
        return c == '(' ? IFCFG_TOKEN_OPEN : IFCFG_TOKEN_CLOSE;
    if (c == ';') {
        while (self->at < self->end && (*self->at == ';' || *self->at == '&')) /* ;; ;& ;;& */
            self->at++;
        return IFCFG_TOKEN_SEMICOLON;
    }
    if ((c == '&' || c == '|') && next != '>') {
        self->at += twice || (c == '|' && next == '&');
        return twice ? IFCFG_TOKEN_LOGIC : c == '|' ? IFCFG_TOKEN_PIPE : IFCFG_TOKEN_BACKGROUND;
    }
    gsize rest = (gsize)(self->end - self->at);
    self->delimiter_wanted = c == '<' && twice && (rest < 2 || self->at[1] != '<'); /* <<< is none */
    while (self->at < self->end && memchr("<>&|-", *self->at, 5))
        self->at++;
    return IFCFG_TOKEN_REDIRECT;
}

static void read_operator(IfcfgLexer *self, IfcfgToken *token)
{
    while (g_ascii_isdigit(*self->at))
        self->at++;
    char c = *self->at++;
    token->kind = operator_kind(self, c);
    token->length = (gsize)(self->at - token->text);
    if (c != '\n')
        return;
    self->line++;
    self->line_start = self->at;
    self->delimiter_wanted = FALSE;
    if (self->delimiter)
        skip_here_document(self);
}

/* An operator, or the number in front of one: 2> */
static gboolean at_operator(const IfcfgLexer *self)
{
    const char *at = self->at;
    if (!g_ascii_isdigit(*at))
        return ends_word(*at);
    while (at < self->end && g_ascii_isdigit(*at))
        at++;
    return at < self->end && (*at == '<' || *at == '>');
}

IfcfgToken ifcfg_lexer_next(IfcfgLexer *self)
{
    const char *before = self->at;
    skip_blanks(self);
    IfcfgToken token = {.text = self->at, .line = self->line, .glued = self->at == before};
    token.column = (guint)(self->at - self->line_start) + 1;
    if (self->at == self->end) {
        token.kind = IFCFG_TOKEN_END;
    } else if (at_operator(self)) {
        read_operator(self, &token);
    } else {
        token.kind = IFCFG_TOKEN_WORD;
        read_word(self, &token);
    }
    return token;
}
