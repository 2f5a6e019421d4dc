/* The ledger on disk: a key file, so that people can read it, written to a temporary file and renamed. (Not
 * JSON: that library alone would take longer to load than a plain `ifup` takes.) */
#include "apply/net-error.h"
#include "apply/system-paths.h"
#include "i18n.h"
#include "state/keep.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

#define LEDGER_VERSION 1
#define HEAD_GROUP "netsvc"
#define DEVICE_GROUP "device "

static void write_text(GKeyFile *file, const char *group, const char *key, const char *text)
{
    if (text)
        g_key_file_set_string(file, group, key, text);
}

/* What another version has written into the entry, after a downgrade: it will want it back. */
static void write_unknown(GKeyFile *file, const char *group, const GPtrArray *lines)
{
    for (guint i = 0; lines && i < lines->len; i++) {
        g_auto(GStrv) words = g_strsplit(lines->pdata[i], "=", 2);
        g_key_file_set_value(file, group, words[0], words[1]);
    }
}

static void write_list(GKeyFile *file, const char *group, const char *key, const LedgerList *list)
{
    if (list && list->len)
        g_key_file_set_string_list(file, group, key, (const char *const *)list->pdata, list->len);
}

/* Groups are numbered, since a device's name may have what a group's may not. */
static void write_entry(GKeyFile *file, guint number, const LedgerEntry *entry)
{
    g_autofree char *group = g_strdup_printf(DEVICE_GROUP "%u", number);
    write_text(file, group, "name", entry->name);
    write_text(file, group, "nick", entry->nick);
    write_text(file, group, "file", entry->file);
    write_text(file, group, "kind", entry->kind);
    g_key_file_set_boolean(file, group, "created", entry->created);
    g_key_file_set_boolean(file, group, "up", entry->up);
    for (const LedgerListRow *row = ledger_list_rows; row->key; row++)
        write_list(file, group, row->key, ledger_entry_list(entry, row));
    write_text(file, group, "zone", entry->zone);
    if (entry->zone)
        g_key_file_set_uint64(file, group, "firewalld", entry->firewalld);
    write_unknown(file, group, entry->unknown);
}

gboolean ledger_save_file(const NetLedger *ledger, const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path), *text = NULL;
    g_autoptr(GKeyFile) file = g_key_file_new();

    g_key_file_set_integer(file, HEAD_GROUP, "version", LEDGER_VERSION);
    write_list(file, HEAD_GROUP, "owed", ledger->owed);
    for (guint i = 0; i < ledger->entries->len; i++)
        write_entry(file, i + 1, g_ptr_array_index(ledger->entries, i));
    text = g_key_file_to_data(file, NULL, NULL);
    if (g_mkdir_with_parents(folder, 0755) < 0) {
        net_error_set(error, errno, _("cannot make %s: %s"), folder, g_strerror(errno));
        return FALSE;
    }
    /* CONSISTENT: a reader sees the old or the new file. Not DURABLE: /run does not outlive a crash of the
     * machine. */
    return g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0644, error);
}

static void read_text(GKeyFile *file, const char *group, const char *key, char **text)
{
    g_free(*text);
    *text = g_key_file_get_string(file, group, key, NULL);
}

/* A list is split by GLib a letter at a time, for the sake of backslashes, which few have. */
static char **list_split(GKeyFile *file, const char *group, const char *key)
{
    g_autofree char *value = g_key_file_get_value(file, group, key, NULL);
    gsize length = value ? strlen(value) : 0;
    if (!length || strchr(value, '\\') || value[length - 1] != ';')
        return g_key_file_get_string_list(file, group, key, NULL, NULL);
    value[length - 1] = '\0';
    return g_strsplit(value, ";", -1);
}

static void read_list(GKeyFile *file, const char *group, const char *key, LedgerList *list)
{
    g_autofree char **words = list_split(file, group, key);
    if (words)
        net_ledger_list_read(list, words);
}

static const LedgerListRow *list_row(const char *key)
{
    for (const LedgerListRow *row = ledger_list_rows; row->key; row++)
        if (g_str_equal(row->key, key))
            return row;
    return NULL;
}

static void read_unknown(GKeyFile *file, const char *group, const char *key, LedgerEntry *entry)
{
    g_autofree char *value = g_key_file_get_value(file, group, key, NULL);
    if (!entry->unknown)
        entry->unknown = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(entry->unknown, g_strdup_printf("%s=%s", key, value));
}

