/* Generations: their text, which are there, and the oldest go. Plain lines, for a start reads the last one.
 */
#include "history/generation.h"
#include "apply/net-error.h"
#include "i18n.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const result_names[] = {"applied", "on-trial", "gone-back", "put-away"};

const char *generation_result_name(GenerationResult result)
{
    return result_names[result];
}

Generation *generation_new(void)
{
    Generation *self = g_new0(Generation, 1);
    self->files = g_ptr_array_new_with_free_func((GDestroyNotify)history_file_free);
    self->changes = g_ptr_array_new_with_free_func(g_free);
    self->interruptions = g_ptr_array_new_with_free_func(g_free);
    return self;
}

void generation_free(Generation *self)
{
    if (!self)
        return;
    g_free(self->command);
    g_free(self->user);
    g_ptr_array_unref(self->files);
    g_ptr_array_unref(self->changes);
    g_ptr_array_unref(self->interruptions);
    g_free(self);
}

/* A text of somebody else's has no line of its own. */
static void append_line(GString *text, const char *key, const char *value)
{
    g_autofree char *line = g_strdup(value ? value : "");
    g_string_append_printf(text, "%s %s\n", key, g_strdelimit(line, "\n\r", ' '));
}

static void append_files(GString *text, const GPtrArray *files)
{
    for (guint i = 0; i < files->len; i++) {
        const HistoryFile *file = files->pdata[i];
        g_string_append_printf(text, "file %s %o %u %u %s ", file->hash, file->mode, file->uid, file->gid,
                               file->stamp ? file->stamp : "-");
        g_string_append_printf(text, "%s\n", file->path);
    }
}

char *generation_format(const Generation *self)
{
    GString *text = g_string_new("netsvc-generation 1\n");
    g_string_append_printf(text, "time %" G_GINT64_FORMAT "\n", self->time);
    append_line(text, "command", self->command);
    append_line(text, "user", self->user);
    append_line(text, "result", result_names[self->result]);
    append_files(text, self->files);
    for (guint i = 0; i < self->changes->len; i++)
        append_line(text, "change", self->changes->pdata[i]);
    for (guint i = 0; i < self->interruptions->len; i++)
        append_line(text, "interruption", self->interruptions->pdata[i]);
    g_string_append(text, "end \n");
    return g_string_free(text, FALSE);
}

static gboolean read_file(Generation *self, const char *value)
{
    g_auto(GStrv) words = g_strsplit(value, " ", 6);
    if (g_strv_length(words) != 6 || strlen(words[0]) != 64 || *words[5] != '/')
        return FALSE;
    HistoryFile *file = g_new0(HistoryFile, 1);
    file->hash = g_strdup(words[0]);
    file->mode = (guint32)strtoul(words[1], NULL, 8);
    file->uid = (guint32)strtoul(words[2], NULL, 10);
    file->gid = (guint32)strtoul(words[3], NULL, 10);
    file->stamp = g_strdup(words[4]);
    file->path = g_strdup(words[5]);
    g_ptr_array_add(self->files, file);
    return TRUE;
}

static gboolean read_result(Generation *self, const char *value)
{
    for (guint i = 0; i < G_N_ELEMENTS(result_names); i++)
        if (g_str_equal(value, result_names[i])) {
            self->result = (GenerationResult)i;
            return TRUE;
        }
    return FALSE;
}

/* What a later version adds is no damage. */
static gboolean read_line(Generation *self, const char *key, const char *value)
{
    if (g_str_equal(key, "time"))
        self->time = g_ascii_strtoll(value, NULL, 10);
    else if (g_str_equal(key, "command"))
        self->command = g_strdup(value);
    else if (g_str_equal(key, "user"))
        self->user = g_strdup(value);
    else if (g_str_equal(key, "result"))
        return read_result(self, value);
    else if (g_str_equal(key, "file"))
        return read_file(self, value);
    else if (g_str_equal(key, "change"))
        g_ptr_array_add(self->changes, g_strdup(value));
    else if (g_str_equal(key, "interruption"))
        g_ptr_array_add(self->interruptions, g_strdup(value));
    return TRUE;
}

