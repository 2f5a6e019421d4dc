/* What an interface asks of a DHCP server: made, copied, compared; and which client does it. */
#include "model/lease.h"
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static const char *const names[] = {"unknown", "none", "dhcpcd", "dhclient", "udhcpc"};
G_STATIC_ASSERT(G_N_ELEMENTS(names) == NET_CLIENT_LAST);

const char *net_client_name(NetClient client)
{
    return client < NET_CLIENT_LAST ? names[client] : NULL;
}

NetClient net_client_find(const char *name)
{
    guint i = 0;
    while (i < NET_CLIENT_LAST && g_ascii_strcasecmp(names[i], name) != 0)
        i++;
    return i;
}

void net_lease_free(NetLease *self)
{
    if (!self)
        return;
    g_free(self->hostname);
    g_free(self->fqdn);
    g_free(self->client_id);
    g_free(self->vendor_class);
    g_free(self->args);
    g_free(self->conf);
    g_free(self->leases);
    g_free(self);
}

NetLease *net_lease_copy(const NetLease *self)
{
    NetLease *copy = g_memdup2(self, sizeof *self);
    copy->hostname = g_strdup(self->hostname);
    copy->fqdn = g_strdup(self->fqdn);
    copy->client_id = g_strdup(self->client_id);
    copy->vendor_class = g_strdup(self->vendor_class);
    copy->args = g_strdup(self->args);
    copy->conf = g_strdup(self->conf);
    copy->leases = g_strdup(self->leases);
    return copy;
}

static void append(GString *line, const char *key, const char *value)
{
    if (value)
        g_string_append_printf(line, " %s=%s", key, value);
}

char *net_lease_settings(const NetLease *self)
{
    GString *line = g_string_new(net_client_name(self->client));
    append(line, "hostname", self->hostname);
    append(line, "fqdn", self->fqdn);
    append(line, "id", self->client_id);
    append(line, "class", self->vendor_class);
    append(line, "args", self->args);
    append(line, "conf", self->conf);
    append(line, "leases", self->leases);
    g_string_append_printf(line, " takes=%d%d%d%d sends=%d releases=%d", self->takes_dns, self->takes_ntp,
                           self->takes_routes, self->takes_default, self->sends_hostname, self->releases);
    if (self->metric >= 0)
        g_string_append_printf(line, " metric=%" G_GINT64_FORMAT, self->metric);
    return g_string_free(line, FALSE);
}

/* --- which one --- */

static const char *const folders[] = {"usr/sbin", "sbin", "usr/bin", "bin", "usr/local/sbin"};

static gboolean is_there(const char *root, const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(root, folder, name, NULL);
    return access(path, F_OK) == 0;
}

NetClients net_clients_installed(const char *root)
{
    const char *top = root && *root ? root : "/";
    NetClients found = {.is_known = g_str_equal(top, "/")};
    for (guint i = 0; i < G_N_ELEMENTS(folders); i++) {
        if (!is_there(top, folders[i], ""))
            continue;
        found.is_known = TRUE;
        for (guint client = NET_CLIENT_DHCPCD; client < NET_CLIENT_LAST; client++)
            found.has[client] |= is_there(top, folders[i], names[client]);
    }
    return found;
}

NetClient net_client_choose(const NetClients *installed, NetClient named, gboolean has_own_files)
{
    if (!installed->is_known)
        return named < NET_CLIENT_LAST ? named : has_own_files ? NET_CLIENT_DHCLIENT : NET_CLIENT_UNKNOWN;
    if (named < NET_CLIENT_LAST)
        return installed->has[named] ? named : NET_CLIENT_NONE;
    if (has_own_files && installed->has[NET_CLIENT_DHCLIENT])
        return NET_CLIENT_DHCLIENT;
    for (guint client = NET_CLIENT_DHCPCD; client < NET_CLIENT_LAST; client++)
        if (installed->has[client])
            return client;
    return NET_CLIENT_NONE;
}
