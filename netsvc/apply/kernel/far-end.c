/* Frames of any cable and any VLAN are answered where they came from, each by turning it round. */
#include "apply/kernel/far-end.h"
#include "apply/kernel/far-end-lacp.h"
#include "i18n.h"
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { FRAME_BYTES = 65536 + 64, LOOK_MS = 50, ARP_REQUEST = 1, ARP_REPLY = 2, ARP_BYTES = 28 };
enum { MAC_BYTES = 6, HOP_LIMIT = 255, IP6_BYTES = 40, NEIGHBOUR_BYTES = 24, OPTION_BYTES = 8 };

/* Whoever is at the other end. */
static const guint8 far_mac[MAC_BYTES] = {0x02, 0x6e, 0x73, 0x00, 0x00, 0x01};

struct NetFarEnd {
    int fd;
    GThread *thread;
    gint stops;
    GMutex mutex;
    NetFarPath paths[FAR_END_PROBES];
};

/* One frame: its header, tags as they are on the wire, and what comes behind. */
typedef struct {
    guint8 bytes[FRAME_BYTES];
    gsize size;
    gsize at; /* of what is behind the type */
    guint16 type;
    int ifindex;
    guint16 tags[FAR_END_TAGS];
} Frame;

static guint16 get16(const guint8 *bytes)
{
    return (guint16)(bytes[0] << 8 | bytes[1]);
}

static void put16(guint8 *bytes, guint16 value)
{
    bytes[0] = (guint8)(value >> 8);
    bytes[1] = (guint8)value;
}

static gboolean is_tag(guint16 type)
{
    return type == ETH_P_8021Q || type == ETH_P_8021AD;
}

/* The kernel takes the outer tag out of the frame (packet(7), PACKET_AUXDATA). */
static void tag_put_back(Frame *self, const struct tpacket_auxdata *aux)
{
    guint16 type = aux->tp_status & TP_STATUS_VLAN_TPID_VALID ? aux->tp_vlan_tpid : ETH_P_8021Q;
    guint8 *place = self->bytes + 2 * MAC_BYTES;
    if (!(aux->tp_status & TP_STATUS_VLAN_VALID) || self->size < 2 * MAC_BYTES)
        return;
    memmove(place + 4, place, self->size - 2 * MAC_BYTES);
    put16(place, type);
    put16(place + 2, aux->tp_vlan_tci);
    self->size += 4;
}

static gboolean frame_parse(Frame *self)
{
    guint tags = 0;
    self->at = ETH_HLEN;
    memset(self->tags, 0, sizeof self->tags);
    if (self->size < ETH_HLEN)
        return FALSE;
    self->type = get16(self->bytes + 2 * MAC_BYTES);
    while (is_tag(self->type) && self->size >= self->at + 4) {
        if (tags < FAR_END_TAGS)
            self->tags[tags++] = get16(self->bytes + self->at) & 0xfff;
        self->type = get16(self->bytes + self->at + 2);
        self->at += 4;
    }
    return TRUE;
}

static gboolean frame_receive(Frame *self, int fd)
{
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(struct tpacket_auxdata))];
    } control;
    struct sockaddr_ll from = {0};
    struct iovec part = {self->bytes, FRAME_BYTES - 8};
    struct msghdr message = {.msg_name = &from,
                             .msg_namelen = sizeof from,
                             .msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = sizeof control};
    gssize n = recvmsg(fd, &message, MSG_DONTWAIT);
    if (n < 0)
        return FALSE;
    self->size = from.sll_pkttype == PACKET_OUTGOING ? 0 : (gsize)n;
    self->ifindex = from.sll_ifindex;
    const struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (header && header->cmsg_level == SOL_PACKET && header->cmsg_type == PACKET_AUXDATA)
        tag_put_back(self, (const struct tpacket_auxdata *)CMSG_DATA(header));
    return TRUE;
}

