/* The system bus in our main loop. Without it nothing waits: the socket is not there. */
#include "apply/bus.h"
#include "apply/net-error.h"
#include "apply/source.h"
#include "dl/dl.h"
#include "i18n.h"
#include <errno.h>
#include <poll.h>
#include <string.h>

#define PRIVATE_SOCKET "/run/systemd/private"

struct NetBus {
    char *socket; /* that comes before the system bus; or NULL */
    sd_bus *bus;  /* NULL: not connected */
    GSource *source;
    GPtrArray *calls;   /* Call*: under way */
    GHashTable *silent; /* services that have let a call wait in vain: they cost no second wait */
    void (*lost)(gpointer data);
    gpointer lost_data;
};

typedef struct {
    NetBus *owner;
    sd_bus_message *message; /* not sent yet; or NULL */
    sd_bus_slot *slot;
    char *service;
    guint limit_ms;
    GSource *timer;  /* its limit; or to tell of a failure that is known already */
    GError *failure; /* that one; or NULL */
    NetBusDone done;
    gpointer data;
} Call;

/* --- how calls end --- */

static void call_end(Call *call, sd_bus_message *answer, const GError *error)
{
    NetBusDone done = call->done;
    gpointer data = call->data;
    g_ptr_array_remove(call->owner->calls, call); /* the others stay in order */
    if (call->message)
        sd_bus_message_unref(call->message);
    if (call->slot)
        sd_bus_slot_unref(call->slot);
    source_clear(&call->timer);
    done(answer, error, data);
    g_clear_error(&call->failure);
    g_free(call->service);
    g_free(call);
}

static void calls_end(NetBus *self, int code)
{
    g_autoptr(GError) error = g_error_new_literal(NET_ERROR, code, g_strerror(code));
    while (self->calls->len)
        call_end(g_ptr_array_index(self->calls, 0), NULL, error);
}

static void calls_send(NetBus *self);

/* --- its descriptor, events and time limits in a source of GLib --- */

typedef struct {
    GSource base;
    NetBus *owner;
    sd_bus *bus;
    gpointer tag;
    int events; /* that are waited for */
} BusSource;

static gboolean bus_prepare(GSource *source, gint *timeout_ms)
{
    BusSource *self = (BusSource *)source;
    int events = sd_bus_get_events(self->bus);
    uint64_t until = 0;
    *timeout_ms = -1;
    if (events < 0) /* it is closed: what waits for an answer must hear of it */
        return TRUE;
    /* Each change wakes the loop up, which would then never rest. */
    if (events != self->events)
        g_source_modify_unix_fd(source, self->tag, (GIOCondition)events); /* both are poll(2)'s */
    self->events = events;
    if (sd_bus_get_timeout(self->bus, &until) > 0 && until != UINT64_MAX)
        *timeout_ms = (gint)CLAMP(((gint64)until - g_get_monotonic_time() + 999) / 1000, 0, G_MAXINT);
    return *timeout_ms == 0;
}

static gboolean bus_check(GSource *source)
{
    BusSource *self = (BusSource *)source;
    uint64_t until = 0;
    return g_source_query_unix_fd(source, self->tag) ||
           (sd_bus_get_timeout(self->bus, &until) > 0 && (gint64)until <= g_get_monotonic_time());
}

/* Of a connection that is lost, no call is answered any more. */
static gboolean bus_dispatch(GSource *source, G_GNUC_UNUSED GSourceFunc callback, G_GNUC_UNUSED gpointer data)
{
    BusSource *self = (BusSource *)source;
    int more;
    do
        more = sd_bus_process(self->bus, NULL);
    while (more > 0);
    if (more == 0) {
        calls_send(self->owner);
        return G_SOURCE_CONTINUE;
    }
    calls_end(self->owner, ENXIO);
    if (self->owner->lost)
        self->owner->lost(self->owner->lost_data);
    return G_SOURCE_REMOVE;
}

static GSource *bus_source(NetBus *owner)
{
    static GSourceFuncs functions = {bus_prepare, bus_check, bus_dispatch, NULL, NULL, NULL};
    GSource *source = g_source_new(&functions, sizeof(BusSource));
    BusSource *self = (BusSource *)source;
    self->owner = owner;
    self->bus = owner->bus;
    self->events = G_IO_IN;
    self->tag = g_source_add_unix_fd(source, sd_bus_get_fd(owner->bus), G_IO_IN);
    g_source_attach(source, g_main_context_get_thread_default());
    return source;
}

/* --- connection --- */

NetBus *net_bus_new(void)
{
    NetBus *self = g_new0(NetBus, 1);
    self->calls = g_ptr_array_new();
    self->silent = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return self;
}

NetBus *net_bus_new_systemd(const char *root)
{
    NetBus *self = net_bus_new();
    self->socket = g_strconcat(root, PRIVATE_SOCKET, NULL);
    return self;
}

static void bus_close(NetBus *self)
{
    self->lost = NULL;
    if (self->source) {
        g_source_destroy(self->source);
        g_clear_pointer(&self->source, g_source_unref);
    }
    if (self->bus)
        self->bus = sd_bus_close_unref(self->bus);
}

void net_bus_free(NetBus *self)
{
    if (!self)
        return;
    net_bus_cancel(self);
    bus_close(self);
    g_ptr_array_unref(self->calls);
    g_hash_table_unref(self->silent);
    g_free(self->socket);
    g_free(self);
}

