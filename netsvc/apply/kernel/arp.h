/* ARP packets: encoding, decoding, and the packet socket (RFC 826, RFC 5227). */
#pragma once
#include "ifcfg-ip.h"

enum { ARP_PACKET_BYTES = 28 };

typedef struct {
    guint16 operation; /* ARPOP_REQUEST, ARPOP_REPLY */
    IfcfgMac sender_mac;
    guint8 sender_ip[4];
    IfcfgMac target_mac; /* length 0: all zero on the wire */
    guint8 target_ip[4];
} ArpPacket;

void arp_encode(const ArpPacket *packet, guint8 *bytes); /* ARP_PACKET_BYTES of it; Ethernet only */
/** FALSE for what is not ARP for IPv4 over Ethernet. */
gboolean arp_decode(const guint8 *bytes, gsize size, ArpPacket *ret);

/** RFC 5227 2.1.1: somebody uses the address, or probes for it at the same time. @own: IfcfgMac of all our
 * interfaces. */
gboolean arp_is_conflict(const ArpPacket *packet, const guint8 *ip, const GArray *own);

/** A non-blocking packet socket for ARP on all interfaces, or -1. @listens FALSE: it only sends. */
int arp_socket_open(gboolean listens, GError **error);
/** One packet; FALSE when there is none now. Packets that we sent are not returned. */
gboolean arp_receive(int fd, ArpPacket *ret, int *ret_ifindex);

/** An interface as ARP sees it. */
typedef struct {
    int ifindex;
    IfcfgMac mac;
    gboolean is_arp_capable; /* Ethernet, not NOARP, not loopback */
    gboolean is_running;
} ArpLink;

gboolean arp_link_get(int fd, const char *dev, ArpLink *ret);
/** MAC addresses of all interfaces. */
GArray *arp_own_macs(void);

/** Broadcast: is somebody using this address? 0 or an errno, as the next. */
int arp_send_probe(int fd, const ArpLink *link, const guint8 *ip);
/** Broadcast: this address is here now; as a request and as a reply, since each is what some receivers learn
 * from. */
int arp_send_announcement(int fd, const ArpLink *link, const guint8 *ip);
