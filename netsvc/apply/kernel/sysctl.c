/* The net.* settings of sysctl.d and sysctl.conf, applied by systemd-sysctl or, where that is missing, by
 * sysctl. */
#include "apply/kernel/sysctl.h"
#include "apply/system.h"
#include "ifcfg-file.h"
#include <string.h>

enum { TIMEOUT_MS = 30000 };

static const char *const sysctl_dirs[] = {"/etc/sysctl.d", "/run/sysctl.d", "/usr/local/lib/sysctl.d",
                                          "/usr/lib/sysctl.d", "/lib/sysctl.d"};

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

static gboolean dir_has_net(const char *path)
{
    g_autoptr(GDir) dir = ifcfg_folder_open(path);
    const char *name;

    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *file = g_build_filename(path, name, NULL);
        if (g_str_has_suffix(name, ".conf") && file_has_net(file))
            return TRUE;
    }
    return FALSE;
}

gboolean sysctl_has_net_settings(const char *root)
{
    g_autofree char *conf = g_build_filename(root, "etc/sysctl.conf", NULL);

    if (file_has_net(conf))
        return TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(sysctl_dirs); i++) {
        g_autofree char *path = g_build_filename(root, sysctl_dirs[i], NULL);
        if (dir_has_net(path))
            return TRUE;
    }
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

/* systemd-sysctl reads /etc/sysctl.conf only where a link in sysctl.d names it; as the old scripts did, it
 * counts here anyway. */
static gboolean apply_left_out_file(GError **error)
{
    const char *const argv[] = {"sysctl", "-q", "-e", "-r", "^net[./]", "-p", "/etc/sysctl.conf", NULL};

    if (g_file_test("/etc/sysctl.d/99-sysctl.conf", G_FILE_TEST_EXISTS) || !file_has_net("/etc/sysctl.conf"))
        return TRUE;
    return net_spawn(argv, TIMEOUT_MS, NULL, error);
}

gboolean sysctl_apply(GError **error)
{
    const char *program = systemd_sysctl();
    const char *const by_systemd[] = {program, "--prefix=/net", NULL};
    const char *const by_sysctl[] = {"sysctl", "-q", "-e", "-r", "^net[./]", "--system", NULL};

    if (!sysctl_has_net_settings("/"))
        return TRUE;
    if (!program)
        return net_spawn(by_sysctl, TIMEOUT_MS, NULL, error);
    return net_spawn(by_systemd, TIMEOUT_MS, NULL, error) && apply_left_out_file(error);
}
