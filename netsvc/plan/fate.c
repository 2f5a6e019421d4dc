/* What becomes of each device that is in use: the plan's reasons, and its verdict about interruptions. */
#include "plan/planner.h"
#include <net/if.h>

void net_fate_free(NetFate *fate)
{
    g_free(fate->dev);
    g_free(fate->what);
    g_free(fate->by);
    g_free(fate);
}

static NetFate *fate_new(const char *dev, NetFateKind kind, IfcfgWhere where, const char *what,
                         const char *by)
{
    NetFate *fate = g_new0(NetFate, 1);
    fate->dev = g_strdup(dev);
    fate->kind = kind;
    fate->where = where;
    fate->what = g_strdup(what);
    fate->by = g_strdup(by);
    return fate;
}

NetFateKind planner_fate(const NetPlanner *planner, const char *dev)
{
    const NetFate *fate = g_hash_table_lookup(planner->fates, dev);
    return fate ? fate->kind : NET_FATE_STAYS;
}

/* The worst counts; of equal ones the first, which is the cause of the others. */
static void planner_note_fate(NetPlanner *planner, const char *dev, NetFateKind kind, IfcfgWhere where,
                              const char *what, const char *by)
{
    if (planner_fate(planner, dev) >= kind)
        return;
    NetFate *fate = fate_new(dev, kind, where, what, by), *old = g_hash_table_lookup(planner->fates, dev);
    g_hash_table_replace(planner->fates, fate->dev, fate); /* its key is the old one's */
    if (old)
        g_ptr_array_remove(planner->plan->fates, old);
    g_ptr_array_add(planner->plan->fates, fate);
}

void planner_note_move(NetPlanner *planner, const char *dev)
{
    g_hash_table_add(planner->moved, (gpointer)dev);
}

gboolean planner_is_in_use(const NetPlanner *planner, const char *dev)
{
    const ObservedLink *link = planner_link_before(planner, dev);
    return link && link->flags & IFF_UP;
}

/* No other one that works stays in. Ports of a device without a link of its own (a VRF) carry nothing for it.
 */
gboolean planner_is_last_port(const NetPlanner *planner, const char *port)
{
    const ObservedLink *link = planner_link_before(planner, port);
    const ObservedLink *master = link ? net_observed_link_by_index(planner->before, link->master) : NULL;
    const GPtrArray *ports = master ? net_observed_ports_of(planner->before, master->ifindex) : NULL;
    if (!master || !link->carrier || !master->carrier ||
        net_kind_has(net_model_kind(planner->model, master->kind), NET_KIND_KEEPS_LAYER3))
        return FALSE;
    for (guint i = 0; i < ports->len; i++) {
        const ObservedLink *other = g_ptr_array_index(ports, i), *now = planner_link(planner, other->name);
        if (other != link && other->carrier && now && now->master == master->ifindex &&
            planner_fate(planner, other->name) < NET_FATE_BOUNCES)
            return FALSE;
    }
    return TRUE;
}

static void planner_hand_up(NetPlanner *planner, const char *dev, NetFateKind kind, IfcfgWhere where,
                            const char *what, const char *by);

static void planner_hand_to(NetPlanner *planner, const ObservedLink *link, NetFateKind kind, IfcfgWhere where,
                            const char *what, const char *by)
{
    if (!(link->flags & IFF_UP) || planner_fate(planner, link->name) >= kind)
        return;
    planner_note_fate(planner, link->name, kind, where, what, by);
    planner_hand_up(planner, link->name, kind, where, what, by);
}

/* VLANs and their like share what happens to the device below them; a bond or a bridge is down with the last
 * of its ports, and stays. */
static void planner_hand_up(NetPlanner *planner, const char *dev, NetFateKind kind, IfcfgWhere where,
                            const char *what, const char *by)
{
    const ObservedLink *link = planner_link_before(planner, dev);
    const GPtrArray *uppers = link ? net_observed_uppers_of(planner->before, link->ifindex) : NULL;
    for (guint i = 0; uppers && i < uppers->len; i++)
        planner_hand_to(planner, g_ptr_array_index(uppers, i), kind, where, what, by);
    if (kind >= NET_FATE_BOUNCES && planner_is_last_port(planner, dev))
        planner_hand_to(planner, net_observed_link_by_index(planner->before, link->master), NET_FATE_BOUNCES,
                        where, what, by);
}

static gboolean is_left(const NetPlanner *planner, const char *dev, const char *what)
{
    for (guint i = 0; i < planner->plan->left->len; i++) {
        const NetFate *fate = g_ptr_array_index(planner->plan->left, i);
        if (g_str_equal(fate->dev, dev) && g_str_equal(fate->what, what))
            return TRUE;
    }
    return FALSE;
}

NetFateKind planner_left_as(const NetPlanner *planner, const char *dev)
{
    NetFateKind kind = NET_FATE_STAYS;
    for (guint i = 0; i < planner->plan->left->len; i++) {
        const NetFate *fate = g_ptr_array_index(planner->plan->left, i);
        if (g_str_equal(fate->dev, dev))
            kind = MAX(kind, fate->kind);
    }
    return kind;
}

gboolean planner_is_left(const NetPlanner *planner, const char *dev)
{
    return planner_left_as(planner, dev) != NET_FATE_STAYS;
}

/* It is told with the interface; a line "Shutting down .." of one that stays would say the opposite. */
void planner_leave(NetPlanner *planner, const char *dev, NetFateKind kind, IfcfgWhere where, const char *what)
{
    if (is_left(planner, dev, what))
        return;
    NetFate *fate = fate_new(dev, kind, where, what, NULL);
    fate->has_no_file = !net_model_find(planner->model, dev);
    g_autofree char *text = net_left_format(fate);
    NetGroup *group = g_ptr_array_index(planner->plan->groups, planner->group);
    g_ptr_array_add(planner->plan->left, fate);
    planner_warn(planner, fate->dev, fate->where, "%s", text);
    group->is_left = group->down;
    if (group->down)
        g_clear_pointer(&group->title, g_free);
}

gboolean planner_may(NetPlanner *planner, const char *dev, NetFateKind kind, IfcfgWhere where,
                     const char *what)
{
    if (!planner_is_in_use(planner, dev))
        return TRUE;
    if (planner->verb == NET_PLAN_RELOAD && kind >= NET_FATE_RENUMBERED) {
        planner_leave(planner, dev, kind, where, what);
        return FALSE;
    }
    planner_note_fate(planner, dev, kind, where, what, NULL);
    if (kind != NET_FATE_RENUMBERED)
        planner_hand_up(planner, dev, kind, where, what, dev);
    return TRUE;
}
