/* Asks the running kernel about every row of every option table: written by netlink, and by sysfs where the
 * row names a file, on a device of the family (and a port of it) that permits it, and read back each time.
 * Prints TAP. Needs root and a network namespace of its own. */
#include "apply/job.h"
#include "apply/kernel/nl-link-data.h"
#include "apply/kernel/nl-ops.h"
#include "apply/kernel/observe.h"
#include "apply/kernel/sysfs.h"
#include "apply/net-error.h"
#include "apply/system.h"
#include "link-samples.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

#define DEV "optrow"
#define PORT "optport"

typedef enum { BY_NETLINK, BY_SYSFS } Way;

typedef struct {
    const LinkFamily *family;
    const LinkTable *table;
    const LinkOption *option;
    Way way;
} Row;

static gboolean row_is_of_port(const Row *row)
{
    return row->table == &row->family->port;
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

static gboolean run_ip(const char *const *argv, GError **error)
{
    return net_spawn(argv, 10000, NULL, error);
}

static int call(NlBatch *batch, struct nl_msg *msg, char **ret_text)
{
    return msg ? nl_batch_call(batch, msg, ret_text) : ENODEV;
}

/* What the row's device must have besides: the selector that permits it, what it needs to be not zero. */
static LinkSettings *settings_for(const Row *row)
{
    g_autoptr(LinkSettings) settings = link_settings_new(row->family);

    link_samples_prepare(settings, row->option);
    return g_steal_pointer(&settings);
}

static gboolean needs_port(const Row *row)
{
    return row_is_of_port(row) || row->option->when == LINK_WHEN_AFTER_PORTS;
}

static int add_port(NlBatch *batch)
{
    NlLinks *links = nl_batch_links(batch);
    NetOp port = {.type = NET_OP_PORT_ADD, .dev = PORT, .master = DEV};
    NetOp up = {.type = NET_OP_LINK_UP, .dev = DEV};
    int code = call(batch, nl_port_add(links, &port, NULL), NULL);

    return code ? code : call(batch, nl_link_up(links, &up, NULL), NULL);
}

static void settings_list(GPtrArray *list, const LinkSettings *settings, const LinkSetting *without)
{
    for (guint i = 0; i < link_settings_length(settings); i++)
        if (!without || link_settings_nth(settings, i)->option != without->option)
            g_ptr_array_add(list, (gpointer)link_settings_nth(settings, i));
}

static int make_device(NlBatch *batch, const Row *row, const LinkSetting *with, char **ret_text)
{
    g_autoptr(LinkSettings) settings = settings_for(row);
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    NetOp add = {.type = NET_OP_LINK_ADD,
                 .dev = DEV,
                 .create = {.family = row->family,
                            .settings = list,
                            .lower = link_samples_need_lower(row->family) ? PORT : NULL}};
    int code;

    settings_list(list, settings, with);
    if (with)
        g_ptr_array_add(list, (gpointer)with);
    code = call(batch, nl_link_add(nl_batch_links(batch), &add, NULL), ret_text);
    return !code && needs_port(row) ? add_port(batch) : code;
}

static void drop_device(NlBatch *batch)
{
    NetOp op = {.type = NET_OP_LINK_DELETE, .dev = DEV};
    NetOp down = {.type = NET_OP_LINK_DOWN, .dev = PORT};

    call(batch, nl_link_delete(nl_batch_links(batch), &op, NULL), NULL);
    nl_links_forget(nl_batch_links(batch), DEV);
    call(batch, nl_link_down(nl_batch_links(batch), &down, NULL), NULL);
}

/* By netlink alone: a refusal must not be hidden by the second way. */
static int write_netlink(NlBatch *batch, const Row *row, const LinkSetting *setting, char **ret_text)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    g_autoptr(LinkSettings) settings = settings_for(row);
    NetOp op = {.dev = row_is_of_port(row) ? PORT : DEV, .set = {.family = row->family, .settings = list}};
    NlLinks *links = nl_batch_links(batch);

    if (row->family->sets_all)
        settings_list(list, settings, setting);
    g_ptr_array_add(list, (gpointer)setting);
    return call(batch, row_is_of_port(row) ? nl_port_set(links, &op, NULL) : nl_link_set(links, &op, NULL),
                ret_text);
}

