/* ARP packets: encoding, decoding, and what counts as a conflict; and what tells neighbours of IPv6 the same.
 */
#include "apply/kernel/arp.h"
#include "apply/kernel/ndp.h"
#include <net/if_arp.h>
#include <string.h>

static const guint8 probe_bytes[ARP_PACKET_BYTES] = {
    0,    1,    8, 0, 6, 4, 0,   1,         /* Ethernet, IPv4, request */
    0x52, 0x54, 0, 0, 0, 1, 0,   0,  0,  0, /* sender, without an address */
    0,    0,    0, 0, 0, 0, 172, 16, 11, 2, /* target */
};

static IfcfgMac mac(const char *text)
{
    IfcfgMac value;

    g_assert_true(ifcfg_mac_parse(text, &value));
    return value;
}

static void test_encode(void)
{
    ArpPacket packet = {
        .operation = ARPOP_REQUEST, .sender_mac = mac("52:54:00:00:00:01"), .target_ip = {172, 16, 11, 2}};
    guint8 bytes[ARP_PACKET_BYTES];

    arp_encode(&packet, bytes);
    g_assert_cmpmem(bytes, sizeof bytes, probe_bytes, sizeof probe_bytes);
}

static void test_decode(void)
{
    ArpPacket packet;
    IfcfgMac sender = mac("52:54:00:00:00:01");
    guint8 padded[60] = {0}; /* Ethernet fills short frames */

    memcpy(padded, probe_bytes, sizeof probe_bytes);
    g_assert_true(arp_decode(padded, sizeof padded, &packet));
    g_assert_cmpuint(packet.operation, ==, ARPOP_REQUEST);
    g_assert_true(ifcfg_mac_equal(&packet.sender_mac, &sender));
    g_assert_cmpuint(packet.target_ip[3], ==, 2);
}

/* Each changes one byte of a good packet, or cuts it. */
static void test_decode_refuses(void)
{
    static const struct {
        guint offset;
        guint8 value;
        gsize size;
    } cases[] = {{0, 0, 27}, {0, 0, 0}, {1, 6, 28}, {3, 6, 28}, {4, 20, 28}, {5, 16, 28}};

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        guint8 bytes[ARP_PACKET_BYTES];
        ArpPacket packet;
        memcpy(bytes, probe_bytes, sizeof bytes);
        bytes[cases[i].offset] = cases[i].value;
        g_assert_false(arp_decode(bytes, cases[i].size, &packet));
    }
}

static void test_conflict(void)
{
    static const struct {
        const char *sender;
        guint8 sender_ip[4], target_ip[4];
        guint16 operation;
        gboolean conflict;
    } cases[] = {
        {"52:54:00:00:00:09", {10, 0, 0, 5}, {10, 0, 0, 1}, ARPOP_REPLY, TRUE}, /* it answers */
        {"52:54:00:00:00:09",
         {10, 0, 0, 5},
         {10, 0, 0, 9},
         ARPOP_REQUEST,
         TRUE}, /* it asks for another, with it */
        {"52:54:00:00:00:09",
         {0, 0, 0, 0},
         {10, 0, 0, 5},
         ARPOP_REQUEST,
         TRUE}, /* it probes at the same time */
        {"52:54:00:00:00:09", {10, 0, 0, 1}, {10, 0, 0, 5}, ARPOP_REQUEST, FALSE}, /* somebody looks for it */
        {"52:54:00:00:00:09", {10, 0, 0, 6}, {10, 0, 0, 5}, ARPOP_REPLY, FALSE},
        {"52:54:00:00:00:01",
         {0, 0, 0, 0},
         {10, 0, 0, 5},
         ARPOP_REQUEST,
         FALSE}, /* our own probe, back by another port */
        {"52:54:00:00:00:01", {10, 0, 0, 5}, {10, 0, 0, 5}, ARPOP_REPLY, FALSE},
    };
    static const guint8 ip[4] = {10, 0, 0, 5};
    g_autoptr(GArray) own = g_array_new(FALSE, FALSE, sizeof(IfcfgMac));
    IfcfgMac ours = mac("52:54:00:00:00:01");

    g_array_append_val(own, ours);
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        ArpPacket packet = {.operation = cases[i].operation, .sender_mac = mac(cases[i].sender)};
        memcpy(packet.sender_ip, cases[i].sender_ip, 4);
        memcpy(packet.target_ip, cases[i].target_ip, 4);
        g_test_message("case %u", i);
        g_assert_cmpint(arp_is_conflict(&packet, ip, own), ==, cases[i].conflict);
    }
}

/* RFC 4861, 4.4; the checksum is the kernel's. */
static void test_advertisement(void)
{
    static const guint8 expected[NDP_ADVERTISEMENT_BYTES] = {
        136,  0,    0,    0,    0xa0, 0, 0, 0,                         /* router, override */
        0x20, 0x01, 0x0d, 0xb8, 0,    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, /* target */
        2,    1,    0x52, 0x54, 0,    0, 0, 1,
    };
    IfcfgMac sender = mac("52:54:00:00:00:01");
    guint8 bytes[NDP_ADVERTISEMENT_BYTES];
    IfcfgIp ip;

    g_assert_true(ifcfg_ip_parse("2001:db8::2", AF_INET6, &ip));
    ndp_encode_advertisement(&ip, &sender, TRUE, bytes);
    g_assert_cmpmem(bytes, sizeof bytes, expected, sizeof expected);
    ndp_encode_advertisement(&ip, &sender, FALSE, bytes);
    g_assert_cmphex(bytes[4], ==, 0x20);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/arp/encode", test_encode);
    g_test_add_func("/arp/decode", test_decode);
    g_test_add_func("/arp/decode-refuses", test_decode_refuses);
    g_test_add_func("/arp/conflict", test_conflict);
    g_test_add_func("/ndp/advertisement", test_advertisement);
    return g_test_run();
}
