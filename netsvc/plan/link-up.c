/* The one plan that all kinds share, on the way up: what it stands on -> the device is made, or brought to
 * its options by their class -> ports -> up. What stands on the link is planned later, when all links are. */
#include "i18n.h"
#include "model/iface.h"
#include "plan/graph.h"
#include "plan/link-plan.h"
#include "state/attributes.h"
#include <net/if.h>

/* --- making a device --- */

/* A link can be named at creation if it is there, since netlink names it by its index. */
static gboolean is_for_creation(const NetPlanner *planner, const LinkSetting *setting)
{
    const LinkOption *option = setting->option;
    if (!option)
        return TRUE;
    if (option->when == LINK_WHEN_AFTER_PORTS)
        return option->kind == LINK_VALUE_IFNAME && !(option->needs & LINK_NEEDS_PORT) &&
               planner_link(planner, setting->text);
    return option->when < LINK_WHEN_LOAD;
}

static GPtrArray *creation_settings(NetPlanner *planner, const NetIface *iface)
{
    GPtrArray *settings = g_ptr_array_new();
    for (guint i = 0; iface->settings && i < link_settings_length(iface->settings); i++) {
        const LinkSetting *setting = link_settings_nth(iface->settings, i);
        if (is_for_creation(planner, setting))
            g_ptr_array_add(settings, (gpointer)setting);
    }
    return net_pool_keep(planner->plan->pool, settings, (GDestroyNotify)g_ptr_array_unref);
}

static const char *lower_name(const NetIface *iface)
{
    const NetRelation *relation = net_iface_relation(iface, NET_STANDS_ON);
    return relation ? relation->name : NULL;
}

static const char *peer_name(const NetIface *iface)
{
    const NetRelation *relation = net_iface_relation(iface, NET_PEER);
    return relation ? relation->name : NULL;
}

guint8 planner_depth(const NetIface *iface)
{
    guint8 depth = 0;
    for (const NetIface *lower = net_iface_lower(iface); lower && depth < 32; lower = net_iface_lower(lower))
        depth++;
    return depth;
}

static void load_driver(NetPlanner *planner, const NetIface *iface)
{
    const LinkFamily *family = iface->kind->family;
    if (family->module_options && !net_observed_has_driver(planner->before, family))
        planner_load_module(planner, NULL, family->module, family->module_options, NET_FATAL, iface->where);
}

static void planner_create(NetPlanner *planner, const NetIface *iface, NetSeverity severity)
{
    load_driver(planner, iface);
    NetOp op = {.type = NET_OP_LINK_ADD,
                .phase = NET_PHASE_CREATE,
                .severity = severity,
                .depth = planner_depth(iface),
                .dev = iface->name,
                .where = iface->where};
    op.create.family = iface->kind->family;
    op.create.settings = creation_settings(planner, iface);
    op.create.lower = lower_name(iface);
    op.create.peer = peer_name(iface);
    op.create.mac = planner_wanted_mac(planner, iface);
    if (!net_kind_has(iface->kind, NET_KIND_MTU_BY_PORTS))
        op.create.mtu = net_usable_mtu(iface, planner->picture);
    planner_do(planner, op);
}

/* --- a device that is there --- */

/* Its file has another type than the device that has its name. */
static gboolean is_other_kind(const NetPlanner *planner, const NetIface *iface)
{
    const ObservedLink *link = planner_link(planner, iface->name);
    return link && net_kind_has(iface->kind, NET_KIND_CREATES) &&
           g_strcmp0(link->kind, iface->kind->family->kind) != 0;
}

/* One that we have made, by what its file said before, is ours to make anew. */
static gboolean is_others_device(NetPlanner *planner, const NetIface *iface)
{
    const ObservedLink *link = planner_link(planner, iface->name);
    if (!is_other_kind(planner, iface) || planner_made_as_is(planner, link))
        return FALSE;
    planner_fail(
        planner, iface->where,
        _("there is a device %s already, but it is not a %s (%s); remove it, or rename the one in the file"),
        iface->name, iface->kind->family->kind, link->kind ? link->kind : _("a NIC"));
    return TRUE;
}

static gboolean stands_elsewhere(const NetPlanner *planner, const NetIface *iface)
{
    const char *lower = lower_name(iface);
    const ObservedLink *link = planner_link(planner, iface->name),
                       *below = lower ? planner_link(planner, lower) : NULL;
    return below && link->lower != below->ifindex;
}

