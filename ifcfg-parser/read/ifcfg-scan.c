/* Finds where a quoted or nested part of shell text ends. */
#include "ifcfg-scan.h"
#include <string.h>

#define DEPTH_MAX 32 /* real files nest twice; this only keeps hostile text off our stack */

static const char *nested_end(const char *at, const char *end, char close, gboolean quoted, guint depth);

/* ' knows no escapes; ` and $' know them and nothing else */
static const char *plain_quote_end(const char *at, const char *end, char quote)
{
    if (quote == '\'')
        return memchr(at, quote, (gsize)(end - at));
    char close = quote == '$' ? '\'' : quote;
    for (; at < end && *at != close; at++)
        if (*at == '\\')
            at++;
    return at < end ? at : NULL;
}

static const char *quote_end(const char *at, const char *end, char quote, guint depth)
{
    if (quote != '"')
        return plain_quote_end(at, end, quote);
    for (; at && at < end && *at != '"'; at++) {
        if (*at == '\\')
            at++;
        else if (*at == '`')
            at = plain_quote_end(at + 1, end, '`');
        else if (*at == '$' && at + 1 < end && (at[1] == '(' || at[1] == '{'))
            at = nested_end(at + 2, end, at[1] == '(' ? ')' : '}', at[1] == '{', depth + 1);
        if (!at)
            return NULL;
    }
    return at < end ? at : NULL;
}

static const char *nested_end(const char *at, const char *end, char close, gboolean quoted, guint depth)
{
    if (depth > DEPTH_MAX)
        return NULL;
    for (; at < end && *at != close; at++) {
        if (*at == '\\')
            at++;
        else if (*at == '"' || *at == '`' || (*at == '\'' && !quoted))
            at = quote_end(at + 1, end, *at, depth + 1);
        else if (*at == '$' && at + 1 < end && (at[1] == '(' || at[1] == '{'))
            at = nested_end(at + 2, end, at[1] == '(' ? ')' : '}', quoted && at[1] == '{', depth + 1);
        else if (*at == '(' && close == ')')
            at = nested_end(at + 1, end, ')', quoted, depth + 1);
        if (!at)
            return NULL;
    }
    return at < end ? at : NULL;
}

const char *ifcfg_scan_quote(const char *at, const char *end, char quote)
{
    return quote_end(at, end, quote, 0);
}

const char *ifcfg_scan_nested(const char *at, const char *end, char close, gboolean quoted)
{
    return nested_end(at, end, close, quoted, 0);
}