/* Few of the lists are there: only those that are cost anything. */
static void read_lists(GKeyFile *file, const char *group, LedgerEntry *entry)
{
    static const char *const plain[] = {"name", "nick", "file",      "kind", "created",
                                        "up",   "zone", "firewalld", NULL};
    g_auto(GStrv) keys = g_key_file_get_keys(file, group, NULL, NULL);
    for (guint i = 0; keys[i]; i++) {
        const LedgerListRow *row = list_row(keys[i]);
        if (row)
            read_list(file, group, keys[i], ledger_entry_list(entry, row));
        else if (!g_strv_contains(plain, keys[i]))
            read_unknown(file, group, keys[i], entry);
    }
}

static gboolean read_entry(NetLedger *ledger, GKeyFile *file, const char *group)
{
    g_autofree char *name = g_key_file_get_string(file, group, "name", NULL);
    if (!name || ifcfg_ifname_fault(name))
        return FALSE;
    LedgerEntry *entry = net_ledger_ensure(ledger, name);
    read_text(file, group, "nick", &entry->nick);
    read_text(file, group, "file", &entry->file);
    read_text(file, group, "kind", &entry->kind);
    entry->created = g_key_file_get_boolean(file, group, "created", NULL);
    entry->up = g_key_file_get_boolean(file, group, "up", NULL);
    read_text(file, group, "zone", &entry->zone);
    entry->firewalld = entry->zone ? g_key_file_get_uint64(file, group, "firewalld", NULL) : 0;
    read_lists(file, group, entry);
    return TRUE;
}

/* Another version's record: what it has in common with ours counts. */
static gboolean ledger_read(NetLedger *ledger, GKeyFile *file)
{
    g_auto(GStrv) groups = g_key_file_get_groups(file, NULL);
    if (g_key_file_get_integer(file, HEAD_GROUP, "version", NULL) < 1)
        return FALSE;
    read_list(file, HEAD_GROUP, "owed", ledger->owed);
    for (guint i = 0; groups[i]; i++)
        if (g_str_has_prefix(groups[i], DEVICE_GROUP) && !read_entry(ledger, file, groups[i]))
            return FALSE;
    return TRUE;
}

NetLedger *ledger_load_file(const char *path, GError **error)
{
    g_autoptr(NetLedger) ledger = net_ledger_new();
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(GError) reason = NULL;

    if (g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, &reason) && ledger_read(ledger, file)) {
        process_keep(g_steal_pointer(&file));
        return g_steal_pointer(&ledger);
    }
    if (g_error_matches(reason, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return g_steal_pointer(&ledger);
    if (reason && reason->domain == G_FILE_ERROR)
        net_error_set(error, EIO, _("cannot read %s, the record of what was configured here: %s"), path,
                      reason->message);
    else
        net_error_set(error, EBADMSG, _("%s, the record of what was configured here, is damaged: %s"), path,
                      reason ? reason->message : _("it is not one of netsvc's"));
    return NULL;
}

NetLedger *ledger_repair_file(const char *path, char **ret_text, GError **error)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(NetLedger) ledger = ledger_load_file(path, &reason);
    if (ledger)
        return g_steal_pointer(&ledger);
    if (!g_error_matches(reason, NET_ERROR, EBADMSG)) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return NULL;
    }
    g_autofree char *aside = g_strconcat(path, ".damaged", NULL);
    if (rename(path, aside) < 0) {
        net_error_set(error, errno, _("cannot rename %s to %s: %s"), path, aside, g_strerror(errno));
        return NULL;
    }
    *ret_text = g_strdup_printf(
        _("%s; it is kept as %s, and what the files name is taken for what was configured here"),
        reason->message, aside);
    return net_ledger_new();
}

NetLedger *net_ledger_load(GError **error)
{
    return ledger_load_file(NETSVC_RUN_DIR "/state", error);
}

NetLedger *net_ledger_repair(char **ret_text, GError **error)
{
    return ledger_repair_file(NETSVC_RUN_DIR "/state", ret_text, error);
}

gboolean net_ledger_save(const NetLedger *ledger, GError **error)
{
    return ledger_save_file(ledger, NETSVC_RUN_DIR "/state", error);
}
