/* ifenslave as its manual page had it: attach, detach and switch ports of a bond by hand. What it asks for is
 * read back. */
#include "apply/backend.h"
#include "apply/system.h"
#include "bond-family.h"
#include "commands/commands.h"
#include "i18n.h"
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef enum { ENSLAVE_ATTACH, ENSLAVE_DETACH, ENSLAVE_ACTIVATE } EnslaveVerb;

typedef struct {
    gboolean all, change, detach, force, verbose, version, help;
    NetBackend *backend;
    NetLedger *ledger;
    const char *bond;
} Enslave;

static void usage_print(FILE *out)
{
    fprintf(out, _("Usage: ifenslave [-fv] BOND PORT...      attach ports\n"
                   "       ifenslave -d [-fv] BOND PORT...   detach ports (--detach)\n"
                   "       ifenslave -c [-v] BOND PORT       make PORT the active one (--change-active)\n"
                   "       ifenslave [-a | BOND]             show all bonds (--all-interfaces), or one\n"
                   "       ifenslave -h | -V                 this help (--help), the version (--version)\n"
                   "-f, --force    take a port away from another bond\n"
                   "-v, --verbose  say what is done\n"));
}

static void error_keep(const NetOp *op G_GNUC_UNUSED, NetResult *result, gpointer data)
{
    GError **error = data;
    if (!*error)
        *error = g_steal_pointer(&result->error);
}

/* Of a bond that we have set up, the ports are ours too: `down` lets go of them. */
static void op_record(const Enslave *self, NetOp *op)
{
    if (net_op_kind(op)->note != NET_NOTE_PORT || !net_ledger_find(self->ledger, op->master))
        return;
    op->owner = op->master;
    net_ledger_note(self->ledger, op);
}

static gboolean op_run(const Enslave *self, NetOp *op, GError **error)
{
    const NetOp *ops[] = {op};
    GError *own = NULL;
    g_autofree char *text = net_op_format(op);
    op->owner = self->bond;
    if (self->verbose)
        printf("%s\n", text);
    self->backend->run(self->backend, ops, 1, error_keep, &own);
    if (own)
        g_propagate_error(error, own);
    else
        op_record(self, op);
    return own == NULL;
}

static gboolean port_detach(const Enslave *self, const char *bond, const char *port, GError **error)
{
    NetOp op = {.type = NET_OP_PORT_REMOVE, .phase = NET_PHASE_PORTS_OUT, .dev = port, .master = bond};
    return op_run(self, &op, error);
}

/* The driver refuses a port that is up (bond_enslave(), "Device can not be enslaved while up"), and opens it
 * itself. */
static gboolean port_attach(const Enslave *self, const ObservedLink *port, GError **error)
{
    NetOp down = {.type = NET_OP_LINK_DOWN, .phase = NET_PHASE_LINKS_DOWN, .dev = port->name};
    NetOp add = {.type = NET_OP_PORT_ADD, .phase = NET_PHASE_PORTS, .dev = port->name, .master = self->bond};
    if ((port->flags & IFF_UP) && !op_run(self, &down, error))
        return FALSE;
    return op_run(self, &add, error);
}

static gboolean port_activate(const Enslave *self, const char *port, GError **error)
{
    LinkSetting setting = {.option = link_table_find(&bond_family.own, "active_slave"),
                           .name = (char *)"active_slave",
                           .text = (char *)port};
    g_autoptr(GPtrArray) settings = g_ptr_array_new();
    NetOp op = {.type = NET_OP_LINK_SET,
                .phase = NET_PHASE_PORT_OPTIONS,
                .dev = self->bond,
                .set = {.family = &bond_family, .settings = settings}};
    g_ptr_array_add(settings, &setting);
    return op_run(self, &op, error);
}

static const ObservedLink *bond_find(const NetObserved *observed, const char *name)
{
    const ObservedLink *link = net_observed_link(observed, name);
    if (!link)
        cli_complain(_("%s: there is no such interface"), name);
    else if (g_strcmp0(link->kind, "bond") != 0)
        cli_complain(_("%s is not a bond"), name);
    else
        return link;
    return NULL;
}

static gboolean fault(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);
static gboolean fault(GError **error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_propagate_error(error, g_error_new_valist(G_FILE_ERROR, G_FILE_ERROR_INVAL, format, args));
    va_end(args);
    return FALSE;
}

