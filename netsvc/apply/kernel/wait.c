/* Waiting for devices and carriers: one rtnetlink socket subscribed to link events for all waits, and a timer
 * each; for devices also what udev has done with. The state is looked at after subscribing, so that an event
 * between the two cannot be missed. */
#include "apply/kernel/wait.h"
#include "apply/kernel/nl-ops.h"
#include "apply/kernel/observe.h"
#include "apply/system.h"
#include "i18n.h"
#include <errno.h>
#include <glib-unix.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <netlink/socket.h>
#include <sys/socket.h>

typedef struct {
    NetWaiter *waiter;
    const NetOp *op;
    NetOpDone done;
    gpointer data;
    guint timer;
} Wait;

enum { LACP_LOOK_MS = 200 }; /* no event tells that LACP is done */

struct NetWaiter {
    NlBatch *batch;
    guint lacp_timer; /* while somebody waits for that */
    struct nl_sock *events;
    guint source;
    NetUdevWatch *udev; /* NULL: no device was waited for yet, or there is no udev */
    GPtrArray *waits;   /* Wait*, owned */
};

NetWaiter *net_waiter_new(NlBatch *batch)
{
    NetWaiter *self = g_new0(NetWaiter, 1);

    self->batch = batch;
    self->waits = g_ptr_array_new();
    return self;
}

/* The wait leaves the list before its owner hears of it, who may begin new ones. Another card may have had
 * the name when links were looked at last. */
static void wait_finish(Wait *wait, NetResult *result)
{
    if (wait->op->type == NET_OP_LINK_WAIT)
        nl_links_forget(nl_batch_links(wait->waiter->batch), wait->op->dev);
    g_ptr_array_remove_fast(wait->waiter->waits, wait);
    if (wait->timer)
        g_source_remove(wait->timer);
    wait->done(wait->op, result, wait->data);
    net_result_clear(result);
    g_free(wait);
}

void net_waiter_cancel(NetWaiter *self)
{
    while (self->waits->len) {
        NetResult result = {g_error_new(NET_ERROR, ECANCELED, _("interrupted")), NULL};
        wait_finish(g_ptr_array_index(self->waits, 0), &result);
    }
}

void net_waiter_free(NetWaiter *self)
{
    if (!self)
        return;
    net_waiter_cancel(self);
    if (self->lacp_timer)
        g_source_remove(self->lacp_timer);
    if (self->source)
        g_source_remove(self->source);
    if (self->events)
        nl_socket_free(self->events);
    net_udev_watch_free(self->udev);
    g_ptr_array_unref(self->waits);
    g_free(self);
}

static GError *mac_mismatch(const NetOp *op, const ObservedLink *link)
{
    g_autofree char *want = ifcfg_mac_format(&op->wait.mac), *have = ifcfg_mac_format(&link->perm_mac);

    return g_error_new(NET_ERROR, EIO,
                       _("Device %s has the permanent MAC address %s, not HWADDR=%s; left alone"), op->dev,
                       have, want);
}

static gboolean mac_fits(const NetOp *op, const ObservedLink *link)
{
    return !op->wait.mac.length || ifcfg_mac_equal(&op->wait.mac, &link->perm_mac) ||
           ifcfg_mac_equal(&op->wait.mac, &link->mac);
}

/* A card that is new can have another one's name for a moment: until udev has done with it, and as long as
 * its address is not the one that is waited for, it is not the device. Of carriers, RUNNING comes after the
 * kernel has attached the transmit queue (linkwatch_do_dev()); carrier alone would be too early to send a
 * probe. */
static gboolean wait_is_over(NlBatch *batch, const NetOp *op, const ObservedLink *link)
{
    if (!link)
        return FALSE;
    if (op->type == NET_OP_CARRIER_WAIT)
        return link->carrier && link->flags & IFF_RUNNING &&
               (!op->carrier.lacp || observe_lacp_done(batch, link->ifindex));
    return mac_fits(op, link) && net_udev_is_done(op->dev);
}

static void device_set_timeout(const NetOp *op, const ObservedLink *link, NetResult *result)
{
    if (link && mac_fits(op, link))
        return; /* udev takes its time; the device is there */
    if (link)
        result->error = mac_mismatch(op, link);
    else if (op->wait.hint)
        net_error_set(&result->error, ENODEV, _("Device %s does not seem to be present; %s"), op->dev,
                      op->wait.hint);
    else
        net_error_set(&result->error, ENODEV, _("Device %s does not seem to be present"), op->dev);
}

static void carrier_set_timeout(const NetOp *op, const ObservedLink *link, NetResult *result)
{
    if (op->carrier.lacp && link && link->carrier && link->flags & IFF_RUNNING)
        net_result_note(
            result, FALSE, NULL,
            _("no answer by LACP after %u s; are its ports on the switch in one LACP (802.3ad) group?"),
            op->carrier.timeout_ms / 1000);
    else if (op->carrier.timeout_ms >= 1000)
        net_result_note(result, FALSE, NULL, _("no carrier after %u s; is the cable connected?"),
                        op->carrier.timeout_ms / 1000);
    else
        net_result_note(result, FALSE, NULL, _("no carrier; is the cable connected?"));
}

static void wait_set_timeout(const NetOp *op, const ObservedLink *link, NetResult *result)
{
    if (op->type == NET_OP_LINK_WAIT)
        device_set_timeout(op, link, result);
    else
        carrier_set_timeout(op, link, result);
}

static gboolean wait_timed_out(gpointer data)
{
    Wait *wait = data;
    g_autoptr(ObservedLink) link = observe_link(wait->waiter->batch, wait->op->dev);
    NetResult result = {0};

    wait->timer = 0;
    wait_set_timeout(wait->op, link, &result);
    wait_finish(wait, &result);
    return G_SOURCE_REMOVE;
}

