/* resolv.conf on disk: what is written, what stays as it was, and what is not written at all. */
#include "apply/resolver.h"
#include "fake-bus.h"
#include "ifcfg-replace.h"
#include "op-ending.h"
#include "tree.h"
#include <errno.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#define OWN "# kept by hand\nnameserver 192.0.2.53\n"

typedef struct {
    char *root, *conf, *save;
    NetBus *bus;
    NetResolver *resolver;
    NetNames *names;
} Bed;

static Bed bed_new(const char *files)
{
    Bed bed = {.root = g_dir_make_tmp("netsvc-resolver-XXXXXX", NULL),
               .names = net_names_new(),
               .bus = net_bus_new()};
    case_write(bed.root, files);
    bed.conf = g_build_filename(bed.root, "etc/resolv.conf", NULL);
    bed.save = g_build_filename(bed.root, "etc/resolv.conf.save", NULL);
    bed.resolver = net_resolver_new(bed.root, bed.bus);
    net_names_add_words(bed.names->servers, "10.0.0.53");
    return bed;
}

static void bed_clear(Bed *bed)
{
    case_remove(bed->root);
    net_bus_free(bed->bus);
    net_resolver_free(bed->resolver);
    net_names_free(bed->names);
    g_free(bed->root);
    g_free(bed->conf);
    g_free(bed->save);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Bed, bed_clear)

static gboolean run(Bed *bed, const NetOp *op, GError **error)
{
    Ending ending = {NULL};
    net_resolver_start(bed->resolver, op, 1, op_ended, &ending);
    return ending_await(&ending, error);
}

static void share_set(Bed *bed, const char *dev)
{
    g_autoptr(GError) error = NULL;
    NetOp op = {.type = NET_OP_NAMES_SET, .dev = dev, .names.share = bed->names};
    run(bed, &op, &error);
    g_assert_no_error(error);
}

static void share_drop(Bed *bed, const char *dev)
{
    g_autoptr(GError) error = NULL;
    NetOp op = {.type = NET_OP_NAMES_DROP, .dev = dev};
    run(bed, &op, &error);
    g_assert_no_error(error);
}

static void assert_text(const char *path, const char *expected)
{
    g_autofree char *text = NULL;
    g_file_get_contents(path, &text, NULL, NULL);
    g_assert_cmpstr(text, ==, expected);
}

/* No file of a half-done work is left beside it and sysconfig/. */
static void assert_files(const Bed *bed, guint expected)
{
    g_autofree char *etc = g_path_get_dirname(bed->conf);
    g_autoptr(GDir) folder = g_dir_open(etc, 0, NULL);
    guint n = 0;
    while (g_dir_read_name(folder))
        n++;
    g_assert_cmpuint(n, ==, expected);
}

static void test_round(void)
{
    g_auto(Bed) bed = bed_new("@/etc/resolv.conf\n" OWN);
    share_set(&bed, "eth0");
    assert_text(bed.conf, "# kept by hand\nnameserver 10.0.0.53\n");
    assert_text(bed.save, OWN);
    assert_files(&bed, 3);
    share_drop(&bed, "eth0");
    assert_text(bed.conf, OWN);
    assert_files(&bed, 2);
}

static void test_same_again(void)
{
    g_auto(Bed) bed = bed_new("@/etc/resolv.conf\n" OWN);
    struct stat conf[2], save[2];
    share_set(&bed, "eth0");
    g_assert_cmpint(stat(bed.conf, &conf[0]) | stat(bed.save, &save[0]), ==, 0);
    share_set(&bed, "eth0");
    g_assert_cmpint(stat(bed.conf, &conf[1]) | stat(bed.save, &save[1]), ==, 0);
    g_assert_cmpmem(&conf[0].st_ino, sizeof conf[0].st_ino, &conf[1].st_ino, sizeof conf[1].st_ino);
    g_assert_cmpmem(&conf[0].st_mtim, sizeof conf[0].st_mtim, &conf[1].st_mtim, sizeof conf[1].st_mtim);
    g_assert_cmpmem(&save[0].st_ino, sizeof save[0].st_ino, &save[1].st_ino, sizeof save[1].st_ino);
}

