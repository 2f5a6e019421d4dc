/* The ledger on disk: a key file, so that people can read it, written to a temporary file and renamed. (Not
 * JSON: that library alone would take longer to load than a plain `ifup` takes.) */
#include "apply/net-error.h"
#include "apply/system-paths.h"
#include "i18n.h"
#include <errno.h>

#define LEDGER_VERSION 1
#define HEAD_GROUP "netsvc"

static void write_text(GKeyFile *file, const char *group, const char *key, const char *text)
{
    if (text)
        g_key_file_set_string(file, group, key, text);
}

static void write_list(GKeyFile *file, const char *group, const char *key, const GPtrArray *list)
{
    if (list && list->len)
        g_key_file_set_string_list(file, group, key, (const char *const *)list->pdata, list->len);
}

/* Groups are numbered, since a device's name may have what a group's may not. */
static void write_entry(GKeyFile *file, guint number, const LedgerEntry *entry)
{
    g_autofree char *group = g_strdup_printf("device %u", number);
    write_text(file, group, "name", entry->name);
    write_text(file, group, "nick", entry->nick);
    write_text(file, group, "file", entry->file);
    write_text(file, group, "kind", entry->kind);
    g_key_file_set_boolean(file, group, "created", entry->created);
    g_key_file_set_boolean(file, group, "up", entry->up);
    write_list(file, group, "ports", entry->ports);
    write_list(file, group, "addresses", entry->addresses);
    write_list(file, group, "routes", entry->routes);
    write_list(file, group, "rules", entry->rules);
}

gboolean ledger_save_file(const NetLedger *ledger, const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path), *text = NULL;
    g_autoptr(GKeyFile) file = g_key_file_new();

    g_key_file_set_integer(file, HEAD_GROUP, "version", LEDGER_VERSION);
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

static void read_list(GKeyFile *file, const char *group, const char *key, GPtrArray *list)
{
    g_auto(GStrv) words = g_key_file_get_string_list(file, group, key, NULL, NULL);
    for (guint i = 0; words && words[i]; i++)
        g_ptr_array_add(list, g_steal_pointer(&words[i]));
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
    read_list(file, group, "ports", entry->ports);
    read_list(file, group, "addresses", entry->addresses);
    read_list(file, group, "routes", entry->routes);
    read_list(file, group, "rules", entry->rules);
    return TRUE;
}

static gboolean ledger_read(NetLedger *ledger, GKeyFile *file)
{
    g_auto(GStrv) groups = g_key_file_get_groups(file, NULL);
    if (g_key_file_get_integer(file, HEAD_GROUP, "version", NULL) != LEDGER_VERSION)
        return FALSE;
    for (guint i = 0; groups[i]; i++)
        if (!g_str_equal(groups[i], HEAD_GROUP) && !read_entry(ledger, file, groups[i]))
            return FALSE;
    return TRUE;
}

NetLedger *ledger_load_file(const char *path, GError **error)
{
    g_autoptr(NetLedger) ledger = net_ledger_new();
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(GError) reason = NULL;

    if (g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, &reason) && ledger_read(ledger, file))
        return g_steal_pointer(&ledger);
    if (g_error_matches(reason, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return g_steal_pointer(&ledger);
    if (reason)
        net_error_set(
            error, EINVAL,
            _("%s, the record of what was configured here, is damaged: %s: delete it and try again; what "
              "the files say is then taken for what is to be removed"),
            path, reason->message);
    else
        net_error_set(
            error, EINVAL,
            _("%s, the record of what was configured here, is damaged: delete it and try again; what "
              "the files say is then taken for what is to be removed"),
            path);
    return NULL;
}

NetLedger *net_ledger_load(GError **error)
{
    return ledger_load_file(NETSVC_RUN_DIR "/state", error);
}

gboolean net_ledger_save(const NetLedger *ledger, GError **error)
{
    return ledger_save_file(ledger, NETSVC_RUN_DIR "/state", error);
}
