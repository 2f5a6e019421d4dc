/* Which keys were carried over: what nobody took is named, so that none can be forgotten. */
#include "export/export-private.h"
#include "i18n.h"
#include "ifcfg-keys.h"
#include "model/iface.h"
#include <string.h>

/* --- taking --- */

static const IfcfgAssignment *assignment_find(const NetIface *iface, const char *key)
{
    const IfcfgAssignment *own = ifcfg_record_find(iface->record, key);
    if (own || !iface->network)
        return own;
    return ifcfg_record_find(iface->network, key);
}

void export_take(Export *self, const NetIface *iface, const char *key)
{
    const IfcfgAssignment *assignment = assignment_find(iface, key);
    if (assignment)
        g_hash_table_add(self->taken, (gpointer)assignment);
}

/* The one whose value is there: on a line that has several, the last before the place. */
static const IfcfgAssignment *assignment_at(const IfcfgRecord *record, IfcfgWhere where)
{
    const IfcfgAssignment *found = NULL;
    for (guint i = 0; record && i < ifcfg_record_length(record); i++) {
        const IfcfgAssignment *assignment = ifcfg_record_nth(record, i);
        gboolean is_before =
            assignment->where.line < where.line ||
            (assignment->where.line == where.line && assignment->where.column <= where.column);
        if (assignment->where.file == where.file && is_before)
            found = assignment;
    }
    return found;
}

void export_take_where(Export *self, const NetIface *iface, IfcfgWhere where)
{
    const IfcfgAssignment *assignment = where.line ? assignment_at(iface->record, where) : NULL;
    if (!assignment && where.line)
        assignment = assignment_at(iface->network, where);
    if (assignment)
        g_hash_table_add(self->taken, (gpointer)assignment);
}

/* All addresses of a range have one place. */
static gboolean is_told(const ExportResult *result, IfcfgWhere where, const char *what, const char *why)
{
    const ExportLoss *last = result->losses->len ? result->losses->pdata[result->losses->len - 1] : NULL;
    return last && last->where.file == where.file && last->where.line == where.line &&
           g_str_equal(last->what, what) && g_str_equal(last->why, why);
}

void export_lose(Export *self, const NetIface *iface, IfcfgWhere where, const char *what, const char *why,
                 ...)
{
    va_list args;
    va_start(args, why);
    g_autofree char *reason = g_strdup_vprintf(why, args);
    va_end(args);
    if (!is_told(self->result, where, what, reason)) {
        ExportLoss *loss = g_new0(ExportLoss, 1);
        *loss = (ExportLoss){where, g_strdup(what), g_steal_pointer(&reason)};
        g_ptr_array_add(self->result->losses, loss);
    }
    if (where.file)
        g_hash_table_add(self->dirty, (gpointer)where.file);
    if (iface)
        export_take_where(self, iface, where);
}

static void assignment_lose(Export *self, const IfcfgAssignment *assignment, const char *why)
{
    g_autofree char *what = g_strdup_printf("%s=%s", assignment->key, assignment->value);
    export_lose(self, NULL, assignment->where, what, "%s", why);
    g_hash_table_add(self->taken, (gpointer)assignment);
}

void export_lose_key(Export *self, const NetIface *iface, const char *key, const char *why)
{
    const IfcfgAssignment *assignment = assignment_find(iface, key);
    if (assignment && !g_hash_table_contains(self->taken, assignment))
        assignment_lose(self, assignment, why);
}

/* --- plain keys --- */

/* Words as yes and no, numbers as numbers. */
static gint64 number_of(const ExportCell *cell, const char *text)
{
    guint64 number = 0;
    if (cell->form == EXPORT_AS_BOOL || cell->form == EXPORT_AS_YES)
        return ifcfg_is_true(text);
    if (cell->form == EXPORT_AS_NOT || cell->form == EXPORT_AS_NO)
        return !ifcfg_is_false(text);
    return g_ascii_string_to_unsigned(text, 10, 0, G_MAXUINT32, &number, NULL) ? (gint64)number : 0;
}

/* Without a lease nothing asks a server. */
static gboolean is_in_vain(const NetIface *iface, const char *key)
{
    static const char *const of_lease[] = {"DHCP_CLIENT_ID",
                                           "DHCP_FQDN",
                                           "DHCP_HOSTNAME",
                                           "DHCP_SEND_HOSTNAME",
                                           "DHCP_TIMEOUT",
                                           "DHCP_VENDOR_CLASS_IDENTIFIER",
                                           "DHCPRELEASE",
                                           "PEERDNS",
                                           "PEERNTP",
                                           "PEERROUTES",
                                           "IPV4_FAILURE_FATAL",
                                           NULL};
    return !iface->leases->len && g_strv_contains(of_lease, key);
}

