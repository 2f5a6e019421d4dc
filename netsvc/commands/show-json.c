/* show --json: the resolved configuration for programs. Absent things are left out. */
#include "commands/commands.h"
#include "console/json-text.h"
#include "ifcfg-encap.h"
#include "model/field.h"
#include "model/kind.h"
#include <linux/fib_rules.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

static void mac_add(JsonBuilder *json, const char *name, const IfcfgMac *mac)
{
    g_autofree char *text = mac->length ? ifcfg_mac_format(mac) : NULL;
    json_text_add(json, name, text);
}

static void ip_add(JsonBuilder *json, const char *name, const IfcfgIp *ip)
{
    g_autofree char *text = ip->family != AF_UNSPEC ? ifcfg_ip_format(ip) : NULL;
    json_text_add(json, name, text);
}

static void prefix_add(JsonBuilder *json, const char *name, const IfcfgPrefix *prefix)
{
    g_autofree char *text = prefix->ip.family != AF_UNSPEC ? ifcfg_prefix_format(prefix) : NULL;
    json_text_add(json, name, text);
}

static const char *route_type_name(guint8 type)
{
    static const char *const names[] = {NULL,       NULL,        "local",     "broadcast",
                                        "anycast",  "multicast", "blackhole", "unreachable",
                                        "prohibit", "throw",     "nat"};
    return type < G_N_ELEMENTS(names) ? names[type] : NULL;
}

static void nexthop_add(JsonBuilder *json, const IfcfgNexthop *hop, const char *dev)
{
    ip_add(json, "via", &hop->via);
    json_text_add(json, "dev", hop->dev ? hop->dev : dev);
    if (hop->onlink)
        json_bool_add(json, "onlink", TRUE);
    g_autofree char *encap = hop->encap ? ifcfg_encap_format(hop->encap) : NULL;
    json_text_add(json, "encap", encap);
}

static void nexthops_add(JsonBuilder *json, const IfcfgRoute *route, const char *dev)
{
    if (route->nexthops->len == 1) {
        nexthop_add(json, route->nexthops->pdata[0], dev);
        return;
    }
    json_array_begin(json, "nexthops");
    for (guint i = 0; i < route->nexthops->len; i++) {
        const IfcfgNexthop *hop = route->nexthops->pdata[i];
        json_builder_begin_object(json);
        nexthop_add(json, hop, dev);
        json_number_add(json, "weight", hop->weight ? hop->weight : 1);
        json_builder_end_object(json);
    }
    json_builder_end_array(json);
}

static void route_add(JsonBuilder *json, const IfcfgRoute *route, const char *dev)
{
    g_autofree char *text = ifcfg_route_format(route);
    json_builder_begin_object(json);
    if (route->to.length == 0)
        json_text_add(json, "to", "default");
    else
        prefix_add(json, "to", &route->to);
    json_text_add(json, "family", route->to.ip.family == AF_INET6 ? "inet6" : "inet");
    json_text_add(json, "type", route_type_name(route->type));
    if (route->nexthops && route->nexthops->len)
        nexthops_add(json, route, dev);
    ip_add(json, "src", &route->src);
    if (route->metric >= 0)
        json_number_add(json, "metric", route->metric);
    if (route->table)
        json_number_add(json, "table", route->table);
    if (route->scope >= 0)
        json_number_add(json, "scope", route->scope);
    if (route->metrics_set & 1u << RTAX_MTU)
        json_number_add(json, "mtu", route->metrics[RTAX_MTU]);
    json_text_add(json, "text", text);
    json_where_add(json, route->where);
    json_builder_end_object(json);
}

static void rule_add(JsonBuilder *json, const IfcfgRule *rule)
{
    g_autofree char *text = ifcfg_rule_format(rule);
    json_builder_begin_object(json);
    json_text_add(json, "family", rule->family == AF_INET6 ? "inet6" : "inet");
    prefix_add(json, "from", &rule->from);
    prefix_add(json, "to", &rule->to);
    json_text_add(json, "iif", rule->iif);
    json_text_add(json, "oif", rule->oif);
    if (rule->has_fwmark)
        json_number_add(json, "fwmark", rule->fwmark);
    if (rule->table)
        json_number_add(json, "table", rule->table);
    if (rule->has_priority)
        json_number_add(json, "priority", rule->priority);
    json_text_add(json, "text", text);
    json_where_add(json, rule->where);
    json_builder_end_object(json);
}

