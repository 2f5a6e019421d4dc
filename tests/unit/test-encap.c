/* What routes put packets into, as bytes: what the kernel is sent, and what is made of what it reports. */
#include "ifcfg-encap.h"
#include "ifcfg-route.h"
#include <linux/lwtunnel.h>
#include <linux/mpls_iptunnel.h>
#include <linux/seg6_local.h>
#include <string.h>
#include <sys/socket.h>

static IfcfgRoute *route_of(const char *encap)
{
    g_autofree char *line = g_strdup_printf("2001:db8::/32 dev eth0 encap %s", encap);
    IfcfgRoute *route = ifcfg_route_parse(line, AF_INET6, NULL, (IfcfgWhere){0}, NULL);
    g_assert_nonnull(route);
    return route;
}

static const IfcfgEncap *encap_of(const IfcfgRoute *route)
{
    return ((const IfcfgNexthop *)g_ptr_array_index(route->nexthops, 0))->encap;
}

/* "NUMBER:HEX" of each attribute, with blanks between. */
static char *attrs_text(const IfcfgEncap *encap)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < IFCFG_ENCAP_ATTRS; i++) {
        gsize size;
        const guint8 *bytes = encap->attrs[i] ? g_bytes_get_data(encap->attrs[i], &size) : NULL;
        if (!bytes)
            continue;
        g_string_append_printf(text, "%s%u:", text->len ? " " : "", i);
        for (gsize at = 0; at < size; at++)
            g_string_append_printf(text, "%02x", bytes[at]);
    }
    return g_strdup(text->str);
}

#define FIRST_SEGMENT "fd010000000000000000000000000001"
#define LAST_SEGMENT "fd010000000000000000000000000002"
#define NO_SEGMENT "00000000000000000000000000000000"
#define NO_SIGNATURE NO_SEGMENT NO_SEGMENT

/* By linux/lwtunnel.h, RFC 3032 and RFC 8754. The mode of seg6 is a number of this machine's order. */
static const struct {
    const char *words;
    guint16 type;
    const char *attrs;
} cases[] = {
    {"mpls 100", LWTUNNEL_ENCAP_MPLS, "1:00064100"},
    {"mpls 0/1048575 ttl 0", LWTUNNEL_ENCAP_MPLS, "1:00000000fffff100 2:00"},
    {"ip id 5 dst 192.0.2.7", LWTUNNEL_ENCAP_IP, "1:0000000000000005 2:c0000207"},
    {"ip src 192.0.2.1 ttl 9 tos 0x10 key csum seq", LWTUNNEL_ENCAP_IP, "3:c0000201 4:09 5:10 6:000d"},
    {"ip6 id 256 dst fd01::2 hoplimit 3 tc 4 csum", LWTUNNEL_ENCAP_IP6,
     "1:0000000000000100 2:" LAST_SEGMENT " 4:03 5:04 6:0001"},
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
    {"seg6 mode encap segs fd01::1,fd01::2", LWTUNNEL_ENCAP_SEG6,
     "1:01000000"
     "0004040101000000" LAST_SEGMENT FIRST_SEGMENT},
    {"seg6 mode inline segs fd01::1", LWTUNNEL_ENCAP_SEG6,
     "1:00000000"
     "0004040101000000" NO_SEGMENT FIRST_SEGMENT},
    {"seg6 mode l2encap.red segs fd01::1 hmac 7", LWTUNNEL_ENCAP_SEG6,
     "1:04000000"
     "0007040000080000" FIRST_SEGMENT "0526000000000007" NO_SIGNATURE},
    {"seg6local action End.DT6 table 9", LWTUNNEL_ENCAP_SEG6_LOCAL, "1:07000000 3:09000000"},
    {"seg6local action End.X nh6 fd01::1", LWTUNNEL_ENCAP_SEG6_LOCAL, "1:02000000 5:" FIRST_SEGMENT},
    {"seg6local action End.DX4 nh4 0.0.0.0", LWTUNNEL_ENCAP_SEG6_LOCAL, "1:06000000 4:00000000"},
    {"seg6local action End.B6 srh segs fd01::1", LWTUNNEL_ENCAP_SEG6_LOCAL,
     "1:09000000 2:"
     "0004040101000000" NO_SEGMENT FIRST_SEGMENT},
    {"seg6local action End.B6.Encaps srh segs fd01::1", LWTUNNEL_ENCAP_SEG6_LOCAL,
     "1:0a000000 2:"
     "0002040000000000" FIRST_SEGMENT},
    {"seg6local action End count", LWTUNNEL_ENCAP_SEG6_LOCAL,
     "1:01000000 10:"
     "0c00020000000000000000000c00030000000000000000000c0004000000000000000000"},
#endif
};

