/* One line of `ip route add` or `ip rule add` arguments as words with their places, and the values such words
 * take. Inside the library only. */
#pragma once
#include "ifcfg-rtnames.h"

typedef struct {
    char *text;
    IfcfgWhere where;
} IfcfgWord;

enum { IFCFG_USUAL_WORDS = 8 };

typedef struct {
    IfcfgWord usual[IFCFG_USUAL_WORDS];
    GArray *others; /* of IfcfgWord, those behind them; NULL: there are none */
    guint count;
    char *line; /* in which they stand */
    guint next;
    int family;
    IfcfgWhere where; /* of the line */
    const IfcfgRtNames *names;
    IfcfgProblems *problems;
} IfcfgWords;

/**
 * Splits a line as the old scripts' `while read line` and an unquoted $line did: at blanks, a backslash takes
 * the next character literally, one before a line end joins the lines. A word that begins with # starts a
 * remark.
 */
void ifcfg_words_init(IfcfgWords *self, const char *line, int family, const IfcfgRtNames *names,
                      IfcfgWhere where, IfcfgProblems *problems);
/** The same of a line that is taken over. */
void ifcfg_words_init_take(IfcfgWords *self, char *line, int family, const IfcfgRtNames *names,
                           IfcfgWhere where, IfcfgProblems *problems);
void ifcfg_words_clear(IfcfgWords *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(IfcfgWords, ifcfg_words_clear)

/** The words joined by single blanks. */
char *ifcfg_words_text(const IfcfgWords *self);

/** Appends a blank and the word, so that splitting gives it again, whatever is in it. */
void ifcfg_words_append(GString *text, const char *word);

/** The next word, which stays the next one, or is consumed; NULL at the end. */
const IfcfgWord *ifcfg_words_peek(const IfcfgWords *self);
const IfcfgWord *ifcfg_words_take(IfcfgWords *self);

/** Adds an error at @word (NULL: at the line). Returns: FALSE, so that parsers can return it. */
gboolean ifcfg_words_fail(IfcfgWords *self, const IfcfgWord *word, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* What follows a keyword; on failure FALSE or NULL, after adding a problem, and the result is untouched. */
const IfcfgWord *ifcfg_words_value(IfcfgWords *self, const IfcfgWord *keyword);
gboolean ifcfg_words_number(IfcfgWords *self, const IfcfgWord *keyword, guint64 max, guint64 *ret);
gboolean ifcfg_words_named(IfcfgWords *self, const IfcfgWord *keyword, IfcfgRtKind kind, guint32 *ret);
/** "[FROM/]TO": FROM in the upper half, as RTA_FLOW and FRA_FLOW have it. */
gboolean ifcfg_words_realms(IfcfgWords *self, const IfcfgWord *keyword, guint32 *ret);
gboolean ifcfg_words_ifname(IfcfgWords *self, const IfcfgWord *keyword, char **ret);
gboolean ifcfg_words_address(IfcfgWords *self, const IfcfgWord *keyword, int family, IfcfgIp *ret);

/** A word as `addr[/length|/mask]`, "default", "any" or "all"; host bits are cleared, with a warning if
 * @warn. */
gboolean ifcfg_words_prefix(IfcfgWords *self, const IfcfgWord *word, gboolean warn, IfcfgPrefix *ret);

/** A number with nothing around it: decimal, 0x hex or 0 octal, as `ip` reads numbers. */
gboolean ifcfg_number_parse(const char *text, guint64 max, guint64 *ret);

/** Skips "ip -4 route add", "route add" or "add"; @object is "route" or "rule". FALSE if it is another
 * command. */
gboolean ifcfg_words_skip_command(IfcfgWords *self, const char *object);

/** One keyword of a command. */
typedef struct IfcfgKeyword IfcfgKeyword;
struct IfcfgKeyword {
    const char *name;
    gboolean (*parse)(IfcfgWords *words, const IfcfgKeyword *keyword, const IfcfgWord *word, gpointer object);
    gboolean abbreviable; /* `ip` takes any beginning of it, the first row that fits */
    guint value;          /* for the parse function */
    const char *hint;     /* likewise */
};

/** The row of a word by its full name, or NULL; then by a beginning of it. The table ends in a row without
 * name. */
const IfcfgKeyword *ifcfg_keyword_find(const IfcfgKeyword *table, const char *text);
const IfcfgKeyword *ifcfg_keyword_find_beginning(const IfcfgKeyword *table, const char *text);

/** A parse function for words that `ip` knows and this program does not do; `hint` says what to write
 * instead. */
gboolean ifcfg_keyword_unsupported(IfcfgWords *words, const IfcfgKeyword *keyword, const IfcfgWord *word,
                                   gpointer object);
