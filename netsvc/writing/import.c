/* Which links are taken, and the order of the work. */
#include "writing/import.h"
#include "i18n.h"
#include "model/iface.h"
#include "model/kind.h"
#include <net/if.h>
#include <stdlib.h>
#include <string.h>

/* --- which --- */

/* Made with a tunnel's driver; they belong to nobody. */
static gboolean is_kernels_own(const ObservedLink *link)
{
    static const char *const names[] = {"gre0",    "gretap0",  "erspan0", "ip6gre0", "tunl0", "ip6tnl0",
                                        "ip_vti0", "ip6_vti0", "sit0",    "teql0",   NULL};
    return g_strv_contains(names, link->name);
}

/* The end of a cable that leaves this machine, as far as anybody here can see: a container's card. */
static gboolean is_card(const ObservedLink *link)
{
    return !link->kind || (g_str_equal(link->kind, "veth") && !link->peer);
}

static gboolean has_any(const GPtrArray *list)
{
    return list && list->len;
}

/* lo has what every lo has, unless somebody added to it; a card that is down and alone is not in use. */
static gboolean is_set_up(const NetImport *self, const ObservedLink *link)
{
    const GPtrArray *addresses = net_observed_addresses_of(self->observed, link->ifindex);
    if (is_kernels_own(link) || link->flags & IFF_LOOPBACK)
        return FALSE;
    return !is_card(link) || link->flags & IFF_UP || link->master || has_any(addresses) ||
           has_any(net_observed_uppers_of(self->observed, link->ifindex));
}

/* A partition of InfiniBand stands on its card, which is of the same type to the kernel. */
static gboolean is_in_place(const IfaceKind *kind, const ObservedLink *link)
{
    return !g_str_equal(link->kind, "ipoib") || net_kind_has(kind, NET_KIND_IS_STACKED) == (link->lower != 0);
}

static gboolean makes(const IfaceKind *kind, const ObservedLink *link)
{
    const char *card = link->flags & IFF_LOOPBACK ? "loopback"
                       : link->mac.length == 20   ? "infiniband"
                                                  : "ethernet";
    if (is_card(link))
        return g_str_equal(kind->name, card);
    return (kind->type || kind->type_of) && kind->family && g_str_equal(kind->family->kind, link->kind) &&
           is_in_place(kind, link) && !net_kind_has(kind, NET_KIND_BY_DAEMON) &&
           !net_kind_has(kind, NET_KIND_LEFT_ALONE);
}

const IfaceKind *net_import_kind(const NetImport *self, const ObservedLink *link)
{
    for (const IfaceKind *const *kind = self->kinds; *kind; kind++)
        if (makes(*kind, link))
            return *kind;
    return NULL;
}

static void leave_out(const NetImport *self, const ObservedLink *link, const char *why)
{
    ifcfg_problems_add(self->problems, IFCFG_WARNING, (IfcfgWhere){0}, _("%s is not written: %s"), link->name,
                       why);
}

static gboolean can_be_said(const NetImport *self, const ObservedLink *link)
{
    const char *fault = net_file_name_fault(link->name);
    const IfaceKind *kind = net_import_kind(self, link);
    g_autofree char *unknown =
        g_strdup_printf(_("no file makes a device of the kernel's type %s"), link->kind);
    if (fault)
        leave_out(self, link, fault);
    else if (!kind)
        leave_out(self, link, unknown);
    else if (is_card(link) && g_str_has_prefix(link->name, "veth"))
        leave_out(self, link, _("it is a container's, and goes with that"));
    else
        return TRUE;
    return FALSE;
}

static void choose(NetImport *self, const ObservedLink *link);

static void choose_all(NetImport *self, const GPtrArray *links)
{
    for (guint i = 0; links && i < links->len; i++)
        choose(self, links->pdata[i]);
}

