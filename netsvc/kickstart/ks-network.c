/* The options of a `network` line: one row an option, with what its value may be. */
#include "i18n.h"
#include "ifcfg-ip.h"
#include "ifcfg-keys.h"
#include "kickstart/ks.h"
#include <string.h>
#include <sys/socket.h>

/** Says what is wrong with a value, to be freed; NULL: nothing. */
typedef char *(*ValueCheck)(const char *value);

static char *check_any(const char *value)
{
    return *value ? NULL : g_strdup(_("a value is missing"));
}

static char *check_ip(const char *value, int family, const char *expected)
{
    IfcfgIp ip;
    return ifcfg_ip_parse(value, family, &ip) ? NULL
                                              : g_strdup_printf(_("'%s': expected %s"), value, expected);
}

static char *check_ip4(const char *value)
{
    return check_ip(value, AF_INET, _("an IPv4 address"));
}

static char *check_ip6(const char *value)
{
    return check_ip(value, AF_INET6, _("an IPv6 address"));
}

static char *check_netmask(const char *value)
{
    guint8 length;
    return ifcfg_netmask_parse(value, &length)
               ? NULL
               : g_strdup_printf(_("'%s': expected %s"), value, _("a netmask"));
}

static char *check_ipv6(const char *value)
{
    IfcfgPrefix prefix;
    if (g_str_equal(value, "auto") || g_str_equal(value, "dhcp") ||
        ifcfg_prefix_parse(value, AF_INET6, &prefix))
        return NULL;
    return g_strdup_printf(_("'%s': expected %s"), value, _("auto, dhcp or an IPv6 address with its length"));
}

static char *check_list(const char *value, ValueCheck check)
{
    g_auto(GStrv) items = g_strsplit(value, ",", -1);
    char *wrong = *value ? NULL : g_strdup(_("a value is missing"));
    for (char **item = items; *item && !wrong; item++)
        wrong = *g_strstrip(*item) ? check(*item) : NULL; /* "10.0.0.53," of a template */
    return wrong;
}

static char *check_server(const char *value)
{
    return check_ip(value, AF_UNSPEC, _("an IP address"));
}

static char *check_servers(const char *value)
{
    return check_list(value, check_server);
}

static char *check_ifname(const char *value)
{
    const char *fault = ifcfg_ifname_fault(value);
    return fault ? g_strdup_printf(_("'%s' cannot be the name of a device: %s"), value, fault) : NULL;
}

/* What NetworkManager, which the installer goes by, makes of a name: eth0.5 and vlan5 are VLAN 5. */
static char *check_interfacename(const char *value)
{
    const char *dot = strchr(value, '.');
    gboolean is_vlan = g_str_has_prefix(value, "vlan");
    const char *number = is_vlan ? value + strlen("vlan") : dot ? dot + 1 : NULL;
    char *wrong = check_ifname(value);
    if (!wrong && number && !g_ascii_string_to_unsigned(number, 10, 1, 4094, NULL, NULL))
        wrong = g_strdup_printf(_("'%s': expected %s"), value,
                                _("a number from 1 to 4094 behind the dot or behind \"vlan\""));
    return wrong;
}

static char *check_ifnames(const char *value)
{
    return check_list(value, check_ifname);
}

/* A name, a MAC address, or one of the words for what the installer finds. */
static char *check_device(const char *value)
{
    IfcfgMac mac;
    return ifcfg_mac_parse(value, &mac) ? NULL : check_ifname(value);
}

