/* The differ: wanted against actual against ours. What a type of claim is, its own file says. */
#include "plan/claims.h"
#include <string.h>
#include <sys/socket.h>

const NetClaimType *const net_claim_types[] = {&net_claim_address, &net_claim_nexthop, &net_claim_route,
                                               &net_claim_rule,    &net_claim_lease,   NULL};

static void diff_free(NetDiff *diff)
{
    g_free(diff->difference);
    g_free(diff);
}

static void claims_add(GArray *claims, const NetClaimType *type, gconstpointer item, const NetIface *part,
                       IfcfgWhere where)
{
    NetClaim claim = {
        .type = type, .item = item, .dev = net_iface_device(part), .part = part, .where = where};
    g_array_append_val(claims, claim);
}

static void claims_of_part(GArray *claims, const NetIface *part, GHashTable *winners, NetPool *pool)
{
    for (guint i = 0; i < part->addresses->len; i++) {
        const NetAddress *address = g_ptr_array_index(part->addresses, i);
        claims_add(claims, &net_claim_address, address, part, address->where);
    }
    for (guint i = 0; i < part->leases->len; i++) {
        const NetLease *lease = g_ptr_array_index(part->leases, i);
        claims_add(claims, &net_claim_lease, lease, part, lease->where);
    }
    net_claims_add_routes(claims, part, winners, pool);
    for (guint i = 0; i < part->rules->len; i++) {
        const IfcfgRule *rule = g_ptr_array_index(part->rules, i);
        claims_add(claims, &net_claim_rule, rule, part, rule->where);
    }
}

void net_claims_of_part(GArray *claims, const NetIface *part, NetPool *pool)
{
    claims_of_part(claims, part, NULL, pool);
}

/* At a `down` also what had to give way: it may be there from before. */
static GArray *claims_wanted(const NetIface *iface, gboolean all_parts, NetPool *pool)
{
    GArray *claims = g_array_new(FALSE, TRUE, sizeof(NetClaim));
    g_autoptr(GHashTable) winners =
        all_parts || iface->has_no_rivals ? NULL : net_iface_winning_routes(iface);
    const NetIface *part;
    for (guint i = 0; (part = net_iface_part(iface, i)); i++)
        if (all_parts || net_iface_part_comes_along(iface, part))
            claims_of_part(claims, part, winners, pool);
    return claims;
}

/* Along the longest list of the record, that of the routes: after an equal run what is asked for stands there
 * in the same order, and nothing need be searched for. */
typedef struct {
    const LedgerList *list;
    guint next;
    guint8 *met; /* for each place of the list: it is asked for */
} Walk;

typedef struct {
    const NetIface *iface;
    NetSettling settling;
    const IfcfgRtNames *names;
    GPtrArray *diffs;
    /* sets: texts of what the files ask for, also for aliases that wait for an `ifup` of their own, but for
     * those that were met on the walk; keys that will be taken */
    GHashTable *texts, *keys;
    Walk walk;
    /* what the kernel has -> NetDiff* (not owned) of the claim that it fulfils */
    GHashTable *claimed;
    guint in_doubt; /* NET_DOUBT_*: of these nothing is stale */
    /* families for which a default route is asked for, as bits: 1 IPv4, 2 IPv6 */
    guint defaults;
} Differ;

/* @difference: taken over */
static NetDiff *differ_add(Differ *self, NetDiffKind kind, const NetClaim *claim, gconstpointer actual,
                           char *difference)
{
    NetDiff *diff = g_new0(NetDiff, 1);
    diff->kind = kind;
    diff->claim = *claim;
    diff->actual = actual;
    diff->difference = difference;
    g_ptr_array_add(self->diffs, diff);
    return diff;
}

static void walk_begin(Walk *self, const LedgerEntry *entry)
{
    self->list = entry ? net_claim_route.listed(entry) : NULL;
    self->met = self->list ? g_new0(guint8, self->list->len + 1) : NULL;
}

