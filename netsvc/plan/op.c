/* Operations in words, by the row of their type; names of phases. */
#include "plan/op.h"
#include "i18n.h"

static const char *const phase_names[] = {
    [NET_PHASE_SYSCTL] = "sysctl",
    [NET_PHASE_PRE_HOOKS] = "pre-hooks",
    [NET_PHASE_MODULE] = "module",
    [NET_PHASE_DEVICE] = "device",
    [NET_PHASE_NAMES_OUT] = "names-out",
    [NET_PHASE_RULES_OUT] = "rules-out",
    [NET_PHASE_ROUTES_OUT] = "routes-out",
    [NET_PHASE_ADDRESSES_OUT] = "addresses-out",
    [NET_PHASE_PORTS_OUT] = "ports-out",
    [NET_PHASE_LINKS_DOWN] = "links-down",
    [NET_PHASE_LINKS_OUT] = "links-out",
    [NET_PHASE_CREATE] = "create",
    [NET_PHASE_MODE] = "mode",
    [NET_PHASE_LINK] = "link",
    [NET_PHASE_PORTS] = "ports",
    [NET_PHASE_ZONES] = "zones",
    [NET_PHASE_UP] = "up",
    [NET_PHASE_PORT_OPTIONS] = "port-options",
    [NET_PHASE_L2_DONE] = "l2-done",
    [NET_PHASE_CARRIER] = "carrier",
    [NET_PHASE_PROBE] = "probe",
    [NET_PHASE_ADDRESSES] = "addresses",
    [NET_PHASE_LEASE] = "lease",
    [NET_PHASE_ROUTES_LINK] = "routes-link",
    [NET_PHASE_ROUTES] = "routes",
    [NET_PHASE_RULES] = "rules",
    [NET_PHASE_LATE_RULES_OUT] = "late-rules-out",
    [NET_PHASE_LATE_ROUTES_OUT] = "late-routes-out",
    [NET_PHASE_LATE_ADDRESSES_OUT] = "late-addresses-out",
    [NET_PHASE_ADDRESSES_BACK] = "addresses-back",
    [NET_PHASE_HOLDERS_OUT] = "holders-out",
    [NET_PHASE_ROUTES_LINK_BACK] = "routes-link-back",
    [NET_PHASE_ROUTES_BACK] = "routes-back",
    [NET_PHASE_RULES_BACK] = "rules-back",
    [NET_PHASE_NAMES] = "names",
    [NET_PHASE_ANNOUNCE_CARRIER] = "announce-carrier",
    [NET_PHASE_ANNOUNCE] = "announce",
    [NET_PHASE_DAD] = "dad",
    [NET_PHASE_LATE_ANNOUNCE] = "late-announce",
    [NET_PHASE_VERIFY] = "verify",
    [NET_PHASE_POST_HOOKS] = "post-hooks",
};
G_STATIC_ASSERT(G_N_ELEMENTS(phase_names) == NET_PHASE_LAST);

const char *net_phase_name(NetPhase phase)
{
    return phase < NET_PHASE_LAST ? phase_names[phase] : NULL;
}

char *net_op_format(const NetOp *op)
{
    GString *line = g_string_new(NULL);
    if (op->dev)
        g_string_append_printf(line, "%s: ", op->dev);
    net_op_kind(op)->format(line, op);
    if (op->after)
        g_string_append(line, " when there is a lease");
    return g_string_free(line, FALSE);
}

char *net_op_attempt(const NetOp *op)
{
    const NetOpKind *kind = net_op_kind(op);
    return kind->attempt ? kind->attempt(op) : g_strdup_printf(_("%s failed"), kind->name);
}

char *net_op_waiting(const NetOp *op)
{
    const NetOpKind *kind = net_op_kind(op);
    return kind->waiting ? kind->waiting(op) : g_strdup(op->dev);
}

gboolean net_op_is_satisfied(const NetOp *op, int code)
{
    const int *satisfied = net_op_kind(op)->satisfied;
    for (guint i = 0; i < NET_OP_SATISFIED && satisfied[i]; i++)
        if (satisfied[i] == code)
            return TRUE;
    return FALSE;
}

const GPtrArray *net_op_settings(const NetOp *op)
{
    gboolean sets = op->type == NET_OP_LINK_SET || op->type == NET_OP_PORT_SET;
    return op->type == NET_OP_LINK_ADD ? op->create.settings : sets ? op->set.settings : NULL;
}

static gboolean has_recorded(const GPtrArray *settings)
{
    for (guint i = 0; settings && i < settings->len; i++) {
        const LinkSetting *setting = g_ptr_array_index(settings, i);
        if (setting->option && link_option_is_recorded(setting->option))
            return TRUE;
    }
    return FALSE;
}

/* A value given back is a claim less; what is not ours by its value alone is remembered as it was written. */
NetOpEffect net_op_effect(const NetOp *op)
{
    if ((op->type == NET_OP_LINK_ATTR && op->attr.gives_back) ||
        (op->type == NET_OP_SYSCTL_SET && op->sysctl.gives_back))
        return NET_EFFECT_REMOVES;
    if (op->type == NET_OP_SYSCTL_SET && op->sysctl.before)
        return NET_EFFECT_ADDS;
    if (op->type == NET_OP_LINK_SET && has_recorded(op->set.settings))
        return NET_EFFECT_ADDS;
    if (op->type == NET_OP_HOOK_RUN && !op->hook.record)
        return NET_EFFECT_CHANGES;
    return net_op_kind(op)->effect;
}

gint net_op_compare_depth(gconstpointer a, gconstpointer b)
{
    const NetOp *x = *(NetOp *const *)a, *y = *(NetOp *const *)b;
    gboolean goes = x->phase >= NET_PHASE_PORTS_OUT && x->phase <= NET_PHASE_LINKS_OUT;
    return goes ? y->depth - x->depth : x->depth - y->depth;
}
