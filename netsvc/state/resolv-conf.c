/* Merging shares into resolv.conf, and taking them out again. */
#include "state/resolv-conf.h"
#include <string.h>

/* --- the record of shares --- */

void resolv_conf_init(ResolvConf *self)
{
    self->shares = resolv_shares_new();
}

void resolv_conf_clear(ResolvConf *self)
{
    g_clear_pointer(&self->text, g_free);
    g_clear_pointer(&self->saved, g_free);
    g_clear_pointer(&self->shares, g_ptr_array_unref);
    g_clear_pointer(&self->sum, net_names_free);
    g_clear_pointer(&self->told, g_ptr_array_unref);
}

/* The sum goes along: one device after the other comes to it at a start. */
static void conf_put(ResolvConf *self, const char *dev, guint rank, const NetNames *names)
{
    if (!resolv_shares_put(self->shares, dev, rank, names))
        g_clear_pointer(&self->sum, net_names_free);
    else if (self->sum && !net_names_is_empty(names))
        net_names_join(self->sum, names);
}

void resolv_conf_copy(ResolvConf *to, const ResolvConf *from)
{
    resolv_conf_clear(to);
    *to = (ResolvConf){.owner = from->owner,
                       .text = g_strdup(from->text),
                       .saved = g_strdup(from->saved),
                       .shares = resolv_shares_copy(from->shares),
                       .sum = from->sum ? net_names_copy(from->sum) : NULL,
                       .told = from->told ? resolv_shares_copy(from->told) : NULL};
}

void resolv_conf_note(ResolvConf *self, const char *dev, guint rank, const NetNames *names)
{
    conf_put(self, dev, rank, names);
}

void resolv_conf_forget(ResolvConf *self)
{
    g_ptr_array_set_size(self->shares, 0);
    g_clear_pointer(&self->sum, net_names_free);
}

const ResolvShare *resolv_conf_find(const ResolvConf *self, const char *dev)
{
    for (guint i = 0; i < self->shares->len; i++) {
        const ResolvShare *share = self->shares->pdata[i];
        if (g_str_equal(share->dev, dev))
            return share;
    }
    return NULL;
}

static const NetNames *conf_sum(const ResolvConf *self)
{
    ResolvConf *cache = (ResolvConf *)self;
    if (self->sum)
        return self->sum;
    cache->sum = net_names_new();
    for (guint i = 0; i < self->shares->len; i++)
        net_names_join(cache->sum, ((const ResolvShare *)self->shares->pdata[i])->names);
    return self->sum;
}

/* --- reading --- */

typedef enum { LINE_OTHER, LINE_SERVER, LINE_SEARCH, LINE_OPTIONS } LineKind;

/* The keyword begins the line, and a blank ends it (res_init.c of glibc). `domain` is a search list of one.
 */
static LineKind line_kind(const char *line)
{
    static const struct {
        const char *word;
        LineKind kind;
    } words[] = {{"nameserver", LINE_SERVER},
                 {"search", LINE_SEARCH},
                 {"domain", LINE_SEARCH},
                 {"options", LINE_OPTIONS}};
    gsize length = strcspn(line, " \t");
    for (guint i = 0; line[length] && i < G_N_ELEMENTS(words); i++)
        if (strlen(words[i].word) == length && !strncmp(line, words[i].word, length))
            return words[i].kind;
    return LINE_OTHER;
}

static char **text_lines(const char *text)
{
    char **lines = g_strsplit(text ? text : "", "\n", -1);
    guint n = g_strv_length(lines);
    if (n && !*lines[n - 1]) /* the last line ends, too */
        g_clear_pointer(&lines[n - 1], g_free);
    return lines;
}

/* All lines of a kind count: of several search lists the resolver takes the last, and who wrote the others
 * meant them. */
