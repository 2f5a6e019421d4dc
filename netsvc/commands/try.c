/* netsvc try, confirm, cancel, pending: a change that comes back by itself. */
#include "trial/try.h"
#include "apply/folder-watch.h"
#include "commands/commands.h"
#include "console/json-text.h"
#include "history/trial-mark.h"
#include "i18n.h"
#include "session/rehearse.h"
#include "trial/ending.h"
#include "trial/fuse.h"
#include "trial/probes.h"
#include <glib-unix.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { TIMEOUT_S = 60, TIMEOUT_MIN = 1, TIMEOUT_MAX = 86400, ANSWER_MS = 4000 };

static const char *const ways[] = {"ssh", "probes", NULL};

/* --- try --- */

static gboolean timeout_read(const CliOptions *options, guint *ret_seconds)
{
    guint64 seconds = TIMEOUT_S;
    if (options->timeout &&
        !g_ascii_string_to_unsigned(options->timeout, 10, TIMEOUT_MIN, TIMEOUT_MAX, &seconds, NULL)) {
        cli_complain(_("--timeout %s: it takes seconds, %d to %d"), options->timeout, TIMEOUT_MIN,
                     TIMEOUT_MAX);
        return FALSE;
    }
    *ret_seconds = (guint)seconds;
    return TRUE;
}

static int rehearse_first(const RunPlanned *planned, G_GNUC_UNUSED gpointer data)
{
    RehearsalRequest request = {planned->verb,     planned->names,  planned->model,
                                planned->observed, planned->ledger, planned->plan};
    g_autoptr(GError) error = NULL;
    g_autoptr(Rehearsal) found = net_rehearse(&request, &error);
    if (found)
        rehearse_print(found, planned->plan, planned->model);
    fflush(stdout);
    if (found && !rehearsal_is_bad(found))
        return RUN_GO;
    cli_complain(_("it is not tried, and nothing is changed: %s"),
                 error ? error->message : _("the rehearsal failed"));
    return CLI_FAILED;
}

static gboolean setup_read(const CliOptions *options, TrySetup *setup)
{
    setup->probe = options->probe;
    setup->confirm_by = options->confirm_by ? options->confirm_by : "";
    setup->rehearse = options->rehearse ? rehearse_first : NULL;
    if (options->confirm_by && !g_strv_contains(ways, options->confirm_by)) {
        cli_complain(_("--confirm-by %s: it takes ssh or probes"), options->confirm_by);
        return FALSE;
    }
    return timeout_read(options, &setup->timeout_s);
}

static int run(const CliOptions *options, const RunTrial *trial)
{
    gboolean is_of_one = g_str_equal(options->verb, "up") || g_str_equal(options->verb, "down");
    return is_of_one ? updown_run_trial(options, trial) : service_run_trial(options, trial);
}

/* The words behind `try` are those of the command that is tried. */
static gboolean command_read(const CliOptions *options, CliOptions *ret)
{
    static const char *const nothing[] = {NULL};
    static const char *const verbs[] = {"restart", "reload", "up", "down", NULL};
    *ret = *options;
    ret->verb = options->n_args ? options->args[0] : "restart";
    ret->args = options->n_args ? options->args + 1 : nothing;
    ret->n_args = options->n_args ? options->n_args - 1 : 0;
    gboolean takes_names = !g_str_equal(ret->verb, "restart"),
             needs_names = takes_names && !g_str_equal(ret->verb, "reload");
    if (!g_strv_contains(verbs, ret->verb))
        cli_complain(_("%s cannot be tried; restart, reload, up and down can"), ret->verb);
    else if ((ret->n_args && !takes_names) || (!ret->n_args && needs_names))
        cli_complain(ret->n_args ? _("%s: too many arguments") : _("%s: too few arguments"), ret->verb);
    else
        return TRUE;
    return FALSE;
}

int try_command(const CliOptions *options)
{
    TrySetup setup = {0};
    CliOptions inner;
    if (!setup_read(options, &setup) || !command_read(options, &inner))
        return CLI_USAGE;
    if (!cli_is_root())
        return CLI_NOT_ROOT;
    if (!try_settle())
        return CLI_FAILED;
    g_autoptr(Try) trial = try_new(&setup);
    return try_wait(trial, run(&inner, try_run_trial(trial)));
}

int try_prepared(const CliOptions *options, int (*prepare)(gpointer data), gpointer data)
{
    TrySetup setup = {0};
    if (!setup_read(options, &setup))
        return CLI_USAGE;
    if (!try_settle())
        return CLI_FAILED;
    g_autoptr(Try) trial = try_new(&setup);
    return try_wait(trial, service_run_prepared(NET_PLAN_RESTART, try_run_trial(trial), prepare, data));
}

/* --- pending --- */

static TrialMark *mark_find(const History *history)
{
    TrialMark *mark = trial_mark_load(history);
    if (!mark)
        cli_complain(_("nothing is on trial"));
    return mark;
}

