/* Operations on disk: what each type carries is a list of fields. */
#include "plan/op-text.h"
#include "i18n.h"
#include "plan/op-codec.h"
#include <stddef.h>
#include <string.h>

typedef struct {
    const char *key;
    gsize offset; /* in NetOp */
    const OpCodec *codec;
    gboolean is_required; /* a pointer that an operation of this type is nothing without */
} Field;

#define FIELD(key, member, codec)                                                                            \
    {                                                                                                        \
        key, offsetof(NetOp, member), &op_codec_##codec, FALSE                                               \
    }
#define NEED(key, member, codec)                                                                             \
    {                                                                                                        \
        key, offsetof(NetOp, member), &op_codec_##codec, TRUE                                                \
    }

static const Field common[] = {
    FIELD("dev", dev, text),
    FIELD("owner", owner, text),
    FIELD("group", group, uint),
    FIELD("depth", depth, byte),
    FIELD("forget", forget, flag),
    FIELD("where", where, where),
    {NULL},
};

static const Field nothing[] = {{NULL}};
static const Field module[] = {
    NEED("module", module.name, text),
    FIELD("options", module.options, text),
    {NULL},
};
static const Field wait[] = {
    FIELD("timeout", wait.timeout_ms, uint),
    FIELD("mac", wait.mac, mac),
    FIELD("why", wait.why, text),
    FIELD("hint", wait.hint, text),
    FIELD("address", wait.address, address),
    FIELD("wants-one", wait.wants_one, flag),
    {NULL},
};
static const Field create[] = {
    NEED("family", create.family, family),  FIELD("settings", create.settings, settings),
    FIELD("mac", create.mac, mac),          FIELD("mtu", create.mtu, uint),
    FIELD("lower", create.lower, text),     FIELD("peer", create.peer, text),
    FIELD("ifindex", create.ifindex, uint), {NULL},
};
static const Field attr[] = {
    FIELD("attr", attr.setting, attribute),
    FIELD("before", attr.before, text),
    FIELD("gives-back", attr.gives_back, flag),
    {NULL},
};
static const Field master[] = {FIELD("master", master, text), {NULL}};
static const Field port[] = {NEED("master", master, text), {NULL}};
static const Field set[] = {
    NEED("family", set.family, family),
    NEED("settings", set.settings, settings),
    FIELD("controller", set.controller, text),
    {NULL},
};
static const Field vlans[] = {
    NEED("list", vlans.list, text),
    FIELD("record", vlans.record, text),
    FIELD("self", vlans.is_self, flag),
    {NULL},
};
static const Field carrier[] = {
    FIELD("timeout", carrier.timeout_ms, uint),
    FIELD("partner", carrier.partner, text),
    FIELD("port-delay", carrier.port_delay_ms, uint),
    FIELD("by-port", carrier.by_port, flag),
    FIELD("but", carrier.but, text),
    {NULL},
};
static const Field probe[] = {
    NEED("address", probe.address, address),
    FIELD("tries", probe.tries, uint),
    FIELD("timeout", probe.timeout_ms, uint),
    {NULL},
};
static const Field address[] = {NEED("address", address, address), {NULL}};
static const Field lease[] = {NEED("lease", lease.lease, lease), FIELD("others", lease.others, text), {NULL}};
static const Field neighbour[] = {
    FIELD("ip", neighbour.ip, ip),
    FIELD("mac", neighbour.mac, mac),
    FIELD("proxy", neighbour.is_proxy, flag),
    {NULL},
};
static const Field sysctl[] = {
    NEED("key", sysctl.key, text),
    NEED("value", sysctl.value, text),
    FIELD("before", sysctl.before, text),
    FIELD("gives-back", sysctl.gives_back, flag),
    {NULL},
};
static const Field route[] = {
    NEED("route", route, route),
    FIELD("plus-ifindex", metric_plus_ifindex, flag),
    FIELD("replace", replace, flag),
    FIELD("by-nexthop", by_nexthop, uint),
    {NULL},
};
static const Field nexthop[] = {
    NEED("nexthop", nexthop.item, nexthop),
    FIELD("replaces", nexthop.replaces, flag),
    {NULL},
};
static const Field rule[] = {NEED("rule", rule, rule), {NULL}};

