/* Ports in and out of their device, whatever its kind: what kinds do differently is a trait. */
#include "i18n.h"
#include "model/iface.h"
#include "plan/link-plan.h"
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>

static gboolean is_configured(const NetIface *master, const char *name)
{
    for (guint i = 0; i < master->ports->len; i++)
        if (g_str_equal(((const NetIface *)g_ptr_array_index(master->ports, i))->name, name))
            return TRUE;
    return FALSE;
}

static gboolean is_ours(const NetPlanner *planner, const char *master, const char *port)
{
    const LedgerEntry *entry = net_ledger_find(planner->ledger, master);
    return entry && net_ledger_list_has(entry->ports, port);
}

static void release(NetPlanner *planner, const char *port, const char *master, IfcfgWhere where,
                    NetSeverity severity)
{
    planner_do(planner, (NetOp){.type = NET_OP_PORT_REMOVE,
                                .phase = NET_PHASE_PORTS_OUT,
                                .severity = severity,
                                .dev = net_pool_text(planner->plan->pool, g_strdup(port)),
                                .owner = net_pool_text(planner->plan->pool, g_strdup(master)),
                                .where = where,
                                .master = net_pool_text(planner->plan->pool, g_strdup(master))});
}

static GPtrArray *ports_now(const NetPlanner *planner, const char *master)
{
    const ObservedLink *link = planner_link(planner, master);
    const GPtrArray *ports = link ? net_observed_ports_of(planner->picture, link->ifindex) : NULL;
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; ports && i < ports->len; i++)
        g_ptr_array_add(names, g_strdup(((const ObservedLink *)g_ptr_array_index(ports, i))->name));
    return names;
}

/* A switch learns anew at which port each address is. */
static gboolean loses_all(const NetIface *master, const GPtrArray *names)
{
    for (guint i = 0; i < names->len; i++)
        if (is_configured(master, g_ptr_array_index(names, i)))
            return FALSE;
    return names->len > 0;
}

/* What takes the place of those that go. */
static gboolean has_other_ports(const NetPlanner *planner, const NetIface *master)
{
    for (guint i = 0; i < master->ports->len; i++)
        if (planner_link(planner, ((const NetIface *)g_ptr_array_index(master->ports, i))->name))
            return TRUE;
    return FALSE;
}

static gboolean may_go(NetPlanner *planner, const char *port, const char *master, IfcfgWhere where)
{
    g_autofree char *text = g_strdup_printf(_("it is a port of %s, and no file says so"), master);
    return planner_may(planner, port, NET_FATE_BOUNCES, where, text);
}

gboolean planner_may_lose_last(NetPlanner *planner, const NetIface *master, const char *port)
{
    NetFateKind kind = has_other_ports(planner, master) ? NET_FATE_BOUNCES : NET_FATE_GOES;
    g_autofree char *text = g_strdup_printf(_("its last port that works, %s, leaves it"), port);
    return planner_may(planner, master->name, kind, master->where, text);
}

/* Each port of a bond can do the work of the others; that of a bridge has its own. */
static gboolean may_lose(NetPlanner *planner, const NetIface *master, const char *port)
{
    const NetIface *iface = net_model_find(planner->model, port);
    if (!net_kind_has(master->kind, NET_KIND_PORTS_ARE_SILENT))
        return may_go(planner, port, master->name, iface ? iface->where : master->where);
    return !planner_is_last_port(planner, port) ||
           (!planner_is_relieved(planner, master, port) && planner_may_lose_last(planner, master, port));
}

gboolean planner_port_is_left_alone(const NetPlanner *planner, const char *name)
{
    const NetGroup *group = g_ptr_array_index(planner->plan->groups, planner->group);
    const NetIface *iface = net_model_find(planner->model, name);
    IfcfgWhere where;
    if (group->down)
        return FALSE;
    return iface ? iface->fault || iface->is_damaged : net_model_has_unreadable(planner->model, name, &where);
}

