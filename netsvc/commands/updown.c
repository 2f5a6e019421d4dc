/* ifup, ifdown, and `netsvc up|down NAME`: one interface, found by whatever name people know it. */
#include "apply/job.h"
#include "apply/system.h"
#include "commands/commands.h"
#include "console/console.h"
#include "console/log.h"
#include "i18n.h"
#include "session/environment.h"
#include "session/run.h"
#include "trial/try.h"
#include <stdio.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

enum { USERNETCTL_MS = 10000 };

typedef struct {
    NetPlanVerb verb;
    char **arguments; /* up to a NULL */
    GPtrArray *names; /* of those that there is something to do for */
    gboolean is_boot, is_all, is_verbose;
    gboolean is_classic; /* called as ifup or ifdown: their texts and exit codes */
    const char *program; /* what the old scripts called $0 */
    const RunTrial *trial;
} UpDown;

static int usage_print(const UpDown *self)
{
    console_complain(self->verb == NET_PLAN_UP ? _("Usage: ifup <configuration>")
                                               : _("usage: ifdown <configuration>"));
    return CLI_FAILED;
}

/* HWADDR= finds a file by the permanent address of the device that was named; asked for only when the name
 * alone is no file. */
static NetIface *iface_lookup(const NetModel *model, const char *argument, GError **error)
{
    g_autofree char *plain = g_path_get_basename(argument);
    const char *name = g_str_has_prefix(plain, "ifcfg-") ? plain + strlen("ifcfg-") : plain;
    NetIface *iface = net_model_lookup(model, argument, NULL, NULL);
    if (iface && g_str_equal(iface->nick, name))
        return net_model_lookup(model, argument, NULL, error);
    g_autoptr(NetObserved) observed = net_observe(NULL);
    const ObservedLink *link = observed ? net_observed_link(observed, argument) : NULL;
    return net_model_lookup(model, argument, link ? &link->perm_mac : NULL, error);
}

/* `down` also knows what was brought up before its file vanished. */
static gboolean is_ours(const char *device)
{
    g_autoptr(NetLedger) ledger = net_ledger_load(NULL);
    return ledger && net_ledger_find(ledger, device);
}

static int not_found(const UpDown *self, const NetModel *model, const char *argument, const GError *error)
{
    gboolean is_missing = g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
    g_autofree char *text =
        is_missing ? g_strdup_printf(_("%s: configuration for %s not found."), self->program, argument)
                   : g_strdup_printf("%s: %s", self->program, error->message);
    console_complain(text);
    if (is_missing) {
        g_autofree char *hint = net_model_hint(model, argument);
        g_autofree char *line = g_strdup_printf("%s: %s", self->program, hint);
        console_complain(line);
    }
    return self->is_classic ? usage_print(self) : CLI_FAILED;
}

/* Asks the set-user-ID program, which decides by itself, and becomes it. Returns: only when it says no, or is
 * not there.
 */
static void user_hand_over(const UpDown *self, const NetIface *iface)
{
    const char *program = NETSVC_SBIN "/usernetctl";
    const char *file = iface->file ? cli_basename(iface->file) : NULL;
    const char *const report[] = {program, file, "report", NULL};
    if (!file || access(program, X_OK) != 0 || !net_spawn(report, USERNETCTL_MS, NULL, NULL))
        return;
    execl(program, program, file, self->verb == NET_PLAN_UP ? "up" : "down", NULL);
}

static int user_refuse(const UpDown *self, const NetIface *iface)
{
    if (!self->is_classic && !cli_is_root())
        return CLI_NOT_ROOT;
    if (iface && !self->arguments[1])
        user_hand_over(self, iface);
    fprintf(stderr, _("Users cannot control this device.\n"));
    if (iface && iface->userctl) {
        g_autofree char *place = cli_where(ifcfg_record_where(iface->record, "USERCTL"));
        fprintf(stderr, _("%s: USERCTL=yes, but `%s %s report` says no, or is not installed\n"), place,
                NETSVC_SBIN "/usernetctl", cli_basename(iface->file));
    }
    return CLI_FAILED;
}

