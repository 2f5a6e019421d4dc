/* Rules, and routes that are no device's (blackhole), which are taken away for one device, which goes or has
 * become a port, and added for another: the one hands them to the other, and the kernel has them all the
 * time.
 */
#include "plan/builder.h"
#include <linux/rtnetlink.h>

/* NULL: it is one device's. */
static char *shared_text(const NetOp *op)
{
    if (op->is_only_recorded || op->rivals)
        return NULL;
    if (op->type == NET_OP_RULE_ADD || op->type == NET_OP_RULE_DELETE)
        return ifcfg_rule_format(op->rule);
    gboolean is_route = op->type == NET_OP_ROUTE_ADD || op->type == NET_OP_ROUTE_DELETE;
    return is_route && op->route->type != RTN_UNICAST ? ifcfg_route_format(op->route) : NULL;
}

static GHashTable *list_out(const NetPlan *plan)
{
    GHashTable *out = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < plan->ops->len; i++) {
        NetOp *op = g_ptr_array_index(plan->ops, i);
        char *text = net_op_kind(op)->effect == NET_EFFECT_REMOVES ? shared_text(op) : NULL;
        if (text)
            g_hash_table_insert(out, text, op);
    }
    return out;
}

void net_builder_hand_over(NetBuilder *self)
{
    const NetPlan *plan = self->planner.plan;
    g_autoptr(GHashTable) all_out = list_out(plan);
    for (guint i = 0; g_hash_table_size(all_out) && i < plan->ops->len; i++) {
        NetOp *op = g_ptr_array_index(plan->ops, i);
        g_autofree char *text = net_op_kind(op)->effect == NET_EFFECT_ADDS ? shared_text(op) : NULL;
        NetOp *out = text ? g_hash_table_lookup(all_out, text) : NULL;
        if (out)
            out->is_only_recorded = op->is_only_recorded = TRUE;
    }
}
