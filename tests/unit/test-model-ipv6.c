/* IPv6 of an interface, from its files: addresses, default route, what is asked of the device. */
#include "model-cases.h"

#define ETH0 "@ifcfg-eth0\nDEVICE=eth0\nNOZEROCONF=yes\n"
#define ETH1 "@ifcfg-eth1\nNOZEROCONF=yes\n"
#define NET "@/etc/sysconfig/network\n"
#define A6 "IPV6ADDR=2001:db8::2/64\n"
#define A4 "IPADDR=10.0.0.1\nPREFIX=24\n"
#define GW " [default via fe80::1 dev eth0 metric 1]"

/* Where /etc/sysconfig/network sets up IPv6 of the host. */
#define LO6                                                                                                  \
    "lo loopback 127.0.0.1/8 scope 254 nocheck silent [unreachable ::ffff:0.0.0.0/96] [unreachable ::/96] "  \
    "[unreachable 2002:a00::/24] [unreachable 2002:7f00::/24] [unreachable 2002:a9fe::/32] "                 \
    "[unreachable 2002:ac10::/28] [unreachable 2002:c0a8::/32] [unreachable 2002:e000::/19] "                \
    "[unreachable 3ffe:ffff::/32]\n"

static const ModelCase addresses[] = {
    {"IPV6INIT missing", ETH0 A6, "eth0 ethernet 2001:db8::2/64\n", NULL},
    {"usual length", ETH0 "IPV6ADDR=2001:db8::2\n", "eth0 ethernet 2001:db8::2/64\n", NULL},
    {"host", ETH0 "IPV6ADDR=2001:db8::2/128\n", "eth0 ethernet 2001:db8::2/128\n", NULL},
    {"behind IPv4", ETH0 A6 A4, "eth0 ethernet 10.0.0.1/24 2001:db8::2/64\n", NULL},
    {"switched off", ETH0 A4 A6 "IPV6INIT=no\nIPV6_DEFAULTGW=2001:db8::1\nIPV6_AUTOCONF=no\n",
     "eth0 ethernet 10.0.0.1/24\n", NULL},
    {"switched off for all", NET "IPV6INIT=no\n" ETH0 A4 A6, "eth0 ethernet 10.0.0.1/24\n", NULL},
    {"secondaries", ETH0 A6 "IPV6ADDR_SECONDARIES=\"2001:db8::3/64  2001:db8:5::1\n 2001:db8:6::1/48\"\n",
     "eth0 ethernet 2001:db8::2/64 2001:db8::3/64 2001:db8:5::1/64 2001:db8:6::1/48\n", NULL},
    {"one bad", ETH0 A6 "IPV6ADDR_SECONDARIES=\"2001:db8::x 2001:db8::3\"\n",
     "eth0 ethernet 2001:db8::2/64 2001:db8::3/64\n",
     "ifcfg-eth0:4:22: error: IPV6ADDR_SECONDARIES: '2001:db8::x' is not an IPv6 address; ignored\n"},
    {"bad beside IPv4", ETH0 A4 "IPV6ADDR=2001:db8::x\n", "eth0 ethernet 10.0.0.1/24\n",
     "ifcfg-eth0:5:10: error: IPV6ADDR: '2001:db8::x' is not an IPv6 address\n"},
    {"bad alone", ETH0 "IPV6ADDR=2001:db8::x\n", "eth0 ethernet FAULT\n",
     "ifcfg-eth0:3:10: error: IPV6ADDR: '2001:db8::x' is not an IPv6 address\n"},
    {"no host", ETH0 A4 "IPV6ADDR=ff02::1/64\n", "eth0 ethernet 10.0.0.1/24\n",
     "ifcfg-eth0:5:10: error: IPV6ADDR=ff02::1/64 is not an address of a host; ignored\n"},
    {"link-local", ETH0 "IPV6ADDR=fe80::5\n", "eth0 ethernet fe80::5/64 scope 253\n", NULL},
    {"twice", ETH0 A6 "IPV6ADDR_SECONDARIES=2001:db8::2/48\n", "eth0 ethernet 2001:db8::2/64\n",
     "ifcfg-eth0:4:22: error: 2001:db8::2 is an address of eth0 already (ifcfg-eth0:3): this line is "
     "ignored, remove or correct it\n"},
    {"alias", ETH0 A4 "@ifcfg-eth0:1\n" A6,
     "eth0 ethernet 10.0.0.1/24 &eth0:1\n"
     "eth0:1 alias 2001:db8::2/64 on:eth0 noline\n",
     NULL},
    {"port",
     "@ifcfg-bond0\nNOZEROCONF=1\nTYPE=Bond\nBONDING_OPTS=\"mode=1 miimon=100\"\n" A6
     "@ifcfg-eth0\nMASTER=bond0\nSLAVE=yes\nIPV6INIT=yes\nIPV6_AUTOCONF=no\n",
     "bond0 bond 2001:db8::2/64 mode=active-backup miimon=100 +eth0\n"
     "eth0 ethernet port-of:bond0 noline\n",
     NULL},
};

