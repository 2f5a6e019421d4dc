/* Libraries that few runs need are loaded when their first function is called: linked as usual, libkmod,
 * libsystemd and json-glib with what they draw in take three quarters of the start-up time of a plain `ifup`.
 * Callers include the libraries' own headers and link to the functions of the same names in dl-*.c. */
#pragma once
#include <glib.h>

typedef struct {
    const char *soname;
    gpointer handle;
} DlLibrary;

/** The address of a function. Ends the program with a message that names the library when it is not
 * installed: packages depend on it. */
gpointer dl_symbol(DlLibrary *library, const char *name);

/** Defines the body of one function: looks it up once and hands its arguments on. */
#define DL_CALL(library, function, ...)                                                                      \
    ({                                                                                                       \
        static __typeof__(&function) dl_##function;                                                          \
        if (!dl_##function)                                                                                  \
            dl_##function = (__typeof__(&function))dl_symbol(&(library), #function);                         \
        dl_##function(__VA_ARGS__);                                                                          \
    })
