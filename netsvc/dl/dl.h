/* Libraries that few runs need are loaded when their first function is called: linked as usual, libkmod,
 * libsystemd and json-glib with what they draw in take three quarters of the start-up time of a plain `ifup`.
 * Callers include the libraries' own headers and link to the functions of the same names in dl-*.c. A library
 * that is missing ends nothing: each of its functions fails as it does for other reasons, and who needs a
 * reason to tell asks dl_error(). */
#pragma once
#include <glib.h>

typedef struct {
    const char *soname;
    gpointer handle;
    /* What was wrong with it, told once. */
    char *error;
} DlLibrary;

extern DlLibrary dl_systemd, dl_kmod, dl_json, dl_yaml;

/** The address of a function, or NULL: the library is missing, or too old to have it. */
gpointer dl_symbol(DlLibrary *library, const char *name);
/** Why functions of a library cannot be called ("the library libkmod.so.2 is missing ..."), or NULL: none has
 * failed for that so far. */
const char *dl_error(const DlLibrary *library);

/** Defines the body of one function: looks it up once and hands its arguments on. @failed: what it returns
 * when the library cannot be used; `(void)0` for one that returns nothing */
#define DL_CALL(library, failed, function, ...)                                                              \
    ({                                                                                                       \
        static __typeof__(&function) dl_##function;                                                          \
        if (!dl_##function)                                                                                  \
            dl_##function = (__typeof__(&function))dl_symbol(&(library), #function);                         \
        dl_##function ? dl_##function(__VA_ARGS__) : failed;                                                 \
    })
