/* Reads modprobe's files for the `alias` and `options` lines of interfaces and of bonding. Never runs an
 * `install` line. The format is modprobe.d(5)'s: words, '#' comments at the start of a line, a backslash at
 * the end joins lines. */
#include "ifcfg-modules.h"
#include "i18n.h"
#include "ifcfg-file.h"
#include "ifcfg-root.h"

#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

struct IfcfgModules {
    GPtrArray *entries;
    const char *root;        /* only while loading */
    IfcfgProblems *problems; /* only while loading */
};

static void entry_free(gpointer data)
{
    IfcfgModuleEntry *entry = data;
    g_free(entry->name);
    g_free(entry->module);
    g_free(entry->options);
    g_free(entry);
}

void ifcfg_modules_free(IfcfgModules *self)
{
    if (!self)
        return;
    g_ptr_array_unref(self->entries);
    g_free(self);
}

guint ifcfg_modules_length(const IfcfgModules *self)
{
    return self->entries->len;
}

const IfcfgModuleEntry *ifcfg_modules_nth(const IfcfgModules *self, guint index)
{
    return index < self->entries->len ? g_ptr_array_index(self->entries, index) : NULL;
}

const IfcfgModuleEntry *ifcfg_modules_find(const IfcfgModules *self, const char *name)
{
    for (guint i = 0; i < self->entries->len; i++) {
        const IfcfgModuleEntry *entry = g_ptr_array_index(self->entries, i);
        if (g_str_equal(entry->name, name))
            return entry;
    }
    return NULL;
}

static IfcfgModuleEntry *modules_get(IfcfgModules *self, const char *name)
{
    IfcfgModuleEntry *entry = (IfcfgModuleEntry *)ifcfg_modules_find(self, name);

    if (!entry) {
        entry = g_new0(IfcfgModuleEntry, 1);
        entry->name = g_strdup(name);
        g_ptr_array_add(self->entries, entry);
    }
    return entry;
}

/* One word, and the text after it without leading blanks. */
static char *word_take(const char **text)
{
    const char *start = *text;
    gsize length = strcspn(start, " \t");

    *text = start + length + strspn(start + length, " \t");
    return g_strndup(start, length);
}

static gboolean name_is_of_network(const char *name)
{
    static const char *const prefixes[] = {"bonding", "bond", "eth", "team"};

    for (guint i = 0; i < G_N_ELEMENTS(prefixes); i++) {
        const char *rest = name + strlen(prefixes[i]);
        if (g_str_has_prefix(name, prefixes[i]) && rest[strspn(rest, "0123456789*")] == '\0')
            return TRUE;
    }
    return FALSE;
}

static void line_alias(IfcfgModules *self, const char *name, const char *rest, IfcfgWhere where)
{
    g_autofree char *module = word_take(&rest);

    if (!*name || !*module) {
        ifcfg_problems_add(self->problems, IFCFG_WARNING, where,
                           _("alias needs a name and a module: the line is ignored"));
        return;
    }
    if (g_str_equal(module, "off") || g_str_equal(module, "null")) { /* takes an earlier alias back */
        IfcfgModuleEntry *before = (IfcfgModuleEntry *)ifcfg_modules_find(self, name);
        if (before)
            g_clear_pointer(&before->module, g_free);
        return;
    }
    IfcfgModuleEntry *entry = modules_get(self, name);
    g_free(entry->module);
    entry->module = g_steal_pointer(&module);
    entry->where = where;
}

/* Options of several lines add up; for the same one the later wins, as for modprobe. */
static void line_options(IfcfgModules *self, const char *name, const char *rest, IfcfgWhere where)
{
    if (!*name || !*rest) {
        ifcfg_problems_add(self->problems, IFCFG_WARNING, where,
                           _("options needs a name and OPTION=VALUE: the line is ignored"));
        return;
    }
    IfcfgModuleEntry *entry = modules_get(self, name);
    char *options = entry->options ? g_strdup_printf("%s %s", entry->options, rest) : g_strdup(rest);
    if (!entry->options)
        entry->options_where = where;
    g_free(entry->options);
    entry->options = options;
}

/* `install bond1 /sbin/modprobe --ignore-install bonding -o bond1 mode=1` was how a second bond got options
 * of its own. Returns: @command with blanks for all but the options, so that columns stay right; NULL if it
 * does anything else. */
static char *install_options(const char *command)
{
    g_autofree char *text = g_strdup(command);
    static const char *const words[] = {"modprobe", "bonding"};
    gboolean is_value = FALSE, has_options = FALSE;
    guint names = 0;

    if (strpbrk(command, ";&|<>$`'\"(){}\\"))
        return NULL;
    for (char *word = text + strspn(text, " \t"); *word;) {
        gsize length = strcspn(word, " \t"), gap = strspn(word + length, " \t");
        g_autofree char *copy = g_strndup(word, length);
        gboolean is_option = !is_value && *copy != '-' && names == G_N_ELEMENTS(words);
        if (is_option && !strchr(copy, '='))
            return NULL;
        if (!is_value && *copy != '-' && names < G_N_ELEMENTS(words)) {
            const char *base = strrchr(copy, '/') ? strrchr(copy, '/') + 1 : copy;
            if (!g_str_equal(base, words[names]))
                return NULL;
            names++;
        }
        is_value = !is_value && (g_str_equal(copy, "-o") || g_str_equal(copy, "--name"));
        has_options |= is_option;
        if (!is_option)
            memset(word, ' ', length);
        word += length + gap;
    }
    return has_options ? g_steal_pointer(&text) : NULL;
}

