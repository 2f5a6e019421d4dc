/* The ledger on disk: JSON, so that people can read it, written to a temporary file and renamed. */
#include "apply/nl-batch.h"
#include "apply/system-paths.h"
#include <errno.h>
#include <gio/gio.h>
#include <json-glib/json-glib.h>

enum { LEDGER_VERSION = 1 };

static void build_text(JsonBuilder *builder, const char *key, const char *text)
{
    if (!text)
        return;
    json_builder_set_member_name(builder, key);
    json_builder_add_string_value(builder, text);
}

static void build_list(JsonBuilder *builder, const char *key, const GPtrArray *list)
{
    if (!list || !list->len)
        return;
    json_builder_set_member_name(builder, key);
    json_builder_begin_array(builder);
    for (guint i = 0; i < list->len; i++)
        json_builder_add_string_value(builder, g_ptr_array_index(list, i));
    json_builder_end_array(builder);
}

static void build_entry(JsonBuilder *builder, const LedgerEntry *entry)
{
    json_builder_begin_object(builder);
    build_text(builder, "name", entry->name);
    build_text(builder, "nick", entry->nick);
    build_text(builder, "file", entry->file);
    build_text(builder, "kind", entry->kind);
    json_builder_set_member_name(builder, "created");
    json_builder_add_boolean_value(builder, entry->created);
    json_builder_set_member_name(builder, "up");
    json_builder_add_boolean_value(builder, entry->up);
    build_list(builder, "ports", entry->ports);
    build_list(builder, "addresses", entry->addresses);
    build_list(builder, "routes", entry->routes);
    build_list(builder, "rules", entry->rules);
    json_builder_end_object(builder);
}

static char *ledger_to_text(const NetLedger *ledger)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();
    g_autoptr(JsonGenerator) generator = json_generator_new();
    g_autoptr(JsonNode) root = NULL;

    json_builder_begin_object(builder);
    json_builder_set_member_name(builder, "version");
    json_builder_add_int_value(builder, LEDGER_VERSION);
    json_builder_set_member_name(builder, "devices");
    json_builder_begin_array(builder);
    for (guint i = 0; i < ledger->entries->len; i++)
        build_entry(builder, g_ptr_array_index(ledger->entries, i));
    json_builder_end_array(builder);
    json_builder_end_object(builder);
    root = json_builder_get_root(builder);
    json_generator_set_root(generator, root);
    json_generator_set_pretty(generator, TRUE);
    return json_generator_to_data(generator, NULL);
}

gboolean ledger_save_file(const NetLedger *ledger, const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *text = ledger_to_text(ledger);

    if (g_mkdir_with_parents(folder, 0755) < 0) {
        nl_set_error(error, errno, "cannot make %s: %s", folder, g_strerror(errno));
        return FALSE;
    }
    /* CONSISTENT: a reader sees the old or the new file. Not DURABLE: /run does not outlive a crash of the
     * machine. */
    return g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0644, error);
}

/* A member of the wrong type counts as absent: json-glib's own getters would complain on stderr. */
static const char *read_text(JsonObject *object, const char *key)
{
    JsonNode *node = json_object_get_member(object, key);

    return node && json_node_get_value_type(node) == G_TYPE_STRING ? json_node_get_string(node) : NULL;
}

static gboolean read_bool(JsonObject *object, const char *key)
{
    JsonNode *node = json_object_get_member(object, key);

    return node && json_node_get_value_type(node) == G_TYPE_BOOLEAN && json_node_get_boolean(node);
}

static JsonArray *read_array(JsonObject *object, const char *key)
{
    JsonNode *node = json_object_get_member(object, key);

    return node && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
}

static void read_list(JsonObject *object, const char *key, GPtrArray *list)
{
    JsonArray *array = read_array(object, key);

    for (guint i = 0; array && i < json_array_get_length(array); i++) {
        JsonNode *node = json_array_get_element(array, i);
        if (json_node_get_value_type(node) == G_TYPE_STRING)
            g_ptr_array_add(list, g_strdup(json_node_get_string(node)));
    }
}

static void replace_text(char **text, const char *with)
{
    g_free(*text);
    *text = g_strdup(with);
}

static gboolean read_entry(NetLedger *ledger, JsonNode *node)
{
    JsonObject *object = JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
    const char *name = object ? read_text(object, "name") : NULL;
    LedgerEntry *entry;

    if (!name || ifcfg_ifname_fault(name))
        return FALSE;
    entry = net_ledger_ensure(ledger, name);
    replace_text(&entry->nick, read_text(object, "nick"));
    replace_text(&entry->file, read_text(object, "file"));
    replace_text(&entry->kind, read_text(object, "kind"));
    entry->created = read_bool(object, "created");
    entry->up = read_bool(object, "up");
    read_list(object, "ports", entry->ports);
    read_list(object, "addresses", entry->addresses);
    read_list(object, "routes", entry->routes);
    read_list(object, "rules", entry->rules);
    return TRUE;
}

static gboolean ledger_read(NetLedger *ledger, JsonNode *root)
{
    JsonObject *object = root && JSON_NODE_HOLDS_OBJECT(root) ? json_node_get_object(root) : NULL;
    JsonArray *devices = object ? read_array(object, "devices") : NULL;

    if (!devices || json_object_get_int_member_with_default(object, "version", 0) != LEDGER_VERSION)
        return FALSE;
    for (guint i = 0; i < json_array_get_length(devices); i++)
        if (!read_entry(ledger, json_array_get_element(devices, i)))
            return FALSE;
    return TRUE;
}

NetLedger *ledger_load_file(const char *path, GError **error)
{
    g_autoptr(NetLedger) ledger = net_ledger_new();
    g_autoptr(JsonParser) parser = json_parser_new();
    g_autoptr(GError) reason = NULL;
    g_autofree char *text = NULL;
    gsize length = 0;

    if (!g_file_get_contents(path, &text, &length, &reason)) {
        if (g_error_matches(reason, G_FILE_ERROR, G_FILE_ERROR_NOENT))
            return g_steal_pointer(&ledger);
        g_propagate_error(error, g_steal_pointer(&reason));
        return NULL;
    }
    if (json_parser_load_from_data(parser, text, (gssize)length, &reason) &&
        ledger_read(ledger, json_parser_get_root(parser)))
        return g_steal_pointer(&ledger);
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                "%s, the record of what was configured here, is damaged%s%s: delete it and try again; what "
                "the files say is "
                "then taken for what is to be removed",
                path, reason ? ": " : "", reason ? reason->message : "");
    return NULL;
}

NetLedger *net_ledger_load(GError **error)
{
    return ledger_load_file(NETSVC_RUN_DIR "/state.json", error);
}

gboolean net_ledger_save(const NetLedger *ledger, GError **error)
{
    return ledger_save_file(ledger, NETSVC_RUN_DIR "/state.json", error);
}