static void test_attributes(void)
{
    static const char label[] = "object_u:net_conf_t";
    g_auto(Bed) bed = bed_new("@/etc/resolv.conf\n" OWN);
    gboolean has = setxattr(bed.conf, "user.label", label, sizeof label, 0) == 0;
    char there[64];
    struct stat before, after;
    g_assert_cmpint(chmod(bed.conf, 0640), ==, 0);
    if (geteuid() == 0)
        g_assert_cmpint(chown(bed.conf, 12, 34), ==, 0);
    g_assert_cmpint(stat(bed.conf, &before), ==, 0);
    share_set(&bed, "eth0");
    for (guint i = 0; i < 2; i++) {
        const char *path = i ? bed.save : bed.conf;
        g_assert_cmpint(stat(path, &after), ==, 0);
        g_assert_cmpuint(after.st_mode, ==, before.st_mode);
        g_assert_cmpuint(after.st_uid, ==, before.st_uid);
        g_assert_cmpuint(after.st_gid, ==, before.st_gid);
        if (has) {
            g_assert_cmpint(getxattr(path, "user.label", there, sizeof there), ==, sizeof label);
            g_assert_cmpstr(there, ==, label);
        }
    }
}

static void test_link(void)
{
    g_auto(Bed) bed = bed_new("@/etc/net/resolv.conf\n" OWN);
    g_autofree char *target = g_build_filename(bed.root, "etc/net/resolv.conf", NULL);
    g_assert_cmpint(symlink("net/resolv.conf", bed.conf), ==, 0);
    share_set(&bed, "eth0");
    g_assert_true(g_file_test(bed.conf, G_FILE_TEST_IS_SYMLINK));
    assert_text(target, "# kept by hand\nnameserver 10.0.0.53\n");
    share_drop(&bed, "eth0");
    g_assert_true(g_file_test(bed.conf, G_FILE_TEST_IS_SYMLINK));
    assert_text(target, OWN);
}

/* `cp -a` of the old scripts saved a link as a link to the same file. */
static void test_saved_link(void)
{
    g_auto(Bed) bed = bed_new("@/etc/net/resolv.conf\n" OWN);
    g_assert_cmpint(symlink("net/resolv.conf", bed.conf) | symlink("net/resolv.conf", bed.save), ==, 0);
    share_set(&bed, "eth0");
    g_assert_false(g_file_test(bed.save, G_FILE_TEST_IS_SYMLINK));
    assert_text(bed.save, OWN);
    assert_text(bed.conf, "# kept by hand\nnameserver 10.0.0.53\n");
}

/* What the plan knew counts in this process, too. */
static void test_known(void)
{
    g_auto(Bed) bed = bed_new("@/etc/resolv.conf\nnameserver 10.0.0.53\n@/etc/resolv.conf.save\n" OWN);
    g_auto(ResolvConf) known = {0};
    resolv_conf_init(&known);
    resolv_conf_note(&known, "eth0", 0, bed.names);
    g_autoptr(NetNames) other = net_names_new();
    net_names_add_words(other->servers, "10.0.1.53");
    NetOp op = {.type = NET_OP_NAMES_SET, .dev = "eth1", .names = {other, 1, known.shares}};
    g_assert_true(run(&bed, &op, NULL));
    assert_text(bed.conf, "nameserver 10.0.0.53\nnameserver 10.0.1.53\n");
}

static void test_refused(void)
{
    g_auto(Bed) bed = bed_new("@/etc/resolv.conf\n" OWN);
    g_autoptr(GError) error = NULL;
    g_autofree char *missing = g_build_filename(bed.root, "missing/resolv.conf", NULL);
    g_assert_false(ifcfg_file_replace(missing, "x\n", NULL, &error));
    g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
    g_assert_nonnull(strstr(error->message, missing));
    g_assert_true(ifcfg_file_remove(missing, NULL));
}

/* What a refused write leaves in memory is what is there: the next one does not build on it. */
static void test_refused_share(void)
{
    g_auto(Bed) bed = bed_new("@/etc/resolv.conf\n" OWN "@/etc/resolv.conf.save/file\n\n");
    g_autoptr(GError) error = NULL;
    NetOp op = {.type = NET_OP_NAMES_SET, .dev = "eth0", .names.share = bed.names};
    g_assert_false(run(&bed, &op, &error));
    g_assert_nonnull(strstr(error->message, bed.save));
    assert_text(bed.conf, OWN);
}

