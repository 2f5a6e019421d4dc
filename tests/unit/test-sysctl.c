/* Settings of sysctl.d that name a device: which files count, in which order, and what their lines mean. */
#include "apply/kernel/sysctl.h"
#include <glib/gstdio.h>
#include <string.h>

/* "place device name=value" of each, `-` in front of one that may fail. */
static char *settings_text(const GPtrArray *settings)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < settings->len; i++) {
        const SysctlSetting *setting = settings->pdata[i];
        g_string_append_printf(text, "%s%s %s %s=%s\n", setting->may_fail ? "-" : "", setting->place,
                               setting->device, setting->name, setting->value);
    }
    return g_string_free(text, FALSE);
}

typedef struct {
    const char *line, *want;
} Case;

static const Case cases[] = {
    {"net.ipv4.conf.bond0.rp_filter=2", "ipv4/conf bond0 rp_filter=2\n"},
    {"  net.ipv4.conf.bond0.rp_filter = 2 ", "ipv4/conf bond0 rp_filter=2\n"},
    {"net/ipv6/conf/bond0.5/accept_ra = 0", "ipv6/conf bond0.5 accept_ra=0\n"},
    {"net.ipv4.conf.bond0/5.rp_filter=2", "ipv4/conf bond0.5 rp_filter=2\n"},
    {"-net.ipv4.neigh.eth*.gc_stale_time=9", "-ipv4/neigh eth* gc_stale_time=9\n"},
    {"net.ipv4.conf.all.rp_filter=2", ""},
    {"net.ipv4.conf.default.rp_filter=2", "ipv4/conf default rp_filter=2\n"},
    {"net.ipv4.ip_forward=1", ""},
    {"# net.ipv4.conf.bond0.rp_filter=2", ""},
    {"-net.ipv4.conf.bond0.rp_filter", ""},
    {"net/ipv4/conf/../../x=1", ""},
};

static void test_line(gconstpointer data)
{
    const Case *c = data;
    g_autoptr(GPtrArray) settings = sysctl_device_settings("/nonexistent"); /* none so far */

    sysctl_add_device_settings(settings, c->line);
    g_autofree char *text = settings_text(settings);
    g_assert_cmpstr(text, ==, c->want);
}

static void put(const char *root, const char *path, const char *text)
{
    g_autofree char *full = g_build_filename(root, path, NULL), *dir = g_path_get_dirname(full);

    g_assert_cmpint(g_mkdir_with_parents(dir, 0700), ==, 0);
    g_assert_true(g_file_set_contents(full, text, -1, NULL));
}

static void test_files(void)
{
    g_autofree char *root = g_dir_make_tmp("netsvc-sysctl-XXXXXX", NULL);

    put(root, "usr/lib/sysctl.d/50-a.conf", "net.ipv4.conf.x.rp_filter=hidden\n");
    put(root, "usr/lib/sysctl.d/10-b.conf", "net.ipv4.conf.x.rp_filter=first\n");
    put(root, "etc/sysctl.d/50-a.conf", "net.ipv4.conf.x.rp_filter=second\n");
    put(root, "etc/sysctl.d/README", "net.ipv4.conf.x.rp_filter=no\n");
    put(root, "etc/sysctl.conf", "net.ipv4.conf.x.rp_filter=last\n");
    g_autoptr(GPtrArray) settings = sysctl_device_settings(root);
    g_autofree char *text = settings_text(settings);
    g_assert_cmpstr(
        text, ==, "ipv4/conf x rp_filter=first\nipv4/conf x rp_filter=second\nipv4/conf x rp_filter=last\n");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *name = g_strdup_printf("/sysctl/line/%u", i);
        g_test_add_data_func(name, &cases[i], test_line);
    }
    g_test_add_func("/sysctl/files", test_files);
    return g_test_run();
}
