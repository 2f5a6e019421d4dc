/* Fills the groups: first all links, in the order of the graph, then what stands on them, and what fell. */
#include "i18n.h"
#include "model/iface.h"
#include "plan/builder.h"
#include "plan/graph.h"
#include "plan/verify.h"
#include <net/if.h>

static guint group_index(const NetBuilder *self, const NetIface *iface)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(self->planner.group_of, iface)) - 1;
}

static NetGroup *group_of(const NetBuilder *self, const NetIface *iface)
{
    return g_ptr_array_index(self->planner.plan->groups, group_index(self, iface));
}

/* --- what cannot be done --- */

static gboolean is_running(const NetBuilder *self, const NetIface *iface)
{
    const ObservedLink *link = net_observed_link(self->planner.before, net_iface_device(iface));
    return link && link->flags & IFF_UP;
}

static void group_fail(NetGroup *group, IfcfgWhere where, char *text)
{
    group->failed = text;
    group->failed_where = where;
}

/* What such a file says can be what is there, as it was when it came up. */
static gboolean is_as_asked(const NetBuilder *self, const NetIface *iface)
{
    const NetPlanner *planner = &self->planner;
    g_autoptr(GPtrArray) differences = net_verify(iface, planner->before);
    g_autoptr(GPtrArray) diffs = planner_diff(planner, iface, FALSE, planner->before);
    const ObservedLink *link = net_observed_link(planner->before, net_iface_device(iface));
    for (guint i = 0; i < diffs->len; i++)
        if (((const NetDiff *)g_ptr_array_index(diffs, i))->kind == NET_DIFF_STALE)
            return FALSE;
    return !differences->len && (!link->master || net_iface_master(iface));
}

/* Of two files for one device the other one counts. */
static gboolean is_left_as_it_is(const NetBuilder *self, const NetIface *iface)
{
    gboolean counts = iface->parent || net_model_find(self->planner.model, iface->name) == iface;
    return counts && is_running(self, iface) &&
           (iface->fault || (iface->is_damaged && !is_as_asked(self, iface)));
}

static const char *why_in_doubt(const NetIface *iface)
{
    if (iface->fault)
        return iface->fault;
    return ifcfg_record_length(iface->record) ? _("the file cannot be read in full")
                                              : _("the file sets nothing");
}

/* "Not supported" comes first: what else is wrong with such a file does not matter. What works is not torn
 * down for a file that cannot be understood. */
static void group_refuse(NetBuilder *self, NetGroup *group, const NetIface *iface)
{
    if (group->failed)
        return;
    g_autofree char *unsupported = iface->unsupported ? net_iface_unsupported_text(iface) : NULL;
    if (unsupported)
        group_fail(group, iface->unsupported_where, g_strdup_printf(_("%s; left alone"), unsupported));
    else if (group->down)
        return;
    else if (is_left_as_it_is(self, iface))
        group_fail(group, iface->fault ? iface->fault_where : iface->damage_where,
                   g_strdup_printf(_("%s; %s is left as it is until the file is corrected"),
                                   why_in_doubt(iface), iface->name));
    else if (net_iface_is_refused(iface))
        group_fail(group, iface->fault_where, g_strdup(iface->fault));
}

/* Each of a loop fails with the whole of it, at the place where it asks for the next one. */
static void group_refuse_loop(NetGroup *group, const NetIface *iface, const GPtrArray *loops)
{
    for (guint i = 0; !group->failed && !group->down && i < loops->len; i++) {
        const NetLoop *loop = g_ptr_array_index(loops, i);
        if (g_ptr_array_find(loop->ifaces, iface, NULL))
            group_fail(group, net_loop_place(loop, iface), g_strdup(loop->text));
    }
}

/* A group that failed half way has no operations, and the picture none of their effects. */
static void builder_rewind(NetBuilder *self, guint mark)
{
    NetPlanner *planner = &self->planner;
    if (planner->plan->ops->len == mark)
        return;
    g_ptr_array_set_size(planner->plan->ops, (gint)mark);
    planner_picture_clear(planner);
    planner_picture_begin(planner);
    for (guint i = 0; i < mark; i++)
        planner_foresee(planner, g_ptr_array_index(planner->plan->ops, i));
}

