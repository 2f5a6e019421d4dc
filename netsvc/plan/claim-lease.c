/* Leases as claims: a DHCP client of ours runs for the device, and has got an address. */
#include "i18n.h"
#include "model/iface.h"
#include "plan/claims.h"
#include "state/observed-clients.h"
#include <string.h>
#include <sys/socket.h>

static const NetLease *lease_of(const NetClaim *claim)
{
    return claim->item;
}

static char *lease_text(const NetClaim *claim)
{
    return net_ledger_lease_text(claim->item);
}

static gconstpointer lease_parse(const char *text, G_GNUC_UNUSED const char *dev,
                                 G_GNUC_UNUSED const IfcfgRtNames *names, NetPool *pool)
{
    NetClient client = strlen(text) > 3 ? net_client_find(text + 3) : NET_CLIENT_LAST;
    if (client == NET_CLIENT_LAST)
        return NULL;
    NetLease *lease = g_new0(NetLease, 1);
    lease->family = g_str_has_prefix(text, "-6 ") ? AF_INET6 : AF_INET;
    lease->client = client;
    lease->metric = -1;
    return net_pool_keep(pool, lease, (GDestroyNotify)net_lease_free);
}

/* What a file asked for until now stays until there is a lease, and is none. */
static void lease_settle(NetClaim *claim, NetSettling *settling)
{
    const LedgerList *ours = settling->entry ? settling->entry->addresses : NULL;
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    for (guint i = 0; ours && i < ours->len; i++)
        g_ptr_array_add(texts, ours->pdata[i]);
    g_ptr_array_add(texts, NULL);
    claim->others =
        texts->len > 1 ? net_pool_text(settling->pool, g_strjoinv(" ", (char **)texts->pdata)) : NULL;
}

/* One that a file asks for is there when its address is. */
static gconstpointer lease_find(const NetClaim *claim, const NetObserved *observed)
{
    int family = lease_of(claim)->family;
    const ObservedClient *client = net_observed_client(observed, claim->dev, family);
    gboolean is_there = client && (!claim->part || client->is_foreseen ||
                                   net_observed_lease_address(observed, claim->part, family, claim->others));
    return is_there ? client : NULL;
}

/* Whom somebody else has started does what it is asked for, as far as we know. */
static char *lease_difference(const NetClaim *claim, gconstpointer actual,
                              G_GNUC_UNUSED const NetObserved *observed)
{
    const NetLease *wanted = lease_of(claim);
    const ObservedClient *client = actual;
    g_autofree char *settings = net_lease_settings(wanted);
    if (client->client != wanted->client)
        return g_strdup_printf(_("%s runs, expected %s"), net_client_name(client->client),
                               net_client_name(wanted->client));
    if (claim->part && client->settings && !g_str_equal(client->settings, settings))
        return g_strdup_printf(_("%s runs with other settings"), net_client_name(client->client));
    return NULL;
}

static char *lease_key(const NetClaim *claim)
{
    return g_strdup_printf("%s %d", claim->dev, lease_of(claim)->family);
}

static const LedgerList *lease_listed(const LedgerEntry *entry)
{
    return entry->leases;
}

static char *lease_missing(const NetClaim *claim, const NetObserved *observed)
{
    const NetLease *lease = lease_of(claim);
    const ObservedClient *client = net_observed_client(observed, claim->dev, lease->family);
    if (lease->client == NET_CLIENT_NONE)
        return g_strdup(_("no DHCP client is installed"));
    return client ? g_strdup_printf(_("%s has got no address yet"), net_client_name(client->client))
                  : g_strdup_printf(_("%s does not run"), net_client_name(lease->client));
}

static char *lease_differs(G_GNUC_UNUSED const NetClaim *claim, const char *difference)
{
    return g_strdup(difference);
}

const NetClaimType net_claim_lease = {
    .name = "lease",
    .add = NET_OP_LEASE_GET,
    .remove = NET_OP_LEASE_DROP,
    .out = NET_PHASE_RULES_OUT,
    .late_out = NET_PHASE_LATE_RULES_OUT,
    .text = lease_text,
    .parse = lease_parse,
    .settle = lease_settle,
    .find = lease_find,
    .difference = lease_difference,
    .key = lease_key,
    .listed = lease_listed,
    .missing = lease_missing,
    .differs = lease_differs,
};
