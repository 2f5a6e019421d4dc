/* What a reload leaves as it is keeps what it has, and who claims that elsewhere is left with it: a host that
 * is reached by the one would not be by the other. */
#include "i18n.h"
#include "model/iface.h"
#include "plan/planner.h"
#include "state/compare.h"

static void leave_claim(NetPlanner *planner, const NetClaim *claim, const char *what)
{
    planner_leave(planner, claim->dev, NET_FATE_MOVES, claim->where, what);
    g_hash_table_add(planner->tried, planner_claim_id(planner, claim));
    if (claim->type == &net_claim_address)
        g_array_append_val(planner->left_addresses, *claim);
}

static void leave_with(NetPlanner *planner, const NetClaim *claim, const char *dev)
{
    g_autofree char *text = planner_claim_words(claim);
    g_autofree char *what = g_strdup_printf(_("%s stays with %s"), text, dev);
    leave_claim(planner, claim, what);
}

/* --- what stays elsewhere --- */

/* With whatever prefix length. */
static gboolean asks_for(const NetIface *iface, const IfcfgIp *ip)
{
    const NetIface *part;
    for (guint p = 0; (part = net_iface_part(iface, p)); p++)
        for (guint i = 0; i < part->addresses->len; i++)
            if (ifcfg_ip_equal(&((const NetAddress *)part->addresses->pdata[i])->prefix.ip, ip))
                return TRUE;
    return FALSE;
}

/* Ours, and no file asks for it any more that can be understood: somebody may be talking to it. */
static gboolean is_over(const NetPlanner *planner, const char *dev, const ObservedAddress *address)
{
    const LedgerEntry *entry = net_ledger_find(planner->ledger, dev);
    const NetIface *iface = net_model_find(planner->model, dev);
    g_autofree char *text = ifcfg_prefix_format(&address->prefix);
    return entry && net_ledger_list_has(entry->addresses, text) && planner_is_in_use(planner, dev) &&
           !(iface && !iface->fault && asks_for(iface, &address->prefix.ip));
}

/* A link-local address is another one on each link. */
static gboolean has_address_left(NetPlanner *planner, const NetClaim *claim)
{
    const IfcfgIp *ip = &((const NetAddress *)claim->item)->prefix.ip;
    const IndexList *same = net_observed_addresses_with(planner->before, ip);
    for (guint i = 0; same && !ifcfg_ip_is_link_local(ip) && i < same->len; i++) {
        const ObservedAddress *address = g_ptr_array_index(same, i);
        const ObservedLink *link = net_observed_link_by_index(planner->before, address->ifindex);
        if (g_str_equal(link->name, claim->dev) ||
            !(planner_is_left(planner, link->name) || is_over(planner, link->name, address)))
            continue;
        leave_with(planner, claim, link->name);
        return TRUE;
    }
    return FALSE;
}

static gboolean has_route_left(NetPlanner *planner, const NetClaim *claim)
{
    RouteLikes likes = net_observed_likes(planner->before, claim->item);
    const IfcfgRoute *route;
    while ((route = route_likes_next(&likes))) {
        NetClaim theirs = {.type = &net_claim_route, .item = route, .dev = net_route_dev(route)};
        if (!theirs.dev || g_str_equal(theirs.dev, claim->dev) || !planner_is_left(planner, theirs.dev))
            continue;
        leave_with(planner, claim, theirs.dev);
        g_hash_table_add(planner->kept, planner_claim_id(planner, &theirs));
        return TRUE;
    }
    return FALSE;
}

/* --- who needs it --- */

/* Where no address works. */
static gboolean is_left_a_port(const NetPlanner *planner, const char *dev)
{
    const ObservedLink *link = planner_link(planner, dev);
    const ObservedLink *master = link ? net_observed_link_by_index(planner->picture, link->master) : NULL;
    return master && planner_is_left(planner, dev) &&
           !net_kind_has(net_model_kind(planner->model, master->kind), NET_KIND_KEEPS_LAYER3);
}