static NetNames *text_names(const char *text)
{
    NetNames *names = net_names_new();
    g_auto(GStrv) lines = text_lines(text);
    g_autoptr(GString) servers = g_string_new(NULL), search = g_string_new(NULL),
                       options = g_string_new(NULL);
    for (char **line = lines; *line; line++) {
        LineKind kind = line_kind(*line);
        if (kind != LINE_OTHER)
            g_string_append(kind == LINE_SERVER   ? servers
                            : kind == LINE_SEARCH ? search
                                                  : options,
                            *line + strcspn(*line, " \t"));
    }
    net_names_add_words(names->servers, servers->str);
    net_names_add_words(names->search, search->str);
    net_names_add_words(names->options, options->str);
    return names;
}

static const char *first_missing(const GPtrArray *wanted, const GPtrArray *list)
{
    g_autoptr(GHashTable) set = net_names_set(list);
    for (guint i = 0; i < wanted->len; i++)
        if (!g_hash_table_contains(set, wanted->pdata[i]))
            return wanted->pdata[i];
    return NULL;
}

/* The first of @wanted that does not come behind the one before it in @list; others may stand between. */
static const char *first_out_of_order(const GPtrArray *wanted, const GPtrArray *list)
{
    guint at = 0;
    for (guint i = 0; i < wanted->len; i++, at++) {
        while (at < list->len && !g_str_equal(list->pdata[at], wanted->pdata[i]))
            at++;
        if (at == list->len)
            return wanted->pdata[i];
    }
    return NULL;
}

/* --- writing --- */

static void append_words(GString *text, const char *keyword, const GPtrArray *words)
{
    if (!words->len)
        return;
    g_string_append(text, keyword);
    for (guint i = 0; i < words->len; i++)
        g_string_append_printf(text, " %s", (const char *)words->pdata[i]);
    g_string_append_c(text, '\n');
}

static GPtrArray *words_without(const GPtrArray *words, const GPtrArray *others)
{
    GPtrArray *left = g_ptr_array_new();
    g_autoptr(GHashTable) set = net_names_set(others);
    for (guint i = 0; i < words->len; i++)
        if (!g_hash_table_contains(set, words->pdata[i]))
            g_ptr_array_add(left, words->pdata[i]);
    return left;
}

static void append_search(GString *text, const GPtrArray *first, const GPtrArray *others)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    g_autoptr(GPtrArray) rest = words_without(others, first);
    g_ptr_array_extend(all, (GPtrArray *)first, NULL, NULL);
    g_ptr_array_extend(all, rest, NULL, NULL);
    append_words(text, "search", all);
}

/* The base with all shares in it. As change_resolv_conf() of the old scripts did it: lists that the base has
 * already are left as they stand, else name servers are replaced and domains come first. */
static char *base_render(const char *base, const NetNames *sum)
{
    g_autoptr(NetNames) own = text_names(base);
    g_autoptr(GPtrArray) options = words_without(sum->options, own->options);
    g_auto(GStrv) lines = text_lines(base);
    gboolean replaces = first_out_of_order(sum->servers, own->servers) != NULL;
    gboolean searches = first_missing(sum->search, own->search) != NULL;
    GString *text = g_string_new(NULL);
    for (char **line = lines; *line; line++) {
        LineKind kind = line_kind(*line);
        if (!(kind == LINE_SERVER && replaces) && !(kind == LINE_SEARCH && searches))
            g_string_append_printf(text, "%s\n", *line);
    }
    append_words(text, "options", options);
    if (searches)
        append_search(text, sum->search, own->search);
    for (guint i = 0; replaces && i < sum->servers->len; i++)
        g_string_append_printf(text, "nameserver %s\n", (const char *)sum->servers->pdata[i]);
    return g_string_free(text, FALSE);
}

/* --- what others did meanwhile --- */

