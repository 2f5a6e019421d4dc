/* Rules as the arguments of `ip rule add`. */
#include "ifcfg-route-args.h"
#include "ifcfg-rule.h"
#include <linux/fib_rules.h>
#include <sys/socket.h>

static void append_prefix(GString *text, const char *keyword, const IfcfgPrefix *prefix)
{
    g_autofree char *printed = prefix->ip.family == AF_UNSPEC ? NULL : ifcfg_prefix_format(prefix);
    if (printed)
        g_string_append_printf(text, " %s %s", keyword, printed);
}

static void append_ifname(GString *text, const char *keyword, const char *name)
{
    if (!name)
        return;
    g_string_append_printf(text, " %s", keyword);
    ifcfg_words_append(text, name);
}

static void append_ports(GString *text, const char *keyword, const guint16 ports[2])
{
    if (ports[0] && ports[0] == ports[1])
        g_string_append_printf(text, " %s %u", keyword, ports[0]);
    else if (ports[0])
        g_string_append_printf(text, " %s %u-%u", keyword, ports[0], ports[1]);
}

static void append_selectors(GString *text, const IfcfgRule *rule)
{
    if (rule->from.ip.family == AF_UNSPEC)
        g_string_append(text, " from all");
    append_prefix(text, "from", &rule->from);
    append_prefix(text, "to", &rule->to);
    if (rule->tos)
        g_string_append_printf(text, " tos 0x%02x", rule->tos);
    if (rule->has_fwmark)
        g_string_append_printf(text, " fwmark 0x%x", rule->fwmark);
    if (rule->has_fwmark && rule->has_fwmask)
        g_string_append_printf(text, "/0x%x", rule->fwmask);
    append_ifname(text, "iif", rule->iif);
    append_ifname(text, "oif", rule->oif);
    if (rule->has_uid)
        g_string_append_printf(text, " uidrange %u-%u", rule->uid[0], rule->uid[1]);
    if (rule->ipproto)
        ifcfg_rtnames_append(text, "ipproto", IFCFG_RT_IPPROTO, rule->ipproto);
    append_ports(text, "sport", rule->sport);
    append_ports(text, "dport", rule->dport);
    if (rule->tun_id)
        g_string_append_printf(text, " tun_id %" G_GUINT64_FORMAT, rule->tun_id);
}

static void append_action(GString *text, const IfcfgRule *rule)
{
    if (rule->l3mdev)
        g_string_append(text, " l3mdev");
    else if (rule->action == FR_ACT_TO_TBL)
        ifcfg_rtnames_append(text, "table", IFCFG_RT_TABLE, rule->table);
    else
        g_string_append_printf(text, " %s", ifcfg_rule_action_name(rule->action));
    if (rule->action == FR_ACT_GOTO)
        g_string_append_printf(text, " %u", rule->target);
    if (rule->realms)
        g_string_append_printf(text, " realms %u/%u", rule->realms >> 16, rule->realms & 0xffff);
    if (rule->suppress_prefixlength >= 0)
        g_string_append_printf(text, " suppress_prefixlength %d", rule->suppress_prefixlength);
    if (rule->suppress_ifgroup >= 0)
        ifcfg_rtnames_append(text, "suppress_ifgroup", IFCFG_RT_GROUP, (guint32)rule->suppress_ifgroup);
}

char *ifcfg_rule_format(const IfcfgRule *rule)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (rule->has_priority)
        g_string_append_printf(text, " priority %u", rule->priority);
    if (rule->invert)
        g_string_append(text, " not");
    append_selectors(text, rule);
    append_action(text, rule);
    if (rule->protocol)
        ifcfg_rtnames_append(text, "protocol", IFCFG_RT_PROTOCOL, rule->protocol);
    return g_strdup(text->str + 1); /* every word brings its blank */
}
