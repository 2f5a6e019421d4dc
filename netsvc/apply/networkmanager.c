/* NetworkManager is told by a configuration of our own in /run, which also holds for one that is started
 * again or later, and for devices that are made later. What it has, it says in files: nobody need be asked,
 * and nobody can be silent. */
#include "apply/networkmanager.h"
#include "apply/folder-watch.h"
#include "apply/net-error.h"
#include "i18n.h"
#include "ifcfg-file.h"
#include "ifcfg-replace.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

enum {
    ANSWER_MS = 5000,
    /* Until it has let go of a device: it takes down what it had set up */
    RELEASE_MS = 5000
};

#define STATE_FOLDER "run/NetworkManager/devices"
#define CONF_FOLDER "run/NetworkManager/conf.d"
#define CONF (NETWORKMANAGER_CONF + 1)
#define LIST "unmanaged-devices+="
#define DEVICE "interface-name:="

static const NetBusPlace manager = {"org.freedesktop.NetworkManager", "/org/freedesktop/NetworkManager",
                                    "org.freedesktop.NetworkManager"};

/* --- what it says --- */

static char *path_of(const char *root, const char *path)
{
    return g_build_filename(root ? root : "/", path, NULL);
}

static gboolean is_there(const char *root, const char *path)
{
    g_autofree char *full = path_of(root, path);
    return access(full, F_OK) == 0;
}

static gboolean is_running(const char *root)
{
    return is_there(root, "sys/fs/cgroup/system.slice/NetworkManager.service") ||
           is_there(root, "sys/fs/cgroup/systemd/system.slice/NetworkManager.service");
}

static gboolean is_enabled(const char *root)
{
    g_autofree char *path =
        path_of(root, "etc/systemd/system/multi-user.target.wants/NetworkManager.service");
    return g_file_test(path, G_FILE_TEST_IS_SYMLINK);
}

/* nm-config.c, nm_config_device_state_write(): a connection of a device that is managed, and not only seen.
 */
gboolean networkmanager_holds(const char *root, int ifindex)
{
    g_autofree char *path = g_strdup_printf("%s/" STATE_FOLDER "/%d", root ? root : "", ifindex),
                    *text = NULL;
    return is_running(root) && g_file_get_contents(path, &text, NULL, NULL) &&
           strstr(text, "\nmanaged=true\n") && strstr(text, "\nconnection-uuid=");
}

/* Its plug-in that reads ifcfg files, in the folder of its version. */
static gboolean reads_our_files(const char *root)
{
    static const char *const folders[] = {"usr/lib64/NetworkManager", "usr/lib/NetworkManager"};
    for (guint i = 0; i < G_N_ELEMENTS(folders); i++) {
        g_autofree char *path = path_of(root, folders[i]);
        g_autoptr(GDir) dir = ifcfg_folder_open(NULL, path);
        for (const char *name; dir && (name = g_dir_read_name(dir));) {
            g_autofree char *plugin = g_build_filename(path, name, "libnm-settings-plugin-ifcfg-rh.so", NULL);
            if (access(plugin, F_OK) == 0)
                return TRUE;
        }
    }
    return FALSE;
}

/* The names in our own configuration. */
static GPtrArray *told_read(const char *root)
{
    GPtrArray *told = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *path = path_of(root, CONF), *text = NULL;
    g_file_get_contents(path, &text, NULL, NULL);
    const char *list = text ? strstr(text, LIST) : NULL;
    g_autofree char *line = list ? g_strndup(list + strlen(LIST), strcspn(list + strlen(LIST), "\n")) : NULL;
    g_auto(GStrv) words = g_strsplit(line ? line : "", ";", -1);
    for (char **word = words; *word; word++)
        if (g_str_has_prefix(*word, DEVICE))
            g_ptr_array_add(told, g_strdup(*word + strlen(DEVICE)));
    return told;
}

void networkmanager_observe(NetObserved *picture, const char *root)
{
    ObservedManager *self = &picture->manager;
    g_hash_table_remove_all(self->told);
    g_hash_table_remove_all(self->holds);
    self->is_there = is_running(root) || is_enabled(root);
    self->reads_files = self->is_there && reads_our_files(root);
    g_autoptr(GPtrArray) told = self->is_there ? told_read(root) : g_ptr_array_new();
    for (guint i = 0; i < told->len; i++)
        g_hash_table_add(self->told, g_strdup(told->pdata[i]));
    for (guint i = 0; self->is_there && i < picture->links->len; i++) {
        const ObservedLink *link = picture->links->pdata[i];
        if (networkmanager_holds(root, link->ifindex))
            g_hash_table_add(self->holds, g_strdup(link->name));
    }
}

/* --- what it is told --- */

struct NetManagerTeller {
    char *root;
    NetBus *bus;
    GPtrArray *waits;   /* Wait* */
    guint flush;        /* to be told when all of this turn are known; or 0 */
    FolderWatch *watch; /* NULL: none yet */
};

typedef struct {
    NetManagerTeller *teller;
    const NetOp *op;
    int ifindex;
    gboolean is_told;
    guint timer;
    NetOpDone done;
    gpointer data;
} Wait;

NetManagerTeller *networkmanager_teller_new(const char *root, NetBus *bus)
{
    NetManagerTeller *self = g_new0(NetManagerTeller, 1);
    self->root = g_strdup(root);
    self->bus = bus;
    self->waits = g_ptr_array_new();
    return self;
}

