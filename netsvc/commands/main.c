/* netsvc, ifup, ifdown and ifenslave: which command was meant, and its options. */
#include "commands/verbs.h"
#include "console/columns.h"
#include "console/json-text.h"
#include "i18n-program.h"
#include "ifcfg-keys.h"
#include "trial/fuse.h"
#include <stdio.h>
#include <string.h>

static const Verb *verb_find(const char *name)
{
    for (guint i = 0; i < n_verbs; i++)
        if (strcmp(verbs[i].name, name) == 0)
            return &verbs[i];
    return NULL;
}

static const char *verb_guess(const char *word)
{
    return ifcfg_text_nearest(word, &verbs[0].name, n_verbs, sizeof verbs[0]);
}

/* What is wrong with the options, with the one that was meant: GLib names the word in its sentence. */
static void options_complain(const GError *error)
{
    const char *word = g_error_matches(error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION)
                           ? strstr(error->message, "--")
                           : NULL;
    const char *guess =
        word ? ifcfg_text_nearest(word + 2, &options_table[0].name, n_options, sizeof options_table[0])
             : NULL;
    if (guess)
        cli_complain(_("%s, did you mean --%s?"), error->message, guess);
    else
        cli_complain(_("%s; `netsvc help` lists the options"), error->message);
}

static void verb_usage(const Verb *verb, FILE *out)
{
    g_autoptr(GString) line = g_string_new(verb->name);
    if (*verb->arguments)
        g_string_append_printf(line, " %s", verb->arguments);
    for (guint i = 0; i < n_options; i++) {
        const Option *option = &options_table[i];
        if (verb->takes & option->bit)
            g_string_append_printf(line, option->argument ? " [--%s %s]" : " [--%s]", option->name,
                                   option->argument);
    }
    /* Completion and the manual's test read it as one line. */
    guint width = columns_of_terminal(fileno(out));
    g_autofree char *usage = g_strdup_printf(_("Usage: netsvc %s\n"), line->str);
    g_autofree char *text = columns_wrap(g_strchomp(usage), width, 4);
    fprintf(out, "%s\n", text);
}

/* "(plan, show, check)": whose option it is. */
static char *option_verbs(const Option *option)
{
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint i = 0; i < n_verbs; i++)
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
    for (guint i = 0; i < n_verbs; i++)
        row_print("", verbs[i].name, _(verbs[i].summary));
    printf("\n%s\n", _("Options:"));
    for (guint i = 0; i < n_options; i++) {
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

int help_command(const CliOptions *options)
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
        const char *word = verb_guess(options->args[0]);
        const char *guess = word ? word : help_guess(options->args[0]);
        if (guess)
            cli_complain(_("there is no help about \"%s\", did you mean %s?"), options->args[0], guess);
        else
            cli_complain(
                _("there is no help about \"%s\"; try a command, a key, an option, `bonding` or `keys`"),
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
    for (guint i = 0; i < n_options; i++)
        if (!(verb->takes & options_table[i].bit) && option_is_given(&options_table[i], options))
            return &options_table[i];
    return NULL;
}

static gboolean options_fit(const Verb *verb, const CliOptions *options)
{
    const Option *wrong = option_find_wrong(verb, options);
    if (wrong)
        cli_complain(_("%s takes no --%s"), verb->name, wrong->name);
    else if (options->n_args && !verb->max_args && verb->run == service_command)
        cli_complain(_("%s is for all interfaces; for %s alone it is `netsvc %s %s`"), verb->name,
                     options->args[0], g_str_equal(verb->name, "stop") ? "down" : "up", options->args[0]);
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
        fputs(_("Usage: netsvc COMMAND [ARGUMENT...]; `netsvc help` lists the commands.\n"), stderr);
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
    GOptionEntry *entries = g_new0(GOptionEntry, n_options + G_N_ELEMENTS(rest));
    const Option *end = options_table + n_options;
    for (const Option *option = options_table; option < end; option++)
        entries[option - options_table] =
            (GOptionEntry){option->name,
                           option->letter,
                           0,
                           option->argument ? G_OPTION_ARG_FILENAME : G_OPTION_ARG_NONE,
                           G_STRUCT_MEMBER_P(options, option->offset),
                           NULL,
                           NULL};
    memcpy(entries + n_options, rest, sizeof rest);
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
    g_autofree char *root = options.root, *out = options.out, *from = options.from, *to = (char *)options.to,
                    *timeout = options.timeout, *probe = options.probe, *confirm_by = options.confirm_by;
    if (!is_parsed) {
        options_complain(error);
        return CLI_USAGE;
    }
    return version ? cli_version() : verb_run(&options, words ? words : nothing, help);
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
    else if (argc == 2 && strcmp(argv[1], "--burn-fuse") == 0) /* the program's own: trial/fuse.h */
        status = fuse_main();
    else if (strcmp(name, "netsvc-rename") == 0)
        status = rename_main(argc, argv);
    else
        status = netsvc_main(argc, argv);
    return fflush(stdout) != 0 && status == CLI_OK ? CLI_FAILED : status;
}
