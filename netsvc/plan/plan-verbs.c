/* Which interfaces `start`, `stop`, `restart`, `up` and `down` are about. Rules of the old init script
 * (initscripts, rc.d/init.d/network), but restart converges in place instead of bouncing. */
#include "i18n.h"
#include "plan/builder.h"
#include "plan/graph.h"
#include <net/if.h>
#include <string.h>

static gboolean iface_is_lo(const NetIface *iface)
{
    return !strcmp(iface->name, "lo");
}

/* In a loop everybody is somebody's port: each says so. */
static gboolean has_line(const NetBuilder *self, const NetIface *iface)
{
    return !iface_is_lo(iface) && (net_iface_has_line(iface) || net_loops_have(self->planner.loops, iface));
}

static const NetIface *builder_find_loopback(NetBuilder *self)
{
    const NetIface *iface = net_model_find(self->planner.model, "lo");
    return iface ? iface : net_builder_loopback(self);
}

static void builder_add_sysctl(NetBuilder *self)
{
    IfcfgWhere nowhere = {0};
    self->planner.group = net_builder_add_group(self, _("Setting network parameters: "), NULL, FALSE);
    self->planner.iface = NULL;
    const char *settings = net_pool_text(self->planner.plan->pool, net_model_sysctls(self->planner.model));
    planner_do(&self->planner, (NetOp){.type = NET_OP_SYSCTL_APPLY,
                                       .phase = NET_PHASE_SYSCTL,
                                       .severity = NET_WARN,
                                       .where = nowhere,
                                       .sysctl = {NULL, settings}});
}

static gboolean had_file(const NetBuilder *self, const NetIface *iface)
{
    const LedgerEntry *entry = iface->file ? NULL : net_ledger_find(self->planner.ledger, iface->name);
    return entry && entry->file;
}

/* What has no file comes with its ports, and without a line of its own; what it had from a file goes. */
static void builder_add_all(NetBuilder *self)
{
    const NetModel *model = self->planner.model;
    const GPtrArray *rejected = net_model_rejected(model);
    g_autoptr(GPtrArray) order = net_model_boot_order(model);
    net_builder_add_up(self, builder_find_loopback(self), TRUE);
    for (guint i = 0; i < order->len; i++) {
        const NetIface *iface = g_ptr_array_index(order, i);
        if (iface->onboot && (iface->file || had_file(self, iface)) && has_line(self, iface))
            net_builder_add_up(self, iface, iface->file != NULL);
    }
    for (guint i = 0; i < rejected->len; i++) {
        const NetIface *iface = g_ptr_array_index(rejected, i);
        if (iface->onboot && has_line(self, iface))
            net_builder_add_up(self, iface, TRUE);
    }
    self->planner.claimants = net_route_claimants(self->up);
}

void net_builder_start(NetBuilder *self)
{
    builder_add_sysctl(self);
    builder_add_all(self);
}

static gboolean is_ours_or_up(const NetBuilder *self, const NetIface *iface)
{
    const ObservedLink *link = net_observed_link(self->planner.before, iface->name);
    return (link && link->flags & IFF_UP) || net_ledger_find(self->planner.ledger, iface->name);
}

static gboolean is_made_by_us(const NetBuilder *self, const NetIface *iface)
{
    const LedgerEntry *entry = net_ledger_find(self->planner.ledger, iface->name);
    return entry && entry->created;
}

/* Devices that only the ledger knows: their files are gone. */
static void builder_add_ghosts(NetBuilder *self, void (*add)(NetBuilder *self, const LedgerEntry *entry))
{
    const GPtrArray *entries = self->planner.ledger->entries;
    for (guint i = 0; i < entries->len; i++) {
        const LedgerEntry *entry = g_ptr_array_index(entries, i);
        if (!net_model_find(self->planner.model, entry->name) && strcmp(entry->name, "lo") != 0)
            add(self, entry);
    }
}

static void builder_drop_ghost(NetBuilder *self, const LedgerEntry *entry)
{
    net_builder_add_down(self, net_builder_ghost(self, entry), TRUE);
}

/* The file is for another device now, which nobody makes and which is not there: a DEVICE that was mistyped.
 */
static const NetIface *find_absent(const NetBuilder *self, const LedgerEntry *entry)
{
    const NetModel *model = self->planner.model;
    for (guint i = 0; entry->file && i < net_model_length(model); i++) {
        const NetIface *iface = net_model_nth(model, i);
        if (!g_strcmp0(iface->file, entry->file) && !net_kind_has(iface->kind, NET_KIND_CREATES) &&
            !iface->parent && !net_observed_link(self->planner.before, iface->name))
            return iface;
    }
    return NULL;
}