/* Called by a hotplug script, for a device that must not come or go by hotplug: nothing to do, and no word
 * about it. */
static gboolean is_not_for_hotplug(const UpDown *self, const NetIface *iface)
{
    const char *hotplugged = g_getenv("IN_HOTPLUG");
    if (!hotplugged || !*hotplugged)
        return FALSE;
    return !iface->hotplug ||
           (self->verb == NET_PLAN_UP && g_strcmp0(ifcfg_record_get(iface->record, "TYPE"), "Bridge") == 0);
}

/* The file that was named is not the one that the device is configured by. */
static gboolean is_second_file(const NetModel *model, const NetIface *iface)
{
    return g_ptr_array_find((GPtrArray *)net_model_rejected(model), iface, NULL);
}

static int second_file_refuse(const NetIface *iface)
{
    g_autofree char *place = cli_where(iface->fault_where);
    g_autofree char *text = g_strdup_printf("%s: %s: %s", place, iface->name, iface->fault);
    log_message(EVENT_REASON, LOG_ERR, iface->fault_where, iface->name, text);
    return CLI_FAILED;
}

static int choose_one(const UpDown *self, const NetModel *model, char *argument)
{
    g_autoptr(GError) error = NULL;
    NetIface *iface = iface_lookup(model, argument, &error);
    gboolean is_known = iface || g_str_equal(argument, "lo") || /* which needs no file */
                        (self->verb == NET_PLAN_DOWN && is_ours(argument));
    if (!is_known)
        return not_found(self, model, argument, error);
    if (geteuid() != 0)
        return user_refuse(self, iface);
    if (iface && ((self->is_boot && !iface->onboot) || is_not_for_hotplug(self, iface)))
        return RUN_GO;
    if (iface && self->verb == NET_PLAN_UP && is_second_file(model, iface))
        return second_file_refuse(iface);
    g_ptr_array_add(self->names, iface ? iface->name : argument);
    return RUN_GO;
}

/* -a: what a start brings up; down, what came up, but for lo, which programs on this host talk by. */
static void choose_all(const UpDown *self, const NetModel *model)
{
    g_autoptr(NetLedger) ledger = self->verb == NET_PLAN_DOWN ? net_ledger_load(NULL) : NULL;
    for (guint i = 0; i < net_model_length(model); i++) {
        const NetIface *iface = net_model_nth(model, i);
        if (iface->form != IFCFG_ENTRY_MAIN || !net_iface_has_line(iface))
            continue;
        gboolean is_meant = self->verb == NET_PLAN_UP ? iface->onboot
                                                      : ledger && net_ledger_find(ledger, iface->name) &&
                                                            !g_str_equal(iface->name, "lo");
        if (is_meant)
            g_ptr_array_add(self->names, iface->name);
    }
}

/* With one of them mistyped, nothing is done to the others: they may not be what was meant either. */
static int choose(const NetModel *model, G_GNUC_UNUSED const IfcfgProblems *problems, gpointer data)
{
    const UpDown *self = data;
    if (self->is_all && geteuid() != 0)
        return user_refuse(self, NULL);
    if (self->is_all)
        choose_all(self, model);
    for (char **argument = self->arguments; *argument; argument++) {
        int status = choose_one(self, model, *argument);
        if (status != RUN_GO)
            return status;
    }
    return self->names->len ? RUN_GO : CLI_OK;
}

static int updown_run(UpDown *self)
{
    g_autoptr(IfcfgRecord) environment = environment_load();
    g_autoptr(GPtrArray) names = self->names = g_ptr_array_new();
    const RunRequest request = {.verb = self->verb,
                                .arguments = self->is_all ? NULL : (const char *const *)self->arguments,
                                .names = names,
                                .has_lines = self->is_verbose,
                                .environment = environment,
                                .choose = choose,
                                .trial = self->trial,
                                .data = self};
    if (!self->trial && !try_settle())
        return CLI_FAILED;
    return run_request(&request);
}

