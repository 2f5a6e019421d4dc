/* ARP packets and the packet socket. */
#include "apply/kernel/arp.h"
#include "apply/kernel/nl-batch.h"
#include "i18n.h"
#include <arpa/inet.h>
#include <errno.h>
#include <ifaddrs.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static void put_u16(guint8 *bytes, guint16 value)
{
    bytes[0] = (guint8)(value >> 8);
    bytes[1] = (guint8)value;
}

static guint16 get_u16(const guint8 *bytes)
{
    return (guint16)(bytes[0] << 8 | bytes[1]);
}

void arp_encode(const ArpPacket *packet, guint8 *bytes)
{
    memset(bytes, 0, ARP_PACKET_BYTES);
    put_u16(bytes, ARPHRD_ETHER);
    put_u16(bytes + 2, ETHERTYPE_IP);
    bytes[4] = 6;
    bytes[5] = 4;
    put_u16(bytes + 6, packet->operation);
    memcpy(bytes + 8, packet->sender_mac.bytes, 6);
    memcpy(bytes + 14, packet->sender_ip, 4);
    memcpy(bytes + 18, packet->target_mac.bytes, 6);
    memcpy(bytes + 24, packet->target_ip, 4);
}

gboolean arp_decode(const guint8 *bytes, gsize size, ArpPacket *ret)
{
    if (size < ARP_PACKET_BYTES || get_u16(bytes) != ARPHRD_ETHER || get_u16(bytes + 2) != ETHERTYPE_IP ||
        bytes[4] != 6 || bytes[5] != 4)
        return FALSE;
    *ret = (ArpPacket){.operation = get_u16(bytes + 6), .sender_mac.length = 6, .target_mac.length = 6};
    memcpy(ret->sender_mac.bytes, bytes + 8, 6);
    memcpy(ret->sender_ip, bytes + 14, 4);
    memcpy(ret->target_mac.bytes, bytes + 18, 6);
    memcpy(ret->target_ip, bytes + 24, 4);
    return TRUE;
}

gboolean arp_is_conflict(const ArpPacket *packet, const guint8 *ip, const GArray *own)
{
    static const guint8 none[4];
    gboolean uses = !memcmp(packet->sender_ip, ip, 4);
    gboolean probes = packet->operation == ARPOP_REQUEST && !memcmp(packet->sender_ip, none, 4) &&
                      !memcmp(packet->target_ip, ip, 4);

    for (guint i = 0; i < own->len; i++)
        if (!memcmp(g_array_index(own, IfcfgMac, i).bytes, packet->sender_mac.bytes, 6))
            return FALSE;
    return uses || probes;
}

int arp_socket_open(gboolean listens, GError **error)
{
    int fd = socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, listens ? htons(ETH_P_ARP) : 0);

    if (fd < 0)
        net_error_set(error, errno, _("cannot open a packet socket: %s"), g_strerror(errno));
    return fd;
}

gboolean arp_receive(int fd, ArpPacket *ret, int *ret_ifindex)
{
    guint8 bytes[256];
    gssize n;

    for (;;) {
        struct sockaddr_ll from = {0};
        socklen_t size = sizeof from;
        n = recvfrom(fd, bytes, sizeof bytes, 0, (struct sockaddr *)&from, &size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return FALSE;
        if (from.sll_pkttype == PACKET_OUTGOING || !arp_decode(bytes, (gsize)n, ret))
            continue;
        *ret_ifindex = from.sll_ifindex;
        return TRUE;
    }
}

gboolean arp_link_get(int fd, const char *dev, ArpLink *ret)
{
    struct ifreq request = {0};
    int flags;

    g_strlcpy(request.ifr_name, dev, sizeof request.ifr_name);
    if (ioctl(fd, SIOCGIFFLAGS, &request) < 0)
        return FALSE;
    flags = request.ifr_flags;
    if (ioctl(fd, SIOCGIFHWADDR, &request) < 0)
        return FALSE;
    *ret = (ArpLink){.mac.length = 6};
    memcpy(ret->mac.bytes, request.ifr_hwaddr.sa_data, 6);
    ret->is_arp_capable =
        request.ifr_hwaddr.sa_family == ARPHRD_ETHER && !(flags & (IFF_NOARP | IFF_LOOPBACK));
    ret->is_running = flags & IFF_UP && flags & IFF_RUNNING;
    if (ioctl(fd, SIOCGIFINDEX, &request) < 0)
        return FALSE;
    ret->ifindex = request.ifr_ifindex;
    return ret->ifindex != 0;
}

GArray *arp_own_macs(void)
{
    GArray *macs = g_array_new(FALSE, FALSE, sizeof(IfcfgMac));
    struct ifaddrs *all = NULL;

    if (getifaddrs(&all) < 0)
        return macs;
    for (const struct ifaddrs *one = all; one; one = one->ifa_next) {
        const struct sockaddr_ll *link = (const struct sockaddr_ll *)one->ifa_addr;
        IfcfgMac mac = {.length = 6};
        if (!link || link->sll_family != AF_PACKET || link->sll_halen != 6 || one->ifa_flags & IFF_LOOPBACK)
            continue;
        memcpy(mac.bytes, link->sll_addr, 6);
        g_array_append_val(macs, mac);
    }
    freeifaddrs(all);
    return macs;
}

static int arp_send(int fd, int ifindex, const ArpPacket *packet)
{
    guint8 bytes[ARP_PACKET_BYTES];
    struct sockaddr_ll to = {.sll_family = AF_PACKET,
                             .sll_protocol = htons(ETH_P_ARP),
                             .sll_ifindex = ifindex,
                             .sll_halen = 6,
                             .sll_addr = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff}};
    gssize sent;

    arp_encode(packet, bytes);
    do
        sent = sendto(fd, bytes, sizeof bytes, 0, (struct sockaddr *)&to, sizeof to);
    while (sent < 0 && errno == EINTR);
    return sent < 0 ? errno : 0;
}

int arp_send_probe(int fd, const ArpLink *link, const guint8 *ip)
{
    ArpPacket packet = {.operation = ARPOP_REQUEST, .sender_mac = link->mac};

    memcpy(packet.target_ip, ip, 4);
    return arp_send(fd, link->ifindex, &packet);
}

int arp_send_announcement(int fd, const ArpLink *link, const guint8 *ip)
{
    ArpPacket packet = {.operation = ARPOP_REQUEST, .sender_mac = link->mac};
    int code;

    memcpy(packet.sender_ip, ip, 4);
    memcpy(packet.target_ip, ip, 4);
    code = arp_send(fd, link->ifindex, &packet);
    packet.operation = ARPOP_REPLY;
    packet.target_mac = link->mac;
    return code ? code : arp_send(fd, link->ifindex, &packet);
}
