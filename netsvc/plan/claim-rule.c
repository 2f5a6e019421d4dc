/* Rules as claims. A rule without a priority gets one from the kernel: from then on it is ours by that
 * number, so that a rule of somebody else with the same selectors is never taken for it. */
#include "i18n.h"
#include "plan/planner.h"
#include "state/compare.h"
#include <linux/fib_rules.h>
#include <string.h>
#include <sys/socket.h>

static char *rule_text(const NetClaim *claim)
{
    return net_ledger_rule_text(claim->item);
}

static gconstpointer rule_parse(const char *text, G_GNUC_UNUSED const char *dev, const IfcfgRtNames *names,
                                NetPool *pool)
{
    IfcfgWhere nowhere = {0};
    int family = g_str_has_prefix(text, "-6 ") ? AF_INET6 : AF_INET;
    IfcfgRule *rule = strlen(text) > 3 ? ifcfg_rule_parse(text + 3, family, names, nowhere, NULL) : NULL;
    return rule ? net_pool_keep(pool, rule, (GDestroyNotify)ifcfg_rule_free) : NULL;
}

static gconstpointer rule_find(const NetClaim *claim, const NetObserved *observed)
{
    for (guint i = 0; i < observed->rules->len; i++) {
        const IfcfgRule *rule = g_ptr_array_index(observed->rules, i);
        if (net_rule_is(rule, claim->item))
            return rule;
    }
    return NULL;
}

/* The copy's strings stay those of the rule. */
static const IfcfgRule *with_priority(const IfcfgRule *rule, guint32 priority, NetPool *pool)
{
    IfcfgRule *copy = g_memdup2(rule, sizeof *rule);
    copy->priority = priority;
    copy->has_priority = TRUE;
    return net_pool_keep(pool, copy, g_free);
}

typedef enum { OF_OTHERS, OF_OTHER_DEVICE, OWN } Owner;

static Owner owner_of(const char *text, const NetSettling *settling)
{
    const GPtrArray *entries = settling->ledger ? settling->ledger->entries : NULL;
    if (settling->entry && net_ledger_list_has(settling->entry->rules, text))
        return OWN;
    for (guint i = 0; entries && i < entries->len; i++)
        if (net_ledger_list_has(((const LedgerEntry *)entries->pdata[i])->rules, text))
            return OF_OTHER_DEVICE;
    return OF_OTHERS;
}

/* Of several with these selectors the one that is in the ledger: another device's can be what moves here. One
 * that an equal line has already is left to that: `ip rule add` made two of them. */
static const IfcfgRule *find_there(const NetClaim *claim, const NetSettling *settling)
{
    const NetObserved *observed = settling->observed;
    const IfcfgRule *found = NULL;
    Owner owner = OF_OTHERS;
    for (guint i = 0; i < observed->rules->len && owner < OWN; i++) {
        const IfcfgRule *there = g_ptr_array_index(observed->rules, i);
        if (!net_rule_is(there, claim->item))
            continue;
        NetClaim candidate = *claim;
        candidate.item = with_priority(claim->item, there->priority, settling->pool);
        g_autofree char *text = rule_text(&candidate);
        if (g_hash_table_contains(settling->texts, text))
            continue;
        Owner whose = owner_of(text, settling);
        if (found && whose <= owner)
            continue;
        found = candidate.item;
        owner = whose;
    }
    return found;
}

/* The kernel takes the number before that of the first rule but the one for local addresses: that counts
 * those with a number of their own, which come before it in the files. */
static guint32 next_priority(const NetSettling *settling, const IfcfgRule *rule)
{
    guint32 lowest = settling->lowest_priority[rule->family == AF_INET6];
    guint32 next = net_observed_rule_priority(settling->observed, rule->family);
    return lowest ? MIN(lowest - 1, next) : next;
}

static void rule_settle(NetClaim *claim, NetSettling *settling)
{
    const IfcfgRule *rule = claim->item;
    guint32 *lowest = &settling->lowest_priority[rule->family == AF_INET6];
    if (rule->has_priority) {
        if (rule->priority && (!*lowest || rule->priority < *lowest))
            *lowest = rule->priority;
        return;
    }
    const IfcfgRule *there = find_there(claim, settling);
    if (!there) {
        *lowest = next_priority(settling, rule);
        there = with_priority(rule, *lowest, settling->pool);
    }
    claim->as_asked = rule;
    claim->item = there;
}

const IfcfgRule *planner_rule_that_goes(const NetPlanner *planner, const NetClaim *claim)
{
    const GPtrArray *ops = planner->plan->ops;
    for (guint i = 0; claim->as_asked && i < ops->len; i++) {
        const NetOp *op = g_ptr_array_index(ops, i);
        if (op->type == NET_OP_RULE_DELETE && net_rule_is(op->rule, claim->as_asked) &&
            !net_observed_has_rule(planner->picture, op->rule))
            return op->rule;
    }
    return NULL;
}

static char *rule_difference(G_GNUC_UNUSED const NetClaim *claim, G_GNUC_UNUSED gconstpointer actual,
                             G_GNUC_UNUSED const NetObserved *observed)
{
    return NULL;
}

/* With another number. */
static gboolean rule_moves(const NetClaim *claim, const NetClaim *old)
{
    IfcfgRule any = *(const IfcfgRule *)claim->item;
    any.has_priority = FALSE;
    return net_rule_is(old->item, &any);
}

static const LedgerList *rule_listed(const LedgerEntry *entry)
{
    return entry->rules;
}

static char *rule_missing(const NetClaim *claim, G_GNUC_UNUSED const NetObserved *observed)
{
    g_autofree char *text = ifcfg_rule_format(claim->as_asked ? claim->as_asked : claim->item);
    return g_strdup_printf(_("rule %s is missing"), text);
}

const NetClaimType net_claim_rule = {
    .name = "rule",
    .add = NET_OP_RULE_ADD,
    .remove = NET_OP_RULE_DELETE,
    .out = NET_PHASE_RULES_OUT,
    .late_out = NET_PHASE_LATE_RULES_OUT,
    .text = rule_text,
    .parse = rule_parse,
    .settle = rule_settle,
    .find = rule_find,
    .difference = rule_difference,
    .moves = rule_moves,
    .listed = rule_listed,
    .missing = rule_missing,
};
