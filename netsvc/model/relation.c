/* Relations between interfaces: the table of keys that make them, read by one function for any type, and the
 * reverse lists. */
#include "model/relation.h"
#include "i18n.h"
#include "ifcfg-keys.h"
#include "model/iface.h"
#include "model/model-private.h"
#include <string.h>
#include <sys/socket.h>

typedef struct {
    const char *key;
    NetRole role;
    const char *others;  /* name of the kind at the other end; NULL: any */
    guint traits;        /* of the interface itself: only these have such a relation; 0: all */
    gboolean is_made;    /* a port makes the other end where no file does */
    gboolean is_address; /* the key has not the name of the other end, but an address of it */
    gboolean optional;
} RelationRow;

#define BY_ADDRESS .role = NET_UNDERLAY, .traits = NET_KIND_IS_TUNNEL, .is_address = TRUE, .optional = TRUE

/* Of two keys that make a port the first one counts: the order in which ifup-eth of the old scripts looked
 * at them. */
static const RelationRow rows[] = {
    {.key = "TEAM_MASTER", .role = NET_PORT_OF, .others = "team"},
    {.key = "MASTER", .role = NET_PORT_OF, .others = "bond"},
    {.key = "BRIDGE", .role = NET_PORT_OF, .others = "bridge", .is_made = TRUE},
    {.key = "VRF", .role = NET_PORT_OF, .others = "vrf"},
    {.key = "PHYSDEV", .role = NET_STANDS_ON, .traits = NET_KIND_IS_STACKED, .optional = TRUE},
    {.key = "MACVLAN_PARENT", .role = NET_STANDS_ON, .traits = NET_KIND_IS_STACKED, .optional = TRUE},
    {.key = "OVS_BRIDGE", .role = NET_STANDS_ON, .traits = NET_KIND_BY_DAEMON, .optional = TRUE},
    {.key = "PEER", .role = NET_PEER, .others = "veth", .traits = NET_KIND_IS_PAIR, .optional = TRUE},
    {.key = "VETH_PEER", .role = NET_PEER, .others = "veth", .traits = NET_KIND_IS_PAIR, .optional = TRUE},
    {.key = "PHYSDEV", .role = NET_UNDERLAY, .traits = NET_KIND_IS_TUNNEL, .optional = TRUE},
    {.key = "MY_OUTER_IPADDR", BY_ADDRESS},
    {.key = "IPV6TUNNELIPV4LOCAL", BY_ADDRESS},
};

void net_relation_free(NetRelation *relation)
{
    if (!relation)
        return;
    g_free(relation->name);
    g_free(relation);
}

const NetRelation *net_iface_relation(const NetIface *iface, NetRole role)
{
    for (guint i = 0; iface->relations && i < iface->relations->len; i++) {
        const NetRelation *relation = g_ptr_array_index(iface->relations, i);
        if (relation->role == role)
            return relation;
    }
    return NULL;
}

static NetRelation *relation_new(NetIface *iface, const RelationRow *row, const char *name)
{
    NetRelation *relation = g_new0(NetRelation, 1);
    *relation = (NetRelation){.role = row->role,
                              .key = row->key,
                              .others = row->others,
                              .name = g_strdup(name),
                              .is_made = row->is_made,
                              .optional = row->optional};
    g_ptr_array_add(iface->relations, relation);
    return relation;
}

gboolean net_iface_relate(NetIface *iface, NetRole role, const char *others, const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const RelationRow *row = &rows[i];
        gboolean fits = row->role == role && !row->is_address && (!others || !g_strcmp0(row->others, others));
        if (fits && (!row->traits || net_kind_has(iface->kind, row->traits)))
            return relation_new(iface, row, name) != NULL;
    }
    return FALSE;
}

static NetIface *other_end(const NetIface *iface, NetRole role)
{
    const NetRelation *relation = net_iface_relation(iface, role);
    return relation ? relation->iface : NULL;
}

gboolean net_iface_is_port(const NetIface *iface)
{
    return net_iface_relation(iface, NET_PORT_OF) != NULL;
}

NetIface *net_iface_master(const NetIface *iface)
{
    return other_end(iface, NET_PORT_OF);
}

IfcfgWhere net_iface_master_where(const NetIface *iface)
{
    const NetRelation *relation = net_iface_relation(iface, NET_PORT_OF);
    return relation ? relation->where : iface->where;
}

NetIface *net_iface_lower(const NetIface *iface)
{
    return other_end(iface, NET_STANDS_ON);
}

