/* Which options of a bond are not as wanted. The one differ for planner and verifier. */
#include "state/compare.h"
#include <stdlib.h>
#include <string.h>

static void bond_setting_free(BondSetting *setting)
{
    if (!setting)
        return;
    g_free(setting->name);
    g_free(setting->text);
    g_free(setting);
}

void bond_difference_free(BondDifference *difference)
{
    bond_setting_free(difference->made);
    g_free(difference->actual);
    g_free(difference);
}

/* What BONDING_OPTS would hold if it named the option with its default. */
static BondSetting *bond_setting_fallback(const BondOption *option, IfcfgWhere where)
{
    BondSetting *setting = g_new0(BondSetting, 1);
    setting->option = option;
    setting->name = g_strdup(option->name);
    setting->where = where;
    setting->implied = TRUE;
    if (*option->fallback)
        setting->text = bond_option_normalize(option, option->fallback, &setting->number, NULL);
    if (!setting->text)
        setting->text = g_strdup(option->fallback);
    return setting;
}

static int text_compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The elements of a list count, not their order. */
static gboolean list_equal(const char *a, const char *b)
{
    g_auto(GStrv) left = g_strsplit_set(a, ", ", -1), right = g_strsplit_set(b, ", ", -1);
    if (g_strv_length(left) != g_strv_length(right))
        return FALSE;
    qsort(left, g_strv_length(left), sizeof *left, text_compare);
    qsort(right, g_strv_length(right), sizeof *right, text_compare);
    return g_strv_equal((const char *const *)left, (const char *const *)right);
}

/* The kernel keeps delays as multiples of miimon, rounded down. */
static gboolean delay_equal(const char *actual, guint32 wanted, guint32 miimon)
{
    guint64 kept = miimon ? wanted / miimon * miimon : 0;
    return g_ascii_strtoull(actual, NULL, 10) == kept;
}

static guint32 wanted_number(const NetIface *bond, const char *name)
{
    const BondSetting *setting = bond_settings_find(bond->bond, name);
    return setting ? setting->number : 0;
}

static gboolean value_equal(const NetIface *bond, const BondOption *option, const char *actual,
                            const BondSetting *wanted)
{
    const char *text = wanted ? wanted->text : option->fallback;
    if (option->needs & BOND_IS_TIME_OF_MIIMON)
        return delay_equal(actual, wanted ? wanted->number : 0, wanted_number(bond, "miimon"));
    if (option->kind == BOND_VALUE_IP4LIST || option->kind == BOND_VALUE_IP6LIST)
        return list_equal(actual, text);
    return g_str_equal(actual, text);
}

static gboolean is_enslaved(const NetObserved *observed, const ObservedLink *bond, const char *port)
{
    const ObservedLink *link = net_observed_link(observed, port);
    return link && link->master == bond->ifindex;
}

static gint64 port_value(const ObservedLink *port, const BondOption *option)
{
    if (g_str_equal(option->name, "queue_id"))
        return port->port_queue_id;
    return g_str_equal(option->name, "prio") ? port->port_prio : port->port_actor_prio;
}

/* "eth0:1 eth1:2" against what the enslaved ones of these ports have. Returns the actual text of the first
 * that differs, or NULL. */
static char *port_values_differ(const BondSetting *wanted, const ObservedLink *bond,
                                const NetObserved *observed)
{
    g_auto(GStrv) items = g_strsplit_set(wanted->text, " ,", -1);
    for (char **item = items; *item; item++) {
        char *colon = strrchr(*item, ':');
        if (!colon)
            continue;
        *colon = '\0';
        gint64 value = g_ascii_strtoll(colon + 1, NULL, 10);
        if (!is_enslaved(observed, bond, *item))
            continue;
        gint64 actual = port_value(net_observed_link(observed, *item), wanted->option);
        if (actual != G_MININT64 && actual != value)
            return g_strdup_printf("%s:%" G_GINT64_FORMAT, *item, actual);
    }
    return NULL;
}

