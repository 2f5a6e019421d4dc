/* Who can change a program that root is to run. */
#include "apply/trust.h"
#include "i18n.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* In a folder like /tmp, with its sticky bit, nobody can replace what is root's. */
static const char *part_fault(const struct stat *info)
{
    gboolean is_sticky = S_ISDIR(info->st_mode) && info->st_mode & S_ISVTX;
    if (info->st_uid != 0)
        return _("%s is not run: %s does not belong to root");
    if (!is_sticky && (info->st_mode & S_IWOTH || (info->st_mode & S_IWGRP && info->st_gid != 0)))
        return _("%s is not run: others than root can write %s");
    return NULL;
}

static char *fault_of(const char *path, const char *part)
{
    struct stat info;
    const char *format = lstat(part, &info) == 0 && !S_ISLNK(info.st_mode) ? part_fault(&info) : NULL;
    if (!format)
        return NULL;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    return g_strdup_printf(format, path, part);
#pragma GCC diagnostic pop
}

/* "/", "/etc", "/etc/x" of "/etc/x". */
static char *chain_fault(const char *path, const char *real)
{
    char *fault = fault_of(path, "/");
    for (const char *slash = strchr(real + 1, '/'); !fault; slash = strchr(slash + 1, '/')) {
        g_autofree char *part = slash ? g_strndup(real, (gsize)(slash - real)) : g_strdup(real);
        fault = fault_of(path, part);
        if (!slash)
            break;
    }
    return fault;
}

char *net_trust_fault(const char *path)
{
    char *real = realpath(path, NULL);
    char *fault = real ? chain_fault(path, path) : NULL;
    if (real && !fault)
        fault = chain_fault(path, real);
    free(real);
    return fault;
}
