/* What is kept of a DHCP client of ours, and what /proc says of a process. */
#include "apply/clients-record.h"
#include "apply/client-unit.h"
#include "apply/net-error.h"
#include "apply/pid-watch.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#define GROUP "client"

void client_record_free(ClientRecord *self)
{
    g_free(self->settings);
    g_free(self->unit);
    g_free(self);
}

char *client_record_path(const char *root, const char *dev, int family)
{
    return g_strdup_printf("%s" DHCP_RUN_DIR "/%s-%c", root, dev, family == AF_INET6 ? '6' : '4');
}

ClientRecord *client_record_load(const char *root, const char *dev, int family)
{
    g_autofree char *path = client_record_path(root, dev, family);
    g_autoptr(GKeyFile) file = g_key_file_new();
    if (!g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, NULL))
        return NULL;
    g_autofree char *name = g_key_file_get_string(file, GROUP, "name", NULL);
    NetClient client = name ? net_client_find(name) : NET_CLIENT_LAST;
    if (client == NET_CLIENT_LAST)
        return NULL;
    ClientRecord *self = g_new0(ClientRecord, 1);
    self->client = client;
    self->settings = g_key_file_get_string(file, GROUP, "settings", NULL);
    self->unit = g_key_file_get_string(file, GROUP, "unit", NULL);
    self->pid = (GPid)g_key_file_get_integer(file, GROUP, "pid", NULL);
    self->start = g_key_file_get_uint64(file, GROUP, "start", NULL);
    return self;
}

gboolean client_record_save(const ClientRecord *self, const char *root, const char *dev, int family,
                            GError **error)
{
    g_autofree char *path = client_record_path(root, dev, family), *folder = g_path_get_dirname(path);
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_key_file_set_string(file, GROUP, "name", net_client_name(self->client));
    g_key_file_set_string(file, GROUP, "settings", self->settings);
    if (self->unit)
        g_key_file_set_string(file, GROUP, "unit", self->unit);
    else
        g_key_file_set_integer(file, GROUP, "pid", self->pid);
    if (self->start)
        g_key_file_set_uint64(file, GROUP, "start", self->start);
    if (g_mkdir_with_parents(folder, 0755) == 0)
        return g_key_file_save_to_file(file, path, error);
    net_error_set(error, errno, "%s: %s", folder, g_strerror(errno));
    return FALSE;
}

void client_record_remove(const char *root, const char *dev, int family)
{
    g_autofree char *path = client_record_path(root, dev, family);
    remove(path);
}

GPid client_record_pid(const ClientRecord *self, const char *root)
{
    if (self->unit)
        return client_unit_pid(root, self->unit);
    guint64 start = pid_start_time(root, self->pid);
    return start && start == self->start ? self->pid : 0;
}

/* The kernel has 15 bytes of a name. */
static gboolean is_program(const char *root, GPid pid, NetClient client)
{
    g_autofree char *path = g_strdup_printf("%s/proc/%d/comm", root, pid), *text = NULL;
    return g_file_get_contents(path, &text, NULL, NULL) &&
           g_str_equal(g_strchomp(text), net_client_name(client));
}

GPid client_pid_read(const char *root, const char *path, NetClient client)
{
    g_autofree char *text = NULL;
    guint64 number;
    if (!g_file_get_contents(path, &text, NULL, NULL) ||
        !g_ascii_string_to_unsigned(g_strstrip(text), 10, 1, G_MAXINT, &number, NULL))
        return 0;
    return is_program(root, (GPid)number, client) && pid_start_time(root, (GPid)number) ? (GPid)number : 0;
}
