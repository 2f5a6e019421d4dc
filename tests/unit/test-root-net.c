/* Whether / or /usr is on the network, by the files of a machine that is made up. */
#include "session/root-net.h"
#include "tree.h"
#include <unistd.h>

#define MOUNTS "@/proc/self/mountinfo\n"
#define LOCAL MOUNTS "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"

typedef struct {
    const char *name, *files;
    const char *link, *target; /* a link in the tree, or NULL */
    gboolean is_used;
} RootCase;

static const RootCase cases[] = {
    {"local disk", LOCAL, "sys/dev/block/8:1", "../../devices/pci0/host0/sda/sda1", FALSE},
    {"nothing is known", "@/etc/hostname\nweb01\n", NULL, NULL, FALSE},
    {"nfs", MOUNTS "21 1 0:17 / / rw - nfs4 server:/root rw\n", NULL, NULL, TRUE},
    {"cifs on /usr", LOCAL "23 22 0:18 / /usr rw master:1 shared:2 - cifs //server/usr rw\n", NULL, NULL,
     TRUE},
    {"ceph", MOUNTS "21 1 0:17 / / rw - ceph mon:/ rw\n", NULL, NULL, TRUE},
    {"fuse", MOUNTS "21 1 0:17 / / rw - fuse.glusterfs server:/v rw\n", NULL, NULL, TRUE},
    {"nfs elsewhere", LOCAL "23 22 0:18 / /home rw - nfs4 server:/home rw\n", NULL, NULL, FALSE},
    {"_netdev of the mount", MOUNTS "21 1 8:1 / / rw - ext4 /dev/sda1 rw,_netdev\n", NULL, NULL, TRUE},
    {"_netdev in fstab", LOCAL "@/etc/fstab\n# / of old\n/dev/sda1  /  ext4 defaults,_netdev 0 1\n", NULL,
     NULL, TRUE},
    {"_netdev of another in fstab", LOCAL "@/etc/fstab\n/dev/sdb1 /data ext4 _netdev 0 0\n", NULL, NULL,
     FALSE},
    {"_netdev in utab", LOCAL "@/run/mount/utab\nSRC=/dev/sda1 TARGET=/usr ROOT=/ OPTS=_netdev\n", NULL, NULL,
     TRUE},
    {"nbd", MOUNTS "21 1 43:0 / / rw - ext4 /dev/nbd0 rw\n", "sys/dev/block/43:0",
     "../../devices/virtual/block/nbd0", TRUE},
    {"rbd", MOUNTS "21 1 43:0 / / rw - ext4 /dev/rbd0 rw\n", "sys/dev/block/43:0",
     "../../devices/rbd/0/block/rbd0", TRUE},
    {"iscsi", LOCAL, "sys/dev/block/8:1",
     "../../devices/platform/host3/session1/target3:0:0/3:0:0:1/block/sda", TRUE},
    {"remote-fs.target", LOCAL, "run/systemd/generator/remote-fs.target.requires/usr.mount", "../usr.mount",
     TRUE},
};

static char *tree_make(const char *files)
{
    char *root = g_dir_make_tmp("netsvc-root-net-XXXXXX", NULL);
    case_write(root, files);
    return root;
}

static void link_make(const char *root, const char *name, const char *target)
{
    g_autofree char *path = g_build_filename(root, name, NULL), *folder = g_path_get_dirname(path);
    g_autofree char *there = g_build_filename(folder, target, NULL);
    g_assert_cmpint(g_mkdir_with_parents(folder, 0755), ==, 0);
    g_assert_cmpint(g_mkdir_with_parents(there, 0755), ==, 0);
    g_assert_cmpint(symlink(target, path), ==, 0);
}

static void test_case(gconstpointer data)
{
    const RootCase *row = data;
    g_autofree char *root = tree_make(row->files);
    if (row->link)
        link_make(root, row->link, row->target);
    g_assert_cmpint(root_net_is_used(root), ==, row->is_used);
    case_remove(root);
}

/* The root is on LVM, and that on a partition of an iSCSI disk. */
static void test_stacked(void)
{
    g_autofree char *root = tree_make(MOUNTS "21 1 253:0 / / rw - xfs /dev/mapper/root rw\n");
    g_assert_false(root_net_is_used(root));
    link_make(root, "sys/dev/block/253:0", "../../devices/virtual/block/dm-0");
    g_assert_false(root_net_is_used(root));
    link_make(root, "sys/devices/virtual/block/dm-0/slaves/sda2",
              "../../../../platform/host3/session1/target3:0:0/3:0:0:1/block/sda/sda2");
    g_assert_true(root_net_is_used(root));
    case_remove(root);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = g_strdup_printf("/root-net/%s", cases[i].name);
        g_test_add_data_func(path, &cases[i], test_case);
    }
    g_test_add_func("/root-net/stacked", test_stacked);
    return g_test_run();
}
