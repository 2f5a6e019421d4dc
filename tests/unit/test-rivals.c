/* Who else manages a device, by the files that such programs leave. */
#include "session/rivals.h"
#include "tree.h"
#include <unistd.h>

typedef struct {
    const char *name, *files;
    const char *unit;  /* that runs, or NULL */
    const char *rival; /* of eth0, whose index is 3 */
} RivalCase;

#define NM "@/run/NetworkManager/devices/3\n[device]\nmanaged=true\nconnection-uuid=0b7ee0e4\n"
#define NETWORKD "@/run/systemd/netif/links/3\n# private\nADMIN_STATE=configured\n"

static const RivalCase cases[] = {
    {"nobody", "@/etc/hostname\nweb01\n", NULL, NULL},
    {"NetworkManager", NM, "NetworkManager.service", "NetworkManager"},
    {"NetworkManager that has ended", NM, NULL, NULL},
    {"NetworkManager, another device",
     "@/run/NetworkManager/devices/4\n[device]\nmanaged=true\nconnection-uuid=0\n", "NetworkManager.service",
     NULL},
    {"NetworkManager, only seen", "@/run/NetworkManager/devices/3\n[device]\nmanaged=false\n",
     "NetworkManager.service", NULL},
    {"networkd", NETWORKD, "systemd-networkd.service", "systemd-networkd"},
    {"networkd, unmanaged", "@/run/systemd/netif/links/3\nADMIN_STATE=unmanaged\n",
     "systemd-networkd.service", NULL},
    {"ifupdown", "@/run/network/ifstate\nlo=lo\neth0=eth0\n", NULL, "ifupdown"},
    {"ifupdown, another device", "@/run/network/ifstate\nlo=lo\neth01=eth01\n", NULL, NULL},
    {"dhcpcd for all", "@/etc/hostname\nweb01\n", "dhcpcd.service", "dhcpcd"},
    {"dhcpcd for one", "@/run/dhcpcd/eth0.pid\n77\n", NULL, "dhcpcd"},
};

static char *tree_make(const char *files)
{
    char *root = g_dir_make_tmp("netsvc-rivals-XXXXXX", NULL);
    case_write(root, files);
    return root;
}

static void test_case(gconstpointer data)
{
    const RivalCase *row = data;
    g_autofree char *root = tree_make(row->files);
    if (row->unit) {
        g_autofree char *group = g_build_filename(root, "sys/fs/cgroup/system.slice", row->unit, NULL);
        g_assert_cmpint(g_mkdir_with_parents(group, 0755), ==, 0);
    }
    g_assert_cmpstr(rival_of(root, "eth0", 3), ==, row->rival);
    if (!g_strcmp0(row->rival, "NetworkManager")) /* which has lo everywhere, and leaves it as it is */
        g_assert_null(rival_of(root, "lo", 3));
    case_remove(root);
}

static void unit_enable(const char *root, const char *unit)
{
    g_autofree char *folder = g_build_filename(root, "etc/systemd/system/multi-user.target.wants", NULL);
    g_autofree char *path = g_build_filename(folder, unit, NULL);
    g_assert_cmpint(g_mkdir_with_parents(folder, 0755), ==, 0);
    g_assert_cmpint(symlink("/no/such/unit", path), ==, 0);
}

/* networkd without a file of the administrator's has nothing to do. */
static void test_enabled(void)
{
    g_autofree char *root = tree_make("@/etc/hostname\nweb01\n");
    g_autoptr(GPtrArray) none = rivals_enabled(root);
    g_assert_cmpuint(none->len, ==, 0);
    unit_enable(root, "NetworkManager.service");
    unit_enable(root, "systemd-networkd.service");
    g_autoptr(GPtrArray) one = rivals_enabled(root);
    g_assert_cmpuint(one->len, ==, 1);
    g_assert_cmpstr(one->pdata[0], ==, "NetworkManager.service");
    case_write(root, "@/etc/systemd/network/all.network\n[Match]\nName=*\n");
    g_autoptr(GPtrArray) two = rivals_enabled(root);
    g_assert_cmpuint(two->len, ==, 2);
    case_remove(root);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = g_strdup_printf("/rivals/%s", cases[i].name);
        g_test_add_data_func(path, &cases[i], test_case);
    }
    g_test_add_func("/rivals/enabled", test_enabled);
    return g_test_run();
}
