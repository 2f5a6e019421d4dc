/* What a device has of net.ipv6.conf: by keys where there are such. */
#include "i18n.h"
#include "model/devconf.h"
#include "model/field.h"
#include "model/iface.h"
#include "model/model-private.h"
#include "writing/import.h"
#include <linux/if_link.h>
#include <string.h>
#include <sys/socket.h>

static gboolean differs(const NetImport *self, const ObservedLink *link, guint conf)
{
    return link->has_confs && link->confs[conf] >= 0 &&
           link->confs[conf] != self->observed->confs_default[conf];
}

static gboolean has_privacy(const NetImport *self, const ObservedLink *link)
{
    return differs(self, link, NET_CONF_USE_TEMPADDR) && link->confs[NET_CONF_USE_TEMPADDR] > 0;
}

static gboolean has_token(const ObservedLink *link)
{
    static const guint8 none[16];
    return link->token.family == AF_INET6 && memcmp(link->token.bytes, none, sizeof none) != 0;
}

/* Whether the file is about IPv6 in any case; else it says nothing, and the device is left as sysctl.conf has
 * it. */
static gboolean is_about_ip6(const NetImport *self, const NetIface *iface, const ObservedLink *link)
{
    return net_iface_first_address(iface, AF_INET6) || iface->dhcp.is_6 || has_privacy(self, link) ||
           has_token(link);
}

/* What net_iface_read_confs() asks for by these keys. Returns: FALSE for what they do not come to */
static gboolean router_import(NetIface *iface, const ObservedLink *link)
{
    const gint32 *confs = link->confs;
    gboolean forwards = confs[NET_CONF_FORWARDING] != 0, is_auto = confs[NET_CONF_AUTOCONF] != 0;
    gboolean is_forced = !forwards && !is_auto && confs[NET_CONF_ACCEPT_RA] == 1;
    gint32 taken = is_auto ? (forwards ? 2 : 1) : is_forced;
    if (confs[NET_CONF_ACCEPT_RA] != taken || (confs[NET_CONF_ACCEPT_REDIRECTS] != 0) != is_auto)
        return FALSE;
    iface->ipv6forwarding = forwards;
    iface->ipv6_force_accept_ra = is_forced;
    if (is_auto == forwards)
        iface->ipv6_autoconf = is_auto;
    return TRUE;
}

static gboolean is_usual(const NetImport *self, const ObservedLink *link)
{
    static const guint confs[] = {NET_CONF_FORWARDING, NET_CONF_ACCEPT_RA, NET_CONF_ACCEPT_REDIRECTS,
                                  NET_CONF_AUTOCONF};
    for (gsize i = 0; i < G_N_ELEMENTS(confs); i++)
        if (differs(self, link, confs[i]))
            return FALSE;
    return TRUE;
}

/* As the device is, or not at all. Returns: whether the file says it */
static gboolean confs_import(const NetImport *self, NetIface *iface, const ObservedLink *link)
{
    gboolean is_about = is_about_ip6(self, iface, link);
    if (net_kind_has(iface->kind, NET_KIND_LEADS_ON6)) /* whatever its file says: sit_check() */
        return TRUE;
    if (!link->has_confs || (!is_about && is_usual(self, link)))
        return FALSE;
    gboolean is_said = router_import(iface, link);
    if (!is_said && is_about)
        iface->ipv6_set_sysctls = FALSE;
    return is_said && (is_about || iface->ipv6_autoconf >= 0 || iface->ipv6forwarding);
}

/* --- what has a key of its own --- */

static void privacy_import(NetIface *iface, const ObservedLink *link)
{
    net_field_set(iface, "IPV6_PRIVACY", "rfc3041");
    iface->ipv6_prefer_public = link->confs[NET_CONF_USE_TEMPADDR] == 1;
}

