/* Nexthop objects as claims. No file names one: with NEXTHOP_OBJECTS=yes routes that share a gateway share an
 * object, whose number is chosen here. */
#include "i18n.h"
#include "model/iface.h"
#include "plan/claims.h"
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>

static char *nexthop_text(const NetClaim *claim)
{
    return net_nexthop_format(claim->item);
}

static gconstpointer nexthop_parse(const char *text, G_GNUC_UNUSED const char *dev,
                                   G_GNUC_UNUSED const IfcfgRtNames *names, NetPool *pool)
{
    NetNexthop *nexthop = net_nexthop_parse(text);
    return nexthop ? net_pool_keep(pool, nexthop, (GDestroyNotify)net_nexthop_free) : NULL;
}

static gconstpointer nexthop_find(const NetClaim *claim, const NetObserved *observed)
{
    return net_observed_nexthop(observed, ((const NetNexthop *)claim->item)->id);
}

static char *nexthop_difference(const NetClaim *claim, gconstpointer actual,
                                G_GNUC_UNUSED const NetObserved *observed)
{
    return net_nexthop_has_path(actual, claim->item) ? NULL : net_nexthop_format(actual);
}

static char *nexthop_key(const NetClaim *claim)
{
    return g_strdup_printf("nexthop %u", ((const NetNexthop *)claim->item)->id);
}

static const LedgerList *nexthop_listed(const LedgerEntry *entry)
{
    return entry->nexthops;
}

static char *nexthop_missing(const NetClaim *claim, G_GNUC_UNUSED const NetObserved *observed)
{
    g_autofree char *text = net_nexthop_format(claim->item);
    return g_strdup_printf(_("nexthop object %s is missing"), text);
}

static char *nexthop_differs(const NetClaim *claim, const char *difference)
{
    g_autofree char *text = net_nexthop_format(claim->item);
    return g_strdup_printf(_("nexthop object %s is missing; the kernel has %s"), text, difference);
}

const NetClaimType net_claim_nexthop = {
    .name = "nexthop",
    .add = NET_OP_NEXTHOP_SET,
    .remove = NET_OP_NEXTHOP_DELETE,
    .out = NET_PHASE_ROUTES_OUT, /* in both phases behind the routes by it */
    .late_out = NET_PHASE_LATE_ROUTES_OUT,
    .text = nexthop_text,
    .parse = nexthop_parse,
    .find = nexthop_find,
    .difference = nexthop_difference,
    .key = nexthop_key,
    .listed = nexthop_listed,
    .missing = nexthop_missing,
    .differs = nexthop_differs,
};

/* --- which routes share one --- */

/* A gateway that routes have in common. */
typedef struct {
    NetNexthop *want; /* without a number until one is chosen; the pool's */
    GPtrArray *users; /* NetClaim* of the routes */
} Shared;

typedef struct {
    const NetObserved *observed;
    NetPool *pool;
    GHashTable *by_path; /* path -> Shared*, owned */
    GPtrArray *shared;   /* the same, in the order of the routes */
    GHashTable *ours;    /* set of numbers: what the kernel has under them is what the record says of ours */
    GHashTable *known;   /* path -> number: of ours, there or gone */
    GHashTable *used;    /* set of numbers that are chosen */
} Sharing;

static void shared_free(Shared *self)
{
    g_ptr_array_unref(self->users);
    g_free(self);
}

static char *path_of(const NetNexthop *nexthop)
{
    g_autofree char *via = ifcfg_ip_format(&nexthop->via);
    return g_strdup_printf("%s %s %d", via, nexthop->dev, nexthop->onlink != FALSE);
}

/* What an object can say in place of the route. The default route keeps its own gateway: it must outlive a
 * cable that is out for a moment, and that the kernel deletes objects for. */
