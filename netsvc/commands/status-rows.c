/* What `netsvc status` tells of each interface: as configured against as it is. */
#include "commands/status-rows.h"
#include "i18n.h"
#include "model/kind.h"
#include "plan/verify.h"
#include <net/if.h>
#include <string.h>

static void row_free(gpointer data)
{
    StatusRow *self = data;
    g_array_unref(self->ports);
    g_ptr_array_unref(self->addresses);
    g_ptr_array_unref(self->wrong);
    g_free(self);
}

static StatusRow *row_new(const char *name)
{
    StatusRow *self = g_new0(StatusRow, 1);
    self->name = name;
    self->ports = g_array_new(FALSE, FALSE, sizeof(StatusPort));
    self->addresses = g_ptr_array_new_with_free_func(g_free);
    self->wrong = g_ptr_array_new_with_free_func((GDestroyNotify)net_difference_free);
    return self;
}

/* --- ports --- */

static void row_add_port(StatusRow *self, const char *name, StatusPortState state)
{
    StatusPort port = {name, state};
    g_array_append_val(self->ports, port);
}

/* Where one port is in use at a time, the others wait; so does one that has not come to terms with the other
 * end of its cable, or on which a bridge does not forward yet. */
static StatusPortState port_state(const ObservedLink *port, const char *active, gboolean needs_partner)
{
    if (!port->carrier || !(port->flags & IFF_UP) || (needs_partner && port->port_is_silent))
        return STATUS_PORT_UNUSABLE;
    if (active && *active)
        return g_str_equal(active, port->name) ? STATUS_PORT_ACTIVE : STATUS_PORT_WAITING;
    return needs_partner && !port->port_is_ready ? STATUS_PORT_WAITING : STATUS_PORT_USED;
}

static void row_add_ports(StatusRow *self, const NetIface *iface, const ObservedLink *link,
                          const NetObserved *observed)
{
    const GPtrArray *ports = link ? net_observed_ports_of(observed, link->ifindex) : NULL;
    const char *active = link ? link_values_find(link->own, "active_slave") : NULL;
    gboolean needs_partner = iface && iface->kind->needs_partner && iface->kind->needs_partner(iface) != NULL;
    for (guint i = 0; ports && i < ports->len; i++) {
        const ObservedLink *port = ports->pdata[i];
        row_add_port(self, port->name, port_state(port, active, needs_partner));
    }
    for (guint i = 0; iface && i < iface->ports->len; i++) {
        const NetIface *port = iface->ports->pdata[i];
        const ObservedLink *there = net_observed_link(observed, port->name);
        if (!link || !there || there->master != link->ifindex)
            row_add_port(self, port->name, STATUS_PORT_UNUSABLE);
    }
}

/* --- interfaces --- */

static void row_add_addresses(StatusRow *self, const ObservedLink *link, const NetObserved *observed)
{
    const GPtrArray *addresses = link ? net_observed_addresses_of(observed, link->ifindex) : NULL;
    for (guint i = 0; addresses && i < addresses->len; i++) {
        const ObservedAddress *address = addresses->pdata[i];
        if (!net_observed_address_is_kernels(address))
            g_ptr_array_add(self->addresses, ifcfg_prefix_format(&address->prefix));
    }
}

static NetDifference *row_add_wrong(StatusRow *self, const char *message, IfcfgWhere where)
{
    NetDifference *difference = g_new0(NetDifference, 1);
    difference->fatal = TRUE;
    difference->message = g_strdup(message);
    difference->where = where;
    g_ptr_array_add(self->wrong, difference);
    return difference;
}

/* As configured, and of no use. What has ports says it of these. */
static void row_add_cable(StatusRow *self, const NetIface *iface, const ObservedLink *link)
{
    if (!self->is_up || link->carrier || !self->is_wanted || net_kind_has(iface->kind, NET_KIND_CREATES) ||
        (link->flags & IFF_LOOPBACK))
        return;
    NetDifference *difference = row_add_wrong(
        self, _("no carrier: check cable and switch; nothing can be reached by it"), iface->where);
    difference->fatal = FALSE;
    difference->is_redundancy = TRUE;
}

static void row_compare(StatusRow *self, const NetIface *iface, const NetObserved *observed)
{
    g_autoptr(GPtrArray) differences = net_verify(iface, observed);
    while (differences->len)
        g_ptr_array_add(self->wrong, g_ptr_array_steal_index(differences, 0));
}

static StatusHealth row_judge(const StatusRow *self, const NetIface *iface)
{
    StatusHealth state = HEALTH_OK;
    if (iface->unsupported)
        return HEALTH_NOT_OURS;
    if (!self->is_up && (iface->link_up || !self->is_wanted))
        return HEALTH_DOWN;
    for (guint i = 0; i < self->wrong->len; i++) {
        const NetDifference *difference = self->wrong->pdata[i];
        state = MAX(state, difference->is_redundancy ? HEALTH_DEGRADED : HEALTH_DIFFERS);
    }
    return state;
}

