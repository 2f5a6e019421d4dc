/* netsvc, ifup, ifdown and ifenslave: which command was meant, and its options. */
#include "commands/commands.h"
#include "console/columns.h"
#include "console/json-text.h"
#include "i18n-program.h"
#include "ifcfg-keys.h"
#include <stdio.h>
#include <string.h>

typedef struct {
    const char *name, *arguments, *summary, *text;
    int (*run)(const CliOptions *options);
    guint takes; /* bits of Option.bit */
    guint min_args, max_args;
} Verb;

enum {
    JSON = 1 << 0,
    EXIT_CODE = 1 << 1,
    STRICT = 1 << 2,
    TSV = 1 << 3,
    ROOT = 1 << 4,
    ONE_LINE = 1 << 5,
    CLASSIC = 1 << 6,
    DRY_RUN = 1 << 7,
    ALL = 1 << 8,
    VERBOSE = 1 << 9,
    FORCE = 1 << 20,
    TO = 1 << 21,
    OUT = 1 << 22,
    CHECK = 1 << 23,
    FROM = 1 << 24,
    TAKE = 1 << 25,
};

typedef struct {
    guint bit;
    char letter;                 /* 0: none */
    const char *name, *argument; /* NULL: it takes none */
    gsize offset;                /* of its value in CliOptions: a gboolean, or with an argument a path */
    const char *summary;
} Option;

static const Option options_table[] = {
    {ROOT, 0, "root", "DIR", G_STRUCT_OFFSET(CliOptions, root), N_("read DIR/etc/sysconfig, touch nothing")},
    {JSON, 0, "json", NULL, G_STRUCT_OFFSET(CliOptions, json), N_("print JSON")},
    {STRICT, 0, "strict", NULL, G_STRUCT_OFFSET(CliOptions, strict), N_("let warnings fail too")},
    {EXIT_CODE, 0, "exit-code", NULL, G_STRUCT_OFFSET(CliOptions, exit_code),
     N_("tell by the exit status whether there is anything to do")},
    {TSV, 0, "tsv", NULL, G_STRUCT_OFFSET(CliOptions, tsv), N_("print tables as tab separated values")},
    {ONE_LINE, '1', "one-line", NULL, G_STRUCT_OFFSET(CliOptions, one_line),
     N_("print an interface a line, with tabs; also -1")},
    {CLASSIC, 0, "classic", NULL, G_STRUCT_OFFSET(CliOptions, classic),
     N_("print the four lines of the init script")},
    {DRY_RUN, 0, "dry-run", NULL, G_STRUCT_OFFSET(CliOptions, dry_run),
     N_("print what would be written, and write nothing")},
    {ALL, 'a', "all", NULL, G_STRUCT_OFFSET(CliOptions, all), N_("every interface; every key; also -a")},
    {VERBOSE, 'v', "verbose", NULL, G_STRUCT_OFFSET(CliOptions, verbose),
     N_("print a line for each interface; also -v")},
    {FORCE, 0, "force", NULL, G_STRUCT_OFFSET(CliOptions, force), N_("replace files that are there")},
    {CHECK, 0, "check", NULL, G_STRUCT_OFFSET(CliOptions, check), N_("only look, and change nothing")},
    {TO, 0, "to", "nm|networkd|nmstate", G_STRUCT_OFFSET(CliOptions, to), N_("for which other manager")},
    {OUT, 0, "out", "DIR", G_STRUCT_OFFSET(CliOptions, out), N_("write the files there, all or none")},
    {FROM, 0, "from", "MANAGER", G_STRUCT_OFFSET(CliOptions, from), N_("whose files DIR has")},
    {TAKE, 0, "take", NULL, G_STRUCT_OFFSET(CliOptions, take), N_("make what runs the service's own")},
};

static int help_command(const CliOptions *options);

