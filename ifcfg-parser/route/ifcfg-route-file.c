/* Route and rule files: the argument form line by line, and the ADDRESSn= form. */
#include "i18n.h"
#include "ifcfg-file.h"
#include "ifcfg-route-args.h"
#include <inttypes.h>
#include <string.h>
#include <sys/socket.h>

typedef struct {
    int family;
    const IfcfgRtNames *names;
    GPtrArray *objects; /* routes or rules, as the parse function makes them */
    gpointer (*parse)(IfcfgWords *words);
    IfcfgProblems *problems;
    const GPtrArray *lines; /* const char *, where each line of an ADDRESSn= file begins */
} FileReader;

static gpointer route_parse(IfcfgWords *words)
{
    IfcfgRoute *route = ifcfg_route_parse_words(words);
    if (route)
        route->finds_dev = TRUE;
    return route;
}

static gpointer rule_parse(IfcfgWords *words)
{
    return ifcfg_rule_parse_words(words);
}

/* Where the logical line that begins at @p ends: at a line end without a backslash before it. */
static const char *line_end(const char *p)
{
    for (; *p && *p != '\n'; p++)
        if (p[0] == '\\' && p[1])
            p++;
    return p;
}

static guint newlines_count(const char *p, const char *end)
{
    guint count = 0;
    while ((p = memchr(p, '\n', (gsize)(end - p)))) {
        count++;
        p++;
    }
    return count;
}

/* Takes @line. */
static void line_load(const FileReader *reader, char *line, IfcfgWhere where)
{
    g_auto(IfcfgWords) words = {};
    ifcfg_words_init_take(&words, line, reader->family, reader->names, where, reader->problems);
    const IfcfgWord *first = ifcfg_words_peek(&words);
    if (!first)
        return; /* blank, or a remark */
    words.where = first->where;
    gpointer object = reader->parse(&words);
    if (object)
        g_ptr_array_add(reader->objects, object);
}

static void lines_load(const FileReader *reader, const char *path, const char *text)
{
    IfcfgWhere where = {g_intern_string(path), 1, 1};
    for (const char *end; *text; text = *end ? end + 1 : end) {
        end = line_end(text);
        line_load(reader, g_strndup(text, (gsize)(end - text)), where);
        where.line += newlines_count(text, end) + 1;
    }
}

/* ---- the ADDRESSn= form ---- */

/* Keys of one entry. METRICn and OPTIONSn are NetworkManager's additions to the form
 * (nm-settings-ifcfg-rh(5)). */
static const char *const stems[] = {"ADDRESS", "NETMASK", "GATEWAY", "METRIC", "OPTIONS"};

/* The number behind one of the stems, or -1. */
static gint64 key_number(const char *key, const char *stem)
{
    guint64 number;
    const char *digits = key + strlen(stem);
    if (!g_str_has_prefix(key, stem) || strlen(digits) > 9 || strspn(digits, "0123456789") != strlen(digits))
        return -1;
    return g_ascii_string_to_unsigned(digits, 10, 0, G_MAXINT32, &number, NULL) ? (gint64)number : -1;
}

static const IfcfgAssignment *entry_find(const IfcfgRecord *record, const char *stem, gint64 number)
{
    g_autofree char *key = g_strdup_printf("%s%" G_GINT64_FORMAT, stem, number);
    const IfcfgAssignment *found = ifcfg_record_find(record, key);
    return found && *found->value ? found : NULL;
}

/* The beginning of every line, so that a place can be looked at without walking through the file. */
static GPtrArray *lines_index(const char *text)
{
    GPtrArray *lines = g_ptr_array_new();
    for (; text; text = (text = strchr(text, '\n')) ? text + 1 : NULL)
        g_ptr_array_add(lines, (gpointer)text);
    return lines;
}

/* Where the words of a value begin: behind its opening quote, if it has one, so that columns fall on words.
 */
