/* What a case does to the kernel in memory and asks of it: see case-kernel.h. */
#include "case-kernel.h"
#include "state/compare.h"
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

/* The word behind a word: "eth0" for "dev". */
static const char *after(char **words, const char *word)
{
    for (; *words; words++)
        if (g_str_equal(*words, word))
            return words[1];
    return NULL;
}

static void apply(Sim *sim, NetOp op, const char *command)
{
    g_autofree char *refused = sim_apply(sim, &op);
    if (refused)
        g_error("'ip %s' is refused: %s", command, refused);
}

static void set_mtu(Sim *sim, const char *dev, const char *value, const char *command)
{
    g_autoptr(LinkSettings) settings = link_settings_new(&link_attributes);
    const LinkSetting *mtu = link_settings_ask(settings, "mtu", value, (IfcfgWhere){0});
    apply(sim, (NetOp){.type = NET_OP_LINK_ATTR, .dev = dev, .attr = {.setting = mtu}}, command);
}

static void link_set(Sim *sim, char **words, const char *command)
{
    const char *dev = words[2], *value;
    if ((value = after(words, "mtu")))
        set_mtu(sim, dev, value, command);
    if ((value = after(words, "address")))
        g_assert_true(ifcfg_mac_parse(value, &sim_link(sim, dev)->mac));
    if ((value = after(words, "master")))
        apply(sim, (NetOp){.type = NET_OP_PORT_ADD, .dev = dev, .master = value}, command);
    if (g_strv_contains((const char *const *)words, "up") ||
        g_strv_contains((const char *const *)words, "down"))
        sim_set_up(sim, dev, g_strv_contains((const char *const *)words, "up"));
}

static void link_add(Sim *sim, char **words)
{
    const char *lower = after(words, "link") && after(words, "name") ? words[3] : NULL;
    const char *name = after(words, "name") ? after(words, "name") : words[2];
    if (lower)
        sim_stack(sim, name, after(words, "type"), lower);
    else
        sim_add_device(sim, name, after(words, "type"));
}

static void address_change(Sim *sim, char **words, const char *command)
{
    const char *dev = after(words, "dev");
    NetAddress address = {.label = (char *)after(words, "label")};
    if (g_str_equal(words[1], "flush")) {
        sim_drop_addresses(sim, dev);
        return;
    }
    if (!ifcfg_prefix_parse(words[2], AF_UNSPEC, &address.prefix))
        g_error("'ip %s' has no address", command);
    if (g_str_has_prefix(words[2], "127.")) /* as `ip` does */
        address.scope = RT_SCOPE_HOST;
    apply(sim,
          (NetOp){.type = g_str_equal(words[1], "add") ? NET_OP_ADDR_ADD : NET_OP_ADDR_DELETE,
                  .dev = dev,
                  .address = &address},
          command);
}

static int family_of(const char **text)
{
    if (!g_str_has_prefix(*text, "-6 "))
        return AF_INET;
    *text += 3;
    return AF_INET6;
}

/* "route add ..." or "route del ..." */
static void route_change(Sim *sim, const char *command)
{
    const char *text = command;
    int family = family_of(&text);
    gboolean deletes = g_str_has_prefix(text, "route del ");
    g_autoptr(IfcfgRoute) route =
        ifcfg_route_parse(deletes ? text + strlen("route del ") : strchr(text, ' ') + 1, family, sim->names,
                          (IfcfgWhere){0}, NULL);
    if (!route)
        g_error("'ip %s' is not understood", command);
    const IfcfgNexthop *hop = route->nexthops->len ? g_ptr_array_index(route->nexthops, 0) : NULL;
    apply(sim,
          (NetOp){.type = deletes ? NET_OP_ROUTE_DELETE : NET_OP_ROUTE_ADD,
                  .dev = hop ? hop->dev : "lo",
                  .route = route,
                  .replace = !deletes},
          command);
}

