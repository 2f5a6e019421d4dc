/* Loads a library when it is first needed. */
#include "dl/dl.h"
#include "i18n.h"
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

gpointer dl_symbol(DlLibrary *library, const char *name)
{
    if (!library->handle)
        library->handle = dlopen(library->soname, RTLD_NOW | RTLD_GLOBAL);
    gpointer symbol = library->handle ? dlsym(library->handle, name) : NULL;
    if (!symbol) {
        fprintf(stderr, _("%s: the library %s is missing or too old (%s); install its package\n"),
                g_get_prgname(), library->soname, dlerror());
        exit(EXIT_FAILURE);
    }
    return symbol;
}
