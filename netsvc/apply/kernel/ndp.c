/* Neighbour solicitations by a raw socket, one an address; the kernel makes the checksum. */
#include "apply/kernel/ndp.h"
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
