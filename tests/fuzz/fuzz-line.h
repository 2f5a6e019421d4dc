/* What the route and rule targets share: what is printed of a line is read again as the same. */
#pragma once
#include "ifcfg-route.h"
#include <sys/socket.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

/** Reads a line and prints what was understood, or returns NULL. Each target has its own. */
static char *line_format(const char *line, int family);

/* The first byte picks the family. */
int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    if (size == 0)
        return 0;
    int family = data[0] & 1 ? AF_INET6 : AF_INET;
    g_autofree char *line = g_strndup((const char *)data + 1, size - 1);
    g_autofree char *once = line_format(line, family);
    g_autofree char *twice = once ? line_format(once, family) : NULL;
    g_assert_cmpstr(once, ==, twice);
    return 0;
}