static void builder_leave_ghost(NetBuilder *self, const LedgerEntry *entry, IfcfgWhere where,
                                const NetIface *absent)
{
    NetIface *ghost = net_builder_ghost(self, entry);
    if (absent)
        net_iface_fail(
            ghost, absent->where, NULL,
            _("the file is for %s now, which is not there; %s is left as it is until the file is corrected"),
            absent->name, entry->name);
    else
        net_iface_fail(ghost, where, NULL, _("the file cannot be read"));
    net_builder_add_up(self, ghost, TRUE);
}

/* A file that is there, and cannot be read, is no reason to take down what it has brought up. */
static void builder_judge_ghost(NetBuilder *self, const LedgerEntry *entry)
{
    const NetModel *model = self->planner.model;
    const NetIface *absent = find_absent(self, entry);
    IfcfgWhere where = {0};
    if ((entry->file && net_model_is_unreadable(model, g_intern_string(entry->file), &where)) ||
        net_model_has_unreadable(model, entry->name, &where) || absent)
        builder_leave_ghost(self, entry, where, where.file ? NULL : absent);
    else
        builder_drop_ghost(self, entry);
}

void net_builder_stop(NetBuilder *self)
{
    const NetModel *model = self->planner.model;
    for (guint i = 0; i < net_model_length(model); i++) {
        const NetIface *iface = net_model_nth(model, i);
        if (has_line(self, iface) && !iface->unsupported &&
            (iface->file ? is_ours_or_up(self, iface) : is_made_by_us(self, iface)))
            net_builder_add_down(self, iface, TRUE);
    }
    builder_add_ghosts(self, builder_drop_ghost);
    const NetIface *lo = builder_find_loopback(self);
    if (is_ours_or_up(self, lo))
        net_builder_add_down(self, lo, TRUE);
}

gboolean net_builder_is_needed(const NetIface *iface)
{
    for (guint i = 0; i < iface->ports->len; i++) {
        const NetIface *port = g_ptr_array_index(iface->ports, i);
        if (net_iface_has_line(port) && port->onboot)
            return TRUE;
    }
    for (guint i = 0; i < iface->uppers->len; i++) {
        const NetIface *upper = g_ptr_array_index(iface->uppers, i);
        if (upper->onboot || net_builder_is_needed(upper))
            return TRUE;
    }
    return FALSE;
}

/* A port comes up with its master, whatever its own file says; also with one that only others need. */
static gboolean comes_up(const NetIface *iface)
{
    const NetIface *master = net_iface_has_line(iface) ? NULL : net_iface_master(iface);
    return master ? master->onboot || net_builder_is_needed(master) : iface->onboot;
}

static gboolean has_claims(const LedgerEntry *entry)
{
    return entry->addresses->len || entry->routes->len || entry->rules->len || entry->leases->len;
}

/* Up after a boot it can still be for what needs it, but then it has nothing of its own. */
static gboolean is_surplus(const NetBuilder *self, const NetIface *iface)
{
    const LedgerEntry *entry = net_ledger_find(self->planner.ledger, iface->name);
    return entry && !comes_up(iface) && (!net_builder_is_needed(iface) || has_claims(entry));
}

/* What would not be up after a boot, but is by our doing; also what has become a port of such a device. */
static void builder_add_surplus(NetBuilder *self)
{
    const NetModel *model = self->planner.model;
    for (guint i = 0; i < net_model_length(model); i++) {
        const NetIface *iface = net_model_nth(model, i);
        if (!iface_is_lo(iface) && !iface->parent && !net_loops_have(self->planner.loops, iface) &&
            !iface->unsupported && is_surplus(self, iface))
            net_builder_add_down(self, iface, TRUE);
    }
    builder_add_ghosts(self, builder_judge_ghost);
}

static gboolean has_files(const NetModel *model)
{
    for (guint i = 0; i < net_model_length(model); i++)
        if (net_model_nth(model, i)->file)
            return TRUE;
    return FALSE;
}

static gboolean has_brought_up(const NetLedger *ledger)
{
    return ledger->entries->len > (net_ledger_find(ledger, "lo") ? 1 : 0);
}

/* A folder that is empty all at once was not emptied to take the network down: it is not mounted, or
 * somebody's script went wrong. */
static gboolean builder_check_files(const NetBuilder *self, GError **error)
{
    if (has_files(self->planner.model) || !has_brought_up(self->planner.ledger))
        return TRUE;
    g_set_error(
        error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
        _("there is no ifcfg file any more; everything is left as it is: `network stop` takes it down"));
    return FALSE;
}

gboolean net_builder_restart(NetBuilder *self, GError **error)
{
    if (!builder_check_files(self, error))
        return FALSE;
    builder_add_surplus(self);
    net_builder_start(self);
    return TRUE;
}

gboolean net_builder_reload(NetBuilder *self, GError **error)
{
    if (!builder_check_files(self, error))
        return FALSE;
    builder_add_surplus(self);
    builder_add_all(self);
    return TRUE;
}

