/* resolv.conf: DNS1 ..., DOMAIN, SEARCH and RES_OPTIONS are an interface's share of it, with what a lease
 * says. The old scripts: change_resolv_conf() and ifup-post. */
#include "i18n.h"
#include "model/iface.h"
#include "plan/planner.h"
#include "plan/verify.h"
#include "services/services.h"
#include "state/observed-clients.h"
#include <string.h>
#include <sys/socket.h>

enum { RESOLVER_ASKS = 3 }; /* MAXNS of resolv.h */

/* --- reading --- */

/* The scripts did not get so far for the port of a bond, nor for an alias. */
static gboolean may_have_names(const NetIface *iface)
{
    const NetIface *master = net_iface_master(iface);
    return iface->form == IFCFG_ENTRY_MAIN && (!master || net_kind_has(master->kind, NET_KIND_KEEPS_LAYER3));
}

static gboolean may_change(const NetIface *iface)
{
    return net_iface_get_bool(iface, "PEERDNS", TRUE) || net_iface_get_bool(iface, "RESOLV_MODS", FALSE);
}

/* The number behind "DNS", 0 for none. */
static guint64 server_number(const char *key)
{
    guint64 number = 0;
    if (*key != 'D' || !g_str_has_prefix(key, "DNS") ||
        !g_ascii_string_to_unsigned(key + strlen("DNS"), 10, 1, G_MAXUINT32, &number, NULL))
        return 0;
    return number;
}

static gint number_compare(gconstpointer a, gconstpointer b)
{
    guint64 x = server_number(*(const char *const *)a), y = server_number(*(const char *const *)b);
    return x < y ? -1 : x > y;
}

/* It comes first, and would put those of /etc/sysconfig/network before a file's own. */
static gboolean is_loopback(const NetIface *iface)
{
    return g_str_equal(net_iface_device(iface), "lo");
}

/* Those of @record that @own has not. */
static void add_server_keys(GPtrArray **keys, const IfcfgRecord *record, const IfcfgRecord *own)
{
    for (guint i = 0; i < ifcfg_record_length(record); i++) {
        const IfcfgAssignment *assignment = ifcfg_record_nth_counting(record, i);
        if (!assignment || !server_number(assignment->key) ||
            (own && ifcfg_record_find(own, assignment->key)))
            continue;
        if (!*keys)
            *keys = g_ptr_array_new();
        g_ptr_array_add(*keys, (gpointer)assignment->key);
    }
}

/* DNS1, DNS2 ... of the file and of /etc/sysconfig/network, in the order of their numbers; a gap ends
 * nothing. NULL: there is none. */
static GPtrArray *server_keys(const NetIface *iface)
{
    GPtrArray *keys = NULL;
    add_server_keys(&keys, iface->record, NULL);
    if (iface->network && !is_loopback(iface))
        add_server_keys(&keys, iface->network, iface->record);
    if (keys)
        g_ptr_array_sort(keys, number_compare);
    return keys;
}

static void note_place(NetNames *names, IfcfgWhere where)
{
    if (!names->where.file)
        names->where = where;
}

static void read_servers(NetNames *names, const NetIface *iface)
{
    g_autoptr(GPtrArray) keys = server_keys(iface);
    for (guint i = 0; keys && i < keys->len; i++) {
        IfcfgWhere where;
        const char *value = net_iface_get(iface, keys->pdata[i], &where);
        IfcfgIp ip;
        names->in_doubt |= value && !ifcfg_ip_parse(value, AF_UNSPEC, &ip);
        if (!value || !ifcfg_ip_parse(value, AF_UNSPEC, &ip))
            continue; /* the check of the keys has told */
        net_names_add_words(names->servers, value);
        note_place(names, where);
    }
}

/* NetworkManager's old spelling counts where the scripts' own key is not there. */
static void read_domains(NetNames *names, const NetIface *iface)
{
    IfcfgWhere where;
    const char *value = net_iface_get(iface, "DOMAIN", &where);
    if (!value)
        value = net_iface_get(iface, "SEARCH", &where);
    if (value && (!is_loopback(iface) || where.file == iface->file)) {
        net_names_add_words(names->search, value);
        note_place(names, where);
    }
    value = net_iface_get(iface, "IPV6_DOMAIN", &where);
    if (value) {
        net_names_add_words(names->search, value);
        note_place(names, where);
    }
}

