/* Which file a name on the command line means: the steps of the old scripts' need_config(), less their
 * accidents (there, a NAME counted only in double quotes, two files for one NAME or DEVICE were as good as
 * none, and of two with one HWADDR the last won). */
#include "i18n.h"
#include "ifcfg-dir-private.h"
#include <string.h>

typedef gboolean (*Matcher)(const IfcfgEntry *entry, gconstpointer wanted);

static gboolean file_matches(const IfcfgEntry *entry, gconstpointer wanted)
{
    return g_str_equal(entry->name, wanted);
}

/* NetworkManager and its forerunners put "System " or "Auto " in front. */
static gboolean name_matches(const IfcfgEntry *entry, gconstpointer wanted)
{
    static const char *const prefixes[] = {"", "System ", "Auto "};
    const char *name = ifcfg_record_get(entry->record, "NAME");
    for (guint i = 0; name && i < G_N_ELEMENTS(prefixes); i++) {
        gsize length = strlen(prefixes[i]);
        if (!g_ascii_strncasecmp(name, prefixes[i], length) && !g_ascii_strcasecmp(name + length, wanted))
            return TRUE;
    }
    return FALSE;
}

static gboolean mac_matches(const IfcfgEntry *entry, gconstpointer wanted)
{
    const char *text = ifcfg_record_get(entry->record, "HWADDR");
    IfcfgMac mac;
    return entry->kind == IFCFG_ENTRY_MAIN && text && ifcfg_mac_parse(text, &mac) &&
           ifcfg_mac_equal(&mac, wanted);
}

/* A range file may repeat its parent's DEVICE; it does not mean the device itself. */
static gboolean device_matches(const IfcfgEntry *entry, gconstpointer wanted)
{
    return entry->kind != IFCFG_ENTRY_RANGE && !g_strcmp0(ifcfg_record_get(entry->record, "DEVICE"), wanted);
}

static void add_candidate(GString *list, const IfcfgEntry *entry)
{
    g_string_append_printf(list, "%s%s", list->len ? ", " : "", entry->path);
}

/* The one entry that matches. NULL without @error: none; with it: several. */
static const IfcfgEntry *find_one(const GPtrArray *entries, Matcher matches, gconstpointer wanted,
                                  const char *what, const char *argument, GError **error)
{
    const IfcfgEntry *found = NULL;
    g_autoptr(GString) list = g_string_new(NULL);
    guint count = 0;
    for (guint i = 0; i < entries->len; i++) {
        const IfcfgEntry *entry = g_ptr_array_index(entries, i);
        if (!matches(entry, wanted))
            continue;
        found = entry;
        count++;
        add_candidate(list, entry);
    }
    if (count < 2)
        return found;
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
                _("%s: several files have this %s: %s; name the file that you mean"), argument, what,
                list->str);
    return NULL;
}

static const IfcfgEntry *find_file(const IfcfgDir *self, const char *name)
{
    const IfcfgEntry *entry = find_one(self->entries, file_matches, name, "", name, NULL);
    return entry ? entry : find_one(self->ignored, file_matches, name, "", name, NULL);
}

/* A file name, with or without folders in front */
static const IfcfgEntry *find_basename(const IfcfgDir *self, const char *argument)
{
    g_autofree char *base = g_path_get_basename(argument);
    return g_str_has_prefix(base, "ifcfg-") ? find_file(self, base + strlen("ifcfg-")) : NULL;
}

static const char *find_broken(const IfcfgDir *self, const char *argument)
{
    g_autofree char *base = g_path_get_basename(argument);
    const char *name = g_str_has_prefix(base, "ifcfg-") ? base + strlen("ifcfg-") : argument;
    return g_hash_table_lookup(self->broken, name);
}

const IfcfgEntry *ifcfg_dir_find(const IfcfgDir *self, const char *argument, const IfcfgMac *device_mac,
                                 GError **error)
{
    g_autoptr(GError) failure = NULL;
    const IfcfgEntry *entry = find_basename(self, argument);
    if (!entry)
        entry = find_file(self, argument);
    const char *broken = entry ? NULL : find_broken(self, argument);
    if (broken) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
                    _("the configuration file for %s could not be read: %s"), argument, broken);
        return NULL;
    }
    if (!entry)
        entry = find_one(self->entries, name_matches, argument, "NAME", argument, &failure);
    if (!entry && !failure && device_mac && device_mac->length)
        entry = find_one(self->entries, mac_matches, device_mac, "HWADDR", argument, &failure);
    if (!entry && !failure)
        entry = find_one(self->entries, device_matches, argument, "DEVICE", argument, &failure);
    if (!entry && !failure)
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT, _("configuration for %s not found"), argument);
    else if (failure)
        g_propagate_error(error, g_steal_pointer(&failure));
    return entry;
}