/* The other end can be in another network namespace: then nobody here knows what it is. */
static gboolean is_paired_elsewhere(const NetPlanner *planner, const NetIface *iface)
{
    const char *peer = peer_name(iface);
    const ObservedLink *link = planner_link(planner, iface->name);
    const ObservedLink *other = net_observed_link_by_index(planner->picture, link->peer);
    return peer && other && !g_str_equal(other->name, peer);
}

/* What has the name of the other end is something else. */
static gboolean peer_is_taken(NetPlanner *planner, const NetIface *iface)
{
    const NetRelation *relation = net_iface_relation(iface, NET_PEER);
    const ObservedLink *link = planner_link(planner, iface->name),
                       *other = relation ? planner_link(planner, relation->name) : NULL;
    if (!other || (link && link->peer == other->ifindex))
        return FALSE;
    planner_fail(planner, relation->where,
                 _("%s=%s: there is a device %s already, but it is not the other end of %s; remove it, or "
                   "correct the name"),
                 relation->key, relation->name, relation->name, iface->name);
    return TRUE;
}

/* What is on the device of others would go with it. */
static gboolean planner_remake(NetPlanner *planner, const NetIface *iface, NetSeverity severity)
{
    g_autofree char *foreign = planner_find_foreign(planner, iface, TRUE);
    if (foreign) {
        planner_fail(planner, iface->where,
                     _("%s must be deleted and created again for this change, but %s; remove that first"),
                     iface->name, foreign);
        return FALSE;
    }
    planner_do(planner, (NetOp){.type = NET_OP_LINK_DELETE,
                                .phase = NET_PHASE_LINKS_OUT,
                                .severity = severity,
                                .dev = iface->name,
                                .where = iface->where});
    planner_create(planner, iface, severity);
    return TRUE;
}

/* Of `reload`, which interrupts nothing, it stays what it was; nothing of what it is to be can be set on it.
 */
static gboolean planner_replace(NetPlanner *planner, const NetIface *iface, NetSeverity severity)
{
    g_autofree char *text = g_strdup_printf(
        _("it is a %s, expected a %s"), planner_link(planner, iface->name)->kind, iface->kind->family->kind);
    return planner_may(planner, iface->name, NET_FATE_REMADE, iface->where, text) &&
           planner_remake(planner, iface, severity);
}

/* What no option says and cannot be changed on a device that is there; NULL: nothing. */
static char *why_new(const NetPlanner *planner, const NetIface *iface)
{
    if (stands_elsewhere(planner, iface))
        return g_strdup_printf(_("it stands on another device, expected %s"), lower_name(iface));
    if (is_paired_elsewhere(planner, iface))
        return g_strdup_printf(_("its other end is another one, expected %s"), peer_name(iface));
    return iface->kind->must_be_new
               ? iface->kind->must_be_new(iface, net_ledger_find(planner->ledger, iface->name))
               : NULL;
}

static gboolean planner_repair(NetPlanner *planner, const NetIface *iface, NetSeverity severity,
                               LinkRepair *repair)
{
    planner_find_repair(planner, iface, repair);
    g_autofree char *why = why_new(planner, iface);
    if (why && !planner_may(planner, iface->name, NET_FATE_REMADE, iface->where, why))
        return FALSE;
    repair->needs_new_device |= why != NULL;
    if (repair->needs_new_device)
        return planner_remake(planner, iface, severity);
    if (net_kind_has(iface->kind, NET_KIND_HAS_PORTS))
        planner_release_ports(planner, iface, repair->needs_no_ports);
    if (repair->needs_down)
        planner_set_down(planner, iface->name, iface->where, severity);
    planner_set_options(planner, iface, repair, FALSE);
    return TRUE;
}

/* It is not there; or we have made it and did not get further, or have taken it down again. */
static gboolean is_unfinished(const NetPlanner *planner, const NetIface *lower)
{
    const ObservedLink *link = planner_link(planner, lower->name);
    return !link || (!(link->flags & IFF_UP) && planner_made(planner, lower->name));
}

