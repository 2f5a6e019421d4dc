/* DHCP: which client is chosen, how it is called, and what plans make of it. */
#include "load.h"
#include "services/dhcp-command.h"
#include "tree.h"
#include "world.h"
#include <linux/if_addr.h>
#include <string.h>
#include <sys/socket.h>

#define NETWORK "@/etc/sysconfig/network\nNETWORKING=yes\nNOZEROCONF=yes\n"
#define DHCPCD "@/usr/sbin/dhcpcd\n\n"
#define DHCLIENT "@/usr/sbin/dhclient\n\n"
#define UDHCPC "@/usr/sbin/udhcpc\n\n"
#define ALL DHCPCD DHCLIENT UDHCPC
#define RED_HAT "@/etc/redhat-release\n\n@/var/lib/dhclient/README\n\n"
#define ETH0 "@ifcfg-eth0\nBOOTPROTO=dhcp\n"
#define DHCPCD_SCRIPT "-c /usr/libexec/netsvc/dhcpcd-script "
#define DHCPCD_4 "dhcpcd -4 -B -q -p -t 0 --nodelay " DHCPCD_SCRIPT "-A -L "
#define DHCLIENT_SCRIPT "-sf /usr/libexec/netsvc/dhclient-script "
#define DHCLIENT_FILES "-lf /var/lib/dhclient/dhclient--eth0.lease -pf /run/dhclient-eth0.pid "
#define UDHCPC_4 "udhcpc -f -i eth0 -s /usr/libexec/netsvc/udhcpc-script -O search -t 5 -T 2 -A 10"

/* --- which one, and how --- */

typedef struct {
    const char *name, *files;
    /* of eth0; NULL: it asks for nothing */
    const char *argv;
    /* NULL: none is made */
    const char *conf;
    /* what gives the lease back; NULL: a signal does */
    const char *release;
    /* without a place; NULL: none */
    const char *problem;
} CommandCase;

#define INCLUDE "# made by netsvc at each start of dhclient\ninclude \"/etc/dhcp/dhclient.conf\";\n"