static IfcfgWhere value_where(const FileReader *reader, const IfcfgAssignment *assignment)
{
    IfcfgWhere where = ifcfg_assignment_where(assignment);
    if (where.line == 0 || where.line > reader->lines->len || where.column == 0)
        return where;
    const char *line = g_ptr_array_index(reader->lines, where.line - 1);
    if (where.column <= strcspn(line, "\n") && strchr("\"'", line[where.column - 1]))
        where.column++;
    return where;
}

/* The words of a value, for the functions that read arguments; the key takes the place of the keyword. */
static void value_words_init(IfcfgWords *words, const FileReader *reader, const IfcfgAssignment *assignment)
{
    ifcfg_words_init(words, assignment->value, reader->family, reader->names, value_where(reader, assignment),
                     reader->problems);
}

static IfcfgWord key_word(const IfcfgAssignment *assignment)
{
    return (IfcfgWord){assignment->key, assignment->where};
}

/* What `ipcalc` assumes, as the old scripts called it: by the class, or, where that is not the whole network,
 * the one address. */
static guint8 assumed_length(const FileReader *reader, const IfcfgPrefix *to)
{
    IfcfgPrefix prefix = *to;
    prefix.length = reader->family == AF_INET ? ifcfg_ip_class_length(&to->ip) : 128;
    IfcfgPrefix network = ifcfg_prefix_network(&prefix);
    return ifcfg_prefix_equal(&prefix, &network) ? prefix.length : 32;
}

/* NETMASKn as 255.255.0.0 or as a length. */
static gboolean entry_length(const FileReader *reader, const IfcfgAssignment *netmask, const IfcfgPrefix *to,
                             const IfcfgAssignment *address, guint8 *ret)
{
    guint64 number;
    if (netmask && reader->family == AF_INET && ifcfg_netmask_parse(netmask->value, ret))
        return TRUE;
    if (netmask && ifcfg_number_parse(netmask->value, reader->family == AF_INET ? 32 : 128, &number)) {
        *ret = (guint8)number;
        return TRUE;
    }
    if (netmask) {
        ifcfg_problems_add(reader->problems, IFCFG_ERROR, value_where(reader, netmask),
                           _("\"%s\" is not a netmask: the route to %s is ignored"), netmask->value,
                           address->value);
        return FALSE;
    }
    *ret = assumed_length(reader, to);
    ifcfg_problems_add(reader->problems, IFCFG_WARNING, value_where(reader, address),
                       _("no NETMASK%s for this network: /%u is assumed"), address->key + strlen(stems[0]),
                       *ret);
    return TRUE;
}

static gboolean entry_to(const FileReader *reader, const IfcfgAssignment *address,
                         const IfcfgAssignment *netmask, IfcfgRoute *route)
{
    g_auto(IfcfgWords) words = {};
    IfcfgPrefix prefix = {};
    guint8 length;
    value_words_init(&words, reader, address);
    const IfcfgWord *word = ifcfg_words_take(&words);
    if (!word)
        return ifcfg_words_fail(&words, NULL, _("\"%s\" is not an address"), address->value);
    if (strchr(word->text, '/')) /* a length of its own needs no NETMASKn */
        return ifcfg_words_prefix(&words, word, TRUE, &route->to);
    if (!ifcfg_ip_parse(word->text, reader->family, &prefix.ip))
        return ifcfg_words_prefix(&words, word, TRUE, &route->to); /* "default", or the message */
    if (!entry_length(reader, netmask, &prefix, address, &length))
        return FALSE;
    prefix.length = length;
    route->to = ifcfg_prefix_network(&prefix);
    if (!ifcfg_prefix_equal(&prefix, &route->to)) {
        g_autofree char *used = ifcfg_prefix_format(&route->to);
        ifcfg_problems_add(reader->problems, IFCFG_WARNING, value_where(reader, address),
                           _("\"%s\" is an address inside a network, not a network: %s is used"),
                           address->value, used);
    }
    return TRUE;
}

