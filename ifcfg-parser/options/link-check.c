/* The rules that rows say: what the selector forbids or makes useless, multiples of another option, names of
 * ports. */
#include "i18n.h"
#include "link-private.h"

#include <string.h>

IfcfgWhere link_check_where(const LinkCheck *check, const LinkSetting *setting)
{
    return setting->where.file || setting->where.line ? setting->where : check->where;
}

static char *setting_format(const LinkSetting *setting)
{
    return g_strconcat(setting->name, "=", setting->port ? setting->port : "", setting->port ? ":" : "",
                       setting->text, NULL);
}

void link_check_refuse(LinkSettings *settings, const LinkCheck *check, const LinkSetting *setting,
                       const char *reason)
{
    if (!link_setting_is_default(setting) || setting->port) {
        g_autofree char *what = setting_format(setting);
        const char *text = what + strlen(setting->name) + 1;
        ifcfg_problems_add(check->problems, IFCFG_ERROR, link_check_where(check, setting),
                           _("%s=%s is ignored: %s"), setting->name, text, reason);
        if (!setting->implied)
            link_settings_leave_out(settings, setting->option, setting->name, text,
                                    link_check_where(check, setting));
    }
    link_settings_remove(settings, setting);
}

void link_check_warn(const LinkCheck *check, const LinkSetting *setting, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    ifcfg_problems_add(check->problems, IFCFG_WARNING, link_check_where(check, setting), "%s", text);
}

static void check_selector_of(LinkSettings *settings, const LinkCheck *check, const LinkSetting *setting,
                              guint32 selector)
{
    const LinkFamily *family = link_settings_family(settings);
    const LinkOption *option = setting->option;
    gboolean refused = !link_option_is_legal(option, selector);

    if (!refused && (link_option_is_useful(option, selector) || link_setting_is_default(setting)))
        return;
    g_autofree char *names =
        link_family_selectors_format(family, refused ? option->legal : option->useful, ", ");
    const char *now = link_family_selector_name(family, selector);
    if (!refused) {
        g_autofree char *what = setting_format(setting);
        link_check_warn(check, setting, _("%s has an effect only in mode %s, not in %s"), what, names, now);
        return;
    }
    g_autofree char *reason = g_strdup_printf(_("it exists only in mode %s, not in %s"), names, now);
    link_check_refuse(settings, check, setting, reason);
}

static void check_load(LinkSettings *settings, const LinkCheck *check, const LinkSetting *setting)
{
    if (!setting->implied)
        link_check_warn(check, setting,
                        _("%s=%s is for loading the module: write it into /etc/modprobe.d, as `options %s`"),
                        setting->name, setting->text, link_settings_family(settings)->module);
    link_settings_remove(settings, setting);
}

void link_check_selectors(LinkSettings *settings, const LinkCheck *check)
{
    guint32 selector = link_settings_selector(settings);
    const GPtrArray *of_ports = link_settings_of_ports(settings);

    for (guint i = of_ports->len; i-- > 0;)
        check_selector_of(settings, check, g_ptr_array_index(of_ports, i), selector);
    for (guint i = link_settings_length(settings); i-- > 0;) {
        const LinkSetting *setting = link_settings_nth(settings, i);
        if (setting->option && setting->option->when == LINK_WHEN_LOAD)
            check_load(settings, check, setting);
        else if (setting->option)
            check_selector_of(settings, check, setting, selector);
    }
}

static void check_multiple(LinkSettings *settings, const LinkCheck *check, LinkSetting *setting)
{
    const char *other = setting->option->other;
    gint64 step = link_settings_number(settings, other);

    if (step == 0) {
        g_autofree char *reason = g_strdup_printf(_("it needs %s"), other);
        link_check_refuse(settings, check, setting, reason);
        return;
    }
    if (setting->number % step == 0)
        return;
    g_autofree char *rounded = g_strdup_printf("%" G_GINT64_FORMAT, setting->number - setting->number % step);
    link_check_warn(check, setting, _("%s=%s becomes %s: it is rounded down to a multiple of %s=%u"),
                    setting->name, setting->text, rounded, other, (guint)step);
    link_setting_change(setting, rounded);
}

void link_check_multiples(LinkSettings *settings, const LinkCheck *check)
{
    const LinkTable *table = link_settings_table(settings);

    for (gsize i = 0; i < table->n; i++) {
        if (!(table->rows[i].needs & LINK_IS_MULTIPLE_OF_OTHER))
            continue;
        LinkSetting *setting = link_settings_get(settings, table->rows[i].name);
        if (setting)
            check_multiple(settings, check, setting);
    }
}

void link_settings_refuse(LinkSettings *self, const LinkSetting *setting, const char *reason,
                          IfcfgProblems *problems)
{
    LinkCheck check = {.where = setting->where, .problems = problems};
    link_check_refuse(self, &check, setting, reason);
}

static void check_port(LinkSettings *settings, const LinkCheck *check, const LinkSetting *setting,
                       const char *port)
{
    if (g_strv_contains(check->ports, port))
        return;
    g_autofree char *list = g_strjoinv(", ", (char **)check->ports);
    g_autofree char *reason = *list ? g_strdup_printf(_("%s is not one of its ports (%s)"), port, list)
                                    : g_strdup(_("it has no ports"));
    link_check_refuse(settings, check, setting, reason);
}

void link_check_ports(LinkSettings *settings, const LinkCheck *check)
{
    const GPtrArray *of_ports = link_settings_of_ports(settings);

    for (guint i = of_ports->len; check->ports && i-- > 0;) {
        const LinkSetting *setting = g_ptr_array_index(of_ports, i);
        check_port(settings, check, setting, setting->port);
    }
    for (guint i = link_settings_length(settings); check->ports && i-- > 0;) {
        const LinkSetting *setting = link_settings_nth(settings, i);
        const LinkOption *option = setting->option;
        if (option && option->kind == LINK_VALUE_IFNAME && option->when == LINK_WHEN_AFTER_PORTS)
            check_port(settings, check, setting, setting->text);
    }
}

/* A selector that nobody understands has been told; what the default one has not is no news beside it. */
static gboolean selector_is_left_out(const LinkSettings *self)
{
    const GPtrArray *left_out = link_settings_left_out(self);
    const char *selector = link_settings_family(self)->selector;

    for (guint i = 0; selector && i < left_out->len; i++)
        if (g_str_equal(((const LinkSetting *)g_ptr_array_index(left_out, i))->name, selector))
            return TRUE;
    return FALSE;
}

void link_settings_complete(LinkSettings *self, const char *const *ports, IfcfgWhere where,
                            IfcfgProblems *problems)
{
    LinkCheck check = {.ports = ports, .where = where, .problems = problems};
    LinkCheck quiet = check;

    quiet.problems = NULL;
    link_check_selectors(self, selector_is_left_out(self) ? &quiet : &check);
    if (link_settings_family(self)->check)
        link_settings_family(self)->check(self, &check);
    link_check_multiples(self, &check);
    link_check_ports(self, &check);
}
