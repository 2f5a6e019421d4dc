/* The table of rules about a configuration as a whole. */
#include "model/check-private.h"

void check_each(const Check *check, void (*rule)(const Check *check, const NetIface *iface))
{
    for (guint i = 0; i < net_model_length(check->model); i++)
        rule(check, net_model_nth(check->model, i));
}

void net_model_check(const NetModel *model, IfcfgProblems *problems)
{
    static void (*const rules[])(const Check *check) = {
        check_networking,    check_copy_name,       check_empty_file, check_file_name,
        check_same_hwaddr,   check_hwaddr_in_vain,  check_monitoring, check_listed_ports,
        check_netmask,       check_missing_address, check_overlap,    check_odd_address,
        check_own_gateway,   check_least_mtu,       check_gatewaydev, check_network_gateway,
        check_route_gateway, check_orphans,
    };
    Check check = {model, ifcfg_dir_network(net_model_dir(model)), problems};
    for (gsize i = 0; i < G_N_ELEMENTS(rules); i++)
        rules[i](&check);
}
