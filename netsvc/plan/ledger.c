/* The record of what is ours, and how each operation changes it. No I/O: apply/ keeps it on disk. */
#include "plan/ledger.h"
#include "model/kind.h"
#include "plan/op.h"
#include <sys/socket.h>

static LedgerEntry *ledger_entry_new(const char *name)
{
    LedgerEntry *self = g_new0(LedgerEntry, 1);
    self->name = g_strdup(name);
    self->addresses = g_ptr_array_new_with_free_func(g_free);
    self->routes = g_ptr_array_new_with_free_func(g_free);
    self->rules = g_ptr_array_new_with_free_func(g_free);
    self->ports = g_ptr_array_new_with_free_func(g_free);
    return self;
}

static void ledger_entry_free(LedgerEntry *self)
{
    g_free(self->name);
    g_free(self->nick);
    g_free(self->file);
    g_free(self->kind);
    g_ptr_array_unref(self->addresses);
    g_ptr_array_unref(self->routes);
    g_ptr_array_unref(self->rules);
    g_ptr_array_unref(self->ports);
    g_free(self);
}

static void list_copy(GPtrArray *to, const GPtrArray *from)
{
    for (guint i = 0; i < from->len; i++)
        g_ptr_array_add(to, g_strdup(g_ptr_array_index(from, i)));
}

gboolean net_ledger_list_has(const GPtrArray *list, const char *text)
{
    return list && g_ptr_array_find_with_equal_func((GPtrArray *)list, text, g_str_equal, NULL);
}

static void list_add(GPtrArray *list, const char *text)
{
    if (!net_ledger_list_has(list, text))
        g_ptr_array_add(list, g_strdup(text));
}

static void list_remove(GPtrArray *list, const char *text)
{
    guint index;
    if (g_ptr_array_find_with_equal_func(list, text, g_str_equal, &index))
        g_ptr_array_remove_index(list, index);
}

NetLedger *net_ledger_new(void)
{
    NetLedger *self = g_new0(NetLedger, 1);
    self->entries = g_ptr_array_new_with_free_func((GDestroyNotify)ledger_entry_free);
    self->by_name = g_hash_table_new(g_str_hash, g_str_equal);
    return self;
}

NetLedger *net_ledger_copy(const NetLedger *self)
{
    NetLedger *copy = net_ledger_new();
    for (guint i = 0; i < self->entries->len; i++) {
        const LedgerEntry *from = g_ptr_array_index(self->entries, i);
        LedgerEntry *to = net_ledger_ensure(copy, from->name);
        to->nick = g_strdup(from->nick);
        to->file = g_strdup(from->file);
        to->kind = g_strdup(from->kind);
        to->created = from->created;
        to->up = from->up;
        list_copy(to->addresses, from->addresses);
        list_copy(to->routes, from->routes);
        list_copy(to->rules, from->rules);
        list_copy(to->ports, from->ports);
    }
    return copy;
}

void net_ledger_free(NetLedger *self)
{
    if (!self)
        return;
    g_hash_table_unref(self->by_name);
    g_ptr_array_unref(self->entries);
    g_free(self);
}

LedgerEntry *net_ledger_find(const NetLedger *self, const char *device)
{
    return g_hash_table_lookup(self->by_name, device);
}

LedgerEntry *net_ledger_ensure(NetLedger *self, const char *device)
{
    LedgerEntry *entry = net_ledger_find(self, device);
    if (!entry) {
        entry = ledger_entry_new(device);
        g_ptr_array_add(self->entries, entry);
        g_hash_table_insert(self->by_name, entry->name, entry);
    }
    return entry;
}

void net_ledger_remove(NetLedger *self, const char *device)
{
    LedgerEntry *entry = net_ledger_find(self, device);
    if (!entry)
        return;
    g_hash_table_remove(self->by_name, device);
    g_ptr_array_remove(self->entries, entry); /* keeps the order of the others */
}

/* Takes @text. "default" alone does not tell the families apart. */
static char *family_text(int family, char *text)
{
    g_autofree char *owned = text;
    return g_strdup_printf("-%c %s", family == AF_INET6 ? '6' : '4', owned);
}

