/* Links, from one picture to another: those that are others go, what is missing is made from below, ports go
 * out and in. */
#include "plan/picture-private.h"
#include "state/link-diff.h"
#include <net/if.h>

enum { DEEPEST = 16 };

guint8 picture_depth(const NetObserved *picture, const ObservedLink *link)
{
    guint8 depth = 0;
    while (depth < DEEPEST && link->lower && (link = net_observed_link_by_index(picture, link->lower)))
        depth++;
    return depth;
}

static gint compare_depth(gconstpointer a, gconstpointer b, gpointer picture)
{
    return picture_depth(picture, *(ObservedLink *const *)a) -
           picture_depth(picture, *(ObservedLink *const *)b);
}

/* From below. */
static GPtrArray *wanted_links(const PicturePlan *self)
{
    GPtrArray *links = g_ptr_array_new();
    for (guint i = 0; i < self->wanted->links->len; i++) {
        ObservedLink *link = self->wanted->links->pdata[i];
        if (picture_touches(self, link->name))
            g_ptr_array_add(links, link);
    }
    g_ptr_array_sort_with_data(links, compare_depth, (gpointer)self->wanted);
    return links;
}

static NetOp link_op(const PicturePlan *self, const ObservedLink *wanted, NetOpType type, NetPhase phase)
{
    return (NetOp){
        .type = type, .phase = phase, .dev = wanted->name, .depth = picture_depth(self->wanted, wanted)};
}

/* --- out --- */

static gboolean differs_at_birth(const ObservedLink *wanted, const ObservedLink *actual)
{
    if (!wanted->own || !actual->own)
        return FALSE;
    g_autoptr(LinkSettings) settings = picture_settings(wanted->own, FALSE);
    LinkDiffContext context = {.selector = link_settings_selector(settings)};
    g_autoptr(GPtrArray) differences = link_differences(wanted->own->table, settings, actual->own, &context);
    for (guint i = 0; i < differences->len; i++) {
        const LinkDifference *difference = differences->pdata[i];
        const LinkOption *option = difference->wanted->option;
        if (option && option->when == LINK_WHEN_CREATE && difference->actual)
            return TRUE;
    }
    return FALSE;
}

/* Another device has its name. */
static gboolean is_other(const PicturePlan *self, const ObservedLink *wanted, const ObservedLink *actual)
{
    const char *lower = picture_name_of(self->wanted, wanted->lower),
               *below = picture_name_of(self->picture, actual->lower),
               *peer = picture_name_of(self->wanted, wanted->peer);
    if (g_strcmp0(wanted->kind, actual->kind) != 0 || (lower && g_strcmp0(lower, below) != 0))
        return TRUE;
    return (peer && g_strcmp0(peer, picture_name_of(self->picture, actual->peer)) != 0) ||
           differs_at_birth(wanted, actual);
}

static gboolean has_to_go(const PicturePlan *self, const ObservedLink *actual)
{
    const ObservedLink *wanted = net_observed_link(self->wanted, actual->name);
    if (!actual->kind || !picture_touches(self, actual->name))
        return FALSE;
    return !wanted || (wanted->kind && is_other(self, wanted, actual));
}

static void links_out(PicturePlan *self)
{
    g_autoptr(GPtrArray) going = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < self->picture->links->len; i++)
        if (has_to_go(self, self->picture->links->pdata[i]))
            g_ptr_array_add(going, g_strdup(((ObservedLink *)self->picture->links->pdata[i])->name));
    for (guint i = going->len; i-- > 0;) {
        const ObservedLink *link = picture_link(self, going->pdata[i]);
        if (!link) /* with what it stood on */
            continue;
        picture_remove(self, (NetOp){.type = NET_OP_LINK_DELETE,
                                     .phase = NET_PHASE_LINKS_OUT,
                                     .dev = picture_text(self, link->name),
                                     .depth = picture_depth(self->picture, link)});
    }
}