static void rule_change(Sim *sim, const char *command)
{
    const char *text = command;
    int family = family_of(&text);
    g_autoptr(IfcfgRule) rule =
        ifcfg_rule_parse(strstr(text, "add ") + 4, family, sim->names, (IfcfgWhere){0}, NULL);
    if (!rule)
        g_error("'ip %s' is not understood", command);
    apply(sim, (NetOp){.type = NET_OP_RULE_ADD, .rule = rule}, command);
}

/* bridge vlan add|del vid ID dev DEV */
static void vlan_change(Sim *sim, char **words, const char *command)
{
    gboolean adds = g_str_equal(words[2], "add");
    apply(sim,
          (NetOp){
              .type = adds ? NET_OP_VLANS_ADD : NET_OP_VLANS_DELETE, .dev = words[6], .vlans.list = words[4]},
          command);
}

static void command_run(Sim *sim, const char *command)
{
    const char *text = command;
    family_of(&text);
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    if (g_str_equal(words[0], "bridge"))
        vlan_change(sim, words, command);
    else if (g_str_equal(words[0], "link") && g_str_equal(words[1], "set"))
        link_set(sim, words, command);
    else if (g_str_equal(words[0], "link") && g_str_equal(words[1], "add"))
        link_add(sim, words);
    else if (g_str_equal(words[0], "link") && g_str_equal(words[1], "del"))
        sim_remove_link(sim, words[2]);
    else if (g_str_equal(words[0], "addr"))
        address_change(sim, words, command);
    else if (g_str_equal(words[0], "route"))
        route_change(sim, command);
    else if (g_str_equal(words[0], "rule"))
        rule_change(sim, command);
    else if (!g_str_equal(words[0], "neigh")) /* not in the picture */
        g_error("'ip %s' is not known to the kernel in memory", command);
}

void case_kernel_change(Sim *sim, const char *commands)
{
    g_auto(GStrv) lines = g_strsplit(commands ? commands : "", "\n", -1);
    for (char **line = lines; *line; line++)
        if (**line)
            command_run(sim, *line);
}

/* --- facts --- */

static char *addresses_text(const Sim *sim, const ObservedLink *link)
{
    const GPtrArray *all = net_observed_addresses_of(sim->picture, link->ifindex);
    GString *text = g_string_new(NULL);
    for (guint i = 0; all && i < all->len; i++) {
        const ObservedAddress *address = g_ptr_array_index(all, i);
        g_autofree char *one = ifcfg_prefix_format(&address->prefix);
        if (!g_str_has_prefix(one, "fe80:") && !g_str_equal(one, "::1/128"))
            g_string_append_printf(text, " %s", one);
    }
    return g_string_free(text, FALSE);
}

static char *ports_text(const Sim *sim, const ObservedLink *link)
{
    const GPtrArray *ports = net_observed_ports_of(sim->picture, link->ifindex);
    GString *text = g_string_new(NULL);
    for (guint i = 0; ports && i < ports->len; i++)
        g_string_append_printf(text, " %s", ((const ObservedLink *)g_ptr_array_index(ports, i))->name);
    return g_string_free(text, FALSE);
}

static char *conf_fact(const ObservedLink *link, const char *wanted)
{
    g_auto(GStrv) parts = g_strsplit(wanted, "=", 2);
    g_autofree char *path = g_strdup_printf("ipv6/conf/%s/%s", link->name, parts[0] + 1);
    guint conf = net_conf_of_path(path, link->name);
    return conf == NET_CONF_LAST ? g_strdup(" unknown")
                                 : g_strdup_printf("%s=%d", parts[0], link->confs[conf]);
}

/* What a fact about a link is in truth, with a blank in front; NULL: the word is an option. */
static char *link_fact(const Sim *sim, const ObservedLink *link, const char *word, const char *wanted)
{
    if (g_str_equal(word, "addresses"))
        return addresses_text(sim, link);
    if (g_str_equal(word, "ports"))
        return ports_text(sim, link);
    if (g_str_equal(word, "vlans"))
        return g_strdup_printf(" %s", link->vlans ? link->vlans : "(none)");
    if (g_str_equal(word, "conf"))
        return conf_fact(link, wanted);
    if (g_str_equal(word, "mtu"))
        return g_strdup_printf(" %u", link->mtu);
    if (g_str_equal(word, "promiscuous"))
        return g_strdup(link->flags & IFF_PROMISC ? "" : " no");
    if (g_str_equal(word, "up") || g_str_equal(word, "down"))
        return g_strdup(link->flags & IFF_UP ? " up" : " down");
    if (!g_str_equal(word, "mac"))
        return NULL;
    const ObservedLink *other = g_str_has_prefix(wanted, " of ") ? sim_link(sim, wanted + 4) : NULL;
    if (other && ifcfg_mac_equal(&other->mac, &link->mac))
        return g_strdup(wanted);
    g_autofree char *mac = ifcfg_mac_format(&link->mac);
    return g_strdup_printf(" %s", mac);
}