static void append_line(GString *text, const char *line, const NetNames *without)
{
    g_autoptr(NetNames) names = text_names(line);
    g_autoptr(GPtrArray) servers = words_without(names->servers, without->servers);
    g_autoptr(GPtrArray) search = words_without(names->search, without->search);
    g_autoptr(GPtrArray) options = words_without(names->options, without->options);
    if (line_kind(line) == LINE_OTHER)
        g_string_append_printf(text, "%s\n", line);
    append_words(text, "options", options);
    append_words(text, "search", search);
    append_words(text, "nameserver", servers);
}

/* Without what is in the shares: what was there before them, if nothing has been saved. */
static char *text_without(const char *text, const NetNames *sum)
{
    GString *left = g_string_new(NULL);
    g_auto(GStrv) lines = text_lines(text);
    for (char **line = lines; *line; line++)
        append_line(left, *line, sum);
    return g_string_free(left, FALSE);
}

static gboolean is_among(char *const *lines, const char *line)
{
    return g_strv_contains((const char *const *)lines, line);
}

/* What @text has and neither the base nor what was made of it: lines, but for domains. */
static void append_new_lines(GString *follows, char *const *lines, char *const *then, char *const *own,
                             const NetNames *known)
{
    for (char *const *line = lines; *line; line++)
        if (line_kind(*line) != LINE_SEARCH && !is_among(then, *line) && !is_among(own, *line))
            append_line(follows, *line, known);
}

/* What others have made of the base. */
typedef struct {
    char *const *now, *const *then; /* lines of the text, and of what was made of the base */
    gboolean searches;              /* its domains are not what they were */
    gboolean is_wiped; /* none of ours is there: the base's servers, that we hid, do not come back */
} Follow;

static gboolean line_stays(const Follow *self, const char *line)
{
    LineKind kind = line_kind(line);
    if (kind == LINE_SEARCH && self->searches)
        return FALSE;
    return is_among(self->now, line) ||
           (!is_among(self->then, line) && !(kind == LINE_SERVER && self->is_wiped));
}

/* Domains are all in one line, so that each is looked for by itself. */
static GPtrArray *search_follow(const NetNames *known, const NetNames *there, const NetNames *theirs)
{
    g_autoptr(GPtrArray) gone = words_without(known->search, there->search);
    g_autoptr(GPtrArray) new = words_without(theirs->search, known->search);
    GPtrArray *search = words_without(known->search, gone);
    g_ptr_array_extend(search, new, NULL, NULL);
    return search;
}

/* The base, as others have changed it through the text that was made of it: their lines come, those that they
 * deleted go. @made: NULL: nobody knows what it was */
static char *base_follow(const char *base, const char *text, const char *made, const NetNames *sum)
{
    g_auto(GStrv) own = text_lines(base), now = text_lines(text), then = text_lines(made);
    g_autofree char *theirs = text_without(text, sum);
    g_auto(GStrv) lines = text_lines(theirs);
    g_autoptr(NetNames) known = text_names(base), told = text_names(theirs), there = text_names(text);
    g_autoptr(GPtrArray) search = search_follow(known, made ? there : known, told);
    g_autoptr(GPtrArray) wiped = words_without(sum->servers, there->servers);
    Follow follow = {.now = now, .then = then};
    follow.searches = !net_names_list_equal(search, known->search);
    follow.is_wiped = made && wiped->len && wiped->len == sum->servers->len;
    GString *follows = g_string_new(NULL);
    for (char **line = own; *line; line++)
        if (line_stays(&follow, *line))
            g_string_append_printf(follows, "%s\n", *line);
    append_new_lines(follows, lines, then, own, known);
    if (follow.searches)
        append_words(follows, "search", search);
    return g_string_free(follows, FALSE);
}

/* What was saved, with what others have changed since. Nobody knows of shares where a text has them and the
 * record is lost (a crash, the old scripts): then all name servers and domains are taken for such. */