static const Verb verbs[] = {
    {"start", "", N_("bring up the loopback and every interface with ONBOOT not no"),
     N_("What the kernel already has is not touched: a second start changes nothing, and one on a half "
        "configured "
        "machine repairs it. Exit status: 0, 1 if an interface failed, 4 if not root, 6 if NETWORKING=no."),
     service_command, .max_args = 0},
    {"stop", "", N_("take down what start and ifup set up"),
     N_("Addresses, routes and rules that others added to a device that stays are left alone."),
     service_command, .max_args = 0},
    {"restart", "", N_("make the machine match its files, and interrupt nothing else"),
     N_("Changed settings, changed BONDING_OPTS too, take effect; what is as configured is not interrupted. "
        "Interfaces that no file brings up any more are shut down. To bounce everything: stop, then start."),
     service_command, .max_args = 0},
    {"reload", "[NAME...]", N_("do what interrupts nothing, and name what is left"),
     N_("As restart, but no interface goes down for it, not for a moment. What would need that is left as it "
        "is and "
        "named. With names: only these interfaces. Exit status: 0, 1 if an interface failed, 3 if something "
        "was left."),
     service_command, .max_args = G_MAXUINT},
    {"force-reload", "", N_("the same as restart"), NULL, service_command, .max_args = 0},
    {"status", "[NAME...]", N_("tell of each interface whether it is as configured"),
     N_("A table on a terminal or with names, else the lines of the init script: configured and active "
        "devices. "
        "Ports: eth0* is the active one, (eth1) waits, [eth2] cannot be used. Exit status of the table: 0 "
        "as "
        "configured, 1 something differs or is degraded, 3 nothing is up."),
     status_command, .takes = JSON | ONE_LINE | CLASSIC, .max_args = G_MAXUINT},
    {"up", "NAME...", N_("bring interfaces up, as ifup does"),
     N_("NAME is a file (ifcfg-bond0), what follows ifcfg- in it, its NAME=, or a device. If one of several "
        "is not "
        "found, nothing is done. With --all: every interface with ONBOOT not no."),
     updown_command, .takes = ALL | VERBOSE, .max_args = G_MAXUINT},
    {"down", "NAME...", N_("take interfaces down, as ifdown does"),
     N_("With --all: every interface that is up, but lo."), updown_command, .takes = ALL | VERBOSE,
     .max_args = G_MAXUINT},
    {"hotplug", "[DEVICE]", N_("bring up what came, clean up after what went"),
     N_("With DEVICE it is only put into the queue (udev does that for each event); without, all that have "
        "gathered "
        "are worked off in one run (netsvc-hotplug.service does that)."),
     hotplug_command, .max_args = 1},
    {"plan", "start|stop|restart|reload [NAME...]|up NAME...|down NAME...",
     N_("print what would be done, and do nothing"),
     N_("It ends with what would be interrupted, and why. With --exit-code: 0 nothing to do, 10 changes that "
        "interrupt "
        "nothing, 11 changes that interrupt, 1 errors. With --root DIR: for the files of another tree, on a "
        "machine "
        "whose NICs are all there and unconfigured."),
     plan_command, .takes = ROOT | JSON | EXIT_CODE, .min_args = 1, .max_args = G_MAXUINT},
    {"rehearse", "start|stop|restart|reload [NAME...]|up NAME...|down NAME...",
     N_("try a plan on stand-ins for the NICs, and tell what goes wrong"),
     N_("In namespaces of its own, which are gone afterwards: what the kernel refuses, how long gateways, "
        "name "
        "servers and open connections do not answer, who would be lost, and the same with each cable of a "
        "bond "
        "pulled. Without arguments: restart. Exit status: 0, 1 if something is refused or lost, 4 if not "
        "root, "
        "5 if this kernel cannot do it."),
     rehearse_command, .takes = JSON, .max_args = G_MAXUINT},
    {"show", "[NAME]", N_("print the resolved configuration, with the place of each value"), NULL,
     show_command, .takes = ROOT | JSON, .max_args = 1},
    {"check", "[NAME...]", N_("print what is wrong or doubtful in the files, with its place"),
     N_("With names, only the problems in their ifcfg files. An error: something will not come up as the "
        "files "
        "say. Exit status: 0, 1 if there are errors (with --strict: or warnings), 2 if misused."),
     check_command, .takes = ROOT | JSON | STRICT, .max_args = G_MAXUINT},
    {"history", "", N_("list what was applied: when, by whom, what it interrupted"),
     N_("Each start, restart, reload and ifup that changed something is a generation; the last 50 are kept, "
        "with "
        "their files, in /var/lib/netsvc."),
     history_command, .takes = JSON, .max_args = 0},
    {"compare", "[GENERATION...]", N_("print how the files differ from those that were applied"),
     N_("The last files that were applied, or those of a generation, with the files now or with another "
        "generation: "
        "a line that only the first have begins with -, one that only the second have with +. With "
        "--exit-code: 0 no "
        "difference, 10 there is one, 1 errors."),
     compare_command, .takes = EXIT_CODE, .max_args = 2},
    {"rollback", "GENERATION", N_("bring the files of a generation back, and restart with them"),
     N_("Files that were edited and not applied yet are kept in the history; those that the generation does "
        "not have "
        "are renamed to NAME.TIME.bak. Exit status: as restart."),
     rollback_command, .min_args = 1, .max_args = 1},
    {"kickstart", "[KS.CFG|-]", N_("write the files that a kickstart's network lines come to"),
     N_("All of them or none, checked as `check` does, below --root; and the service is enabled there. The "
        "live "
        "network is not touched. Without a file: /run/install/ks.cfg. Exit status: 0, 1 if nothing was "
        "written."),
     kickstart_command, .takes = ROOT | DRY_RUN, .max_args = 1},
    {"export", "[NAME...]", N_("print the configuration as files of another manager"),
     N_("What the other one has no word for is named with file, line and reason. With --out the files\n"
        "are written, all of them or none. Nothing else is changed."),
     export_command, .takes = ROOT | JSON | TO | OUT | FORCE, .max_args = G_MAXUINT},
    {"migrate", "", N_("say what changes without network-scripts"),
     N_("What differs and how, what NetworkManager and an upgrade to EL 9 or 10 would make of the files,\n"
        "who else manages the devices, and what to do. Exit status: 0 nothing to do, 1 differences,\n"
        "2 something would not come up, 3 could not look."),
     migrate_command, .takes = ROOT | JSON | CHECK, .max_args = 0},
    {"import", "[DEVICE...|DIR]", N_("write files for what the kernel has now"), NULL, import_command,
     .takes = ROOT | DRY_RUN | FORCE | FROM | TAKE, .max_args = G_MAXUINT},
    {"help", "[COMMAND|bonding|keys|KEY|OPTION]",
     N_("explain a command, a key or an option; list all of them"), NULL, help_command, .takes = TSV | ALL,
     .max_args = 1},
};

