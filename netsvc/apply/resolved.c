/* Calls of org.freedesktop.resolve1.Manager, one after the other: the second counts only if the first was
 * taken. */
#include "apply/resolved.h"
#include "apply/net-error.h"
#include "i18n.h"
#include "ifcfg-ip.h"
#include <errno.h>
#include <string.h>
#include <sys/socket.h>

enum { ANSWER_MS = 5000 };

static const NetBusPlace manager = {"org.freedesktop.resolve1", "/org/freedesktop/resolve1",
                                    "org.freedesktop.resolve1.Manager"};

/* a(iay): family and bytes */
static void append_server(sd_bus_message *message, const char *text)
{
    IfcfgIp ip;
    if (!ifcfg_ip_parse(text, AF_UNSPEC, &ip))
        return;
    gint32 family = ip.family;
    sd_bus_message_open_container(message, 'r', "iay");
    sd_bus_message_append_basic(message, 'i', &family);
    sd_bus_message_append_array(message, 'y', ip.bytes, ifcfg_ip_size(&ip));
    sd_bus_message_close_container(message);
}

/* a(sb): domain, and that it is to be searched, not only asked about here */
static void append_domain(sd_bus_message *message, const char *text)
{
    int is_route_only = FALSE;
    sd_bus_message_open_container(message, 'r', "sb");
    sd_bus_message_append_basic(message, 's', text);
    sd_bus_message_append_basic(message, 'b', &is_route_only);
    sd_bus_message_close_container(message);
}

static void append_all(sd_bus_message *message, const char *type, const GPtrArray *list,
                       void (*append)(sd_bus_message *message, const char *text))
{
    sd_bus_message_open_container(message, 'a', type);
    for (guint i = 0; i < list->len; i++)
        append(message, list->pdata[i]);
    sd_bus_message_close_container(message);
}

typedef struct {
    NetBus *bus;
    gint32 ifindex;
    NetNames *names; /* NULL: none */
    guint step;
    NetBusDone done;
    gpointer data;
} Telling;

static void telling_end(Telling *self, const GError *error)
{
    NetBusDone done = self->done;
    gpointer data = self->data;
    g_autoptr(GError) told = NULL;
    if (error)
        net_error_tell(
            &told, error,
            _("systemd-resolved, which /etc/resolv.conf belongs to, does not take its name servers: %s; "
              "start systemd-resolved.service, or make /etc/resolv.conf a file"),
            error->message);
    net_names_free(self->names);
    g_free(self);
    done(NULL, told, data);
}

static void telling_go_on(sd_bus_message *answer, const GError *error, gpointer data);

static void telling_send(Telling *self, const char *method)
{
    g_autoptr(GError) error = NULL;
    sd_bus_message *message = net_bus_call(self->bus, &manager, method, &error);
    if (!message) {
        telling_end(self, error);
        return;
    }
    sd_bus_message_append_basic(message, 'i', &self->ifindex);
    if (self->names && self->step == 0)
        append_all(message, "(iay)", self->names->servers, append_server);
    else if (self->names)
        append_all(message, "(sb)", self->names->search, append_domain);
    self->step++;
    net_bus_send(self->bus, message, ANSWER_MS, telling_go_on, self);
}

static void telling_go_on(G_GNUC_UNUSED sd_bus_message *answer, const GError *error, gpointer data)
{
    Telling *self = data;
    if (error || !self->names || self->step == 2)
        telling_end(self, error);
    else
        telling_send(self, "SetLinkDomains");
}

void resolved_tell(NetBus *bus, int ifindex, const NetNames *names, NetBusDone done, gpointer data)
{
    Telling *self = g_new0(Telling, 1);
    *self = (Telling){.bus = bus, .ifindex = ifindex, .done = done, .data = data};
    self->names = names ? net_names_copy(names) : NULL;
    telling_send(self, names ? "SetLinkDNS" : "RevertLink");
}
