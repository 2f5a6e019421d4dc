/* The words of one route, shared by both syntaxes of route files. Inside the library only. */
#pragma once
#include "ifcfg-words.h"

/** A route with nothing set but one empty next hop, for words to fill. */
IfcfgRoute *ifcfg_route_new(IfcfgWhere where);

/** Gateway 0.0.0.0 is no gateway, as in rtm_to_fib_config() of net/ipv4/fib_frontend.c. */
void ifcfg_nexthop_normalize(IfcfgNexthop *hop);

/** Reads all remaining words into @route. @has_to: the destination is already there, a second one is an
 * error. */
gboolean ifcfg_route_args_parse(IfcfgWords *words, gboolean has_to, IfcfgRoute *route);

/** A whole line that is already split. */
IfcfgRoute *ifcfg_route_parse_words(IfcfgWords *words);
IfcfgRule *ifcfg_rule_parse_words(IfcfgWords *words);

/** The metrics of a route ("mtu", "rto_min" and so on), by full name or, if @beginning, by a beginning of it.
 */
typedef struct IfcfgRouteMetric IfcfgRouteMetric;
const IfcfgRouteMetric *ifcfg_route_metric_find(const char *text, gboolean beginning);
gboolean ifcfg_route_metric_parse(IfcfgWords *words, const IfcfgRouteMetric *metric, const IfcfgWord *word,
                                  IfcfgRoute *route);
void ifcfg_route_metrics_format(const IfcfgRoute *route, GString *text);
