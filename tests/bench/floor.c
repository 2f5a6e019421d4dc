/* What the kernel alone takes for N bonds of two NICs: the fewest messages that do the job, sent phase by
 * phase, without a file read, a line printed or anything read back. Prints microseconds. */
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum { GROUP = 0x4f6f6f6f, CHUNK = 128 };

static struct nl_sock *sock;
static int under_way, failed;

static double now_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static int index_of(const char *format, int number)
{
    char name[IF_NAMESIZE];

    snprintf(name, sizeof name, format, number);
    return (int)if_nametoindex(name);
}

static void answers_wait(void)
{
    for (; under_way > 0; under_way--)
        failed |= nl_wait_for_ack(sock) < 0;
}

static void message_send(struct nl_msg *msg)
{
    nl_complete_msg(sock, msg);
    failed |= nl_send(sock, msg) < 0;
    nlmsg_free(msg);
    if (++under_way == CHUNK)
        answers_wait();
}

static struct nl_msg *link_message(int type, int flags, int ifindex, unsigned up)
{
    struct ifinfomsg header = {.ifi_index = ifindex, .ifi_flags = up, .ifi_change = up};
    struct nl_msg *msg = nlmsg_alloc_simple(type, flags | NLM_F_ACK);

    nlmsg_append(msg, &header, sizeof header, NLMSG_ALIGNTO);
    return msg;
}

static void bond_create(int number)
{
    struct nl_msg *msg = link_message(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, 0, 0);
    char name[IF_NAMESIZE];
    struct nlattr *info, *data;

    snprintf(name, sizeof name, "bond%d", number);
    nla_put_string(msg, IFLA_IFNAME, name);
    info = nla_nest_start(msg, IFLA_LINKINFO);
    nla_put_string(msg, IFLA_INFO_KIND, "bond");
    data = nla_nest_start(msg, IFLA_INFO_DATA);
    nla_put_u8(msg, IFLA_BOND_MODE, 1);
    nla_put_u32(msg, IFLA_BOND_MIIMON, 100);
    nla_put_u32(msg, IFLA_BOND_UPDELAY, 5000);
    nla_put_u32(msg, IFLA_BOND_PRIMARY, (unsigned)index_of("eth%d", 2 * number));
    nla_nest_end(msg, data);
    nla_nest_end(msg, info);
    message_send(msg);
}

static void port_enslave(int number)
{
    struct nl_msg *msg = link_message(RTM_NEWLINK, 0, index_of("eth%d", number), 0);

    nla_put_u32(msg, IFLA_MASTER, (unsigned)index_of("bond%d", number / 2));
    message_send(msg);
}

static void bond_up(int number)
{
    message_send(link_message(RTM_NEWLINK, 0, index_of("bond%d", number), IFF_UP));
}

/* The same address as bench_address() in configs.bash. */
static void address_add(int number)
{
    const unsigned char address[] = {10, (unsigned char)(1 + number / 250), (unsigned char)(number % 250), 2};
    struct ifaddrmsg header = {
        .ifa_family = AF_INET, .ifa_prefixlen = 24, .ifa_index = (unsigned)index_of("bond%d", number)};
    struct nl_msg *msg = nlmsg_alloc_simple(RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL | NLM_F_ACK);

    nlmsg_append(msg, &header, sizeof header, NLMSG_ALIGNTO);
    nla_put(msg, IFA_LOCAL, 4, address);
    nla_put(msg, IFA_ADDRESS, 4, address);
    message_send(msg);
}

static void group_set(int number)
{
    struct nl_msg *msg = link_message(RTM_NEWLINK, 0, index_of("bond%d", number), 0);

    nla_put_u32(msg, IFLA_GROUP, GROUP);
    message_send(msg);
}

static void phase_run(void (*step)(int number), int count)
{
    for (int i = 0; i < count; i++)
        step(i);
    answers_wait();
}

static void bonds_start(int count)
{
    phase_run(bond_create, count);
    phase_run(port_enslave, 2 * count);
    phase_run(bond_up, count);
    phase_run(address_add, count);
}

static void bonds_stop(int count)
{
    struct nl_msg *msg = link_message(RTM_DELLINK, 0, 0, 0);

    phase_run(group_set, count);
    nla_put_u32(msg, IFLA_GROUP, GROUP);
    message_send(msg);
    answers_wait();
}

int main(int argc, char **argv)
{
    int size = 1024 * 1024;

    if (argc != 3) {
        fprintf(stderr, "usage: floor start|stop N\n");
        return 2;
    }
    sock = nl_socket_alloc();
    if (nl_connect(sock, NETLINK_ROUTE) < 0)
        return 1;
    setsockopt(nl_socket_get_fd(sock), SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size);
    double start = now_us();
    (strcmp(argv[1], "stop") == 0 ? bonds_stop : bonds_start)(atoi(argv[2]));
    printf("%.0f\n", now_us() - start);
    nl_socket_free(sock);
    return failed;
}
