/* The record of what is ours, and how each operation changes it. No I/O: apply/ keeps it on disk. */
#include "state/ledger.h"
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>

/* Most lists are empty, and few are longer than this: those have an index. */
enum { SHORT = 8 };

static void ledger_list_free(LedgerList *self)
{
    g_clear_pointer(&self->places, g_hash_table_unref);
    g_clear_pointer(&self->texts, g_ptr_array_unref);
    g_free(self);
}

static void ledger_list_show(LedgerList *self)
{
    self->pdata = self->texts->pdata;
    self->len = self->texts->len;
}

static void ledger_list_append(LedgerList *self, char *text)
{
    if (!self->texts)
        self->texts = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(self->texts, text);
    ledger_list_show(self);
}

static void ledger_list_place(LedgerList *self, guint index)
{
    g_hash_table_insert(self->places, self->texts->pdata[index], GUINT_TO_POINTER(index + 1));
}

static void ledger_list_index(LedgerList *self)
{
    self->places = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < self->len; i++)
        ledger_list_place(self, i);
}

guint net_ledger_list_place(const LedgerList *self, const char *text)
{
    if (!self)
        return 0;
    if (!self->places && self->len > SHORT)
        ledger_list_index((LedgerList *)self);
    if (self->places)
        return GPOINTER_TO_UINT(g_hash_table_lookup(self->places, text));
    for (guint i = 0; i < self->len; i++)
        if (g_str_equal(self->pdata[i], text))
            return i + 1;
    return 0;
}

gboolean net_ledger_list_has(const LedgerList *list, const char *text)
{
    return net_ledger_list_place(list, text) > 0;
}

void net_ledger_list_add(LedgerList *list, const char *text)
{
    if (!net_ledger_list_has(list, text))
        net_ledger_list_take(list, g_strdup(text));
}

void net_ledger_list_take(LedgerList *list, char *text)
{
    if (net_ledger_list_has(list, text)) {
        g_free(text);
        return;
    }
    ledger_list_append(list, text);
    if (list->places)
        ledger_list_place(list, list->len - 1);
}

void net_ledger_list_read(LedgerList *list, char **texts)
{
    for (guint i = 0; texts[i]; i++)
        ledger_list_append(list, texts[i]);
}

void net_ledger_list_remove(LedgerList *list, const char *text)
{
    guint place = net_ledger_list_place(list, text);
    if (!place)
        return;
    if (list->places)
        g_hash_table_remove(list->places, text);
    g_ptr_array_remove_index_fast(list->texts, place - 1);
    ledger_list_show(list);
    if (list->places && place <= list->len)
        ledger_list_place(list, place - 1);
}

const char *net_ledger_list_value(const LedgerList *list, const char *name)
{
    gsize length = strlen(name);
    for (guint i = 0; list && i < list->len; i++) {
        const char *text = g_ptr_array_index(list, i);
        if (g_str_has_prefix(text, name) && text[length] == '=')
            return text + length + 1;
    }
    return NULL;
}

void net_ledger_list_set_value(LedgerList *list, const char *name, const char *value)
{
    const char *old = net_ledger_list_value(list, name);
    if (old) {
        g_autofree char *text = g_strdup_printf("%s=%s", name, old);
        net_ledger_list_remove(list, text);
    }
    if (value) {
        g_autofree char *text = g_strdup_printf("%s=%s", name, value);
        net_ledger_list_add(list, text);
    }
}

const LedgerListRow ledger_list_rows[] = {
    {"ports", offsetof(LedgerEntry, ports)},           {"addresses", offsetof(LedgerEntry, addresses)},
    {"routes", offsetof(LedgerEntry, routes)},         {"rules", offsetof(LedgerEntry, rules)},
    {"nexthops", offsetof(LedgerEntry, nexthops)},     {"leases", offsetof(LedgerEntry, leases)},
    {"attributes", offsetof(LedgerEntry, attributes)}, {"written", offsetof(LedgerEntry, written)},
    {"names", offsetof(LedgerEntry, names)},           {"hooks", offsetof(LedgerEntry, hooks)},
    {"kinds", offsetof(LedgerEntry, kinds)},           {NULL},
};

static LedgerList **list_place(const LedgerEntry *entry, const LedgerListRow *row)
{
    return (LedgerList **)((char *)entry + row->offset);
}

LedgerList *ledger_entry_list(const LedgerEntry *entry, const LedgerListRow *row)
{
    return *list_place(entry, row);
}

static LedgerEntry *ledger_entry_new(const char *name)
{
    LedgerEntry *self = g_new0(LedgerEntry, 1);
    self->refs = 1;
    self->name = g_strdup(name);
    for (const LedgerListRow *row = ledger_list_rows; row->key; row++)
        *list_place(self, row) = g_new0(LedgerList, 1);
    return self;
}

static void ledger_entry_unref(LedgerEntry *self)
{
    if (--self->refs)
        return;
    g_free(self->name);
    g_free(self->nick);
    g_free(self->file);
    g_free(self->kind);
    g_free(self->zone);
    for (const LedgerListRow *row = ledger_list_rows; row->key; row++)
        ledger_list_free(ledger_entry_list(self, row));
    g_clear_pointer(&self->unknown, g_ptr_array_unref);
    g_free(self);
}