/* NetworkManager has a list for each family; a resolv.conf knows one. */
static void read_options(NetNames *names, const NetIface *iface)
{
    static const char *const keys[] = {"RES_OPTIONS", "IPV6_RES_OPTIONS"};
    for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
        const char *options = net_iface_get(iface, keys[i], NULL);
        net_names_add_words(names->options, options ? options : "");
    }
}

static void resolv_read(NetIface *iface, G_GNUC_UNUSED const KindContext *context)
{
    if (!may_have_names(iface) || !may_change(iface))
        return;
    iface->names = net_names_new();
    read_servers(iface->names, iface);
    read_domains(iface->names, iface);
    read_options(iface->names, iface);
}

/* --- checks --- */

/* How many servers all interfaces up to this one name, each counted once. */
static guint count_servers(const NetModel *model, const NetIface *last)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < net_model_length(model); i++) {
        const NetIface *iface = net_model_nth(model, i);
        for (guint n = 0; iface->names && iface->onboot && n < iface->names->servers->len; n++)
            g_hash_table_add(seen, iface->names->servers->pdata[n]);
        if (iface == last)
            break;
    }
    return g_hash_table_size(seen);
}

/* Half of the field believes the one, half the other. */
static void check_in_vain(const NetIface *iface, const KindContext *context)
{
    if (!may_have_names(iface) || may_change(iface))
        return;
    g_autoptr(GPtrArray) keys = server_keys(iface);
    const char *key = keys ? keys->pdata[0] : "DOMAIN";
    IfcfgWhere where;
    if (net_iface_get(iface, key, &where) && where.file == iface->file)
        ifcfg_problems_add(
            context->problems, IFCFG_WARNING, where,
            _("%s has no effect: PEERDNS=no leaves resolv.conf as it is; RESOLV_MODS=yes would "
              "let it in"),
            key);
}

static void resolv_link(NetIface *iface, const KindContext *context)
{
    check_in_vain(iface, context);
    if (!iface->names || !iface->names->servers->len || !iface->onboot)
        return;
    guint count = count_servers(context->model, iface);
    if (count > RESOLVER_ASKS)
        ifcfg_problems_add(context->problems, IFCFG_WARNING, iface->names->where,
                           _("with those of this file there are %u name servers: the resolver asks only the "
                             "first %u"),
                           count, RESOLVER_ASKS);
}

/* --- plan --- */

/* What the file says, and then what the lease says; DNS1 ... of the file take the place of the lease's
 * servers, as ifup-post did after dhclient-script. */
static NetNames *share_make(const NetIface *iface, const NetObserved *observed)
{
    gboolean has_lease =
        iface->names && (net_iface_lease(iface, AF_INET) || net_iface_lease(iface, AF_INET6));
    const NetNames *lease = has_lease ? net_observed_lease_names(observed, iface->name) : NULL;
    NetNames *share = iface->names ? net_names_copy(iface->names) : net_names_new();
    g_autoptr(GPtrArray) lines = lease ? net_names_lines(lease) : g_ptr_array_new();
    gboolean has_servers = share->servers->len;
    for (guint i = 0; i < lines->len; i++)
        if (!has_servers || !g_str_has_prefix(lines->pdata[i], "nameserver "))
            net_names_add_line(share, lines->pdata[i]);
    note_place(share, iface->where);
    return share;
}

static guint rank_of(const NetModel *model, const NetIface *iface)
{
    guint rank = 0;
    while (rank < net_model_length(model) && net_model_nth(model, rank) != iface)
        rank++;
    return rank;
}

static void note_entry(NetPlanner *planner, const LedgerEntry *entry)
{
    g_autoptr(NetNames) names = net_ledger_names(entry);
    if (!net_names_is_empty(names))
        resolv_conf_note(&planner_picture_change(planner)->resolv, entry->name,
                         rank_of(planner->model, net_model_find(planner->model, entry->name)), names);
}

static void resolv_begin(NetPlanner *planner)
{
    if (planner->picture->resolv.shares->len)
        resolv_conf_forget(&planner_picture_change(planner)->resolv);
    for (guint i = 0; i < planner->ledger->entries->len; i++)
        note_entry(planner, g_ptr_array_index(planner->ledger->entries, i));
    planner->resolv_shares =
        net_pool_keep(planner->plan->pool, resolv_shares_copy(planner->picture->resolv.shares),
                      (GDestroyNotify)g_ptr_array_unref);
}

