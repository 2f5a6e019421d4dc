/* The escapes of $'...', as bash(1) lists them under QUOTING. */
#include "ifcfg-ansi.h"
#include <string.h>

static guint32 number_read(const char **at, const char *end, guint base, guint digits)
{
    guint32 value = 0;
    for (; digits && *at < end; digits--, (*at)++) {
        int digit = g_ascii_xdigit_value(**at);
        if (digit < 0 || (guint)digit >= base)
            break;
        value = value * base + (guint)digit;
    }
    return value;
}

/* \xHH, \nnn, \uHHHH, \UHHHHHHHH; FALSE for \0 */
static gboolean numeric_unescape(const char **at, const char *end, GString *out)
{
    char kind = g_ascii_isdigit(**at) ? '0' : *(*at)++;
    guint base = kind == '0' ? 8 : 16, digits = kind == '0' ? 3 : kind == 'x' ? 2 : kind == 'u' ? 4 : 8;
    const char *start = *at;
    guint32 value = number_read(at, end, base, digits);
    if (*at == start) { /* no digits: literal, as in bash */
        g_string_append_c(out, '\\');
        g_string_append_c(out, kind);
        return TRUE;
    }
    if (!value)
        return FALSE;
    if (digits <= 3)
        g_string_append_c(out, (char)(guchar)value);
    else if (value <= 0x10ffff)
        g_string_append_unichar(out, value);
    return TRUE;
}

void ifcfg_ansi_unescape(const char *text, const char *end, GString *out)
{
    static const char letters[] = "abeEfnrtv\\'\"?", meanings[] = "\a\b\033\033\f\n\r\t\v\\'\"?";
    for (const char *at = text; at < end;) {
        if (*at != '\\' || at + 1 == end) {
            g_string_append_c(out, *at++);
            continue;
        }
        const char *letter = memchr(letters, *++at, sizeof letters - 1);
        if (letter) {
            g_string_append_c(out, meanings[letter - letters]);
            at++;
        } else if ((*at >= '0' && *at <= '7') || *at == 'x' || *at == 'u' || *at == 'U') {
            if (!numeric_unescape(&at, end, out))
                return;
        } else if (*at == 'c' && at + 1 < end) { /* control character */
            g_string_append_c(out, at[1] & 0x1f);
            at += 2;
        } else {
            g_string_append_c(out, '\\');
            g_string_append_c(out, *at++);
        }
    }
}
