/* TYPE=SIT, or a device called sit1: IPv6 inside of IPv4 packets. The keys are those of ifup-sit. */
#include "families.h"
#include "i18n.h"
#include "kinds/kinds.h"
#include <string.h>
#include <sys/socket.h>

/* Without a TYPE the name chose the script. */
static gboolean sit_match(const NetIface *iface, G_GNUC_UNUSED const KindContext *context)
{
    const char *digits = g_str_has_prefix(iface->name, "sit") ? iface->name + strlen("sit") : "";

    if (kind_type_is(iface, "SIT"))
        return TRUE;
    return *digits && !digits[strspn(digits, "0123456789")] && !net_iface_get(iface, "TYPE", NULL) &&
           !net_iface_get(iface, "DEVICETYPE", NULL);
}

/* That of 6to4 has as many other ends as there are addresses of 6to4; its own is that of the device below,
 * where a lease says it. The kernel's own sit0 has neither end, so that one without a device would be that.
 */
static void ends_of_6to4(NetIface *iface)
{
    IfcfgWhere where;
    const char *lower = net_iface_get(iface, "PHYSDEV", &where);
    if (lower && !link_settings_find(iface->settings, "local"))
        link_settings_ask(iface->settings, "dev", lower, where);
}

static void sit_read(NetIface *iface, const KindContext *context)
{
    kind_read_options(iface, context);
    if (kind_refuse_generic(iface, context))
        return;
    kind_read_end(iface, "IPV6TUNNELIPV4LOCAL", AF_INET, "local", context);
    kind_read_end(iface, "IPV6TUNNELIPV4", AF_INET, "remote", context);
    if (g_str_equal(iface->name, "tun6to4"))
        ends_of_6to4(iface);
    else if (!iface->fault && !link_settings_find(iface->settings, "remote"))
        net_iface_fail(iface, iface->where, context->problems,
                       _("IPV6TUNNELIPV4 is missing: it is the IPv4 address of the tunnel's other end"));
    if (!link_settings_find(iface->settings, "ttl"))
        link_settings_set(iface->settings, "ttl", "64", TRUE, NULL); /* net.ipv4.ip_default_ttl */
    kind_read_port(iface, context);
}

const IfaceKind sit_kind = {
    .name = "sit",
    .type = "SIT",
    .family = &sit_family,
    .traits = NET_KIND_CREATES | NET_KIND_IS_TUNNEL | NET_KIND_IS_NO_PORT | NET_KIND_HAS_ADDRESSES_OF_HOST |
              NET_KIND_LEADS_ON6,
    .match = sit_match,
    .read = sit_read,
};
