/* One live picture of the kernel, kept true by events. Links and addresses are taken in as they are told.
 * What events do not tell is asked for when somebody looks: routes, since nobody waits for one and the kernel
 * drops many without a word (fib_table_flush() sends nothing), and everything after events were lost
 * (ENOBUFS). */
#include "apply/kernel/watch.h"
#include "apply/kernel/nl-ops.h"
#include "apply/kernel/observe.h"
#include "i18n.h"
#include <errno.h>
#include <glib-unix.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <netlink/socket.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

enum {
    RECEIVE_BUFFER = 8 * 1024 * 1024,
    READ_BYTES = 64 * 1024,
    /* of so many links the kernel tells one in about the time in which it is asked for one alone */
    ONE_OF = 3,
};

struct NetWatch {
    NlBatch *batch;
    struct nl_sock *events; /* NULL: nobody has asked yet */
    guint source, telling;
    ObserveDumps dumps;   /* until ->picture is needed */
    NetObserved *picture; /* NULL: not made of ->dumps yet; its routes, and what files tell, since a look */
    gboolean is_lost, rules_in_doubt;
    GHashTable *changed; /* set of names, not told yet */
    gboolean all_changed;
    GArray *stale; /* indexes of links to be asked for anew */
    /* ifindex -> struct nlmsghdr*: the last that was told of a link, until nothing more is there to read. A
     * link that comes up or goes is told of several times. */
    GHashTable *words;
    NetWatchChanged on_change;
    gpointer data;
    char *input;
};

NetWatch *net_watch_new(NlBatch *batch)
{
    NetWatch *self = g_new0(NetWatch, 1);
    self->batch = batch;
    self->changed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    self->stale = g_array_new(FALSE, FALSE, sizeof(int));
    self->words = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    self->input = g_malloc(READ_BYTES);
    return self;
}

void net_watch_free(NetWatch *self)
{
    if (!self)
        return;
    if (self->source)
        g_source_remove(self->source);
    if (self->telling)
        g_source_remove(self->telling);
    if (self->events)
        nl_socket_free(self->events);
    observe_dumps_clear(&self->dumps);
    net_observed_free(self->picture);
    g_hash_table_unref(self->changed);
    g_array_unref(self->stale);
    g_hash_table_unref(self->words);
    g_free(self->input);
    g_free(self);
}

void net_watch_on_change(NetWatch *self, NetWatchChanged changed, gpointer data)
{
    self->on_change = changed;
    self->data = data;
}

/* --- what one event says --- */

static void note_name(NetWatch *self, const char *name)
{
    if (!g_hash_table_contains(self->changed, name))
        g_hash_table_add(self->changed, g_strdup(name));
}

/* With its controller, whose readiness its ports decide. */
static void note_link(NetWatch *self, const ObservedLink *link)
{
    const ObservedLink *master =
        link && link->master ? net_observed_link_by_index(self->picture, link->master) : NULL;

    if (link)
        note_name(self, link->name);
    if (master)
        note_name(self, master->name);
}

static void take_words(NetWatch *self)
{
    GHashTableIter iter;
    gpointer ifindex, header;

    g_hash_table_iter_init(&iter, self->words);
    while (g_hash_table_iter_next(&iter, &ifindex, &header)) {
        observe_take(nl_batch_links(self->batch), self->picture, header);
        note_link(self, net_observed_link_by_index(self->picture, GPOINTER_TO_INT(ifindex)));
    }
    g_hash_table_remove_all(self->words);
}

static void take_link_gone(NetWatch *self, int ifindex)
{
    const ObservedLink *link;
    NlLinks *names = nl_batch_links(self->batch);
    const GPtrArray *ports;

    g_hash_table_remove(self->words, GINT_TO_POINTER(ifindex));
    if (net_observed_ports_of(self->picture, ifindex))
        take_words(self); /* its ports have left it by now */
    link = net_observed_link_by_index(self->picture, ifindex);
    if (!link)
        return;
    note_link(self, link);
    /* A bond that goes gives its ports their MTU back without a word (__bond_release_one()). */
    for (guint i = 0; (ports = net_observed_ports_of(self->picture, ifindex)) && i < ports->len; i++)
        g_array_append_val(self->stale, ((ObservedLink *)ports->pdata[i])->ifindex);
    if (nl_links_has(names, link->name) && nl_links_index(names, link->name) == ifindex)
        nl_links_forget(names, link->name);
    net_observed_remove_link(self->picture, ifindex);
}

