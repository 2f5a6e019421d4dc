/* Checks the keys and values of one record by the key table; tells what an administrator should look at, and
 * nothing else. */
#include "i18n.h"
#include "ifcfg-ip.h"
#include "ifcfg-key-bit.h"
#include "ifcfg-keys.h"

#include <string.h>
#include <sys/socket.h>

enum { GUESSES_MAX = 100 }; /* problems; behind them nobody reads guesses, which take time */

typedef enum {
    FOREIGN_NOT,
    FOREIGN_KEYS, /* it has keys of another program, beside ours */
    FOREIGN_FILE, /* another program reads it: not even values are ours to judge */
} Foreign;

typedef struct {
    const IfcfgRecord *record;
    guint in;
    Foreign foreign;
    IfcfgProblems *problems;
} Check;

/* Without a usual TYPE the device's name chose the plug-in (ifup-ppp, ifup-ippp), with keys of its own. */
static gboolean device_is_foreign(const char *device)
{
    static const char *const plugins[] = {"ppp", "ippp", "sl"};

    for (guint i = 0; i < G_N_ELEMENTS(plugins); i++)
        if (g_str_has_prefix(device, plugins[i]) && g_ascii_isdigit(device[strlen(plugins[i])]))
            return TRUE;
    return FALSE;
}

/* A TYPE that is none of the usual ones chose a plug-in ifup-TYPE, which has keys of its own; STARTMODE is in
 * every file of SUSE. */
static Foreign record_foreign(const IfcfgRecord *record, gboolean is_ours)
{
    static const char *const keys[] = {"TYPE", "DEVICETYPE"};

    for (guint i = 0; i < G_N_ELEMENTS(keys) && !is_ours; i++) {
        const char *value = ifcfg_record_get(record, keys[i]);
        if (value && *value && !ifcfg_key_has_word(keys[i], value))
            return FOREIGN_FILE;
    }
    const char *device = ifcfg_record_get(record, "DEVICE");
    if (device && device_is_foreign(device))
        return FOREIGN_FILE;
    return ifcfg_record_get(record, "STARTMODE") ? FOREIGN_KEYS : FOREIGN_NOT;
}

static const char *place_name(guint in)
{
    if (in & IFCFG_IN_IFCFG)
        return _("ifcfg files");
    if (in & IFCFG_IN_NETWORK)
        return "/etc/sysconfig/network";
    return in & IFCFG_IN_ROUTE ? _("route files") : "/etc/sysconfig/init";
}

/* The number counts as one only where the plain name is not the key itself: IPV6TUNNELIPV4 ends in a digit
 * too. */
static guint key_places(const IfcfgKey *key, const char *name)
{
    gboolean plain = g_str_equal(name, key->name) || g_str_has_suffix(key->name, "*");
    return plain ? key->in : key->numbered;
}

static const IfcfgKey *guess_at(const Check *check, const IfcfgAssignment *assignment)
{
    if (ifcfg_problems_length(check->problems) >= GUESSES_MAX)
        return NULL;
    const IfcfgKey *guess = ifcfg_key_guess(assignment->key);
    gboolean is_ip6 = guess && g_str_equal(guess->name, "IPADDR") && strchr(assignment->value, ':');
    return is_ip6 ? ifcfg_key_find("IPV6ADDR") : guess;
}

/* PRIFIX0 means PREFIX0, DNS means DNS1. */
static const char *guess_number(const Check *check, const IfcfgKey *guess, const char *key)
{
    const char *digits = key + strlen(key);
    while (digits > key && g_ascii_isdigit(digits[-1]))
        digits--;
    if (*digits && (guess->numbered & check->in))
        return digits;
    return guess->in ? "" : "1";
}

