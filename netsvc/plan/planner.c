/* The planner's hand: operations are appended here, and the picture follows each of them. */
#include "plan/planner.h"
#include "plan/predict.h"
#include <net/if.h>

static void op_complete(NetPlanner *planner, NetOp *op)
{
    op->group = planner->group;
    if (!op->owner && !op->is_back)
        op->owner = op->dev;
    if (!op->iface && op->owner)
        op->iface = net_model_find(planner->model, op->owner);
    if (!op->iface)
        op->iface = planner->iface;
    if (planner->after && !op->where.file)
        op->where = planner->after->where;
    op->after = planner->after;
}

/* What is waited for will be there: all that follows is for that case. */
static void assume_nic(NetObserved *picture, const NetOp *op)
{
    ObservedLink *link = net_observed_make_link(picture, op->dev, picture->last_ifindex + 1);
    picture->last_ifindex++;
    link->flags = IFF_BROADCAST | IFF_MULTICAST;
    link->mac = link->perm_mac = op->wait.mac;
    net_observed_add_link(picture, link);
}

void planner_foresee(NetPlanner *planner, const NetOp *op)
{
    if (op->type == NET_OP_LINK_WAIT && !op->wait.why && !planner_link(planner, op->dev))
        assume_nic(planner_picture_change(planner), op);
    if (!op->is_only_recorded && !op->rivals)
        net_predict(planner_picture_change(planner), op);
}

NetOp *planner_do(NetPlanner *planner, NetOp template)
{
    NetOp *op = g_memdup2(&template, sizeof template);
    op_complete(planner, op);
    g_ptr_array_add(planner->plan->ops, op);
    planner_foresee(planner, op);
    return op;
}

int planner_try(NetPlanner *planner, NetOp template)
{
    op_complete(planner, &template);
    int code = net_predict(planner_picture_change(planner), &template);
    if (!code)
        g_ptr_array_add(planner->plan->ops, g_memdup2(&template, sizeof template));
    return code;
}

void planner_stand_by(NetPlanner *planner, NetOp template)
{
    NetOp *op = g_memdup2(&template, sizeof template);
    op_complete(planner, op);
    g_ptr_array_add(planner->plan->ops, op);
}

static NetGroup *planner_group(NetPlanner *planner)
{
    return g_ptr_array_index(planner->plan->groups, planner->group);
}

const NetGroup *planner_group_of(const NetPlanner *planner, const NetIface *iface)
{
    guint index = GPOINTER_TO_UINT(g_hash_table_lookup(planner->group_of, iface));
    return index ? g_ptr_array_index(planner->plan->groups, index - 1) : NULL;
}

gboolean planner_enter(NetPlanner *planner, const NetIface *iface)
{
    guint index = GPOINTER_TO_UINT(g_hash_table_lookup(planner->group_of, iface));
    if (!index)
        return FALSE;
    planner->group = index - 1;
    planner->iface = iface;
    return !planner_group(planner)->failed && !planner_group(planner)->is_passed;
}

void planner_fail(NetPlanner *planner, IfcfgWhere where, const char *format, ...)
{
    NetGroup *group = planner_group(planner);
    va_list args;
    if (group->failed)
        return;
    va_start(args, format);
    group->failed = g_strdup_vprintf(format, args);
    va_end(args);
    group->failed_where = where;
}

void planner_note(NetPlanner *planner, const char *format, ...)
{
    NetGroup *group = planner_group(planner);
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    if (!group->notes)
        group->notes = g_ptr_array_new_with_free_func(g_free);
    if (!g_ptr_array_find_with_equal_func(group->notes, text, g_str_equal, NULL)) /* it may be tried again */
        g_ptr_array_add(group->notes, g_steal_pointer(&text));
}

void planner_warn(NetPlanner *planner, const char *dev, IfcfgWhere where, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    IfcfgProblem problem = {.severity = IFCFG_ERROR, .where = where, .message = text};
    net_group_add_problem(planner_group(planner), &problem, dev);
}

void planner_load_module(NetPlanner *planner, const char *dev, const char *module, const char *options,
                         NetSeverity severity, IfcfgWhere where)
{
    if (!g_hash_table_add(planner->modules, (gpointer)module))
        return;
    NetOp *op = planner_do(planner, (NetOp){.type = NET_OP_MODULE_LOAD,
                                            .phase = NET_PHASE_MODULE,
                                            .severity = severity,
                                            .dev = dev,
                                            .where = where,
                                            .module = {module, options}});
    op->owner = NULL;
}

NetObserved *planner_picture_change(NetPlanner *planner)
{
    if (!planner->changed)
        planner->picture = planner->changed = net_observed_copy(planner->before);
    return planner->changed;
}

/* The kernel does not tell whether somebody has set the MTU of a bridge, so that it no longer follows its
 * ports (br_change_mtu()). Where our record has one, and no file any more, it counts as set: it is told what
 * it gets back. Where a file has one, it counts as not set: it is told again. */
static gboolean has_set_mtu(const NetPlanner *planner, const LedgerEntry *entry)
{
    const NetIface *iface = net_model_find(planner->model, entry->name);
    return net_ledger_list_value(entry->attributes, "mtu") && !(iface && iface->mtu);
}

void planner_picture_begin(NetPlanner *planner)
{
    planner->picture = planner->before;
    for (guint i = 0; i < planner->ledger->entries->len; i++) {
        const LedgerEntry *entry = planner->ledger->entries->pdata[i];
        if (!planner_link_before(planner, entry->name) || !has_set_mtu(planner, entry))
            continue;
        NetObserved *picture = planner_picture_change(planner);
        ((ObservedLink *)net_observed_link(picture, entry->name))->mtu_is_set = TRUE;
    }
}

void planner_picture_clear(NetPlanner *planner)
{
    g_clear_pointer(&planner->changed, net_observed_free);
    planner->picture = NULL;
}

const ObservedLink *planner_link_before(const NetPlanner *planner, const char *dev)
{
    return net_observed_link(planner->before, dev);
}

const ObservedLink *planner_link(const NetPlanner *planner, const char *dev)
{
    return net_observed_link(planner->picture, dev);
}

gboolean planner_link_stays(const NetPlanner *planner, const char *dev)
{
    const ObservedLink *link = planner_link_before(planner, dev);
    return link && link->flags & IFF_UP && planner_fate(planner, dev) < NET_FATE_BOUNCES;
}

NetOp *planner_set_up(NetPlanner *planner, const char *dev, IfcfgWhere where, NetSeverity severity)
{
    const ObservedLink *link = planner_link(planner, dev);
    if (link && link->flags & IFF_UP)
        return NULL;
    const NetIface *iface = net_model_find(planner->model, dev);
    return planner_do(planner, (NetOp){.type = NET_OP_LINK_UP,
                                       .phase = NET_PHASE_UP,
                                       .severity = severity,
                                       .depth = iface ? planner_depth(iface) : 0,
                                       .dev = dev,
                                       .where = where});
}

NetOp *planner_set_down(NetPlanner *planner, const char *dev, IfcfgWhere where, NetSeverity severity)
{
    const ObservedLink *link = planner_link(planner, dev);
    if (link && !(link->flags & IFF_UP))
        return NULL;
    return planner_do(planner, (NetOp){.type = NET_OP_LINK_DOWN,
                                       .phase = NET_PHASE_LINKS_DOWN,
                                       .severity = severity,
                                       .dev = dev,
                                       .where = where});
}
