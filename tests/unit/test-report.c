/* Status lines come in configuration order, each with its reasons, whatever order the work ends in. */
#include "console/report.h"
#include <string.h>
#include <sys/socket.h>

static GString *told; /* what the message callback got; also where the output stood at that moment */
static Console *console;

static void message_note(const NetMessage *message)
{
    g_string_append_printf(told, "%zu:%s;", strlen(console_text(console)), message->message);
}

static void group_free(gpointer data)
{
    NetGroup *group = data;
    g_free(group->title);
    g_free(group->name);
    g_free(group);
}

static void group_add(NetPlan *plan, const char *name, gboolean has_line)
{
    NetGroup *group = g_new0(NetGroup, 1);
    group->name = g_strdup(name);
    group->title = has_line ? g_strdup_printf("Up %s: ", name) : NULL;
    g_ptr_array_add(plan->groups, group);
}

static void done(Report *report, guint group, NetOutcome outcome, const char *reason)
{
    NetMessage message = {.error = TRUE, .message = (char *)reason};
    g_autoptr(GPtrArray) messages = g_ptr_array_new();
    if (reason)
        g_ptr_array_add(messages, &message);
    report_group_done(group, outcome, messages, report);
}

typedef struct {
    NetPlan plan;
    Report *report;
} Fixture;

static void fixture_set_up(Fixture *f, gconstpointer is_live)
{
    f->plan.groups = g_ptr_array_new_with_free_func(group_free);
    group_add(&f->plan, "a", TRUE);
    group_add(&f->plan, "b", TRUE);
    group_add(&f->plan, "silent", FALSE);
    group_add(&f->plan, "c", TRUE);
    g_setenv("BOOTUP", "serial", TRUE);
    told = g_string_new(NULL);
    console = console_new(-1, -1, GPOINTER_TO_INT(is_live) ? "/no/such/folder" : NULL);
    f->report = report_new(&f->plan, console, message_note);
    report_begin(f->report);
}

static void fixture_tear_down(Fixture *f, gconstpointer is_live G_GNUC_UNUSED)
{
    report_free(f->report);
    g_ptr_array_unref(f->plan.groups);
    g_string_free(told, TRUE);
    console_free(console, 0);
}

static void assert_out(const char *expected)
{
    g_assert_cmpstr(console_text(console), ==, expected);
}

/* What ifup-eth said while it waited for a server. */
static void test_lease(Fixture *f, gconstpointer is_live G_GNUC_UNUSED)
{
    NetLease lease = {.family = AF_INET};
    NetOp ops[] = {{.type = NET_OP_LEASE_GET, .dev = "eth0", .group = 0, .where = {"ifcfg-eth0", 2, 1}},
                   {.type = NET_OP_LEASE_GET, .dev = "eth1", .group = 1, .where = {"ifcfg-eth1", 3, 1}}};
    NetMessage silent = {
        .message = (char *)"nobody answers", .dev = "eth1", .where = {ops[1].where.file, 3, 1}};
    g_autoptr(GPtrArray) messages = g_ptr_array_new();
    report_free(f->report);
    ops[0].lease.lease = ops[1].lease.lease = &lease;
    f->plan.ops = g_ptr_array_new();
    g_ptr_array_add(f->plan.ops, &ops[0]);
    g_ptr_array_add(f->plan.ops, &ops[1]);
    f->report = report_new(&f->plan, console, message_note);
    done(f->report, 0, NET_DONE_OK, NULL);
    g_ptr_array_add(messages, &silent);
    report_group_done(1, NET_DONE_WARNING, messages, f->report);
    assert_out("Up a:  \nDetermining IP information for eth0... done.\n[  OK  ]\r\n"
               "Up b:  \nDetermining IP information for eth1... failed.\n[WARNING]\r\n");
    g_ptr_array_unref(f->plan.ops);
    f->plan.ops = NULL;
}

static void test_order(Fixture *f, gconstpointer is_live G_GNUC_UNUSED)
{
    assert_out("");
    done(f->report, 3, NET_DONE_OK, NULL);
    done(f->report, 1, NET_DONE_WARNING, "b is odd");
    assert_out("");
    g_assert_cmpstr(told->str, ==, "");
    done(f->report, 0, NET_DONE_FAILED, "a broke");
    assert_out("Up a:  [FAILED]\r\nUp b:  [WARNING]\r\n");
    g_assert_cmpstr(told->str, ==, "17:a broke;35:b is odd;");
    done(f->report, 2, NET_DONE_OK, "said silently");
    assert_out("Up a:  [FAILED]\r\nUp b:  [WARNING]\r\nUp c:  [  OK  ]\r\n");
    g_assert_cmpstr(told->str, ==, "17:a broke;35:b is odd;35:said silently;");
    g_assert_null(report_undone(f->report));
}

static void test_live(Fixture *f, gconstpointer is_live G_GNUC_UNUSED)
{
    assert_out("Up a:  ");
    done(f->report, 1, NET_DONE_OK, NULL);
    assert_out("Up a:  ");
    done(f->report, 0, NET_DONE_OK, NULL);
    assert_out("Up a:  [  OK  ]\r\nUp b:  [  OK  ]\r\n");
    done(f->report, 2, NET_DONE_OK, NULL);
    assert_out("Up a:  [  OK  ]\r\nUp b:  [  OK  ]\r\nUp c:  ");
    done(f->report, 3, NET_DONE_SKIPPED, "skipped: it needs a");
    assert_out("Up a:  [  OK  ]\r\nUp b:  [  OK  ]\r\nUp c:  [FAILED]\r\n");
}

/* The line that is on the screen is finished; those that nobody saw begin are only named. */
static void test_interrupted(Fixture *f, gconstpointer is_live)
{
    gboolean live = GPOINTER_TO_INT(is_live);
    done(f->report, 0, NET_DONE_OK, NULL);
    for (guint i = 1; i < 4; i++)
        done(f->report, i, NET_DONE_STOPPED, NULL);
    assert_out(live ? "Up a:  [  OK  ]\r\nUp b:  [FAILED]\r\n" : "Up a:  [  OK  ]\r\n");
    g_autofree char *names = report_undone(f->report);
    g_assert_cmpstr(names, ==, "b, silent, c");
}

int main(int argc, char **argv)
{
    gconstpointer pipe = GINT_TO_POINTER(FALSE), terminal = GINT_TO_POINTER(TRUE);
    g_test_init(&argc, &argv, NULL);
    g_test_add("/report/order", Fixture, pipe, fixture_set_up, test_order, fixture_tear_down);
    g_test_add("/report/lease", Fixture, pipe, fixture_set_up, test_lease, fixture_tear_down);
    g_test_add("/report/live", Fixture, terminal, fixture_set_up, test_live, fixture_tear_down);
    g_test_add("/report/interrupted-pipe", Fixture, pipe, fixture_set_up, test_interrupted,
               fixture_tear_down);
    g_test_add("/report/interrupted-terminal", Fixture, terminal, fixture_set_up, test_interrupted,
               fixture_tear_down);
    return g_test_run();
}
