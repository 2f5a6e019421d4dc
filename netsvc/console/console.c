/* Finds out who looks at the status lines, and keeps the text for them. */
#include "console/console.h"
#include "apply/system.h"
#include "console/log.h"
#include "console/sink.h"
#include "ifcfg-file.h"
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define READERS NETSVC_RUN_DIR "/consoles"
#define TERMINAL_SUFFIX ".terminal" /* of a pipe whose reader shows it on one */

enum { PATIENCE_MS = 5000 };

/* One text for each kind of reader, with the sinks that it goes to. */
typedef enum { TEXT_PLAIN, TEXT_TERMINAL, TEXT_MESSAGES, N_TEXTS } TextKind;

struct Console {
    GString *texts[N_TEXTS];
    StatusStyle *styles[TEXT_MESSAGES];
    GPtrArray *sinks;
    char *readers;     /* folder, or NULL */
    gboolean is_apart; /* messages go elsewhere than lines */
    gboolean is_live;
};

static Console *process_console;

static gboolean is_same_file(int a, int b)
{
    struct stat first, second;
    return fstat(a, &first) == 0 && fstat(b, &second) == 0 && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}

static void sink_add(Console *self, Sink *sink)
{
    if (!sink)
        return;
    g_ptr_array_add(self->sinks, sink);
    sink_push(sink);
}

/* A pipe without a reader does not open. One that is served is taken away: the next run is not about it. */
static void reader_add(Console *self, const char *name)
{
    g_autofree char *path = g_build_filename(self->readers, name, NULL);
    g_autofree char *owner = g_strdup_printf("/proc/%d", atoi(name));
    TextKind kind = g_str_has_suffix(name, TERMINAL_SUFFIX) ? TEXT_TERMINAL : TEXT_PLAIN;
    struct stat st;
    int fd = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW);
    if (fd >= 0 && fstat(fd, &st) == 0 && S_ISFIFO(st.st_mode) && st.st_uid == geteuid()) {
        unlink(path);
        sink_add(self, sink_new_own(fd, self->texts[kind]));
        return;
    }
    if (fd >= 0)
        close(fd);
    if (access(owner, F_OK) != 0)
        unlink(path); /* its reader was killed */
}

static void readers_look(Console *self)
{
    g_autoptr(GDir) folder = self->readers ? ifcfg_folder_open(NULL, self->readers) : NULL;
    for (const char *name; folder && (name = g_dir_read_name(folder));)
        reader_add(self, name);
}

static void console_push(Console *self)
{
    for (guint i = 0; i < self->sinks->len; i++)
        sink_push(self->sinks->pdata[i]);
}

Console *console_new(int out, int err, const char *readers)
{
    Console *self = g_new0(Console, 1);
    gboolean is_terminal = out >= 0 && status_is_terminal(out);
    for (guint i = 0; i < N_TEXTS; i++)
        self->texts[i] = g_string_new(NULL);
    for (guint i = 0; i < TEXT_MESSAGES; i++)
        self->styles[i] = status_style_load(NULL, i == TEXT_TERMINAL);
    self->sinks = g_ptr_array_new_with_free_func((GDestroyNotify)sink_free);
    self->readers = g_strdup(readers);
    self->is_apart = err >= 0 && !is_same_file(out, err);
    self->is_live = readers || (out >= 0 && isatty(out));
    sink_add(self, sink_new(out, self->texts[is_terminal ? TEXT_TERMINAL : TEXT_PLAIN]));
    if (self->is_apart)
        sink_add(self, sink_new(err, self->texts[TEXT_MESSAGES]));
    readers_look(self);
    return self;
}

void console_free(Console *self, guint patience_ms)
{
    if (!self)
        return;
    readers_look(self);
    for (guint i = 0; i < self->sinks->len; i++)
        sink_drain(self->sinks->pdata[i], patience_ms);
    g_ptr_array_unref(self->sinks);
    for (guint i = 0; i < N_TEXTS; i++)
        g_string_free(self->texts[i], TRUE);
    for (guint i = 0; i < TEXT_MESSAGES; i++)
        status_style_free(self->styles[i]);
    g_free(self->readers);
    g_free(self);
}

void console_begin(Console *self, const char *title)
{
    for (guint i = 0; i < TEXT_MESSAGES; i++) {
        g_autofree char *text = status_line_begin(self->styles[i], title);
        g_string_append(self->texts[i], text);
    }
    console_push(self);
}

void console_add(Console *self, const char *text)
{
    for (guint i = 0; i < TEXT_MESSAGES; i++)
        g_string_append(self->texts[i], text);
    console_push(self);
}

void console_end(Console *self, StatusLabel label)
{
    for (guint i = 0; i < TEXT_MESSAGES; i++) {
        g_autofree char *text = status_line_end(self->styles[i], label);
        g_string_append(self->texts[i], text);
    }
    readers_look(self);
    console_push(self);
}

void console_message(Console *self, const char *text)
{
    guint first = self->is_apart ? TEXT_MESSAGES : TEXT_PLAIN, end = self->is_apart ? N_TEXTS : TEXT_MESSAGES;
    for (guint i = first; i < end; i++)
        g_string_append_printf(self->texts[i], "%s\n", text);
    console_push(self);
}

gboolean console_is_live(const Console *self)
{
    return self->is_live;
}

const char *console_text(const Console *self)
{
    return self->texts[TEXT_PLAIN]->str;
}

Console *console_open(gboolean serves_callers)
{
    gboolean is_service = log_stream_is_journal(STDOUT_FILENO);
    g_return_val_if_fail(!process_console, process_console);
    if (is_service)
        process_console = console_new(-1, -1, serves_callers ? READERS : NULL);
    else
        process_console = console_new(STDOUT_FILENO, STDERR_FILENO, NULL);
    return process_console;
}

void console_close(void)
{
    Console *console = g_steal_pointer(&process_console);
    console_free(console, PATIENCE_MS);
}

gboolean console_is_open(void)
{
    return process_console != NULL;
}

void console_complain(const char *text)
{
    if (process_console) {
        console_message(process_console, text);
        return;
    }
    fflush(stdout);
    fprintf(stderr, "%s\n", text);
}