static void line_install(IfcfgModules *self, const char *command, const char *name, const char *rest,
                         IfcfgWhere where)
{
    g_autofree char *options = g_str_equal(command, "install") ? install_options(rest) : NULL;

    if (options)
        line_options(self, name, options, where);
    else
        ifcfg_problems_add(
            self->problems, IFCFG_WARNING, where,
            _("%s %s is not executed here: write an `options` line, or BONDING_OPTS in the ifcfg file"),
            command, name);
}

/* @where becomes the place of what follows the name, which is what others parse on. */
static void modules_line(IfcfgModules *self, char *line, IfcfgWhere where)
{
    const char *rest = g_strchomp(line);
    rest += strspn(rest, " \t");
    if (*rest == '#' || !*rest)
        return;
    g_autofree char *command = word_take(&rest);
    g_autofree char *name = word_take(&rest);

    where.column = (guint)(rest - line) + 1;
    if (g_str_equal(command, "alias"))
        line_alias(self, name, rest, where);
    else if (g_str_equal(command, "options"))
        line_options(self, name, rest, where);
    else if ((g_str_equal(command, "install") || g_str_equal(command, "post-install") ||
              g_str_equal(command, "remove")) &&
             name_is_of_network(name))
        line_install(self, command, name, rest, where);
}

/* A backslash before the line's end becomes blank and the next line goes on; the place is that of the first.
 */
static void modules_text(IfcfgModules *self, const char *path, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autoptr(GString) joined = g_string_new(NULL);
    IfcfgWhere where = {g_intern_string(path), 1, 0};

    for (guint i = 0; lines[i]; i++) {
        gsize length = strlen(lines[i]);
        gboolean more = length > 0 && lines[i][length - 1] == '\\' && lines[i + 1];
        if (joined->len == 0)
            where.line = i + 1;
        g_string_append_len(joined, lines[i], (gssize)(more ? length - 1 : length));
        if (more) {
            g_string_append_c(joined, ' ');
            continue;
        }
        modules_line(self, joined->str, where);
        g_string_truncate(joined, 0);
    }
}

/* A link to /dev/null is how administrators switch a file of a package off. */
static gboolean is_masked(const char *root, const char *path)
{
    struct stat info;
    g_autofree char *real = ifcfg_root_resolve(root, path);
    return real && stat(real, &info) == 0 && S_ISCHR(info.st_mode) && info.st_rdev == makedev(1, 3);
}

static void modules_file(IfcfgModules *self, const char *path)
{
    g_autoptr(GError) error = NULL;
    gsize length;

    if (is_masked(self->root, path))
        return;
    g_autofree char *text = ifcfg_file_read(self->root, path, &length, self->problems, &error);
    if (text)
        modules_text(self, path, text);
    else if (!g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        ifcfg_file_report(self->problems, path, error);
}

static int name_compare(const void *a, const void *b, G_GNUC_UNUSED void *data)
{
    return strcmp(a, b);
}

/* libkmod's order (libkmod-config.c): files of all folders by name; of two with one name the earlier folder's
 * counts. */
static void modules_folders(IfcfgModules *self, const char *root)
{
    static const char *const folders[] = {"etc", "run", "usr/local/lib", "usr/lib", "lib"};
    g_autoptr(GTree) files = g_tree_new_full(name_compare, NULL, g_free, g_free);

    for (guint i = 0; i < G_N_ELEMENTS(folders); i++) {
        g_autofree char *folder = g_build_filename(root, folders[i], "modprobe.d", NULL);
        g_autoptr(GDir) dir = ifcfg_folder_open(root, folder);
        const char *name;
        while (dir && (name = g_dir_read_name(dir)))
            if (g_str_has_suffix(name, ".conf") && *name != '.' && !g_tree_lookup(files, name))
                g_tree_insert(files, g_strdup(name), g_build_filename(folder, name, NULL));
    }
    for (GTreeNode *node = g_tree_node_first(files); node; node = g_tree_node_next(node))
        modules_file(self, g_tree_node_value(node));
}

IfcfgModules *ifcfg_modules_load(const char *root, IfcfgProblems *problems)
{
    static const char *const old_files[] = {"etc/modules.conf", "etc/modprobe.conf"};
    IfcfgModules *self = g_new0(IfcfgModules, 1);
    const char *top = root && *root ? root : "/";

    self->entries = g_ptr_array_new_with_free_func(entry_free);
    self->problems = problems;
    self->root = root;
    for (guint i = 0; i < G_N_ELEMENTS(old_files); i++) {
        g_autofree char *path = g_build_filename(top, old_files[i], NULL);
        modules_file(self, path);
    }
    modules_folders(self, top);
    self->problems = NULL;
    self->root = NULL;
    return self;
}
