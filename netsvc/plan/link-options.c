/* The options of a device that exists, brought to what is asked for: by the row of each option it is known
 * whether the device must be down, without ports, or made anew for it. */
#include "i18n.h"
#include "plan/link-plan.h"
#include "state/link-diff.h"
#include <net/if.h>
#include <string.h>

/* The kernel resets some options when another changes; what it resets is seen in the picture, and set in the
 * next round. */
enum { ROUNDS = 3 };

static char **port_names(const NetPlanner *planner, const ObservedLink *link)
{
    const GPtrArray *ports = net_observed_ports_of(planner->picture, link->ifindex);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; ports && i < ports->len; i++)
        g_ptr_array_add(names, g_strdup(((const ObservedLink *)g_ptr_array_index(ports, i))->name));
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&names), FALSE);
}

/* What was written last of an option that is recorded; "" for nothing, as to a device that is made
 * anew. */
static const char *written_text(const NetPlanner *planner, const NetIface *iface, const char *name)
{
    const LedgerEntry *entry = net_ledger_find(planner->ledger, iface->name);
    const ObservedLink *before = planner_link_before(planner, iface->name),
                       *link = planner_link(planner, iface->name);
    gboolean is_same = before && link && before->ifindex == link->ifindex;
    const char *text = entry && is_same ? net_ledger_list_value(entry->written, name) : NULL;
    return text ? text : "";
}

static GHashTable *written_texts(const NetPlanner *planner, const NetIface *iface)
{
    const LinkTable *table = &iface->kind->family->own;
    GHashTable *texts = g_hash_table_new(g_str_hash, g_str_equal);
    for (gsize i = 0; i < table->n; i++)
        if (link_option_is_recorded(&table->rows[i]))
            g_hash_table_insert(texts, (gpointer)table->rows[i].name,
                                (gpointer)written_text(planner, iface, table->rows[i].name));
    return texts;
}

static GPtrArray *own_differences(const NetPlanner *planner, const NetIface *iface)
{
    const ObservedLink *link = planner_link(planner, iface->name);
    g_auto(GStrv) ports = port_names(planner, link);
    g_autoptr(GHashTable) written = written_texts(planner, iface);
    LinkDiffContext context = {.selector = link_settings_selector(iface->settings),
                               .ports = (const char *const *)ports,
                               .written = written,
                               .where = iface->where};
    return link_differences(&iface->kind->family->own, iface->settings, link->own, &context);
}

static char *difference_text(const LinkDifference *difference)
{
    return g_strdup_printf(_("%s is %s, expected %s"), difference->wanted->name,
                           difference->actual && *difference->actual ? difference->actual : _("none"),
                           *difference->wanted->text ? difference->wanted->text : _("none"));
}

/* What this kernel does not know was refused when the device was made: asking again at every start would not
 * teach it. */
static gboolean is_known(const LinkDifference *difference)
{
    return difference->actual != NULL;
}

static guint option_needs(const LinkDifference *difference)
{
    return difference->wanted->option ? difference->wanted->option->needs : 0;
}

/* Options without a row have no place in the order: they are tried with those that every device takes. */
static LinkWhen option_when(const LinkDifference *difference)
{
    return difference->wanted->option ? difference->wanted->option->when : LINK_WHEN_BEFORE_PORTS;
}

static NetFateKind difference_fate(const LinkDifference *difference)
{
    if (option_when(difference) == LINK_WHEN_CREATE)
        return NET_FATE_REMADE;
    return option_needs(difference) & (LINK_NEEDS_NO_PORTS | LINK_NEEDS_DOWN) ? NET_FATE_BOUNCES
                                                                              : NET_FATE_STAYS;
}

void planner_find_repair(NetPlanner *planner, const NetIface *iface, LinkRepair *repair)
{
    g_autoptr(GPtrArray) differences = own_differences(planner, iface);
    repair->left = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    repair->equal_at = differences->len ? 0 : planner->plan->ops->len + 1;
    for (guint i = 0; i < differences->len; i++) {
        const LinkDifference *difference = g_ptr_array_index(differences, i);
        NetFateKind fate = difference_fate(difference);
        g_autofree char *text = difference_text(difference);
        if (!is_known(difference) || fate == NET_FATE_STAYS)
            continue;
        if (!planner_may(planner, iface->name, fate, difference->wanted->where, text)) {
            g_hash_table_add(repair->left, g_strdup(difference->wanted->name));
            continue;
        }
        repair->needs_new_device |= fate == NET_FATE_REMADE;
        repair->needs_no_ports |= (option_needs(difference) & LINK_NEEDS_NO_PORTS) != 0;
        repair->needs_down |= (option_needs(difference) & LINK_NEEDS_DOWN) != 0;
    }
}

