/* TYPE=Veth: two devices as a cable between them. Either file, or both, names the other end by PEER; what one
 * of them sends, the other receives. */
#include "families.h"
#include "i18n.h"
#include "kinds/kinds.h"

/* DEVICETYPE=veth chose a program ifup-veth, where somebody had one. */
static gboolean veth_match(const NetIface *iface, const KindContext *context)
{
    const char *type = net_iface_get(iface, "DEVICETYPE", NULL);

    return kind_type_is(iface, "Veth") ||
           (type && g_str_equal(type, "veth") && !net_model_has_plugin(context->model, type));
}

static void veth_link(NetIface *iface, const KindContext *context)
{
    if (!net_iface_relation(iface, NET_PEER))
        net_iface_fail(iface, iface->where, context->problems,
                       _("PEER is missing: it names the other end of %s"), iface->name);
}

const IfaceKind veth_kind = {
    .name = "veth",
    .type = "Veth",
    .family = &veth_family,
    .traits = NET_KIND_CREATES | NET_KIND_IS_PAIR | NET_KIND_MAC_WHILE_UP,
    .match = veth_match,
    .read = kind_read_link,
    .link = veth_link,
};
