/* How each DHCP client is called: arguments for dhcpcd and udhcpc, dhclient's are in dhcp-dhclient.c. */
#include "services/dhcp-private.h"
#include <string.h>
#include <sys/socket.h>

void dhcp_add_words(GPtrArray *argv, const char *const *words)
{
    for (; *words; words++)
        g_ptr_array_add(argv, g_strdup(*words));
}

void dhcp_add_split(GPtrArray *argv, const char *text)
{
    g_auto(GStrv) words = text ? g_strsplit_set(text, " \t\n", -1) : NULL;
    for (guint i = 0; words && words[i]; i++)
        if (*words[i])
            g_ptr_array_add(argv, g_strdup(words[i]));
}

void dhcp_command_free(DhcpCommand *self)
{
    if (!self)
        return;
    g_ptr_array_unref(self->argv);
    g_clear_pointer(&self->release, g_ptr_array_unref);
    g_clear_pointer(&self->behind, g_ptr_array_unref);
    g_free(self->conf_path);
    g_free(self->conf);
    g_free(self->pid_path);
    g_free(self);
}

char *dhcp_host_name(const char *system)
{
    static const char *const none[] = {"", "(none)", "localhost", "localhost.localdomain", NULL};
    if (!system || g_strv_contains(none, system))
        return NULL;
    return g_strndup(system, strcspn(system, "."));
}

const char *dhcp_name_to_send(const NetLease *lease, const char *host)
{
    return lease->hostname ? lease->hostname : lease->sends_hostname ? host : NULL;
}

static char *metric_text(const NetLease *lease)
{
    return g_strdup_printf("%" G_GINT64_FORMAT, lease->metric);
}

gboolean dhcp_id_is_hex(const char *text)
{
    return strchr(text, ':') && strspn(text, "0123456789abcdefABCDEF:") == strlen(text);
}

/* --- dhcpcd --- */

static const char *family_flag(const NetLease *lease)
{
    return lease->family == AF_INET6 ? "-6" : "-4";
}

static void dhcpcd_add_names(DhcpCommand *self, const NetLease *lease, const char *host)
{
    const char *name = dhcp_name_to_send(lease, host);
    if (lease->fqdn)
        dhcp_add(self->argv, "-F", "both", "-h", lease->fqdn, NULL);
    else if (name)
        dhcp_add(self->argv, "-h", name, NULL);
    if (lease->client_id)
        dhcp_add(self->argv, "-I", lease->client_id, NULL);
    if (lease->vendor_class)
        dhcp_add(self->argv, "-i", lease->vendor_class, NULL);
}

static void dhcpcd_add_limits(DhcpCommand *self, const NetLease *lease)
{
    g_autofree char *metric = metric_text(lease);
    if (!lease->takes_dns)
        dhcp_add(self->argv, "-C", "resolv.conf", NULL);
    if (!lease->takes_ntp)
        dhcp_add(self->argv, "-O", "ntp_servers", NULL);
    if (!lease->takes_routes)
        dhcp_add(self->argv, "-O", "static_routes,classless_static_routes,ms_classless_static_routes", NULL);
    if (!lease->takes_default)
        dhcp_add(self->argv, "-G", "-e", "DEFROUTE=no", NULL);
    if (lease->metric >= 0)
        dhcp_add(self->argv, "-m", metric, NULL);
}

/* It probes an address for 5 s and more before it says that it has one (-A: no), waits a random time before
 * it begins (--nodelay), gives up after a while (-t 0), makes up an address of its own when nobody answers
 * (-L), takes everything away when it ends, even what is meant to stay (-p), and asks routers besides
 * (--noipv6rs).
 */