/* The kernel keeps some times as multiples of another one and shows zero while that is off: what is left from
 * before would be back with it (bond_options.c, bond_option_updelay_set()). */
static void add_hidden(const NetIface *iface, const ObservedLink *link, GPtrArray *differences)
{
    const LinkTable *table = &iface->kind->family->own;
    for (gsize i = 0; i < table->n; i++) {
        const LinkOption *row = &table->rows[i];
        const LinkDifference *other =
            row->needs & LINK_IS_MULTIPLE_OF_OTHER ? link_differences_find(differences, row->other) : NULL;
        const char *actual = link_values_get(link->own, row);
        if (other && other->wanted->number && actual && !link_settings_find(iface->settings, row->name) &&
            !link_differences_find(differences, row->name))
            link_differences_add_default(differences, row, actual, iface->where);
    }
}

static gboolean is_tried(const NetPlanner *planner, const NetIface *iface, const LinkSetting *setting)
{
    g_autofree char *id = g_strdup_printf("option %s %s=%s", iface->name, setting->name, setting->text);
    return g_hash_table_contains(planner->tried, id);
}

static void note_tried(NetPlanner *planner, const NetIface *iface, const LinkSetting *setting)
{
    g_hash_table_add(planner->tried,
                     g_strdup_printf("option %s %s=%s", iface->name, setting->name, setting->text));
}

static void settle(NetPlanner *planner, const NetIface *iface, NetPhase phase, GPtrArray *settings,
                   NetSeverity severity)
{
    net_pool_keep(planner->plan->pool, settings, (GDestroyNotify)g_ptr_array_unref);
    if (!settings->len)
        return;
    planner_do(planner, (NetOp){.type = NET_OP_LINK_SET,
                                .phase = phase,
                                .severity = severity,
                                .dev = iface->name,
                                .where = ((const LinkSetting *)g_ptr_array_index(settings, 0))->where,
                                .set = {iface->kind->family, settings, NULL}});
}

static GPtrArray *settings_new(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)link_setting_free);
}

/* Where the driver takes what is not named as the default. */
static GPtrArray *complete(const NetIface *iface, GPtrArray *settings)
{
    if (!settings->len || !iface->kind->family->sets_all)
        return settings;
    g_ptr_array_set_size(settings, 0);
    for (guint i = 0; i < link_settings_length(iface->settings); i++)
        g_ptr_array_add(settings, link_setting_copy(link_settings_nth(iface->settings, i)));
    return settings;
}

static gboolean is_refused_now(const NetPlanner *planner, const NetIface *iface, const char *name)
{
    const LinkFamily *family = iface->kind->family;
    const ObservedLink *link = planner_link(planner, iface->name);
    const LinkOption *option = link_table_find(&family->own, name);
    const char *actual = link_values_find(link->own, family->selector);
    guint32 selector;
    return option && actual && link_family_selector_parse(family, actual, &selector) &&
           !link_option_is_legal(option, selector);
}

/* What is only taken in the mode that a reload leaves to another run, and what goes off for that. */
static gboolean waits(const NetPlanner *planner, const NetIface *iface, const LinkRepair *repair,
                      const LinkSetting *setting)
{
    const char *selector = iface->kind->family->selector;
    const LinkOption *option = setting->option;
    if (!repair || !repair->left)
        return FALSE;
    if (g_hash_table_contains(repair->left, setting->name))
        return TRUE;
    if (!selector || !option || !g_hash_table_contains(repair->left, selector))
        return FALSE;
    return is_refused_now(planner, iface, option->name) ||
           (option->needs & LINK_IS_FILLED_IN && link_settings_find(iface->settings, option->other) &&
            is_refused_now(planner, iface, option->other));
}

/* One round: what is to be set now, in the order of the rows. The same value twice in vain is enough. */
static gboolean settle_round(NetPlanner *planner, const NetIface *iface, const LinkRepair *repair,
                             gboolean is_after)
{
    g_autoptr(GPtrArray) differences = own_differences(planner, iface);
    GPtrArray *first = settings_new(), *rest = settings_new();
    if (!is_after)
        add_hidden(iface, planner_link(planner, iface->name), differences);
    for (guint i = 0; i < differences->len; i++) {
        const LinkDifference *difference = g_ptr_array_index(differences, i);
        LinkWhen when = option_when(difference);
        if (!is_known(difference) || when == LINK_WHEN_CREATE ||
            (when == LINK_WHEN_AFTER_PORTS) != is_after || is_tried(planner, iface, difference->wanted) ||
            waits(planner, iface, repair, difference->wanted))
            continue;
        note_tried(planner, iface, difference->wanted);
        g_ptr_array_add(when == LINK_WHEN_FIRST ? first : rest, link_setting_copy(difference->wanted));
    }
    gboolean any = first->len || rest->len;
    settle(planner, iface, NET_PHASE_MODE, first, NET_FATAL);
    settle(planner, iface, is_after ? NET_PHASE_PORT_OPTIONS : NET_PHASE_MODE, complete(iface, rest),
           NET_WARN);
    return any;
}

