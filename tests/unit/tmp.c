/* Every test program has a folder for temporary files of its own, which is gone when it ends well: tests need
 * not clean up. */
#include "tree.h"
#include <stdlib.h>
#include <unistd.h>

static char *folder;
static pid_t owner;

__attribute__((constructor)) static void tmp_begin(void)
{
    const char *parent = getenv("TMPDIR");
    char *path = NULL;
    if (asprintf(&path, "%s/netsvc-test-XXXXXX", parent && *parent ? parent : "/tmp") < 0 || !mkdtemp(path))
        abort();
    setenv("TMPDIR", path, 1);
    folder = path;
    owner = getpid();
}

/* Not by a child that ends as the program does. */
__attribute__((destructor)) static void tmp_end(void)
{
    if (getpid() == owner)
        case_remove(folder);
    free(folder);
}
