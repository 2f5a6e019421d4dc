/* BOOTPROTO=dhcp: the keys about DHCP, and the files of dhclient that belong to one interface. */
#include "i18n.h"
#include "model/iface.h"
#include "model/model-private.h"
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Letters, digits, `-` and `.`; `_` is in use though no standard allows it. What goes into a client's
 * configuration must not be able to end a string there. */
static gboolean is_host_name(const char *text)
{
    gsize length = strlen(text);
    return length && length <= 253 && g_ascii_isalnum(text[0]) &&
           strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._") == length;
}

static gboolean is_plain(const char *text)
{
    for (; *text; text++)
        if (!g_ascii_isgraph(*text) || strchr("\"\\;{}", *text))
            return FALSE;
    return TRUE;
}

/* It stands between quotes there, and no client takes it for an option. */
static gboolean is_vendor_class(const char *text)
{
    if (*text == '-')
        return FALSE;
    for (; *text; text++)
        if (!g_ascii_isprint(*text) || strchr("\"\\", *text))
            return FALSE;
    return TRUE;
}

static char *checked_read(const NetIface *iface, const char *key, gboolean (*is_fine)(const char *text),
                          const KindContext *context)
{
    IfcfgWhere where;
    const char *text = net_iface_get(iface, key, &where);
    if (!text || is_fine(text))
        return g_strdup(text);
    g_autofree char *shown = g_strescape(text, NULL);
    ifcfg_problems_add(
        context->problems, IFCFG_ERROR, where,
        is_fine == is_host_name
            ? _("%s=%s is not a host name: one has letters, digits, `-`, `.` and `_` only, and begins with a "
                "letter or a digit; it is not sent")
        : is_fine == is_vendor_class
            ? _("%s=%s cannot be sent by every client (letters beyond ASCII, double quotes, `\\`, or `-` "
                "at its beginning); it is not sent")
            : _("%s=%s has characters that cannot be sent by every client (spaces, quotes, braces, `\\` or "
                "`;`); it is not sent"),
        key, shown);
    return NULL;
}

/* --- dhclient's own files --- */

/* Whether the system that the files are of has it. */
static gboolean is_there(const KindContext *context, const char *path)
{
    g_autofree char *full = g_strconcat(ifcfg_dir_root(net_model_dir(context->model)), path, NULL);
    return access(full, F_OK) == 0;
}

/* Takes @path. */
static char *path_if_there(const KindContext *context, char *path)
{
    g_autofree char *owned = path;
    return is_there(context, path) ? g_steal_pointer(&owned) : NULL;
}

static char *conf_find(const NetIface *iface, const KindContext *context)
{
    char *path = path_if_there(context, g_strdup_printf("/etc/dhcp/dhclient-%s.conf", iface->name));
    return path ? path : path_if_there(context, g_strdup_printf("/etc/dhclient-%s.conf", iface->name));
}

/* Red Hat's folder, or Debian's where that alone is there: its dhclient may write nowhere else. As ifup-eth
 * named the file. @ret_is_there: it is, a lease of the old scripts */
static char *leases_find(const NetIface *iface, const KindContext *context, int family,
                         gboolean *ret_is_there)
{
    const char *uuid = net_iface_get(iface, "UUID", NULL),
               *name = family == AF_INET6 ? "dhclient6" : "dhclient";
    gboolean is_debian = !is_there(context, "/var/lib/dhclient") && is_there(context, "/var/lib/dhcp");
    const char *folder = is_debian ? "/var/lib/dhcp" : "/var/lib/dhclient";
    char *path = path_if_there(context, g_strdup_printf("%s/%s-%s.leases", folder, name, iface->name));
    *ret_is_there = TRUE;
    if (path)
        return path;
    path = g_strdup_printf("%s/%s-%s-%s.lease", folder, name,
                           uuid && is_plain(uuid) && !strchr(uuid, '/') ? uuid : "", iface->name);
    *ret_is_there = is_there(context, path);
    return path;
}

