/* What is said of an interface that nothing here brings up. */
#include "i18n.h"
#include "model/model-private.h"
#include <string.h>

static gboolean is_wireless(const NetIface *iface)
{
    return g_str_has_prefix(iface->unsupported, "ESSID=") ||
           !g_ascii_strcasecmp(iface->unsupported, "TYPE=Wireless") ||
           !g_ascii_strcasecmp(iface->unsupported, "DEVICETYPE=wlan");
}

/* The program of the old scripts' packages: by DEVICETYPE, TYPE, or the name without its number. */
static char *program_for(const char *unsupported)
{
    const char *value = strchr(unsupported, '=') + 1;
    gboolean is_name = g_str_has_prefix(unsupported, "DEVICE=");
    return g_strndup(value, strcspn(value, is_name ? "0123456789 " : " "));
}

char *net_iface_unsupported_text(const NetIface *iface)
{
    if (is_wireless(iface))
        return g_strdup_printf(
            _("%s: netsvc brings up no wireless device; NetworkManager or wpa_supplicant does"),
            iface->unsupported);
    g_autofree char *program = program_for(iface->unsupported);
    return g_strdup_printf(
        _("%s: netsvc brings up no such device, and there is no program ifup-%s that does"),
        iface->unsupported, program);
}

static void unsupported_tell(const NetIface *iface, const KindContext *context)
{
    g_autofree char *why = net_iface_unsupported_text(iface);
    ifcfg_problems_add(context->problems, IFCFG_WARNING, iface->unsupported_where, _("%s; %s is left alone"),
                       why, iface->name);
}

/* An alias that cannot come up because its parent cannot is no news. */
void net_iface_report_unsupported(NetIface *iface, const KindContext *context)
{
    gboolean is_told = iface->fault && iface->fault_where.line == iface->unsupported_where.line;

    if (iface->unsupported && iface->unsupported_where.file == iface->file && !is_told)
        unsupported_tell(iface, context);
}
