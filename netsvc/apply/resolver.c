/* Shares of resolv.conf, put into the file and taken out again. What is in the file counts each time anew:
 * others edit it, too. */
#include "apply/resolver.h"
#include "apply/file-replace.h"
#include "apply/net-error.h"
#include "i18n.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

struct NetResolver {
    char *root;
    ResolvConf conf; /* its shares: those of this run, on top of what the plan knew */
    gboolean is_known;
};

static char *path_of(const char *root, const char *path)
{
    return g_build_filename(root ? root : "/", path, NULL);
}

static char *text_read(const char *root, const char *path)
{
    g_autofree char *full = path_of(root, path);
    char *text = NULL;
    g_file_get_contents(full, &text, NULL, NULL);
    return text;
}

/* `cp -a` of the old scripts copied a link as a link: that saved nothing. */
static char *saved_read(const char *root)
{
    g_autofree char *full = path_of(root, "etc/resolv.conf.save");
    return g_file_test(full, G_FILE_TEST_IS_SYMLINK) ? NULL : text_read(root, "etc/resolv.conf.save");
}

/* By where the link leads: what it points to need not be there yet. */
static ResolvOwner owner_find(const char *root)
{
    static const struct {
        const char *part;
        ResolvOwner owner;
    } places[] = {{"/systemd/resolve/", RESOLV_IS_RESOLVED},
                  {"/systemd/resolv.conf", RESOLV_IS_RESOLVED},
                  {"resolvconf/", RESOLV_IS_RESOLVCONF}};
    g_autofree char *full = path_of(root, "etc/resolv.conf"), *to = g_file_read_link(full, NULL);
    for (guint i = 0; to && i < G_N_ELEMENTS(places); i++)
        if (strstr(to, places[i].part))
            return places[i].owner;
    return RESOLV_IS_FILE;
}

void resolver_read(const char *root, ResolvConf *conf)
{
    g_free(conf->text);
    g_free(conf->saved);
    conf->owner = owner_find(root);
    conf->text = text_read(root, "etc/resolv.conf");
    conf->saved = saved_read(root);
}

NetResolver *net_resolver_new(const char *root)
{
    NetResolver *self = g_new0(NetResolver, 1);
    self->root = g_strdup(root);
    resolv_conf_init(&self->conf);
    return self;
}

void net_resolver_free(NetResolver *self)
{
    if (!self)
        return;
    resolv_conf_clear(&self->conf);
    g_free(self->root);
    g_free(self);
}

/* What was saved comes first, and goes last: killed in between, the way back is there. */
static gboolean write_changes(const NetResolver *self, const ResolvConf *before, GError **error)
{
    const ResolvConf *now = &self->conf;
    g_autofree char *path = path_of(self->root, "etc/resolv.conf");
    g_autofree char *save = path_of(self->root, "etc/resolv.conf.save");
    if (now->saved && g_strcmp0(now->saved, before->saved) != 0 &&
        !((!g_file_test(save, G_FILE_TEST_IS_SYMLINK) || file_remove(save, error)) &&
          file_replace(save, now->saved, path, error)))
        return FALSE;
    if (g_strcmp0(now->text, before->text) != 0 && !file_replace(path, now->text, NULL, error))
        return FALSE;
    return now->saved || !before->shares->len || file_remove(save, error);
}

static void learn_known(NetResolver *self, const GPtrArray *known)
{
    for (guint i = 0; !self->is_known && known && i < known->len; i++) {
        const ResolvShare *share = known->pdata[i];
        resolv_conf_note(&self->conf, share->dev, share->rank, share->names);
    }
    self->is_known = TRUE;
}

gboolean net_resolver_run(NetResolver *self, const NetOp *op, GError **error)
{
    g_auto(ResolvConf) before = {0};
    learn_known(self, op->names.known);
    resolver_read(self->root, &self->conf);
    if (self->conf.owner != RESOLV_IS_FILE) {
        net_error_set(
            error, ENOTSUP,
            _("/etc/resolv.conf belongs to another program, which is not told yet; make it a file"));
        return FALSE;
    }
    resolv_conf_init(&before);
    resolv_conf_copy(&before, &self->conf);
    resolv_conf_set(&self->conf, op->dev, op->names.rank, op->names.share);
    if (write_changes(self, &before, error))
        return TRUE;
    resolv_conf_copy(&self->conf, &before);
    return FALSE;
}