/* The entry of the list that is @text, where the walk stands. */
static const char *walk_meet(Walk *self, const LedgerList *list, const char *text)
{
    if (!list || list != self->list || self->next == list->len || !g_str_equal(list->pdata[self->next], text))
        return NULL;
    self->met[self->next] = TRUE;
    return list->pdata[self->next++];
}

/* Its text, entered among those that are asked for, and owned by them or by the record; NULL: nobody looks
 * for it there. */
static const char *differ_enter(Differ *self, const NetClaim *claim, gboolean *ret_is_listed)
{
    const LedgerList *listed = self->settling.entry ? claim->type->listed(self->settling.entry) : NULL;
    *ret_is_listed = FALSE;
    if (!(listed && listed->len) && !claim->type->displaces)
        return NULL;
    g_autofree char *text = claim->type->text(claim);
    const char *known = walk_meet(&self->walk, listed, text);
    guint place = known ? 0 : net_ledger_list_place(listed, text);
    *ret_is_listed = known || place;
    if (place && listed == self->walk.list)
        self->walk.next = place;
    if (!known)
        known = g_hash_table_lookup(self->texts, text);
    if (known)
        return known;
    g_hash_table_add(self->texts, text);
    return g_steal_pointer(&text);
}

static gboolean is_known_as_others(const Differ *self, const NetClaim *claim, const char *text)
{
    g_autofree char *others = text && claim->type->moves && self->settling.entry
                                  ? g_strconcat(NET_LEDGER_OTHERS, text, NULL)
                                  : NULL;
    return others && net_ledger_list_has(claim->type->listed(self->settling.entry), others);
}

int net_claim_family(const NetClaim *claim)
{
    return claim->type == &net_claim_address   ? ((const NetAddress *)claim->item)->prefix.ip.family
           : claim->type == &net_claim_route   ? ((const IfcfgRoute *)claim->item)->to.ip.family
           : claim->type == &net_claim_rule    ? ((const IfcfgRule *)claim->item)->family
           : claim->type == &net_claim_nexthop ? ((const NetNexthop *)claim->item)->via.family
                                               : ((const NetLease *)claim->item)->family;
}

static guint default_bit(const IfcfgRoute *route)
{
    return !ifcfg_route_is_default(route) ? 0 : route->to.ip.family == AF_INET6 ? 2 : 1;
}

static void differ_compare(Differ *self, NetClaim *claim)
{
    self->defaults |= claim->type == &net_claim_route ? default_bit(claim->item) : 0;
    if (claim->type->settle)
        claim->type->settle(claim, &self->settling);
    gconstpointer actual = claim->type->find(claim, self->settling.observed);
    char *difference = actual ? claim->type->difference(claim, actual, self->settling.observed) : NULL;
    gboolean is_listed;
    const char *text = differ_enter(self, claim, &is_listed);
    gboolean is_ours = actual && is_listed,
             is_others = actual && !is_ours && is_known_as_others(self, claim, text);
    NetDiffKind kind = !actual                ? NET_DIFF_MISSING
                       : difference           ? NET_DIFF_DIFFERS
                       : is_ours || is_others ? NET_DIFF_SAME
                                              : NET_DIFF_ADOPT;
    NetDiff *diff = differ_add(self, kind, claim, actual, difference);
    diff->is_others = is_others;
    if (text && actual && !difference)
        g_hash_table_insert(self->claimed, (gpointer)actual, diff);
    char *key = claim->type->key && (kind == NET_DIFF_MISSING || kind == NET_DIFF_DIFFERS)
                    ? claim->type->key(claim)
                    : NULL;
    if (key)
        g_hash_table_add(self->keys, key);
}

static void differ_note_text(Differ *self, NetClaim *claim)
{
    gboolean is_listed;
    if (claim->type->settle)
        claim->type->settle(claim, &self->settling);
    differ_enter(self, claim, &is_listed);
}

