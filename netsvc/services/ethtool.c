/* ETHTOOL_OPTS: set before a device is enslaved or set up; what the device reports is compared, and what it
 * does not is done whenever it comes up. Nothing is given back when it goes down, as ever. */
#include "i18n.h"
#include "model/iface.h"
#include "model/service.h"
#include "plan/planner.h"
#include "plan/verify.h"

static void ethtool_read(NetIface *iface, const KindContext *context)
{
    IfcfgWhere where;
    const char *text = iface->parent ? NULL : net_iface_get(iface, "ETHTOOL_OPTS", &where);
    if (text)
        iface->ethtool = ethtool_options_parse(text, iface->name, where, context->problems);
}

/* What a card does about these it does by a reset, or the other end has to agree anew. */
static gboolean interrupts(const EthtoolRequest *request)
{
    static const char *const verbs[] = {"-s", "-G", "-L", "-A", "--set-eee", NULL};
    const EthtoolSetting *only = request->settings->len == 1 ? g_ptr_array_index(request->settings, 0) : NULL;
    return request->verb && g_strv_contains(verbs, request->verb->name) &&
           !(only && g_str_equal(only->word, "wol"));
}

static gboolean is_done(const NetPlanner *planner, const EthtoolRequest *request)
{
    const ObservedLink *link = planner_link(planner, request->device);
    if (!request->verb)
        return planner_link_stays(planner, request->device);
    return link && ethtool_state_has(link->ethtool, request);
}

static gboolean may_set(NetPlanner *planner, const EthtoolRequest *request)
{
    g_autofree char *text = ethtool_request_format(request), *what = g_strdup_printf("`ethtool %s`", text);
    return !interrupts(request) ||
           planner_may(planner, request->device, NET_FATE_BOUNCES, request->where, what);
}

static void ethtool_plan_up(NetPlanner *planner, const NetIface *iface)
{
    guint delay = iface->ethtool_delay;
    for (guint i = 0; iface->ethtool && i < iface->ethtool->len; i++) {
        const EthtoolRequest *request = g_ptr_array_index(iface->ethtool, i);
        if (is_done(planner, request) || !may_set(planner, request))
            continue;
        NetOp op = {.type = NET_OP_ETHTOOL_SET,
                    .phase = NET_PHASE_LINK,
                    .severity = NET_WARN,
                    .dev = iface->name,
                    .where = request->where};
        op.ethtool.request = request;
        op.ethtool.delay_us = delay;
        delay = 0;
        planner_do(planner, op);
    }
}

static void ethtool_verify(const NetIface *iface, const NetObserved *observed, NetVerifier *verifier)
{
    for (guint i = 0; iface->ethtool && i < iface->ethtool->len; i++) {
        const EthtoolRequest *request = g_ptr_array_index(iface->ethtool, i);
        const ObservedLink *link = net_observed_link(observed, request->device);
        g_autofree char *text = link ? ethtool_state_difference(link->ethtool, request, NULL) : NULL;
        if (text)
            net_verifier_differ(verifier, NET_DIFFERENCE_WARN, request->where, _("ethtool of %s: %s"),
                                request->device, text);
    }
}

const NetService ethtool_service = {
    .name = "ethtool", .read = ethtool_read, .plan_up = ethtool_plan_up, .verify = ethtool_verify};