/* --- links --- */

/* ONBOOT=no: the device is there for what needs it, and has nothing of its own. */
static gboolean stays_for_others(const NetBuilder *self, const NetIface *iface)
{
    return (self->planner.verb == NET_PLAN_RESTART || self->planner.verb == NET_PLAN_RELOAD) &&
           net_builder_is_needed(iface);
}

static void strip(NetBuilder *self, const NetIface *iface)
{
    if (!planner_may_drop_claims(&self->planner, iface, _("ONBOOT=no")))
        return;
    group_of(self, iface)->keeps_link = TRUE;
    planner_drop_leases(&self->planner, iface);
    planner_drop_claims(&self->planner, iface);
    planner_note(&self->planner, _("ONBOOT=no: %s stays up for what needs it, without addresses"),
                 iface->name);
}

static void fill_down(NetBuilder *self, const NetIface *iface)
{
    if (!iface->parent) {
        planner_drop_leases(&self->planner, iface);
        planner_link_down(&self->planner, iface);
    }
    planner_drop_claims(&self->planner, iface);
}

/* Somebody has edited DEVICE, and not renamed the file. */
static gboolean has_other_device(const NetBuilder *self, const NetIface *ghost)
{
    const NetModel *model = self->planner.model;
    for (guint i = 0; ghost->file && i < net_model_length(model); i++)
        if (net_model_nth(model, i)->file == ghost->file)
            return TRUE;
    return FALSE;
}

static const char *why_down(const NetBuilder *self, const NetIface *iface)
{
    if (self->planner.verb != NET_PLAN_RESTART && self->planner.verb != NET_PLAN_RELOAD)
        return _("as asked for");
    if (iface->file && net_model_find(self->planner.model, iface->name))
        return _("ONBOOT=no");
    return has_other_device(self, iface) ? _("its file is for another device now") : _("its file is gone");
}

static void builder_fill_link(NetBuilder *self, const NetIface *iface)
{
    NetGroup *group = group_of(self, iface);
    guint mark = self->planner.plan->ops->len;
    group_refuse_loop(group, iface, self->planner.loops);
    group_refuse(self, group, iface);
    if (!planner_enter(&self->planner, iface))
        return;
    if (!group->down && !iface->parent)
        planner_link_up(&self->planner, iface);
    else if (group->down && stays_for_others(self, iface))
        strip(self, iface);
    else if (group->down &&
             planner_may(&self->planner, iface->name, NET_FATE_GOES, iface->where, why_down(self, iface)))
        fill_down(self, iface);
    if (group->failed)
        builder_rewind(self, mark);
}

/* Those that the graph does not know (ghosts, the loopback device without a file, second files) need nothing.
 */
static void fill_unordered(NetBuilder *self, const GPtrArray *ifaces, GHashTable *ordered)
{
    for (guint i = 0; i < ifaces->len; i++)
        if (!g_hash_table_contains(ordered, g_ptr_array_index(ifaces, i)))
            builder_fill_link(self, g_ptr_array_index(ifaces, i));
}

/* How many devices are below it. */
static guint height_of(const NetBuilder *self, const NetIface *iface)
{
    const NetObserved *picture = self->planner.before;
    const ObservedLink *link = net_observed_link(picture, iface->name);
    guint height = 0;
    for (; link && link->lower && height < 32; height++)
        link = net_observed_link_by_index(picture, link->lower);
    return height;
}

static gint compare_heights(gconstpointer a, gconstpointer b, gpointer data)
{
    guint one = height_of(data, *(NetIface *const *)a), other = height_of(data, *(NetIface *const *)b);
    return one > other ? -1 : one < other;
}

/* Devices whose files are gone: what stands on others before those. */
static GPtrArray *by_height(NetBuilder *self, const GPtrArray *ifaces)
{
    GPtrArray *sorted = g_ptr_array_copy((GPtrArray *)ifaces, NULL, NULL);
    g_ptr_array_sort_with_data(sorted, compare_heights, self);
    return sorted;
}

