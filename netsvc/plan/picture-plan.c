/* A plan from one picture to another: see picture-plan.h. Operations are appended in the order of their
 * phases, and each is foreseen. */
#include "plan/picture-private.h"
#include "plan/predict.h"

gboolean picture_touches(const PicturePlan *self, const char *dev)
{
    return !self->scope || !self->scope->devices || (dev && g_hash_table_contains(self->scope->devices, dev));
}

int picture_do(PicturePlan *self, NetOp template)
{
    NetOp *op = g_memdup2(&template, sizeof template);
    op->severity = NET_WARN;
    op->is_back = TRUE;
    g_ptr_array_add(self->plan->ops, op);
    return net_predict(self->picture, op);
}

void picture_remove(PicturePlan *self, NetOp op)
{
    if (!self->scope || !self->scope->may_remove || self->scope->may_remove(&op, self->scope->data))
        picture_do(self, op);
}

const char *picture_text(PicturePlan *self, const char *text)
{
    return net_pool_text(self->plan->pool, g_strdup(text));
}

const ObservedLink *picture_link(const PicturePlan *self, const char *name)
{
    return name ? net_observed_link(self->picture, name) : NULL;
}

const char *picture_name_of(const NetObserved *picture, int ifindex)
{
    const ObservedLink *link = ifindex ? net_observed_link_by_index(picture, ifindex) : NULL;
    return link ? link->name : NULL;
}

gboolean net_picture_op_is_wish(const NetOp *op)
{
    const GPtrArray *settings = net_op_settings(op);
    for (guint i = 0; settings && i < settings->len; i++) {
        const LinkOption *option = ((const LinkSetting *)settings->pdata[i])->option;
        if (!option || !(option->needs & LINK_IS_VOLATILE))
            return FALSE;
    }
    return settings && settings->len && op->type != NET_OP_LINK_ADD;
}

NetPlan *net_plan_to_picture(const NetObserved *wanted, const NetObserved *actual,
                             const NetPictureScope *scope)
{
    g_autoptr(NetObserved) picture = net_observed_copy(actual);
    PicturePlan self = {net_plan_new(), picture, wanted, scope};
    net_plan_add_group(self.plan);
    picture_plan_links(&self);
    picture_plan_layer3(&self);
    return self.plan;
}
