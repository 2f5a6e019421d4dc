/* Who asks for the default route, and who gets it: the last in boot order that gets there, as ever,
 * and of those that yield the first. */
#include "i18n.h"
#include "model/iface.h"
#include "model/model-private.h"
#include <linux/rtnetlink.h>

GPtrArray *net_model_default_claims(const NetModel *self)
{
    GPtrArray *claims = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) order = net_model_boot_order(self);

    for (guint i = order->len; i-- > 0;) {
        NetIface *iface = g_ptr_array_index(order, i);
        for (guint r = 0; r < iface->routes->len; r++) {
            NetDefaultClaim claim = {.iface = iface, .route = g_ptr_array_index(iface->routes, r)};
            if (ifcfg_route_is_default(claim.route))
                g_ptr_array_add(claims, g_memdup2(&claim, sizeof claim));
        }
    }
    return claims;
}

const NetDefaultClaim *net_default_claims_winner(const GPtrArray *claims, const IfcfgRoute *route)
{
    const NetDefaultClaim *dropping = NULL, *winner = NULL;

    for (guint i = 0; i < claims->len && (!winner || winner->route->yields); i++) {
        const NetDefaultClaim *claim = g_ptr_array_index(claims, i);
        if (!net_iface_is_at_boot(claim->iface) || !ifcfg_route_is_rival(claim->route, route))
            continue;
        if (!ifcfg_route_drops(claim->route))
            winner = claim;
        else if (!dropping)
            dropping = claim;
    }
    return winner ? winner : dropping;
}

static void tell_yielding(const KindContext *context, const NetDefaultClaim *claim,
                          const NetDefaultClaim *winner)
{
    g_autofree char *text = ifcfg_route_format(claim->route);
    ifcfg_problems_add(
        context->problems, IFCFG_WARNING, claim->route->where,
        _("\"%s\" yields to the default route of %s (%s:%u): to have both, write a metric behind it"), text,
        winner->iface->name, winner->route->where.file, winner->route->where.line);
}

void net_model_check_defaults(const KindContext *context)
{
    g_autoptr(GPtrArray) claims = net_model_default_claims(context->model);

    for (guint i = 0; i < claims->len; i++) {
        const NetDefaultClaim *claim = g_ptr_array_index(claims, i);
        const NetDefaultClaim *winner = net_default_claims_winner(claims, claim->route);
        if (!winner || net_iface_device(winner->iface) == net_iface_device(claim->iface) ||
            !net_iface_is_at_boot(claim->iface))
            continue;
        if (ifcfg_route_drops(claim->route) && !ifcfg_route_drops(winner->route))
            tell_yielding(context, claim, winner);
        else if (claim->route->yields)
            ifcfg_problems_add(context->problems, IFCFG_WARNING, claim->route->where,
                               _("%s asks for the IPv6 default route, and so does %s (%s:%u), which gets it: "
                                 "remove it from one of the two files"),
                               claim->iface->name, winner->iface->name, winner->route->where.file,
                               winner->route->where.line);
        else
            ifcfg_problems_add(
                context->problems, IFCFG_WARNING, claim->route->where,
                _("%s asks for the default route, and so does %s (%s:%u), which gets it since it "
                  "comes later: write DEFROUTE=no or METRIC in one of the two files"),
                claim->iface->name, winner->iface->name, winner->route->where.file,
                winner->route->where.line);
    }
}