int updown_run_trial(const CliOptions *options, const RunTrial *trial)
{
    UpDown self = {.verb = g_str_equal(options->verb, "up") ? NET_PLAN_UP : NET_PLAN_DOWN,
                   .arguments = (char **)options->args,
                   .is_all = options->all,
                   .is_verbose = options->verbose,
                   .program = options->program,
                   .trial = trial};
    if (self.is_all ? options->n_args > 0 : !options->n_args) {
        cli_complain(self.is_all ? _("-a takes no names") : _("%s: too few arguments"), options->verb);
        return CLI_USAGE;
    }
    return updown_run(&self);
}

int updown_command(const CliOptions *options)
{
    return updown_run_trial(options, NULL);
}

static int classic_help(NetPlanVerb verb)
{
    const char *up =
        _("Usage: ifup [-v] <configuration>... [boot]\n"
          "       ifup [-v] -a\n\n"
          "Brings up one interface, or several at once, as the files in /etc/sysconfig/network-scripts say.\n"
          "<configuration> is a file name (ifcfg-eth0), what follows ifcfg- in it (eth0), its NAME=, or a "
          "device.\n"
          "With `boot`, an interface whose ONBOOT= is no is left alone.\n"
          "-a, --all: every interface with ONBOOT not no.\n"
          "-v, --verbose: a line for each, as `network start` prints it.\n"
          "`netsvc plan up <configuration>` shows what would be done.\n");
    const char *down = _(
        "Usage: ifdown [-v] <configuration>... [boot]\n"
        "       ifdown [-v] -a\n\n"
        "Brings down one interface, or several at once, as the files in /etc/sysconfig/network-scripts say.\n"
        "<configuration> is a file name (ifcfg-eth0), what follows ifcfg- in it (eth0), its NAME=, or a "
        "device.\n"
        "With `boot`, an interface whose ONBOOT= is no is left alone.\n"
        "-a, --all: every interface that is up, but lo.\n"
        "-v, --verbose: a line for each, as `network stop` prints it.\n"
        "Removed is exactly what ifup or the network service set up; what others added stays.\n"
        "`netsvc plan down <configuration>` shows what would be done.\n");
    cli_text_print(verb == NET_PLAN_UP ? up : down);
    return CLI_OK;
}

/* "-a", "-v", "-av", or their long names */
static gboolean classic_option(UpDown *self, const char *word)
{
    const char *letters = g_str_equal(word, "--all") ? "a" : g_str_equal(word, "--verbose") ? "v" : word + 1;
    if (letters[strspn(letters, "av")])
        return FALSE;
    self->is_all |= strchr(letters, 'a') != NULL;
    self->is_verbose |= strchr(letters, 'v') != NULL;
    return TRUE;
}

/* Options may stand anywhere, as in ifupdown; taken out of @argv. Returns: one that is unknown, or NULL. */
static const char *classic_options(UpDown *self, char **argv)
{
    char **to = argv;
    for (char **word = argv; *word; word++)
        if (**word != '-' || !(*word)[1])
            *to++ = *word;
        else if (!classic_option(self, *word))
            return *word;
    *to = NULL;
    return NULL;
}

int updown_classic(NetPlanVerb verb, int argc, char **argv)
{
    UpDown self = {.verb = verb, .is_classic = TRUE};
    if (argc < 2)
        return usage_print(&self);
    if (g_str_equal(argv[1], "--help") || g_str_equal(argv[1], "-h"))
        return classic_help(verb);
    if (g_str_equal(argv[1], "--version"))
        return cli_version();
    g_autofree char *program = strchr(argv[0], '/') ? NULL : g_find_program_in_path(argv[0]);
    self.program = program ? program : argv[0];
    self.arguments = argv + 1;
    const char *wrong = classic_options(&self, self.arguments);
    if (wrong)
        cli_complain(_("unknown option %s"), wrong);
    else if (self.is_all && argv[1])
        cli_complain(_("-a takes no names"));
    if (wrong || (self.is_all ? !!argv[1] : !argv[1]))
        return usage_print(&self);
    guint length = g_strv_length(self.arguments);
    self.is_boot = length > 1 && g_str_equal(self.arguments[length - 1], "boot");
    if (self.is_boot)
        self.arguments[length - 1] = NULL;
    return updown_run(&self);
}
