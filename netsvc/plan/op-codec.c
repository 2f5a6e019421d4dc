/* How what an operation carries is written as KEY=VALUE words, and read again. */
#include "plan/op-codec.h"
#include "model/iface.h"
#include <string.h>
#include <sys/socket.h>

static void append_escaped(GString *line, const char *text)
{
    for (const guchar *c = (const guchar *)text; *c; c++)
        if (g_ascii_isgraph(*c) && *c != '%')
            g_string_append_c(line, (char)*c);
        else
            g_string_append_printf(line, "%%%02x", *c);
}

void op_put_word(GString *line, const char *key, const char *value)
{
    if (!value)
        return;
    g_string_append_printf(line, " %s=", key);
    append_escaped(line, value);
}

void op_put_part(GString *line, const char *key, const char *part, const char *value)
{
    g_autofree char *name = g_strdup_printf("%s.%s", key, part);
    op_put_word(line, name, value);
}

/* Returns the value, or NULL: it is not given. */
char *op_get_word(OpReader *self, const char *key)
{
    char *name = NULL, *value = NULL;
    g_hash_table_steal_extended(self->words, key, (gpointer *)&name, (gpointer *)&value);
    g_free(name);
    return value;
}

char *op_get_part(OpReader *self, const char *key, const char *part)
{
    g_autofree char *name = g_strdup_printf("%s.%s", key, part);
    return op_get_word(self, name);
}

void op_set_fault(OpReader *self, const char *key, const char *value)
{
    if (!self->fault)
        self->fault = value ? g_strdup_printf("%s=%s", key, value) : g_strdup(key);
}

guint64 op_get_number(OpReader *self, const char *key, guint64 max)
{
    g_autofree char *value = op_get_word(self, key);
    guint64 number = 0;
    if (value && !g_ascii_string_to_unsigned(value, 10, 0, max, &number, NULL))
        op_set_fault(self, key, value);
    return number;
}

guint64 op_get_number_part(OpReader *self, const char *key, const char *part, guint64 max)
{
    g_autofree char *name = g_strdup_printf("%s.%s", key, part);
    return op_get_number(self, name, max);
}

void op_put_number(GString *line, const char *key, guint64 number)
{
    if (number)
        g_string_append_printf(line, " %s=%" G_GUINT64_FORMAT, key, number);
}

static void put_text(GString *line, const char *key, gconstpointer field)
{
    op_put_word(line, key, *(const char *const *)field);
}

static void get_text(OpReader *self, const char *key, gpointer field)
{
    char *value = op_get_word(self, key);
    if (value)
        *(const char **)field = net_pool_keep(self->plan->pool, value, g_free);
}

static void put_uint(GString *line, const char *key, gconstpointer field)
{
    op_put_number(line, key, *(const guint32 *)field);
}

static void get_uint(OpReader *self, const char *key, gpointer field)
{
    *(guint32 *)field = (guint32)op_get_number(self, key, G_MAXUINT32);
}

static void put_long(GString *line, const char *key, gconstpointer field)
{
    op_put_number(line, key, *(const guint64 *)field);
}

static void get_long(OpReader *self, const char *key, gpointer field)
{
    *(guint64 *)field = op_get_number(self, key, G_MAXUINT64);
}

static void put_byte(GString *line, const char *key, gconstpointer field)
{
    op_put_number(line, key, *(const guint8 *)field);
}

static void get_byte(OpReader *self, const char *key, gpointer field)
{
    *(guint8 *)field = (guint8)op_get_number(self, key, G_MAXUINT8);
}

static void put_flag(GString *line, const char *key, gconstpointer field)
{
    op_put_number(line, key, *(const gboolean *)field != FALSE);
}

static void get_flag(OpReader *self, const char *key, gpointer field)
{
    *(gboolean *)field = op_get_number(self, key, 1) != 0;
}

static void put_mac(GString *line, const char *key, gconstpointer field)
{
    const IfcfgMac *mac = field;
    g_autofree char *text = ifcfg_mac_format(mac);
    op_put_word(line, key, mac->length ? text : NULL);
}

static void get_mac(OpReader *self, const char *key, gpointer field)
{
    g_autofree char *value = op_get_word(self, key);
    if (value && !ifcfg_mac_parse(value, field))
        op_set_fault(self, key, value);
}

static void put_ip(GString *line, const char *key, gconstpointer field)
{
    const IfcfgIp *ip = field;
    g_autofree char *text = ip->family ? ifcfg_ip_format(ip) : NULL;
    op_put_word(line, key, text);
}

static void get_ip(OpReader *self, const char *key, gpointer field)
{
    g_autofree char *value = op_get_word(self, key);
    if (value && !ifcfg_ip_parse(value, AF_UNSPEC, field))
        op_set_fault(self, key, value);
}

