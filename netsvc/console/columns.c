/* Columns of text on a terminal: what counts is the width that is seen, not the bytes. */
#include "console/columns.h"
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { WIDTH_ELSEWHERE = 80 };

guint columns_of(int fd)
{
    struct winsize size;
    return ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : WIDTH_ELSEWHERE;
}

guint columns_of_terminal(int fd)
{
    return isatty(fd) ? columns_of(fd) : G_MAXUINT;
}

guint columns_width(const char *text)
{
    guint width = 0;
    while (*text) {
        gunichar c = g_utf8_get_char_validated(text, -1);
        gboolean is_valid = c != (gunichar)-1 && c != (gunichar)-2;
        text = is_valid ? g_utf8_next_char(text) : text + 1;
        if (is_valid && g_unichar_iszerowidth(c))
            continue;
        width += is_valid && g_unichar_iswide(c) ? 2 : 1;
    }
    return width;
}

char *columns_pad(const char *text, guint width)
{
    guint own = columns_width(text);
    return g_strdup_printf("%s%*s", text, own < width ? (int)(width - own) : 0, "");
}

/* Where a line of the text may end, at latest: behind the last word that fits, or between wide characters. */
static gsize line_length(const char *text, guint room)
{
    const char *at = text, *end = NULL;
    guint width = 0;
    while (*at && *at != '\n') {
        gunichar c = g_utf8_get_char_validated(at, -1);
        gboolean is_valid = c != (gunichar)-1 && c != (gunichar)-2, is_wide = is_valid && g_unichar_iswide(c);
        if (*at == ' ' || (is_wide && at > text && !(at[-1] == ' ')))
            end = at;
        width += is_wide ? 2 : !(is_valid && g_unichar_iszerowidth(c));
        if (width > room && end && end > text)
            return (gsize)(end - text);
        at = is_valid ? g_utf8_next_char(at) : at + 1;
    }
    return (gsize)(at - text);
}

char *columns_wrap(const char *text, guint width, guint indent)
{
    g_autoptr(GString) out = g_string_new(NULL);
    gboolean is_first = TRUE;
    while (*text) {
        guint room = is_first || width <= indent ? width : width - indent;
        gsize length = line_length(text, room);
        if (!is_first)
            g_string_append_printf(out, "\n%*s", (int)indent, "");
        g_string_append_len(out, text, (gssize)length);
        text += length;
        text += *text == '\n' ? 1 : strspn(text, " ");
        is_first = FALSE;
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}