static void test_owners(void)
{
    static const struct {
        const char *to;
        ResolvOwner owner;
    } rows[] = {{"../run/systemd/resolve/stub-resolv.conf", RESOLV_IS_RESOLVED},
                {"/run/systemd/resolve/resolv.conf", RESOLV_IS_RESOLVED},
                {"/usr/lib/systemd/resolv.conf", RESOLV_IS_RESOLVED},
                {"../run/resolvconf/resolv.conf", RESOLV_IS_RESOLVCONF},
                {"/etc/resolvconf/run/resolv.conf", RESOLV_IS_RESOLVCONF},
                {"net/resolv.conf", RESOLV_IS_FILE}};
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(Bed) bed = bed_new("@/etc/hosts\n\n");
        g_auto(ResolvConf) conf = {0};
        g_assert_cmpint(symlink(rows[i].to, bed.conf), ==, 0);
        resolv_conf_init(&conf);
        resolver_read(bed.root, &conf);
        g_assert_cmpint(conf.owner, ==, rows[i].owner);
    }
}

/* A program of that name that writes down what it is told. */
static void program_write(const Bed *bed, const char *name, const char *body)
{
    g_autofree char *path = g_build_filename(bed->root, name, NULL);
    g_autofree char *text = g_strdup_printf("#!/bin/sh\ncd %s\n%s\n", bed->root, body);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    g_assert_cmpint(chmod(path, 0755), ==, 0);
}

