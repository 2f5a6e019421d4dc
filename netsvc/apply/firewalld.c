/* Calls of org.fedoraproject.FirewallD1.zone, which change what is in force until firewalld ends. */
#include "apply/firewalld.h"
#include "apply/net-error.h"
#include "i18n.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* It has its name before it has its rules. */
enum { ANSWER_MS = 20000 };

static const NetBusPlace zones = {"org.fedoraproject.FirewallD1", "/org/fedoraproject/FirewallD1",
                                  "org.fedoraproject.FirewallD1.zone"};

/* The unit's control group is made anew for each run, and nobody need be asked. */
guint64 firewalld_run(const char *root)
{
    static const char *const places[] = {"sys/fs/cgroup/system.slice/firewalld.service",
                                         "sys/fs/cgroup/systemd/system.slice/firewalld.service"};
    for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
        g_autofree char *path = g_build_filename(root ? root : "/", places[i], NULL);
        struct stat status;
        if (stat(path, &status) == 0)
            return status.st_ino;
    }
    return 0;
}

typedef struct {
    NetBus *bus;
    const NetOp *op;
    NetOpDone done;
    gpointer data;
} Telling;

/* Who has taken it out before us has done what is wanted. */
static gboolean is_out_already(const NetOp *op, const GError *error)
{
    return op->type == NET_OP_ZONE_DROP && strstr(error->message, "UNKNOWN_INTERFACE");
}

static void telling_finish(Telling *self, NetResult *result)
{
    self->done(self->op, result, self->data);
    net_result_clear(result);
    g_free(self);
}

static void telling_end(G_GNUC_UNUSED sd_bus_message *answer, const GError *error, gpointer data)
{
    Telling *self = data;
    NetResult result = {NULL};
    if (error && self->op->zone.name)
        net_error_tell(
            &result.error, error,
            _("firewalld does not put it into the zone %s: %s; `firewall-cmd --get-zones` lists them"),
            self->op->zone.name, error->message);
    else if (error && !is_out_already(self->op, error))
        net_error_tell(&result.error, error, _("firewalld does not take it out of its zone: %s"),
                       error->message);
    telling_finish(self, &result);
}

/* A policy of its own, or of who reloads it, can have moved it on. */
static void read_back(sd_bus_message *answer, const GError *error, gpointer data)
{
    Telling *self = data;
    NetResult result = {NULL};
    const char *zone = NULL;
    if (error)
        net_error_tell(&result.error, error,
                       _("firewalld does not say in which zone it has the interface: %s"), error->message);
    else if (sd_bus_message_read_basic(answer, 's', &zone) <= 0)
        net_error_set(&result.error, EBADMSG,
                      _("firewalld does not say in which zone it has the interface: %s"),
                      g_strerror(EBADMSG));
    else if (!g_str_equal(zone, self->op->zone.name))
        net_error_set(&result.error, EBUSY,
                      _("firewalld was asked to put it into the zone %s, and has it in %s; `firewall-cmd "
                        "--get-zone-of-interface=%s` tells where it is"),
                      self->op->zone.name, *zone ? zone : _("none"), self->op->dev);
    telling_finish(self, &result);
}

static void told(sd_bus_message *answer, const GError *error, gpointer data)
{
    Telling *self = data;
    g_autoptr(GError) failure = NULL;
    sd_bus_message *message = error || !self->op->zone.name
                                  ? NULL
                                  : net_bus_call(self->bus, &zones, "getZoneOfInterface", &failure);
    if (!message) {
        telling_end(answer, error ? error : failure, self);
        return;
    }
    sd_bus_message_append_basic(message, 's', self->op->dev);
    net_bus_send(self->bus, message, ANSWER_MS, read_back, self);
}

void firewalld_start(NetBus *bus, const NetOp *op, NetOpDone done, gpointer data)
{
    const char *zone = op->zone.name ? op->zone.name : "";
    g_autoptr(GError) error = NULL;
    Telling *self = g_new0(Telling, 1);
    *self = (Telling){bus, op, done, data};
    sd_bus_message *message =
        net_bus_call(bus, &zones, op->zone.name ? "changeZoneOfInterface" : "removeInterface", &error);
    if (!message) {
        telling_end(NULL, error, self);
        return;
    }
    sd_bus_message_append_basic(message, 's', zone);
    sd_bus_message_append_basic(message, 's', op->dev);
    net_bus_send(bus, message, ANSWER_MS, told, self);
}