/* Without a file of its own it can be a card that comes later, or a name that is wrong. */
static void wait_lower(NetPlanner *planner, const NetIface *iface, NetSeverity severity)
{
    const NetRelation *relation = net_iface_relation(iface, NET_STANDS_ON);
    const char *hint = relation->iface ? NULL : _("no file is about it: write one, or correct the name");
    planner_do(planner, (NetOp){.type = NET_OP_LINK_WAIT,
                                .phase = NET_PHASE_DEVICE,
                                .severity = severity,
                                .dev = relation->name,
                                .where = relation->where,
                                .wait = {.timeout_ms = iface->devtimeout * 1000, .hint = hint}});
}

/* A device below that this plan is not about is made or waited for, and set up; it gets no address. */
static void ensure_lower(NetPlanner *planner, const NetIface *iface, NetSeverity severity)
{
    const NetIface *lower = net_iface_lower(iface);
    const char *name = lower_name(iface);
    const NetGroup *own = lower ? planner_group_of(planner, lower) : NULL;
    if (!name || (own && !own->down && !lower->unsupported))
        return;
    gboolean is_made = lower && is_unfinished(planner, lower) && !net_iface_is_refused(lower) &&
                       !lower->unsupported && !net_loops_have(planner->loops, lower);
    if (is_made)
        planner_link_up(planner, lower);
    if (!planner_link(planner, name))
        wait_lower(planner, iface, severity);
    NetOp *up = planner_set_up(planner, name, iface->where, severity);
    if (up && !lower)
        up->owner = NULL; /* not ours to take down, as no file says */
    if (up && !is_made)
        up->phase = NET_PHASE_CREATE; /* a bond opens its ports, which needs the device below */
}

static gboolean prepare_hardware(NetPlanner *planner, const NetIface *iface, NetSeverity severity,
                                 const LinkRepair *repair)
{
    if (planner_wait_device(planner, iface, severity) == DEVICE_WRONG)
        return FALSE;
    if (iface->settings && planner_link(planner, iface->name))
        planner_set_options(planner, iface, repair, FALSE);
    return TRUE;
}

gboolean planner_prepare(NetPlanner *planner, const NetIface *iface, NetSeverity severity, LinkRepair *repair)
{
    if (is_others_device(planner, iface) || peer_is_taken(planner, iface))
        return FALSE;
    if (!net_kind_has(iface->kind, NET_KIND_CREATES))
        return prepare_hardware(planner, iface, severity, repair);
    ensure_lower(planner, iface, severity);
    if (is_other_kind(planner, iface))
        return planner_replace(planner, iface, severity);
    if (planner_link(planner, iface->name))
        return planner_repair(planner, iface, severity, repair);
    if (planner_place_is_left(planner, iface))
        return FALSE;
    planner_create(planner, iface, severity);
    return TRUE;
}

/* --- ports --- */

static void refuse_port(NetPlanner *planner, const NetIface *port, NetSeverity severity)
{
    planner_do(planner, (NetOp){.type = NET_OP_LINK_WAIT,
                                .phase = NET_PHASE_DEVICE,
                                .severity = severity,
                                .dev = port->name,
                                .where = port->fault_where,
                                .wait = {.why = port->fault}});
}

static void bring_ports_of(NetPlanner *planner, const NetIface *iface);

/* A port that comes up with its device: all of it, in the same group. */
static void bring_port(NetPlanner *planner, const NetIface *port, const NetIface *master,
                       NetSeverity severity)
{
    g_auto(LinkRepair) repair = {.left = NULL};
    if (net_iface_is_refused(port)) {
        refuse_port(planner, port, severity);
        return;
    }
    if (!planner_prepare(planner, port, severity, &repair))
        return;
    planner_set_attributes(planner, port, NET_WARN);
    bring_ports_of(planner, port);
    planner_join(planner, port, master, severity);
    if (port->settings)
        planner_set_options(planner, port, &repair, TRUE);
}

/* One port less is a warning where another one works; without any the device has failed. */
static NetSeverity port_severity(const NetPlanner *planner, const NetIface *iface)
{
    const ObservedLink *link = planner_link(planner, iface->name);
    const GPtrArray *ports = link ? net_observed_ports_of(planner->picture, link->ifindex) : NULL;
    return ports && ports->len ? NET_DEGRADE : NET_ONE_OF;
}

