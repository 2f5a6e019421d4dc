/* YAML files as trees of words with their places. What networks need of it: no aliases, one document. */
#include "dl/dl.h"
#include "foreign/foreign.h"
#include "i18n.h"
#include "ifcfg-file.h"
#include <string.h>
#include <yaml.h>

enum { DEEPEST = 32 };

typedef struct {
    yaml_parser_t parser;
    const char *path;
    guint depth;
    GError **error;
} Loader;

void foreign_node_free(ForeignNode *self)
{
    if (!self)
        return;
    g_free(self->key);
    g_free(self->text);
    g_clear_pointer(&self->items, g_ptr_array_unref);
    g_free(self);
}

static ForeignNode *node_new(const Loader *self, const yaml_event_t *event)
{
    ForeignNode *node = g_new0(ForeignNode, 1);
    node->where = (IfcfgWhere){g_intern_string(self->path), (guint)event->start_mark.line + 1,
                               (guint)event->start_mark.column + 1};
    if (event->type == YAML_SCALAR_EVENT)
        node->text = g_strdup((const char *)event->data.scalar.value);
    else
        node->items = g_ptr_array_new_with_free_func((GDestroyNotify)foreign_node_free);
    node->is_map = event->type == YAML_MAPPING_START_EVENT;
    return node;
}

static void fail(const Loader *self, gsize line, gsize column, const char *what)
{
    g_set_error(self->error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s:%zu:%zu: %s", self->path, line + 1,
                column + 1, what);
}

static gboolean event_next(Loader *self, yaml_event_t *event)
{
    if (yaml_parser_parse(&self->parser, event))
        return TRUE;
    fail(self, self->parser.problem_mark.line, self->parser.problem_mark.column,
         self->parser.problem ? self->parser.problem : _("this is not YAML"));
    return FALSE;
}

static ForeignNode *node_read(Loader *self, const yaml_event_t *event);

/* A mapping's come in twos: the word, and what it stands for. */
static gboolean items_read(Loader *self, ForeignNode *into)
{
    g_autofree char *key = NULL;
    IfcfgWhere where = {0};
    for (;;) {
        yaml_event_t event;
        if (!event_next(self, &event))
            return FALSE;
        gboolean ends = event.type == YAML_MAPPING_END_EVENT || event.type == YAML_SEQUENCE_END_EVENT;
        ForeignNode *item = ends ? NULL : node_read(self, &event);
        yaml_event_delete(&event);
        if (!item)
            return ends;
        if (into->is_map && !key) {
            key = g_strdup(item->text);
            where = item->where;
            foreign_node_free(item);
            if (key)
                continue;
            fail(self, where.line - 1, where.column - 1, _("what stands before a colon must be a word"));
            return FALSE;
        }
        if (into->is_map)
            item->where = where;
        item->key = g_steal_pointer(&key);
        g_ptr_array_add(into->items, item);
    }
}

/* Returns NULL with the error for what is refused. */
static ForeignNode *node_read(Loader *self, const yaml_event_t *event)
{
    const yaml_mark_t *at = &event->start_mark;
    if (event->type == YAML_ALIAS_EVENT) {
        fail(self, at->line, at->column, _("an alias is not supported: write out what it stands for"));
        return NULL;
    }
    if (self->depth >= DEEPEST) {
        fail(self, at->line, at->column, _("this is nested too deeply"));
        return NULL;
    }
    g_autoptr(ForeignNode) node = node_new(self, event);
    self->depth++;
    gboolean is_read = !node->items || items_read(self, node);
    self->depth--;
    return is_read ? g_steal_pointer(&node) : NULL;
}

/* The first document; an empty file has none. */
static ForeignNode *document_read(Loader *self)
{
    for (;;) {
        yaml_event_t event;
        if (!event_next(self, &event))
            return NULL;
        gboolean is_node = event.type == YAML_SCALAR_EVENT || event.type == YAML_MAPPING_START_EVENT ||
                           event.type == YAML_SEQUENCE_START_EVENT || event.type == YAML_ALIAS_EVENT;
        gboolean ends = event.type == YAML_STREAM_END_EVENT;
        ForeignNode *node = is_node || ends ? ends ? g_new0(ForeignNode, 1) : node_read(self, &event) : NULL;
        yaml_event_delete(&event);
        if (is_node || ends)
            return node;
    }
}

ForeignNode *foreign_yaml_load(const char *path, IfcfgProblems *problems, GError **error)
{
    gsize length;
    g_autofree char *text = ifcfg_file_read(NULL, path, &length, problems, error);
    Loader self = {.path = path, .error = error};
    if (!text)
        return NULL;
    if (!yaml_parser_initialize(&self.parser)) {
        const char *missing = dl_error(&dl_yaml);
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: %s", path,
                    missing ? missing : _("this is not YAML"));
        return NULL;
    }
    yaml_parser_set_input_string(&self.parser, (const unsigned char *)text, length);
    ForeignNode *node = document_read(&self);
    yaml_parser_delete(&self.parser);
    return node;
}

const ForeignNode *foreign_node_get(const ForeignNode *self, const char *key)
{
    for (guint i = 0; self && self->is_map && i < self->items->len; i++) {
        const ForeignNode *item = self->items->pdata[i];
        if (g_str_equal(item->key, key))
            return item;
    }
    return NULL;
}

void foreign_node_merge(ForeignNode *self, ForeignNode *later)
{
    while (later->items->len) {
        ForeignNode *item = g_ptr_array_steal_index(later->items, 0);
        ForeignNode *known = self->is_map ? (ForeignNode *)foreign_node_get(self, item->key) : NULL;
        guint index;
        if (known && known->items && item->items && known->is_map == item->is_map) {
            foreign_node_merge(known, item);
        } else if (known && g_ptr_array_find(self->items, known, &index)) {
            foreign_node_free(known);
            self->items->pdata[index] = item;
        } else {
            g_ptr_array_add(self->items, item);
        }
    }
    foreign_node_free(later);
}

gboolean foreign_node_is(const ForeignNode *self, const char *key)
{
    return !g_strcmp0(self->key, key);
}

guint foreign_node_length(const ForeignNode *self)
{
    return self && self->items ? self->items->len : 0;
}

const ForeignNode *foreign_node_nth(const ForeignNode *self, guint index)
{
    return self->items->pdata[index];
}

char *foreign_node_words(const ForeignNode *self)
{
    GString *words = g_string_new(self->text);
    for (guint i = 0; i < foreign_node_length(self); i++) {
        const ForeignNode *item = foreign_node_nth(self, i);
        g_string_append_printf(words, "%s%s%s%s", i ? " " : "", item->key ? item->key : "",
                               item->key ? ": " : "", item->text ? item->text : "...");
    }
    return g_string_free(words, FALSE);
}
