/* The rules of net_model_check(): a function each, in the table of check.c. */
#pragma once
#include "model/check.h"
#include "model/iface.h"
#include "model/model-private.h"

typedef struct {
    const NetModel *model;
    const IfcfgRecord *network; /* /etc/sysconfig/network, or NULL */
    IfcfgProblems *problems;
} Check;

/** Calls @rule for every interface. */
void check_each(const Check *check, void (*rule)(const Check *check, const NetIface *iface));

void check_overlap(const Check *check);
void check_netmask(const Check *check);
void check_missing_address(const Check *check);
void check_odd_address(const Check *check);
void check_own_gateway(const Check *check);
void check_least_mtu(const Check *check);

void check_gatewaydev(const Check *check);
void check_network_gateway(const Check *check);
void check_route_gateway(const Check *check);

void check_networking(const Check *check);
void check_orphans(const Check *check);
void check_file_name(const Check *check);
void check_copy_name(const Check *check);
void check_empty_file(const Check *check);
void check_same_hwaddr(const Check *check);
void check_hwaddr_in_vain(const Check *check);
void check_monitoring(const Check *check);
void check_listed_ports(const Check *check);
