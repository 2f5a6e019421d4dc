/* The host name by a reverse lookup of the first address, at boot and only while none is set (ifup-post). A
 * lease's comes by the client's script. Nobody's failure: most addresses have no name. */
#include "model/iface.h"
#include "plan/planner.h"
#include "services/services.h"

/* A name server that does not answer must not hold up the boot. */
enum { LIMIT_MS = 10000 };

static gboolean is_for(const NetPlanner *planner, const NetIface *iface)
{
    gboolean is_boot = planner->verb == NET_PLAN_START || planner->verb == NET_PLAN_RESTART;
    return is_boot && planner->before->is_nameless && iface->form == IFCFG_ENTRY_MAIN &&
           !net_iface_is_port(iface) && !g_str_equal(iface->name, "lo") && !iface->dhcp.no_hostname &&
           (iface->addresses->len || iface->leases->len);
}

static void hostname_plan_up(NetPlanner *planner, const NetIface *iface)
{
    const char *words[] = {NETSVC_LIBEXEC "/hostname-lookup", iface->name, NULL};
    if (!is_for(planner, iface) || planner_link_stays(planner, net_iface_device(iface)))
        return;
    NetRun *run = net_pool_keep(planner->plan->pool, net_run_new(LIMIT_MS), (GDestroyNotify)net_run_free);
    net_run_add(run, g_strdupv((char **)words), TRUE);
    run->is_trusted = TRUE;
    planner_do(planner, (NetOp){.type = NET_OP_HOOK_RUN,
                                .phase = NET_PHASE_POST_HOOKS,
                                .severity = NET_WARN,
                                .dev = iface->name,
                                .where = iface->where,
                                .hook.run = run});
}

const NetService hostname_service = {.name = "hostname", .plan_up = hostname_plan_up};
