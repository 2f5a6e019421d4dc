/* The queue of devices that came or went: udev fills it, a run empties it. */
#include "session/hotplug.h"
#include "apply/system.h"
#include "console/cli.h"
#include "console/log.h"
#include "i18n.h"
#include "ifcfg-dir.h"
#include "ifcfg-file.h"
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#define QUEUE NETSVC_RUN_DIR "/hotplug"       /* an empty file a device; netsvc-hotplug.path watches it */
#define TAKEN NETSVC_RUN_DIR "/hotplug.taken" /* those that are worked on */

static gboolean is_in_files(const char *device)
{
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(IfcfgDir) dir = ifcfg_dir_load(NULL, problems, NULL);
    for (guint i = 0; dir && i < ifcfg_dir_length(dir); i++) {
        const IfcfgEntry *entry = ifcfg_dir_nth(dir, i);
        const char *name = ifcfg_record_get(entry->record, "DEVICE");
        if (g_str_equal(name && *name ? name : entry->name, device))
            return TRUE;
    }
    return FALSE;
}

/* Containers make and delete devices all day. udev says where the device is, or was, in sysfs. */
static gboolean is_of_interest(const char *device)
{
    const char *path = g_getenv("DEVPATH");
    return !path || !g_str_has_prefix(path, "/devices/virtual/") || is_in_files(device);
}

int hotplug_add(const char *device)
{
    if (!*device || strchr(device, '/') || *device == '.') {
        cli_complain(_("\"%s\" is not a device"), device);
        return CLI_USAGE;
    }
    if (!is_of_interest(device))
        return CLI_OK;
    g_autofree char *path = g_build_filename(QUEUE, device, NULL);
    if (g_mkdir_with_parents(QUEUE, 0755) == 0) {
        int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
        if (fd >= 0) {
            close(fd);
            return CLI_OK;
        }
    }
    cli_complain(_("cannot write %s: %s"), path, g_strerror(errno));
    return CLI_FAILED;
}

static GPtrArray *names_in(const char *folder)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) dir = ifcfg_folder_open(NULL, folder);
    for (const char *name; dir && (name = g_dir_read_name(dir));)
        g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort_with_data(names, (GCompareDataFunc)(void (*)(void))g_strcmp0, NULL);
    return names;
}

guint hotplug_count(void)
{
    g_autoptr(GDir) folder = ifcfg_folder_open(NULL, QUEUE);
    guint count = 0;
    while (folder && g_dir_read_name(folder))
        count++;
    return count;
}

/* systemd starts us again as long as there is something in the queue. So what is worked on is elsewhere, and
 * stays there until it is done. */
GPtrArray *hotplug_take(void)
{
    g_autoptr(GPtrArray) queued = names_in(QUEUE);
    g_mkdir_with_parents(TAKEN, 0755);
    for (guint i = 0; i < queued->len; i++) {
        g_autofree char *from = g_build_filename(QUEUE, queued->pdata[i], NULL);
        g_autofree char *to = g_build_filename(TAKEN, queued->pdata[i], NULL);
        if (g_rename(from, to) < 0)
            g_unlink(from);
    }
    return names_in(TAKEN);
}

void hotplug_done(void)
{
    g_autoptr(GPtrArray) taken = names_in(TAKEN);
    for (guint i = 0; i < taken->len; i++) {
        g_autofree char *path = g_build_filename(TAKEN, taken->pdata[i], NULL);
        g_unlink(path);
    }
}

static char *names_text(const GPtrArray *devices)
{
    g_autoptr(GString) names = g_string_new(NULL);
    guint shown = MIN(devices->len, 20), more = devices->len - shown;
    for (guint i = 0; i < shown; i++)
        g_string_append_printf(names, "%s%s", i ? " " : "", (const char *)devices->pdata[i]);
    return more ? g_strdup_printf(P_("%s and %u more", "%s and %u more", more), names->str, more)
                : g_string_free(g_steal_pointer(&names), FALSE);
}

void hotplug_drop(void)
{
    g_autoptr(GPtrArray) devices = hotplug_take();
    hotplug_done();
    if (!devices->len)
        return;
    g_autofree char *names = names_text(devices);
    g_autofree char *text = g_strdup_printf(
        _("came or went while the network is not started, so that nothing is done: %s"), names);
    log_journal(EVENT_HOTPLUG, LOG_NOTICE, (IfcfgWhere){0}, NULL, text);
}

void hotplug_tell(const GPtrArray *devices)
{
    g_autofree char *names = names_text(devices);
    g_autofree char *text = g_strdup_printf(_("came or went: %s"), names);
    log_journal(EVENT_HOTPLUG, LOG_INFO, (IfcfgWhere){0}, NULL, text);
}
