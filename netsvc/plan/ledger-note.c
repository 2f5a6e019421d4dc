/* What an operation that was done means for the ledger. */
#include "model/kind.h"
#include "plan/op-text.h"
#include <string.h>
#include <sys/socket.h>

static char *op_route_text(const NetOp *op)
{
    return op->metric_plus_ifindex ? g_strdup(NET_LEDGER_ZEROCONF)
                                   : net_ledger_route_text(op->route, op->dev);
}

static char *op_rule_text(const NetOp *op)
{
    g_autofree char *text = net_ledger_rule_text(op->rule);
    return op->is_others ? g_strconcat(NET_LEDGER_OTHERS, text, NULL) : g_steal_pointer(&text);
}

static void entry_identify(LedgerEntry *entry, const NetIface *iface)
{
    if (entry->nick || !iface || g_strcmp0(iface->name, entry->name) != 0)
        return;
    entry->nick = g_strdup(iface->nick);
    entry->file = g_strdup(iface->file);
    entry->kind = g_strdup(iface->kind ? iface->kind->name : NULL);
}

static void entry_note_list(LedgerList *list, gboolean add, const char *text)
{
    if (add)
        net_ledger_list_add(list, text);
    else
        net_ledger_list_remove(list, text);
}

/* The first value that was there counts: later ones are ours. */
static void entry_note_before(LedgerEntry *entry, const char *name, const char *before, gboolean gives_back)
{
    if (gives_back)
        net_ledger_list_set_value(entry->attributes, name, NULL);
    else if (before && !net_ledger_list_value(entry->attributes, name))
        net_ledger_list_set_value(entry->attributes, name, before);
}

static void entry_note_attribute(LedgerEntry *entry, const NetOp *op)
{
    if (op->attr.setting)
        entry_note_before(entry, op->attr.setting->name, op->attr.before, op->attr.gives_back);
}

static void entry_note_written(LedgerEntry *entry, const GPtrArray *settings)
{
    for (guint i = 0; settings && i < settings->len; i++) {
        const LinkSetting *setting = g_ptr_array_index(settings, i);
        if (setting->option && link_option_is_recorded(setting->option))
            net_ledger_list_set_value(entry->written, setting->name, *setting->text ? setting->text : NULL);
    }
}

/* What the device would have without a file's word was never seen. */
static void entry_note_made(LedgerEntry *entry, const NetOp *op)
{
    gboolean has_mac = op->iface && op->iface->macaddr.length && op->iface->kind && !op->iface->kind->mac;
    if (op->create.mtu)
        net_ledger_list_set_value(entry->attributes, "mtu", "");
    if (op->create.mac.length && has_mac)
        net_ledger_list_set_value(entry->attributes, "mac", "");
    entry_note_written(entry, op->create.settings);
    net_ledger_list_add(entry->kinds, op->create.family->kind);
    if (!op->iface || !op->iface->kind)
        return;
    g_free(entry->kind); /* its file can have had another TYPE before */
    entry->kind = g_strdup(op->iface->kind->name);
}

static void entry_note_zone(LedgerEntry *entry, const NetOp *op, gboolean add)
{
    g_free(entry->zone);
    entry->zone = g_strdup(add ? op->zone.name : NULL);
    entry->firewalld = op->zone.firewalld;
}

static void entry_note_vlans(LedgerEntry *entry, const char *list)
{
    if (list)
        net_ledger_list_set_value(entry->written, NET_LEDGER_VLANS, *list ? list : NULL);
}

char *net_op_claim_text(const NetOp *op)
{
    switch (net_op_kind(op)->note) {
    case NET_NOTE_ADDRESS:
        return ifcfg_prefix_format(&op->address->prefix);
    case NET_NOTE_NEXTHOP:
        return net_nexthop_format(op->nexthop.item);
    case NET_NOTE_ROUTE:
        return op_route_text(op);
    case NET_NOTE_RULE:
        return op_rule_text(op);
    default:
        return net_ledger_lease_text(op->lease.lease);
    }
}

static LedgerList *entry_list(LedgerEntry *entry, NetOpNote note)
{
    switch (note) {
    case NET_NOTE_ADDRESS:
        return entry->addresses;
    case NET_NOTE_NEXTHOP:
        return entry->nexthops;
    case NET_NOTE_ROUTE:
        return entry->routes;
    case NET_NOTE_RULE:
        return entry->rules;
    default:
        return entry->leases;
    }
}

