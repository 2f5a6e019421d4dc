/* Loads a library when it is first needed. */
#include "dl/dl.h"
#include "i18n.h"
#include <dlfcn.h>

DlLibrary dl_systemd = {.soname = "libsystemd.so.0"};
DlLibrary dl_kmod = {.soname = "libkmod.so.2"};
DlLibrary dl_json = {.soname = "libjson-glib-1.0.so.0"};
DlLibrary dl_yaml = {.soname = "libyaml-0.so.2"};

gpointer dl_symbol(DlLibrary *library, const char *name)
{
    /* One that is not there is not looked for again. */
    if (!library->handle && !library->error)
        library->handle = dlopen(library->soname, RTLD_NOW | RTLD_GLOBAL);
    gpointer symbol = library->handle ? dlsym(library->handle, name) : NULL;
    if (!symbol && !library->error)
        library->error = g_strdup_printf(_("the library %s is missing or too old (%s); install its package"),
                                         library->soname, dlerror());
    return symbol;
}

const char *dl_error(const DlLibrary *library)
{
    return library->error;
}
