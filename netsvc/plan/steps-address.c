/* Addresses: stale ones out, missing ones probed, added and announced. Those of others are never touched. */
#include "i18n.h"
#include "model/iface.h"
#include "plan/planner.h"
#include "state/compare.h"
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>

/* RFC 5227, section 1.1: three probes, then a wait; its seconds are shortened, since a switch port that is up
 * answers at once. */
enum { PROBES = 3, PROBE_GAP_MS = 100, PROBE_LAST_MS = 200 };

static NetAddress *planner_keep_address(NetPlanner *planner, const IfcfgPrefix *prefix, const char *label)
{
    IfcfgWhere nowhere = {0};
    return net_plan_keep(planner->plan, net_address_new(prefix, label, nowhere),
                         (GDestroyNotify)net_address_free);
}

static void planner_delete_address(NetPlanner *planner, const char *dev, const IfcfgPrefix *prefix,
                                   IfcfgWhere where)
{
    g_hash_table_add(planner->sources_out, ifcfg_ip_format(&prefix->ip));
    planner_add(planner, NET_OP_ADDR_DELETE, NET_PHASE_ADDRESSES_OUT, dev, where)->address =
        planner_keep_address(planner, prefix, dev);
}

/* Texts of all addresses that the files give the device, those of aliases that wait for an `ifup` of their
 * own included. */
static GHashTable *configured_addresses(const NetIface *iface)
{
    GHashTable *set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const NetIface *part;
    for (guint p = 0; (part = planner_part(iface, p)); p++)
        for (guint i = 0; i < part->addresses->len; i++) {
            const NetAddress *address = g_ptr_array_index(part->addresses, i);
            g_hash_table_add(set, ifcfg_prefix_format(&address->prefix));
        }
    return set;
}

void planner_drop_stale_addresses(NetPlanner *planner, const NetIface *iface)
{
    const LedgerEntry *entry = net_ledger_find(planner->ledger, iface->name);
    if (!entry || !entry->addresses->len)
        return;
    g_autoptr(GHashTable) configured = configured_addresses(iface);
    for (guint i = 0; i < entry->addresses->len; i++) {
        const char *text = g_ptr_array_index(entry->addresses, i);
        IfcfgPrefix prefix;
        if (!g_hash_table_contains(configured, text) && ifcfg_prefix_parse(text, AF_UNSPEC, &prefix))
            planner_delete_address(planner, entry->name, &prefix, iface->where);
    }
}

/* Ours is what the ledger lists, and what the files give the device even if the old scripts added it. */
void planner_drop_addresses(NetPlanner *planner, const NetIface *iface)
{
    const char *dev = net_iface_device(iface);
    const ObservedLink *link = net_observed_link(planner->observed, dev);
    const LedgerEntry *entry = net_ledger_find(planner->ledger, dev);
    const GPtrArray *list = link ? net_observed_addresses_of(planner->observed, link->ifindex) : NULL;
    if (!list)
        return;
    g_autoptr(GHashTable) ours = configured_addresses(iface);
    for (guint i = 0; entry && !iface->parent && i < entry->addresses->len; i++)
        g_hash_table_add(ours, g_strdup(g_ptr_array_index(entry->addresses, i)));
    for (guint i = 0; i < list->len; i++) {
        const ObservedAddress *address = g_ptr_array_index(list, i);
        g_autofree char *text = ifcfg_prefix_format(&address->prefix);
        if (g_hash_table_contains(ours, text))
            planner_delete_address(planner, dev, &address->prefix, iface->where);
    }
}

/* Link-local IPv6 and the like are the kernel's own (IFA_F_PERMANENT says nothing: it sets that too). */
static gboolean address_is_kernels(const ObservedAddress *address)
{
    return address->prefix.ip.family == AF_INET6 && address->scope == RT_SCOPE_LINK;
}

char *planner_foreign_address(const NetPlanner *planner, const NetIface *iface)
{
    const ObservedLink *link = net_observed_link(planner->observed, iface->name);
    const LedgerEntry *entry = net_ledger_find(planner->ledger, iface->name);
    const GPtrArray *list = link ? net_observed_addresses_of(planner->observed, link->ifindex) : NULL;
    g_autoptr(GHashTable) ours = configured_addresses(iface);
    for (guint i = 0; list && i < list->len; i++) {
        const ObservedAddress *address = g_ptr_array_index(list, i);
        g_autofree char *text = ifcfg_prefix_format(&address->prefix);
        if (!address_is_kernels(address) && !g_hash_table_contains(ours, text) &&
            !(entry && net_ledger_list_has(entry->addresses, text)))
            return g_strdup_printf(_("address %s on it is not ours"), text);
    }
    return NULL;
}

