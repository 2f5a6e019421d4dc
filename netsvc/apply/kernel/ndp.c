/* Neighbour discovery by raw sockets, one an address; the kernel makes the checksum. */
#include "apply/kernel/ndp.h"
#include "apply/kernel/arp.h"
#include <errno.h>
#include <glib-unix.h>
#include <net/if.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { TRIES = 3, HOPS = 255, OPTION_BYTES = 8 };

typedef struct {
    NdpAsker *asker;
    struct in6_addr target;
    guint8 mac[6];
    unsigned ifindex;
    int fd; /* -1: it could not be asked */
    guint left, gap_ms;
    guint timer, source;
    NdpDone done;
    gpointer tag, data;
} NdpQuestion;

struct NdpAsker {
    GPtrArray *questions; /* NdpQuestion* */
};

static void question_free(NdpQuestion *self)
{
    if (self->timer)
        g_source_remove(self->timer);
    if (self->source)
        g_source_remove(self->source);
    if (self->fd >= 0)
        close(self->fd);
    g_free(self);
}

NdpAsker *ndp_asker_new(void)
{
    NdpAsker *self = g_new0(NdpAsker, 1);
    self->questions = g_ptr_array_new_with_free_func((GDestroyNotify)question_free);
    return self;
}

void ndp_asker_free(NdpAsker *self)
{
    g_ptr_array_unref(self->questions);
    g_free(self);
}

static void question_end(NdpQuestion *self, gboolean answered)
{
    NdpDone done = self->done;
    gpointer tag = self->tag, data = self->data;
    g_ptr_array_remove_fast(self->asker->questions, self);
    done(answered, tag, data);
}

/* To the group of all whose address ends so (RFC 4291, 2.7.1), with our own address on the link. */
static void question_send(const NdpQuestion *self)
{
    struct {
        struct nd_neighbor_solicit head;
        guint8 option[OPTION_BYTES];
    } packet = {.head.nd_ns_type = ND_NEIGHBOR_SOLICIT,
                .head.nd_ns_target = self->target,
                .option = {ND_OPT_SOURCE_LINKADDR, 1}};
    struct sockaddr_in6 to = {.sin6_family = AF_INET6, .sin6_scope_id = self->ifindex};
    static const guint8 group[13] = {0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xff};
    memcpy(packet.option + 2, self->mac, sizeof self->mac);
    memcpy(to.sin6_addr.s6_addr, group, sizeof group);
    memcpy(to.sin6_addr.s6_addr + 13, self->target.s6_addr + 13, 3);
    if (sendto(self->fd, &packet, sizeof packet, MSG_DONTWAIT, (struct sockaddr *)&to, sizeof to) < 0)
        g_debug("neighbour solicitation: %s", g_strerror(errno));
}

static gboolean question_turn(gpointer data)
{
    NdpQuestion *self = data;
    self->timer = 0;
    if (self->fd < 0 || !self->left) {
        question_end(self, FALSE);
        return G_SOURCE_REMOVE;
    }
    question_send(self);
    self->timer = g_timeout_add(--self->left ? self->gap_ms : 2 * self->gap_ms, question_turn, self);
    return G_SOURCE_REMOVE;
}

static gboolean question_read(int fd, G_GNUC_UNUSED GIOCondition condition, gpointer data)
{
    NdpQuestion *self = data;
    struct nd_neighbor_advert answer;
    while (recv(fd, &answer, sizeof answer, MSG_DONTWAIT) >= (gssize)sizeof answer)
        if (!memcmp(&answer.nd_na_target, &self->target, sizeof self->target)) {
            self->source = 0;
            question_end(self, TRUE);
            return G_SOURCE_REMOVE;
        }
    return G_SOURCE_CONTINUE;
}

static gboolean link_find(NdpQuestion *self, const char *dev)
{
    struct ifreq request = {0};
    g_strlcpy(request.ifr_name, dev, sizeof request.ifr_name);
    if (ioctl(self->fd, SIOCGIFINDEX, &request) < 0)
        return FALSE;
    self->ifindex = (unsigned)request.ifr_ifindex;
    if (ioctl(self->fd, SIOCGIFHWADDR, &request) < 0)
        return FALSE;
    memcpy(self->mac, request.ifr_hwaddr.sa_data, sizeof self->mac);
    return setsockopt(self->fd, SOL_SOCKET, SO_BINDTODEVICE, dev, (socklen_t)strlen(dev) + 1) == 0;
}