static void dhcpcd_command(DhcpCommand *self, const NetLease *lease, const char *dev, const char *host)
{
    dhcp_add(self->argv, "dhcpcd", family_flag(lease), "-B", "-q", "-p", "-t", "0", "--nodelay", "-c",
             NETSVC_LIBEXEC "/dhcpcd-script", NULL);
    if (lease->family == AF_INET6)
        dhcp_add(self->argv, "--noipv6rs", "--ia_na", NULL);
    else
        dhcp_add(self->argv, "-A", "-L", NULL);
    dhcpcd_add_names(self, lease, host);
    dhcpcd_add_limits(self, lease);
    dhcp_add_split(self->argv, lease->args);
    dhcp_add(self->argv, dev, NULL);
    if (!lease->releases)
        return;
    self->release = g_ptr_array_new_with_free_func(g_free);
    dhcp_add(self->release, "dhcpcd", family_flag(lease), "-k", dev, NULL);
}

/* --- udhcpc --- */

/* Option 61 in hex; a text is of type 0 (RFC 2132, 9.14). */
static char *client_id_hex(const char *text)
{
    GString *hex = g_string_new("0x3d:");
    g_auto(GStrv) bytes = dhcp_id_is_hex(text) ? g_strsplit(text, ":", -1) : NULL;
    for (guint i = 0; bytes && bytes[i]; i++)
        g_string_append_printf(hex, "%02x", (guint)g_ascii_strtoull(bytes[i], NULL, 16) & 0xff);
    if (!bytes)
        g_string_append(hex, "00");
    for (; !bytes && *text; text++)
        g_string_append_printf(hex, "%02x", (guchar)*text);
    return g_string_free(hex, FALSE);
}

/* For scripts, which clients hand their environment on to. */
void dhcp_add_limits(GPtrArray *words, const char *flag, const NetLease *lease)
{
    const struct {
        gboolean is_taken;
        const char *text;
    } limits[] = {{lease->takes_dns, "PEERDNS=no"},
                  {lease->takes_ntp, "PEERNTP=no"},
                  {lease->takes_routes, "PEERROUTES=no"},
                  {lease->takes_default, "DEFROUTE=no"}};
    for (guint i = 0; i < G_N_ELEMENTS(limits); i++) {
        if (limits[i].is_taken)
            continue;
        if (flag)
            dhcp_add(words, flag, NULL);
        dhcp_add(words, limits[i].text, NULL);
    }
}

static void udhcpc_command(DhcpCommand *self, const NetLease *lease, const char *dev, const char *host)
{
    const char *name = dhcp_name_to_send(lease, host);
    dhcp_add(self->argv, "env", NULL);
    dhcp_add_limits(self->argv, NULL, lease);
    if (lease->metric >= 0)
        g_ptr_array_add(self->argv, g_strdup_printf("METRIC=%" G_GINT64_FORMAT, lease->metric));
    dhcp_add(self->argv, "udhcpc", "-f", "-i", dev, "-s", NETSVC_LIBEXEC "/udhcpc-script", "-O", "search",
             "-t", "5", "-T", "2", "-A", "10", NULL);
    if (lease->fqdn)
        dhcp_add(self->argv, "-F", lease->fqdn, NULL);
    else if (name)
        g_ptr_array_add(self->argv, g_strdup_printf("-xhostname:%s", name));
    if (lease->client_id) {
        g_autofree char *id = client_id_hex(lease->client_id);
        dhcp_add(self->argv, "-C", "-x", id, NULL);
    }
    if (lease->vendor_class)
        dhcp_add(self->argv, "-V", lease->vendor_class, NULL);
    if (lease->releases)
        dhcp_add(self->argv, "-R", NULL);
}

DhcpCommand *dhcp_command_new(const NetLease *lease, const char *dev, const char *host)
{
    DhcpCommand *self = g_new0(DhcpCommand, 1);
    self->argv = g_ptr_array_new_with_free_func(g_free);
    if (lease->client == NET_CLIENT_DHCLIENT)
        dhclient_command(self, lease, dev, host);
    else if (lease->client == NET_CLIENT_UDHCPC)
        udhcpc_command(self, lease, dev, host);
    else
        dhcpcd_command(self, lease, dev, host);
    g_ptr_array_add(self->argv, NULL);
    if (self->release)
        g_ptr_array_add(self->release, NULL);
    if (self->behind)
        g_ptr_array_add(self->behind, NULL);
    return self;
}
