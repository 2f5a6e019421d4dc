/* netsvc history, compare, rollback: what was applied here, by whom, and back to it. */
#include "commands/commands.h"
#include "console/columns.h"
#include "console/json-text.h"
#include "history/generation.h"
#include "history/restore.h"
#include "history/text-diff.h"
#include "history/who.h"
#include "i18n.h"
#include "trial/try.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char *time_format(gint64 time, const char *format)
{
    g_autoptr(GDateTime) date = g_date_time_new_from_unix_local(time);
    return date ? g_date_time_format(date, format) : g_strdup("");
}

static const char *result_text(GenerationResult result)
{
    switch (result) {
    case GENERATION_ON_TRIAL:
        return _("on trial");
    case GENERATION_GONE_BACK:
        return _("gone back");
    case GENERATION_PUT_AWAY:
        return _("put away");
    default:
        return _("applied");
    }
}

/* --- history --- */

static void generation_add_json(JsonBuilder *json, const Generation *self)
{
    g_autofree char *time = time_format(self->time, "%FT%T%:z");
    json_builder_begin_object(json);
    json_number_add(json, "number", self->number);
    json_text_add(json, "time", time);
    json_text_add(json, "user", self->user);
    json_text_add(json, "command", self->command);
    json_text_add(json, "result", generation_result_name(self->result));
    json_array_begin(json, "files");
    for (guint i = 0; i < self->files->len; i++)
        json_text_append(json, ((const HistoryFile *)self->files->pdata[i])->path);
    json_builder_end_array(json);
    json_array_begin(json, "changes");
    for (guint i = 0; i < self->changes->len; i++)
        json_text_append(json, self->changes->pdata[i]);
    json_builder_end_array(json);
    json_array_begin(json, "interruptions");
    for (guint i = 0; i < self->interruptions->len; i++) {
        g_auto(GStrv) words = g_strsplit(self->interruptions->pdata[i], " ", 2);
        json_builder_begin_object(json);
        json_text_add(json, "dev", words[0]);
        json_number_add(json, "milliseconds", words[1] ? g_ascii_strtoll(words[1], NULL, 10) : 0);
        json_builder_end_object(json);
    }
    json_builder_end_array(json);
    json_builder_end_object(json);
}

static char *interruptions_text(const Generation *self)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < self->interruptions->len; i++)
        g_string_append_printf(text, _("%s%s ms"), i ? ", " : "", (char *)self->interruptions->pdata[i]);
    return g_strdup_printf(_("interrupted: %s"), text->str);
}

enum { CELLS = 6, GAP = 2, BELOW = 6, COMMAND_LEAST = 24 };

/* Of a row: NULL: of the headings. The command is the last. To be freed. */
static GStrv cells_new(const Generation *row)
{
    char **cells = g_new0(char *, CELLS + 1);
    cells[0] = row ? g_strdup_printf("%u", row->number) : g_strdup(_("N"));
    cells[1] = row ? time_format(row->time, "%F %T") : g_strdup(_("WHEN"));
    cells[2] = g_strdup(!row ? _("WHO") : row->user ? row->user : "");
    cells[3] = g_strdup(row ? result_text(row->result) : _("RESULT"));
    cells[4] = row ? g_strdup_printf("%u", row->changes->len) : g_strdup(_("CHANGES"));
    cells[5] = g_strdup(!row ? _("COMMAND") : row->command ? row->command : "");
    return cells;
}

static void widths_fit(guint *widths, const Generation *row)
{
    g_auto(GStrv) cells = cells_new(row);
    for (guint i = 0; i + 1 < CELLS; i++)
        widths[i] = MAX(widths[i], columns_width(cells[i]) + GAP);
}

static void below_print(const char *text, guint width)
{
    g_autofree char *line = g_strdup_printf("%*s%s", BELOW, "", text),
                    *wrapped = columns_wrap(line, width, BELOW + GAP);
    printf("%s\n", wrapped);
}

