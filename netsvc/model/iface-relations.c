/* What an interface belongs to: an alias or range file to its parent, a port to its controller. */
#include "i18n.h"
#include "model/iface.h"
#include "model/model-private.h"
#include <net/if.h>
#include <string.h>

/* The old scripts let an alias be letters, digits and underscores; the kernel bounds the whole label
 * (IFNAMSIZ). */
static const char *alias_fault(const char *label)
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

    const char *wrong = alias_fault(iface->name);
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

/* A port without SLAVE=yes: ifup of the bond found it by MASTER alone, then gave it no address, since it had
 * none. */
static gboolean is_port(const NetIface *iface, const char *master, IfcfgWhere where,
                        const KindContext *context)
{
    const char *slave = net_iface_get(iface, NULL, "SLAVE", NULL);

    if (slave && ifcfg_is_true(slave))
        return TRUE;
    if (slave && ifcfg_is_false(slave))
        return FALSE;
    if (net_iface_get(iface, NULL, "IPADDR", NULL) || net_iface_get(iface, NULL, "IPADDR0", NULL)) {
        ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                           _("MASTER=%s is ignored without SLAVE=yes, since the file has an IPADDR"), master);
        return FALSE;
    }
    ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                       _("MASTER=%s without SLAVE=yes; taken as a port of %s"), master, master);
    return TRUE;
}

static void read_master(NetIface *iface, const KindContext *context)
{
    IfcfgWhere where;
    const char *master = net_iface_get(iface, NULL, "MASTER", &where);

    if (!master) {
        if (net_iface_get_bool(iface, NULL, "SLAVE", FALSE))
            ifcfg_problems_add(context->problems, IFCFG_WARNING, ifcfg_record_where(iface->record, "SLAVE"),
                               _("SLAVE=yes without MASTER; %s is a port of nothing"), iface->name);
        return;
    }
    if (!is_port(iface, master, where, context))
        return;
    iface->master = g_strdup(master);
    iface->master_where = where;
    iface->controller = net_model_find(context->model, master);
    if (iface->controller && iface->controller->form != IFCFG_ENTRY_MAIN)
        iface->controller = NULL;
    if (iface->controller)
        g_ptr_array_add(iface->controller->ports, iface);
}

/* ifcfg-lan:1 belongs to ifcfg-lan, whatever device that is. */
static void find_parent(NetIface *iface, const KindContext *context)
{
    iface->parent = net_model_find(context->model, iface->parent_name);
    if (!iface->parent)
        iface->parent = net_model_find_nick(context->model, iface->parent_name);
    if (iface->parent && iface->parent->form != IFCFG_ENTRY_MAIN)
        iface->parent = NULL;
    if (iface->parent) {
        g_ptr_array_add(iface->parent->aliases, iface);
        return;
    }
    net_iface_fail(iface, iface->where, context->problems,
                   _("%s is an alias, but no file configures its parent device: write one with DEVICE=%s"),
                   iface->name, iface->parent_name);
}

void net_iface_read_relations(NetIface *iface, const KindContext *context)
{
    if (iface->form == IFCFG_ENTRY_MAIN)
        read_master(iface, context);
    else
        find_parent(iface, context);
}
