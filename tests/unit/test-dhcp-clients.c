/* DHCP clients as processes: which run, by their records and by the numbers that they leave; and as units. */
#include "apply/clients-record.h"
#include "apply/clients.h"
#include "apply/daemon-unit.h"
#include "state/observed-clients.h"
#include "tree.h"
#include <sys/socket.h>

#define STAT(start) "77 (a (b) c) S 1 77 77 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 " start " 1 1\n"
#define PROCESS(name) "@/proc/77/stat\n" STAT("4711") "@/proc/77/comm\n" name "\n"
#define RECORD "@/run/netsvc/dhcp/eth0-4\n[client]\nname=dhcpcd\nsettings=x y\npid=77\n"

typedef struct {
    const char *name, *files;
    /* "dhcpcd x y": who runs for IPv4 of eth0, with its settings; NULL: nobody */
    const char *client;
    GPid pid;
} ClientCase;

static const ClientCase cases[] = {
    {"nobody", "@/run/utmp\n\n", NULL, 0},
    {"ours", RECORD "start=4711\n" PROCESS("dhcpcd"), "dhcpcd x y", 77},
    {"ours, ended, and another process has its number", RECORD "start=4712\n" PROCESS("dhcpcd"), NULL, 0},
    {"ours, ended", RECORD "start=4711\n", NULL, 0},
    {"ours, of another device",
     "@/run/netsvc/dhcp/eth01-4\n[client]\nname=dhcpcd\npid=77\nstart=4711\n" PROCESS("dhcpcd"), NULL, 0},
    {"ours, of IPv6",
     "@/run/netsvc/dhcp/eth0-6\n[client]\nname=dhcpcd\npid=77\nstart=4711\n" PROCESS("dhcpcd"), NULL, 0},
    {"a record that is none", "@/run/netsvc/dhcp/eth0-4\nnonsense\n" PROCESS("dhcpcd"), NULL, 0},
    {"a configuration beside", "@/run/netsvc/dhcp/eth0-4.conf\nsend x\n" PROCESS("dhclient"), NULL, 0},
    {"a unit",
     "@/run/netsvc/dhcp/eth0-4\n[client]\nname=dhclient\nsettings=z\nunit=netsvc-dhcp-eth0-4.service\n"
     "@/sys/fs/cgroup/system.slice/netsvc-dhcp-eth0-4.service/cgroup.procs\n79\n77\n78\n",
     "dhclient z", 77},
    {"a unit that has ended",
     "@/run/netsvc/dhcp/eth0-4\n[client]\nname=dhclient\nsettings=z\nunit=netsvc-dhcp-eth0-4.service\n"
     "@/sys/fs/cgroup/system.slice/netsvc-dhcp-eth0-4.service/cgroup.procs\n",
     NULL, 0},
    {"the old scripts' dhclient", "@/run/dhclient-eth0.pid\n77\n" PROCESS("dhclient"), "dhclient", 77},
    {"a stale number", "@/run/dhclient-eth0.pid\n77\n" PROCESS("sshd"), NULL, 0},
    {"a number of nobody", "@/run/dhclient-eth0.pid\n77\n", NULL, 0},
    {"no number", "@/run/dhclient-eth0.pid\nx\n" PROCESS("dhclient"), NULL, 0},
    {"a dhcpcd of its own", "@/run/dhcpcd/eth0-4.pid\n77\n" PROCESS("dhcpcd"), "dhcpcd", 77},
    {"IPv6 alone", "@/run/dhclient6-eth0.pid\n77\n" PROCESS("dhclient"), NULL, 0},
};

static void test_observe(gconstpointer data)
{
    const ClientCase *one = data;
    g_autofree char *root = g_dir_make_tmp("netsvc-clients-XXXXXX", NULL);
    g_autoptr(NetObserved) picture = net_observed_new();
    case_write(root, one->files);
    net_clients_observe(picture, root);
    g_assert_cmpint(net_clients_pid(root, "eth0", AF_INET), ==, one->pid);
    case_remove(root);
    const ObservedClient *client = net_observed_client(picture, "eth0", AF_INET);
    g_autofree char *text =
        client ? g_strjoin(" ", net_client_name(client->client), client->settings, NULL) : NULL;
    g_assert_cmpstr(text, ==, one->client);
}

