/* IPv4 addresses of an interface: IPADDR, IPADDR0, IPADDR1 ... with what belongs to each, and the addresses
 * of a range file. */
#include "i18n.h"
#include "ifcfg-keys.h"
#include "model/iface.h"
#include "model/model-private.h"
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

enum { FIRST_NO_HOST = 224 }; /* from here on: multicast and reserved (RFC 1112, RFC 5771) */

typedef struct {
    const char *suffix; /* "", "0", "12": points into the key */
    guint64 number;     /* one more than the suffix, 0 for none: IPADDR comes before IPADDR0 */
} AddressIndex;

static int index_compare(gconstpointer a, gconstpointer b)
{
    const AddressIndex *x = a, *y = b;

    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return strcmp(x->suffix, y->suffix);
}

/* All IPADDRn of the file. The old scripts stopped at the first gap after IPADDR1, and lost the addresses
 * behind it. */
static GArray *list_indices(const IfcfgRecord *record)
{
    GArray *indices = g_array_new(FALSE, FALSE, sizeof(AddressIndex));
    guint length = ifcfg_record_length(record);

    for (guint i = 0; i < length; i++) {
        const IfcfgAssignment *assignment = ifcfg_record_nth_counting(record, i);
        if (!assignment || *assignment->key != 'I' || strncmp(assignment->key, "IPADDR", 6) != 0)
            continue;

        const char *suffix = assignment->key + 6;
        if (suffix[strspn(suffix, "0123456789")] || strlen(suffix) > 9)
            continue;
        AddressIndex index = {.suffix = suffix,
                              .number = *suffix ? 1 + g_ascii_strtoull(suffix, NULL, 10) : 0};
        g_array_append_val(indices, index);
    }
    g_array_sort(indices, index_compare);
    return indices;
}

gboolean net_iface_numbered_bool(const NetIface *iface, const char *key, const char *suffix)
{
    const char *value = *suffix ? net_iface_get_numbered(iface, key, suffix, NULL) : NULL;

    if (!value)
        value = iface->parent ? net_iface_inherit(iface, key, NULL) : net_iface_get(iface, key, NULL);
    return !value || !ifcfg_is_false(value);
}

/* BROADCASTn of the file; an alias does not have its parent's (ifup-aliases reckons its own where the two are
 * alike). On lo it means nothing: the kernel has none there, though every stock ifcfg-lo has the line. */
static void broadcast_read(const NetIface *iface, const char *suffix, NetAddress *address)
{
    const char *value = net_iface_get_numbered(iface, "BROADCAST", suffix, NULL);

    if (!value || !strcmp(net_iface_device(iface), "lo"))
        return;
    if (!strcmp(value, "-") && address->prefix.length <= 30)
        address->broadcast = ifcfg_prefix_network(&address->prefix).ip;
    else
        ifcfg_ip_parse(value, AF_INET, &address->broadcast);
}

typedef enum { LENGTH_GIVEN, LENGTH_NONE, LENGTH_BAD } LengthResult;

/* PREFIXn, else NETMASKn of one file. Bad values were reported by ifcfg_keys_check(). */
static LengthResult length_of(const NetIface *iface, const char *suffix, guint8 *ret_length)
{
    const char *prefix = net_iface_get_numbered(iface, "PREFIX", suffix, NULL);
    const char *netmask = net_iface_get_numbered(iface, "NETMASK", suffix, NULL);
    guint64 number;

    if (prefix) {
        if (!g_ascii_string_to_unsigned(prefix, 10, 0, 32, &number, NULL))
            return LENGTH_BAD;
        *ret_length = (guint8)number;
        return LENGTH_GIVEN;
    }
    if (netmask)
        return ifcfg_netmask_parse(netmask, ret_length) ? LENGTH_GIVEN : LENGTH_BAD;
    return LENGTH_NONE;
}

/* The file's own length first, both keys, before the parent's: the old scripts let the parent's PREFIX beat
 * an alias' own NETMASK. */
