/* The mark of a trial: a key file. */
#include "history/trial-mark.h"
#include "apply/net-error.h"
#include "i18n.h"
#include <string.h>
#include <time.h>
#include <unistd.h>

#define GROUP "trial"

static const struct {
    const char *key;
    gsize offset;
} texts[] = {
    {"boot", G_STRUCT_OFFSET(TrialMark, boot)},   {"command", G_STRUCT_OFFSET(TrialMark, command)},
    {"user", G_STRUCT_OFFSET(TrialMark, user)},   {"peer", G_STRUCT_OFFSET(TrialMark, peer)},
    {"probe", G_STRUCT_OFFSET(TrialMark, probe)}, {"confirm-by", G_STRUCT_OFFSET(TrialMark, confirm_by)},
};

void trial_mark_free(TrialMark *self)
{
    for (guint i = 0; self && i < G_N_ELEMENTS(texts); i++)
        g_free(G_STRUCT_MEMBER(char *, self, texts[i].offset));
    g_free(self);
}

static char *mark_path(const History *history)
{
    return g_build_filename(history->folder, "trial", NULL);
}

gboolean trial_mark_save(const History *history, const TrialMark *self, GError **error)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autofree char *path = mark_path(history), *text = NULL;
    gsize length;
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        const char *value = G_STRUCT_MEMBER(char *, self, texts[i].offset);
        if (value)
            g_key_file_set_string(file, GROUP, texts[i].key, value);
    }
    g_key_file_set_int64(file, GROUP, "started", self->started);
    g_key_file_set_int64(file, GROUP, "begun", self->begun);
    g_key_file_set_int64(file, GROUP, "deadline", self->deadline);
    g_key_file_set_uint64(file, GROUP, "before", self->before);
    g_key_file_set_uint64(file, GROUP, "tried", self->tried);
    g_key_file_set_uint64(file, GROUP, "all", self->is_all != FALSE);
    g_key_file_set_uint64(file, GROUP, "run", self->run_pid);
    g_key_file_set_uint64(file, GROUP, "run-started", self->run_started);
    text = g_key_file_to_data(file, &length, NULL);
    return history_write(path, text, length, TRUE, error);
}

TrialMark *trial_mark_load(const History *history)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autofree char *path = mark_path(history);
    if (access(path, F_OK) < 0)
        return NULL;
    g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, NULL);
    TrialMark *self = g_new0(TrialMark, 1);
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        G_STRUCT_MEMBER(char *, self, texts[i].offset) =
            g_key_file_get_string(file, GROUP, texts[i].key, NULL);
    self->started = g_key_file_get_int64(file, GROUP, "started", NULL);
    self->begun = g_key_file_get_int64(file, GROUP, "begun", NULL);
    self->deadline = g_key_file_get_int64(file, GROUP, "deadline", NULL);
    self->before = (guint)g_key_file_get_uint64(file, GROUP, "before", NULL);
    self->tried = (guint)g_key_file_get_uint64(file, GROUP, "tried", NULL);
    self->is_all = g_key_file_get_uint64(file, GROUP, "all", NULL) != 0;
    self->run_pid = (guint)g_key_file_get_uint64(file, GROUP, "run", NULL);
    self->run_started = g_key_file_get_uint64(file, GROUP, "run-started", NULL);
    if (!trial_mark_is_of_now(self) || access(TRIAL_RUN_DIR "/" TRIAL_RESULT, F_OK) < 0)
        return self;
    trial_mark_remove(history, NULL);
    trial_mark_free(self);
    return NULL;
}

static gboolean fail_remove(const char *path, GError **error)
{
    int number = errno;
    net_error_set(error, number, _("cannot remove %s: %s"), path, g_strerror(number));
    return FALSE;
}

gboolean trial_mark_can_go(const History *history, GError **error)
{
    g_autofree char *path = mark_path(history);
    return access(history->folder, W_OK) == 0 || errno == ENOENT || fail_remove(path, error);
}

gboolean trial_mark_remove(const History *history, GError **error)
{
    g_autofree char *path = mark_path(history);
    if (unlink(path) < 0 && errno != ENOENT)
        return fail_remove(path, error);
    history_sync(path);
    return TRUE;
}

char *trial_boot_id(void)
{
    char *text = NULL;
    g_file_get_contents("/proc/sys/kernel/random/boot_id", &text, NULL, NULL);
    return text ? g_strchomp(text) : g_strdup("");
}

gboolean trial_mark_is_of_now(const TrialMark *self)
{
    g_autofree char *boot = trial_boot_id();
    return self->boot && g_str_equal(boot, self->boot);
}

gint64 trial_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_BOOTTIME, &now);
    return (gint64)now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

guint trial_mark_left(const TrialMark *self)
{
    gint64 left = self->deadline - trial_now();
    return left > 0 ? (guint)((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC) : 0;
}

char *trial_mark_describe(const TrialMark *self)
{
    g_autoptr(GDateTime) date = g_date_time_new_from_unix_local(self->started);
    g_autofree char *time = date ? g_date_time_format(date, "%H:%M:%S") : g_strdup("");
    return g_strdup_printf(
        _("on trial since %s: `%s`, by %s; it goes back in %u s. `netsvc confirm` keeps what "
          "is there now, `netsvc cancel` goes back at once"),
        time, self->command, self->user, trial_mark_left(self));
}

/* The 22nd word; the second one, in brackets, may have blanks (proc(5)). */
guint64 trial_process_started(guint pid)
{
    g_autofree char *path = g_strdup_printf("/proc/%u/stat", pid), *text = NULL;
    if (!pid || !g_file_get_contents(path, &text, NULL, NULL))
        return 0;
    const char *end = strrchr(text, ')');
    g_auto(GStrv) words = g_strsplit(end ? end : "", " ", 23);
    gboolean is_dead = words[0] && words[1] && (*words[1] == 'Z' || *words[1] == 'X');
    return g_strv_length(words) > 20 && !is_dead ? g_ascii_strtoull(words[20], NULL, 10) : 0;
}
