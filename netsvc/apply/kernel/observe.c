/* The picture of the kernel: one dump each of links, addresses, routes and rules. */
#include "apply/kernel/observe.h"
#include "apply/clients.h"
#include "apply/firewalld.h"
#include "apply/kernel/nl-ops.h"
#include "apply/kernel/sysfs.h"
#include "apply/networkmanager.h"
#include "apply/resolver.h"
#include "apply/system.h"
#include "apply/teamd.h"
#include "services/dhcp-command.h"
#include <linux/fib_rules.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <sys/stat.h>

/* All request headers begin with the family, and zero asks for everything. */
static struct nl_msg *family_request(int type)
{
    struct nl_msg *msg = nlmsg_alloc_size(128);
    struct rtmsg header = {.rtm_family = AF_UNSPEC};

    G_STATIC_ASSERT(sizeof(struct fib_rule_hdr) == sizeof header && sizeof(struct ndmsg) == sizeof header);
    nlmsg_put(msg, 0, 0, type, 0, NLM_F_DUMP);
    nlmsg_append(msg, &header, sizeof header, NLMSG_ALIGNTO);
    return msg;
}

void observe_take(NlLinks *names, NetObserved *observed, struct nlmsghdr *header)
{
    switch (header->nlmsg_type) {
    case RTM_NEWLINK: {
        ObservedLink *link = observe_link_parse(names, header);
        if (link)
            net_observed_put_link(observed, link);
        break;
    }
    case RTM_NEWADDR: {
        ObservedAddress *address = observe_addr_parse(header);
        if (address)
            net_observed_put_address(observed, address);
        break;
    }
    case RTM_NEWNEXTHOP: {
        NetNexthop *nexthop = observe_nexthop_parse(header, observed);
        if (nexthop)
            net_observed_put_nexthop(observed, nexthop);
        break;
    }
    case RTM_NEWROUTE: {
        IfcfgRoute *route = observe_route_parse(header, observed);
        if (route)
            net_observed_add_route(observed, route);
        break;
    }
    case RTM_NEWRULE: {
        IfcfgRule *rule = observe_rule_parse(header);
        if (rule)
            net_observed_add_rule(observed, rule);
        break;
    }
    case RTM_NEWNEIGH: {
        ObservedNeighbour neighbour = {0};
        if (observe_neighbour_parse(header, &neighbour))
            g_array_append_val(observed->neighbours, neighbour);
        break;
    }
    default:
        break;
    }
}

void observe_take_all(NlLinks *names, NetObserved *observed, const GByteArray *dump)
{
    int left = (int)dump->len;

    for (struct nlmsghdr *header = (struct nlmsghdr *)dump->data; nlmsg_ok(header, left);
         header = nlmsg_next(header, &left))
        observe_take(names, observed, header);
}

GByteArray *observe_dump_part(NlBatch *batch, int type, GError **error)
{
    return nl_batch_dump(batch, type == RTM_GETNEXTHOP ? nl_nexthops_get() : family_request(type), error);
}

void observe_dumps_clear(ObserveDumps *dumps)
{
    g_clear_pointer(&dumps->links, g_byte_array_unref);
    g_clear_pointer(&dumps->addresses, g_byte_array_unref);
    g_clear_pointer(&dumps->nexthops, g_byte_array_unref);
    g_clear_pointer(&dumps->routes, g_byte_array_unref);
    g_clear_pointer(&dumps->rules, g_byte_array_unref);
    g_clear_pointer(&dumps->neighbours, g_byte_array_unref);
}

gboolean observe_dump(NlBatch *batch, ObserveDumps *dumps, GError **error)
{
    observe_dumps_clear(dumps);
    if (!(dumps->links = nl_batch_dump(batch, nl_link_get(NULL), error)) ||
        !(dumps->addresses = observe_dump_part(batch, RTM_GETADDR, error)) ||
        !(dumps->routes = observe_dump_part(batch, RTM_GETROUTE, error))) {
        observe_dumps_clear(dumps);
        return FALSE;
    }
    /* A kernel without policy routing has no rules to dump, which is no reason to fail; an old one no
     * objects.
     */
    dumps->nexthops = observe_dump_part(batch, RTM_GETNEXTHOP, NULL);
    dumps->rules = observe_dump_part(batch, RTM_GETRULE, NULL);
    dumps->neighbours = observe_dump_part(batch, RTM_GETNEIGH, NULL);
    nl_links_learn(nl_batch_links(batch), dumps->links);
    return TRUE;
}

/* Files of a kind of device that no row of its table knows, if a newer kernel has such: all devices of a kind
 * have the same. */
static GPtrArray *list_unknown_files(const ObservedLink *link)
{
    g_autofree char *path = g_strdup_printf("/sys/class/net/%s/%s", link->name, link->own->table->folder);
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    const char *name;

    while (folder && (name = g_dir_read_name(folder))) {
        gboolean is_known = link_family_option(link->own->family, name) != NULL;
        g_autofree char *file = is_known ? NULL : g_build_filename(path, name, NULL);
        struct stat st;
        if (file && stat(file, &st) == 0 && st.st_mode & S_IWUSR)
            g_ptr_array_add(names, g_strdup(name));
    }
    return names;
}

