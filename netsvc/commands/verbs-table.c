/* The commands of netsvc and their options. */
#include "commands/verbs.h"
#include "i18n.h"

const Option options_table[] = {
    {ROOT, 0, "root", "DIR", G_STRUCT_OFFSET(CliOptions, root), N_("read DIR/etc/sysconfig, touch nothing")},
    {JSON, 0, "json", NULL, G_STRUCT_OFFSET(CliOptions, json), N_("print JSON")},
    {STRICT, 0, "strict", NULL, G_STRUCT_OFFSET(CliOptions, strict), N_("let warnings fail too")},
    {EXIT_CODE, 0, "exit-code", NULL, G_STRUCT_OFFSET(CliOptions, exit_code),
     N_("say by the exit status whether there is anything to do")},
    {TSV, 0, "tsv", NULL, G_STRUCT_OFFSET(CliOptions, tsv), N_("print tables as tab separated values")},
    {ONE_LINE, '1', "one-line", NULL, G_STRUCT_OFFSET(CliOptions, one_line),
     N_("print one line for each interface, with tabs; also -1")},
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
    {TAKE, 0, "take", NULL, G_STRUCT_OFFSET(CliOptions, take),
     N_("take over what runs, as the service's own")},
    {TRY, 0, "try", NULL, G_STRUCT_OFFSET(CliOptions, try_it), N_("go back unless it is confirmed")},
    {TRIAL, 0, "rehearse", NULL, G_STRUCT_OFFSET(CliOptions, rehearse),
     N_("rehearse it first, and do nothing if that fails")},
    {TRIAL, 0, "timeout", "SECONDS", G_STRUCT_OFFSET(CliOptions, timeout),
     N_("go back after so many seconds (60)")},
    {TRIAL, 0, "probe", "COMMAND", G_STRUCT_OFFSET(CliOptions, probe),
     N_("keep it only if this shell command succeeds")},
    {TRIAL, 0, "confirm-by", "ssh|probes", G_STRUCT_OFFSET(CliOptions, confirm_by),
     N_("keep it without a word, by what proves that it works")},
};