static int write_sysfs(const Row *row, const LinkSetting *setting)
{
    NetOp op = {.type = row_is_of_port(row) ? NET_OP_PORT_SET : NET_OP_LINK_SET,
                .dev = row_is_of_port(row) ? PORT : DEV,
                .set = {.family = row->family}};

    return nl_link_sysfs_set(&op, setting);
}

static int write_row(NlBatch *batch, const Row *row, const LinkSetting *setting, char **ret_text)
{
    gboolean at_creation = row->option->when == LINK_WHEN_CREATE;
    int code = make_device(batch, row, at_creation ? setting : NULL, ret_text);

    if (code || at_creation)
        return code;
    return row->way == BY_NETLINK ? write_netlink(batch, row, setting, ret_text) : write_sysfs(row, setting);
}

static char *read_back(NlBatch *batch, const Row *row)
{
    g_autoptr(ObservedLink) link = observe_link(batch, row_is_of_port(row) ? PORT : DEV);

    return link ? g_strdup(link_values_get(row_is_of_port(row) ? link->port : link->own, row->option)) : NULL;
}

/* Returns: what is wrong, or NULL. @ret_absent: the kernel does not have the option, and the table says so.
 */
static char *check_row(NlBatch *batch, const Row *row, gboolean *ret_absent)
{
    const LinkOption *option = row->option;
    g_autofree char *sample = link_samples_value(option, PORT, PORT "x"), *actual = NULL, *words = NULL;
    LinkSetting setting = {.option = option, .name = (char *)option->name};
    g_autofree char *wanted = setting.text = link_option_normalize(option, sample, &setting.number, NULL);
    int code;

    *ret_absent = FALSE;
    if (!wanted)
        return g_strdup_printf("the table refuses its own value %s", sample);
    code = write_row(batch, row, &setting, &words);
    actual = read_back(batch, row);
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

static gboolean report_row(NlBatch *batch, const Row *row, guint number)
{
    gboolean absent;
    g_autofree char *fault = check_row(batch, row, &absent);

    drop_device(batch);
    printf("%sok %u - %s%s %s by %s%s%s\n", fault ? "not " : "", number, row->family->kind,
           row_is_of_port(row) ? " port" : "", row->option->name,
           row->way == BY_NETLINK ? "netlink" : "sysfs",
           absent ? ": not in this kernel, the table says since " : "", absent ? row->option->since : "");
    if (fault)
        printf("# %s\n", fault);
    fflush(stdout);
    return !fault;
}

static void report_table(NlBatch *batch, const LinkFamily *family, const LinkTable *table, guint *number,
                         guint *failed)
{
    for (gsize i = 0; i < table->n; i++) {
        const LinkOption *option = &table->rows[i];
        if (option->when == LINK_WHEN_LOAD || option->when == LINK_WHEN_NEVER ||
            !link_samples_can_try(option))
            continue;
        if (option->attr)
            *failed += !report_row(batch, &(Row){family, table, option, BY_NETLINK}, ++*number);
        if (option->sysfs)
            *failed += !report_row(batch, &(Row){family, table, option, BY_SYSFS}, ++*number);
    }
}

/* A family that the guest's kernel lacks is tested by its bytes alone (test-nl-link-data). */
static gboolean family_is_here(NlBatch *batch, const LinkFamily *family)
{
    Row row = {.family = family, .table = &family->own, .option = &(LinkOption){.name = ""}};
    g_autofree char *words = NULL;
    int code = make_device(batch, &row, NULL, &words);

    drop_device(batch);
    if (code)
        printf("# %s: %s%s%s\n", family->kind, g_strerror(code), words ? ": " : "", words ? words : "");
    return code == 0;
}

static guint report_families(NlBatch *batch, guint *ret_failed)
{
    const LinkFamily *family;
    guint number = 0;

    for (guint i = 0; (family = link_family_nth(i)); i++) {
        gboolean is_here = family_is_here(batch, family);
        printf("%sok %u - %s%s\n", is_here || !link_samples_must_be_here(family) ? "" : "not ", ++number,
               family->kind, is_here ? "" : " # SKIP not in this kernel");
        *ret_failed += !is_here && link_samples_must_be_here(family);
        if (!is_here)
            continue;
        report_table(batch, family, &family->own, &number, ret_failed);
        report_table(batch, family, &family->port, &number, ret_failed);
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
    number = report_families(batch, &failed);
    run_ip(del, NULL);
    printf("1..%u\n", number);
    return failed || !number;
}