static void add_difference(GPtrArray *list, const NetIface *bond, const BondOption *option,
                           const BondSetting *wanted, const char *actual)
{
    BondDifference *difference = g_new0(BondDifference, 1);
    if (!wanted)
        wanted = difference->made = bond_setting_fallback(option, bond->where);
    difference->wanted = wanted;
    difference->actual = g_strdup(actual);
    g_ptr_array_add(list, difference);
}

void bond_differences_add_default(GPtrArray *differences, const NetIface *bond, const BondOption *option,
                                  const char *actual)
{
    add_difference(differences, bond, option, NULL, actual);
}

static gboolean is_compared(const NetIface *bond, const BondOption *option, const BondSetting *wanted)
{
    if (option->phase == BOND_PHASE_LOAD || option->needs & BOND_IS_VOLATILE ||
        !(option->modes & BOND_MODE_BIT(bond_settings_mode(bond->bond))))
        return FALSE;
    /* Without miimon the kernel refuses even a zero (EPERM), and shows zero anyway. */
    return wanted || !(option->needs & BOND_NEEDS_MIIMON) || wanted_number(bond, "miimon");
}

static void compare_primary(GPtrArray *list, const NetIface *bond, const BondOption *option,
                            const BondSetting *wanted, const char *actual, const ObservedLink *link,
                            const NetObserved *observed)
{
    const char *name = wanted ? wanted->text : "";
    /* A primary that is no port is remembered by the kernel but not shown, so there is nothing to compare. */
    if (g_strcmp0(actual ? actual : "", name) != 0 && (!*name || is_enslaved(observed, link, name)))
        add_difference(list, bond, option, wanted, actual ? actual : "");
}

static void compare_option(GPtrArray *list, const NetIface *bond, const BondOption *option,
                           const ObservedLink *link, const NetObserved *observed)
{
    const BondSetting *wanted = bond_settings_find(bond->bond, option->name);
    const char *actual = observed_bond_value(link, option);
    if (!is_compared(bond, option, wanted))
        return;
    if (option->kind == BOND_VALUE_IFNAME) {
        compare_primary(list, bond, option, wanted, actual, link, observed);
    } else if (option->kind == BOND_VALUE_PORT_UINT || option->kind == BOND_VALUE_PORT_INT) {
        g_autofree char *differs = wanted ? port_values_differ(wanted, link, observed) : NULL;
        if (differs)
            add_difference(list, bond, option, wanted, differs);
    } else if (!actual) {
        if (wanted && !g_str_equal(wanted->text, option->fallback))
            add_difference(list, bond, option, wanted, NULL);
    } else if (!value_equal(bond, option, actual, wanted)) {
        add_difference(list, bond, option, wanted, actual);
    }
}

/* The driver shows "fast 1" for what may be written as either word. */
static gboolean text_has_word(const char *actual, const char *wanted)
{
    g_auto(GStrv) words = g_strsplit(actual, " ", -1);
    return g_str_equal(actual, wanted) || g_strv_contains((const char *const *)words, wanted);
}

/* Options newer than the table: the file in sysfs is all there is to compare with. */
static void compare_unknown(GPtrArray *list, const NetIface *bond, const ObservedLink *link)
{
    for (guint i = 0; i < bond_settings_length(bond->bond); i++) {
        const BondSetting *wanted = bond_settings_nth(bond->bond, i);
        const char *actual = wanted->option ? NULL : observed_setting_value(link, wanted);
        if (!wanted->option && (!actual || !text_has_word(actual, wanted->text)))
            add_difference(list, bond, NULL, wanted, actual);
    }
}

GPtrArray *bond_differences(const NetIface *bond, const ObservedLink *link, const NetObserved *observed)
{
    GPtrArray *list = g_ptr_array_new_with_free_func((GDestroyNotify)bond_difference_free);
    gsize n;
    const BondOption *rows = bond_options(&n);
    for (gsize i = 0; i < n; i++)
        compare_option(list, bond, &rows[i], link, observed);
    compare_unknown(list, bond, link);
    return list;
}
