/* Deleting many links with one message. The kernel (net/core/rtnetlink.c rtnl_group_dellink()) deletes all
 * links of a link group in one unregister_netdevice_many(), which waits once for RCU; one by one it waits for
 * each. */
#include "apply/kernel/nl-ops.h"
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>

/* Which link group each link is in: index -> group, both as pointers. The table of links is of then. NULL:
 * that could not be found out. */
static GHashTable *link_groups_read(NlBatch *batch)
{
    g_autoptr(GByteArray) all = nl_batch_dump(batch, nl_link_get(NULL), NULL);
    if (!all)
        return NULL;
    GHashTable *groups = g_hash_table_new(NULL, NULL);
    nl_links_learn(nl_batch_links(batch), all);
    int left = (int)all->len;
    for (struct nlmsghdr *header = (struct nlmsghdr *)all->data; nlmsg_ok(header, left);
         header = nlmsg_next(header, &left)) {
        const struct ifinfomsg *info = nlmsg_data(header);
        const struct nlattr *attr = nlmsg_find_attr(header, sizeof *info, IFLA_GROUP);
        g_hash_table_insert(groups, GINT_TO_POINTER(info->ifi_index),
                            GUINT_TO_POINTER(attr ? nla_get_u32(attr) : 0));
    }
    return groups;
}

static guint groups_count(GHashTable *groups, guint32 group)
{
    GHashTableIter iter;
    gpointer value;
    guint count = 0;
    g_hash_table_iter_init(&iter, groups);
    while (g_hash_table_iter_next(&iter, NULL, &value))
        count += GPOINTER_TO_UINT(value) == group;
    return count;
}

/* How many links are in the group now; G_MAXUINT when that could not be found out. */
static guint link_group_count(NlBatch *batch, guint32 group)
{
    g_autoptr(GHashTable) groups = link_groups_read(batch);
    return groups ? groups_count(groups, group) : G_MAXUINT;
}

static guint32 group_unused(GHashTable *groups)
{
    guint32 group;
    do
        group = g_random_int() | 0x40000000u; /* far from what people number */
    while (groups_count(groups, group));
    return group;
}

static void count_accepted(G_GNUC_UNUSED gpointer tag, int code, G_GNUC_UNUSED const char *text,
                           gpointer data)
{
    *(guint *)data += code == 0;
}

/* @before: puts each link back into the group that it was in; NULL: all into @group.
 * Returns: how many were accepted. */
static guint link_group_set(NlBatch *batch, const GPtrArray *ops, GHashTable *before, guint32 group)
{
    guint accepted = 0;
    for (guint i = 0; i < ops->len; i++) {
        const NetOp *op = g_ptr_array_index(ops, i);
        int ifindex = nl_links_index(nl_batch_links(batch), op->dev);
        struct nl_msg *msg = ifindex ? nl_link_message(RTM_NEWLINK, 0, ifindex, 0, 0) : NULL;
        if (!msg)
            continue;
        gpointer own = before ? g_hash_table_lookup(before, GINT_TO_POINTER(ifindex)) : NULL;
        nla_put_u32(msg, IFLA_GROUP, before ? GPOINTER_TO_UINT(own) : group);
        nl_batch_append(batch, msg, NULL);
    }
    nl_batch_flush(batch, count_accepted, &accepted);
    return accepted;
}

static gboolean link_group_delete(NlBatch *batch, guint32 group)
{
    struct nl_msg *msg = nl_link_message(RTM_DELLINK, 0, 0, 0, 0);
    nla_put_u32(msg, IFLA_GROUP, group);
    return nl_batch_call(batch, msg, NULL) == 0 && link_group_count(batch, group) == 0;
}

gboolean nl_link_delete_group(NlBatch *batch, const GPtrArray *ops)
{
    g_autoptr(GHashTable) before = link_groups_read(batch);
    if (!before)
        return FALSE;
    guint32 group = group_unused(before);
    guint ours = link_group_set(batch, ops, NULL, group);
    /* A foreign link in the group would be deleted too. */
    if (ours && link_group_count(batch, group) == ours && link_group_delete(batch, group))
        return TRUE;
    link_group_set(batch, ops, before, 0);
    return FALSE;
}
