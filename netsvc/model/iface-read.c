/* The keys that all types share: who it is, what it belongs to, how its link is set. */
#include "i18n.h"
#include "ifcfg-keys.h"
#include "model/field.h"
#include "model/iface.h"
#include "model/model-private.h"
#include <string.h>
#include <sys/socket.h>

/* Without DEVICE the NIC is looked for by HWADDR, as source_config() of the old scripts did; a bond has none.
 */
static void read_name_of_nic(NetIface *iface, const KindContext *context)
{
    const char *hwaddr = net_iface_get(iface, "HWADDR", NULL);
    IfcfgMac mac;

    if (iface->form != IFCFG_ENTRY_MAIN || !hwaddr || !ifcfg_mac_parse(hwaddr, &mac) ||
        link_families_claim(iface->record))
        return;
    iface->name = context->nics ? context->nics->find(&mac, context->nics->data) : NULL;
    iface->naming = iface->name ? NET_NAMED_BY_NIC : NET_NAME_UNKNOWN;
}

/* NetworkManager calls a file after its connection ("VLAN connection 1"), and the VLAN after these two keys;
 * PHYSDEV can be another connection's UUID. */
static char *name_of_vlan(const NetIface *iface)
{
    const char *lower = net_iface_get(iface, "PHYSDEV", NULL), *number = net_iface_get(iface, "VID", NULL);

    if (!number)
        number = net_iface_get(iface, "VLAN_ID", NULL);
    if (iface->form != IFCFG_ENTRY_MAIN || !lower || !number || !ifcfg_ifname_fault(iface->nick))
        return NULL;
    g_autofree char *name = g_strdup_printf("%s.%s", lower, number);
    return ifcfg_ifname_fault(name) ? NULL : g_steal_pointer(&name);
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
    const char *device = net_iface_get(iface, "DEVICE", &iface->where);

    if (device)
        iface->name = g_strdup(device);
    else
        read_name_of_nic(iface, context);
    if (!iface->name)
        iface->name = name_of_vlan(iface);
    if (!iface->name)
        iface->name = g_strdup(iface->nick);
    if (iface->form == IFCFG_ENTRY_MAIN && device && strchr(device, ':'))
        iface->form = IFCFG_ENTRY_ALIAS;
    if (iface->form == IFCFG_ENTRY_MAIN)
        check_name(iface, device != NULL, context);
}

/* is_valid_ether_addr() of the kernel: neither a group address nor zero */
static gboolean mac_is_usable(const IfcfgMac *mac)
{
    static const guint8 zero[sizeof mac->bytes];

    return mac->length != 6 || (!(mac->bytes[0] & 1) && memcmp(mac->bytes, zero, 6));
}

void net_iface_check_mac(NetIface *iface, const char *key, const KindContext *context)
{
    IfcfgWhere where;
    const char *text = net_iface_get(iface, key, &where);

    if (!text || mac_is_usable(&iface->macaddr))
        return;
    ifcfg_problems_add(context->problems, IFCFG_ERROR, where,
                       _("%s=%s is not an address that a device can have (all zero, or a multicast "
                         "address); ignored"),
                       key, text);
    iface->macaddr.length = 0;
}

static void check_macs(NetIface *iface, const KindContext *context)
{
    IfcfgWhere where;
    const char *hwaddr = net_iface_get(iface, "HWADDR", &where);
    if (hwaddr && !iface->hwaddr.length)
        net_iface_fail(iface, where, NULL, _("HWADDR: '%s' is not a MAC address, so no device can match it"),
                       hwaddr);
    net_iface_check_mac(iface, "MACADDR", context);
}

void net_iface_read_common(NetIface *iface, const KindContext *context)
{
    net_fields_read(iface);
    iface->ipv6init &= !iface->ipv6_disabled;
    iface->arp_filter = iface->srcaddr.family != AF_UNSPEC;
    read_name(iface, context);
    check_macs(iface, context);

    const IfcfgModuleEntry *entry = ifcfg_modules_find(net_model_modules(context->model), iface->name);
    if (entry) {
        iface->module = g_strdup(entry->module);
        iface->module_where = entry->where;
    }
}

/* ifup-eth came to them on its way to an address. IPv6 cannot do without what ARP=no takes from a device. */
void net_iface_limit_arp(NetIface *iface, const KindContext *context)
{
    IfcfgWhere where;
    const char *arp = net_iface_get(iface, "ARP", &where);
    if (net_iface_first_address(iface, AF_INET))
        return;
    if (arp && iface->arp >= 0 && where.file == iface->file && iface->form == IFCFG_ENTRY_MAIN)
        ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                           _("ARP=%s is ignored: it needs an IPADDR beside it"), arp);
    iface->arp = -1;
    iface->arp_filter = FALSE;
}

guint net_iface_keys_place(const NetIface *iface)
{
    gboolean is_ours = !net_kind_has(iface->kind, NET_KIND_LEFT_ALONE);
    return IFCFG_IN_IFCFG | (is_ours ? IFCFG_IS_OURS : 0);
}

void net_iface_check_keys(NetIface *iface, const KindContext *context)
{
    if (iface->file)
        ifcfg_keys_check(iface->record, net_iface_keys_place(iface), context->problems);
}