/* With it goes what it cannot be without. */
static void choose(NetImport *self, const ObservedLink *link)
{
    if (!link || !g_hash_table_add(self->seen, (gpointer)link) || !can_be_said(self, link))
        return;
    g_hash_table_add(self->chosen, (gpointer)link);
    choose(self, net_observed_link_by_index(self->observed, link->master));
    choose(self, net_observed_link_by_index(self->observed, link->lower));
    choose(self, net_observed_link_by_index(self->observed, link->peer));
    choose_all(self, net_observed_ports_of(self->observed, link->ifindex));
}

void net_import_choose(NetImport *self, const char *const *names)
{
    for (const char *const *name = names; name && *name; name++) {
        const ObservedLink *link = net_observed_link(self->observed, *name);
        if (link)
            choose(self, link);
        else
            ifcfg_problems_add(self->problems, IFCFG_ERROR, (IfcfgWhere){0}, _("there is no device %s"),
                               *name);
    }
    for (guint i = 0; !names && i < self->observed->links->len; i++) {
        const ObservedLink *link = self->observed->links->pdata[i];
        if (is_set_up(self, link))
            choose(self, link);
    }
}

/* --- the whole --- */

static int name_compare(gconstpointer a, gconstpointer b)
{
    return ifcfg_name_compare((*(NetIface *const *)a)->name, (*(NetIface *const *)b)->name);
}

static void ifaces_make(NetImport *self)
{
    GHashTableIter iter;
    gpointer key;
    g_hash_table_iter_init(&iter, self->chosen);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        const ObservedLink *link = key;
        NetIface *iface = net_iface_make(link->name, net_import_kind(self, link));
        g_ptr_array_add(self->ifaces, iface);
        g_hash_table_insert(self->by_name, iface->name, iface);
    }
    g_ptr_array_sort(self->ifaces, name_compare);
}

/* 127.0.0.1 and ::1, which every lo has without a file. */
static gboolean is_bare_loopback(const NetIface *iface)
{
    static const guint8 host[4] = {127, 0, 0, 1};
    const NetAddress *first = iface->addresses->len ? iface->addresses->pdata[0] : NULL;
    return g_str_equal(iface->kind->name, "loopback") && !has_any(iface->routes) && !has_any(iface->rules) &&
           iface->addresses->len <= 1 &&
           (!first || (first->prefix.length == 8 && !memcmp(first->prefix.ip.bytes, host, sizeof host)));
}

static void bare_loopback_leave(NetImport *self)
{
    for (guint i = self->ifaces->len; i-- > 0;) {
        const NetIface *iface = self->ifaces->pdata[i];
        if (!is_bare_loopback(iface))
            continue;
        leave_out(self, net_observed_link(self->observed, iface->name),
                  _("it has its 127.0.0.1 and ::1 without a file, and nothing else"));
        g_ptr_array_remove_index(self->ifaces, i);
    }
}

GPtrArray *net_import(const NetObserved *observed, const IfaceKind *const *kinds, const char *const *names,
                      IfcfgProblems *problems)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL), chosen = g_hash_table_new(NULL, NULL);
    g_autoptr(GHashTable) by_name = g_hash_table_new(g_str_hash, g_str_equal);
    NetImport self = {.observed = observed,
                      .kinds = kinds,
                      .problems = problems,
                      .seen = seen,
                      .chosen = chosen,
                      .by_name = by_name,
                      .ifaces = g_ptr_array_new_with_free_func((GDestroyNotify)net_iface_free)};
    net_import_choose(&self, names);
    ifaces_make(&self);
    for (guint i = 0; i < self.ifaces->len; i++) {
        NetIface *iface = self.ifaces->pdata[i];
        const ObservedLink *link = net_observed_link(observed, iface->name);
        net_import_link(&self, iface, link);
        net_import_options(&self, iface, link);
        net_import_addresses(&self, iface, link);
        net_import_confs(&self, iface, link);
        net_import_rest(&self, iface, link);
    }
    net_import_routes(&self);
    net_import_rules(&self);
    bare_loopback_leave(&self);
    return self.ifaces;
}
