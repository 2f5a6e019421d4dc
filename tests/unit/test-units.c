/* Programs as transient units: what systemd is told, how their ends are read, and that nothing of a command
 * becomes anything else. */
#include "apply/bus.h"
#include "apply/job.h"
#include "apply/net-error.h"
#include "apply/runner.h"
#include "fake-bus.h"
#include "op-ending.h"
#include "tree.h"
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

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
static const NetUnit daemon_unit = {"x.service", "some", "dhcpcd", stop, NULL, 0};
static const NetUnit forking = {
    .name = "x.service", .description = "some", .daemon = "teamd", .pid_file = "/run/x.pid"};
static const NetUnit later = {.name = "x.service", .description = "some", .daemon = "me", .after_s = 7};

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
    g_auto(GStrv) lines = g_strsplit(expected, "\n", -1);
    g_autofree char *log = fake_bus_log(fake, g_strv_length(lines) - 1), *sh = g_find_program_in_path("sh");
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

static void test_forking(void)
{
    g_autoptr(FakeBus) fake = fake_bus_new_systemd("done", 0, 0);
    g_auto(Bed) bed = bed_new(SYSTEMD_RUNS);
    g_assert_true(run(&bed, &forking, NULL));
    log_is(fake, "Subscribe\nStopUnit 'x.service' 'replace'\nResetFailedUnit 'x.service'\n"
                 "StartTransientUnit 'x.service' 'fail' ( ( 'Description' ( 'some' ) ) ("
                 " 'DefaultDependencies' ( 0 ) ) ( 'Type' ( 'forking' ) ) ( 'PIDFile' ( '/run/x.pid' ) ) ("
                 " 'Restart' ( 'on-failure' ) ) ( 'TimeoutStopUSec' ( 10000000 ) ) ("
                 " 'CollectMode' ( 'inactive-or-failed' ) ) ( 'SyslogIdentifier' ( 'teamd' ) ) ("
                 " 'ExecStart' ( ( ( 'SH' ( 'SH' '-c' '$$x %n' ) 0 ) ) ) ) ) ( )\n");
}

/* By a timer, and the unit with it; by who has no loop. */
static void test_later(void)
{
    g_autoptr(FakeBus) fake = fake_bus_new_systemd("done", 0, 0);
    g_auto(Bed) bed = bed_new(SYSTEMD_RUNS);
    NetUnitSetup setup = {.unit = &later, .argv = words};
    g_autoptr(GError) error = NULL;
    g_assert_true(net_unit_start_now(bed.root, &setup, 60000, &error));
    log_is(
        fake,
        "Subscribe\nStopUnit 'x.timer' 'replace'\nResetFailedUnit 'x.timer'\n"
        "StartTransientUnit 'x.timer' 'fail' ( ( 'Description' ( 'some' ) ) ("
        " 'DefaultDependencies' ( 0 ) ) ( 'OnActiveSec' ( 7000000 ) ) ( 'AccuracyUSec' ( 100000 ) ) ("
        " 'RemainAfterElapse' ( 0 ) ) ( 'CollectMode' ( 'inactive-or-failed' ) ) ) ("
        " ( 'x.service' ( ( 'Description' ( 'some' ) ) ( 'DefaultDependencies' ( 0 ) ) ("
        " 'Type' ( 'simple' ) ) ( 'Restart' ( 'on-failure' ) ) ( 'RestartUSec' ( 5000000 ) ) ("
        " 'TimeoutStopUSec' ( 10000000 ) ) ( 'CollectMode' ( 'inactive-or-failed' ) ) ("
        " 'SyslogIdentifier' ( 'me' ) ) ( 'ExecStart' ( ( ( 'SH' ( 'SH' '-c' '$$x %n' ) 0 ) ) ) ) ) ) )\n");
    g_assert_true(net_unit_stop_now(bed.root, "x.timer", 60000, &error));
}

/* One that is there still ends before another one of its name begins. */
static void test_daemon_again(void)
{
    g_autoptr(FakeBus) fake = fake_bus_new_systemd("done", 1, 0);
    g_auto(Bed) bed = bed_new(SYSTEMD_RUNS);
    g_assert_true(run(&bed, &daemon_unit, NULL));
    g_autofree char *log = fake_bus_log(fake, 0);
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
                {&waited_for, "failed", 0, 0, "systemd does not run sh as x.service: it was not started"},
                {&waited_for, "dependency", 0, 0, "systemd does not run sh as x.service: dependency"},
                {&daemon_unit, "failed", 0, 0, "systemd does not run sh as x.service: failed"}};
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

/* --- who listens, and never answers --- */

static int mute_listen(const Bed *bed)
{
    g_autofree char *folder = g_build_filename(bed->root, "run/systemd", NULL);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    g_snprintf(address.sun_path, sizeof(address.sun_path), "%s/private", folder);
    g_assert_cmpint(bind(fd, (const struct sockaddr *)&address, sizeof(address)), ==, 0);
    g_assert_cmpint(listen(fd, 5), ==, 0);
    return fd;
}

static void call_ended(G_GNUC_UNUSED sd_bus_message *answer, const GError *error, gpointer data)
{
    job_ended(NULL, error, data);
}

/* What the first call waits for in vain is not waited for again, and who has a limit of his own goes on. */
static void test_mute(void)
{
    static const NetBusPlace place = {"org.x", "/org/x", "org.x"};
    g_auto(Bed) bed = bed_new(SYSTEMD_RUNS);
    int fd = mute_listen(&bed);
    g_autoptr(NetBus) bus = net_bus_new_systemd(bed.root);
    g_autoptr(GError) error = NULL, again = NULL, now = NULL;
    Ending ending = {NULL};
    net_bus_send(bus, net_bus_call(bus, &place, "Get", NULL), 1, call_ended, &ending);
    g_assert_false(ending_await(&ending, &error));
    g_assert_error(error, NET_ERROR, ETIMEDOUT);
    g_assert_null(net_bus_call(bus, &place, "Get", &again));
    g_assert_error(again, NET_ERROR, ETIMEDOUT);
    NetUnitSetup setup = {.unit = &later, .argv = words};
    g_assert_false(net_unit_start_now(bed.root, &setup, 1, &now));
    g_assert_error(now, NET_ERROR, ETIMEDOUT);
    g_assert_false(net_unit_stop_now(bed.root, "x.timer", 1, NULL));
    close(fd);
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
    g_test_add_func("/units/forking", test_forking);
    g_test_add_func("/units/later", test_later);
    g_test_add_func("/units/mute", test_mute);
    g_test_add_func("/units/daemon-again", test_daemon_again);
    g_test_add_func("/units/failures", test_failures);
    g_test_add_func("/units/refused", test_refused);
    g_test_add_func("/units/stop", test_stop);
    g_test_add_func("/units/left", test_left);
    g_test_add_func("/units/forked", test_forked);
    return g_test_run();
}
