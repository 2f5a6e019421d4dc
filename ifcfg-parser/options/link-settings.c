/* A list of settings of a link in write order, and those of its ports. */
#include "i18n.h"
#include "link-private.h"

typedef struct {
    LinkSetting setting; /* first, so that a pointer to it is one to the entry */
    guint text_number;   /* which text it came from: a list grows only by settings of the same text */
} Entry;

struct LinkSettings {
    const LinkFamily *family;
    const LinkTable *table;
    GPtrArray *entries, *of_ports, *left_out;
    guint text_number;
};

void link_setting_free(LinkSetting *setting)
{
    if (!setting)
        return;
    g_free(setting->name);
    g_free(setting->text);
    g_free(setting->port);
    g_free(setting);
}

static void setting_copy_to(LinkSetting *to, const LinkSetting *from)
{
    *to = *from;
    to->name = g_strdup(from->name);
    to->text = g_strdup(from->text);
    to->port = g_strdup(from->port);
}

LinkSetting *link_setting_copy(const LinkSetting *setting)
{
    LinkSetting *copy = g_new0(LinkSetting, 1);

    setting_copy_to(copy, setting);
    return copy;
}

LinkSetting *link_setting_fallback(const LinkOption *option, IfcfgWhere where)
{
    LinkSetting *setting = g_new0(LinkSetting, 1);

    setting->option = option;
    setting->name = g_strdup(option->name);
    setting->where = where;
    setting->implied = TRUE;
    if (*option->fallback)
        setting->text = link_option_normalize(option, option->fallback, &setting->number, NULL);
    if (!setting->text)
        setting->text = g_strdup(option->fallback);
    return setting;
}

/* An entry begins with its setting, which is what is owned. */
static GPtrArray *entries_new(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)link_setting_free);
}

static LinkSettings *settings_new(const LinkFamily *family, const LinkTable *table)
{
    LinkSettings *self = g_new0(LinkSettings, 1);

    self->family = family;
    self->table = table;
    self->entries = entries_new();
    self->of_ports = entries_new();
    self->left_out = entries_new();
    return self;
}

LinkSettings *link_settings_new(const LinkFamily *family)
{
    return settings_new(family, &family->own);
}

LinkSettings *link_settings_new_of_port(const LinkFamily *family)
{
    return settings_new(family, &family->port);
}

void link_settings_free(LinkSettings *self)
{
    if (!self)
        return;
    g_ptr_array_unref(self->entries);
    g_ptr_array_unref(self->of_ports);
    g_ptr_array_unref(self->left_out);
    g_free(self);
}

const LinkFamily *link_settings_family(const LinkSettings *self)
{
    return self->family;
}

const LinkTable *link_settings_table(const LinkSettings *self)
{
    return self->table;
}

guint link_settings_length(const LinkSettings *self)
{
    return self->entries->len;
}

const LinkSetting *link_settings_nth(const LinkSettings *self, guint index)
{
    return index < self->entries->len ? g_ptr_array_index(self->entries, index) : NULL;
}

const GPtrArray *link_settings_of_ports(const LinkSettings *self)
{
    return self->of_ports;
}

static LinkSetting *list_find(const GPtrArray *list, const LinkOption *option, const char *name,
                              const char *port)
{
    for (guint i = 0; i < list->len; i++) {
        LinkSetting *setting = g_ptr_array_index(list, i);
        if ((option ? setting->option == option : g_str_equal(setting->name, name)) &&
            g_strcmp0(setting->port, port) == 0)
            return setting;
    }
    return NULL;
}

LinkSetting *link_settings_get(LinkSettings *self, const char *name)
{
    return list_find(self->entries, link_table_find(self->table, name), name, NULL);
}

const LinkSetting *link_settings_find(const LinkSettings *self, const char *name)
{
    return self ? link_settings_get((LinkSettings *)self, name) : NULL;
}

const LinkSetting *link_settings_find_option(const LinkSettings *self, const LinkOption *option)
{
    if (self && link_table_has(self->table, option))
        return list_find(self->entries, option, option->name, NULL);
    return link_settings_find(self, option->name);
}

void link_settings_remove(LinkSettings *self, const LinkSetting *setting)
{
    g_ptr_array_remove(setting->port ? self->of_ports : self->entries, (gpointer)setting);
}

void link_settings_leave_out(LinkSettings *self, const LinkOption *option, const char *name, const char *text,
                             IfcfgWhere where)
{
    LinkSetting setting = {.option = option, .name = (char *)name, .text = (char *)text, .where = where};

    g_ptr_array_add(self->left_out, link_setting_copy(&setting));
}