void networkmanager_teller_free(NetManagerTeller *self)
{
    if (!self)
        return;
    g_clear_handle_id(&self->flush, g_source_remove);
    folder_watch_free(self->watch);
    g_ptr_array_unref(self->waits);
    g_free(self->root);
    g_free(self);
}

static void wait_end(Wait *wait, const GError *error)
{
    NetResult result = {.error = error ? g_error_copy(error) : NULL};
    g_ptr_array_remove_fast(wait->teller->waits, wait);
    g_clear_handle_id(&wait->timer, g_source_remove);
    wait->done(wait->op, &result, wait->data);
    net_result_clear(&result);
    g_free(wait);
}

/* All that were begun before. */
static void all_end(NetManagerTeller *self, const GError *error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_copy(self->waits, NULL, NULL);
    for (guint i = 0; i < all->len; i++)
        wait_end(all->pdata[i], error);
}

static gboolean wait_expired(gpointer data)
{
    Wait *wait = data;
    wait->timer = 0;
    g_autoptr(GError) error = g_error_new(
        NET_ERROR, EBUSY,
        _("NetworkManager still has %s, and can take away what is set up here; `nmcli device show "
          "%s` tells more"),
        wait->op->dev, wait->op->dev);
    wait_end(wait, error);
    return G_SOURCE_REMOVE;
}

static void look_at_all(gpointer data)
{
    NetManagerTeller *self = data;
    for (guint i = 0; i < self->waits->len;) {
        Wait *wait = self->waits->pdata[i];
        if (wait->is_told && !networkmanager_holds(self->root, wait->ifindex)) {
            wait_end(wait, NULL);
            i = 0;
            continue;
        }
        if (wait->is_told && !wait->timer)
            wait->timer = g_timeout_add(RELEASE_MS, wait_expired, wait);
        i++;
    }
}

static void need_watch(NetManagerTeller *self)
{
    g_autofree char *folder = path_of(self->root, STATE_FOLDER);
    if (!self->watch)
        self->watch = folder_watch_new(folder, look_at_all, self);
}

static void reloaded(G_GNUC_UNUSED sd_bus_message *answer, const GError *error, gpointer data)
{
    NetManagerTeller *self = data;
    g_autoptr(GError) told = NULL;
    if (error)
        net_error_tell(
            &told, error,
            _("NetworkManager runs, and cannot be asked to leave what is configured here: %s; `nmcli "
              "general reload` asks it again"),
            error->message);
    if (told)
        all_end(self, told);
    else
        look_at_all(self);
}

static char *conf_text(const GPtrArray *names)
{
    GString *text = g_string_new("# Made by netsvc: devices that files in /etc/sysconfig/network-scripts "
                                 "configure.\n[keyfile]\n" LIST);
    for (guint i = 0; i < names->len; i++)
        g_string_append_printf(text, "%s" DEVICE "%s", i ? ";" : "", (const char *)names->pdata[i]);
    g_string_append_c(text, '\n');
    return g_string_free(text, FALSE);
}

gboolean networkmanager_tell(const char *root, const GPtrArray *devices, GError **error)
{
    g_autoptr(GPtrArray) names = told_read(root);
    g_autofree char *folder = path_of(root, CONF_FOLDER), *path = path_of(root, CONF);
    for (guint i = 0; i < devices->len; i++)
        if (!g_ptr_array_find_with_equal_func(names, devices->pdata[i], g_str_equal, NULL))
            g_ptr_array_add(names, g_strdup(devices->pdata[i]));
    g_autofree char *text = conf_text(names);
    g_mkdir_with_parents(folder, 0755);
    return ifcfg_file_replace(path, text, NULL, error);
}

static gboolean conf_write(const NetManagerTeller *self, GError **error)
{
    g_autoptr(GPtrArray) devices = g_ptr_array_new();
    for (guint i = 0; i < self->waits->len; i++)
        g_ptr_array_add(devices, (gpointer)((const Wait *)self->waits->pdata[i])->op->dev);
    return networkmanager_tell(self->root, devices, error);
}

/* 1: its configuration, and nothing else */
static gboolean teller_flush(gpointer data)
{
    NetManagerTeller *self = data;
    g_autoptr(GError) error = NULL;
    guint32 what = 1;
    self->flush = 0;
    need_watch(self);
    for (guint i = 0; i < self->waits->len; i++)
        ((Wait *)self->waits->pdata[i])->is_told = TRUE;
    gboolean asks = conf_write(self, &error) && is_running(self->root);
    sd_bus_message *message = asks ? net_bus_call(self->bus, &manager, "Reload", &error) : NULL;
    if (!message) { /* one that starts later reads it by itself */
        reloaded(NULL, error, self);
        return G_SOURCE_REMOVE;
    }
    sd_bus_message_append_basic(message, 'u', &what);
    net_bus_send(self->bus, message, ANSWER_MS, reloaded, self);
    return G_SOURCE_REMOVE;
}

void networkmanager_start(NetManagerTeller *self, const NetOp *op, int ifindex, NetOpDone done, gpointer data)
{
    Wait *wait = g_new0(Wait, 1);
    *wait = (Wait){.teller = self, .op = op, .ifindex = ifindex, .done = done, .data = data};
    g_ptr_array_add(self->waits, wait);
    if (!self->flush)
        self->flush = g_idle_add(teller_flush, self);
}
