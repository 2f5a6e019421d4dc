/* Reads the configuration folder: which files count, and their order. */
#include "i18n.h"
#include "ifcfg-dir-private.h"
#include "ifcfg-file.h"
#include "ifcfg-overlay.h"
#include "ifcfg-record-private.h"
#include "ifcfg-root.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define PREFIX "ifcfg-"
#define RANGE "-range"

static void entry_free(gpointer data)
{
    IfcfgEntry *self = data;
    g_free(self->name);
    g_free(self->parent);
    ifcfg_record_unref(self->record);
    g_free(self);
}

void ifcfg_dir_free(IfcfgDir *self)
{
    if (!self)
        return;
    g_ptr_array_unref(self->entries);
    g_ptr_array_unref(self->ignored);
    g_hash_table_unref(self->broken);
    ifcfg_record_unref(self->network);
    g_free(self->path);
    g_free(self->root);
    g_free(self);
}

const char *ifcfg_dir_root(const IfcfgDir *self)
{
    return self->root;
}

const char *ifcfg_dir_path(const IfcfgDir *self)
{
    return self->path;
}

const IfcfgRecord *ifcfg_dir_network(const IfcfgDir *self)
{
    return self->network;
}

guint ifcfg_dir_length(const IfcfgDir *self)
{
    return self->entries->len;
}

const IfcfgEntry *ifcfg_dir_nth(const IfcfgDir *self, guint index)
{
    g_return_val_if_fail(index < self->entries->len, NULL);
    return g_ptr_array_index(self->entries, index);
}

/* is_ignored_file() of the old scripts' init.d/functions */
gboolean ifcfg_name_is_ignored(const char *name)
{
    static const char *const endings[] = {"bak", "old", "orig", "rpmnew", "rpmorig", "rpmsave"};
    const char *dot = strrchr(name, '.');
    for (guint i = 0; dot && i < G_N_ELEMENTS(endings); i++)
        if (g_str_equal(dot + 1, endings[i]))
            return TRUE;
    return g_str_has_suffix(name, "~");
}

static gboolean is_letter(char c)
{
    return c && !g_ascii_isdigit(c);
}

/* Numbers of any length; no number at all counts as 0. */
static int digits_compare(const char *a, const char *b)
{
    for (; *a == '0'; a++)
        ;
    for (; *b == '0'; b++)
        ;
    int order = 0;
    for (; g_ascii_isdigit(*a) && g_ascii_isdigit(*b); a++, b++)
        order = order ? order : *a - *b;
    gboolean a_is_longer = g_ascii_isdigit(*a), b_is_longer = g_ascii_isdigit(*b);
    return a_is_longer || b_is_longer ? a_is_longer - b_is_longer : order;
}

int ifcfg_name_compare(const char *a, const char *b)
{
    gsize same = 0;
    while (is_letter(a[same]) && a[same] == b[same])
        same++;
    gboolean a_goes_on = is_letter(a[same]), b_goes_on = is_letter(b[same]);
    int order = a_goes_on && b_goes_on ? (guchar)a[same] - (guchar)b[same] : a_goes_on - b_goes_on;
    if (!order)
        order = digits_compare(a + same, b + same);
    return order ? order : strcmp(a, b);
}

static guint entry_rank(const IfcfgEntry *entry)
{
    return entry->kind != IFCFG_ENTRY_MAIN ? 2 : g_str_equal(entry->name, "lo") ? 0 : 1;
}

static int entry_compare(gconstpointer left, gconstpointer right)
{
    const IfcfgEntry *a = *(IfcfgEntry *const *)left, *b = *(IfcfgEntry *const *)right;
    int order = (int)entry_rank(a) - (int)entry_rank(b);
    return order ? order : ifcfg_name_compare(a->name, b->name);
}

/* @path: interned */
static IfcfgEntry *entry_new(const char *path, const char *name, IfcfgRecord *record)
{
    IfcfgEntry *self = g_new0(IfcfgEntry, 1);
    const char *colon = strchr(name, ':'), *range = strstr(name, RANGE);
    const char *end = colon ? colon : range;
    self->kind = colon ? IFCFG_ENTRY_ALIAS : range ? IFCFG_ENTRY_RANGE : IFCFG_ENTRY_MAIN;
    self->path = path;
    self->name = g_strdup(name);
    self->parent = end ? g_strndup(name, (gsize)(end - name)) : NULL;
    self->record = record;
    return self;
}

static void load_keys(const IfcfgDir *self, int folder, const char *name, IfcfgRecord *record,
                      IfcfgProblems *problems)
{
    g_autofree char *path = g_strconcat(self->path, "/keys-", name, NULL);
    g_autoptr(GError) error = NULL;
    if (!ifcfg_record_extend_in(record, folder, self->root, path, self->network, problems, &error))
        ifcfg_file_report(problems, path, error);
}