/* --- the lease --- */

static void client_read(NetLease *lease, const NetIface *iface, const char *args_key,
                        const KindContext *context)
{
    gboolean has_lease = FALSE;
    IfcfgWhere where;
    const char *text = net_iface_get(iface, "DHCP_CLIENT", &where);
    NetClient named = text ? net_client_find(text) : NET_CLIENT_LAST;
    lease->args = g_strdup(net_iface_get(iface, args_key, NULL));
    lease->conf = conf_find(iface, context);
    lease->leases = leases_find(iface, context, lease->family, &has_lease);
    named = named < NET_CLIENT_DHCPCD ? NET_CLIENT_LAST : named;
    NetClients installed = net_clients_installed(ifcfg_dir_root(net_model_dir(context->model)));
    if (lease->family == AF_INET6) /* busybox has another program for it, which few have */
        installed.has[NET_CLIENT_UDHCPC] = FALSE;
    if (lease->family == AF_INET6 && named == NET_CLIENT_UDHCPC)
        named = NET_CLIENT_LAST;
    lease->client = net_client_choose(&installed, named, lease->conf || lease->args || has_lease);
    if (lease->client == NET_CLIENT_DHCLIENT) {
        lease->is_red_hat = is_there(context, "/etc/redhat-release");
        return;
    }
    g_clear_pointer(&lease->conf, g_free);
    g_clear_pointer(&lease->leases, g_free);
    if (lease->args && lease->client != NET_CLIENT_UNKNOWN && lease->client != NET_CLIENT_NONE)
        ifcfg_problems_add(context->problems, IFCFG_WARNING, ifcfg_record_where(iface->record, args_key),
                           _("DHCLIENTARGS is for dhclient, and %s is the client here: it is ignored"),
                           net_client_name(lease->client));
    g_clear_pointer(&lease->args, g_free);
}

static void names_read(NetLease *lease, const NetIface *iface, const KindContext *context)
{
    lease->fqdn = checked_read(iface, "DHCP_FQDN", is_host_name, context);
    lease->hostname = checked_read(iface, "DHCP_HOSTNAME", is_host_name, context);
    lease->client_id = checked_read(iface, "DHCP_CLIENT_ID", is_plain, context);
    lease->vendor_class = checked_read(iface, "DHCP_VENDOR_CLASS_IDENTIFIER", is_vendor_class, context);
    lease->sends_hostname = iface->dhcp.send_hostname;
    if (lease->fqdn && lease->hostname) {
        ifcfg_problems_add(context->problems, IFCFG_WARNING,
                           ifcfg_record_where(iface->record, "DHCP_HOSTNAME"),
                           _("Both DHCP_HOSTNAME=%s and DHCP_FQDN=%s are configured; DHCP_FQDN is used"),
                           lease->hostname, lease->fqdn);
        g_clear_pointer(&lease->hostname, g_free);
    }
    if (lease->sends_hostname)
        return;
    g_clear_pointer(&lease->hostname, g_free);
    g_clear_pointer(&lease->fqdn, g_free);
}

static gint64 metric_read(const NetIface *iface)
{
    const char *text = net_iface_get(iface, "METRIC", NULL);
    guint64 number;
    if (text && g_ascii_string_to_unsigned(text, 10, 0, G_MAXUINT32, &number, NULL))
        return (gint64)number;
    return net_iface_route_metric(iface, AF_INET);
}

/* GATEWAYDEV: the default route is that device's, and of nobody else. */
static gboolean default_is_wanted(const NetIface *iface)
{
    const char *device = net_iface_get(iface, "GATEWAYDEV", NULL);
    return iface->defroute && !iface->dhcp.ignore_gateway && (!device || g_str_equal(device, iface->name));
}