static void test_record(void)
{
    g_autofree char *root = g_dir_make_tmp("netsvc-clients-XXXXXX", NULL);
    ClientRecord record = {
        .client = NET_CLIENT_UDHCPC, .settings = (char *)"a=\"b; c\" \\", .pid = 5, .start = 7};
    g_autoptr(GError) error = NULL;
    g_assert_true(client_record_save(&record, root, "eth0", AF_INET, &error));
    g_assert_no_error(error);
    g_autoptr(ClientRecord) read = client_record_load(root, "eth0", AF_INET);
    g_assert_cmpint(read->client, ==, record.client);
    g_assert_cmpstr(read->settings, ==, record.settings);
    g_assert_cmpint(read->pid, ==, 5);
    g_assert_cmpuint(read->start, ==, 7);
    case_write(root, "@/run/netsvc/dhcp/eth0-4.conf\nsend\n@/run/netsvc/dhcp/eth0-6.conf\nsend\n");
    client_record_remove(root, "eth0", AF_INET);
    g_assert_null(client_record_load(root, "eth0", AF_INET));
    g_autofree char *conf = g_build_filename(root, "run/netsvc/dhcp/eth0-4.conf", NULL),
                    *others = g_build_filename(root, "run/netsvc/dhcp/eth0-6.conf", NULL);
    g_assert_false(g_file_test(conf, G_FILE_TEST_EXISTS));
    g_assert_true(g_file_test(others, G_FILE_TEST_EXISTS));
    case_remove(root);
}

/* What a server says of names, IPv4's first; what is none is left out, be it from the wire. */
static void test_names(void)
{
    g_autofree char *root = g_dir_make_tmp("netsvc-clients-XXXXXX", NULL);
    g_autoptr(NetObserved) picture = net_observed_new();
    case_write(root,
               RECORD "start=4711\n" PROCESS(
                   "dhcpcd") "@/run/netsvc/dhcp/eth0-6.names\nsearch six.example\nnameserver 2001:db8::53\n"
                             "@/run/netsvc/dhcp/eth0-4.names\naddress 10.0.0.9\nsearch a.example.\nsearch "
                             "-b\nsearch x;y\n"
                             "nameserver 10.0.0.53\nnameserver $(reboot)\nnameserver\noptions rotate\n"
                             "@/run/netsvc/dhcp/eth1-4.names\nnameserver 10.0.0.54\n");
    net_clients_observe(picture, root);
    g_autofree char *text = net_names_format(net_observed_lease_names(picture, "eth0"));
    g_assert_cmpstr(text, ==, "name servers 10.0.0.53 2001:db8::53, search a.example six.example");
    g_assert_null(net_observed_lease_names(picture, "eth1")); /* nobody's */
    const IfcfgIp *ip = &net_observed_client(picture, "eth0", AF_INET)->address;
    g_autofree char *address = ifcfg_ip_format(ip);
    g_assert_cmpstr(address, ==, "10.0.0.9");
    client_record_remove(root, "eth0", AF_INET);
    net_clients_observe(picture, root);
    g_assert_null(net_observed_lease_names(picture, "eth0"));
    case_remove(root);
}

static void test_unit(void)
{
    g_autofree char *name = daemon_unit_name("dhcp", "a+%b-6");
    g_assert_cmpstr(name, ==, "netsvc-dhcp-a\\x2b\\x25b-6.service");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = g_strconcat("/dhcp/client/", cases[i].name, NULL);
        g_test_add_data_func(path, &cases[i], test_observe);
    }
    g_test_add_func("/dhcp/client/record", test_record);
    g_test_add_func("/dhcp/client/names", test_names);
    g_test_add_func("/dhcp/client/unit", test_unit);
    return g_test_run();
}
