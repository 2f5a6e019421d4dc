/* The one plan that all kinds share, on the way down: only what is ours goes. A device that we made is
 * deleted, unless something of others is on it. */
#include "i18n.h"
#include "model/iface.h"
#include "plan/link-plan.h"
#include "state/observed-clients.h"
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>

static gboolean is_ours_address(const NetPlanner *planner, const NetIface *iface,
                                const ObservedAddress *address)
{
    const LedgerEntry *entry = net_ledger_find(planner->ledger, iface->name);
    g_autofree char *text = ifcfg_prefix_format(&address->prefix);
    const NetIface *part;
    if (entry && net_ledger_list_has(entry->addresses, text))
        return TRUE;
    for (guint p = 0; (part = net_iface_part(iface, p)); p++)
        for (guint i = 0; i < part->addresses->len; i++)
            if (ifcfg_prefix_equal(&((const NetAddress *)g_ptr_array_index(part->addresses, i))->prefix,
                                   &address->prefix))
                return TRUE;
    return FALSE;
}

/* Link-local IPv6 and the like are the kernel's own (IFA_F_PERMANENT says nothing: it sets that too). */
static gboolean is_foreign_address(const NetPlanner *planner, const NetIface *iface,
                                   const ObservedAddress *address)
{
    return !net_observed_address_is_kernels(address) && !is_ours_address(planner, iface, address) &&
           !(net_iface_lease(iface, address->prefix.ip.family) && net_observed_address_is_leased(address));
}

/* IPv6 addresses go when the device is set down (addrconf_ifdown()): for them it need not be kept. */
static char *find_foreign_address(const NetPlanner *planner, const NetIface *iface, const ObservedLink *link)
{
    const GPtrArray *list = net_observed_addresses_of(planner->picture, link->ifindex);
    for (guint i = 0; list && i < list->len; i++) {
        const ObservedAddress *address = g_ptr_array_index(list, i);
        g_autofree char *text = ifcfg_prefix_format(&address->prefix);
        if (address->prefix.ip.family == AF_INET && is_foreign_address(planner, iface, address))
            return g_strdup_printf(_("somebody else added the address %s to it"), text);
    }
    return NULL;
}

static void tell_lost_addresses(NetPlanner *planner, const NetIface *iface, const ObservedLink *link)
{
    const GPtrArray *list = net_observed_addresses_of(planner->picture, link->ifindex);
    for (guint i = 0; list && i < list->len; i++) {
        const ObservedAddress *address = g_ptr_array_index(list, i);
        g_autofree char *text = ifcfg_prefix_format(&address->prefix);
        gboolean is_lost = address->prefix.ip.family == AF_INET6 && address->scope != RT_SCOPE_HOST;
        if (is_lost && is_foreign_address(planner, iface, address))
            planner_note(planner, _("somebody else added the address %s to %s: it goes too"), text,
                         iface->name);
    }
}

static char *find_foreign_port(const NetPlanner *planner, const NetIface *iface, const ObservedLink *link)
{
    const GPtrArray *ports = net_observed_ports_of(planner->picture, link->ifindex);
    const LedgerEntry *entry = net_ledger_find(planner->ledger, iface->name);
    const IfaceKind *kind = net_model_kind(planner->model, link->kind); /* that it has now */
    for (guint i = 0; !net_kind_has(kind, NET_KIND_CLOSES_PORTS) && ports && i < ports->len; i++) {
        const ObservedLink *port = g_ptr_array_index(ports, i);
        const NetIface *configured = net_model_find(planner->model, port->name);
        if (!(configured && net_iface_master(configured) == iface) &&
            !(entry && net_ledger_list_has(entry->ports, port->name)))
            return g_strdup_printf(_("somebody else made %s a port of it"), port->name);
    }
    return NULL;
}

gboolean planner_made(const NetPlanner *planner, const char *dev)
{
    const LedgerEntry *entry = net_ledger_find(planner->ledger, dev);
    return entry && entry->created;
}

/* One that somebody has put in the place of ours is not. */
gboolean planner_made_as_is(const NetPlanner *planner, const ObservedLink *link)
{
    const LedgerEntry *entry = net_ledger_find(planner->ledger, link->name);
    return entry && entry->created && link->kind && net_ledger_list_has(entry->kinds, link->kind);
}