static NetLease *lease_read(const NetIface *iface, int family, const char *key, const char *args_key,
                            const KindContext *context)
{
    NetLease *lease = g_new0(NetLease, 1);
    lease->family = family;
    lease->where = iface->where;
    net_iface_get(iface, key, &lease->where);
    client_read(lease, iface, args_key, context);
    lease->takes_dns = iface->dhcp.peerdns;
    lease->takes_ntp = iface->dhcp.peerntp;
    lease->takes_routes = iface->dhcp.peerroutes;
    lease->takes_default = default_is_wanted(iface);
    lease->releases = iface->dhcp.release;
    lease->timeout_s = iface->dhcp.timeout;
    lease->metric = -1;
    return lease;
}

static NetLease *lease4_read(const NetIface *iface, const KindContext *context)
{
    NetLease *lease = lease_read(iface, AF_INET, "BOOTPROTO", "DHCLIENTARGS", context);
    names_read(lease, iface, context);
    lease->is_fatal = iface->dhcp.is_fatal;
    lease->metric = metric_read(iface);
    return lease;
}

/* Routers tell the way, not servers (RFC 8415): there are no routes in it. */
static NetLease *lease6_read(const NetIface *iface, const KindContext *context)
{
    NetLease *lease = lease_read(iface, AF_INET6, "DHCPV6C", "DHCPV6C_OPTIONS", context);
    lease->sends_hostname = FALSE;
    lease->takes_routes = lease->takes_default = TRUE;
    return lease;
}

static gboolean has_ipaddr(const NetIface *iface, IfcfgWhere *ret_where)
{
    return net_iface_get(iface, "IPADDR", ret_where) || net_iface_get(iface, "IPADDR0", ret_where);
}

gboolean net_iface_is_dynamic(const NetIface *iface)
{
    return iface->form == IFCFG_ENTRY_MAIN && iface->bootproto &&
           net_bootproto_is_dynamic(iface->bootproto) && strcmp(iface->name, "lo") != 0;
}

static void leases6_read(NetIface *iface, const KindContext *context)
{
    if (iface->form == IFCFG_ENTRY_MAIN && iface->dhcp.is_6 && iface->ipv6init &&
        strcmp(iface->name, "lo") != 0)
        g_ptr_array_add(iface->leases, lease6_read(iface, context));
}

/* Where no client was installed the old scripts took the addresses of the file. */
static void leases4_read(NetIface *iface, const KindContext *context)
{
    IfcfgWhere where;
    if (!net_iface_is_dynamic(iface)) {
        if (iface->form != IFCFG_ENTRY_MAIN && iface->bootproto && net_bootproto_is_dynamic(iface->bootproto))
            ifcfg_problems_add(
                context->problems, IFCFG_WARNING, ifcfg_record_where(iface->record, "BOOTPROTO"),
                _("BOOTPROTO=%s is ignored: an alias has the addresses of its file"), iface->bootproto);
        return;
    }
    g_autoptr(NetLease) lease = lease4_read(iface, context);
    if (lease->client == NET_CLIENT_NONE && has_ipaddr(iface, &where)) {
        ifcfg_problems_add(context->problems, IFCFG_WARNING, lease->where,
                           _("BOOTPROTO=%s: no DHCP client is installed; the addresses of the file are used"),
                           iface->bootproto);
        return;
    }
    if (has_ipaddr(iface, &where))
        ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                           _("IPADDR is ignored: BOOTPROTO=%s asks a server for the address"),
                           iface->bootproto);
    g_ptr_array_add(iface->leases, g_steal_pointer(&lease));
}

void net_iface_read_leases(NetIface *iface, const KindContext *context)
{
    leases4_read(iface, context);
    leases6_read(iface, context);
}

const NetLease *net_iface_lease(const NetIface *iface, int family)
{
    for (guint i = 0; i < iface->leases->len; i++) {
        const NetLease *lease = g_ptr_array_index(iface->leases, i);
        if (lease->family == family)
            return lease;
    }
    return NULL;
}