static void plan_set(NetPlanner *planner, const NetIface *iface, NetNames *share)
{
    net_pool_keep(planner->plan->pool, share, (GDestroyNotify)net_names_free);
    planner_do(planner, (NetOp){.type = NET_OP_NAMES_SET,
                                .phase = NET_PHASE_NAMES,
                                .severity = NET_WARN,
                                .dev = iface->name,
                                .where = share->where,
                                .names = {share, rank_of(planner->model, iface), planner->resolv_shares}});
}

static void plan_drop(NetPlanner *planner, const NetIface *iface, NetPhase phase)
{
    if (resolv_conf_find(&planner->picture->resolv, iface->name))
        planner_do(planner, (NetOp){.type = NET_OP_NAMES_DROP,
                                    .phase = phase,
                                    .severity = NET_WARN,
                                    .dev = iface->name,
                                    .where = iface->where,
                                    .names = {NULL, rank_of(planner->model, iface), planner->resolv_shares}});
}

/* Whether the share is in the record, and all of it where it belongs. */
static gboolean is_set(const NetPlanner *planner, const NetIface *iface, const NetNames *share)
{
    const ResolvConf *there = &planner->picture->resolv;
    const ResolvShare *known = resolv_conf_find(there, iface->name);
    return known && net_names_equal(known->names, share) &&
           resolv_conf_has_share(there, iface->name, share, NULL);
}

/* Whether nothing has come yet in the place of what it had. */
static gboolean awaits_lease(const NetPlanner *planner, const LedgerEntry *entry)
{
    const NetObserved *there = planner->before;
    const ObservedClient *clients[] = {net_observed_client(there, entry->name, AF_INET),
                                       net_observed_client(there, entry->name, AF_INET6)};
    for (guint i = 0; i < G_N_ELEMENTS(clients); i++)
        if (clients[i] && clients[i]->address.family)
            return FALSE;
    return planner_awaited_lease(planner) || net_ledger_list_value(entry->written, NET_LEDGER_HANDS_OVER);
}

/* One that cannot be read any more may well be one of those that are there; and what stays until there is a
 * lease needs somebody to ask, too. */
static void keep_known(const NetPlanner *planner, const NetIface *iface, NetNames *share)
{
    const LedgerEntry *entry = iface->names ? net_ledger_find(planner->ledger, iface->name) : NULL;
    g_autoptr(NetNames) known = entry ? net_ledger_names(entry) : NULL;
    gboolean is_awaiting = entry && !share->servers->len && awaits_lease(planner, entry);
    if (!known || !(is_awaiting || iface->names->in_doubt))
        return;
    for (guint i = 0; i < known->servers->len; i++)
        net_names_add_words(share->servers, known->servers->pdata[i]);
    for (guint i = 0; is_awaiting && i < known->search->len; i++)
        net_names_add_words(share->search, known->search->pdata[i]);
}

static void resolv_plan_up(NetPlanner *planner, const NetIface *iface)
{
    if (iface->parent)
        return;
    g_autoptr(NetNames) share = share_make(iface, planner->before);
    keep_known(planner, iface, share);
    if (net_names_is_empty(share))
        plan_drop(planner, iface, NET_PHASE_NAMES);
    else if (!is_set(planner, iface, share))
        plan_set(planner, iface, g_steal_pointer(&share));
}

static void resolv_plan_down(NetPlanner *planner, const NetIface *iface)
{
    plan_drop(planner, iface, NET_PHASE_NAMES_OUT);
}

/* --- reading back --- */

static void resolv_verify(const NetIface *iface, const NetObserved *observed, NetVerifier *verifier)
{
    g_autoptr(NetNames) share = share_make(iface, observed);
    g_autofree char *missing = NULL;
    if (net_names_is_empty(share) || resolv_conf_has_share(&observed->resolv, iface->name, share, &missing))
        return;
    net_verifier_differ(verifier, NET_DIFFERENCE_WARN, share->where,
                        observed->resolv.owner == RESOLV_IS_FILE ? _("%s is missing in /etc/resolv.conf")
                        : observed->resolv.owner == RESOLV_IS_RESOLVED
                            ? _("systemd-resolved, which /etc/resolv.conf belongs to, does not have %s")
                            : _("resolvconf, which /etc/resolv.conf belongs to, does not have %s"),
                        missing);
}

const NetService resolv_service = {
    .name = "resolv",
    .comes_with_lease = TRUE,
    .read = resolv_read,
    .link = resolv_link,
    .begin = resolv_begin,
    .plan_up = resolv_plan_up,
    .plan_down = resolv_plan_down,
    .verify = resolv_verify,
};
