/* The keys that all types share: who it is, what it belongs to, how its link is set. */
#include "i18n.h"
#include "model/iface.h"
#include "model/model-private.h"
#include <string.h>
#include <sys/socket.h>

/* Without DEVICE the NIC is looked for by HWADDR, as source_config() of the old scripts did; a bond has none.
 */
static void read_name_of_nic(NetIface *iface, const KindContext *context)
{
    const char *hwaddr = net_iface_get(iface, NULL, "HWADDR", NULL);
    IfcfgMac mac;

    if (iface->form != IFCFG_ENTRY_MAIN || !hwaddr || !ifcfg_mac_parse(hwaddr, &mac) ||
        net_iface_get(iface, NULL, "BONDING_OPTS", NULL))
        return;
    iface->name = context->nics ? context->nics->find(&mac, context->nics->data) : NULL;
    iface->naming = iface->name ? NET_NAMED_BY_NIC : NET_NAME_UNKNOWN;
}

static void check_name(NetIface *iface, gboolean is_from_key, const KindContext *context)
{
    const char *wrong = ifcfg_ifname_fault(iface->name);

    if (wrong && is_from_key)
        net_iface_fail(iface, iface->where, context->problems, _("'%s' cannot be an interface name: %s"),
                       iface->name, wrong);
    else if (wrong && iface->naming == NET_NAMED_BY_FILE)
        net_iface_fail(iface, iface->where, context->problems,
                       _("there is no DEVICE, and the name of the file, '%s', cannot be an interface's: %s"),
                       iface->name, wrong);
}

static void read_name(NetIface *iface, const KindContext *context)
{
    const char *device = net_iface_get(iface, NULL, "DEVICE", &iface->where);

    if (device)
        iface->name = g_strdup(device);
    else
        read_name_of_nic(iface, context);
    if (!iface->name)
        iface->name = g_strdup(iface->nick);
    if (iface->form == IFCFG_ENTRY_MAIN && device && strchr(device, ':'))
        iface->form = IFCFG_ENTRY_ALIAS;
    if (iface->form == IFCFG_ENTRY_MAIN)
        check_name(iface, device != NULL, context);
}

static void read_mac(NetIface *iface, const KindContext *context)
{
    IfcfgWhere where;
    const char *hwaddr = net_iface_get(iface, NULL, "HWADDR", &where);
    if (hwaddr && !ifcfg_mac_parse(hwaddr, &iface->hwaddr))
        net_iface_fail(iface, where, NULL,
                       _("HWADDR=%s is not a hardware address, so that no device can match it"), hwaddr);

    const char *macaddr = net_iface_get(iface, NULL, "MACADDR", &where);
    if (!macaddr || !ifcfg_mac_parse(macaddr, &iface->macaddr))
        return;

    /* is_valid_ether_addr() of the kernel: neither a group address nor zero */
    static const guint8 zero[sizeof iface->macaddr.bytes];
    if (iface->macaddr.length == 6 &&
        ((iface->macaddr.bytes[0] & 1) || !memcmp(iface->macaddr.bytes, zero, 6))) {
        ifcfg_problems_add(context->problems, IFCFG_ERROR, where,
                           _("MACADDR=%s is not an address that a device can have (all zero, or a multicast "
                             "address); ignored"),
                           macaddr);
        iface->macaddr.length = 0;
    }
}

static void read_link(NetIface *iface)
{
    const char *status = net_iface_get(iface, NULL, "LINKSTATUS", NULL);
    const char *arp = net_iface_get(iface, NULL, "ARP", NULL);

    iface->link_up = !status || g_ascii_strcasecmp(status, "down") != 0;
    if (arp && (ifcfg_is_true(arp) || ifcfg_is_false(arp)))
        iface->arp = ifcfg_is_true(arp);
    iface->mtu = net_iface_get_uint(iface, "MTU", 0);
}

static void read_times(NetIface *iface)
{
    iface->devtimeout = net_iface_get_uint(iface, "DEVTIMEOUT", 0);
    iface->arping_wait = net_iface_get_uint(iface, "ARPING_WAIT", 0);
    iface->arping_tries = net_iface_get_uint(iface, "ARPING_TRIES", 0);
    if (net_iface_get(iface, NULL, "LINKDELAY", NULL))
        iface->linkdelay = (gint)net_iface_get_uint(iface, "LINKDELAY", 0);
}

void net_iface_read_common(NetIface *iface, const KindContext *context)
{
    IfcfgIp source;
    const char *srcaddr = net_iface_get(iface, NULL, "SRCADDR", NULL);

    read_name(iface, context);
    iface->onboot = net_iface_get_bool(iface, NULL, "ONBOOT", TRUE);
    iface->userctl = net_iface_get_bool(iface, NULL, "USERCTL", FALSE);
    iface->onparent = net_iface_get_bool(iface, NULL, "ONPARENT", TRUE);
    iface->bootproto = g_strdup(net_iface_get(iface, NULL, "BOOTPROTO", NULL));
    iface->arp_filter = srcaddr && ifcfg_ip_parse(srcaddr, AF_INET, &source);
    read_mac(iface, context);
    read_link(iface);
    read_times(iface);

    const IfcfgModuleEntry *entry = ifcfg_modules_find(net_model_modules(context->model), iface->name);
    if (entry)
        iface->module = g_strdup(entry->module);
}
