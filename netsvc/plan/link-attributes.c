/* What every link has, brought to what is asked for: MAC, MTU, ARP and the like. What a file no longer names
 * goes back to what it was before we set it; the ledger knows that. */
#include "i18n.h"
#include "ifcfg-keys.h"
#include "plan/link-plan.h"
#include "state/attributes.h"
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

/* A card that a reload leaves outside of the device keeps its MAC to itself: with two that have it, each
 * takes the other one's packets away. */
static gboolean is_in_use_outside(const NetPlanner *planner, const NetIface *iface, const IfcfgMac *mac)
{
    const ObservedLink *link = planner_link(planner, iface->name);
    gboolean may_be = planner->verb == NET_PLAN_RELOAD && !iface->macaddr.length;
    for (guint i = 0; may_be && i < iface->ports->len; i++) {
        const ObservedLink *port =
            planner_link(planner, ((const NetIface *)g_ptr_array_index(iface->ports, i))->name);
        if (port && port->flags & IFF_UP && ifcfg_mac_equal(&port->mac, mac) &&
            (!link || port->master != link->ifindex))
            return TRUE;
    }
    return FALSE;
}

IfcfgMac planner_wanted_mac(const NetPlanner *planner, const NetIface *iface)
{
    IfcfgMac mac = iface->kind->mac ? iface->kind->mac(iface, planner->picture) : iface->macaddr;
    if (is_in_use_outside(planner, iface, &mac))
        mac.length = 0;
    return mac;
}

/* --- what was before us --- */

static void keep_least(IfcfgMac *least, const IfcfgMac *mac)
{
    if (mac->length && (!least->length || memcmp(mac->bytes, least->bytes, mac->length) < 0))
        *least = *mac;
}

/* A bridge has the least of those of its ports until one is set on it (br_stp_recalculate_bridge_id()), and
 * with that it stays. Of length 0: it has no ports. */
static IfcfgMac mac_by_ports(const NetPlanner *planner, const NetIface *iface, const ObservedLink *link)
{
    const GPtrArray *ports = net_observed_ports_of(planner->picture, link->ifindex);
    IfcfgMac least = {0};
    for (guint i = 0; ports && i < ports->len; i++)
        keep_least(&least, &((const ObservedLink *)ports->pdata[i])->mac);
    for (guint i = 0; i < iface->ports->len; i++) {
        const NetIface *port = g_ptr_array_index(iface->ports, i);
        const ObservedLink *there = planner_link(planner, port->name);
        if (there)
            keep_least(&least, port->macaddr.length ? &port->macaddr : &there->mac);
    }
    return least;
}

/* One that is drawn by lot is as good as the next. */
static char *default_mac(const NetPlanner *planner, const NetIface *iface, const ObservedLink *link)
{
    const ObservedLink *lower = net_observed_link_by_index(planner->picture, link->lower);
    if (lower && net_kind_has(iface->kind, NET_KIND_IS_LIKE_LOWER))
        return ifcfg_mac_format(&lower->mac);
    gboolean is_by_ports = net_kind_has(iface->kind, NET_KIND_MAC_BY_PORTS);
    IfcfgMac mac = is_by_ports ? mac_by_ports(planner, iface, link) : link->perm_mac;
    return ifcfg_mac_format(mac.length ? &mac : &link->perm_mac);
}

/* Where the device was made with it, the kernel's default was never seen. */
static char *default_text(const NetPlanner *planner, const NetIface *iface, const LinkOption *option,
                          const ObservedLink *link)
{
    const ObservedLink *lower = net_observed_link_by_index(planner->picture, link->lower);
    if (g_str_equal(option->name, "mtu"))
        return g_strdup_printf("%u", lower ? lower->mtu : 1500);
    if (g_str_equal(option->name, "token"))
        return g_strdup("::"); /* none */
    if (g_str_equal(option->name, "mac"))
        return default_mac(planner, iface, link);
    return NULL;
}

