/* INI files, line by line: each value with its place, sections and keys as often as they come. */
#include "foreign/foreign.h"
#include "ifcfg-file.h"
#include <string.h>

static void line_free(gpointer data)
{
    ForeignLine *self = data;
    g_free(self->section);
    g_free(self->key);
    g_free(self->value);
    g_free(self);
}

static void line_add(GPtrArray *lines, const char *section, guint number, const char *key, const char *value,
                     IfcfgWhere where)
{
    ForeignLine *line = g_new(ForeignLine, 1);
    *line = (ForeignLine){g_strdup(section), g_strdup(key), g_strdup(value), number, where};
    g_ptr_array_add(lines, line);
}

GPtrArray *foreign_ini_load(const char *path, IfcfgProblems *problems, GError **error)
{
    gsize length;
    g_autofree char *text = ifcfg_file_read(NULL, path, &length, problems, error), *section = g_strdup("");
    g_auto(GStrv) rows = text ? foreign_lines(text) : NULL;
    GPtrArray *lines = text ? g_ptr_array_new_with_free_func(line_free) : NULL;
    guint number = 0;
    for (guint i = 0; rows && rows[i]; i++) {
        char *row = g_strstrip(rows[i]), *sign = strchr(row, '=');
        IfcfgWhere where = {g_intern_string(path), i + 1, 0};
        if (*row == '[' && strchr(row, ']')) {
            g_free(section);
            section = g_strndup(row + 1, strcspn(row + 1, "]"));
            line_add(lines, section, ++number, "", "", where);
        } else if (*row && !strchr("#;", *row) && sign && sign != row) {
            *sign = '\0';
            line_add(lines, section, number, g_strchomp(row), g_strchug(sign + 1), where);
        } else if (*row && !strchr("#;", *row)) {
            foreign_fail(&(NetForeign){.problems = problems}, where, row);
        }
    }
    return lines;
}

const char *foreign_ini_get(const GPtrArray *lines, const char *section, const char *key)
{
    for (guint i = 0; i < lines->len; i++) {
        const ForeignLine *line = lines->pdata[i];
        if (g_str_equal(line->section, section) && g_str_equal(line->key, key))
            return line->value;
    }
    return NULL;
}