static void frame_send(const Frame *self, int fd)
{
    struct sockaddr_ll to = {.sll_family = AF_PACKET, .sll_ifindex = self->ifindex, .sll_halen = MAC_BYTES};
    memcpy(to.sll_addr, self->bytes, MAC_BYTES);
    sendto(fd, self->bytes, self->size, 0, (struct sockaddr *)&to, sizeof to);
}

static void frame_turn(Frame *self)
{
    if (self->type != ETH_P_SLOW) /* that goes to a group */
        memcpy(self->bytes, self->bytes + MAC_BYTES, MAC_BYTES);
    memcpy(self->bytes + MAC_BYTES, far_mac, MAC_BYTES);
}

static void swap(guint8 *a, guint8 *b, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        guint8 byte = a[i];
        a[i] = b[i];
        b[i] = byte;
    }
}

static gboolean is_zero(const guint8 *bytes, gsize n)
{
    for (gsize i = 0; i < n; i++)
        if (bytes[i])
            return FALSE;
    return TRUE;
}

/* The Internet checksum of a part, to go on with. */
static guint32 sum_add(guint32 sum, const guint8 *bytes, gsize n)
{
    for (gsize i = 0; i + 1 < n; i += 2)
        sum += get16(bytes + i);
    return n & 1 ? sum + (guint32)(bytes[n - 1] << 8) : sum;
}

static guint16 sum_end(guint32 sum)
{
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return (guint16)~sum;
}

/* --- what is answered; FALSE: nothing is --- */

/* Who looks for an address before taking it asks from none (RFC 5227), and who tells that he has it asks for
 * his own: nobody else has either. */
static gboolean answer_arp(Frame *self)
{
    guint8 *arp = self->bytes + self->at, *sender = arp + 8, *target = arp + 18;
    if (self->size < self->at + ARP_BYTES || get16(arp + 6) != ARP_REQUEST ||
        is_zero(sender + MAC_BYTES, 4) || !memcmp(sender + MAC_BYTES, target + MAC_BYTES, 4))
        return FALSE;
    put16(arp + 6, ARP_REPLY);
    swap(sender + MAC_BYTES, target + MAC_BYTES, 4);
    memcpy(target, sender, MAC_BYTES);
    memcpy(sender, far_mac, MAC_BYTES);
    return TRUE;
}

static void note_path(NetFarEnd *end, const Frame *frame, guint16 identifier)
{
    if (identifier >= FAR_END_PROBES)
        return;
    g_mutex_lock(&end->mutex);
    end->paths[identifier].ifindex = frame->ifindex;
    memcpy(end->paths[identifier].tags, frame->tags, sizeof frame->tags);
    g_mutex_unlock(&end->mutex);
}

static void checksum_anew(guint8 *icmp, gsize n, guint32 sum)
{
    put16(icmp + 2, 0);
    put16(icmp + 2, sum_end(sum_add(sum, icmp, n)));
}

static gboolean answer_ip4(Frame *self, NetFarEnd *end)
{
    guint8 *ip = self->bytes + self->at;
    gsize header = self->size > self->at ? (gsize)(ip[0] & 0xf) * 4 : 0, total = header ? get16(ip + 2) : 0;
    if (header < 20 || total < header + 8 || self->size < self->at + total || ip[9] != IPPROTO_ICMP ||
        ip[header] != ICMP_ECHO)
        return FALSE;
    guint8 *icmp = ip + header;
    note_path(end, self, get16(icmp + 4));
    icmp[0] = ICMP_ECHOREPLY;
    checksum_anew(icmp, total - header, 0);
    swap(ip + 12, ip + 16, 4);
    return TRUE;
}

/* RFC 8200, 8.1 */
static guint32 pseudo_header(const guint8 *ip, gsize n)
{
    return sum_add((guint32)n + IPPROTO_ICMPV6, ip + 8, 32);
}

