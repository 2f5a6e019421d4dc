/* The history on disk: what is kept comes back, the oldest go, and what is damaged does no harm. */
#include "apply/net-error.h"
#include "history/estimates.h"
#include "history/generation.h"
#include "history/restore.h"
#include "history/text-diff.h"
#include "tree.h"
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    char *root;
    History *history;
} Fixture;

static void setup(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->root = g_dir_make_tmp("netsvc-history-XXXXXX", NULL);
    f->history = history_new(f->root);
    case_write(f->root, "@ifcfg-eth0\nDEVICE=eth0\nIPADDR=10.0.0.1\n"
                        "@route-eth0\n10.1.0.0/16 via 10.0.0.9\n"
                        "@ifcfg-eth1.bak\nDEVICE=eth1\n"
                        "@/etc/sysconfig/network\nNETWORKING=yes\n"
                        "@/etc/modprobe.d/bonding.conf\noptions bonding max_bonds=0\n");
    g_assert_true(history_make_folders(f->history, NULL));
}

static void teardown(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    case_remove(f->root);
    history_free(f->history);
    g_free(f->root);
}

static GPtrArray *files_keep(const Fixture *f)
{
    g_autoptr(GError) error = NULL;
    GPtrArray *files = history_files_list(f->history);
    g_assert_true(history_files_keep(f->history, files, NULL, FALSE, &error));
    g_assert_no_error(error);
    return files;
}

static Generation *generation_of(const Fixture *f, GenerationResult result)
{
    Generation *generation = generation_new();
    g_ptr_array_unref(generation->files);
    generation->files = files_keep(f);
    generation->result = result;
    generation->command = g_strdup("netsvc restart");
    generation->user = g_strdup("alice");
    return generation;
}

static guint save(const Fixture *f, GenerationResult result)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Generation) generation = generation_of(f, result);
    g_assert_true(generation_save(f->history, generation, FALSE, &error));
    g_assert_no_error(error);
    return generation->number;
}

static void assert_file(const Fixture *f, const char *name, const char *expected)
{
    g_autofree char *path = case_path(f->root, name), *text = NULL;
    if (!expected) {
        g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
        return;
    }
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, expected);
}

/* What a backup of an editor is, nobody has applied. */
static void test_round_trip(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(Generation) generation = generation_of(f, GENERATION_APPLIED), again = NULL;
    g_ptr_array_add(generation->changes, g_strdup("bond0: set up\nand more"));
    g_ptr_array_add(generation->interruptions, g_strdup("bond0 1250"));
    g_assert_cmpuint(generation->files->len, ==, 4);
    g_assert_null(history_files_find(generation->files, "/etc/sysconfig/network-scripts/ifcfg-eth1.bak"));
    g_assert_true(generation_save(f->history, generation, TRUE, NULL));
    again = generation_last(f->history);
    g_assert_nonnull(again);
    g_assert_cmpuint(again->number, ==, 1);
    g_assert_cmpstr(again->command, ==, "netsvc restart");
    g_assert_cmpstr(again->user, ==, "alice");
    g_assert_true(history_files_equal(generation->files, again->files));
    g_assert_cmpstr(again->changes->pdata[0], ==, "bond0: set up and more");
    g_assert_cmpstr(again->interruptions->pdata[0], ==, "bond0 1250");
}

static void assert_private(const char *path, guint mode)
{
    struct stat status;
    g_assert_cmpint(stat(path, &status), ==, 0);
    g_assert_cmpuint(status.st_mode & 07777, ==, mode);
}

static void test_private(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    save(f, GENERATION_APPLIED);
    g_autofree char *path = g_build_filename(f->history->generations, "1", NULL);
    assert_private(f->history->folder, 0700);
    assert_private(f->history->generations, 0700);
    assert_private(path, 0600);
    g_assert_cmpint(g_chmod(f->history->folder, 0755), ==, 0);
    g_assert_true(history_make_folders(f->history, NULL));
    assert_private(f->history->folder, 0700);
}