/* A route to another gateway under the same key replaces the old one. */
static gboolean is_replaced(const Differ *self, const NetClaim *old)
{
    g_autofree char *key = old->type->key ? old->type->key(old) : NULL;
    return key && g_hash_table_contains(self->keys, key);
}

/* As we made it, it fulfils what is asked for now, and has more than that (a source address, an MTU): it is
 * changed where it stands. */
static gboolean is_fulfilling(const Differ *self, gconstpointer actual, const char *text)
{
    NetDiff *diff = actual ? g_hash_table_lookup(self->claimed, actual) : NULL;
    if (diff && diff->claim.type->key && diff->kind != NET_DIFF_DIFFERS) {
        diff->kind = NET_DIFF_DIFFERS;
        diff->difference = g_strdup(text);
        diff->is_ours = TRUE;
    }
    return diff != NULL;
}

static gboolean has_alias_label(const ObservedAddress *address)
{
    return address->label && strchr(address->label, ':');
}

/* Of a default route in the place of which a file asks for one that leads nowhere: the interface may have
 * moved to another network, where it would lead nowhere itself. */
static guint doubts_about(const Differ *self, const IfcfgRoute *route)
{
    guint doubt = route->to.ip.family == AF_INET6 ? NET_DOUBT_DEFAULT6 : NET_DOUBT_DEFAULT;
    gboolean may_stay = ifcfg_route_is_default(route) && net_iface_may_use_route(self->iface, route);
    return NET_DOUBT_ROUTES | NET_DOUBT_STATIC_ROUTES | (may_stay ? doubt : 0);
}

/* What works is not torn down for a file that cannot be understood: it may well ask for it. */
static gboolean is_kept(const Differ *self, const NetClaim *claim, gconstpointer actual)
{
    if (claim->type == &net_claim_address)
        return self->in_doubt & NET_DOUBT_ALIASES && has_alias_label(actual);
    if (claim->type == &net_claim_nexthop)
        return self->in_doubt & NET_DOUBT_ROUTES;
    if (claim->type == &net_claim_route)
        return self->in_doubt & doubts_about(self, claim->item) &&
               !(self->defaults & default_bit(claim->item));
    return claim->type == &net_claim_rule && self->in_doubt & NET_DOUBT_RULES;
}

/* Where ours is still at its old place, what is at its new one already was put there by somebody else. */
static void note_others(const Differ *self, const NetClaim *old)
{
    for (guint i = 0; old->type->moves && i < self->diffs->len; i++) {
        NetDiff *diff = g_ptr_array_index(self->diffs, i);
        diff->is_others |= diff->kind == NET_DIFF_ADOPT && diff->claim.type == old->type &&
                           old->type->moves(&diff->claim, old);
    }
}

static void differ_compare_listed(Differ *self, const NetClaimType *type, const char *listed, const char *dev)
{
    gboolean is_others = g_str_has_prefix(listed, NET_LEDGER_OTHERS);
    const char *text = listed + (is_others ? strlen(NET_LEDGER_OTHERS) : 0);
    if (g_hash_table_contains(self->texts, text))
        return;
    gconstpointer item = type->parse(text, dev, self->names, self->settling.pool);
    if (!item)
        return;
    NetClaim claim = {.type = type, .item = item, .dev = dev};
    claim.plus_ifindex = type == &net_claim_route && g_str_equal(text, NET_LEDGER_ZEROCONF);
    gconstpointer actual = type->find(&claim, self->settling.observed);
    g_autofree char *difference = actual ? type->difference(&claim, actual, self->settling.observed) : NULL;
    gboolean is_there = !is_others && actual && !difference && !is_replaced(self, &claim) &&
                        !is_fulfilling(self, actual, text);
    if (is_there && is_kept(self, &claim, actual))
        return;
    if (is_there)
        note_others(self, &claim);
    NetDiff *diff = differ_add(self, is_there ? NET_DIFF_STALE : NET_DIFF_GONE, &claim, actual, NULL);
    diff->is_others = is_others;
}