const GPtrArray *link_settings_left_out(const LinkSettings *self)
{
    return self->left_out;
}

guint32 link_settings_selector(const LinkSettings *self)
{
    const char *selector = self->family->selector;
    const LinkSetting *setting = selector ? link_settings_find(self, selector) : NULL;
    const LinkOption *option = selector ? link_table_find(&self->family->own, selector) : NULL;
    guint32 number = 0;

    if (setting)
        return (guint32)setting->number;
    if (option)
        link_family_selector_parse(self->family, option->fallback, &number);
    return number;
}

gint64 link_settings_number(const LinkSettings *self, const char *name)
{
    const LinkSetting *setting = link_settings_find(self, name);

    return setting ? setting->number : 0;
}

gboolean link_setting_is_default(const LinkSetting *setting)
{
    g_autofree char *normal = NULL;

    if (setting->option)
        normal = link_option_normalize(setting->option, setting->option->fallback, NULL, NULL);
    return g_strcmp0(normal, setting->text) == 0;
}

/* Unknown options follow all that is written before the ports: sysfs is the only way to write them. */
static gsize setting_rank(const LinkSettings *self, const LinkSetting *setting)
{
    const LinkTable *table = setting->port ? &self->family->port : self->table;
    gsize rank = 0;

    if (setting->option)
        return (gsize)(setting->option - table->rows) * 2 + 1;
    while (rank < table->n && table->rows[rank].when <= LINK_WHEN_BEFORE_PORTS)
        rank++;
    return rank * 2;
}

static void settings_insert(LinkSettings *self, LinkSetting *setting)
{
    GPtrArray *list = setting->port ? self->of_ports : self->entries;
    guint place = 0;

    while (place < list->len &&
           setting_rank(self, g_ptr_array_index(list, place)) <= setting_rank(self, setting))
        place++;
    g_ptr_array_insert(list, (int)place, setting);
}

LinkSetting *link_settings_put(LinkSettings *self, const LinkOption *option, const char *name,
                               const char *port, const char *text, gint64 number)
{
    LinkSetting *old = list_find(port ? self->of_ports : self->entries, option, name, port);
    Entry *entry = g_new0(Entry, 1);

    entry->setting.option = option;
    entry->setting.name = g_strdup(option ? option->name : name);
    entry->setting.text = g_strdup(text);
    entry->setting.port = g_strdup(port);
    entry->setting.number = number;
    entry->text_number = self->text_number;
    if (old)
        link_settings_remove(self, old);
    settings_insert(self, &entry->setting);
    return &entry->setting;
}

void link_settings_begin_text(LinkSettings *self)
{
    self->text_number++;
}

gboolean link_settings_is_of_this_text(const LinkSettings *self, const LinkSetting *setting)
{
    return ((const Entry *)setting)->text_number == self->text_number;
}

void link_settings_hand_on(const LinkSettings *self, const char *port, LinkSettings *to)
{
    for (guint i = 0; i < self->of_ports->len; i++) {
        const LinkSetting *setting = g_ptr_array_index(self->of_ports, i);
        if (!g_str_equal(setting->port, port))
            continue;
        LinkSetting *given =
            link_settings_put(to, setting->option, setting->name, NULL, setting->text, setting->number);
        given->where = setting->where;
        given->implied = setting->implied;
    }
}

void link_setting_change(LinkSetting *setting, const char *text)
{
    char *normal = link_option_normalize(setting->option, text, &setting->number, NULL);

    g_assert(normal);
    g_free(setting->text);
    setting->text = normal;
}

gboolean link_settings_set(LinkSettings *self, const char *name, const char *text, gboolean implied,
                           GError **error)
{
    const LinkOption *option = link_table_find(self->table, name);
    gint64 number;

    if (!option) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, _("there is no %s option called '%s'"),
                    _(self->family->word), name);
        return FALSE;
    }
    g_autofree char *normal = link_option_normalize(option, text, &number, error);
    if (!normal)
        return FALSE;
    link_settings_begin_text(self);
    link_settings_put(self, option, name, NULL, normal, number)->implied = implied;
    return TRUE;
}

const LinkSetting *link_settings_ask(LinkSettings *self, const char *name, const char *text, IfcfgWhere where)
{
    if (!link_settings_set(self, name, text, FALSE, NULL))
        return NULL;
    LinkSetting *setting = link_settings_get(self, name);
    setting->where = where;
    return setting;
}
