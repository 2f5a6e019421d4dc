/* An interface's share of resolv.conf. */
#include "model/names.h"
#include <string.h>

NetNames *net_names_new(void)
{
    NetNames *self = g_new0(NetNames, 1);
    self->servers = g_ptr_array_new_with_free_func(g_free);
    self->search = g_ptr_array_new_with_free_func(g_free);
    self->options = g_ptr_array_new_with_free_func(g_free);
    return self;
}

void net_names_free(NetNames *self)
{
    if (!self)
        return;
    g_ptr_array_unref(self->servers);
    g_ptr_array_unref(self->search);
    g_ptr_array_unref(self->options);
    g_free(self);
}

NetNames *net_names_copy(const NetNames *self)
{
    NetNames *copy = net_names_new();
    net_names_join(copy, self);
    copy->where = self->where;
    return copy;
}

GHashTable *net_names_set(const GPtrArray *list)
{
    GHashTable *set = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < list->len; i++)
        g_hash_table_add(set, list->pdata[i]);
    return set;
}

static void list_add(GPtrArray *list, GHashTable *set, const char *word)
{
    char *copy = g_hash_table_contains(set, word) ? NULL : g_strdup(word);
    if (copy) {
        g_hash_table_add(set, copy);
        g_ptr_array_add(list, copy);
    }
}

void net_names_add_words(GPtrArray *list, const char *words)
{
    if (!*words)
        return;
    g_autoptr(GHashTable) set = net_names_set(list);
    g_auto(GStrv) parts = g_strsplit_set(words, " \t\r\n,", -1);
    for (char **part = parts; *part; part++)
        if (**part)
            list_add(list, set, *part);
}

gboolean net_names_is_empty(const NetNames *self)
{
    return !self || (!self->servers->len && !self->search->len);
}

gboolean net_names_list_equal(const GPtrArray *a, const GPtrArray *b)
{
    for (guint i = 0; a->len == b->len && i < a->len; i++)
        if (!g_str_equal(a->pdata[i], b->pdata[i]))
            return FALSE;
    return a->len == b->len;
}

gboolean net_names_equal(const NetNames *a, const NetNames *b)
{
    if (net_names_is_empty(a) || net_names_is_empty(b))
        return net_names_is_empty(a) && net_names_is_empty(b);
    return net_names_list_equal(a->servers, b->servers) && net_names_list_equal(a->search, b->search) &&
           net_names_list_equal(a->options, b->options);
}

/* The parts by the keyword of their lines. */
static GPtrArray *list_of(const NetNames *self, guint part)
{
    return part == 0 ? self->servers : part == 1 ? self->search : self->options;
}

static void words_join(GPtrArray *list, const GPtrArray *others)
{
    g_autoptr(GHashTable) set = others->len ? net_names_set(list) : NULL;
    for (guint i = 0; i < others->len; i++)
        list_add(list, set, others->pdata[i]);
}

void net_names_join(NetNames *self, const NetNames *other)
{
    words_join(self->servers, other->servers);
    words_join(self->search, other->search);
    words_join(self->options, other->options);
}

static const char *const keywords[] = {"nameserver", "search", "options"};

GPtrArray *net_names_lines(const NetNames *self)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    for (guint part = 0; part < G_N_ELEMENTS(keywords); part++)
        for (guint i = 0; i < list_of(self, part)->len; i++)
            g_ptr_array_add(
                lines, g_strdup_printf("%s %s", keywords[part], (const char *)list_of(self, part)->pdata[i]));
    return lines;
}

void net_names_add_line(NetNames *self, const char *line)
{
    for (guint part = 0; part < G_N_ELEMENTS(keywords); part++) {
        gsize length = strlen(keywords[part]);
        if (g_str_has_prefix(line, keywords[part]) && line[length] == ' ')
            net_names_add_words(list_of(self, part), line + length);
    }
}

char *net_names_format(const NetNames *self)
{
    static const char *const words[] = {"name servers", "search", "options"};
    GString *text = g_string_new(NULL);
    for (guint part = 0; part < G_N_ELEMENTS(words); part++) {
        const GPtrArray *list = list_of(self, part);
        if (list->len)
            g_string_append_printf(text, "%s%s", text->len ? ", " : "", words[part]);
        for (guint i = 0; i < list->len; i++)
            g_string_append_printf(text, " %s", (const char *)list->pdata[i]);
    }
    return g_string_free(text, FALSE);
}
