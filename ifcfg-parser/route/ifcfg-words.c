/* Splits a line of `ip` arguments into words, and reads the values that stand behind keywords. */
#include "ifcfg-words.h"
#include "i18n.h"
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>
#include <sys/socket.h>

/* Takes one word from *text on, which loses its backslashes where it stands; @where moves along. @ret_end:
 * where the word ends, to be closed when what follows has been looked at */
static IfcfgWord word_read(char **text, IfcfgWhere *where, char **ret_end)
{
    IfcfgWord word = {*text, *where};
    char *from = *text;
    while (*from && *from != '\\' && !g_ascii_isspace(*from))
        from++;
    where->column += (guint)(from - *text);
    char *to = from;
    while (*from && !g_ascii_isspace(*from)) {
        if (from[0] == '\\' && from[1] == '\n') {
            from += 2;
            where->line++;
            where->column = 1;
            continue;
        }
        guint step = from[0] == '\\' && from[1] ? 2 : 1;
        *to++ = from[step - 1];
        from += step;
        where->column += step;
    }
    *text = from;
    *ret_end = to;
    return word;
}

static char *blanks_skip(char *p, IfcfgWhere *where)
{
    for (;; p++) {
        if (p[0] == '\\' && p[1] == '\n')
            p++;
        if (!g_ascii_isspace(*p))
            return p;
        where->column = *p == '\n' ? 1 : where->column + 1;
        where->line += *p == '\n';
    }
}

static void word_add(IfcfgWords *self, const IfcfgWord *word)
{
    guint number = self->count++;
    if (number < G_N_ELEMENTS(self->usual)) {
        self->usual[number] = *word;
        return;
    }
    if (!self->others)
        self->others = g_array_new(FALSE, FALSE, sizeof *word);
    g_array_append_vals(self->others, word, 1);
}

void ifcfg_words_init(IfcfgWords *self, const char *line, int family, const IfcfgRtNames *names,
                      IfcfgWhere where, IfcfgProblems *problems)
{
    ifcfg_words_init_take(self, g_strdup(line), family, names, where, problems);
}

void ifcfg_words_init_take(IfcfgWords *self, char *line, int family, const IfcfgRtNames *names,
                           IfcfgWhere where, IfcfgProblems *problems)
{
    where.column = MAX(where.column, 1);
    *self =
        (IfcfgWords){.line = line, .family = family, .where = where, .names = names, .problems = problems};
    for (char *end, *at = blanks_skip(self->line, &where); *at && *at != '#';) {
        IfcfgWord word = word_read(&at, &where, &end);
        at = blanks_skip(at, &where);
        *end = '\0';
        word_add(self, &word);
    }
}

void ifcfg_words_clear(IfcfgWords *self)
{
    g_clear_pointer(&self->others, g_array_unref);
    g_clear_pointer(&self->line, g_free);
}

static const IfcfgWord *word_nth(const IfcfgWords *self, guint index)
{
    if (index >= self->count)
        return NULL;
    return index < G_N_ELEMENTS(self->usual)
               ? &self->usual[index]
               : &g_array_index(self->others, IfcfgWord, index - G_N_ELEMENTS(self->usual));
}

char *ifcfg_words_text(const IfcfgWords *self)
{
    GString *text = g_string_sized_new(64);
    for (guint i = 0; i < self->count; i++) {
        if (i)
            g_string_append_c(text, ' ');
        g_string_append(text, word_nth(self, i)->text);
    }
    return g_string_free(text, FALSE);
}

void ifcfg_words_append(GString *text, const char *word)
{
    gsize plain;
    g_string_append_c(text, ' ');
    for (; *word; word += plain) {
        if (strchr("\\#", *word))
            g_string_append_c(text, '\\');
        plain = 1 + strcspn(word + 1, "\\#");
        g_string_append_len(text, word, (gssize)plain);
    }
}

const IfcfgWord *ifcfg_words_peek(const IfcfgWords *self)
{
    return word_nth(self, self->next);
}

const IfcfgWord *ifcfg_words_take(IfcfgWords *self)
{
    const IfcfgWord *word = ifcfg_words_peek(self);
    self->next += word != NULL;
    return word;
}

gboolean ifcfg_words_fail(IfcfgWords *self, const IfcfgWord *word, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    ifcfg_problems_add(self->problems, IFCFG_ERROR, word ? word->where : self->where, "%s", message);
    return FALSE;
}

const IfcfgWord *ifcfg_words_value(IfcfgWords *self, const IfcfgWord *keyword)
{
    const IfcfgWord *word = ifcfg_words_take(self);
    if (!word)
        ifcfg_words_fail(self, keyword, _("\"%s\" needs a value, but the line ends here"), keyword->text);
    return word;
}