/* The command stands in the last column, or below where hardly any room is left for that. */
static void row_print(const Generation *row, const guint *widths, guint width)
{
    g_auto(GStrv) cells = cells_new(row);
    g_autoptr(GString) line = g_string_new(NULL);
    guint used = 0;
    for (guint i = 0; i + 1 < CELLS; i++) {
        g_autofree char *cell = columns_pad(cells[i], widths[i]);
        g_string_append(line, cell);
        used += widths[i];
    }
    gboolean is_beside = width >= used + COMMAND_LEAST;
    if (is_beside)
        g_string_append(line, cells[CELLS - 1]);
    g_autofree char *text = columns_wrap(g_strchomp(line->str), width, used);
    printf("%s\n", text);
    if (!is_beside)
        below_print(cells[CELLS - 1], width);
    g_autofree char *interruptions = row && row->interruptions->len ? interruptions_text(row) : NULL;
    if (interruptions)
        below_print(interruptions, width);
}

static void table_print(const GPtrArray *rows)
{
    guint widths[CELLS] = {0}, width = columns_of_terminal(STDOUT_FILENO);
    widths_fit(widths, NULL);
    for (guint i = 0; i < rows->len; i++)
        widths_fit(widths, rows->pdata[i]);
    row_print(NULL, widths, width);
    for (guint i = 0; i < rows->len; i++)
        row_print(rows->pdata[i], widths, width);
}

/* The newest first: it is what one looks for. */
static GPtrArray *generations_load(const History *history)
{
    GPtrArray *all = g_ptr_array_new_with_free_func((GDestroyNotify)generation_free);
    g_autoptr(GArray) numbers = generation_numbers(history);
    for (guint i = numbers->len; i-- > 0;) {
        g_autoptr(GError) error = NULL;
        Generation *self = generation_load(history, g_array_index(numbers, guint, i), &error);
        if (self)
            g_ptr_array_add(all, self);
        else
            cli_complain("%s", error->message);
    }
    return all;
}

int history_command(const CliOptions *options)
{
    if (!cli_is_root()) /* the files may hold keys */
        return CLI_NOT_ROOT;
    g_autoptr(History) history = history_new(NULL);
    g_autoptr(GPtrArray) all = generations_load(history);
    if (options->json) {
        g_autoptr(JsonBuilder) json = json_builder_new();
        json_builder_begin_array(json);
        for (guint i = 0; i < all->len; i++)
            generation_add_json(json, all->pdata[i]);
        json_builder_end_array(json);
        g_autofree char *text = json_text_print(json);
        fputs(text, stdout);
        return CLI_OK;
    }
    if (!all->len) {
        puts(_("Nothing has been applied yet: the next start, restart or reload begins the history."));
        return CLI_OK;
    }
    table_print(all);
    return CLI_OK;
}

/* --- compare --- */

typedef struct {
    const History *history;
    const GPtrArray *files;
    gboolean is_now; /* of the disk: not kept */
} Side;

static char *side_text(const Side *side, const HistoryFile *file)
{
    g_autofree char *full = file ? g_strconcat(side->history->root, file->path, NULL) : NULL;
    g_autoptr(GError) error = NULL;
    char *text = NULL;
    if (!file)
        return NULL;
    if (side->is_now)
        g_file_get_contents(full, &text, NULL, &error);
    else
        text = history_load(side->history, file->hash, NULL, &error);
    if (error)
        cli_complain("%s", error->message);
    return text;
}

static char *owner_line(const HistoryFile *file)
{
    return g_strdup_printf(_("(mode %04o, owner %u:%u)"), file->mode, file->uid, file->gid);
}

/* Returns: whether they differ */
static gboolean file_compare(const Side *a, const Side *b, const char *path)
{
    const HistoryFile *x = history_files_find(a->files, path), *y = history_files_find(b->files, path);
    g_autoptr(GString) lines = g_string_new(NULL);
    if (x && y && (x->mode != y->mode || x->uid != y->uid || x->gid != y->gid)) {
        g_autofree char *old = owner_line(x), *new = owner_line(y);
        g_string_append_printf(lines, "-%s\n+%s\n", old, new);
    }
    if (!x || !y || g_strcmp0(x->hash, y->hash)) {
        g_autofree char *old = side_text(a, x), *new = side_text(b, y);
        text_diff(old, new, lines);
    }
    if (x && y && !lines->len)
        return FALSE;
    printf("%s%s\n%s", path, !x ? _(": new") : !y ? _(": gone") : "", lines->str);
    return TRUE;
}

static gboolean sides_compare(const Side *a, const Side *b)
{
    gboolean differs = FALSE;
    for (guint i = 0; i < a->files->len; i++)
        differs |= file_compare(a, b, ((const HistoryFile *)a->files->pdata[i])->path);
    for (guint i = 0; i < b->files->len; i++) {
        const char *path = ((const HistoryFile *)b->files->pdata[i])->path;
        if (!history_files_find(a->files, path))
            differs |= file_compare(a, b, path);
    }
    return differs;
}

