/* What all types of links share when they read a file: options by the rows of their table, and a port's. */
#include "i18n.h"
#include "kinds/kinds.h"
#include "state/observed.h"

static void key_read(NetIface *iface, const LinkOption *option, const KindContext *context)
{
    IfcfgWhere where;
    const char *value = option->key ? net_iface_get(iface, option->key, &where) : NULL;

    if (value && !link_settings_find(iface->settings, option->name))
        link_settings_read_key(iface->settings, option, option->key, value, where, context->problems);
}

void kind_read_options(NetIface *iface, const KindContext *context)
{
    const LinkTable *table = &iface->kind->family->own;
    IfcfgWhere where;
    const char *list = table->list ? net_iface_get(iface, table->list, &where) : NULL;

    if (!iface->settings)
        iface->settings = link_settings_new(iface->kind->family);
    for (gsize i = 0; i < table->n; i++)
        key_read(iface, &table->rows[i], context);
    if (list)
        link_settings_parse(iface->settings, list, where, FALSE, context->problems);
}

static const LinkFamily *master_family(const NetRelation *port, const KindContext *context)
{
    const IfaceKind *kind = port->others ? net_model_kind(context->model, port->others) : NULL;
    return kind ? kind->family : NULL;
}

/* A port's own addresses, and what goes with them, never had an effect; installers write BOOTPROTO=dhcp and
 * DEFROUTE=yes there, which is no more than noise. */
static void port_check(const NetIface *iface, const NetRelation *port, const KindContext *context)
{
    const LinkFamily *master = master_family(port, context), *own = iface->kind->family;
    const char *list = master && !master->port.list ? master->own.list : NULL;
    const char *const keys[] = {
        "IPADDR",         "IPADDR0", "IPADDR1", "GATEWAY", "IPV6ADDR",
        "IPV6_DEFAULTGW", "DNS1",    "DOMAIN",  "ZONE",    own && own->own.list == list ? NULL : list};
    IfcfgWhere where;

    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
        if (keys[i] && net_iface_get(iface, keys[i], &where) && where.file == iface->file)
            ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                               _("%s is ignored: %s is a port of %s; it belongs in ifcfg-%s"), keys[i],
                               iface->name, port->name, port->name);
}

void kind_refuse_bridge(NetIface *iface, const KindContext *context, const char *why)
{
    const NetRelation *port = net_iface_relation(iface, NET_PORT_OF);
    if (!port || g_strcmp0(port->others, "bridge") != 0)
        return;
    net_iface_fail(iface, port->where, context->problems, "%s=%s: %s", port->key, port->name, why);
}

static void port_options_read(NetIface *iface, const NetRelation *port, const KindContext *context)
{
    const LinkFamily *family = master_family(port, context);
    IfcfgWhere where;
    const char *list = family && family->port.list ? net_iface_get(iface, family->port.list, &where) : NULL;

    if (!list)
        return;
    iface->port_settings = link_settings_new_of_port(family);
    link_settings_parse(iface->port_settings, list, where, FALSE, context->problems);
}

/* The options of the device below, copied along by tools and people alike. */
static void lists_check(const NetIface *iface, const KindContext *context)
{
    const NetRelation *lower = net_iface_relation(iface, NET_STANDS_ON);
    const LinkFamily *own = iface->kind->family, *family;
    IfcfgWhere where;

    for (guint i = 0; lower && (family = link_family_nth(i)); i++)
        if (family->own.list && family != own && net_iface_get(iface, family->own.list, &where))
            ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                               _("%s is ignored: %s is a %s; it belongs in ifcfg-%s"), family->own.list,
                               iface->name, iface->kind->name, lower->name);
}

static gboolean keeps_layer3(const NetIface *iface)
{
    const NetIface *master = net_iface_master(iface);
    return master && net_kind_has(master->kind, NET_KIND_KEEPS_LAYER3);
}

void kind_read_port(NetIface *iface, const KindContext *context)
{
    const NetRelation *port = net_iface_relation(iface, NET_PORT_OF);

    kind_check_type(iface, context);
    lists_check(iface, context);
    kind_check_vlans(iface, context);
    /* One of itself is an error that is told. */
    if (port && !keeps_layer3(iface) && !g_str_equal(port->name, iface->name))
        port_check(iface, port, context);
    if (port)
        port_options_read(iface, port, context);
}

void kind_read_link(NetIface *iface, const KindContext *context)
{
    kind_read_options(iface, context);
    kind_read_port(iface, context);
}

/* Names of ports are checked where all are known. */
static char **port_names(const NetIface *iface)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    for (guint i = 0; i < iface->ports->len; i++) {
        const NetIface *port = g_ptr_array_index(iface->ports, i);
        if (port->naming == NET_NAME_UNKNOWN) {
            g_ptr_array_set_free_func(names, g_free);
            return NULL;
        }
        g_ptr_array_add(names, g_strdup(port->name));
    }
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&names), FALSE);
}

static void mtu_check(const NetIface *iface, const KindContext *context)
{
    const NetIface *lower = net_iface_lower(iface);
    IfcfgWhere where;

    if (lower && lower->mtu && iface->mtu > lower->mtu && net_iface_get(iface, "MTU", &where))
        ifcfg_problems_add(
            context->problems, IFCFG_WARNING, where,
            _("MTU=%u is more than the %u of %s, which it stands on: it has no more than that"), iface->mtu,
            lower->mtu, lower->name);
}

void kind_link_options(NetIface *iface, const KindContext *context)
{
    const char *list = iface->kind->family->own.list;
    IfcfgWhere where = iface->where;
    g_auto(GStrv) ports = port_names(iface);

    if (net_kind_has(iface->kind, NET_KIND_IS_STACKED) && !net_iface_relation(iface, NET_STANDS_ON))
        net_iface_fail(iface, iface->where, context->problems,
                       _("PHYSDEV is missing: it names the device that %s stands on"), iface->name);
    mtu_check(iface, context);
    if (list)
        net_iface_get(iface, list, &where);
    link_settings_complete(iface->settings, (const char *const *)ports, where, context->problems);
}

static const IfcfgMac *mac_of_port(const NetIface *port, const NetObserved *observed)
{
    const ObservedLink *link = net_observed_link(observed, port->name);
    return link && !net_iface_is_refused(port) && link->perm_mac.length == 6 ? &link->perm_mac : NULL;
}

IfcfgMac kind_mac_of_ports(const NetIface *iface, const NetObserved *observed)
{
    const ObservedLink *link = net_observed_link(observed, iface->name);
    const IfcfgMac *first = NULL;
    if (iface->macaddr.length)
        return iface->macaddr;
    for (guint i = 0; i < iface->ports->len; i++) {
        const IfcfgMac *mac = mac_of_port(g_ptr_array_index(iface->ports, i), observed);
        if (mac && link && ifcfg_mac_equal(mac, &link->mac))
            return *mac;
        if (!first)
            first = mac;
    }
    return first ? *first : (IfcfgMac){0};
}
