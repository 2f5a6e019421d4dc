/* Which DHCP clients run: by the records that we keep of ours, and by the process numbers that the clients
 * leave for all to see. A number alone says nothing: a process that came later can have it. */
#include "apply/clients.h"
#include "apply/clients-record.h"
#include "state/observed-clients.h"
#include <string.h>
#include <sys/socket.h>

/* "DEV-4.EXTENSION" */
static char *name_split(const char *name, int *ret_family)
{
    const char *dash = strrchr(name, '-');
    if (!dash || dash == name || (dash[1] != '4' && dash[1] != '6') || dash[2])
        return NULL;
    *ret_family = dash[1] == '6' ? AF_INET6 : AF_INET;
    return g_strndup(name, (gsize)(dash - name));
}

/* Of both families, IPv4 first: while there is a record its lease counts, be the client just started again.
 */
static void observe_names(NetObserved *picture, const char *root, const char *dev)
{
    g_autoptr(NetNames) names = net_names_new();
    client_names_read(root, dev, AF_INET, names);
    client_names_read(root, dev, AF_INET6, names);
    net_observed_set_lease_names(picture, dev, net_names_is_empty(names) ? NULL : names);
}

static void observe_client(NetObserved *picture, const char *root, const char *dev, int family,
                           const ClientRecord *record)
{
    g_autoptr(NetNames) names = net_names_new();
    net_observed_add_client(picture, dev, family, record->client, record->settings)->address =
        client_names_read(root, dev, family, names);
}

static void observe_ours(NetObserved *picture, const char *root)
{
    g_autofree char *folder = g_strconcat(root, DHCP_RUN_DIR, NULL);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name(dir))) {
        int family;
        g_autofree char *dev = name_split(name, &family);
        g_autoptr(ClientRecord) record = dev ? client_record_load(root, dev, family) : NULL;
        if (record)
            observe_names(picture, root, dev);
        if (record && client_record_pid(record, root))
            observe_client(picture, root, dev, family, record);
    }
}

static const struct {
    const char *folder, *before, *after;
    NetClient client;
    int family;
} others[] = {
    {"/run", "dhclient-", ".pid", NET_CLIENT_DHCLIENT, AF_INET},
    {"/run", "dhclient6-", ".pid", NET_CLIENT_DHCLIENT, AF_INET6},
    {"/run/dhcpcd", "", "-4.pid", NET_CLIENT_DHCPCD, AF_INET},
    {"/run/dhcpcd", "", "-6.pid", NET_CLIENT_DHCPCD, AF_INET6},
    {"/run/dhcpcd", "", ".pid", NET_CLIENT_DHCPCD, AF_INET},
};

static void observe_other(NetObserved *picture, const char *root, const char *name, guint row)
{
    gsize before = strlen(others[row].before), after = strlen(others[row].after), length = strlen(name);
    if (length <= before + after || !g_str_has_prefix(name, others[row].before) ||
        !g_str_has_suffix(name, others[row].after))
        return;
    g_autofree char *dev = g_strndup(name + before, length - before - after),
                    *path = g_build_filename(root, others[row].folder, name, NULL);
    if (!net_observed_client(picture, dev, others[row].family) &&
        client_pid_read(root, path, others[row].client))
        net_observed_add_client(picture, dev, others[row].family, others[row].client, NULL);
}

static gboolean is_in_one_folder(guint one, guint other)
{
    return g_str_equal(others[one].folder, others[other].folder);
}

/* Rows with one folder, which stand together. */
static void observe_folder(NetObserved *picture, const char *root, guint begin, guint end)
{
    g_autofree char *folder = g_strconcat(root, others[begin].folder, NULL);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name(dir)))
        for (guint row = begin; row < end; row++)
            observe_other(picture, root, name, row);
}

void net_clients_observe(NetObserved *picture, const char *root)
{
    g_ptr_array_set_size(picture->clients, 0);
    net_observed_clear_lease_names(picture);
    observe_ours(picture, root);
    for (guint begin = 0, end; begin < G_N_ELEMENTS(others); begin = end) {
        end = begin;
        while (end < G_N_ELEMENTS(others) && is_in_one_folder(begin, end))
            end++;
        observe_folder(picture, root, begin, end);
    }
}

GPid net_clients_pid(const char *root, const char *dev, int family)
{
    g_autoptr(ClientRecord) record = client_record_load(root, dev, family);
    GPid pid = record ? client_record_pid(record, root) : 0;
    for (guint i = 0; !pid && i < G_N_ELEMENTS(others); i++) {
        g_autofree char *path =
            g_strdup_printf("%s%s/%s%s%s", root, others[i].folder, others[i].before, dev, others[i].after);
        if (others[i].family == family)
            pid = client_pid_read(root, path, others[i].client);
    }
    return pid;
}