/* @name: behind "ifcfg-". @keys: names (char *) that have a keys- file */
static void load_entry(IfcfgDir *self, int folder, const char *name, GHashTable *keys,
                       IfcfgProblems *problems)
{
    g_autofree char *path = g_strconcat(self->path, "/" PREFIX, name, NULL);
    g_autoptr(GError) error = NULL;
    IfcfgWhere where = {.file = g_intern_string(path)};
    gboolean ignored = ifcfg_name_is_ignored(name);
    IfcfgProblems *told = ignored ? NULL : problems;
    if (!*name) {
        ifcfg_problems_add(
            told, IFCFG_WARNING, where,
            _("the file name has no interface after ifcfg-; ignored: rename it, or remove it"));
        return;
    }
    IfcfgRecord *record = ifcfg_record_load_in(folder, self->root, where.file, self->network, told, &error);
    if (!record) {
        ifcfg_file_report(told, path, error);
        g_hash_table_insert(self->broken, g_strdup(name), g_strdup(error->message));
        return;
    }
    if (g_hash_table_contains(keys, name))
        load_keys(self, folder, name, record, told);
    g_ptr_array_add(ignored ? self->ignored : self->entries, entry_new(where.file, name, record));
}

/* Behind "ifcfg-" and "keys-". */
typedef struct {
    GHashTable *names, *keys;
} Names;

static void name_note(gpointer data, gpointer user_data)
{
    const char *name = data;
    Names *self = user_data;
    if (g_str_has_prefix(name, PREFIX))
        g_hash_table_add(self->names, g_strdup(name + strlen(PREFIX)));
    else if (g_str_has_prefix(name, "keys-"))
        g_hash_table_add(self->keys, g_strdup(name + strlen("keys-")));
}

/* The folder of files that are only to be written is made with them, where its link leads. @place: where the
 * folder is. FALSE with @error */
static gboolean names_read(const IfcfgDir *self, const char *place, Names *names, GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autoptr(GDir) folder = g_dir_open(place, 0, &failure);
    ifcfg_overlay_foreach(self->path, name_note, names);
    gboolean is_to_come =
        g_hash_table_size(names->names) && g_error_matches(failure, G_FILE_ERROR, G_FILE_ERROR_NOENT);
    if (!folder && !is_to_come && !ifcfg_file_is_absent(self->path, failure)) {
        ifcfg_file_fail(error, self->path, access(place, R_OK) < 0 ? errno : ENOTDIR);
        g_prefix_error(error, _("cannot open %s: "), self->path);
        return FALSE;
    }
    for (const char *name; folder && (name = g_dir_read_name(folder));)
        name_note((gpointer)name, names);
    return TRUE;
}

static gboolean load_folder(IfcfgDir *self, IfcfgProblems *problems, GError **error)
{
    g_autofree char *real = ifcfg_root_resolve(self->root, self->path);
    const char *place = real ? real : self->path;
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (!names_read(self, place, &(Names){names, keys}, error))
        return FALSE;
    int fd = open(place, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    GHashTableIter iter;
    gpointer name;
    g_hash_table_iter_init(&iter, names);
    while (g_hash_table_iter_next(&iter, &name, NULL))
        load_entry(self, fd, name, keys, problems);
    if (fd >= 0)
        close(fd);
    g_ptr_array_sort(self->entries, entry_compare);
    return TRUE;
}

static void load_network(IfcfgDir *self, IfcfgProblems *problems)
{
    g_autofree char *path = g_strconcat(self->root, "/etc/sysconfig/network", NULL);
    g_autoptr(GError) error = NULL;
    self->network = ifcfg_record_load(self->root, path, NULL, problems, &error);
    if (!self->network && !ifcfg_file_is_absent(path, error))
        ifcfg_file_report(problems, path, error);
}

IfcfgDir *ifcfg_dir_load(const char *root, IfcfgProblems *problems, GError **error)
{
    g_autoptr(IfcfgDir) self = g_new0(IfcfgDir, 1);
    self->root = g_strdup(root ? root : "");
    while (g_str_has_suffix(self->root, "/"))
        self->root[strlen(self->root) - 1] = '\0';
    self->path = g_strconcat(self->root, "/etc/sysconfig/network-scripts", NULL);
    self->entries = g_ptr_array_new_with_free_func(entry_free);
    self->ignored = g_ptr_array_new_with_free_func(entry_free);
    self->broken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    load_network(self, problems);
    return load_folder(self, problems, error) ? g_steal_pointer(&self) : NULL;
}