static void options_add(JsonBuilder *json, const char *name, const LinkSettings *settings)
{
    json_builder_set_member_name(json, name);
    json_builder_begin_object(json);
    for (guint i = 0; i < link_settings_length(settings); i++) {
        const LinkSetting *setting = link_settings_nth(settings, i);
        json_text_add(json, setting->name, setting->text);
    }
    json_builder_end_object(json);
}

static void link_add(JsonBuilder *json, const NetIface *iface)
{
    json_builder_set_member_name(json, link_settings_family(iface->settings)->kind);
    json_builder_begin_object(json);
    options_add(json, "options", iface->settings);
    json_array_begin(json, "ports");
    for (guint i = 0; i < iface->ports->len; i++)
        json_text_append(json, ((NetIface *)iface->ports->pdata[i])->name);
    json_builder_end_array(json);
    json_builder_end_object(json);
}

static void layer3_add(JsonBuilder *json, const NetIface *iface)
{
    json_array_begin(json, "addresses");
    for (guint i = 0; i < iface->addresses->len; i++) {
        const NetAddress *address = iface->addresses->pdata[i];
        g_autofree char *text = ifcfg_prefix_format(&address->prefix);
        json_text_append(json, text);
    }
    json_builder_end_array(json);
    ip_add(json, "gateway", &iface->gateway);
    json_array_begin(json, "routes");
    for (guint i = 0; i < iface->routes->len; i++)
        route_add(json, iface->routes->pdata[i], iface->name);
    json_builder_end_array(json);
    json_array_begin(json, "rules");
    for (guint i = 0; i < iface->rules->len; i++)
        rule_add(json, iface->rules->pdata[i]);
    json_builder_end_array(json);
}

static void words_add(JsonBuilder *json, const char *name, const GPtrArray *words)
{
    json_array_begin(json, name);
    for (guint i = 0; i < words->len; i++)
        json_text_append(json, words->pdata[i]);
    json_builder_end_array(json);
}

static void names_add(JsonBuilder *json, const NetNames *names)
{
    json_builder_set_member_name(json, "names");
    json_builder_begin_object(json);
    words_add(json, "servers", names->servers);
    words_add(json, "search", names->search);
    words_add(json, "options", names->options);
    json_where_add(json, names->where);
    json_builder_end_object(json);
}

/* What the files say, as they mean it, and where; the members above are what programs have used so far. */
static void fields_add(JsonBuilder *json, const NetIface *iface)
{
    gsize count;
    const NetField *fields = net_fields(&count);
    json_array_begin(json, "fields");
    for (gsize i = 0; i < count; i++) {
        IfcfgWhere where;
        if (!net_field_is_given(&fields[i], iface, &where))
            continue;
        g_autofree char *text = net_field_format(&fields[i], iface);
        json_builder_begin_object(json);
        json_text_add(json, "key", fields[i].key);
        json_text_add(json, "value", text);
        json_where_add(json, where);
        json_builder_end_object(json);
    }
    json_builder_end_array(json);
}

static void value_add(JsonBuilder *json, const char *label, const char *value, IfcfgWhere where)
{
    json_builder_begin_object(json);
    json_text_add(json, "label", label);
    json_text_add(json, "value", value);
    json_where_add(json, where);
    json_builder_end_object(json);
}

static void options_place(JsonBuilder *json, const LinkSettings *settings)
{
    for (guint i = 0; settings && i < link_settings_length(settings); i++) {
        const LinkSetting *setting = link_settings_nth(settings, i);
        g_autofree char *text = g_strdup_printf("%s=%s", setting->name, setting->text);
        value_add(json, "option", text, setting->where);
    }
}

/* Where options, ports and addresses come from, which have been plain texts above for as long as there is
 * JSON. */
static void values_add(JsonBuilder *json, const NetIface *iface)
{
    json_array_begin(json, "values");
    options_place(json, iface->settings);
    options_place(json, iface->port_settings);
    for (guint i = 0; i < iface->ports->len; i++) {
        const NetIface *port = iface->ports->pdata[i];
        value_add(json, "port", port->name, net_iface_master_where(port));
    }
    for (guint i = 0; i < iface->addresses->len; i++) {
        const NetAddress *address = iface->addresses->pdata[i];
        g_autofree char *text = ifcfg_prefix_format(&address->prefix);
        value_add(json, "address", text, address->where);
    }
    json_builder_end_array(json);
}

