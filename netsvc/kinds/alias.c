/* Alias and range files: more addresses on a device that another file configures. */
#include "i18n.h"
#include "kinds/kinds.h"
#include <string.h>

static gboolean alias_match(const NetIface *iface, G_GNUC_UNUSED const KindContext *context)
{
    return iface->form != IFCFG_ENTRY_MAIN;
}

static void alias_read(NetIface *iface, G_GNUC_UNUSED const KindContext *context)
{
    gboolean is_lo = iface->parent && !strcmp(iface->parent->name, "lo");

    for (guint i = 0; is_lo && i < iface->addresses->len; i++) {
        NetAddress *address = g_ptr_array_index(iface->addresses, i);
        address->check = FALSE;
        address->announce = FALSE;
    }
}

/* What keeps the parent from having addresses keeps the alias from it too. */
static void alias_link(NetIface *iface, const KindContext *context)
{
    const NetIface *parent = iface->parent;

    if (!parent)
        return;
    const NetRelation *port = net_iface_relation(parent, NET_PORT_OF);
    if (port && !parent->unsupported)
        net_iface_fail(iface, iface->where, context->problems,
                       _("%s is a port of %s, and ports have no addresses: make it an alias of %s"),
                       parent->name, port->name, port->name);
    if (!parent->unsupported || iface->unsupported)
        return;
    iface->unsupported = g_strdup_printf(_("%s of %s"), parent->unsupported, parent->name);
    iface->unsupported_where = parent->unsupported_where;
}

const IfaceKind alias_kind = {
    .name = "alias",
    .match = alias_match,
    .read = alias_read,
    .link = alias_link,
};