/* Its own file takes it out. */
static gboolean is_wanted_elsewhere(const NetPlanner *planner, const char *name)
{
    const NetIface *iface = net_model_find(planner->model, name);
    return iface && net_iface_master(iface);
}

/* Whether it is one that goes; why it stays is told. */
static gboolean is_to_go(NetPlanner *planner, const NetIface *master, const char *name)
{
    if (is_configured(master, name))
        return FALSE;
    if (planner_port_is_left_alone(planner, name))
        planner_note(planner, _("port %s stays until its file is corrected"), name);
    else if (is_ours(planner, master->name, name))
        return may_lose(planner, master, name);
    else if (!is_wanted_elsewhere(planner, name))
        planner_note(planner, _("port %s stays: somebody else added it, and no file names it"), name);
    return FALSE;
}

void planner_release_ports(NetPlanner *planner, const NetIface *master, gboolean all)
{
    g_autoptr(GPtrArray) names = ports_now(planner, master->name);
    gboolean any = FALSE;
    if (all)
        planner_forget_ports(planner, master);
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        gboolean goes = all || is_to_go(planner, master, name);
        if (goes)
            release(planner, name, master->name, master->where, all ? NET_FATAL : NET_WARN);
        any |= goes;
    }
    if (all || (any && loses_all(master, names)))
        planner_note_move(planner, master->name);
}

static void rejoin(NetPlanner *planner, const NetIface *master, const char *port)
{
    planner_do(planner, (NetOp){.type = NET_OP_PORT_ADD,
                                .phase = NET_PHASE_PORTS,
                                .severity = NET_WARN,
                                .dev = net_pool_text(planner->plan->pool, g_strdup(port)),
                                .is_back = TRUE,
                                .where = master->where,
                                .master = master->name});
}

/* A run that was interrupted has left it out. */
static void rejoin_owed(NetPlanner *planner, const NetIface *master)
{
    const GPtrArray *owed = planner_owed(planner);
    for (guint i = 0; i < owed->len; i++) {
        const NetOp *op = owed->pdata[i];
        const ObservedLink *port = op->type == NET_OP_PORT_ADD && g_str_equal(op->master, master->name)
                                       ? planner_link(planner, op->dev)
                                       : NULL;
        if (!port || port->master)
            continue;
        planner_set_down(planner, op->dev, master->where, NET_WARN);
        rejoin(planner, master, op->dev);
    }
}

void planner_rejoin_others(NetPlanner *planner, const NetIface *master)
{
    const ObservedLink *before = planner_link_before(planner, master->name);
    const GPtrArray *ports = before ? net_observed_ports_of(planner->before, before->ifindex) : NULL;
    planner_relieve_ports(planner, master);
    for (guint i = 0; ports && i < ports->len; i++) {
        const ObservedLink *port = g_ptr_array_index(ports, i);
        const ObservedLink *now = planner_link(planner, port->name);
        if (!now || now->master || is_configured(master, port->name) ||
            (is_ours(planner, master->name, port->name) && !planner_port_is_left_alone(planner, port->name)))
            continue;
        rejoin(planner, master, port->name);
    }
    rejoin_owed(planner, master);
}

static const ObservedLink *master_of(const NetPlanner *planner, const char *dev)
{
    const ObservedLink *link = planner_link(planner, dev);
    return link ? net_observed_link_by_index(planner->picture, link->master) : NULL;
}

/* The bridge of a hypervisor is not our business; what a file of ours made it a port of is, and so is a
 * device whose ports have no life of their own. */
static gboolean may_leave(const NetPlanner *planner, const ObservedLink *master, const char *dev)
{
    const IfaceKind *kind = net_model_kind(planner->model, master->kind);
    return net_kind_has(kind, NET_KIND_PORTS_ARE_SILENT) || is_ours(planner, master->name, dev) ||
           net_model_find(planner->model, master->name);
}