/* Any byte that is missing at the end makes it none. */
static void test_cut(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(Generation) generation = generation_of(f, GENERATION_APPLIED);
    g_autofree char *text = generation_format(generation);
    for (gsize length = 0; length + 1 < strlen(text); length++) {
        g_autofree char *cut = g_strndup(text, length);
        g_autoptr(Generation) read = generation_parse(cut);
        g_assert_null(read);
    }
}

/* A crash has left nothing of the newest: the one before counts. */
static void test_damaged(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    save(f, GENERATION_APPLIED);
    save(f, GENERATION_APPLIED);
    g_autofree char *path = g_build_filename(f->history->generations, "2", NULL);
    g_assert_true(g_file_set_contents(path, "", 0, NULL));
    g_autoptr(Generation) last = generation_last(f->history), damaged = NULL;
    g_assert_cmpuint(last->number, ==, 1);
    damaged = generation_load(f->history, 2, &error);
    g_assert_error(error, NET_ERROR, EBADMSG);
    g_assert_null(damaged);
    g_assert_cmpuint(save(f, GENERATION_APPLIED), ==, 3);
}

static void test_damaged_content(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *hash = history_keep(f->history, "a\n", 2, FALSE, NULL), *text = NULL, *again = NULL,
                    *path = g_build_filename(f->history->generations, "objects", hash, NULL);
    g_assert_true(g_file_set_contents(path, "", 0, NULL));
    g_assert_null(history_load(f->history, hash, NULL, &error));
    g_assert_error(error, NET_ERROR, EBADMSG);
    again = history_keep(f->history, "a\n", 2, FALSE, NULL);
    g_assert_cmpstr(again, ==, hash);
    text = history_load(f->history, hash, NULL, NULL);
    g_assert_cmpstr(text, ==, "a\n");
}

/* A trial that is not kept does not push out what it would come back to. */
static void test_oldest_go(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    save(f, GENERATION_APPLIED);
    for (guint i = 0; i < GENERATIONS_MAX + 5; i++)
        save(f, GENERATION_GONE_BACK);
    g_autoptr(GArray) numbers = generation_numbers(f->history);
    g_autoptr(Generation) last = generation_last(f->history);
    g_assert_cmpuint(numbers->len, ==, GENERATIONS_MAX);
    g_assert_cmpuint(last->number, ==, 1);
    g_autofree char *text =
        history_load(f->history, ((HistoryFile *)last->files->pdata[0])->hash, NULL, NULL);
    g_assert_nonnull(text);
}

static void test_contents_go(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *unused = history_keep(f->history, "nobody's", 8, FALSE, NULL);
    for (guint i = 0; i <= GENERATIONS_MAX; i++)
        save(f, GENERATION_APPLIED);
    g_assert_false(history_has(f->history, unused));
}

static void test_restore(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GPtrArray) files = files_keep(f), told = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *gone = case_path(f->root, "route-eth0"), *eth0 = case_path(f->root, "ifcfg-eth0");
    case_write(f->root, "@ifcfg-eth0\nDEVICE=eth0\nIPADDR=10.0.0.2\n@ifcfg-eth2\nDEVICE=eth2\n"
                        "@/etc/modprobe.d/other.conf\noptions e1000\n");
    g_assert_cmpint(g_chmod(eth0, 0600), ==, 0);
    g_autoptr(GPtrArray) safe = files_keep(f);
    g_assert_cmpint(g_unlink(gone), ==, 0);
    g_assert_true(history_restore(f->history, files, NULL, safe, told));
    assert_file(f, "ifcfg-eth0", "DEVICE=eth0\nIPADDR=10.0.0.1\n");
    assert_file(f, "route-eth0", "10.1.0.0/16 via 10.0.0.9\n");
    assert_file(f, "ifcfg-eth2", NULL);
    assert_file(f, "/etc/modprobe.d/other.conf", "options e1000\n"); /* another package's */
    assert_private(eth0, 0644);
    g_assert_cmpuint(told->len, ==, 1); /* ifcfg-eth2: that of ifcfg-eth0 is in the history */
    g_autoptr(GPtrArray) now = history_files_list(f->history);
    g_assert_null(history_files_find(now, "/etc/sysconfig/network-scripts/ifcfg-eth2"));
}

