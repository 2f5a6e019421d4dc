/* Waiting for devices, carriers and duplicate address detection: each wait is a condition on the live
 * picture, found by its device's name and looked at when that changes; for devices also what udev has done
 * with. A timer each ends them. */
#include "apply/kernel/wait.h"
#include "apply/kernel/wait-carrier.h"
#include "apply/kernel/wait-dad.h"
#include "apply/kernel/wait-lease.h"
#include "apply/system.h"
#include "i18n.h"
#include <errno.h>

typedef struct {
    NetWaiter *waiter;
    const NetOp *op;
    NetOpDone done;
    gpointer data;
    guint timer;
    gboolean is_prolonged;
} Wait;

enum { SILENT_LOOK_MS = 200 };

struct NetWaiter {
    NetWatch *watch;
    NlLinks *names;
    NetUdevWatch *udev; /* NULL: no device was waited for yet, or there is no udev */
    GHashTable *by_dev; /* name -> GPtrArray of Wait* (owned) */
    GHashTable *live;   /* set of all of them: the end of one can end others before their turn */
    GHashTable *silent; /* set of names of devices with ports that get ready without an event */
    guint silent_timer; /* one for all of them, while there are any */
};

static void net_waiter_changed(const char *dev, gpointer data);

NetWaiter *net_waiter_new(NetWatch *watch, NlLinks *names)
{
    NetWaiter *self = g_new0(NetWaiter, 1);

    self->watch = watch;
    self->names = names;
    self->by_dev = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
    self->live = g_hash_table_new(NULL, NULL);
    self->silent = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    net_watch_on_change(watch, net_waiter_changed, self);
    return self;
}

static void waits_add(NetWaiter *self, Wait *wait)
{
    GPtrArray *waits = g_hash_table_lookup(self->by_dev, wait->op->dev);

    if (!waits) {
        waits = g_ptr_array_new();
        g_hash_table_insert(self->by_dev, g_strdup(wait->op->dev), waits);
    }
    g_ptr_array_add(waits, wait);
    g_hash_table_add(self->live, wait);
}

static void waits_remove(NetWaiter *self, Wait *wait)
{
    GPtrArray *waits = g_hash_table_lookup(self->by_dev, wait->op->dev);

    g_hash_table_remove(self->live, wait);
    g_ptr_array_remove_fast(waits, wait);
    if (waits->len)
        return;
    g_hash_table_remove(self->silent, wait->op->dev);
    g_hash_table_remove(self->by_dev, wait->op->dev);
}

/* The wait leaves the table before its owner hears of it, who may begin new ones. Another card may have had
 * the name when links were looked at last. */
static void wait_finish(Wait *wait, NetResult *result)
{
    if (wait->op->type == NET_OP_LINK_WAIT)
        nl_links_forget(wait->waiter->names, wait->op->dev);
    waits_remove(wait->waiter, wait);
    if (wait->timer)
        g_source_remove(wait->timer);
    wait->done(wait->op, result, wait->data);
    net_result_clear(result);
    g_free(wait);
}

/* All waits as they are now: the table changes while they end. */
static GPtrArray *waits_all(NetWaiter *self)
{
    GPtrArray *all = g_ptr_array_new();
    GHashTableIter iter;
    gpointer waits;

    g_hash_table_iter_init(&iter, self->by_dev);
    while (g_hash_table_iter_next(&iter, NULL, &waits))
        g_ptr_array_extend(all, waits, NULL, NULL);
    return all;
}

void net_waiter_cancel(NetWaiter *self)
{
    g_autoptr(GPtrArray) all = waits_all(self);

    for (guint i = 0; i < all->len; i++) {
        if (!g_hash_table_contains(self->live, all->pdata[i]))
            continue;
        NetResult result = {.error = g_error_new(NET_ERROR, ECANCELED, _("interrupted"))};
        wait_finish(all->pdata[i], &result);
    }
}

