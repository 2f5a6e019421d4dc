/* What there is to know about each type of operation: one row a type. To add one: its name in op.h, a row
 * here, and a row in apply/kernel/backend-kernel.c. */
#include "i18n.h"
#include "plan/op-words.h"
#include <errno.h>
#include <linux/if_addr.h>
#include <string.h>

static void append_settings(GString *line, const GPtrArray *settings)
{
    for (guint i = 0; settings && i < settings->len; i++) {
        const LinkSetting *setting = g_ptr_array_index(settings, i);
        const char *quote = strchr(setting->text, ' ') ? "\"" : "";
        g_string_append_printf(line, " %s=%s%s%s", setting->name, quote, setting->text, quote);
    }
}

static void append_mac(GString *line, const char *label, const IfcfgMac *mac)
{
    g_autofree char *text = ifcfg_mac_format(mac);
    if (mac->length)
        g_string_append_printf(line, "%s%s", label, text);
}

static void append_prefix(GString *line, const char *verb, const NetAddress *address)
{
    g_autofree char *text = ifcfg_prefix_format(&address->prefix);
    g_autofree char *peer = address->peer.family ? ifcfg_ip_format(&address->peer) : NULL;
    g_string_append_printf(line, "%s %s", verb, text);
    if (peer)
        g_string_append_printf(line, " peer %s", peer);
}

static guint seconds_of(guint timeout_ms)
{
    return (timeout_ms + 999) / 1000;
}

static void format_sysctl_apply(GString *line, const NetOp *op)
{
    g_string_append(line, "apply the net.* settings of sysctl.d and sysctl.conf");
    if (op->sysctl.value)
        g_string_append_printf(line, ", before them %s", op->sysctl.value);
}

static void format_module_load(GString *line, const NetOp *op)
{
    g_string_append_printf(line, "load module %s", op->module.name);
    if (op->module.options)
        g_string_append_printf(line, " %s", op->module.options);
}

static void format_link_wait(GString *line, const NetOp *op)
{
    if (op->wait.why)
        g_string_append_printf(line, "fail, since %s", op->wait.why);
    else if (op->wait.timeout_ms)
        g_string_append_printf(line, "wait up to %u s for the device", seconds_of(op->wait.timeout_ms));
    else
        g_string_append(line, "check that the device is there");
    append_mac(line, " with permanent address ", &op->wait.mac);
}

static char *waiting_link_wait(const NetOp *op)
{
    return g_strdup_printf(_("%s: the device"), op->dev);
}

static void format_link_add(GString *line, const NetOp *op)
{
    g_string_append_printf(line, "create %s", op->create.family->kind);
    append_settings(line, op->create.settings);
    append_mac(line, " mac=", &op->create.mac);
    if (op->create.mtu)
        g_string_append_printf(line, " mtu=%u", op->create.mtu);
    if (op->create.lower)
        g_string_append_printf(line, " on %s", op->create.lower);
    if (op->create.peer)
        g_string_append_printf(line, " with the other end %s", op->create.peer);
}

static char *attempt_link_add(const NetOp *op)
{
    return g_strdup_printf(_("cannot create it as a %s"), op->create.family->kind);
}

static void format_link_delete(GString *line, G_GNUC_UNUSED const NetOp *op)
{
    g_string_append(line, "delete the device");
}

static char *attempt_link_delete(G_GNUC_UNUSED const NetOp *op)
{
    return g_strdup(_("cannot delete it"));
}

static void format_link_up(GString *line, G_GNUC_UNUSED const NetOp *op)
{
    g_string_append(line, "set up");
}

static char *attempt_link_up(G_GNUC_UNUSED const NetOp *op)
{
    return g_strdup(_("cannot set it up"));
}

static void format_link_down(GString *line, G_GNUC_UNUSED const NetOp *op)
{
    g_string_append(line, "set down");
}

static char *attempt_link_down(G_GNUC_UNUSED const NetOp *op)
{
    return g_strdup(_("cannot set it down"));
}

static gboolean is_attribute(const NetOp *op, const char *name)
{
    return op->attr.setting && g_str_equal(op->attr.setting->name, name);
}

