/* Programs as transient units: what systemd is told, how their ends are read, and that nothing of a command
 * becomes anything else. */
#include "apply/job.h"
#include "apply/net-error.h"
#include "apply/runner.h"
#include "fake-bus.h"
#include "op-ending.h"
#include "tree.h"
#include <errno.h>
#include <string.h>

typedef struct {
    char *root;
    NetUnits *units;
} Bed;

static Bed bed_new(const char *files)
{
    Bed bed = {.root = g_dir_make_tmp("netsvc-units-XXXXXX", NULL)};
    case_write(bed.root, files);
    bed.units = net_units_new(bed.root);
    return bed;
}

static void bed_clear(Bed *bed)
{
    net_units_free(bed->units);
    case_remove(bed->root);
    g_free(bed->root);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Bed, bed_clear)

#define SYSTEMD_RUNS "@/run/systemd/system/x\n\n"

/* --- by jobs --- */

static void job_ended(G_GNUC_UNUSED const char *output, const GError *error, gpointer data)
{
    Ending *ending = data;
    ending->error = error ? g_error_copy(error) : NULL;
    ending->times++;
}

static const char *const words[] = {"sh", "-c", "$x %n", NULL};
static const char *const stop[] = {"sh", "$y", NULL};
static const char *const environment[] = {"PATH=/bin", "X=a %n $b", NULL};
static const NetUnit waited_for = {.name = "x.service", .description = "some $x"};
static const NetUnit daemon_unit = {"x.service", "some", "dhcpcd", stop};

static NetJob *job_begin(const Bed *bed, const NetUnit *unit, Ending *ending)
{
    NetJobSetup setup = {.argv = words,
                         .environment = unit->daemon ? NULL : environment,
                         .folder = unit->daemon ? NULL : "/etc",
                         .limit_ms = 60000,
                         .units = bed->units,
                         .unit = unit};
    g_autoptr(GError) error = NULL;
    NetJob *job = net_job_start_in(&setup, NULL, job_ended, ending, &error);
    g_assert_no_error(error);
    g_assert_cmpint(net_job_pid(job), ==, 0);
    return job;
}

static gboolean run(const Bed *bed, const NetUnit *unit, GError **error)
{
    Ending ending = {NULL};
    job_begin(bed, unit, &ending);
    return ending_await(&ending, error);
}

static void log_is(FakeBus *fake, const char *expected)
{
    g_autofree char *log = fake_bus_log(fake), *sh = g_find_program_in_path("sh");
    g_auto(GStrv) parts = g_strsplit(log, sh, -1);
    g_autofree char *text = g_strjoinv("SH", parts);
    g_assert_cmpstr(text, ==, expected);
}

static void test_waited_for(void)
{
    g_autoptr(FakeBus) fake = fake_bus_new_systemd("done", 1, 0);
    g_auto(Bed) bed = bed_new(SYSTEMD_RUNS);
    g_assert_true(run(&bed, &waited_for, NULL));
    log_is(fake, "Subscribe\n"
                 "StartTransientUnit 'x.service' 'fail' ( ( 'Description' ( 'some $x' ) ) ("
                 " 'DefaultDependencies' ( 0 ) ) ( 'Type' ( 'oneshot' ) ) ( 'KillMode' ( 'process' ) ) ("
                 " 'TimeoutStartUSec' ( 70000000 ) ) ( 'StandardOutputFileDescriptor' ( FILE ) ) ("
                 " 'StandardErrorFileDescriptor' ( FILE ) ) ( 'WorkingDirectory' ( '/etc' ) ) ("
                 " 'Environment' ( ( 'PATH=/bin' 'X=a %n $b' ) ) ) ("
                 " 'ExecStart' ( ( ( 'SH' ( 'SH' '-c' '$$x %n' ) 0 ) ) ) ) ) ( )\n");
}

static void test_daemon(void)
{
    g_autoptr(FakeBus) fake = fake_bus_new_systemd("done", 0, 0);
    g_auto(Bed) bed = bed_new(SYSTEMD_RUNS);
    g_assert_true(run(&bed, &daemon_unit, NULL));
    log_is(fake, "Subscribe\nStopUnit 'x.service' 'replace'\nResetFailedUnit 'x.service'\n"
                 "StartTransientUnit 'x.service' 'fail' ( ( 'Description' ( 'some' ) ) ("
                 " 'DefaultDependencies' ( 0 ) ) ( 'Type' ( 'simple' ) ) ( 'Restart' ( 'on-failure' ) ) ("
                 " 'RestartUSec' ( 5000000 ) ) ( 'TimeoutStopUSec' ( 10000000 ) ) ("
                 " 'CollectMode' ( 'inactive-or-failed' ) ) ( 'SyslogIdentifier' ( 'dhcpcd' ) ) ("
                 " 'ExecStop' ( ( ( 'SH' ( 'SH' '$$y' ) 1 ) ) ) ) ("
                 " 'ExecStart' ( ( ( 'SH' ( 'SH' '-c' '$$x %n' ) 0 ) ) ) ) ) ( )\n");
}

