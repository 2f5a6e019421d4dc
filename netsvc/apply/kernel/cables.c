/* Pairs of veth devices: the near end is the NIC, the far end a socket of the switch. */
#include "apply/kernel/cables.h"
#include "apply/kernel/nl-ops.h"
#include "apply/kernel/sysfs.h"
#include <fcntl.h>
#include <linux/veth.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <unistd.h>

/* A switch takes whatever a card can send. */
enum { FAR_MTU = 65535 };

struct NetCables {
    NlBatch *far, *near; /* netlink of the two namespaces */
    int far_fd;          /* that of the switch */
};

void net_cables_free(NetCables *self)
{
    if (!self)
        return;
    nl_batch_free(self->far);
    nl_batch_free(self->near);
    if (self->far_fd >= 0)
        close(self->far_fd);
    g_free(self);
}

NetCables *net_cables_new(GError **error)
{
    NetCables *self = g_new0(NetCables, 1);
    self->far_fd = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    self->far = nl_batch_new(error);
    /* The switch itself says nothing. */
    procfs_write("ipv6/conf/default/disable_ipv6", "1");
    procfs_write("ipv6/conf/all/disable_ipv6", "1");
    if (self->far)
        return self;
    net_cables_free(self);
    return NULL;
}

static void put_far_end(const NetCables *self, struct nl_msg *msg, int number)
{
    struct ifinfomsg header = {.ifi_index = NET_CABLES_FAR + number};
    g_autofree char *name = g_strdup_printf("c%d", number);
    struct nlattr *info = nla_nest_start(msg, IFLA_LINKINFO);
    nla_put_string(msg, IFLA_INFO_KIND, "veth");
    struct nlattr *data = nla_nest_start(msg, IFLA_INFO_DATA), *peer = nla_nest_start(msg, VETH_INFO_PEER);
    nlmsg_append(msg, &header, sizeof header, NLMSG_ALIGNTO);
    nla_put_string(msg, IFLA_IFNAME, name);
    nla_put_u32(msg, IFLA_NET_NS_FD, (guint32)self->far_fd);
    nla_put_u32(msg, IFLA_MTU, FAR_MTU);
    nla_nest_end(msg, peer);
    nla_nest_end(msg, data);
    nla_nest_end(msg, info);
}

static int add(NetCables *self, const char *name, int ifindex, int number, const IfcfgMac *mac)
{
    struct nl_msg *msg = nl_link_message(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, ifindex, 0, 0);
    nla_put_string(msg, IFLA_IFNAME, name);
    if (mac->length == 6)
        nla_put(msg, IFLA_ADDRESS, mac->length, mac->bytes);
    put_far_end(self, msg, number);
    return nl_batch_call(self->near, msg, NULL);
}

int net_cables_add(NetCables *self, const char *name, int number, const IfcfgMac *mac, gboolean plugged)
{
    if (!self->near)
        self->near = nl_batch_new(NULL);
    if (!self->near)
        return ENOBUFS;
    int code = add(self, name, number, number, mac);
    if (code == EEXIST || code == EBUSY)
        code = add(self, name, 0, number, mac);
    return code ? code : net_cables_plug(self, number, plugged);
}

int net_cables_plug(NetCables *self, int number, gboolean plugged)
{
    return nl_batch_call(
        self->far, nl_link_message(RTM_NEWLINK, 0, NET_CABLES_FAR + number, plugged ? IFF_UP : 0, IFF_UP),
        NULL);
}
