/* Route metrics (RTA_METRICS): one row per name, for reading and for printing. */
#include "i18n.h"
#include "ifcfg-route-args.h"
#include <linux/rtnetlink.h>
#include <string.h>

typedef enum {
    METRIC_NUMBER,
    METRIC_TIME, /* `s` or `ms`, times `scale`; without a unit it is the kernel's own number */
    METRIC_FEATURES,
    METRIC_NAME, /* congctl */
} MetricKind;

struct IfcfgRouteMetric {
    const char *name;
    guint rtax;
    MetricKind kind;
    gboolean abbreviable;
    gboolean lockable;
    gboolean always_locked;
    guint scale;
    guint32 max;
};

/* Abbreviations, limits and the implied lock of rto_min are those of `ip route`. The kernel keeps rtt as
 * eight times and rttvar as four times milliseconds (net/ipv4/tcp_metrics.c). */
static const IfcfgRouteMetric metrics[] = {
    {"mtu", RTAX_MTU, METRIC_NUMBER, FALSE, TRUE, FALSE, 0, G_MAXUINT32},
    {"hoplimit", RTAX_HOPLIMIT, METRIC_NUMBER, FALSE, TRUE, FALSE, 0, 255},
    {"advmss", RTAX_ADVMSS, METRIC_NUMBER, FALSE, TRUE, FALSE, 0, G_MAXUINT32},
    {"reordering", RTAX_REORDERING, METRIC_NUMBER, TRUE, TRUE, FALSE, 0, G_MAXUINT32},
    {"rtt", RTAX_RTT, METRIC_TIME, FALSE, TRUE, FALSE, 8, G_MAXUINT32},
    {"rto_min", RTAX_RTO_MIN, METRIC_TIME, FALSE, FALSE, TRUE, 1, G_MAXUINT32},
    {"window", RTAX_WINDOW, METRIC_NUMBER, TRUE, TRUE, FALSE, 0, G_MAXUINT32},
    {"cwnd", RTAX_CWND, METRIC_NUMBER, TRUE, TRUE, FALSE, 0, G_MAXUINT32},
    {"initcwnd", RTAX_INITCWND, METRIC_NUMBER, TRUE, TRUE, FALSE, 0, G_MAXUINT32},
    {"initrwnd", RTAX_INITRWND, METRIC_NUMBER, TRUE, TRUE, FALSE, 0, G_MAXUINT32},
    {"features", RTAX_FEATURES, METRIC_FEATURES, TRUE, FALSE, FALSE, 0, 0},
    {"quickack", RTAX_QUICKACK, METRIC_NUMBER, TRUE, FALSE, FALSE, 0, 1},
    {"congctl", RTAX_CC_ALGO, METRIC_NAME, TRUE, TRUE, FALSE, 0, 0},
    {"rttvar", RTAX_RTTVAR, METRIC_TIME, TRUE, TRUE, FALSE, 4, G_MAXUINT32},
    {"ssthresh", RTAX_SSTHRESH, METRIC_NUMBER, TRUE, TRUE, FALSE, 0, G_MAXUINT32},
    {"fastopen_no_cookie", RTAX_FASTOPEN_NO_COOKIE, METRIC_NUMBER, TRUE, FALSE, FALSE, 0, 1},
};

/* linux/rtnetlink.h, RTAX_FEATURE_*; the others of that list are not for users */
static const struct {
    const char *name;
    guint32 bit;
} features[] = {{"ecn", 1 << 0}, {"tcp_usec_ts", 1 << 4}};

#define CONGCTL_MAX 15 /* net/tcp.h, TCP_CA_NAME_MAX, with its NUL */

const IfcfgRouteMetric *ifcfg_route_metric_find(const char *text, gboolean beginning)
{
    for (guint i = 0; i < G_N_ELEMENTS(metrics); i++)
        if (beginning ? metrics[i].abbreviable && g_str_has_prefix(metrics[i].name, text)
                      : strcmp(metrics[i].name, text) == 0)
            return &metrics[i];
    return NULL;
}

static guint32 feature_bit(const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS(features); i++)
        if (strcmp(features[i].name, name) == 0)
            return features[i].bit;
    return 0;
}

static gboolean features_parse(IfcfgWords *words, const IfcfgWord *keyword, guint32 *ret)
{
    guint32 bits = 0, bit;
    const IfcfgWord *word = ifcfg_words_value(words, keyword);
    if (!word)
        return FALSE;
    if (!(bits = feature_bit(word->text)))
        return ifcfg_words_fail(words, word, _("\"%s\" is not a feature: \"ecn\" and \"tcp_usec_ts\" are"),
                                word->text);
    while ((word = ifcfg_words_peek(words)) && (bit = feature_bit(word->text))) {
        bits |= bit;
        ifcfg_words_take(words);
    }
    *ret = bits;
    return TRUE;
}

