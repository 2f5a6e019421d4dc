/* Writing: values come back as they were, from our reader and from a shell; what is not touched stays. */
#include "ifcfg-edit.h"
#include "ifcfg-quote.h"
#include "ifcfg-replace.h"
#include "tree.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

static char *tree_make(const char *files)
{
    char *root = g_dir_make_tmp("write-XXXXXX", NULL);
    case_write(root, files);
    return root;
}

/* --- values --- */

static void test_quote(void)
{
    static const struct {
        const char *value, *plain, *doubled, *single;
    } rows[] = {
        {"", "", "\"\"", "''"},
        {"eth0", "eth0", "\"eth0\"", "'eth0'"},
        {"mode=1 miimon=100", "\"mode=1 miimon=100\"", "\"mode=1 miimon=100\"", "'mode=1 miimon=100'"},
        {"$(reboot)", "'$(reboot)'", "\"\\$(reboot)\"", "'$(reboot)'"},
        {"it's `x`", "\"it's \\`x\\`\"", "\"it's \\`x\\`\"", "\"it's \\`x\\`\""},
        {"~root", "\"~root\"", "\"~root\"", "'~root'"},
        {"a:~b", "\"a:~b\"", "\"a:~b\"", "'a:~b'"},
        {"=x", "\"=x\"", "\"=x\"", "'=x'"},
        {"a#b", "\"a#b\"", "\"a#b\"", "'a#b'"},
        {"a\nB=c", "\"a\n\\\nB=c\"", "\"a\n\\\nB=c\"", "\"a\n\\\nB=c\""},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *plain = ifcfg_quote(rows[i].value, IFCFG_QUOTE_PLAIN);
        g_autofree char *doubled = ifcfg_quote(rows[i].value, IFCFG_QUOTE_DOUBLE);
        g_autofree char *single = ifcfg_quote(rows[i].value, IFCFG_QUOTE_SINGLE);
        g_assert_cmpstr(plain, ==, rows[i].plain);
        g_assert_cmpstr(doubled, ==, rows[i].doubled);
        g_assert_cmpstr(single, ==, rows[i].single);
    }
}

/* Mostly what has a meaning somewhere: to a shell, to our reader, to a terminal. */
static char *value_random(void)
{
    static const char *const bits[] = {
        "\n",       "\r",   "\"", "'",   "\\",  "$",   "`",       "$(",   ")",    "${",   "}",
        "#",        " #",   " ",  "\t",  ";",   "&&",  "|",       "<",    ">",    "~",    "*",
        "=",        "KEY=", "if", "fi",  "a",   "Z9",  "export ", "\x7f", "\x01", "\xff", "!",
        "\xc3\xa9", "<<E",  "$'", "$\"", "[a]", "a=(", "\\\n",    "\nA=b"};
    GString *value = g_string_new(NULL);
    for (gint32 count = g_test_rand_int_range(0, 9); count > 0; count--)
        g_string_append(value, bits[g_test_rand_int_range(0, G_N_ELEMENTS(bits))]);
    return g_string_free(value, FALSE);
}

enum { VALUES = 400 };

/* One file with all of them, so that one that goes wrong would spoil the next. */
static char *file_of(char **values)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < VALUES; i++) {
        g_autofree char *key = g_strdup_printf("V%u", i);
        g_autofree char *quoted = ifcfg_quote(values[i], (IfcfgQuoting)(i % 3));
        g_string_append_printf(text, "%s=%s\n", key, quoted);
    }
    return g_string_free(text, FALSE);
}

static void assert_read_back(const char *text, char **values)
{
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(IfcfgRecord) record = ifcfg_record_parse("written", text, strlen(text), NULL, problems);
    g_assert_cmpuint(ifcfg_problems_length(problems), ==, 0);
    g_assert_cmpuint(ifcfg_record_length(record), ==, VALUES);
    for (guint i = 0; i < VALUES; i++)
        g_assert_cmpstr(ifcfg_record_nth(record, i)->value, ==, values[i]);
}

