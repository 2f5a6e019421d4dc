/* Addresses as claims. */
#include "i18n.h"
#include "plan/claims.h"
#include "state/compare.h"
#include <linux/rtnetlink.h>
#include <sys/socket.h>

static char *address_text(const NetClaim *claim)
{
    return ifcfg_prefix_format(&((const NetAddress *)claim->item)->prefix);
}

static gconstpointer address_parse(const char *text, const char *dev, G_GNUC_UNUSED const IfcfgRtNames *names,
                                   NetPool *pool)
{
    IfcfgWhere nowhere = {0};
    IfcfgPrefix prefix;
    if (!ifcfg_prefix_parse(text, AF_UNSPEC, &prefix))
        return NULL;
    return net_pool_keep(pool, net_address_new(&prefix, dev, nowhere), (GDestroyNotify)net_address_free);
}

static gconstpointer address_find(const NetClaim *claim, const NetObserved *observed)
{
    const NetAddress *wanted = claim->item;
    const ObservedLink *link = net_observed_link(observed, claim->dev);
    return link ? net_observed_address(observed, link->ifindex, &wanted->prefix) : NULL;
}

/* Of what the ledger lists, only the number is known: label and the like are nobody's any more. */
static char *address_difference(const NetClaim *claim, gconstpointer actual, const NetObserved *observed)
{
    return claim->part ? net_address_difference(claim->item, actual, claim->dev, observed) : NULL;
}

/* The same address with another prefix length: the file says which is right, and two of them would be one too
 * many. */
static void address_displaces(const NetClaim *claim, const NetObserved *observed, NetPool *pool,
                              void (*add)(const NetClaim *displaced, gpointer data), gpointer data)
{
    const NetAddress *wanted = claim->item;
    const ObservedLink *link = net_observed_link(observed, claim->dev);
    const ObservedAddress *other;
    for (guint length = 0;
         link && (other = net_observed_next_with_ip(observed, link->ifindex, &wanted->prefix.ip, &length));) {
        if (other->prefix.length == wanted->prefix.length)
            continue;
        NetAddress *item = net_observed_address_copy(other);
        net_pool_keep(pool, item, (GDestroyNotify)net_address_free);
        NetClaim displaced = {.type = claim->type, .item = item, .dev = claim->dev, .where = claim->where};
        add(&displaced, data);
    }
}

static const LedgerList *address_listed(const LedgerEntry *entry)
{
    return entry->addresses;
}

static char *address_differs(const NetClaim *claim, const char *difference)
{
    g_autofree char *text = address_text(claim);
    return g_strdup_printf(_("address %s: %s"), text, difference);
}

/* It can be there with another prefix length. */
static char *address_missing(const NetClaim *claim, const NetObserved *observed)
{
    const NetAddress *wanted = claim->item;
    const ObservedLink *link = net_observed_link(observed, claim->dev);
    const ObservedAddress *other =
        link ? net_observed_find_ip(observed, link->ifindex, &wanted->prefix) : NULL;
    g_autofree char *difference = other ? net_address_difference(wanted, other, claim->dev, observed) : NULL;
    g_autofree char *text = address_text(claim);
    return difference ? address_differs(claim, difference)
                      : g_strdup_printf(_("address %s is missing"), text);
}

const NetClaimType net_claim_address = {
    .name = "address",
    .add = NET_OP_ADDR_ADD,
    .remove = NET_OP_ADDR_DELETE,
    .out = NET_PHASE_ADDRESSES_OUT,
    .late_out = NET_PHASE_LATE_ADDRESSES_OUT,
    .text = address_text,
    .parse = address_parse,
    .find = address_find,
    .difference = address_difference,
    .displaces = address_displaces,
    .listed = address_listed,
    .missing = address_missing,
    .differs = address_differs,
};