/* By itself a bond's port carries nothing: where others go on working it can become another one's. */
static gboolean is_spare(const NetPlanner *planner, const char *port)
{
    const ObservedLink *link = planner_link_before(planner, port);
    const ObservedLink *above = link ? net_observed_link_by_index(planner->before, link->master) : NULL;
    return above && !planner_is_last_port(planner, port) &&
           net_kind_has(net_model_kind(planner->model, above->kind), NET_KIND_PORTS_ARE_SILENT);
}

static gboolean may_become_port(NetPlanner *planner, const NetIface *port, const NetIface *master)
{
    g_autofree char *text = g_strdup_printf(_("it becomes a port of %s"), master->name);
    return is_spare(planner, port->name) ||
           planner_may(planner, port->name, NET_FATE_BOUNCES, net_iface_master_where(port), text);
}

static gboolean may_leave_now(NetPlanner *planner, const NetIface *iface, const ObservedLink *now)
{
    const NetIface *master = net_model_find(planner->model, now->name);
    if (master && may_lose(planner, master, iface->name))
        return TRUE;
    return !g_hash_table_contains(planner->relieved, iface->name) &&
           may_go(planner, iface->name, now->name, iface->where);
}

/* Where its own file names another one, there is no doubt. */
void planner_leave_master(NetPlanner *planner, const NetIface *iface, NetSeverity severity)
{
    const ObservedLink *now = master_of(planner, iface->name);
    const NetIface *wanted = net_iface_master(iface);
    if (!now || (!wanted && !may_leave(planner, now, iface->name)))
        return;
    if (wanted ? may_become_port(planner, iface, wanted) : may_leave_now(planner, iface, now))
        release(planner, iface->name, now->name, iface->where, severity);
}

static void clear_address(NetPlanner *planner, const NetIface *port, const NetIface *master,
                          const ObservedAddress *address)
{
    const LedgerEntry *entry = net_ledger_find(planner->ledger, port->name);
    g_autofree char *text = ifcfg_prefix_format(&address->prefix);
    NetClaim claim = {.type = &net_claim_address,
                      .item = planner_address_of(planner, address),
                      .dev = port->name,
                      .where = port->where};
    if (!entry || !net_ledger_list_has(entry->addresses, text))
        planner_note(planner,
                     _("address %s is taken from %s: it is a port of %s now, where no address works"), text,
                     port->name, master->name);
    g_hash_table_add(planner->removed, planner_claim_id(planner, &claim));
    NetOp op = planner_claim_op(&claim, NET_OP_ADDR_DELETE, NET_PHASE_ADDRESSES_OUT, NET_WARN);
    op.stands_on = NULL;
    planner_do(planner, op);
}

void planner_clear_port(NetPlanner *planner, const NetIface *port, const NetIface *master)
{
    const ObservedLink *link = planner_link(planner, port->name);
    const GPtrArray *list = link ? net_observed_addresses_of(planner->before, link->ifindex) : NULL;
    if (net_kind_has(master->kind, NET_KIND_KEEPS_LAYER3))
        return;
    for (guint i = list ? list->len : 0; i-- > 0;)
        if (!net_observed_address_is_kernels(g_ptr_array_index(list, i)))
            clear_address(planner, port, master, g_ptr_array_index(list, i));
    planner_drop_claims(planner, port);
}

/* A verb that is about some interfaces only takes out the ports of others no more than a reload does. */
static gboolean stays_in(const NetPlanner *planner, const char *port)
{
    const NetIface *iface = net_model_find(planner->model, port);
    return planner->verb == NET_PLAN_RELOAD || !iface || !planner_group_of(planner, iface);
}

/* A port that stays in, though it is to go; NULL: there is none. */
static const char *port_left_in(const NetPlanner *planner, const NetIface *master)
{
    g_autoptr(GPtrArray) names = ports_now(planner, master->name);
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        if (!is_configured(master, name) && is_ours(planner, master->name, name) &&
            planner_is_in_use(planner, name) && stays_in(planner, name) &&
            !planner_port_is_left_alone(planner, name))
            return planner_link(planner, name)->name;
    }
    return NULL;
}