static void test_bytes(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(IfcfgRoute) route = route_of(cases[i].words);
        g_autofree char *attrs = attrs_text(encap_of(route));
        g_autofree char *words = ifcfg_encap_format(encap_of(route));
        g_autoptr(IfcfgRoute) again = route_of(words);
        g_test_message("%s", cases[i].words);
        g_assert_cmpuint(encap_of(route)->type, ==, cases[i].type);
        g_assert_cmpstr(attrs, ==, cases[i].attrs);
        g_assert_true(ifcfg_encap_equal(encap_of(route), encap_of(again)));
        g_assert_true(ifcfg_encap_is_writable(encap_of(route)));
    }
}

static void note(IfcfgEncap *encap, guint number, const char *bytes, gsize size)
{
    ifcfg_encap_note(encap, number, bytes, size);
}

/* The kernel reports all numbers, those that nobody gave as 0, and counters as they stand. */
static void test_reported(void)
{
    g_autoptr(IfcfgRoute) route = route_of("ip id 5 dst 192.0.2.7");
    g_autoptr(IfcfgEncap) ip = ifcfg_encap_new(LWTUNNEL_ENCAP_IP);
    g_autoptr(IfcfgEncap) local = ifcfg_encap_new(LWTUNNEL_ENCAP_SEG6_LOCAL);
    g_autoptr(IfcfgRoute) counted = route_of("seg6local action End count");
    guint32 end = SEG6_LOCAL_ACTION_END;

    note(ip, LWTUNNEL_IP_ID, "\0\0\0\0\0\0\0\5", 8);
    note(ip, LWTUNNEL_IP_DST, "\300\0\2\7", 4);
    note(ip, LWTUNNEL_IP_SRC, "\0\0\0\0", 4);
    note(ip, LWTUNNEL_IP_TTL, "\0", 1);
    note(ip, LWTUNNEL_IP_TOS, "\0", 1);
    note(ip, LWTUNNEL_IP_FLAGS, "\0\0", 2);
    g_assert_true(ifcfg_encap_equal(ip, encap_of(route)));
    note(ip, LWTUNNEL_IP_TTL, "\1", 1);
    g_assert_false(ifcfg_encap_equal(ip, encap_of(route)));

    note(local, SEG6_LOCAL_ACTION, (const char *)&end, sizeof end);
    note(local, SEG6_LOCAL_COUNTERS, "\14\0\2\0\1\0\0\0\0\0\0\0", 12);
    g_assert_true(ifcfg_encap_equal(local, encap_of(counted)));
}

/* Of others, by words that only the kernel knows: told apart, and not mistaken for plain ones. */
static void test_unknown(void)
{
    g_autoptr(IfcfgEncap) bpf = ifcfg_encap_new(LWTUNNEL_ENCAP_BPF);
    const IfcfgEncap *other = NULL;
    g_autoptr(IfcfgEncap) future = ifcfg_encap_new(99);
    note(bpf, LWT_BPF_OUT, "\1\2", 2);
    g_autoptr(IfcfgEncap) copy = ifcfg_encap_copy(bpf);
    g_autofree char *text = ifcfg_encap_format(bpf), *number = ifcfg_encap_format(future);
    g_assert_cmpstr(text, ==, "bpf [2]");
    g_assert_cmpstr(number, ==, "99");
    g_assert_false(ifcfg_encap_is_writable(bpf));
    g_assert_false(ifcfg_encap_is_writable(future));
    g_assert_true(ifcfg_encap_equal(bpf, copy));
    g_assert_false(ifcfg_encap_equal(bpf, future));
    g_assert_false(ifcfg_encap_equal(bpf, other));
    g_assert_true(ifcfg_encap_equal(NULL, other));
    note(future, IFCFG_ENCAP_ATTRS, "", 0); /* and not beyond the array */
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/encap/bytes", test_bytes);
    g_test_add_func("/encap/reported", test_reported);
    g_test_add_func("/encap/unknown", test_unknown);
    return g_test_run();
}