/* RFC 1123; what goes into a lease's request must not be anything else. */
static char *check_hostname(const char *value)
{
    gsize length = strspn(value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.");
    return *value && !value[length] && *value != '-' && *value != '.' && length < 254
               ? NULL
               : g_strdup_printf(_("'%s': expected %s"), value, _("a host name"));
}

static char *check_domains(const char *value)
{
    return check_list(value, check_hostname);
}

static char *check_word(const char *value, const char *const *words)
{
    g_autofree char *choices = g_strjoinv(", ", (char **)words);
    return g_strv_contains(words, value) ? NULL : g_strdup_printf(_("'%s': expected %s"), value, choices);
}

static char *check_bootproto(const char *value)
{
    static const char *const words[] = {"dhcp", "bootp", "static", "ibft", NULL};
    return check_word(value, words);
}

static char *check_bindto(const char *value)
{
    static const char *const words[] = {"mac", NULL};
    return check_word(value, words);
}

static char *check_bool(const char *value)
{
    return ifcfg_is_true(value) || ifcfg_is_false(value)
               ? NULL
               : g_strdup_printf(_("'%s': expected %s"), value, _("yes or no"));
}

static char *check_number(const char *value, guint64 min, guint64 max)
{
    return g_ascii_string_to_unsigned(value, 10, min, max, NULL, NULL)
               ? NULL
               : g_strdup_printf(_("'%s': expected a number from %u to %u"), value, (guint)min, (guint)max);
}

/* 0: as the device has it. */
static char *check_mtu(const char *value)
{
    return g_str_equal(value, "0") ? NULL : check_number(value, 68, 65535);
}

static char *check_vlanid(const char *value)
{
    return check_number(value, 1, 4094);
}

/* --- the options --- */

typedef struct {
    const char *name;
    ValueCheck check; /* NULL: it takes no value */
} Row;

static const Row rows[KS_OPTION_LAST] = {
    [KS_ACTIVATE] = {"activate", NULL},
    [KS_NO_ACTIVATE] = {"no-activate", NULL},
    [KS_BINDTO] = {"bindto", check_bindto},
    [KS_BONDOPTS] = {"bondopts", check_any},
    [KS_BONDSLAVES] = {"bondslaves", check_ifnames},
    [KS_BOOTPROTO] = {"bootproto", check_bootproto},
    [KS_BRIDGEOPTS] = {"bridgeopts", check_any},
    [KS_BRIDGESLAVES] = {"bridgeslaves", check_ifnames},
    [KS_DEVICE] = {"device", check_device},
    [KS_DHCPCLASS] = {"dhcpclass", check_any},
    [KS_ESSID] = {"essid", check_any},
    [KS_ETHTOOL] = {"ethtool", check_any},
    [KS_GATEWAY] = {"gateway", check_ip4},
    [KS_HOSTNAME] = {"hostname", check_hostname},
    [KS_INTERFACENAME] = {"interfacename", check_interfacename},
    [KS_IP] = {"ip", check_ip4},
    [KS_IPV4_DNS_SEARCH] = {"ipv4-dns-search", check_domains},
    [KS_IPV4_IGNORE_AUTO_DNS] = {"ipv4-ignore-auto-dns", NULL},
    [KS_IPV6] = {"ipv6", check_ipv6},
    [KS_IPV6_DNS_SEARCH] = {"ipv6-dns-search", check_domains},
    [KS_IPV6_IGNORE_AUTO_DNS] = {"ipv6-ignore-auto-dns", NULL},
    [KS_IPV6GATEWAY] = {"ipv6gateway", check_ip6},
    [KS_MTU] = {"mtu", check_mtu},
    [KS_NAMESERVER] = {"nameserver", check_servers},
    [KS_NETMASK] = {"netmask", check_netmask},
    [KS_NODEFROUTE] = {"nodefroute", NULL},
    [KS_NODNS] = {"nodns", NULL},
    [KS_NOIPV4] = {"noipv4", NULL},
    [KS_NOIPV6] = {"noipv6", NULL},
    [KS_NOTKSDEVICE] = {"notksdevice", NULL},
    [KS_ONBOOT] = {"onboot", check_bool},
    [KS_TEAMCONFIG] = {"teamconfig", check_any},
    [KS_TEAMSLAVES] = {"teamslaves", check_any},
    [KS_VLANID] = {"vlanid", check_vlanid},
    [KS_WEPKEY] = {"wepkey", check_any},
    [KS_WPAKEY] = {"wpakey", check_any},
};

/* The option of that name, or the only one that begins so. Returns: KS_OPTION_LAST for none, with @ret_why */
static KsOption option_find(const char *name, char **ret_why)
{
    g_autoptr(GString) like = g_string_new(NULL);
    KsOption found = KS_OPTION_LAST;
    guint count = 0;
    for (guint i = 0; i < KS_OPTION_LAST; i++) {
        if (g_str_equal(rows[i].name, name))
            return i;
        if (!g_str_has_prefix(rows[i].name, name))
            continue;
        g_string_append_printf(like, "%s--%s", count++ ? ", " : "", rows[i].name);
        found = i;
    }
    if (count == 1)
        return found;
    *ret_why = count ? g_strdup_printf(_("--%s is ambiguous: %s"), name, like->str)
                     : g_strdup_printf(_("network has no option --%s"), name);
    return KS_OPTION_LAST;
}

static gboolean has_control(const char *text)
{
    for (; *text; text++)
        if (g_ascii_iscntrl(*text))
            return TRUE;
    return FALSE;
}

/* As Python's argparse tells the next option from a value; "-5" and "-K eth0 tso off" are values. */
static gboolean is_option(const char *text)
{
    return text[0] == '-' && text[1] && !strchr(text, ' ') && !g_ascii_isdigit(text[1]);
}

/* The value behind `=` in the same word, or the next word. NULL: there is none */
static char *take_value(const GPtrArray *words, guint *at, IfcfgWhere *where)
{
    const KsWord *word = words->pdata[*at];
    const char *equals = strchr(word->text, '=');
    *where = word->where;
    if (equals) {
        where->column += (guint)(equals - word->text) + 1;
        return g_strdup(equals + 1);
    }
    if (*at + 1 >= words->len)
        return NULL;
    const KsWord *next = words->pdata[*at + 1];
    if (is_option(next->text))
        return NULL;
    ++*at;
    *where = next->where;
    return g_strdup(next->text);
}

/* Templates leave empty what nobody filled in, which is as if it were not there; one of a few words must be
 * one. */
static gboolean is_unset(KsOption option, const char *value)
{
    gboolean is_word = option == KS_BOOTPROTO || option == KS_BINDTO || option == KS_ONBOOT;
    return rows[option].check && value && (!*value || (option == KS_MTU && g_str_equal(value, "0"))) &&
           !is_word;
}

static void network_set(KsNetwork *self, KsOption option, char *value, IfcfgWhere where,
                        IfcfgProblems *problems)
{
    g_autofree char *wrong = !value               ? g_strdup(_("a value is missing"))
                             : has_control(value) ? g_strdup(_("control characters cannot be part of it"))
                             : is_unset(option, value) ? NULL
                             : rows[option].check      ? rows[option].check(value)
                                                       : NULL;
    if (wrong)
        ifcfg_problems_add(problems, IFCFG_ERROR, where, "--%s: %s", rows[option].name, wrong);
    g_clear_pointer(&self->values[option].text, g_free);
    if (is_unset(option, value))
        g_free(value);
    else
        self->values[option] = (KsWord){value, where};
}

/* What an option needs beside itself. */
static void network_check(const KsNetwork *self, IfcfgProblems *problems)
{
    static const KsOption of_device[] = {KS_IPV4_DNS_SEARCH, KS_IPV6_DNS_SEARCH, KS_IPV4_IGNORE_AUTO_DNS,
                                         KS_IPV6_IGNORE_AUTO_DNS};
    for (gsize i = 0; i < G_N_ELEMENTS(of_device); i++)
        if (ks_has(self, of_device[i]) && !ks_has(self, KS_DEVICE))
            ks_fail(self, of_device[i], problems, _("--%s needs --device"), rows[of_device[i]].name);
    if (ks_has(self, KS_BRIDGEOPTS) && !ks_has(self, KS_BRIDGESLAVES))
        ks_fail(self, KS_BRIDGEOPTS, problems, _("--bridgeopts needs --bridgeslaves"));
    if (ks_has(self, KS_BINDTO) && ks_has(self, KS_VLANID) && !ks_has(self, KS_BONDOPTS))
        ks_fail(self, KS_BINDTO, problems, _("--bindto=mac is not possible for a VLAN, which has no card"));
}

static void network_take(KsNetwork *self, const GPtrArray *words, guint *at, IfcfgProblems *problems)
{
    const KsWord *word = words->pdata[*at];
    g_autofree char *why = NULL;
    g_autofree char *name =
        g_str_has_prefix(word->text, "--") ? g_strndup(word->text + 2, strcspn(word->text + 2, "=")) : NULL;
    KsOption option = name ? option_find(name, &why) : KS_OPTION_LAST;
    IfcfgWhere where = word->where;
    if (option == KS_OPTION_LAST) {
        ifcfg_problems_add(problems, IFCFG_ERROR, where,
                           why ? "%s" : _("'%s' is not an option: expected --OPTION"),
                           why ? why : word->text);
        return;
    }
    if (!rows[option].check && strchr(word->text, '=')) {
        where.column += (guint)(strchr(word->text, '=') - word->text) + 1;
        ifcfg_problems_add(problems, IFCFG_ERROR, where, "--%s: %s", rows[option].name,
                           _("it takes no value"));
        return;
    }
    char *value = rows[option].check ? take_value(words, at, &where) : g_strdup("");
    network_set(self, option, value, where, problems);
}

KsNetwork *ks_network_parse(const GPtrArray *words, IfcfgProblems *problems)
{
    KsNetwork *self = g_new0(KsNetwork, 1);
    self->where = ((const KsWord *)words->pdata[0])->where;
    for (guint i = 1; i < words->len; i++)
        network_take(self, words, &i, problems);
    network_check(self, problems);
    return self;
}

void ks_network_free(KsNetwork *self)
{
    for (guint i = 0; i < KS_OPTION_LAST; i++)
        g_free(self->values[i].text);
    g_free(self->device);
    g_free(self->hwaddr);
    g_free(self);
}

const char *ks_get(const KsNetwork *self, KsOption option)
{
    return self->values[option].text;
}

gboolean ks_has(const KsNetwork *self, KsOption option)
{
    return self->values[option].text != NULL;
}

void ks_fail(const KsNetwork *network, KsOption option, IfcfgProblems *problems, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    IfcfgWhere where = ks_has(network, option) ? network->values[option].where : network->where;
    ifcfg_problems_add(problems, IFCFG_ERROR, where, "%s", text);
}

/* A line that says the host's name and nothing else is about no device. */
static gboolean is_about_device(const KsNetwork *self)
{
    for (guint i = 0; i < KS_OPTION_LAST; i++)
        if (i != KS_HOSTNAME && ks_has(self, i))
            return TRUE;
    return !ks_has(self, KS_HOSTNAME);
}

const char *ks_device_word(const KsNetwork *self)
{
    const char *device = ks_get(self, KS_DEVICE);
    IfcfgMac mac;
    if (!device)
        return is_about_device(self) ? "link" : NULL;
    if (g_str_equal(device, "link") || g_str_equal(device, "bootif") || g_str_equal(device, "ibft"))
        return device;
    return ifcfg_mac_parse(device, &mac) ? device : NULL;
}