/* LINE:COLUMN:FILE */
static void put_where(GString *line, const char *key, gconstpointer field)
{
    const IfcfgWhere *where = field;
    g_autofree char *text =
        where->file ? g_strdup_printf("%u:%u:%s", where->line, where->column, where->file) : NULL;
    op_put_word(line, key, text);
}

static void get_where(OpReader *self, const char *key, gpointer field)
{
    g_autofree char *value = op_get_word(self, key);
    g_auto(GStrv) parts = g_strsplit(value ? value : "", ":", 3);
    guint64 number[2];
    if (!value)
        return;
    for (guint i = 0; i < 2; i++)
        if (g_strv_length(parts) < 3 ||
            !g_ascii_string_to_unsigned(parts[i], 10, 0, G_MAXUINT, &number[i], NULL)) {
            op_set_fault(self, key, value);
            return;
        }
    *(IfcfgWhere *)field = (IfcfgWhere){g_intern_string(parts[2]), (guint)number[0], (guint)number[1]};
}

void op_get_where_part(OpReader *self, const char *key, IfcfgWhere *where)
{
    g_autofree char *name = g_strdup_printf("%s.where", key);
    get_where(self, name, where);
}

void op_put_where_part(GString *line, const char *key, const IfcfgWhere *where)
{
    g_autofree char *name = g_strdup_printf("%s.where", key);
    put_where(line, name, where);
}

void op_put_number_part(GString *line, const char *key, const char *part, guint64 number)
{
    g_autofree char *name = g_strdup_printf("%s.%s", key, part);
    op_put_number(line, name, number);
}

static void put_address_choices(GString *line, const char *key, const NetAddress *address)
{
    g_autofree char *peer = address->peer.family ? ifcfg_ip_format(&address->peer) : NULL;
    op_put_part(line, key, "peer", peer);
    op_put_number_part(line, key, "flags", address->flags);
    op_put_number_part(line, key, "metric", address->metric);
    op_put_number_part(line, key, "protocol", address->protocol);
}

static void put_address(GString *line, const char *key, gconstpointer field)
{
    const NetAddress *address = *(const NetAddress *const *)field;
    if (!address)
        return;
    g_autofree char *prefix = ifcfg_prefix_format(&address->prefix);
    g_autofree char *broadcast = address->broadcast.family ? ifcfg_ip_format(&address->broadcast) : NULL;
    op_put_word(line, key, prefix);
    op_put_part(line, key, "broadcast", broadcast);
    op_put_part(line, key, "label", address->label);
    op_put_number_part(line, key, "scope", address->scope);
    op_put_number_part(line, key, "check", address->check);
    op_put_number_part(line, key, "announce", address->announce);
    op_put_number_part(line, key, "valid", address->valid);
    op_put_number_part(line, key, "preferred", address->preferred);
    op_put_number_part(line, key, "no-dad", address->no_dad);
    put_address_choices(line, key, address);
    op_put_where_part(line, key, &address->where);
}

static void get_address_choices(OpReader *self, const char *key, NetAddress *address)
{
    g_autofree char *peer = op_get_part(self, key, "peer");
    if (peer && !ifcfg_ip_parse(peer, AF_UNSPEC, &address->peer))
        op_set_fault(self, key, peer);
    address->flags = (guint32)op_get_number_part(self, key, "flags", G_MAXUINT32);
    address->metric = (guint32)op_get_number_part(self, key, "metric", G_MAXUINT32);
    address->protocol = (guint8)op_get_number_part(self, key, "protocol", G_MAXUINT8);
}

static void get_address(OpReader *self, const char *key, gpointer field)
{
    g_autofree char *value = op_get_word(self, key), *label = op_get_part(self, key, "label");
    g_autofree char *broadcast = op_get_part(self, key, "broadcast");
    IfcfgPrefix prefix;
    if (!value)
        return;
    if (!ifcfg_prefix_parse(value, AF_UNSPEC, &prefix)) {
        op_set_fault(self, key, value);
        return;
    }
    NetAddress *address = net_address_new(&prefix, label, (IfcfgWhere){0});
    net_pool_keep(self->plan->pool, address, (GDestroyNotify)net_address_free);
    if (broadcast && !ifcfg_ip_parse(broadcast, AF_UNSPEC, &address->broadcast))
        op_set_fault(self, key, broadcast);
    address->scope = (guint8)op_get_number_part(self, key, "scope", G_MAXUINT8);
    address->check = op_get_number_part(self, key, "check", 1) != 0;
    address->announce = op_get_number_part(self, key, "announce", 1) != 0;
    address->valid = (guint32)op_get_number_part(self, key, "valid", G_MAXUINT32);
    address->preferred = (guint32)op_get_number_part(self, key, "preferred", G_MAXUINT32);
    address->no_dad = op_get_number_part(self, key, "no-dad", 1) != 0;
    get_address_choices(self, key, address);
    op_get_where_part(self, key, &address->where);
    *(const NetAddress **)field = address;
}