/* The driver remembers the name of a port that has gone, and does not show it: what is no longer asked for
 * would be back with the port. */
static gboolean is_name_to_forget(const LinkDifference *difference)
{
    const LinkOption *option = difference->wanted->option;
    return option && option->kind == LINK_VALUE_IFNAME && option->when == LINK_WHEN_AFTER_PORTS &&
           !*difference->wanted->text && difference->actual && *difference->actual;
}

void planner_forget_ports(NetPlanner *planner, const NetIface *iface)
{
    g_autoptr(GPtrArray) differences = own_differences(planner, iface);
    GPtrArray *names = settings_new();
    for (guint i = 0; i < differences->len; i++)
        if (is_name_to_forget(g_ptr_array_index(differences, i)))
            g_ptr_array_add(names, link_setting_copy(
                                       ((const LinkDifference *)g_ptr_array_index(differences, i))->wanted));
    settle(planner, iface, NET_PHASE_PORTS_OUT, names, NET_WARN);
}

/* What changes by itself and is as the file says, or is no longer in it, is only put on record: so that it is
 * not set when it changes by itself, and is when the file does. */
static void record_written(NetPlanner *planner, const NetIface *iface, const LinkOption *option)
{
    const LinkSetting *wanted = link_settings_find(iface->settings, option->name);
    gboolean stays = !wanted && option->needs & LINK_KERNEL_CHOOSES; /* ours until it is given back */
    if (stays || g_str_equal(written_text(planner, iface, option->name), wanted ? wanted->text : "") ||
        (wanted && is_tried(planner, iface, wanted)))
        return;
    GPtrArray *settings = settings_new();
    LinkSetting *setting = wanted ? link_setting_copy(wanted) : link_setting_fallback(option, iface->where);
    g_ptr_array_add(settings, setting);
    net_pool_keep(planner->plan->pool, settings, (GDestroyNotify)g_ptr_array_unref);
    planner_do(planner, (NetOp){.type = NET_OP_LINK_SET,
                                .phase = NET_PHASE_PORT_OPTIONS,
                                .severity = NET_WARN,
                                .dev = iface->name,
                                .where = setting->where,
                                .is_only_recorded = TRUE,
                                .set = {iface->kind->family, settings, NULL}});
}

static void record_all_written(NetPlanner *planner, const NetIface *iface)
{
    const LinkTable *table = &iface->kind->family->own;
    for (gsize i = 0; i < table->n; i++)
        if (link_option_is_recorded(&table->rows[i]))
            record_written(planner, iface, &table->rows[i]);
}

void planner_set_options(NetPlanner *planner, const NetIface *iface, const LinkRepair *repair,
                         gboolean is_after)
{
    guint round = repair && repair->equal_at == planner->plan->ops->len + 1 ? ROUNDS : 0;
    while (round < ROUNDS && settle_round(planner, iface, repair, is_after))
        round++;
    if (is_after)
        record_all_written(planner, iface);
}

/* --- options of a port --- */

void planner_set_port_options(NetPlanner *planner, const NetIface *port, const NetIface *master,
                              NetSeverity severity)
{
    const ObservedLink *link = planner_link(planner, port->name);
    const LinkFamily *family = master->kind->family;
    LinkDiffContext context = {.selector = link_settings_selector(master->settings), .where = port->where};
    if (!link || !family || !family->port.n)
        return;
    g_autoptr(GPtrArray) differences =
        link_differences(&family->port, port->port_settings, link->port, &context);
    GPtrArray *settings = settings_new();
    for (guint i = 0; i < differences->len; i++) {
        const LinkDifference *difference = g_ptr_array_index(differences, i);
        if (is_known(difference))
            g_ptr_array_add(settings, link_setting_copy(difference->wanted));
    }
    net_pool_keep(planner->plan->pool, settings, (GDestroyNotify)g_ptr_array_unref);
    if (settings->len)
        planner_do(planner, (NetOp){.type = NET_OP_PORT_SET,
                                    .phase = NET_PHASE_PORT_OPTIONS,
                                    .severity = severity,
                                    .dev = port->name,
                                    .where = ((const LinkSetting *)g_ptr_array_index(settings, 0))->where,
                                    .set = {family, settings, master->name}});
}