static void take_link_new(NetWatch *self, struct nlmsghdr *header)
{
    const struct ifinfomsg *info = nlmsg_data(header);
    const ObservedLink *known = net_observed_link_by_index(self->picture, info->ifi_index);
    const struct nlattr *name = nlmsg_find_attr(header, sizeof *info, IFLA_IFNAME);

    if (!name || nlmsg_find_attr(header, sizeof *info, IFLA_WIRELESS)) /* nothing but a word of the driver */
        return;
    note_link(self, known); /* its name and its controller of until now */
    if (known && !strcmp(known->name, nla_get_string(name))) {
        g_hash_table_replace(self->words, GINT_TO_POINTER(info->ifi_index),
                             g_memdup2(header, header->nlmsg_len));
        return;
    }
    g_hash_table_remove(self->words, GINT_TO_POINTER(info->ifi_index));
    nl_links_note_name(nl_batch_links(self->batch), info->ifi_index, nla_get_string(name));
    observe_take(nl_batch_links(self->batch), self->picture, header);
    note_link(self, net_observed_link_by_index(self->picture, info->ifi_index));
}

/* A bridge tells of its ports in messages that are not about the whole link (br_ifinfo_notify()). */
static void take_link(NetWatch *self, struct nlmsghdr *header)
{
    const struct ifinfomsg *info = nlmsg_data(header);

    if (header->nlmsg_len < NLMSG_LENGTH(sizeof *info))
        return;
    if (info->ifi_family != AF_UNSPEC)
        g_array_append_val(self->stale, info->ifi_index);
    else if (header->nlmsg_type == RTM_DELLINK)
        take_link_gone(self, info->ifi_index);
    else
        take_link_new(self, header);
}

static void take_address(NetWatch *self, struct nlmsghdr *header)
{
    gboolean is_gone = header->nlmsg_type == RTM_DELADDR;
    const ObservedAddress *known;
    ObservedAddress *address;

    header->nlmsg_type = RTM_NEWADDR;
    address = observe_addr_parse(header);
    if (!address)
        return;
    note_link(self, net_observed_link_by_index(self->picture, address->ifindex));
    if (!is_gone) {
        net_observed_put_address(self->picture, address);
        return;
    }
    known = net_observed_address(self->picture, address->ifindex, &address->prefix);
    if (known)
        net_observed_remove_address(self->picture, known);
    g_free(address->label);
    g_free(address);
}

static void take_event(NetWatch *self, struct nlmsghdr *header)
{
    switch (header->nlmsg_type) {
    case RTM_NEWLINK:
    case RTM_DELLINK:
        take_link(self, header);
        break;
    case RTM_NEWADDR:
    case RTM_DELADDR:
        take_address(self, header);
        break;
    case RTM_NEWRULE:
    case RTM_DELRULE:
        self->rules_in_doubt = TRUE;
        break;
    default:
        break;
    }
}

/* --- reading --- */

static void need_picture(NetWatch *self)
{
    if (self->picture || !self->dumps.links)
        return;
    g_clear_pointer(&self->dumps.routes, g_byte_array_unref);
    self->picture = observe_build(self->batch, &self->dumps);
    observe_dumps_clear(&self->dumps);
}

static void read_events(NetWatch *self)
{
    gssize n;

    while ((n = recv(nl_socket_get_fd(self->events), self->input, READ_BYTES, MSG_DONTWAIT)) >= 0 ||
           errno == EINTR || errno == ENOBUFS) {
        int left = (int)MAX(n, 0);
        self->is_lost |= n < 0 && errno == ENOBUFS;
        if (left)
            need_picture(self);
        for (struct nlmsghdr *header = (struct nlmsghdr *)self->input;
             self->picture && !self->is_lost && nlmsg_ok(header, left); header = nlmsg_next(header, &left))
            take_event(self, header);
    }
    if (self->is_lost)
        g_hash_table_remove_all(self->words);
    else
        take_words(self);
}

/* Everything anew. What is told while it is read is taken in afterwards, on top: the last word is the newest.
 */
static gboolean reload(NetWatch *self, GError **error)
{
    if (!observe_dump(self->batch, &self->dumps, error))
        return FALSE;
    g_clear_pointer(&self->picture, net_observed_free);
    self->is_lost = self->rules_in_doubt = FALSE;
    g_array_set_size(self->stale, 0);
    return TRUE;
}

static gboolean net_watch_tell(gpointer data)
{
    NetWatch *self = data;
    g_autoptr(GHashTable) changed = g_steal_pointer(&self->changed);
    GHashTableIter iter;
    gpointer name;
    gboolean all = self->all_changed;

    self->changed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    self->all_changed = FALSE;
    self->telling = 0;
    if (all && self->on_change)
        self->on_change(NULL, self->data);
    g_hash_table_iter_init(&iter, changed);
    while (!all && self->on_change && g_hash_table_iter_next(&iter, &name, NULL))
        self->on_change(name, self->data);
    return G_SOURCE_REMOVE;
}

