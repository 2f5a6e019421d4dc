/* Values by row of a table. Passive: whoever fills them is elsewhere. */
#include "state/link-values.h"

LinkValues *link_values_new(const LinkFamily *family, const LinkTable *table)
{
    LinkValues *self = g_new0(LinkValues, 1);

    self->family = family;
    self->table = table;
    self->texts = g_new0(char *, table->n + 1);
    return self;
}

static void others_copy(LinkValues *copy, GHashTable *others)
{
    GHashTableIter iter;
    gpointer name, text;

    g_hash_table_iter_init(&iter, others);
    while (g_hash_table_iter_next(&iter, &name, &text))
        link_values_set_other(copy, name, text);
}

LinkValues *link_values_copy(const LinkValues *self)
{
    LinkValues *copy = self ? link_values_new(self->family, self->table) : NULL;

    for (gsize i = 0; self && i < self->table->n; i++)
        copy->texts[i] = g_strdup(self->texts[i]);
    if (self && self->others)
        others_copy(copy, self->others);
    return copy;
}

/* With holes: g_strfreev() would stop at the first. */
void link_values_free(LinkValues *self)
{
    if (!self)
        return;
    for (gsize i = 0; i < self->table->n; i++)
        g_free(self->texts[i]);
    g_free(self->texts);
    g_clear_pointer(&self->others, g_hash_table_unref);
    g_free(self);
}

void link_values_set(LinkValues *self, const LinkOption *option, const char *text)
{
    char **slot = &self->texts[option - self->table->rows];
    char *copy = g_strdup(text);

    g_free(*slot);
    *slot = copy;
}

void link_values_set_other(LinkValues *self, const char *name, const char *text)
{
    if (!self->others)
        self->others = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_hash_table_replace(self->others, g_strdup(name), g_strdup(text));
}

const char *link_values_get(const LinkValues *self, const LinkOption *option)
{
    return self && option && link_table_has(self->table, option) ? self->texts[option - self->table->rows]
                                                                 : NULL;
}

const char *link_values_find(const LinkValues *self, const char *name)
{
    return self ? link_values_get(self, link_table_find(self->table, name)) : NULL;
}

const char *link_values_of(const LinkValues *self, const LinkSetting *setting)
{
    if (setting->option)
        return link_values_get(self, setting->option);
    return self && self->others ? g_hash_table_lookup(self->others, setting->name) : NULL;
}

char *link_values_shown_map(const char *text)
{
    g_auto(GStrv) entries = g_strsplit(text, " ", -1);
    g_autoptr(GString) kept = g_string_new(NULL);
    for (char **entry = entries; *entry; entry++)
        if (**entry && !g_str_has_suffix(*entry, ":0"))
            g_string_append_printf(kept, "%s%s", kept->len ? " " : "", *entry);
    return g_string_free(g_steal_pointer(&kept), FALSE);
}

void link_values_forget_unknown(LinkValues *self)
{
    for (gsize i = 0; i < self->table->n; i++) {
        const LinkOption *option = &self->table->rows[i];
        if (option->needs & LINK_IS_KNOWN_BY_OTHER &&
            !link_values_get(self, link_table_find(self->table, option->other)))
            link_values_set(self, option, NULL);
    }
}
