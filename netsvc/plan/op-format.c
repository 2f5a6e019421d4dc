/* One operation as one line in words, for `netsvc plan`, logs and the recording back end. */
#include "plan/op.h"
#include <string.h>

static void append_settings(GString *line, const GPtrArray *settings)
{
    for (guint i = 0; settings && i < settings->len; i++) {
        const BondSetting *setting = g_ptr_array_index(settings, i);
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

static void append_prefix(GString *line, const NetOp *op)
{
    g_autofree char *text = ifcfg_prefix_format(&op->address->prefix);
    g_string_append(line, text);
}

static void append_link_wait(GString *line, const NetOp *op)
{
    if (op->text)
        g_string_append_printf(line, "fail, since %s", op->text);
    else if (op->timeout_ms)
        g_string_append_printf(line, "wait up to %u s for the device", (op->timeout_ms + 999) / 1000);
    else
        g_string_append(line, "check that the device is there");
    append_mac(line, " with permanent address ", &op->mac);
}

static void append_link_add(GString *line, const NetOp *op)
{
    g_string_append_printf(line, "create %s", op->text);
    append_settings(line, op->settings);
    append_mac(line, " mac=", &op->mac);
    if (op->mtu)
        g_string_append_printf(line, " mtu=%u", op->mtu);
}

static void append_address_add(GString *line, const NetOp *op)
{
    const NetAddress *address = op->address;
    g_string_append(line, "add address ");
    append_prefix(line, op);
    if (address->broadcast.family) {
        g_autofree char *broadcast = ifcfg_ip_format(&address->broadcast);
        g_string_append_printf(line, " broadcast %s", broadcast);
    }
    if (address->label && g_strcmp0(address->label, op->dev) != 0)
        g_string_append_printf(line, " label %s", address->label);
}

static void append_route(GString *line, const NetOp *op)
{
    g_autofree char *text = ifcfg_route_format(op->route);
    g_string_append_printf(line, "%s route %s%s",
                           op->type == NET_OP_ROUTE_DELETE ? "remove"
                           : op->replace                   ? "add or replace"
                                                           : "add",
                           text, op->metric_plus_ifindex ? " (metric + ifindex)" : "");
}

static void append_rule(GString *line, const NetOp *op)
{
    g_autofree char *text = net_ledger_rule_text(op->rule);
    g_string_append_printf(line, "%s rule %s", op->type == NET_OP_RULE_DELETE ? "remove" : "add", text);
}

static void append_bond_set(GString *line, const NetOp *op)
{
    g_string_append(line, "set");
    append_settings(line, op->settings);
}

static void append_address(GString *line, const char *verb, const NetOp *op)
{
    g_string_append(line, verb);
    append_prefix(line, op);
}

/* What is done to the link itself. */
static gboolean append_link_work(GString *line, const NetOp *op)
{
    switch (op->type) {
    case NET_OP_LINK_WAIT:
        append_link_wait(line, op);
        return TRUE;
    case NET_OP_LINK_ADD:
        append_link_add(line, op);
        return TRUE;
    case NET_OP_LINK_DELETE:
        g_string_append(line, "delete the device");
        return TRUE;
    case NET_OP_LINK_UP:
        g_string_append(line, "set up");
        return TRUE;
    case NET_OP_LINK_DOWN:
        g_string_append(line, "set down");
        return TRUE;
    case NET_OP_LINK_MAC:
        append_mac(line, "set mac ", &op->mac);
        return TRUE;
    case NET_OP_LINK_MTU:
        g_string_append_printf(line, "set mtu %u", op->number);
        return TRUE;
    case NET_OP_LINK_ARP:
        g_string_append_printf(line, "set arp %s", op->number ? "on" : "off");
        return TRUE;
    case NET_OP_PORT_ADD:
        g_string_append_printf(line, "enslave to %s", op->master);
        return TRUE;
    case NET_OP_PORT_REMOVE:
        g_string_append_printf(line, "release from %s", op->master);
        return TRUE;
    case NET_OP_BOND_SET:
        append_bond_set(line, op);
        return TRUE;
    case NET_OP_CARRIER_WAIT:
        g_string_append_printf(line, "wait up to %u s for carrier%s", (op->timeout_ms + 999) / 1000,
                               op->number ? " and LACP" : "");
        return TRUE;
    default:
        return FALSE;
    }
}

static void append_other_work(GString *line, const NetOp *op)
{
    switch (op->type) {
    case NET_OP_SYSCTL_APPLY:
        g_string_append(line, "apply the net.* settings of sysctl.d and sysctl.conf");
        break;
    case NET_OP_MODULE_LOAD:
        g_string_append_printf(line, "load module %s%s%s", op->text, op->text2 ? " " : "",
                               op->text2 ? op->text2 : "");
        break;
    case NET_OP_SYSCTL_SET:
        g_string_append_printf(line, "set net/%s = %s", op->text, op->text2);
        break;
    case NET_OP_ADDR_PROBE:
        append_address(line, "check for duplicates of ", op);
        break;
    case NET_OP_ADDR_ADD:
        append_address_add(line, op);
        break;
    case NET_OP_ADDR_DELETE:
        append_address(line, "remove address ", op);
        break;
    case NET_OP_ADDR_ANNOUNCE:
        append_address(line, "announce ", op);
        break;
    case NET_OP_ROUTE_ADD:
    case NET_OP_ROUTE_DELETE:
        append_route(line, op);
        break;
    case NET_OP_RULE_ADD:
    case NET_OP_RULE_DELETE:
        append_rule(line, op);
        break;
    case NET_OP_VERIFY:
        g_string_append(line, "read back and compare");
        break;
    default:
        g_string_append(line, net_op_type_name(op->type));
        break;
    }
}

char *net_op_format(const NetOp *op)
{
    GString *line = g_string_new(NULL);
    if (op->dev)
        g_string_append_printf(line, "%s: ", op->dev);
    if (!append_link_work(line, op))
        append_other_work(line, op);
    return g_string_free(line, FALSE);
}