gboolean ifcfg_number_parse(const char *text, guint64 max, guint64 *ret)
{
    char *end;
    if (!g_ascii_isdigit(text[0]))
        return FALSE;
    guint64 number = g_ascii_strtoull(text, &end, 0);
    if (*end || number > max)
        return FALSE;
    *ret = number;
    return TRUE;
}

gboolean ifcfg_words_number(IfcfgWords *self, const IfcfgWord *keyword, guint64 max, guint64 *ret)
{
    const IfcfgWord *word = ifcfg_words_value(self, keyword);
    if (!word)
        return FALSE;
    if (ifcfg_number_parse(word->text, max, ret))
        return TRUE;
    return ifcfg_words_fail(self, word, _("\"%s\" after \"%s\" is not a number from 0 to %" PRIu64),
                            word->text, keyword->text, max);
}

gboolean ifcfg_words_named(IfcfgWords *self, const IfcfgWord *keyword, IfcfgRtKind kind, guint32 *ret)
{
    const IfcfgWord *word = ifcfg_words_value(self, keyword);
    if (!word)
        return FALSE;
    if (ifcfg_rtnames_lookup(self->names, kind, word->text, ret))
        return TRUE;
    const char *file = ifcfg_rtnames_file(kind);
    if (!file || g_ascii_isdigit(word->text[0]))
        return ifcfg_words_fail(self, word, _("\"%s\" is not a known %s, nor a number up to %u"), word->text,
                                ifcfg_rtnames_kind(kind), ifcfg_rtnames_max(kind));
    return ifcfg_words_fail(self, word,
                            _("no %s is called \"%s\": add a line \"NUMBER %s\" to /etc/iproute2/%s"),
                            ifcfg_rtnames_kind(kind), word->text, word->text, file);
}

gboolean ifcfg_words_ifname(IfcfgWords *self, const IfcfgWord *keyword, char **ret)
{
    const IfcfgWord *word = ifcfg_words_value(self, keyword);
    const char *fault = word ? ifcfg_ifname_fault(word->text) : NULL;
    if (!word)
        return FALSE;
    if (fault)
        return ifcfg_words_fail(self, word, _("\"%s\" is not an interface name: %s"), word->text, fault);
    g_free(*ret);
    *ret = g_strdup(word->text);
    return TRUE;
}

static int family_other(int family)
{
    return family == AF_INET ? AF_INET6 : AF_INET;
}

static const char *family_name(int family)
{
    return family == AF_INET ? "IPv4" : "IPv6";
}

/* The file that holds the same interface's lines of the other family: route-eth0 and route6-eth0, rule-eth0
 * and rule6-eth0. */
static char *sibling_name(const IfcfgWords *self)
{
    static const char *const stems[] = {"route", "rule"};
    g_autofree char *name = g_path_get_basename(self->where.file ? self->where.file : "");
    for (guint i = 0; i < G_N_ELEMENTS(stems); i++) {
        gsize length = strlen(stems[i]);
        if (strncmp(name, stems[i], length) == 0 && name[length] == '-')
            return g_strdup_printf("%s6%s", stems[i], name + length);
        if (strncmp(name, stems[i], length) == 0 && name[length] == '6' && name[length + 1] == '-')
            return g_strdup_printf("%s%s", stems[i], name + length + 1);
    }
    return g_strdup_printf(_("the file of %s lines"), family_name(family_other(self->family)));
}

static gboolean family_fail(IfcfgWords *self, const IfcfgWord *word)
{
    g_autofree char *sibling = sibling_name(self);
    return ifcfg_words_fail(self, word, _("\"%s\" is %s in a file for %s: move the line to %s"), word->text,
                            family_name(family_other(self->family)), family_name(self->family), sibling);
}

gboolean ifcfg_words_address(IfcfgWords *self, const IfcfgWord *keyword, int family, IfcfgIp *ret)
{
    IfcfgIp other;
    const IfcfgWord *word = ifcfg_words_value(self, keyword);
    if (!word)
        return FALSE;
    if (ifcfg_ip_parse(word->text, family, ret))
        return TRUE;
    if (!ifcfg_ip_parse(word->text, family_other(family), &other))
        return ifcfg_words_fail(self, word, _("\"%s\" after \"%s\" is not an %s address"), word->text,
                                keyword->text, family_name(family));
    return ifcfg_words_fail(self, word, _("\"%s\" is an %s address, but an %s address is needed here"),
                            word->text, family_name(other.family), family_name(family));
}

