/* Libraries that few runs need are loaded when their first function is called: linked as usual, libkmod,
 * libsystemd and json-glib with what they draw in take three quarters of the start-up time of a plain `ifup`.
 * Callers include the libraries' own headers and link to the functions of the same names in lazy-*.c. */
#pragma once
#include <glib.h>

typedef struct {
    const char *soname;
    gpointer handle;
} LazyLibrary;

/** The address of a function. Ends the program with a message that names the library when it is not
 * installed: packages depend on it. */
gpointer lazy_symbol(LazyLibrary *library, const char *name);

/** Defines the body of one function: looks it up once and hands its arguments on. */
#define LAZY_CALL(library, function, ...)                                                                    \
    ({                                                                                                       \
        static __typeof__(&function) lazy_##function;                                                        \
        if (!lazy_##function)                                                                                \
            lazy_##function = (__typeof__(&function))lazy_symbol(&(library), #function);                     \
        lazy_##function(__VA_ARGS__);                                                                        \
    })
