/* Options of links as netlink attributes: every row of every family is encoded, found in the message with its
 * width, and decoded again. */
#include "apply/kernel/nl-link-data.h"
#include "apply/kernel/nl-ops.h"
#include "bond-family.h"
#include "families.h"
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <string.h>

static NlLinks *links;

typedef struct {
    const LinkFamily *family;
    const LinkTable *table;
    const LinkOption *option;
} Row;

/* `lo` is an interface that is always there. */
static LinkSetting setting_of(const LinkOption *option)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *sample = link_option_sample(option, "lo");
    LinkSetting setting = {.option = option, .name = (char *)option->name};

    setting.text = link_option_normalize(option, sample, &setting.number, &error);
    g_assert_no_error(error);
    return setting;
}

static struct nlattr *find_data(const Row *row, struct nl_msg *msg)
{
    struct nlattr *info = nlmsg_find_attr(nlmsg_hdr(msg), sizeof(struct ifinfomsg), IFLA_LINKINFO);
    struct nlattr *attrs[IFLA_INFO_MAX + 1];
    gboolean is_own = row->table == &row->family->own;

    g_assert_nonnull(info);
    g_assert_cmpint(nla_parse_nested(attrs, IFLA_INFO_MAX, info, NULL), ==, 0);
    g_assert_cmpstr(nla_get_string(attrs[is_own ? IFLA_INFO_KIND : IFLA_INFO_SLAVE_KIND]), ==,
                    row->family->kind);
    return attrs[is_own ? IFLA_INFO_DATA : IFLA_INFO_SLAVE_DATA];
}

static void test_row(gconstpointer data)
{
    const Row *row = data;
    LinkSetting setting = setting_of(row->option), other = {};
    g_autoptr(GPtrArray) settings = g_ptr_array_new();
    gboolean is_own = row->table == &row->family->own;
    NetOp add = {.dev = "new7", .create = {.family = row->family, .settings = settings}};
    NetOp set = {.dev = "lo", .set = {.family = row->family, .settings = settings}};
    struct nl_msg *msg;
    struct nlattr *attr;

    g_ptr_array_add(settings, &setting);
    g_assert_true(nl_link_data_can_put(links, &setting));
    if (row->option->needs & LINK_IS_KNOWN_BY_OTHER) {
        other = setting_of(link_table_find(row->table, row->option->other));
        g_ptr_array_add(settings, &other);
    }
    msg = !is_own                   ? nl_port_set(links, &set, NULL)
          : row->family->is_by_file ? nl_link_set(links, &set, NULL)
                                    : nl_link_add(links, &add, NULL);
    attr = nla_find(nla_data(find_data(row, msg)), nla_len(find_data(row, msg)), row->option->attr);
    g_assert_nonnull(attr);
    if (row->option->kind != LINK_VALUE_TEXT && row->option->kind != LINK_VALUE_MAP &&
        row->option->kind != LINK_VALUE_IP4LIST && row->option->kind != LINK_VALUE_IP6LIST)
        g_assert_cmpint(nla_len(attr), ==, row->option->width);
    g_autoptr(LinkValues) values = nl_link_data_values(links, row->family, row->table, find_data(row, msg));
    g_assert_cmpstr(link_values_get(values, row->option), ==, setting.text);
    nlmsg_free(msg);
    g_free(setting.text);
    g_free(other.text);
}

/* A kernel without VLAN filtering says that it is off. */
static void test_known_by_other(void)
{
    const LinkTable *table = &bridge_family.own;
    LinkSetting setting = setting_of(link_table_find(table, "vlan_filtering"));
    g_autoptr(GPtrArray) settings = g_ptr_array_new();
    NetOp add = {.dev = "new7", .create = {.family = &bridge_family, .settings = settings}};
    const Row row = {.family = &bridge_family, .table = table};

    g_ptr_array_add(settings, &setting);
    struct nl_msg *msg = nl_link_add(links, &add, NULL);
    g_autoptr(LinkValues) values = nl_link_data_values(links, &bridge_family, table, find_data(&row, msg));
    g_assert_null(link_values_get(values, setting.option));
    nlmsg_free(msg);
    g_free(setting.text);
}

