/* The words of `ip rule add`: one row per keyword. */
#include "ifcfg-rule.h"
#include "i18n.h"
#include "ifcfg-route-args.h"
#include <linux/fib_rules.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

/* linux/fib_rules.h, FR_ACT_*; "unicast" is what `ip` calls looking up a table */
static const struct {
    const char *name;
    guint8 action;
} actions[] = {
    {"unicast", FR_ACT_TO_TBL},
    {"goto", FR_ACT_GOTO},
    {"nop", FR_ACT_NOP},
    {"blackhole", FR_ACT_BLACKHOLE},
    {"unreachable", FR_ACT_UNREACHABLE},
    {"prohibit", FR_ACT_PROHIBIT},
};

guint8 ifcfg_rule_action(const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS(actions); i++)
        if (strcmp(actions[i].name, name) == 0)
            return actions[i].action;
    return FR_ACT_UNSPEC;
}

const char *ifcfg_rule_action_name(guint8 action)
{
    for (guint i = 0; action != FR_ACT_TO_TBL && i < G_N_ELEMENTS(actions); i++)
        if (actions[i].action == action)
            return actions[i].name;
    return NULL;
}

void ifcfg_rule_free(IfcfgRule *rule)
{
    if (!rule)
        return;
    g_free(rule->text);
    g_free(rule->iif);
    g_free(rule->oif);
    g_free(rule);
}

IfcfgRule *ifcfg_rule_copy(const IfcfgRule *rule)
{
    IfcfgRule *copy = g_memdup2(rule, sizeof *rule);
    copy->text = g_strdup(rule->text);
    copy->iif = g_strdup(rule->iif);
    copy->oif = g_strdup(rule->oif);
    return copy;
}

/* A prefix of length 0 selects nothing, and is the same as no word at all. */
static gboolean parse_prefix(IfcfgWords *words, const IfcfgKeyword *keyword, const IfcfgWord *word,
                             gpointer object)
{
    IfcfgPrefix prefix;
    const IfcfgWord *value = ifcfg_words_value(words, word);
    if (!value || !ifcfg_words_prefix(words, value, FALSE, &prefix))
        return FALSE;
    *(IfcfgPrefix *)G_STRUCT_MEMBER_P(object, keyword->value) = prefix.length ? prefix : (IfcfgPrefix){};
    return TRUE;
}

static gboolean parse_ifname(IfcfgWords *words, const IfcfgKeyword *keyword, const IfcfgWord *word,
                             gpointer object)
{
    return ifcfg_words_ifname(words, word, G_STRUCT_MEMBER_P(object, keyword->value));
}

static gboolean parse_not(IfcfgWords *words, const IfcfgKeyword *keyword, const IfcfgWord *word,
                          gpointer object)
{
    (void)words, (void)keyword, (void)word;
    ((IfcfgRule *)object)->invert = TRUE;
    return TRUE;
}

static gboolean parse_priority(IfcfgWords *words, const IfcfgKeyword *keyword, const IfcfgWord *word,
                               gpointer object)
{
    IfcfgRule *rule = object;
    guint64 number;
    (void)keyword;
    if (!ifcfg_words_number(words, word, G_MAXUINT32, &number))
        return FALSE;
    rule->priority = (guint32)number;
    rule->has_priority = TRUE;
    return TRUE;
}

static gboolean parse_named(IfcfgWords *words, const IfcfgKeyword *keyword, const IfcfgWord *word,
                            gpointer object)
{
    IfcfgRule *rule = object;
    guint32 number;
    if (!ifcfg_words_named(words, word, keyword->value, &number))
        return FALSE;
    if (keyword->value == IFCFG_RT_DSFIELD)
        rule->tos = (guint8)number;
    else if (keyword->value == IFCFG_RT_PROTOCOL)
        rule->protocol = (guint8)number;
    else if (keyword->value == IFCFG_RT_IPPROTO)
        rule->ipproto = (guint8)number;
    else
        rule->suppress_ifgroup = (gint)number;
    return TRUE;
}