/* A port that has a line of its own comes by itself; one that is up already would wait for that in vain. */
static void rejoin_ports(NetPlanner *planner, const NetIface *iface)
{
    for (guint i = 0; i < iface->ports->len; i++) {
        const NetIface *port = g_ptr_array_index(iface->ports, i);
        const ObservedLink *link = planner_link(planner, port->name);
        if (link && link->flags & IFF_UP && !link->master && !g_hash_table_contains(planner->group_of, port))
            planner_join(planner, port, iface, NET_WARN);
    }
}

/* Those that have a group of their own come by themselves. */
static void bring_ports_of(NetPlanner *planner, const NetIface *iface)
{
    gboolean are_silent = net_kind_has(iface->kind, NET_KIND_HAS_PORTS | NET_KIND_PORTS_ARE_SILENT);
    NetSeverity severity = are_silent ? port_severity(planner, iface) : NET_WARN;
    for (guint i = 0; are_silent && i < iface->ports->len; i++)
        bring_port(planner, g_ptr_array_index(iface->ports, i), iface, severity);
    /* When the last port went out to come in again, the driver drew a MAC by lot (__bond_release_one()). */
    if (are_silent)
        planner_set_mac(planner, iface, NET_FATAL);
    if (!are_silent && net_kind_has(iface->kind, NET_KIND_HAS_PORTS))
        rejoin_ports(planner, iface);
    if (net_kind_has(iface->kind, NET_KIND_HAS_PORTS))
        planner_rejoin_others(planner, iface);
}

/* --- the whole --- */

/* Without any port a bond has a random MAC: it gets back the one that its neighbours know, not that of
 * whoever comes first. */
static void refresh_mac(NetPlanner *planner, const NetIface *master)
{
    const ObservedLink *link = planner_link(planner, master->name);
    const GPtrArray *ports = net_observed_ports_of(planner->picture, link->ifindex);
    if (!ports || !ports->len)
        planner_set_mac(planner, master, NET_FATAL);
}

/* A port alone makes the device that it needs, if nobody else does. */
static gboolean ensure_master(NetPlanner *planner, const NetIface *master)
{
    LinkRepair repair = {.left = NULL};
    if (is_others_device(planner, master))
        return FALSE;
    if (g_hash_table_contains(planner->group_of, master))
        return TRUE;
    if (!planner_link(planner, master->name) || is_other_kind(planner, master)) {
        if (!planner_prepare(planner, master, NET_FATAL, &repair))
            return FALSE;
        planner_set_attributes(planner, master, NET_FATAL);
        return TRUE;
    }
    refresh_mac(planner, master);
    return TRUE;
}

/* What a reload leaves for what it was takes no ports of what it is to be. */
static gboolean is_to_wait(NetPlanner *planner, const NetIface *port, const NetIface *master)
{
    g_autofree char *what = g_strdup_printf(_("it waits for %s"), master->name);
    if (planner_left_as(planner, master->name) != NET_FATE_REMADE)
        return FALSE;
    planner_leave(planner, port->name, NET_FATE_MOVES, net_iface_master_where(port), what);
    return TRUE;
}

static void bring_as_port(NetPlanner *planner, const NetIface *iface, const NetIface *master)
{
    if (ensure_master(planner, master) && !is_to_wait(planner, iface, master))
        planner_join(planner, iface, master, NET_FATAL);
}

void planner_link_up(NetPlanner *planner, const NetIface *iface)
{
    g_auto(LinkRepair) repair = {.left = NULL};
    const NetIface *master = net_iface_master(iface);
    if (net_kind_has(iface->kind, NET_KIND_BY_DAEMON)) {
        planner_plugin_up(planner, iface);
        return;
    }
    if (!planner_prepare(planner, iface, NET_FATAL, &repair))
        return;
    if (!master)
        planner_leave_master(planner, iface, NET_FATAL);
    planner_set_attributes(planner, iface, NET_FATAL);
    planner_set_confs(planner, iface);
    planner_set_token(planner, iface);
    bring_ports_of(planner, iface);
    if (master)
        bring_as_port(planner, iface, master);
    if (iface->link_up && !(master && planner_is_left(planner, iface->name)))
        planner_set_up(planner, iface->name, iface->where, NET_FATAL);
    if (iface->kind->family && planner_link(planner, iface->name))
        planner_set_options(planner, iface, &repair, TRUE);
    if (!master)
        planner_set_vlans(planner, iface);
}
