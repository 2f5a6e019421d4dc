/* JSON output: members that are left out when absent, and text from files that need not be UTF-8. */
#pragma once
#include "ifcfg-problem.h"
#include <json-glib/json-glib.h>

/** Why nothing can be written as JSON (the library is missing), or NULL. */
const char *json_text_problem(void);

/** Adds a string member; nothing when @text is NULL. Bytes that are no UTF-8 become U+FFFD. */
void json_text_add(JsonBuilder *json, const char *name, const char *text);
/** Adds an array element. */
void json_text_append(JsonBuilder *json, const char *text);
void json_number_add(JsonBuilder *json, const char *name, gint64 number);
void json_bool_add(JsonBuilder *json, const char *name, gboolean value);
/** Begins a member that is an array; json_builder_end_array() ends it. */
void json_array_begin(JsonBuilder *json, const char *name);
/** Adds "file", "line" and "column", as far as they are known. */
void json_where_add(JsonBuilder *json, IfcfgWhere where);
/** The finished text, with a newline at its end. */
char *json_text_print(JsonBuilder *json);
