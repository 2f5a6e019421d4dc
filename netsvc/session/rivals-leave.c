/* Other managers asked to leave devices for good, and as they are. */
#include "session/rivals-leave.h"
#include "apply/folder-watch.h"
#include "apply/job.h"
#include "apply/net-error.h"
#include "apply/networkmanager.h"
#include "i18n.h"
#include "ifcfg-file.h"
#include "ifcfg-replace.h"
#include "session/rivals.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { RESTART_MS = 90000, RELEASE_MS = 10000 };

#define NETWORKD_FOLDER "/etc/systemd/network"
#define NETWORKD_FILE NETWORKD_FOLDER "/00-netsvc.network"
#define NETWORKD_CONF_FOLDER "/etc/systemd/networkd.conf.d"
#define NAMES "\nName="

/* --- what each is told --- */

static gboolean networkmanager_is_told(const GPtrArray *devices, GError **error)
{
    return networkmanager_tell(NULL, devices, error);
}

/* Those that it was told of before. */
static GPtrArray *networkd_names(void)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *text = NULL;
    g_file_get_contents(NETWORKD_FILE, &text, NULL, NULL);
    const char *list = text ? strstr(text, NAMES) : NULL;
    g_autofree char *line =
        list ? g_strndup(list + strlen(NAMES), strcspn(list + strlen(NAMES), "\n")) : NULL;
    g_auto(GStrv) words = g_strsplit(line ? line : "", " ", -1);
    for (char **word = words; *word; word++)
        if (**word)
            g_ptr_array_add(names, g_strdup(*word));
    return names;
}

/* Routes and rules that it has not made itself it would take away: those of the devices that it leaves. */
static gboolean networkd_is_told(const GPtrArray *devices, GError **error)
{
    static const char head[] =
        "# Made by netsvc: devices that files in /etc/sysconfig/network-scripts configure.\n";
    static const char conf[] = "# Made by netsvc: routes and rules of devices that it configures stay.\n"
                               "[Network]\nManageForeignRoutes=no\nManageForeignRoutingPolicyRules=no\n";
    g_autoptr(GPtrArray) names = networkd_names();
    for (guint i = 0; i < devices->len; i++)
        if (!g_ptr_array_find_with_equal_func(names, devices->pdata[i], g_str_equal, NULL))
            g_ptr_array_add(names, g_strdup(devices->pdata[i]));
    g_ptr_array_add(names, NULL);
    g_autofree char *words = g_strjoinv(" ", (char **)names->pdata),
                    *text = g_strdup_printf("%s[Match]" NAMES "%s\n\n[Link]\nUnmanaged=yes\n", head, words);
    g_mkdir_with_parents(NETWORKD_FOLDER, 0755);
    g_mkdir_with_parents(NETWORKD_CONF_FOLDER, 0755);
    return ifcfg_file_replace(NETWORKD_CONF_FOLDER "/90-netsvc.conf", conf, NULL, error) &&
           ifcfg_file_replace(NETWORKD_FILE, text, NULL, error);
}

static const struct Manager {
    const char *name, *unit;
    const char *states; /* where it says which devices it has */
    gboolean is_silent; /* of what it leaves at its start it says nothing: the words of before would stay */
    const char *file;
    gboolean (*tell)(const GPtrArray *devices, GError **error);
} managers[] = {
    {"NetworkManager", "NetworkManager.service", "/run/NetworkManager/devices", TRUE, NETWORKMANAGER_CONF,
     networkmanager_is_told},
    {"systemd-networkd", "systemd-networkd.service", "/run/systemd/netif/links", FALSE, NETWORKD_FILE,
     networkd_is_told},
};

/* --- until it has done so --- */

static gboolean has(const struct Manager *manager, const ObservedLink *link)
{
    return !g_strcmp0(rival_of(NULL, link->name, link->ifindex), manager->name);
}

/* Names; to be freed. */
static GPtrArray *held_by(const struct Manager *manager, const GPtrArray *links)
{
    GPtrArray *names = g_ptr_array_new();
    for (guint i = 0; i < links->len; i++) {
        const ObservedLink *link = links->pdata[i];
        if (has(manager, link))
            g_ptr_array_add(names, link->name);
    }
    return names;
}

static void changed(G_GNUC_UNUSED gpointer data)
{
}

static gboolean expired(gpointer data)
{
    *(gboolean *)data = TRUE;
    return G_SOURCE_REMOVE;
}

/* It looks at each device anew once it runs, and says so in its files. */
static gboolean wait_until_left(const struct Manager *manager, const GPtrArray *links, GError **error)
{
    gboolean is_over = FALSE;
    g_autoptr(FolderWatch) watch = folder_watch_new(manager->states, changed, NULL);
    g_autoptr(GPtrArray) held = held_by(manager, links);
    guint timer = g_timeout_add(RELEASE_MS, expired, &is_over);
    while (held->len && !is_over) {
        g_main_context_iteration(NULL, TRUE);
        g_ptr_array_unref(held);
        held = held_by(manager, links);
    }
    if (!is_over)
        g_source_remove(timer);
    if (held->len)
        g_set_error(error, NET_ERROR, EBUSY, _("%s still has %s, whatever %s says"), manager->name,
                    (const char *)held->pdata[0], manager->file);
    return !held->len;
}

/* Its lists are of words; patterns would be true of others too. */
static gboolean can_be_named(const struct Manager *manager, const GPtrArray *names, GError **error)
{
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        if (!name[strcspn(name, ";,\\ \"'*?[!#")])
            continue;
        g_set_error(error, NET_ERROR, EINVAL,
                    _("%s cannot be made to leave %s: its name has a sign that "
                      "means something else there"),
                    manager->name, name);
        return FALSE;
    }
    return TRUE;
}

static void words_remove(const struct Manager *manager, const GPtrArray *links)
{
    for (guint i = 0; i < links->len; i++) {
        g_autofree char *path =
            g_strdup_printf("%s/%d", manager->states, ((const ObservedLink *)links->pdata[i])->ifindex);
        unlink(path);
    }
}

static gboolean start_again(const struct Manager *manager, const GPtrArray *links, GError **error)
{
    const char *const stop[] = {"systemctl", "stop", manager->unit, NULL};
    const char *const start[] = {"systemctl", "start", manager->unit, NULL};
    if (!net_spawn(stop, RESTART_MS, NULL, error))
        return FALSE;
    if (manager->is_silent)
        words_remove(manager, links);
    return net_spawn(start, RESTART_MS, NULL, error);
}

static gboolean leave(const struct Manager *manager, const GPtrArray *links, const GPtrArray *names,
                      GError **error)
{
    if (!can_be_named(manager, names, error))
        return FALSE;
    return manager->tell(names, error) && start_again(manager, links, error) &&
           wait_until_left(manager, links, error);
}

gboolean rivals_leave(const GPtrArray *links,
                      void (*told)(const char *manager, const char *devices, const char *file),
                      GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(managers); i++) {
        g_autoptr(GPtrArray) names = held_by(&managers[i], links);
        if (!names->len)
            continue;
        if (!leave(&managers[i], links, names, error))
            return FALSE;
        g_ptr_array_add(names, NULL);
        g_autofree char *words = g_strjoinv(", ", (char **)names->pdata);
        told(managers[i].name, words, managers[i].file);
    }
    return TRUE;
}
