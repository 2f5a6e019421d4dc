/* ICMP echo requests, one a second, until one is answered. A name is looked up beside, since the resolver
 * waits for its servers as long as it likes. */
#include "apply/ping.h"
#include "apply/net-error.h"
#include "i18n.h"
#include <errno.h>
#include <glib-unix.h>
#include <netdb.h>
#include <netinet/icmp6.h>
#include <netinet/ip.h>
#include <netinet/ip_icmp.h>
#include <string.h>
#include <unistd.h>

enum { EVERY_MS = 1000 };

typedef struct {
    struct icmphdr header; /* ICMPv6 has the same form */
    guint64 cookie;        /* others ping, too */
} Echo;

/* Shared with the thread that looks the name up, which can outlive the wait. */
typedef struct {
    gatomicrefcount references;
    GMutex lock;
    char *host;
    struct sockaddr_storage address;
    socklen_t length; /* 0: not known yet */
    int code;         /* of getaddrinfo() */
    gboolean is_busy;
} Lookup;

typedef struct {
    GMainContext *context;
    Lookup *lookup;
    Echo echo;
    int fd; /* -1: no address yet */
    GSource *answers;
    gboolean is_over, is_answered;
    GError *failure; /* ends it */
    int code;        /* errno of the last request; 0: it went out */
} Ping;

/* --- the name --- */

static void lookup_unref(Lookup *self)
{
    if (!g_atomic_ref_count_dec(&self->references))
        return;
    g_mutex_clear(&self->lock);
    g_free(self->host);
    g_free(self);
}

static gpointer lookup_run(gpointer data)
{
    Lookup *self = data;
    struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_DGRAM}, *found = NULL;
    int code = getaddrinfo(self->host, NULL, &hints, &found);
    g_mutex_lock(&self->lock);
    self->code = code;
    if (code == 0) {
        memcpy(&self->address, found->ai_addr, found->ai_addrlen);
        self->length = found->ai_addrlen;
        freeaddrinfo(found);
    }
    self->is_busy = FALSE;
    g_mutex_unlock(&self->lock);
    lookup_unref(self);
    return NULL;
}

static Lookup *lookup_new(const char *host)
{
    Lookup *self = g_new0(Lookup, 1);
    g_atomic_ref_count_init(&self->references);
    g_mutex_init(&self->lock);
    self->host = g_strdup(host);
    return self;
}

/* Begun anew as long as nobody knows it. Returns whether the address is known. */
static gboolean lookup_look(Lookup *self)
{
    g_mutex_lock(&self->lock);
    gboolean is_known = self->length != 0, begins = !is_known && !self->is_busy;
    self->is_busy |= begins;
    g_mutex_unlock(&self->lock);
    if (begins) {
        g_atomic_ref_count_inc(&self->references);
        g_thread_unref(g_thread_new("lookup", lookup_run, self));
    }
    return is_known;
}

/* --- requests and answers --- */

static guint16 checksum(const Echo *echo)
{
    const guint16 *words = (const guint16 *)echo;
    guint32 sum = 0;
    for (guint i = 0; i < sizeof *echo / 2; i++)
        sum += words[i];
    sum = (sum >> 16) + (sum & 0xffff);
    return (guint16) ~(sum + (sum >> 16));
}

/* A raw socket has the IPv4 header in front, and the IPv6 one not. */
static gboolean is_answer(const Ping *self, const char *bytes, gssize length, gboolean is_6)
{
    gssize skip = is_6 ? 0 : (gssize)((const struct iphdr *)bytes)->ihl * 4;
    Echo echo;
    if (length < skip + (gssize)sizeof echo)
        return FALSE;
    memcpy(&echo, bytes + skip, sizeof echo);
    return echo.header.type == (is_6 ? ICMP6_ECHO_REPLY : ICMP_ECHOREPLY) && echo.cookie == self->echo.cookie;
}

static gboolean ping_read(int fd, G_GNUC_UNUSED GIOCondition condition, gpointer data)
{
    Ping *self = data;
    char bytes[2048];
    gssize length;
    while ((length = recv(fd, bytes, sizeof bytes, MSG_DONTWAIT)) > 0)
        self->is_answered |= is_answer(self, bytes, length, self->lookup->address.ss_family == AF_INET6);
    self->is_over |= self->is_answered;
    return G_SOURCE_CONTINUE;
}

