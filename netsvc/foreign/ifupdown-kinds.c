/* Of which kind ifupdown's devices are: by their names, by a word that only such a device has, as tunnels. */
#include "foreign/ifupdown.h"
#include "model/iface.h"
#include "model/kind.h"
#include <string.h>

const char *ifupdown_kind_by_name(const char *name)
{
    const char *dot = strrchr(name, '.');
    if (dot && dot[1] && !dot[1 + strspn(dot + 1, "0123456789")])
        return "vlan";
    return NULL;
}

/* A line that only a device of a kind has, in both spellings; or NULL. */
static const char *kind_of_line(char **words)
{
    static const struct {
        const char *word, *value, *kind; /* of value NULL: any */
    } rows[] = {
        {"bond-slaves", NULL, "bond"}, {"bond-mode", NULL, "bond"},      {"bond_mode", NULL, "bond"},
        {"slaves", NULL, "bond"},      {"bridge_ports", NULL, "bridge"}, {"bridge-ports", NULL, "bridge"},
        {"mode", "gre", "gre"},        {"mode", "ipip", "ipip"},         {"mode", "sit", "sit"},
        {"mode", "GRE", "gre"},        {"mode", "ipip6", "ip6tnl"},      {"mode", "ip6ip6", "ip6tnl"},
        {"mode", "ip6gre", "ip6gre"},  {"mode", "any", "ip6tnl"}};
    for (gsize i = 0; words[0] && i < G_N_ELEMENTS(rows); i++)
        if (g_str_equal(rows[i].word, words[0]) && (!rows[i].value || !g_strcmp0(rows[i].value, words[1])))
            return rows[i].kind;
    return NULL;
}

/* What stands behind the name of a stanza: "inet6 v4tunnel". */
static gboolean is_tunnel_over_ip4(const char *rest)
{
    return rest && g_str_has_suffix(rest, "v4tunnel");
}

void ifupdown_kinds_find(IfupdownReader *self, char **lines, const char *path)
{
    g_autofree char *name = NULL;
    for (guint i = 0; lines[i]; i++) {
        g_auto(GStrv) words = g_strsplit_set(g_strstrip(lines[i]), " \t", 3);
        IfcfgWhere where = {g_intern_string(path), i + 1, 0};
        if (words[0] && g_str_equal(words[0], "iface") && words[1]) {
            g_free(name);
            name = g_strdup(words[1]);
            if (is_tunnel_over_ip4(words[2]))
                foreign_iface(self->foreign, name, "sit", where);
        } else if (name && kind_of_line(words)) {
            foreign_iface(self->foreign, name, kind_of_line(words), where);
        }
    }
}

gboolean ifupdown_tunnel_take(IfupdownReader *self, const char *word, const char *value, IfcfgWhere where)
{
    static const struct {
        const char *word, *option;
    } rows[] = {{"endpoint", "remote"}, {"local", "local"}, {"ttl", "ttl"}, {"tos", "tos"}};
    if (!net_kind_has(self->iface->kind, NET_KIND_IS_TUNNEL))
        return FALSE;
    if (g_str_equal(word, "key")) {
        foreign_tunnel_key(self->foreign, self->iface, TRUE, value, where);
        foreign_tunnel_key(self->foreign, self->iface, FALSE, value, where);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        if (g_str_equal(rows[i].word, word)) {
            if (!g_str_equal(value, "any"))
                foreign_option(self->foreign, self->iface, rows[i].option, value, where);
            return TRUE;
        }
    return g_str_equal(word, "key") || g_str_equal(word, "mode");
}