static gboolean attach(const Enslave *self, const NetObserved *observed, const ObservedLink *port,
                       GError **error)
{
    const ObservedLink *bond = net_observed_link(observed, self->bond);
    const ObservedLink *master = net_observed_link_by_index(observed, port->master);
    if (port == bond)
        return fault(error, _("a bond cannot be its own port"));
    if (master == bond)
        return TRUE;
    if (master && !self->force)
        return fault(error, _("it is a port of %s; detach it first, or use -f"), master->name);
    if (master && !port_detach(self, master->name, port->name, error))
        return FALSE;
    return port_attach(self, port, error);
}

/* Told before the driver is asked, which would only keep what it has. */
static gboolean check_active(const ObservedLink *bond, GError **error)
{
    const LinkOption *option = link_table_find(&bond_family.own, "active_slave");
    const char *text = link_values_find(bond->own, "mode");
    guint32 mode;
    if (!text || !link_family_selector_parse(&bond_family, text, &mode) || link_option_is_legal(option, mode))
        return TRUE;
    g_autofree char *modes = link_family_selectors_format(&bond_family, option->legal, ", ");
    return fault(error, _("%s is in mode %s, where no port is the active one; there is one only in mode %s"),
                 bond->name, text, modes);
}

static gboolean port_change(const Enslave *self, EnslaveVerb verb, const NetObserved *observed,
                            const char *name, GError **error)
{
    const ObservedLink *bond = net_observed_link(observed, self->bond),
                       *port = net_observed_link(observed, name);
    if (!port)
        return fault(error, _("there is no such interface"));
    if (verb == ENSLAVE_ATTACH)
        return attach(self, observed, port, error);
    if (port->master == bond->ifindex)
        return verb == ENSLAVE_DETACH ? port_detach(self, self->bond, name, error)
                                      : check_active(bond, error) && port_activate(self, name, error);
    return verb == ENSLAVE_DETACH && self->force ? TRUE
                                                 : fault(error, _("it is not a port of %s"), self->bond);
}

/* Whether the kernel now has what was asked for: it can accept a request and do otherwise. */
static gboolean port_verify(const Enslave *self, EnslaveVerb verb, const NetObserved *observed,
                            const char *name, GError **error)
{
    const ObservedLink *bond = net_observed_link(observed, self->bond),
                       *port = net_observed_link(observed, name);
    gboolean is_port = bond && port && port->master == bond->ifindex;
    if (verb == ENSLAVE_ATTACH)
        return is_port || fault(error, _("the kernel did not attach it to %s"), self->bond);
    if (verb == ENSLAVE_DETACH)
        return !is_port || fault(error, _("it is still a port of %s"), self->bond);
    const char *active = bond ? link_values_find(bond->own, "active_slave") : NULL;
    return g_strcmp0(active, name) == 0 ||
           fault(error,
                 _("the driver keeps %s active in %s; is the link of this port up, and its updelay over?"),
                 active && *active ? active : "none", self->bond);
}

/* Tells and frees the error of one port, and remembers that it failed. */
static void failure_note(GHashTable *failed, const char *port, GError *error)
{
    if (!error)
        return;
    cli_complain("%s: %s", port, error->message);
    g_hash_table_add(failed, (gpointer)port);
    g_error_free(error);
}

static int changes_make(const Enslave *self, EnslaveVerb verb, char **ports)
{
    g_autoptr(GError) failure = NULL;
    g_autoptr(NetObserved) before = self->backend->observe(self->backend, &failure);
    g_autoptr(GHashTable) failed = g_hash_table_new(g_str_hash, g_str_equal);
    if (!before || !bond_find(before, self->bond)) {
        if (failure)
            cli_complain("%s", failure->message);
        return CLI_FAILED;
    }
    for (char **port = ports; *port; port++) {
        GError *error = NULL;
        port_change(self, verb, before, *port, &error);
        failure_note(failed, *port, error);
    }
    g_autoptr(NetObserved) after = self->backend->observe(self->backend, &failure);
    for (char **port = ports; *port && after; port++) {
        GError *error = NULL;
        if (!g_hash_table_contains(failed, *port))
            port_verify(self, verb, after, *port, &error);
        failure_note(failed, *port, error);
    }
    if (failure)
        cli_complain("%s", failure->message);
    return g_hash_table_size(failed) || !after ? CLI_FAILED : CLI_OK;
}

static const char *port_state(const ObservedLink *port, gboolean is_active)
{
    if (is_active)
        return port->carrier ? _("link, active") : _("no link, active");
    return port->carrier ? _("link") : _("no link");
}