static const Verb *verb_find(const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS(verbs); i++)
        if (strcmp(verbs[i].name, name) == 0)
            return &verbs[i];
    return NULL;
}

static const char *verb_guess(const char *word)
{
    const char *best = NULL;
    guint least = ifcfg_guess_limit(word) + 1;
    for (guint i = 0; i < G_N_ELEMENTS(verbs); i++) {
        guint distance = ifcfg_text_distance(word, verbs[i].name);
        best = distance < least ? verbs[i].name : best;
        least = MIN(least, distance);
    }
    return best;
}

static void verb_usage(const Verb *verb, FILE *out)
{
    g_autoptr(GString) line = g_string_new(verb->name);
    if (*verb->arguments)
        g_string_append_printf(line, " %s", verb->arguments);
    for (guint i = 0; i < G_N_ELEMENTS(options_table); i++) {
        const Option *option = &options_table[i];
        if (verb->takes & option->bit)
            g_string_append_printf(line, option->argument ? " [--%s %s]" : " [--%s]", option->name,
                                   option->argument);
    }
    /* Completion and the manual's test read it as one line. */
    guint width = isatty(fileno(out)) ? columns_of(fileno(out)) : G_MAXUINT;
    g_autofree char *usage = g_strdup_printf(_("Usage: netsvc %s\n"), line->str);
    g_autofree char *text = columns_wrap(g_strchomp(usage), width, 4);
    fprintf(out, "%s\n", text);
}

