/* What a plan costs: who is interrupted, by what, and who with it. */
#include "i18n.h"
#include "plan/plan.h"

static gboolean op_is_work(const NetOp *op)
{
    NetOpEffect effect = net_op_kind(op)->effect;
    return effect == NET_EFFECT_ADDS || effect == NET_EFFECT_REMOVES || effect == NET_EFFECT_CHANGES;
}

/* The settings of sysctl.d are applied at each start: they are no change of an interface. */
gboolean net_plan_changes(const NetPlan *plan)
{
    for (guint i = 0; i < plan->ops->len; i++) {
        const NetOp *op = g_ptr_array_index(plan->ops, i);
        if (op_is_work(op) && op->type != NET_OP_SYSCTL_APPLY && !op->is_only_recorded)
            return TRUE;
    }
    return FALSE;
}

gboolean net_fate_interrupts(const NetFate *fate)
{
    return fate->kind >= NET_FATE_RENUMBERED;
}

gboolean net_fate_is_outage(const NetFate *fate)
{
    return fate->kind >= NET_FATE_BOUNCES;
}

gboolean net_plan_interrupts(const NetPlan *plan)
{
    for (guint i = 0; i < plan->fates->len; i++)
        if (net_fate_interrupts(g_ptr_array_index(plan->fates, i)))
            return TRUE;
    return FALSE;
}

gboolean net_plan_has_errors(const NetPlan *plan)
{
    for (guint i = 0; i < plan->groups->len; i++)
        if (((const NetGroup *)g_ptr_array_index(plan->groups, i))->failed)
            return TRUE;
    return FALSE;
}

const char *net_fate_name(NetFateKind kind)
{
    static const char *const names[] = {"stays", "moves", "interrupts", "interrupts", "recreates", "goes"};
    return names[kind];
}

static const char *fate_words(NetFateKind kind)
{
    switch (kind) {
    case NET_FATE_RENUMBERED:
        return _("%s loses connections: %s");
    case NET_FATE_BOUNCES:
        return _("%s will be down for a moment: %s");
    case NET_FATE_REMADE:
        return _("%s will be deleted and created again: %s");
    case NET_FATE_GOES:
        return _("%s will go down: %s");
    default:
        return "%s: %s";
    }
}

static void append_place(GString *line, IfcfgWhere where)
{
    g_autofree char *base = where.file ? g_path_get_basename(where.file) : NULL;
    if (base && where.line)
        g_string_append_printf(line, " (%s:%u)", base, where.line);
    else if (base)
        g_string_append_printf(line, " (%s)", base);
}

char *net_left_format(const NetFate *fate)
{
    if (fate->kind == NET_FATE_GOES)
        return g_strdup_printf(_("left as it is: %s; `ifdown %s` or `netsvc restart` takes it down"),
                               fate->what, fate->dev);
    if (fate->kind == NET_FATE_MOVES) /* by itself it would have what another one still has */
        return g_strdup_printf(_("left as it is: %s; `netsvc restart` changes both"), fate->what);
    if (fate->has_no_file)
        return g_strdup_printf(_("left as it is: %s; `netsvc restart` changes it, and interrupts it"),
                               fate->what);
    return g_strdup_printf(
        _("left as it is: %s; `ifup %s` or `netsvc restart` changes it, and interrupts it"), fate->what,
        fate->dev);
}

/* Who shares its fate, since it stands on the device. */
GPtrArray *net_fate_with_it(const NetPlan *plan, const NetFate *cause)
{
    GPtrArray *names = g_ptr_array_new();
    for (guint i = 0; i < plan->fates->len; i++) {
        const NetFate *fate = g_ptr_array_index(plan->fates, i);
        if (!g_strcmp0(fate->by, cause->dev))
            g_ptr_array_add(names, fate->dev);
    }
    return names;
}

char *net_fate_format(const NetPlan *plan, const NetFate *fate)
{
    g_autoptr(GPtrArray) others = net_fate_with_it(plan, fate);
    GString *line = g_string_new(NULL);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    g_string_append_printf(line, fate_words(fate->kind), fate->dev, fate->what);
#pragma GCC diagnostic pop
    append_place(line, fate->where);
    for (guint i = 0; i < others->len; i++)
        g_string_append_printf(line, "%s%s", i ? ", " : _("; with it "), (const char *)others->pdata[i]);
    return g_string_free(line, FALSE);
}