static void check_unknown(const Check *check, const IfcfgAssignment *assignment)
{
    const IfcfgKey *guess = guess_at(check, assignment);

    if (guess)
        ifcfg_problems_add(check->problems, IFCFG_WARNING, assignment->where,
                           _("unknown key %s, did you mean %s%s?"), assignment->key, guess->name,
                           guess_number(check, guess, assignment->key));
    else if (check->in & IFCFG_IN_IFCFG)
        ifcfg_problems_add(check->problems, IFCFG_WARNING, assignment->where,
                           _("unknown key %s: it has no effect"), assignment->key);
}

static void check_place(const Check *check, const IfcfgKey *key, const IfcfgAssignment *assignment)
{
    guint places = key_places(key, assignment->key);
    const char *read_from = place_name(places);

    if (!g_str_equal(assignment->key, key->name) && (key->in & check->in))
        ifcfg_problems_add(check->problems, IFCFG_WARNING, assignment->where,
                           _("%s has no effect here; did you mean %s?"), assignment->key, key->name);
    else if (key->state == IFCFG_KEY_USED)
        ifcfg_problems_add(check->problems, IFCFG_WARNING, assignment->where,
                           _("%s has no effect here: it is read from %s"), assignment->key, read_from);
}

static gboolean type_is_lenient(const IfcfgKey *key)
{
    return key->type == IFCFG_VALUE_BOOL || key->type == IFCFG_VALUE_WORD;
}

/* The prefix counts, so that nothing is lost. */
static gboolean is_address_with_prefix(const IfcfgKey *key, const char *value)
{
    IfcfgPrefix prefix;

    return g_str_equal(key->name, "IPADDR") && strchr(value, '/') &&
           ifcfg_prefix_parse(ifcfg_key_trim(key->name, value), AF_INET, &prefix);
}

static void check_value(const Check *check, const IfcfgKey *key, const IfcfgAssignment *assignment)
{
    g_autofree char *fault = ifcfg_key_check_value(key, assignment->value);
    IfcfgWhere where = ifcfg_assignment_where(assignment);

    if (!fault)
        return;
    if (is_address_with_prefix(key, assignment->value))
        ifcfg_problems_add(check->problems, IFCFG_WARNING, where, "%s: %s", assignment->key, fault);
    else if (type_is_lenient(key))
        ifcfg_problems_add(check->problems, IFCFG_WARNING, where,
                           key->fallback ? _("%s: %s; it counts as %s") : "%s: %s", assignment->key, fault,
                           key->fallback);
    else
        ifcfg_problems_add(check->problems, IFCFG_ERROR, where, "%s: %s", assignment->key, fault);
}

/* What the old scripts did for the value anyway needs no support. */
gboolean ifcfg_key_value_is_fallback(const IfcfgKey *key, const char *value)
{
    if (!key->fallback)
        return FALSE;
    if (key->type == IFCFG_VALUE_BOOL)
        return ifcfg_is_true(key->fallback) ? !ifcfg_is_false(value) : !ifcfg_is_true(value);
    return g_ascii_strcasecmp(key->fallback, value) == 0;
}

/* "DNS1, DNS2, DOMAIN", once a file: a line each would bury what can be mended. */
static char *names_join(const GPtrArray *assignments)
{
    g_autoptr(GString) names = g_string_new(NULL);

    for (guint i = 0; i < assignments->len; i++)
        g_string_append_printf(names, "%s%s", i ? ", " : "",
                               ((const IfcfgAssignment *)g_ptr_array_index(assignments, i))->key);
    return g_string_free(g_steal_pointer(&names), FALSE);
}

/* SUSE's files have words of their own, for what has another name here. */
static void report_refused(const Check *check, const IfcfgKey *key, const IfcfgAssignment *assignment)
{
    if (ifcfg_key_value_is_fallback(key, assignment->value))
        return;
    ifcfg_problems_add(check->problems, IFCFG_WARNING, assignment->where,
                       _("%s is not taken, and has no effect: %s"), assignment->key, _(key->instead));
}

