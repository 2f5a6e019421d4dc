/* Bonds: how one is recognised, and its settings from BONDING_OPTS and from old module options. */
#include "bond-family.h"
#include "families.h"
#include "i18n.h"
#include "kinds/kinds.h"
#include "state/observed.h"
#include <fnmatch.h>
#include <string.h>

static gboolean says_bond(const NetIface *iface)
{
    return kind_type_is(iface, "Bond") || kind_type_is(iface, "Bonding") ||
           net_iface_get_bool(iface, "BONDING_MASTER", FALSE);
}

static gboolean is_port_of_bond(const NetIface *iface)
{
    const NetRelation *port = net_iface_relation(iface, NET_PORT_OF);
    return port && !g_strcmp0(port->others, "bond");
}

/* As the kernel and udev name cards. Nobody calls a bond so: MASTER= in the other file is what is wrong, and
 * the card, which may carry the host's only address, stays one. */
static gboolean is_named_as_card(const char *name)
{
    static const char *const patterns[] = {"eth[0-9]*", "em[0-9]*", "en[ospx][0-9]*", "p[0-9]*p[0-9]*",
                                           "ib[0-9]*"};
    for (gsize i = 0; i < G_N_ELEMENTS(patterns); i++)
        if (fnmatch(patterns[i], name, 0) == 0)
            return TRUE;
    return FALSE;
}

static gboolean has_port(const NetIface *iface)
{
    if (!iface->ports->len || is_named_as_card(iface->name))
        return FALSE;
    for (guint i = 0; i < iface->ports->len; i++)
        if (is_port_of_bond(g_ptr_array_index(iface->ports, i)))
            return TRUE;
    return FALSE;
}

/* BONDING_OPTS alone made a bond in the old scripts, whatever TYPE was; but in a port's file it had no
 * effect. A dot in the name made it a VLAN on a bond. */
static gboolean bond_match(const NetIface *iface, const KindContext *context)
{
    if (says_bond(iface))
        return TRUE;
    gboolean looks_so = has_port(iface) || (iface->module && !strcmp(iface->module, "bonding")) ||
                        (!is_port_of_bond(iface) && net_iface_get(iface, "BONDING_OPTS", NULL));
    return looks_so && !kind_is_foreign(iface, context, NULL, NULL);
}

/* TYPE=Ethernet was what people wrote, since the old scripts knew no TYPE=Bond. */
static void type_check(const NetIface *iface, const KindContext *context)
{
    IfcfgWhere where;
    const char *type = net_iface_get(iface, "TYPE", &where);

    if (type && strcmp(type, "Bond") != 0 && strcmp(type, "Bonding") != 0 && strcmp(type, "Ethernet") != 0)
        ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                           _("TYPE=%s, but %s is a bond; write TYPE=Bond"), type, iface->name);
}

/* `options bond1 -o bond1 mode=1` named the second bond of old kernels; blanked out, so that columns stay
 * right. */
static char *drop_rename(const char *options)
{
    char *text = g_strdup(options);
    char *word = g_str_has_prefix(text, "-o ") ? text : strstr(text, " -o ");

    if (!word)
        return text;
    word += *word == ' ';
    gsize length = 3 + strspn(word + 3, " ");
    length += strcspn(word + length, " ");
    memset(word, ' ', length);
    return text;
}

static gboolean has_bond_setting(const LinkSettings *settings)
{
    for (guint i = 0; i < link_settings_length(settings); i++) {
        const LinkOption *option = link_settings_nth(settings, i)->option;
        if (!option || option->when != LINK_WHEN_LOAD)
            return TRUE;
    }
    return FALSE;
}

/* Module options hold for every bond that the driver makes; the hint stands at the bond, where the cure goes.
 */
static void module_options_read(NetIface *iface, const KindContext *context, const char *name)
{
    const IfcfgModuleEntry *entry = ifcfg_modules_find(net_model_modules(context->model), name);

    if (!entry || !entry->options)
        return;

    g_autofree char *options = drop_rename(entry->options);
    link_settings_parse(iface->settings, options, entry->options_where, TRUE, context->problems);
    if (has_bond_setting(iface->settings))
        ifcfg_problems_add(
            context->problems, IFCFG_WARNING, iface->where,
            _("module options in %s:%u hold for %s (%s); move them to BONDING_OPTS in this file"),
            entry->options_where.file, entry->options_where.line, iface->name, g_strstrip(options));
}

static void bond_read(NetIface *iface, const KindContext *context)
{
    IfcfgWhere where;
    const char *options = net_iface_get(iface, "BONDING_OPTS", &where);

    iface->settings = link_settings_new(&bond_family);
    module_options_read(iface, context, "bonding");
    if (strcmp(iface->name, "bonding") != 0)
        module_options_read(iface, context, iface->name);
    if (options)
        link_settings_parse(iface->settings, options, where, FALSE, context->problems);
    type_check(iface, context);
    kind_read_port(iface, context);
}