static gboolean changes_master(const PicturePlan *self, const ObservedLink *wanted)
{
    const ObservedLink *link = picture_link(self, wanted->name);
    return !link || g_strcmp0(picture_name_of(self->wanted, wanted->master),
                              picture_name_of(self->picture, link->master)) != 0;
}

static guint needs_of_changes(const ObservedLink *wanted, const ObservedLink *actual)
{
    guint needs = 0;
    if (!wanted->own || !actual->own || actual->own->family != wanted->own->family)
        return 0;
    g_autoptr(LinkSettings) settings = picture_settings(wanted->own, FALSE);
    LinkDiffContext context = {.selector = link_settings_selector(settings)};
    g_autoptr(GPtrArray) differences = link_differences(wanted->own->table, settings, actual->own, &context);
    for (guint i = 0; i < differences->len; i++) {
        const LinkDifference *difference = differences->pdata[i];
        if (difference->wanted->option && difference->actual)
            needs |= difference->wanted->option->needs;
    }
    return needs;
}

static void port_out(PicturePlan *self, const ObservedLink *port)
{
    const char *master = picture_name_of(self->picture, port->master);
    if (master)
        picture_do(self, (NetOp){.type = NET_OP_PORT_REMOVE,
                                 .phase = NET_PHASE_PORTS_OUT,
                                 .dev = picture_text(self, port->name),
                                 .depth = picture_depth(self->picture, port),
                                 .master = picture_text(self, master)});
}

static void all_ports_out(PicturePlan *self, const ObservedLink *master)
{
    const GPtrArray *ports;
    guint most = self->picture->links->len;
    while (most-- && (ports = net_observed_ports_of(self->picture, master->ifindex)) && ports->len)
        port_out(self, ports->pdata[0]);
}

static void ports_out(PicturePlan *self, const GPtrArray *links)
{
    for (guint i = 0; i < links->len; i++) {
        const ObservedLink *wanted = links->pdata[i], *link = picture_link(self, wanted->name);
        if (link && link->master && changes_master(self, wanted))
            port_out(self, link);
        if (link && needs_of_changes(wanted, link) & LINK_NEEDS_NO_PORTS)
            all_ports_out(self, link);
    }
}

/* A device that becomes a port is down while it does (bond_enslave(): EPERM), and so is hardware that gets
 * another MAC; a port of a bond gets it from that. */
static gboolean must_be_down(const PicturePlan *self, const ObservedLink *wanted, const ObservedLink *link)
{
    gboolean enters = wanted->master && changes_master(self, wanted);
    gboolean is_new = !link->kind && !(wanted->flags & IFF_SLAVE) && wanted->mac.length &&
                      !ifcfg_mac_equal(&wanted->mac, &link->mac);
    return !(wanted->flags & IFF_UP) || enters || is_new || needs_of_changes(wanted, link) & LINK_NEEDS_DOWN;
}

static void links_down(PicturePlan *self, const GPtrArray *links)
{
    for (guint i = links->len; i-- > 0;) {
        const ObservedLink *wanted = links->pdata[i], *link = picture_link(self, wanted->name);
        if (link && link->flags & IFF_UP && must_be_down(self, wanted, link))
            picture_do(self, link_op(self, wanted, NET_OP_LINK_DOWN, NET_PHASE_LINKS_DOWN));
    }
}

/* --- in --- */

static void drivers_load(PicturePlan *self, const GPtrArray *links)
{
    for (guint i = 0; i < links->len; i++) {
        const ObservedLink *wanted = links->pdata[i];
        const LinkFamily *family = wanted->kind ? link_family_find(wanted->kind) : NULL;
        if (!family || !family->module_options || net_observed_has_driver(self->picture, family))
            continue;
        picture_do(self, (NetOp){.type = NET_OP_MODULE_LOAD,
                                 .phase = NET_PHASE_MODULE,
                                 .module = {family->module, family->module_options}});
    }
}