static const ModelCase gateways[] = {
    {"zone", ETH0 A6 "IPV6_DEFAULTGW=fe80::1%eth0\n", "eth0 ethernet 2001:db8::2/64" GW "\n", NULL},
    {"device", ETH0 A6 "IPV6_DEFAULTGW=fe80::1\nIPV6_DEFAULTDEV=eth0\n",
     "eth0 ethernet 2001:db8::2/64" GW "\n", NULL},
    {"zone of another", ETH0 A6 "IPV6_DEFAULTGW=fe80::1%eth1\nIPV6_DEFAULTDEV=eth0\n",
     "eth0 ethernet 2001:db8::2/64\n",
     "ifcfg-eth0:4:16: warning: eth0 has no default route by this line, which is about eth1: write it into "
     "ifcfg-eth1\n"},
    {"link-local alone", ETH0 A6 "IPV6_DEFAULTGW=fe80::1\n", "eth0 ethernet 2001:db8::2/64\n",
     "ifcfg-eth0:4:16: error: IPV6_DEFAULTGW=fe80::1 is a link-local address, which says nothing without its "
     "interface: write IPV6_DEFAULTGW=fe80::1%eth0; there will be no IPv6 default route\n"},
    {"own", ETH0 A6 "IPV6_DEFAULTGW=2001:db8:1::1\n",
     "eth0 ethernet 2001:db8::2/64 [default via 2001:db8:1::1 dev eth0 metric 1]\n", NULL},
    {"near it", NET "IPV6_DEFAULTGW=2001:db8::1\n" ETH0 A6 ETH1 "IPV6ADDR=2001:db8:1::2\n",
     "eth0 ethernet 2001:db8::2/64 [default via 2001:db8::1 dev eth0 metric 1]\n"
     "eth1 ethernet 2001:db8:1::2/64\n",
     NULL},
    {"device for all", NET "IPV6_DEFAULTGW=fe80::1\nIPV6_DEFAULTDEV=eth0\n" ETH0 ETH1,
     "eth0 ethernet" GW "\neth1 ethernet\n", NULL},
    {"none", ETH0 A6 "IPV6_DEFAULTGW=::\n", "eth0 ethernet 2001:db8::2/64\n", NULL},
    {"device alone", ETH0 A6 "IPV6_DEFAULTDEV=eth0\n", "eth0 ethernet 2001:db8::2/64\n",
     "ifcfg-eth0:4:17: error: IPV6_DEFAULTDEV=eth0: a default route over this interface needs a gateway: "
     "write "
     "IPV6_DEFAULTGW; there will be no IPv6 default route\n"},
    {"no address", ETH0 A6 "IPV6_DEFAULTGW=router%eth0\n", "eth0 ethernet 2001:db8::2/64\n",
     "ifcfg-eth0:4:16: error: IPV6_DEFAULTGW=router%eth0 is not an IPv6 address, with or without %INTERFACE; "
     "there will be no IPv6 default route\n"},
};

static const ModelCase confs[] = {
    {"usual", ETH0 "IPV6INIT=yes\nIPV6_AUTOCONF=yes\n", "eth0 ethernet\n", NULL},
    {"nothing said", ETH0, "eth0 ethernet\n", NULL},
    {"static", ETH0 "IPV6_AUTOCONF=no\n", "eth0 ethernet accept_ra=0 accept_redirects=0 autoconf=0\n", NULL},
    {"static with advertisements", ETH0 "IPV6_AUTOCONF=no\nIPV6_FORCE_ACCEPT_RA=yes\n",
     "eth0 ethernet accept_redirects=0 autoconf=0\n", NULL},
    {"router", NET "IPV6FORWARDING=yes\n" ETH0,
     LO6 "eth0 ethernet forwarding=1 accept_ra=0 accept_redirects=0 autoconf=0\n", NULL},
    {"router with autoconf", ETH0 "IPV6FORWARDING=yes\nIPV6_AUTOCONF=yes\n",
     "eth0 ethernet forwarding=1 accept_ra=2\n", NULL},
    {"no router here", NET "IPV6FORWARDING=yes\n" ETH0 "IPV6_ROUTER=no\n",
     LO6 "eth0 ethernet accept_ra=0 accept_redirects=0 autoconf=0\n", NULL},
    {"hands off", ETH0 "IPV6_AUTOCONF=no\nIPV6_SET_SYSCTLS=no\n", "eth0 ethernet\n", NULL},
    {"privacy", ETH0 "IPV6_PRIVACY=rfc3041\n", "eth0 ethernet use_tempaddr=2\n", NULL},
    {"privacy, as NetworkManager says it", ETH0 "IPV6_PRIVACY=yes\nIPV6_PRIVACY_PREFER_PUBLIC_IP=yes\n",
     "eth0 ethernet use_tempaddr=1\n", NULL},
    {"no default route of routers", ETH0 "IPV6_DEFROUTE=no\n", "eth0 ethernet accept_ra_defrtr=0\n", NULL},
    {"default route of routers", ETH0 "IPV6_DEFROUTE=yes\nIPV6_ADDR_GEN_MODE=eui64\n", "eth0 ethernet\n",
     NULL},
    {"identifier of a secret", ETH0 "IPV6_ADDR_GEN_MODE=stable-privacy\n", "eth0 ethernet addr_gen_mode=2\n",
     NULL},
    {"identifier of another kind", ETH0 "IPV6_ADDR_GEN_MODE=default\n", "eth0 ethernet\n", NULL},
    {"identifier of no kind", ETH0 "IPV6_ADDR_GEN_MODE=random\n", "eth0 ethernet\n",
     "ifcfg-eth0:3:20: warning: IPV6_ADDR_GEN_MODE: 'random' is not one of eui64, stable-privacy, default, "
     "default-or-eui64\n"},
    {"no privacy", ETH0 "IPV6_PRIVACY=no\n", "eth0 ethernet\n", NULL},
    {"MTU", ETH0 "MTU=9000\nIPV6_MTU=1400\n", "eth0 ethernet mtu=1400\n", NULL},
};

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    model_cases_add("addresses", addresses, G_N_ELEMENTS(addresses));
    model_cases_add("gateways", gateways, G_N_ELEMENTS(gateways));
    model_cases_add("confs", confs, G_N_ELEMENTS(confs));
    return g_test_run();
}
