/* What others make of the files: NetworkManager's reader (ifcfg-rh, up to 1.58), and leapp, which upgrades
 * Enterprise Linux: actors checkifcfg and networkdeprecations of leapp-repository. */
#include "i18n.h"
#include "ifcfg-keys.h"
#include "migrate/migrate.h"
#include "model/kind.h"
#include <string.h>

/* --- NetworkManager --- */

/* Kinds that its reader has no TYPE for. */
static gboolean kind_is_unknown_to_nm(const NetIface *iface)
{
    static const char *const known[] = {"ethernet", "loopback",   "bond",  "bridge",      "vlan", "alias",
                                        "team",     "infiniband", "ipoib", "unsupported", NULL};
    return !g_strv_contains(known, iface->kind->name);
}

/* Keys that have an effect here and had one in the scripts, and that its reader passes over. */
static const char *const scripts_only[] = {"ARP",
                                           "ARPCHECK",
                                           "ARPING_TRIES",
                                           "ARPUPDATE",
                                           "DHCLIENTARGS",
                                           "DHCLIENT_IGNORE_GATEWAY",
                                           "DHCPRELEASE",
                                           "DHCPV6C_OPTIONS",
                                           "ETHTOOL_DELAY",
                                           "EXTRA_ROUTE_OPTS",
                                           "HOTPLUG",
                                           "IPV6_FORCE_ACCEPT_RA",
                                           "IPV6_MTU",
                                           "IPV6_ROUTER",
                                           "LINKDELAY",
                                           "LINKSTATUS",
                                           "NO_ALIASROUTING",
                                           "NOROUTESET",
                                           "ONPARENT",
                                           "OWNER",
                                           "PERSISTENT_DHCLIENT",
                                           "RESOLV_MODS",
                                           "SCOPE",
                                           "SRCADDR",
                                           "USERCTL",
                                           "WINDOW",
                                           NULL};

static void nm_check_keys(MigrateReport *self, const NetIface *iface)
{
    for (guint i = 0; i < ifcfg_record_length(iface->record); i++) {
        const IfcfgAssignment *assignment = ifcfg_record_nth(iface->record, i);
        const IfcfgKey *key = ifcfg_key_find(assignment->key);
        if (key && *assignment->value && g_strv_contains(scripts_only, assignment->key) &&
            !ifcfg_key_value_is_fallback(key, assignment->value))
            migrate_add(self, MIGRATE_NM, "nm-key", assignment->where, assignment->key, "%s",
                        _("NetworkManager ignores these keys"));
    }
}

static gboolean is_kept_from_nm(const NetIface *iface)
{
    const char *value = ifcfg_record_get(iface->record, "NM_CONTROLLED");
    return value && ifcfg_is_false(value);
}

static void nm_check(MigrateReport *self, const NetIface *iface)
{
    if (is_kept_from_nm(iface))
        migrate_add(self, MIGRATE_NM, "nm-controlled", ifcfg_record_where(iface->record, "NM_CONTROLLED"),
                    NULL, "%s",
                    _("NetworkManager leaves these devices alone (NM_CONTROLLED=no): without network-scripts "
                      "and without netsvc nobody brings them up"));
    else if (iface->form == IFCFG_ENTRY_RANGE)
        migrate_add(self, MIGRATE_NM, "nm-range", (IfcfgWhere){iface->file, 0, 0}, NULL, "%s",
                    _("NetworkManager does not read files of ranges of addresses"));
    else if (kind_is_unknown_to_nm(iface))
        migrate_add(self, MIGRATE_NM, "nm-type", iface->where, NULL, "%s",
                    _("NetworkManager's reader of these files has no such type of device"));
    else
        nm_check_keys(self, iface);
}

/* --- leapp --- */

/* What a key says without its value; NULL: nothing. */
static char *mark_word(const char *key)
{
    static const struct {
        const char *key, *word;
    } marks[] = {{"BONDING_MASTER", "bond"}};
    for (gsize i = 0; i < G_N_ELEMENTS(marks); i++)
        if (g_str_equal(marks[i].key, key))
            return g_strdup(marks[i].word);
    return NULL;
}