static gboolean length_read(const NetIface *iface, const char *suffix, gboolean has_length,
                            IfcfgPrefix *prefix, IfcfgWhere where, const KindContext *context)
{
    LengthResult result = length_of(iface, suffix, &prefix->length);

    if (result == LENGTH_NONE && has_length)
        return TRUE;
    if (result == LENGTH_NONE && iface->parent)
        result = length_of(iface->parent, "", &prefix->length);
    if (result != LENGTH_NONE)
        return result == LENGTH_GIVEN;
    if (iface->form != IFCFG_ENTRY_MAIN) {
        ifcfg_problems_add(
            context->problems, IFCFG_ERROR, where,
            _("neither this file nor ifcfg-%s has a PREFIX or NETMASK; the address is ignored"),
            iface->parent_name);
        return FALSE;
    }
    prefix->length = ifcfg_ip_class_length(&prefix->ip);
    ifcfg_problems_add(
        context->problems, IFCFG_WARNING, where,
        _("IPADDR%s has neither PREFIX%s nor NETMASK%s; its class makes it /%u: write the one that is meant"),
        suffix, suffix, suffix, prefix->length);
    return TRUE;
}

/* Names as in `ip addr`; the word "scope" before it is what the old scripts wanted. */
static gboolean scope_parse(const char *text, guint8 *ret_scope)
{
    static const struct {
        const char *name;
        guint8 scope;
    } names[] = {{"global", RT_SCOPE_UNIVERSE}, {"universe", RT_SCOPE_UNIVERSE},
                 {"site", RT_SCOPE_SITE},       {"link", RT_SCOPE_LINK},
                 {"host", RT_SCOPE_HOST},       {"nowhere", RT_SCOPE_NOWHERE}};
    guint64 number;

    if (g_str_has_prefix(text, "scope ") || g_str_has_prefix(text, "scope\t"))
        text += strlen("scope ");
    while (*text == ' ' || *text == '\t')
        text++;
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (!strcmp(text, names[i].name)) {
            *ret_scope = names[i].scope;
            return TRUE;
        }
    if (!g_ascii_string_to_unsigned(text, 10, 0, 255, &number, NULL))
        return FALSE;
    *ret_scope = (guint8)number;
    return TRUE;
}

/* SCOPE went to `ip addr add` as it was, so that files have "peer ADDRESS" there. */
static gboolean scope_is_peer(const NetIface *iface, IfcfgPrefix *ret_peer)
{
    const char *text = net_iface_get(iface, "SCOPE", NULL);

    if (!text || !g_str_has_prefix(text, "peer "))
        return FALSE;
    g_autofree char *address = g_strstrip(g_strdup(text + strlen("peer ")));
    return ifcfg_prefix_parse(address, AF_INET, ret_peer);
}

/* As in ifup-eth; an alias of the loopback device is for everybody: a virtual server's address. */
static guint8 scope_read(NetIface *iface, const KindContext *context)
{
    IfcfgWhere where;
    const char *text = net_iface_get(iface, "SCOPE", &where);
    guint8 scope = iface->parent || strcmp(net_iface_device(iface), "lo") ? RT_SCOPE_UNIVERSE : RT_SCOPE_HOST;
    IfcfgPrefix peer;
    if (!text || scope_is_peer(iface, &peer) || scope_parse(text, &scope))
        return scope;
    ifcfg_problems_add(context->problems, IFCFG_ERROR, where,
                       _("unknown SCOPE=%s: expected global, site, link or host; ignored"), text);
    return scope;
}

/* What would come up, but hardly as it was meant. */
static void host_part_check(const IfcfgPrefix *prefix, IfcfgWhere where, IfcfgProblems *problems)
{
    IfcfgPrefix network = ifcfg_prefix_network(prefix);
    IfcfgIp broadcast = ifcfg_prefix_broadcast(prefix);
    gboolean is_network = prefix->length < 31 && ifcfg_ip_equal(&network.ip, &prefix->ip);
    gboolean is_broadcast = broadcast.family != AF_UNSPEC && ifcfg_ip_equal(&broadcast, &prefix->ip);
    if (!is_network && !is_broadcast)
        return;
    g_autofree char *text = ifcfg_prefix_format(prefix);
    if (is_network)
        ifcfg_problems_add(problems, IFCFG_WARNING, where,
                           _("%s is the address of the network itself, not of a host"), text);
    else
        ifcfg_problems_add(problems, IFCFG_WARNING, where, _("%s is the broadcast address of its network"),
                           text);
}