static gboolean has_group(const NetBuilder *self, const NetIface *iface, gboolean up)
{
    return g_hash_table_contains(self->planner.group_of, iface) &&
           g_hash_table_contains(self->up_of, iface) == up;
}

/* The work for one device can change another one that was right when its turn was. */
static void settle_links(NetBuilder *self)
{
    for (guint i = 0; i < self->up->len; i++) {
        const NetIface *iface = g_ptr_array_index(self->up, i);
        if (!iface->parent && planner_enter(&self->planner, iface))
            planner_settle_attributes(&self->planner, iface);
    }
}

/* First what goes, users before what they use; then what comes, the other way round. */
static void fill_links(NetBuilder *self)
{
    g_autoptr(GHashTable) ordered = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < self->order->len; i++)
        g_hash_table_add(ordered, g_ptr_array_index(self->order, i));
    g_autoptr(GPtrArray) down = by_height(self, self->down);
    fill_unordered(self, down, ordered);
    for (guint i = self->order->len; i-- > 0;)
        if (has_group(self, g_ptr_array_index(self->order, i), FALSE))
            builder_fill_link(self, g_ptr_array_index(self->order, i));
    fill_unordered(self, self->up, ordered);
    for (guint i = 0; i < self->order->len; i++)
        if (has_group(self, g_ptr_array_index(self->order, i), TRUE))
            builder_fill_link(self, g_ptr_array_index(self->order, i));
    for (guint i = 0; i < self->down->len; i++)
        planner_keep_down(&self->planner, g_ptr_array_index(self->down, i));
    settle_links(self);
}

/* --- what stands on them --- */

/* A port has nothing of its own. A parent that is in this plan brings the alias along unless ONPARENT=no. */
static gboolean has_own_claims(const NetBuilder *self, const NetIface *iface)
{
    const NetIface *master = net_iface_master(iface);
    if (iface->parent && net_iface_part_comes_along(iface->parent, iface))
        return !g_hash_table_contains(self->up_of, iface->parent);
    return !master || net_kind_has(master->kind, NET_KIND_KEEPS_LAYER3);
}

/* Of a device whose addresses cannot be understood the rest is there for what stands on it. */
static void refuse_claims(NetPlanner *planner, const NetIface *iface)
{
    planner_do(planner, (NetOp){.type = NET_OP_LINK_WAIT,
                                .phase = NET_PHASE_PROBE,
                                .severity = NET_FATAL,
                                .dev = net_iface_device(iface),
                                .where = iface->fault_where,
                                .wait = {.why = iface->fault}});
}

static void fill_claims(NetBuilder *self)
{
    NetPlanner *planner = &self->planner;
    for (guint i = 0; i < self->up->len; i++) {
        const NetIface *iface = g_ptr_array_index(self->up, i);
        if (!planner_enter(&self->planner, iface) || !has_own_claims(self, iface))
            continue;
        planner_tell_parts(planner, iface);
        if (iface->fault)
            refuse_claims(planner, iface);
        else
            planner_add_claims(planner, iface);
    }
    planner_drop_stale(planner);
    for (guint i = 0; i < self->up->len; i++) {
        const NetIface *iface = g_ptr_array_index(self->up, i);
        if (planner_enter(&self->planner, iface) && has_own_claims(self, iface) && !iface->parent)
            planner_order_addresses(planner, iface);
    }
    planner_put_back(planner, self->up, self->down);
    planner_wait_dad(planner);
    planner_tell_peers(planner, self->up);
}

/* --- reading back --- */

static void add_verify(NetPlanner *planner, const NetIface *iface)
{
    planner_do(planner, (NetOp){.type = NET_OP_VERIFY,
                                .phase = NET_PHASE_VERIFY,
                                .dev = net_iface_device(iface),
                                .iface = iface,
                                .where = iface->where});
}

