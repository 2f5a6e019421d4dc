/* The picture of the kernel: one dump each of links, addresses, routes and rules. */
#include "apply/observe.h"
#include "apply/nl-ops.h"
#include "apply/system.h"
#include <linux/fib_rules.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netlink/attr.h>

static struct nl_msg *link_request(int flags, const char *name)
{
    struct nl_msg *msg = nl_link_message(RTM_GETLINK, flags, 0, 0, 0);

    nla_put_u32(msg, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
    if (name)
        nla_put_string(msg, IFLA_IFNAME, name);
    return msg;
}

/* All four request headers begin with the family, and zero asks for everything. */
static struct nl_msg *family_request(int type)
{
    struct nl_msg *msg = nlmsg_alloc_size(128);
    struct rtmsg header = {.rtm_family = AF_UNSPEC};

    G_STATIC_ASSERT(sizeof(struct fib_rule_hdr) == sizeof header);
    nlmsg_put(msg, 0, 0, type, 0, NLM_F_DUMP);
    nlmsg_append(msg, &header, sizeof header, NLMSG_ALIGNTO);
    return msg;
}

static void add_message(NetObserved *observed, struct nlmsghdr *header)
{
    switch (header->nlmsg_type) {
    case RTM_NEWLINK: {
        ObservedLink *link = observe_link_parse(header);
        if (link)
            net_observed_add_link(observed, link);
        break;
    }
    case RTM_NEWADDR: {
        ObservedAddress *address = observe_addr_parse(header);
        if (address)
            net_observed_add_address(observed, address);
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
    default:
        break;
    }
}

static gboolean add_dump(NlBatch *batch, NetObserved *observed, struct nl_msg *request, GError **error)
{
    g_autoptr(GByteArray) all = nl_batch_dump(batch, request, error);

    if (!all)
        return FALSE;
    int left = (int)all->len;
    for (struct nlmsghdr *header = (struct nlmsghdr *)all->data; nlmsg_ok(header, left);
         header = nlmsg_next(header, &left))
        add_message(observed, header);
    return TRUE;
}

static gboolean has_bonding(void)
{
    return g_file_test("/sys/module/bonding", G_FILE_TEST_IS_DIR) ||
           g_file_test("/proc/net/bonding", G_FILE_TEST_IS_DIR);
}

NetObserved *observe_all(NlBatch *batch, GError **error)
{
    g_autoptr(NetObserved) observed = net_observed_new();

    if (!add_dump(batch, observed, link_request(NLM_F_DUMP, NULL), error) ||
        !add_dump(batch, observed, family_request(RTM_GETADDR), error) ||
        !add_dump(batch, observed, family_request(RTM_GETROUTE), error))
        return NULL;
    /* A kernel without policy routing has no rules to dump, which is no reason to fail. */
    add_dump(batch, observed, family_request(RTM_GETRULE), NULL);
    observed->has_bonding = has_bonding();
    return g_steal_pointer(&observed);
}

NetObserved *net_observe(GError **error)
{
    g_autoptr(NlBatch) batch = nl_batch_new(error);

    return batch ? observe_all(batch, error) : NULL;
}

ObservedLink *observe_link(NlBatch *batch, const char *name)
{
    g_autoptr(GByteArray) answer = nl_batch_dump(batch, link_request(0, name), NULL);

    if (!answer || answer->len < NLMSG_LENGTH(sizeof(struct ifinfomsg)))
        return NULL;
    return observe_link_parse((struct nlmsghdr *)answer->data);
}
