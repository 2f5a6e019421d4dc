/* Duplicate address detection: one packet socket for all addresses, a timer each. Shaped as RFC 5227, with
 * shorter times. */
#include "apply/kernel/probe.h"
#include "apply/kernel/arp.h"
#include "apply/kernel/ndp.h"
#include "apply/kernel/nl-batch.h"
#include "i18n.h"
#include <errno.h>
#include <glib-unix.h>
#include <unistd.h>

enum { PROBE_NUM = 3, PROBE_MS = 400 };

typedef struct {
    NetProber *prober;
    const NetOp *op;
    NetOpDone done;
    gpointer data;
    ArpLink link;
    guint left; /* probes to send */
    guint gap_ms;
    guint timer;
} Probe;

struct NetProber {
    int fd;        /* -1: not open */
    int announcer; /* the same; receives nothing */
    guint source;
    GArray *own;
    GPtrArray *probes; /* Probe*, owned */
};

NetProber *net_prober_new(void)
{
    NetProber *self = g_new0(NetProber, 1);

    self->fd = self->announcer = -1;
    self->probes = g_ptr_array_new();
    return self;
}

/* Closed with the last probe, so that no packets pile up in it. */
static void net_prober_close(NetProber *self)
{
    if (self->source)
        g_source_remove(self->source);
    if (self->fd >= 0)
        close(self->fd);
    self->source = 0;
    self->fd = -1;
    g_clear_pointer(&self->own, g_array_unref);
}

static void probe_finish(Probe *probe, NetResult *result)
{
    g_ptr_array_remove_fast(probe->prober->probes, probe);
    if (probe->timer)
        g_source_remove(probe->timer);
    probe->done(probe->op, result, probe->data);
    net_result_clear(result);
    if (!probe->prober->probes->len)
        net_prober_close(probe->prober);
    g_free(probe);
}

void net_prober_cancel(NetProber *self)
{
    while (self->probes->len) {
        NetResult result = {.error = g_error_new(NET_ERROR, ECANCELED, _("interrupted"))};
        probe_finish(g_ptr_array_index(self->probes, 0), &result);
    }
    net_prober_close(self);
}

void net_prober_free(NetProber *self)
{
    if (!self)
        return;
    net_prober_cancel(self);
    if (self->announcer >= 0)
        close(self->announcer);
    g_ptr_array_unref(self->probes);
    g_free(self);
}

static const guint8 *address_ip(const NetAddress *address)
{
    return address->prefix.ip.bytes;
}

static void probe_skip(Probe *probe, const char *why)
{
    NetResult result = {0};

    net_result_note(&result, FALSE, NULL, _("duplicate check skipped: %s"), why);
    probe_finish(probe, &result);
}

/* Nobody answered. Also where nobody could, since it is not Ethernet or ARP is off: no news at any start. */
static void probe_pass(Probe *probe)
{
    NetResult result = {0};

    probe_finish(probe, &result);
}

static void probe_conflict(Probe *probe, const IfcfgMac *other)
{
    g_autofree char *ip = ifcfg_ip_format(&probe->op->probe.address->prefix.ip);
    g_autofree char *mac = ifcfg_mac_format(other);
    NetResult result = {0};

    net_error_set(&result.error, EADDRINUSE,
                  _("%s is already used by %s on this network: give one of the two another address"), ip,
                  mac);
    probe_finish(probe, &result);
}

static gboolean probe_turn(gpointer data)
{
    Probe *probe = data;
    int code;

    probe->timer = 0;
    if (!probe->left) {
        probe_pass(probe);
        return G_SOURCE_REMOVE;
    }
    code = arp_send_probe(probe->prober->fd, &probe->link, address_ip(probe->op->probe.address));
    if (code) {
        probe_skip(probe, g_strerror(code));
        return G_SOURCE_REMOVE;
    }
    probe->timer = g_timeout_add(--probe->left ? probe->gap_ms : 2 * probe->gap_ms, probe_turn, probe);
    return G_SOURCE_REMOVE;
}

static gboolean net_prober_readable(int fd, G_GNUC_UNUSED GIOCondition condition, gpointer data)
{
    NetProber *self = data;
    ArpPacket packet;
    int ifindex;

    while (self->fd == fd && arp_receive(fd, &packet, &ifindex))
        for (guint i = self->probes->len; i > 0; i--) {
            Probe *probe = g_ptr_array_index(self->probes, i - 1);
            if (probe->link.ifindex == ifindex &&
                arp_is_conflict(&packet, address_ip(probe->op->probe.address), self->own))
                probe_conflict(probe, &packet.sender_mac);
        }
    return G_SOURCE_CONTINUE;
}

static gboolean net_prober_open(NetProber *self, GError **error)
{
    if (self->fd >= 0)
        return TRUE;
    self->fd = arp_socket_open(TRUE, error);
    if (self->fd < 0)
        return FALSE;
    self->own = arp_own_macs();
    self->source = g_unix_fd_add(self->fd, G_IO_IN, net_prober_readable, self);
    return TRUE;
}

void net_prober_add(NetProber *self, const NetOp *op, NetOpDone done, gpointer data)
{
    Probe *probe = g_new0(Probe, 1);
    g_autoptr(GError) error = NULL;

    *probe = (Probe){.prober = self, .op = op, .done = done, .data = data};
    probe->left = op->probe.tries ? op->probe.tries : PROBE_NUM;
    probe->gap_ms = (op->probe.timeout_ms ? op->probe.timeout_ms : PROBE_MS) / (probe->left + 1);
    g_ptr_array_add(self->probes, probe);
    if (op->probe.address->prefix.ip.family != AF_INET)
        probe_skip(probe, _("only IPv4 addresses are probed"));
    else if (!net_prober_open(self, &error))
        probe_skip(probe, error->message);
    else if (!arp_link_get(self->fd, op->dev, &probe->link))
        probe_skip(probe, _("the device is gone"));
    else if (!probe->link.is_arp_capable)
        probe_pass(probe);
    else if (!probe->link.is_running)
        probe_skip(probe, _("no carrier"));
    else
        probe_turn(probe);
}

void net_prober_announce(NetProber *self, const NetOp *op)
{
    ArpLink link;

    if (op->address->prefix.ip.family == AF_INET6) {
        ndp_announce(op->dev, &op->address->prefix.ip);
        return;
    }
    if (self->announcer < 0)
        self->announcer = arp_socket_open(FALSE, NULL);
    if (arp_link_get(self->announcer, op->dev, &link) && link.is_arp_capable && link.is_running)
        arp_send_announcement(self->announcer, &link, address_ip(op->address));
}
