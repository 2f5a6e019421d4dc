/* Addresses by DHCP: a client is started for each, all at once, and its address waited for. One budget for
 * all of them: it begins with the first. */
#include "apply/kernel/lease.h"
#include "apply/clients-record.h"
#include "apply/clients.h"
#include "apply/kernel/lease-names.h"
#include "apply/kernel/lease-route.h"
#include "i18n.h"
#include "state/observed-clients.h"
#include <net/if.h>

struct NetLeaser {
    NetWaiter *waiter;
    NetWatch *watch;
    NetUnits *units;
    LeaseNames *names;
    gint64 begun; /* 0: nothing was asked for yet */
};

typedef struct {
    NetLeaser *leaser;
    const NetOp *op;
    NetOpDone done;
    gpointer data;
    NetClientRun *run; /* NULL: it ran already, or has ended */
    gboolean is_running;
    GError *error; /* that is told when the client has ended */
} Get;

NetLeaser *net_leaser_new(NetWaiter *waiter, NetWatch *watch, NetUnits *units)
{
    NetLeaser *self = g_new0(NetLeaser, 1);
    self->waiter = waiter;
    self->watch = watch;
    self->units = units;
    self->names = lease_names_new();
    return self;
}

void net_leaser_free(NetLeaser *self)
{
    lease_names_free(self->names);
    g_free(self);
}

static const NetLease *lease_of(const NetOp *op)
{
    return op->lease.lease;
}

static guint time_left(NetLeaser *self, const NetOp *op)
{
    gint64 now = g_get_monotonic_time(), limit = (gint64)lease_of(op)->timeout_s * 1000;
    if (!self->begun)
        self->begun = now;
    return (guint)CLAMP(limit - (now - self->begun) / 1000, 1, limit);
}

static void get_report(Get *self, NetResult *result)
{
    self->done(self->op, result, self->data);
    g_free(self);
}

static void get_ended(G_GNUC_UNUSED const GError *error, gpointer data)
{
    Get *self = data;
    NetResult result = {.error = g_steal_pointer(&self->error)};
    get_report(self, &result);
    net_result_clear(&result);
}

static void get_finish(Get *self, NetResult *result)
{
    if (self->run)
        net_client_leave(self->run);
    result->goes_on = self->is_running;
    client_mark_awaited("", self->op->dev, lease_of(self->op)->family, FALSE);
    if (!result->error || !self->is_running || !lease_of(self->op)->is_fatal) {
        get_report(self, result);
        return;
    }
    /* Who calls a failure of it fatal wants none of it later either. */
    self->error = g_steal_pointer(&result->error);
    net_client_end(self->leaser->units, lease_of(self->op), self->op->dev, get_ended, self);
}

static void get_named(gpointer data)
{
    Get *self = data;
    NetResult result = {NULL};
    IfcfgIp router = client_router_read("", self->op->dev, lease_of(self->op)->family);
    gboolean takes = router.family && lease_of(self->op)->takes_default;
    const NetObserved *picture = takes ? net_watch_look(self->leaser->watch, NULL) : NULL;
    if (picture)
        lease_route_note(self->op, picture, &router, &result);
    get_finish(self, &result);
    net_result_clear(&result);
}

static void get_waited(const NetOp *op, NetResult *result, gpointer data)
{
    Get *self = data;
    if (result->error)
        get_finish(self, result);
    else
        lease_names_await(self->leaser->names, op->dev, lease_of(op)->family, get_named, self);
}

static void get_fail(Get *self, GError *error)
{
    NetResult result = {.error = error};
    get_finish(self, &result);
    net_result_clear(&result);
}

/* --- started --- */

static void get_client_gone(G_GNUC_UNUSED const char *output, const GError *error, gpointer data)
{
    Get *self = data;
    const char *name = net_client_name(lease_of(self->op)->client);
    self->is_running = FALSE;
    net_waiter_end(self->leaser->waiter, self->op,
                   error ? g_error_new(NET_ERROR, EIO, "%s", error->message)
                         : g_error_new(NET_ERROR, EIO, _("%s ended, and there is no address"), name));
}

static gboolean has_carrier(const NetObserved *picture, const char *dev)
{
    const ObservedLink *link = net_observed_link(picture, dev);
    return link && link->carrier;
}

/* Without a cable there is nobody to wait for. */
static void get_wait(Get *self)
{
    const NetObserved *picture = net_watch_peek(self->leaser->watch, NULL);
    const char *dev = self->op->dev;
    self->is_running = TRUE;
    if (picture && !has_carrier(picture, dev)) {
        get_fail(self,
                 g_error_new(NET_ERROR, ENETDOWN,
                             _("no link, and so no address by DHCP: check the cable; %s goes on, and gets "
                               "one as soon as there is a link"),
                             net_client_name(lease_of(self->op)->client)));
        return;
    }
    net_waiter_add_lease(self->leaser->waiter, self->op, time_left(self->leaser, self->op), get_waited, self);
}

static void get_start(Get *self)
{
    GError *error = NULL;
    self->run = net_client_start(self->leaser->units, lease_of(self->op), self->op->dev, get_client_gone,
                                 self, &error);
    if (self->run)
        get_wait(self);
    else
        get_fail(self, error);
}

static void get_old_gone(const GError *error, gpointer data)
{
    Get *self = data;
    if (error)
        get_fail(self, g_error_copy(error));
    else
        get_start(self);
}

/* What runs as it is asked for goes on, with the lease that it may have. */
static gboolean runs_as_asked(const NetLease *lease, const ObservedClient *client)
{
    g_autofree char *settings = net_lease_settings(lease);
    return client && client->client == lease->client &&
           (!client->settings || g_str_equal(client->settings, settings));
}

static GError *no_client(const NetOp *op)
{
    const char *named = op->iface ? op->iface->dhcp.client : NULL;
    return named
               ? g_error_new(
                     NET_ERROR, ENOENT,
                     _("no address: DHCP_CLIENT=%s is not installed; install it, or name another one"), named)
               : g_error_new(
                     NET_ERROR, ENOENT,
                     _("no address: no DHCP client is installed; install dhcpcd, dhclient or udhcpc"));
}

void net_leaser_get(NetLeaser *self, const NetOp *op, NetOpDone done, gpointer data)
{
    const NetLease *lease = lease_of(op);
    g_autoptr(NetObserved) running = net_observed_new();
    const ObservedClient *client;
    Get *get = g_new0(Get, 1);
    *get = (Get){.leaser = self, .op = op, .done = done, .data = data};
    net_clients_observe(running, "");
    client = net_observed_client(running, op->dev, lease->family);
    client_mark_awaited("", op->dev, lease->family, TRUE);
    if (lease->client == NET_CLIENT_NONE || lease->client == NET_CLIENT_UNKNOWN)
        get_fail(get, no_client(op));
    else if (runs_as_asked(lease, client))
        get_wait(get);
    else if (client)
        net_client_end(self->units, lease, op->dev, get_old_gone, get);
    else
        get_start(get);
}

/* --- ended --- */

typedef struct {
    const NetOp *op;
    NetOpDone done;
    gpointer data;
} Drop;

static void drop_done(const GError *error, gpointer data)
{
    Drop *self = data;
    NetResult result = {.error = error ? g_error_copy(error) : NULL};
    self->done(self->op, &result, self->data);
    net_result_clear(&result);
    g_free(self);
}

void net_leaser_drop(NetLeaser *self, const NetOp *op, NetOpDone done, gpointer data)
{
    Drop *drop = g_new0(Drop, 1);
    *drop = (Drop){op, done, data};
    net_client_end(self->units, lease_of(op), op->dev, drop_done, drop);
}