/* The kernel clears a list that comes empty, and an interface of index 0. */
static void test_empty(void)
{
    static const char *const names[] = {"arp_ip_target", "ns_ip6_target", "primary"};

    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        const LinkOption *option = link_table_find(&bond_family.own, names[i]);
        LinkSetting setting = {.option = option, .name = (char *)names[i], .text = (char *)""};
        struct nl_msg *msg = nlmsg_alloc_simple(RTM_NEWLINK, 0);
        nl_link_data_put_setting(links, msg, &setting);
        struct nlattr *attr = nlmsg_find_attr(nlmsg_hdr(msg), 0, option->attr);
        g_assert_nonnull(attr);
        g_autofree char *text = nl_link_data_text(links, option, attr);
        g_assert_cmpstr(text, ==, "");
        nlmsg_free(msg);
    }
}

/* What only sysfs can do is left out of the message. */
static void test_cannot_put(void)
{
    LinkSetting unknown = {.name = (char *)"foo", .text = (char *)"bar"};
    LinkSetting absent = {.option = link_table_find(&bond_family.own, "primary"),
                          .name = (char *)"primary",
                          .text = (char *)"no-such-dev"};
    g_autoptr(GPtrArray) settings = g_ptr_array_new();
    NetOp op = {.dev = "lo", .set = {.family = &bond_family, .settings = settings}};
    g_autoptr(GError) error = NULL;

    g_ptr_array_add(settings, &unknown);
    g_ptr_array_add(settings, &absent);
    for (guint i = 0; i < settings->len; i++)
        g_assert_false(nl_link_data_can_put(links, g_ptr_array_index(settings, i)));
    g_assert_null(nl_link_set(links, &op, &error));
    g_assert_no_error(error);
}

static void test_create_message(void)
{
    NetOp op = {.dev = "bond7", .create = {.family = &bond_family, .mtu = 9000, .lower = "lo"}};
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
    attr = nlmsg_find_attr(nlmsg_hdr(msg), sizeof(struct ifinfomsg), IFLA_LINK);
    g_assert_cmpint((int)nla_get_u32(attr), ==, nl_links_index(links, "lo"));
    nlmsg_free(msg);
}

/* The device that it stands on is not there. */
static void test_no_lower(void)
{
    NetOp op = {.dev = "bond7", .create = {.family = &bond_family, .lower = "no-such-dev"}};
    g_autoptr(GError) error = NULL;

    g_assert_null(nl_link_add(links, &op, &error));
    g_assert_nonnull(error);
}

static void rows_add(const LinkFamily *family, const LinkTable *table)
{
    for (gsize i = 0; i < table->n; i++) {
        const LinkOption *option = &table->rows[i];
        Row *row = g_new(Row, 1);
        g_autofree char *path = g_strdup_printf("/nl-link-data/%s/%s/%s", family->kind,
                                                table == &family->own ? "own" : "port", option->name);
        *row = (Row){family, table, option};
        if (option->attr && option->when != LINK_WHEN_LOAD && option->when != LINK_WHEN_NEVER)
            g_test_add_data_func_full(path, row, test_row, g_free);
        else
            g_free(row);
    }
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(NlBatch) batch = NULL;

    g_test_init(&argc, &argv, NULL);
    batch = nl_batch_new(&error);
    g_assert_no_error(error);
    links = nl_batch_links(batch);
    const LinkFamily *family;
    for (guint i = 0; (family = link_family_nth(i)); i++) {
        rows_add(family, &family->own);
        rows_add(family, &family->port);
    }
    g_test_add_func("/nl-link-data/empty", test_empty);
    g_test_add_func("/nl-link-data/known-by-other", test_known_by_other);
    g_test_add_func("/nl-link-data/cannot-put", test_cannot_put);
    g_test_add_func("/nl-link-data/create-message", test_create_message);
    g_test_add_func("/nl-link-data/no-lower", test_no_lower);
    return g_test_run();
}
