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
    GHashTable *renamed; /* name that a link had when the plan looked at it -> its name now; both owned */
};

NlLinks *nl_links_new(NlBatch *batch)
{
    NlLinks *self = g_new0(NlLinks, 1);

    self->batch = batch;
    self->indexes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    self->names = g_hash_table_new(NULL, NULL);
    self->renamed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return self;
}

void nl_links_free(NlLinks *self)
{
    g_hash_table_unref(self->names);
    g_hash_table_unref(self->renamed);
    g_hash_table_unref(self->indexes);
    g_free(self);
}

static void unlink_name(NlLinks *self, const char *name)
{
    g_hash_table_remove(self->names, g_hash_table_lookup(self->indexes, name));
    g_hash_table_remove(self->indexes, name);
}

static void link_name(NlLinks *self, int ifindex, const char *given)
{
    char *name = g_strdup(given);

    unlink_name(self, name);
    g_hash_table_insert(self->indexes, name, GINT_TO_POINTER(ifindex));
    g_hash_table_insert(self->names, GINT_TO_POINTER(ifindex), name);
}

void nl_links_forget(NlLinks *self, const char *name)
{
    unlink_name(self, name);
    g_hash_table_remove(self->renamed, name);
}

void nl_links_note_name(NlLinks *self, int ifindex, const char *name)
{
    const char *known = g_hash_table_lookup(self->names, GINT_TO_POINTER(ifindex));

    if (!known || g_str_equal(known, name))
        return;
    g_hash_table_insert(self->renamed, g_strdup(known), g_strdup(name));
    unlink_name(self, known);
    link_name(self, ifindex, name);
}

/* Returns the index. */
static int nl_links_add(NlLinks *self, struct nlmsghdr *header)
{
    const struct ifinfomsg *info = nlmsg_data(header);
    const struct nlattr *attr;

    if (header->nlmsg_type != RTM_NEWLINK || header->nlmsg_len < NLMSG_LENGTH(sizeof *info))
        return 0;
    attr = nlmsg_find_attr(header, sizeof *info, IFLA_IFNAME);
    if (!attr)
        return 0;
    link_name(self, info->ifi_index, nla_get_string(attr));
    return info->ifi_index;
}

static void links_note_names(NlLinks *self, const GByteArray *dump)
{
    int left = (int)dump->len;

    for (struct nlmsghdr *header = (struct nlmsghdr *)dump->data; nlmsg_ok(header, left);
         header = nlmsg_next(header, &left)) {
        const struct nlattr *attr = nlmsg_find_attr(header, sizeof(struct ifinfomsg), IFLA_IFNAME);
        if (attr)
            nl_links_note_name(self, ((struct ifinfomsg *)nlmsg_data(header))->ifi_index,
                               nla_get_string(attr));
    }
}

void nl_links_learn(NlLinks *self, const GByteArray *dump)
{
    int left = (int)dump->len;

    links_note_names(self, dump);
    g_hash_table_remove_all(self->names);
    g_hash_table_remove_all(self->indexes);
    for (struct nlmsghdr *header = (struct nlmsghdr *)dump->data; nlmsg_ok(header, left);
         header = nlmsg_next(header, &left))
        nl_links_add(self, header);
}

void nl_links_forget_all(NlLinks *self)
{
    g_hash_table_remove_all(self->names);
    g_hash_table_remove_all(self->indexes);
    g_hash_table_remove_all(self->renamed);
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
    const char *now = g_hash_table_lookup(self->renamed, name);
    int ifindex = now ? 0 : nl_links_index(self, name);

    if (now)
        net_error_set(error, ENXIO, _("%s was renamed to %s in the middle of this run; left alone"), name,
                      now);
    else if (!ifindex)
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
