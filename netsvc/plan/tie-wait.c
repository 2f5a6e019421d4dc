/* Whether a device that has what another one gets can wait until that has it: the kernel does not have all of
 * both at once, and neither may wait for the other. */
#include "plan/tie-moved.h"

const NetOp *moves_maker_of(const Moves *self, const char *dev)
{
    for (guint i = 0; i < self->created->len; i++)
        if (g_str_equal(((const NetOp *)self->created->pdata[i])->dev, dev))
            return self->created->pdata[i];
    return NULL;
}

/* What stands on it goes too, or is made anew elsewhere. */
static gboolean all_uppers_go(const Moves *self, const ObservedLink *link)
{
    const GPtrArray *uppers = net_observed_uppers_of(self->builder->planner.before, link->ifindex);
    for (guint i = 0; uppers && i < uppers->len; i++) {
        const char *name = ((const ObservedLink *)uppers->pdata[i])->name;
        if (!g_hash_table_contains(self->going, name) && !moves_maker_of(self, name))
            return FALSE;
    }
    return TRUE;
}

/* A bridge's port has an address of its own as well as the bridge; but the kernel lets none into a second
 * device (EBUSY), and a bond that goes sets its ports down, and takes routes over them and IPv6 addresses
 * with that (__bond_release_one()). */
static gboolean must_free_ports(const Moves *self, const ObservedLink *link)
{
    const GPtrArray *ports = net_observed_ports_of(self->builder->planner.before, link->ifindex);
    if (!ports || !ports->len)
        return FALSE;
    if (net_builder_link_is(self->builder, link,
                            NET_KIND_CLOSES_PORTS | NET_KIND_KEEPS_LAYER3 | NET_KIND_RULES_PORTS))
        return TRUE;
    for (guint i = 0; i < ports->len; i++)
        if (g_hash_table_contains(self->joined, ((const ObservedLink *)ports->pdata[i])->name))
            return TRUE;
    return FALSE;
}

static Wait judge_going(const Moves *self, const Leaver *leaver)
{
    const ObservedLink *link = leaver->link,
                       *lower = net_observed_link_by_index(self->builder->planner.before, link->lower);
    const Leaver *below = lower ? g_hash_table_lookup(self->going, lower->name) : NULL;
    if (link->master || net_observed_link_by_index(self->builder->planner.before, link->peer) ||
        net_builder_is_in_the_way(self->builder, link, self->created) || !all_uppers_go(self, link))
        return FIRST;
    if (lower && (below ? judge_going(self, below) == FIRST : moves_maker_of(self, lower->name) != NULL))
        return FIRST;
    return must_free_ports(self, link) ? BUT_PORTS : WHOLE;
}

/* --- one that comes again --- */

/* A port of it becomes one of another device, or is on its own from now on: first it must be let go. */
static gboolean frees_ports(const Moves *self, const Leaver *leaver)
{
    const GPtrArray *ports = net_observed_ports_of(self->builder->planner.before, leaver->link->ifindex);
    for (guint i = 0; ports && i < ports->len; i++) {
        const char *name = ((const ObservedLink *)ports->pdata[i])->name;
        const ObservedLink *now = planner_link(&self->builder->planner, name);
        const NetOp *joins = g_hash_table_lookup(self->joined, name);
        const ObservedLink *master =
            now ? net_observed_link_by_index(self->builder->planner.picture, now->master) : NULL;
        if ((joins && !g_str_equal(joins->master, leaver->link->name)) || !master ||
            !g_str_equal(master->name, leaver->link->name))
            return TRUE;
    }
    return FALSE;
}

/* Nobody else's device may be in its place, nor it in that of another one. */
static Wait judge_again(const Moves *self, const Leaver *leaver)
{
    const ObservedLink *link = leaver->link;
    if (link->master || net_observed_link_by_index(self->builder->planner.before, link->peer) ||
        net_builder_is_in_the_way(self->builder, link, self->created) || frees_ports(self, leaver))
        return FIRST;
    return ITS_FALL;
}

Wait moves_judge(const Moves *self, const Leaver *leaver)
{
    return leaver->comes_again ? judge_again(self, leaver) : judge_going(self, leaver);
}