static char *text_before(const NetPlanner *planner, const NetIface *iface, const LinkOption *option,
                         const ObservedLink *link, const char *kept)
{
    gboolean is_known = *kept && !g_str_equal(kept, "00:00:00:00:00:00"); /* a bridge that had no port yet */
    return is_known ? g_strdup(kept) : default_text(planner, iface, option, link);
}

/* What the ledger lists is NAME=VALUE, the value that was there before ours. */
static const LinkOption *listed_option(const char *text, const char **ret_value)
{
    const char *equal = strchr(text, '=');
    g_autofree char *name = equal ? g_strndup(text, (gsize)(equal - text)) : NULL;
    *ret_value = equal ? equal + 1 : NULL;
    return name ? link_table_find(&link_attributes.own, name) : NULL;
}

static const LinkSetting *keep_setting(NetPlanner *planner, const LinkSetting *setting)
{
    return net_pool_keep(planner->plan->pool, link_setting_copy(setting), (GDestroyNotify)link_setting_free);
}

/* A device made anew on one with a greater MTU has that too. The kernel makes those above smaller with the
 * one below, and leaves them so when that grows again: they grow here, as far as no file says another MTU and
 * they had as much as the one below. */
static void raise_uppers(NetPlanner *planner, const char *dev, guint32 was, NetPhase phase, IfcfgWhere where)
{
    const ObservedLink *lower = planner_link(planner, dev);
    const GPtrArray *uppers = lower ? net_observed_uppers_of(planner->picture, lower->ifindex) : NULL;
    for (guint i = 0; uppers && i < uppers->len; i++) {
        const ObservedLink *upper = g_ptr_array_index(uppers, i);
        const NetIface *iface = net_model_find(planner->model, upper->name);
        if (!iface || iface->mtu || upper->mtu != was || was >= lower->mtu)
            continue;
        g_autoptr(LinkSettings) wanted = link_settings_new(&link_attributes);
        g_autofree char *text = g_strdup_printf("%u", lower->mtu);
        const LinkSetting *setting = link_settings_ask(wanted, "mtu", text, where);
        planner_do(planner, (NetOp){.type = NET_OP_LINK_ATTR,
                                    .phase = phase,
                                    .severity = NET_WARN,
                                    .dev = iface->name,
                                    .where = where,
                                    .attr.setting = keep_setting(planner, setting)});
        raise_uppers(planner, iface->name, was, phase, where);
    }
}

static gboolean is_silent(const ObservedLink *link)
{
    return (link->flags & IFF_NOARP) != 0;
}

/* VLANs are born with ARP as the device below has it (vlan_dev_init()), and the kernel leaves them so when
 * that changes: they follow as if they were made then, as far as no file says otherwise and they had the
 * same.
 */
static void tell_uppers_arp(NetPlanner *planner, const ObservedLink *lower, const NetOp *op, gboolean was)
{
    const GPtrArray *uppers = net_observed_uppers_of(planner->picture, lower->ifindex);
    for (guint i = 0; uppers && was != is_silent(lower) && i < uppers->len; i++) {
        const ObservedLink *upper = g_ptr_array_index(uppers, i);
        const NetIface *iface = net_model_find(planner->model, upper->name);
        if (!iface || !net_kind_has(iface->kind, NET_KIND_IS_LIKE_LOWER) || iface->arp >= 0 ||
            is_silent(upper) != was)
            continue;
        planner_do(planner, (NetOp){.type = NET_OP_LINK_ATTR,
                                    .phase = MAX(op->phase, NET_PHASE_LINK),
                                    .severity = NET_WARN,
                                    .dev = iface->name,
                                    .where = op->where,
                                    .attr.setting = op->attr.setting});
        tell_uppers_arp(planner, upper, op, was);
    }
}

static void planner_do_attribute(NetPlanner *planner, NetOp op)
{
    const ObservedLink *link = planner_link(planner, op.dev);
    guint32 mtu = link ? link->mtu : 0;
    gboolean was_silent = link && is_silent(link);
    planner_do(planner, op);
    if (link && g_str_equal(op.attr.setting->option->name, "mtu"))
        raise_uppers(planner, op.dev, mtu, MAX(op.phase, NET_PHASE_LINK), op.where);
    if (link)
        tell_uppers_arp(planner, link, &op, was_silent);
}

