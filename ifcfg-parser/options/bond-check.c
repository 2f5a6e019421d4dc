/* The rules between bonding options: what the kernel would refuse, round or ignore, told at the option's
 * place. Sources: drivers/net/bonding/bond_options.c and bond_netlink.c; what is left is what older scripts
 * ended up with. */
#include "bond-private.h"
#include "i18n.h"

typedef struct {
    BondSettings *self;
    const char *const *ports; /* NULL: not known */
    IfcfgWhere where;         /* for what has no place of its own */
    IfcfgProblems *problems;
} Check;

static IfcfgWhere setting_where(const Check *check, const BondSetting *setting)
{
    return setting->where.file || setting->where.line ? setting->where : check->where;
}

/* Takes a setting out with an error, or without a word when it asks for nothing but the default. */
static void check_refuse(const Check *check, const BondSetting *setting, const char *reason)
{
    if (!bond_setting_is_default(setting)) {
        ifcfg_problems_add(check->problems, IFCFG_ERROR, setting_where(check, setting),
                           _("%s=%s is ignored: %s"), setting->name, setting->text, reason);
        if (!setting->implied)
            bond_settings_leave_out(check->self, setting->option, setting->name, setting->text,
                                    setting_where(check, setting));
    }
    bond_settings_remove(check->self, setting);
}

static void check_warn(const Check *check, const BondSetting *setting, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
static void check_warn(const Check *check, const BondSetting *setting, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    ifcfg_problems_add(check->problems, IFCFG_WARNING, setting_where(check, setting), "%s", text);
}

static void check_mode_of(const Check *check, const BondSetting *setting, guint mode)
{
    const BondOption *option = setting->option;
    gboolean refused = !(option->modes & BOND_MODE_BIT(mode));

    if (!refused && ((option->effective & BOND_MODE_BIT(mode)) || bond_setting_is_default(setting)))
        return;
    g_autofree char *modes = bond_modes_format(refused ? option->modes : option->effective, ", ");
    if (!refused) {
        check_warn(check, setting, _("%s=%s has an effect only in mode %s, not in %s"), setting->name,
                   setting->text, modes, bond_mode_name(mode));
        return;
    }
    g_autofree char *reason =
        g_strdup_printf(_("it exists only in mode %s, not in %s"), modes, bond_mode_name(mode));
    check_refuse(check, setting, reason);
}

static void check_modes(const Check *check)
{
    guint mode = bond_settings_mode(check->self);

    for (guint i = bond_settings_length(check->self); i-- > 0;) {
        const BondSetting *setting = bond_settings_nth(check->self, i);
        if (setting->option && setting->option->phase == BOND_PHASE_LOAD) {
            if (!setting->implied)
                check_warn(
                    check, setting,
                    _("%s=%s is for loading the module: write it into /etc/modprobe.d, as `options bonding`"),
                    setting->name, setting->text);
            bond_settings_remove(check->self, setting);
        } else if (setting->option) {
            check_mode_of(check, setting, mode);
        }
    }
}

static guint32 settings_number(const BondSettings *self, const char *name)
{
    const BondSetting *setting = bond_settings_find(self, name);
    return setting ? setting->number : 0;
}

static gboolean check_has_target(const Check *check)
{
    return bond_settings_find(check->self, "arp_ip_target") ||
           bond_settings_find(check->self, "ns_ip6_target");
}

/* The kernel runs one monitor: the last write wins, and arp_interval always came after miimon. Without a
 * target it sees nothing. */
static void check_both_monitors(const Check *check)
{
    const BondSetting *miimon = bond_settings_find(check->self, "miimon");
    const BondSetting *arp = bond_settings_find(check->self, "arp_interval");

    if (!settings_number(check->self, "miimon") || !settings_number(check->self, "arp_interval"))
        return;
    if (!check_has_target(check)) {
        check_refuse(check, arp, _("it has no arp_ip_target, and miimon is given too"));
        return;
    }
    if (!miimon->implied)
        check_warn(check, miimon, _("%s=%s is ignored: arp_interval switches it off, keep one of the two"),
                   miimon->name, miimon->text);
    bond_settings_remove(check->self, miimon);
}

static void check_add_miimon(const Check *check)
{
    bond_settings_set(check->self, "miimon", "100", TRUE, NULL);
    bond_settings_get(check->self, "miimon")->where = check->where;
}

static void check_monitor(const Check *check)
{
    gboolean asked = bond_settings_find(check->self, "miimon") != NULL;

    check_both_monitors(check);
    if (settings_number(check->self, "arp_interval")) {
        if (!check_has_target(check))
            ifcfg_problems_add(check->problems, IFCFG_ERROR,
                               setting_where(check, bond_settings_find(check->self, "arp_interval")),
                               _("arp_interval without arp_ip_target probes nothing: add "
                                 "arp_ip_target=ADDRESS, or use miimon=100"));
        return;
    }
    if (!asked)
        check_add_miimon(check);
    else if (!settings_number(check->self, "miimon"))
        ifcfg_problems_add(check->problems, IFCFG_ERROR,
                           setting_where(check, bond_settings_find(check->self, "miimon")),
                           _("miimon=0 without arp_interval: a dead link is never noticed, use miimon=100"));
}

/* Validation and targets belong to ARP monitoring; the kernel refuses arp_validate together with miimon in
 * one message. */
static void check_arp_parts(const Check *check)
{
    const BondSetting *validate = bond_settings_find(check->self, "arp_validate");
    static const char *const parts[] = {"arp_ip_target", "ns_ip6_target", "arp_all_targets",
                                        "arp_missed_max"};

    if (settings_number(check->self, "arp_interval"))
        return;
    if (validate && !bond_setting_is_default(validate))
        check_warn(check, validate, _("%s=%s is ignored: it has no effect without arp_interval"),
                   validate->name, validate->text);
    if (validate)
        bond_settings_remove(check->self, validate);
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        const BondSetting *setting = bond_settings_find(check->self, parts[i]);
        if (setting && !bond_setting_is_default(setting))
            check_warn(check, setting, _("%s=%s has no effect without arp_interval"), setting->name,
                       setting->text);
    }
}