/* @shell: sources the file, and prints each value with a NUL behind it. */
static void assert_sourced(const char *shell, const char *path, char **values)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) script = g_string_new(". \"$1\"\n");
    g_autofree char *out = NULL, *complaints = NULL;
    for (guint i = 0; i < VALUES; i++)
        g_string_append_printf(script, "printf '%%s|%%s\\n' \"$V%u\" E%u\n", i, i);
    const char *argv[] = {shell, "-c", script->str, shell, path, NULL};
    g_assert_true(g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &complaints,
                               NULL, &error));
    g_assert_no_error(error);
    g_assert_cmpstr(complaints, ==, "");
    const char *at = out;
    for (guint i = 0; i < VALUES; i++) {
        g_autofree char *expected = g_strdup_printf("%s|E%u\n", values[i], i);
        if (!g_str_has_prefix(at, expected))
            g_error("%s read value %u otherwise: '%s' is '%.60s'", shell, i, values[i], at);
        at += strlen(expected);
    }
}

static void test_values(void)
{
    g_autofree char *root = tree_make("@/file\n\n"), *path = g_build_filename(root, "file", NULL);
    g_auto(GStrv) values = g_new0(char *, VALUES + 1);
    for (guint i = 0; i < VALUES; i++)
        values[i] = value_random();
    g_autofree char *text = file_of(values);
    assert_read_back(text, values);
    g_assert_true(ifcfg_file_replace(path, text, NULL, NULL));
    assert_sourced("sh", path, values);
    assert_sourced("bash", path, values);
    case_remove(root);
}

/* --- files --- */