/* Why it is so has been said: that it is so need not be. */
static gboolean has_told(const NetGroup *group, const IfcfgWhere *where)
{
    for (guint i = 0; where->line && group->problems && i < group->problems->len; i++) {
        const IfcfgWhere *told = &((const NetGroupProblem *)g_ptr_array_index(group->problems, i))->where;
        if (told->line == where->line && told->column == where->column && !g_strcmp0(told->file, where->file))
            return TRUE;
    }
    return FALSE;
}

static void tell_now(NetPlanner *planner, const NetIface *iface, const GPtrArray *differences)
{
    const NetGroup *group = g_ptr_array_index(planner->plan->groups, planner->group);
    for (guint i = 0; i < differences->len; i++) {
        const NetDifference *difference = g_ptr_array_index(differences, i);
        if (difference->fatal)
            planner_fail(planner, difference->where, "%s", difference->message);
        else if (!has_told(group, &difference->where))
            planner_warn(planner, iface->name, difference->where, "%s", difference->message);
    }
}

/* An old address that stays beside the new one is no reason not to look for that. */
static gboolean is_left(const NetPlan *plan, const NetIface *iface)
{
    for (guint i = 0; i < plan->left->len; i++) {
        const NetFate *fate = g_ptr_array_index(plan->left, i);
        if (fate->kind != NET_FATE_RENUMBERED && g_str_equal(fate->dev, net_iface_device(iface)))
            return TRUE;
    }
    return FALSE;
}

/* A device comes up with the one below. */
static gboolean will_be_better(const NetPlanner *planner, const NetIface *iface, const GPtrArray *before)
{
    g_autoptr(GPtrArray) after = before->len && planner->changed ? net_verify(iface, planner->picture) : NULL;
    return after && after->len < before->len;
}

/* Of one that has no work of its own. */
static void verify_idle(NetPlanner *planner, const NetIface *iface)
{
    gboolean is_known = g_hash_table_contains(planner->satisfied, iface);
    g_autoptr(GPtrArray) differences = (is_known ? net_verify_device : net_verify)(iface, planner->before);
    if (will_be_better(planner, iface, differences))
        add_verify(planner, iface);
    else
        tell_now(planner, iface, differences);
}

/* With nothing to do there is nothing to read back: the picture that the plan was made from is what would be
 * read, but for what others' work does to it. */
static void fill_verify(NetBuilder *self)
{
    NetPlanner *planner = &self->planner;
    g_autofree gboolean *has_work = g_new0(gboolean, planner->plan->groups->len + 1);
    for (guint i = 0; i < planner->plan->ops->len; i++)
        has_work[((const NetOp *)g_ptr_array_index(planner->plan->ops, i))->group] = TRUE;
    for (guint i = 0; i < self->up->len; i++) {
        const NetIface *iface = g_ptr_array_index(self->up, i);
        if (!planner_enter(&self->planner, iface) || iface->fault || is_left(planner->plan, iface))
            continue;
        if (has_work[planner->group])
            add_verify(planner, iface);
        else
            verify_idle(planner, iface);
    }
}

static gboolean may_all_fail(const GArray *rivals, const gboolean *has_work)
{
    for (guint i = 0; i < rivals->len; i++)
        if (!has_work[g_array_index(rivals, NetRival, i).group])
            return FALSE;
    return TRUE;
}

/* An interface that has nothing to do cannot fail: nobody need stand by for it. */
static void drop_idle_stand_bys(NetPlan *plan)
{
    g_autofree gboolean *has_work = g_new0(gboolean, plan->groups->len + 1);
    for (guint i = 0; i < plan->ops->len; i++) {
        const NetOp *op = g_ptr_array_index(plan->ops, i);
        has_work[op->group] |= !op->is_only_recorded && !op->rivals;
    }
    for (guint i = plan->ops->len; i-- > 0;) {
        const NetOp *op = g_ptr_array_index(plan->ops, i);
        if (op->rivals && !may_all_fail(op->rivals, has_work))
            g_ptr_array_remove_index(plan->ops, i);
    }
}

void net_builder_fill(NetBuilder *self)
{
    fill_links(self);
    fill_claims(self);
    net_builder_fill_services(self);
    drop_idle_stand_bys(self->planner.plan);
    fill_verify(self);
    net_builder_tie(self);
}
