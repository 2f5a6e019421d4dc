/* Rules about files: those that nobody reads, whose name misleads, that say nothing, or that claim one card.
 */
#include "i18n.h"
#include "model/check-private.h"
#include "model/kind.h"
#include <string.h>

void check_networking(const Check *check)
{
    const char *value = check->network ? ifcfg_record_get(check->network, "NETWORKING") : NULL;
    if (value && ifcfg_is_false(value))
        ifcfg_problems_add(check->problems, IFCFG_WARNING, ifcfg_record_where(check->network, "NETWORKING"),
                           _("NETWORKING=%s: no interface comes up at boot"), value);
}

static void each_file(const Check *check, void (*rule)(const Check *check, const NetIface *iface))
{
    const GPtrArray *rejected = net_model_rejected(check->model);
    check_each(check, rule);
    for (guint i = 0; i < rejected->len; i++)
        rule(check, g_ptr_array_index(rejected, i));
}

/* "-20240131", ".2024-01-31" */
static gboolean ends_in_date(const char *nick)
{
    static GRegex *date;
    if (!date)
        date = g_regex_new("[-._](19|20)[0-9]{2}(-?)[01][0-9]\\2[0-3][0-9]$", 0, 0, NULL);
    return g_regex_match(date, nick, 0, NULL);
}

/* What stands behind the name of a file: "eth0.save", "eth0-20240131", "eth0.2024-01-31" */
static gboolean looks_like_copy(const char *nick)
{
    static const char *const endings[] = {".save", ".sav",  ".backup",   ".back",
                                          ".bck",  ".copy", ".disabled", ".off"};
    if (!strpbrk(nick, "-._"))
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(endings); i++)
        if (g_str_has_suffix(nick, endings[i]))
            return TRUE;
    return ends_in_date(nick);
}

static void copy_name(const Check *check, const NetIface *iface)
{
    if (iface->file && looks_like_copy(iface->nick))
        ifcfg_problems_add(check->problems, IFCFG_WARNING, (IfcfgWhere){.file = iface->file},
                           _("this looks like a copy, but is read like any other file: move it to another "
                             "directory, or name it ifcfg-%.*s.bak"),
                           (int)strcspn(iface->nick, "-._"), iface->nick);
}

void check_copy_name(const Check *check)
{
    each_file(check, copy_name);
}

static void empty_file(const Check *check, const NetIface *iface)
{
    if (iface->file && !ifcfg_record_length(iface->record))
        ifcfg_problems_add(
            check->problems, IFCFG_WARNING, (IfcfgWhere){.file = iface->file},
            _("the file sets nothing: %s comes up without an address, and is left as it is while it "
              "runs"),
            iface->name);
}

void check_empty_file(const Check *check)
{
    each_file(check, empty_file);
}

static gsize stem_length(const char *name)
{
    gsize length = strlen(name);
    while (length && g_ascii_isdigit(name[length - 1]))
        length--;
    return length;
}

/* ifcfg-eth7 with DEVICE=eth3: a copied file of which one of the two was forgotten. */
static void file_name(const Check *check, const NetIface *iface)
{
    const char *device = iface->record ? ifcfg_record_get(iface->record, "DEVICE") : NULL;
    if (!device || iface->form != IFCFG_ENTRY_MAIN || !iface->nick || g_str_equal(device, iface->nick))
        return;
    gsize length = stem_length(device);
    if (length && length == stem_length(iface->nick) && !strncmp(device, iface->nick, length) &&
        device[length] && iface->nick[length])
        ifcfg_problems_add(
            check->problems, IFCFG_WARNING, iface->where,
            _("DEVICE=%s in ifcfg-%s: the file configures %s; rename the file, or correct DEVICE"), device,
            iface->nick, device);
}

void check_file_name(const Check *check)
{
    check_each(check, file_name);
}

static gboolean is_nic(const NetIface *iface)
{
    return g_str_equal(iface->kind->name, "ethernet") && iface->form == IFCFG_ENTRY_MAIN;
}