/* A route without a device means the interface of its file, which nobody knows once the file is gone: so
 * every next hop gets its name. */
char *net_ledger_route_text(const IfcfgRoute *route, const char *dev)
{
    IfcfgRoute named = *route;
    g_autoptr(GPtrArray) hops = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; route->nexthops && i < route->nexthops->len; i++) {
        const IfcfgNexthop *hop = g_ptr_array_index(route->nexthops, i);
        IfcfgNexthop *copy = g_memdup2(hop, sizeof *hop);
        if (!copy->dev)
            copy->dev = (char *)dev; /* borrowed, as all strings of this copy */
        g_ptr_array_add(hops, copy);
    }
    named.nexthops = hops;
    return family_text(route->to.ip.family, ifcfg_route_format(&named));
}

char *net_ledger_rule_text(const IfcfgRule *rule)
{
    return family_text(rule->family, ifcfg_rule_format(rule));
}

static char *op_route_text(const NetOp *op)
{
    return op->metric_plus_ifindex ? g_strdup(NET_LEDGER_ZEROCONF)
                                   : net_ledger_route_text(op->route, op->dev);
}

/* Whether the operation puts something into the world that has to be remembered. */
static gboolean op_adds(const NetOp *op)
{
    return op->type == NET_OP_LINK_ADD || op->type == NET_OP_LINK_UP || op->type == NET_OP_PORT_ADD ||
           op->type == NET_OP_ADDR_ADD || op->type == NET_OP_ROUTE_ADD || op->type == NET_OP_RULE_ADD;
}

static void entry_identify(LedgerEntry *entry, const NetIface *iface)
{
    if (entry->nick || !iface || g_strcmp0(iface->name, entry->name) != 0)
        return;
    entry->nick = g_strdup(iface->nick);
    entry->file = g_strdup(iface->file);
    entry->kind = g_strdup(iface->kind ? iface->kind->name : NULL);
}

static void entry_note_list(GPtrArray *list, gboolean add, const char *text)
{
    if (add)
        list_add(list, text);
    else
        list_remove(list, text);
}

static void entry_note_work(LedgerEntry *entry, const NetOp *op)
{
    gboolean add = op_adds(op);
    gboolean own = g_strcmp0(op->dev, op->owner) == 0;
    g_autofree char *text = NULL;
    switch (op->type) {
    case NET_OP_LINK_ADD:
        entry->created = TRUE;
        break;
    case NET_OP_LINK_UP:
    case NET_OP_LINK_DOWN:
        if (own)
            entry->up = add;
        break;
    case NET_OP_PORT_ADD:
    case NET_OP_PORT_REMOVE:
        entry_note_list(entry->ports, add, op->dev);
        break;
    case NET_OP_ADDR_ADD:
    case NET_OP_ADDR_DELETE:
        text = ifcfg_prefix_format(&op->address->prefix);
        entry_note_list(entry->addresses, add, text);
        break;
    case NET_OP_ROUTE_ADD:
    case NET_OP_ROUTE_DELETE:
        text = op_route_text(op);
        entry_note_list(entry->routes, add, text);
        break;
    case NET_OP_RULE_ADD:
    case NET_OP_RULE_DELETE:
        text = net_ledger_rule_text(op->rule);
        entry_note_list(entry->rules, add, text);
        break;
    default:
        break;
    }
}

static gboolean entry_is_empty(const LedgerEntry *entry)
{
    return !entry->created && !entry->up && !entry->addresses->len && !entry->routes->len &&
           !entry->rules->len && !entry->ports->len;
}

void net_ledger_note(NetLedger *self, const NetOp *op)
{
    if (!op->owner)
        return;
    LedgerEntry *entry = op_adds(op) ? net_ledger_ensure(self, op->owner) : net_ledger_find(self, op->owner);
    if (!entry)
        return;
    entry_identify(entry, op->iface);
    entry_note_work(entry, op);
    if (op->forget || (op->type == NET_OP_LINK_DELETE && g_strcmp0(op->dev, op->owner) == 0) ||
        entry_is_empty(entry))
        net_ledger_remove(self, op->owner);
}
