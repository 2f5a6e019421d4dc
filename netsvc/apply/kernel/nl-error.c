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

static char *hint_no_driver(const NetOp *op)
{
    struct utsname system;

    uname(&system);
    return g_strdup_printf(_("the kernel %s has no %s driver"), system.release, op->create.family->word);
}

static char *hint_foreign_device(G_GNUC_UNUSED const NetOp *op)
{
    return g_strdup(_("a device of that name is there already and was not made by us; remove or rename it"));
}

static char *hint_port_in_use(G_GNUC_UNUSED const NetOp *op)
{
    return g_strdup(_("it is in use by another device"));
}

static char *hint_port_up(G_GNUC_UNUSED const NetOp *op)
{
    return g_strdup(_("the driver takes no port that is up"));
}

static char *hint_gateway(const NetOp *op)
{
    return g_strdup_printf(_("the gateway is not reachable through any address of %s"), op->dev);
}

static char *hint_down(const NetOp *op)
{
    return g_strdup_printf(_("%s is down"), op->dev);
}

static char *hint_route(G_GNUC_UNUSED const NetOp *op)
{
    return g_strdup(_("the kernel takes no such route; is the source address there, the gateway in a "
                      "connected network, and no rule in the way (`ip rule`)?"));
}

/* The kernel looks for the gateway by the rules of now (fib_check_nh()). */
static char *hint_prohibited(G_GNUC_UNUSED const NetOp *op)
{
    return g_strdup(_("a rule prohibits the way to its gateway; `ip rule` shows it"));
}

/* What an errno means for the operation that got it. */
static const struct {
    NetOpType type;
    int code;
    char *(*text)(const NetOp *op);
} hints[] = {
    {NET_OP_LINK_ADD, EOPNOTSUPP, hint_no_driver}, {NET_OP_LINK_ADD, EEXIST, hint_foreign_device},
    {NET_OP_PORT_ADD, EBUSY, hint_port_in_use},    {NET_OP_PORT_ADD, EPERM, hint_port_up},
    {NET_OP_ROUTE_ADD, ENETUNREACH, hint_gateway}, {NET_OP_ROUTE_ADD, EHOSTUNREACH, hint_gateway},
    {NET_OP_ROUTE_ADD, ENETDOWN, hint_down},       {NET_OP_ROUTE_ADD, EINVAL, hint_route},
    {NET_OP_ROUTE_ADD, EACCES, hint_prohibited},
};

static char *op_hint(const NetOp *op, int code)
{
    for (guint i = 0; i < G_N_ELEMENTS(hints); i++)
        if (hints[i].type == op->type && hints[i].code == code)
            return hints[i].text(op);
    return NULL;
}

void nl_op_set_error(const NetOp *op, int code, const char *text, GError **error)
{
    g_autofree char *attempt = net_op_attempt(op);
    g_autofree char *hint = op_hint(op, code);
    g_autofree char *words = nl_error_words(code, text);

    if (hint && text)
        net_error_set(error, code, _("%s: %s (kernel: %s)"), attempt, hint, text);
    else
        net_error_set(error, code, "%s: %s", attempt, hint ? hint : words);
}

void nl_op_finish(G_GNUC_UNUSED NlBatch *batch, const NetOp *op, int code, const char *text,
                  NetResult *result)
{
    if (code && !net_op_is_satisfied(op, code))
        nl_op_set_error(op, code, text, &result->error);
}