static void format_link_attr(GString *line, const NetOp *op)
{
    const LinkSetting *setting = op->attr.setting;
    if (setting)
        g_string_append_printf(line, "set %s %s", setting->name, setting->text);
    if (op->attr.gives_back)
        g_string_append(line, ", as it was before");
}

static char *attempt_link_attr(const NetOp *op)
{
    if (is_attribute(op, "mac"))
        return g_strdup_printf(_("cannot set its MAC address to %s"), op->attr.setting->text);
    if (is_attribute(op, "mtu"))
        return g_strdup_printf(_("cannot set its MTU to %u"), (guint)op->attr.setting->number);
    if (op->attr.setting)
        return g_strdup_printf(_("cannot set its %s to %s"), op->attr.setting->name, op->attr.setting->text);
    return g_strdup_printf(_("%s failed"), "link-attr");
}

static void format_port_add(GString *line, const NetOp *op)
{
    g_string_append_printf(line, "enslave to %s", op->master);
}

static char *attempt_port_add(const NetOp *op)
{
    return g_strdup_printf(_("cannot make it a port of %s"), op->master);
}

static void format_port_remove(GString *line, const NetOp *op)
{
    g_string_append_printf(line, "release from %s", op->master);
}

static char *attempt_port_remove(const NetOp *op)
{
    return op->master ? g_strdup_printf(_("cannot release it from %s"), op->master)
                      : g_strdup(_("cannot release it from its device"));
}

static void format_set(GString *line, const NetOp *op)
{
    g_string_append(line, "set");
    append_settings(line, op->set.settings);
}

static void format_port_set(GString *line, const NetOp *op)
{
    g_string_append_printf(line, "as a port of %s: set", op->set.controller);
    append_settings(line, op->set.settings);
}

static void format_carrier_wait(GString *line, const NetOp *op)
{
    g_string_append_printf(line, "wait up to %u s for carrier%s%s", seconds_of(op->carrier.timeout_ms),
                           op->carrier.partner ? " and " : "",
                           op->carrier.partner ? op->carrier.partner : "");
    if (op->carrier.but)
        g_string_append_printf(line, " by another port than %s", op->carrier.but);
}

static char *waiting_carrier_wait(const NetOp *op)
{
    if (op->carrier.but)
        return g_strdup_printf(_("%s: another port than %s"), op->dev, op->carrier.but);
    return op->carrier.partner ? g_strdup_printf(_("%s: carrier and %s"), op->dev, op->carrier.partner)
                               : g_strdup_printf(_("%s: carrier"), op->dev);
}

static void format_dad_wait(GString *line, const NetOp *op)
{
    g_string_append_printf(line, "wait up to %u s for IPv6 duplicate address detection",
                           seconds_of(op->wait.timeout_ms));
    if (op->wait.address)
        append_prefix(line, " of", op->wait.address);
}

static char *waiting_dad_wait(const NetOp *op)
{
    return g_strdup_printf(_("%s: IPv6 duplicate address detection"), op->dev);
}

static void format_addr_probe(GString *line, const NetOp *op)
{
    append_prefix(line, "check for duplicates of", op->probe.address);
}

static char *waiting_addr_probe(const NetOp *op)
{
    return g_strdup_printf(_("%s: duplicate address check"), op->dev);
}

static void append_address_choices(GString *line, const NetAddress *address)
{
    if (address->metric)
        g_string_append_printf(line, " metric %u", address->metric);
    if (address->flags & IFA_F_NOPREFIXROUTE)
        g_string_append(line, " noprefixroute");
}

static void format_addr_add(GString *line, const NetOp *op)
{
    const NetAddress *address = op->address;
    append_prefix(line, "add address", address);
    append_address_choices(line, address);
    if (!ifcfg_ip_is_zero(&address->broadcast)) {
        g_autofree char *broadcast = ifcfg_ip_format(&address->broadcast);
        g_string_append_printf(line, " broadcast %s", broadcast);
    }
    if (address->label && g_strcmp0(address->label, op->dev) != 0)
        g_string_append_printf(line, " label %s", address->label);
    if (address->valid && address->valid != G_MAXUINT32)
        g_string_append_printf(line, " for %u s", address->valid);
}

