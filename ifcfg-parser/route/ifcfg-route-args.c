/* The words of `ip route add`: one row per keyword. */
#include "ifcfg-route-args.h"
#include "i18n.h"
#include "ifcfg-encap-private.h"
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

typedef struct {
    IfcfgRoute *route;
    IfcfgNexthop *hop;          /* which via, dev, weight and onlink belong to */
    char *dev;                  /* `dev` before the first `nexthop` */
    gboolean has_to, multipath; /* multipath: a `nexthop` was read */
    const IfcfgWord *path_word; /* the last word that says where packets go */
} RouteArgs;

static void route_args_clear(RouteArgs *self)
{
    g_free(self->dev);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RouteArgs, route_args_clear)

void ifcfg_nexthop_normalize(IfcfgNexthop *hop)
{
    static const IfcfgIp zero = {.family = AF_INET};
    if (ifcfg_ip_equal(&hop->via, &zero))
        hop->via = (IfcfgIp){.family = AF_UNSPEC};
}

static IfcfgNexthop *nexthop_add(IfcfgRoute *route)
{
    IfcfgNexthop *hop = g_new0(IfcfgNexthop, 1);
    g_ptr_array_add(route->nexthops, hop);
    return hop;
}

IfcfgRoute *ifcfg_route_new(IfcfgWhere where)
{
    IfcfgRoute *route = g_new0(IfcfgRoute, 1);
    route->where = where;
    route->type = RTN_UNICAST;
    route->scope = -1;
    route->metric = -1;
    route->nexthops = g_ptr_array_new_with_free_func((GDestroyNotify)ifcfg_nexthop_free);
    /* cppcheck-suppress leakReturnValNotUsed ; the route owns it */
    nexthop_add(route);
    return route;
}

static gboolean parse_via(IfcfgWords *words, const IfcfgKeyword *keyword, const IfcfgWord *word,
                          gpointer object)
{
    RouteArgs *args = object;
    IfcfgIp ip;
    int family = words->family;
    const IfcfgWord *next = ifcfg_words_peek(words);
    (void)keyword;
    if (args->hop->via.family != AF_UNSPEC)
        return ifcfg_words_fail(words, word,
                                _("a second \"via\": several gateways are written as "
                                  "\"nexthop via A nexthop via B\""));
    if (next && (strcmp(next->text, "inet") == 0 || strcmp(next->text, "inet6") == 0)) {
        family = next->text[4] == '6' ? AF_INET6 : AF_INET;
        word = ifcfg_words_take(words);
    }
    args->path_word = word;
    next = ifcfg_words_peek(words);
    if (next && family == AF_INET && strchr(next->text, ':') && strcmp(word->text, "via") == 0 &&
        ifcfg_ip_parse(next->text, AF_INET6, &ip))
        return ifcfg_words_fail(
            words, next, _("an IPv6 gateway of an IPv4 route is written \"via inet6 %s\""), next->text);
    if (!ifcfg_words_address(words, word, family, &args->hop->via))
        return FALSE;
    ifcfg_nexthop_normalize(args->hop);
    return TRUE;
}

static gboolean parse_dev(IfcfgWords *words, const IfcfgKeyword *keyword, const IfcfgWord *word,
                          gpointer object)
{
    RouteArgs *args = object;
    (void)keyword;
    args->path_word = word;
    return ifcfg_words_ifname(words, word, &args->hop->dev);
}

static gboolean parse_onlink(IfcfgWords *words, const IfcfgKeyword *keyword, const IfcfgWord *word,
                             gpointer object)
{
    (void)words, (void)keyword, (void)word;
    ((RouteArgs *)object)->hop->onlink = TRUE;
    return TRUE;
}

static gboolean parse_encap(IfcfgWords *words, const IfcfgKeyword *keyword, const IfcfgWord *word,
                            gpointer object)
{
    RouteArgs *args = object;
    (void)keyword;
    if (args->hop->encap)
        return ifcfg_words_fail(words, word, _("\"%s\" is given twice"), word->text);
    args->path_word = word;
    return ifcfg_encap_parse(words, word, &args->hop->encap);
}

/* `dead`, `linkdown` and `pervasive` are printed by `ip route show`, and come along when its output is
 * pasted. */
static gboolean parse_ignored(IfcfgWords *words, const IfcfgKeyword *keyword, const IfcfgWord *word,
                              gpointer object)
{
    (void)words, (void)keyword, (void)word, (void)object;
    return TRUE;
}