/* What was not up when the record was as it is wanted. A file that is gone now was not there then either. */
static void builder_drop_new(NetBuilder *self, const NetLedger *wanted)
{
    const GPtrArray *entries = self->planner.ledger->entries;
    for (guint i = 0; i < entries->len; i++) {
        const LedgerEntry *entry = g_ptr_array_index(entries, i);
        const NetIface *iface = net_model_find(self->planner.model, entry->name);
        if (net_ledger_find(wanted, entry->name) || !strcmp(entry->name, "lo"))
            continue;
        if (!iface)
            builder_drop_ghost(self, entry);
        else if (!iface->parent && !net_loops_have(self->planner.loops, iface) && !iface->unsupported)
            net_builder_add_down(self, iface, TRUE);
    }
}

void net_builder_back(NetBuilder *self, const NetLedger *wanted)
{
    g_autoptr(GPtrArray) order = net_model_boot_order(self->planner.model);
    builder_drop_new(self, wanted);
    if (net_ledger_find(wanted, "lo"))
        net_builder_add_up(self, builder_find_loopback(self), FALSE);
    for (guint i = 0; i < order->len; i++) {
        const NetIface *iface = g_ptr_array_index(order, i);
        if (!iface_is_lo(iface) && has_line(self, iface) && net_ledger_find(wanted, iface->name))
            net_builder_add_up(self, iface, TRUE);
    }
    self->planner.claimants = net_route_claimants(self->up);
}

typedef struct {
    NetBuilder *builder;
    const NetIface *iface; /* whose needs are visited */
} NeedVisit;

static void builder_add_needed(NetIface *needed, gpointer data);

static void builder_add_needs_of(NetBuilder *self, const NetIface *iface)
{
    NeedVisit visit = {.builder = self, .iface = iface};
    net_graph_needs(iface, builder_add_needed, &visit);
}

/* A port makes the bond that it needs by itself, without bringing it up; an alias needs its parent up, a VLAN
 * the device below, no more. */
static void builder_add_needed(NetIface *needed, gpointer data)
{
    NeedVisit *visit = data;
    NetBuilder *self = visit->builder;
    if (needed == net_iface_master(visit->iface) || net_loops_have(self->planner.loops, needed) ||
        g_hash_table_contains(self->up_of, needed) || needed->unsupported ||
        ((needed == visit->iface->parent || needed == net_iface_lower(visit->iface)) &&
         planner_link_stays(&self->planner, needed->name)))
        return;
    builder_add_needs_of(self, needed);
    net_builder_add_up(self, needed, FALSE);
}

/* What we brought up on a device that was down meanwhile has lost its routes with it: they come back with the
 * device. */
static void builder_add_uppers_of(NetBuilder *self, const NetIface *iface)
{
    for (guint i = 0; i < iface->uppers->len; i++) {
        const NetIface *upper = g_ptr_array_index(iface->uppers, i);
        if (!net_ledger_find(self->planner.ledger, upper->name) || g_hash_table_contains(self->up_of, upper))
            continue;
        net_builder_add_up(self, upper, FALSE);
        builder_add_uppers_of(self, upper);
    }
}

gboolean net_builder_unknown(const NetBuilder *self, const char *name, GError **error)
{
    g_autofree char *hint = net_model_hint(self->planner.model, name);

    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
                _("there is no configuration of an interface %s; %s"), name, hint);
    return FALSE;
}

gboolean net_builder_up(NetBuilder *self, const char *name, GError **error)
{
    const NetIface *iface = net_model_find(self->planner.model, name);
    if (!iface && !strcmp(name, "lo"))
        iface = net_builder_loopback(self);
    if (!iface)
        return net_builder_unknown(self, name, error);
    if (g_hash_table_contains(self->up_of, iface))
        return TRUE;
    builder_add_needs_of(self, iface);
    net_builder_add_up(self, iface, FALSE);
    if (iface->tunnel6to4 && !g_hash_table_contains(self->up_of, iface->tunnel6to4))
        net_builder_add_up(self, iface->tunnel6to4, FALSE);
    builder_add_uppers_of(self, iface);
    return TRUE;
}

gboolean net_builder_down(NetBuilder *self, const char *name, GError **error)
{
    const NetIface *iface = net_model_find(self->planner.model, name);
    const LedgerEntry *entry = net_ledger_find(self->planner.ledger, name);
    if (!iface && !strcmp(name, "lo"))
        iface = net_builder_loopback(self);
    if (!iface && entry)
        iface = net_builder_ghost(self, entry);
    if (!iface)
        return net_builder_unknown(self, name, error);
    if (g_hash_table_contains(self->planner.group_of, iface))
        return TRUE;
    if (iface->tunnel6to4 && !g_hash_table_contains(self->planner.group_of, iface->tunnel6to4))
        net_builder_add_down(self, iface->tunnel6to4, FALSE);
    net_builder_add_down(self, iface, FALSE);
    return TRUE;
}
