/* Relations that lead nowhere, to the wrong kind, or to what the kernel takes no port of: told at the key. */
#include "i18n.h"
#include "model/iface.h"
#include "model/model-private.h"
#include "model/relation.h"
#include <string.h>
#include <sys/socket.h>

static gboolean has_address(const NetIface *iface, const IfcfgIp *ip)
{
    for (guint i = 0; i < iface->addresses->len; i++)
        if (ifcfg_ip_equal(&((const NetAddress *)g_ptr_array_index(iface->addresses, i))->prefix.ip, ip))
            return TRUE;
    return FALSE;
}

/* The interface that has the address, itself or by an alias. An address that no file has is somebody else's
 * affair. */
static void find_underlay(NetRelation *relation, const KindContext *context)
{
    IfcfgIp ip;

    if (!ifcfg_ip_parse(relation->name, AF_UNSPEC, &ip))
        return;
    for (guint i = 0; i < net_model_length(context->model) && !relation->iface; i++) {
        NetIface *iface = net_model_nth(context->model, i);
        if (has_address(iface, &ip))
            relation->iface = iface->parent ? iface->parent : iface;
    }
}

/* What is not supported yet is said once, with the key that asks for it. */
static void relation_leave_alone(NetIface *iface, const NetRelation *relation)
{
    if (iface->unsupported)
        return;
    iface->unsupported = g_strdup_printf("%s=%s", relation->key, relation->name);
    iface->unsupported_where = relation->where;
}

/* ifcfg-bond1 is there, but is another device's by its DEVICE line. */
static const NetIface *misnamed(const NetRelation *relation, const KindContext *context)
{
    const NetIface *file = net_model_find_nick(context->model, relation->name);
    return file && file->record && ifcfg_record_get(file->record, "DEVICE") ? file : NULL;
}

/* No file is about the other end: the reason that is nearest. */
static void missing_end_fail(NetIface *iface, const NetRelation *relation, const KindContext *context)
{
    const NetIface *file = misnamed(relation, context);
    const char *guess = net_model_guess(context->model, relation->name, relation->others);
    IfcfgWhere where;

    if (file)
        net_iface_fail(
            iface, relation->where, context->problems,
            _("%s=%s: ifcfg-%s is about %s, as its line %u says DEVICE=%s; correct one of the two"),
            relation->key, relation->name, relation->name, file->name,
            ifcfg_record_where(file->record, "DEVICE").line, ifcfg_record_get(file->record, "DEVICE"));
    else if (net_model_has_unreadable(context->model, relation->name, &where)) /* and that was told */
        net_iface_fail(iface, relation->where, NULL, _("%s=%s: ifcfg-%s cannot be read"), relation->key,
                       relation->name, relation->name);
    else if (guess)
        net_iface_fail(iface, relation->where, context->problems,
                       _("%s=%s: there is no configuration of %s; did you mean %s? Else write ifcfg-%s"),
                       relation->key, relation->name, relation->name, guess, relation->name);
    else
        net_iface_fail(iface, relation->where, context->problems,
                       _("%s=%s: there is no configuration of %s; write ifcfg-%s, or correct the name"),
                       relation->key, relation->name, relation->name, relation->name);
}

static void end_check(NetIface *iface, const NetRelation *relation, const KindContext *context)
{
    const NetIface *other = relation->iface;

    if (!other)
        missing_end_fail(iface, relation, context);
    else if (relation->others && strcmp(other->kind->name, relation->others) != 0)
        net_iface_fail(iface, relation->where, context->problems,
                       _("%s=%s: %s is configured in %s, but not as a %s; correct the name, or that file"),
                       relation->key, relation->name, relation->name, other->file, relation->others);
}

static void pair_check(NetIface *iface, const NetRelation *relation, const KindContext *context)
{
    const NetRelation *back = relation->iface ? net_iface_relation(relation->iface, NET_PEER) : NULL;

    if (relation->iface == iface)
        net_iface_fail(iface, relation->where, context->problems,
                       _("%s=%s: a device cannot be its own other end; name another one"), relation->key,
                       relation->name);
    else if (back && back->iface != iface)
        net_iface_fail(iface, relation->where, context->problems,
                       _("%s=%s: the other end of %s is %s, as %s says; correct one of the two"),
                       relation->key, relation->name, relation->name, back->name, relation->iface->file);
}

static void relation_check(NetIface *iface, const NetRelation *relation, const KindContext *context)
{
    const char *wrong = relation->role == NET_UNDERLAY ? NULL : ifcfg_ifname_fault(relation->name);

    if (relation->others && !net_model_kind(context->model, relation->others))
        relation_leave_alone(iface, relation);
    else if (wrong) /* the check of keys has told so */
        net_iface_fail(iface, relation->where, NULL, _("'%s' cannot be an interface name: %s"),
                       relation->name, wrong);
    else if (relation->iface || !relation->optional)
        end_check(iface, relation, context);
    if (relation->role == NET_PEER)
        pair_check(iface, relation, context);
}

/* The kernel refuses the one, and a network card's driver mostly the other. */
static void port_check(NetIface *iface, const KindContext *context)
{
    const NetRelation *relation = net_iface_relation(iface, NET_PORT_OF);
    const char *type = net_iface_get(iface, "TYPE", NULL);

    if (!relation)
        return;
    if (net_iface_get(iface, "ESSID", NULL) || (type && !g_ascii_strcasecmp(type, "Wireless")))
        net_iface_fail(iface, relation->where, context->problems,
                       _("%s=%s: a wireless device cannot be a port; remove this line"), relation->key,
                       relation->name);
    else if (relation->iface && relation->iface != iface && relation->iface->kind == iface->kind &&
             net_kind_has(iface->kind, NET_KIND_IS_NO_PORT_OF_ITS_LIKE))
        net_iface_fail(
            iface, relation->where, context->problems,
            _("%s=%s: both are of type %s, and the kernel takes none into another; a veth pair can join "
              "two"),
            relation->key, relation->name, iface->kind->name);
    else if (net_kind_has(iface->kind, NET_KIND_IS_NO_PORT) &&
             !(relation->iface && net_kind_has(relation->iface->kind, NET_KIND_KEEPS_LAYER3)))
        net_iface_fail(iface, relation->where, context->problems,
                       _("%s=%s: %s is of type %s, of which the kernel takes none as a port"), relation->key,
                       relation->name, iface->name, iface->kind->name);
}

void net_iface_check_relations(NetIface *iface, const KindContext *context)
{
    port_check(iface, context);
    if (net_kind_has(iface->kind, NET_KIND_LEFT_ALONE))
        return;
    for (guint i = 0; i < iface->relations->len; i++) {
        NetRelation *relation = g_ptr_array_index(iface->relations, i);
        if (relation->role == NET_UNDERLAY)
            find_underlay(relation, context);
        relation_check(iface, relation, context);
    }
}