static void bond_show(const NetObserved *observed, const ObservedLink *bond)
{
    const char *mode = link_values_find(bond->own, "mode");
    const char *active = link_values_find(bond->own, "active_slave");
    printf(bond->flags & IFF_UP ? _("%s: %s, up\n") : _("%s: %s, down\n"), bond->name,
           mode ? mode : _("mode unknown"));
    for (guint i = 0; i < observed->links->len; i++) {
        const ObservedLink *port = observed->links->pdata[i];
        if (port->master != bond->ifindex)
            continue;
        g_autofree char *mac = ifcfg_mac_format(&port->perm_mac);
        const char *state = port_state(port, g_strcmp0(active, port->name) == 0);
        printf("  %-15s %s, %s\n", port->name, mac, state);
    }
}

static int bonds_show(const char *name)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(NetObserved) observed = net_observe(&error);
    if (!observed) {
        cli_complain("%s", error->message);
        return CLI_FAILED;
    }
    if (name && !bond_find(observed, name))
        return CLI_FAILED;
    for (guint i = 0; i < observed->links->len; i++) {
        const ObservedLink *link = observed->links->pdata[i];
        if (g_strcmp0(link->kind, "bond") == 0 && (!name || g_str_equal(name, link->name)))
            bond_show(observed, link);
    }
    return CLI_OK;
}

static void lock_waiting(const char *holder, gpointer data G_GNUC_UNUSED)
{
    cli_complain(_("waiting for %s to finish"), holder);
}

static int locked_run(Enslave *self, EnslaveVerb verb, char **ports, GError **error)
{
    g_autofree char *told = NULL;
    g_autoptr(NetLedger) ledger = net_ledger_repair(&told, error);
    g_autoptr(NetBackend) backend = ledger ? net_backend_kernel_new(error) : NULL;
    if (told)
        cli_complain("%s", told);
    if (!backend)
        return CLI_FAILED;
    self->backend = backend;
    self->ledger = ledger;
    int status = changes_make(self, verb, ports);
    return net_ledger_save(ledger, error) ? status : CLI_FAILED;
}

static int ports_run(Enslave *self, char **words)
{
    EnslaveVerb verb = self->change ? ENSLAVE_ACTIVATE : self->detach ? ENSLAVE_DETACH : ENSLAVE_ATTACH;
    g_autoptr(GError) error = NULL;
    if (!cli_is_root())
        return CLI_NOT_ROOT;
    int lock = net_lock_take(lock_waiting, NULL, &error);
    self->bond = words[0];
    int status = lock >= 0 ? locked_run(self, verb, words + 1, &error) : CLI_FAILED;
    if (error)
        cli_complain("%s", error->message);
    if (lock >= 0)
        close(lock);
    return status;
}

static int words_run(Enslave *self, char **words)
{
    guint count = g_strv_length(words);
    gboolean is_change = self->change || self->detach;
    if (self->all || (count < 2 && !is_change)) {
        if (self->all && count)
            cli_complain(_("-a takes no names"));
        else
            return bonds_show(words[0]);
    } else if (self->change && self->detach) {
        cli_complain(_("-c and -d exclude each other"));
    } else if (count < 2) {
        cli_complain(_("name a bond and a port"));
    } else if (self->change && count > 2) {
        cli_complain(_("-c takes exactly one port"));
    } else {
        return ports_run(self, words);
    }
    usage_print(stderr);
    return CLI_USAGE;
}

int ifenslave_main(int argc, char **argv)
{
    Enslave self = {0};
    g_auto(GStrv) words = NULL;
    const GOptionEntry entries[] = {
        {"all-interfaces", 'a', 0, G_OPTION_ARG_NONE, &self.all, NULL, NULL},
        {"change-active", 'c', 0, G_OPTION_ARG_NONE, &self.change, NULL, NULL},
        {"detach", 'd', 0, G_OPTION_ARG_NONE, &self.detach, NULL, NULL},
        {"force", 'f', 0, G_OPTION_ARG_NONE, &self.force, NULL, NULL},
        {"verbose", 'v', 0, G_OPTION_ARG_NONE, &self.verbose, NULL, NULL},
        {"version", 'V', 0, G_OPTION_ARG_NONE, &self.version, NULL, NULL},
        {"help", 'h', 0, G_OPTION_ARG_NONE, &self.help, NULL, NULL},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words, NULL, NULL},
        {0},
    };
    char *nothing[] = {NULL};
    g_autoptr(GError) error = NULL;
    if (!cli_options_parse(entries, &argc, &argv, &error)) {
        cli_complain("%s", error->message);
        usage_print(stderr);
        return CLI_USAGE;
    }
    if (self.version)
        return cli_version();
    if (!self.help)
        return words_run(&self, words ? words : nothing);
    usage_print(stdout);
    return CLI_OK;
}
