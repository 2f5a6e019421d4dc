/* Columns of text on a terminal: what counts is the width that is seen, not the bytes. */
#include "console/columns.h"
#include <string.h>

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
