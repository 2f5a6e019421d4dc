/* Whether the machine's own files come over the network. */
#include "session/root-net.h"
#include "ifcfg-file.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DEPTH = 8 }; /* of disks on disks: LVM on LUKS on multipath ... */

/* systemd's list (fstype_is_network()); of fuse.NAME, NAME counts. */
static const char *const types[] = {"afs", "ceph",  "cifs",  "davfs", "gfs",  "gfs2",  "glusterfs", "lustre",
                                    "ncp", "ncpfs", "ocfs2", "pvfs2", "smb3", "smbfs", "sshfs",     NULL};

static gboolean is_network_type(const char *type)
{
    const char *own = g_str_has_prefix(type, "fuse.") ? type + strlen("fuse.") : type;
    return g_str_has_prefix(own, "nfs") || g_strv_contains(types, own);
}

static gboolean is_root_or_usr(const char *folder)
{
    return g_str_equal(folder, "/") || g_str_equal(folder, "/usr");
}

static gboolean has_netdev(const char *options)
{
    g_auto(GStrv) words = g_strsplit(options, ",", -1);
    return g_strv_contains((const char *const *)words, "_netdev");
}

static char *file_text(const char *root, const char *path)
{
    g_autofree char *full = g_build_filename(root, path, NULL);
    char *text = NULL;
    g_file_get_contents(full, &text, NULL, NULL);
    return text ? text : g_strdup("");
}

/* An NVMe disk says at its controller what it is reached by. */
static gboolean is_over_fabrics(const char *disk)
{
    g_autofree char *path = g_build_filename(disk, "device", "transport", NULL), *text = NULL;
    return g_file_get_contents(path, &text, NULL, NULL) && !g_str_has_prefix(text, "pcie");
}

/* @disk: a folder below /sys. A partition is a folder in its disk's; what it stands on is in slaves/. */
static gboolean is_network_disk(const char *disk, guint depth)
{
    g_autofree char *real = realpath(disk, NULL), *name = real ? g_path_get_basename(real) : NULL;
    if (!real || depth > DEPTH)
        return FALSE;
    if (g_str_has_prefix(name, "nbd") || g_str_has_prefix(name, "rbd") || strstr(real, "/session") ||
        is_over_fabrics(real))
        return TRUE;
    g_autofree char *lower = g_build_filename(real, "slaves", NULL);
    g_autofree char *partition = g_build_filename(real, "partition", NULL),
                    *parent = g_path_get_dirname(real);
    if (access(partition, F_OK) == 0)
        return is_network_disk(parent, depth + 1);
    g_autoptr(GDir) dir = ifcfg_folder_open(NULL, lower);
    for (const char *slave; dir && (slave = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(lower, slave, NULL);
        if (is_network_disk(path, depth + 1))
            return TRUE;
    }
    return FALSE;
}

/* proc(5): 36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue */
static gboolean mount_is_on_network(const char *root, const char *line)
{
    g_auto(GStrv) words = g_strsplit(line, " ", -1);
    guint n = g_strv_length(words), dash = 6;
    while (dash < n && !g_str_equal(words[dash], "-"))
        dash++;
    if (dash + 3 >= n || !is_root_or_usr(words[4]))
        return FALSE;
    g_autofree char *disk = g_build_filename(root, "sys/dev/block", words[2], NULL);
    return is_network_type(words[dash + 1]) || has_netdev(words[dash + 3]) || is_network_disk(disk, 0);
}

static gboolean any_mount(const char *root)
{
    g_autofree char *text = file_text(root, "proc/self/mountinfo");
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i]; i++)
        if (mount_is_on_network(root, lines[i]))
            return TRUE;
    return FALSE;
}

/* fstab(5): device, folder, type, options */
static gboolean any_in_fstab(const char *root)
{
    g_autofree char *text = file_text(root, "etc/fstab");
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i]; i++) {
        char device[512], folder[512], type[64], options[1024];
        if (sscanf(lines[i], " %511s %511s %63s %1023s", device, folder, type, options) == 4 &&
            *device != '#' && is_root_or_usr(folder) && has_netdev(options))
            return TRUE;
    }
    return FALSE;
}

/* libmount keeps options there that the kernel does not know: SRC=... TARGET=/usr ... OPTS=_netdev */
static gboolean any_in_utab(const char *root)
{
    g_autofree char *text = file_text(root, "run/mount/utab");
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i]; i++) {
        g_auto(GStrv) words = g_strsplit(lines[i], " ", -1);
        const char *folder = "", *options = "";
        for (guint n = 0; words[n]; n++) {
            folder = g_str_has_prefix(words[n], "TARGET=") ? words[n] + strlen("TARGET=") : folder;
            options = g_str_has_prefix(words[n], "OPTS=") ? words[n] + strlen("OPTS=") : options;
        }
        if (is_root_or_usr(folder) && has_netdev(options))
            return TRUE;
    }
    return FALSE;
}

/* What the init script asked systemd: is -.mount or usr.mount RequiredBy= remote-fs.target? Such requirements
 * are links in these folders. */
static gboolean remote_fs_requires(const char *root)
{
    static const char *const folders[] = {"run/systemd/generator.early", "etc/systemd/system",
                                          "run/systemd/system",          "run/systemd/generator",
                                          "usr/lib/systemd/system",      "run/systemd/generator.late"};
    static const char *const mounts[] = {"-.mount", "usr.mount"};
    for (guint i = 0; i < G_N_ELEMENTS(folders) * G_N_ELEMENTS(mounts); i++) {
        g_autofree char *path =
            g_build_filename(root, folders[i / 2], "remote-fs.target.requires", mounts[i % 2], NULL);
        if (g_file_test(path, G_FILE_TEST_IS_SYMLINK | G_FILE_TEST_EXISTS))
            return TRUE;
    }
    return FALSE;
}

gboolean root_net_is_used(const char *root)
{
    const char *top = root ? root : "/";
    return any_mount(top) || any_in_fstab(top) || any_in_utab(top) || remote_fs_requires(top);
}