void net_waiter_free(NetWaiter *self)
{
    if (!self)
        return;
    net_waiter_cancel(self);
    net_watch_on_change(self->watch, NULL, NULL);
    if (self->silent_timer)
        g_source_remove(self->silent_timer);
    net_udev_watch_free(self->udev);
    g_hash_table_unref(self->by_dev);
    g_hash_table_unref(self->live);
    g_hash_table_unref(self->silent);
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

static gboolean op_wants_ports(const NetOp *op)
{
    return op->type == NET_OP_CARRIER_WAIT && op->carrier.partner;
}

static guint op_timeout_ms(const NetOp *op)
{
    return op->type == NET_OP_CARRIER_WAIT ? op->carrier.timeout_ms : op->wait.timeout_ms;
}

static gboolean port_is_silent(const ObservedLink *port)
{
    return port->port_is_silent;
}

/* A card that is new can have another one's name for a moment: until udev has done with it, and as long as
 * its address is not the one that is waited for, it is not the device. */
static gboolean wait_is_over(const NetOp *op, const NetObserved *picture, const ObservedLink *link)
{
    if (!link)
        return FALSE;
    if (op->type == NET_OP_LEASE_GET)
        return lease_is_over(op, picture);
    if (op->type == NET_OP_CARRIER_WAIT)
        return carrier_is_over(op, picture, link);
    if (op->type == NET_OP_DAD_WAIT)
        return !carrier_is_on(link) || dad_is_over(op, picture, link);
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

static void wait_set_timeout(const NetOp *op, const ObservedLink *link, NetResult *result)
{
    if (op->type == NET_OP_LINK_WAIT)
        device_set_timeout(op, link, result);
    else if (op->type == NET_OP_DAD_WAIT)
        net_result_note(result, TRUE, NULL, _("IPv6 duplicate address detection is not over after %u s"),
                        op->wait.timeout_ms / 1000);
    else if (op->type == NET_OP_LEASE_GET)
        lease_set_timeout(op, result);
    else
        carrier_set_timeout(op, link, result);
}

/* The cable is in: the bond takes its time (updelay). Returns: how long, once. */
static guint wait_take_delay(Wait *wait, const NetObserved *picture)
{
    const ObservedLink *link = picture ? net_observed_link(picture, wait->op->dev) : NULL;
    gboolean may = wait->op->type == NET_OP_CARRIER_WAIT && !wait->is_prolonged && link &&
                   carrier_any_port(picture, link, carrier_is_on);

    wait->is_prolonged = TRUE;
    return may ? wait->op->carrier.port_delay_ms : 0;
}

static gboolean wait_timed_out(gpointer data)
{
    Wait *wait = data;
    const NetObserved *picture = net_watch_peek(wait->waiter->watch, NULL);
    guint delay_ms = wait_take_delay(wait, picture);
    NetResult result = {0};

    wait->timer = delay_ms ? g_timeout_add(delay_ms, wait_timed_out, wait) : 0;
    if (delay_ms)
        return G_SOURCE_REMOVE;
    wait_set_timeout(wait->op, picture ? net_observed_link(picture, wait->op->dev) : NULL, &result);
    wait_finish(wait, &result);
    return G_SOURCE_REMOVE;
}

/* --- looking --- */

static char **names_copy(GHashTable *names)
{
    g_autofree char **keys = (char **)g_hash_table_get_keys_as_array(names, NULL);
    return g_strdupv(keys);
}

static gboolean net_waiter_look_at_silent(gpointer data)
{
    NetWaiter *self = data;
    g_auto(GStrv) names = names_copy(self->silent); /* the end of one wait can end others */

    for (char **name = names; *name; name++) {
        net_watch_refresh(self->watch, (const char *const *)name, 1);
        net_waiter_changed(*name, self);
    }
    if (g_hash_table_size(self->silent))
        return G_SOURCE_CONTINUE;
    self->silent_timer = 0;
    return G_SOURCE_REMOVE;
}

/* No event tells when such ports are ready: one timer looks at all of them, as long as there are any. */
static void note_silent(NetWaiter *self, const Wait *wait, const NetObserved *picture,
                        const ObservedLink *link)
{
    if (!op_wants_ports(wait->op) || !link || !carrier_is_on(link) ||
        !carrier_any_port(picture, link, port_is_silent))
        return;
    g_hash_table_add(self->silent, g_strdup(wait->op->dev));
    if (!self->silent_timer)
        self->silent_timer = g_timeout_add(SILENT_LOOK_MS, net_waiter_look_at_silent, self);
}

/* Whether it has ended: it is as wanted, or can be so no more, as the device or its ports have gone. */
static gboolean wait_look(Wait *wait, const NetObserved *picture)
{
    const ObservedLink *link = net_observed_link(picture, wait->op->dev);
    NetResult result = {0};
    gboolean is_over = wait_is_over(wait->op, picture, link) || carrier_lacks_port(wait->op, picture, link);

    if (is_over && wait->op->type == NET_OP_DAD_WAIT)
        dad_set_result(wait->op, picture, link, link && carrier_is_on(link), &result);
    if (!is_over && !link && wait->op->type != NET_OP_LINK_WAIT) {
        net_error_set(&result.error, ENODEV, _("Device %s does not seem to be present"), wait->op->dev);
        is_over = TRUE;
    }
    if (is_over)
        wait_finish(wait, &result);
    else
        note_silent(wait->waiter, wait, picture, link);
    return is_over;
}

static void net_waiter_changed(const char *dev, gpointer data)
{
    NetWaiter *self = data;
    const GPtrArray *found = dev ? g_hash_table_lookup(self->by_dev, dev) : NULL;
    g_autoptr(GPtrArray) waits = NULL;
    const NetObserved *picture;

    if (dev && !found)
        return;
    waits = dev ? g_ptr_array_copy((GPtrArray *)found, NULL, NULL) : waits_all(self);
    picture = net_watch_peek(self->watch, NULL);
    for (guint i = 0; picture && i < waits->len; i++)
        if (g_hash_table_contains(self->live, waits->pdata[i]))
            wait_look(waits->pdata[i], picture);
}

/* --- beginning --- */

static void waiter_begin(NetWaiter *self, const NetOp *op, guint timeout_ms, NetOpDone done, gpointer data)
{
    NetResult result = {0};
    const NetObserved *picture = net_watch_peek(self->watch, &result.error);
    Wait *wait = g_new0(Wait, 1);

    *wait = (Wait){.waiter = self, .op = op, .done = done, .data = data};
    waits_add(self, wait);
    if (!picture) {
        wait_finish(wait, &result);
        return;
    }
    if (wait_look(wait, picture))
        return;
    if (timeout_ms) {
        wait->timer = g_timeout_add(timeout_ms, wait_timed_out, wait);
        return;
    }
    wait_set_timeout(op, net_observed_link(picture, op->dev), &result);
    wait_finish(wait, &result);
}

void net_waiter_add(NetWaiter *self, const NetOp *op, NetOpDone done, gpointer data)
{
    NetResult result = {0};

    if (op->type == NET_OP_LINK_WAIT && op->wait.why) { /* the planner knows already why it is no use */
        net_error_set(&result.error, ENODEV, "%s", op->wait.why);
        done(op, &result, data);
        net_result_clear(&result);
        return;
    }
    if (op->type == NET_OP_LINK_WAIT && op_timeout_ms(op) && !self->udev)
        self->udev = net_udev_watch_new(net_waiter_changed, self);
    waiter_begin(self, op, op_timeout_ms(op), done, data);
}

void net_waiter_add_lease(NetWaiter *self, const NetOp *op, guint timeout_ms, NetOpDone done, gpointer data)
{
    waiter_begin(self, op, timeout_ms, done, data);
}

void net_waiter_end(NetWaiter *self, const NetOp *op, GError *error)
{
    const GPtrArray *waits = g_hash_table_lookup(self->by_dev, op->dev);
    NetResult result = {.error = error};
    for (guint i = 0; waits && i < waits->len; i++) {
        Wait *wait = waits->pdata[i];
        if (wait->op != op)
            continue;
        wait_finish(wait, &result);
        return;
    }
    g_error_free(error);
}