static void relations_add(JsonBuilder *json, const NetIface *iface)
{
    static const char *const roles[] = {"port-of", "stands-on", "peer", "underlay"};
    json_array_begin(json, "relations");
    for (guint i = 0; i < iface->relations->len; i++) {
        const NetRelation *relation = iface->relations->pdata[i];
        json_builder_begin_object(json);
        json_text_add(json, "role", roles[relation->role]);
        json_text_add(json, "key", relation->key);
        json_text_add(json, "name", relation->name);
        json_bool_add(json, "configured", relation->iface != NULL);
        json_where_add(json, relation->where);
        json_builder_end_object(json);
    }
    json_builder_end_array(json);
}

static void iface_add(JsonBuilder *json, const NetIface *iface)
{
    json_builder_begin_object(json);
    json_text_add(json, "name", iface->name);
    json_text_add(json, "file", iface->file);
    if (iface->naming != NET_NAMED_BY_FILE)
        json_bool_add(json, "device_known", iface->naming == NET_NAMED_BY_NIC);
    json_text_add(json, "type", iface->kind->name);
    json_bool_add(json, "onboot", iface->onboot);
    json_text_add(json, "bootproto", iface->bootproto);
    const NetRelation *port = net_iface_relation(iface, NET_PORT_OF);
    json_text_add(json, "master", port ? port->name : NULL);
    json_text_add(json, "parent", iface->parent_name);
    layer3_add(json, iface);
    if (!net_names_is_empty(iface->names))
        names_add(json, iface->names);
    if (iface->mtu)
        json_number_add(json, "mtu", iface->mtu);
    mac_add(json, "hwaddr", &iface->hwaddr);
    mac_add(json, "macaddr", &iface->macaddr);
    fields_add(json, iface);
    relations_add(json, iface);
    values_add(json, iface);
    if (iface->settings)
        link_add(json, iface);
    if (iface->port_settings && link_settings_length(iface->port_settings))
        options_add(json, "port_options", iface->port_settings);
    json_text_add(json, "unsupported", iface->unsupported);
    json_text_add(json, "fault", iface->fault);
    json_builder_end_object(json);
}

static void problem_add(JsonBuilder *json, const IfcfgProblem *problem, const char *severity)
{
    json_builder_begin_object(json);
    json_where_add(json, problem->where);
    json_text_add(json, "severity", severity);
    json_text_add(json, "message", problem->message);
    json_builder_end_object(json);
}

static void problems_add(JsonBuilder *json, const IfcfgProblems *problems)
{
    json_array_begin(json, "problems");
    for (guint i = 0; i < ifcfg_problems_length(problems); i++)
        problem_add(json, ifcfg_problems_get(problems, i),
                    ifcfg_severity_name(ifcfg_problems_get(problems, i)->severity));
    json_builder_end_array(json);
}

char *problems_json(const IfcfgProblems *problems, const IfcfgProblems *notes)
{
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_object(json);
    problems_add(json, problems);
    json_array_begin(json, "notes");
    for (guint i = 0; i < ifcfg_problems_length(notes); i++)
        problem_add(json, ifcfg_problems_get(notes, i), "note");
    json_builder_end_array(json);
    json_number_add(json, "errors", ifcfg_problems_count(problems, IFCFG_ERROR));
    json_number_add(json, "warnings", ifcfg_problems_count(problems, IFCFG_WARNING));
    json_builder_end_object(json);
    return json_text_print(json);
}

char *show_json(const NetModel *model, const char *name, IfcfgProblems *problems)
{
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_object(json);
    json_array_begin(json, "interfaces");
    for (guint i = 0; i < net_model_length(model); i++) {
        const NetIface *iface = net_model_nth(model, i);
        if (!name || g_str_equal(name, iface->name))
            iface_add(json, iface);
    }
    json_builder_end_array(json);
    problems_add(json, problems);
    json_builder_end_object(json);
    return json_text_print(json);
}