/* A port has no addresses there, and nothing that is about them. */
static gboolean is_of_layer3(const NetIface *iface, const ExportCell *cell)
{
    static const char *const sections[] = {"ipv4/", "ipv6/", "DHCPv4/", "IPv6AcceptRA/"};
    for (gsize i = 0; i < G_N_ELEMENTS(sections); i++)
        if (g_str_has_prefix(cell->place, sections[i]))
            return !export_has_layer3(iface);
    return FALSE;
}

static void key_write(Export *self, const NetIface *iface, const ExportKey *row, ExportNode *node)
{
    const ExportCell *cell = &row->cells[self->target->column];
    const char *value = net_iface_get(iface, row->key, NULL);
    if (!value || !cell->place)
        return;
    if (is_in_vain(iface, row->key) || is_of_layer3(iface, cell) || cell->form == EXPORT_AS_IMPLIED ||
        export_cell_put(node, cell, value, number_of(cell, value)))
        export_take(self, iface, row->key);
}

void export_keys(Export *self, const NetIface *iface, ExportNode *node)
{
    gsize count;
    const ExportKey *rows = export_keys_table(&count);
    for (gsize i = 0; i < count; i++)
        key_write(self, iface, &rows[i], node);
}

/* --- the rest --- */

static gboolean has_effect(const Export *self, const IfcfgAssignment *assignment, const IfcfgKey *key)
{
    gboolean is_known_there = self->target->column == EXPORT_COLUMN_NM && key->state == IFCFG_KEY_INFO;
    if (ifcfg_key_value_is_fallback(key, assignment->value))
        return FALSE;
    if (is_known_there)
        return g_str_has_prefix(key->help, "NetworkManager");
    return key->state == IFCFG_KEY_USED || key->state == IFCFG_KEY_REFUSED;
}

/* NetworkManager's own reader wrote these everywhere, with what holds anyway. */
static gboolean is_usual(const IfcfgAssignment *assignment)
{
    static const struct {
        const char *key, *value;
    } usual[] = {{"PROXY_METHOD", "none"},
                 {"BROWSER_ONLY", "no"},
                 {"IPV6_FAILURE_FATAL", "no"},
                 {"IPV6_DEFROUTE", "yes"},
                 {"MAC_ADDRESS_RANDOMIZATION", "default"},
                 {"HWADDR_BLACKLIST", ""},
                 {"IPV4_LINK_LOCAL", "default"}};
    for (gsize i = 0; i < G_N_ELEMENTS(usual); i++)
        if (g_str_equal(usual[i].key, assignment->key) &&
            !g_ascii_strcasecmp(usual[i].value, assignment->value))
            return TRUE;
    return FALSE;
}

/* An option of a kind of link: where this device had it, it would have been taken. */
static gboolean is_of_links(const char *key)
{
    const LinkFamily *family;
    for (guint i = 0; (family = link_family_nth(i)); i++)
        for (gsize row = 0; row < family->own.n; row++)
            if (g_strcmp0(family->own.rows[row].key, key) == 0)
                return TRUE;
    return FALSE;
}

static void rest_tell(Export *self, const IfcfgAssignment *assignment)
{
    const IfcfgKey *key = ifcfg_key_find(assignment->key);
    const char *reason = export_reason_find(assignment->key, self->target->column);
    g_autofree char *usual = g_strdup_printf(_("%s has no such setting"), self->target->title);
    if (!key)
        assignment_lose(self, assignment, _("nobody knows this key: it has no effect here either"));
    else if (has_effect(self, assignment, key) && !is_of_links(assignment->key) && !is_usual(assignment) &&
             !export_key_is_structure(assignment->key))
        assignment_lose(self, assignment, reason ? reason : usual);
}

static void record_tell(Export *self, const IfcfgRecord *record)
{
    for (guint i = 0; record && i < ifcfg_record_length(record); i++) {
        const IfcfgAssignment *assignment = ifcfg_record_nth(record, i);
        if (*assignment->value && !g_hash_table_contains(self->taken, assignment) &&
            ifcfg_record_find(record, assignment->key) == assignment)
            rest_tell(self, assignment);
    }
}

void export_tell_rest(Export *self, const NetIface *iface)
{
    record_tell(self, iface->record);
}

void export_tell_rest_of_network(Export *self)
{
    record_tell(self, ifcfg_dir_network(net_model_dir(self->model)));
}
