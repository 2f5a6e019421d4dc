/* ICMP echo requests by raw sockets: see pinger.h. */
#include "apply/kernel/pinger.h"
#include "i18n.h"
#include <net/if.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/ip_icmp.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* With many destinations each has its turn less often. */
enum { INTERVAL_MS = 5, PINGS_A_MS = 4, MAGIC = 0x6e737663 };

typedef struct {
    gint64 sent; /* monotonic, in microseconds */
    gboolean is_answered;
} Shot;

typedef struct {
    NetPing ping;
    GArray *shots; /* Shot, since the mark */
    int error;
} Target;

/* Behind the identifier and the sequence number, which is not used. */
typedef struct {
    guint32 magic, stage, number;
} Payload;

typedef struct {
    guint8 type, code;
    guint16 checksum, identifier, sequence;
    Payload payload;
} Packet;

struct NetPinger {
    int fd4, fd6;
    GArray *targets; /* Target */
    guint32 stage;
    guint interval_ms;
    GThread *thread;
    GMutex mutex;
    gint stops;
};

static Target *target_at(NetPinger *self, guint i)
{
    return &g_array_index(self->targets, Target, i);
}

static guint16 checksum(const void *data, gsize n)
{
    const guint16 *words = data;
    guint32 sum = 0;
    for (gsize i = 0; i < n / 2; i++)
        sum += words[i];
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return (guint16)~sum;
}

/* --- sending --- */

/* A device can be made anew. */
static int index_of(int fd, const char *dev)
{
    struct ifreq request = {0};
    g_strlcpy(request.ifr_name, dev, sizeof request.ifr_name);
    return ioctl(fd, SIOCGIFINDEX, &request) == 0 ? request.ifr_ifindex : 0;
}

typedef union {
    struct cmsghdr header;
    char space4[CMSG_SPACE(sizeof(struct in_pktinfo))];
    char space6[CMSG_SPACE(sizeof(struct in6_pktinfo))];
} Control;

/* By which address: one that the host no longer has is refused. */
static void put_source(struct msghdr *message, Control *control, const IfcfgIp *from)
{
    struct in_pktinfo info4 = {0};
    struct in6_pktinfo info6 = {0};
    gboolean is_4 = from->family == AF_INET;
    memcpy(is_4 ? (void *)&info4.ipi_spec_dst : (void *)&info6.ipi6_addr, from->bytes, is_4 ? 4 : 16);
    memset(control, 0, sizeof *control);
    message->msg_control = control;
    message->msg_controllen = is_4 ? sizeof control->space4 : sizeof control->space6;
    struct cmsghdr *header = CMSG_FIRSTHDR(message);
    header->cmsg_level = is_4 ? IPPROTO_IP : IPPROTO_IPV6;
    header->cmsg_type = is_4 ? IP_PKTINFO : IPV6_PKTINFO;
    header->cmsg_len = is_4 ? CMSG_LEN(sizeof info4) : CMSG_LEN(sizeof info6);
    memcpy(CMSG_DATA(header), is_4 ? (const void *)&info4 : (const void *)&info6,
           is_4 ? sizeof info4 : sizeof info6);
}

static int send_to(const NetPinger *self, const NetPing *ping, Packet *packet)
{
    struct sockaddr_in to4 = {.sin_family = AF_INET};
    struct sockaddr_in6 to6 = {.sin6_family = AF_INET6};
    gboolean is_4 = ping->to.family == AF_INET;
    struct iovec part = {packet, sizeof *packet};
    struct msghdr message = {.msg_name = is_4 ? (void *)&to4 : (void *)&to6,
                             .msg_namelen = is_4 ? sizeof to4 : sizeof to6,
                             .msg_iov = &part,
                             .msg_iovlen = 1};
    Control control;
    int fd = is_4 ? self->fd4 : self->fd6;
    memcpy(is_4 ? (void *)&to4.sin_addr : (void *)&to6.sin6_addr, ping->to.bytes, is_4 ? 4 : 16);
    if (ping->dev && !is_4 && !(to6.sin6_scope_id = (guint32)index_of(fd, ping->dev)))
        return ENODEV;
    if (ping->from.family)
        put_source(&message, &control, &ping->from);
    return sendmsg(fd, &message, MSG_DONTWAIT) < 0 ? errno : 0;
}

static void shoot(NetPinger *self, guint i)
{
    Target *target = target_at(self, i);
    gboolean is_4 = target->ping.to.family == AF_INET;
    Packet packet = {.type = is_4 ? ICMP_ECHO : ICMP6_ECHO_REQUEST, .identifier = htons((guint16)i)};
    Shot shot = {.sent = g_get_monotonic_time()};
    g_mutex_lock(&self->mutex);
    packet.payload = (Payload){MAGIC, self->stage, target->shots->len};
    g_array_append_val(target->shots, shot);
    g_mutex_unlock(&self->mutex);
    if (is_4)
        packet.checksum = checksum(&packet, sizeof packet);
    int code = send_to(self, &target->ping, &packet);
    g_mutex_lock(&self->mutex);
    target->error = code;
    g_mutex_unlock(&self->mutex);
}

/* --- receiving --- */