/* What is nowhere in the history is kept beside, and named. */
static void test_restore_keeps_edits(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GPtrArray) files = files_keep(f), told = g_ptr_array_new_with_free_func(g_free);
    case_write(f->root, "@ifcfg-eth0\nDEVICE=eth0\nIPADDR=10.0.0.7\n");
    g_assert_true(history_restore(f->history, files, NULL, files, told));
    g_assert_cmpuint(told->len, ==, 1);
    const char *text = told->pdata[0], *at = strstr(text, " kept as ");
    g_assert_nonnull(at);
    g_autofree char *kept = NULL;
    g_assert_true(g_file_get_contents(at + strlen(" kept as "), &kept, NULL, NULL));
    g_assert_cmpstr(kept, ==, "DEVICE=eth0\nIPADDR=10.0.0.7\n");
    g_assert_true(g_str_has_suffix(text, ".bak"));
}

/* Of a content that is damaged the rest is restored all the same. */
static void test_restore_goes_on(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GPtrArray) files = files_keep(f), told = g_ptr_array_new_with_free_func(g_free);
    const HistoryFile *eth0 = history_files_find(files, "/etc/sysconfig/network-scripts/ifcfg-eth0");
    g_autofree char *path = g_build_filename(f->history->generations, "objects", eth0->hash, NULL);
    g_assert_cmpint(g_unlink(path), ==, 0);
    case_write(f->root, "@ifcfg-eth0\nnew\n@route-eth0\nnew\n");
    g_assert_false(history_restore(f->history, files, NULL, NULL, told));
    assert_file(f, "ifcfg-eth0", "new\n");
    assert_file(f, "route-eth0", "10.1.0.0/16 via 10.0.0.9\n");
}

/* Each kind of change has its own; the last one counts; what is no number is none. */
static void test_estimates(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *path = g_build_filename(f->history->folder, "estimates", NULL);
    g_assert_cmpint(estimates_get(f->history, "bond interrupts 2"), ==, -1);
    estimates_set(f->history, "bond interrupts 2", 1500);
    estimates_set(f->history, "bond interrupts 4", 90);
    estimates_set(f->history, "bond interrupts 2", 700);
    g_assert_cmpint(estimates_get(f->history, "bond interrupts 2"), ==, 700);
    g_assert_cmpint(estimates_get(f->history, "bond interrupts 4"), ==, 90);
    g_assert_cmpint(estimates_get(f->history, "bond interrupts 3"), ==, -1);
    g_assert_true(g_file_set_contents(path, "[milliseconds]\nbond interrupts 2=soon\n", -1, NULL));
    g_assert_cmpint(estimates_get(f->history, "bond interrupts 2"), ==, -1);
}

static void test_diff(void)
{
    static const struct {
        const char *old, *new, *diff;
    } rows[] = {
        {"a\nb\n", "a\nb\n", ""},
        {NULL, "a\nb\n", "+a\n+b\n"},
        {"a\nb\n", NULL, "-a\n-b\n"},
        {"a\nb\nc\n", "a\nx\nc\n", "-b\n+x\n"},
        {"a\nb\nc\nd\n", "b\nc\ne\nd\n", "-a\n+e\n"},
        {"a\n", "a", ""},
        {"", "", ""},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GString) lines = g_string_new(NULL);
        text_diff(rows[i].old, rows[i].new, lines);
        g_assert_cmpstr(lines->str, ==, rows[i].diff);
    }
}

#define TEST(path, function) g_test_add("/history/" path, Fixture, NULL, setup, function, teardown)
int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    TEST("round-trip", test_round_trip);
    TEST("private", test_private);
    TEST("cut", test_cut);
    TEST("damaged", test_damaged);
    TEST("damaged-content", test_damaged_content);
    TEST("oldest-go", test_oldest_go);
    TEST("contents-go", test_contents_go);
    TEST("restore", test_restore);
    TEST("restore-keeps-edits", test_restore_keeps_edits);
    TEST("restore-goes-on", test_restore_goes_on);
    TEST("estimates", test_estimates);
    g_test_add_func("/history/diff", test_diff);
    return g_test_run();
}