/* It goes by the words, not by what they mean: a file without TYPE is one of a device that nobody knows. */
static gboolean type_stops_leapp9(const NetIface *iface)
{
    static const char *const fine[] = {"ethernet", "ctc",      "infiniband", "bond", "vlan",
                                       "bridge",   "wireless", "team",       NULL};
    g_autofree char *found = NULL;
    for (guint i = 0; i < ifcfg_record_length(iface->record); i++) {
        const IfcfgAssignment *assignment = ifcfg_record_nth(iface->record, i);
        gboolean is_type = g_str_equal(assignment->key, "TYPE") || g_str_equal(assignment->key, "DEVICETYPE");
        g_autofree char *word = is_type ? g_ascii_strdown(assignment->value, -1) : mark_word(assignment->key);
        if (word && found && !g_str_equal(word, found))
            return TRUE;
        if (word && !found)
            found = g_steal_pointer(&word);
    }
    return !found || !g_strv_contains(fine, found);
}

static gboolean has_rules_file(const NetIface *iface)
{
    for (guint i = 0; i < iface->rules->len; i++) {
        const IfcfgRule *rule = iface->rules->pdata[i];
        if (rule->where.file != iface->file)
            return TRUE;
    }
    return FALSE;
}

static void upgrade_check(MigrateReport *self, const NetIface *iface)
{
    IfcfgWhere where = {iface->file, 0, 0};
    gboolean has_rules = has_rules_file(iface), is_lo = g_str_equal(iface->name, "lo");
    if (has_rules)
        migrate_add(
            self, MIGRATE_UPGRADE, "el10-rules", where, NULL, "%s",
            _("EL 10: leapp stops at these, and can't migrate their rules: `netsvc export --to nm` does"));
    else
        migrate_add(self, MIGRATE_UPGRADE, "el10", where, NULL, "%s",
                    _("EL 10: leapp stops at every ifcfg file; `netsvc export --to nm` writes what "
                      "NetworkManager reads there"));
    if (has_rules || is_lo)
        return;
    if (type_stops_leapp9(iface))
        migrate_add(
            self, MIGRATE_UPGRADE, "el9-type", where, NULL, "%s",
            _("EL 9: leapp stops where network-scripts is installed, and takes these for devices that "
              "NetworkManager does not support: TYPE= is missing, or none of its words"));
    else if (is_kept_from_nm(iface))
        migrate_add(self, MIGRATE_UPGRADE, "el9-controlled", where, NULL, "%s",
                    _("EL 9: leapp stops where network-scripts is installed, because of NM_CONTROLLED=no"));
}

static void hooks_check(MigrateReport *self, const NetModel *model)
{
    static const char *const hooks[] = {"/sbin/ifup-local", "/sbin/ifup-pre-local", "/sbin/ifdown-local",
                                        "/sbin/ifdown-pre-local"};
    for (gsize i = 0; i < G_N_ELEMENTS(hooks); i++) {
        g_autofree char *path = g_strconcat(ifcfg_dir_root(net_model_dir(model)), hooks[i], NULL);
        if (g_file_test(path, G_FILE_TEST_IS_EXECUTABLE))
            migrate_add(
                self, MIGRATE_DIFFERS, "hooks", (IfcfgWhere){g_intern_string(path), 0, 0}, NULL, "%s",
                _("run when an interface really comes up or goes down, with a clean environment and a "
                  "time limit; a failure makes the line [WARNING]"));
    }
}

void migrate_check_others(MigrateReport *self, const NetModel *model)
{
    for (guint i = 0; i < net_model_length(model); i++) {
        const NetIface *iface = net_model_nth(model, i);
        if (!iface->file)
            continue;
        nm_check(self, iface);
        upgrade_check(self, iface);
        if (has_rules_file(iface))
            migrate_add(self, MIGRATE_NM, "nm-rules", ((IfcfgRule *)iface->rules->pdata[0])->where, NULL,
                        "%s",
                        _("NetworkManager itself does not read rules: that needs "
                          "NetworkManager-dispatcher-routing-rules"));
    }
    hooks_check(self, model);
}