/* "default" alone does not tell the families apart. */
static void put_args(GString *line, const char *key, guint8 family, const char *args)
{
    g_autofree char *text = g_strdup_printf("%c %s", family == AF_INET6 ? '6' : '4', args);
    op_put_word(line, key, text);
}

typedef struct {
    char *value;      /* NULL: the line has none */
    const char *text; /* in it, behind the family; NULL: it says none */
    int family;
    IfcfgWhere where;
} Args;

static void args_clear(Args *self)
{
    g_free(self->value);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Args, args_clear)

static Args args_get(OpReader *self, const char *key)
{
    Args args = {.value = op_get_word(self, key)};
    const char *value = args.value ? args.value : "";
    args.family = value[0] == '6' ? AF_INET6 : AF_INET;
    if ((value[0] == '4' || value[0] == '6') && value[1] == ' ')
        args.text = value + 2;
    if (args.value)
        op_get_where_part(self, key, &args.where);
    return args;
}

static void args_refuse(OpReader *self, const char *key, const Args *args)
{
    if (args->value)
        op_set_fault(self, key, args->value);
}

static void put_route(GString *line, const char *key, gconstpointer field)
{
    const IfcfgRoute *route = *(const IfcfgRoute *const *)field;
    g_autofree char *args = route ? ifcfg_route_format(route) : NULL;
    if (!route)
        return;
    put_args(line, key, route->to.ip.family, args);
    op_put_where_part(line, key, &route->where);
}

static void get_route(OpReader *self, const char *key, gpointer field)
{
    g_auto(Args) args = args_get(self, key);
    IfcfgRoute *route = args.text ? ifcfg_route_parse(args.text, args.family, NULL, args.where, NULL) : NULL;
    if (!route) {
        args_refuse(self, key, &args);
        return;
    }
    *(const IfcfgRoute **)field = net_pool_keep(self->plan->pool, route, (GDestroyNotify)ifcfg_route_free);
}

static void put_rule(GString *line, const char *key, gconstpointer field)
{
    const IfcfgRule *rule = *(const IfcfgRule *const *)field;
    g_autofree char *args = rule ? ifcfg_rule_format(rule) : NULL;
    if (!rule)
        return;
    put_args(line, key, rule->family, args);
    op_put_part(line, key, "text", rule->text);
    op_put_where_part(line, key, &rule->where);
}

static void get_rule(OpReader *self, const char *key, gpointer field)
{
    g_auto(Args) args = args_get(self, key);
    IfcfgRule *rule = args.text ? ifcfg_rule_parse(args.text, args.family, NULL, args.where, NULL) : NULL;
    if (!rule) {
        args_refuse(self, key, &args);
        return;
    }
    g_free(rule->text);
    rule->text = op_get_part(self, key, "text");
    *(const IfcfgRule **)field = net_pool_keep(self->plan->pool, rule, (GDestroyNotify)ifcfg_rule_free);
}

static void put_ethtool(GString *line, const char *key, gconstpointer field)
{
    const EthtoolRequest *request = *(const EthtoolRequest *const *)field;
    g_autofree char *text = request ? ethtool_request_format(request) : NULL;
    if (!request)
        return;
    op_put_word(line, key, text);
    op_put_part(line, key, "device", request->device);
    op_put_where_part(line, key, &request->where);
}

static void get_ethtool(OpReader *self, const char *key, gpointer field)
{
    g_autofree char *value = op_get_word(self, key), *device = op_get_part(self, key, "device");
    IfcfgWhere where = {0};
    if (!value)
        return;
    op_get_where_part(self, key, &where);
    g_autoptr(GPtrArray) requests = ethtool_options_parse(value, device ? device : "", where, NULL);
    if (requests->len != 1) {
        op_set_fault(self, key, value);
        return;
    }
    *(const EthtoolRequest **)field = net_pool_keep(self->plan->pool, g_ptr_array_steal_index(requests, 0),
                                                    (GDestroyNotify)ethtool_request_free);
}

#define CODEC(name) const OpCodec op_codec_##name = {put_##name, get_##name}
CODEC(text);
CODEC(uint);
CODEC(long);
CODEC(byte);
CODEC(flag);
CODEC(mac);
CODEC(ip);
CODEC(where);
CODEC(address);
CODEC(route);
CODEC(rule);
CODEC(ethtool);
