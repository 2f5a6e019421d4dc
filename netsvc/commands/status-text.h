/* The rows of `netsvc status` as text: for people, for scripts, for programs. */
#pragma once
#include <glib.h>

/** A table, no wider than @width, with what is wrong below each interface. To be freed, as the next two. */
char *status_table(const GPtrArray *rows, guint width);
/** An interface a line, with a tab between its fields: name, state, ports, addresses, file, what is wrong. */
char *status_lines(const GPtrArray *rows);
/** {"interfaces": [{"name", "type", "state", "ports", "addresses", "file", "differences"}], "state"} */
char *status_json(const GPtrArray *rows);
