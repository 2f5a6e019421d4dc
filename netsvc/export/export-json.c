/* The tree as JSON, which is YAML too. */
#include "console/json-text.h"
#include "export/export-private.h"

static void node_add(JsonBuilder *json, const ExportNode *self);

static void children_add(JsonBuilder *json, const ExportNode *self)
{
    for (guint i = 0; i < self->children->len; i++) {
        const ExportNode *child = self->children->pdata[i];
        if (child->name)
            json_builder_set_member_name(json, child->name);
        node_add(json, child);
    }
}

static void node_add(JsonBuilder *json, const ExportNode *self)
{
    switch (self->kind) {
    case EXPORT_GROUP:
        json_builder_begin_object(json);
        children_add(json, self);
        json_builder_end_object(json);
        break;
    case EXPORT_LIST:
        json_builder_begin_array(json);
        children_add(json, self);
        json_builder_end_array(json);
        break;
    case EXPORT_TEXT:
        json_text_append(json, self->text);
        break;
    case EXPORT_NUMBER:
        json_builder_add_int_value(json, self->number);
        break;
    case EXPORT_BOOL:
    default:
        json_builder_add_boolean_value(json, self->number != 0);
        break;
    }
}

char *export_print_json(const ExportNode *self)
{
    g_autoptr(JsonBuilder) json = json_builder_new();
    node_add(json, self);
    return json_text_print(json);
}
