/* What differs between two texts, by lines. No I/O. */
#pragma once
#include <glib.h>

/** Appends "-LINE" for each line that only the old text has, "+LINE" for each that only the new one has, in
 * their order, a newline behind each. NULL is an empty text. */
void text_diff(const char *old, const char *new, GString *lines);