static gboolean prefix_parse(const char *text, int family, IfcfgPrefix *ret)
{
    const char *slash = strchr(text, '/');
    guint8 length;
    if (!slash || !strchr(slash, '.') || family != AF_INET)
        return ifcfg_prefix_parse(text, family, ret);
    if (!ifcfg_netmask_parse(slash + 1, &length))
        return FALSE;
    g_autofree char *plain = g_strdup_printf("%.*s/%u", (int)(slash - text), text, length);
    return ifcfg_prefix_parse(plain, family, ret);
}

gboolean ifcfg_words_prefix(IfcfgWords *self, const IfcfgWord *word, gboolean warn, IfcfgPrefix *ret)
{
    IfcfgPrefix prefix;
    if (!prefix_parse(word->text, self->family, &prefix)) {
        if (prefix_parse(word->text, family_other(self->family), &prefix))
            return family_fail(self, word);
        return ifcfg_words_fail(self, word, _("\"%s\" is not an %s address or ADDRESS/LENGTH"), word->text,
                                family_name(self->family));
    }
    *ret = ifcfg_prefix_network(&prefix);
    if (warn && !ifcfg_prefix_equal(&prefix, ret)) {
        g_autofree char *used = ifcfg_prefix_format(ret);
        ifcfg_problems_add(self->problems, IFCFG_WARNING, word->where,
                           _("\"%s\" is an address inside a network, not a network: %s is used"), word->text,
                           used);
    }
    return TRUE;
}

static gboolean word_is(const IfcfgWords *self, const char *text)
{
    const IfcfgWord *word = ifcfg_words_peek(self);
    return word && strcmp(word->text, text) == 0;
}

/* -4 and -6 must agree with the file. */
static gboolean family_options_skip(IfcfgWords *self)
{
    for (; word_is(self, "-4") || word_is(self, "-6"); ifcfg_words_take(self))
        if (word_is(self, "-4") != (self->family == AF_INET))
            return family_fail(self, ifcfg_words_peek(self));
    return TRUE;
}

gboolean ifcfg_words_skip_command(IfcfgWords *self, const char *object)
{
    static const char *const others[] = {"del", "delete", "flush", "show", "list", "get", NULL};
    if (word_is(self, "ip") || word_is(self, "/sbin/ip") || word_is(self, "/usr/sbin/ip"))
        ifcfg_words_take(self);
    if (!family_options_skip(self))
        return FALSE;
    if (word_is(self, object))
        ifcfg_words_take(self);
    if (word_is(self, "add") || word_is(self, "replace"))
        ifcfg_words_take(self);
    const IfcfgWord *word = ifcfg_words_peek(self);
    if (word && g_strv_contains(others, word->text))
        return ifcfg_words_fail(self, word,
                                _("only the arguments of \"ip %s add\" can stand here, not \"%s\""), object,
                                word->text);
    return TRUE;
}

const IfcfgKeyword *ifcfg_keyword_find(const IfcfgKeyword *table, const char *text)
{
    for (; table->name; table++)
        if (strcmp(table->name, text) == 0)
            return table;
    return NULL;
}

const IfcfgKeyword *ifcfg_keyword_find_beginning(const IfcfgKeyword *table, const char *text)
{
    for (; *text && table->name; table++)
        if (table->abbreviable && g_str_has_prefix(table->name, text))
            return table;
    return NULL;
}

gboolean ifcfg_keyword_unsupported(IfcfgWords *words, const IfcfgKeyword *keyword, const IfcfgWord *word,
                                   gpointer object)
{
    (void)object;
    return ifcfg_words_fail(words, word, _("\"%s\" is not supported: %s"), word->text, _(keyword->hint));
}

gboolean ifcfg_words_realms(IfcfgWords *self, const IfcfgWord *keyword, guint32 *ret)
{
    const IfcfgWord *value = ifcfg_words_value(self, keyword);
    guint32 to, from = 0;

    if (!value)
        return FALSE;
    g_auto(GStrv) parts = g_strsplit(value->text, "/", 2);
    const char *last = parts[0] && parts[1] ? parts[1] : value->text;
    if (!ifcfg_rtnames_lookup(self->names, IFCFG_RT_REALM, last, &to) ||
        (last != value->text && !ifcfg_rtnames_lookup(self->names, IFCFG_RT_REALM, parts[0], &from)))
        return ifcfg_words_fail(self, value,
                                _("\"%s\" is not a realm: write [FROM/]TO, by names of "
                                  "/etc/iproute2/rt_realms or numbers"),
                                value->text);
    *ret = from << 16 | to;
    return TRUE;
}
