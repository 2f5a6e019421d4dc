/* Routing policy rules in the prediction (net/core/fib_rules.c). */
#include "plan/predict-private.h"
#include "state/compare.h"
#include <errno.h>
#include <linux/fib_rules.h>
#include <linux/rtnetlink.h>

/* As it is reported: with the priority it got, and all bits of the mark when no mask is given. */
static IfcfgRule *rule_complete(const NetObserved *picture, const IfcfgRule *wanted)
{
    IfcfgRule *rule = ifcfg_rule_copy(wanted);
    if (!rule->has_priority)
        rule->priority = net_observed_rule_priority(picture, rule->family);
    rule->has_priority = TRUE;
    if (rule->has_fwmark && !rule->has_fwmask) {
        rule->has_fwmask = TRUE;
        rule->fwmask = G_MAXUINT32;
    }
    return rule;
}

/* The first one that is meant. */
static const IfcfgRule *rule_find(const NetObserved *picture, const IfcfgRule *wanted)
{
    const IfcfgRule *found = NULL;
    for (guint i = 0; i < picture->rules->len; i++) {
        const IfcfgRule *rule = picture->rules->pdata[i];
        if (net_rule_is(rule, wanted) && (!found || rule->priority < found->priority))
            found = rule;
    }
    return found;
}

int predict_rule_op(NetObserved *picture, const NetOp *op)
{
    g_autoptr(IfcfgRule) rule = NULL;
    const IfcfgRule *found;
    if (op->type == NET_OP_RULE_DELETE) {
        found = rule_find(picture, op->rule);
        if (found)
            net_observed_remove_rule(picture, found);
        return found ? 0 : ENOENT;
    }
    /* rule_exists(): the priority counts, also one that the kernel chose. */
    rule = rule_complete(picture, op->rule);
    if (rule_find(picture, rule))
        return EEXIST;
    net_observed_add_rule(picture, g_steal_pointer(&rule));
    return 0;
}