static int claim_family(const NetOp *op)
{
    switch (net_op_kind(op)->note) {
    case NET_NOTE_ADDRESS:
        return op->address->prefix.ip.family;
    case NET_NOTE_ROUTE:
        return op->route->to.ip.family;
    case NET_NOTE_RULE:
        return op->rule->family;
    default:
        return op->lease.lease->family;
    }
}

/* The families "4", "6", "46" of which something waits for a lease. */
static void entry_note_awaited(LedgerEntry *entry, int family, gboolean is_awaited)
{
    const char *before = net_ledger_list_value(entry->written, NET_LEDGER_HANDS_OVER);
    gboolean waits_4 = family == AF_INET ? is_awaited : before && strchr(before, '4');
    gboolean waits_6 = family == AF_INET6 ? is_awaited : before && strchr(before, '6');
    net_ledger_list_set_value(entry->written, NET_LEDGER_HANDS_OVER,
                              waits_4 && waits_6 ? "46"
                              : waits_4          ? "4"
                              : waits_6          ? "6"
                                                 : NULL);
}

/* What goes waits no more. */
static void entry_note_hand_over(LedgerEntry *entry, const NetOp *op)
{
    if (op->type == NET_OP_LEASE_GET)
        entry_note_awaited(entry, op->lease.lease->family, op->lease.hands_over);
    else if (net_op_removes(op))
        entry_note_awaited(entry, op->after ? op->after->family : claim_family(op), FALSE);
}

static void entry_note_claim(LedgerEntry *entry, const NetOp *op, gboolean add)
{
    LedgerList *list = entry_list(entry, net_op_kind(op)->note);
    g_autofree char *text = net_op_claim_text(op);
    if (add)
        net_ledger_list_take(list, g_steal_pointer(&text));
    else
        net_ledger_list_remove(list, text);
    entry_note_hand_over(entry, op);
}

static void entry_note_work(LedgerEntry *entry, const NetOp *op)
{
    gboolean add = net_op_adds(op), own = g_strcmp0(op->dev, op->owner) == 0;
    switch (net_op_kind(op)->note) {
    case NET_NOTE_NOTHING:
        break;
    case NET_NOTE_CREATED:
        if (own)
            entry->created = add;
        if (own && add)
            entry_note_made(entry, op);
        break;
    case NET_NOTE_UP:
        if (own)
            entry->up = add;
        break;
    case NET_NOTE_PORT:
        entry_note_list(entry->ports, add, op->dev);
        break;
    case NET_NOTE_ADDRESS:
    case NET_NOTE_NEXTHOP:
    case NET_NOTE_ROUTE:
    case NET_NOTE_RULE:
    case NET_NOTE_LEASE:
        entry_note_claim(entry, op, add);
        break;
    case NET_NOTE_ATTRIBUTE:
        entry_note_attribute(entry, op);
        break;
    case NET_NOTE_WRITTEN:
        entry_note_written(entry, op->set.settings);
        break;
    case NET_NOTE_NAMES:
        net_ledger_set_names(entry, add ? op->names.share : NULL);
        break;
    case NET_NOTE_ZONE:
        entry_note_zone(entry, op, add);
        break;
    case NET_NOTE_TEAMD:
        net_ledger_list_set_value(entry->written, NET_LEDGER_TEAMD, add ? op->teamd.config : NULL);
        break;
    case NET_NOTE_CONF:
        entry_note_before(entry, op->sysctl.key, op->sysctl.before, op->sysctl.gives_back);
        break;
    case NET_NOTE_VLANS:
        entry_note_vlans(entry, op->vlans.record);
        break;
    case NET_NOTE_HOOKS:
        if (op->hook.record)
            net_ledger_list_add(entry->hooks, op->hook.record);
        break;
    }
}

/* With a device goes all that stood on it. */
static gboolean op_ends_entry(const NetOp *op)
{
    gboolean goes = net_op_kind(op)->note == NET_NOTE_CREATED && net_op_removes(op);
    return op->forget || (goes && g_strcmp0(op->dev, op->owner) == 0);
}

