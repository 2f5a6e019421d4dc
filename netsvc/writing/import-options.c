/* The options of a link and of a port that differ from what the kernel gives by itself. */
#include "i18n.h"
#include "model/iface.h"
#include "model/kind.h"
#include "writing/import.h"
#include <stdlib.h>
#include <string.h>

enum { LIMIT_OF_IP6 = 4 /* what files of tunnels over IPv6 imply */ };

/* What a bridge takes for a port by its speed (port_cost(), net/bridge/br_if.c). */
static gboolean is_cost_by_speed(const char *text)
{
    static const char *const costs[] = {"1", "2", "4", "5", "19", "100", NULL};
    return g_strv_contains(costs, text);
}

static gboolean is_of_kernels_choice(const LinkOption *option, const char *text)
{
    if (!(option->needs & LINK_KERNEL_CHOOSES))
        return FALSE;
    return g_str_equal(option->name, "path_cost")
               ? is_cost_by_speed(text)
               : !*option->fallback || g_str_equal(option->name, "bc_cutoff");
}

static gboolean is_zero(const char *text)
{
    return !text || !*text || g_str_equal(text, "0") || g_str_equal(text, "off");
}

/* While a bridge's tree changes; one without STP has none (__br_set_topology_change(), net/bridge/br_stp.c).
 */
static gboolean may_be_twice_other(const LinkValues *values, const LinkOption *option)
{
    return option->needs & LINK_IS_TWICE_OTHER && !is_zero(link_values_find(values, "stp_state"));
}

static gboolean is_default(const LinkValues *values, const LinkOption *option, const char *text)
{
    const char *other = may_be_twice_other(values, option) ? link_values_find(values, option->other) : NULL;
    if (option->kind == LINK_VALUE_TICKS) { /* jiffies are no whole ticks */
        gint64 ticks = g_ascii_strtoll(text, NULL, 10);
        return ABS(ticks - g_ascii_strtoll(option->fallback, NULL, 10)) <= 1 ||
               (other && ABS(ticks - 2 * g_ascii_strtoll(other, NULL, 10)) <= 1);
    }
    return g_str_equal(text, option->fallback);
}

/* Whether a file has to name it. */
static gboolean counts(const LinkValues *values, const LinkOption *option, guint32 selector)
{
    const char *text = link_values_get(values, option);
    gboolean lacks_other =
        option->needs & LINK_NEEDS_OTHER && is_zero(link_values_find(values, option->other));
    return text && option->when != LINK_WHEN_LOAD && option->when != LINK_WHEN_NEVER &&
           !(option->needs & LINK_IS_VOLATILE) && link_option_is_legal(option, selector) &&
           link_option_is_useful(option, selector) && !lacks_other && !is_of_kernels_choice(option, text) &&
           !is_default(values, option, text);
}

static void setting_put(const NetImport *self, const NetIface *iface, LinkSettings *settings,
                        const LinkOption *option, const char *text)
{
    g_autoptr(GError) error = NULL;
    if (!link_settings_set(settings, option->name, text, FALSE, &error))
        net_write_miss(iface, self->problems, "%s=%s: %s", option->name, text, error->message);
}

static guint32 selector_of(const LinkFamily *family, const LinkValues *values)
{
    const char *text = values && family->selector ? link_values_find(values, family->selector) : NULL;
    guint32 number = 0;
    return text && link_family_selector_parse(family, text, &number) ? number : 0;
}

/* What the reading of a file would fill in otherwise, by its row or, how many routers the packets of a tunnel
 * pass, by its family. */
static gboolean is_always_named(const LinkValues *values, const LinkOption *option)
{
    gboolean is_filled_in =
        option->needs & LINK_IS_FILLED_IN && is_zero(link_values_find(values, option->other));
    return g_strcmp0(option->name, values->family->selector) == 0 || is_filled_in ||
           (values->family->sets_all && g_str_equal(option->name, "ttl"));
}

static void own_import(const NetImport *self, NetIface *iface, const LinkValues *values)
{
    guint32 selector = selector_of(values->family, values);
    for (gsize i = 0; i < values->table->n; i++) {
        const LinkOption *option = &values->table->rows[i];
        const char *text = link_values_get(values, option);
        if (text && (is_always_named(values, option) || counts(values, option, selector)))
            setting_put(self, iface, iface->settings, option, text);
    }
}

/* What the type of a file implies, and no key can say otherwise. */
static void implied_check(const NetImport *self, const NetIface *iface, const LinkValues *values)
{
    const char *limit = link_values_find(values, "encap_limit"), *proto = link_values_find(values, "proto");
    const LinkOption *row = link_table_find(values->table, "proto");
    const char *usual = g_str_equal(values->family->kind, "ip6tnl") ? "ipip6" : row ? row->fallback : NULL;
    gboolean is_external = !is_zero(link_values_find(values, "external"));
    if (limit && !is_external && g_ascii_strtoll(limit, NULL, 10) != LIMIT_OF_IP6)
        net_write_miss(iface, self->problems, _("no key says %s=%s of a %s"), "encap_limit", limit,
                       iface->kind->name);
    if (proto && !is_external && g_strcmp0(proto, usual) != 0)
        net_write_miss(iface, self->problems, _("no key says %s=%s of a %s"), "proto", proto,
                       iface->kind->name);
}

/* Options of a port that stand in the list of its master: queue_id=eth0:3. */
static void listed_import(const NetImport *self, NetIface *iface, const ObservedLink *port)
{
    const LinkFamily *family = iface->kind->family;
    for (gsize i = 0; port->port && port->port->family == family && i < family->port.n; i++) {
        const LinkOption *option = &family->port.rows[i];
        const char *text = link_values_get(port->port, option);
        if (!counts(port->port, option, selector_of(family, NULL)))
            continue;
        g_autofree char *word = g_strdup_printf("%s=%s:%s", option->name, port->name, text);
        link_settings_parse(iface->settings, word, iface->where, FALSE, self->problems);
    }
}

/* Options of a port that stand in its own file. */
static void port_import(const NetImport *self, NetIface *iface, const LinkValues *values)
{
    const LinkTable *table = &values->family->port;
    iface->port_settings = link_settings_new_of_port(values->family);
    for (gsize i = 0; i < table->n; i++)
        if (counts(values, &table->rows[i], 0))
            setting_put(self, iface, iface->port_settings, &table->rows[i],
                        link_values_get(values, &table->rows[i]));
}

void net_import_options(const NetImport *self, NetIface *iface, const ObservedLink *link)
{
    if (link->own && iface->settings && link->own->family == iface->kind->family) {
        own_import(self, iface, link->own);
        implied_check(self, iface, link->own);
    }
    const GPtrArray *ports = net_observed_ports_of(self->observed, link->ifindex);
    gboolean lists_ports =
        iface->kind->family && iface->kind->family->own.list && !iface->kind->family->port.list;
    for (guint i = 0; lists_ports && ports && i < ports->len; i++)
        listed_import(self, iface, ports->pdata[i]);
    if (link->port && link->port->family->port.list)
        port_import(self, iface, link->port);
}
