/* Files of routes of the whole host: /etc/sysconfig/static-routes, in the words of route(8), and
 * static-routes-ipv6. Each route goes to the interface that it is about. */
#include "i18n.h"
#include "ifcfg-file.h"
#include "ifcfg-rtnames.h"
#include "model/iface.h"
#include "model/model-private.h"
#include <string.h>
#include <sys/socket.h>

typedef struct {
    const KindContext *context;
    IfcfgWhere where;
    char **words; /* of one line */
} StaticLine;

typedef void (*LineRead)(const StaticLine *line);

/* @text: what is wrong, freed here. Returns: FALSE */
static gboolean line_fail(const StaticLine *line, char *text)
{
    ifcfg_problems_add(line->context->problems, IFCFG_ERROR, line->where, "%s", text);
    g_free(text);
    return FALSE;
}

static char **words_split(const char *text)
{
    g_auto(GStrv) all = g_strsplit_set(text, " \t\r", -1);
    g_autoptr(GPtrArray) words = g_ptr_array_new();

    for (char **word = all; *word; word++)
        if (**word)
            g_ptr_array_add(words, g_strdup(*word));
    g_ptr_array_add(words, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&words), FALSE);
}

static void file_read(const KindContext *context, const char *name, LineRead read)
{
    g_autofree char *folder = g_path_get_dirname(ifcfg_dir_path(net_model_dir(context->model)));
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autoptr(GError) error = NULL;
    gsize length;
    g_autofree char *text = ifcfg_file_read(ifcfg_rtnames_root(net_model_rtnames(context->model)), path,
                                            &length, context->problems, &error);

    if (!text) {
        if (!ifcfg_file_is_absent(path, error))
            ifcfg_file_report(context->problems, path, error);
        return;
    }
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i]; i++) {
        g_auto(GStrv) words = words_split(lines[i]);
        StaticLine line = {context, {g_intern_string(path), i + 1, 1}, words};
        if (words[0] && words[0][0] != '#')
            read(&line);
    }
}

static void route_add(const StaticLine *line, NetIface *iface, const char *text, int family)
{
    IfcfgRoute *route = ifcfg_route_parse(text, family, net_model_rtnames(line->context->model), line->where,
                                          line->context->problems);
    if (!route)
        return;
    route->yields = family == AF_INET6;
    net_iface_give_relay(iface, route);
    g_ptr_array_add(iface->routes, route);
}

/* --- static-routes --- */

/* What `route add` says, on its way to the words of `ip route add`. */
typedef struct {
    IfcfgPrefix to;
    gboolean has_to, has_length, rejects;
    IfcfgIp gateway;
    const char *dev;
    GString *rest;
} RouteWords;

static gboolean target_read(const StaticLine *line, RouteWords *self, const char *word, gboolean is_host)
{
    self->has_to = ifcfg_prefix_parse(word, AF_INET, &self->to);
    self->has_length = strchr(word, '/') != NULL || self->to.length == 0;
    if (self->has_to && is_host)
        self->to.length = 32;
    return self->has_to ||
           line_fail(line, g_strdup_printf(_("'%s' is not a destination; the route is ignored"), word));
}

/* Words of route(8) that have another name here; "" drops the value. Its mss was that of the device, headers
 * and all (rtentry_to_fib_config() of the kernel). */
static const struct {
    const char *word, *means;
    guint headers;
} numbers[] = {{"metric", "metric", 0}, {"mss", "advmss", 40}, {"window", "window", 0}, {"irtt", "", 0}};

static gboolean number_read(RouteWords *self, const char *word, const char *value)
{
    guint64 number;

    for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++) {
        guint headers = numbers[i].headers;
        if (!g_str_equal(word, numbers[i].word))
            continue;
        if (headers && g_ascii_string_to_unsigned(value, 10, headers + 1, G_MAXUINT16, &number, NULL))
            g_string_append_printf(self->rest, " %s %" G_GUINT64_FORMAT, numbers[i].means, number - headers);
        else if (*numbers[i].means)
            g_string_append_printf(self->rest, " %s %s", numbers[i].means, value);
        return TRUE;
    }
    return FALSE;
}

/* A word with the value behind it. */
static gboolean pair_read(const StaticLine *line, RouteWords *self, const char *word, const char *value)
{
    if (g_str_equal(word, "net") || g_str_equal(word, "host"))
        return target_read(line, self, value, *word == 'h');
    if (g_str_equal(word, "gw"))
        return ifcfg_ip_parse(value, AF_INET, &self->gateway) ||
               line_fail(line,
                         g_strdup_printf(_("'%s' is not an IPv4 address; the route is ignored"), value));
    if (g_str_equal(word, "netmask"))
        return ifcfg_netmask_parse(value, &self->to.length) ||
               line_fail(line, g_strdup_printf(_("'%s' is not a netmask; the route is ignored"), value));
    if (g_str_equal(word, "dev")) {
        self->dev = value;
        return TRUE;
    }
    return number_read(self, word, value) ||
           line_fail(line,
                     g_strdup_printf(_("'%s' is not a word of `route add`; the route is ignored"), word));
}