/* What they have of lo, which is there everywhere, read back from where they keep it. */
static void test_told(void)
{
    static const struct {
        const char *to, *files, *missing; /* of 10.0.0.53 and a.example; NULL: nothing */
    } rows[] = {
        {"../run/systemd/resolve/stub-resolv.conf",
         "@/run/systemd/resolve/netif/1\nLLMNR=yes\nSERVERS=10.0.0.53%1#ns 10.0.0.54\nDOMAINS=a.example ~b\n",
         NULL},
        {"../run/systemd/resolve/stub-resolv.conf",
         "@/run/systemd/resolve/netif/1\nSERVERS=10.0.0.54\nDOMAINS=a.example\n", "nameserver 10.0.0.53"},
        {"../run/systemd/resolve/stub-resolv.conf", "@/run/systemd/resolve/netif/1\nSERVERS=10.0.0.53\n",
         "search a.example"},
        {"../run/systemd/resolve/stub-resolv.conf", "@/etc/fstab\n\n", "nameserver 10.0.0.53"},
        {"../run/resolvconf/resolv.conf", "@/etc/fstab\n\n", NULL}, /* nobody knows */
        {"../run/resolvconf/resolv.conf",
         "@/run/resolvconf/interface/lo.netsvc\nsearch a.example\nnameserver 10.0.0.53\n", NULL},
        {"../run/resolvconf/resolv.conf", "@/run/resolvconf/interfaces/lo.dhclient\nnameserver 10.0.0.53\n",
         "nameserver 10.0.0.53"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(Bed) bed = bed_new(rows[i].files);
        g_auto(ResolvConf) conf = {0};
        g_autofree char *missing = NULL, *etc = g_path_get_dirname(bed.conf);
        resolv_conf_init(&conf);
        g_mkdir_with_parents(etc, 0755);
        g_assert_cmpint(symlink(rows[i].to, bed.conf), ==, 0);
        net_names_add_words(bed.names->search, "a.example");
        resolver_read(bed.root, &conf);
        g_assert_cmpint(resolv_conf_has_share(&conf, "lo", bed.names, &missing), ==, !rows[i].missing);
        g_assert_cmpstr(missing, ==, rows[i].missing);
    }
}

static void test_resolvconf(void)
{
    g_auto(Bed) bed = bed_new("@/etc/hosts\n\n");
    g_autofree char *log = g_build_filename(bed.root, "log", NULL), *path = g_strdup(g_getenv("PATH"));
    g_autofree char *own = g_strconcat(bed.root, ":", path, NULL);
    g_autoptr(GError) error = NULL;
    NetOp op = {.type = NET_OP_NAMES_SET, .dev = "eth0", .names.share = bed.names};
    g_assert_cmpint(symlink("../run/resolvconf/resolv.conf", bed.conf), ==, 0);
    program_write(&bed, "resolvconf", "echo \"$@\" >>log; cat >>log");
    g_setenv("PATH", own, TRUE);
    net_names_add_words(bed.names->search, "example.com");
    share_set(&bed, "eth0");
    share_drop(&bed, "eth0");
    assert_text(log, "-a eth0.netsvc\nnameserver 10.0.0.53\nsearch example.com\n-d eth0.netsvc\n");
    program_write(&bed, "resolvconf", "echo no room; exit 3");
    g_assert_false(run(&bed, &op, &error));
    g_assert_nonnull(strstr(error->message, "resolvconf ended with status 3: no room"));
    g_setenv("PATH", path, TRUE);
}

/* Without a bus nobody waits. */
static void test_no_bus(void)
{
    g_auto(Bed) bed = bed_new("@/etc/hosts\n\n");
    g_autofree char *address = g_strconcat("unix:path=", bed.root, "/bus", NULL);
    g_autoptr(GError) error = NULL;
    NetOp op = {.type = NET_OP_NAMES_SET, .dev = "eth0", .names.share = bed.names};
    g_assert_cmpint(symlink("../run/systemd/resolve/stub-resolv.conf", bed.conf), ==, 0);
    g_setenv("DBUS_SYSTEM_BUS_ADDRESS", address, TRUE);
    g_assert_false(run(&bed, &op, &error));
    g_assert_error(error, NET_ERROR, ENXIO);
    g_assert_nonnull(strstr(error->message, "start systemd-resolved.service"));
}

static void resolved_bed(Bed *bed)
{
    g_assert_cmpint(symlink("../run/systemd/resolve/stub-resolv.conf", bed->conf), ==, 0);
    net_names_add_words(bed->names->servers, "2001:db8::53");
    net_names_add_words(bed->names->search, "example.com");
}

static void test_resolved(void)
{
    g_auto(Bed) bed = bed_new("@/etc/hosts\n\n");
    g_autoptr(FakeBus) fake = fake_bus_new("org.freedesktop.resolve1", NULL);
    resolved_bed(&bed);
    share_set(&bed, "eth0");
    share_drop(&bed, "eth0");
    g_autofree char *log = fake_bus_log(fake, 3);
    g_assert_cmpstr(log, ==,
                    "SetLinkDNS 1 ( ( 2 ( 10 0 0 53 ) ) ( 10 ( 32 1 13 184 0 0 0 0 0 0 0 0 0 0 0 83 ) ) )\n"
                    "SetLinkDomains 1 ( ( 'example.com' 0 ) )\n"
                    "RevertLink 1\n");
}

static void assert_refused(const char *service, const char *refusal, int code, const char *words)
{
    g_auto(Bed) bed = bed_new("@/etc/hosts\n\n");
    g_autoptr(FakeBus) fake = fake_bus_new(service, refusal);
    g_autoptr(GError) error = NULL;
    NetOp op = {.type = NET_OP_NAMES_SET, .dev = "eth0", .names.share = bed.names};
    resolved_bed(&bed);
    g_assert_false(run(&bed, &op, &error));
    g_assert_error(error, NET_ERROR, code);
    g_assert_nonnull(strstr(error->message, words));
}

static void test_resolved_refuses(void)
{
    assert_refused("org.freedesktop.resolve1", "org.freedesktop.DBus.Error.AccessDenied", EACCES, "because");
    assert_refused(NULL, NULL, ENXIO, "start systemd-resolved.service");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/resolver/round", test_round);
    g_test_add_func("/resolver/same-again", test_same_again);
    g_test_add_func("/resolver/attributes", test_attributes);
    g_test_add_func("/resolver/link", test_link);
    g_test_add_func("/resolver/saved-link", test_saved_link);
    g_test_add_func("/resolver/known", test_known);
    g_test_add_func("/resolver/refused", test_refused);
    g_test_add_func("/resolver/refused-share", test_refused_share);
    g_test_add_func("/resolver/owners", test_owners);
    g_test_add_func("/resolver/told", test_told);
    g_test_add_func("/resolver/resolvconf", test_resolvconf);
    g_test_add_func("/resolver/resolved", test_resolved);
    g_test_add_func("/resolver/resolved-refuses", test_resolved_refuses);
    g_test_add_func("/resolver/no-bus", test_no_bus);
    return g_test_run();
}