Generation *generation_parse(const char *text)
{
    g_autoptr(Generation) self = generation_new();
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    if (!g_str_equal(lines[0] ? lines[0] : "", "netsvc-generation 1"))
        return NULL;
    for (guint i = 1; lines[i]; i++) {
        char *value = strchr(lines[i], ' ');
        if (g_str_equal(lines[i], "end "))
            return g_steal_pointer(&self);
        if (!value)
            return NULL;
        *value++ = '\0';
        if (!read_line(self, lines[i], value))
            return NULL;
    }
    return NULL;
}

static gint number_compare(gconstpointer a, gconstpointer b)
{
    guint x = *(const guint *)a, y = *(const guint *)b;
    return (x > y) - (x < y);
}

GArray *generation_numbers(const History *history)
{
    GArray *numbers = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autoptr(GDir) dir = g_dir_open(history->generations, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        guint64 number;
        if (!g_ascii_string_to_unsigned(name, 10, 1, G_MAXUINT - 1, &number, NULL))
            continue;
        guint value = (guint)number;
        g_array_append_val(numbers, value);
    }
    g_array_sort(numbers, number_compare);
    return numbers;
}

static char *path_of(const History *history, guint number)
{
    g_autofree char *name = g_strdup_printf("%u", number);
    return g_build_filename(history->generations, name, NULL);
}

Generation *generation_load(const History *history, guint number, GError **error)
{
    g_autofree char *path = path_of(history, number), *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL)) {
        net_error_set(error, ENOENT, _("there is no generation %u; `netsvc history` lists those there are"),
                      number);
        return NULL;
    }
    Generation *self = generation_parse(text);
    if (!self) {
        net_error_set(error, EBADMSG, _("%s is damaged"), path);
        return NULL;
    }
    self->number = number;
    return self;
}

Generation *generation_last(const History *history)
{
    g_autoptr(GArray) numbers = generation_numbers(history);
    for (guint i = numbers->len; i-- > 0;) {
        g_autoptr(Generation) self = generation_load(history, g_array_index(numbers, guint, i), NULL);
        if (self && self->result == GENERATION_APPLIED)
            return g_steal_pointer(&self);
    }
    return NULL;
}

/* The oldest, but for the last one applied: it is the way back of the next trial. */
static guint find_oldest(const History *history, const GArray *numbers)
{
    g_autoptr(Generation) last = generation_last(history);
    for (guint i = 0; i < numbers->len; i++) {
        guint number = g_array_index(numbers, guint, i);
        if (!last || number != last->number)
            return number;
    }
    return 0;
}

static void forget_contents(const History *history)
{
    g_autoptr(GHashTable) hashes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GArray) numbers = generation_numbers(history);
    for (guint i = 0; i < numbers->len; i++) {
        g_autoptr(Generation) self = generation_load(history, g_array_index(numbers, guint, i), NULL);
        for (guint n = 0; self && n < self->files->len; n++)
            g_hash_table_add(hashes, g_strdup(((HistoryFile *)self->files->pdata[n])->hash));
    }
    history_forget_others(history, hashes);
}

static void forget_oldest(const History *history)
{
    g_autoptr(GArray) numbers = generation_numbers(history);
    if (numbers->len <= GENERATIONS_MAX)
        return;
    for (guint left = numbers->len - GENERATIONS_MAX; left; left--) {
        g_autoptr(GArray) now = generation_numbers(history);
        guint number = find_oldest(history, now);
        g_autofree char *path = path_of(history, number);
        unlink(path);
    }
    forget_contents(history);
}

gboolean generation_rewrite(const History *history, const Generation *self, gboolean durable, GError **error)
{
    g_autofree char *path = path_of(history, self->number), *text = generation_format(self);
    return history_write(path, text, strlen(text), durable, error);
}

gboolean generation_save(const History *history, Generation *self, gboolean durable, GError **error)
{
    g_autoptr(GArray) numbers = generation_numbers(history);
    self->number = numbers->len ? g_array_index(numbers, guint, numbers->len - 1) + 1 : 1;
    if (!generation_rewrite(history, self, durable, error))
        return FALSE;
    forget_oldest(history);
    return TRUE;
}