/* What we have made, and this plan brings up, is made anew after what it stands on. */
static gboolean comes_again(const NetPlanner *planner, const char *name)
{
    const NetIface *iface = net_model_find(planner->model, name);
    const NetGroup *group = iface ? planner_group_of(planner, iface) : NULL;
    return group && !group->down && !iface->fault && planner_made(planner, name);
}

/* Its file has it on another device now, which is there, or comes before it; or on none, as one of another
 * kind.
 */
static gboolean moves_away(const NetPlanner *planner, const char *name, const ObservedLink *lower)
{
    const NetIface *iface = net_model_find(planner->model, name);
    const NetRelation *relation = iface ? net_iface_relation(iface, NET_STANDS_ON) : NULL;
    if (iface && !relation)
        return net_kind_has(iface->kind, NET_KIND_CREATES);
    return relation && !g_str_equal(relation->name, lower->name) &&
           (planner_link_before(planner, relation->name) ||
            (relation->iface && net_kind_has(relation->iface->kind, NET_KIND_CREATES)));
}

static char *find_upper(const NetPlanner *planner, const ObservedLink *link, gboolean is_remade)
{
    const GPtrArray *uppers = net_observed_uppers_of(planner->picture, link->ifindex);
    for (guint i = 0; uppers && i < uppers->len; i++) {
        const char *name = ((const ObservedLink *)g_ptr_array_index(uppers, i))->name;
        if (!(is_remade || moves_away(planner, name, link)) || !comes_again(planner, name))
            return g_strdup_printf(_("device %s stands on it"), name);
        char *foreign = planner_find_foreign(planner, net_model_find(planner->model, name), TRUE);
        if (foreign)
            return foreign;
    }
    return NULL;
}

char *planner_find_foreign(const NetPlanner *planner, const NetIface *iface, gboolean is_remade)
{
    const ObservedLink *link = planner_link(planner, iface->name);
    const ObservedLink *master = link ? net_observed_link_by_index(planner->picture, link->master) : NULL;
    char *upper = link ? find_upper(planner, link, is_remade) : NULL;
    if (!link || upper)
        return upper;
    if (master && !net_iface_is_port(iface))
        return g_strdup_printf(_("it is a port of %s"), master->name);
    char *port = find_foreign_port(planner, iface, link);
    return port || is_remade ? port : find_foreign_address(planner, iface, link);
}

void planner_forget(NetPlanner *planner, const NetIface *iface, NetOp *last)
{
    if (last)
        last->forget = TRUE;
    else if (net_ledger_find(planner->ledger, iface->name))
        planner_do(planner, (NetOp){.type = NET_OP_LINK_DOWN,
                                    .phase = NET_PHASE_LINKS_OUT,
                                    .severity = NET_WARN,
                                    .dev = iface->name,
                                    .where = iface->where,
                                    .forget = TRUE,
                                    .is_only_recorded = TRUE});
}

/* As the old scripts did with an empty bridge; one that has a file goes down by that. */
static void drop_made_master(NetPlanner *planner, const NetIface *master)
{
    const ObservedLink *link = planner_link(planner, master->name);
    const GPtrArray *ports = link ? net_observed_ports_of(planner->picture, link->ifindex) : NULL;
    if (!master->file && link && !(ports && ports->len) && planner_made(planner, master->name) &&
        !g_hash_table_contains(planner->group_of, master))
        planner_link_down(planner, master);
}

/* The device whose port it is by its file, or by one that is gone. */
static const char *our_master(const NetPlanner *planner, const NetIface *iface)
{
    const NetIface *master = net_iface_master(iface);
    const ObservedLink *link = planner_link(planner, iface->name);
    const ObservedLink *now = link ? net_observed_link_by_index(planner->picture, link->master) : NULL;
    const LedgerEntry *entry = now ? net_ledger_find(planner->ledger, now->name) : NULL;
    if (master && now && g_str_equal(now->name, master->name))
        return master->name;
    return entry && net_ledger_list_has(entry->ports, iface->name) ? entry->name : NULL;
}

static void release_from_master(NetPlanner *planner, const NetIface *iface)
{
    const char *name = our_master(planner, iface);
    const NetIface *master = name ? net_model_find(planner->model, name) : NULL;
    if (!name)
        return;
    planner_do(planner, (NetOp){.type = NET_OP_PORT_REMOVE,
                                .phase = NET_PHASE_PORTS_OUT,
                                .severity = NET_FATAL,
                                .dev = iface->name,
                                .owner = name,
                                .where = iface->where,
                                .master = name});
    if (master)
        drop_made_master(planner, master);
}