static gboolean parse_tunnel(IfcfgWords *words, const IfcfgKeyword *keyword, const IfcfgWord *word,
                             gpointer object)
{
    (void)keyword;
    return ifcfg_words_number(words, word, G_MAXUINT64, &((IfcfgRule *)object)->tun_id);
}

static gboolean parse_realms(IfcfgWords *words, const IfcfgKeyword *keyword, const IfcfgWord *word,
                             gpointer object)
{
    (void)keyword;
    if (words->family == AF_INET6)
        return ifcfg_words_fail(words, word, _("IPv6 has no realms"));
    return ifcfg_words_realms(words, word, &((IfcfgRule *)object)->realms);
}

static gboolean parse_l3mdev(IfcfgWords *words, const IfcfgKeyword *keyword, const IfcfgWord *word,
                             gpointer object)
{
    (void)words, (void)keyword, (void)word;
    ((IfcfgRule *)object)->l3mdev = TRUE;
    return TRUE;
}

/* For table 0 the kernel picks an unused table (fib_empty_table()), which nothing could ever fill. */
static gboolean parse_table(IfcfgWords *words, const IfcfgKeyword *keyword, const IfcfgWord *word,
                            gpointer object)
{
    IfcfgRule *rule = object;
    const IfcfgWord *value = ifcfg_words_peek(words);
    (void)keyword;
    if (!ifcfg_words_named(words, word, IFCFG_RT_TABLE, &rule->table))
        return FALSE;
    if (rule->table == 0)
        return ifcfg_words_fail(words, value, _("there is no table 0: name a table from 1 on"));
    return TRUE;
}

static gboolean parse_fwmark(IfcfgWords *words, const IfcfgKeyword *keyword, const IfcfgWord *word,
                             gpointer object)
{
    IfcfgRule *rule = object;
    const IfcfgWord *value = ifcfg_words_value(words, word);
    guint64 mark, mask = 0;
    (void)keyword;
    if (!value)
        return FALSE;
    g_auto(GStrv) parts = g_strsplit(value->text, "/", 2);
    if (!ifcfg_number_parse(parts[0] ? parts[0] : "", G_MAXUINT32, &mark) ||
        (parts[1] && !ifcfg_number_parse(parts[1], G_MAXUINT32, &mask)))
        return ifcfg_words_fail(words, value, _("\"%s\" is not a mark: write NUMBER or NUMBER/MASK"),
                                value->text);
    rule->fwmark = (guint32)mark;
    rule->fwmask = (guint32)mask;
    rule->has_fwmark = TRUE;
    rule->has_fwmask = parts[1] != NULL;
    return TRUE;
}

/* `FIRST-LAST`, or one number if @single */
static gboolean range_parse(const char *text, guint32 max, gboolean single, guint32 ret[2])
{
    guint64 first, last;
    g_auto(GStrv) parts = g_strsplit(text, "-", 2);
    if (!parts[0] || (!parts[1] && !single))
        return FALSE;
    if (!ifcfg_number_parse(parts[0], max, &first) ||
        !ifcfg_number_parse(parts[parts[1] ? 1 : 0], max, &last))
        return FALSE;
    if (last < first)
        return FALSE;
    ret[0] = (guint32)first;
    ret[1] = (guint32)last;
    return TRUE;
}

/* include/net/fib_rules.h, fib_rule_port_range_valid(): neither 0 nor 65535 */
static gboolean parse_ports(IfcfgWords *words, const IfcfgKeyword *keyword, const IfcfgWord *word,
                            gpointer object)
{
    guint16 *ports = G_STRUCT_MEMBER_P(object, keyword->value);
    guint32 range[2];
    const IfcfgWord *value = ifcfg_words_value(words, word);
    if (!value)
        return FALSE;
    if (!range_parse(value->text, 65534, TRUE, range) || range[0] == 0)
        return ifcfg_words_fail(words, value,
                                _("\"%s\" is not a port or a range FIRST-LAST; the kernel takes 1 to 65534"),
                                value->text);
    ports[0] = (guint16)range[0];
    ports[1] = (guint16)range[1];
    return TRUE;
}

