/* A library that is not there, or lacks a function, ends nothing: what is called fails, and the reason can be
 * told. */
#include "dl/dl.h"
#include <errno.h>
#include <string.h>

/* Stands for the header of a library. */
int library_function(int number);

static void test_missing(void)
{
    DlLibrary library = {.soname = "libno-such-library.so.7"};

    g_assert_null(dl_error(&library));
    g_assert_cmpint(DL_CALL(library, -ENOSYS, library_function, 1), ==, -ENOSYS);
    g_assert_nonnull(strstr(dl_error(&library), "the library libno-such-library.so.7 is missing or too old"));
    g_assert_cmpint(DL_CALL(library, -ENOSYS, library_function, 1), ==, -ENOSYS);
    g_free(library.error);
}

static void test_too_old(void)
{
    DlLibrary library = {.soname = "libc.so.6"};

    g_assert_cmpint(DL_CALL(library, -ENOSYS, library_function, 1), ==, -ENOSYS);
    g_assert_nonnull(strstr(dl_error(&library), "library_function"));
    g_free(library.error);
}

static void test_there(void)
{
    DlLibrary library = {.soname = "libc.so.6"};

    g_assert_cmpuint(DL_CALL(library, 0, strlen, "four"), ==, 4);
    g_assert_null(dl_error(&library));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dl/missing", test_missing);
    g_test_add_func("/dl/too-old", test_too_old);
    g_test_add_func("/dl/there", test_there);
    return g_test_run();
}