static void address_add(NetIface *iface, const IfcfgPrefix *prefix, const char *label, const char *suffix,
                        guint8 scope, IfcfgWhere where)
{
    NetAddress *address = net_address_new(prefix, label, where);
    IfcfgPrefix peer;

    broadcast_read(iface, suffix, address);
    /* as `ip addr add` takes it of itself (iproute2, ipaddress.c, default_scope) */
    address->scope = scope || prefix->ip.bytes[0] != IN_LOOPBACKNET ? scope : RT_SCOPE_HOST;
    if (scope_is_peer(iface, &peer)) {
        address->peer = peer.ip;
        address->prefix.length = peer.length;
    }
    address->check = net_iface_numbered_bool(iface, "ARPCHECK", suffix);
    address->announce = net_iface_numbered_bool(iface, "ARPUPDATE", suffix);
    g_ptr_array_add(iface->addresses, address);
}

/* "0.0.0.0" is what people write for "no address". Returns FALSE if the value is wrong. */
static gboolean address_read(NetIface *iface, const AddressIndex *index, guint8 scope,
                             const KindContext *context)
{
    IfcfgWhere where;
    const char *text = net_iface_get_numbered(iface, "IPADDR", index->suffix, &where);
    IfcfgPrefix prefix = {0};

    if (!text || !strcmp(text, "0.0.0.0"))
        return TRUE;
    gboolean has_length = strchr(text, '/') && ifcfg_prefix_parse(text, AF_INET, &prefix);
    if (!has_length && !ifcfg_ip_parse(text, AF_INET, &prefix.ip))
        return FALSE; /* reported by ifcfg_keys_check() */
    if (prefix.ip.bytes[0] >= FIRST_NO_HOST) {
        g_autofree char *key = g_strconcat("IPADDR", index->suffix, NULL);
        ifcfg_problems_add(context->problems, IFCFG_ERROR, where,
                           _("%s=%s is not an address of a host; ignored"), key, text);
        return FALSE;
    }
    if (!length_read(iface, index->suffix, has_length, &prefix, where, context))
        return FALSE;
    host_part_check(&prefix, where, context->problems);

    const char *alias = iface->parent ? strchr(iface->name, ':') : NULL;
    g_autofree char *label = g_strconcat(alias ? iface->parent->name : iface->name, alias, NULL);
    address_add(iface, &prefix, label, index->suffix, scope, where);
    return TRUE;
}

/* In the words and at the place of the check of keys: one text for one mistake. */
static char *key_wrong(const NetIface *iface, const char *name, const char *suffix, IfcfgWhere *where)
{
    g_autofree char *key = g_strconcat(name, suffix, NULL);
    const char *text = ifcfg_record_get(iface->record, key);
    g_autofree char *fault = text && *text ? ifcfg_key_check_value(ifcfg_key_find(key), text) : NULL;

    if (!fault)
        return NULL;
    *where = ifcfg_record_where(iface->record, key);
    return g_strdup_printf("%s: %s", key, fault);
}

/* Its length may be the parent's. */
static char *address_wrong(const NetIface *iface, const char *suffix, IfcfgWhere *where)
{
    g_autofree char *key = g_strconcat("IPADDR", suffix, NULL);
    const char *text = ifcfg_record_get(iface->record, key);
    IfcfgIp ip;
    char *fault = strchr(text, '/') ? NULL : key_wrong(iface, "IPADDR", suffix, where);

    *where = fault ? *where : ifcfg_record_where(iface->record, key);
    if (!fault && ifcfg_ip_parse(text, AF_INET, &ip) && ip.bytes[0] >= FIRST_NO_HOST)
        return g_strdup_printf(_("%s=%s is not an address of a host"), key, text);
    fault = fault ? fault : key_wrong(iface, "PREFIX", suffix, where);
    fault = fault ? fault : key_wrong(iface, "NETMASK", suffix, where);
    return fault ? fault : g_strdup_printf(_("%s=%s cannot be used with its PREFIX or NETMASK"), key, text);
}

/* With some addresses good, those come up; a file without a single good one has nothing to bring up. */
static void list_read(NetIface *iface, guint8 scope, const KindContext *context)
{
    g_autoptr(GArray) indices = list_indices(iface->record);
    const AddressIndex *bad = NULL;

    for (guint i = 0; i < indices->len; i++) {
        const AddressIndex *index = &g_array_index(indices, AddressIndex, i);
        if (!address_read(iface, index, scope, context) && !bad)
            bad = index;
    }
    if (!bad || iface->addresses->len > 0)
        return;

    IfcfgWhere where;
    g_autofree char *wrong = address_wrong(iface, bad->suffix, &where);
    net_iface_fail_addresses(iface, where, NULL, "%s", wrong);
}

