/* The differences from the old scripts, a row each, and which files they are about. README's chapter has the
 * same ones: a test holds one to the other. */
#include "i18n.h"
#include "migrate/migrate.h"
#include "model/iface.h"
#include "model/kind.h"
#include <string.h>
#include <sys/socket.h>

/* --- whom they concern --- */

static gboolean key_is_given(const NetIface *iface, const char *key, IfcfgWhere *ret_where)
{
    const IfcfgAssignment *assignment = ifcfg_record_find(iface->record, key);
    if (!assignment || !*assignment->value)
        return FALSE;
    *ret_where = assignment->where;
    return TRUE;
}

/* An option that no file says, and reading fills in. */
static gboolean is_filled_in(const NetIface *iface, IfcfgWhere *ret_where)
{
    for (guint i = 0; iface->settings && i < link_settings_length(iface->settings); i++) {
        const LinkSetting *setting = link_settings_nth(iface->settings, i);
        if (!setting->option || !(setting->option->needs & LINK_IS_FILLED_IN) || !setting->implied ||
            (setting->where.file && setting->where.file != iface->file))
            continue;
        *ret_where = ifcfg_record_where(iface->record, link_settings_family(iface->settings)->own.list);
        return TRUE;
    }
    return FALSE;
}

static gboolean has_bridge_times(const NetIface *iface, IfcfgWhere *ret_where)
{
    static const char *const keys[] = {"DELAY", "AGEING"};
    for (gsize i = 0; i < G_N_ELEMENTS(keys) && g_str_equal(iface->kind->name, "bridge"); i++)
        if (key_is_given(iface, keys[i], ret_where) &&
            !g_str_equal(ifcfg_record_get(iface->record, keys[i]), "0"))
            return TRUE;
    return FALSE;
}

static gboolean waits_for_carrier(const NetIface *iface, IfcfgWhere *ret_where)
{
    return key_is_given(iface, "LINKDELAY", ret_where) && iface->linkdelay > 0;
}

static gboolean has_client_keys(const NetIface *iface, IfcfgWhere *ret_where)
{
    const NetLease *lease = net_iface_lease(iface, AF_INET);
    return lease && !iface->dhcp.is_persistent && iface->dhcp.is_fatal &&
           key_is_given(iface, "IPV4_FAILURE_FATAL", ret_where);
}

static gboolean has_plugin(const NetIface *iface, IfcfgWhere *ret_where)
{
    *ret_where = iface->where;
    return iface->plugin != NULL;
}

static gboolean number_is_given(const NetIface *iface, const char *key, guint number, IfcfgWhere *ret_where)
{
    g_autofree char *name = g_strdup_printf("%s%u", key, number);
    return key_is_given(iface, name, ret_where);
}

