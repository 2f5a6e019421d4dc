/* Services are asked about one interface after the other. */
#include "model/service.h"
#include "model/model-private.h"

/* Of what is left alone nothing is read. */
void net_iface_read_services(NetIface *iface, const KindContext *context)
{
    iface->services = net_model_services(context->model);
    for (const NetService *const *service = iface->services; *service; service++)
        if ((*service)->read && !net_kind_has(iface->kind, NET_KIND_LEFT_ALONE))
            (*service)->read(iface, context);
}

void net_iface_link_services(NetIface *iface, const KindContext *context)
{
    for (const NetService *const *service = iface->services; *service; service++)
        if ((*service)->link && !net_kind_has(iface->kind, NET_KIND_LEFT_ALONE))
            (*service)->link(iface, context);
}