/* Fractions ("0.2s") are allowed with a unit; the result rounds up, as a time of 0 would mean "not set". */
static gboolean time_parse(const char *text, guint scale, guint32 *ret)
{
    guint64 raw;
    char *unit;
    if (ifcfg_number_parse(text, G_MAXUINT32, &raw)) {
        *ret = (guint32)raw;
        return TRUE;
    }
    if (!g_ascii_isdigit(text[0]) || strpbrk(text, "xX"))
        return FALSE;
    double number = g_ascii_strtod(text, &unit) * scale;
    if (strcmp(unit, "s") == 0 || strcmp(unit, "sec") == 0 || strcmp(unit, "secs") == 0)
        number *= 1000;
    else if (strcmp(unit, "ms") != 0 && strcmp(unit, "msec") != 0 && strcmp(unit, "msecs") != 0)
        return FALSE;
    if (!(number <= G_MAXUINT32 - 1))
        return FALSE;
    *ret = (guint32)number;
    *ret += *ret < number;
    return TRUE;
}

static gboolean time_value(IfcfgWords *words, const IfcfgWord *keyword, guint scale, guint32 *ret)
{
    const IfcfgWord *word = ifcfg_words_value(words, keyword);
    if (!word)
        return FALSE;
    if (time_parse(word->text, scale, ret))
        return TRUE;
    return ifcfg_words_fail(words, word, _("\"%s\" is not a time: write it like 200ms or 1s"), word->text);
}

static gboolean number_value(IfcfgWords *words, const IfcfgWord *keyword, guint32 max, guint32 *ret)
{
    guint64 number;
    if (!ifcfg_words_number(words, keyword, max, &number))
        return FALSE;
    *ret = (guint32)number;
    return TRUE;
}

static gboolean congctl_value(IfcfgWords *words, const IfcfgWord *keyword, IfcfgRoute *route)
{
    const IfcfgWord *word = ifcfg_words_value(words, keyword);
    if (!word)
        return FALSE;
    if (strlen(word->text) > CONGCTL_MAX)
        return ifcfg_words_fail(
            words, word, _("\"%s\" is too long for the name of a congestion control algorithm"), word->text);
    g_free(route->congctl);
    route->congctl = g_strdup(word->text);
    return TRUE;
}

static gboolean value_parse(IfcfgWords *words, const IfcfgRouteMetric *metric, const IfcfgWord *word,
                            IfcfgRoute *route)
{
    guint32 *value = &route->metrics[metric->rtax];
    switch (metric->kind) {
    case METRIC_NUMBER:
        return number_value(words, word, metric->max, value);
    case METRIC_TIME:
        return time_value(words, word, metric->scale, value);
    case METRIC_FEATURES:
        return features_parse(words, word, value);
    case METRIC_NAME:
        return congctl_value(words, word, route);
    }
    g_return_val_if_reached(FALSE);
}

gboolean ifcfg_route_metric_parse(IfcfgWords *words, const IfcfgRouteMetric *metric, const IfcfgWord *word,
                                  IfcfgRoute *route)
{
    guint32 bit = 1U << metric->rtax;
    const IfcfgWord *next = ifcfg_words_peek(words);
    gboolean lock = metric->always_locked;
    if (metric->lockable && next && strcmp(next->text, "lock") == 0) {
        lock = TRUE;
        ifcfg_words_take(words);
    }
    if (!value_parse(words, metric, word, route))
        return FALSE;
    if (metric->kind != METRIC_NAME)
        route->metrics_set |= bit;
    route->metrics_lock = lock ? route->metrics_lock | bit : route->metrics_lock & ~bit;
    return TRUE;
}

static void features_format(guint32 bits, GString *text)
{
    for (guint i = 0; i < G_N_ELEMENTS(features); i++)
        if (bits & features[i].bit)
            g_string_append_printf(text, " %s", features[i].name);
}

void ifcfg_route_metrics_format(const IfcfgRoute *route, GString *text)
{
    gboolean has_any = route->metrics_set || route->congctl;
    for (guint i = 0; has_any && i < G_N_ELEMENTS(metrics); i++) {
        const IfcfgRouteMetric *metric = &metrics[i];
        guint32 bit = 1U << metric->rtax;
        if (metric->kind == METRIC_NAME ? !route->congctl : !(route->metrics_set & bit))
            continue;
        g_string_append_printf(text, " %s", metric->name);
        if (metric->lockable && route->metrics_lock & bit)
            g_string_append(text, " lock");
        if (metric->kind == METRIC_NAME)
            ifcfg_words_append(text, route->congctl);
        else if (metric->kind == METRIC_FEATURES)
            features_format(route->metrics[metric->rtax], text);
        else
            g_string_append_printf(text, " %u", route->metrics[metric->rtax]);
    }
}
