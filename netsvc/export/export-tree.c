/* A tree of what is written, and how it becomes sections and keys. */
#include "export/export-private.h"
#include <stdarg.h>
#include <string.h>

ExportNode *export_node_new(const char *name, ExportNodeKind kind)
{
    ExportNode *self = g_new0(ExportNode, 1);
    self->name = g_strdup(name);
    self->kind = kind;
    self->children = g_ptr_array_new_with_free_func((GDestroyNotify)export_node_free);
    return self;
}

void export_node_free(ExportNode *self)
{
    if (!self)
        return;
    g_free(self->name);
    g_free(self->text);
    g_ptr_array_unref(self->children);
    g_free(self);
}

static ExportNode *child_add(ExportNode *self, const char *name, ExportNodeKind kind)
{
    ExportNode *child = export_node_new(name, kind);
    g_ptr_array_add(self->children, child);
    return child;
}

static ExportNode *child_find(const ExportNode *self, const char *name)
{
    for (guint i = 0; i < self->children->len; i++) {
        ExportNode *child = self->children->pdata[i];
        if (g_strcmp0(child->name, name) == 0)
            return child;
    }
    return NULL;
}

ExportNode *export_group(ExportNode *self, const char *name)
{
    ExportNode *child = child_find(self, name);
    return child ? child : child_add(self, name, EXPORT_GROUP);
}

ExportNode *export_list(ExportNode *self, const char *name)
{
    ExportNode *child = child_find(self, name);
    return child ? child : child_add(self, name, EXPORT_LIST);
}

ExportNode *export_group_add(ExportNode *self, const char *name)
{
    return child_add(self, name, EXPORT_GROUP);
}

static void leaf_add(ExportNode *self, const char *name, ExportNodeKind kind, const char *text, gint64 number)
{
    ExportNode *child = child_add(self, name, kind);
    child->text = g_strdup(text);
    child->number = number;
}

void export_text(ExportNode *self, const char *name, const char *text)
{
    if (text)
        leaf_add(self, name, EXPORT_TEXT, text, 0);
}

void export_format(ExportNode *self, const char *name, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    leaf_add(self, name, EXPORT_TEXT, text, 0);
}

void export_number(ExportNode *self, const char *name, gint64 number)
{
    g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, number);
    leaf_add(self, name, EXPORT_NUMBER, text, number);
}

void export_bool(ExportNode *self, const char *name, gboolean value)
{
    leaf_add(self, name, EXPORT_BOOL, value ? "true" : "false", value);
}

static ExportNode *group_at(ExportNode *self, const char *place, const char **ret_name)
{
    const char *name = strrchr(place, '/');
    *ret_name = name ? name + 1 : place;
    g_autofree char *groups = g_strndup(place, name ? name - place : 0);
    g_auto(GStrv) parts = g_strsplit(groups, "/", -1);
    for (char **part = parts; *part; part++)
        self = export_group(self, *part);
    return self;
}

ExportNode *export_list_at(ExportNode *self, const char *place)
{
    const char *name;
    ExportNode *node = group_at(self, place, &name);
    return export_list(node, name);
}

void export_put(ExportNode *self, const char *place, ExportNodeKind kind, const char *text, gint64 number)
{
    const char *name;
    ExportNode *node = group_at(self, place, &name);
    if (!child_find(node, name))
        leaf_add(node, name, kind, text, number);
}

/* Nothing of a value can begin another line. NetworkManager reads the escapes of GKeyFile. */
static void value_append(GString *out, const char *text, gboolean has_escapes)
{
    for (const char *p = text; *p; p++) {
        gboolean is_blank = *p == ' ' && (p == text || !p[1]);
        if (has_escapes && *p == '\\')
            g_string_append(out, "\\\\");
        else if (has_escapes && is_blank)
            g_string_append(out, "\\s");
        else if (has_escapes && *p == '\n')
            g_string_append(out, "\\n");
        else
            g_string_append_c(out, g_ascii_iscntrl(*p) ? ' ' : *p);
    }
}

char *export_print_ini(const ExportNode *self, gboolean has_escapes)
{
    g_autoptr(GString) out = g_string_new(NULL);
    for (guint i = 0; i < self->children->len; i++) {
        const ExportNode *section = self->children->pdata[i];
        if (!section->children->len)
            continue;
        g_string_append_printf(out, "%s[%s]\n", out->len ? "\n" : "", section->name);
        for (guint k = 0; k < section->children->len; k++) {
            const ExportNode *leaf = section->children->pdata[k];
            g_string_append_printf(out, "%s=", leaf->name);
            value_append(out, leaf->text, has_escapes);
            g_string_append_c(out, '\n');
        }
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}
