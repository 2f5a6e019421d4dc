/* Estimates: a line KEY=MILLISECONDS a kind of change. */
#include "history/estimates.h"
#include "model/kind.h"

char *estimate_key(const NetModel *model, const NetFate *fate)
{
    const NetIface *iface = net_model_find(model, fate->dev);
    return g_strdup_printf("%s %s %u", iface && iface->kind ? iface->kind->name : "device",
                           net_fate_name(fate->kind), iface ? iface->ports->len : 0);
}

static GKeyFile *load(const History *history, char **ret_path)
{
    GKeyFile *file = g_key_file_new();
    *ret_path = g_build_filename(history->folder, "estimates", NULL);
    g_key_file_load_from_file(file, *ret_path, G_KEY_FILE_NONE, NULL);
    return file;
}

gint64 estimates_get(const History *history, const char *key)
{
    g_autofree char *path = NULL;
    g_autoptr(GKeyFile) file = load(history, &path);
    g_autoptr(GError) error = NULL;
    gint64 ms = g_key_file_get_int64(file, "milliseconds", key, &error);
    return error || ms < 0 ? -1 : ms;
}

void estimates_set(const History *history, const char *key, gint64 ms)
{
    g_autofree char *path = NULL, *text = NULL;
    g_autoptr(GKeyFile) file = load(history, &path);
    gsize length;
    g_key_file_set_int64(file, "milliseconds", key, ms);
    text = g_key_file_to_data(file, &length, NULL);
    history_write(path, text, length, FALSE, NULL);
}
