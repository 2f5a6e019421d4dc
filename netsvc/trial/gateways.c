/* Asks gateways: an address that a gateway answers for is one that is in use. */
#include "trial/gateways.h"
#include "apply/kernel/ndp.h"
#include "apply/kernel/probe.h"
#include "apply/system.h"
#include "i18n.h"
#include "model/iface.h"
#include <net/if.h>
#include <sys/socket.h>

enum { TRIES = 3, ASK_MS = 600 };

typedef struct {
    NetOp op;
    NetAddress *address;
    char *dev, *name;
    gboolean answered;
} Ask;

struct Gateways {
    GatewaysDone done;
    gpointer data;
    NetProber *prober;
    NdpAsker *asker;
    GPtrArray *asks; /* Ask* */
    guint left;
    guint idle;
};

static void ask_free(Ask *ask)
{
    net_address_free(ask->address);
    g_free(ask->dev);
    g_free(ask->name);
    g_free(ask);
}

static void gateways_free(Gateways *self)
{
    net_prober_free(self->prober);
    ndp_asker_free(self->asker);
    g_ptr_array_unref(self->asks);
    if (self->idle)
        g_source_remove(self->idle);
    g_free(self);
}

static gboolean finish(gpointer data)
{
    Gateways *self = data;
    g_autoptr(GPtrArray) all = g_ptr_array_new(), answered = g_ptr_array_new();
    self->idle = 0;
    for (guint i = 0; i < self->asks->len; i++) {
        Ask *ask = self->asks->pdata[i];
        g_ptr_array_add(all, ask->name);
        if (ask->answered)
            g_ptr_array_add(answered, ask->name);
    }
    self->done(all, answered, self->data);
    gateways_free(self);
    return G_SOURCE_REMOVE;
}

/* Not from within the prober, which is not done with it. */
static void one_is_done(Gateways *self)
{
    if (!--self->left)
        self->idle = g_idle_add(finish, self);
}

static void arp_done(const NetOp *op, NetResult *result, gpointer data)
{
    Ask *ask = (Ask *)op;
    ask->answered = g_error_matches(result->error, NET_ERROR, EADDRINUSE);
    one_is_done(data);
}

static void ndp_done(gboolean answered, gpointer tag, gpointer data)
{
    ((Ask *)tag)->answered = answered;
    one_is_done(data);
}

static gboolean is_known(const Gateways *self, const char *name)
{
    for (guint i = 0; i < self->asks->len; i++)
        if (g_str_equal(((Ask *)self->asks->pdata[i])->name, name))
            return TRUE;
    return FALSE;
}

static void add(Gateways *self, const IfcfgIp *ip, const ObservedLink *link)
{
    g_autofree char *text = ifcfg_ip_format(ip), *name = g_strdup_printf(_("%s on %s"), text, link->name);
    if (is_known(self, name))
        return;
    IfcfgPrefix prefix = {.ip = *ip, .length = ip->family == AF_INET6 ? 128 : 32};
    Ask *ask = g_new0(Ask, 1);
    ask->address = net_address_new(&prefix, NULL, (IfcfgWhere){0});
    ask->dev = g_strdup(link->name);
    ask->name = g_steal_pointer(&name);
    ask->op = (NetOp){.type = NET_OP_ADDR_PROBE, .dev = ask->dev, .probe = {ask->address, TRIES, ASK_MS}};
    g_ptr_array_add(self->asks, ask);
}

static void add_hops(Gateways *self, const NetObserved *picture, const IfcfgRoute *route)
{
    for (guint i = 0; i < route->nexthops->len; i++) {
        const IfcfgNexthop *hop = route->nexthops->pdata[i];
        const ObservedLink *link = hop->dev ? net_observed_link(picture, hop->dev) : NULL;
        if (hop->via.family && link && link->flags & IFF_UP)
            add(self, &hop->via, link);
    }
}

static void ask(Gateways *self, Ask *one)
{
    if (one->address->prefix.ip.family == AF_INET)
        net_prober_add(self->prober, &one->op, arp_done, self);
    else
        ndp_ask(self->asker, one->dev, &one->address->prefix.ip, ASK_MS, ndp_done, one, self);
}

Gateways *gateways_ask(GatewaysDone done, gpointer data)
{
    Gateways *self = g_new0(Gateways, 1);
    g_autoptr(NetObserved) picture = net_observe(NULL);
    self->done = done;
    self->data = data;
    self->prober = net_prober_new();
    self->asker = ndp_asker_new();
    self->asks = g_ptr_array_new_with_free_func((GDestroyNotify)ask_free);
    for (guint i = 0; picture && i < picture->routes->len; i++)
        add_hops(self, picture, picture->routes->pdata[i]);
    self->left = self->asks->len + 1;
    for (guint i = 0; i < self->asks->len; i++)
        ask(self, self->asks->pdata[i]);
    one_is_done(self);
    return self;
}

void gateways_cancel(Gateways *self)
{
    self->left = G_MAXUINT; /* what the prober reports now ends nothing */
    gateways_free(self);
}
