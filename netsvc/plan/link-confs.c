/* What a file asks of net.ipv6.conf of its device, before it has addresses; what nobody asks for any more, as
 * it was; and what a `down` leaves there. */
#include "plan/link-plan.h"

static NetOp conf_op(NetPlanner *planner, const NetIface *iface, const char *place, guint conf, gint32 value)
{
    NetPool *pool = planner->plan->pool;
    const char *key = net_pool_text(pool, g_strdup_printf("ipv6/conf/%s/%s", place, net_conf_name(conf)));
    return (NetOp){.type = NET_OP_SYSCTL_SET,
                   .phase = NET_PHASE_LINK,
                   .severity = NET_WARN,
                   .dev = iface->name,
                   .owner = iface->name,
                   .where = iface->where,
                   .sysctl = {key, net_pool_text(pool, g_strdup_printf("%d", value)), NULL, FALSE}};
}

/* The value that was there before ours, by the ledger; NULL: it is none of ours. */
static const char *before_ours(const NetPlanner *planner, const NetIface *iface, guint conf)
{
    const LedgerEntry *entry = net_ledger_find(planner->ledger, iface->name);
    if (!entry || !entry->attributes->len)
        return NULL;
    g_autofree char *key = g_strdup_printf("ipv6/conf/%s/%s", iface->name, net_conf_name(conf));
    return net_ledger_list_value(entry->attributes, key);
}

static gboolean is_asked_for(const NetIface *iface, guint conf)
{
    for (guint i = 0; i < iface->confs->len; i++)
        if (g_array_index(iface->confs, NetConfValue, i).conf == conf)
            return TRUE;
    return FALSE;
}

static void give_back(NetPlanner *planner, const NetIface *iface, guint conf, NetPhase phase)
{
    const ObservedLink *link = planner_link(planner, iface->name);
    const char *before = before_ours(planner, iface, conf);
    gint32 value = before ? (gint32)g_ascii_strtoll(before, NULL, 10) : 0;
    if (!before || !link || !link->has_confs)
        return;
    NetOp op = conf_op(planner, iface, iface->name, conf, value);
    op.phase = phase;
    op.is_only_recorded = link->confs[conf] == value;
    op.sysctl.gives_back = TRUE;
    planner_do(planner, op);
}

static void conf_set(NetPlanner *planner, const NetIface *iface, const NetConfValue *wanted)
{
    const ObservedLink *link = planner_link(planner, iface->name);
    if (!link || !link->has_confs || link->confs[wanted->conf] == wanted->value)
        return;
    NetOp op = conf_op(planner, iface, iface->name, wanted->conf, wanted->value);
    op.where = wanted->where;
    op.sysctl.before = net_pool_text(planner->plan->pool, g_strdup_printf("%d", link->confs[wanted->conf]));
    planner_do(planner, op);
}

void planner_set_confs(NetPlanner *planner, const NetIface *iface)
{
    for (guint i = 0; i < iface->confs->len; i++)
        conf_set(planner, iface, &g_array_index(iface->confs, NetConfValue, i));
    for (guint conf = 0; conf < NET_CONF_LAST; conf++)
        if (!is_asked_for(iface, conf))
            give_back(planner, iface, conf, NET_PHASE_LINK);
}

/* ifdown-ipv6 switched a device to its "secure mode": whoever sets it up next gets nothing by itself. */
static gboolean is_secured(guint conf)
{
    return conf == NET_CONF_FORWARDING || conf == NET_CONF_ACCEPT_RA || conf == NET_CONF_ACCEPT_REDIRECTS;
}

static void secure(NetPlanner *planner, const NetIface *iface, const char *place, guint conf)
{
    NetOp op = conf_op(planner, iface, place, conf, 0);
    op.phase = NET_PHASE_LINKS_DOWN;
    planner_do(planner, op);
}

void planner_secure_confs(NetPlanner *planner, const NetIface *iface)
{
    if (g_str_equal(iface->name, "lo") && net_model_forwards6(planner->model)) /* the last one of a `stop` */
        secure(planner, iface, "all", NET_CONF_FORWARDING);
    for (guint conf = 0; conf < NET_CONF_LAST; conf++) {
        const ObservedLink *link = planner_link(planner, iface->name);
        if (!is_secured(conf))
            give_back(planner, iface, conf, NET_PHASE_LINKS_DOWN);
        else if (iface->confs->len && link && link->has_confs && link->confs[conf])
            secure(planner, iface, iface->name, conf);
    }
}