static void differ_find_stale(Differ *self, const NetIface *iface)
{
    for (const NetClaimType *const *type = net_claim_types; self->settling.entry && *type; type++) {
        const LedgerList *list = (*type)->listed(self->settling.entry);
        for (guint i = 0; list && i < list->len; i++)
            if (list != self->walk.list || !self->walk.met[i])
                differ_compare_listed(self, *type, g_ptr_array_index(list, i), iface->name);
    }
}

guint net_iface_doubts(const NetIface *iface)
{
    const NetIface *part;
    guint doubts = 0;
    for (guint i = 0; (part = net_iface_part(iface, i)); i++) {
        doubts |= part->in_doubt;
        if (i && (part->fault || part->is_damaged))
            doubts |= NET_DOUBT_ALIASES;
    }
    return doubts;
}

/* Parts that do not come along have what they have: their claims are not compared, and not stale. */
static void differ_note_others(Differ *self, const NetIface *iface)
{
    const NetIface *part;
    for (guint i = 1; (part = net_iface_part(iface, i)); i++) {
        if (net_iface_part_comes_along(iface, part))
            continue;
        g_autoptr(GArray) claims = g_array_new(FALSE, TRUE, sizeof(NetClaim));
        net_claims_of_part(claims, part, self->settling.pool);
        for (guint n = 0; n < claims->len; n++)
            differ_note_text(self, &g_array_index(claims, NetClaim, n));
    }
}

static void differ_add_displaced(const NetClaim *displaced, gpointer data)
{
    Differ *self = data;
    char *text = displaced->type->text(displaced);
    if (g_hash_table_add(self->texts, text))
        differ_add(self, NET_DIFF_STALE, displaced, displaced->type->find(displaced, self->settling.observed),
                   NULL);
}

static void differ_find_displaced(Differ *self, GArray *wanted)
{
    for (guint i = 0; i < wanted->len; i++) {
        const NetClaim *claim = &g_array_index(wanted, NetClaim, i);
        if (claim->type->displaces)
            claim->type->displaces(claim, self->settling.observed, self->settling.pool, differ_add_displaced,
                                   self);
    }
}

GPtrArray *net_diff(const NetIface *iface, gboolean all_parts, const NetObserved *observed,
                    const NetLedger *ledger, const IfcfgRtNames *names, NetPool *pool)
{
    const LedgerEntry *entry = ledger ? net_ledger_find(ledger, net_iface_device(iface)) : NULL;
    g_autoptr(GHashTable) texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) claimed = g_hash_table_new(NULL, NULL);
    g_autoptr(GArray) wanted = claims_wanted(iface, all_parts, pool);
    Differ self = {.iface = iface,
                   .settling = {observed, ledger, entry, pool, {0}, texts},
                   .names = names,
                   .texts = texts,
                   .keys = keys,
                   .claimed = claimed,
                   .in_doubt = all_parts ? 0 : net_iface_doubts(iface)};
    g_autofree guint8 *met = NULL;
    walk_begin(&self.walk, entry);
    met = self.walk.met;
    self.diffs = g_ptr_array_new_with_free_func((GDestroyNotify)diff_free);
    if (net_kind_has(iface->kind, NET_KIND_BY_DAEMON))
        return self.diffs; /* what stands on it is its program's affair */
    net_claims_share_nexthops(wanted, iface, observed, entry, names != NULL, pool);
    for (guint i = 0; i < wanted->len; i++)
        differ_compare(&self, &g_array_index(wanted, NetClaim, i));
    if (!all_parts)
        differ_note_others(&self, iface);
    differ_find_displaced(&self, wanted);
    if (!iface->parent)
        differ_find_stale(&self, iface);
    return self.diffs;
}
