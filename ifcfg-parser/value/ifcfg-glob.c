/* Shell patterns against bytes. fnmatch() can take exponential time, so stars are ours and it only sees one
 * [...] at a time. */
#include "ifcfg-glob.h"
#include <fnmatch.h>
#include <string.h>

static const char *bracket_end(const char *pattern)
{
    const char *at = pattern + 1;
    if (*at == '!' || *at == '^')
        at++;
    if (*at == ']')
        at++;
    for (; *at && *at != ']'; at++)
        if (*at == '\\' && at[1])
            at++;
    return *at ? at + 1 : NULL;
}

static gboolean bracket_matches(const char *pattern, const char *stop, char c)
{
    char text[2] = {c, '\0'};
    g_autofree char *part = g_strndup(pattern, (gsize)(stop - pattern));
    return fnmatch(part, text, 0) == 0;
}

/* Matches what is not a star against one byte. Returns: the rest of the pattern, or NULL. */
static const char *match_one(const char *pattern, char c)
{
    if (*pattern == '?')
        return pattern + 1;
    if (*pattern == '[') {
        const char *stop = bracket_end(pattern);
        if (stop)
            return bracket_matches(pattern, stop, c) ? stop : NULL;
    }
    if (*pattern == '\\' && pattern[1])
        pattern++;
    return *pattern && *pattern == c ? pattern + 1 : NULL;
}

gboolean ifcfg_glob_match(const char *pattern, const char *text, gsize length)
{
    const char *end = text + length, *star = NULL, *retry = NULL;
    while (text < end || *pattern) {
        const char *rest = NULL;
        if (*pattern == '*') {
            star = ++pattern;
            retry = text;
            continue;
        }
        if (text < end)
            rest = match_one(pattern, *text);
        if (rest) {
            pattern = rest;
            text++;
        } else if (star && retry < end) { /* let the last star take one more */
            pattern = star;
            text = ++retry;
        } else {
            return FALSE;
        }
    }
    return TRUE;
}

const char *ifcfg_glob_cut(const char *value, gsize *length, const char *pattern, gboolean front,
                           gboolean longest)
{
    gsize whole = *length;
    for (gsize i = 0; i <= whole; i++) {
        gsize part = longest ? whole - i : i; /* how much to cut off */
        if (!ifcfg_glob_match(pattern, front ? value : value + whole - part, part))
            continue;
        *length = whole - part;
        return front ? value + part : value;
    }
    return value;
}