static gboolean entry_gateway(const FileReader *reader, const IfcfgAssignment *gateway, IfcfgRoute *route)
{
    IfcfgNexthop *hop = g_ptr_array_index(route->nexthops, 0);
    if (!gateway)
        return TRUE;
    g_auto(IfcfgWords) words = {};
    IfcfgWord key = key_word(gateway);
    value_words_init(&words, reader, gateway);
    if (!ifcfg_words_address(&words, &key, reader->family, &hop->via))
        return FALSE;
    ifcfg_nexthop_normalize(hop);
    return TRUE;
}

/* The old scripts read neither METRICn nor OPTIONSn: what is wrong in them costs no route. */
static void extras_report(const FileReader *reader, const IfcfgProblems *problems)
{
    for (guint i = 0; i < ifcfg_problems_length(problems); i++) {
        const IfcfgProblem *problem = ifcfg_problems_get(problems, i);
        ifcfg_problems_add(reader->problems, IFCFG_WARNING, problem->where, "%s", problem->message);
    }
}

static void entry_metric(const FileReader *reader, const IfcfgAssignment *metric, IfcfgRoute *route)
{
    guint64 number;
    if (!metric)
        return;
    g_auto(IfcfgWords) words = {};
    IfcfgWord key = key_word(metric);
    value_words_init(&words, reader, metric);
    if (ifcfg_words_number(&words, &key, G_MAXUINT32, &number))
        route->metric = (gint64)number;
}

/* Returns: the route with the options, or without them; takes @route. */
static IfcfgRoute *entry_options(const FileReader *reader, const IfcfgAssignment *options, IfcfgRoute *route)
{
    g_auto(IfcfgWords) words = {};
    if (!options)
        return route;
    IfcfgRoute *with = ifcfg_route_copy(route);
    value_words_init(&words, reader, options);
    gboolean is_good = ifcfg_route_args_parse(&words, TRUE, with);
    ifcfg_route_free(is_good ? route : with);
    return is_good ? with : route;
}

static IfcfgRoute *entry_extras(const FileReader *reader, const IfcfgAssignment *metric,
                                const IfcfgAssignment *options, IfcfgRoute *route)
{
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    FileReader quiet = *reader;
    quiet.problems = problems;
    entry_metric(&quiet, metric, route);
    route = entry_options(&quiet, options, route);
    extras_report(reader, problems);
    return route;
}

static void entry_load(const FileReader *reader, const IfcfgRecord *record, gint64 number)
{
    const IfcfgAssignment *found[G_N_ELEMENTS(stems)];
    for (guint i = 0; i < G_N_ELEMENTS(stems); i++)
        found[i] = entry_find(record, stems[i], number);
    g_autoptr(IfcfgRoute) route = ifcfg_route_new(found[0]->where);
    if (!entry_to(reader, found[0], found[1], route) || !entry_gateway(reader, found[2], route))
        return;
    route = entry_extras(reader, found[3], found[4], route);
    g_ptr_array_add(reader->objects, g_steal_pointer(&route));
}

/* Warns of keys that belong to no entry: the old scripts did not use them either, but somebody meant a route.
 */
static void key_check(const FileReader *reader, const IfcfgRecord *record, const IfcfgAssignment *assignment)
{
    gint64 number = -1;
    for (guint i = 0; i < G_N_ELEMENTS(stems) && number < 0; i++)
        number = key_number(assignment->key, stems[i]);
    if (number < 0)
        ifcfg_problems_add(
            reader->problems, IFCFG_WARNING, assignment->where,
            _("%s is ignored in a file of routes: ADDRESSn, NETMASKn, GATEWAYn, METRICn and OPTIONSn are"),
            assignment->key);
    else if (!entry_find(record, stems[0], number) && *assignment->value)
        ifcfg_problems_add(reader->problems, IFCFG_WARNING, assignment->where,
                           _("%s is ignored, as there is no ADDRESS%" PRId64), assignment->key, number);
}

static int number_compare(gconstpointer a, gconstpointer b)
{
    gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;
    return (x > y) - (x < y);
}

/* Entries count in the order of their numbers, as the old scripts went through them. ADDRESS1 and ADDRESS01
 * are different keys; only the first spelling is an entry. */
