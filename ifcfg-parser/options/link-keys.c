/* Options that have an ifcfg key of their own, with what people write there: yes and no, seconds. */
#include "i18n.h"
#include "ifcfg-keys.h"
#include "link-private.h"

/* Clock ticks a second, as the kernel shows them to programs (USER_HZ). */
enum { TICKS = 100 };

static gboolean option_is_switch(const LinkOption *option)
{
    if (option->kind == LINK_VALUE_FLAG || option->kind == LINK_VALUE_BIT)
        return TRUE;
    return option->kind == LINK_VALUE_ENUM && g_str_equal(option->names->name, "off") && !option->max;
}

/* Keys count seconds, where the kernel's own names count ticks. */
static char *ticks_of_seconds(const char *value)
{
    char *end;
    double seconds = g_ascii_strtod(value, &end);
    if (end == value || *end || seconds < 0 || seconds > G_MAXINT32 / TICKS)
        return g_strdup(value[0] == '\0' ? value : "-");
    return g_strdup_printf("%.0f", seconds * TICKS);
}

static char *value_of_key(const LinkOption *option, const char *value)
{
    if (option->kind == LINK_VALUE_TICKS)
        return ticks_of_seconds(value);
    if (option_is_switch(option) && (ifcfg_is_true(value) || ifcfg_is_false(value)))
        return g_strdup(ifcfg_is_true(value) ? "on" : "off");
    return g_strdup(value);
}

char *link_option_format_key(const LinkOption *option, const char *text)
{
    if (option->kind == LINK_VALUE_TICKS) {
        char number[G_ASCII_DTOSTR_BUF_SIZE];
        return g_strdup(g_ascii_formatd(number, sizeof number, "%g", g_ascii_strtod(text, NULL) / TICKS));
    }
    if (option_is_switch(option))
        return g_strdup(g_str_equal(text, "on") ? "yes" : "no");
    return g_strdup(text);
}

static char *key_accepts(const LinkOption *option)
{
    if (option->kind == LINK_VALUE_TICKS)
        return g_strdup_printf(_("%u to %u seconds"), option->min / TICKS, option->max / TICKS);
    return option_is_switch(option) ? g_strdup(_("yes or no")) : link_option_accepts(option);
}

gboolean link_settings_read_port_key(LinkSettings *self, const LinkOption *option, const char *key,
                                     const char *port, const char *value, IfcfgWhere where,
                                     IfcfgProblems *problems)
{
    g_autofree char *stripped = g_strstrip(g_strdup(value)), *text = value_of_key(option, stripped);
    gint64 number;
    g_autofree char *normal = link_option_normalize(option, text, &number, NULL);

    if (normal) {
        link_settings_put(self, option, option->name, port, normal, number)->where = where;
        return TRUE;
    }
    const IfcfgKey *row = ifcfg_key_find(key);
    g_autofree char *accepts = key_accepts(option);
    /* of the other types of keys the check of keys has told it */
    if (!row || row->type == IFCFG_VALUE_TEXT)
        ifcfg_problems_add(problems, IFCFG_ERROR, where, _("%s=%s is not possible: use %s"), key, value,
                           accepts);
    link_settings_leave_out(self, option, option->name, value, where);
    return FALSE;
}

gboolean link_settings_read_key(LinkSettings *self, const LinkOption *option, const char *key,
                                const char *value, IfcfgWhere where, IfcfgProblems *problems)
{
    return link_settings_read_port_key(self, option, key, NULL, value, where, problems);
}