/* A device that will be up and resolves addresses: ARP= decides, else what it was born with (a dummy has
 * none). */
static gboolean has_arp(const NetPlanner *planner, const NetIface *iface, const char *dev)
{
    const ObservedLink *link = net_observed_link(planner->observed, dev);
    return iface->link_up && (iface->arp < 0 ? !link || !(link->flags & IFF_NOARP) : iface->arp > 0);
}

static gboolean address_is_probed(const NetPlanner *planner, const NetIface *iface, const NetAddress *address,
                                  const char *dev)
{
    return address->check && address->prefix.ip.family == AF_INET && has_arp(planner, iface, dev);
}

static void planner_probe_address(NetPlanner *planner, const NetIface *iface, const NetAddress *address,
                                  const char *dev)
{
    NetOp *op = planner_add(planner, NET_OP_ADDR_PROBE, NET_PHASE_PROBE, dev, address->where);
    guint tries = MAX(iface->arping_tries, 1);
    guint once_ms =
        iface->arping_wait ? iface->arping_wait * 1000 : (PROBES - 1) * PROBE_GAP_MS + PROBE_LAST_MS;
    op->probe.address = address;
    op->probe.tries = PROBES * tries;
    op->probe.timeout_ms = once_ms * tries;
}

static PlannerSends planner_announce_address(NetPlanner *planner, const NetIface *iface,
                                             const NetAddress *address, const char *dev)
{
    if (!address->announce || address->prefix.ip.family != AF_INET || !has_arp(planner, iface, dev))
        return 0;
    NetOp *op = planner_add(planner, NET_OP_ADDR_ANNOUNCE, NET_PHASE_ANNOUNCE, dev, address->where);
    op->address = address;
    op->severity = NET_WARN;
    return PLANNER_ANNOUNCES;
}

/* The kernel gives a loopback device that comes up without any address 127.0.0.1/8 (net/ipv4/devinet.c,
 * inetdev_event()). */
static gboolean kernel_adds_it(const NetPlanner *planner, const ObservedLink *link, const NetAddress *address)
{
    return link && link->flags & IFF_LOOPBACK && !planner_link_stays(planner, link->name) &&
           !net_observed_addresses_of(planner->observed, link->ifindex) && address->prefix.length == 8 &&
           address->prefix.ip.family == AF_INET && address->prefix.ip.bytes[0] == IN_LOOPBACKNET &&
           address->prefix.ip.bytes[3] == 1;
}

static PlannerSends planner_add_address(NetPlanner *planner, const NetIface *iface, const NetAddress *address,
                                        const char *dev)
{
    const ObservedLink *link = net_observed_link(planner->observed, dev);
    const ObservedAddress *have =
        link ? net_observed_find_ip(planner->observed, link->ifindex, &address->prefix) : NULL;
    g_autofree char *differs = have ? net_address_difference(address, have, dev) : NULL;
    PlannerSends probes = !have && address_is_probed(planner, iface, address, dev) ? PLANNER_PROBES : 0;
    if (have && !differs)
        return g_hash_table_contains(planner->links_moved, dev)
                   ? planner_announce_address(planner, iface, address, dev)
                   : 0;
    if (kernel_adds_it(planner, link, address))
        return 0;
    if (have)
        planner_delete_address(planner, dev, &have->prefix, address->where);
    if (probes)
        planner_probe_address(planner, iface, address, dev);
    planner_add(planner, NET_OP_ADDR_ADD, NET_PHASE_ADDRESSES, dev, address->where)->address = address;
    return probes | planner_announce_address(planner, iface, address, dev);
}

PlannerSends planner_add_addresses(NetPlanner *planner, const NetIface *iface)
{
    const char *dev = net_iface_device(iface);
    PlannerSends sends = 0;
    for (guint i = 0; i < iface->addresses->len; i++)
        sends |= planner_add_address(planner, iface, g_ptr_array_index(iface->addresses, i), dev);
    return sends;
}
