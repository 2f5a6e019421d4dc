/* Changing a file: the text is cut at the places that the reader found, and read again after each change. */
#include "ifcfg-edit.h"
#include "i18n.h"
#include "ifcfg-file.h"
#include "ifcfg-lexer.h"
#include "ifcfg-quote.h"
#include "ifcfg-reader.h"
#include "ifcfg-replace.h"
#include "ifcfg-root.h"
#include <string.h>

struct IfcfgEdit {
    char *root, *path;
    GString *text; /* with its BOM and CRs */
    IfcfgRecord *record;
    gboolean is_changed;
};

/** Bytes of the text. */
typedef struct {
    gsize start, end;
} Span;

static IfcfgRecord *text_read(const IfcfgEdit *self, const GString *text)
{
    return ifcfg_record_parse(self->path, text->str, text->len, NULL, NULL);
}

IfcfgEdit *ifcfg_edit_new(const char *root, const char *path, const char *text, gsize length)
{
    IfcfgEdit *self = g_new0(IfcfgEdit, 1);
    self->root = g_strdup(root);
    self->path = g_strdup(path);
    self->text = g_string_new_len(text, (gssize)length);
    self->record = text_read(self, self->text);
    return self;
}

IfcfgEdit *ifcfg_edit_load(const char *root, const char *path, GError **error)
{
    g_autofree char *real = ifcfg_root_resolve(root, path), *text = NULL;
    gsize length = 0;
    if (real && !g_file_test(real, G_FILE_TEST_EXISTS) && !g_file_test(real, G_FILE_TEST_IS_SYMLINK))
        return ifcfg_edit_new(root, path, "", 0);
    /* It has the limits; the text to change is the one with its CRs. */
    g_autofree char *clean = ifcfg_file_read(root, path, &length, NULL, error);
    if (!clean || !g_file_get_contents(real, &text, &length, error))
        return NULL;
    return ifcfg_edit_new(root, path, text, length);
}

void ifcfg_edit_free(IfcfgEdit *self)
{
    if (!self)
        return;
    ifcfg_record_unref(self->record);
    g_string_free(self->text, TRUE);
    g_free(self->root);
    g_free(self->path);
    g_free(self);
}

const IfcfgRecord *ifcfg_edit_record(IfcfgEdit *self)
{
    return self->record;
}

const char *ifcfg_edit_text(const IfcfgEdit *self)
{
    return self->text->str;
}

/* --- where things are --- */

static gsize place_offset(const IfcfgEdit *self, guint line, guint column)
{
    const char *text = self->text->str, *at = text, *end = text + self->text->len;
    if (line == 1 && g_str_has_prefix(text, "\xef\xbb\xbf"))
        at += 3;
    for (; line > 1 && at < end; line--) {
        const char *newline = memchr(at, '\n', (gsize)(end - at));
        at = newline ? newline + 1 : end;
    }
    return MIN((gsize)(at - text) + column - 1, self->text->len);
}

/* From the first letter of the key to the end of the value. */
static Span span_of(const IfcfgEdit *self, guint index)
{
    const IfcfgAssignment *assignment = ifcfg_record_nth(self->record, index);
    guint line, column;
    ifcfg_record_end(self->record, index, &line, &column);
    return (Span){place_offset(self, assignment->where.line, assignment->where.column),
                  place_offset(self, line, column)};
}

/* 1 + index of the last assignment of a key before @before, or 0 */
static guint number_of(const IfcfgEdit *self, const char *key, guint before)
{
    while (before > 0 && strcmp(ifcfg_record_nth(self->record, before - 1)->key, key) != 0)
        before--;
    return before;
}

static gboolean is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* --- is it so? --- */

static gboolean has_variable(const IfcfgEdit *self, guint index)
{
    Span span = span_of(self, index);
    return memchr(self->text->str + span.start, '$', span.end - span.start) != NULL;
}

/* Whatever is not about the key has stayed. What has a variable in it may follow the change. */
static gboolean others_are_same(const IfcfgEdit *self, const IfcfgRecord *after, const char *key)
{
    const IfcfgRecord *before = self->record;
    guint other = 0, count = ifcfg_record_length(after);
    for (guint i = 0; i < ifcfg_record_length(before); i++) {
        const IfcfgAssignment *old = ifcfg_record_nth(before, i);
        if (!strcmp(old->key, key))
            continue;
        while (other < count && !strcmp(ifcfg_record_nth(after, other)->key, key))
            other++;
        const IfcfgAssignment *new = other < count ? ifcfg_record_nth(after, other++) : NULL;
        if (!new || strcmp(old->key, new->key) != 0 ||
            (strcmp(old->value, new->value) != 0 && !has_variable(self, i)))
            return FALSE;
    }
    while (other < count && !strcmp(ifcfg_record_nth(after, other)->key, key))
        other++;
    return other == count;
}

/* @value: NULL for a key that shall be gone. Takes @text, as the new one or away. */
static gboolean text_take(IfcfgEdit *self, GString *text, const char *key, const char *value, GError **error)
{
    g_autoptr(IfcfgRecord) after = text_read(self, text);
    if (g_strcmp0(ifcfg_record_get(after, key), value) != 0 || !others_are_same(self, after, key)) {
        g_string_free(text, TRUE);
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                    value ? _("%s: %s cannot be set to this value so that it is read back the same")
                          : _("%s: %s cannot be removed without changing how the rest is read"),
                    self->path, key);
        return FALSE;
    }
    g_string_free(self->text, TRUE);
    self->text = text;
    ifcfg_record_unref(self->record);
    self->record = g_steal_pointer(&after);
    self->is_changed = TRUE;
    return TRUE;
}