static char *base_find(const ResolvConf *self)
{
    const char *text = self->text ? self->text : "";
    const NetNames *sum = conf_sum(self);
    if (!self->saved)
        return self->shares->len ? text_without(text, sum) : g_strdup(text);
    g_autofree char *made = base_render(self->saved, sum);
    if (g_str_equal(made, text))
        return g_strdup(self->saved);
    g_autoptr(NetNames) there = self->shares->len ? NULL : text_names(text);
    return base_follow(self->saved, text, there ? NULL : made, there ? there : sum);
}

/* --- all of it --- */

static char *missing_line(const char *keyword, const char *word)
{
    return word ? g_strdup_printf("%s %s", keyword, word) : NULL;
}

gboolean resolv_conf_has(const ResolvConf *self, const NetNames *names, char **ret_missing)
{
    g_autoptr(NetNames) there = text_names(self->text);
    char *missing = missing_line("nameserver", first_out_of_order(names->servers, there->servers));
    if (!missing)
        missing = missing_line("search", first_missing(names->search, there->search));
    if (!missing)
        missing = missing_line("options", first_missing(names->options, there->options));
    gboolean has_it = !missing;
    if (ret_missing)
        *ret_missing = missing;
    else
        g_free(missing);
    return has_it;
}

NetNames *resolv_conf_in_order(const ResolvConf *self, const NetNames *names)
{
    g_autoptr(NetNames) there = self->shares->len ? NULL : text_names(self->text);
    const NetNames *all = there ? there : conf_sum(self);
    g_autoptr(GPtrArray) others = words_without(all->servers, names->servers);
    g_autoptr(GPtrArray) known = words_without(all->servers, others);
    g_autoptr(GPtrArray) new = words_without(names->servers, known);
    NetNames *ordered = net_names_copy(names);
    g_ptr_array_set_size(ordered->servers, 0);
    for (guint i = 0; i < known->len; i++)
        g_ptr_array_add(ordered->servers, g_strdup(known->pdata[i]));
    for (guint i = 0; i < new->len; i++)
        g_ptr_array_add(ordered->servers, g_strdup(new->pdata[i]));
    return ordered;
}

static gboolean any_left(const GPtrArray *gone, const GPtrArray *stays, const GPtrArray *saved,
                         const GPtrArray *there)
{
    g_autoptr(GPtrArray) dropped = words_without(gone, stays);
    g_autoptr(GPtrArray) ours = words_without(dropped, saved);
    g_autoptr(GPtrArray) left = words_without(ours, there);
    return left->len < ours->len;
}

/* Whether the text is as good as one that would be made: it has what it should, and nothing of what went,
 * which is empty where the record was lost and nobody knows. */
static gboolean is_done(const ResolvConf *self, const NetNames *gone)
{
    const NetNames *stays = conf_sum(self);
    g_autoptr(NetNames) saved = text_names(self->saved), there = text_names(self->text);
    return self->saved && !net_names_is_empty(gone) && self->shares->len &&
           resolv_conf_has(self, stays, NULL) &&
           !any_left(gone->servers, stays->servers, saved->servers, there->servers) &&
           !any_left(gone->search, stays->search, saved->search, there->search) &&
           !any_left(gone->options, stays->options, saved->options, there->options);
}

void resolv_conf_set(ResolvConf *self, const char *dev, guint rank, const NetNames *names)
{
    if (self->owner != RESOLV_IS_FILE) {
        conf_put(self, dev, rank, names);
        if (self->told)
            resolv_shares_put(self->told, dev, rank, names);
        return;
    }
    g_autofree char *base = base_find(self);
    g_autoptr(NetNames) gone = net_names_copy(conf_sum(self));
    conf_put(self, dev, rank, names);
    if (is_done(self, gone) || (net_names_is_empty(gone) && !self->shares->len))
        return;
    g_free(self->text);
    g_free(self->saved);
    self->text = base_render(base, conf_sum(self));
    self->saved = self->shares->len ? g_steal_pointer(&base) : NULL;
}