static gboolean says_of_port(const NetIface *iface, const LinkOption *option, const char *port)
{
    const GPtrArray *of_ports = link_settings_of_ports(iface->settings);

    for (guint i = 0; i < of_ports->len; i++) {
        const LinkSetting *setting = g_ptr_array_index(of_ports, i);
        if (setting->option == option && g_str_equal(setting->port, port))
            return TRUE;
    }
    return FALSE;
}

/* BOND_PORT_PRIO and the like stand in the port's own file; what the bond's file says of the port comes
 * first.
 */
static void port_keys_read(NetIface *iface, const KindContext *context)
{
    const LinkTable *table = &bond_family.port;

    for (guint i = 0; i < iface->ports->len; i++)
        for (gsize n = 0; n < table->n; n++) {
            const NetIface *port = g_ptr_array_index(iface->ports, i);
            const LinkOption *option = &table->rows[n];
            IfcfgWhere where;
            const char *value = option->key ? net_iface_get(port, option->key, &where) : NULL;
            if (value && !says_of_port(iface, option, port->name))
                link_settings_read_port_key(iface->settings, option, option->key, port->name, value, where,
                                            context->problems);
        }
}

/* Options of ports are written in the bond's file, and belong to the ports. */
static void port_settings_hand_on(const NetIface *iface)
{
    const GPtrArray *of_ports = link_settings_of_ports(iface->settings);

    for (guint i = 0; of_ports->len && i < iface->ports->len; i++) {
        NetIface *port = g_ptr_array_index(iface->ports, i);
        if (!port->port_settings)
            port->port_settings = link_settings_new_of_port(&bond_family);
        link_settings_hand_on(iface->settings, port->name, port->port_settings);
    }
}

static guint32 ports_mtu(const NetIface *iface, IfcfgWhere *where)
{
    guint32 mtu = 0;

    for (guint i = 0; i < iface->ports->len; i++) {
        const NetIface *port = g_ptr_array_index(iface->ports, i);
        if (port->mtu && (!mtu || port->mtu < mtu)) {
            mtu = port->mtu;
            net_iface_get(port, "MTU", where);
        }
    }
    return mtu;
}

/* What the driver sets itself when it takes a port, and with its own: nothing is left to do at the port. */
static void ports_follow(const NetIface *iface)
{
    const LinkSetting *fail_over_mac = link_settings_find(iface->settings, "fail_over_mac");

    for (guint i = 0; i < iface->ports->len; i++) {
        NetIface *port = g_ptr_array_index(iface->ports, i);
        port->mtu = 0;
        if (!fail_over_mac || !fail_over_mac->number)
            port->macaddr.length = 0;
    }
}

/* A port has the bond's MTU, and the bond the first port's address, whatever their files say: so what the
 * ports' files alone say holds for the bond. */
static void take_from_ports(NetIface *iface, const KindContext *context)
{
    const NetIface *first = iface->ports->len ? g_ptr_array_index(iface->ports, 0) : NULL;
    IfcfgWhere where;
    guint32 mtu = ports_mtu(iface, &where);

    if (mtu && iface->mtu && mtu != iface->mtu)
        ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                           _("MTU=%u of a port has no effect: its bond %s has MTU=%u"), mtu, iface->name,
                           iface->mtu);
    else if (mtu && !iface->mtu)
        ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                           _("MTU=%u of a port holds for its bond %s; it belongs in the bond's file"), mtu,
                           iface->name);
    if (!iface->mtu)
        iface->mtu = mtu;
    if (first && first->macaddr.length && !iface->macaddr.length)
        iface->macaddr = first->macaddr;
    ports_follow(iface);
}

/* bond_enslave() refuses them in any other mode. */
static void infiniband_check(NetIface *iface, const KindContext *context)
{
    IfcfgWhere where = iface->where;

    for (guint i = 0; i < iface->ports->len; i++) {
        const NetIface *port = g_ptr_array_index(iface->ports, i);
        if (port->kind->family != &ipoib_family || link_settings_selector(iface->settings) == BOND_MODE_AB)
            continue;
        net_iface_get(iface, "BONDING_OPTS", &where);
        net_iface_fail(iface, where, context->problems,
                       _("%s is InfiniBand, which a bond takes in mode active-backup only: write mode=1"),
                       port->name);
        return;
    }
}

static char *ports_format(const NetIface *iface)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < iface->ports->len; i++)
        g_string_append_printf(text, "%s%s", text->len ? ", " : "",
                               ((const NetIface *)g_ptr_array_index(iface->ports, i))->name);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* A device that has a file, but is another one's port, or nobody's: which, and where that stands. */
