/* Names of operation types and phases: what plans, logs and JSON call them. */
#include "plan/op.h"

static const char *const type_names[] = {
    [NET_OP_SYSCTL_APPLY] = "sysctl-apply", [NET_OP_MODULE_LOAD] = "module-load",
    [NET_OP_LINK_WAIT] = "link-wait",       [NET_OP_LINK_ADD] = "link-add",
    [NET_OP_LINK_DELETE] = "link-delete",   [NET_OP_LINK_UP] = "link-up",
    [NET_OP_LINK_DOWN] = "link-down",       [NET_OP_LINK_MAC] = "link-mac",
    [NET_OP_LINK_MTU] = "link-mtu",         [NET_OP_LINK_ARP] = "link-arp",
    [NET_OP_PORT_ADD] = "port-add",         [NET_OP_PORT_REMOVE] = "port-remove",
    [NET_OP_BOND_SET] = "bond-set",         [NET_OP_CARRIER_WAIT] = "carrier-wait",
    [NET_OP_ADDR_PROBE] = "addr-probe",     [NET_OP_ADDR_ADD] = "addr-add",
    [NET_OP_ADDR_DELETE] = "addr-delete",   [NET_OP_ADDR_ANNOUNCE] = "addr-announce",
    [NET_OP_SYSCTL_SET] = "sysctl-set",     [NET_OP_ROUTE_ADD] = "route-add",
    [NET_OP_ROUTE_DELETE] = "route-delete", [NET_OP_RULE_ADD] = "rule-add",
    [NET_OP_RULE_DELETE] = "rule-delete",   [NET_OP_VERIFY] = "verify",
};
G_STATIC_ASSERT(G_N_ELEMENTS(type_names) == NET_OP_LAST);

static const char *const phase_names[] = {
    [NET_PHASE_SYSCTL] = "sysctl",
    [NET_PHASE_MODULE] = "module",
    [NET_PHASE_DEVICE] = "device",
    [NET_PHASE_RULES_OUT] = "rules-out",
    [NET_PHASE_ROUTES_OUT] = "routes-out",
    [NET_PHASE_ADDRESSES_OUT] = "addresses-out",
    [NET_PHASE_PORTS_OUT] = "ports-out",
    [NET_PHASE_LINKS_DOWN] = "links-down",
    [NET_PHASE_LINKS_OUT] = "links-out",
    [NET_PHASE_CREATE] = "create",
    [NET_PHASE_MODE] = "mode",
    [NET_PHASE_LINK] = "link",
    [NET_PHASE_PORTS] = "ports",
    [NET_PHASE_UP] = "up",
    [NET_PHASE_PORT_OPTIONS] = "port-options",
    [NET_PHASE_L2_DONE] = "l2-done",
    [NET_PHASE_CARRIER] = "carrier",
    [NET_PHASE_PROBE] = "probe",
    [NET_PHASE_ADDRESSES] = "addresses",
    [NET_PHASE_ROUTES_LINK] = "routes-link",
    [NET_PHASE_ROUTES] = "routes",
    [NET_PHASE_RULES] = "rules",
    [NET_PHASE_ANNOUNCE_CARRIER] = "announce-carrier",
    [NET_PHASE_ANNOUNCE] = "announce",
    [NET_PHASE_VERIFY] = "verify",
};
G_STATIC_ASSERT(G_N_ELEMENTS(phase_names) == NET_PHASE_LAST);

const char *net_op_type_name(NetOpType type)
{
    return type < NET_OP_LAST ? type_names[type] : NULL;
}

const char *net_phase_name(NetPhase phase)
{
    return phase < NET_PHASE_LAST ? phase_names[phase] : NULL;
}
