/* Steps over constructs of several lines. */
#include "ifcfg-compound.h"
#include <string.h>

static const struct {
    const char *open, *close;
} pairs[] = {
    {"if", "fi"},       {"for", "done"},  {"while", "done"}, {"until", "done"},
    {"select", "done"}, {"case", "esac"}, {"{", "}"},        {"function", NULL},
};

/* Behind these a new command starts. */
static const char *const middles[] = {"then", "else", "elif", "do", "!", "time"};

static const char *close_of(const IfcfgToken *token)
{
    if (token->kind == IFCFG_TOKEN_OPEN)
        return ")";
    for (guint i = 0; i < G_N_ELEMENTS(pairs); i++)
        if (pairs[i].close && ifcfg_token_is(token, pairs[i].open))
            return pairs[i].close;
    return NULL;
}

gboolean ifcfg_compound_opens(const IfcfgToken *token)
{
    return close_of(token) || ifcfg_token_is(token, "function");
}

gboolean ifcfg_compound_is_function(const IfcfgToken *opener)
{
    return !close_of(opener);
}

static gboolean is_middle(const IfcfgToken *token)
{
    for (guint i = 0; i < G_N_ELEMENTS(middles); i++)
        if (ifcfg_token_is(token, middles[i]))
            return TRUE;
    return FALSE;
}

gboolean ifcfg_compound_continues(const IfcfgToken *token)
{
    for (guint i = 0; i < G_N_ELEMENTS(pairs); i++)
        if (pairs[i].close && ifcfg_token_is(token, pairs[i].close))
            return TRUE;
    return is_middle(token);
}

/* `function name`, `name ()`: what follows is a construct of its own, usually in braces. */
static gboolean skip_function_head(IfcfgLexer *lexer, const IfcfgToken *opener, IfcfgToken *body)
{
    if (ifcfg_token_is(opener, "function") && ifcfg_lexer_next(lexer).kind != IFCFG_TOKEN_WORD)
        return FALSE;
    do
        *body = ifcfg_lexer_next(lexer);
    while (body->kind == IFCFG_TOKEN_NEWLINE);
    if (body->kind == IFCFG_TOKEN_OPEN) {
        if (ifcfg_lexer_next(lexer).kind != IFCFG_TOKEN_CLOSE)
            return FALSE;
        do
            *body = ifcfg_lexer_next(lexer);
        while (body->kind == IFCFG_TOKEN_NEWLINE);
    }
    return close_of(body) != NULL;
}

/* Whether a word after this one would be a command's name. */
static gboolean command_follows(const IfcfgToken *token)
{
    return (token->kind != IFCFG_TOKEN_WORD && token->kind != IFCFG_TOKEN_REDIRECT) || is_middle(token);
}

gboolean ifcfg_compound_skip(IfcfgLexer *lexer, const IfcfgToken *opener, guint *ret_line)
{
    IfcfgToken token = *opener;
    if (!close_of(&token) && !skip_function_head(lexer, opener, &token))
        return FALSE;
    g_autoptr(GPtrArray) closes = g_ptr_array_new(); /* of static strings, innermost last */
    gboolean at_command = TRUE;
    for (;; token = ifcfg_lexer_next(lexer)) {
        const char *wanted = closes->len ? g_ptr_array_index(closes, closes->len - 1) : NULL;
        const char *close = at_command || token.kind == IFCFG_TOKEN_OPEN ? close_of(&token) : NULL;
        gboolean ends = token.kind == IFCFG_TOKEN_CLOSE
                            ? wanted && *wanted == ')'
                            : at_command && wanted && ifcfg_token_is(&token, wanted);
        if (token.kind == IFCFG_TOKEN_END)
            return FALSE;
        if (close)
            g_ptr_array_add(closes, (gpointer)close);
        else if (ends)
            g_ptr_array_set_size(closes, (gint)closes->len - 1);
        if (!closes->len)
            break;
        at_command = close || command_follows(&token);
    }
    *ret_line = token.line;
    return TRUE;
}
