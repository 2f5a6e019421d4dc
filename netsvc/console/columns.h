/* Columns of text on a terminal: what counts is the width that is seen, not the bytes. */
#pragma once
#include <glib.h>

/** How many columns a text takes: East Asian wide characters two, combining ones none. Bytes that are no
 * UTF-8 count one each. */
guint columns_width(const char *text);
/** The text, filled up with blanks to @width columns; never cut. To be freed. */
char *columns_pad(const char *text, guint width);