const Verb verbs[] = {
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
     N_("As restart, but no interface goes down for it, not for a moment, and none loses an address. What "
        "would "
        "need that is left as it is and "
        "named. With names: only these interfaces. Exit status: 0, 1 if an interface failed, 3 if something "
        "was left."),
     service_command, .max_args = G_MAXUINT},
    {"force-reload", "", N_("the same as restart"), NULL, service_command, .max_args = 0},
    {"status", "[NAME...]", N_("show for each interface whether it is as configured"),
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
    {"names", "NAME...", N_("put name servers of files and leases into resolv.conf"),
     N_("Of these interfaces, where they are up; nothing else is done. The scripts of DHCP clients call it "
        "when "
        "a lease has changed."),
     names_command, .min_args = 1, .max_args = G_MAXUINT},
    {"plan", "start|stop|restart|reload [NAME...]|up NAME...|down NAME...",
     N_("print what would be done, and do nothing"),
     N_("It ends with what would be interrupted, and why. With --exit-code: 0 nothing to do, 10 changes that "
        "interrupt "
        "nothing, 11 changes that interrupt, 1 errors. With --root DIR: for the files of another tree, on a "
        "machine "
        "whose NICs are all there and unconfigured."),
     plan_command, .takes = ROOT | JSON | EXIT_CODE, .min_args = 1, .max_args = G_MAXUINT},
    {"rehearse", "start|stop|restart|reload [NAME...]|up NAME...|down NAME...",
     N_("try a plan on stand-ins for the NICs, and say what goes wrong"),
     N_("In namespaces of its own, which are gone afterwards: what the kernel refuses, how long gateways, "
        "name "
        "servers and open connections do not answer, who would be lost, and the same with each cable of a "
        "bond "
        "pulled. Without arguments: restart. Exit status: 0, 1 if something is refused or lost, 4 if not "
        "root, "
        "5 if this kernel cannot do it."),
     rehearse_command, .takes = JSON, .max_args = G_MAXUINT},
    {"show", "[NAME]", N_("print what is configured, with the place of each value"),
     N_("Nothing is changed, and the kernel is not asked. With --json, for programs."), show_command,
     .takes = ROOT | JSON, .max_args = 1},
    {"check", "[NAME...]", N_("print what is wrong or doubtful in the files, with its place"),
     N_("With names, only the problems in their ifcfg files. An error: something will not come up as the "
        "files "
        "say. Exit status: 0, 1 if there are errors (with --strict: or warnings), 2 for a usage error."),
     check_command, .takes = ROOT | JSON | STRICT, .max_args = G_MAXUINT},
    {"try", "[restart|reload NAME...|up NAME...|down NAME...]",
     N_("do it, and go back by itself unless it is confirmed"),
     N_("Files and state come back when nobody confirms in time, when the run fails, when the machine goes "
        "down, and when everything of netsvc is killed. It is kept when the gateways that answered still do, "
        "--probe succeeds, and it is confirmed: by Enter on the terminal, by `netsvc confirm` from anywhere, "
        "or "
        "with --confirm-by: ssh, when your SSH connection, or a new one from there, gets through; probes, "
        "when "
        "they hold. Exit status: 0 kept, 7 gone back, 8 gone back but something differs, 1 nothing was "
        "done."),
     try_command, .takes = TRIAL, .max_args = G_MAXUINT},
    {"confirm", "", N_("keep what is on trial"),
     N_("Where a gateway does not answer yet, or --probe fails, it is kept as soon as they hold. Exit "
        "status: 0 "
        "kept, 1 not yet, or nothing is on trial, 7 gone back, 8 gone back but something differs."),
     confirm_command, .max_args = 0},
    {"cancel", "", N_("go back from what is on trial, now"),
     N_("Exit status: 0 gone back, 8 gone back but something differs, 1 kept already, or nothing is on "
        "trial."),
     cancel_command, .max_args = 0},
    {"pending", "", N_("say what is on trial, for how long, and how to end it"),
     N_("And which gateways answer. Exit status: 0, 4 if not root."), pending_command, .takes = JSON,
     .max_args = 0},
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
        "are renamed to NAME.TIME.bak. Exit status: as restart; with --try, as try."),
     rollback_command, .takes = TRY | TRIAL, .min_args = 1, .max_args = 1},
    {"kickstart", "[KS.CFG|-]", N_("write the files that a kickstart's network lines come to"),
     N_("All of them or none, checked as `check` does, below --root; and the service is enabled there. The "
        "live "
        "network is not touched. Without a file: /run/install/ks.cfg. Exit status: 0, 1 if nothing was "
        "written."),
     kickstart_command, .takes = ROOT | DRY_RUN, .max_args = 1},
    {"export", "[NAME...]", N_("print the configuration as files of another manager"),
     N_("What the other one has no word for is named with file, line and reason. With --out the files "
        "are written, all of them or none. Nothing else is changed."),
     export_command, .takes = ROOT | JSON | TO | OUT | FORCE, .max_args = G_MAXUINT},
    {"migrate", "", N_("say what changes without network-scripts"),
     N_("What differs and how, what NetworkManager and an upgrade to EL 9 or 10 would make of the files, "
        "who else manages the devices, and what to do. Exit status: 0 nothing to do, 1 differences, "
        "2 something would not come up, 3 could not look."),
     migrate_command, .takes = ROOT | JSON | CHECK, .max_args = 0},
    {"import", "[DEVICE...|DIR]", N_("write files for what the kernel has now"),
     N_("Of all devices, or of these; with --from nm, networkd, ifupdown or netplan, for what the files of "
        "that "
        "program in DIR say. What no file can say is named. The files are checked first, and written all or "
        "none; "
        "one that is there stays without --force. The network is not touched, but with --take the interfaces "
        "are "
        "ours at once, and other managers leave them. Exit status: 0, 1 if nothing was written, 4 if not "
        "root."),
     import_command, .takes = ROOT | DRY_RUN | FORCE | FROM | TAKE, .max_args = G_MAXUINT},
    {"help", "[COMMAND|bonding|keys|KEY|OPTION]",
     N_("explain a command, a key or an option; list all of them"),
     N_("`help keys` lists the keys that have an effect, by topic, and with --all the others too; `help "
        "bonding` "
        "the options of a bond."),
     help_command, .takes = TSV | ALL, .max_args = 1},
};

const guint n_options = G_N_ELEMENTS(options_table), n_verbs = G_N_ELEMENTS(verbs);
