/* Helpers around JsonBuilder. */
#include "console/json-text.h"
#include "dl/dl.h"

const char *json_text_problem(void)
{
    g_autoptr(JsonBuilder) json = json_builder_new();
    return json ? NULL : dl_error(&dl_json);
}

void json_text_append(JsonBuilder *json, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    json_builder_add_string_value(json, valid);
}

void json_text_add(JsonBuilder *json, const char *name, const char *text)
{
    if (!text)
        return;
    json_builder_set_member_name(json, name);
    json_text_append(json, text);
}

void json_number_add(JsonBuilder *json, const char *name, gint64 number)
{
    json_builder_set_member_name(json, name);
    json_builder_add_int_value(json, number);
}

void json_bool_add(JsonBuilder *json, const char *name, gboolean value)
{
    json_builder_set_member_name(json, name);
    json_builder_add_boolean_value(json, value);
}

void json_array_begin(JsonBuilder *json, const char *name)
{
    json_builder_set_member_name(json, name);
    json_builder_begin_array(json);
}

void json_where_add(JsonBuilder *json, IfcfgWhere where)
{
    json_text_add(json, "file", where.file);
    if (where.line)
        json_number_add(json, "line", where.line);
    if (where.column)
        json_number_add(json, "column", where.column);
}

char *json_text_print(JsonBuilder *json)
{
    g_autoptr(JsonNode) root = json_builder_get_root(json);
    g_autofree char *text = json_to_string(root, TRUE);
    return g_strconcat(text, "\n", NULL);
}
