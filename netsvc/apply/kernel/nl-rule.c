/* Routing policy rules by netlink: what `ip rule add|del` would send. */
#include "apply/kernel/nl-ops.h"
#include <linux/fib_rules.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>

static void put_selectors(struct nl_msg *msg, const IfcfgRule *rule)
{
    if (rule->from.length)
        nla_put(msg, FRA_SRC, (int)ifcfg_ip_size(&rule->from.ip), rule->from.ip.bytes);
    if (rule->to.length)
        nla_put(msg, FRA_DST, (int)ifcfg_ip_size(&rule->to.ip), rule->to.ip.bytes);
    if (rule->iif)
        nla_put_string(msg, FRA_IIFNAME, rule->iif);
    if (rule->oif)
        nla_put_string(msg, FRA_OIFNAME, rule->oif);
    if (rule->has_fwmark)
        nla_put_u32(msg, FRA_FWMARK, rule->fwmark);
    if (rule->has_fwmask)
        nla_put_u32(msg, FRA_FWMASK, rule->fwmask);
    if (rule->tun_id)
        nla_put_u64(msg, FRA_TUN_ID, GUINT64_TO_BE(rule->tun_id));
    if (rule->ipproto)
        nla_put_u8(msg, FRA_IP_PROTO, rule->ipproto);
}

static void put_ranges(struct nl_msg *msg, const IfcfgRule *rule)
{
    struct fib_rule_port_range source = {rule->sport[0], MAX(rule->sport[0], rule->sport[1])};
    struct fib_rule_port_range target = {rule->dport[0], MAX(rule->dport[0], rule->dport[1])};
    struct fib_rule_uid_range users = {rule->uid[0], rule->uid[1]};

    if (source.start)
        nla_put(msg, FRA_SPORT_RANGE, sizeof source, &source);
    if (target.start)
        nla_put(msg, FRA_DPORT_RANGE, sizeof target, &target);
    if (rule->has_uid)
        nla_put(msg, FRA_UID_RANGE, sizeof users, &users);
}

static void put_action(struct nl_msg *msg, const IfcfgRule *rule)
{
    if (rule->has_priority)
        nla_put_u32(msg, FRA_PRIORITY, rule->priority);
    if (rule->l3mdev)
        nla_put_u8(msg, FRA_L3MDEV, 1);
    else if (rule->action == FR_ACT_TO_TBL)
        nla_put_u32(msg, FRA_TABLE, rule->table ? rule->table : RT_TABLE_MAIN);
    if (rule->action == FR_ACT_GOTO)
        nla_put_u32(msg, FRA_GOTO, rule->target);
    if (rule->realms)
        nla_put_u32(msg, FRA_FLOW, rule->realms);
    if (rule->suppress_prefixlength >= 0)
        nla_put_u32(msg, FRA_SUPPRESS_PREFIXLEN, (guint32)rule->suppress_prefixlength);
    if (rule->suppress_ifgroup >= 0)
        nla_put_u32(msg, FRA_SUPPRESS_IFGROUP, (guint32)rule->suppress_ifgroup);
    if (rule->protocol)
        nla_put_u8(msg, FRA_PROTOCOL, rule->protocol);
}

static struct nl_msg *rule_message(const IfcfgRule *rule, int type, int flags)
{
    struct nl_msg *msg = nlmsg_alloc_size(1024);
    struct fib_rule_hdr header = {.family = rule->family,
                                  .src_len = rule->from.length,
                                  .dst_len = rule->to.length,
                                  .tos = rule->tos,
                                  .action = rule->action,
                                  .flags = rule->invert ? FIB_RULE_INVERT : 0};

    nlmsg_put(msg, 0, 0, type, 0, flags);
    nlmsg_append(msg, &header, sizeof header, NLMSG_ALIGNTO);
    put_selectors(msg, rule);
    put_ranges(msg, rule);
    put_action(msg, rule);
    return msg;
}

struct nl_msg *nl_rule_add(G_GNUC_UNUSED NlLinks *links, const NetOp *op, G_GNUC_UNUSED GError **error)
{
    return rule_message(op->rule, RTM_NEWRULE, NLM_F_CREATE | NLM_F_EXCL);
}

struct nl_msg *nl_rule_delete(G_GNUC_UNUSED NlLinks *links, const NetOp *op, G_GNUC_UNUSED GError **error)
{
    return rule_message(op->rule, RTM_DELRULE, 0);
}