/* IPADDR_START and IPADDR_END: two addresses that share their first three bytes, in order. Returns FALSE with
 * the fault set. */
static gboolean range_bounds(NetIface *iface, IfcfgIp *start, IfcfgIp *end, IfcfgWhere *where,
                             const KindContext *context)
{
    const char *first = net_iface_get(iface, "IPADDR_START", where);
    const char *last = net_iface_get(iface, "IPADDR_END", where);

    if (!first || !last) {
        net_iface_fail(iface, iface->where, context->problems,
                       _("a range file needs IPADDR_START and IPADDR_END; %s is missing"),
                       first ? "IPADDR_END" : "IPADDR_START");
        return FALSE;
    }
    if (!ifcfg_ip_parse(first, AF_INET, start) || !ifcfg_ip_parse(last, AF_INET, end)) {
        net_iface_fail(iface, *where, NULL, _("the range %s to %s has a bad address"), first, last);
        return FALSE;
    }
    if (memcmp(start->bytes, end->bytes, 3) != 0) {
        net_iface_fail(
            iface, *where, context->problems,
            _("IPADDR_START=%s and IPADDR_END=%s don't agree: a range changes only the last number"), first,
            last);
        return FALSE;
    }
    if (start->bytes[3] > end->bytes[3]) {
        net_iface_fail(iface, *where, context->problems, _("IPADDR_START=%s is greater than IPADDR_END=%s"),
                       first, last);
        return FALSE;
    }
    return TRUE;
}

/* The kernel bounds labels (IFA_LABEL), and refuses the whole of an address with a longer one. */
static void range_end_report(NetIface *iface, const char *label, guint count, IfcfgWhere where,
                             const KindContext *context)
{
    ifcfg_problems_add(context->problems, IFCFG_ERROR, where,
                       P_("the label %s is longer than 15 bytes; its address is not used",
                          "the labels from %s on are longer than 15 bytes; their %u addresses are not used",
                          count),
                       label, count);
    if (iface->addresses->len == 0)
        net_iface_fail(iface, where, NULL, _("the label %s is longer than 15 bytes"), label);
}

static void range_read(NetIface *iface, guint8 scope, const KindContext *context)
{
    IfcfgWhere where, number_where;
    IfcfgIp start, end;
    IfcfgPrefix prefix = {0};
    const char *number = net_iface_get(iface, "CLONENUM_START", &number_where);
    guint64 clone = 0;

    g_autofree char *wrong = number ? ifcfg_key_check_value(ifcfg_key_find("CLONENUM_START"), number) : NULL;
    if (wrong) {
        net_iface_fail(iface, number_where, NULL, _("CLONENUM_START=%s is an invalid alias number"), number);
        return;
    }
    if (number)
        clone = g_ascii_strtoull(number, NULL, 10);
    if (!range_bounds(iface, &start, &end, &where, context))
        return;
    prefix.ip = start;
    if (!length_read(iface, "", FALSE, &prefix, where, context)) {
        net_iface_fail(iface, where, NULL, _("the range has neither a netmask nor a prefix"));
        return;
    }
    for (guint n = start.bytes[3]; n <= end.bytes[3]; n++, clone++) {
        g_autofree char *label =
            g_strdup_printf("%s:%u", iface->parent ? iface->parent->name : iface->parent_name, (guint)clone);
        if (strlen(label) >= IFNAMSIZ) { /* and so are all that follow */
            range_end_report(iface, label, end.bytes[3] - n + 1, where, context);
            break;
        }
        prefix.ip.bytes[3] = (guint8)n;
        address_add(iface, &prefix, label, "", scope, where);
    }
}

void net_iface_read_addresses(NetIface *iface, const KindContext *context)
{
    guint8 scope = scope_read(iface, context);

    if (iface->form == IFCFG_ENTRY_RANGE)
        range_read(iface, scope, context);
    else if (!net_iface_lease(iface, AF_INET))
        list_read(iface, scope, context);
    if (iface->form != IFCFG_ENTRY_RANGE)
        net_iface_read_addresses6(iface, context);
    net_iface_check_missing(iface, context);
    if (iface->form == IFCFG_ENTRY_ALIAS && iface->addresses->len == 0 && !iface->fault)
        net_iface_fail(iface, iface->where, context->problems, _("the alias has no IPADDR"));
}
