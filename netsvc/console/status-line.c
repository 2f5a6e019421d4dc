/* The classic status lines of init.d/functions, byte for byte. Builds text only: who prints it, and when, is
 * the caller's affair. */
#include "console/status-line.h"
#include "ifcfg-record.h"
#include <string.h>
#include <unistd.h>

struct StatusStyle {
    gboolean is_labelled; /* FALSE: BOOTUP=verbose or LSB, the line ends without a label */
    gboolean is_coloured; /* BOOTUP=color: the sequences below are written */
    char *move, *success, *failure, *warning, *normal;
};

typedef struct {
    const IfcfgRecord *file; /* NULL: the environment */
} StatusSource;

/* A setting where init.d/functions would have found it: empty is a value, NULL is "not there". */
static const char *source_get(const StatusSource *source, const char *key)
{
    return source->file ? ifcfg_record_get(source->file, key) : g_getenv(key);
}

/* One escape of `echo -e`; *text is behind the backslash and is moved on. */
static void append_escape(GString *out, const char **text)
{
    static const char letters[] = "abefnrtvE\\";
    static const char bytes[] = "\a\b\033\f\n\r\t\v\033\\";
    const char *p = *text, *letter = *p ? strchr(letters, *p) : NULL;
    gboolean hex = *p == 'x' && g_ascii_isxdigit(p[1]);
    if (letter) {
        g_string_append_c(out, bytes[letter - letters]);
        p++;
    } else if (hex || *p == '0') {
        /* bash's echo -e: \0nnn octal, \xHH */
        guint base = hex ? 16 : 8, most = hex ? 2 : 4, value = 0;
        p += hex;
        for (; most && g_ascii_isxdigit(*p) && (guint)g_ascii_xdigit_value(*p) < base; most--)
            value = value * base + (guint)g_ascii_xdigit_value(*p++);
        g_string_append_c(out, (char)(value & 0xff));
    } else {
        g_string_append_c(out, '\\');
    }
    *text = p;
}

/* What `echo -en TEXT` would print (a shell that expands the variable takes `;` and the like as text). NULL
 * if the command is of any other form: it is never run. */
static char *literal_echo(const char *command)
{
    g_auto(GStrv) words = g_strsplit_set(command, " \t", -1);
    g_autoptr(GString) out = g_string_new(NULL);
    gboolean escapes = FALSE, newline = TRUE;
    guint i = 1;
    if (!words[0] || (strcmp(words[0], "echo") != 0 && strcmp(words[0], "/bin/echo") != 0))
        return NULL;
    for (; words[i] && words[i][0] == '-' && words[i][1] && !words[i][1 + strspn(words[i] + 1, "enE")]; i++) {
        newline &= !strchr(words[i], 'n');
        escapes |= strchr(words[i], 'e') != NULL;
    }
    g_autofree char *rest = g_strjoinv(" ", words + i);
    for (const char *p = rest; *p;) {
        if (*p == '\\' && escapes) {
            p++;
            append_escape(out, &p);
        } else {
            g_string_append_c(out, *p++);
        }
    }
    if (newline)
        g_string_append_c(out, '\n');
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static char *sequence_load(const StatusSource *source, const char *key, const char *fallback)
{
    const char *command = source_get(source, key);
    char *text = command && *command ? literal_echo(command) : g_strdup(command);
    return text ? text : g_strdup(fallback);
}

static void sequences_load(StatusStyle *self, const StatusSource *source)
{
    const char *column = source_get(source, "RES_COL");
    guint64 number = 60;
    if (!column || !g_ascii_string_to_unsigned(column, 10, 1, 9999, &number, NULL))
        number = 60;
    g_autofree char *move = g_strdup_printf("\033[%uG", (guint)number);
    self->move = sequence_load(source, "MOVE_TO_COL", move);
    self->success = sequence_load(source, "SETCOLOR_SUCCESS", "\033[1;32m");
    self->failure = sequence_load(source, "SETCOLOR_FAILURE", "\033[1;31m");
    self->warning = sequence_load(source, "SETCOLOR_WARNING", "\033[1;33m");
    self->normal = sequence_load(source, "SETCOLOR_NORMAL", "\033[0;39m");
}

gboolean status_is_terminal(int fd)
{
    char name[64];
    if (!isatty(fd))
        return FALSE;
    return ttyname_r(fd, name, sizeof name) != 0 || !g_str_has_prefix(name, "/dev/ttyS");
}

StatusStyle *status_style_load(const char *root, gboolean is_terminal)
{
    StatusStyle *self = g_new0(StatusStyle, 1);
    const char *bootup = g_getenv("BOOTUP"), *lsb = g_getenv("LSB");
    g_autoptr(IfcfgRecord) file = NULL;
    StatusSource source = {NULL};
    /* A BOOTUP in the environment settles it: neither the file nor the terminal is asked (init.d/functions).
     */
    if (!bootup || !*bootup) {
        g_autofree char *path = g_build_filename(root ? root : "/", "etc/sysconfig/init", NULL);
        file = ifcfg_record_load(NULL, path, NULL, NULL, NULL);
        source.file = file;
        bootup = !is_terminal ? "serial" : file ? ifcfg_record_get(file, "BOOTUP") : "color";
        if (!bootup)
            bootup = "color";
    }
    self->is_labelled = strcmp(bootup, "verbose") != 0 && (!lsb || !*lsb);
    self->is_coloured = strcmp(bootup, "color") == 0;
    sequences_load(self, &source);
    return self;
}

void status_style_free(StatusStyle *self)
{
    if (!self)
        return;
    g_free(self->move);
    g_free(self->success);
    g_free(self->failure);
    g_free(self->warning);
    g_free(self->normal);
    g_free(self);
}

char *status_line_begin(const StatusStyle *self G_GNUC_UNUSED, const char *title)
{
    return g_strconcat(title, " ", NULL);
}

char *status_line_end(const StatusStyle *self, StatusLabel label)
{
    static const char *const texts[] = {"  OK  ", "FAILED", "PASSED", "WARNING"};
    const char *colours[] = {self->success, self->failure, self->warning, self->warning};
    if (!self->is_labelled)
        return g_strdup("\n");
    if (!self->is_coloured)
        return g_strdup_printf("[%s]\r\n", texts[label]);
    return g_strdup_printf("%s[%s%s%s]\r\n", self->move, colours[label], texts[label], self->normal);
}