/* One that is there still ends before another one of its name begins. */
static void test_daemon_again(void)
{
    g_autoptr(FakeBus) fake = fake_bus_new_systemd("done", 1, 0);
    g_auto(Bed) bed = bed_new(SYSTEMD_RUNS);
    g_assert_true(run(&bed, &daemon_unit, NULL));
    g_autofree char *log = fake_bus_log(fake);
    g_assert_nonnull(strstr(log, "\nStartTransientUnit"));
}

static void test_failures(void)
{
    static const struct {
        const NetUnit *unit;
        const char *result;
        int code, status;
        const char *words;
    } rows[] = {{&waited_for, "failed", 1, 3, "sh ended with status 3"},
                {&waited_for, "failed", 2, 9, "sh died of signal 9"},
                {&waited_for, "failed", 0, 0, "systemd does not run it as x.service: it was not started"},
                {&waited_for, "dependency", 0, 0, "systemd does not run it as x.service: dependency"},
                {&daemon_unit, "failed", 0, 0, "systemd does not run it as x.service: failed"}};
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(FakeBus) fake = fake_bus_new_systemd(rows[i].result, rows[i].code, rows[i].status);
        g_auto(Bed) bed = bed_new(SYSTEMD_RUNS);
        g_autoptr(GError) error = NULL;
        g_assert_false(run(&bed, rows[i].unit, &error));
        g_assert_cmpstr(error->message, ==, rows[i].words);
    }
}

/* Nobody is there to be asked, or says no. */
static void test_refused(void)
{
    g_auto(Bed) bed = bed_new(SYSTEMD_RUNS);
    g_autoptr(FakeBus) fake =
        fake_bus_new("org.freedesktop.systemd1", "org.freedesktop.DBus.Error.LimitsExceeded");
    g_autoptr(GError) error = NULL;
    g_assert_false(run(&bed, &waited_for, &error));
    g_assert_nonnull(strstr(error->message, "UNKNOWN_INTERFACE: because"));
}

static void stopped(G_GNUC_UNUSED int status, const GError *error, gpointer data)
{
    job_ended(NULL, error, data);
}

static void test_stop(void)
{
    for (int is_there = 0; is_there <= 1; is_there++) {
        g_autoptr(FakeBus) fake = fake_bus_new_systemd("done", is_there, 0);
        g_auto(Bed) bed = bed_new(SYSTEMD_RUNS);
        Ending ending = {NULL};
        net_unit_stop(bed.units, "x.service", stopped, &ending);
        g_assert_true(ending_await(&ending, NULL));
        log_is(fake, "Subscribe\nStopUnit 'x.service' 'replace'\nResetFailedUnit 'x.service'\n");
    }
}

/* A job whose owner has left tells nobody, and one that is cancelled ends. */
static void test_left(void)
{
    g_autoptr(FakeBus) fake = fake_bus_new_systemd("done", 0, 0);
    g_auto(Bed) bed = bed_new(SYSTEMD_RUNS);
    Ending left = {NULL}, ending = {NULL};
    g_autoptr(GError) error = NULL;
    net_job_release(job_begin(&bed, &daemon_unit, &left));
    net_job_cancel(job_begin(&bed, &waited_for, &ending));
    g_assert_false(ending_await(&ending, &error));
    g_assert_error(error, NET_ERROR, ECANCELED);
    g_assert_cmpuint(left.times, ==, 0);
}

/* --- elsewhere --- */

static void test_forked(void)
{
    g_auto(Bed) bed = bed_new("@/etc/fstab\n\n");
    const char *const argv[] = {"true", NULL};
    NetJobSetup setup = {.argv = argv, .units = bed.units, .unit = &waited_for};
    Ending ending = {NULL};
    NetJob *job = net_job_start_in(&setup, NULL, job_ended, &ending, NULL);
    g_assert_cmpint(net_job_pid(job), >, 0);
    g_assert_true(ending_await(&ending, NULL));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/units/waited-for", test_waited_for);
    g_test_add_func("/units/daemon", test_daemon);
    g_test_add_func("/units/daemon-again", test_daemon_again);
    g_test_add_func("/units/failures", test_failures);
    g_test_add_func("/units/refused", test_refused);
    g_test_add_func("/units/stop", test_stop);
    g_test_add_func("/units/left", test_left);
    g_test_add_func("/units/forked", test_forked);
    return g_test_run();
}