static gboolean parse_weight(IfcfgWords *words, const IfcfgKeyword *keyword, const IfcfgWord *word,
                             gpointer object)
{
    RouteArgs *args = object;
    guint64 weight;
    const IfcfgWord *value = ifcfg_words_peek(words);
    (void)keyword;
    if (!args->multipath)
        return ifcfg_words_fail(words, word, _("\"weight\" belongs to a \"nexthop\""));
    if (!ifcfg_words_number(words, word, 256, &weight))
        return FALSE;
    if (weight == 0)
        return ifcfg_words_fail(words, value, _("a weight is a number from 1 to 256"));
    args->hop->weight = (guint16)weight;
    return TRUE;
}

static gboolean parse_nexthop(IfcfgWords *words, const IfcfgKeyword *keyword, const IfcfgWord *word,
                              gpointer object)
{
    RouteArgs *args = object;
    (void)keyword;
    if (!args->multipath && args->hop->via.family != AF_UNSPEC)
        return ifcfg_words_fail(
            words, word, _("\"via\" before the first \"nexthop\": give every gateway its \"nexthop via\""));
    if (!args->multipath && args->hop->encap)
        return ifcfg_words_fail(
            words, word,
            _("\"encap\" before the first \"nexthop\": write it behind the \"nexthop\" it is of"));
    if (!ifcfg_words_peek(words))
        return ifcfg_words_fail(words, word,
                                _("\"nexthop\" needs a gateway or a device, but the line ends here"));
    if (args->multipath)
        args->hop = nexthop_add(args->route);
    else
        args->dev = g_steal_pointer(&args->hop->dev);
    args->hop->weight = 1;
    args->multipath = TRUE;
    args->path_word = word;
    return TRUE;
}

static gboolean parse_src(IfcfgWords *words, const IfcfgKeyword *keyword, const IfcfgWord *word,
                          gpointer object)
{
    (void)keyword;
    return ifcfg_words_address(words, word, words->family, &((RouteArgs *)object)->route->src);
}

static gboolean parse_metric(IfcfgWords *words, const IfcfgKeyword *keyword, const IfcfgWord *word,
                             gpointer object)
{
    guint64 metric;
    (void)keyword;
    if (!ifcfg_words_number(words, word, G_MAXUINT32, &metric))
        return FALSE;
    ((RouteArgs *)object)->route->metric = (gint64)metric;
    return TRUE;
}

static gboolean parse_realms(IfcfgWords *words, const IfcfgKeyword *keyword, const IfcfgWord *word,
                             gpointer object)
{
    (void)keyword;
    if (words->family == AF_INET6)
        return ifcfg_words_fail(words, word, _("IPv6 has no realms"));
    return ifcfg_words_realms(words, word, &((RouteArgs *)object)->route->realms);
}

/* RFC 4191, section 2.1 */
static gboolean parse_pref(IfcfgWords *words, const IfcfgKeyword *keyword, const IfcfgWord *word,
                           gpointer object)
{
    static const char *const names[] = {"medium", "high", NULL, "low"};
    const IfcfgWord *value = ifcfg_words_value(words, word);
    (void)keyword;
    if (!value)
        return FALSE;
    if (words->family != AF_INET6)
        return ifcfg_words_fail(words, word, _("only IPv6 routes have a preference and an end"));
    for (guint8 i = 0; i < G_N_ELEMENTS(names); i++)
        if (names[i] && strcmp(names[i], value->text) == 0) {
            ((RouteArgs *)object)->route->pref = i;
            return TRUE;
        }
    return ifcfg_words_fail(words, value, _("\"%s\" is not one of low, medium, high"), value->text);
}

static gboolean parse_expires(IfcfgWords *words, const IfcfgKeyword *keyword, const IfcfgWord *word,
                              gpointer object)
{
    guint64 seconds;
    (void)keyword;
    if (!ifcfg_words_number(words, word, G_MAXINT32, &seconds))
        return FALSE;
    if (words->family != AF_INET6)
        return ifcfg_words_fail(words, word, _("only IPv6 routes have a preference and an end"));
    ((RouteArgs *)object)->route->expires = (guint32)seconds;
    return TRUE;
}