static const CommandCase commands[] = {
    {"the first installed", ALL ETH0, DHCPCD_4 "-h web01 eth0", NULL, NULL, NULL},
    {"dhclient before udhcpc", DHCLIENT UDHCPC RED_HAT ETH0,
     "dhclient -d -q " DHCLIENT_FILES "-H web01 " DHCLIENT_SCRIPT "eth0", NULL, NULL, NULL},
    {"udhcpc alone", UDHCPC ETH0, "env " UDHCPC_4 " -xhostname:web01", NULL, NULL, NULL},
    {"none", NETWORK "@/usr/sbin/ip\n\n" ETH0, "none", NULL, NULL, NULL},
    {"none, with addresses", "@/usr/sbin/ip\n\n" ETH0 "IPADDR=10.0.0.2\nPREFIX=24\n", NULL, NULL, NULL,
     "BOOTPROTO=dhcp: no DHCP client is installed; the addresses of the file are used"},
    {"files of another machine", ETH0, "unknown", NULL, NULL, NULL},
    {"by name", ALL ETH0 "DHCP_CLIENT=udhcpc\n", "env " UDHCPC_4 " -xhostname:web01", NULL, NULL, NULL},
    {"by name for all", ALL "@/etc/sysconfig/network\nDHCP_CLIENT=udhcpc\n" ETH0,
     "env " UDHCPC_4 " -xhostname:web01", NULL, NULL, NULL},
    {"by name, not installed", DHCPCD ETH0 "DHCP_CLIENT=udhcpc\n", "none", NULL, NULL, NULL},
    {"dhclient has a configuration here", ALL RED_HAT "@/etc/dhclient-eth0.conf\n\n" ETH0,
     "dhclient -d -q -cf /etc/dhclient-eth0.conf " DHCLIENT_FILES "-H web01 " DHCLIENT_SCRIPT "eth0", NULL,
     NULL, NULL},
    {"another one's does not count", ALL "@/etc/dhclient-eth1.conf\n\n" ETH0, DHCPCD_4 "-h web01 eth0", NULL,
     NULL, NULL},
    {"the newer place first",
     ALL RED_HAT "@/etc/dhclient-eth0.conf\n\n@/etc/dhcp/dhclient-eth0.conf\n\n" ETH0,
     "dhclient -d -q -cf /etc/dhcp/dhclient-eth0.conf " DHCLIENT_FILES "-H web01 " DHCLIENT_SCRIPT "eth0",
     NULL, NULL, NULL},
    {"dhclient has arguments", ALL RED_HAT ETH0 "DHCLIENTARGS='-timeout  9 -x'\n",
     "dhclient -timeout 9 -x -d -q " DHCLIENT_FILES "-H web01 " DHCLIENT_SCRIPT "eth0", NULL, NULL, NULL},
    {"arguments for another one", DHCPCD ETH0 "DHCLIENTARGS=-x\n", DHCPCD_4 "-h web01 eth0", NULL, NULL,
     "DHCLIENTARGS is for dhclient, and dhcpcd is the client here: it is ignored"},
    {"a lease of the old scripts", ALL RED_HAT "@/var/lib/dhclient/dhclient-eth0.leases\n\n" ETH0,
     "dhclient -d -q -lf /var/lib/dhclient/dhclient-eth0.leases -pf /run/dhclient-eth0.pid -H "
     "web01 " DHCLIENT_SCRIPT "eth0",
     NULL, NULL, NULL},
    {"the same by UUID", ALL RED_HAT "@/var/lib/dhclient/dhclient-5fb0-eth0.lease\n\n" ETH0 "UUID=5fb0\n",
     "dhclient -d -q -lf /var/lib/dhclient/dhclient-5fb0-eth0.lease -pf /run/dhclient-eth0.pid -H "
     "web01 " DHCLIENT_SCRIPT "eth0",
     NULL, NULL, NULL},
    {"the same, but another one is asked for",
     ALL RED_HAT "@/var/lib/dhclient/dhclient-eth0.leases\n\n" ETH0 "DHCP_CLIENT=dhcpcd\n",
     DHCPCD_4 "-h web01 eth0", NULL, NULL, NULL},
    {"Debian's dhclient", DHCLIENT "@/var/lib/dhcp/README\n\n" ETH0,
     "dhclient -d -q -cf /run/netsvc/dhcp/eth0-4.conf -lf /var/lib/dhcp/dhclient--eth0.lease "
     "-pf /run/dhclient-eth0.pid " DHCLIENT_SCRIPT "eth0",
     INCLUDE "send host-name \"web01\";\n", NULL, NULL},
    {"Debian's with a configuration of its own", DHCLIENT "@/etc/dhclient-eth0.conf\n\n" ETH0,
     "dhclient -d -q -cf /run/netsvc/dhcp/eth0-4.conf " DHCLIENT_FILES DHCLIENT_SCRIPT "eth0",
     "# made by netsvc at each start of dhclient\ninclude \"/etc/dhclient-eth0.conf\";\n"
     "send host-name \"web01\";\n",
     NULL, NULL},
    {"full name", DHCLIENT ETH0 "DHCP_FQDN=web01.example.com\n",
     "dhclient -d -q -cf /run/netsvc/dhcp/eth0-4.conf " DHCLIENT_FILES DHCLIENT_SCRIPT "eth0",
     INCLUDE "send fqdn.fqdn \"web01.example.com\";\nsend fqdn.encoded on;\nsend fqdn.server-update on;\n",
     NULL, NULL},
    {"full name, Red Hat", DHCLIENT RED_HAT ETH0 "DHCP_FQDN=web01.example.com\n",
     "dhclient -d -q " DHCLIENT_FILES "-F web01.example.com " DHCLIENT_SCRIPT "eth0", NULL, NULL, NULL},
    {"full name, dhcpcd", DHCPCD ETH0 "DHCP_FQDN=web01.example.com\n",
     DHCPCD_4 "-F both -h web01.example.com eth0", NULL, NULL, NULL},
    {"both names", DHCPCD ETH0 "DHCP_HOSTNAME=a\nDHCP_FQDN=b.c\n", DHCPCD_4 "-F both -h b.c eth0", NULL, NULL,
     "Both DHCP_HOSTNAME=a and DHCP_FQDN=b.c are configured; DHCP_FQDN is used"},
    {"no name", DHCPCD ETH0 "DHCP_SEND_HOSTNAME=no\nDHCP_HOSTNAME=a\n", DHCPCD_4 "eth0", NULL, NULL, NULL},
    {"another name", DHCPCD ETH0 "DHCP_HOSTNAME=a-b.c_d\n", DHCPCD_4 "-h a-b.c_d eth0", NULL, NULL, NULL},
    {"no host name at all", DHCLIENT ETH0 "DHCP_HOSTNAME='x\"; script \"/tmp/x'\n",
     "dhclient -d -q -cf /run/netsvc/dhcp/eth0-4.conf " DHCLIENT_FILES DHCLIENT_SCRIPT "eth0",
     INCLUDE "send host-name \"web01\";\n", NULL,
     "DHCP_HOSTNAME=x\\\"; script \\\"/tmp/x is not a host name: one has letters, digits, `-`, `.` and `_` "
     "only, and "
     "begins "
     "with a letter or a digit; it is not sent"},
    {"an option is not a host name", DHCPCD ETH0 "DHCP_HOSTNAME=-x\n", DHCPCD_4 "-h web01 eth0", NULL, NULL,
     "DHCP_HOSTNAME=-x is not a host name: one has letters, digits, `-`, `.` and `_` only, and begins with a "
     "letter "
     "or a digit; it is not sent"},
    {"client id in hex", DHCLIENT ETH0 "DHCP_CLIENT_ID=01:00:aa\nDHCP_SEND_HOSTNAME=no\n",
     "dhclient -d -q -cf /run/netsvc/dhcp/eth0-4.conf " DHCLIENT_FILES DHCLIENT_SCRIPT "eth0",
     INCLUDE "send dhcp-client-identifier 01:00:aa;\n", NULL, NULL},
    {"client id as text", DHCLIENT ETH0 "DHCP_CLIENT_ID=rack7\nDHCP_SEND_HOSTNAME=no\n",
     "dhclient -d -q -cf /run/netsvc/dhcp/eth0-4.conf " DHCLIENT_FILES DHCLIENT_SCRIPT "eth0",
     INCLUDE "send dhcp-client-identifier \"rack7\";\n", NULL, NULL},
    {"client id, dhcpcd", DHCPCD ETH0 "DHCP_CLIENT_ID=01:00:aa\n", DHCPCD_4 "-h web01 -I 01:00:aa eth0", NULL,
     NULL, NULL},
    {"client id, udhcpc", UDHCPC ETH0 "DHCP_CLIENT_ID=ab\nDHCP_SEND_HOSTNAME=no\n",
     "env " UDHCPC_4 " -C -x 0x3d:006162", NULL, NULL, NULL},
    {"client id in hex, udhcpc", UDHCPC ETH0 "DHCP_CLIENT_ID=01:0:aa\nDHCP_SEND_HOSTNAME=no\n",
     "env " UDHCPC_4 " -C -x 0x3d:0100aa", NULL, NULL, NULL},
    {"client id with a quote", DHCPCD ETH0 "DHCP_CLIENT_ID='a\"b'\n", DHCPCD_4 "-h web01 eth0", NULL, NULL,
     "DHCP_CLIENT_ID=a\\\"b has characters that cannot be sent by every client (spaces, quotes, braces, `\\` "
     "or `;`); it is not sent"},
    {"vendor class", ALL ETH0 "DHCP_VENDOR_CLASS_IDENTIFIER='rack; 7'\n", DHCPCD_4 "-h web01 -i rack; 7 eth0",
     NULL, NULL, NULL},
    {"vendor class, dhclient", DHCLIENT ETH0 "DHCP_VENDOR_CLASS_IDENTIFIER='rack 7'\nDHCP_SEND_HOSTNAME=no\n",
     "dhclient -d -q -cf /run/netsvc/dhcp/eth0-4.conf " DHCLIENT_FILES DHCLIENT_SCRIPT "eth0",
     INCLUDE "send vendor-class-identifier \"rack 7\";\n", NULL, NULL},
    {"vendor class, udhcpc", UDHCPC ETH0 "DHCP_VENDOR_CLASS_IDENTIFIER=lab\nDHCP_SEND_HOSTNAME=no\n",
     "env " UDHCPC_4 " -V lab", NULL, NULL, NULL},
    {"vendor class that ends the quotes", DHCPCD ETH0 "DHCP_VENDOR_CLASS_IDENTIFIER='a\"b'\n",
     DHCPCD_4 "-h web01 eth0", NULL, NULL,
     "DHCP_VENDOR_CLASS_IDENTIFIER=a\\\"b cannot be sent by every client (letters beyond ASCII, double "
     "quotes, "
     "`\\`, or `-` at its beginning); it is not sent"},
    {"nothing but the address, dhcpcd",
     DHCPCD ETH0 "PEERDNS=no\nPEERNTP=no\nPEERROUTES=no\nDEFROUTE=no\nMETRIC=7\nDHCP_SEND_HOSTNAME=no\n",
     DHCPCD_4 "-C resolv.conf -O ntp_servers -O static_routes,classless_static_routes,"
              "ms_classless_static_routes -G -e DEFROUTE=no -m 7 eth0",
     NULL, NULL, NULL},
    {"nothing but the address, dhclient",
     DHCLIENT ETH0 "PEERDNS=no\nPEERNTP=no\nPEERROUTES=no\nDEFROUTE=no\nMETRIC=7\nDHCP_SEND_HOSTNAME=no\n",
     "dhclient -d -q " DHCLIENT_FILES "-sf /usr/libexec/netsvc/dhclient-script -e PEERDNS=no -e PEERNTP=no "
     "-e PEERROUTES=no -e DEFROUTE=no -e METRIC=7 -e IF_METRIC=7 eth0",
     NULL, NULL, NULL},
    {"nothing but the address, udhcpc",
     UDHCPC ETH0 "PEERDNS=no\nPEERNTP=no\nPEERROUTES=no\nDEFROUTE=no\nMETRIC=7\nDHCP_SEND_HOSTNAME=no\n",
     "env PEERDNS=no PEERNTP=no PEERROUTES=no DEFROUTE=no METRIC=7 " UDHCPC_4, NULL, NULL, NULL},
    {"no default route, the old word", DHCPCD ETH0 "DHCLIENT_IGNORE_GATEWAY=yes\n",
     DHCPCD_4 "-h web01 -G -e DEFROUTE=no eth0", NULL, NULL, NULL},
    {"the default route is another one's", DHCPCD "@/etc/sysconfig/network\nGATEWAYDEV=eth1\n" ETH0,
     DHCPCD_4 "-h web01 -G -e DEFROUTE=no eth0", NULL, NULL, NULL},
    {"given back, dhcpcd", DHCPCD ETH0 "DHCPRELEASE=yes\n", DHCPCD_4 "-h web01 eth0", NULL,
     "dhcpcd -4 -k eth0", NULL},
    {"given back, dhclient", DHCLIENT RED_HAT ETH0 "DHCPRELEASE=yes\n",
     "dhclient -d -q " DHCLIENT_FILES "-H web01 " DHCLIENT_SCRIPT "eth0", NULL,
     "dhclient -4 -r -q -lf /var/lib/dhclient/dhclient--eth0.lease -pf /run/dhclient-eth0.pid eth0", NULL},
    {"given back, udhcpc", UDHCPC ETH0 "DHCPRELEASE=yes\n", "env " UDHCPC_4 " -xhostname:web01 -R", NULL,
     NULL, NULL},
    {"static", ALL "@ifcfg-eth0\nBOOTPROTO=none\n", NULL, NULL, NULL, NULL},
    {"an alias has none", ALL ETH0 "@ifcfg-eth0:1\nBOOTPROTO=dhcp\nIPADDR=10.0.0.1\nPREFIX=24\n",
     DHCPCD_4 "-h web01 eth0", NULL, NULL,
     "BOOTPROTO=dhcp is ignored: an alias has the addresses of its file"},
    {"addresses beside", DHCPCD ETH0 "IPADDR=10.0.0.1\nPREFIX=24\n", DHCPCD_4 "-h web01 eth0", NULL, NULL,
     "IPADDR is ignored: BOOTPROTO=dhcp asks a server for the address"},
    {"gateway beside", DHCPCD ETH0 "GATEWAY=10.0.0.1\n", DHCPCD_4 "-h web01 eth0", NULL, NULL,
     "GATEWAY=10.0.0.1 is ignored: with BOOTPROTO=dhcp the server names the gateway"},
    {"limit", DHCPCD ETH0 "DHCP_TIMEOUT=0\n", DHCPCD_4 "-h web01 eth0", NULL, NULL,
     "DHCP_TIMEOUT: '0' is not a number from 1 to 86400"},
};

