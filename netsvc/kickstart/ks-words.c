/* The lines of a kickstart file's command section, and their words. */
#include "i18n.h"
#include "kickstart/ks.h"
#include <string.h>

void ks_word_free(KsWord *self)
{
    g_free(self->text);
    g_free(self);
}

typedef struct {
    const char *at, *line;
    IfcfgWhere where;
    IfcfgProblems *problems;
} Splitter;

static IfcfgWhere place(const Splitter *self, const char *at)
{
    IfcfgWhere where = self->where;
    where.column = (guint)(at - self->line) + 1;
    return where;
}

/* Within double quotes a backslash is one but before a quote and itself, as in POSIX. */
static gboolean take_quoted(Splitter *self, GString *text)
{
    const char *begin = self->at;
    char quote = *self->at++;
    for (; *self->at && *self->at != quote; self->at++) {
        if (quote == '"' && *self->at == '\\' && self->at[1] && strchr("\"\\", self->at[1]))
            self->at++;
        g_string_append_c(text, *self->at);
    }
    if (!*self->at) {
        ifcfg_problems_add(self->problems, IFCFG_ERROR, place(self, begin),
                           _("this quote is never closed, so it ends with its line; add the closing %c"),
                           quote);
        return FALSE;
    }
    self->at++;
    return TRUE;
}

static gboolean take_word(Splitter *self, GString *text)
{
    while (*self->at && !g_ascii_isspace(*self->at) && *self->at != '#') {
        if (*self->at == '"' || *self->at == '\'') {
            if (!take_quoted(self, text))
                return FALSE;
            continue;
        }
        if (*self->at == '\\' && self->at[1])
            self->at++;
        g_string_append_c(text, *self->at++);
    }
    return TRUE;
}

GPtrArray *ks_split(const char *line, IfcfgWhere where, IfcfgProblems *problems)
{
    Splitter self = {.at = line, .line = line, .where = where, .problems = problems};
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func((GDestroyNotify)ks_word_free);
    for (;;) {
        g_autoptr(GString) text = g_string_new(NULL);
        while (g_ascii_isspace(*self.at))
            self.at++;
        if (!*self.at || *self.at == '#')
            return g_steal_pointer(&words);
        KsWord *word = g_new0(KsWord, 1);
        word->where = place(&self, self.at);
        g_ptr_array_add(words, word);
        if (!take_word(&self, text))
            return NULL;
        word->text = g_string_free(g_steal_pointer(&text), FALSE);
    }
}

static const char *first_word(const char *line, gsize *ret_length)
{
    while (g_ascii_isspace(*line))
        line++;
    *ret_length = strcspn(line, " \t\r\n");
    return line;
}

static gboolean word_is(const char *word, gsize length, const char *name)
{
    return length == strlen(name) && !strncmp(word, name, length);
}

typedef struct {
    IfcfgWhere section; /* line 0: in none */
    GPtrArray *networks;
    IfcfgProblems *problems;
} Reader;

/* What would come from elsewhere is not read: nobody shall think that it was. */
static gboolean read_directive(Reader *self, const char *word, gsize length, IfcfgWhere where)
{
    if (*word != '%')
        return FALSE;
    if (word_is(word, length, "%include") || word_is(word, length, "%ksappend"))
        ifcfg_problems_add(
            self->problems, IFCFG_WARNING, where,
            _("%.*s is not followed: network lines there are not seen; put them into this file"), (int)length,
            word);
    else
        self->section = where;
    return TRUE;
}

static void read_line(Reader *self, const char *line, IfcfgWhere where)
{
    gsize length;
    const char *word = first_word(line, &length);
    where.column = (guint)(word - line) + 1;
    if (self->section.line) {
        if (word_is(word, length, "%end"))
            self->section.line = 0;
        return;
    }
    if (read_directive(self, word, length, where) || !word_is(word, length, "network"))
        return;
    g_autoptr(GPtrArray) words = ks_split(line, where, self->problems);
    if (words)
        g_ptr_array_add(self->networks, ks_network_parse(words, self->problems));
}

GPtrArray *ks_read(const char *name, const char *text, IfcfgProblems *problems)
{
    Reader self = {.problems = problems};
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    IfcfgWhere where = {.file = g_intern_string(name)};
    self.networks = g_ptr_array_new_with_free_func((GDestroyNotify)ks_network_free);
    for (guint i = 0; lines[i]; i++) {
        where.line = i + 1;
        read_line(&self, lines[i], where);
    }
    if (self.section.line)
        ifcfg_problems_add(problems, IFCFG_ERROR, self.section, _("this section has no %%end"));
    return self.networks;
}
