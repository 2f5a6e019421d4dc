/* TYPE=InfiniBand: IP over InfiniBand, a card like others but for its mode. With PKEY=yes, a partition of
 * such a card. The keys are those of ifup-ib. */
#include "families.h"
#include "i18n.h"
#include "kinds/kinds.h"
#include <string.h>

/* a full member of the partition, as ifup-ib made it, and as the kernel makes it of any number
 * (ipoib_new_child_link()) */
enum { PKEY_FULL = 0x8000 };

static gboolean is_partition(const NetIface *iface)
{
    return net_iface_get_bool(iface, "PKEY", FALSE);
}

static gboolean infiniband_match(const NetIface *iface, G_GNUC_UNUSED const KindContext *context)
{
    return kind_type_is(iface, "InfiniBand") && !is_partition(iface);
}

static gboolean ipoib_match(const NetIface *iface, G_GNUC_UNUSED const KindContext *context)
{
    return kind_type_is(iface, "InfiniBand");
}

/* What no file asks for stays as the driver has it. */
static void mode_read(NetIface *iface)
{
    IfcfgWhere where;

    iface->settings = link_settings_new(&ipoib_family);
    if (net_iface_get(iface, "CONNECTED_MODE", &where))
        link_settings_ask(iface->settings, "mode",
                          net_iface_get_bool(iface, "CONNECTED_MODE", FALSE) ? "connected" : "datagram",
                          where);
}

static void infiniband_read(NetIface *iface, const KindContext *context)
{
    mode_read(iface);
    kind_read_port(iface, context);
}

static gboolean number_parse(const char *text, guint64 *ret_number)
{
    gboolean is_hex = g_str_has_prefix(text, "0x") || g_str_has_prefix(text, "0X");

    return g_ascii_string_to_unsigned(is_hex ? text + strlen("0x") : text, is_hex ? 16 : 10, 1, 0xffff,
                                      ret_number, NULL);
}

static void partition_read(NetIface *iface, const KindContext *context)
{
    IfcfgWhere where = iface->where;
    const char *key = net_iface_get(iface, "PKEY_ID_NM", NULL) ? "PKEY_ID_NM" : "PKEY_ID";
    const char *text = net_iface_get(iface, key, &where);
    guint64 number;

    mode_read(iface);
    if (text && number_parse(text, &number)) {
        g_autofree char *pkey = g_strdup_printf("%" G_GUINT64_FORMAT, number | PKEY_FULL);
        link_settings_ask(iface->settings, "pkey", pkey, where);
    } else if (text) {
        net_iface_fail(iface, where, context->problems,
                       _("%s=%s is not possible: use a number from 1 to 0xffff"), key, text);
    } else {
        net_iface_fail(iface, where, context->problems,
                       _("PKEY_ID is missing: it is the number of the partition"));
    }
    kind_read_port(iface, context);
}

static void infiniband_link(NetIface *iface, const KindContext *context)
{
    kind_refuse_bridge(
        iface, context,
        _("InfiniBand has no Ethernet frames, and a bridge takes nothing else: remove this line"));
}

static void partition_link(NetIface *iface, const KindContext *context)
{
    infiniband_link(iface, context);
    kind_link_options(iface, context);
}

const IfaceKind infiniband_kind = {
    .name = "infiniband",
    .type = "InfiniBand",
    .family = &ipoib_family,
    .match = infiniband_match,
    .read = infiniband_read,
    .link = infiniband_link,
};

static const char *partition_type(G_GNUC_UNUSED const NetIface *iface)
{
    return infiniband_kind.type;
}

const IfaceKind ipoib_kind = {
    .type_of = partition_type,
    .name = "ipoib",
    .family = &ipoib_family,
    .traits = NET_KIND_CREATES | NET_KIND_IS_STACKED,
    .match = ipoib_match,
    .read = partition_read,
    .link = partition_link,
};