#define SIX "@ifcfg-eth0\nDHCPV6C=yes\n"

static const CommandCase commands6[] = {
    {"dhclient", DHCLIENT RED_HAT SIX,
     "dhclient -6 -d -q -lf /var/lib/dhclient/dhclient6--eth0.lease -pf "
     "/run/dhclient6-eth0.pid " DHCLIENT_SCRIPT "eth0",
     NULL, NULL, NULL},
    {"dhcpcd", ALL SIX, "dhcpcd -6 -B -q -p -t 0 --nodelay " DHCPCD_SCRIPT "--noipv6rs --ia_na eth0", NULL,
     NULL, NULL},
    {"udhcpc knows no IPv6", UDHCPC SIX, "none", NULL, NULL, NULL},
    {"another one for IPv4", ALL SIX "DHCP_CLIENT=udhcpc\nBOOTPROTO=dhcp\n",
     "dhcpcd -6 -B -q -p -t 0 --nodelay " DHCPCD_SCRIPT "--noipv6rs --ia_na eth0", NULL, NULL, NULL},
    {"arguments", ALL RED_HAT SIX "DHCPV6C_OPTIONS=-S\nDHCPRELEASE=yes\n",
     "dhclient -6 -S -d -q -lf /var/lib/dhclient/dhclient6--eth0.lease -pf "
     "/run/dhclient6-eth0.pid " DHCLIENT_SCRIPT "eth0",
     NULL, "dhclient -6 -r -q -lf /var/lib/dhclient/dhclient6--eth0.lease -pf /run/dhclient6-eth0.pid eth0",
     NULL},
    {"a lease of the old scripts", ALL RED_HAT "@/var/lib/dhclient/dhclient6-eth0.leases\n\n" SIX,
     "dhclient -6 -d -q -lf /var/lib/dhclient/dhclient6-eth0.leases -pf "
     "/run/dhclient6-eth0.pid " DHCLIENT_SCRIPT "eth0",
     NULL, NULL, NULL},
    {"no IPv6", ALL SIX "IPV6INIT=no\n", NULL, NULL, NULL, NULL},
};