/* What differs of one that is not to be up is of no interest; of the others everything is. */
static void row_fill_wrong(StatusRow *self, const NetIface *iface, const NetObserved *observed)
{
    if (iface->unsupported) {
        g_autofree char *why = net_iface_unsupported_text(iface);
        row_add_wrong(self, why, iface->unsupported_where);
    } else if (iface->fault) {
        row_add_wrong(self, iface->fault, iface->fault_where);
    } else if (self->is_wanted) {
        row_compare(self, iface, observed);
        for (guint i = 0; i < iface->aliases->len; i++)
            if (((const NetIface *)iface->aliases->pdata[i])->onparent)
                row_compare(self, iface->aliases->pdata[i], observed);
    }
}

static StatusRow *row_of_iface(const NetIface *iface, const NetObserved *observed)
{
    const ObservedLink *link = net_observed_link(observed, net_iface_device(iface));
    StatusRow *self = row_new(iface->name);
    self->kind = iface->kind->name;
    self->file = iface->file;
    self->is_up = link && link->flags & IFF_UP;
    self->is_wanted = !iface->unsupported && (iface->onboot || self->is_up || net_iface_is_port(iface));
    row_add_ports(self, iface, link, observed);
    row_add_addresses(self, link, observed);
    row_fill_wrong(self, iface, observed);
    row_add_cable(self, iface, link);
    self->health = row_judge(self, iface);
    return self;
}

static StatusRow *row_of_link(const ObservedLink *link, const NetObserved *observed)
{
    StatusRow *self = row_new(link->name);
    self->kind = link->kind ? link->kind : "ethernet";
    self->is_up = (link->flags & IFF_UP) != 0;
    self->health = HEALTH_NOT_OURS;
    row_add_ports(self, NULL, link, observed);
    row_add_addresses(self, link, observed);
    return self;
}

/* A port is told beside its master. */
static gboolean is_strange(const NetModel *model, const NetObserved *observed, const ObservedLink *link)
{
    const ObservedLink *master = net_observed_link_by_index(observed, link->master);
    return !net_model_find(model, link->name) && !master && !(link->flags & IFF_LOOPBACK);
}

static GPtrArray *all_rows(const NetModel *model, const NetObserved *observed)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func(row_free);
    for (guint i = 0; i < net_model_length(model); i++)
        if (net_iface_has_line(net_model_nth(model, i)))
            g_ptr_array_add(rows, row_of_iface(net_model_nth(model, i), observed));
    for (guint i = 0; i < observed->links->len; i++)
        if (is_strange(model, observed, observed->links->pdata[i]))
            g_ptr_array_add(rows, row_of_link(observed->links->pdata[i], observed));
    return rows;
}

GPtrArray *status_rows(const NetModel *model, const NetObserved *observed, const char *const *names)
{
    if (!names)
        return all_rows(model, observed);
    GPtrArray *rows = g_ptr_array_new_with_free_func(row_free);
    for (; *names; names++) {
        const NetIface *iface = net_model_find(model, *names);
        const ObservedLink *link = net_observed_link(observed, *names);
        if (iface)
            g_ptr_array_add(rows, row_of_iface(iface, observed));
        else if (link)
            g_ptr_array_add(rows, row_of_link(link, observed));
    }
    return rows;
}

const char *status_health_name(StatusHealth state)
{
    static const char *const names[] = {N_("ok"), N_("degraded"), N_("differs"), N_("down"), N_("not ours")};
    return names[state];
}

char *status_port_text(const StatusPort *port)
{
    static const char *const formats[][2] = {{"", ""}, {"", "*"}, {"(", ")"}, {"[", "]"}};
    return g_strconcat(formats[port->state][0], port->name, formats[port->state][1], NULL);
}

StatusHealth status_rows_worst(const GPtrArray *rows)
{
    StatusHealth worst = HEALTH_OK;
    gboolean is_any_wanted = FALSE, is_any_up = FALSE;
    for (guint i = 0; i < rows->len; i++) {
        const StatusRow *row = rows->pdata[i];
        if (!row->is_wanted || g_str_equal(row->name, "lo"))
            continue;
        is_any_wanted = TRUE;
        is_any_up |= row->is_up;
        if (row->health != HEALTH_NOT_OURS)
            worst = MAX(worst, MIN(row->health, HEALTH_DIFFERS));
    }
    return is_any_wanted && !is_any_up ? HEALTH_DOWN : worst;
}