static char *attempt_addr_add(const NetOp *op)
{
    g_autofree char *prefix = ifcfg_prefix_format(&op->address->prefix);
    return g_strdup_printf(_("cannot add the address %s"), prefix);
}

static void format_addr_delete(GString *line, const NetOp *op)
{
    append_prefix(line, "remove address", op->address);
}

static char *attempt_addr_delete(const NetOp *op)
{
    g_autofree char *prefix = ifcfg_prefix_format(&op->address->prefix);
    return g_strdup_printf(_("cannot remove the address %s"), prefix);
}

static void format_addr_announce(GString *line, const NetOp *op)
{
    append_prefix(line, "announce", op->address);
}

static void format_neigh_add(GString *line, const NetOp *op)
{
    g_autofree char *ip = ifcfg_ip_format(&op->neighbour.ip), *mac = ifcfg_mac_format(&op->neighbour.mac);
    if (op->neighbour.is_proxy)
        g_string_append_printf(line, "add neighbour proxy %s", ip);
    else
        g_string_append_printf(line, "add neighbour %s with mac %s", ip, mac);
}

static void format_sysctl_set(GString *line, const NetOp *op)
{
    g_string_append_printf(line, "set net/%s = %s%s", op->sysctl.key, op->sysctl.value,
                           op->sysctl.gives_back ? ", as it was before" : "");
}

static void append_route(GString *line, const char *verb, const NetOp *op)
{
    g_autofree char *text = ifcfg_route_format(op->route);
    g_string_append_printf(line, "%s route %s%s", verb, text,
                           op->metric_plus_ifindex ? " (metric + ifindex)" : "");
    if (op->by_nexthop)
        g_string_append_printf(line, " by nexthop object %u", op->by_nexthop);
}

static void format_route_add(GString *line, const NetOp *op)
{
    append_route(line, op->replace ? "add or replace" : "add", op);
}

static char *attempt_route_add(const NetOp *op)
{
    g_autofree char *route = ifcfg_route_format(op->route);
    return g_strdup_printf(_("cannot add the route %s"), route);
}

static void format_route_delete(GString *line, const NetOp *op)
{
    append_route(line, "remove", op);
}

static char *attempt_route_delete(const NetOp *op)
{
    g_autofree char *route = ifcfg_route_format(op->route);
    return g_strdup_printf(_("cannot remove the route %s"), route);
}

static void format_rule_add(GString *line, const NetOp *op)
{
    g_autofree char *text = net_ledger_rule_text(op->rule);
    g_string_append_printf(line, "add rule %s", text);
}

static char *attempt_rule_add(const NetOp *op)
{
    g_autofree char *rule = ifcfg_rule_format(op->rule);
    return g_strdup_printf(_("cannot add the rule %s"), rule);
}

static void format_rule_delete(GString *line, const NetOp *op)
{
    g_autofree char *text = net_ledger_rule_text(op->rule);
    g_string_append_printf(line, "remove rule %s", text);
}

static char *attempt_rule_delete(const NetOp *op)
{
    g_autofree char *rule = ifcfg_rule_format(op->rule);
    return g_strdup_printf(_("cannot remove the rule %s"), rule);
}

static void format_verify(GString *line, G_GNUC_UNUSED const NetOp *op)
{
    g_string_append(line, "read back and compare");
}