static char *joined(const GPtrArray *argv)
{
    return argv ? g_strjoinv(" ", (char **)argv->pdata) : NULL;
}

static void check_command(const CommandCase *one, const NetLease *lease)
{
    gboolean is_known = lease->client != NET_CLIENT_NONE && lease->client != NET_CLIENT_UNKNOWN;
    if (!is_known) {
        g_assert_cmpstr(net_client_name(lease->client), ==, one->argv);
        return;
    }
    g_autoptr(DhcpCommand) command = dhcp_command_new(lease, "eth0", "web01");
    g_autofree char *argv = joined(command->argv), *release = joined(command->release);
    g_assert_cmpstr(argv, ==, one->argv);
    g_assert_cmpstr(command->conf, ==, one->conf);
    g_assert_cmpstr(release, ==, one->release);
}

static void run_command(const CommandCase *one, int family)
{
    g_autofree char *root = g_dir_make_tmp("netsvc-dhcp-XXXXXX", NULL);
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    case_write(root, one->files);
    g_autoptr(NetModel) model = tree_load(root, NULL, problems);
    const NetLease *lease = net_iface_lease(net_model_find(model, "eth0"), family);
    case_remove(root);
    g_assert_cmpint(!lease, ==, !one->argv);
    if (lease)
        check_command(one, lease);
    g_assert_cmpuint(ifcfg_problems_length(problems), ==, one->problem ? 1 : 0);
    if (one->problem)
        g_assert_cmpstr(ifcfg_problems_get(problems, 0)->message, ==, one->problem);
}