/* "(plan, show, check)": whose option it is. */
static char *option_verbs(const Option *option)
{
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(verbs); i++)
        if (verbs[i].takes & option->bit)
            g_string_append_printf(names, "%s%s", names->len ? ", " : "", verbs[i].name);
    return g_string_free(g_steal_pointer(&names), FALSE);
}

/* "  start         bring up ..." */
static void row_print(const char *dashes, const char *name, const char *summary)
{
    g_autofree char *row = g_strdup_printf("  %s%-*s %s", dashes, 13 - (int)strlen(dashes), name, summary);
    g_autofree char *text = columns_wrap(row, columns_of(STDOUT_FILENO), 16);
    printf("%s\n", text);
}

static void overview_print(void)
{
    printf(_("Usage: netsvc COMMAND [ARGUMENT...]\n"
             "Configures the network as the files in /etc/sysconfig/network-scripts say.\n\nCommands:\n"));
    for (guint i = 0; i < G_N_ELEMENTS(verbs); i++)
        row_print("", verbs[i].name, _(verbs[i].summary));
    printf("\n%s\n", _("Options:"));
    for (guint i = 0; i < G_N_ELEMENTS(options_table); i++) {
        const Option *option = &options_table[i];
        g_autofree char *left = g_strjoin(option->argument ? " " : "", option->name,
                                          option->argument ? option->argument : "", NULL);
        g_autofree char *names = option_verbs(option);
        g_autofree char *summary = g_strdup_printf("%s (%s)", _(option->summary), names);
        row_print("--", left, summary);
    }
    row_print("--", "version", _("print the version"));
    puts("");
    cli_text_print(
        _("First steps: `netsvc check`, `netsvc show bond0`, `netsvc plan restart`, `netsvc restart`. ifup, "
          "ifdown and ifenslave are this program by other names."));
}

static int help_command(const CliOptions *options)
{
    const Verb *verb = options->n_args ? verb_find(options->args[0]) : NULL;
    if (!options->n_args) {
        overview_print();
    } else if (verb) {
        verb_usage(verb, stdout);
        g_autofree char *sentence = g_strdup(_(verb->summary));
        if (strcmp(sentence, verb->summary) == 0) /* a translation may begin with what is typed */
            sentence[0] = g_ascii_toupper(sentence[0]);
        /* TRANSLATORS: a summary as a sentence, with its full stop */
        g_autofree char *line = g_strdup_printf(_("%s.\n"), sentence);
        cli_text_print(line);
        if (verb->text)
            cli_text_print(_(verb->text));
    } else if (help_topic(options, options->args[0]) != CLI_OK) {
        cli_complain(_("there is no help about \"%s\"; try a command, a key, an option, `bonding` or `keys`"),
                     options->args[0]);
        return CLI_USAGE;
    }
    return CLI_OK;
}

static gboolean option_is_given(const Option *option, const CliOptions *options)
{
    gconstpointer at = G_STRUCT_MEMBER_P(options, option->offset);
    return option->argument ? *(char *const *)at != NULL : *(const gboolean *)at;
}

/* What a command does not know is not ignored: `start --root DIR` would touch the wrong system. */
static const Option *option_find_wrong(const Verb *verb, const CliOptions *options)
{
    for (guint i = 0; i < G_N_ELEMENTS(options_table); i++)
        if (!(verb->takes & options_table[i].bit) && option_is_given(&options_table[i], options))
            return &options_table[i];
    return NULL;
}

static gboolean options_fit(const Verb *verb, const CliOptions *options)
{
    const Option *wrong = option_find_wrong(verb, options);
    if (wrong)
        cli_complain(_("%s takes no --%s"), verb->name, wrong->name);
    else if (options->n_args < verb->min_args || options->n_args > verb->max_args)
        cli_complain(options->n_args < verb->min_args ? _("%s: too few arguments")
                                                      : _("%s: too many arguments"),
                     verb->name);
    else if (options->root && !g_file_test(options->root, G_FILE_TEST_IS_DIR))
        cli_complain(_("--root %s: no such directory"), options->root);
    else
        return TRUE;
    verb_usage(verb, stderr);
    return FALSE;
}

