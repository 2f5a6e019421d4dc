/* The ifcfg file of an interface: who it is, what it belongs to, how its link is, when it comes up. */
#include "i18n.h"
#include "ifcfg-quote.h"
#include "model/field.h"
#include "model/iface.h"
#include "model/kind.h"
#include "writing/writing.h"
#include <string.h>

#define SCRIPTS "etc/sysconfig/network-scripts/"

char *net_script_path(const char *prefix, const char *name)
{
    return g_strconcat(SCRIPTS, prefix, "-", name, NULL);
}

const char *net_file_name_fault(const char *name)
{
    const char *fault = ifcfg_ifname_fault(name);
    if (fault)
        return fault;
    if (ifcfg_name_is_ignored(name))
        return _("a file of this name is taken for a copy, and not read");
    return strstr(name, "-range") ? _("a file of this name is taken for a range of addresses") : NULL;
}

GString *net_text_begin(const char *comment)
{
    GString *text = g_string_new(NULL);
    if (comment)
        g_string_append_printf(text, "# %s\n", comment);
    return text;
}

void net_write_miss(const NetIface *iface, IfcfgProblems *problems, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *words = g_strdup_vprintf(format, args);
    va_end(args);
    ifcfg_problems_add(problems, IFCFG_WARNING, iface->where, "%s: %s", iface->name, words);
}

NetIface *net_iface_make(const char *name, const IfaceKind *kind)
{
    g_autoptr(IfcfgRecord) empty = ifcfg_record_parse(name, "", 0, NULL, NULL);
    IfcfgEntry entry = {.kind = IFCFG_ENTRY_MAIN, .name = (char *)name, .record = empty};
    NetIface *iface = net_iface_new(&entry);
    iface->name = g_strdup(name);
    iface->kind = kind;
    if (kind && kind->family)
        iface->settings = link_settings_new(kind->family);
    return iface;
}

/* Its record, which no file has filled, keeps them. */
void net_iface_say(NetIface *iface, const char *key, const char *value)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < ifcfg_record_length(iface->record); i++) {
        const IfcfgAssignment *said = ifcfg_record_nth(iface->record, i);
        if (!g_str_equal(said->key, key))
            ifcfg_append(text, said->key, said->value);
    }
    ifcfg_append(text, key, value);
    ifcfg_record_unref(iface->record);
    iface->record = ifcfg_record_parse(iface->name, text->str, text->len, NULL, NULL);
}

static void said_write(const NetIface *iface, GString *text)
{
    for (guint i = 0; i < ifcfg_record_length(iface->record); i++) {
        const IfcfgAssignment *said = ifcfg_record_nth(iface->record, i);
        ifcfg_append(text, said->key, said->value);
    }
}

/* --- relations --- */

/* A bond's ports say it with a second key, which the old scripts asked for. */
static void relation_write(const NetRelation *relation, GString *text)
{
    ifcfg_append(text, relation->key, relation->name);
    if (g_str_equal(relation->key, "MASTER"))
        ifcfg_append(text, "SLAVE", "yes");
}

static void relations_write(const NetIface *iface, GString *text)
{
    for (guint i = 0; i < iface->relations->len; i++)
        relation_write(iface->relations->pdata[i], text);
}

/* --- kinds --- */

/* Hardware with a name that a VLAN could have is none. */
static gboolean looks_like_vlan(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot && dot[1] && !dot[1 + strspn(dot + 1, "0123456789")];
}

static void kind_write(const NetIface *iface, GString *text)
{
    const IfaceKind *kind = iface->kind;
    const char *type = kind->type_of ? kind->type_of(iface) : kind->type;
    if (type)
        ifcfg_append(text, "TYPE", type);
    if (kind->mark)
        ifcfg_append(text, kind->mark, "yes");
    else if (!kind->family && looks_like_vlan(iface->name))
        ifcfg_append(text, "VLAN", "no");
}

/* --- name servers --- */

static void names_write(const NetIface *iface, GString *text)
{
    for (guint i = 0; iface->names && i < iface->names->servers->len; i++) {
        g_autofree char *key = g_strdup_printf("DNS%u", i + 1);
        ifcfg_append(text, key, iface->names->servers->pdata[i]);
    }
    g_autoptr(GString) search = g_string_new(NULL);
    for (guint i = 0; iface->names && i < iface->names->search->len; i++)
        g_string_append_printf(search, "%s%s", i ? " " : "", (char *)iface->names->search->pdata[i]);
    if (search->len)
        ifcfg_append(text, "DOMAIN", search->str);
    /* PEERDNS=no alone would leave these out too */
    if (iface->names && !net_names_is_empty(iface->names) && !iface->dhcp.peerdns)
        ifcfg_append(text, "RESOLV_MODS", "yes");
}

/* --- DHCP --- */

static void lease_write(const NetIface *iface, GString *text)
{
    const NetLease *lease = iface->leases->len ? iface->leases->pdata[0] : NULL;
    const struct {
        const char *key, *value;
    } lines[] = {{"DHCP_CLIENT_ID", lease ? lease->client_id : NULL},
                 {"DHCP_FQDN", lease ? lease->fqdn : NULL},
                 {"DHCP_HOSTNAME", lease ? lease->hostname : NULL},
                 {"DHCP_VENDOR_CLASS_IDENTIFIER", lease ? lease->vendor_class : NULL}};
    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++)
        if (lines[i].value)
            ifcfg_append(text, lines[i].key, lines[i].value);
    if (lease && lease->metric >= 0)
        g_string_append_printf(text, "METRIC=%" G_GINT64_FORMAT "\n", lease->metric);
}

/* --- the whole --- */

static void field_put(const NetField *field, const char *value, gpointer data)
{
    ifcfg_append(data, field->key, value);
}

void net_iface_write(const NetIface *iface, const char *comment, GPtrArray *texts, IfcfgProblems *problems)
{
    GString *text = net_text_begin(comment);
    if (iface->naming != NET_NAME_UNKNOWN)
        ifcfg_append(text, "DEVICE", iface->name);
    kind_write(iface, text);
    relations_write(iface, text);
    net_write_options(iface, text, problems);
    said_write(iface, text);
    net_fields_write(iface, field_put, text);
    lease_write(iface, text);
    net_write_addresses(iface, text, problems);
    names_write(iface, text);
    g_ptr_array_add(texts,
                    ifcfg_text_new(net_script_path("ifcfg", iface->name), g_string_free(text, FALSE), 0644));
    net_write_aliases(iface, comment, texts);
    net_write_routes(iface, comment, texts);
}