static const IfcfgNexthop *sharable_hop(const NetClaim *claim)
{
    const IfcfgRoute *route = claim->item;
    const IfcfgNexthop *hop =
        claim->type == &net_claim_route && route->nexthops->len == 1 ? route->nexthops->pdata[0] : NULL;
    gboolean is_plain = hop && route->type == RTN_UNICAST && !route->nhid && !route->realms &&
                        route->scope <= RT_SCOPE_UNIVERSE && !hop->encap && !hop->weight;
    return is_plain && hop->via.family == route->to.ip.family && !ifcfg_route_is_default(route) ? hop : NULL;
}

/* Without carrier the kernel takes none (rtm_to_nh_config()). */
static gboolean can_have_objects(const Sharing *self, const char *dev)
{
    const ObservedLink *link = net_observed_link(self->observed, dev);
    return link && link->flags & IFF_UP && link->carrier;
}

static void collect(Sharing *self, NetClaim *claim)
{
    const IfcfgNexthop *hop = sharable_hop(claim);
    const char *dev = hop && hop->dev ? hop->dev : claim->dev;
    if (!hop || !can_have_objects(self, dev))
        return;
    NetNexthop want = {.via = hop->via, .dev = (char *)dev, .onlink = hop->onlink};
    g_autofree char *path = path_of(&want);
    Shared *shared = g_hash_table_lookup(self->by_path, path);
    if (!shared) {
        shared = g_new0(Shared, 1);
        shared->want = net_pool_keep(self->pool, net_nexthop_copy(&want), (GDestroyNotify)net_nexthop_free);
        shared->users = g_ptr_array_new();
        g_hash_table_insert(self->by_path, g_steal_pointer(&path), shared);
        g_ptr_array_add(self->shared, shared);
    }
    g_ptr_array_add(shared->users, claim);
}

/* --- their numbers --- */

static void note_record(Sharing *self, const LedgerEntry *entry)
{
    for (guint i = 0; entry && i < entry->nexthops->len; i++) {
        g_autoptr(NetNexthop) listed = net_nexthop_parse(g_ptr_array_index(entry->nexthops, i));
        const NetNexthop *actual = listed ? net_observed_nexthop(self->observed, listed->id) : NULL;
        if (!listed || (actual && !net_nexthop_has_path(actual, listed)))
            continue; /* somebody else has the number by now */
        g_hash_table_insert(self->known, path_of(listed), GUINT_TO_POINTER(listed->id));
        if (actual)
            g_hash_table_add(self->ours, GUINT_TO_POINTER(listed->id));
    }
}

/* What this plan makes is ours. Where nobody has a record to look in, what is there as it would be made
 * counts. */
static void note_picture(Sharing *self, gboolean has_record)
{
    g_autoptr(GPtrArray) all = net_observed_nexthops(self->observed);
    for (guint i = all->len; i-- > 0;) {
        const NetNexthop *nexthop = all->pdata[i];
        gboolean counts = nexthop->is_foreseen || (!has_record && nexthop->id >= NET_NEXTHOP_FIRST);
        if (counts && !nexthop->is_other)
            g_hash_table_insert(self->known, path_of(nexthop), GUINT_TO_POINTER(nexthop->id));
        if (nexthop->is_foreseen)
            g_hash_table_add(self->ours, GUINT_TO_POINTER(nexthop->id));
    }
}

static gboolean choose(Sharing *self, Shared *shared, guint32 id)
{
    if (!id || !g_hash_table_add(self->used, GUINT_TO_POINTER(id)))
        return FALSE;
    shared->want->id = id;
    return TRUE;
}

static void choose_known(Sharing *self, Shared *shared)
{
    g_autofree char *path = path_of(shared->want);
    choose(self, shared, GPOINTER_TO_UINT(g_hash_table_lookup(self->known, path)));
}

/* The object that the kernel has the route by, or NULL. */
static const NetNexthop *nexthop_now(const Sharing *self, const NetClaim *claim)
{
    const IfcfgRoute *route = claim->type->find(claim, self->observed);
    return route ? net_observed_route_nexthop(self->observed, route) : NULL;
}

