/* What tells one claim from all others, whoever asks: a file, the record or the kernel. */
#include "i18n.h"
#include "plan/planner.h"

/* Of a device that is made anew it is the index that it had: that is how the kernel has the route until then.
 */
static gint64 metric_of(const NetPlanner *planner, const NetClaim *claim)
{
    const IfcfgRoute *route = claim->item;
    const ObservedLink *before = planner_link_before(planner, claim->dev),
                       *link = before ? before : planner_link(planner, claim->dev);
    return route->metric + (claim->plus_ifindex && link ? link->ifindex : 0);
}

/* By what the kernel tells routes apart, since a file, the record and the kernel have different words for
 * one. */
static void append_route_id(GString *id, const NetPlanner *planner, const NetClaim *claim)
{
    IfcfgRoute route = *(const IfcfgRoute *)claim->item;
    route.metric = metric_of(planner, claim);
    g_autofree char *key = ifcfg_route_key(&route);
    g_string_append(id, key);
    for (guint i = 0; route.nexthops && i < route.nexthops->len; i++) {
        const IfcfgNexthop *hop = g_ptr_array_index(route.nexthops, i);
        g_autofree char *via = ifcfg_ip_format(&hop->via);
        g_string_append(id, " via ");
        g_string_append(id, via);
        g_string_append(id, " dev ");
        g_string_append(id, hop->dev ? hop->dev : claim->dev);
    }
}

static void append_text(GString *id, const NetClaim *claim)
{
    g_autofree char *text = claim->type->text(claim);
    g_string_append(id, text);
}

/* A route by the devices of its own: that of another interface's file is the same one. */
static gboolean is_of_device(const NetClaim *claim)
{
    const IfcfgRoute *route = claim->type == &net_claim_route ? claim->item : NULL;
    return claim->dev && claim->type != &net_claim_rule &&
           !(route && route->nexthops && route->nexthops->len);
}

/* Not printf: it is made for each of ten thousand routes. */
char *planner_claim_id(const NetPlanner *planner, const NetClaim *claim)
{
    GString *id = g_string_sized_new(96);
    g_string_append(id, claim->type->name);
    g_string_append_c(id, ' ');
    if (is_of_device(claim))
        g_string_append(id, claim->dev);
    g_string_append_c(id, ' ');
    if (claim->type == &net_claim_route)
        append_route_id(id, planner, claim);
    else
        append_text(id, claim);
    return g_string_free(id, FALSE);
}

char *planner_claim_words(const NetClaim *claim)
{
    g_autofree char *text = claim->type == &net_claim_route  ? ifcfg_route_format(claim->item)
                            : claim->type == &net_claim_rule ? ifcfg_rule_format(claim->item)
                                                             : claim->type->text(claim);
    if (claim->type == &net_claim_lease)
        return g_strdup(_("the lease"));
    if (claim->type == &net_claim_route)
        return g_strdup_printf(_("the route %s"), text);
    return claim->type == &net_claim_rule ? g_strdup_printf(_("the rule %s"), text) : g_steal_pointer(&text);
}

void planner_note_taken(NetPlanner *planner, const NetClaim *claim)
{
    g_array_append_val(planner->taken, *claim);
    if (planner->taken_ids)
        g_hash_table_add(planner->taken_ids, planner_claim_id(planner, claim));
}

/* Where nothing falls and nothing goes, nobody asks. */
gboolean planner_is_taken(const NetPlanner *planner, const char *id)
{
    GHashTable *ids = planner->taken_ids;
    if (!ids) {
        ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        for (guint i = 0; i < planner->taken->len; i++)
            g_hash_table_add(ids, planner_claim_id(planner, &g_array_index(planner->taken, NetClaim, i)));
        ((NetPlanner *)planner)->taken_ids = ids;
    }
    return g_hash_table_contains(ids, id);
}