static int socket_open(void)
{
    struct icmp6_filter filter;
    int hops = HOPS, fd = socket(AF_INET6, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_ICMPV6);
    if (fd < 0)
        return -1;
    ICMP6_FILTER_SETBLOCKALL(&filter);
    ICMP6_FILTER_SETPASS(ND_NEIGHBOR_ADVERT, &filter);
    setsockopt(fd, IPPROTO_ICMPV6, ICMP6_FILTER, &filter, sizeof filter);
    setsockopt(fd, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, &hops, sizeof hops);
    return fd;
}

void ndp_ask(NdpAsker *self, const char *dev, const IfcfgIp *ip, guint limit_ms, NdpDone done, gpointer tag,
             gpointer data)
{
    NdpQuestion *question = g_new0(NdpQuestion, 1);
    *question = (NdpQuestion){.asker = self,
                              .fd = socket_open(),
                              .left = TRIES,
                              .gap_ms = limit_ms / (TRIES + 1),
                              .done = done,
                              .tag = tag,
                              .data = data};
    memcpy(&question->target, ip->bytes, sizeof question->target);
    g_ptr_array_add(self->questions, question);
    if (question->fd >= 0 && !link_find(question, dev)) {
        close(question->fd);
        question->fd = -1;
    }
    if (question->fd >= 0)
        question->source = g_unix_fd_add(question->fd, G_IO_IN, question_read, question);
    question->timer = g_timeout_add(0, question_turn, question);
}

/* --- telling --- */

void ndp_encode_advertisement(const IfcfgIp *ip, const IfcfgMac *mac, gboolean is_router, guint8 *bytes)
{
    struct {
        struct nd_neighbor_advert head;
        guint8 option[OPTION_BYTES];
    } packet = {.head.nd_na_type = ND_NEIGHBOR_ADVERT, .option = {ND_OPT_TARGET_LINKADDR, 1}};
    G_STATIC_ASSERT(sizeof packet == NDP_ADVERTISEMENT_BYTES);
    packet.head.nd_na_flags_reserved = ND_NA_FLAG_OVERRIDE | (is_router ? ND_NA_FLAG_ROUTER : 0);
    memcpy(&packet.head.nd_na_target, ip->bytes, sizeof packet.head.nd_na_target);
    memcpy(packet.option + 2, mac->bytes, 6);
    memcpy(bytes, &packet, sizeof packet);
}

static gboolean is_forwarding(const char *dev)
{
    g_autofree char *path = g_strdup_printf("/proc/sys/net/ipv6/conf/%s/forwarding", dev), *text = NULL;
    return g_file_get_contents(path, &text, NULL, NULL) && *text != '0';
}

/* What cannot be used yet cannot be bound to (ipv6_chk_addr()): nobody may send from it. */
static gboolean bind_to(int fd, const IfcfgIp *ip, int ifindex)
{
    struct sockaddr_in6 from = {.sin6_family = AF_INET6, .sin6_scope_id = (guint32)ifindex};
    int no = 0;
    memcpy(&from.sin6_addr, ip->bytes, sizeof from.sin6_addr);
    return !setsockopt(fd, IPPROTO_IPV6, IPV6_MULTICAST_LOOP, &no, sizeof no) &&
           !bind(fd, (struct sockaddr *)&from, sizeof from);
}

void ndp_announce(const char *dev, const IfcfgIp *ip)
{
    struct sockaddr_in6 to = {.sin6_family = AF_INET6, .sin6_addr = {{{0xff, 2, [15] = 1}}}};
    guint8 bytes[NDP_ADVERTISEMENT_BYTES];
    ArpLink link;
    int fd = socket_open();
    gboolean may = fd >= 0 && arp_link_get(fd, dev, &link) && link.is_arp_capable && link.is_running &&
                   bind_to(fd, ip, link.ifindex);
    if (may) {
        to.sin6_scope_id = (guint32)link.ifindex;
        ndp_encode_advertisement(ip, &link.mac, is_forwarding(dev), bytes);
        if (sendto(fd, bytes, sizeof bytes, MSG_DONTWAIT, (struct sockaddr *)&to, sizeof to) < 0)
            g_debug("neighbour advertisement: %s", g_strerror(errno));
    }
    if (fd >= 0)
        close(fd);
}
