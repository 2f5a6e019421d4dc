/* Everything that no other type takes: reported as not supported, and left alone. */
#include "i18n.h"
#include "ifcfg-keys.h"
#include "kinds/kinds.h"
#include <string.h>

typedef gboolean (*ValueTest)(const char *value);

typedef struct {
    const char *key;
    ValueTest is_foreign;
    gboolean can_be_plugin; /* what is not in the key's list of words chooses a program of that name */
} ForeignKey;

/* TYPE=Loopback is what anaconda wrote into ifcfg-lo; elsewhere it means nothing that exists. */
static gboolean type_is_foreign(const char *value)
{
    static const char *const known[] = {"Ethernet", "Bond", "Bonding", "Alias", "TeamPort"};
    for (gsize i = 0; i < G_N_ELEMENTS(known); i++)
        if (!g_ascii_strcasecmp(value, known[i]))
            return FALSE;
    return TRUE;
}

static gboolean devicetype_is_foreign(const char *value)
{
    static const char *const known[] = {"eth", "bond", "TeamPort", NULL};
    return !g_strv_contains(known, value);
}

static gboolean is_given(const char *value)
{
    return *value != '\0';
}

/* Nobody knows the word: then ifup-eth was run. */
static gboolean is_unknown(const ForeignKey *row, const char *value, const KindContext *context)
{
    return row->can_be_plugin && !ifcfg_key_has_word(row->key, value) &&
           !net_model_has_plugin(context->model, value);
}

static gboolean key_matches(const NetIface *iface, const ForeignKey *row, const KindContext *context,
                            char **ret_why, IfcfgWhere *ret_where)
{
    const char *value = net_iface_get(iface, row->key, ret_where);

    if (!value || !row->is_foreign(value) || is_unknown(row, value, context))
        return FALSE;
    if (ret_why)
        *ret_why = g_strdup_printf("%s=%s", row->key, value);
    return TRUE;
}

static const ForeignKey rows[] = {
    {"TYPE", type_is_foreign, TRUE},
    {"VXLAN", ifcfg_is_true, FALSE},
    {"DEVICETYPE", devicetype_is_foreign, TRUE},
    {"TEAM_CONFIG", is_given, FALSE},
    {"ESSID", is_given, FALSE},
};

/* The program of DEVICETYPE came before that of TYPE: what is missing is told once. */
void kind_check_type(NetIface *iface, const KindContext *context)
{
    for (gsize i = G_N_ELEMENTS(rows); i-- > 0;) {
        IfcfgWhere where;
        const char *value = net_iface_get(iface, rows[i].key, &where);
        if (!value || !rows[i].is_foreign(value) || !is_unknown(&rows[i], value, context) ||
            !g_ascii_strcasecmp(value, iface->kind->name))
            continue;
        ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                           _("%s=%s: there is no such type and no program ifup-%s; taken as %s"), rows[i].key,
                           value, value, iface->kind->type ? iface->kind->type : iface->kind->name);
        return;
    }
}

/* Names that made the old scripts choose another script than ifup-eth: "ppp0" is for ifup-ppp. */
static gboolean name_is_foreign(const char *name)
{
    static const char *const prefixes[] = {"ppp",   "ippp", "isdn", "sit",   "bnep",  "plip",
                                           "plusb", "ctc",  "vpn",  "ipsec", "cipcb", "sl"};
    gsize length = strcspn(name, "0123456789");
    if (!name[length] || name[length + strspn(name + length, "0123456789")])
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(prefixes); i++)
        if (*name == *prefixes[i] && !strncmp(name, prefixes[i], length) && !prefixes[i][length])
            return TRUE;
    return FALSE;
}

gboolean kind_is_foreign(const NetIface *iface, const KindContext *context, char **ret_why,
                         IfcfgWhere *ret_where)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        if (key_matches(iface, &rows[i], context, ret_why, ret_where))
            return TRUE;
    if (!name_is_foreign(iface->name))
        return FALSE;
    if (ret_why)
        *ret_why = g_strdup_printf("DEVICE=%s", iface->name);
    if (ret_where)
        *ret_where = iface->where;
    return TRUE;
}

static gboolean unsupported_match(G_GNUC_UNUSED const NetIface *iface,
                                  G_GNUC_UNUSED const KindContext *context)
{
    return TRUE;
}

static void unsupported_read(NetIface *iface, const KindContext *context)
{
    g_clear_pointer(&iface->unsupported, g_free);
    kind_is_foreign(iface, context, &iface->unsupported, &iface->unsupported_where);
}

const IfaceKind unsupported_kind = {
    .name = "unsupported",
    .traits = NET_KIND_LEFT_ALONE,
    .match = unsupported_match,
    .read = unsupported_read,
};
