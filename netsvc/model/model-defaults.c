/* Who asks for the default route, and who gets it: the last in configuration order that gets there, as ever.
 */
#include "i18n.h"
#include "model/iface.h"
#include "model/model-private.h"
#include <linux/rtnetlink.h>

static gboolean is_default(const IfcfgRoute *route)
{
    return route->to.length == 0 && route->type == RTN_UNICAST;
}

/* One of them replaces the other in the kernel. */
static gboolean competes(const IfcfgRoute *a, const IfcfgRoute *b)
{
    gint64 metric = MAX(a->metric, 0), other = MAX(b->metric, 0); /* 0: not given */

    return a->to.ip.family == b->to.ip.family && a->table == b->table && a->tos == b->tos && metric == other;
}

static gboolean is_at_boot(const NetIface *iface)
{
    const NetIface *parent = iface->parent;

    return !iface->fault && !iface->unsupported &&
           (parent ? is_at_boot(parent) && iface->onparent : iface->onboot);
}

GPtrArray *net_model_default_claims(const NetModel *self)
{
    GPtrArray *claims = g_ptr_array_new_with_free_func(g_free);

    for (guint i = net_model_length(self); i-- > 0;) {
        NetIface *iface = net_model_nth(self, i);
        for (guint r = 0; r < iface->routes->len; r++) {
            NetDefaultClaim claim = {.iface = iface, .route = g_ptr_array_index(iface->routes, r)};
            if (is_default(claim.route))
                g_ptr_array_add(claims, g_memdup2(&claim, sizeof claim));
        }
    }
    return claims;
}

const NetDefaultClaim *net_default_claims_winner(const GPtrArray *claims, const IfcfgRoute *route)
{
    for (guint i = 0; i < claims->len; i++) {
        const NetDefaultClaim *claim = g_ptr_array_index(claims, i);
        if (is_at_boot(claim->iface) && competes(claim->route, route))
            return claim;
    }
    return NULL;
}

void net_model_check_defaults(const KindContext *context)
{
    g_autoptr(GPtrArray) claims = net_model_default_claims(context->model);

    for (guint i = 0; i < claims->len; i++) {
        const NetDefaultClaim *claim = g_ptr_array_index(claims, i);
        const NetDefaultClaim *winner = net_default_claims_winner(claims, claim->route);
        if (!winner || net_iface_device(winner->iface) == net_iface_device(claim->iface) ||
            !is_at_boot(claim->iface))
            continue;
        ifcfg_problems_add(context->problems, IFCFG_WARNING, claim->route->where,
                           _("%s asks for the default route, and so does %s (%s:%u), which gets it since it "
                             "comes later: write DEFROUTE=no or METRIC in one of the two files"),
                           claim->iface->name, winner->iface->name, winner->route->where.file,
                           winner->route->where.line);
    }
}
