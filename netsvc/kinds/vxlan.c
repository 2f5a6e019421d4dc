/* TYPE=VXLAN, or VXLAN=yes: Ethernet frames inside of UDP packets. VNI and GROUP_IPADDR are what patched
 * scripts called the number and the group of all ends. */
#include "families.h"
#include "i18n.h"
#include "kinds/kinds.h"
#include <sys/socket.h>

static gboolean vxlan_match(const NetIface *iface, G_GNUC_UNUSED const KindContext *context)
{
    return kind_type_is(iface, "VXLAN") || net_iface_get_bool(iface, "VXLAN", FALSE);
}

/* Either family; the options of the driver have a name for each. */
static void end_read(NetIface *iface, const char *key, const char *option, const char *option6,
                     const KindContext *context)
{
    const char *text = net_iface_get(iface, key, NULL);
    IfcfgIp ip;
    gboolean is_6 = text && ifcfg_ip_parse(text, AF_INET6, &ip);

    kind_read_end(iface, key, is_6 ? AF_INET6 : AF_INET, is_6 ? option6 : option, context);
}

static const char *first_key(const NetIface *iface, const char *key, const char *other)
{
    return net_iface_get(iface, key, NULL) || !net_iface_get(iface, other, NULL) ? key : other;
}

static void vxlan_read(NetIface *iface, const KindContext *context)
{
    IfcfgWhere where = iface->where;
    const char *id = first_key(iface, "VXLAN_ID", "VNI"), *text = net_iface_get(iface, id, &where);

    iface->settings = link_settings_new(&vxlan_family);
    if (text)
        link_settings_read_key(iface->settings, link_table_find(&vxlan_family.own, "id"), id, text, where,
                               context->problems);
    kind_read_options(iface, context);
    end_read(iface, "MY_OUTER_IPADDR", "local", "local6", context);
    end_read(iface, first_key(iface, "PEER_OUTER_IPADDR", "GROUP_IPADDR"), "remote", "remote6", context);
    if (!link_settings_find(iface->settings, "id"))
        net_iface_fail(iface, where, text ? NULL : context->problems,
                       _("VXLAN_ID is missing: it is the number of the VXLAN, from 0 to 16777215"));
    kind_read_port(iface, context);
}

const IfaceKind vxlan_kind = {
    .name = "vxlan",
    .type = "VXLAN",
    .family = &vxlan_family,
    .traits = NET_KIND_CREATES | NET_KIND_IS_TUNNEL | NET_KIND_MAC_WHILE_UP,
    .match = vxlan_match,
    .read = vxlan_read,
};