NetNames *net_ledger_names(const LedgerEntry *entry)
{
    NetNames *names = net_names_new();
    for (guint i = 0; i < entry->names->len; i++)
        net_names_add_line(names, g_ptr_array_index(entry->names, i));
    return names;
}

void net_ledger_set_names(LedgerEntry *entry, const NetNames *names)
{
    g_autoptr(GPtrArray) lines = names ? net_names_lines(names) : g_ptr_array_new();
    ledger_list_free(entry->names);
    entry->names = g_new0(LedgerList, 1);
    for (guint i = 0; i < lines->len; i++)
        net_ledger_list_add(entry->names, lines->pdata[i]);
}

static void list_copy(LedgerList *to, const LedgerList *from)
{
    for (guint i = 0; i < from->len; i++)
        net_ledger_list_add(to, g_ptr_array_index(from, i));
}

NetLedger *net_ledger_new(void)
{
    NetLedger *self = g_new0(NetLedger, 1);
    self->entries = g_ptr_array_new_with_free_func((GDestroyNotify)ledger_entry_unref);
    self->by_name = g_hash_table_new(g_str_hash, g_str_equal);
    self->owed = g_new0(LedgerList, 1);
    return self;
}

static LedgerEntry *ledger_entry_copy(const LedgerEntry *from)
{
    LedgerEntry *to = ledger_entry_new(from->name);
    to->nick = g_strdup(from->nick);
    to->file = g_strdup(from->file);
    to->kind = g_strdup(from->kind);
    to->created = from->created;
    to->up = from->up;
    for (const LedgerListRow *row = ledger_list_rows; row->key; row++)
        list_copy(ledger_entry_list(to, row), ledger_entry_list(from, row));
    to->zone = g_strdup(from->zone);
    to->firewalld = from->firewalld;
    if (from->unknown)
        to->unknown = g_ptr_array_ref(from->unknown); /* nobody changes it */
    return to;
}

static void ledger_enter(NetLedger *self, LedgerEntry *entry)
{
    g_ptr_array_add(self->entries, entry);
    g_hash_table_insert(self->by_name, entry->name, entry);
}

NetLedger *net_ledger_copy(const NetLedger *self)
{
    NetLedger *copy = net_ledger_new();
    list_copy(copy->owed, self->owed);
    for (guint i = 0; i < self->entries->len; i++) {
        LedgerEntry *entry = g_ptr_array_index(self->entries, i);
        entry->refs++;
        ledger_enter(copy, entry);
    }
    return copy;
}

void net_ledger_free(NetLedger *self)
{
    if (!self)
        return;
    g_hash_table_unref(self->by_name);
    g_ptr_array_unref(self->entries);
    ledger_list_free(self->owed);
    g_free(self);
}

const LedgerEntry *net_ledger_find(const NetLedger *self, const char *device)
{
    return g_hash_table_lookup(self->by_name, device);
}

/* Entries are changed in about the order that they have. */
static guint ledger_place(NetLedger *self, const LedgerEntry *entry)
{
    guint place = self->last_place;
    do
        place = place + 1 < self->entries->len ? place + 1 : 0;
    while (self->entries->pdata[place] != entry);
    return self->last_place = place;
}

static LedgerEntry *ledger_own(NetLedger *self, LedgerEntry *shared)
{
    LedgerEntry *own = ledger_entry_copy(shared);
    self->entries->pdata[ledger_place(self, shared)] = own;
    g_hash_table_replace(self->by_name, own->name, own);
    shared->refs--;
    return own;
}

LedgerEntry *net_ledger_ensure(NetLedger *self, const char *device)
{
    LedgerEntry *entry = g_hash_table_lookup(self->by_name, device);
    if (entry)
        return entry->refs > 1 ? ledger_own(self, entry) : entry;
    ledger_enter(self, ledger_entry_new(device));
    return g_hash_table_lookup(self->by_name, device);
}

void net_ledger_remove(NetLedger *self, const char *device)
{
    LedgerEntry *entry = g_hash_table_lookup(self->by_name, device);
    if (!entry)
        return;
    g_hash_table_remove(self->by_name, device);
    g_ptr_array_remove_index(self->entries, ledger_place(self, entry)); /* keeps the order of the others */
    self->last_place--;                                                 /* the next one has come there */
}

/* "default" alone does not tell the families apart. */
static const char *family_words(int family)
{
    return family == AF_INET6 ? "-6 " : "-4 ";
}

/* Takes @text. */
static char *family_text(int family, char *text)
{
    g_autofree char *owned = text;
    return g_strconcat(family_words(family), owned, NULL);
}

/* A route without a device means the interface of its file, which nobody knows once the file is gone: so
 * every next hop gets its name. */
char *net_ledger_route_text(const IfcfgRoute *route, const char *dev)
{
    GString *text = g_string_sized_new(96);
    g_string_append(text, family_words(route->to.ip.family));
    ifcfg_route_append(text, route, dev);
    return g_string_free(text, FALSE);
}

char *net_ledger_rule_text(const IfcfgRule *rule)
{
    return family_text(rule->family, ifcfg_rule_format(rule));
}

char *net_ledger_lease_text(const NetLease *lease)
{
    return family_text(lease->family, g_strdup(net_client_name(lease->client)));
}