static const Field share[] = {
    NEED("share", names.share, names),
    FIELD("rank", names.rank, uint),
    FIELD("known", names.known, shares),
    {NULL},
};

static const Field no_share[] = {
    FIELD("rank", names.rank, uint),
    FIELD("known", names.known, shares),
    {NULL},
};

static const Field zone[] = {
    NEED("zone", zone.name, text),
    FIELD("firewalld", zone.firewalld, long),
    {NULL},
};
static const Field no_zone[] = {FIELD("firewalld", zone.firewalld, long), {NULL}};

static const Field ethtool[] = {
    NEED("request", ethtool.request, ethtool),
    FIELD("delay", ethtool.delay_us, uint),
    {NULL},
};

static const Field hook[] = {
    NEED("run", hook.run, run),
    FIELD("record", hook.record, text),
    {NULL},
};

static const Field teamd[] = {NEED("config", teamd.config, text), {NULL}};

static const Field *const type_fields[] = {
    [NET_OP_SYSCTL_APPLY] = nothing,   [NET_OP_MODULE_LOAD] = module,    [NET_OP_LINK_WAIT] = wait,
    [NET_OP_LINK_ADD] = create,        [NET_OP_LINK_DELETE] = master,    [NET_OP_LINK_UP] = nothing,
    [NET_OP_LINK_DOWN] = nothing,      [NET_OP_LINK_ATTR] = attr,        [NET_OP_PORT_ADD] = port,
    [NET_OP_PORT_REMOVE] = port,       [NET_OP_LINK_SET] = set,          [NET_OP_PORT_SET] = set,
    [NET_OP_VLANS_ADD] = vlans,        [NET_OP_VLANS_DELETE] = vlans,    [NET_OP_DAD_WAIT] = wait,
    [NET_OP_CARRIER_WAIT] = carrier,   [NET_OP_ADDR_PROBE] = probe,      [NET_OP_ADDR_ADD] = address,
    [NET_OP_ADDR_DELETE] = address,    [NET_OP_ADDR_ANNOUNCE] = address, [NET_OP_SYSCTL_SET] = sysctl,
    [NET_OP_NEIGH_ADD] = neighbour,    [NET_OP_ROUTE_ADD] = route,       [NET_OP_ROUTE_DELETE] = route,
    [NET_OP_RULE_ADD] = rule,          [NET_OP_RULE_DELETE] = rule,      [NET_OP_LEASE_GET] = lease,
    [NET_OP_LEASE_DROP] = lease,       [NET_OP_VERIFY] = nothing,        [NET_OP_NAMES_SET] = share,
    [NET_OP_NAMES_DROP] = no_share,    [NET_OP_ZONE_SET] = zone,         [NET_OP_ZONE_DROP] = no_zone,
    [NET_OP_ETHTOOL_SET] = ethtool,    [NET_OP_HOOK_RUN] = hook,         [NET_OP_TEAMD_START] = teamd,
    [NET_OP_TEAMD_STOP] = nothing,     [NET_OP_MANAGER_LEAVE] = nothing, [NET_OP_NEXTHOP_SET] = nexthop,
    [NET_OP_NEXTHOP_DELETE] = nexthop,
};
G_STATIC_ASSERT(G_N_ELEMENTS(type_fields) == NET_OP_LAST);

static const char *severity_name(guint severity)
{
    static const char *const names[] = {"fatal", "degrade", "one-of", "warn"};
    return severity < G_N_ELEMENTS(names) ? names[severity] : NULL;
}

static const char *type_name(guint type)
{
    return net_op_type_name(type);
}

static const char *phase_name(guint phase)
{
    return net_phase_name(phase);
}

