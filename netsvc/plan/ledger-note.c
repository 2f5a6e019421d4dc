/* What an operation that was done means for the ledger. */
#include "model/kind.h"
#include "plan/op.h"

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
        net_ledger_list_add(list, text);
    else
        net_ledger_list_remove(list, text);
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
