/* The rules between bonding options that no row can say: what the kernel would refuse or ignore, told at the
 * option's place. Sources: drivers/net/bonding/bond_options.c and bond_netlink.c; what is left is what older
 * scripts ended up with. */
#include "bond-family.h"
#include "i18n.h"
#include "link-private.h"

/* Asked for with a value that cannot be: that has been told. */
static gboolean is_left_out(const LinkSettings *settings, const char *name)
{
    const GPtrArray *left_out = link_settings_left_out(settings);

    for (guint i = 0; i < left_out->len; i++)
        if (g_str_equal(((const LinkSetting *)g_ptr_array_index(left_out, i))->name, name))
            return TRUE;
    return FALSE;
}

static gboolean has_target(const LinkSettings *settings)
{
    return link_settings_find(settings, "arp_ip_target") || link_settings_find(settings, "ns_ip6_target");
}

/* The kernel runs one monitor: the last write wins, and arp_interval always came after miimon. Without a
 * target it sees nothing. */
static void check_both_monitors(LinkSettings *settings, const LinkCheck *check)
{
    const LinkSetting *miimon = link_settings_find(settings, "miimon");
    const LinkSetting *arp = link_settings_find(settings, "arp_interval");

    if (!link_settings_number(settings, "miimon") || !link_settings_number(settings, "arp_interval"))
        return;
    if (!has_target(settings)) {
        link_check_refuse(settings, check, arp, _("it has no arp_ip_target, and miimon is given too"));
        return;
    }
    if (!miimon->implied)
        link_check_warn(check, miimon,
                        _("%s=%s is ignored: arp_interval switches it off, keep one of the two"),
                        miimon->name, miimon->text);
    link_settings_remove(settings, miimon);
}

static void check_add_miimon(LinkSettings *settings, const LinkCheck *check)
{
    link_settings_set(settings, "miimon", "100", TRUE, NULL);
    link_settings_get(settings, "miimon")->where = check->where;
}

static void check_monitor(LinkSettings *settings, const LinkCheck *check)
{
    gboolean asked = link_settings_find(settings, "miimon") != NULL;

    check_both_monitors(settings, check);
    if (link_settings_number(settings, "arp_interval")) {
        if (!has_target(settings) && !is_left_out(settings, "arp_ip_target") &&
            !is_left_out(settings, "ns_ip6_target"))
            ifcfg_problems_add(check->problems, IFCFG_ERROR,
                               link_check_where(check, link_settings_find(settings, "arp_interval")),
                               _("arp_interval without arp_ip_target probes nothing: add "
                                 "arp_ip_target=ADDRESS, or use miimon=100"));
        return;
    }
    if (!asked)
        check_add_miimon(settings, check);
    else if (!link_settings_number(settings, "miimon"))
        ifcfg_problems_add(check->problems, IFCFG_ERROR,
                           link_check_where(check, link_settings_find(settings, "miimon")),
                           _("miimon=0 without arp_interval: a dead link is never noticed, use miimon=100"));
}

/* Validation and targets belong to ARP monitoring; the kernel refuses arp_validate together with miimon in
 * one message. */
static void check_arp_parts(LinkSettings *settings, const LinkCheck *check)
{
    const LinkSetting *validate = link_settings_find(settings, "arp_validate");
    static const char *const parts[] = {"arp_ip_target", "ns_ip6_target", "arp_all_targets",
                                        "arp_missed_max"};

    if (link_settings_number(settings, "arp_interval"))
        return;
    if (validate && !link_setting_is_default(validate))
        link_check_warn(check, validate, _("%s=%s is ignored: it has no effect without arp_interval"),
                        validate->name, validate->text);
    if (validate)
        link_settings_remove(settings, validate);
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        const LinkSetting *setting = link_settings_find(settings, parts[i]);
        if (setting && !link_setting_is_default(setting))
            link_check_warn(check, setting, _("%s=%s has no effect without arp_interval"), setting->name,
                            setting->text);
    }
}

/* bond_option_use_carrier_set() of Linux 6.18. */
static void check_carrier(LinkSettings *settings, const LinkCheck *check)
{
    const LinkSetting *carrier = link_settings_find(settings, "use_carrier");

    if (carrier && !link_setting_is_default(carrier))
        link_check_warn(
            check, carrier,
            _("%s=%s is refused by Linux 6.18 and newer, which always ask the driver for its carrier"),
            carrier->name, carrier->text);
}

void bond_check(LinkSettings *settings, const LinkCheck *check)
{
    check_monitor(settings, check);
    check_arp_parts(settings, check);
    check_carrier(settings, check);
}
