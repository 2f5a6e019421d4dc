/* TYPE=Tap and TYPE=Tun: a device whose other end a program opens as a file: a virtual machine, a VPN. */
#include "families.h"
#include "i18n.h"
#include "ifcfg-file.h"
#include "kinds/kinds.h"
#include <string.h>

static gboolean tap_match(const NetIface *iface, G_GNUC_UNUSED const KindContext *context)
{
    return kind_type_is(iface, "Tap") || kind_type_is(iface, "Tun");
}

/* The number behind the second colon of NAME:x:NUMBER:...; what is in no file but a directory service is not
 * there yet when the network comes up. */
static char *number_find(const char *name, const char *path, const KindContext *context)
{
    g_autofree char *file = g_build_filename(ifcfg_dir_root(net_model_dir(context->model)), path, NULL);
    g_autofree char *text = NULL;

    if (!g_file_get_contents(file, &text, NULL, NULL))
        return NULL;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++) {
        g_auto(GStrv) fields = g_strsplit(*line, ":", 4);
        if (g_strv_length(fields) > 2 && g_str_equal(fields[0], name))
            return g_strdup(fields[2]);
    }
    return NULL;
}

/* Where the tree is not a whole system, nobody here can say. */
static gboolean names_are_known(const char *path, const KindContext *context)
{
    const char *root = ifcfg_dir_root(net_model_dir(context->model));
    g_autofree char *file = g_build_filename(root, path, NULL);
    return !*root || g_file_test(file, G_FILE_TEST_EXISTS);
}

static void owner_read(NetIface *iface, const char *key, const char *option, const char *path,
                       const KindContext *context)
{
    const LinkOption *row = link_table_find(&tun_family.own, option);
    IfcfgWhere where;
    const char *text = net_iface_get(iface, key, &where);
    gboolean is_number = text && *text && !text[strspn(text, "0123456789")];

    if (!text)
        return;
    g_autofree char *number = is_number ? g_strdup(text) : number_find(text, path, context);
    if (number)
        link_settings_read_key(iface->settings, row, key, number, where, context->problems);
    else if (names_are_known(path, context))
        ifcfg_problems_add(
            context->problems, IFCFG_ERROR, where,
            _("%s=%s: %s has no such name; write the number: nobody but root can open the device"), key, text,
            path);
}

/* As ifup-eth had it: TYPE=Tap made of a name that begins with tun a device for packets. */
static gboolean is_for_frames(const NetIface *iface)
{
    return kind_type_is(iface, "Tap") && !g_str_has_prefix(iface->name, "tun");
}

static void tap_read(NetIface *iface, const KindContext *context)
{
    iface->settings = link_settings_new(&tun_family);
    link_settings_set(iface->settings, "type", is_for_frames(iface) ? "tap" : "tun", FALSE, NULL);
    owner_read(iface, "OWNER", "owner", "/etc/passwd", context);
    owner_read(iface, "GROUP", "group", "/etc/group", context);
    kind_read_port(iface, context);
}

static void tap_link(NetIface *iface, const KindContext *context)
{
    const LinkSetting *type = link_settings_find(iface->settings, "type");
    if (type && g_str_equal(type->text, "tun"))
        kind_refuse_bridge(iface, context,
                           _("a tun device has packets, and a bridge takes frames: write TYPE=Tap, with a "
                             "name that does not begin with tun"));
}

static const char *tap_type(const NetIface *iface)
{
    const LinkSetting *type = link_settings_find(iface->settings, "type");
    return type && g_str_equal(type->text, "tap") ? "Tap" : "Tun";
}

const IfaceKind tap_kind = {
    .type_of = tap_type,
    .name = "tap",
    .type = "Tap",
    .family = &tun_family,
    .traits = NET_KIND_CREATES | NET_KIND_MAC_WHILE_UP,
    .match = tap_match,
    .read = tap_read,
    .link = tap_link,
};