void check_same_hwaddr(const Check *check)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < net_model_length(check->model); i++) {
        const NetIface *iface = net_model_nth(check->model, i);
        if (!is_nic(iface) || !iface->hwaddr.length || iface->fault)
            continue;
        char *mac = ifcfg_mac_format(&iface->hwaddr);
        const NetIface *first = g_hash_table_lookup(seen, mac);
        if (!first) {
            g_hash_table_insert(seen, mac, (gpointer)iface);
            continue;
        }
        g_free(mac);
        IfcfgWhere where = ifcfg_record_where(first->record, "HWADDR");
        g_autofree char *base = g_path_get_basename(first->file);
        ifcfg_problems_add(
            check->problems, IFCFG_ERROR, ifcfg_record_where(iface->record, "HWADDR"),
            _("HWADDR=%s is that of %s too (%s:%u): a card is one device, so one of the two does "
              "not come up"),
            ifcfg_record_get(iface->record, "HWADDR"), first->name, base, where.line);
    }
}

/* "eth3" of route-eth3, rule6-eth3 and eth3.route; NULL: no file of an interface. */
static char *owner_name(const char *file)
{
    static const char *const prefixes[] = {"route-", "route6-", "rule-", "rule6-"};
    if (ifcfg_name_is_ignored(file))
        return NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(prefixes); i++)
        if (g_str_has_prefix(file, prefixes[i]))
            return g_strdup(file + strlen(prefixes[i]));
    return g_str_has_suffix(file, ".route") ? g_strndup(file, strlen(file) - strlen(".route")) : NULL;
}

/* An interface whose name only the running system knows may be the one. */
static gboolean has_unknown_name(const Check *check)
{
    for (guint i = 0; i < net_model_length(check->model); i++)
        if (net_model_nth(check->model, i)->naming == NET_NAME_UNKNOWN)
            return TRUE;
    return FALSE;
}

/* Who reads the files of routes and rules of that name: an alias those of its NAME too. */
static const NetIface *owner_find(const Check *check, const char *name)
{
    const NetIface *iface = net_model_find(check->model, name),
                   *owner = iface ? iface : net_model_find_nick(check->model, name);
    for (guint i = 0; i < net_model_length(check->model) && !owner; i++) {
        const NetIface *alias = net_model_nth(check->model, i);
        if (alias->form == IFCFG_ENTRY_ALIAS && !g_strcmp0(net_iface_get(alias, "NAME", NULL), name))
            owner = alias;
    }
    return owner;
}

/* Why nobody reads a file of routes or rules of the interface; NULL: it is read. */
static char *orphan_reason(const Check *check, const char *file, const char *name)
{
    const NetIface *owner = owner_find(check, name);
    const NetRelation *port = owner ? net_iface_relation(owner, NET_PORT_OF) : NULL;
    if (!owner)
        return g_strdup_printf(_("the file is ignored: there is no ifcfg-%s, nor a file with DEVICE=%s"),
                               name, name);
    if (!port || !port->iface || net_kind_has(port->iface->kind, NET_KIND_KEEPS_LAYER3))
        return NULL;
    const char *at = strstr(file, name);
    return g_strdup_printf(_("the file is ignored: %s is a port of %s; rename it to %.*s%s%s"), owner->name,
                           port->name, (int)(at - file), file, port->name, at + strlen(name));
}

void check_orphans(const Check *check)
{
    GHashTableIter iter;
    gpointer file;
    gboolean is_unsure = has_unknown_name(check);
    g_hash_table_iter_init(&iter, net_model_files(check->model));
    while (g_hash_table_iter_next(&iter, &file, NULL)) {
        g_autofree char *name = owner_name(file);
        g_autofree char *reason = name && !is_unsure ? orphan_reason(check, file, name) : NULL;
        g_autofree char *path = g_build_filename(ifcfg_dir_path(net_model_dir(check->model)), file, NULL);
        if (reason)
            ifcfg_problems_add(check->problems, IFCFG_WARNING, (IfcfgWhere){.file = g_intern_string(path)},
                               "%s", reason);
    }
}
