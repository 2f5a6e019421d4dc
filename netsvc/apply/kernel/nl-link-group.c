/* Deleting many links with one message. The kernel (net/core/rtnetlink.c rtnl_group_dellink()) deletes all
 * links of a link group in one unregister_netdevice_many(), which waits once for RCU; one by one it waits for
 * each. */
#include "apply/kernel/nl-ops.h"
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>

/* How many links are in the group; G_MAXUINT when that could not be found out. The table of links is of then.
 */
static guint link_group_count(NlBatch *batch, guint32 group)
{
    g_autoptr(GByteArray) all = nl_batch_dump(batch, nl_link_get(NULL), NULL);
    guint count = 0;

    if (!all)
        return G_MAXUINT;
    nl_links_learn(nl_batch_links(batch), all);
    int left = (int)all->len;
    for (struct nlmsghdr *header = (struct nlmsghdr *)all->data; nlmsg_ok(header, left);
         header = nlmsg_next(header, &left)) {
        const struct nlattr *attr = nlmsg_find_attr(header, sizeof(struct ifinfomsg), IFLA_GROUP);
        count += attr && nla_get_u32(attr) == group;
    }
    return count;
}

static guint32 link_group_unused(NlBatch *batch)
{
    guint32 group = 0;

    for (guint i = 0; i < 8; i++) {
        group = g_random_int() | 0x40000000u; /* far from what people number */
        if (link_group_count(batch, group) == 0)
            return group;
    }
    return 0;
}

static void count_accepted(G_GNUC_UNUSED gpointer tag, int code, G_GNUC_UNUSED const char *text,
                           gpointer data)
{
    *(guint *)data += code == 0;
}

static void link_group_set(NlBatch *batch, const GPtrArray *ops, guint32 group, guint *ret_accepted)
{
    *ret_accepted = 0;
    for (guint i = 0; i < ops->len; i++) {
        const NetOp *op = g_ptr_array_index(ops, i);
        int ifindex = nl_links_index(nl_batch_links(batch), op->dev);
        struct nl_msg *msg = ifindex ? nl_link_message(RTM_NEWLINK, 0, ifindex, 0, 0) : NULL;
        if (!msg)
            continue;
        nla_put_u32(msg, IFLA_GROUP, group);
        nl_batch_append(batch, msg, NULL);
    }
    nl_batch_flush(batch, count_accepted, ret_accepted);
}

gboolean nl_link_delete_group(NlBatch *batch, const GPtrArray *ops)
{
    guint32 group = link_group_unused(batch);
    struct nl_msg *msg;
    guint ours;

    if (!group)
        return FALSE;
    link_group_set(batch, ops, group, &ours);
    /* A foreign link in the group would be deleted too: then the group is dissolved, and nothing deleted. */
    if (ours == 0 || link_group_count(batch, group) != ours) {
        link_group_set(batch, ops, 0, &ours);
        return FALSE;
    }
    msg = nl_link_message(RTM_DELLINK, 0, 0, 0, 0);
    nla_put_u32(msg, IFLA_GROUP, group);
    return nl_batch_call(batch, msg, NULL) == 0 && link_group_count(batch, group) == 0;
}