static void test_set(void)
{
    static const struct {
        const char *before, *key, *value, *after;
    } rows[] = {
        {"", "A", "x", "A=x\n"},
        {"B=1", "A", "x y", "B=1\nA=\"x y\"\n"},
        {"B=1\r\n", "A", "x", "B=1\r\nA=x\r\n"},
        {"\xef\xbb\xbf"
         "A=1\n",
         "A", "2",
         "\xef\xbb\xbf"
         "A=2\n"},
        {"# head\n\n  export A=\"1\"  # why\nB=2\n", "A", "3", "# head\n\n  export A=\"3\"  # why\nB=2\n"},
        {"A='1'\n", "A", "it", "A='it'\n"},
        {"A='1'\n", "A", "it's", "A=\"it's\"\n"},
        {"A=1\n", "A", "$x", "A='$x'\n"},
        {"A=1\nA=2\nB=3\n", "A", "4", "A=1\nA=4\nB=3\n"},
        {"A=1\nA+=2\n", "A", "4", "A=1\nA=4\n"},
        {"A=1; B=2; C=3\n", "B", "x y", "A=1; B=\"x y\"; C=3\n"},
        {"BONDING_OPTS=mode=1 miimon=100\nB=1\n", "BONDING_OPTS", "mode=4", "BONDING_OPTS=mode=4\nB=1\n"},
        {"A= 1\n", "A", "2", "A=2\n"},
        {"A=\"one\n two\" # fine\nB=c\n", "A", "one", "A=\"one\" # fine\nB=c\n"},
        {"A=one\\\ntwo\nB=c\n", "A", "x", "A=x\nB=c\n"},
        {"A=\"1\nB=2\n", "A", "3", "A=3\nB=2\n"},
        {"A=1\nB=$A\n", "A", "2", "A=2\nB=$A\n"},
        {"A=1\nunset A\n", "A", "2", "A=1\nunset A\nA=2\n"},
        {"A=1 # same\n", "A", "1", "A=1 # same\n"},
        {"if x; then A=1; fi\n", "A", "2", "if x; then A=1; fi\nA=2\n"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(IfcfgEdit) edit = ifcfg_edit_new(NULL, "ifcfg-a", rows[i].before, strlen(rows[i].before));
        ifcfg_edit_set(edit, rows[i].key, rows[i].value, &error);
        g_assert_no_error(error);
        g_assert_cmpstr(ifcfg_edit_text(edit), ==, rows[i].after);
        g_assert_cmpstr(ifcfg_record_get(ifcfg_edit_record(edit), rows[i].key), ==, rows[i].value);
    }
}

static void test_remove(void)
{
    static const struct {
        const char *before, *after;
    } rows[] = {
        {"A=1\n", ""},
        {"B=1\nA=1", "B=1\n"},
        {"# a\n  export A=1\r\nB=2\r\n", "# a\nB=2\r\n"},
        {"  A=1  # why\nB=2\n", "  # why\nB=2\n"},
        {"A=1; B=2\n", "B=2\n"},
        {"B=2; A=1\n", "B=2;\n"},
        {"B=2; A=1; C=3\n", "B=2; C=3\n"},
        {"B=2 A=1 # x\n", "B=2 # x\n"},
        {"export A=1 B=2\n", "export B=2\n"},
        {"A=1\nB=2\nA+=3\n", "B=2\n"},
        {"A=1; A=2\nB=2\n", "B=2\n"},
        {"A=\"1\n 2\"\nB=2\n", "B=2\n"},
        {"A=1 \\\nB=2\n", "B=2\n"},
        {"B=2\n", "B=2\n"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(IfcfgEdit) edit = ifcfg_edit_new(NULL, "ifcfg-a", rows[i].before, strlen(rows[i].before));
        ifcfg_edit_remove(edit, "A", &error);
        g_assert_no_error(error);
        g_assert_cmpstr(ifcfg_edit_text(edit), ==, rows[i].after);
    }
}

/* What cannot be written in a file is an error, and nothing has changed. */
static void test_refused_values(void)
{
    g_autofree char *huge = g_strnfill(70 * 1024, 'x');
    const struct {
        const char *before, *key, *value;
    } rows[] = {
        {"B=1\n", "A", huge}, {"B=1\n", "1A", "x"},           {"B=1\n", "A B", "x"},
        {"B=1\n", "", "x"},   {"A=1 C=2\n", "A", "one\ntwo"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(IfcfgEdit) edit = ifcfg_edit_new(NULL, "ifcfg-a", rows[i].before, strlen(rows[i].before));
        g_assert_false(ifcfg_edit_set(edit, rows[i].key, rows[i].value, &error));
        g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
        g_assert_cmpstr(ifcfg_edit_text(edit), ==, rows[i].before);
    }
}

/* Read, write, read: every value of a file set to itself changes nothing, to another one changes that value,
 * and back gives the same values; removed and set again, it is there. Whatever is refused left the text
 * alone. */
static void assert_file_kept(const char *path)
{
    g_autofree char *text = NULL;
    gsize length;
    g_assert_true(g_file_get_contents(path, &text, &length, NULL));
    g_autoptr(IfcfgRecord) before = ifcfg_record_parse(path, text, length, NULL, NULL);
    for (guint i = 0; i < ifcfg_record_length(before); i++) {
        const char *key = ifcfg_record_nth(before, i)->key;
        g_autofree char *value = g_strdup(ifcfg_record_get(before, key)), *other = value_random();
        g_autoptr(IfcfgEdit) edit = ifcfg_edit_new(NULL, path, text, length);
        g_assert_true(ifcfg_edit_set(edit, key, value, NULL));
        g_assert_cmpstr(ifcfg_edit_text(edit), ==, text);
        if (!ifcfg_edit_set(edit, key, other, NULL)) {
            g_assert_nonnull(strchr(other, '\n'));
            g_assert_cmpstr(ifcfg_edit_text(edit), ==, text);
            continue;
        }
        g_assert_true(ifcfg_edit_set(edit, key, value, NULL));
        g_assert_cmpuint(ifcfg_record_length(ifcfg_edit_record(edit)), ==, ifcfg_record_length(before));
        g_assert_true(ifcfg_edit_remove(edit, key, NULL));
        g_assert_null(ifcfg_record_get(ifcfg_edit_record(edit), key));
        g_assert_true(ifcfg_edit_set(edit, key, value, NULL));
        g_assert_cmpstr(ifcfg_record_get(ifcfg_edit_record(edit), key), ==, value);
    }
}

static guint folder_walk(const char *path)
{
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    const char *name;
    guint count = 0;
    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *inside = g_build_filename(path, name, NULL);
        if (g_file_test(inside, G_FILE_TEST_IS_DIR)) {
            count += folder_walk(inside);
        } else if (g_str_has_prefix(name, "ifcfg-") || g_str_has_suffix(name, ".ifcfg") ||
                   g_str_equal(name, "network")) {
            assert_file_kept(inside);
            count++;
        }
    }
    return count;
}

/* CORPUS=FOLDER: so many more. */
static void test_corpus(void)
{
    g_autofree char *examples = g_test_build_filename(G_TEST_DIST, "sysconfig-examples", NULL);
    g_autofree char *golden = g_test_build_filename(G_TEST_DIST, "tests/golden/parse", NULL);
    g_assert_cmpuint(folder_walk(examples), >, 50);
    g_assert_cmpuint(folder_walk(golden), >, 5);
    if (g_getenv("CORPUS"))
        g_test_message("%u files", folder_walk(g_getenv("CORPUS")));
}

/* --- the disk --- */

static void test_save(void)
{
    g_autofree char *root = tree_make("@/etc/real\n# mine\nA=1\n");
    g_autofree char *real = g_build_filename(root, "etc/real", NULL),
                    *link = g_build_filename(root, "etc/link", NULL);
    g_assert_cmpint(symlink("/etc/real", link), ==, 0);
    g_assert_cmpint(chmod(real, 0640), ==, 0);
    gboolean has_label = setxattr(real, "user.label", "x", 1, 0) == 0;
    g_autoptr(IfcfgEdit) edit = ifcfg_edit_load(root, link, NULL);
    g_assert_nonnull(edit);
    g_assert_true(ifcfg_edit_set(edit, "A", "2", NULL));
    g_assert_true(ifcfg_edit_save(edit, NULL));
    struct stat status;
    char label;
    g_assert_true(g_file_test(link, G_FILE_TEST_IS_SYMLINK));
    g_autofree char *text = NULL;
    g_assert_true(g_file_get_contents(real, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, "# mine\nA=2\n");
    g_assert_cmpint(stat(real, &status), ==, 0);
    g_assert_cmpuint(status.st_mode & 07777, ==, 0640);
    if (has_label)
        g_assert_cmpint(getxattr(real, "user.label", &label, 1), ==, 1);
    case_remove(root);
}

static GPtrArray *texts_new(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)ifcfg_text_free);
}

static void assert_holds(const char *root, const char *name, const char *expected)
{
    g_autofree char *path = g_build_filename(root, name, NULL), *text = NULL;
    g_file_get_contents(path, &text, NULL, NULL);
    g_assert_cmpstr(text, ==, expected);
}

static guint entries_of(const char *root, const char *name)
{
    g_autofree char *path = g_build_filename(root, name, NULL);
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    guint count = 0;
    while (g_dir_read_name(dir))
        count++;
    return count;
}

static void test_several(void)
{
    g_autofree char *root = tree_make("@/etc/a\nold\n");
    g_autoptr(GPtrArray) texts = texts_new();
    g_autoptr(GError) error = NULL;
    g_ptr_array_add(texts, ifcfg_text_new(g_strdup("etc/a"), g_strdup("new\n"), 0644));
    g_ptr_array_add(texts, ifcfg_text_new(g_strdup("etc/more/b"), g_strdup("b\n"), 0600));
    g_assert_true(ifcfg_texts_write(texts, root, TRUE, NULL));
    g_assert_true(ifcfg_texts_write(texts, root, TRUE, NULL));
    assert_holds(root, "etc/a", "new\n");
    assert_holds(root, "etc/a.bak", "old\n");
    assert_holds(root, "etc/a.1.bak", "new\n");
    assert_holds(root, "etc/more/b", "b\n");
    /* the last one cannot be written: none is */
    g_autofree char *folder = g_build_filename(root, "etc/folder", NULL);
    g_assert_cmpint(mkdir(folder, 0755), ==, 0);
    guint before = entries_of(root, "etc");
    g_clear_pointer(&texts, g_ptr_array_unref);
    texts = texts_new();
    g_ptr_array_add(texts, ifcfg_text_new(g_strdup("etc/a"), g_strdup("third\n"), 0644));
    g_ptr_array_add(texts, ifcfg_text_new(g_strdup("etc/c"), g_strdup("c\n"), 0644));
    g_ptr_array_add(texts, ifcfg_text_new(g_strdup("etc/folder"), g_strdup("d\n"), 0644));
    g_assert_false(ifcfg_texts_write(texts, root, FALSE, &error));
    g_assert_nonnull(strstr(error->message, folder));
    assert_holds(root, "etc/a", "new\n");
    g_assert_cmpuint(entries_of(root, "etc"), ==, before);
    case_remove(root);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/write/quote", test_quote);
    g_test_add_func("/write/values", test_values);
    g_test_add_func("/write/set", test_set);
    g_test_add_func("/write/remove", test_remove);
    g_test_add_func("/write/refused", test_refused_values);
    g_test_add_func("/write/corpus", test_corpus);
    g_test_add_func("/write/save", test_save);
    g_test_add_func("/write/several", test_several);
    return g_test_run();
}
