/* Options of links and of ports, what every link has, and net.ipv6.conf: from one picture to another. */
#include "bridge-vlans.h"
#include "plan/picture-private.h"
#include "state/attributes.h"
#include <net/if.h>

/* Without the other one it shows what is not there (bond_options.c), or the kernel refuses even that. */
static gboolean lacks_other(const LinkValues *values, const LinkOption *option)
{
    const char *other = option->needs & LINK_NEEDS_OTHER ? link_values_find(values, option->other) : NULL;
    return other && (!*other || g_str_equal(other, "0") || g_str_equal(other, "off"));
}

LinkSettings *picture_settings(const LinkValues *values, gboolean is_port)
{
    LinkSettings *settings =
        is_port ? link_settings_new_of_port(values->family) : link_settings_new(values->family);
    for (gsize i = 0; i < values->table->n; i++) {
        const LinkOption *option = &values->table->rows[i];
        const char *text = values->texts[i];
        if (text && *text && option->when < LINK_WHEN_LOAD && !(option->needs & LINK_IS_VOLATILE) &&
            !lacks_other(values, option))
            link_settings_ask(settings, option->name, text, (IfcfgWhere){0});
    }
    return settings;
}

static char **port_names(const PicturePlan *self, const ObservedLink *link)
{
    const GPtrArray *ports = net_observed_ports_of(self->picture, link->ifindex);
    GPtrArray *names = g_ptr_array_new();
    for (guint i = 0; ports && i < ports->len; i++)
        g_ptr_array_add(names, g_strdup(((const ObservedLink *)ports->pdata[i])->name));
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(names, FALSE);
}

static guint when_of(const LinkDifference *difference)
{
    return difference->wanted->option ? difference->wanted->option->when : LINK_WHEN_BEFORE_PORTS;
}