static int verb_run(CliOptions *options, char **words, gboolean help)
{
    const Verb *verb = words[0] ? verb_find(words[0]) : NULL;
    if (help && (!words[0] || verb)) {
        options->args = (const char *const *)words;
        options->n_args = words[0] ? 1 : 0;
        return help_command(options);
    }
    if (!verb) {
        const char *guess = words[0] ? verb_guess(words[0]) : NULL;
        if (guess)
            cli_complain(_("unknown command \"%s\", did you mean %s?"), words[0], guess);
        else if (words[0])
            cli_complain(_("unknown command \"%s\""), words[0]);
        fprintf(stderr, _("Usage: netsvc "
                          "{start|stop|status|restart|reload|force-reload|up|down|plan|show|check|history|"
                          "compare|rollback|kickstart|export|migrate|import|help}\n"
                          "`netsvc help` explains them.\n"));
        return CLI_USAGE;
    }
    options->verb = verb->name;
    options->args = (const char *const *)words + 1;
    options->n_args = g_strv_length(words + 1);
    if (!options_fit(verb, options))
        return CLI_USAGE;
    const char *problem = options->json ? json_text_problem() : NULL;
    if (problem)
        cli_complain("%s", problem);
    return problem ? CLI_FAILED : verb->run(options);
}

static GOptionEntry *entries_of(CliOptions *options, gboolean *help, gboolean *version, char ***words)
{
    const GOptionEntry rest[] = {
        {"help", 'h', 0, G_OPTION_ARG_NONE, help, NULL, NULL},
        {"version", 0, 0, G_OPTION_ARG_NONE, version, NULL, NULL},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, words, NULL, NULL},
        {0},
    };
    GOptionEntry *entries = g_new0(GOptionEntry, G_N_ELEMENTS(options_table) + G_N_ELEMENTS(rest));
    const Option *end = options_table + G_N_ELEMENTS(options_table);
    for (const Option *option = options_table; option < end; option++)
        entries[option - options_table] =
            (GOptionEntry){option->name,
                           option->letter,
                           0,
                           option->argument ? G_OPTION_ARG_FILENAME : G_OPTION_ARG_NONE,
                           G_STRUCT_MEMBER_P(options, option->offset),
                           NULL,
                           NULL};
    memcpy(entries + G_N_ELEMENTS(options_table), rest, sizeof rest);
    return entries;
}

static int netsvc_main(int argc, char **argv)
{
    g_auto(GStrv) words = NULL;
    gboolean help = FALSE, version = FALSE;
    CliOptions options = {.program = argv[0]};
    g_autofree GOptionEntry *entries = entries_of(&options, &help, &version, &words);
    char *nothing[] = {NULL};
    g_autoptr(GError) error = NULL;
    gboolean is_parsed = cli_options_parse(entries, &argc, &argv, &error);
    g_autofree char *root = options.root, *out = options.out, *from = options.from, *to = (char *)options.to;
    if (!is_parsed) {
        cli_complain(_("%s; `netsvc help` lists the options"), error->message);
        return CLI_USAGE;
    }
    if (version)
        return cli_version();
    return verb_run(&options, words ? words : nothing, help);
}

int main(int argc, char **argv)
{
    g_autofree char *name = g_path_get_basename(argc > 0 ? argv[0] : "netsvc");
    int status;
    cli_streams_open();
    i18n_begin();
    g_set_prgname(name);
    if (strcmp(name, "ifup") == 0)
        status = updown_classic(NET_PLAN_UP, argc, argv);
    else if (strcmp(name, "ifdown") == 0)
        status = updown_classic(NET_PLAN_DOWN, argc, argv);
    else if (strcmp(name, "ifenslave") == 0)
        status = ifenslave_main(argc, argv);
    else if (strcmp(name, "netsvc-rename") == 0)
        status = rename_main(argc, argv);
    else
        status = netsvc_main(argc, argv);
    if (fflush(stdout) != 0 && status == CLI_OK)
        status = CLI_FAILED;
    return status;
}