/* The old scripts read IPADDR, IPADDR0, IPADDR1, and then as long as there was a next one. */
static gboolean has_gap(const NetIface *iface, IfcfgWhere *ret_where)
{
    gboolean is_behind_gap = FALSE;
    IfcfgWhere where;
    for (guint number = 2; number < 256; number++) {
        if (!number_is_given(iface, "IPADDR", number, &where)) {
            is_behind_gap = TRUE;
        } else if (is_behind_gap) {
            *ret_where = where;
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean is_port_without_slave(const NetIface *iface, IfcfgWhere *ret_where)
{
    const char *slave = ifcfg_record_get(iface->record, "SLAVE");
    return net_iface_is_port(iface) && key_is_given(iface, "MASTER", ret_where) &&
           (!slave || !ifcfg_is_true(slave));
}

/* A VLAN whose VLAN_ID is not the number in its name, by which the scripts went. */
static gboolean has_another_number(const NetIface *iface, IfcfgWhere *ret_where)
{
    const char *id = ifcfg_record_get(iface->record, "VLAN_ID");
    gsize end = strlen(iface->name), start = end;
    while (start && g_ascii_isdigit(iface->name[start - 1]))
        start--;
    return id && !ifcfg_record_get(iface->record, "VID") && g_str_equal(iface->kind->name, "vlan") &&
           (start == end ||
            g_ascii_strtoull(id, NULL, 10) != g_ascii_strtoull(iface->name + start, NULL, 10)) &&
           key_is_given(iface, "VLAN_ID", ret_where);
}

/* Those that change something. */
static gboolean has_keys_of_nm(const NetIface *iface, IfcfgWhere *ret_where)
{
    static const char *const keys[] = {
        "BOND_PORT_PRIO",
        "BOND_PORT_QUEUE_ID",
        "BRIDGE_PORT_VLANS",
        "BRIDGE_VLANS",
        "IPV6_TOKEN",
        "MVRP",
        "ROUTING_RULE_0",
        "ROUTING_RULE_1",
        "ROUTING_RULE6_0",
        "ROUTING_RULE6_1",
        "VLAN_FLAGS",
        "VLAN_PROTOCOL",
        "VLAN_INGRESS_PRIORITY_MAP",
        "VRF",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
        if (key_is_given(iface, keys[i], ret_where))
            return TRUE;
    for (guint number = 0; number < 10; number++)
        if (!ifcfg_record_get(iface->record, "GATEWAY") &&
            number_is_given(iface, "GATEWAY", number, ret_where))
            return TRUE;
    if (has_another_number(iface, ret_where))
        return TRUE;
    if (iface->names && !ifcfg_record_get(iface->record, "DOMAIN") &&
        key_is_given(iface, "SEARCH", ret_where))
        return TRUE;
    return iface->ipv6_defroute == 0 && key_is_given(iface, "IPV6_DEFROUTE", ret_where);
}

/* The scripts left the identifier that is made of the MAC, whatever NetworkManager had written there. */
static gboolean has_another_identifier(const NetIface *iface, IfcfgWhere *ret_where)
{
    const char *mode = iface->ipv6_addr_gen_mode;
    return mode && !g_ascii_strcasecmp(mode, "stable-privacy") && iface->ipv6init && iface->confs->len &&
           !net_iface_is_port(iface) && key_is_given(iface, "IPV6_ADDR_GEN_MODE", ret_where);
}

/* They compared the network of GATEWAY with NETWORK, where that was given. */
static gboolean has_gateway_beside_network(const NetIface *iface, IfcfgWhere *ret_where)
{
    const char *text = ifcfg_record_get(iface->record, "NETWORK");
    const NetAddress *first = iface->addresses->len ? iface->addresses->pdata[0] : NULL;
    IfcfgIp given;
    if (!text || !first || first->prefix.ip.family != AF_INET || !net_iface_get(iface, "GATEWAY", NULL) ||
        !ifcfg_ip_parse(text, AF_INET, &given))
        return FALSE;
    IfcfgPrefix network = ifcfg_prefix_network(&first->prefix);
    return !ifcfg_ip_equal(&given, &network.ip) && key_is_given(iface, "NETWORK", ret_where);
}

static gboolean has_many_servers(const NetIface *iface, IfcfgWhere *ret_where)
{
    return iface->names && number_is_given(iface, "DNS", 4, ret_where);
}

/* --- the table --- */

static const MigrateDifference rows[] = {
    {"files-are-data", "**Files are data.**", NULL, NULL},
    {"restart", "**`restart` changes what differs and nothing else.**", NULL, NULL},
    {"make-before-break", "**Make before break.**", NULL, NULL},
    {"works-stays", "**What works is not torn down**", NULL, NULL},
    {"others-stay", "**What others did stays.**", NULL, NULL},
    {"reload", "**`reload`** is new", NULL, NULL},
    {"bonding-opts", "**Changed BONDING_OPTS take effect**", NULL, NULL},
    {"another-type", "**A file that gets another TYPE**", NULL, NULL},
    {"removed-keys", "**MTU, MACADDR, ARP, SRCADDR, the IPv6 settings of a device", NULL, NULL},
    {"name-servers", "**`/etc/resolv.conf` has the name servers", has_many_servers,
     N_("DNS4 and more are written to resolv.conf; the old scripts took three")},
    {"networkmanager-leaves", "**NetworkManager is asked to leave what a file configures**", NULL, NULL},
    {"reachable", "**`WAIT_UNTIL_REACHABLE` waits no longer", NULL, NULL},
    {"zone", "**`ZONE` is told to firewalld", NULL, NULL},
    {"read-back", "**Everything is read back**", NULL, NULL},
    {"bond-monitor", "**A bond without link monitoring gets `miimon=100`**", is_filled_in,
     N_("the bond has no link monitoring, and gets miimon=100: until now a cable that was pulled went "
        "unnoticed")},
    {"bond-mac", "**The bond's MAC**", NULL, NULL},
    {"down", "**`down` removes what `up` made**", NULL, NULL},
    {"bridge-times", "**DELAY and AGEING of a bridge are seconds**", has_bridge_times,
     N_("seconds, as up to RHEL 7; the scripts of RHEL 8 took the number for hundredths of a second")},
    {"6to4", "**6to4**: `tun6to4` has a line of its own", NULL, NULL},
    {"team", "**A team's ports come up with it**", NULL, NULL},
    {"tunnels", "**A tunnel that is up is brought to its file**", NULL, NULL},
    {"linkdelay", "**Waiting is for all interfaces at once.**", waits_for_carrier,
     N_("the longest wait for a carrier, of all interfaces at once; the old scripts slept as long, one after "
        "the other")},
    {"dhcp", "**DHCP** is asked by the client that is there", has_client_keys,
     N_("dhclient is not called with -1: it ends, and the line is [FAILED], when DHCP_TIMEOUT is over")},
    {"told-at-start", "**What `netsvc check` finds is told at each start**", NULL, NULL},
    {"stop", "**`stop` tells the truth**", NULL, NULL},
    {"hooks", "**Hooks**", NULL, NULL},
    {"plug-ins", "**Plug-ins**", has_plugin,
     N_("the program of the other package is run once, with a time limit; it must not count on functions "
        "that network-functions no longer has")},
    {"ethtool", "**`ETHTOOL_OPTS` are set before traffic flows**", NULL, NULL},
    {"ipv6-host", "**IPv6 of the host as a whole**", NULL, NULL},
    {"identifier", "**`IPV6_ADDR_GEN_MODE=stable-privacy` counts**", has_another_identifier,
     N_("the link-local address, and those by router advertisements, are no longer made of the MAC, but as "
        "RFC 7217 has it: write eui64 to keep them as they were")},
    {"addresses", "**Addresses**: one in a /31", has_gateway_beside_network,
     N_("NETWORK is not the network of the address, and is not read: the default route by GATEWAY comes up, "
        "which the old scripts did not set")},
    {"route-order", "Routes without a gateway are added before", NULL, NULL},
    {"gaps", "A gap in `IPADDRn` or `ADDRESSn` numbers ends nothing.", has_gap,
     N_("the address behind a gap in the numbers comes up; the old scripts stopped at the gap")},
    {"port-without-slave", "`MASTER=` without `SLAVE=yes` makes a port", is_port_without_slave,
     N_("MASTER alone makes a port; the old scripts needed SLAVE=yes too")},
    {"colour", "Colour is decided by standard output", NULL, NULL},
    {"keys-of-networkmanager", "`OPTIONSn` and `METRICn` of a `route-` file", has_keys_of_nm,
     N_("a key of NetworkManager that the old scripts ignored, and that counts here")},
    {"several", "`ifup` and `ifdown` take several interfaces", NULL, NULL},
};

const MigrateDifference *migrate_differences(gsize *ret_count)
{
    *ret_count = G_N_ELEMENTS(rows);
    return rows;
}

void migrate_check_differences(MigrateReport *self, const NetModel *model)
{
    for (guint i = 0; i < net_model_length(model); i++) {
        const NetIface *iface = net_model_nth(model, i);
        for (gsize row = 0; row < G_N_ELEMENTS(rows) && iface->file; row++) {
            IfcfgWhere where = iface->where;
            if (rows[row].concerns && rows[row].text && rows[row].concerns(iface, &where))
                migrate_add(self, MIGRATE_DIFFERS, rows[row].id, where, NULL, "%s", _(rows[row].text));
        }
    }
}
