/* Settings of sysctl.d and sysctl.conf that name a device: what is made later than they are applied has them
 * too, as it has those of "default", which are there before anything is made. */
#include "apply/kernel/sysctl.h"
#include "apply/kernel/sysfs.h"
#include "i18n.h"
#include <fnmatch.h>
#include <string.h>

static void setting_free(gpointer data)
{
    SysctlSetting *self = data;

    g_free(self->place);
    g_free(self->device);
    g_free(self->name);
    g_free(self->value);
    g_free(self);
}

/* The separator that comes first counts; with dots a `/` in a part stands for a dot ("conf.bond0/5"). */
static char **key_split(const char *key)
{
    gsize first = strcspn(key, "./");
    gboolean has_dots = key[first] == '.';
    char **parts = g_strsplit(key, has_dots ? "." : "/", -1);

    for (guint i = 0; has_dots && parts[i]; i++)
        g_strdelimit(parts[i], "/", '.');
    return parts;
}

/* "net", family, "conf" or "neigh", device, name. What is for "all" is no device's. */
static gboolean key_is_of_device(char *const *parts)
{
    return g_strv_length((char **)parts) == 5 && g_str_equal(parts[0], "net") &&
           (g_str_equal(parts[1], "ipv4") || g_str_equal(parts[1], "ipv6")) &&
           (g_str_equal(parts[2], "conf") || g_str_equal(parts[2], "neigh")) && *parts[3] &&
           !g_str_equal(parts[3], "all") && *parts[4] && !strstr(parts[4], "..");
}

static void add_line(GPtrArray *settings, char *line)
{
    char *key = g_strstrip(line), *equals = strchr(key, '=');
    SysctlSetting *setting;

    if (*key == '#' || *key == ';' || !equals)
        return;
    *equals = '\0';
    gboolean may_fail = *key == '-';
    g_auto(GStrv) parts = key_split(g_strchomp(key + may_fail));
    if (!key_is_of_device(parts))
        return;
    setting = g_new0(SysctlSetting, 1);
    setting->place = g_strconcat(parts[1], "/", parts[2], NULL);
    setting->device = g_strdup(parts[3]);
    setting->name = g_strdup(parts[4]);
    setting->value = g_strdup(g_strstrip(equals + 1));
    setting->may_fail = may_fail;
    g_ptr_array_add(settings, setting);
}

void sysctl_add_device_settings(GPtrArray *settings, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (guint i = 0; lines[i]; i++)
        add_line(settings, lines[i]);
}

static void add_file(GPtrArray *settings, const char *path)
{
    g_autofree char *text = NULL;

    if (g_file_test(path, G_FILE_TEST_IS_REGULAR) && g_file_get_contents(path, &text, NULL, NULL))
        sysctl_add_device_settings(settings, text);
}

GPtrArray *sysctl_device_settings(const char *root)
{
    GPtrArray *settings = g_ptr_array_new_with_free_func(setting_free);
    g_autoptr(GPtrArray) files = sysctl_files(root);

    for (guint i = 0; i < files->len; i++)
        add_file(settings, g_ptr_array_index(files, i));
    return settings;
}

void sysctl_set_device(const GPtrArray *settings, const char *dev, NetResult *result)
{
    for (guint i = 0; i < settings->len; i++) {
        const SysctlSetting *setting = settings->pdata[i];
        if (fnmatch(setting->device, dev, 0) != 0)
            continue;
        g_autofree char *path = g_strdup_printf("%s/%s/%s", setting->place, dev, setting->name);
        int code = procfs_write(path, setting->value);
        if (code && !setting->may_fail && result)
            net_result_note(result, TRUE, NULL, _("cannot set net/%s to %s: %s"), path, setting->value,
                            g_strerror(code));
    }
}
