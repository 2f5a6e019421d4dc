/* The queue of devices that came or went: udev fills it, a run empties it. */
#include "session/hotplug.h"
#include "apply/system.h"
#include "console/cli.h"
#include "console/log.h"
#include "i18n.h"
#include "ifcfg-file.h"
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#define QUEUE NETSVC_RUN_DIR "/hotplug" /* an empty file a device; netsvc-hotplug.path watches it */

int hotplug_add(const char *device)
{
    if (!*device || strchr(device, '/') || *device == '.') {
        cli_complain(_("\"%s\" is not a device"), device);
        return CLI_USAGE;
    }
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

guint hotplug_count(void)
{
    g_autoptr(GDir) folder = ifcfg_folder_open(QUEUE);
    guint count = 0;
    while (folder && g_dir_read_name(folder))
        count++;
    return count;
}

GPtrArray *hotplug_take(void)
{
    GPtrArray *devices = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) folder = ifcfg_folder_open(QUEUE);
    for (const char *name; folder && (name = g_dir_read_name(folder));) {
        g_autofree char *path = g_build_filename(QUEUE, name, NULL);
        if (g_unlink(path) == 0)
            g_ptr_array_add(devices, g_strdup(name));
    }
    g_ptr_array_sort_with_data(devices, (GCompareDataFunc)(void (*)(void))g_strcmp0, NULL);
    return devices;
}

void hotplug_forget(void)
{
    g_autoptr(GPtrArray) devices = hotplug_take();
}

void hotplug_tell(const GPtrArray *devices)
{
    g_autoptr(GString) names = g_string_new(NULL);
    guint shown = MIN(devices->len, 20), more = devices->len - shown;
    for (guint i = 0; i < shown; i++)
        g_string_append_printf(names, "%s%s", i ? " " : "", (const char *)devices->pdata[i]);
    g_autofree char *text =
        more ? g_strdup_printf(P_("came or went: %s and %u more", "came or went: %s and %u more", more),
                               names->str, more)
             : g_strdup_printf(_("came or went: %s"), names->str);
    log_journal(EVENT_HOTPLUG, LOG_INFO, (IfcfgWhere){0}, NULL, text);
}
