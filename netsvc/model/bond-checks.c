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

void check_bond_hwaddr(const Check *check)
{
    check_each(check, bond_hwaddr);
}

static void monitoring(const Check *check, const NetIface *iface)
{
    gboolean is_bond = g_str_equal(iface->kind->name, "bond") && iface->settings;
    const LinkSetting *miimon = is_bond ? link_settings_find(iface->settings, "miimon") : NULL;
    if (!miimon || !miimon->implied || !miimon->number || iface->unsupported || iface->fault ||
        (miimon->where.file && miimon->where.file != iface->file))
        return;
    ifcfg_problems_add(check->problems, IFCFG_WARNING, miimon->where.file ? miimon->where : iface->where,
                       _("neither miimon nor arp_interval is set: the bond comes up with miimon=%s"),
                       miimon->text);
}

void check_monitoring(const Check *check)
{
    check_each(check, monitoring);
}