static void check_delay(const Check *check, BondSetting *setting, guint32 miimon)
{
    if (miimon == 0) {
        check_refuse(check, setting, _("it needs miimon"));
        return;
    }
    if (setting->number % miimon == 0)
        return;
    g_autofree char *rounded = g_strdup_printf("%u", setting->number - setting->number % miimon);
    check_warn(check, setting, _("%s=%s becomes %s: it is rounded down to a multiple of miimon=%u"),
               setting->name, setting->text, rounded, miimon);
    bond_setting_change(setting, rounded);
}

static void check_delays(const Check *check)
{
    guint32 miimon = settings_number(check->self, "miimon");
    gsize count;
    const BondOption *options = bond_options(&count);

    for (gsize i = 0; i < count; i++) {
        BondSetting *setting = bond_settings_get(check->self, options[i].name);
        if (setting && (options[i].needs & BOND_IS_TIME_OF_MIIMON))
            check_delay(check, setting, miimon);
    }
}

/* IFNAME:N of ports that are not ours are dropped one by one. */
static void check_port_list(const Check *check, BondSetting *setting)
{
    g_auto(GStrv) words = g_strsplit(setting->text, " ", -1);
    g_autoptr(GString) kept = g_string_new(NULL);

    for (char **word = words; *word; word++) {
        g_autofree char *port = g_strndup(*word, strcspn(*word, ":"));
        if (g_strv_contains(check->ports, port))
            g_string_append_printf(kept, "%s%s", kept->len ? " " : "", *word);
        else {
            ifcfg_problems_add(check->problems, IFCFG_ERROR, setting_where(check, setting),
                               _("%s=%s is ignored: %s is not one of the bond's ports"), setting->name, *word,
                               port);
            bond_settings_leave_out(check->self, setting->option, setting->name, *word,
                                    setting_where(check, setting));
        }
    }
    if (kept->len)
        bond_setting_change(setting, kept->str);
    else
        bond_settings_remove(check->self, setting);
}

static gboolean option_is_of_ports(const BondOption *option)
{
    return option && (option->kind == BOND_VALUE_PORT_UINT || option->kind == BOND_VALUE_PORT_INT);
}

/* That a bond has no ports at all is the caller's news; then it is none that this port is missing. */
static void check_ports(const Check *check)
{
    for (guint i = bond_settings_length(check->self); check->ports && i-- > 0;) {
        const BondSetting *setting = bond_settings_nth(check->self, i);
        guint kind = setting->option ? setting->option->kind : BOND_VALUE_LAST;
        if (!check->ports[0] && (kind == BOND_VALUE_IFNAME || option_is_of_ports(setting->option)))
            bond_settings_remove(check->self, setting);
        else if (kind == BOND_VALUE_IFNAME && !g_strv_contains(check->ports, setting->text))
            check_refuse(check, setting, _("this is not one of the bond's ports"));
        else if (option_is_of_ports(setting->option))
            check_port_list(check, bond_settings_get(check->self, setting->name));
    }
}

static void check_pairs(const Check *check)
{
    const BondSetting *prio = bond_settings_find(check->self, "prio");
    const BondSetting *carrier = bond_settings_find(check->self, "use_carrier");

    if (prio && bond_settings_find(check->self, "primary"))
        check_warn(check, prio, _("%s=%s has no effect together with primary"), prio->name, prio->text);
    if (carrier && !bond_setting_is_default(carrier))
        check_warn(check, carrier,
                   _("%s=%s is refused by Linux 6.18 and newer, which always ask the driver for its carrier"),
                   carrier->name, carrier->text);
}

/* A mode that nobody understands has been told; what the default mode has not is no news beside it. */
static gboolean mode_is_left_out(const BondSettings *self)
{
    const GPtrArray *left_out = bond_settings_left_out(self);

    for (guint i = 0; i < left_out->len; i++)
        if (g_str_equal(((const BondSetting *)g_ptr_array_index(left_out, i))->name, "mode"))
            return TRUE;
    return FALSE;
}

void bond_settings_complete(BondSettings *self, const char *const *ports, IfcfgWhere where,
                            IfcfgProblems *problems)
{
    Check check = {.self = self, .ports = ports, .where = where, .problems = problems};
    Check quiet = check;

    quiet.problems = NULL;
    check_modes(mode_is_left_out(self) ? &quiet : &check);
    check_monitor(&check);
    check_arp_parts(&check);
    check_delays(&check);
    check_ports(&check);
    check_pairs(&check);
}
