/* VLANs: the forms in which files name them (eth0.5, vlan5 with PHYSDEV, any name with VID), and their flags.
 */
#include "families.h"
#include "i18n.h"
#include "kinds/kinds.h"
#include <string.h>

/* The number in eth0.5 and in vlan5; NULL: none is there. */
static const char *number_of_name(const char *name)
{
    const char *dot = strrchr(name, '.');
    const char *digits = dot && dot > name ? dot + 1 : g_str_has_prefix(name, "vlan") ? name + 4 : "";

    return *digits && !digits[strspn(digits, "0123456789")] ? digits : NULL;
}

static gboolean name_is_enough(const NetIface *iface)
{
    gboolean is_other = net_iface_get(iface, "TYPE", NULL) && !kind_type_is(iface, "Ethernet");

    return !is_other && number_of_name(iface->name) &&
           (strchr(iface->name, '.') || net_iface_get(iface, "PHYSDEV", NULL));
}

/* VLAN=yes decides, not TYPE, as it did for ifup; in /etc/sysconfig/network it only had the driver loaded. */
static gboolean vlan_match(const NetIface *iface, G_GNUC_UNUSED const KindContext *context)
{
    const char *vlan = ifcfg_record_get(iface->record, "VLAN");

    if (kind_type_is(iface, "Vlan") || (vlan && ifcfg_is_true(vlan)))
        return TRUE;
    return !(vlan && ifcfg_is_false(vlan)) && name_is_enough(iface);
}

/* VID is the old scripts' key, VLAN_ID that of NetworkManager; the device's name comes last, as with both. */
static const char *number_find(const NetIface *iface, const char **ret_key, IfcfgWhere *ret_where)
{
    static const char *const keys[] = {"VID", "VLAN_ID"};

    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        const char *text = net_iface_get(iface, keys[i], ret_where);
        *ret_key = keys[i];
        if (text)
            return text;
    }
    *ret_key = "DEVICE";
    *ret_where = iface->where;
    return number_of_name(iface->name);
}

/* The old scripts did not know VLAN_ID: they went by the name. */
static void check_name(const NetIface *iface, const char *key, const char *text, IfcfgWhere where,
                       const KindContext *context)
{
    const char *named = number_of_name(iface->name);
    if (named && g_str_equal(key, "VLAN_ID") &&
        g_ascii_strtoull(named, NULL, 10) != g_ascii_strtoull(text, NULL, 10))
        ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                           _("VLAN_ID=%s counts, not the %s in the name %s; the old scripts took that: write "
                             "VID=%s if it is meant"),
                           text, named, iface->name, named);
}

static void number_read(NetIface *iface, const KindContext *context)
{
    const LinkOption *row = link_table_find(&vlan_family.own, "id");
    IfcfgWhere where;
    const char *key, *text = number_find(iface, &key, &where);

    if (!text) {
        net_iface_fail(iface, iface->where, context->problems,
                       _("the VLAN has no number: write VID=NUMBER, or DEVICE=NIC.NUMBER"));
        return;
    }
    check_name(iface, key, text, where, context);
    gboolean is_number = link_settings_read_key(iface->settings, row, key, text, where, NULL);
    gboolean is_told = !g_str_equal(key, "DEVICE"); /* by the check of keys */
    if (!is_number || !link_settings_find(iface->settings, "id")->number)
        net_iface_fail(iface, where, is_told ? NULL : context->problems,
                       _("%s=%s: the number of a VLAN is from 1 to 4094"), key, is_told ? text : iface->name);
}

/* VLAN_FLAGS of NetworkManager. */
static const struct {
    const char *word, *option, *text;
} flags[] = {{"GVRP", "gvrp", "on"},
             {"MVRP", "mvrp", "on"},
             {"LOOSE_BINDING", "loose_binding", "on"},
             {"BRIDGE_BINDING", "bridge_binding", "on"},
             {"NO_REORDER_HDR", "reorder_hdr", "off"},
             {"REORDER_HDR", "reorder_hdr", "on"}};

static gboolean flag_set(NetIface *iface, const char *word, IfcfgWhere where)
{
    for (gsize i = 0; i < G_N_ELEMENTS(flags); i++) {
        const LinkOption *row = link_table_find(&vlan_family.own, flags[i].option);
        if (!g_ascii_strcasecmp(word, flags[i].word))
            return link_settings_read_key(iface->settings, row, "VLAN_FLAGS", flags[i].text, where, NULL);
    }
    return FALSE;
}

static void flags_read(NetIface *iface, const KindContext *context)
{
    IfcfgWhere where;
    const char *text = net_iface_get(iface, "VLAN_FLAGS", &where);
    g_auto(GStrv) words = g_strsplit_set(text ? text : "", ", \t", -1);

    for (char **word = words; *word; word++)
        if (**word && !flag_set(iface, *word, where))
            ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                               _("VLAN_FLAGS: unknown flag '%s', ignored"), *word);
}

static void vlan_read(NetIface *iface, const KindContext *context)
{
    iface->settings = link_settings_new(&vlan_family);
    number_read(iface, context);
    flags_read(iface, context);
    if (!iface->fault)
        kind_read_options(iface, context);
    kind_read_port(iface, context);
}

const IfaceKind vlan_kind = {
    .name = "vlan",
    .type = "Vlan",
    .mark = "VLAN",
    .family = &vlan_family,
    .traits = NET_KIND_CREATES | NET_KIND_IS_STACKED | NET_KIND_MAC_WHILE_UP | NET_KIND_IS_LIKE_LOWER |
              NET_KIND_NAME_DECIDES | NET_KIND_IS_ONCE_BELOW,
    .match = vlan_match,
    .read = vlan_read,
    .link = kind_link_options,
};
