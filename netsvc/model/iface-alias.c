/* Alias and range files: no devices, but parts of one, their parent. */
#include "i18n.h"
#include "model/iface.h"
#include "model/model-private.h"
#include <net/if.h>
#include <string.h>

/* The old scripts let an alias be letters, digits and underscores; the kernel bounds the whole label
 * (IFNAMSIZ). */
const char *net_alias_fault(const char *label)
{
    const char *alias = strchr(label, ':');

    if (!alias || !alias[1])
        return _("nothing follows the colon");
    if (strlen(label) >= IFNAMSIZ)
        return _("it is longer than 15 bytes");
    for (const char *p = alias + 1; *p; p++)
        if (!g_ascii_isalnum(*p) && *p != '_')
            return _("only letters, digits and '_' may follow the colon");
    return NULL;
}

/* A DEVICE that names the parent alone is a file copied from the parent's: what is meant is in the file's
 * name. */
static void read_alias_name(NetIface *iface, const KindContext *context)
{
    if (!strchr(iface->name, ':')) {
        ifcfg_problems_add(context->problems, IFCFG_WARNING, iface->where,
                           _("DEVICE=%s is not an alias; read as %s"), iface->name, iface->nick);
        g_free(iface->name);
        iface->name = g_strdup(iface->nick);
    }
    g_free(iface->parent_name);
    iface->parent_name = g_strndup(iface->name, strcspn(iface->name, ":"));

    const char *wrong = net_alias_fault(iface->name);
    if (wrong)
        net_iface_fail(iface, iface->where, context->problems, _("'%s' cannot be an alias: %s"), iface->name,
                       wrong);
}

void net_iface_read_alias(NetIface *iface, const KindContext *context)
{
    if (iface->form == IFCFG_ENTRY_ALIAS) {
        read_alias_name(iface, context);
        if (!iface->onboot && iface->nick && !strchr(iface->nick, ':'))
            iface->onparent = FALSE; /* a main file by its name: `network` would not have started it */
    } else {
        g_free(iface->name);
        iface->name = g_strdup(iface->nick); /* DEVICE in a range file is its parent's */
    }
}

/* In the order of ifup-aliases: aliases, then ranges. By their names the files come the other way round. */
static void add_part(GPtrArray *parts, NetIface *iface)
{
    guint at = parts->len;

    if (iface->form == IFCFG_ENTRY_ALIAS)
        while (at > 0 && ((const NetIface *)parts->pdata[at - 1])->form != IFCFG_ENTRY_ALIAS)
            at--;
    g_ptr_array_insert(parts, (int)at, iface);
}

/* ifcfg-lan:1 belongs to ifcfg-lan, whatever device that is. */
void net_iface_find_parent(NetIface *iface, const KindContext *context)
{
    if (iface->form == IFCFG_ENTRY_MAIN)
        return;
    iface->parent = net_model_find(context->model, iface->parent_name);
    if (!iface->parent)
        iface->parent = net_model_find_nick(context->model, iface->parent_name);
    if (iface->parent && iface->parent->form != IFCFG_ENTRY_MAIN)
        iface->parent = NULL;
    if (iface->parent) {
        add_part(iface->parent->aliases, iface);
        return;
    }
    net_iface_fail(iface, iface->where, context->problems,
                   _("%s is an alias, but no file configures its parent device: write one with DEVICE=%s"),
                   iface->name, iface->parent_name);
}

gboolean net_alias_is_near(const NetIface *alias, const IfcfgIp *ip)
{
    const NetIface *part;

    for (guint i = 0; (part = net_iface_part(alias->parent, i)); i++)
        if ((part == alias || net_iface_part_comes_along(alias->parent, part)) && net_iface_is_near(part, ip))
            return TRUE;
    return FALSE;
}

gboolean net_alias_has_gateway(const NetIface *alias, const IfcfgIp *gateway)
{
    const NetIface *holder = alias->parent, *part;

    for (guint i = 1; (part = net_iface_part(alias->parent, i)) && part != alias; i++)
        if (part->gateway.family && net_iface_part_comes_along(alias->parent, part))
            holder = part;
    return ifcfg_ip_equal(&holder->gateway, gateway) && (holder != alias->parent || holder->routes->len > 0);
}