/* --- setting --- */

static IfcfgQuoting quoting_of(const IfcfgEdit *self, Span span)
{
    const char *text = self->text->str, *sign = memchr(text + span.start, '=', span.end - span.start);
    gboolean is_closed = sign && sign + 2 < text + span.end && text[span.end - 1] == sign[1];
    if (is_closed && sign[1] == '\'')
        return IFCFG_QUOTE_SINGLE;
    return is_closed && sign[1] == '"' ? IFCFG_QUOTE_DOUBLE : IFCFG_QUOTE_PLAIN;
}

static GString *text_with(const IfcfgEdit *self, Span span, const char *new)
{
    GString *text = g_string_new_len(self->text->str, (gssize)span.start);
    g_string_append(text, new);
    g_string_append_len(text, self->text->str + span.end, (gssize)(self->text->len - span.end));
    return text;
}

/* Lines end as the last one does. */
static GString *text_with_line(const IfcfgEdit *self, const char *key, const char *value)
{
    const GString *old = self->text;
    GString *text = g_string_new_len(old->str, (gssize)old->len);
    const char *last = memrchr(old->str, '\n', old->len);
    const char *newline = last && last > old->str && last[-1] == '\r' ? "\r\n" : "\n";
    g_autofree char *quoted = ifcfg_quote(value, IFCFG_QUOTE_PLAIN);
    if (old->len && old->str[old->len - 1] != '\n')
        g_string_append(text, newline);
    g_string_append_printf(text, "%s=%s%s", key, quoted, newline);
    return text;
}

gboolean ifcfg_edit_set(IfcfgEdit *self, const char *key, const char *value, GError **error)
{
    guint number = number_of(self, key, ifcfg_record_length(self->record));
    if (!*key || ifcfg_identifier_length(key, strlen(key)) != strlen(key)) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                    _("'%s' cannot be a key: it has letters, digits and _, and does not start with a digit"),
                    key);
        return FALSE;
    }
    if (number && !strcmp(ifcfg_record_nth(self->record, number - 1)->value, value))
        return TRUE;
    if (!number)
        return text_take(self, text_with_line(self, key, value), key, value, error);
    Span span = span_of(self, number - 1);
    g_autofree char *quoted = ifcfg_quote(value, quoting_of(self, span));
    g_autofree char *new = g_strconcat(key, "=", quoted, NULL);
    return text_take(self, text_with(self, span, new), key, value, error);
}

/* --- removing --- */

/* The line, or the lines, that an assignment stands in, without the line break. */
static Span lines_around(const char *text, gsize length, Span span)
{
    const char *before = span.start ? memrchr(text, '\n', span.start) : NULL;
    const char *behind = memchr(text + span.end, '\n', length - span.end);
    return (Span){before ? (gsize)(before - text) + 1 : 0, behind ? (gsize)(behind - text) : length};
}

/* In front of it there is nothing, or no more than `export` or its like. */
static gboolean is_first(const char *line, const char *at)
{
    for (; line < at; line++)
        if (*line == '=' || *line == ';' || *line == '\n')
            return FALSE;
    return TRUE;
}

static const char *skip_blanks(const char *at, const char *end)
{
    while (at < end && is_blank(*at))
        at++;
    return at;
}

/* What goes with an assignment: its line if there is nothing else in it, else the blanks and the semicolon
 * that would be left over. */
static Span removal_of(const GString *text, Span span)
{
    const char *all = text->str;
    Span lines = lines_around(all, text->len, span);
    const char *start = all + lines.start, *end = all + lines.end, *before = all + span.start;
    const char *rest = skip_blanks(all + span.end, end);
    while (before > start && is_blank(before[-1]))
        before--;
    gboolean first = is_first(start, before), has_semicolon = rest < end && *rest == ';';
    if (!first) {
        gboolean doubled = has_semicolon && before[-1] == ';';
        return (Span){(gsize)(before - all), doubled ? (gsize)(rest - all) + 1 : span.end};
    }
    if (has_semicolon)
        rest = skip_blanks(rest + 1, end);
    gboolean goes_on = rest + 1 == end && *rest == '\\' && before == start; /* in the next line */
    if (rest == end || goes_on)
        return (Span){lines.start, MIN(lines.end + 1, text->len)};
    if (*rest == '#' || has_semicolon) /* what was in front of it goes too */
        span.start = (gsize)(skip_blanks(start, all + span.start) - all);
    return (Span){span.start, (gsize)(rest - all)};
}

gboolean ifcfg_edit_remove(IfcfgEdit *self, const char *key, GError **error)
{
    guint number = number_of(self, key, ifcfg_record_length(self->record));
    if (!number)
        return TRUE;
    GString *text = g_string_new_len(self->text->str, (gssize)self->text->len);
    for (; number; number = number_of(self, key, number - 1)) {
        Span removal = removal_of(text, span_of(self, number - 1));
        g_string_erase(text, (gssize)removal.start, (gssize)(removal.end - removal.start));
    }
    return text_take(self, text, key, NULL, error);
}

gboolean ifcfg_edit_save(IfcfgEdit *self, GError **error)
{
    g_autofree char *real = ifcfg_root_resolve(self->root, self->path);
    if (!self->is_changed)
        return TRUE;
    if (!ifcfg_file_replace(real ? real : self->path, self->text->str, NULL, error))
        return FALSE;
    self->is_changed = FALSE;
    return TRUE;
}
