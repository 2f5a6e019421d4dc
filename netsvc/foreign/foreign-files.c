/* Files of other programs: which there are, and their lines. */
#include "foreign/foreign.h"
#include "ifcfg-file.h"
#include <string.h>

char **foreign_lines(const char *text)
{
    char **lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i]; i++) {
        guint next = i + 1;
        while (g_str_has_suffix(lines[i], "\\") && lines[next]) {
            lines[i][strlen(lines[i]) - 1] = ' ';
            char *longer = g_strconcat(lines[i], lines[next], NULL);
            g_free(lines[i]);
            lines[i] = longer;
            *lines[next++] = '\0';
        }
    }
    return lines;
}

static int text_compare(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

GPtrArray *foreign_files(const char *dir, const char *ending)
{
    GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) folder = g_dir_open(dir, 0, NULL);
    const char *name;
    while (folder && (name = g_dir_read_name(folder)))
        if (g_str_has_suffix(name, ending) && !ifcfg_name_is_ignored(name) && *name != '.') {
            g_autofree char *path = g_build_filename(dir, name, NULL);
            if (g_file_test(path, G_FILE_TEST_IS_REGULAR)) /* by a link to /dev/null one is masked */
                g_ptr_array_add(paths, g_steal_pointer(&path));
        }
    g_ptr_array_sort(paths, text_compare);
    return paths;
}