static void check_assignment(const Check *check, const IfcfgAssignment *assignment)
{
    const IfcfgKey *key = ifcfg_key_find(assignment->key);
    gboolean is_ours = key && (key->state == IFCFG_KEY_USED || key->state == IFCFG_KEY_REFUSED);

    if (!*assignment->value || check->foreign == FOREIGN_FILE || (check->foreign && !is_ours))
        return;
    if (!key)
        check_unknown(check, assignment);
    else if (!(key_places(key, assignment->key) & check->in))
        check_place(check, key, assignment);
    else if (key->state == IFCFG_KEY_USED)
        check_value(check, key, assignment);
    else if (key->state == IFCFG_KEY_REFUSED)
        report_refused(check, key, assignment);
}

/* Somebody changed one of the two and wonders. One that adds to what was before is meant so. */
static void check_twice(const Check *check, const IfcfgAssignment *first)
{
    const IfcfgAssignment *last = ifcfg_record_find(check->record, first->key);
    const IfcfgKey *key = ifcfg_key_find(first->key);
    gboolean is_ours = key && key->state == IFCFG_KEY_USED;

    if (is_ours && !check->foreign && *first->value && first->where.file == last->where.file &&
        !strstr(last->value, first->value))
        ifcfg_problems_add(check->problems, IFCFG_WARNING, last->where,
                           _("%s is given twice: this line counts, line %u does not"), last->key,
                           first->where.line);
}

static Check check_new(const IfcfgRecord *record, guint in, IfcfgProblems *problems)
{
    return (Check){.record = record,
                   .in = in & ~(guint)IFCFG_IS_OURS,
                   .foreign = (in & IFCFG_IN_IFCFG) ? record_foreign(record, (in & IFCFG_IS_OURS) != 0)
                                                    : FOREIGN_NOT,
                   .problems = problems};
}

void ifcfg_keys_check(const IfcfgRecord *record, guint in, IfcfgProblems *problems)
{
    if (!problems)
        return;
    Check check = check_new(record, in, problems);

    for (guint i = 0; i < ifcfg_record_length(record); i++) {
        const IfcfgAssignment *assignment = ifcfg_record_nth_counting(record, i);
        if (assignment)
            check_assignment(&check, assignment);
        else
            check_twice(&check, ifcfg_record_nth(record, i));
    }
}

/* Adds the last assignment of each key that has a value to the list of its state. */
static void keys_sort(const IfcfgRecord *record, GPtrArray **found)
{
    for (guint i = 0; i < ifcfg_record_length(record); i++) {
        const IfcfgAssignment *assignment = ifcfg_record_nth_counting(record, i);
        const IfcfgKey *key = assignment && *assignment->value ? ifcfg_key_find(assignment->key) : NULL;
        if (!key)
            continue;
        if (!found[key->state])
            found[key->state] = g_ptr_array_new();
        g_ptr_array_add(found[key->state], (gpointer)assignment);
    }
}

void ifcfg_keys_note(const IfcfgRecord *record, guint in, IfcfgProblems *notes)
{
    static const struct {
        IfcfgKeyState state;
        const char *why;
    } reasons[] = {
        {IFCFG_KEY_HANDED, N_("for the program that brings up such an interface, no effect here")},
        {IFCFG_KEY_INFO, N_("for other programs and for people, no effect here")},
        {IFCFG_KEY_OBSOLETE, N_("no effect on any current system; `netsvc help keys --all` says why")},
    };

    if (check_new(record, in, notes).foreign == FOREIGN_FILE)
        return;
    GPtrArray *found[IFCFG_KEY_LAST] = {NULL};
    keys_sort(record, found);
    for (guint i = 0; i < G_N_ELEMENTS(reasons); i++) {
        const GPtrArray *keys = found[reasons[i].state];
        if (!keys)
            continue;
        g_autofree char *names = names_join(keys);
        ifcfg_problems_add(notes, IFCFG_WARNING, ((const IfcfgAssignment *)g_ptr_array_index(keys, 0))->where,
                           "%s: %s", names, _(reasons[i].why));
    }
    for (guint i = 0; i < IFCFG_KEY_LAST; i++)
        g_clear_pointer(&found[i], g_ptr_array_unref);
}
