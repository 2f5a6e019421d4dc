/* Primary and secondary addresses. Without promote_secondaries the kernel removes all secondary addresses
 * with their primary one (devinet.c
 * __inet_del_ifa()): a VIP that keepalived put beside our address would go with it. */
#include "apply/kernel/promote.h"
#include "apply/kernel/sysfs.h"
#include <linux/if_addr.h>
#include <sys/socket.h>

struct NetPromotion {
    GPtrArray *paths; /* char*: switched on by us */
};

static char *promote_path(const char *dev)
{
    return g_strdup_printf("ipv4/conf/%s/promote_secondaries", dev);
}

static gboolean is_off(const char *path)
{
    g_autofree char *text = procfs_read(path);

    return text && text[0] == '0';
}

/* Whatever the phase: a `down` removes addresses early, a live change late. */
static gboolean removes_address4(const NetOp *op)
{
    return net_op_removes(op) && net_op_kind(op)->note == NET_NOTE_ADDRESS &&
           op->address->prefix.ip.family == AF_INET;
}

NetPromotion *net_promotion_begin(const NetOp *const *ops, guint n)
{
    NetPromotion *self = NULL;
    g_autoptr(GHashTable) devs = g_hash_table_new(g_str_hash, g_str_equal); /* that have been looked at */

    for (guint i = 0; i < n; i++) {
        g_autofree char *path = NULL;
        if (!removes_address4(ops[i]) || !g_hash_table_add(devs, (gpointer)ops[i]->dev))
            continue;
        path = promote_path(ops[i]->dev);
        if (!is_off(path) || procfs_write(path, "1"))
            continue;
        if (!self)
            self = g_new0(NetPromotion, 1);
        if (!self->paths)
            self->paths = g_ptr_array_new_with_free_func(g_free);
        g_ptr_array_add(self->paths, g_steal_pointer(&path));
    }
    return self;
}

void net_promotion_end(NetPromotion *self)
{
    if (!self)
        return;
    for (guint i = 0; i < self->paths->len; i++)
        procfs_write(g_ptr_array_index(self->paths, i), "0");
    g_ptr_array_unref(self->paths);
    g_free(self);
}

static gboolean is_secondary(const NetObserved *picture, const NetOp *op)
{
    const ObservedLink *link = net_observed_link(picture, op->dev);
    const ObservedAddress *address =
        link ? net_observed_address(picture, link->ifindex, &op->address->prefix) : NULL;

    return address && address->flags & IFA_F_SECONDARY;
}

/* Secondary addresses go first, and the last is the first: with a primary one the kernel deletes all later
 * ones of its network and puts each of them back (__inet_del_ifa()), which is quadratic and holds everybody
 * up. */
void net_deletions_sort(GPtrArray *ops, const NetObserved *picture)
{
    g_autoptr(GPtrArray) primaries = g_ptr_array_new(), all = g_ptr_array_new();

    for (guint i = ops->len; picture && i > 0; i--)
        g_ptr_array_add(is_secondary(picture, ops->pdata[i - 1]) ? all : primaries, ops->pdata[i - 1]);
    g_ptr_array_extend(all, primaries, NULL, NULL);
    for (guint i = 0; i < all->len; i++)
        ops->pdata[i] = all->pdata[i];
}