/* Columns: name, effect, impact, what the ledger notes, errnos that mean it is so already, words. */
#define ADDS NET_EFFECT_ADDS
#define REMOVES NET_EFFECT_REMOVES
#define CHANGES NET_EFFECT_CHANGES
#define WAITS NET_EFFECT_WAITS
#define READS NET_EFFECT_READS
#define LIVE NET_IMPACT_LIVE
#define INTERRUPTS NET_IMPACT_INTERRUPTS
#define RECREATES NET_IMPACT_RECREATES
#define NONE NET_NOTE_NOTHING
/* clang-format off */
static const NetOpKind kinds[] = {
    [NET_OP_SYSCTL_APPLY] = {"sysctl-apply", CHANGES, LIVE, NONE, {0}, format_sysctl_apply, NULL, NULL},
    [NET_OP_MODULE_LOAD] = {"module-load", CHANGES, LIVE, NONE, {0}, format_module_load, NULL, NULL},
    [NET_OP_LINK_WAIT] = {"link-wait", WAITS, LIVE, NONE, {0}, format_link_wait, NULL, waiting_link_wait},
    [NET_OP_LINK_ADD] = {"link-add", ADDS, LIVE, NET_NOTE_CREATED, {0}, format_link_add, attempt_link_add, NULL},
    [NET_OP_LINK_DELETE] = {"link-delete", REMOVES, RECREATES, NET_NOTE_CREATED, {ENODEV}, format_link_delete, attempt_link_delete, NULL},
    [NET_OP_LINK_UP] = {"link-up", ADDS, LIVE, NET_NOTE_UP, {0}, format_link_up, attempt_link_up, NULL},
    [NET_OP_LINK_DOWN] = {"link-down", REMOVES, INTERRUPTS, NET_NOTE_UP, {ENODEV}, format_link_down, attempt_link_down, NULL},
    [NET_OP_LINK_ATTR] = {"link-attr", ADDS, LIVE, NET_NOTE_ATTRIBUTE, {0}, format_link_attr, attempt_link_attr, NULL},
    [NET_OP_PORT_ADD] = {"port-add", ADDS, LIVE, NET_NOTE_PORT, {0}, format_port_add, attempt_port_add, NULL},
    [NET_OP_PORT_REMOVE] = {"port-remove", REMOVES, INTERRUPTS, NET_NOTE_PORT, {ENODEV}, format_port_remove, attempt_port_remove, NULL},
    [NET_OP_LINK_SET] = {"link-set", CHANGES, LIVE, NET_NOTE_WRITTEN, {0}, format_set, NULL, NULL},
    [NET_OP_PORT_SET] = {"port-set", CHANGES, LIVE, NONE, {0}, format_port_set, NULL, NULL},
    [NET_OP_VLANS_ADD] = {"vlans-add", ADDS, LIVE, NET_NOTE_VLANS, {0}, op_format_vlans_add, op_attempt_vlans_add, NULL},
    [NET_OP_VLANS_DELETE] = {"vlans-delete", REMOVES, INTERRUPTS, NET_NOTE_VLANS, {ENODEV, ENOENT}, op_format_vlans_delete, op_attempt_vlans_delete, NULL},
    [NET_OP_CARRIER_WAIT] = {"carrier-wait", WAITS, LIVE, NONE, {0}, format_carrier_wait, NULL, waiting_carrier_wait},
    [NET_OP_DAD_WAIT] = {"dad-wait", WAITS, LIVE, NONE, {0}, format_dad_wait, NULL, waiting_dad_wait},
    [NET_OP_ADDR_PROBE] = {"addr-probe", WAITS, LIVE, NONE, {0}, format_addr_probe, NULL, waiting_addr_probe},
    [NET_OP_ADDR_ADD] = {"addr-add", ADDS, LIVE, NET_NOTE_ADDRESS, {0}, format_addr_add, attempt_addr_add, NULL},
    [NET_OP_ADDR_DELETE] = {"addr-delete", REMOVES, INTERRUPTS, NET_NOTE_ADDRESS, {ENODEV, EADDRNOTAVAIL}, format_addr_delete, attempt_addr_delete, NULL},
    [NET_OP_ADDR_ANNOUNCE] = {"addr-announce", CHANGES, LIVE, NONE, {0}, format_addr_announce, NULL, NULL},
    [NET_OP_LEASE_GET] = {"lease-get", ADDS, LIVE, NET_NOTE_LEASE, {0}, op_format_lease_get, NULL, op_waiting_lease_get},
    [NET_OP_LEASE_DROP] = {"lease-drop", REMOVES, INTERRUPTS, NET_NOTE_LEASE, {ENODEV, ESRCH}, op_format_lease_drop, op_attempt_lease_drop, op_waiting_lease_drop},
    [NET_OP_NEIGH_ADD] = {"neigh-add", CHANGES, LIVE, NONE, {0}, format_neigh_add, NULL, NULL},
    [NET_OP_SYSCTL_SET] = {"sysctl-set", CHANGES, LIVE, NET_NOTE_CONF, {0}, format_sysctl_set, NULL, NULL},
    [NET_OP_NEXTHOP_SET] = {"nexthop-set", ADDS, LIVE, NET_NOTE_NEXTHOP, {0}, op_format_nexthop_set, op_attempt_nexthop_set, NULL},
    [NET_OP_NEXTHOP_DELETE] = {"nexthop-delete", REMOVES, INTERRUPTS, NET_NOTE_NEXTHOP, {ENODEV, ENOENT}, op_format_nexthop_delete, op_attempt_nexthop_delete, NULL},
    [NET_OP_ROUTE_ADD] = {"route-add", ADDS, LIVE, NET_NOTE_ROUTE, {0}, format_route_add, attempt_route_add, NULL},
    [NET_OP_ROUTE_DELETE] = {"route-delete", REMOVES, INTERRUPTS, NET_NOTE_ROUTE, {ENODEV, ESRCH}, format_route_delete, attempt_route_delete, NULL},
    [NET_OP_RULE_ADD] = {"rule-add", ADDS, LIVE, NET_NOTE_RULE, {EEXIST}, format_rule_add, attempt_rule_add, NULL},
    [NET_OP_RULE_DELETE] = {"rule-delete", REMOVES, INTERRUPTS, NET_NOTE_RULE, {ENOENT}, format_rule_delete, attempt_rule_delete, NULL},
    [NET_OP_NAMES_SET] = {"names-set", ADDS, LIVE, NET_NOTE_NAMES, {0}, op_format_names_set, NULL, NULL},
    [NET_OP_NAMES_DROP] = {"names-drop", REMOVES, INTERRUPTS, NET_NOTE_NAMES, {ENOENT}, op_format_names_drop, NULL, NULL},
    [NET_OP_ZONE_SET] = {"zone-set", ADDS, LIVE, NET_NOTE_ZONE, {0}, op_format_zone_set, NULL, NULL},
    [NET_OP_ZONE_DROP] = {"zone-drop", REMOVES, INTERRUPTS, NET_NOTE_ZONE, {ENOENT}, op_format_zone_drop, NULL, NULL},
    [NET_OP_ETHTOOL_SET] = {"ethtool-set", CHANGES, LIVE, NONE, {0}, op_format_ethtool_set, op_attempt_ethtool_set, op_waiting_ethtool_set},
    [NET_OP_HOOK_RUN] = {"hook-run", ADDS, LIVE, NET_NOTE_HOOKS, {0}, op_format_hook_run, NULL, op_waiting_hook_run},
    [NET_OP_TEAMD_START] = {"teamd-start", ADDS, LIVE, NET_NOTE_TEAMD, {0}, op_format_teamd_start, op_attempt_teamd_start, op_waiting_teamd},
    [NET_OP_TEAMD_STOP] = {"teamd-stop", REMOVES, INTERRUPTS, NET_NOTE_TEAMD, {ESRCH}, op_format_teamd_stop, op_attempt_teamd_stop, op_waiting_teamd},
    [NET_OP_MANAGER_LEAVE] = {"manager-leave", CHANGES, LIVE, NONE, {0}, op_format_manager_leave, NULL, op_waiting_manager_leave},
    [NET_OP_VERIFY] = {"verify", READS, LIVE, NONE, {0}, format_verify, NULL, NULL},
};
/* clang-format on */
G_STATIC_ASSERT(G_N_ELEMENTS(kinds) == NET_OP_LAST);

const NetOpKind *net_op_kind(const NetOp *op)
{
    g_return_val_if_fail(op->type < NET_OP_LAST, NULL);
    return &kinds[op->type];
}

const char *net_op_type_name(NetOpType type)
{
    return type < NET_OP_LAST ? kinds[type].name : NULL;
}