static void test_command(gconstpointer data)
{
    run_command(data, AF_INET);
}

static void test_command6(gconstpointer data)
{
    run_command(data, AF_INET6);
}

static void test_host_name(void)
{
    static const char *const rows[][2] = {
        {"web01.example.com", "web01"},  {"web01", "web01"}, {"localhost", NULL},
        {"localhost.localdomain", NULL}, {"(none)", NULL},   {"", NULL}};
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *name = dhcp_host_name(rows[i][0]);
        g_assert_cmpstr(name, ==, rows[i][1]);
    }
}

/* --- plans --- */

typedef struct {
    const char *name, *files;
    /* a verb that is run first, and whether a server has answered then */
    const char *first;
    const char *address;
    /* the files from then on; NULL: the same */
    const char *later;
    const char *verb, *work;
} PlanCase;

#define STATIC "@ifcfg-eth0\nIPADDR=10.0.0.2\nPREFIX=24\nARPCHECK=no\nARPUPDATE=no\n"
#define ROUTE "@route-eth0\n192.0.2.0/24 via 10.0.0.254\n"
#define GET "eth0: get an address by DHCP (dhcpcd), up to 45 s\n"

static const PlanCase plans[] = {
    {"up", NETWORK DHCPCD ETH0, NULL, NULL, NULL, "up eth0",
     "eth0: set up\neth0: wait up to 6 s for carrier\n" GET},
    {"as long as asked for", NETWORK DHCPCD ETH0 "DHCP_TIMEOUT=7\nLINKDELAY=9\n", NULL, NULL, NULL, "up eth0",
     "eth0: set up\neth0: wait up to 9 s for carrier\neth0: get an address by DHCP (dhcpcd), up to 7 s\n"},
    {"persistent needs no cable", NETWORK DHCPCD ETH0 "PERSISTENT_DHCLIENT=yes\n", NULL, NULL, NULL,
     "up eth0", "eth0: set up\n" GET},
    {"routes after it", NETWORK DHCPCD ETH0 ROUTE, NULL, NULL, NULL, "up eth0",
     "eth0: set up\neth0: wait up to 6 s for carrier\n" GET "eth0: add route 192.0.2.0/24 via 10.0.0.254\n"},
    {"nobody has answered yet", NETWORK DHCPCD ETH0, "up eth0", "", NULL, "up eth0", GET},
    {"a second time", NETWORK DHCPCD ETH0, "up eth0", "10.0.0.50/24", NULL, "up eth0", ""},
    {"restart keeps it", NETWORK DHCPCD ETH0, "restart", "10.0.0.50/24", NULL, "restart", ""},
    {"other settings", NETWORK DHCPCD ETH0, "up eth0", "10.0.0.50/24", NETWORK DHCPCD ETH0 "METRIC=5\n",
     "up eth0", GET},
    {"down", NETWORK DHCPCD ETH0, "up eth0", "10.0.0.50/24", NULL, "down eth0",
     "eth0: end the lease of dhcpcd\neth0: remove address 10.0.0.50/24\neth0: set down\n"},
    {"down, given back", NETWORK DHCPCD ETH0 "DHCPRELEASE=yes\n", "up eth0", "10.0.0.50/24", NULL,
     "down eth0", "eth0: give back the lease of dhcpcd\neth0: remove address 10.0.0.50/24\neth0: set down\n"},
    {"down without its file", NETWORK DHCPCD ETH0, "up eth0", "10.0.0.50/24", NETWORK DHCPCD, "down eth0",
     "eth0: end the lease of dhcpcd\neth0: remove address 10.0.0.50/24\neth0: set down\n"},
    {"to static", NETWORK DHCPCD ETH0, "up eth0", "10.0.0.50/24", NETWORK DHCPCD STATIC, "up eth0",
     "eth0: add address 10.0.0.2/24\neth0: end the lease of dhcpcd\neth0: remove address 10.0.0.50/24\n"},
    {"to the same address, static", NETWORK DHCPCD ETH0, "up eth0", "10.0.0.2/24", NETWORK DHCPCD STATIC,
     "up eth0", "eth0: add address 10.0.0.2/24\neth0: end the lease of dhcpcd\n"},
    {"from static", NETWORK DHCPCD STATIC, "up eth0", NULL, NETWORK DHCPCD ETH0, "up eth0",
     GET "eth0: remove address 10.0.0.2/24 when there is a lease\n"},
    {"from static, whose name servers stay as long", NETWORK DHCPCD STATIC "DNS1=10.0.0.53\n", "up eth0",
     NULL, NETWORK DHCPCD ETH0, "up eth0", GET "eth0: remove address 10.0.0.2/24 when there is a lease\n"},
    {"of a device that we have made", NETWORK DHCPCD "@ifcfg-eth1\n@ifcfg-eth1.5\nBOOTPROTO=dhcp\n",
     "up eth1.5", "", NULL, "down eth1.5", "eth1.5: end the lease of dhcpcd\neth1.5: delete the device\n"},
    {"both families", NETWORK DHCPCD ETH0 "DHCPV6C=yes\n", NULL, NULL, NULL, "up eth0",
     "eth0: set up\neth0: wait up to 6 s for carrier\neth0: wait up to 5 s for IPv6 duplicate address "
     "detection\n" GET "eth0: get an IPv6 address by DHCP (dhcpcd), up to 45 s\n"},
    {"no client", NETWORK "@/usr/sbin/ip\n\n" ETH0, NULL, NULL, NULL, "up eth0",
     "eth0: set up\neth0: fail, since no DHCP client is installed\n"},
};

