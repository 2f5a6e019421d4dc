/* Bond options as netlink attributes: every row of the option table is encoded, found in the message with its
 * width, and decoded again. */
#include "apply/kernel/nl-bond.h"
#include "apply/kernel/nl-ops.h"
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <string.h>

static NlLinks *links;

static gboolean is_per_port(const BondOption *option)
{
    return option->kind == BOND_VALUE_PORT_UINT || option->kind == BOND_VALUE_PORT_INT;
}

/* A value that is not the default, by kind. `lo` is an interface that is always there. */
static const char *sample_of(const BondOption *option)
{
    static char number[16];

    switch (option->kind) {
    case BOND_VALUE_IFNAME:
        return "lo";
    case BOND_VALUE_IP4LIST:
        return "172.16.254.254,10.0.11.1";
    case BOND_VALUE_IP6LIST:
        return "2001:db8::1,2001:db8::2";
    case BOND_VALUE_MAC:
        return "02:00:00:00:00:0a";
    case BOND_VALUE_ENUM:
        return option->names[1].name ? option->names[1].name : option->names[0].name;
    default:
        g_snprintf(number, sizeof number, "%u", MAX(option->min, option->max - 1));
        return number;
    }
}

static BondSetting setting_of(const BondOption *option, const char *text)
{
    g_autoptr(GError) error = NULL;
    BondSetting setting = {.option = option, .name = (char *)option->name};

    setting.text = bond_option_normalize(option, text, &setting.number, &error);
    g_assert_no_error(error);
    return setting;
}

static struct nlattr *find_data(struct nl_msg *msg)
{
    struct nlattr *info = nlmsg_find_attr(nlmsg_hdr(msg), sizeof(struct ifinfomsg), IFLA_LINKINFO);
    struct nlattr *attrs[IFLA_INFO_MAX + 1];

    g_assert_nonnull(info);
    g_assert_cmpint(nla_parse_nested(attrs, IFLA_INFO_MAX, info, NULL), ==, 0);
    g_assert_cmpstr(nla_get_string(attrs[IFLA_INFO_KIND]), ==, "bond");
    return attrs[IFLA_INFO_DATA];
}

static void test_row(gconstpointer data)
{
    const BondOption *option = data;
    BondSetting setting = setting_of(option, sample_of(option));
    g_autoptr(GPtrArray) settings = g_ptr_array_new();
    NetOp op = {.dev = "bond0", .create = {.kind = "bond", .settings = settings}};
    g_autofree char *text = NULL;
    struct nl_msg *msg;
    struct nlattr *attr;

    g_ptr_array_add(settings, &setting);
    g_assert_true(nl_bond_can_put(links, &setting));
    msg = nl_link_add(links, &op, NULL);
    attr = nla_find(nla_data(find_data(msg)), nla_len(find_data(msg)), option->attr);
    g_assert_nonnull(attr);
    if (option->kind == BOND_VALUE_UINT || option->kind == BOND_VALUE_ENUM || option->kind == BOND_VALUE_MAC)
        g_assert_cmpint(nla_len(attr), ==, option->width);
    text = nl_bond_text_of_attr(links, option, attr);
    g_assert_cmpstr(text, ==, setting.text);
    nlmsg_free(msg);
    g_free(setting.text);
}

/* The kernel clears a list that comes empty, and an interface of index 0. */
static void test_empty(void)
{
    static const char *const names[] = {"arp_ip_target", "ns_ip6_target", "primary"};

    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        const BondOption *option = bond_option_find(names[i]);
        BondSetting setting = {.option = option, .name = (char *)names[i], .text = (char *)""};
        struct nl_msg *msg = nlmsg_alloc_simple(RTM_NEWLINK, 0);
        g_autofree char *text = NULL;
        nl_bond_put_setting(links, msg, &setting);
        struct nlattr *attr = nlmsg_find_attr(nlmsg_hdr(msg), 0, option->attr);
        g_assert_nonnull(attr);
        text = nl_bond_text_of_attr(links, option, attr);
        g_assert_cmpstr(text, ==, "");
        nlmsg_free(msg);
    }
}

/* What only sysfs can do is left out of the message. */
static void test_cannot_put(void)
{
    BondSetting unknown = {.name = (char *)"foo", .text = (char *)"bar"};
    BondSetting absent = {
        .option = bond_option_find("primary"), .name = (char *)"primary", .text = (char *)"no-such-dev"};
    BondSetting port = {
        .option = bond_option_find("queue_id"), .name = (char *)"queue_id", .text = (char *)"lo:1"};
    g_autoptr(GPtrArray) settings = g_ptr_array_new();
    NetOp op = {.dev = "lo", .settings = settings};
    g_autoptr(GError) error = NULL;

    g_ptr_array_add(settings, &unknown);
    g_ptr_array_add(settings, &absent);
    g_ptr_array_add(settings, &port);
    for (guint i = 0; i < settings->len; i++)
        g_assert_false(nl_bond_can_put(links, g_ptr_array_index(settings, i)));
    g_assert_null(nl_bond_set(links, &op, &error));
    g_assert_no_error(error);
}

static void test_create_message(void)
{
    NetOp op = {.dev = "bond7", .create = {.kind = "bond", .mtu = 9000}};
    struct nl_msg *msg;
    struct nlattr *attr;

    g_assert_true(ifcfg_mac_parse("52:54:00:00:00:07", &op.create.mac));
    msg = nl_link_add(links, &op, NULL);
    g_assert_cmpuint(nlmsg_hdr(msg)->nlmsg_flags & (NLM_F_CREATE | NLM_F_EXCL), ==,
                     NLM_F_CREATE | NLM_F_EXCL);
    attr = nlmsg_find_attr(nlmsg_hdr(msg), sizeof(struct ifinfomsg), IFLA_IFNAME);
    g_assert_cmpstr(nla_get_string(attr), ==, "bond7");
    attr = nlmsg_find_attr(nlmsg_hdr(msg), sizeof(struct ifinfomsg), IFLA_ADDRESS);
    g_assert_cmpmem(nla_data(attr), nla_len(attr), op.create.mac.bytes, 6);
    attr = nlmsg_find_attr(nlmsg_hdr(msg), sizeof(struct ifinfomsg), IFLA_MTU);
    g_assert_cmpuint(nla_get_u32(attr), ==, 9000);
    nlmsg_free(msg);
}

int main(int argc, char **argv)
{
    gsize count;
    const BondOption *options = bond_options(&count);
    g_autoptr(GError) error = NULL;
    g_autoptr(NlBatch) batch = NULL;

    g_test_init(&argc, &argv, NULL);
    batch = nl_batch_new(&error);
    g_assert_no_error(error);
    links = nl_batch_links(batch);
    g_assert_cmpuint(count, >, 20);
    for (gsize i = 0; i < count; i++) {
        g_autofree char *name = g_strdup_printf("/nl-bond/row/%s", options[i].name);
        if (options[i].attr && !is_per_port(&options[i]) && options[i].phase != BOND_PHASE_LOAD)
            g_test_add_data_func(name, &options[i], test_row);
    }
    g_test_add_func("/nl-bond/empty", test_empty);
    g_test_add_func("/nl-bond/cannot-put", test_cannot_put);
    g_test_add_func("/nl-bond/create-message", test_create_message);
    return g_test_run();
}
