/* Asks the running kernel about every row of the bonding option table: written by netlink, and by sysfs where
 * the row names a file, on a bond in a mode that permits it, and read back each time. Prints TAP. Needs root,
 * the bonding driver and a network namespace of its own. */
#include "apply/job.h"
#include "apply/kernel/nl-bond.h"
#include "apply/kernel/nl-ops.h"
#include "apply/kernel/observe.h"
#include "apply/kernel/sysfs.h"
#include "apply/net-error.h"
#include "apply/system.h"
#include <errno.h>
#include <linux/if_link.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

#define BOND "optrow"
#define PORT "optport"

typedef enum { BY_NETLINK, BY_SYSFS } Way;

static gboolean is_per_port(const BondOption *option)
{
    return option->kind == BOND_VALUE_PORT_UINT || option->kind == BOND_VALUE_PORT_INT;
}

static gboolean kernel_is_at_least(const char *version)
{
    struct utsname system;
    guint have[2] = {0}, want[2] = {0};

    uname(&system);
    sscanf(system.release, "%u.%u", &have[0], &have[1]);
    sscanf(version, "%u.%u", &want[0], &want[1]);
    return have[0] > want[0] || (have[0] == want[0] && have[1] >= want[1]);
}

static const char *name_that_differs(const BondOption *option)
{
    for (const BondName *name = option->names; name->name; name++)
        if (strcmp(name->name, option->fallback))
            return name->name;
    return option->fallback;
}

static char *sample_number(const BondOption *option)
{
    if (option->needs & BOND_IS_TIME_OF_MIIMON)
        return g_strdup("200");
    if (option->attr == IFLA_BOND_USE_CARRIER && kernel_is_at_least("6.18"))
        return g_strdup("1"); /* from then on 0 is refused (bond_options.c) */
    return g_strdup_printf("%u", MAX(option->min, option->max - 1));
}

/* A value that differs from the default, else the test could not fail. */
static char *sample_of(const BondOption *option)
{
    switch (option->kind) {
    case BOND_VALUE_IFNAME:
        return g_strdup(PORT);
    case BOND_VALUE_IP4LIST:
        return g_strdup("172.16.254.254,10.0.11.1");
    case BOND_VALUE_IP6LIST:
        return g_strdup("2001:db8::1,2001:db8::2");
    case BOND_VALUE_MAC:
        return g_strdup("02:00:00:00:00:0a");
    case BOND_VALUE_PORT_UINT:
    case BOND_VALUE_PORT_INT:
        return g_strdup(PORT ":5");
    case BOND_VALUE_ENUM:
        return g_strdup(name_that_differs(option));
    default:
        return sample_number(option);
    }
}

static guint mode_for(const BondOption *option)
{
    guint modes = option->modes & option->effective ? option->modes & option->effective : option->modes;

    return modes & BOND_MODE_BIT(BOND_MODE_AB) ? BOND_MODE_AB : (guint)g_bit_nth_lsf(modes, -1);
}

static gboolean run_ip(const char *const *argv, GError **error)
{
    return net_spawn(argv, 10000, NULL, error);
}

/* The bond as the row demands it: its mode, a monitor, a port that is up. */
static gboolean make_bond(NlBatch *batch, const BondOption *option, GError **error)
{
    g_autoptr(BondSettings) settings = bond_settings_new();
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    gboolean is_mode = option->phase == BOND_PHASE_MODE;
    NetOp bond = {.type = NET_OP_LINK_ADD, .dev = BOND, .create = {.kind = "bond", .settings = list}};
    NetOp port = {.type = NET_OP_PORT_ADD, .dev = PORT, .master = BOND};
    NetOp up = {.type = NET_OP_LINK_UP, .dev = BOND};
    int code;

    bond_settings_set(settings, "mode", is_mode ? option->fallback : bond_mode_name(mode_for(option)), FALSE,
                      NULL);
    if (option->needs & (BOND_NEEDS_MIIMON | BOND_NEEDS_PORT))
        bond_settings_set(settings, "miimon", "100", FALSE, NULL);
    for (guint i = 0; i < bond_settings_length(settings); i++)
        g_ptr_array_add(list, (gpointer)bond_settings_nth(settings, i));
    code = nl_batch_call(batch, nl_link_add(nl_batch_links(batch), &bond, NULL), NULL);
    if (!code && (option->phase == BOND_PHASE_AFTER_PORTS || option->kind == BOND_VALUE_IFNAME)) {
        code = nl_batch_call(batch, nl_port_add(nl_batch_links(batch), &port, NULL), NULL);
        if (!code)
            code = nl_batch_call(batch, nl_link_up(nl_batch_links(batch), &up, NULL), NULL);
    }
    if (code)
        net_error_set(error, code, "the bond for it could not be made: %s", g_strerror(code));
    return code == 0;
}

static void drop_bond(NlBatch *batch)
{
    NetOp op = {.type = NET_OP_LINK_DELETE, .dev = BOND};
    NetOp down = {.type = NET_OP_LINK_DOWN, .dev = PORT};

    nl_batch_call(batch, nl_link_delete(nl_batch_links(batch), &op, NULL), NULL);
    nl_links_forget(nl_batch_links(batch), BOND);
    nl_batch_call(batch, nl_link_down(nl_batch_links(batch), &down, NULL), NULL);
}

