/* Shares of resolv.conf, put into the file and taken out again. What is in the file counts each time anew:
 * others edit it, too. */
#include "apply/resolver.h"
#include "apply/job.h"
#include "apply/net-error.h"
#include "apply/resolved.h"
#include "apply/resolver-told.h"
#include "i18n.h"
#include "ifcfg-replace.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { RESOLVCONF_MS = 10000 };

struct NetResolver {
    char *root;
    NetBus *bus;
    GPtrArray *jobs; /* NetJob*: resolvconf, under way */
    ResolvConf conf; /* its shares: those of this run, on top of what the plan knew */
    gboolean is_known;
};

static char *path_of(const char *root, const char *path)
{
    return g_build_filename(root ? root : "/", path, NULL);
}

/* A FIFO has no text, and would be waited for. */
static char *text_read(const char *root, const char *path)
{
    g_autofree char *full = path_of(root, path);
    char *text = NULL;
    if (g_file_test(full, G_FILE_TEST_IS_REGULAR))
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
    g_clear_pointer(&conf->told, g_ptr_array_unref);
    conf->told = resolver_told(root, conf->owner);
}

NetResolver *net_resolver_new(const char *root, NetBus *bus)
{
    NetResolver *self = g_new0(NetResolver, 1);
    self->root = g_strdup(root);
    self->bus = bus;
    self->jobs = g_ptr_array_new();
    resolv_conf_init(&self->conf);
    return self;
}

void net_resolver_free(NetResolver *self)
{
    if (!self)
        return;
    resolv_conf_clear(&self->conf);
    g_ptr_array_unref(self->jobs);
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
        !((!g_file_test(save, G_FILE_TEST_IS_SYMLINK) || ifcfg_file_remove(save, error)) &&
          ifcfg_file_replace(save, now->saved, path, error)))
        return FALSE;
    if (g_strcmp0(now->text, before->text) != 0 && !ifcfg_file_replace(path, now->text, NULL, error))
        return FALSE;
    return now->saved || !before->shares->len || ifcfg_file_remove(save, error);
}

static void learn_known(NetResolver *self, const GPtrArray *known)
{
    for (guint i = 0; !self->is_known && known && i < known->len; i++) {
        const ResolvShare *share = known->pdata[i];
        resolv_conf_note(&self->conf, share->dev, share->rank, share->names);
    }
    self->is_known = TRUE;
}

static gboolean edit_file(NetResolver *self, const NetOp *op, GError **error)
{
    g_auto(ResolvConf) before = {0};
    resolv_conf_init(&before);
    resolv_conf_copy(&before, &self->conf);
    resolv_conf_set(&self->conf, op->dev, op->names.rank, op->names.share);
    if (write_changes(self, &before, error))
        return TRUE;
    resolv_conf_copy(&self->conf, &before);
    return FALSE;
}

/* --- whoever owns the file --- */

typedef struct {
    NetResolver *resolver;
    const NetOp *op;
    NetJob *job;
    NetOpDone done;
    gpointer data;
} Telling;

static void telling_end(Telling *self, const GError *error)
{
    NetResult result = {.error = error ? g_error_copy(error) : NULL};
    if (!error && self->op->names.share && self->op->names.share->options->len &&
        self->resolver->conf.owner == RESOLV_IS_RESOLVED)
        net_result_note(&result, FALSE, NULL,
                        _("systemd-resolved takes no RES_OPTIONS: they have no effect"));
    if (!error)
        resolv_conf_set(&self->resolver->conf, self->op->dev, self->op->names.rank, self->op->names.share);
    self->done(self->op, &result, self->data);
    net_result_clear(&result);
    g_free(self);
}

static void resolved_done(G_GNUC_UNUSED sd_bus_message *answer, const GError *error, gpointer data)
{
    telling_end(data, error);
}

static void resolvconf_done(G_GNUC_UNUSED const char *output, const GError *error, gpointer data)
{
    Telling *self = data;
    g_autoptr(GError) told = NULL;
    g_ptr_array_remove_fast(self->resolver->jobs, self->job);
    if (error)
        net_error_tell(&told, error,
                       _("resolvconf, which /etc/resolv.conf belongs to, does not take its name servers: %s"),
                       error->message);
    telling_end(self, told);
}

static char *names_text(const NetNames *names)
{
    g_autoptr(GPtrArray) lines = net_names_lines(names);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < lines->len; i++)
        g_string_append_printf(text, "%s\n", (const char *)lines->pdata[i]);
    return g_string_free(text, FALSE);
}

/* resolvconf(8): a record's name is the interface and the program that has configured it. */
static void tell_resolvconf(Telling *self)
{
    const NetNames *share = self->op->names.share;
    g_autofree char *record = g_strconcat(self->op->dev, ".netsvc", NULL);
    g_autofree char *input = share ? names_text(share) : NULL;
    g_autoptr(GError) error = NULL;
    const char *const argv[] = {"resolvconf", share ? "-a" : "-d", record, NULL};
    NetJobSetup setup = {.argv = argv, .input = input, .limit_ms = RESOLVCONF_MS};
    self->job = net_job_start_in(&setup, NULL, resolvconf_done, self, &error);
    if (self->job)
        g_ptr_array_add(self->resolver->jobs, self->job);
    else
        telling_end(self, error);
}

void net_resolver_start(NetResolver *self, const NetOp *op, int ifindex, NetOpDone done, gpointer data)
{
    NetResult result = {NULL};
    learn_known(self, op->names.known);
    resolver_read(self->root, &self->conf);
    if (self->conf.owner == RESOLV_IS_FILE || (self->conf.owner == RESOLV_IS_RESOLVED && !ifindex)) {
        if (self->conf.owner == RESOLV_IS_FILE)
            edit_file(self, op, &result.error);
        done(op, &result, data);
        net_result_clear(&result);
        return;
    }
    Telling *telling = g_new0(Telling, 1);
    *telling = (Telling){.resolver = self, .op = op, .done = done, .data = data};
    if (self->conf.owner == RESOLV_IS_RESOLVED)
        resolved_tell(self->bus, ifindex, op->names.share, resolved_done, telling);
    else
        tell_resolvconf(telling);
}

void net_resolver_cancel(NetResolver *self)
{
    for (guint i = 0; i < self->jobs->len; i++)
        net_job_cancel(self->jobs->pdata[i]);
}
