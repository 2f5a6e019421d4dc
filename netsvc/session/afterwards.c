/* The end of a start: WAIT_UNTIL_REACHABLE, NETWORKDELAY; the beginning of a stop: IFDOWN_ON_SHUTDOWN. As the
 * init script had them. */
#include "session/afterwards.h"
#include "apply/job.h"
#include "apply/ping.h"
#include "console/cli.h"
#include "console/log.h"
#include "i18n.h"
#include "session/execute.h"
#include <string.h>
#include <syslog.h>
#include <unistd.h>

enum {
    /* without NETWORKDELAY */
    REACHABLE_S = 30,
    ANSWER_MS = 5000
};

static const char *setting(const NetModel *model, const char *key)
{
    const IfcfgRecord *network = ifcfg_dir_network(net_model_dir(model));
    const char *text = network ? ifcfg_record_get(network, key) : NULL;
    return text && *text ? text : NULL;
}

void afterwards_read(Afterwards *self, const NetModel *model)
{
    const char *delay = setting(model, "NETWORKDELAY");
    guint64 seconds = 0;
    afterwards_clear(self);
    self->has_delay = delay && g_ascii_string_to_unsigned(delay, 10, 0, 86400, &seconds, NULL);
    self->delay_s = (guint)seconds;
    self->host = g_strdup(setting(model, "WAIT_UNTIL_REACHABLE"));
    if (self->host || self->has_delay)
        self->where = ifcfg_record_where(ifcfg_dir_network(net_model_dir(model)),
                                         self->host ? "WAIT_UNTIL_REACHABLE" : "NETWORKDELAY");
}

void afterwards_clear(Afterwards *self)
{
    g_clear_pointer(&self->host, g_free);
}

static void reachable_wait(const Afterwards *self)
{
    guint limit_s = self->has_delay ? self->delay_s : REACHABLE_S;
    g_autofree char *what = g_strdup_printf(_("%s to answer"), self->host);
    g_autoptr(GError) error = NULL;
    execute_waiting(what, NULL);
    if (net_ping_await(self->host, MAX(limit_s, 1) * 1000, &error))
        return;
    g_autofree char *place = cli_where(self->where);
    g_autofree char *text = g_strdup_printf(
        _("%s: WAIT_UNTIL_REACHABLE=%s is not reachable after %u s (%s); going on without it"), place,
        self->host, limit_s, error->message);
    log_message(EVENT_NOTE, LOG_WARNING, self->where, NULL, text);
}

/* A pause that somebody has asked for, for what nobody tells of: a switch that forwards only after a while. A
 * signal ends it. */
static void pause_make(const Afterwards *self)
{
    g_autofree char *what = g_strdup_printf("NETWORKDELAY=%u", self->delay_s);
    execute_waiting(what, NULL);
    sleep(self->delay_s);
}

void afterwards_wait(const Afterwards *self, gboolean is_first)
{
    if (self->host)
        reachable_wait(self);
    else if (self->delay_s && is_first)
        pause_make(self);
}

gboolean shutdown_leaves_network(const NetModel *model)
{
    const char *const argv[] = {"systemctl", "is-system-running", NULL};
    const char *text = setting(model, "IFDOWN_ON_SHUTDOWN");
    g_autofree char *state = NULL; /* "stopping", with a status of its own */
    if (!text || ifcfg_is_true(text) || access("/run/systemd/system", F_OK) != 0)
        return FALSE;
    net_spawn(argv, ANSWER_MS, &state, NULL);
    return state && g_str_equal(g_strstrip(state), "stopping");
}
