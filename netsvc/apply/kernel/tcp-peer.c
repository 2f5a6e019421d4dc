/* TCP connections of one peer: a dump by sock_diag(7) with TCP_INFO. */
#include "apply/kernel/tcp-peer.h"
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { TCP_STATE_ESTABLISHED = 1, ANSWER_MS = 2000 };

static gboolean port_parse(const char *text, guint16 *ret)
{
    guint64 number;
    if (!g_ascii_string_to_unsigned(text, 10, 1, G_MAXUINT16, &number, NULL))
        return FALSE;
    *ret = (guint16)number;
    return TRUE;
}

/* sshd names the interface of a link-local address behind it: "fe80::1%bond0". */
static gboolean ip_parse(const char *text, IfcfgIp *ret)
{
    g_autofree char *plain = g_strndup(text, strcspn(text, "%"));
    return ifcfg_ip_parse(plain, AF_UNSPEC, ret);
}

gboolean tcp_peer_parse(const char *text, TcpPeer *ret)
{
    g_auto(GStrv) words = g_strsplit(text ? text : "", " ", -1);
    TcpPeer peer = {0};
    if (g_strv_length(words) != 4 || !ip_parse(words[0], &peer.peer) || !ip_parse(words[2], &peer.own) ||
        !port_parse(words[1], &peer.peer_port) || !port_parse(words[3], &peer.own_port))
        return FALSE;
    *ret = peer;
    return TRUE;
}

static gsize ip_size(const IfcfgIp *ip)
{
    return ip->family == AF_INET6 ? 16 : 4;
}

/* A listener on both families has IPv4 peers as ::ffff:10.0.0.9. */
static gboolean is_peer(const struct inet_diag_msg *message, const TcpPeer *peer)
{
    static const guint8 mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    const guint8 *to = (const guint8 *)message->id.idiag_dst;
    if (message->id.idiag_sport != g_htons(peer->own_port))
        return FALSE;
    if (message->idiag_family == peer->peer.family)
        return !memcmp(to, peer->peer.bytes, ip_size(&peer->peer));
    return message->idiag_family == AF_INET6 && peer->peer.family == AF_INET &&
           !memcmp(to, mapped, sizeof mapped) && !memcmp(to + sizeof mapped, peer->peer.bytes, 4);
}

static guint64 acked_of(const struct nlmsghdr *header, const struct inet_diag_msg *message)
{
    gsize left = header->nlmsg_len - NLMSG_LENGTH(sizeof *message);
    for (const struct nlattr *attr = (const struct nlattr *)(message + 1);
         left >= sizeof *attr && attr->nla_len >= sizeof *attr && attr->nla_len <= left;) {
        gsize step = NLA_ALIGN(attr->nla_len);
        if (attr->nla_type == INET_DIAG_INFO) {
            struct tcp_info info = {0};
            memcpy(&info, attr + 1, MIN(sizeof info, attr->nla_len - sizeof *attr));
            return info.tcpi_bytes_acked;
        }
        left -= MIN(step, left);
        attr = (const struct nlattr *)((const char *)attr + step);
    }
    return 0;
}

/* Returns: whether more is to come */
static gboolean answer_read(const char *buffer, gssize size, const TcpPeer *peer, GArray *connections)
{
    guint left = (guint)size;
    for (const struct nlmsghdr *header = (const struct nlmsghdr *)buffer; NLMSG_OK(header, left);
         header = NLMSG_NEXT(header, left)) {
        const struct inet_diag_msg *message = NLMSG_DATA(header);
        if (header->nlmsg_type == NLMSG_DONE || header->nlmsg_type == NLMSG_ERROR)
            return FALSE;
        if (header->nlmsg_type != SOCK_DIAG_BY_FAMILY || !is_peer(message, peer))
            continue;
        TcpConnection connection = {g_ntohs(message->id.idiag_dport), acked_of(header, message)};
        g_array_append_val(connections, connection);
    }
    return TRUE;
}

static void family_dump(int fd, guint8 family, const TcpPeer *peer, GArray *connections)
{
    struct {
        struct nlmsghdr header;
        struct inet_diag_req_v2 request;
    } ask = {.header = {.nlmsg_len = sizeof ask,
                        .nlmsg_type = SOCK_DIAG_BY_FAMILY,
                        .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP},
             .request = {.sdiag_family = family,
                         .sdiag_protocol = IPPROTO_TCP,
                         .idiag_ext = 1 << (INET_DIAG_INFO - 1),
                         .idiag_states = 1 << TCP_STATE_ESTABLISHED}};
    g_autofree char *buffer = g_malloc(65536);
    if (send(fd, &ask, sizeof ask, 0) < 0)
        return;
    for (gssize size; (size = recv(fd, buffer, 65536, 0)) > 0;)
        if (!answer_read(buffer, size, peer, connections))
            return;
}

GArray *tcp_peer_connections(const TcpPeer *peer)
{
    GArray *connections = g_array_new(FALSE, FALSE, sizeof(TcpConnection));
    struct timeval patience = {.tv_sec = ANSWER_MS / 1000};
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
    if (fd < 0)
        return connections;
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    family_dump(fd, AF_INET6, peer, connections);
    if (peer->peer.family == AF_INET)
        family_dump(fd, AF_INET, peer, connections);
    close(fd);
    return connections;
}
