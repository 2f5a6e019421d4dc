/* The ledger on disk: what is written is read again, and what is damaged is set aside. */
#include "apply/net-error.h"
#include "apply/system-paths.h"
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    char *folder, *path;
} Fixture;

static void setup(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->folder = g_dir_make_tmp("netsvc-ledger-XXXXXX", NULL);
    g_assert_nonnull(f->folder);
    f->path = g_build_filename(f->folder, "state.json", NULL);
}

static void teardown(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    g_remove(f->path);
    g_assert_cmpint(g_rmdir(f->folder), ==, 0); /* and no temporary file is left */
    g_free(f->folder);
    g_free(f->path);
}

static void test_missing_is_empty(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(NetLedger) ledger = ledger_load_file(f->path, &error);

    g_assert_no_error(error);
    g_assert_cmpuint(ledger->entries->len, ==, 0);
}

static void test_round_trip(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(NetLedger) ledger = net_ledger_new(), again = NULL;
    LedgerEntry *bond = net_ledger_ensure(ledger, "bond0");
    const LedgerEntry *read;

    net_ledger_ensure(ledger, "a")->up = TRUE;
    bond->created = TRUE;
    bond->nick = g_strdup("quoted \"name\"");
    bond->file = g_strdup("/etc/sysconfig/network-scripts/ifcfg-bond0");
    bond->kind = g_strdup("bond");
    net_ledger_list_add(bond->addresses, "10.0.11.2/24");
    net_ledger_list_add(bond->routes, "-4 default via 10.0.11.1 dev bond0");
    net_ledger_list_add(bond->rules, "-4 from 10.0.0.0/8 table 7");
    net_ledger_list_add(bond->ports, "eth0");
    net_ledger_list_add(bond->ports, "eth1");
    g_assert_true(ledger_save_file(ledger, f->path, &error));
    g_assert_no_error(error);

    again = ledger_load_file(f->path, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(again->entries->len, ==, 2);
    read = g_ptr_array_index(again->entries, 0);
    g_assert_cmpstr(read->name, ==, "bond0");
    g_assert_true(read->created);
    g_assert_false(read->up);
    g_assert_cmpstr(read->nick, ==, bond->nick);
    g_assert_cmpstr(read->file, ==, bond->file);
    g_assert_cmpstr(read->kind, ==, "bond");
    g_assert_cmpstr(g_ptr_array_index(read->addresses, 0), ==, "10.0.11.2/24");
    g_assert_cmpstr(g_ptr_array_index(read->routes, 0), ==, "-4 default via 10.0.11.1 dev bond0");
    g_assert_cmpstr(g_ptr_array_index(read->rules, 0), ==, "-4 from 10.0.0.0/8 table 7");
    g_assert_cmpstr(g_ptr_array_index(read->ports, 1), ==, "eth1");
    g_assert_true(net_ledger_find(again, "a")->up);
    g_assert_null(net_ledger_find(again, "a")->nick);
}

static void test_damaged(Fixture *f, gconstpointer data)
{
    const char *text = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(NetLedger) ledger = NULL;

    g_assert_true(g_file_set_contents(f->path, text, -1, NULL));
    ledger = ledger_load_file(f->path, &error);
    g_assert_null(ledger);
    g_assert_nonnull(error);
    g_assert_true(g_error_matches(error, NET_ERROR, EBADMSG));
    g_assert_nonnull(strstr(error->message, f->path));
}

/* It is kept for who wants to know, and the work goes on. */
static void test_repair(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *told = NULL, *aside = g_strconcat(f->path, ".damaged", NULL), *kept = NULL;
    g_autoptr(NetLedger) whole = NULL, ledger = NULL;

    whole = ledger_repair_file(f->path, &told, &error);
    g_assert_nonnull(whole);
    g_assert_null(told);
    g_assert_true(g_file_set_contents(f->path, "half a rec", -1, NULL));
    ledger = ledger_repair_file(f->path, &told, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(ledger->entries->len, ==, 0);
    g_assert_nonnull(strstr(told, aside));
    g_assert_false(g_file_test(f->path, G_FILE_TEST_EXISTS));
    g_assert_true(g_file_get_contents(aside, &kept, NULL, NULL));
    g_assert_cmpstr(kept, ==, "half a rec");
    g_assert_cmpint(g_remove(aside), ==, 0);
}

/* That it cannot be read says nothing about what is in it. */
static void test_unreadable(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *told = NULL;

    g_assert_cmpint(symlink(f->path, f->path), ==, 0);
    g_assert_null(ledger_repair_file(f->path, &told, &error));
    g_assert_null(told);
    g_assert_false(g_error_matches(error, NET_ERROR, EBADMSG));
    g_assert_true(g_str_has_prefix(error->message, "cannot read "));
    g_assert_true(g_file_test(f->path, G_FILE_TEST_IS_SYMLINK));
}

/* A later version has been here: what is common counts, and what is not is kept for it. */
static void test_other_version(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;
    g_autoptr(NetLedger) ledger = NULL;

    g_assert_true(g_file_set_contents(f->path,
                                      "[netsvc]\nversion=7\n[leases]\nx=1\n"
                                      "[device 1]\nname=bond0\ncreated=true\nzone=a\nfuture=a;b;\n",
                                      -1, NULL));
    ledger = ledger_load_file(f->path, &error);
    g_assert_no_error(error);
    g_assert_true(net_ledger_find(ledger, "bond0")->created);
    g_assert_true(ledger_save_file(ledger, f->path, &error));
    g_assert_true(g_file_get_contents(f->path, &text, NULL, NULL));
    g_assert_nonnull(strstr(text, "\nfuture=a;b;\n"));
}

/* What was taken away stays away, and what is owed to others is kept. */
static void test_written_twice(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(NetLedger) ledger = net_ledger_new(), again = NULL, third = NULL;
    LedgerEntry *entry = net_ledger_ensure(ledger, "eth0");
    entry->up = TRUE;
    entry->zone = g_strdup("public");
    net_ledger_list_add(ledger->owed, "neigh-add dev=eth0 ip=192.0.2.7");
    g_assert_true(ledger_save_file(ledger, f->path, &error));
    again = ledger_load_file(f->path, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(net_ledger_find(again, "eth0")->zone, ==, "public");
    g_clear_pointer(&net_ledger_ensure(again, "eth0")->zone, g_free);
    g_assert_true(ledger_save_file(again, f->path, &error));
    third = ledger_load_file(f->path, &error);
    g_assert_no_error(error);
    g_assert_null(net_ledger_find(third, "eth0")->zone);
    g_assert_cmpstr(g_ptr_array_index(third->owed, 0), ==, "neigh-add dev=eth0 ip=192.0.2.7");
}

static void test_no_folder(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *path = g_build_filename(f->path, "below", "state.json", NULL);
    g_autoptr(NetLedger) ledger = net_ledger_new();
    g_autoptr(GError) error = NULL;

    g_assert_true(g_file_set_contents(f->path, "a file", -1, NULL));
    g_assert_false(ledger_save_file(ledger, path, &error));
    g_assert_nonnull(error);
}

/* Written by hand, by another version, by a full disk. */
static const char *const damaged[] = {
    "",
    "{",
    "[]",
    "null",
    "{\"version\":1}",
    "{\"version\":99,\"devices\":[]}",
    "{\"version\":1,\"devices\":{}}",
    "{\"version\":1,\"devices\":[7]}",
    "{\"version\":1,\"devices\":[{\"created\":true}]}",
    "{\"version\":1,\"devices\":[{\"name\":\"../../etc\"}]}",
};

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/ledger-file/missing-is-empty", Fixture, NULL, setup, test_missing_is_empty, teardown);
    g_test_add("/ledger-file/round-trip", Fixture, NULL, setup, test_round_trip, teardown);
    g_test_add("/ledger-file/written-twice", Fixture, NULL, setup, test_written_twice, teardown);
    g_test_add("/ledger-file/no-folder", Fixture, NULL, setup, test_no_folder, teardown);
    g_test_add("/ledger-file/repair", Fixture, NULL, setup, test_repair, teardown);
    g_test_add("/ledger-file/unreadable", Fixture, NULL, setup, test_unreadable, teardown);
    g_test_add("/ledger-file/other-version", Fixture, NULL, setup, test_other_version, teardown);
    for (guint i = 0; i < G_N_ELEMENTS(damaged); i++) {
        g_autofree char *name = g_strdup_printf("/ledger-file/damaged/%u", i);
        g_test_add(name, Fixture, damaged[i], setup, test_damaged, teardown);
    }
    return g_test_run();
}