static gboolean parse_nhid(IfcfgWords *words, const IfcfgKeyword *keyword, const IfcfgWord *word,
                           gpointer object)
{
    RouteArgs *args = object;
    guint64 id;
    (void)keyword;
    if (!ifcfg_words_number(words, word, G_MAXUINT32, &id))
        return FALSE;
    if (id == 0)
        return ifcfg_words_fail(words, word, _("there is no nexthop object 0"));
    args->route->nhid = (guint32)id;
    return TRUE;
}

/* Table 0 is the main table to the kernel (fib_get_table()), but would mean "not given" here. */
static gboolean parse_named(IfcfgWords *words, const IfcfgKeyword *keyword, const IfcfgWord *word,
                            gpointer object)
{
    IfcfgRoute *route = ((RouteArgs *)object)->route;
    guint32 number;
    if (!ifcfg_words_named(words, word, keyword->value, &number))
        return FALSE;
    if (keyword->value == IFCFG_RT_TABLE)
        route->table = number ? number : RT_TABLE_MAIN;
    else if (keyword->value == IFCFG_RT_SCOPE)
        route->scope = (gint)number;
    else if (keyword->value == IFCFG_RT_PROTOCOL)
        route->protocol = (guint8)number;
    else
        route->tos = (guint8)number;
    return TRUE;
}

static gboolean destination_parse(IfcfgWords *words, const IfcfgWord *word, RouteArgs *args)
{
    if (args->has_to)
        return ifcfg_words_fail(
            words, word,
            _("\"%s\" is neither a word of \"ip route add\" nor needed: the route already "
              "has a destination"),
            word->text);
    args->has_to = TRUE;
    return ifcfg_words_prefix(words, word, TRUE, &args->route->to);
}

static gboolean parse_to(IfcfgWords *words, const IfcfgKeyword *keyword, const IfcfgWord *word,
                         gpointer object)
{
    RouteArgs *args = object;
    guint32 type;
    (void)keyword;
    if (!(word = ifcfg_words_value(words, word)))
        return FALSE;
    if (g_ascii_isalpha(word->text[0]) && ifcfg_rtnames_lookup(NULL, IFCFG_RT_TYPE, word->text, &type)) {
        args->route->type = (guint8)type;
        if (!(word = ifcfg_words_value(words, word)))
            return FALSE;
    }
    return destination_parse(words, word, args);
}

#define MPLS_HINT N_("it is a word of routes by MPLS labels, which these files have none of")
#define LENGTH_HINT N_("write the destination as NETWORK/LENGTH, as in \"10.0.0.0/8 via 192.0.2.1\"")

/* In the order of `ip route`, which decides what an abbreviation means. */
static const IfcfgKeyword keywords[] = {
    {"src", parse_src, FALSE, 0, NULL},
    {"via", parse_via, FALSE, 0, NULL},
    {"tos", parse_named, FALSE, IFCFG_RT_DSFIELD, NULL},
    {"dsfield", parse_named, TRUE, IFCFG_RT_DSFIELD, NULL},
    {"metric", parse_metric, TRUE, 0, NULL},
    {"priority", parse_metric, TRUE, 0, NULL},
    {"preference", parse_metric, FALSE, 0, NULL},
    {"scope", parse_named, FALSE, IFCFG_RT_SCOPE, NULL},
    {"onlink", parse_onlink, FALSE, 0, NULL},
    {"nexthop", parse_nexthop, FALSE, 0, NULL},
    {"weight", parse_weight, FALSE, 0, NULL},
    {"protocol", parse_named, TRUE, IFCFG_RT_PROTOCOL, NULL},
    {"table", parse_named, TRUE, IFCFG_RT_TABLE, NULL},
    {"dev", parse_dev, FALSE, 0, NULL},
    {"oif", parse_dev, FALSE, 0, NULL},
    {"to", parse_to, FALSE, 0, NULL},
    {"pervasive", parse_ignored, FALSE, 0, NULL},
    {"linkdown", parse_ignored, FALSE, 0, NULL},
    {"dead", parse_ignored, FALSE, 0, NULL},
    {"as", ifcfg_keyword_unsupported, FALSE, 0, MPLS_HINT},
    {"from", ifcfg_keyword_unsupported, FALSE, 0, N_("write a rule (rule-*, rule6-*) for source addresses")},
    {"realms", parse_realms, TRUE, 0, NULL},
    {"pref", parse_pref, TRUE, 0, NULL},
    {"encap", parse_encap, FALSE, 0, NULL},
    {"expires", parse_expires, TRUE, 0, NULL},
    {"nhid", parse_nhid, FALSE, 0, NULL},
    {"ttl-propagate", ifcfg_keyword_unsupported, FALSE, 0, MPLS_HINT},
    {"nat", ifcfg_keyword_unsupported, FALSE, 0, N_("the kernel has no such routes any more")},
    {"xresolve", ifcfg_keyword_unsupported, FALSE, 0, N_("the kernel has no such routes any more")},
    {"-net", ifcfg_keyword_unsupported, FALSE, 0, LENGTH_HINT},
    {"-host", ifcfg_keyword_unsupported, FALSE, 0, LENGTH_HINT},
    {"netmask", ifcfg_keyword_unsupported, FALSE, 0, LENGTH_HINT},
    {"gw", ifcfg_keyword_unsupported, FALSE, 0, N_("write \"via\"")},
    {NULL, NULL, FALSE, 0, NULL},
};