/* As it would be made, and used so: what the files name is ours, with a record that was lost too. */
static void choose_adopted(Sharing *self, Shared *shared)
{
    for (guint i = 0; !shared->want->id && i < shared->users->len; i++) {
        const NetNexthop *now = nexthop_now(self, shared->users->pdata[i]);
        if (now && now->id >= NET_NEXTHOP_FIRST && net_nexthop_has_path(now, shared->want))
            choose(self, shared, now->id);
    }
}

/* The gateway is another one: the object by which the routes are now moves all of them at once. */
static void choose_moving(Sharing *self, Shared *shared)
{
    for (guint i = 0; !shared->want->id && i < shared->users->len; i++) {
        const NetNexthop *now = nexthop_now(self, shared->users->pdata[i]);
        if (now && now->via.family == shared->want->via.family &&
            g_hash_table_contains(self->ours, GUINT_TO_POINTER(now->id)))
            choose(self, shared, now->id);
    }
}

static void choose_free(Sharing *self, Shared *shared)
{
    guint32 id = NET_NEXTHOP_FIRST;
    while (net_observed_nexthop(self->observed, id) || !choose(self, shared, id))
        id++;
}

static void choose_all(Sharing *self)
{
    void (*const ways[])(Sharing * self, Shared * shared) = {choose_known, choose_adopted, choose_moving,
                                                             choose_free};
    for (guint way = 0; way < G_N_ELEMENTS(ways); way++)
        for (guint i = 0; i < self->shared->len; i++) {
            Shared *shared = self->shared->pdata[i];
            if (!shared->want->id && shared->users->len > 1)
                ways[way](self, shared);
        }
}

/* --- the claims --- */

static GArray *list_objects(const Sharing *self)
{
    GArray *objects = g_array_new(FALSE, TRUE, sizeof(NetClaim));
    for (guint i = 0; i < self->shared->len; i++) {
        const Shared *shared = self->shared->pdata[i];
        if (!shared->want->id)
            continue;
        NetClaim object = *(const NetClaim *)shared->users->pdata[0];
        object.type = &net_claim_nexthop;
        object.item = shared->want;
        g_array_append_val(objects, object);
        for (guint n = 0; n < shared->users->len; n++)
            ((NetClaim *)shared->users->pdata[n])->nexthop = shared->want;
    }
    return objects;
}

/* Before the first route by a gateway, and behind those that lead there. */
static guint place_of(const GArray *claims)
{
    guint place = 0;
    while (place < claims->len && !sharable_hop(&g_array_index(claims, NetClaim, place)))
        place++;
    return place;
}

static void share(Sharing *self, GArray *claims, const NetIface *iface, gboolean is_asked)
{
    for (guint i = 0; i < claims->len; i++) {
        NetClaim *claim = &g_array_index(claims, NetClaim, i);
        claim->our_nexthops = self->ours;
        if (is_asked && claim->part == iface)
            collect(self, claim);
    }
    choose_all(self);
    g_autoptr(GArray) objects = list_objects(self);
    g_array_insert_vals(claims, place_of(claims), objects->data, objects->len);
}

void net_claims_share_nexthops(GArray *claims, const NetIface *iface, const NetObserved *observed,
                               const LedgerEntry *entry, gboolean has_record, NetPool *pool)
{
    gboolean is_asked = iface->nexthop_objects && !observed->lacks_nexthops;
    if (iface->parent || !(is_asked || (entry && entry->nexthops->len)))
        return;
    Sharing self = {.observed = observed, .pool = pool};
    g_autoptr(GHashTable) by_path =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)shared_free);
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) used = g_hash_table_new(NULL, NULL);
    g_autoptr(GPtrArray) shared = g_ptr_array_new();
    self.by_path = by_path;
    self.known = known;
    self.used = used;
    self.shared = shared;
    self.ours = net_pool_keep(pool, g_hash_table_new(NULL, NULL), (GDestroyNotify)g_hash_table_unref);
    note_record(&self, entry);
    note_picture(&self, has_record);
    share(&self, claims, iface, is_asked);
}
