/* Unquotes a word and puts in the values of variables. */
#include "ifcfg-expand.h"
#include "i18n.h"
#include "ifcfg-ansi.h"
#include "ifcfg-glob.h"
#include "ifcfg-lexer.h"
#include "ifcfg-scan.h"
#include <string.h>

#define DEPTH_MAX 16

static const char too_long[] =
    N_("the value becomes too long with its variables put in (over 64 KiB, or all together over 4 MiB)");

typedef enum {
    PLAIN,
    DOUBLE,  /* in double quotes */
    PATTERN, /* of ${VAR%...}: what is quoted gets a \ for ifcfg_glob_match() */
} Mode;

typedef struct {
    const IfcfgExpansion *context;
    const char *text; /* the whole word, for places */
    GString *out;
    guint depth;
} Expander;

static gboolean expand_range(Expander *self, const char *at, const char *end, Mode mode);

static IfcfgWhere place(const Expander *self, const char *at)
{
    IfcfgWhere where = self->context->where;
    const char *line_start = NULL;
    for (const char *c = self->text; c < at; c++) {
        if (*c == '\n') {
            where.line++;
            line_start = c + 1;
        }
    }
    where.column = (guint)(line_start ? at - line_start + 1 : where.column + (at - self->text));
    return where;
}

static gboolean refuse(const Expander *self, const char *at, const char *what)
{
    const char *key = self->context->key;
    ifcfg_problems_add(self->context->problems, IFCFG_ERROR, place(self, at),
                       key ? _("%s; not set: %s") : "%s", what, key);
    return FALSE;
}

static gboolean append(Expander *self, const char *at, const char *text, gsize length)
{
    if (length > *self->context->budget || self->out->len + length > IFCFG_EXPAND_MAX)
        return refuse(self, at, _(too_long));
    *self->context->budget -= length;
    g_string_append_len(self->out, text, (gssize)length);
    return TRUE;
}

/* @at: the place to blame, as in append() */
static gboolean append_quoted(Expander *self, const char *at, const char *text, gsize length, Mode mode)
{
    if (mode != PATTERN)
        return append(self, at, text, length);
    for (const char *end = text + length; text < end; text++)
        if ((strchr("*?[]\\", *text) && !append(self, at, "\\", 1)) || !append(self, at, text, 1))
            return FALSE;
    return TRUE;
}

const char *ifcfg_expansion_lookup(const IfcfgExpansion *self, const char *name)
{
    const char *value = ifcfg_record_get(self->record, name);
    return value || !self->defaults ? value : ifcfg_record_get(self->defaults, name);
}

static const char *lookup(const Expander *self, const char *at, const char *name, gboolean may_be_unset)
{
    const char *value = ifcfg_expansion_lookup(self->context, name);
    if (!value && !may_be_unset && g_strcmp0(name, self->context->key))
        ifcfg_problems_add(
            self->context->problems, IFCFG_WARNING, place(self, at),
            _("$%s is not set here, so it is empty; set it on an earlier line, or write the value itself"),
            name);
    return value;
}

static gboolean expand_pattern(Expander *self, const char *at, const char *value, const char *word,
                               const char *end)
{
    gboolean front = *word == '#', longest = end - word > 1 && word[1] == *word;
    g_autoptr(GString) pattern = g_string_new(NULL);
    Expander inner = {self->context, self->text, pattern, self->depth};
    if (!expand_range(&inner, word + 1 + longest, end, PATTERN))
        return FALSE;
    gsize length = strlen(value), work = length * length / 64 * (pattern->len + 1);
    if (work > *self->context->budget)
        return refuse(self, at, _("this pattern would take too long"));
    *self->context->budget -= work;
    const char *rest = ifcfg_glob_cut(value, &length, pattern->str, front, longest);
    return append(self, at, rest, length);
}

/* @name, @op: what stands between ${ and } */
static gboolean expand_operator(Expander *self, const char *at, const char *name, const char *op,
                                const char *end, Mode mode)
{
    gboolean colon = op < end && *op == ':';
    char sign = op + colon < end ? op[colon] : '\0';
    gboolean is_default = sign == '-', is_alternative = sign == '+';
    if (!colon && (sign == '%' || sign == '#')) {
        const char *value = lookup(self, at, name, FALSE);
        return expand_pattern(self, at, value ? value : "", op, end);
    }
    if (!is_default && !is_alternative && op < end)
        return refuse(self, at,
                      _("only ${VAR}, ${VAR:-x}, ${VAR:+x}, ${VAR%x} and ${VAR#x} are understood; write the "
                        "value itself"));
    const char *value = lookup(self, at, name, is_default || is_alternative);
    gboolean is_set = value && (!colon || *value);
    if (is_set == is_alternative && op < end)
        return expand_range(self, op + colon + 1, end, mode);
    return !is_set || is_alternative ? TRUE : append(self, at, value, strlen(value));
}

