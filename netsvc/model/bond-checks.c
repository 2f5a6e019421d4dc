/* Rules about bonds: what is written in vain, and how their links are watched. */
#include "i18n.h"
#include "model/check-private.h"
#include "model/kind.h"
#include <string.h>

static void bond_hwaddr(const Check *check, const NetIface *iface)
{
    gboolean is_bond = g_str_equal(iface->kind->name, "bond");
    const char *hwaddr = is_bond ? ifcfg_record_get(iface->record, "HWADDR") : NULL;
    if (hwaddr && *hwaddr)
        ifcfg_problems_add(check->problems, IFCFG_WARNING, ifcfg_record_where(iface->record, "HWADDR"),
                           _("HWADDR has no effect on a bond; to give it an address, write MACADDR=%s"),
                           hwaddr);
}

void check_hwaddr_in_vain(const Check *check)
{
    check_each(check, bond_hwaddr);
}

static gboolean is_monitor(const char *name)
{
    return name && (g_str_equal(name, "miimon") || g_str_equal(name, "arp_interval"));
}

/* "miimno=100", "miimon=100ms": what is wrong with it has been told. */
static gboolean is_mistyped(const LinkSettings *settings)
{
    const GPtrArray *left_out = link_settings_left_out(settings);
    const LinkFamily *family = link_settings_family(settings);

    for (guint i = 0; i < left_out->len; i++)
        if (is_monitor(((const LinkSetting *)g_ptr_array_index(left_out, i))->name))
            return TRUE;
    for (guint i = 0; i < link_settings_length(settings); i++) {
        const LinkSetting *setting = link_settings_nth(settings, i);
        if (!setting->option && is_monitor(link_family_guess(family, &family->own, setting->name)))
            return TRUE;
    }
    return FALSE;
}

static void monitoring(const Check *check, const NetIface *iface)
{
    gboolean is_bond = g_str_equal(iface->kind->name, "bond") && iface->settings;
    const LinkSetting *miimon = is_bond ? link_settings_find(iface->settings, "miimon") : NULL;
    if (!miimon || !miimon->implied || !miimon->number || iface->unsupported || iface->fault ||
        !ifcfg_record_length(iface->record) || (miimon->where.file && miimon->where.file != iface->file) ||
        is_mistyped(iface->settings))
        return;
    ifcfg_problems_add(check->problems, IFCFG_WARNING, miimon->where.file ? miimon->where : iface->where,
                       _("neither miimon nor arp_interval is set: the bond comes up with miimon=%s"),
                       miimon->text);
}

void check_monitoring(const Check *check)
{
    check_each(check, monitoring);
}

static void listed_port(const Check *check, const NetIface *iface, const IfcfgAssignment *assignment)
{
    const NetIface *port = *assignment->value ? net_model_find(check->model, assignment->value) : NULL;
    const NetRelation *relation = port ? net_iface_relation(port, NET_PORT_OF) : NULL;
    if (*assignment->value && (!relation || !g_str_equal(relation->name, iface->name)))
        ifcfg_problems_add(check->problems, IFCFG_WARNING, assignment->where,
                           _("%s=%s makes no port of it: write MASTER=%s and SLAVE=yes in the file of %s"),
                           assignment->key, assignment->value, iface->name, assignment->value);
}

static void listed_ports(const Check *check, const NetIface *iface)
{
    for (guint i = 0; iface->record && i < ifcfg_record_length(iface->record); i++) {
        const IfcfgAssignment *assignment = ifcfg_record_nth(iface->record, i);
        if (*assignment->key == 'B' && g_str_has_prefix(assignment->key, "BONDING_SLAVE"))
            listed_port(check, iface, assignment);
    }
}

/* cloud-init writes both; where the port's own file does not say it, nobody makes it one. */
void check_listed_ports(const Check *check)
{
    check_each(check, listed_ports);
}
