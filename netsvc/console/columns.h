/* Columns of text on a terminal: what counts is the width that is seen, not the bytes. */
#pragma once
#include <glib.h>

/** The width of the terminal behind a descriptor; 80 where there is none. */
guint columns_of(int fd);
/** The same; G_MAXUINT where there is none: a line that programs read is not broken. */
guint columns_of_terminal(int fd);
/** How many columns a text takes: East Asian wide characters two, combining ones none. Bytes that are no
 * UTF-8 count one each. */
guint columns_width(const char *text);
/** The text, filled up with blanks to @width columns; never cut. To be freed. */
char *columns_pad(const char *text, guint width);
/** The text in lines of at most @width columns, broken between words, and between wide characters; those
 * after the first begin with @indent blanks. A word that is longer stands alone. To be freed. */
char *columns_wrap(const char *text, guint width, guint indent);