/* @setting: with the value that it had; NULL: nobody knows that, and the ledger alone forgets */
static void give_back(NetPlanner *planner, const NetIface *iface, const LinkOption *option,
                      const LinkSetting *setting, NetPhase phase)
{
    const ObservedLink *link = planner_link(planner, iface->name);
    g_autoptr(LinkValues) values = net_observed_attributes(link);
    NetOp op = {.type = NET_OP_LINK_ATTR,
                .phase = phase,
                .severity = NET_WARN,
                .dev = iface->name,
                .where = iface->where};
    op.is_only_recorded = !setting || !g_strcmp0(link_values_get(values, option), setting->text);
    op.attr.setting =
        net_pool_keep(planner->plan->pool,
                      setting ? link_setting_copy(setting) : link_setting_fallback(option, iface->where),
                      (GDestroyNotify)link_setting_free);
    op.attr.gives_back = TRUE;
    planner_do_attribute(planner, op);
}

/* It has the address of a port that stays for now, and that its file may well be meant to have. */
static gboolean has_mac_of_doubtful_port(const NetPlanner *planner, const NetIface *iface)
{
    const ObservedLink *link = planner_link(planner, iface->name);
    const GPtrArray *ports = link ? net_observed_ports_of(planner->picture, link->ifindex) : NULL;
    for (guint i = 0; ports && i < ports->len; i++) {
        const ObservedLink *port = g_ptr_array_index(ports, i);
        if (ifcfg_mac_equal(&port->perm_mac, &link->mac) && planner_port_is_left_alone(planner, port->name))
            return TRUE;
    }
    return FALSE;
}

static gboolean has_address6(const NetPlanner *planner, const ObservedLink *link)
{
    const GPtrArray *list = net_observed_addresses_of(planner->picture, link->ifindex);
    for (guint i = 0; list && i < list->len; i++) {
        const ObservedAddress *address = g_ptr_array_index(list, i);
        if (address->prefix.ip.family == AF_INET6 && !net_observed_address_is_kernels(address))
            return TRUE;
    }
    return FALSE;
}

/* With less than IPv6 needs the kernel takes all of it away (addrconf_notify()), also from what stands on the
 * device or has it as a port, and cannot have more. */
static gboolean may_have_mtu(NetPlanner *planner, const ObservedLink *link, guint64 mtu, IfcfgWhere where)
{
    const GPtrArray *uppers = net_observed_uppers_of(planner->picture, link->ifindex);
    const ObservedLink *master = net_observed_link_by_index(planner->picture, link->master);
    g_autofree char *what =
        g_strdup_printf(_("its MTU becomes %u, and IPv6 needs %u"), (guint)mtu, NET_LEAST_MTU_OF_IP6);
    if (mtu >= NET_LEAST_MTU_OF_IP6 || link->mtu < NET_LEAST_MTU_OF_IP6)
        return TRUE;
    if (has_address6(planner, link) && !planner_may(planner, link->name, NET_FATE_RENUMBERED, where, what))
        return FALSE;
    for (guint i = 0; uppers && i < uppers->len; i++)
        if (!may_have_mtu(planner, g_ptr_array_index(uppers, i), mtu, where))
            return FALSE;
    return !master || net_kind_has(net_model_kind(planner->model, master->kind), NET_KIND_KEEPS_LAYER3) ||
           may_have_mtu(planner, master, mtu, where);
}

