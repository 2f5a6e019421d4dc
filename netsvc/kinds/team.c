/* Teams: DEVICETYPE=Team, or a file with TEAM_CONFIG. The device is made as any other is; what it does with
 * its ports is up to teamd, for which TEAM_CONFIG and the ports' TEAM_PORT_CONFIG are put together here. */
#include "families.h"
#include "i18n.h"
#include "ifcfg-json.h"
#include "kinds/kinds.h"
#include "state/ledger.h"
#include <string.h>

static gboolean team_match(const NetIface *iface, G_GNUC_UNUSED const KindContext *context)
{
    const char *type = net_iface_get(iface, "DEVICETYPE", NULL);
    return kind_type_is(iface, "Team") || (type && g_ascii_strcasecmp(type, "Team") == 0) ||
           net_iface_get(iface, "TEAM_CONFIG", NULL);
}

/* Returns FALSE when the text is no JSON, which fails the interface. */
static gboolean json_check(NetIface *iface, const char *key, const char *text, IfcfgWhere where,
                           const KindContext *context)
{
    gsize at = 0;
    const char *fault = ifcfg_json_object_fault(text, &at);
    if (!fault)
        return TRUE;
    if (!memchr(text, '\n', at)) /* of the line that the value begins on */
        where.column += (guint)at;
    net_iface_fail(iface, where, context->problems, _("%s is not JSON as teamd reads it: %s"), key, fault);
    return FALSE;
}

/* "lacp"; teamd's own choice where none is named. */
static char *runner_of(const char *config)
{
    IfcfgJsonMember runner, name;
    char *text = NULL;
    if (ifcfg_json_find(config, "runner", &runner) && *runner.value == '{' &&
        ifcfg_json_find(runner.value, "name", &name))
        text = ifcfg_json_string(&name);
    return text ? text : g_strdup("roundrobin");
}

static void runner_check(NetIface *iface, const char *config, IfcfgWhere where, const KindContext *context)
{
    static const char *const runners[] = {"broadcast",   "roundrobin", "random", "activebackup",
                                          "loadbalance", "lacp",       NULL};
    g_autofree char *name = runner_of(config);
    if (!g_strv_contains(runners, name))
        net_iface_fail(iface, where, context->problems,
                       _("TEAM_CONFIG: there is no runner '%s'; teamd has broadcast, roundrobin, random, "
                         "activebackup, loadbalance and lacp"),
                       name);
}

static void team_read(NetIface *iface, const KindContext *context)
{
    IfcfgWhere where = iface->where;
    const char *config = net_iface_get(iface, "TEAM_CONFIG", &where);
    kind_read_link(iface, context);
    g_free(iface->teamd_config);
    iface->teamd_config = g_strdup("{}");
    if (config && json_check(iface, "TEAM_CONFIG", config, where, context)) {
        g_free(iface->teamd_config);
        iface->teamd_config = g_strdup(config);
        runner_check(iface, config, where, context);
    }
}

/* --- what teamd gets: TEAM_CONFIG, with what the ports' files say among its "ports" --- */

static void append_member(GString *json, const char *name, gsize name_length, const char *value, gsize length)
{
    if (json->str[json->len - 1] != '{')
        g_string_append(json, ", ");
    g_string_append_printf(json, "\"%.*s\": %.*s", (int)name_length, name, (int)length, value);
}

static const NetIface *port_called(const NetIface *iface, const IfcfgJsonMember *member)
{
    for (guint i = 0; i < iface->ports->len; i++) {
        const NetIface *port = g_ptr_array_index(iface->ports, i);
        if (strlen(port->name) == member->name_length &&
            !strncmp(port->name, member->name, member->name_length))
            return port;
    }
    return NULL;
}

static const char *port_config(const NetIface *port)
{
    return net_iface_is_refused(port) ? NULL : net_iface_get(port, "TEAM_PORT_CONFIG", NULL);
}

/* What TEAM_CONFIG says of a port that has no file has no effect; the old scripts left the port to teamd. */
static void port_without_file(const NetIface *iface, const IfcfgJsonMember *member,
                              const KindContext *context)
{
    ifcfg_problems_add(context->problems, IFCFG_WARNING, ifcfg_record_where(iface->record, "TEAM_CONFIG"),
                       _("\"ports\" of TEAM_CONFIG names %.*s, but no file makes it a port: write "
                         "ifcfg-%.*s with TEAM_MASTER=%s"),
                       (int)member->name_length, member->name, (int)member->name_length, member->name,
                       iface->name);
}