/* @name NULL: looks at all. Works on a copy: finished waits leave the list. */
static void net_waiter_look(NetWaiter *self, const char *name)
{
    g_autoptr(GPtrArray) waits = g_ptr_array_copy(self->waits, NULL, NULL);

    for (guint i = 0; i < waits->len; i++) {
        Wait *wait = g_ptr_array_index(waits, i);
        g_autoptr(ObservedLink) link = NULL;
        NetResult result = {0};
        if (!g_ptr_array_find(self->waits, wait, NULL) || (name && g_strcmp0(name, wait->op->dev)))
            continue;
        link = observe_link(self->batch, wait->op->dev);
        if (wait_is_over(self->batch, wait->op, link))
            wait_finish(wait, &result);
    }
}

static gboolean op_wants_lacp(const NetOp *op)
{
    return op->type == NET_OP_CARRIER_WAIT && op->carrier.lacp;
}

static guint op_timeout_ms(const NetOp *op)
{
    return op->type == NET_OP_CARRIER_WAIT ? op->carrier.timeout_ms : op->wait.timeout_ms;
}

static gboolean net_waiter_look_for_lacp(gpointer data)
{
    NetWaiter *self = data;
    g_autoptr(GPtrArray) waits = g_ptr_array_copy(self->waits, NULL, NULL);
    guint left = 0;

    for (guint i = 0; i < waits->len; i++) {
        Wait *wait = g_ptr_array_index(waits, i);
        if (!g_ptr_array_find(self->waits, wait, NULL) || !op_wants_lacp(wait->op))
            continue;
        left++;
        net_waiter_look(self, wait->op->dev);
    }
    if (!left)
        self->lacp_timer = 0;
    return left ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void net_waiter_read(NetWaiter *self, GHashTable *names, gboolean *ret_lost)
{
    g_autofree char *input = g_malloc(32768);
    gssize n;

    *ret_lost = FALSE;
    while ((n = recv(nl_socket_get_fd(self->events), input, 32768, MSG_DONTWAIT)) >= 0 || errno == EINTR ||
           errno == ENOBUFS) {
        int left = (int)MAX(n, 0);
        *ret_lost |= n < 0 && errno == ENOBUFS;
        for (struct nlmsghdr *header = (struct nlmsghdr *)input; nlmsg_ok(header, left);
             header = nlmsg_next(header, &left)) {
            struct nlattr *attr = nlmsg_find_attr(header, sizeof(struct ifinfomsg), IFLA_IFNAME);
            if (header->nlmsg_type == RTM_NEWLINK && attr)
                g_hash_table_add(names, g_strdup(nla_get_string(attr)));
        }
    }
}

static gboolean net_waiter_event(G_GNUC_UNUSED int fd, G_GNUC_UNUSED GIOCondition condition, gpointer data)
{
    NetWaiter *self = data;
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GHashTableIter iter;
    gpointer name;
    gboolean lost;

    net_waiter_read(self, names, &lost);
    if (lost)
        net_waiter_look(self, NULL);
    g_hash_table_iter_init(&iter, names);
    while (!lost && g_hash_table_iter_next(&iter, &name, NULL))
        net_waiter_look(self, name);
    return G_SOURCE_CONTINUE;
}

static void net_waiter_udev_done(const char *name, gpointer data)
{
    net_waiter_look(data, name);
}

static gboolean net_waiter_subscribe(NetWaiter *self, const NetOp *op, GError **error)
{
    int rc;

    if (op->type == NET_OP_LINK_WAIT && !self->udev)
        self->udev = net_udev_watch_new(net_waiter_udev_done, self);
    if (self->events)
        return TRUE;
    self->events = nl_socket_alloc();
    if ((rc = nl_connect(self->events, NETLINK_ROUTE)) < 0 ||
        (rc = nl_socket_add_memberships(self->events, RTNLGRP_LINK, 0)) < 0) {
        net_error_set(error, EIO, _("cannot listen for link events: %s"), nl_geterror(rc));
        g_clear_pointer(&self->events, nl_socket_free);
        return FALSE;
    }
    self->source = g_unix_fd_add(nl_socket_get_fd(self->events), G_IO_IN, net_waiter_event, self);
    return TRUE;
}

void net_waiter_add(NetWaiter *self, const NetOp *op, NetOpDone done, gpointer data)
{
    g_autoptr(ObservedLink) link = NULL;
    NetResult result = {0};
    Wait *wait;

    if (op->type == NET_OP_LINK_WAIT && op->wait.why) /* the planner knows already why it is no use */
        net_error_set(&result.error, ENODEV, "%s", op->wait.why);
    if (result.error || (op_timeout_ms(op) && !net_waiter_subscribe(self, op, &result.error))) {
        done(op, &result, data);
        net_result_clear(&result);
        return;
    }
    wait = g_new0(Wait, 1);
    *wait = (Wait){.waiter = self, .op = op, .done = done, .data = data};
    g_ptr_array_add(self->waits, wait);
    link = observe_link(self->batch, op->dev);
    if (wait_is_over(self->batch, op, link)) {
        wait_finish(wait, &result);
    } else if (!op_timeout_ms(op)) {
        wait_set_timeout(op, link, &result);
        wait_finish(wait, &result);
    } else {
        wait->timer = g_timeout_add(op_timeout_ms(op), wait_timed_out, wait);
        if (op_wants_lacp(op) && !self->lacp_timer)
            self->lacp_timer = g_timeout_add(LACP_LOOK_MS, net_waiter_look_for_lacp, self);
    }
}