/* A MAC can need the device down. */
static gboolean may_change(NetPlanner *planner, const NetIface *iface, const LinkSetting *setting,
                           NetSeverity severity)
{
    gboolean while_up = net_kind_has(iface->kind, NET_KIND_MAC_WHILE_UP);
    const ObservedLink *link = planner_link(planner, iface->name);
    if (link && g_str_equal(setting->name, "mtu") &&
        !may_have_mtu(planner, link, (guint64)setting->number, setting->where))
        return FALSE;
    if (!(setting->option->needs & LINK_NEEDS_DOWN))
        return TRUE;
    IfcfgMac wanted;
    if (!iface->macaddr.length &&
        (has_mac_of_doubtful_port(planner, iface) ||
         (ifcfg_mac_parse(setting->text, &wanted) && is_in_use_outside(planner, iface, &wanted))))
        return FALSE;
    g_autofree char *what = g_strdup_printf(_("its MAC becomes %s"), setting->text);
    if (!planner_may(planner, iface->name, while_up ? NET_FATE_MOVES : NET_FATE_BOUNCES, setting->where,
                     what))
        return FALSE;
    planner_note_move(planner, iface->name);
    if (link && !while_up)
        planner_set_down(planner, iface->name, iface->where, severity);
    return TRUE;
}

/* A port has what its device wants; what was before is from a time when it was none. */
static gboolean is_masters(const NetPlanner *planner, const NetIface *iface, const LinkOption *option)
{
    return net_port_is_ruled(iface, planner->picture) &&
           (g_str_equal(option->name, "mac") || g_str_equal(option->name, "mtu"));
}

/* The file says something that cannot be understood: it need not mean what was before. */
static gboolean is_in_doubt(const NetIface *iface, const LinkOption *option)
{
    const IfcfgKey *key = option->key ? ifcfg_key_find(option->key) : NULL;
    const char *value = key && iface->record ? ifcfg_record_get(iface->record, option->key) : NULL;
    g_autofree char *wrong = value && *value ? ifcfg_key_check_value(key, value) : NULL;
    return wrong != NULL;
}

static void give_back_unasked(NetPlanner *planner, const NetIface *iface, const LinkSettings *wanted,
                              NetPhase phase)
{
    const LedgerEntry *entry = net_ledger_find(planner->ledger, iface->name);
    const ObservedLink *link = planner_link(planner, iface->name);
    for (guint i = 0; link && entry && i < entry->attributes->len; i++) {
        const char *kept;
        const LinkOption *option = listed_option(g_ptr_array_index(entry->attributes, i), &kept);
        if (!option || link_settings_find(wanted, option->name) || is_masters(planner, iface, option) ||
            (phase == NET_PHASE_LINK && is_in_doubt(iface, option)))
            continue;
        g_autofree char *text = text_before(planner, iface, option, link, kept);
        g_autoptr(LinkSettings) before = link_settings_new(&link_attributes);
        const LinkSetting *setting =
            text ? link_settings_ask(before, option->name, text, iface->where) : NULL;
        g_autoptr(GPtrArray) differences = net_attribute_differences(before, link);
        if (!differences->len || may_change(planner, iface, setting, NET_WARN))
            give_back(planner, iface, option, setting, phase);
    }
}

void planner_give_back_attributes(NetPlanner *planner, const NetIface *iface)
{
    g_autoptr(LinkSettings) nothing = link_settings_new(&link_attributes);
    give_back_unasked(planner, iface, nothing, NET_PHASE_LINKS_OUT);
}

/* --- what is asked for --- */

/* A device that rules its ports gives them back what they had, and a kind that finds its MAC by itself does
 * so without MACADDR too: neither is put on record, nor what a bridge of ours had of ports that may be gone.
 */
static const char *value_for_record(NetPlanner *planner, const NetIface *iface,
                                    const LinkDifference *difference)
{
    const NetIface *master = net_iface_master(iface);
    gboolean is_ruled = master && net_kind_has(master->kind, NET_KIND_RULES_PORTS);
    gboolean is_mac = g_str_equal(difference->wanted->option->name, "mac");
    if (is_ruled || (is_mac && iface->kind->mac))
        return NULL;
    if (is_mac && net_kind_has(iface->kind, NET_KIND_MAC_BY_PORTS) && planner_made(planner, iface->name))
        return "";
    return net_pool_text(planner->plan->pool, g_strdup(difference->actual ? difference->actual : ""));
}