static char *option_fact(const ObservedLink *link, const char *fact)
{
    g_auto(GStrv) parts = g_strsplit(fact, "=", 2);
    const char *value = link->own ? link_values_find(link->own, parts[0]) : NULL;
    value = value || !link->port ? value : link_values_find(link->port, parts[0]);
    return g_strdup_printf("%s=%s", parts[0], value ? value : "(none)");
}

/* NULL when it is so. */
static char *link_differs(const Sim *sim, const char *fact)
{
    g_auto(GStrv) words = g_strsplit(fact, " ", 3);
    const ObservedLink *link = sim_link(sim, words[0]);
    if (g_str_equal(words[1], "absent"))
        return link ? g_strdup("it is there") : NULL;
    if (!link)
        return g_strdup("it is not there");
    gboolean is_state = g_str_equal(words[1], "up") || g_str_equal(words[1], "down");
    g_autofree char *wanted = is_state   ? g_strdup_printf(" %s", words[1])
                              : words[2] ? g_strdup_printf(" %s", words[2])
                                         : g_strdup("");
    g_autofree char *actual = link_fact(sim, link, words[1], wanted);
    if (!actual) {
        actual = option_fact(link, words[1]);
        g_free(wanted);
        wanted = g_strdup(words[1]);
    }
    return g_str_equal(actual, wanted) ? NULL : g_steal_pointer(&actual);
}

static char *route_differs(const Sim *sim, const char *text, int family)
{
    g_autoptr(IfcfgRoute) route = ifcfg_route_parse(text, family, sim->names, (IfcfgWhere){0}, NULL);
    if (!route)
        g_error("'route %s' is not understood", text);
    return net_observed_route(sim->picture, route, NULL) ? NULL : g_strdup("it is not there");
}

static char *rule_differs(const Sim *sim, const char *text, int family)
{
    g_autoptr(IfcfgRule) rule = ifcfg_rule_parse(text, family, sim->names, (IfcfgWhere){0}, NULL);
    if (!rule)
        g_error("'rule %s' is not understood", text);
    return net_observed_has_rule(sim->picture, rule) ? NULL : g_strdup("it is not there");
}

static char *fact_differs(const Sim *sim, const char *fact)
{
    if (g_str_has_prefix(fact, "no ")) {
        g_autofree char *differs = fact_differs(sim, fact + 3);
        return differs ? NULL : g_strdup("it is there");
    }
    if (g_str_has_prefix(fact, "route "))
        return route_differs(sim, fact + 6, AF_INET);
    if (g_str_has_prefix(fact, "route6 "))
        return route_differs(sim, fact + 7, AF_INET6);
    if (g_str_has_prefix(fact, "rule "))
        return rule_differs(sim, fact + 5, AF_INET);
    if (g_str_has_prefix(fact, "rule6 "))
        return rule_differs(sim, fact + 6, AF_INET6);
    return link_differs(sim, fact);
}

char *case_kernel_compare(const Sim *sim, const char *facts)
{
    g_auto(GStrv) lines = g_strsplit(facts ? facts : "", "\n", -1);
    GString *wrong = g_string_new(NULL);
    for (char **line = lines; *line; line++) {
        g_autofree char *differs = **line ? fact_differs(sim, *line) : NULL;
        if (differs)
            g_string_append_printf(wrong, "'%s' is not so: %s\n", *line, differs);
    }
    return g_string_free(wrong, FALSE);
}