/* Returns whether there is such a name. */
static gboolean number_of(const char *(*name_of)(guint number), const char *text, guint *ret)
{
    const char *name;
    for (guint i = 0; text && (name = name_of(i)); i++)
        if (g_str_equal(name, text)) {
            *ret = i;
            return TRUE;
        }
    return FALSE;
}

static void put_fields(GString *line, const Field *fields, const NetOp *op)
{
    for (const Field *field = fields; field->key; field++)
        field->codec->put(line, field->key, (const char *)op + field->offset);
}

static void get_fields(OpReader *self, const Field *fields, NetOp *op)
{
    for (const Field *field = fields; field->key; field++) {
        gpointer value = (char *)op + field->offset;
        field->codec->get(self, field->key, value);
        if (field->is_required && !*(gpointer *)value)
            op_set_fault(self, field->key, NULL);
    }
}

char *net_op_to_text(const NetOp *op)
{
    GString *line = g_string_new(net_op_type_name(op->type));
    op_put_word(line, "phase", net_phase_name(op->phase));
    op_put_word(line, "severity", severity_name(op->severity));
    put_fields(line, common, op);
    op_put_word(line, "iface", op->iface ? op->iface->name : NULL);
    put_fields(line, type_fields[op->type], op);
    return g_string_free(line, FALSE);
}

/* Returns NULL when a %XX is not one, or is a NUL. */
static char *unescape(const char *text)
{
    g_autoptr(GString) plain = g_string_new(NULL);
    for (; *text; text++) {
        if (*text != '%') {
            g_string_append_c(plain, *text);
            continue;
        }
        int high = g_ascii_xdigit_value(text[1]), low = high < 0 ? -1 : g_ascii_xdigit_value(text[2]);
        if (low < 0 || high * 16 + low == 0)
            return NULL;
        g_string_append_c(plain, (char)(high * 16 + low));
        text += 2;
    }
    return g_string_free(g_steal_pointer(&plain), FALSE);
}

/* Takes in KEY=VALUE words; the type is the first one, which has no key. */
static void split_words(OpReader *self, char **words)
{
    for (guint i = 1; words[i] && !self->fault; i++) {
        char *equal = strchr(words[i], '='), *value = equal ? unescape(equal + 1) : NULL;
        char *key = value ? g_strndup(words[i], (gsize)(equal - words[i])) : NULL;
        if (!key || g_hash_table_contains(self->words, key)) {
            op_set_fault(self, words[i], NULL);
            g_free(value);
            g_free(key);
        } else {
            g_hash_table_insert(self->words, key, value);
        }
    }
}

static void get_name(OpReader *self, const char *key, const char *(*name_of)(guint number), guint *ret)
{
    g_autofree char *value = op_get_word(self, key);
    if (!number_of(name_of, value, ret))
        op_set_fault(self, key, value);
}

static void get_op(OpReader *self, NetOp *op, const NetModel *model)
{
    guint phase = 0, severity = 0;
    get_name(self, "phase", phase_name, &phase);
    get_name(self, "severity", severity_name, &severity);
    op->phase = phase;
    op->severity = severity;
    get_fields(self, common, op);
    get_fields(self, type_fields[op->type], op);
    g_autofree char *iface = op_get_word(self, "iface");
    op->iface = iface && model ? net_model_find(model, iface) : NULL;
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init(&iter, self->words);
    while (g_hash_table_iter_next(&iter, &key, &value))
        op_set_fault(self, key, value);
}

NetOp *net_op_from_text(NetPlan *plan, const char *text, const NetModel *model, GError **error)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    g_autoptr(GHashTable) table = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    OpReader reader = {.plan = plan, .words = table};
    g_autofree NetOp *op = g_new0(NetOp, 1);
    guint type = 0;
    if (number_of(type_name, words[0], &type)) {
        op->type = type;
        split_words(&reader, words);
        get_op(&reader, op, model);
    } else {
        op_set_fault(&reader, words[0] ? words[0] : "", NULL);
    }
    if (!reader.fault)
        return g_steal_pointer(&op);
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, _("not an operation of a plan: %s"), reader.fault);
    g_free(reader.fault);
    return NULL;
}
