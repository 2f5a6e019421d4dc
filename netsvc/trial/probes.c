/* Probes of a trial: all at once, again a while after all have ended. */
#include "trial/probes.h"
#include "apply/backend.h"
#include "apply/job.h"
#include "apply/kernel/tcp-peer.h"
#include "apply/name-file.h"
#include "apply/system.h"
#include "i18n.h"
#include "trial/gateways.h"
#include <string.h>

enum { AGAIN_MS = 1000, LOOK_MS = 500, COMMAND_MS = 10000, LOGIN_BYTES = 1000 };

struct Probes {
    void (*changed)(gpointer data);
    gpointer data;
    GPtrArray *answered; /* char*: gateways that had answered before */
    GPtrArray *silent;   /* char*: gateways that had not */
    Gateways *gateways;  /* under way, or NULL */
    GPtrArray *lines;    /* char*: of the last round of gateways */
    gboolean gateways_hold;
    char *command;
    NetJob *job; /* under way, or NULL */
    gboolean command_holds;
    char *command_says;
    gboolean has_peer, connection_holds;
    TcpPeer peer;
    GArray *connections; /* TcpConnection: right after the change */
    guint again, again_command, look;
};

/* --- the administrator's connection --- */

static const TcpConnection *connection_before(const Probes *self, guint16 port)
{
    for (guint i = 0; i < self->connections->len; i++) {
        const TcpConnection *connection = &g_array_index(self->connections, TcpConnection, i);
        if (connection->peer_port == port)
            return connection;
    }
    return NULL;
}

/* What was there has got something across, or a new login has: keys were exchanged at least. */
static gboolean connection_proves(const Probes *self, const TcpConnection *now)
{
    const TcpConnection *before = connection_before(self, now->peer_port);
    return now->acked > (before ? before->acked : LOGIN_BYTES);
}

static gboolean connection_look(gpointer data)
{
    Probes *self = data;
    g_autoptr(GArray) now = tcp_peer_connections(&self->peer);
    for (guint i = 0; i < now->len && !self->connection_holds; i++)
        self->connection_holds = connection_proves(self, &g_array_index(now, TcpConnection, i));
    if (!self->connection_holds)
        return G_SOURCE_CONTINUE;
    self->look = 0;
    self->changed(self->data);
    return G_SOURCE_REMOVE;
}

/* --- the command --- */

static gboolean command_start(gpointer data);

static void command_done(G_GNUC_UNUSED const char *output, const GError *error, gpointer data)
{
    Probes *self = data;
    self->job = NULL;
    self->command_holds = !error;
    g_free(self->command_says);
    self->command_says = g_strdup(error ? error->message : NULL);
    self->again_command = g_timeout_add(AGAIN_MS, command_start, self);
    self->changed(self->data);
}

static gboolean command_start(gpointer data)
{
    Probes *self = data;
    const char *argv[] = {"/bin/sh", "-c", self->command, NULL};
    NetJobSetup setup = {.argv = argv, .name = self->command, .limit_ms = COMMAND_MS};
    g_autoptr(GError) error = NULL;
    self->again_command = 0;
    self->job = net_job_start_in(&setup, NULL, command_done, self, &error);
    if (!self->job)
        command_done(NULL, error, self);
    return G_SOURCE_REMOVE;
}

/* --- gateways --- */

static gboolean gateways_start(gpointer data);

static gboolean has_name(const GPtrArray *names, const char *name)
{
    return g_ptr_array_find_with_equal_func((GPtrArray *)names, name, g_str_equal, NULL);
}

