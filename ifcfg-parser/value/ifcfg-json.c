/* JSON inside of a value. */
#include "ifcfg-json.h"
#include "i18n.h"
#include <string.h>

enum { DEPTH = 32 }; /* nobody means more */

typedef struct {
    const char *at;
    const char *fault;
} Scan;

static void skip_space(Scan *scan)
{
    scan->at += strspn(scan->at, " \t\r\n");
}

static gboolean fail(Scan *scan, const char *fault)
{
    if (!scan->fault)
        scan->fault = fault;
    return FALSE;
}

static gboolean take(Scan *scan, char character, const char *fault)
{
    skip_space(scan);
    if (*scan->at != character)
        return fail(scan, fault);
    scan->at++;
    return TRUE;
}

static gboolean scan_string(Scan *scan)
{
    if (!take(scan, '"', N_("a text in double quotes was expected")))
        return FALSE;
    for (; *scan->at != '"'; scan->at++) {
        if (!*scan->at)
            return fail(scan, N_("the closing quote is missing"));
        if ((guchar)*scan->at < ' ')
            return fail(scan, N_("a text must not have control characters"));
        if (*scan->at == '\\' && !strchr("\"\\/bfnrtu", *++scan->at))
            return fail(scan, N_("there is no such escape"));
        if (!*scan->at)
            return fail(scan, N_("the closing quote is missing"));
    }
    scan->at++;
    return TRUE;
}

static gsize digits(const char *text)
{
    return strspn(text, "0123456789");
}

static gboolean scan_number(Scan *scan)
{
    const char *at = scan->at + (*scan->at == '-');
    gsize whole = digits(at);
    if (!whole || (whole > 1 && *at == '0'))
        return fail(scan, N_("a value was expected: \"text\", a number, true, false, null, [...] or {...}"));
    at += whole;
    if (*at == '.')
        at += 1 + digits(at + 1);
    if (*at == 'e' || *at == 'E') {
        at++;
        at += *at == '+' || *at == '-';
        at += digits(at);
    }
    if (!g_ascii_isdigit(at[-1]))
        return fail(scan, N_("a digit is missing"));
    scan->at = at;
    return TRUE;
}

static gboolean scan_value(Scan *scan, guint depth);

/* A member of a list, or NAME: VALUE of an object. */
static gboolean scan_item(Scan *scan, gboolean is_object, guint depth)
{
    if (is_object && !(scan_string(scan) && take(scan, ':', N_("a colon was expected"))))
        return FALSE;
    return scan_value(scan, depth);
}

static gboolean scan_items(Scan *scan, guint depth)
{
    gboolean is_object = *scan->at == '{';
    char end = is_object ? '}' : ']';
    scan->at++;
    skip_space(scan);
    if (!depth)
        return fail(scan, N_("it is nested too deeply"));
    if (*scan->at == end) {
        scan->at++;
        return TRUE;
    }
    for (;;) {
        if (!scan_item(scan, is_object, depth - 1))
            return FALSE;
        skip_space(scan);
        if (*scan->at != ',')
            break;
        scan->at++;
    }
    return take(scan, end, is_object ? N_("a comma or } was expected") : N_("a comma or ] was expected"));
}

static gboolean scan_value(Scan *scan, guint depth)
{
    static const char *const words[] = {"true", "false", "null"};
    skip_space(scan);
    if (*scan->at == '"')
        return scan_string(scan);
    if (*scan->at == '{' || *scan->at == '[')
        return scan_items(scan, depth);
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_str_has_prefix(scan->at, words[i])) {
            scan->at += strlen(words[i]);
            return TRUE;
        }
    return scan_number(scan);
}

const char *ifcfg_json_object_fault(const char *text, gsize *ret_at)
{
    Scan scan = {.at = text};
    skip_space(&scan);
    if (*scan.at != '{')
        fail(&scan, N_("{ was expected"));
    else if (scan_value(&scan, DEPTH)) {
        skip_space(&scan);
        if (*scan.at)
            fail(&scan, N_("nothing was expected after the last }"));
    }
    *ret_at = (gsize)(scan.at - text);
    return scan.fault ? _(scan.fault) : NULL;
}

gboolean ifcfg_json_next(const char *object, const char **at, IfcfgJsonMember *ret)
{
    Scan scan = {.at = *at ? *at : object};
    skip_space(&scan);
    if (*scan.at != '{' && *scan.at != ',') /* the end of the object */
        return FALSE;
    scan.at++;
    skip_space(&scan);
    ret->name = scan.at + 1;
    if (!scan_string(&scan))
        return FALSE;
    ret->name_length = (gsize)(scan.at - 1 - ret->name);
    if (!take(&scan, ':', ""))
        return FALSE;
    skip_space(&scan);
    ret->value = scan.at;
    if (!scan_value(&scan, DEPTH))
        return FALSE;
    ret->length = (gsize)(scan.at - ret->value);
    *at = scan.at;
    return TRUE;
}

gboolean ifcfg_json_find(const char *object, const char *name, IfcfgJsonMember *ret)
{
    const char *at = NULL;
    IfcfgJsonMember member;
    gboolean found = FALSE;
    while (ifcfg_json_next(object, &at, &member))
        if (member.name_length == strlen(name) && !strncmp(member.name, name, member.name_length)) {
            *ret = member;
            found = TRUE;
        }
    return found;
}

char *ifcfg_json_string(const IfcfgJsonMember *member)
{
    gboolean is_plain =
        member->length >= 2 && *member->value == '"' && !memchr(member->value, '\\', member->length);
    return is_plain ? g_strndup(member->value + 1, member->length - 2) : NULL;
}