static void ask_for_stale(NetWatch *self)
{
    for (guint i = 0; self->picture && i < self->stale->len; i++) {
        const ObservedLink *link =
            net_observed_link_by_index(self->picture, g_array_index(self->stale, int, i));
        g_autofree char *name = link ? g_strdup(link->name) : NULL;
        note_link(self, link);
        if (name)
            observe_refresh_link(self->batch, self->picture, name);
    }
    g_array_set_size(self->stale, 0);
}

void net_watch_catch_up(NetWatch *self)
{
    if (!self->events)
        return;
    read_events(self);
    if (self->is_lost && reload(self, NULL))
        self->all_changed = TRUE;
    ask_for_stale(self);
    if ((self->all_changed || g_hash_table_size(self->changed)) && self->on_change && !self->telling)
        self->telling = g_timeout_add_full(G_PRIORITY_DEFAULT, 0, net_watch_tell, self, NULL);
}

static gboolean net_watch_event(G_GNUC_UNUSED int fd, G_GNUC_UNUSED GIOCondition condition, gpointer data)
{
    net_watch_catch_up(data);
    return G_SOURCE_CONTINUE;
}

static gboolean subscribe(NetWatch *self, GError **error)
{
    struct nl_sock *events;
    int size = RECEIVE_BUFFER, rc;
    if (self->events)
        return TRUE;
    events = nl_socket_alloc();
    if ((rc = nl_connect(events, NETLINK_ROUTE)) < 0 ||
        (rc = nl_socket_add_memberships(events, RTNLGRP_LINK, RTNLGRP_IPV4_IFADDR, RTNLGRP_IPV6_IFADDR, 0)) <
            0) {
        net_error_set(error, EIO, _("cannot listen for link events: %s"), nl_geterror(rc));
        nl_socket_free(events);
        return FALSE;
    }
    /* A kernel without policy routing has no such groups. */
    nl_socket_add_memberships(events, RTNLGRP_IPV4_RULE, 0);
    nl_socket_add_memberships(events, RTNLGRP_IPV6_RULE, 0);
    setsockopt(nl_socket_get_fd(events), SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size);
    self->events = events;
    self->source = g_unix_fd_add(nl_socket_get_fd(events), G_IO_IN, net_watch_event, self);
    return TRUE;
}

/* --- looking --- */

NetObserved *net_watch_snapshot(NetWatch *self, GError **error)
{
    if (!subscribe(self, error))
        return NULL;
    nl_links_forget_all(nl_batch_links(self->batch));
    if (!reload(self, error))
        return NULL;
    NetObserved *observed = observe_build(self->batch, &self->dumps);
    observe_host(observed);
    return observed;
}

/* Returns: whether what is in the picture is still in doubt. */
static gboolean replace_part(NetWatch *self, int type, void (*clear)(NetObserved *picture))
{
    g_autoptr(GByteArray) all = observe_dump_part(self->batch, type, NULL);
    if (!all)
        return TRUE;
    clear(self->picture);
    observe_take_all(nl_batch_links(self->batch), self->picture, all);
    return FALSE;
}

const NetObserved *net_watch_peek(NetWatch *self, GError **error)
{
    if (!self->events && !(subscribe(self, error) && reload(self, error)))
        return NULL;
    net_watch_catch_up(self);
    if (self->is_lost && !reload(self, error))
        return NULL;
    need_picture(self);
    return self->picture;
}

const NetObserved *net_watch_look(NetWatch *self, GError **error)
{
    const NetObserved *picture = net_watch_peek(self, error);

    if (!picture)
        return NULL;
    replace_part(self, RTM_GETNEXTHOP, net_observed_clear_nexthops);
    replace_part(self, RTM_GETROUTE, net_observed_clear_routes);
    if (self->rules_in_doubt)
        self->rules_in_doubt = replace_part(self, RTM_GETRULE, net_observed_clear_rules);
    observe_bridge_vlans(self->batch, self->picture);
    observe_host(self->picture);
    return picture;
}

void net_watch_refresh(NetWatch *self, const char *const *devs, guint n)
{
    need_picture(self);
    if (!self->picture)
        return;
    if (n >= ONE_OF && n >= self->picture->links->len / ONE_OF &&
        observe_refresh_links(self->batch, self->picture))
        return;
    for (guint i = 0; i < n; i++)
        observe_refresh_with_ports(self->batch, self->picture, devs[i]);
}

gboolean net_watch_sleep(NetWatch *self, guint timeout_ms)
{
    struct pollfd wait = {.fd = self->events ? nl_socket_get_fd(self->events) : -1, .events = POLLIN};
    return poll(&wait, 1, (int)timeout_ms) > 0;
}