gboolean net_bus_is_open(const NetBus *self)
{
    return self->bus && !g_source_is_destroyed(self->source);
}

/* Returns 0, or a negative errno. */
static int socket_open(const char *path, sd_bus **ret)
{
    g_autofree char *address = g_strconcat("unix:path=", path, NULL);
    sd_bus *bus = NULL;
    int code = sd_bus_new(&bus);
    if (code >= 0)
        code = sd_bus_set_address(bus, address);
    if (code >= 0)
        code = sd_bus_start(bus);
    if (code >= 0)
        *ret = bus;
    else if (bus)
        sd_bus_close_unref(bus);
    return MIN(code, 0);
}

static gboolean bus_open(NetBus *self, GError **error)
{
    if (net_bus_is_open(self))
        return TRUE;
    bus_close(self); /* one that was lost */
    int code = self->socket ? -socket_open(self->socket, &self->bus) : ENOENT;
    if (code > 0)
        code = -sd_bus_open_system(&self->bus);
    if (code > 0) {
        const char *library = dl_error(&dl_systemd);
        net_error_set(error, ENXIO, _("the system bus cannot be reached: %s"),
                      library ? library : g_strerror(code));
        return FALSE;
    }
    self->source = bus_source(self);
    return TRUE;
}

gboolean net_bus_listen(NetBus *self, const NetBusPlace *place, const char *name,
                        sd_bus_message_handler_t handler, void (*lost)(gpointer data), gpointer data,
                        GError **error)
{
    if (!bus_open(self, error))
        return FALSE;
    int code = -sd_bus_match_signal_async(self->bus, NULL, NULL, place->path, place->interface, name, handler,
                                          NULL, data);
    self->lost = lost;
    self->lost_data = data;
    if (code > 0)
        net_error_set(error, ENXIO, _("the system bus cannot be reached: %s"), g_strerror(code));
    return code <= 0;
}

/* --- calls --- */

/* Nobody has the name, and nobody can be started to take it. */
static gboolean is_absent(const sd_bus_error *error)
{
    return g_str_equal(error->name, "org.freedesktop.DBus.Error.ServiceUnknown") ||
           g_str_equal(error->name, "org.freedesktop.DBus.Error.NameHasNoOwner") ||
           g_str_has_prefix(error->name, "org.freedesktop.DBus.Error.Spawn.") ||
           g_str_equal(error->name, "org.freedesktop.systemd1.NoSuchUnit");
}

static int call_answered(sd_bus_message *answer, void *data, G_GNUC_UNUSED sd_bus_error *unused)
{
    Call *call = data;
    const sd_bus_error *told = sd_bus_message_get_error(answer);
    g_autoptr(GError) error = NULL;
    if (told) {
        int code = sd_bus_message_get_errno(answer);
        net_error_set(&error,
                      is_absent(told) ? ENXIO
                      : code > 0      ? code
                                      : EIO,
                      "%s", told->message ? told->message : told->name);
    }
    call_end(call, error ? NULL : answer, error);
    return 0;
}

sd_bus_message *net_bus_call(NetBus *self, const NetBusPlace *place, const char *method, GError **error)
{
    sd_bus_message *message = NULL;
    if (g_hash_table_contains(self->silent, place->service)) {
        net_error_set(error, ETIMEDOUT, "%s", _("it does not answer"));
        return NULL;
    }
    if (!bus_open(self, error))
        return NULL;
    int code = -sd_bus_message_new_method_call(self->bus, &message, place->service, place->path,
                                               place->interface, method);
    if (code > 0)
        net_error_set(error, ENXIO, _("the system bus cannot be reached: %s"), g_strerror(code));
    return message;
}

static gboolean call_over(gpointer data)
{
    Call *call = data;
    if (!call->failure) {
        g_hash_table_add(call->owner->silent, g_strdup(call->service));
        net_error_set(&call->failure, ETIMEDOUT, _("no answer within %u s"), call->limit_ms / 1000);
    }
    call_end(call, NULL, call->failure);
    return G_SOURCE_REMOVE;
}

static void call_send(Call *call)
{
    sd_bus_message *message = g_steal_pointer(&call->message);
    int code = -sd_bus_call_async(call->owner->bus, &call->slot, message, call_answered, call, UINT64_MAX);
    sd_bus_message_unref(message);
    if (code <= 0)
        return;
    net_error_set(&call->failure, code, _("the system bus cannot be reached: %s"), g_strerror(code));
    source_clear(&call->timer);
    call->timer = source_timer(0, call_over, call);
}

/* Before whoever listens has said who it is, sd-bus itself waits for that when it is to send a file. */
static void calls_send(NetBus *self)
{
    for (guint i = 0; i < self->calls->len && sd_bus_is_ready(self->bus) > 0; i++) {
        Call *call = g_ptr_array_index(self->calls, i);
        if (call->message)
            call_send(call);
    }
}

/* The limit is ours: to sd-bus a call's begins only then. */
void net_bus_send(NetBus *self, sd_bus_message *message, guint limit_ms, NetBusDone done, gpointer data)
{
    Call *call = g_new0(Call, 1);
    *call = (Call){.owner = self, .message = message, .limit_ms = limit_ms, .done = done, .data = data};
    call->service = g_strdup(sd_bus_message_get_destination(message));
    call->timer = source_timer(limit_ms, call_over, call);
    g_ptr_array_add(self->calls, call);
    calls_send(self);
}

void net_bus_cancel(NetBus *self)
{
    calls_end(self, ECANCELED);
}
