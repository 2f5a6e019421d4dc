/* The table of links. Not by if_nametoindex(): for a name that is not there, the ioctl behind it has the
 * kernel run modprobe, twice (net/core/dev_ioctl.c dev_load()), which takes longer than all else that a
 * `down` does. */
#include "apply/kernel/nl-links.h"
#include "apply/kernel/nl-ops.h"
#include "i18n.h"
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netlink/attr.h>

struct NlLinks {
    NlBatch *batch;
    GHashTable *indexes; /* name, owned -> index */
    GHashTable *names;   /* index -> name, owned by ->indexes */
};

NlLinks *nl_links_new(NlBatch *batch)
{
    NlLinks *self = g_new0(NlLinks, 1);

    self->batch = batch;
    self->indexes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    self->names = g_hash_table_new(NULL, NULL);
    return self;
}

void nl_links_free(NlLinks *self)
{
    g_hash_table_unref(self->names);
    g_hash_table_unref(self->indexes);
    g_free(self);
}

void nl_links_forget(NlLinks *self, const char *name)
{
    g_hash_table_remove(self->names, g_hash_table_lookup(self->indexes, name));
    g_hash_table_remove(self->indexes, name);
}

/* Returns the index. */
static int nl_links_add(NlLinks *self, struct nlmsghdr *header)
{
    const struct ifinfomsg *info = nlmsg_data(header);
    const struct nlattr *attr;
    char *name;

    if (header->nlmsg_type != RTM_NEWLINK || header->nlmsg_len < NLMSG_LENGTH(sizeof *info))
        return 0;
    attr = nlmsg_find_attr(header, sizeof *info, IFLA_IFNAME);
    if (!attr)
        return 0;
    nl_links_forget(self, nla_get_string(attr));
    name = g_strdup(nla_get_string(attr));
    g_hash_table_insert(self->indexes, name, GINT_TO_POINTER(info->ifi_index));
    g_hash_table_insert(self->names, GINT_TO_POINTER(info->ifi_index), name);
    return info->ifi_index;
}

void nl_links_learn(NlLinks *self, const GByteArray *dump)
{
    int left = (int)dump->len;

    g_hash_table_remove_all(self->names);
    g_hash_table_remove_all(self->indexes);
    for (struct nlmsghdr *header = (struct nlmsghdr *)dump->data; nlmsg_ok(header, left);
         header = nlmsg_next(header, &left))
        nl_links_add(self, header);
}

int nl_links_index(NlLinks *self, const char *name)
{
    int ifindex = GPOINTER_TO_INT(g_hash_table_lookup(self->indexes, name));
    g_autoptr(GByteArray) answer = NULL;

    if (ifindex)
        return ifindex;
    answer = nl_batch_dump(self->batch, nl_link_get(name), NULL);
    return answer ? nl_links_add(self, (struct nlmsghdr *)answer->data) : 0;
}

int nl_links_need(NlLinks *self, const char *name, GError **error)
{
    int ifindex = nl_links_index(self, name);

    if (!ifindex)
        net_error_set(error, ENODEV, _("Device %s does not seem to be present"), name);
    return ifindex;
}

gboolean nl_links_has(const NlLinks *self, const char *name)
{
    return g_hash_table_contains(self->indexes, name);
}

/* This ioctl loads nothing. */
char *nl_links_name(NlLinks *self, guint32 ifindex)
{
    const char *known = g_hash_table_lookup(self->names, GUINT_TO_POINTER(ifindex));
    char name[IF_NAMESIZE] = "";

    return g_strdup(known ? known : if_indextoname(ifindex, name));
}