gboolean net_iface_has_line(const NetIface *iface)
{
    const NetIface *master = net_iface_master(iface);
    return iface->form == IFCFG_ENTRY_MAIN &&
           !(master && net_kind_has(master->kind, NET_KIND_PORTS_ARE_SILENT));
}

static void relation_add(NetIface *iface, const RelationRow *row, const char *name, IfcfgWhere where,
                         const KindContext *context)
{
    NetRelation *relation = relation_new(iface, row, name);
    NetIface *other = row->is_address ? NULL : net_model_find(context->model, name);
    relation->where = where;
    if (other && other->form == IFCFG_ENTRY_MAIN)
        relation->iface = other;
    if (relation->iface && row->role == NET_PORT_OF)
        g_ptr_array_add(relation->iface->ports, iface);
    if (relation->iface && row->role == NET_STANDS_ON)
        g_ptr_array_add(relation->iface->uppers, iface);
}

/* A port without SLAVE=yes: ifup of the bond found it by MASTER alone, then gave it the addresses that its
 * file has. With none at all, a port is what was meant. */
static gboolean is_slave(const NetIface *iface, const char *master, IfcfgWhere where,
                         const KindContext *context)
{
    static const char *const layer3[] = {"IPADDR", "IPADDR0"};
    const char *slave = net_iface_get(iface, "SLAVE", NULL);
    const char *bootproto = net_iface_get(iface, "BOOTPROTO", NULL);

    if (slave && (ifcfg_is_true(slave) || ifcfg_is_false(slave)))
        return ifcfg_is_true(slave);
    for (gsize i = 0; i < G_N_ELEMENTS(layer3); i++)
        if (net_iface_get(iface, layer3[i], NULL)) {
            ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                               _("MASTER=%s is ignored without SLAVE=yes, since the file has an IPADDR"),
                               master);
            return FALSE;
        }
    if (bootproto && net_bootproto_is_dynamic(bootproto)) {
        ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                           _("MASTER=%s is ignored without SLAVE=yes, since the file has BOOTPROTO=%s"),
                           master, bootproto);
        return FALSE;
    }
    ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                       _("MASTER=%s without SLAVE=yes; taken as a port of %s"), master, master);
    return TRUE;
}

static const NetRelation *peer_of(const NetIface *iface)
{
    return net_iface_relation(iface, NET_PEER);
}

static gboolean names_a_peer(const NetIface *iface)
{
    return net_kind_has(iface->kind, NET_KIND_IS_PAIR) &&
           (net_iface_get(iface, "PEER", NULL) || net_iface_get(iface, "VETH_PEER", NULL));
}

/* Both ends are one thing. The other one's file need not say so, nor of
 * what type it is: it was the file of a device that is there by then. */
static void pair_bind(NetIface *iface, const RelationRow *row, const KindContext *context)
{
    const NetRelation *own = peer_of(iface);
    NetIface *other = own->iface;
    if (!other || other == iface)
        return;
    if (peer_of(other) || names_a_peer(other))
        return;
    if (!other->kind->family && !net_kind_has(other->kind, NET_KIND_LEFT_ALONE))
        other->kind = iface->kind;
    if (other->kind == iface->kind)
        relation_add(other, row, iface->name, own->where, context);
}

/* A key that is other programs' has no effect until there is a type for it. */
static gboolean row_counts(const RelationRow *row, const NetIface *iface, const KindContext *context)
{
    const IfcfgKey *key = ifcfg_key_find(row->key);

    if (row->traits && !net_kind_has(iface->kind, row->traits))
        return FALSE;
    return !key || key->state != IFCFG_KEY_INFO || !row->others ||
           net_model_kind(context->model, row->others);
}

/* bond0.355 stands on bond0, eth0.5.6 on eth0.5. */
static char *lower_of_name(const NetIface *iface)
{
    const char *dot = strrchr(iface->name, '.');

    if (!dot || dot == iface->name || !dot[1] || dot[1 + strspn(dot + 1, "0123456789")])
        return NULL;
    return g_strndup(iface->name, (gsize)(dot - iface->name));
}

/* ifup took both from the name, whatever PHYSDEV said, unless VID gave the number. VLAN_ID is
 * NetworkManager's, which went by PHYSDEV. */
