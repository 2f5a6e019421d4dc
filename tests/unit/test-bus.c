/* Waiting for a bus costs nothing: the main loop rests until there is an answer or its time is over. */
#include "apply/bus.h"
#include "apply/net-error.h"
#include "fake-bus.h"
#include <errno.h>
#include <glib/gstdio.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define LIMIT_MS 300
#define TURNS_MOST 50 /* a loop that never rests has thousands of them in that time */

static void call_ended(sd_bus_message *answer, const GError *error, gpointer data)
{
    int *code = data;
    g_assert_null(answer);
    *code = error->code;
}

static void assert_rests(const char *service)
{
    g_autoptr(NetBus) bus = net_bus_new();
    g_autoptr(GError) error = NULL;
    NetBusPlace place = {service, "/", "org.example.Any"};
    sd_bus_message *message = net_bus_call(bus, &place, "Any", &error);
    g_assert_no_error(error);
    int code = 0, turns = 0;
    net_bus_send(bus, message, LIMIT_MS, call_ended, &code);
    for (; !code; turns++)
        g_main_context_iteration(NULL, TRUE);
    g_assert_cmpint(code, ==, ETIMEDOUT);
    g_assert_cmpint(turns, <=, TURNS_MOST);
}

static void test_service_hangs(void)
{
    g_autoptr(FakeBus) fake = fake_bus_new("org.example.Hangs", NULL);
    fake_bus_hang(fake);
    assert_rests("org.example.Hangs");
}

/* Who is stopped still has a queue for those who connect. */
static void test_bus_hangs(void)
{
    g_autofree char *folder = g_dir_make_tmp("netsvc-bus-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "bus", NULL);
    g_autofree char *address = g_strconcat("unix:path=", path, NULL);
    struct sockaddr_un name = {.sun_family = AF_UNIX};
    g_strlcpy(name.sun_path, path, sizeof name.sun_path);
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    g_assert_cmpint(bind(listener, (struct sockaddr *)&name, sizeof name), ==, 0);
    g_assert_cmpint(listen(listener, 1), ==, 0);
    g_setenv("DBUS_SYSTEM_BUS_ADDRESS", address, TRUE);
    assert_rests("org.example.Any");
    g_unsetenv("DBUS_SYSTEM_BUS_ADDRESS");
    close(listener);
    g_unlink(path);
    g_rmdir(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/bus/a-service-that-hangs", test_service_hangs);
    g_test_add_func("/bus/a-bus-that-hangs", test_bus_hangs);
    return g_test_run();
}
