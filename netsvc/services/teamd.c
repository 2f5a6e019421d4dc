/* teamd: it must run before a team takes ports, and with what the files say. */
#include "i18n.h"
#include "model/iface.h"
#include "plan/planner.h"
#include "plan/verify.h"
#include "services/services.h"

static void plan_start(NetPlanner *planner, const NetIface *iface, gboolean is_known)
{
    planner_do(planner, (NetOp){.type = NET_OP_TEAMD_START,
                                .phase = NET_PHASE_MODE,
                                .dev = iface->name,
                                .where = iface->where,
                                .is_only_recorded = is_known,
                                .teamd.config = iface->teamd_config});
    if (is_known) /* now we take it for known */
        net_observed_set_teamd(planner_picture_change(planner), iface->name, iface->teamd_config);
}

/* What is foreseen counts, else what the record has. */
static const char *config_now(const NetPlanner *planner, const char *dev)
{
    const LedgerEntry *entry = net_ledger_find(planner->ledger, dev);
    const char *foreseen = net_observed_teamd(planner->picture, dev);
    if (!foreseen || *foreseen)
        return foreseen;
    const char *written = entry ? net_ledger_list_value(entry->written, NET_LEDGER_TEAMD) : NULL;
    return written ? written : foreseen;
}

/* One that somebody else has started rules as the files say, as far as anybody knows. */
static void plan_team(NetPlanner *planner, const NetIface *iface)
{
    const char *now = config_now(planner, iface->name);
    if (!planner_link(planner, iface->name) || !g_strcmp0(now, iface->teamd_config))
        return;
    if (!now || !*now)
        plan_start(planner, iface, now != NULL);
    else if (planner_may(planner, iface->name, NET_FATE_BOUNCES, iface->where,
                         _("teamd begins anew with what TEAM_CONFIG and TEAM_PORT_CONFIG say")))
        plan_start(planner, iface, FALSE);
}

/* A port, or what stands on a team, brings it up when nobody else does. */
static void teamd_plan_up(NetPlanner *planner, const NetIface *iface)
{
    for (guint depth = 0; iface && depth < 32; depth++) {
        if (iface->teamd_config && !iface->fault)
            plan_team(planner, iface);
        iface = net_iface_is_port(iface) ? net_iface_master(iface) : net_iface_lower(iface);
    }
}

static void teamd_plan_down(NetPlanner *planner, const NetIface *iface)
{
    const LedgerEntry *entry = net_ledger_find(planner->ledger, iface->name);
    if (entry && net_ledger_list_value(entry->written, NET_LEDGER_TEAMD) &&
        net_observed_teamd(planner->before, iface->name))
        planner_do(planner, (NetOp){.type = NET_OP_TEAMD_STOP,
                                    .phase = NET_PHASE_LINKS_DOWN,
                                    .severity = NET_WARN,
                                    .dev = iface->name,
                                    .where = iface->where});
}

static void teamd_verify(const NetIface *iface, const NetObserved *observed, NetVerifier *verifier)
{
    if (iface->teamd_config && !net_observed_teamd(observed, iface->name))
        net_verifier_differ(verifier, NET_DIFFERENCE_FATAL, iface->where,
                            _("teamd does not run, without which the team does nothing"));
}

const NetService teamd_service = {
    .name = "teamd", .plan_up = teamd_plan_up, .plan_down = teamd_plan_down, .verify = teamd_verify};