/* A switch joins the networks of its ports: with the one that takes another's place beside that, they would
 * be one network, or a loop. */
static gboolean waits_for_place(NetPlanner *planner, const NetIface *port, const NetIface *master)
{
    gboolean is_switch = !net_kind_has(master->kind, NET_KIND_PORTS_ARE_SILENT) &&
                         !net_kind_has(master->kind, NET_KIND_KEEPS_LAYER3);
    const char *other = is_switch ? port_left_in(planner, master) : NULL;
    if (!other)
        return FALSE;
    g_autofree char *what =
        g_strdup_printf(_("it takes the place of %s, which is still a port of %s"), other, master->name);
    planner_leave(planner, port->name, NET_FATE_MOVES, net_iface_master_where(port), what);
    return TRUE;
}

/* One that was in before is out for a reason that has been given. */
static gboolean may_enter(NetPlanner *planner, const NetIface *port, const NetIface *master)
{
    const ObservedLink *before = planner_link_before(planner, port->name),
                       *above = planner_link_before(planner, master->name);
    return (before && above && before->master == above->ifindex) ||
           (!waits_for_place(planner, port, master) && may_become_port(planner, port, master));
}

static void add(NetPlanner *planner, const NetIface *port, const NetIface *master, NetSeverity severity,
                gboolean is_only_recorded)
{
    planner_do(planner, (NetOp){.type = NET_OP_PORT_ADD,
                                .phase = NET_PHASE_PORTS,
                                .severity = severity,
                                .dev = port->name,
                                .owner = master->name,
                                .is_only_recorded = is_only_recorded,
                                .where = net_iface_master_where(port),
                                .master = master->name});
}

static void enter(NetPlanner *planner, const NetIface *port, const NetIface *master, NetSeverity severity)
{
    /* The kernel refuses a port that is up (bond_enslave(): EPERM); it opens it itself. */
    if (net_kind_has(master->kind, NET_KIND_CLOSES_PORTS))
        planner_set_down(planner, port->name, port->where, severity);
    add(planner, port, master, severity, FALSE);
}

static gboolean is_in(const NetPlanner *planner, const NetIface *port, const NetIface *master)
{
    const ObservedLink *now = master_of(planner, port->name);
    return now && g_str_equal(now->name, master->name);
}

/* A port that its device has spoilt, or somebody else: out and in again makes it right. */
static void refit(NetPlanner *planner, const NetIface *port, const NetIface *master)
{
    const ObservedLink *link = planner_link(planner, port->name),
                       *above = planner_link(planner, master->name);
    if (master->kind->port_fits && is_in(planner, port, master) &&
        !master->kind->port_fits(master, above, link) &&
        planner_may(planner, port->name, NET_FATE_BOUNCES, port->where,
                    _("it must leave its device and join it again")))
        release(planner, port->name, master->name, port->where, NET_WARN);
}

void planner_join(NetPlanner *planner, const NetIface *port, const NetIface *master, NetSeverity severity)
{
    gboolean is_hardware = !net_kind_has(port->kind, NET_KIND_CREATES);
    gboolean is_silent = net_kind_has(master->kind, NET_KIND_PORTS_ARE_SILENT);
    if (!is_in(planner, port, master) && !may_enter(planner, port, master))
        return; /* it keeps what it has, and is on record for it */
    planner_clear_port(planner, port, master);
    refit(planner, port, master);
    if (!is_in(planner, port, master)) {
        planner_leave_master(planner, port, severity);
        enter(planner, port, master, severity);
    } else if (!is_ours(planner, master->name, port->name)) {
        add(planner, port, master, severity, TRUE);
    }
    NetOp *up = planner_set_up(planner, port->name, port->where, severity);
    /* Its device's entry has it; one of its own is from a time when it was no port. */
    if (is_hardware && is_silent) {
        if (up)
            up->owner = NULL;
        planner_forget(planner, port, NULL);
    }
    planner_set_port_options(planner, port, master, NET_WARN);
    planner_set_vlans(planner, port);
}
