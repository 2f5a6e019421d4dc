/* One connection to the bus for all that are told by it. */
#include "apply/told.h"
#include "apply/firewalld.h"
#include "apply/networkmanager.h"
#include "apply/resolver.h"

struct NetTold {
    NetBus *bus;
    NetResolver *resolver;
    NetManagerTeller *manager;
};

NetTold *net_told_new(void)
{
    NetTold *self = g_new0(NetTold, 1);
    self->bus = net_bus_new();
    self->resolver = net_resolver_new(NULL, self->bus);
    self->manager = networkmanager_teller_new(NULL, self->bus);
    return self;
}

void net_told_free(NetTold *self)
{
    if (!self)
        return;
    net_bus_free(self->bus);
    networkmanager_teller_free(self->manager);
    net_resolver_free(self->resolver);
    g_free(self);
}

void net_told_start(NetTold *self, const NetOp *op, int ifindex, NetOpDone done, gpointer data)
{
    if (op->type == NET_OP_ZONE_SET || op->type == NET_OP_ZONE_DROP)
        firewalld_start(self->bus, op, done, data);
    else if (op->type == NET_OP_MANAGER_LEAVE)
        networkmanager_start(self->manager, op, ifindex, done, data);
    else
        net_resolver_start(self->resolver, op, ifindex, done, data);
}

void net_told_cancel(NetTold *self)
{
    net_resolver_cancel(self->resolver);
    net_bus_cancel(self->bus);
}