/* "net 10.8.0.0 netmask 255.255.0.0 gw 10.0.0.1 metric 2 eth0": a device can stand alone at the end. */
static gboolean words_read(const StaticLine *line, RouteWords *self)
{
    gboolean has_mask = g_strv_contains((const char *const *)line->words, "netmask");

    for (char **word = line->words + 1; *word; word++) {
        if (g_str_equal(*word, "reject")) {
            self->rejects = TRUE;
        } else if (!word[1]) {
            self->dev = *word;
        } else {
            if (!pair_read(line, self, *word, word[1]))
                return FALSE;
            word++;
        }
    }
    if (!self->has_to)
        return line_fail(
            line, g_strdup(_("this route has no destination: write \"any net NETWORK/LENGTH gw GATEWAY\"")));
    if (self->has_length || has_mask || g_strv_contains((const char *const *)line->words, "host"))
        return TRUE;
    /* route(8) left it to the kernel, which has refused such since there are networks without classes */
    g_autofree char *network = ifcfg_ip_format(&self->to.ip);
    return line_fail(line, g_strdup_printf(_("how long is the network %s? Write \"%s/LENGTH\" or \"netmask "
                                             "MASK\" behind it; the route is ignored"),
                                           network, network));
}

/* The kernel found the device by the gateway. What is rejected needs none. */
static NetIface *owner_of(const NetModel *model, const RouteWords *words)
{
    if (words->dev)
        return net_model_find(model, words->dev);
    for (guint i = 0; i < net_model_length(model); i++) {
        NetIface *iface = net_model_nth(model, i);
        if (net_iface_is_at_boot(iface) && words->gateway.family && net_iface_is_near(iface, &words->gateway))
            return iface->parent ? iface->parent : iface;
    }
    return words->rejects && net_model_length(model) ? net_model_nth(model, 0) : NULL;
}

static void static_read(const StaticLine *line)
{
    g_autoptr(GString) rest = g_string_new(NULL);
    RouteWords words = {.rest = rest};

    if (!g_str_has_prefix(line->words[0], "any")) {
        ifcfg_problems_add(line->context->problems, IFCFG_WARNING, line->where,
                           _("a line that does not begin with \"any\" is ignored: the routes of an interface "
                             "are in route-%s"),
                           line->words[0]);
        return;
    }
    if (!words_read(line, &words))
        return;
    NetIface *owner = owner_of(line->context->model, &words);
    g_autofree char *to = ifcfg_prefix_format(&words.to), *gateway = ifcfg_ip_format(&words.gateway);
    if (!owner) {
        line_fail(line,
                  g_strdup_printf(
                      _("no interface has the gateway or the device of the route to %s; it is ignored"), to));
        return;
    }
    g_autofree char *via = words.gateway.family ? g_strdup_printf(" via %s", gateway) : g_strdup("");
    /* rtentry_to_fib_config() of the kernel: scope host */
    g_autofree char *text = words.rejects ? g_strdup_printf("unreachable %s%s scope host", to, rest->str)
                                          : g_strdup_printf("%s%s%s", to, via, rest->str);
    route_add(line, owner, text, AF_INET);
}

/* --- static-routes-ipv6 --- */

/* "eth0 2001:db8:8::/48 2001:db8::1": DEVICE NETWORK [GATEWAY]; metric 1, as ifup-ipv6 gave it. */
static void static6_read(const StaticLine *line)
{
    char **words = line->words;
    NetIface *iface = net_model_find(line->context->model, words[0]);

    if (!words[1] || (words[2] && words[3])) {
        line_fail(line, g_strdup(_("write \"DEVICE NETWORK/LENGTH\" or \"DEVICE NETWORK/LENGTH GATEWAY\"")));
        return;
    }
    if (!iface) {
        ifcfg_problems_add(line->context->problems, IFCFG_WARNING, line->where,
                           _("no file configures %s; the route is ignored"), words[0]);
        return;
    }
    IfcfgIp gateway;
    /* "::" stood for none (ipv6_add_route() of the old scripts) */
    gboolean has_gateway =
        words[2] && !(ifcfg_ip_parse(words[2], AF_INET6, &gateway) && ifcfg_ip_is_zero(&gateway));
    g_autofree char *via = has_gateway ? g_strdup_printf(" via %s", words[2]) : g_strdup("");
    g_autofree char *text = g_strdup_printf("%s%s metric 1", words[1], via);
    if (iface->ipv6init)
        route_add(line, iface, text, AF_INET6);
}

void net_model_read_static_routes(const KindContext *context)
{
    guint told = ifcfg_problems_length(context->problems);
    file_read(context, "static-routes", static_read);
    file_read(context, "static-routes-ipv6", static6_read);
    gboolean is_in_doubt = net_model_told_error(context, told);
    for (guint i = 0; is_in_doubt && i < net_model_length(context->model); i++)
        ((NetIface *)net_model_nth(context->model, i))->in_doubt |= NET_DOUBT_STATIC_ROUTES;
}