/* Returns: FALSE for a way that no key says */
static gboolean identifiers_import(NetIface *iface, const ObservedLink *link)
{
    switch (link->confs[NET_CONF_ADDR_GEN_MODE]) {
    case IN6_ADDR_GEN_MODE_EUI64:
        return net_field_set(iface, "IPV6_ADDR_GEN_MODE", "eui64");
    case IN6_ADDR_GEN_MODE_STABLE_PRIVACY:
        return net_field_set(iface, "IPV6_ADDR_GEN_MODE", "stable-privacy");
    default:
        return FALSE;
    }
}

static void token_import(NetIface *iface, const ObservedLink *link)
{
    g_autofree char *token = ifcfg_ip_format(&link->token);
    net_field_set(iface, "IPV6_TOKEN", token);
}

/* @is_said: those that belong together are. Returns: whether the file says it, in whatever way */
static gboolean conf_import(const NetImport *self, NetIface *iface, const ObservedLink *link, guint conf,
                            gboolean is_said)
{
    switch (conf) {
    case NET_CONF_USE_TEMPADDR:
        if (has_privacy(self, link))
            privacy_import(iface, link);
        return has_privacy(self, link);
    case NET_CONF_ADDR_GEN_MODE:
        return identifiers_import(iface, link);
    case NET_CONF_DISABLE_IPV6:
        iface->ipv6_disabled = link->confs[conf] == 1;
        return iface->ipv6_disabled;
    case NET_CONF_ACCEPT_RA_DEFRTR:
        iface->ipv6_defroute = link->confs[conf] != 0;
        return TRUE;
    default:
        return is_said;
    }
}

/* --- what has none --- */

static void sysctl_append(GString *text, const char *family, const char *name, gint32 value)
{
    g_string_append_printf(text, "%s%s %s=%d", text->len ? ", " : "", family, name, value);
}

/* What the kernel chooses for a device that asks nobody is less than nothing. */
static void sysctls_append(const NetImport *self, GString *text, const ObservedLink *link)
{
    for (guint i = 0; i < NET_SYSCTL_LAST; i++)
        if (link->sysctls[i] >= 0 && link->sysctls[i] != self->observed->sysctls_default[i])
            sysctl_append(text, i < NET_SYSCTL_IPV6 ? "ipv4" : "ipv6", net_sysctl_name(i), link->sysctls[i]);
}

static void sysctls_tell(const NetImport *self, const NetIface *iface, const GString *text)
{
    if (text->len)
        net_write_miss(iface, self->problems,
                       _("no key sets what it has of sysctl and new devices have not (%s): "
                         "/etc/sysctl.conf can"),
                       text->str);
}

/* Whatever its file says: confs_of_way_on() of model/model-ipv6.c. */
static void sit_check(const NetImport *self, const NetIface *iface, const ObservedLink *link)
{
    if (net_kind_has(iface->kind, NET_KIND_LEADS_ON6) && link->has_confs && !link->confs[NET_CONF_FORWARDING])
        ifcfg_problems_add(self->problems, IFCFG_WARNING, (IfcfgWhere){0},
                           _("%s does not forward IPv6 now, and will: a sit tunnel does by any file, as the "
                             "old scripts had it"),
                           link->name);
}

void net_import_confs(const NetImport *self, NetIface *iface, const ObservedLink *link)
{
    g_autoptr(GString) text = g_string_new(NULL);
    gboolean is_loopback = g_str_equal(iface->kind->name, "loopback");
    gboolean is_said = confs_import(self, iface, link);
    if (has_token(link) && iface->ipv6_set_sysctls)
        token_import(iface, link);
    for (guint i = 0; i < NET_CONF_LAST && !is_loopback; i++)
        if (differs(self, link, i) &&
            !(iface->ipv6_set_sysctls && conf_import(self, iface, link, i, is_said)))
            sysctl_append(text, "ipv6", net_conf_name(i), link->confs[i]);
    sysctls_append(self, text, link);
    sysctls_tell(self, iface, text);
    sit_check(self, iface, link);
}