/* By netlink alone: a refusal must not be hidden by the second way. Per-port values have only the one writer,
 * which tries both. */
static int write_netlink(NlBatch *batch, const BondSetting *setting, char **ret_text)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    NetOp op = {.type = NET_OP_BOND_SET, .dev = BOND, .settings = list};
    NetResult result = {0};

    g_ptr_array_add(list, (gpointer)setting);
    if (!is_per_port(setting->option))
        return nl_batch_call(batch, nl_bond_set(nl_batch_links(batch), &op, NULL), ret_text);
    nl_bond_finish_set(batch, &op, 0, NULL, &result);
    if (result.notes)
        *ret_text = g_strdup(((NetNote *)g_ptr_array_index(result.notes, 0))->text);
    net_result_clear(&result);
    return *ret_text ? EINVAL : 0;
}

static int write_sysfs(const BondSetting *setting)
{
    g_autofree char *path = g_strdup_printf(BOND "/bonding/%s", setting->option->sysfs);
    gboolean is_list = setting->option->kind == BOND_VALUE_IP4LIST;
    g_auto(GStrv) words = g_strsplit(setting->text, is_list ? "," : "\n", -1);
    int code = 0;

    for (guint i = 0; words[i] && !code; i++) {
        g_autofree char *word = g_strconcat(is_list ? "+" : "", words[i], NULL);
        code = sysfs_write(path, word);
    }
    return code;
}

static char *read_back(NlBatch *batch, const BondOption *option)
{
    g_autoptr(ObservedLink) link = observe_link(batch, is_per_port(option) ? PORT : BOND);
    gint64 value;

    if (!link)
        return NULL;
    if (!is_per_port(option))
        return g_strdup(observed_bond_value(link, option));
    value = !strcmp(option->name, "queue_id") ? link->port_queue_id
            : !strcmp(option->name, "prio")   ? link->port_prio
                                              : link->port_actor_prio;
    return value == G_MININT64 ? NULL : g_strdup_printf(PORT ":%" G_GINT64_FORMAT, value);
}

/* Returns: what is wrong, or NULL. @ret_absent: the kernel does not have the option, and the table says so.
 */
static char *check_row(NlBatch *batch, const BondOption *option, Way way, gboolean *ret_absent)
{
    g_autofree char *sample = sample_of(option), *actual = NULL, *words = NULL;
    BondSetting setting = {.option = option, .name = (char *)option->name};
    g_autofree char *wanted = setting.text = bond_option_normalize(option, sample, &setting.number, NULL);
    g_autoptr(GError) error = NULL;
    int code;

    *ret_absent = FALSE;
    if (!wanted)
        return g_strdup_printf("the table refuses its own value %s", sample);
    if (!make_bond(batch, option, &error))
        return g_strdup(error->message);
    code = way == BY_NETLINK ? write_netlink(batch, &setting, &words) : write_sysfs(&setting);
    actual = read_back(batch, option);
    *ret_absent = (code || g_strcmp0(actual, wanted)) && !kernel_is_at_least(option->since);
    if (*ret_absent)
        return NULL;
    if (code)
        return g_strdup_printf("%s=%s is refused: %s%s%s", option->name, wanted, g_strerror(code),
                               words ? ": " : "", words ? words : "");
    if (g_strcmp0(actual, wanted))
        return g_strdup_printf("%s=%s reads back as %s", option->name, wanted, actual ? actual : "nothing");
    return NULL;
}

static gboolean report_row(NlBatch *batch, const BondOption *option, Way way, guint number)
{
    gboolean absent;
    g_autofree char *fault = check_row(batch, option, way, &absent);

    drop_bond(batch);
    printf("%sok %u - %s by %s%s%s\n", fault ? "not " : "", number, option->name,
           way == BY_NETLINK ? "netlink" : "sysfs",
           absent ? ": not in this kernel, the table says since " : "", absent ? option->since : "");
    if (fault)
        printf("# %s\n", fault);
    fflush(stdout);
    return !fault;
}

static guint report_rows(NlBatch *batch, guint *ret_failed)
{
    gsize count;
    const BondOption *options = bond_options(&count);
    guint number = 0;

    for (gsize i = 0; i < count; i++) {
        const BondOption *option = &options[i];
        if (option->phase == BOND_PHASE_LOAD)
            continue;
        if (option->attr)
            *ret_failed += !report_row(batch, option, BY_NETLINK, ++number);
        if (option->sysfs)
            *ret_failed += !report_row(batch, option, BY_SYSFS, ++number);
    }
    return number;
}

int main(void)
{
    static const char *const add[] = {"ip",   "link", "add",  PORT,     "type",
                                      "veth", "peer", "name", PORT "x", NULL};
    static const char *const up[] = {"ip", "link", "set", PORT "x", "up", NULL};
    static const char *const del[] = {"ip", "link", "del", PORT, NULL};
    g_autoptr(GError) error = NULL;
    g_autoptr(NlBatch) batch = nl_batch_new(&error);
    guint failed = 0, number;

    if (!batch || !run_ip(add, &error) || !run_ip(up, &error)) {
        printf("Bail out! %s\n", error->message);
        return 1;
    }
    number = report_rows(batch, &failed);
    run_ip(del, NULL);
    printf("1..%u\n", number);
    return failed || !number;
}