/* A word that is no keyword is a type or a destination; @words stands behind it. Addresses, "all", "any" and
 * "default" all begin like a hex digit or with a colon. */
static gboolean other_parse(IfcfgWords *words, const IfcfgWord *word, RouteArgs *args)
{
    guint32 type;
    char first = word->text[0];
    words->next--;
    if (g_ascii_isxdigit(first) || first == ':' ||
        ifcfg_rtnames_lookup(NULL, IFCFG_RT_TYPE, word->text, &type))
        return parse_to(words, NULL, word, args);
    return ifcfg_words_fail(words, word, _("\"%s\" is not a word of \"ip route add\""), word->text);
}

static gboolean word_parse(IfcfgWords *words, RouteArgs *args)
{
    const IfcfgWord *word = ifcfg_words_take(words);
    if (g_ascii_isdigit(word->text[0])) /* no keyword begins so */
        return other_parse(words, word, args);
    const IfcfgKeyword *keyword = ifcfg_keyword_find(keywords, word->text);
    const IfcfgRouteMetric *metric = keyword ? NULL : ifcfg_route_metric_find(word->text, FALSE);
    if (!keyword && !metric)
        metric = ifcfg_route_metric_find(word->text, TRUE);
    if (!keyword && !metric)
        keyword = ifcfg_keyword_find_beginning(keywords, word->text);
    if (metric)
        return ifcfg_route_metric_parse(words, metric, word, args->route);
    return keyword ? keyword->parse(words, keyword, word, args) : other_parse(words, word, args);
}

/* fib_create_info() and ip6_route_info_create() refuse what is refused here; the device of an IPv6 route that
 * drops packets has no meaning, and people write `dev lo` there. */
static gboolean paths_finish(IfcfgWords *words, RouteArgs *args)
{
    IfcfgRoute *route = args->route;
    IfcfgNexthop *first = g_ptr_array_index(route->nexthops, 0);
    gboolean drops = ifcfg_route_drops(route);
    if (drops && (first->via.family != AF_UNSPEC || first->encap || args->multipath ||
                  (first->dev && words->family == AF_INET)))
        return ifcfg_words_fail(words, args->path_word,
                                _("a route of type %s goes nowhere, so it can have no \"%s\""),
                                ifcfg_rtnames_name(IFCFG_RT_TYPE, route->type), args->path_word->text);
    if (route->nhid && (first->via.family != AF_UNSPEC || first->encap || args->multipath))
        return ifcfg_words_fail(words, args->path_word,
                                _("a route by a nexthop object has no gateway of its own"));
    if (drops || route->nhid)
        g_ptr_array_set_size(route->nexthops, 0);
    for (guint i = 0; i < route->nexthops->len; i++) {
        IfcfgNexthop *hop = g_ptr_array_index(route->nexthops, i);
        if (!hop->dev)
            hop->dev = g_strdup(args->dev);
    }
    if (route->nexthops->len == 1)
        first->weight = 0; /* to the kernel a list of one is a plain route */
    return TRUE;
}

gboolean ifcfg_route_args_parse(IfcfgWords *words, gboolean has_to, IfcfgRoute *route)
{
    g_auto(RouteArgs) args = {.route = route, .hop = g_ptr_array_index(route->nexthops, 0), .has_to = has_to};
    while (ifcfg_words_peek(words))
        if (!word_parse(words, &args))
            return FALSE;
    if (!args.has_to)
        return ifcfg_words_fail(words, NULL,
                                _("this route has no destination: write NETWORK/LENGTH or \"default\""));
    return paths_finish(words, &args);
}
