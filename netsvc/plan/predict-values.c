/* Options in the prediction, of drivers that take each by itself: what is written is what is shown. */
#include "plan/predict-private.h"
#include <errno.h>

static LinkValues *values_new(const LinkFamily *family, const LinkTable *table)
{
    LinkValues *values = link_values_new(family, table);
    for (gsize i = 0; i < table->n; i++)
        link_values_set(values, &table->rows[i], table->rows[i].attr ? table->rows[i].fallback : NULL);
    return values;
}

void predict_values_init(ObservedLink *link, const LinkFamily *family)
{
    link->own = values_new(family, &family->own);
}

void predict_port_values_init(ObservedLink *port, const LinkFamily *family)
{
    port->port_kind = g_strdup(family->kind);
    port->port = values_new(family, &family->port);
}

void predict_port_values_clear(ObservedLink *port)
{
    g_clear_pointer(&port->port, link_values_free);
    g_clear_pointer(&port->port_kind, g_free);
}

int predict_values_set(LinkValues *values, const GPtrArray *settings)
{
    for (guint i = 0; values && settings && i < settings->len; i++) {
        const LinkSetting *setting = settings->pdata[i];
        if (!setting->option)
            continue;
        g_autofree char *map =
            setting->option->kind == LINK_VALUE_MAP ? link_values_shown_map(setting->text) : NULL;
        link_values_set(values, setting->option, map ? map : setting->text);
    }
    return values ? 0 : EOPNOTSUPP;
}