static void pending_json(const TrialMark *mark)
{
    g_autofree char *status = mark ? fuse_told(FUSE_STATUS) : NULL;
    g_auto(GStrv) lines = g_strsplit(status ? status : "", "\n", -1);
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_object(json);
    json_bool_add(json, "pending", mark != NULL);
    if (mark) {
        json_text_add(json, "command", mark->command);
        json_text_add(json, "user", mark->user);
        json_number_add(json, "seconds_left", trial_mark_left(mark));
        json_number_add(json, "generation", mark->tried);
        json_number_add(json, "goes_back_to", mark->before);
        json_array_begin(json, "probes");
        for (guint i = 0; lines[i]; i++)
            if (strlen(lines[i]) > 2) {
                json_builder_begin_object(json);
                json_bool_add(json, "holds", *lines[i] == '+');
                json_text_add(json, "text", lines[i] + 2);
                json_builder_end_object(json);
            }
        json_builder_end_array(json);
    }
    json_builder_end_object(json);
    g_autofree char *text = json_text_print(json);
    fputs(text, stdout);
}

int pending_command(const CliOptions *options)
{
    if (!cli_is_root())
        return CLI_NOT_ROOT;
    g_autoptr(History) history = history_new(NULL);
    g_autoptr(TrialMark) mark = trial_mark_load(history);
    if (options->json) {
        pending_json(mark);
        return CLI_OK;
    }
    if (!mark) {
        puts(_("Nothing is on trial."));
        return CLI_OK;
    }
    if (!trial_mark_left(mark) && !fuse_burns(NULL)) {
        printf(_("`%s`, by %s, was not confirmed in time, and its processes are gone: the next command goes "
                 "back first, `netsvc cancel` does only that\n"),
               mark->command, mark->user);
        return CLI_OK;
    }
    g_autofree char *text = trial_mark_describe(mark), *status = fuse_told(FUSE_STATUS);
    printf("%s\n%s", text, status ? status : "");
    return CLI_OK;
}

/* --- confirm, cancel --- */

typedef struct {
    GMainLoop *loop;
    gboolean is_over;
} Answer;

static gboolean answer_late(gpointer data)
{
    g_main_loop_quit(((Answer *)data)->loop);
    return G_SOURCE_CONTINUE;
}

static void answer_look(gpointer data)
{
    Answer *self = data;
    self->is_over = trial_result(NULL) >= 0;
    if (self->is_over)
        g_main_loop_quit(self->loop);
}

/* Nobody is left who would answer, if it has not yet. */
static gboolean fuse_ended(G_GNUC_UNUSED int fd, G_GNUC_UNUSED GIOCondition condition, gpointer data)
{
    Answer *self = data;
    answer_look(self);
    g_main_loop_quit(self->loop);
    return G_SOURCE_CONTINUE;
}

/* @limit_ms: 0: until it is over, or the fuse is gone. Returns: whether it is over */
static gboolean answer_wait(const char *word, guint limit_ms)
{
    g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
    Answer self = {.loop = loop};
    int fuse = -1;
    guint timer = 0, death = 0;
    g_autoptr(FolderWatch) words = folder_watch_new(TRIAL_RUN_DIR, answer_look, &self);
    if (fuse_burns(&fuse) && words) {
        if (!fuse_tell(word, "command\n")) {
            fuse_room_give();
            fuse_tell(word, "command\n");
        }
        timer = limit_ms ? g_timeout_add(limit_ms, answer_late, &self) : 0;
        death = g_unix_fd_add(fuse, G_IO_IN, fuse_ended, &self);
        g_main_loop_run(loop);
    }
    if (timer)
        g_source_remove(timer);
    if (death)
        g_source_remove(death);
    close(fuse);
    return self.is_over;
}

static int result_print(gboolean was_wanted)
{
    g_autoptr(GPtrArray) told = g_ptr_array_new_with_free_func(g_free);
    int code = trial_result(told);
    for (guint i = 0; i < told->len; i++)
        if (i || !was_wanted)
            cli_complain("%s", (char *)told->pdata[i]);
        else
            printf("%s\n", (char *)told->pdata[i]);
    return code;
}

int confirm_command(G_GNUC_UNUSED const CliOptions *options)
{
    if (!cli_is_root())
        return CLI_NOT_ROOT;
    g_autoptr(History) history = history_new(NULL);
    g_autoptr(TrialMark) mark = mark_find(history);
    if (!mark || !trial_mark_is_of_now(mark))
        return CLI_FAILED;
    gboolean burns = fuse_burns(NULL);
    if (burns ? !answer_wait(FUSE_CONFIRM, ANSWER_MS) : !trial_mark_left(mark) && !try_settle()) {
        g_autofree char *status = fuse_told(FUSE_STATUS);
        cli_complain(_("it is kept as soon as all of this holds, if it does within %u s:"),
                     trial_mark_left(mark));
        fputs(status ? status : "", stderr);
        return CLI_FAILED;
    }
    if (!burns)
        trial_keep(history);
    int code = result_print(TRUE);
    return code == TRIAL_KEPT ? CLI_OK : code;
}

int cancel_command(G_GNUC_UNUSED const CliOptions *options)
{
    if (!cli_is_root())
        return CLI_NOT_ROOT;
    g_autoptr(History) history = history_new(NULL);
    g_autoptr(TrialMark) mark = mark_find(history);
    if (!mark)
        return CLI_FAILED;
    if (!trial_mark_is_of_now(mark))
        return try_settle() ? CLI_OK : CLI_FAILED;
    if (!answer_wait(FUSE_CANCEL, 0))
        trial_go_back(history, NULL);
    int code = result_print(TRUE);
    if (code == TRIAL_KEPT) /* somebody was quicker */
        return CLI_FAILED;
    return code == TRIAL_BACK ? CLI_OK : code;
}