static void take_in(NetPinger *self, const Packet *packet)
{
    guint i = ntohs(packet->identifier);
    gboolean is_reply = packet->type == ICMP_ECHOREPLY || packet->type == ICMP6_ECHO_REPLY;
    if (!is_reply || packet->payload.magic != MAGIC || i >= self->targets->len)
        return;
    g_mutex_lock(&self->mutex);
    GArray *shots = target_at(self, i)->shots;
    if (packet->payload.stage == self->stage && packet->payload.number < shots->len)
        g_array_index(shots, Shot, packet->payload.number).is_answered = TRUE;
    g_mutex_unlock(&self->mutex);
}

static void receive(NetPinger *self, int fd)
{
    guint8 buffer[2048];
    gssize n;
    while ((n = recv(fd, buffer, sizeof buffer, MSG_DONTWAIT)) > 0) {
        gsize at = fd == self->fd4 ? (gsize)(buffer[0] & 0xf) * 4 : 0;
        Packet packet;
        if ((gsize)n < at + sizeof packet)
            continue;
        memcpy(&packet, buffer + at, sizeof packet);
        take_in(self, &packet);
    }
}

static void receive_until(NetPinger *self, gint64 end)
{
    gint64 left;
    while ((left = end - g_get_monotonic_time()) > 0) {
        struct pollfd fds[2] = {{.fd = self->fd4, .events = POLLIN}, {.fd = self->fd6, .events = POLLIN}};
        poll(fds, 2, (int)(left / 1000) + 1);
        receive(self, self->fd4);
        if (self->fd6 >= 0)
            receive(self, self->fd6);
    }
}

static gpointer pinger_main(gpointer data)
{
    NetPinger *self = data;
    while (!g_atomic_int_get(&self->stops)) {
        gint64 begin = g_get_monotonic_time();
        for (guint i = 0; i < self->targets->len; i++)
            shoot(self, i);
        receive_until(self, begin + (gint64)self->interval_ms * 1000);
    }
    return NULL;
}

/* --- from the outside --- */

NetPinger *net_pinger_new(const GArray *pings, GError **error)
{
    int fd4 = socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMP);
    if (fd4 < 0) {
        net_error_set(error, errno, _("cannot open a raw socket: %s"), g_strerror(errno));
        return NULL;
    }
    NetPinger *self = g_new0(NetPinger, 1);
    self->fd4 = fd4;
    self->fd6 = socket(AF_INET6, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMPV6); /* a kernel without IPv6 */
    self->targets = g_array_new(FALSE, TRUE, sizeof(Target));
    for (guint i = 0; i < pings->len; i++) {
        Target target = {.ping = g_array_index(pings, NetPing, i),
                         .shots = g_array_new(FALSE, FALSE, sizeof(Shot))};
        g_array_append_val(self->targets, target);
    }
    self->interval_ms = MAX(INTERVAL_MS, pings->len / PINGS_A_MS);
    g_mutex_init(&self->mutex);
    self->thread = g_thread_new("pinger", pinger_main, self);
    return self;
}

void net_pinger_free(NetPinger *self)
{
    if (!self)
        return;
    g_atomic_int_set(&self->stops, 1);
    g_thread_join(self->thread);
    for (guint i = 0; i < self->targets->len; i++)
        g_array_unref(target_at(self, i)->shots);
    g_array_unref(self->targets);
    close(self->fd4);
    if (self->fd6 >= 0)
        close(self->fd6);
    g_mutex_clear(&self->mutex);
    g_free(self);
}

void net_pinger_mark(NetPinger *self)
{
    g_mutex_lock(&self->mutex);
    self->stage++;
    for (guint i = 0; i < self->targets->len; i++)
        g_array_set_size(target_at(self, i)->shots, 0);
    g_mutex_unlock(&self->mutex);
}

static gint64 last_that_counts(void)
{
    return g_get_monotonic_time() - PINGER_GRACE_MS * 1000;
}

/* From the first that was not answered to the next that was, or to the last of all. */
static gint64 longest_gap(const GArray *shots)
{
    gint64 longest = 0, since = 0, last = last_that_counts();
    for (guint i = 0; i < shots->len; i++) {
        const Shot *shot = &g_array_index(shots, Shot, i);
        if (shot->sent > last && !shot->is_answered)
            break;
        if (since)
            longest = MAX(longest, shot->sent - since);
        if (shot->is_answered)
            since = 0;
        else if (!since)
            since = shot->sent;
    }
    return longest;
}

guint net_pinger_gap_ms(NetPinger *self, guint identifier)
{
    g_mutex_lock(&self->mutex);
    gint64 gap = longest_gap(target_at(self, identifier)->shots);
    g_mutex_unlock(&self->mutex);
    return (guint)((gap + 500) / 1000);
}

gboolean net_pinger_is_good(NetPinger *self, guint identifier, guint ms)
{
    gint64 last = last_that_counts(), first = last - (gint64)ms * 1000;
    gboolean any = FALSE, all = TRUE;
    g_mutex_lock(&self->mutex);
    const GArray *shots = target_at(self, identifier)->shots;
    for (guint i = shots->len; i-- > 0 && all;) {
        const Shot *shot = &g_array_index(shots, Shot, i);
        if (shot->sent < first)
            break;
        any |= shot->is_answered;
        all = shot->is_answered || shot->sent > last;
    }
    g_mutex_unlock(&self->mutex);
    return any && all;
}

int net_pinger_error(NetPinger *self, guint identifier)
{
    g_mutex_lock(&self->mutex);
    int code = target_at(self, identifier)->error;
    g_mutex_unlock(&self->mutex);
    return code;
}
