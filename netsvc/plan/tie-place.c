/* Whether a device that goes is in the way of one that comes: two VLANs of one device cannot have one number,
 * nor two tunnels the same ends. */
#include "model/iface.h"
#include "plan/builder.h"

static const char *id_of(const GPtrArray *settings)
{
    for (guint i = 0; settings && i < settings->len; i++) {
        const LinkSetting *setting = g_ptr_array_index(settings, i);
        if (g_str_equal(setting->name, "id"))
            return setting->text;
    }
    return NULL;
}

gboolean net_builder_link_is(const NetBuilder *self, const ObservedLink *link, guint traits)
{
    const IfaceKind *kind = net_model_kind(self->planner.model, link->kind);
    return kind && kind->traits & traits;
}

static gboolean is_elsewhere(const NetBuilder *self, const ObservedLink *link, const NetOp *op)
{
    const ObservedLink *lower = net_observed_link_by_index(self->planner.before, link->lower);
    return net_builder_link_is(self, link, NET_KIND_IS_STACKED) && lower && op->create.lower &&
           !g_str_equal(lower->name, op->create.lower);
}

gboolean net_builder_is_in_the_way(const NetBuilder *self, const ObservedLink *link, const GPtrArray *created)
{
    const char *old = link->own ? link_values_find(link->own, "id") : NULL;
    gboolean has_place =
        net_builder_link_is(self, link, NET_KIND_IS_STACKED | NET_KIND_IS_TUNNEL | NET_KIND_IS_PAIR);
    for (guint i = 0; i < created->len && (old || has_place); i++) {
        const NetOp *op = g_ptr_array_index(created, i);
        const char *new = id_of(op->create.settings);
        if (!g_str_equal(op->dev, link->name) && !g_strcmp0(link->kind, op->create.family->kind) &&
            (!old || !new || g_str_equal(old, new)) && !is_elsewhere(self, link, op))
            return TRUE;
    }
    return FALSE;
}