/* Those that name the device below in their options (tunnels) are told of it there. */
static gboolean names_lower(const LinkFamily *family)
{
    for (gsize i = 0; i < family->own.n; i++)
        if (family->own.rows[i].kind == LINK_VALUE_IFNAME && family->own.rows[i].when == LINK_WHEN_CREATE)
            return TRUE;
    return FALSE;
}

static GPtrArray *creation_settings(PicturePlan *self, const ObservedLink *wanted)
{
    LinkSettings *settings = wanted->own ? picture_settings(wanted->own, FALSE) : NULL;
    GPtrArray *list = g_ptr_array_new();
    net_pool_keep(self->plan->pool, list, (GDestroyNotify)g_ptr_array_unref);
    if (settings)
        net_pool_keep(self->plan->pool, settings, (GDestroyNotify)link_settings_free);
    for (guint i = 0; settings && i < link_settings_length(settings); i++) {
        const LinkSetting *setting = link_settings_nth(settings, i);
        gboolean is_needed = setting->option->when == LINK_WHEN_CREATE || wanted->own->family->sets_all ||
                             !link_setting_is_default(setting);
        if (is_needed && setting->option->when < LINK_WHEN_AFTER_PORTS)
            g_ptr_array_add(list, (gpointer)setting);
    }
    return list;
}

/* A cable whose other end was in another namespace nobody can make again. The MTU comes later: one above that
 * of the device below, which has its own only then, is refused. */
static void make(PicturePlan *self, const ObservedLink *wanted)
{
    const LinkFamily *family = wanted->kind ? link_family_find(wanted->kind) : NULL;
    const char *lower = picture_name_of(self->wanted, wanted->lower),
               *peer = picture_name_of(self->wanted, wanted->peer);
    const ObservedLink *below = lower ? net_observed_link(self->wanted, lower) : NULL;
    gboolean is_half = g_str_equal(wanted->kind ? wanted->kind : "", "veth") && !peer;
    if (!family || is_half || picture_link(self, wanted->name) || (peer && picture_link(self, peer)))
        return;
    NetOp op = link_op(self, wanted, NET_OP_LINK_ADD, NET_PHASE_CREATE);
    op.create.family = family;
    op.create.settings = creation_settings(self, wanted);
    op.create.lower = names_lower(family) ? NULL : lower;
    op.create.peer = peer;
    if (!below || !ifcfg_mac_equal(&below->mac, &wanted->mac))
        op.create.mac = wanted->mac;
    if (self->scope && self->scope->keeps_numbers &&
        !net_observed_link_by_index(self->picture, wanted->ifindex))
        op.create.ifindex = (guint32)wanted->ifindex;
    picture_do(self, op);
}

static void ports_in(PicturePlan *self, const GPtrArray *links)
{
    for (guint i = 0; i < links->len; i++) {
        const ObservedLink *wanted = links->pdata[i];
        const char *master = picture_name_of(self->wanted, wanted->master);
        if (!master || !picture_link(self, wanted->name) || !changes_master(self, wanted))
            continue;
        NetOp op = link_op(self, wanted, NET_OP_PORT_ADD, NET_PHASE_PORTS);
        op.master = master;
        picture_do(self, op);
    }
}

static void links_up(PicturePlan *self, const GPtrArray *links)
{
    for (guint i = 0; i < links->len; i++) {
        const ObservedLink *wanted = links->pdata[i], *link = picture_link(self, wanted->name);
        if (link && wanted->flags & IFF_UP && !(link->flags & IFF_UP))
            picture_do(self, link_op(self, wanted, NET_OP_LINK_UP, NET_PHASE_UP));
    }
}

void picture_plan_links(PicturePlan *self)
{
    g_autoptr(GPtrArray) links = wanted_links(self);
    drivers_load(self, links);
    ports_out(self, links);
    links_down(self, links);
    links_out(self);
    for (guint i = 0; i < links->len; i++)
        make(self, links->pdata[i]);
    picture_plan_options(self, links);
    ports_in(self, links);
    links_up(self, links);
    picture_plan_late_options(self, links);
}