static const char *expand_brace(Expander *self, const char *at, const char *end, Mode mode)
{
    const char *close = ifcfg_scan_nested(at + 2, end, '}', mode == DOUBLE);
    if (!close)
        return refuse(self, at, _("${ is never closed with }")), NULL;
    gsize length = ifcfg_identifier_length(at + 2, (gsize)(close - at - 2));
    if (!length)
        return refuse(self, at, _("only names of variables are understood in ${}; write the value itself")),
               NULL;
    g_autofree char *name = g_strndup(at + 2, length);
    return expand_operator(self, at, name, at + 2 + length, close, mode) ? close + 1 : NULL;
}

static const char *expand_dollar(Expander *self, const char *at, const char *end, Mode mode)
{
    char next = at + 1 < end ? at[1] : '\0';
    if (next == '(' && at + 2 < end && at[2] == '(')
        return refuse(self, at, _("arithmetic is never evaluated; write the number itself")), NULL;
    if (next == '(')
        return refuse(self, at, _("a command substitution is never run; write its result itself")), NULL;
    if (next == '{')
        return expand_brace(self, at, end, mode);
    if (next && strchr("0123456789@*#?-$!", next))
        return refuse(self, at,
                      _("this variable has a value only in a running shell; write the value itself")),
               NULL;
    gsize length = ifcfg_identifier_length(at + 1, (gsize)(end - at - 1));
    if (!length) /* a lone $ means itself */
        return append(self, at, "$", 1) ? at + 1 : NULL;
    g_autofree char *name = g_strndup(at + 1, length);
    const char *value = lookup(self, at, name, FALSE);
    return !value || append(self, at, value, strlen(value)) ? at + 1 + length : NULL;
}

static const char *expand_escape(Expander *self, const char *at, const char *end, Mode mode)
{
    if (at + 1 == end)
        return append(self, at, at, 1) ? end : NULL;
    if (at[1] == '\n') /* a line that goes on */
        return at + 2;
    if (mode == DOUBLE && !strchr("$`\"\\", at[1]))
        return append(self, at, at, 2) ? at + 2 : NULL;
    return append_quoted(self, at, at + 1, 1, mode) ? at + 2 : NULL;
}

/* '...', "..." and $'...'; one that is never closed ends with the word */
static const char *expand_quote(Expander *self, const char *at, const char *end, Mode mode)
{
    gboolean ansi = *at == '$';
    const char *start = at + 1 + ansi, *close = ifcfg_scan_quote(start, end, *at);
    const char *stop = close ? close : end, *next = close ? close + 1 : end;
    if (*at == '\'')
        return append_quoted(self, at, start, (gsize)(stop - start), mode) ? next : NULL;
    g_autoptr(GString) inner_out = g_string_new(NULL);
    Expander inner = {self->context, self->text, inner_out, self->depth};
    if (ansi)
        ifcfg_ansi_unescape(start, stop, inner_out);
    else if (!expand_range(&inner, start, stop, DOUBLE))
        return NULL;
    return append_quoted(self, at, inner_out->str, inner_out->len, mode) ? next : NULL;
}

static const char *expand_sign(Expander *self, const char *at, const char *end, Mode mode)
{
    char next = at + 1 < end ? at[1] : '\0';
    if (*at == '`')
        return refuse(self, at, _("a command in backticks is never run; write its result itself")), NULL;
    if (*at == '\\')
        return expand_escape(self, at, end, mode);
    if (mode == DOUBLE && *at == '"') /* "${VAR:-"x"}" */
        return at + 1;
    if (mode == DOUBLE && *at == '\'')
        return append(self, at, at, 1) ? at + 1 : NULL;
    if (*at == '$' && next == '"' && mode != DOUBLE)
        return at + 1;
    if (*at != '$' || (next == '\'' && mode != DOUBLE))
        return expand_quote(self, at, end, mode);
    return expand_dollar(self, at, end, mode);
}

static gboolean is_sign(char c)
{
    return c == '\'' || c == '"' || c == '\\' || c == '$' || c == '`' || !c;
}

static gboolean expand_range(Expander *self, const char *at, const char *end, Mode mode)
{
    if (++self->depth > DEPTH_MAX)
        return refuse(self, at, _("variables are nested too deeply here; write the value itself"));
    while (at && at < end) {
        const char *run = at;
        while (run < end && !is_sign(*run))
            run++;
        if (run > at && !append(self, at, at, (gsize)(run - at)))
            return FALSE;
        at = run < end ? expand_sign(self, run, end, mode) : end;
    }
    self->depth--;
    return at != NULL;
}

gboolean ifcfg_expand(const IfcfgExpansion *self, const char *text, gsize length, GString *out)
{
    Expander expander = {self, text, out, 0};
    gsize before = out->len; /* of KEY+=; copying it costs too */
    if (before > *self->budget)
        return refuse(&expander, text, _(too_long));
    *self->budget -= before;
    return expand_range(&expander, text, text + length, PLAIN);
}
