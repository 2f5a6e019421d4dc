/* The options of a device as words: `settings=2 settings.0=mode settings.0.of=bond settings.0.text=1 ...`;
 * and their family. */
#include "plan/op-codec.h"
#include <string.h>

#define PORTS "-port"

static void setting_free(LinkSetting *setting)
{
    g_free(setting->name);
    g_free(setting->text);
    g_free(setting->port);
    g_free(setting);
}

static char *setting_key(const char *key, guint index)
{
    return g_strdup_printf("%s.%u", key, index);
}

/* The table that has the row: "bond", or "bond-port" for that of its ports. */
static char *table_name(const LinkOption *option)
{
    const LinkFamily *family;
    for (guint i = 0; option && (family = link_family_nth(i)); i++)
        if (link_table_has(&family->own, option))
            return g_strdup(family->kind);
        else if (link_table_has(&family->port, option))
            return g_strconcat(family->kind, PORTS, NULL);
    return NULL;
}

static const LinkOption *table_option(const char *table, const char *name)
{
    const LinkFamily *family = link_family_find(table);
    if (family)
        return link_table_find(&family->own, name);
    g_autofree char *kind = g_strndup(table, strlen(table) - MIN(strlen(table), strlen(PORTS)));
    family = g_str_has_suffix(table, PORTS) ? link_family_find(kind) : NULL;
    return family ? link_table_find(&family->port, name) : NULL;
}

static void put_settings(GString *line, const char *key, gconstpointer field)
{
    const GPtrArray *settings = *(const GPtrArray *const *)field;
    if (!settings)
        return;
    g_string_append_printf(line, " %s=%u", key, settings->len);
    for (guint i = 0; i < settings->len; i++) {
        const LinkSetting *setting = settings->pdata[i];
        g_autofree char *name = setting_key(key, i);
        op_put_word(line, name, setting->name);
        g_autofree char *table = table_name(setting->option);
        op_put_part(line, name, "of", table);
        op_put_part(line, name, "text", setting->text);
        op_put_part(line, name, "port", setting->port);
        op_put_number_part(line, name, "number", (guint64)setting->number);
        op_put_number_part(line, name, "implied", setting->implied);
        op_put_where_part(line, name, &setting->where);
    }
}

static LinkSetting *get_setting(OpReader *self, const char *key)
{
    LinkSetting *setting = g_new0(LinkSetting, 1);
    setting->name = op_get_word(self, key);
    setting->text = op_get_part(self, key, "text");
    setting->port = op_get_part(self, key, "port");
    setting->number = (gint64)op_get_number_part(self, key, "number", G_MAXUINT64);
    setting->implied = op_get_number_part(self, key, "implied", 1) != 0;
    op_get_where_part(self, key, &setting->where);
    g_autofree char *table = op_get_part(self, key, "of");
    setting->option = table && setting->name ? table_option(table, setting->name) : NULL;
    if (!setting->name || !setting->text || (table && !setting->option))
        op_set_fault(self, key, NULL);
    return setting;
}

static void get_settings(OpReader *self, const char *key, gpointer field)
{
    g_autofree char *value = op_get_word(self, key);
    guint64 n;
    if (!value)
        return;
    if (!g_ascii_string_to_unsigned(value, 10, 0, G_MAXUINT, &n, NULL)) {
        op_set_fault(self, key, value);
        return;
    }
    GPtrArray *settings = g_ptr_array_new_with_free_func((GDestroyNotify)setting_free);
    for (guint i = 0; i < n && !self->fault; i++) {
        g_autofree char *name = setting_key(key, i);
        g_ptr_array_add(settings, get_setting(self, name));
    }
    *(const GPtrArray **)field = net_pool_keep(self->plan->pool, settings, (GDestroyNotify)g_ptr_array_unref);
}

static void put_family(GString *line, const char *key, gconstpointer field)
{
    const LinkFamily *family = *(const LinkFamily *const *)field;
    op_put_word(line, key, family ? family->kind : NULL);
}

static void get_family(OpReader *self, const char *key, gpointer field)
{
    g_autofree char *value = op_get_word(self, key);
    if (!value)
        return;
    *(const LinkFamily **)field = link_family_find(value);
    if (!link_family_find(value))
        op_set_fault(self, key, value);
}

static void put_attribute(GString *line, const char *key, gconstpointer field)
{
    const LinkSetting *setting = *(const LinkSetting *const *)field;
    if (!setting)
        return;
    op_put_word(line, key, setting->name);
    op_put_part(line, key, "text", setting->text);
    op_put_where_part(line, key, &setting->where);
}

static void get_attribute(OpReader *self, const char *key, gpointer field)
{
    g_autofree char *name = op_get_word(self, key), *text = op_get_part(self, key, "text");
    g_autoptr(LinkSettings) settings = link_settings_new(&link_attributes);
    IfcfgWhere where = {0};
    if (!name)
        return;
    op_get_where_part(self, key, &where);
    const LinkSetting *setting = text ? link_settings_ask(settings, name, text, where) : NULL;
    if (!setting) {
        op_set_fault(self, key, name);
        return;
    }
    *(const LinkSetting **)field =
        net_pool_keep(self->plan->pool, link_setting_copy(setting), (GDestroyNotify)link_setting_free);
}

const OpCodec op_codec_attribute = {put_attribute, get_attribute};
const OpCodec op_codec_family = {put_family, get_family};
const OpCodec op_codec_settings = {put_settings, get_settings};