static void read_unknown_options(ObservedLink *link, const GPtrArray *names)
{
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *path = g_strdup_printf("%s/%s/%s", link->name, link->own->table->folder, name);
        g_autofree char *text = sysfs_read(path);
        if (text)
            link_values_set_other(link->own, name, text);
    }
}

static void add_unknown_options(NetObserved *observed)
{
    g_autoptr(GHashTable) names_by_kind =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);

    for (guint i = 0; i < observed->links->len; i++) {
        ObservedLink *link = g_ptr_array_index(observed->links, i);
        if (!link->own || !link->own->table->folder)
            continue;
        GPtrArray *names = g_hash_table_lookup(names_by_kind, link->kind);
        if (!names) {
            names = list_unknown_files(link);
            g_hash_table_insert(names_by_kind, link->kind, names);
        }
        read_unknown_options(link, names);
    }
}

/* A driver that is built in has no folder of a module if it has no parameters. */
static void add_drivers(NetObserved *observed)
{
    const LinkFamily *family;
    for (guint i = 0; (family = link_family_nth(i)); i++) {
        g_autofree char *module =
            family->module_options ? g_strconcat("/sys/module/", family->module, NULL) : NULL;
        g_autofree char *proc = module ? g_strconcat("/proc/net/", family->module, NULL) : NULL;
        if (module && (g_file_test(module, G_FILE_TEST_IS_DIR) || g_file_test(proc, G_FILE_TEST_IS_DIR)))
            net_observed_add_driver(observed, family);
    }
}

NetObserved *observe_build(NlBatch *batch, const ObserveDumps *dumps)
{
    NetObserved *observed = net_observed_new();
    NlLinks *names = nl_batch_links(batch);

    observe_take_all(names, observed, dumps->links);
    observe_take_all(names, observed, dumps->addresses);
    if (dumps->nexthops)
        observe_take_all(names, observed, dumps->nexthops);
    observed->lacks_nexthops = !dumps->nexthops;
    if (dumps->routes)
        observe_take_all(names, observed, dumps->routes);
    if (dumps->rules)
        observe_take_all(names, observed, dumps->rules);
    if (dumps->neighbours)
        observe_take_all(names, observed, dumps->neighbours);
    observe_bridge_vlans(batch, observed);
    add_unknown_options(observed);
    return observed;
}

void observe_host(NetObserved *observed)
{
    g_autofree char *host = dhcp_host_name(g_get_host_name());
    add_drivers(observed);
    observe_default_confs(observed);
    resolver_read(NULL, &observed->resolv);
    net_clients_observe(observed, "");
    teamd_observe(observed, "");
    observed->firewalld = firewalld_run(NULL);
    observed->is_nameless = host == NULL;
    networkmanager_observe(observed, NULL);
}

NetObserved *net_observe(GError **error)
{
    g_autoptr(NlBatch) batch = nl_batch_new(error);
    ObserveDumps dumps = {NULL};
    NetObserved *observed = NULL;

    if (batch && observe_dump(batch, &dumps, error)) {
        observed = observe_build(batch, &dumps);
        observe_host(observed);
    }
    observe_dumps_clear(&dumps);
    return observed;
}

ObservedLink *observe_link(NlBatch *batch, const char *name)
{
    g_autoptr(GByteArray) answer = nl_batch_dump(batch, nl_link_get(name), NULL);

    if (!answer || answer->len < NLMSG_LENGTH(sizeof(struct ifinfomsg)))
        return NULL;
    return observe_link_parse(nl_batch_links(batch), (struct nlmsghdr *)answer->data);
}

gboolean observe_refresh_links(NlBatch *batch, NetObserved *observed)
{
    g_autoptr(GByteArray) all = nl_batch_dump(batch, nl_link_get(NULL), NULL);

    if (!all)
        return FALSE;
    observe_take_all(nl_batch_links(batch), observed, all);
    add_unknown_options(observed);
    return TRUE;
}

gboolean observe_refresh_link(NlBatch *batch, NetObserved *observed, const char *name)
{
    ObservedLink *link = observe_link(batch, name);

    if (!link)
        return FALSE;
    if (link->own && link->own->table->folder) {
        g_autoptr(GPtrArray) names = list_unknown_files(link);
        read_unknown_options(link, names);
    }
    net_observed_put_link(observed, link);
    return TRUE;
}

void observe_refresh_with_ports(NlBatch *batch, NetObserved *observed, const char *name)
{
    const ObservedLink *link;
    const GPtrArray *ports;
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    if (!observe_refresh_link(batch, observed, name))
        return;
    link = net_observed_link(observed, name);
    ports = link ? net_observed_ports_of(observed, link->ifindex) : NULL;
    for (guint i = 0; ports && i < ports->len; i++)
        g_ptr_array_add(names, g_strdup(((const ObservedLink *)ports->pdata[i])->name));
    for (guint i = 0; i < names->len; i++)
        observe_refresh_link(batch, observed, names->pdata[i]);
}
