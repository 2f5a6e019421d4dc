/* The limits of configuration files: what is no small regular text file is an error that names it, at once.
 */
#include "ifcfg-file.h"
#include "ifcfg-record.h"
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static char *folder;

static char *path_of(const char *name)
{
    return g_build_filename(folder, name, NULL);
}

static char *make_file(const char *name, const char *text, gsize length)
{
    g_autoptr(GError) error = NULL;
    char *path = path_of(name);
    g_file_set_contents(path, text, (gssize)length, &error);
    g_assert_no_error(error);
    return path;
}

static void expect_refused(const char *path, const char *reason)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    gsize length = 0;
    g_assert_null(ifcfg_file_read(NULL, path, &length, problems, &error));
    g_assert_nonnull(error);
    g_assert_true(error->domain == G_FILE_ERROR);
    g_assert_true(g_str_has_prefix(error->message, path));
    if (!strstr(error->message, reason))
        g_error("expected ...%s..., got: %s", reason, error->message);
    ifcfg_file_report(problems, path, error);
    const IfcfgProblem *problem = ifcfg_problems_get(problems, 0);
    g_assert_cmpstr(problem->where.file, ==, path);
    g_assert_null(strstr(problem->message, path));
}

static void test_kinds(void)
{
    g_autofree char *fifo = path_of("fifo"), *subfolder = path_of("folder"), *link = path_of("link");
    g_autofree char *socket_path = path_of("socket"), *missing = path_of("missing");
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    g_strlcpy(address.sun_path, socket_path, sizeof address.sun_path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    g_assert_cmpint(mkfifo(fifo, 0600), ==, 0);
    g_assert_cmpint(g_mkdir(subfolder, 0700), ==, 0);
    g_assert_cmpint(symlink("nowhere", link), ==, 0);
    g_assert_cmpint(bind(fd, (struct sockaddr *)&address, sizeof address), ==, 0);
    expect_refused(fifo, "a FIFO");
    expect_refused(subfolder, "a directory");
    expect_refused(socket_path, "a socket");
    expect_refused("/dev/zero", "a device");
    expect_refused(missing, "No such file");
    expect_refused(link, "this is a symbolic link to nowhere, which is not there");
    close(fd);
}

static void test_loops(void)
{
    g_autofree char *self = path_of("self"), *there = path_of("there"), *back = path_of("back");
    g_assert_cmpint(symlink("self", self), ==, 0);
    g_assert_cmpint(symlink("back", there), ==, 0);
    g_assert_cmpint(symlink("there", back), ==, 0);
    expect_refused(self, g_strerror(ELOOP));
    expect_refused(there, g_strerror(ELOOP));
}

/* Root may read everything, so that he becomes somebody else for it. */
static void test_unreadable(void)
{
    g_autofree char *path = make_file("unreadable", "A=b\n", 4);
    gboolean is_root = geteuid() == 0;
    g_assert_cmpint(g_chmod(path, is_root ? 0600 : 0), ==, 0);
    g_assert_cmpint(g_chmod(folder, 0755), ==, 0);
    if (is_root)
        g_assert_cmpint(seteuid(65534), ==, 0);
    expect_refused(path, g_strerror(EACCES));
    if (is_root)
        g_assert_cmpint(seteuid(0), ==, 0);
}

static void test_size(void)
{
    g_autofree char *text = g_malloc(IFCFG_FILE_MAX + 1);
    for (gsize i = 0; i <= IFCFG_FILE_MAX; i++)
        text[i] = i % 64 == 63 ? '\n' : '#';
    g_autofree char *largest = make_file("largest", text, IFCFG_FILE_MAX);
    g_autofree char *too_large = make_file("too-large", text, IFCFG_FILE_MAX + 1);
    gsize length = 0;
    g_autofree char *got = ifcfg_file_read(NULL, largest, &length, NULL, NULL);
    g_assert_cmpuint(length, ==, IFCFG_FILE_MAX);
    g_assert_cmpint(memcmp(got, text, IFCFG_FILE_MAX), ==, 0);
    expect_refused(too_large, "over 1 MiB");
}

static void test_line(void)
{
    g_autofree char *text = g_strnfill(IFCFG_LINE_MAX + 3, 'x');
    memcpy(text, "A=", 2);
    g_autofree char *longest = make_file("longest", text, IFCFG_LINE_MAX);
    g_autoptr(IfcfgRecord) record = ifcfg_record_load(NULL, longest, NULL, NULL, NULL);
    g_assert_cmpuint(strlen(ifcfg_record_get(record, "A")), ==, IFCFG_LINE_MAX - 2);
    text[1] = '\n';
    g_autofree char *too_long = make_file("too-long", text, IFCFG_LINE_MAX + 3);
    expect_refused(too_long, "line 2 is over 64 KiB");
}

static void test_nul(void)
{
    g_autofree char *path = make_file("nul", "A=b\n\0", 5);
    expect_refused(path, "NUL");
}

static void test_text(void)
{
    static const char raw[] = "\xef\xbb\xbf"
                              "A=1\r\nB=\r2\r\r\nC=3\r";
    g_autofree char *path = make_file("text", raw, sizeof raw - 1);
    gsize length = 0;
    g_autofree char *text = ifcfg_file_read(NULL, path, &length, NULL, NULL);
    g_assert_cmpstr(text, ==, "A=1\nB=\r2\nC=3");
    g_assert_cmpuint(length, ==, strlen(text));
    g_autofree char *empty_path = make_file("empty", "", 0);
    g_autofree char *empty = ifcfg_file_read(NULL, empty_path, &length, NULL, NULL);
    g_assert_cmpstr(empty, ==, "");
    g_assert_cmpuint(length, ==, 0);
}

/* Files of /proc have no size to go by. */
static void test_sizeless(void)
{
    gsize length = 0;
    g_autofree char *text = ifcfg_file_read(NULL, "/proc/self/status", &length, NULL, NULL);
    g_assert_nonnull(text);
    g_assert_cmpuint(length, ==, strlen(text));
    g_assert_true(g_str_has_prefix(text, "Name:"));
}

static void test_writable(void)
{
    g_autofree char *path = make_file("writable", "A=b\n", 4);
    static const struct {
        guint mode, warnings;
    } rows[] = {{0644, 0}, {0646, 1}, {0600, 0}, {0666, 1}};
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
        g_assert_cmpint(g_chmod(path, (int)rows[i].mode), ==, 0);
        g_autoptr(IfcfgRecord) record = ifcfg_record_load(NULL, path, NULL, problems, NULL);
        g_assert_cmpstr(ifcfg_record_get(record, "A"), ==, "b");
        g_assert_cmpuint(ifcfg_problems_count(problems, IFCFG_WARNING), ==, rows[i].warnings);
        g_assert_cmpuint(ifcfg_problems_count(problems, IFCFG_ERROR), ==, 0);
    }
}

static void remove_folder(void)
{
    g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
    for (const char *name; (name = g_dir_read_name(entries));) {
        g_autofree char *path = path_of(name);
        g_remove(path);
    }
    g_rmdir(folder);
    g_free(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    folder = g_dir_make_tmp("ifcfg-file-XXXXXX", NULL);
    g_assert_nonnull(folder);
    g_test_add_func("/file/kinds", test_kinds);
    g_test_add_func("/file/loops", test_loops);
    g_test_add_func("/file/unreadable", test_unreadable);
    g_test_add_func("/file/size", test_size);
    g_test_add_func("/file/line", test_line);
    g_test_add_func("/file/nul", test_nul);
    g_test_add_func("/file/text", test_text);
    g_test_add_func("/file/sizeless", test_sizeless);
    g_test_add_func("/file/writable", test_writable);
    int status = g_test_run();
    remove_folder();
    return status;
}
