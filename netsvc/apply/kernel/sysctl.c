/* The net.* settings of sysctl.d and sysctl.conf, applied by systemd-sysctl or, where that is missing, by
 * sysctl. */
#include "apply/kernel/sysctl.h"
#include "apply/job.h"
#include "apply/kernel/stable-secret.h"
#include "apply/kernel/sysfs.h"
#include "apply/net-error.h"
#include "i18n.h"
#include <string.h>

enum { TIMEOUT_MS = 30000 };

/* sysctl.d(5): a `-` in front ignores errors; `.` and `/` both separate. */
static gboolean line_is_net(const char *line)
{
    while (*line == ' ' || *line == '\t' || *line == '-')
        line++;
    return g_str_has_prefix(line, "net.") || g_str_has_prefix(line, "net/");
}

gboolean sysctl_text_has_net(const char *text)
{
    for (const char *line = text; line; line = strchr(line, '\n'), line = line ? line + 1 : NULL)
        if (line_is_net(line))
            return TRUE;
    return FALSE;
}

static gboolean file_has_net(const char *path)
{
    g_autofree char *text = NULL;

    return g_file_test(path, G_FILE_TEST_IS_REGULAR) && g_file_get_contents(path, &text, NULL, NULL) &&
           sysctl_text_has_net(text);
}

gboolean sysctl_has_net_settings(const char *root)
{
    g_autoptr(GPtrArray) files = sysctl_files(root);

    for (guint i = 0; i < files->len; i++)
        if (file_has_net(g_ptr_array_index(files, i)))
            return TRUE;
    return FALSE;
}

static const char *systemd_sysctl(void)
{
    static const char *const places[] = {"/usr/lib/systemd/systemd-sysctl", "/lib/systemd/systemd-sysctl"};

    for (guint i = 0; i < G_N_ELEMENTS(places); i++)
        if (g_file_test(places[i], G_FILE_TEST_IS_EXECUTABLE))
            return places[i];
    return NULL;
}

/* --- applying all of them --- */

struct SysctlRun {
    const char *const *steps[3]; /* NULL behind the last */
    guint step;                  /* the next */
    NetJob *job;                 /* that is under way */
    SysctlDone done;
    gpointer data;
};

SysctlRun *sysctl_run_new(void)
{
    return g_new0(SysctlRun, 1);
}

void sysctl_run_free(SysctlRun *self)
{
    g_free(self);
}

static void sysctl_run_next(SysctlRun *self, const GError *error);

static void sysctl_step_done(G_GNUC_UNUSED const char *output, const GError *error, gpointer data)
{
    SysctlRun *self = data;

    self->job = NULL;
    sysctl_run_next(self, error);
}

/* Ends with the first that fails, or with the last. */
static void sysctl_run_next(SysctlRun *self, const GError *error)
{
    const char *const *argv = error ? NULL : self->steps[self->step++];
    g_autoptr(GError) refused = NULL;

    if (argv)
        self->job = net_job_start(argv, TIMEOUT_MS, NULL, sysctl_step_done, self, &refused);
    if (!self->job)
        self->done(error ? error : refused, self->data);
}

/* What is made while the program runs has its defaults too; those that are refused the program tells. */
static void set_defaults(void)
{
    g_autoptr(GPtrArray) settings = sysctl_device_settings("/");

    sysctl_set_device(settings, "default", NULL);
}

/* systemd-sysctl reads /etc/sysctl.conf only where a link in sysctl.d names it; as the old scripts did, it
 * counts here anyway. */
void sysctl_run_begin(SysctlRun *self, SysctlDone done, gpointer data)
{
    static const char *by_systemd[] = {NULL, "--prefix=/net", NULL};
    static const char *const by_sysctl[] = {"sysctl", "-q", "-e", "-r", "^net[./]", "--system", NULL};
    static const char *const rest[] = {"sysctl",           "-q", "-e", "-r", "^net[./]", "-p",
                                       "/etc/sysctl.conf", NULL};
    guint n = 0;

    *self = (SysctlRun){.done = done, .data = data};
    by_systemd[0] = systemd_sysctl();
    if (sysctl_has_net_settings("/"))
        self->steps[n++] = by_systemd[0] ? by_systemd : by_sysctl;
    if (n && by_systemd[0] && !g_file_test("/etc/sysctl.d/99-sysctl.conf", G_FILE_TEST_EXISTS) &&
        file_has_net("/etc/sysctl.conf"))
        self->steps[n++] = rest;
    if (n)
        set_defaults();
    sysctl_run_next(self, NULL);
}

void sysctl_run_cancel(SysctlRun *self)
{
    if (self->job)
        net_job_cancel(self->job);
}

/* --- those of /etc/sysconfig/network --- */

void sysctl_set(const char *key, const char *value, GError **error)
{
    int code = stable_secret_ensure(key, value);

    if (!code)
        code = procfs_write(key, value);
    if (code)
        net_error_set(error, code, _("cannot set net/%s to %s: %s"), key, value, g_strerror(code));
}

/* "ipv6/conf/all/forwarding=1": what is so already is not written, for a write to `all` reaches every device.
 */
static void sysctl_ensure(const char *word, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(word, "=", 2);
    g_autofree char *path = g_build_filename("/proc/sys/net", parts[0], NULL), *text = NULL;
    gboolean is_so = g_file_get_contents(path, &text, NULL, NULL) && g_str_equal(g_strstrip(text), parts[1]);

    if (!is_so)
        sysctl_set(parts[0], parts[1], *error ? NULL : error);
}

void sysctl_ensure_all(const char *text, GError **error)
{
    g_auto(GStrv) words = g_strsplit(text ? text : "", " ", -1);
    g_autoptr(GError) first = NULL;

    for (char **word = words; *word && **word; word++)
        sysctl_ensure(*word, &first);
    if (first)
        g_propagate_error(error, g_steal_pointer(&first));
}