static void record_load(const FileReader *reader, const IfcfgRecord *record)
{
    g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(GHashTable) seen = g_hash_table_new(g_direct_hash, g_direct_equal);
    for (guint i = 0; i < ifcfg_record_length(record); i++) {
        const IfcfgAssignment *assignment = ifcfg_record_nth(record, i);
        gint64 number = key_number(assignment->key, stems[0]);
        key_check(reader, record, assignment);
        if (number >= 0 && entry_find(record, stems[0], number) &&
            g_hash_table_add(seen, GINT_TO_POINTER((gint)number)))
            g_array_append_val(numbers, number);
    }
    g_array_sort(numbers, number_compare);
    for (guint i = 0; i < numbers->len; i++)
        entry_load(reader, record, g_array_index(numbers, gint64, i));
}

/* The old scripts' test: any line that starts with ADDRESS<digits>= */
static gboolean text_is_assignments(const char *text)
{
    return g_regex_match_simple("^[[:blank:]]*ADDRESS[0-9]+=", text, G_REGEX_MULTILINE | G_REGEX_RAW, 0);
}

/* What no assignment begins with: the address of a network, or a word of `ip route`. */
static gboolean is_argument_line(const char *line)
{
    static const char *const words[] = {"default", "ip",          "add",      "to",    "unicast",
                                        "local",   "blackhole",   "prohibit", "throw", "broadcast",
                                        "nat",     "unreachable", "multicast"};
    line += strspn(line, " \t");
    gsize length = strcspn(line, " \t\n");
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (strlen(words[i]) == length && !strncmp(words[i], line, length))
            return TRUE;
    return length && strspn(line, "0123456789abcdefABCDEF.:/") == length && strcspn(line, ".:/") < length;
}

/* The old scripts took such a file for a list of assignments, and the shell ran the other lines as commands
 * that are not there. They are emptied, and told once: somebody meant routes. */
static void forms_check(const FileReader *reader, const char *path, char *text)
{
    IfcfgWhere first = {g_intern_string(path), 0, 1};
    guint count = 0, line = 1;
    for (char *end; *text; text = *end ? end + 1 : end, line++) {
        end = text + strcspn(text, "\n");
        if (!is_argument_line(text))
            continue;
        first.line = count++ ? first.line : line;
        memset(text, ' ', (gsize)(end - text));
    }
    if (count)
        ifcfg_problems_add(
            reader->problems, IFCFG_ERROR, first,
            _("the file has ADDRESSn= lines, beside which lines of `ip route` are not read (%u of "
              "them): write all in one of the two forms"),
            count);
}

static void file_load(FileReader *reader, const char *path, gboolean assignments_allowed)
{
    gsize length;
    g_autoptr(GError) error = NULL;
    g_autofree char *text =
        ifcfg_file_read(ifcfg_rtnames_root(reader->names), path, &length, reader->problems, &error);
    if (!text) {
        if (!ifcfg_file_is_absent(path, error))
            ifcfg_file_report(reader->problems, path, error);
        return;
    }
    if (!assignments_allowed || !text_is_assignments(text)) {
        lines_load(reader, path, text);
        return;
    }
    forms_check(reader, path, text);
    g_autoptr(IfcfgRecord) record = ifcfg_record_parse(path, text, length, NULL, reader->problems);
    g_autoptr(GPtrArray) lines = lines_index(text);
    reader->lines = lines;
    record_load(reader, record);
    reader->lines = NULL;
}

void ifcfg_route_file_load(const char *path, int family, const IfcfgRtNames *names, GPtrArray *routes,
                           IfcfgProblems *problems)
{
    FileReader reader = {family, names, routes, route_parse, problems, NULL};
    file_load(&reader, path, TRUE);
}

void ifcfg_rule_file_load(const char *path, int family, const IfcfgRtNames *names, GPtrArray *rules,
                          IfcfgProblems *problems)
{
    FileReader reader = {family, names, rules, rule_parse, problems, NULL};
    file_load(&reader, path, FALSE);
}