/* One that was silent before proves nothing. A new one has to answer as those before did. */
static void gateways_done(const GPtrArray *all, const GPtrArray *answered, gpointer data)
{
    Probes *self = data;
    guint needed = 0;
    self->gateways_hold = TRUE;
    g_ptr_array_set_size(self->lines, 0);
    for (guint i = 0; i < all->len; i++) {
        const char *name = all->pdata[i];
        gboolean holds = has_name(answered, name);
        if (!holds && has_name(self->silent, name))
            continue;
        needed++;
        self->gateways_hold &= holds;
        g_ptr_array_add(
            self->lines,
            g_strdup_printf(holds ? _("+ gateway %s answers") : _("- gateway %s does not answer"), name));
    }
    if (!needed && self->answered->len) {
        self->gateways_hold = FALSE;
        g_ptr_array_add(self->lines, g_strdup(_("- there is no gateway any more")));
    }
    self->gateways = NULL;
    self->again = g_timeout_add(AGAIN_MS, gateways_start, self);
    self->changed(self->data);
}

static gboolean gateways_start(gpointer data)
{
    Probes *self = data;
    self->again = 0;
    self->gateways = gateways_ask(gateways_done, self);
    return G_SOURCE_REMOVE;
}

#define ANSWERED TRIAL_RUN_DIR "/gateways"
#define SILENT TRIAL_RUN_DIR "/silent-gateways"

static void prepare_done(const GPtrArray *all, const GPtrArray *answered, gpointer data)
{
    g_autoptr(GPtrArray) silent = g_ptr_array_new();
    for (guint i = 0; i < all->len; i++)
        if (!has_name(answered, all->pdata[i]))
            g_ptr_array_add(silent, all->pdata[i]);
    name_file_save(ANSWERED, answered);
    name_file_save(SILENT, silent);
    *(gboolean *)data = TRUE;
}

void probes_prepare(void)
{
    gboolean is_done = FALSE;
    gateways_ask(prepare_done, &is_done);
    while (!is_done)
        g_main_context_iteration(NULL, TRUE);
}

/* --- all of them --- */

Probes *probes_start(const TrialMark *mark, void (*changed)(gpointer data), gpointer data)
{
    Probes *self = g_new0(Probes, 1);
    self->changed = changed;
    self->data = data;
    self->answered = name_file_load(ANSWERED);
    self->silent = name_file_load(SILENT);
    self->lines = g_ptr_array_new_with_free_func(g_free);
    self->again = g_timeout_add(0, gateways_start, self);
    self->has_peer = tcp_peer_parse(mark->peer, &self->peer);
    self->connections = self->has_peer ? tcp_peer_connections(&self->peer) : NULL;
    if (self->has_peer)
        self->look = g_timeout_add(LOOK_MS, connection_look, self);
    self->command = g_strdup(mark->probe);
    if (self->command)
        self->again_command = g_timeout_add(0, command_start, self);
    return self;
}

static void source_clear(guint *source)
{
    if (*source)
        g_source_remove(*source);
    *source = 0;
}

void probes_free(Probes *self)
{
    if (!self)
        return;
    source_clear(&self->again);
    source_clear(&self->again_command);
    source_clear(&self->look);
    if (self->gateways)
        gateways_cancel(self->gateways);
    if (self->job)
        net_job_release(self->job);
    g_ptr_array_unref(self->answered);
    g_ptr_array_unref(self->silent);
    g_ptr_array_unref(self->lines);
    g_clear_pointer(&self->connections, g_array_unref);
    g_free(self->command);
    g_free(self->command_says);
    g_free(self);
}

gboolean probes_hold(const Probes *self, gboolean with_connection)
{
    return self->gateways_hold && (!self->command || self->command_holds) &&
           (!with_connection || self->connection_holds);
}

char *probes_text(const Probes *self)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < self->lines->len; i++)
        g_string_append_printf(text, "%s\n", (char *)self->lines->pdata[i]);
    if (self->command && (self->command_holds || self->command_says)) {
        g_autofree char *line =
            self->command_holds ? g_strdup_printf(_("+ `%s` succeeds"), self->command)
                                : g_strdup_printf(_("- `%s` fails: %s"), self->command, self->command_says);
        g_string_append_printf(text, "%s\n", line);
    }
    if (self->has_peer)
        g_string_append_printf(text, "%s\n",
                               self->connection_holds
                                   ? _("+ your SSH connection, or a new one from there, gets through")
                                   : _("- nothing has got through by SSH to where you are yet"));
    return g_string_free(text, FALSE);
}
