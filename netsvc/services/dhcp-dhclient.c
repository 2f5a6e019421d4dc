/* dhclient: the arguments, leases and process numbers of ifup-eth, so that what it had done goes on. */
#include "services/dhcp-private.h"
#include <sys/socket.h>

/* As dhclient.conf(5) has strings; the model lets no quote and no backslash through. */
static void conf_send(GString *conf, const char *option, const char *value, gboolean is_bare)
{
    const char *quote = is_bare ? "" : "\"";
    g_string_append_printf(conf, "send %s %s%s%s;\n", option, quote, value, quote);
}

/* Red Hat's takes names as arguments; with others they are in a configuration, which takes in the one that
 * would have been read. */
static char *conf_make(const NetLease *lease, const char *host)
{
    const char *name = lease->is_red_hat ? NULL : dhcp_name_to_send(lease, host);
    const char *fqdn = lease->is_red_hat ? NULL : lease->fqdn;
    if (!name && !fqdn && !lease->client_id && !lease->vendor_class)
        return NULL;
    GString *conf = g_string_new("# made by netsvc at each start of dhclient\n");
    g_string_append_printf(conf, "include \"%s\";\n", lease->conf ? lease->conf : "/etc/dhcp/dhclient.conf");
    if (fqdn) {
        conf_send(conf, "fqdn.fqdn", fqdn, FALSE);
        g_string_append(conf, "send fqdn.encoded on;\nsend fqdn.server-update on;\n");
    } else if (name) {
        conf_send(conf, "host-name", name, FALSE);
    }
    if (lease->client_id)
        conf_send(conf, "dhcp-client-identifier", lease->client_id, dhcp_id_is_hex(lease->client_id));
    if (lease->vendor_class)
        conf_send(conf, "vendor-class-identifier", lease->vendor_class, FALSE);
    return g_string_free(conf, FALSE);
}

static void add_files(DhcpCommand *self, GPtrArray *argv, const NetLease *lease)
{
    const char *conf = self->conf ? self->conf_path : lease->conf;
    if (conf)
        dhcp_add(argv, "-cf", conf, NULL);
    if (lease->leases)
        dhcp_add(argv, "-lf", lease->leases, NULL);
    dhcp_add(argv, "-pf", self->pid_path, NULL);
}

static void add_names(DhcpCommand *self, const NetLease *lease, const char *host)
{
    const char *name = dhcp_name_to_send(lease, host);
    if (!lease->is_red_hat)
        return;
    if (lease->fqdn)
        dhcp_add(self->argv, "-F", lease->fqdn, NULL);
    else if (name)
        dhcp_add(self->argv, "-H", name, NULL);
}

/* The distribution's script goes on working as ever: ours, which runs it, takes out what is not wanted, and
 * name servers. */
static void add_limits(DhcpCommand *self, const NetLease *lease)
{
    dhcp_add(self->argv, "-sf", NETSVC_LIBEXEC "/dhclient-script", NULL);
    dhcp_add_limits(self->argv, "-e", lease);
    if (lease->metric < 0)
        return;
    dhcp_add(self->argv, "-e", NULL);
    g_ptr_array_add(self->argv, g_strdup_printf("METRIC=%" G_GINT64_FORMAT, lease->metric));
    dhcp_add(self->argv, "-e", NULL); /* Debian's word for it */
    g_ptr_array_add(self->argv, g_strdup_printf("IF_METRIC=%" G_GINT64_FORMAT, lease->metric));
}

/* Not -1, with which it would give up: who waits for it here knows when to go on. */
void dhclient_command(DhcpCommand *self, const NetLease *lease, const char *dev, const char *host)
{
    gboolean is_6 = lease->family == AF_INET6;
    self->pid_path = g_strdup_printf("/run/dhclient%s-%s.pid", is_6 ? "6" : "", dev);
    self->conf_path = g_strdup_printf(DHCP_RUN_DIR "/%s-%s.conf", dev, is_6 ? "6" : "4");
    self->conf = conf_make(lease, host);
    dhcp_add(self->argv, "dhclient", NULL);
    if (is_6)
        dhcp_add(self->argv, "-6", NULL);
    dhcp_add_split(self->argv, lease->args);
    dhcp_add(self->argv, "-d", "-q", NULL);
    add_files(self, self->argv, lease);
    add_names(self, lease, host);
    add_limits(self, lease);
    dhcp_add(self->argv, dev, NULL);
    if (lease->releases) {
        self->release = g_ptr_array_new_with_free_func(g_free);
        dhcp_add(self->release, "dhclient", is_6 ? "-6" : "-4", "-r", "-q", NULL);
        add_files(self, self->release, lease);
        dhcp_add(self->release, dev, NULL);
        return;
    }
    self->behind = g_ptr_array_new_with_free_func(g_free);
    dhcp_add(self->behind, "env", is_6 ? "reason=STOP6" : "reason=STOP", NULL);
    g_ptr_array_add(self->behind, g_strdup_printf("interface=%s", dev));
    dhcp_add(self->behind, "dhclient-script", NULL);
}
