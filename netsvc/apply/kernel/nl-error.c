/* The words for what the kernel answers: errno and extended acknowledgement as a sentence an administrator
 * understands. */
#include "apply/kernel/nl-ops.h"
#include "i18n.h"
#include <errno.h>
#include <sys/utsname.h>

char *nl_error_words(int code, const char *text)
{
    if (code == EPERM && !text)
        return g_strdup(_("not permitted (this needs root)"));
    return text ? g_strdup_printf(_("%s (kernel: %s)"), g_strerror(code), text) : g_strdup(g_strerror(code));
}

gboolean nl_op_is_satisfied(const NetOp *op, int code)
{
    switch (op->type) {
    case NET_OP_LINK_DELETE:
    case NET_OP_LINK_DOWN:
    case NET_OP_PORT_REMOVE:
        return code == ENODEV;
    case NET_OP_ADDR_DELETE:
        return code == ENODEV || code == EADDRNOTAVAIL;
    case NET_OP_ROUTE_DELETE:
        return code == ENODEV || code == ESRCH;
    case NET_OP_RULE_DELETE:
        return code == ENOENT;
    case NET_OP_RULE_ADD:
        return code == EEXIST;
    default:
        return FALSE;
    }
}

/* What was attempted: "cannot add the address 10.0.11.2/24". */
static char *op_attempt(const NetOp *op)
{
    g_autofree char *prefix = op->address ? ifcfg_prefix_format(&op->address->prefix) : NULL;
    g_autofree char *mac = op->mac.length ? ifcfg_mac_format(&op->mac) : NULL;
    g_autofree char *route = op->route ? ifcfg_route_format(op->route) : NULL;
    g_autofree char *rule = op->rule ? ifcfg_rule_format(op->rule) : NULL;

    switch (op->type) {
    case NET_OP_LINK_ADD:
        return g_strdup_printf(_("cannot create it as a %s"), op->text);
    case NET_OP_LINK_DELETE:
        return g_strdup(_("cannot delete it"));
    case NET_OP_LINK_UP:
        return g_strdup(_("cannot set it up"));
    case NET_OP_LINK_DOWN:
        return g_strdup(_("cannot set it down"));
    case NET_OP_LINK_MAC:
        return g_strdup_printf(_("cannot set its MAC address to %s"), mac);
    case NET_OP_LINK_MTU:
        return g_strdup_printf(_("cannot set its MTU to %u"), op->number);
    case NET_OP_PORT_ADD:
        return g_strdup_printf(_("cannot make it a port of %s"), op->master);
    case NET_OP_PORT_REMOVE:
        return op->master ? g_strdup_printf(_("cannot release it from %s"), op->master)
                          : g_strdup(_("cannot release it from its bond"));
    case NET_OP_ADDR_ADD:
        return g_strdup_printf(_("cannot add the address %s"), prefix);
    case NET_OP_ADDR_DELETE:
        return g_strdup_printf(_("cannot remove the address %s"), prefix);
    case NET_OP_ROUTE_ADD:
        return g_strdup_printf(_("cannot add the route %s"), route);
    case NET_OP_ROUTE_DELETE:
        return g_strdup_printf(_("cannot remove the route %s"), route);
    case NET_OP_RULE_ADD:
        return g_strdup_printf(_("cannot add the rule %s"), rule);
    case NET_OP_RULE_DELETE:
        return g_strdup_printf(_("cannot remove the rule %s"), rule);
    default:
        return g_strdup_printf(_("%s failed"), net_op_type_name(op->type));
    }
}

static char *op_hint(const NetOp *op, int code)
{
    struct utsname system;

    if (op->type == NET_OP_LINK_ADD && code == EOPNOTSUPP) {
        uname(&system);
        return g_strdup_printf(_("the kernel %s has no %s driver"), system.release,
                               g_strcmp0(op->text, "bond") ? op->text : "bonding");
    }
    if (op->type == NET_OP_LINK_ADD && code == EEXIST)
        return g_strdup(
            _("a device of that name is there already and was not made by us; remove or rename it"));
    if (op->type == NET_OP_PORT_ADD && code == EBUSY)
        return g_strdup(_("it is in use by another bond, bridge or team"));
    if (op->type == NET_OP_PORT_ADD && code == EPERM)
        return g_strdup(_("the driver takes no port that is up"));
    if (op->type == NET_OP_ROUTE_ADD && code == ENETUNREACH)
        return g_strdup_printf(_("the gateway is not reachable through any address of %s"), op->dev);
    if (op->type == NET_OP_ROUTE_ADD && code == ENETDOWN)
        return g_strdup_printf(_("%s is down"), op->dev);
    if (op->type == NET_OP_ROUTE_ADD && code == EINVAL)
        return g_strdup(_("the kernel takes no such route; is the source address there, and the gateway in a "
                          "connected network?"));
    return NULL;
}

void nl_op_set_error(const NetOp *op, int code, const char *text, GError **error)
{
    g_autofree char *attempt = op_attempt(op);
    g_autofree char *hint = op_hint(op, code);
    g_autofree char *words = nl_error_words(code, text);

    if (hint && text)
        net_error_set(error, code, _("%s: %s (kernel: %s)"), attempt, hint, text);
    else
        net_error_set(error, code, "%s: %s", attempt, hint ? hint : words);
}