static void set_attribute(NetPlanner *planner, const NetIface *iface, const LinkDifference *difference,
                          NetPhase phase, NetSeverity severity)
{
    if (!may_change(planner, iface, difference->wanted, severity))
        return;
    planner_do_attribute(
        planner, (NetOp){.type = NET_OP_LINK_ATTR,
                         .phase = phase,
                         .severity = severity,
                         .dev = iface->name,
                         .where = difference->wanted->where.file ? difference->wanted->where : iface->where,
                         .attr = {keep_setting(planner, difference->wanted),
                                  value_for_record(planner, iface, difference), FALSE}});
}

/* The kernel takes it only while it takes router advertisements, which is one of the settings of IPv6. */
static gboolean is_after_confs(const LinkSetting *setting)
{
    return g_str_equal(setting->name, "token");
}

/* @only: the name of a row; NULL: all that need not wait */
static void set_attributes(NetPlanner *planner, const NetIface *iface, const LinkSettings *wanted,
                           const char *only, NetSeverity severity)
{
    g_autoptr(GPtrArray) differences = net_attribute_differences(wanted, planner_link(planner, iface->name));
    for (guint i = 0; i < differences->len; i++) {
        const LinkDifference *difference = g_ptr_array_index(differences, i);
        if (only ? g_str_equal(difference->wanted->name, only) : !is_after_confs(difference->wanted))
            set_attribute(planner, iface, difference, NET_PHASE_LINK, severity);
    }
}

/* Only what can be set while it is up. */
void planner_settle_attributes(NetPlanner *planner, const NetIface *iface)
{
    if (planner_left_as(planner, iface->name) == NET_FATE_REMADE)
        return; /* what it is to have is another device's */
    gboolean takes_mac = net_kind_has(iface->kind, NET_KIND_MAC_WHILE_UP);
    g_autoptr(LinkSettings) wanted = net_wanted_attributes(iface, planner->picture);
    g_autoptr(GPtrArray) differences = net_attribute_differences(wanted, planner_link(planner, iface->name));
    for (guint i = 0; i < differences->len; i++) {
        const LinkDifference *difference = g_ptr_array_index(differences, i);
        if ((takes_mac || !(difference->wanted->option->needs & LINK_NEEDS_DOWN)) &&
            !is_after_confs(difference->wanted))
            set_attribute(planner, iface, difference, NET_PHASE_PORT_OPTIONS, NET_WARN);
    }
}

void planner_set_mac(NetPlanner *planner, const NetIface *iface, NetSeverity severity)
{
    g_autoptr(LinkSettings) wanted = net_wanted_attributes(iface, planner->picture);
    set_attributes(planner, iface, wanted, "mac", severity);
}

/* Where files say both, the check of files tells it. */
static void mtu_check(NetPlanner *planner, const NetIface *iface)
{
    const NetIface *lower = net_iface_lower(iface);
    guint32 mtu = net_usable_mtu(iface, planner->picture);
    if (mtu < iface->mtu && !(lower && lower->mtu))
        planner_warn(planner, iface->name,
                     iface->record ? ifcfg_record_where(iface->record, "MTU") : iface->where,
                     _("MTU=%u is more than the %u of %s, which it stands on: it has no more than that"),
                     iface->mtu, mtu, net_iface_relation(iface, NET_STANDS_ON)->name);
}

void planner_set_attributes(NetPlanner *planner, const NetIface *iface, NetSeverity severity)
{
    g_autoptr(LinkSettings) wanted = net_wanted_attributes(iface, planner->picture);
    mtu_check(planner, iface);
    set_attributes(planner, iface, wanted, NULL, severity);
    give_back_unasked(planner, iface, wanted, NET_PHASE_LINK);
}

void planner_set_token(NetPlanner *planner, const NetIface *iface)
{
    g_autoptr(LinkSettings) wanted = net_wanted_attributes(iface, planner->picture);
    set_attributes(planner, iface, wanted, "token", NET_WARN);
}
