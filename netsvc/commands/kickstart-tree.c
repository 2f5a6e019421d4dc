/* The files of a kickstart in the tree that they are for: started at boot. */
#include "commands/kickstart-tree.h"
#include "apply/net-error.h"
#include "i18n.h"
#include "ifcfg-root.h"
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static gboolean fail(GError **error, const char *path)
{
    int code = errno;
    g_set_error(error, NET_ERROR, code, "%s: %s", path, g_strerror(code));
    return FALSE;
}

static char *place_of(const char *root, const char *path)
{
    g_autofree char *full = g_build_filename(root, path, NULL);
    return ifcfg_root_resolve(root, full);
}

/* A link of that name is enough, wherever it leads. */
static gboolean link_make(const char *root, const char *path, const char *target, GError **error)
{
    g_autofree char *above = g_path_get_dirname(path), *name = g_path_get_basename(path);
    g_autofree char *folder = place_of(root, above);
    if (!folder || g_mkdir_with_parents(folder, 0755) != 0)
        return fail(error, folder ? folder : above);
    g_autofree char *place = g_build_filename(folder, name, NULL);
    return symlink(target, place) == 0 || errno == EEXIST ? TRUE : fail(error, place);
}

static gboolean exists(const char *root, const char *path)
{
    g_autofree char *place = place_of(root, path);
    return g_file_test(place, G_FILE_TEST_EXISTS);
}

static gboolean is_masked(const char *root)
{
    g_autofree char *folder = place_of(root, "etc/systemd/system");
    g_autofree char *unit = folder ? g_build_filename(folder, "network.service", NULL) : NULL;
    g_autofree char *target = unit ? g_file_read_link(unit, NULL) : NULL;
    return !g_strcmp0(target, "/dev/null");
}

/* As the unit's [Install] says. */
static gboolean systemd_enable(const char *root, GError **error)
{
    static const char *const units[] = {"usr/lib/systemd/system/network.service",
                                        "lib/systemd/system/network.service"};
    static const char *const wanted_by[] = {"multi-user.target", "network-online.target"};
    for (gsize u = 0; u < G_N_ELEMENTS(units); u++) {
        if (!exists(root, units[u]))
            continue;
        g_autofree char *target = g_strconcat("/", units[u], NULL);
        for (gsize i = 0; i < G_N_ELEMENTS(wanted_by); i++) {
            g_autofree char *path =
                g_strconcat("etc/systemd/system/", wanted_by[i], ".wants/network.service", NULL);
            if (!link_make(root, path, target, error))
                return FALSE;
        }
        break;
    }
    return TRUE;
}

/* chkconfig: 2345 on, at the places that the script's header names. */
static gboolean chkconfig_enable(const char *root, GError **error)
{
    if (!exists(root, "etc/rc.d/init.d/network"))
        return TRUE;
    for (char level = '0'; level <= '6'; level++) {
        gboolean is_on = level >= '2' && level <= '5';
        g_autofree char *path =
            g_strdup_printf("etc/rc.d/rc%c.d/%s", level, is_on ? "S10network" : "K90network");
        if (!link_make(root, path, "../init.d/network", error))
            return FALSE;
    }
    return TRUE;
}

gboolean kickstart_enable(const char *root, GError **error)
{
    if (is_masked(root)) {
        g_set_error(error, NET_ERROR, EPERM,
                    _("network.service is masked there: remove /etc/systemd/system/network.service"));
        return FALSE;
    }
    return systemd_enable(root, error) && chkconfig_enable(root, error);
}