static GSource *source_begin(Ping *self, GSource *source, GSourceFunc callback)
{
    g_source_set_callback(source, callback, self, NULL);
    g_source_attach(source, self->context);
    return source;
}

static gboolean socket_open(Ping *self)
{
    int family = self->lookup->address.ss_family;
    gboolean is_6 = family == AF_INET6;
    self->fd = socket(family, SOCK_RAW | SOCK_CLOEXEC, is_6 ? (int)IPPROTO_ICMPV6 : (int)IPPROTO_ICMP);
    if (self->fd < 0) {
        net_error_set(&self->failure, errno, _("no echo request can be sent: %s"), g_strerror(errno));
        self->is_over = TRUE;
        return FALSE;
    }
    self->echo.header.type = is_6 ? ICMP6_ECHO_REQUEST : ICMP_ECHO;
    self->answers =
        source_begin(self, g_unix_fd_source_new(self->fd, G_IO_IN), (GSourceFunc)(void (*)(void))ping_read);
    return TRUE;
}

/* The kernel has ICMPv6's checksum made for it. */
static void ping_send(Ping *self)
{
    self->echo.header.un.echo.sequence++;
    self->echo.header.checksum = 0;
    if (self->lookup->address.ss_family == AF_INET)
        self->echo.header.checksum = checksum(&self->echo);
    gssize sent = sendto(self->fd, &self->echo, sizeof self->echo, 0,
                         (const struct sockaddr *)&self->lookup->address, self->lookup->length);
    self->code = sent < 0 ? errno : 0;
}

static gboolean ping_turn(gpointer data)
{
    Ping *self = data;
    if (lookup_look(self->lookup) && (self->fd >= 0 || socket_open(self)))
        ping_send(self);
    return G_SOURCE_CONTINUE;
}

/* The first time a name needs is short mostly: until it is known it is looked for more often. */
static gboolean ping_hurry(gpointer data)
{
    Ping *self = data;
    if (self->fd >= 0 || self->is_over)
        return G_SOURCE_REMOVE;
    if (lookup_look(self->lookup))
        ping_turn(self);
    return G_SOURCE_CONTINUE;
}

static gboolean ping_expired(gpointer data)
{
    ((Ping *)data)->is_over = TRUE;
    return G_SOURCE_REMOVE;
}

static char *why_not(const Ping *self)
{
    g_mutex_lock(&self->lookup->lock);
    const char *unknown = self->lookup->length ? NULL
                          : self->lookup->code ? gai_strerror(self->lookup->code)
                                               : _("its name could not be looked up");
    g_mutex_unlock(&self->lookup->lock);
    return g_strdup(unknown ? unknown : self->code ? g_strerror(self->code) : _("there is no answer"));
}

static void ping_run(Ping *self, guint limit_ms)
{
    enum { HURRY_MS = 50 };
    GSource *sources[] = {source_begin(self, g_timeout_source_new(EVERY_MS), ping_turn),
                          source_begin(self, g_timeout_source_new(HURRY_MS), ping_hurry),
                          source_begin(self, g_timeout_source_new(limit_ms), ping_expired)};
    ping_turn(self);
    while (!self->is_over)
        g_main_context_iteration(self->context, TRUE);
    for (guint i = 0; i < G_N_ELEMENTS(sources); i++) {
        g_source_destroy(sources[i]);
        g_source_unref(sources[i]);
    }
}

gboolean net_ping_await(const char *host, guint limit_ms, GError **error)
{
    Ping self = {.context = g_main_context_new(), .lookup = lookup_new(host), .fd = -1};
    self.echo.cookie = ((guint64)g_random_int() << 32) | g_random_int();
    self.echo.header.un.echo.id = (guint16)getpid();
    ping_run(&self, limit_ms);
    if (!self.is_answered && !self.failure) {
        g_autofree char *why = why_not(&self);
        net_error_set(&self.failure, ETIMEDOUT, "%s", why);
    }
    if (self.answers) {
        g_source_destroy(self.answers);
        g_source_unref(self.answers);
    }
    if (self.fd >= 0)
        close(self.fd);
    lookup_unref(self.lookup);
    g_main_context_unref(self.context);
    if (self.is_answered)
        return TRUE;
    g_propagate_error(error, self.failure);
    return FALSE;
}