static void take_down_silent_ports(NetPlanner *planner, const NetIface *iface)
{
    for (guint i = 0; net_kind_has(iface->kind, NET_KIND_PORTS_ARE_SILENT) && i < iface->ports->len; i++)
        planner_link_down(planner, g_ptr_array_index(iface->ports, i));
}

/* It stays, set down. What we made and had to keep is still ours to delete, once it is free. */
static void keep(NetPlanner *planner, const NetIface *iface, const char *why)
{
    planner_release_ports(planner, iface, FALSE);
    take_down_silent_ports(planner, iface);
    NetOp *op = planner_set_down(planner, iface->name, iface->where, NET_FATAL);
    if (!planner_made(planner, iface->name))
        planner_forget(planner, iface, op);
    if (planner_link(planner, iface->name))
        planner_note(planner, _("the device is kept: %s; remove it with `ip link delete %s`"), why,
                     iface->name);
}

/* Both ends of a pair go at once, when the second one is not used any more either; what nobody configures was
 * set up by somebody. */
static char *find_other_end(const NetPlanner *planner, const NetIface *iface)
{
    const NetRelation *relation = net_iface_relation(iface, NET_PEER);
    const ObservedLink *other = relation ? planner_link(planner, relation->name) : NULL;
    const NetGroup *group = relation ? planner_group_of(planner, relation->iface) : NULL;
    return other && other->flags & IFF_UP && !(group && group->down)
               ? g_strdup_printf(_("its other end, %s, is up"), other->name)
               : NULL;
}

static void take_down_made(NetPlanner *planner, const NetIface *iface)
{
    const ObservedLink *link = planner_link(planner, iface->name);
    g_autofree char *pair = find_other_end(planner, iface);
    g_autofree char *foreign = pair ? g_steal_pointer(&pair) : planner_find_foreign(planner, iface, FALSE);
    if (!link) {
        take_down_silent_ports(planner, iface);
        planner_forget(planner, iface, NULL);
        return;
    }
    tell_lost_addresses(planner, iface, link);
    if (!planner_made(planner, iface->name) || foreign) {
        keep(planner, iface, foreign ? foreign : _("netsvc did not create it"));
        return;
    }
    planner_do(planner, (NetOp){.type = NET_OP_LINK_DELETE,
                                .phase = NET_PHASE_LINKS_OUT,
                                .severity = NET_FATAL,
                                .depth = planner_depth(iface),
                                .dev = iface->name,
                                .where = iface->where,
                                .forget = TRUE});
    take_down_silent_ports(planner, iface);
}

static void take_down_hardware(NetPlanner *planner, const NetIface *iface)
{
    const ObservedLink *link = planner_link(planner, iface->name);
    planner_secure_confs(planner, iface);
    if (link)
        tell_lost_addresses(planner, iface, link);
    NetOp *down = planner_set_down(planner, iface->name, iface->where, NET_FATAL);
    planner_give_back_attributes(planner, iface);
    planner_forget(planner, iface, down);
}

void planner_link_down(NetPlanner *planner, const NetIface *iface)
{
    const LedgerEntry *entry = net_ledger_find(planner->ledger, iface->name);
    const ObservedLink *link = planner_link(planner, iface->name);
    gboolean is_made = net_kind_has(iface->kind, NET_KIND_CREATES);
    if (net_kind_has(iface->kind, NET_KIND_BY_DAEMON) && iface->plugin) {
        planner_plugin_down(planner, iface);
        return;
    }
    if ((!link && !entry) || !g_hash_table_add(planner->taken_down, iface->name))
        return;
    if (is_made && link && g_strcmp0(link->kind, iface->kind->family->kind) != 0 &&
        !planner_made_as_is(planner, link)) {
        planner_note(planner, _("device %s is not a %s; it is left alone"), iface->name,
                     iface->kind->family->kind);
        return;
    }
    release_from_master(planner, iface);
    if (is_made)
        take_down_made(planner, iface);
    else if (entry || link->flags & IFF_UP)
        take_down_hardware(planner, iface);
}

void planner_keep_down(NetPlanner *planner, const NetIface *iface)
{
    const ObservedLink *link = planner_link(planner, iface->name);
    if (!link || !(link->flags & IFF_UP) || !g_hash_table_contains(planner->taken_down, iface->name) ||
        !planner_enter_layer3(planner, iface->name))
        return;
    planner_set_down(planner, iface->name, iface->where, NET_WARN)->phase = NET_PHASE_PORT_OPTIONS;
}