static gboolean parse_uids(IfcfgWords *words, const IfcfgKeyword *keyword, const IfcfgWord *word,
                           gpointer object)
{
    IfcfgRule *rule = object;
    const IfcfgWord *value = ifcfg_words_value(words, word);
    (void)keyword;
    if (!value)
        return FALSE;
    if (!range_parse(value->text, G_MAXUINT32 - 1, FALSE, rule->uid))
        return ifcfg_words_fail(words, value, _("\"%s\" is not a range of user numbers FIRST-LAST"),
                                value->text);
    rule->has_uid = TRUE;
    return TRUE;
}

static gboolean parse_prefixlength(IfcfgWords *words, const IfcfgKeyword *keyword, const IfcfgWord *word,
                                   gpointer object)
{
    guint64 length;
    (void)keyword;
    if (!ifcfg_words_number(words, word, G_MAXINT32, &length))
        return FALSE;
    ((IfcfgRule *)object)->suppress_prefixlength = (gint)length;
    return TRUE;
}

static gboolean action_set(IfcfgWords *words, const IfcfgWord *word, guint8 action, IfcfgRule *rule)
{
    guint64 target;
    rule->action = action;
    if (action != FR_ACT_GOTO)
        return TRUE;
    if (!ifcfg_words_number(words, word, G_MAXUINT32, &target))
        return FALSE;
    rule->target = (guint32)target;
    return TRUE;
}

static gboolean parse_type(IfcfgWords *words, const IfcfgKeyword *keyword, const IfcfgWord *word,
                           gpointer object)
{
    const IfcfgWord *value = ifcfg_words_value(words, word);
    guint8 action = value ? ifcfg_rule_action(value->text) : FR_ACT_UNSPEC;
    (void)keyword;
    if (!value)
        return FALSE;
    if (!action)
        return ifcfg_words_fail(words, value,
                                _("\"%s\" is not what a rule can do: blackhole, unreachable or prohibit are"),
                                value->text);
    return action_set(words, value, action, object);
}

#define RULE_OFFSET(member) G_STRUCT_OFFSET(IfcfgRule, member)

#define HOOK_HINT N_("a rule by it is for a line of `ip rule` in /sbin/ifup-local")

/* In the order of `ip rule`, which decides what an abbreviation means. */
static const IfcfgKeyword keywords[] = {
    {"not", parse_not, FALSE, 0, NULL},
    {"from", parse_prefix, FALSE, RULE_OFFSET(from), NULL},
    {"to", parse_prefix, FALSE, RULE_OFFSET(to), NULL},
    {"preference", parse_priority, TRUE, 0, NULL},
    {"order", parse_priority, TRUE, 0, NULL},
    {"priority", parse_priority, TRUE, 0, NULL},
    {"tos", parse_named, FALSE, IFCFG_RT_DSFIELD, NULL},
    {"dsfield", parse_named, TRUE, IFCFG_RT_DSFIELD, NULL},
    {"fwmark", parse_fwmark, TRUE, 0, NULL},
    {"protocol", parse_named, TRUE, IFCFG_RT_PROTOCOL, NULL},
    {"table", parse_table, TRUE, 0, NULL},
    {"lookup", parse_table, FALSE, 0, NULL},
    {"suppress_prefixlength", parse_prefixlength, TRUE, 0, NULL},
    {"sup_pl", parse_prefixlength, FALSE, 0, NULL},
    {"suppress_ifgroup", parse_named, TRUE, IFCFG_RT_GROUP, NULL},
    {"sup_group", parse_named, FALSE, IFCFG_RT_GROUP, NULL},
    {"dev", parse_ifname, FALSE, RULE_OFFSET(iif), NULL},
    {"iif", parse_ifname, FALSE, RULE_OFFSET(iif), NULL},
    {"oif", parse_ifname, FALSE, RULE_OFFSET(oif), NULL},
    {"uidrange", parse_uids, FALSE, 0, NULL},
    {"ipproto", parse_named, FALSE, IFCFG_RT_IPPROTO, NULL},
    {"sport", parse_ports, FALSE, RULE_OFFSET(sport), NULL},
    {"dport", parse_ports, FALSE, RULE_OFFSET(dport), NULL},
    {"type", parse_type, FALSE, 0, NULL},
    {"realms", parse_realms, TRUE, 0, NULL},
    {"l3mdev", parse_l3mdev, FALSE, 0, NULL},
    {"tun_id", parse_tunnel, TRUE, 0, NULL},
    {"nat", ifcfg_keyword_unsupported, FALSE, 0, N_("the kernel has no such rules any more")},
    {"map-to", ifcfg_keyword_unsupported, FALSE, 0, N_("the kernel has no such rules any more")},
    {"dscp", ifcfg_keyword_unsupported, FALSE, 0, N_("write \"dsfield\"")},
    {"flowlabel", ifcfg_keyword_unsupported, FALSE, 0, HOOK_HINT},
    {NULL, NULL, FALSE, 0, NULL},
};