static NetPlanVerb verb_of(const char *text, const char **ret_name)
{
    const char *blank = strchr(text, ' ');
    *ret_name = blank ? blank + 1 : NULL;
    return *text == 'r' ? NET_PLAN_RESTART : *text == 'u' ? NET_PLAN_UP : NET_PLAN_DOWN;
}

/* What a server would have given, put there as clients do it: with a time. */
static void answer(World *world, const char *text)
{
    NetAddress address = {.valid = 3600, .preferred = 3600, .scope = 0, .label = (char *)"eth0"};
    NetOp op = {.type = NET_OP_ADDR_ADD, .dev = "eth0", .address = &address};
    for (guint i = 0; i < world->sim->picture->clients->len; i++)
        ((ObservedClient *)world->sim->picture->clients->pdata[i])->is_foreseen = FALSE;
    if (!text || !*text)
        return;
    g_assert_true(ifcfg_prefix_parse(text, AF_INET, &address.prefix));
    g_autofree char *refused = sim_apply(world->sim, &op);
    g_assert_cmpstr(refused, ==, NULL);
}

static void test_plan(gconstpointer data)
{
    const PlanCase *one = data;
    const char *name;
    g_autoptr(World) world = world_new(one->files);
    NetPlanVerb verb;
    if (one->first) {
        verb = verb_of(one->first, &name);
        world_run(world, verb, name, WORLD_ALL);
    }
    if (one->address)
        answer(world, one->address);
    if (one->later)
        world_reload(world, one->later);
    verb = verb_of(one->verb, &name);
    g_autofree char *work = world_work(world, verb, name);
    g_assert_cmpstr(work, ==, one->work);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(commands); i++) {
        g_autofree char *path = g_strconcat("/dhcp/command/", commands[i].name, NULL);
        g_test_add_data_func(path, &commands[i], test_command);
    }
    for (guint i = 0; i < G_N_ELEMENTS(commands6); i++) {
        g_autofree char *path = g_strconcat("/dhcp/command6/", commands6[i].name, NULL);
        g_test_add_data_func(path, &commands6[i], test_command6);
    }
    for (guint i = 0; i < G_N_ELEMENTS(plans); i++) {
        g_autofree char *path = g_strconcat("/dhcp/plan/", plans[i].name, NULL);
        g_test_add_data_func(path, &plans[i], test_plan);
    }
    g_test_add_func("/dhcp/host name", test_host_name);
    return g_test_run();
}