static void set(PicturePlan *self, const ObservedLink *wanted, const LinkValues *values,
                const GPtrArray *differences, guint first, guint last, NetPhase phase)
{
    GPtrArray *settings = g_ptr_array_new_with_free_func((GDestroyNotify)link_setting_free);
    gboolean is_port = values == wanted->port;
    net_pool_keep(self->plan->pool, settings, (GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; i < differences->len; i++) {
        const LinkDifference *difference = differences->pdata[i];
        if (difference->actual && when_of(difference) >= first && when_of(difference) <= last)
            g_ptr_array_add(settings, link_setting_copy(difference->wanted));
    }
    if (settings->len)
        picture_do(self, (NetOp){.type = is_port ? NET_OP_PORT_SET : NET_OP_LINK_SET,
                                 .phase = phase,
                                 .dev = wanted->name,
                                 .set = {values->family, settings,
                                         is_port ? picture_name_of(self->wanted, wanted->master) : NULL}});
}

static void set_own(PicturePlan *self, const ObservedLink *wanted, guint first, guint last, NetPhase phase)
{
    const ObservedLink *link = picture_link(self, wanted->name);
    if (!wanted->own || !link || !link->own || link->own->family != wanted->own->family)
        return;
    g_autoptr(LinkSettings) settings = picture_settings(wanted->own, FALSE);
    g_auto(GStrv) ports = port_names(self, link);
    LinkDiffContext context = {.selector = link_settings_selector(settings),
                               .ports = (const char *const *)ports};
    g_autoptr(GPtrArray) differences = link_differences(wanted->own->table, settings, link->own, &context);
    set(self, wanted, wanted->own, differences, first, last, phase);
}

/* Which port is in use changes by itself; but it was that one, and a bond can have its MAC
 * (fail_over_mac=active). */
static void set_active(PicturePlan *self, const ObservedLink *wanted)
{
    const ObservedLink *link = picture_link(self, wanted->name);
    for (gsize i = 0; wanted->own && link && link->own && i < wanted->own->table->n; i++) {
        const LinkOption *option = &wanted->own->table->rows[i];
        const char *name = wanted->own->texts[i], *now = link_values_get(link->own, option);
        const ObservedLink *port = name && *name ? picture_link(self, name) : NULL;
        if (!(option->needs & LINK_IS_VOLATILE) || option->kind != LINK_VALUE_IFNAME || !port ||
            port->master != link->ifindex || !port->carrier || !now || g_str_equal(name, now))
            continue;
        g_autoptr(LinkSettings) settings = link_settings_new(wanted->own->family);
        const LinkSetting *setting = link_settings_ask(settings, option->name, name, (IfcfgWhere){0});
        GPtrArray *list = g_ptr_array_new_with_free_func((GDestroyNotify)link_setting_free);
        net_pool_keep(self->plan->pool, list, (GDestroyNotify)g_ptr_array_unref);
        g_ptr_array_add(list, link_setting_copy(setting));
        picture_do(self, (NetOp){.type = NET_OP_LINK_SET,
                                 .phase = NET_PHASE_PORT_OPTIONS,
                                 .dev = wanted->name,
                                 .set = {wanted->own->family, list, NULL}});
    }
}

static void set_port(PicturePlan *self, const ObservedLink *wanted)
{
    const ObservedLink *link = picture_link(self, wanted->name),
                       *master = net_observed_link_by_index(self->wanted, wanted->master);
    if (!wanted->port || !link || !link->port || link->port->family != wanted->port->family)
        return;
    g_autoptr(LinkSettings) settings = picture_settings(wanted->port, TRUE),
                            above = master && master->own ? picture_settings(master->own, FALSE) : NULL;
    LinkDiffContext context = {.selector = above ? link_settings_selector(above) : 0};
    g_autoptr(GPtrArray) differences = link_differences(wanted->port->table, settings, link->port, &context);
    set(self, wanted, wanted->port, differences, 0, LINK_WHEN_AFTER_PORTS, NET_PHASE_PORT_OPTIONS);
}

static void vlans_do(PicturePlan *self, const ObservedLink *wanted, NetOpType type, const char *list)
{
    if (*list)
        picture_do(self, (NetOp){.type = type,
                                 .phase = NET_PHASE_PORT_OPTIONS,
                                 .dev = wanted->name,
                                 .vlans = {.list = picture_text(self, list), .is_self = !wanted->master}});
}

static void set_vlans(PicturePlan *self, const ObservedLink *wanted)
{
    const ObservedLink *link = picture_link(self, wanted->name);
    if (!wanted->vlans || !link)
        return;
    g_autofree char *lacking = bridge_vlans_lacking(wanted->vlans, link->vlans),
                    *left_over = bridge_vlans_left_over(link->vlans, wanted->vlans, link->vlans);
    vlans_do(self, wanted, NET_OP_VLANS_ADD, lacking);
    vlans_do(self, wanted, NET_OP_VLANS_DELETE, left_over);
}

/* --- what every link has --- */

/* A port that has another MAC than its device came with it, where ports keep theirs (bond_alb_init_slave()).
 */
static gboolean brings_mac(const ObservedLink *master, const ObservedLink *wanted, const ObservedLink *link)
{
    return !(link->flags & IFF_SLAVE) && !ifcfg_mac_equal(&wanted->mac, &master->mac);
}

/* Such a port has MAC and MTU of its device, unless that has the MAC of the port in use (bond_enslave()). */
static gboolean is_ruled(const PicturePlan *self, const ObservedLink *wanted, const ObservedLink *link,
                         const char *name)
{
    const ObservedLink *master = net_observed_link_by_index(self->wanted, wanted->master);
    gboolean is_mac = g_str_equal(name, "mac");
    if (!master || !(wanted->flags & IFF_SLAVE))
        return FALSE;
    return g_str_equal(name, "mtu") ||
           (is_mac && !brings_mac(master, wanted, link) &&
            g_strcmp0(link_values_find(master->own, "fail_over_mac"), "active") != 0);
}

static void set_attributes(PicturePlan *self, const ObservedLink *wanted)
{
    const ObservedLink *link = picture_link(self, wanted->name);
    if (!link)
        return;
    g_autoptr(LinkValues) values = net_observed_attributes(wanted);
    g_autoptr(LinkSettings) settings = picture_settings(values, FALSE);
    g_autoptr(GPtrArray) differences = net_attribute_differences(settings, link);
    for (guint i = 0; i < differences->len; i++) {
        const LinkDifference *difference = differences->pdata[i];
        if (!difference->actual || is_ruled(self, wanted, link, difference->wanted->name))
            continue;
        LinkSetting *setting = net_pool_keep(self->plan->pool, link_setting_copy(difference->wanted),
                                             (GDestroyNotify)link_setting_free);
        picture_do(self, (NetOp){.type = NET_OP_LINK_ATTR,
                                 .phase = NET_PHASE_LINK,
                                 .dev = wanted->name,
                                 .depth = picture_depth(self->wanted, wanted),
                                 .attr = {.setting = setting}});
    }
}

static void set_confs(PicturePlan *self, const ObservedLink *wanted)
{
    for (guint conf = 0; wanted->has_confs && conf < NET_CONF_LAST; conf++) {
        const ObservedLink *link = picture_link(self, wanted->name);
        if (!link || !link->has_confs || link->confs[conf] == wanted->confs[conf])
            continue;
        g_autofree char *key = g_strdup_printf("ipv6/conf/%s/%s", wanted->name, net_conf_name(conf)),
                        *value = g_strdup_printf("%d", wanted->confs[conf]);
        picture_do(self, (NetOp){.type = NET_OP_SYSCTL_SET,
                                 .phase = NET_PHASE_LINK,
                                 .dev = wanted->name,
                                 .depth = picture_depth(self->wanted, wanted),
                                 .sysctl = {picture_text(self, key), picture_text(self, value)}});
    }
}

void picture_plan_options(PicturePlan *self, const GPtrArray *links)
{
    for (guint i = 0; i < links->len; i++) {
        set_own(self, links->pdata[i], LINK_WHEN_FIRST, LINK_WHEN_FIRST, NET_PHASE_MODE);
        set_own(self, links->pdata[i], LINK_WHEN_BEFORE_PORTS, LINK_WHEN_BEFORE_PORTS, NET_PHASE_MODE);
    }
    for (guint i = 0; i < links->len; i++) {
        set_attributes(self, links->pdata[i]);
        set_confs(self, links->pdata[i]);
    }
}

void picture_plan_late_options(PicturePlan *self, const GPtrArray *links)
{
    for (guint i = 0; i < links->len; i++) {
        set_own(self, links->pdata[i], LINK_WHEN_AFTER_PORTS, LINK_WHEN_AFTER_PORTS, NET_PHASE_PORT_OPTIONS);
        set_active(self, links->pdata[i]);
        set_port(self, links->pdata[i]);
        set_vlans(self, links->pdata[i]);
    }
}
