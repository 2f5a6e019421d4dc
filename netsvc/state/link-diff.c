/* Which options of a link are not as wanted. The one differ for planner and verifier. */
#include "state/link-diff.h"
#include <stdlib.h>
#include <string.h>

typedef struct {
    const LinkTable *table;
    const LinkSettings *wanted;
    const LinkValues *actual;
    const LinkDiffContext *context;
    GPtrArray *list;
} Differ;

void link_difference_free(LinkDifference *difference)
{
    link_setting_free(difference->made);
    g_free(difference->actual);
    g_free(difference);
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

static gint64 wanted_number(const Differ *self, const char *name)
{
    const LinkSetting *setting = link_settings_find(self->wanted, name);
    return setting ? setting->number : 0;
}

/* The kernel keeps such times as multiples of the other one, rounded down (bond_option_updelay_set()). */
static gboolean multiple_equal(const char *actual, gint64 wanted, gint64 step)
{
    gint64 kept = step ? wanted / step * step : 0;
    return g_ascii_strtoll(actual, NULL, 10) == kept;
}

/* The kernel counts in jiffies, of which a clock tick is no whole number (jiffies_to_clock_t()). */
static gboolean ticks_equal(const char *actual, const char *wanted)
{
    return ABS(g_ascii_strtoll(actual, NULL, 10) - g_ascii_strtoll(wanted, NULL, 10)) <= 1;
}

/* A bridge forgets addresses sooner for a while, when the network below has changed. */
static gboolean is_shortened(const Differ *self, const LinkOption *option, const char *actual)
{
    const char *other =
        option->needs & LINK_IS_TWICE_OTHER ? link_values_find(self->actual, option->other) : NULL;
    g_autofree char *twice =
        other ? g_strdup_printf("%" G_GINT64_FORMAT, 2 * g_ascii_strtoll(other, NULL, 10)) : NULL;
    return twice && ticks_equal(actual, twice);
}

static gboolean value_equal(const Differ *self, const LinkOption *option, const char *actual,
                            const LinkSetting *wanted)
{
    const char *text = wanted ? wanted->text : option->fallback;
    if (option->needs & LINK_IS_MULTIPLE_OF_OTHER)
        return multiple_equal(actual, wanted ? wanted->number : 0, wanted_number(self, option->other));
    if (g_str_equal(actual, text))
        return TRUE;
    g_autofree char *map = option->kind == LINK_VALUE_MAP ? link_values_shown_map(text) : NULL;
    if (link_option_is_list(option))
        return list_equal(actual, map ? map : text);
    if (option->kind == LINK_VALUE_TICKS)
        return ticks_equal(actual, text) || is_shortened(self, option, actual);
    return FALSE;
}

static void differences_add(GPtrArray *list, const LinkOption *option, const LinkSetting *wanted,
                            const char *actual, IfcfgWhere where)
{
    LinkDifference *difference = g_new0(LinkDifference, 1);
    if (!wanted)
        wanted = difference->made = link_setting_fallback(option, where);
    difference->wanted = wanted;
    difference->actual = g_strdup(actual);
    g_ptr_array_add(list, difference);
}

void link_differences_add_default(GPtrArray *differences, const LinkOption *option, const char *actual,
                                  IfcfgWhere where)
{
    differences_add(differences, option, NULL, actual, where);
}

static void differ_add(const Differ *self, const LinkOption *option, const LinkSetting *wanted,
                       const char *actual)
{
    differences_add(self->list, option, wanted, actual, self->context->where);
}

static const char *written_last(const Differ *self, const LinkOption *option)
{
    return self->context->written ? g_hash_table_lookup(self->context->written, option->name) : NULL;
}

/* The driver did not choose that itself: it is what we wrote for a file that no longer says so. */
static gboolean is_left_by_us(const Differ *self, const LinkOption *option)
{
    const char *written = written_last(self, option), *actual = link_values_get(self->actual, option);
    return written && *written && !g_strcmp0(written, actual);
}

/* Without the other option the kernel refuses even a zero (EPERM), and shows zero anyway. */
static gboolean is_compared(const Differ *self, const LinkOption *option, const LinkSetting *wanted)
{
    if (option->when == LINK_WHEN_LOAD || option->when == LINK_WHEN_NEVER ||
        !link_option_is_legal(option, self->context->selector))
        return FALSE;
    gboolean disturbs = option->needs & (LINK_NEEDS_DOWN | LINK_NEEDS_NO_PORTS);
    if (!link_option_is_useful(option, self->context->selector) && (!wanted || disturbs))
        return FALSE;
    if (wanted)
        return TRUE;
    return (!(option->needs & LINK_KERNEL_CHOOSES) || is_left_by_us(self, option)) &&
           (!(option->needs & LINK_NEEDS_OTHER) || wanted_number(self, option->other));
}

static gboolean is_port(const Differ *self, const char *name)
{
    return self->context->ports && g_strv_contains(self->context->ports, name);
}

/* A name of what is no port is remembered by the kernel but not shown, so there is nothing to compare. */
static void compare_link_name(const Differ *self, const LinkOption *option, const LinkSetting *wanted,
                              const char *actual)
{
    const char *name = wanted ? wanted->text : "";
    gboolean is_shown = option->when != LINK_WHEN_AFTER_PORTS || !*name || is_port(self, name);
    if (g_strcmp0(actual ? actual : "", name) != 0 && is_shown)
        differ_add(self, option, wanted, actual ? actual : "");
}

/* What changes by itself is not put back; but a file that says something else than when it was written last
 * means it. */
static void compare_with_written(const Differ *self, const LinkOption *option, const LinkSetting *wanted,
                                 const char *actual)
{
    const char *written = written_last(self, option);
    if (wanted && written && !g_str_equal(written, wanted->text) && g_strcmp0(actual, wanted->text) != 0)
        differ_add(self, option, wanted, actual ? actual : "");
}

/* A map is changed entry by entry: what is not wanted goes to zero (vlan_dev_set_egress_priority()). */
static void compare_map(const Differ *self, const LinkOption *option, const LinkSetting *wanted,
                        const char *actual)
{
    g_autoptr(GString) text = g_string_new(wanted ? wanted->text : "");
    g_auto(GStrv) want = g_strsplit(text->str, " ", -1), have = g_strsplit(actual, " ", -1);
    for (char **entry = have; *entry; entry++) {
        g_autofree char *from = g_strndup(*entry, strcspn(*entry, ":"));
        gboolean stays = !*from;
        for (char **other = want; *other && !stays; other++)
            stays = g_str_has_prefix(*other, from) && (*other)[strlen(from)] == ':';
        if (!stays)
            g_string_append_printf(text, "%s%s:0", text->len ? " " : "", from);
    }
    differ_add(self, option, NULL, actual);
    LinkDifference *difference = g_ptr_array_index(self->list, self->list->len - 1);
    g_free(difference->made->text);
    difference->made->text = g_string_free(g_steal_pointer(&text), FALSE);
    if (wanted)
        difference->made->where = wanted->where;
}

static void compare_option(const Differ *self, const LinkOption *option)
{
    const LinkSetting *wanted = link_settings_find_option(self->wanted, option);
    const char *actual = link_values_get(self->actual, option);
    if (!is_compared(self, option, wanted))
        return;
    if (option->needs & LINK_IS_VOLATILE) {
        compare_with_written(self, option, wanted, actual);
        return;
    }
    if (option->kind == LINK_VALUE_IFNAME) {
        compare_link_name(self, option, wanted, actual);
    } else if (!actual) {
        if (wanted && !g_str_equal(wanted->text, option->fallback))
            differ_add(self, option, wanted, NULL);
    } else if (value_equal(self, option, actual, wanted)) {
        return;
    } else if (option->kind == LINK_VALUE_MAP) {
        compare_map(self, option, wanted, actual);
    } else {
        differ_add(self, option, wanted, actual);
    }
}

/* The driver shows "fast 1" for what may be written as either word. */
static gboolean text_has_word(const char *actual, const char *wanted)
{
    g_auto(GStrv) words = g_strsplit(actual, " ", -1);
    return g_str_equal(actual, wanted) || g_strv_contains((const char *const *)words, wanted);
}

/* Options newer than the table: the file in sysfs is all there is to compare with. */
static void compare_unknown(const Differ *self)
{
    for (guint i = 0; self->wanted && i < link_settings_length(self->wanted); i++) {
        const LinkSetting *wanted = link_settings_nth(self->wanted, i);
        const char *actual = wanted->option ? NULL : link_values_of(self->actual, wanted);
        if (!wanted->option && (!actual || !text_has_word(actual, wanted->text)))
            differ_add(self, NULL, wanted, actual);
    }
}

GPtrArray *link_differences(const LinkTable *table, const LinkSettings *wanted, const LinkValues *actual,
                            const LinkDiffContext *context)
{
    Differ self = {.table = table, .wanted = wanted, .actual = actual, .context = context};
    self.list = g_ptr_array_new_with_free_func((GDestroyNotify)link_difference_free);
    for (gsize i = 0; i < table->n; i++)
        compare_option(&self, &table->rows[i]);
    compare_unknown(&self);
    return self.list;
}

const LinkDifference *link_differences_find(const GPtrArray *differences, const char *name)
{
    for (guint i = 0; i < differences->len; i++) {
        const LinkDifference *difference = g_ptr_array_index(differences, i);
        if (g_str_equal(difference->wanted->name, name))
            return difference;
    }
    return NULL;
}
