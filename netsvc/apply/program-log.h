/* What programs of others say goes to the journal, under their own names. */
#pragma once
#include <glib.h>

/** Each line is an entry. @program: its path; @dev: the interface that it was run for, or NULL. Nothing where
 * there is no journal but syslog: there the lines go to that. */
void net_program_log(const char *program, const char *dev, const char *output);