static void head_print(const char *mark, const Generation *generation)
{
    g_autofree char *time = generation ? time_format(generation->time, "%F %T") : NULL;
    if (generation)
        printf(_("%s generation %u, %s, %s\n"), mark, generation->number, time, generation->command);
    else
        printf(_("%s the files now\n"), mark);
}

/* @word: a number; NULL: the last one applied */
static Generation *generation_find(const History *history, const char *word)
{
    g_autoptr(GError) error = NULL;
    guint64 number = 0;
    Generation *found = NULL;
    if (!word) {
        found = generation_last(history);
        if (!found)
            cli_complain(_("nothing has been applied yet: the next start, restart or reload begins the "
                           "history"));
        return found;
    }
    if (!g_ascii_string_to_unsigned(word, 10, 1, G_MAXUINT - 1, &number, NULL))
        cli_complain(_("%s is not the number of a generation; `netsvc history` lists them"), word);
    else if (!(found = generation_load(history, (guint)number, &error)))
        cli_complain("%s", error->message);
    return found;
}

enum { COMPARE_DIFFERS = 10 };

int compare_command(const CliOptions *options)
{
    if (!cli_is_root())
        return CLI_NOT_ROOT;
    g_autoptr(History) history = history_new(NULL);
    g_autoptr(Generation) old = generation_find(history, options->n_args ? options->args[0] : NULL);
    g_autoptr(Generation) new =
        old && options->n_args > 1 ? generation_find(history, options->args[1]) : NULL;
    if (!old || (options->n_args > 1 && !new))
        return CLI_FAILED;
    g_autoptr(GPtrArray) now = new ? NULL : history_files_list(history);
    if (now)
        history_files_read(history, now, old->files);
    Side a = {.history = history, .files = old->files},
         b = {.history = history, .files = new ? new->files : now, .is_now = !new};
    head_print("---", old);
    head_print("+++", new);
    gboolean differs = sides_compare(&a, &b);
    return differs && options->exit_code ? COMPARE_DIFFERS : CLI_OK;
}

/* --- rollback --- */

/* What was edited and never applied is not lost. */
static gboolean edited_keep(const History *history, GError **error)
{
    g_autoptr(Generation) last = generation_last(history), edited = generation_new();
    g_ptr_array_unref(edited->files);
    edited->files = history_files_list(history);
    if (!history_make_folders(history, error) ||
        !history_files_keep(history, edited->files, last ? last->files : NULL, FALSE, error))
        return FALSE;
    if (last && history_files_equal(last->files, edited->files))
        return TRUE;
    edited->result = GENERATION_PUT_AWAY;
    edited->time = g_get_real_time() / G_USEC_PER_SEC;
    edited->user = who_is_user();
    edited->command = who_is_command();
    return generation_save(history, edited, FALSE, error);
}

static int rollback_files(guint number)
{
    g_autoptr(History) history = history_new(NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) told = g_ptr_array_new_with_free_func(g_free), now = history_files_list(history);
    g_autoptr(Generation) wanted = generation_load(history, number, &error);
    if (wanted && !edited_keep(history, &error))
        g_clear_pointer(&wanted, generation_free);
    if (!wanted) {
        cli_complain(_("%s; nothing is changed"), error->message);
        return CLI_FAILED;
    }
    history_files_read(history, now, NULL);
    gboolean ok = history_restore(history, wanted->files, NULL, now, told);
    for (guint i = 0; i < told->len; i++)
        cli_complain("%s", (char *)told->pdata[i]);
    return ok ? RUN_GO : CLI_FAILED;
}

static int rollback_prepare(gpointer data)
{
    return rollback_files(*(guint *)data);
}

int rollback_command(const CliOptions *options)
{
    if (!cli_is_root())
        return CLI_NOT_ROOT;
    g_autoptr(History) history = history_new(NULL);
    g_autoptr(Generation) wanted = generation_find(history, options->args[0]);
    if (!wanted)
        return CLI_FAILED;
    guint number = wanted->number;
    if (options->try_it)
        return try_prepared(options, rollback_prepare, &number);
    return try_settle() ? service_run_prepared(NET_PLAN_RESTART, NULL, rollback_prepare, &number)
                        : CLI_FAILED;
}