static void append_ports(GString *json, const NetIface *iface, const KindContext *context)
{
    IfcfgJsonMember ports, member;
    const char *at = NULL;
    g_autoptr(GString) list = g_string_new("{");
    gboolean has_ports = ifcfg_json_find(iface->teamd_config, "ports", &ports) && *ports.value == '{';
    while (has_ports && ifcfg_json_next(ports.value, &at, &member)) {
        const NetIface *port = port_called(iface, &member);
        if (!port)
            port_without_file(iface, &member, context);
        else if (!port_config(port))
            append_member(list, member.name, member.name_length, member.value, member.length);
    }
    for (guint i = 0; i < iface->ports->len; i++) {
        const NetIface *port = g_ptr_array_index(iface->ports, i);
        const char *text = port_config(port);
        if (text)
            append_member(list, port->name, strlen(port->name), text, strlen(text));
    }
    g_string_append_c(list, '}');
    if (list->len > 2)
        append_member(json, "ports", strlen("ports"), list->str, list->len);
}

static void ports_check(const NetIface *iface, const KindContext *context)
{
    for (guint i = 0; i < iface->ports->len; i++) {
        NetIface *port = g_ptr_array_index(iface->ports, i);
        IfcfgWhere where;
        const char *text = net_iface_get(port, "TEAM_PORT_CONFIG", &where);
        if (text && !net_iface_is_refused(port))
            json_check(port, "TEAM_PORT_CONFIG", text, where, context);
    }
}

static void team_link(NetIface *iface, const KindContext *context)
{
    const char *at = NULL;
    IfcfgJsonMember member;
    GString *json = g_string_new("{");
    kind_link_options(iface, context);
    ports_check(iface, context);
    while (ifcfg_json_next(iface->teamd_config, &at, &member))
        if (strncmp(member.name, "ports\"", strlen("ports\"")) != 0)
            append_member(json, member.name, member.name_length, member.value, member.length);
    append_ports(json, iface, context);
    g_string_append_c(json, '}');
    g_free(iface->teamd_config);
    iface->teamd_config = g_string_free(json, FALSE);
    if (!iface->ports->len)
        ifcfg_problems_add(context->problems, IFCFG_WARNING, iface->where,
                           _("no file has TEAM_MASTER=%s: the team has no ports and carries no traffic"),
                           iface->name);
}

/* --- plan --- */

/* teamd sets the address that its configuration has, else that of the first port, as we do. */
static IfcfgMac team_mac(const NetIface *iface, const NetObserved *observed)
{
    IfcfgJsonMember member;
    IfcfgMac mac;
    g_autofree char *text =
        ifcfg_json_find(iface->teamd_config, "hwaddr", &member) ? ifcfg_json_string(&member) : NULL;
    if (text && !iface->macaddr.length && ifcfg_mac_parse(text, &mac))
        return mac;
    return kind_mac_of_ports(iface, observed);
}

/* The driver's mode changes without ports only (team_change_mode()), and teamd then begins from nothing. */
static char *team_must_be_new(const NetIface *iface, const LedgerEntry *entry)
{
    const char *written = entry ? net_ledger_list_value(entry->written, NET_LEDGER_TEAMD) : NULL;
    g_autofree char *before = written ? runner_of(written) : NULL, *wanted = runner_of(iface->teamd_config);
    return before && !g_str_equal(before, wanted)
               ? g_strdup_printf(_("its runner is %s, expected %s"), before, wanted)
               : NULL;
}

const IfaceKind team_kind = {
    .name = "team",
    .family = &team_family,
    .traits = NET_KIND_CREATES | NET_KIND_HAS_PORTS | NET_KIND_CLOSES_PORTS | NET_KIND_PORTS_ARE_SILENT |
              NET_KIND_RULES_PORTS | NET_KIND_MAC_WHILE_UP,
    .match = team_match,
    .read = team_read,
    .link = team_link,
    .mac = team_mac,
    .must_be_new = team_must_be_new,
};
