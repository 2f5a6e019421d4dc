/* json-glib with gobject, for --json. */
#include "dl/dl.h"
#include <json-glib/json-glib.h>

JsonBuilder *json_builder_new(void)
{
    return DL_CALL(dl_json, NULL, json_builder_new);
}

JsonBuilder *json_builder_begin_object(JsonBuilder *builder)
{
    return DL_CALL(dl_json, NULL, json_builder_begin_object, builder);
}

JsonBuilder *json_builder_end_object(JsonBuilder *builder)
{
    return DL_CALL(dl_json, NULL, json_builder_end_object, builder);
}

JsonBuilder *json_builder_begin_array(JsonBuilder *builder)
{
    return DL_CALL(dl_json, NULL, json_builder_begin_array, builder);
}

JsonBuilder *json_builder_end_array(JsonBuilder *builder)
{
    return DL_CALL(dl_json, NULL, json_builder_end_array, builder);
}

JsonBuilder *json_builder_set_member_name(JsonBuilder *builder, const gchar *name)
{
    return DL_CALL(dl_json, NULL, json_builder_set_member_name, builder, name);
}

JsonBuilder *json_builder_add_string_value(JsonBuilder *builder, const gchar *value)
{
    return DL_CALL(dl_json, NULL, json_builder_add_string_value, builder, value);
}

JsonBuilder *json_builder_add_int_value(JsonBuilder *builder, gint64 value)
{
    return DL_CALL(dl_json, NULL, json_builder_add_int_value, builder, value);
}

JsonBuilder *json_builder_add_boolean_value(JsonBuilder *builder, gboolean value)
{
    return DL_CALL(dl_json, NULL, json_builder_add_boolean_value, builder, value);
}

JsonNode *json_builder_get_root(JsonBuilder *builder)
{
    return DL_CALL(dl_json, NULL, json_builder_get_root, builder);
}

char *json_to_string(JsonNode *node, gboolean pretty)
{
    return DL_CALL(dl_json, NULL, json_to_string, node, pretty);
}

void json_node_unref(JsonNode *node)
{
    DL_CALL(dl_json, (void)0, json_node_unref, node);
}

void g_object_unref(gpointer object) /* what g_autoptr(JsonBuilder) calls; libgobject comes with json-glib */
{
    DL_CALL(dl_json, (void)0, g_object_unref, object);
}
