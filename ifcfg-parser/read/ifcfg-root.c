/* Follows links in a tree below another root, so that none leads to the files of the running machine. */
#include "ifcfg-root.h"
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

enum { LINKS_MAX = 40 }; /* as the kernel: MAXSYMLINKS */

typedef struct {
    GString *at;   /* resolved so far; begins with the root */
    gsize root;    /* its length */
    GString *rest; /* what is still to be walked */
    guint links;
} Walk;

/* Takes the next name off the rest. Returns: NULL at the end. */
static char *walk_take(Walk *self)
{
    gsize start = strspn(self->rest->str, "/"), length = strcspn(self->rest->str + start, "/");
    if (!length)
        return NULL;
    char *name = g_strndup(self->rest->str + start, length);
    g_string_erase(self->rest, 0, (gssize)(start + length));
    return name;
}

static void walk_up(Walk *self)
{
    const char *slash = strrchr(self->at->str + self->root, '/');
    g_string_truncate(self->at, slash ? (gsize)(slash - self->at->str) : self->root);
}

/* Returns FALSE for one link too many. */
static gboolean walk_down(Walk *self, const char *name)
{
    char target[PATH_MAX];
    gsize before = self->at->len;
    g_string_append_printf(self->at, "/%s", name);
    ssize_t length = readlink(self->at->str, target, sizeof target);
    if (length <= 0)
        return TRUE;
    if (++self->links > LINKS_MAX)
        return FALSE;
    g_string_truncate(self->at, *target == '/' ? self->root : before);
    g_string_prepend_c(self->rest, '/');
    g_string_prepend_len(self->rest, target, length);
    return TRUE;
}

static gboolean walk(Walk *self)
{
    for (char *name; (name = walk_take(self)); g_free(name)) {
        if (g_str_equal(name, ".."))
            walk_up(self);
        else if (!g_str_equal(name, ".") && !walk_down(self, name))
            return g_free(name), FALSE;
    }
    return TRUE;
}

char *ifcfg_root_resolve(const char *root, const char *path)
{
    gsize length = root ? strlen(root) : 0;
    while (length && root[length - 1] == '/')
        length--;
    if (!length || strncmp(path, root, length) != 0 || path[length] != '/')
        return g_strdup(path);
    Walk self = {g_string_new_len(root, (gssize)length), length, g_string_new(path + length), 0};
    gboolean is_found = walk(&self);
    g_string_free(self.rest, TRUE);
    if (!is_found)
        errno = ELOOP;
    return g_string_free(self.at, !is_found);
}
