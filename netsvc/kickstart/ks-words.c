/* The lines of a kickstart file's command section, and their words. */
#include "i18n.h"
#include "ifcfg-keys.h"
#include "kickstart/ks.h"
#include <string.h>

#define BLANKS " \t\r\n"
#define SIGNS "#\"'\\"
#define COMMAND "network"

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

/* What has no other meaning at once; a backslash makes such a character of the next one. */
static gboolean take_plain(Splitter *self, GString *text)
{
    gsize length = strcspn(self->at, BLANKS SIGNS);
    g_string_append_len(text, self->at, (gssize)length);
    self->at += length;
    if (*self->at != '\\')
        return TRUE;
    if (!self->at[1]) {
        ifcfg_problems_add(self->problems, IFCFG_ERROR, place(self, self->at),
                           _("a line goes on in no other: take the \\ at its end away"));
        return FALSE;
    }
    g_string_append_c(text, self->at[1]);
    self->at += 2;
    return TRUE;
}

static gboolean take_word(Splitter *self, GString *text)
{
    while (*self->at && !strchr(BLANKS "#", *self->at))
        if (!(*self->at == '"' || *self->at == '\'' ? take_quoted : take_plain)(self, text))
            return FALSE;
    return TRUE;
}

/* In one piece with its text. */
static KsWord *word_new(const char *text, gsize length, IfcfgWhere where)
{
    KsWord *self = g_malloc(sizeof *self + length + 1);
    char *own = (char *)(self + 1);
    memcpy(own, text, length);
    own[length] = '\0';
    *self = (KsWord){own, where};
    return self;
}

/* Nearly all words mean what stands there. @text: to work with. NULL: it has been told why there is none */
static KsWord *word_read(Splitter *self, GString *text)
{
    const char *begin = self->at;
    IfcfgWhere where = place(self, begin);
    gsize plain = strcspn(begin, BLANKS SIGNS);
    if (!strchr(SIGNS, begin[plain]) || !begin[plain]) {
        self->at += plain;
        return word_new(begin, plain, where);
    }
    g_string_truncate(text, 0);
    return take_word(self, text) ? word_new(text->str, text->len, where) : NULL;
}

GPtrArray *ks_split(const char *line, IfcfgWhere where, IfcfgProblems *problems)
{
    Splitter self = {.at = line, .line = line, .where = where, .problems = problems};
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) text = g_string_new(NULL);
    for (;;) {
        self.at += strspn(self.at, BLANKS);
        if (!*self.at || *self.at == '#')
            return g_steal_pointer(&words);
        KsWord *word = word_read(&self, text);
        if (!word)
            return NULL;
        g_ptr_array_add(words, word);
    }
}

/* --- sections --- */

typedef struct {
    IfcfgWhere section; /* line 0: in none */
    GPtrArray *networks;
    IfcfgProblems *problems;
} Reader;

/* The installer's, and those that it leaves to others. */
static gboolean is_section(const char *word)
{
    static const char *const names[] = {"%pre",      "%pre-install", "%post",  "%onerror",  "%traceback",
                                        "%packages", "%certificate", "%addon", "%anaconda", NULL};
    return g_strv_contains(names, word);
}

static void section_tell_open(const Reader *self)
{
    ifcfg_problems_add(self->problems, IFCFG_ERROR, self->section, _("this section has no %%end"));
}

/* A line there is a script's, unless it ends the section or begins another. */
static void read_in_section(Reader *self, const char *line, IfcfgWhere where)
{
    line += strspn(line, BLANKS);
    g_autofree char *word = g_strndup(line, strcspn(line, BLANKS));
    if (is_section(word)) {
        section_tell_open(self);
        self->section = where;
    } else if (g_str_equal(word, "%end")) {
        self->section.line = 0;
    }
}

/* What would come from elsewhere is not read: nobody shall think that it was. */
static void read_directive(Reader *self, const KsWord *word)
{
    gboolean is_elsewhere = g_str_equal(word->text, "%include") || g_str_equal(word->text, "%ksappend");
    if (is_section(word->text))
        self->section = word->where;
    else if (is_elsewhere)
        ifcfg_problems_add(self->problems, IFCFG_WARNING, word->where,
                           _("%s is not followed: network lines there are not seen; put them into this file"),
                           word->text);
    else
        ifcfg_problems_add(self->problems, IFCFG_ERROR, word->where, _("'%s' begins no section"), word->text);
}

/* Any other command is the installer's; none is so much like this one. */
static gboolean is_mistyped(const char *command)
{
    return ifcfg_text_distance(command, COMMAND) <= ifcfg_guess_limit(COMMAND);
}

static void read_command(Reader *self, const char *line, IfcfgWhere where)
{
    g_autoptr(GPtrArray) words = ks_split(line, where, self->problems);
    const KsWord *first = words && words->len ? words->pdata[0] : NULL;
    if (first && *first->text == '%')
        read_directive(self, first);
    else if (first && g_str_equal(first->text, COMMAND))
        g_ptr_array_add(self->networks, ks_network_parse(words, self->problems));
    else if (first && is_mistyped(first->text))
        ifcfg_problems_add(self->problems, IFCFG_ERROR, first->where,
                           _("'%s' is no command of a kickstart file: did you mean %s?"), first->text,
                           COMMAND);
}

/* A CR alone ends a line, as for the installer; one before a line break is a blank. */
static char **lines_split(const char *text)
{
    g_autofree char *copy = g_strdup(text);
    for (char *at = copy; (at = strchr(at, '\r')); at++)
        if (at[1] != '\n')
            *at = '\n';
    return g_strsplit(copy, "\n", -1);
}

GPtrArray *ks_read(const char *name, const char *text, IfcfgProblems *problems)
{
    Reader self = {.problems = problems};
    const char *begin = g_str_has_prefix(text, "\xef\xbb\xbf") ? text + 3 : text; /* some editors' mark */
    g_auto(GStrv) lines = lines_split(begin);
    IfcfgWhere where = {.file = g_intern_string(name)};
    self.networks = g_ptr_array_new_with_free_func((GDestroyNotify)ks_network_free);
    for (guint i = 0; lines[i]; i++) {
        where.line = i + 1;
        if (self.section.line)
            read_in_section(&self, lines[i], where);
        else
            read_command(&self, lines[i], where);
    }
    if (self.section.line)
        section_tell_open(&self);
    return self.networks;
}