/* A port of a VRF has its routes in the table of that: those of another table would lead nowhere. */
gboolean planner_is_left_in_vrf(const NetPlanner *planner, const char *dev)
{
    const ObservedLink *link = planner_link(planner, dev);
    const ObservedLink *now = link ? net_observed_link_by_index(planner->picture, link->master) : NULL;
    const NetIface *iface = net_model_find(planner->model, dev),
                   *wanted = iface ? net_iface_master(iface) : NULL;
    gboolean is_in = now && net_kind_has(net_model_kind(planner->model, now->kind), NET_KIND_KEEPS_LAYER3),
             is_to_be = wanted && net_kind_has(wanted->kind, NET_KIND_KEEPS_LAYER3);
    if (planner->verb != NET_PLAN_RELOAD || !planner_is_left(planner, dev) || !(is_in || is_to_be))
        return FALSE;
    return !is_in || !is_to_be || !g_str_equal(now->name, wanted->name) ||
           planner_left_as(planner, now->name) == NET_FATE_REMADE;
}

static gboolean is_reached_by(const IfcfgRoute *route, const NetClaim *address)
{
    for (guint i = 0; i < route->nexthops->len; i++) {
        const IfcfgNexthop *hop = g_ptr_array_index(route->nexthops, i);
        if (ifcfg_prefix_contains(&((const NetAddress *)address->item)->prefix, &hop->via))
            return TRUE;
    }
    return FALSE;
}

/* Its gateway cannot be reached, or by the other device only. */
static gboolean needs_left_address(NetPlanner *planner, const NetClaim *claim)
{
    for (guint i = 0; i < planner->left_addresses->len; i++) {
        const NetClaim *address = &g_array_index(planner->left_addresses, NetClaim, i);
        if (!g_str_equal(address->dev, claim->dev) || !is_reached_by(claim->item, address))
            continue;
        g_autofree char *text = planner_claim_words(claim), *awaited = planner_claim_words(address);
        g_autofree char *what = g_strdup_printf(_("%s waits for %s"), text, awaited);
        leave_claim(planner, claim, what);
        return TRUE;
    }
    return FALSE;
}

gboolean planner_leaves_claim(NetPlanner *planner, const NetClaim *claim)
{
    if (planner->verb != NET_PLAN_RELOAD)
        return FALSE;
    if (is_left_a_port(planner, claim->dev) || planner_is_left_in_vrf(planner, claim->dev))
        return TRUE;
    if (claim->type == &net_claim_address)
        return has_address_left(planner, claim);
    return claim->type == &net_claim_route &&
           (has_route_left(planner, claim) || needs_left_address(planner, claim));
}

/* --- devices --- */

/* By what one is told from others when it is made. */
static gboolean is_made_alike(const NetIface *iface, const ObservedLink *link)
{
    const LinkTable *table = &iface->kind->family->own;
    for (gsize i = 0; i < table->n; i++) {
        const LinkOption *row = &table->rows[i];
        const LinkSetting *setting = link_settings_find(iface->settings, row->name);
        if (row->when == LINK_WHEN_CREATE &&
            g_strcmp0(setting ? setting->text : row->fallback, link_values_find(link->own, row->name)) != 0)
            return FALSE;
    }
    return TRUE;
}

gboolean planner_place_is_left(NetPlanner *planner, const NetIface *iface)
{
    const NetRelation *relation = net_iface_relation(iface, NET_STANDS_ON);
    const ObservedLink *below = relation ? planner_link(planner, relation->name) : NULL;
    gboolean is_once = below && iface->settings && net_kind_has(iface->kind, NET_KIND_IS_ONCE_BELOW);
    for (guint i = 0; is_once && i < planner->plan->left->len; i++) {
        const ObservedLink *link =
            planner_link(planner, ((const NetFate *)planner->plan->left->pdata[i])->dev);
        if (!link || link->lower != below->ifindex || !link->own ||
            link->own->family != iface->kind->family || !is_made_alike(iface, link))
            continue;
        planner_fail(planner, iface->where,
                     _("%s has its place on %s and is left as it is: `netsvc restart` puts %s there"),
                     link->name, below->name, iface->name);
        return TRUE;
    }
    return FALSE;
}