static gboolean is_overruled(const RelationRow *row, const NetIface *iface, const char *name,
                             IfcfgWhere where, const KindContext *context)
{
    gboolean decides = row->role == NET_STANDS_ON && net_kind_has(iface->kind, NET_KIND_NAME_DECIDES) &&
                       !net_iface_get(iface, "VID", NULL) && !net_iface_get(iface, "VLAN_ID", NULL);
    g_autofree char *lower = decides ? lower_of_name(iface) : NULL;
    if (!lower || g_str_equal(lower, name))
        return FALSE;
    ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                       _("%s=%s is ignored: by its name %s stands on %s; write VID=%s too if %s is meant"),
                       row->key, name, iface->name, lower, strrchr(iface->name, '.') + 1, name);
    return TRUE;
}

static void row_read(const RelationRow *row, NetIface *iface, const KindContext *context)
{
    IfcfgWhere where;
    const char *name = net_iface_get(iface, row->key, &where);

    if (!name || !row_counts(row, iface, context) || is_overruled(row, iface, name, where, context))
        return;
    const NetRelation *first = net_iface_relation(iface, row->role);
    if (row->role == NET_PORT_OF && g_str_equal(iface->name, "lo")) /* which the host needs, port or not */
        ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                           _("%s=%s is ignored: the loopback device cannot be a port; remove this line"),
                           row->key, name);
    else if (first && row->role == NET_PORT_OF)
        ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                           _("%s=%s is ignored, since %s=%s makes it a port already"), row->key, name,
                           first->key, first->name);
    else if (first && row->role != NET_UNDERLAY)
        ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                           _("%s=%s is ignored, since %s=%s says it already"), row->key, name, first->key,
                           first->name);
    else if (strcmp(row->key, "MASTER") != 0 || is_slave(iface, name, where, context))
        relation_add(iface, row, name, where, context);
    if (row->role == NET_PEER && !first)
        pair_bind(iface, row, context);
}

static void slave_check(const NetIface *iface, const KindContext *context)
{
    if (!net_iface_get(iface, "MASTER", NULL) && net_iface_get_bool(iface, "SLAVE", FALSE))
        ifcfg_problems_add(context->problems, IFCFG_WARNING, ifcfg_record_where(iface->record, "SLAVE"),
                           _("SLAVE=yes without MASTER; %s is a port of nothing"), iface->name);
}

void net_iface_read_master(NetIface *iface, const KindContext *context)
{
    if (iface->form != IFCFG_ENTRY_MAIN)
        return;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        if (rows[i].role == NET_PORT_OF)
            row_read(&rows[i], iface, context);
    slave_check(iface, context);
}

static NetIface *made_new(const NetRelation *relation)
{
    g_autoptr(IfcfgRecord) empty = ifcfg_record_parse(relation->name, "", 0, NULL, NULL);
    IfcfgEntry entry = {.kind = IFCFG_ENTRY_MAIN, .name = relation->name, .record = empty};
    NetIface *made = net_iface_new(&entry);

    made->name = g_strdup(relation->name);
    return made;
}

NetIface *net_iface_make_master(NetIface *iface, const KindContext *context)
{
    NetRelation *relation = (NetRelation *)net_iface_relation(iface, NET_PORT_OF);

    if (!relation || relation->iface || !relation->is_made || ifcfg_ifname_fault(relation->name) ||
        !net_model_kind(context->model, relation->others))
        return NULL;
    NetIface *known = net_model_find(context->model, relation->name);
    relation->iface = known ? known : made_new(relation);
    g_ptr_array_add(relation->iface->ports, iface);
    ifcfg_problems_add(context->problems, IFCFG_WARNING, relation->where,
                       _("%s=%s: there is no ifcfg-%s, so that the %s is made without options and without an "
                         "address"),
                       relation->key, relation->name, relation->name, relation->others);
    return known ? NULL : relation->iface;
}

static void lower_of_name_read(NetIface *iface, const KindContext *context)
{
    static const RelationRow row = {.key = "DEVICE", .role = NET_STANDS_ON, .optional = TRUE};
    g_autofree char *name = lower_of_name(iface);

    if (name)
        relation_add(iface, &row, name, iface->where, context);
}

void net_iface_read_relations(NetIface *iface, const KindContext *context)
{
    if (iface->form != IFCFG_ENTRY_MAIN)
        return;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        if (rows[i].role != NET_PORT_OF)
            row_read(&rows[i], iface, context);
    if (net_kind_has(iface->kind, NET_KIND_IS_STACKED) && !net_iface_relation(iface, NET_STANDS_ON))
        lower_of_name_read(iface, context);
}