static gboolean word_parse(IfcfgWords *words, IfcfgRule *rule)
{
    const IfcfgWord *word = ifcfg_words_take(words);
    const IfcfgKeyword *keyword = ifcfg_keyword_find(keywords, word->text);
    guint8 action = ifcfg_rule_action(word->text);
    if (!keyword && action)
        return action_set(words, word, action, rule);
    if (!keyword)
        keyword = ifcfg_keyword_find_beginning(keywords, word->text);
    if (keyword)
        return keyword->parse(words, keyword, word, rule);
    return ifcfg_words_fail(words, word, _("\"%s\" is not a word of \"ip rule add\""), word->text);
}

static gboolean rule_finish(IfcfgWords *words, IfcfgRule *rule)
{
    /* net/core/fib_rules.c, fib_nl2rule(): a goto may only go forward */
    if (rule->action == FR_ACT_GOTO && rule->has_priority && rule->target <= rule->priority)
        return ifcfg_words_fail(words, NULL,
                                _("\"goto %u\" does not lead to a rule after this one, of priority %u"),
                                rule->target, rule->priority);
    /* fib_nl2rule_l3mdev() */
    if (rule->l3mdev && (rule->table || rule->action != FR_ACT_TO_TBL))
        return ifcfg_words_fail(words, NULL, _("\"l3mdev\" is the table: a rule with it names no other"));
    if (rule->action == FR_ACT_TO_TBL && !rule->table && !rule->l3mdev)
        rule->table = RT_TABLE_MAIN; /* as `ip rule add` */
    if (rule->action != FR_ACT_TO_TBL && rule->table) {
        ifcfg_problems_add(words->problems, IFCFG_WARNING, words->where,
                           _("a rule that says \"%s\" does not look up its table"),
                           ifcfg_rule_action_name(rule->action));
        rule->table = 0;
    }
    return TRUE;
}

IfcfgRule *ifcfg_rule_parse_words(IfcfgWords *words)
{
    g_autoptr(IfcfgRule) rule = g_new0(IfcfgRule, 1);
    *rule = (IfcfgRule){.where = words->where,
                        .text = ifcfg_words_text(words),
                        .family = (guint8)words->family,
                        .action = FR_ACT_TO_TBL,
                        .suppress_prefixlength = -1,
                        .suppress_ifgroup = -1};
    if (!ifcfg_words_skip_command(words, "rule"))
        return NULL;
    if (!ifcfg_words_peek(words)) {
        ifcfg_words_fail(words, NULL, _("this rule is empty: write what it selects, and a table"));
        return NULL;
    }
    while (ifcfg_words_peek(words))
        if (!word_parse(words, rule))
            return NULL;
    return rule_finish(words, rule) ? g_steal_pointer(&rule) : NULL;
}

IfcfgRule *ifcfg_rule_parse(const char *line, int family, const IfcfgRtNames *names, IfcfgWhere where,
                            IfcfgProblems *problems)
{
    g_auto(IfcfgWords) words = {};
    ifcfg_words_init(&words, line, family, names, where, problems);
    return ifcfg_rule_parse_words(&words);
}