static gboolean entry_is_empty(const LedgerEntry *entry)
{
    return !entry->created && !entry->up && !entry->addresses->len && !entry->routes->len &&
           !entry->rules->len && !entry->nexthops->len && !entry->leases->len && !entry->ports->len &&
           !entry->attributes->len && !entry->written->len && !entry->names->len && !entry->zone &&
           !entry->hooks->len;
}

/* What is in resolv.conf does not go with the device: it could not be taken back, or the device is made anew.
 */
static void entry_strip(NetLedger *self, const LedgerEntry *entry)
{
    g_autofree char *name = g_strdup(entry->name), *nick = g_strdup(entry->nick);
    g_autofree char *file = g_strdup(entry->file), *kind = g_strdup(entry->kind);
    g_autoptr(NetNames) names = net_ledger_names(entry);
    net_ledger_remove(self, name);
    LedgerEntry *stripped = net_ledger_ensure(self, name);
    stripped->nick = g_steal_pointer(&nick);
    stripped->file = g_steal_pointer(&file);
    stripped->kind = g_steal_pointer(&kind);
    net_ledger_set_names(stripped, names);
}

/* The other end of a pair, where a file has it: it is made and deleted with the first one. */
static const NetIface *op_other_end(const NetOp *op)
{
    const NetRelation *peer =
        op->iface && net_op_kind(op)->note == NET_NOTE_CREATED && !g_strcmp0(op->iface->name, op->dev)
            ? net_iface_relation(op->iface, NET_PEER)
            : NULL;
    return peer ? peer->iface : NULL;
}

static void note_other_end(NetLedger *self, const NetOp *op, const NetIface *other)
{
    if (net_op_removes(op)) {
        net_ledger_remove(self, other->name);
        return;
    }
    LedgerEntry *entry = net_ledger_ensure(self, other->name);
    entry_identify(entry, other);
    entry->created = TRUE;
    net_ledger_list_add(entry->kinds, op->create.family->kind);
}

/* Whichever run and group it is of, the same thing is the same text. */
static char *owed_text(const NetOp *op)
{
    NetOp bare = *op;
    bare.owner = NULL;
    bare.iface = NULL;
    bare.group = bare.depth = 0;
    bare.phase = 0;
    bare.severity = NET_WARN;
    bare.where = (IfcfgWhere){0};
    return net_op_to_text(&bare);
}

static void note_paid(NetLedger *self, const NetOp *op)
{
    g_autofree char *text = owed_text(op);
    net_ledger_list_remove(self->owed, text);
}

void net_ledger_note(NetLedger *self, const NetOp *op)
{
    if (op->is_back) {
        note_paid(self, op);
        return;
    }
    const NetIface *other = op_other_end(op);
    if (other)
        note_other_end(self, op, other);
    if (!op->owner)
        return;
    if (!net_op_adds(op) && !net_ledger_find(self, op->owner))
        return;
    LedgerEntry *entry = net_ledger_ensure(self, op->owner);
    entry_identify(entry, op->iface);
    entry_note_work(entry, op);
    if (op_ends_entry(op) && entry->names->len)
        entry_strip(self, entry);
    else if (op_ends_entry(op) || entry_is_empty(entry))
        net_ledger_remove(self, op->owner);
}

gboolean net_ledger_intend(NetLedger *self, const NetPlan *plan)
{
    gboolean any = FALSE;
    for (guint i = 0; i < plan->ops->len; i++) {
        const NetOp *op = g_ptr_array_index(plan->ops, i);
        if (!net_op_adds(op) || op->is_back ||
            op->type == NET_OP_HOOK_RUN) /* what was not run is run next time */
            continue;
        net_ledger_note(self, op);
        any = TRUE;
    }
    return any;
}

gboolean net_ledger_owe(NetLedger *self, const NetPlan *plan)
{
    gboolean any = FALSE;
    for (guint i = 0; i < plan->ops->len; i++) {
        const NetOp *op = g_ptr_array_index(plan->ops, i);
        if (!op->is_back || op->is_only_recorded)
            continue;
        g_autofree char *text = owed_text(op);
        net_ledger_list_add(self->owed, text);
        any = TRUE;
    }
    return any;
}