static void stranger_refuse(const NetIface *iface, const LinkSetting *setting, const KindContext *context)
{
    const NetIface *other = net_model_find(context->model, setting->text);
    const NetRelation *port = other ? net_iface_relation(other, NET_PORT_OF) : NULL;
    g_autofree char *list = ports_format(iface), *reason = NULL;

    if (!other || !other->file || (port && port->iface == iface))
        return;
    g_autofree char *base = g_path_get_basename(other->file);
    if (port)
        reason = g_strdup_printf(_("%s is a port of %s (%s:%u); the ports of %s are %s"), other->name,
                                 port->name, base, port->where.line, iface->name, list);
    else
        reason = g_strdup_printf(_("%s has no MASTER=%s and SLAVE=yes; the ports of %s are %s"), base,
                                 iface->name, iface->name, list);
    link_settings_refuse(iface->settings, setting, reason, context->problems);
}

/* The primary port is somebody else's. Without any port that is said of the bond, and is the reason for this.
 */
static void strangers_check(const NetIface *iface, const KindContext *context)
{
    for (guint i = link_settings_length(iface->settings); i-- > 0;) {
        const LinkSetting *setting = link_settings_nth(iface->settings, i);
        const LinkOption *option = setting->option;
        if (!option || option->kind != LINK_VALUE_IFNAME ||
            !link_option_is_legal(option, link_settings_selector(iface->settings)))
            continue;
        if (iface->ports->len)
            stranger_refuse(iface, setting, context);
        else
            link_settings_refuse(iface->settings, setting, "", NULL);
    }
}

/* Ports by the name of the file, where DEVICE says another one: told at each of them. */
static gboolean has_ports_by_file(const NetIface *iface, const KindContext *context)
{
    for (guint i = 0; i < net_model_length(context->model); i++) {
        const NetRelation *port = net_iface_relation(net_model_nth(context->model, i), NET_PORT_OF);
        if (port && !port->iface && !g_strcmp0(port->name, iface->nick))
            return TRUE;
    }
    return FALSE;
}

static void bond_link(NetIface *iface, const KindContext *context)
{
    infiniband_check(iface, context);
    strangers_check(iface, context);
    port_keys_read(iface, context);
    kind_link_options(iface, context);
    take_from_ports(iface, context);
    port_settings_hand_on(iface);
    if (iface->ports->len == 0 && !has_ports_by_file(iface, context))
        ifcfg_problems_add(
            context->problems, IFCFG_WARNING, iface->where,
            _("no file has MASTER=%s and SLAVE=yes: the bond has no ports and carries no traffic"),
            iface->name);
}

static gboolean is_usable_mac(const IfcfgMac *mac)
{
    return mac->length == 6;
}

/* With fail_over_mac the address is the active port's, and setting it does nothing; the driver can have
 * chosen that itself. */
static gboolean mac_follows(const NetIface *iface, const ObservedLink *link)
{
    const LinkSetting *wanted = link_settings_find(iface->settings, "fail_over_mac");
    const char *actual = link ? link_values_find(link->own, "fail_over_mac") : NULL;
    gboolean follows = actual && !g_str_equal(actual, "none");
    if (follows && !g_strcmp0(link_values_find(link->own, "mode"), "active-backup"))
        return TRUE; /* whatever the file says by now: a reload leaves it */
    follows = wanted ? wanted->number != 0 : follows;
    return follows && link_settings_selector(iface->settings) == BOND_MODE_AB;
}

static IfcfgMac bond_mac(const NetIface *iface, const NetObserved *observed)
{
    if (mac_follows(iface, net_observed_link(observed, iface->name)))
        return (IfcfgMac){0};
    return kind_mac_of_ports(iface, observed);
}

/* Frames for the bond reach a port only if it has the bond's address, but in the modes that give each its
 * own. */
static gboolean bond_port_fits(const NetIface *iface, const ObservedLink *link, const ObservedLink *port)
{
    guint32 mode = link_settings_selector(iface->settings);
    return mode == BOND_MODE_TLB || mode == BOND_MODE_ALB || mac_follows(iface, link) ||
           !is_usable_mac(&link->mac) || !is_usable_mac(&port->mac) ||
           ifcfg_mac_equal(&link->mac, &port->mac);
}

/* A switch passes nothing on before LACP is done. */
static const char *bond_needs_partner(const NetIface *iface)
{
    return link_settings_selector(iface->settings) == BOND_MODE_8023AD ? "LACP" : NULL;
}

static guint bond_port_delay(const NetIface *iface)
{
    const LinkSetting *updelay = link_settings_find(iface->settings, "updelay");
    return updelay ? (guint)updelay->number : 0;
}

const IfaceKind bond_kind = {
    .name = "bond",
    .type = "Bond",
    .mark = "BONDING_MASTER",
    .family = &bond_family,
    .traits = NET_KIND_CREATES | NET_KIND_HAS_PORTS | NET_KIND_CLOSES_PORTS | NET_KIND_PORTS_ARE_SILENT |
              NET_KIND_RULES_PORTS | NET_KIND_MAC_WHILE_UP | NET_KIND_MAC_BY_PORTS,
    .match = bond_match,
    .read = bond_read,
    .link = bond_link,
    .mac = bond_mac,
    .port_fits = bond_port_fits,
    .needs_partner = bond_needs_partner,
    .port_delay = bond_port_delay,
};
