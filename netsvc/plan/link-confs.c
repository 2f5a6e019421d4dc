/* What a file asks of net.ipv6.conf of its device, before it has addresses; and what a `down` leaves there.
 */
#include "plan/link-plan.h"

static void conf_set_of(NetPlanner *planner, const NetIface *iface, const char *place, guint conf,
                        gint32 value, NetPhase phase, IfcfgWhere where)
{
    NetPool *pool = planner->plan->pool;
    const char *key = net_pool_text(pool, g_strdup_printf("ipv6/conf/%s/%s", place, net_conf_name(conf)));
    planner_do(planner, (NetOp){.type = NET_OP_SYSCTL_SET,
                                .phase = phase,
                                .severity = NET_WARN,
                                .dev = iface->name,
                                .where = where,
                                .sysctl = {key, net_pool_text(pool, g_strdup_printf("%d", value))}});
}

static void conf_set(NetPlanner *planner, const NetIface *iface, guint conf, gint32 value, NetPhase phase,
                     IfcfgWhere where)
{
    conf_set_of(planner, iface, iface->name, conf, value, phase, where);
}

void planner_set_confs(NetPlanner *planner, const NetIface *iface)
{
    for (guint i = 0; i < iface->confs->len; i++) {
        const NetConfValue *wanted = &g_array_index(iface->confs, NetConfValue, i);
        const ObservedLink *link = planner_link(planner, iface->name);
        if (link && link->has_confs && link->confs[wanted->conf] != wanted->value)
            conf_set(planner, iface, wanted->conf, wanted->value, NET_PHASE_LINK, wanted->where);
    }
}

/* ifdown-ipv6 switched a device to its "secure mode": whoever sets it up next gets nothing by itself. */
void planner_secure_confs(NetPlanner *planner, const NetIface *iface)
{
    static const guint confs[] = {NET_CONF_FORWARDING, NET_CONF_ACCEPT_RA, NET_CONF_ACCEPT_REDIRECTS};
    if (g_str_equal(iface->name, "lo") && net_model_forwards6(planner->model)) /* the last one of a `stop` */
        conf_set_of(planner, iface, "all", NET_CONF_FORWARDING, 0, NET_PHASE_LINKS_DOWN, iface->where);
    for (guint i = 0; iface->confs->len && i < G_N_ELEMENTS(confs); i++) {
        const ObservedLink *link = planner_link(planner, iface->name);
        if (link && link->has_confs && link->confs[confs[i]])
            conf_set(planner, iface, confs[i], 0, NET_PHASE_LINKS_DOWN, iface->where);
    }
}
