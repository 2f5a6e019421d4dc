/* The escapes of $'...'. */
#pragma once
#include <glib.h>

/** Appends what $'TEXT' stands for (bash(1), QUOTING). A \0 ends it, as in bash. */
void ifcfg_ansi_unescape(const char *text, const char *end, GString *out);