/* RFC 4861, 4.4: solicited, and it overrides what was known. */
static gboolean answer_solicitation(Frame *self, guint8 *ip, guint8 *icmp, gsize n)
{
    guint8 target[16];
    gsize size = NEIGHBOUR_BYTES + OPTION_BYTES;
    if (n < NEIGHBOUR_BYTES || is_zero(ip + 8, 16))
        return FALSE;
    memcpy(target, icmp + 8, sizeof target);
    memcpy(ip + 24, ip + 8, 16);
    memcpy(ip + 8, target, 16);
    memset(icmp, 0, size);
    icmp[0] = ND_NEIGHBOR_ADVERT;
    icmp[4] = 0x60;
    memcpy(icmp + 8, target, 16);
    icmp[24] = ND_OPT_TARGET_LINKADDR;
    icmp[25] = 1;
    memcpy(icmp + 26, far_mac, MAC_BYTES);
    put16(ip + 4, (guint16)size);
    ip[7] = HOP_LIMIT;
    self->size = self->at + IP6_BYTES + size;
    checksum_anew(icmp, size, pseudo_header(ip, size));
    return TRUE;
}

static gboolean answer_ip6(Frame *self, NetFarEnd *end)
{
    guint8 *ip = self->bytes + self->at, *icmp = ip + IP6_BYTES;
    gsize n = self->size >= self->at + IP6_BYTES ? get16(ip + 4) : 0;
    if (n < 8 || self->size < self->at + IP6_BYTES + n || ip[6] != IPPROTO_ICMPV6)
        return FALSE;
    if (icmp[0] == ND_NEIGHBOR_SOLICIT)
        return answer_solicitation(self, ip, icmp, n);
    if (icmp[0] != ICMP6_ECHO_REQUEST)
        return FALSE;
    note_path(end, self, get16(icmp + 4));
    icmp[0] = ICMP6_ECHO_REPLY;
    swap(ip + 8, ip + 24, 16);
    checksum_anew(icmp, n, pseudo_header(ip, n));
    return TRUE;
}

static gboolean answer(Frame *frame, NetFarEnd *end)
{
    switch (frame->type) {
    case ETH_P_ARP:
        return answer_arp(frame);
    case ETH_P_IP:
        return answer_ip4(frame, end);
    case ETH_P_IPV6:
        return answer_ip6(frame, end);
    case ETH_P_SLOW:
        return far_end_lacp_answer(frame->bytes + frame->at, frame->size - frame->at, far_mac,
                                   (guint16)frame->ifindex);
    default:
        return FALSE;
    }
}

static gpointer far_end_main(gpointer data)
{
    NetFarEnd *self = data;
    g_autofree Frame *frame = g_new0(Frame, 1);
    while (!g_atomic_int_get(&self->stops)) {
        struct pollfd fd = {.fd = self->fd, .events = POLLIN};
        poll(&fd, 1, LOOK_MS);
        while (frame_receive(frame, self->fd))
            if (frame_parse(frame) && answer(frame, self)) {
                frame_turn(frame);
                frame_send(frame, self->fd);
            }
    }
    return NULL;
}

NetFarEnd *net_far_end_new(GError **error)
{
    int on = 1;
    int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, htons(ETH_P_ALL));
    if (fd < 0 || setsockopt(fd, SOL_PACKET, PACKET_AUXDATA, &on, sizeof on) != 0) {
        net_error_set(error, errno, _("cannot open a packet socket: %s"), g_strerror(errno));
        if (fd >= 0)
            close(fd);
        return NULL;
    }
    NetFarEnd *self = g_new0(NetFarEnd, 1);
    self->fd = fd;
    g_mutex_init(&self->mutex);
    self->thread = g_thread_new("far-end", far_end_main, self);
    return self;
}

void net_far_end_free(NetFarEnd *self)
{
    if (!self)
        return;
    g_atomic_int_set(&self->stops, 1);
    g_thread_join(self->thread);
    g_mutex_clear(&self->mutex);
    close(self->fd);
    g_free(self);
}

NetFarPath net_far_end_path(NetFarEnd *self, guint identifier)
{
    NetFarPath path = {0};
    g_mutex_lock(&self->mutex);
    if (identifier < FAR_END_PROBES)
        path = self->paths[identifier];
    g_mutex_unlock(&self->mutex);
    return path;
}
