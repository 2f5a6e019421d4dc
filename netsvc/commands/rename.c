/* netsvc-rename: tells udev which name a NIC shall have, and makes room where another NIC has it.
 *
 * udev calls it for each NIC that is added (its rule's PROGRAM) and renames the NIC to what is printed here.
 * It cannot exchange two names: it renames one device at a time, and a taken name is an error (rename_netif()
 * in systemd's udev-event.c). So whoever sits on the name is moved aside under dev<ifindex>, as the old
 * helper did; the kernel tells udev of that move, the rule calls us again for it, and since udev renames only
 * what was added, we do it then. However the calls fall, each step puts one NIC where it belongs. */
#include "apply/system-paths.h"
#include "commands/commands.h"
#include "console/log.h"
#include "i18n.h"
#include "session/nics.h"
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

enum { TIME_LIMIT_S = 10 }; /* of the old helper: a boot must not hang here */

typedef struct {
    char *from_kernel; /* /proc/cmdline, or NULL */
    IfcfgDir *dir;
    NetObserved *observed;
} Names;

static void names_clear(Names *self)
{
    g_free(self->from_kernel);
    ifcfg_dir_free(self->dir);
    net_observed_free(self->observed);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Names, names_clear)

/* A file that names a NIC: DEVICE and HWADDR, no VLAN, no alias; nor a bond whose file has a HWADDR that does
 * not belong there. */
static const char *entry_device(const IfcfgEntry *entry, const IfcfgMac *mac)
{
    const char *device = ifcfg_record_get(entry->record, "DEVICE");
    const char *hwaddr = ifcfg_record_get(entry->record, "HWADDR");
    const char *vlan = ifcfg_record_get(entry->record, "VLAN");
    IfcfgMac given;
    if (entry->kind != IFCFG_ENTRY_MAIN || !device || !*device || strchr(device, ':') || !hwaddr ||
        (vlan && ifcfg_is_true(vlan)) || link_families_claim(entry->record) ||
        !ifcfg_mac_parse(hwaddr, &given) || !ifcfg_mac_equal(&given, mac))
        return NULL;
    return ifcfg_ifname_fault(device) ? NULL : device;
}

/* The file whose DEVICE is the NIC's name already is preferred, else the last one wins, as ever. To be freed.
 */
static char *name_wanted(const Names *self, const ObservedLink *link, IfcfgWhere *ret_where)
{
    char *name = nics_kernel_name(self->from_kernel, &link->perm_mac);
    const char *found = NULL;
    for (guint i = 0; !name && i < ifcfg_dir_length(self->dir); i++) {
        const IfcfgEntry *entry = ifcfg_dir_nth(self->dir, i);
        const char *device = entry_device(entry, &link->perm_mac);
        if (!device || (found && g_str_equal(found, link->name)))
            continue;
        found = device;
        *ret_where = ifcfg_record_where(entry->record, "DEVICE");
    }
    return name ? name : g_strdup(found);
}

/* What another did meanwhile, udev or another of us, is not our failure: the link has that name, or went. */
static gboolean is_overtaken(const ObservedLink *link, const char *to)
{
    char name[IF_NAMESIZE];
    return !if_indextoname(link->ifindex, name) || !g_str_equal(name, link->name) || g_str_equal(name, to);
}

static gboolean rename_tell(const ObservedLink *link, const char *to, IfcfgWhere where, gboolean makes_room)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *place = cli_where(where);
    gboolean ok = net_link_rename(link->name, to, &error);
    if (!ok && is_overtaken(link, to))
        return FALSE;
    g_autofree char *done = g_strdup_printf(
        makes_room ? _("%s is renamed to %s, to make room") : _("%s is renamed to %s"), link->name, to);
    g_autofree char *text = g_strdup_printf("%s%s%s", place, *place ? ": " : "", ok ? done : error->message);
    log_journal(EVENT_RENAMED, ok ? LOG_INFO : LOG_ERR, where, link->name, text);
    return ok;
}

/* A bridge or bond that somebody has made is where it belongs. */
static gboolean is_hardware(const char *name)
{
    g_autofree char *path = g_build_filename("/sys/class/net", name, "device", NULL);
    return access(path, F_OK) == 0;
}

/* FALSE: who has the name keeps it, because it is his, or because he is in use. */
static gboolean name_is_free(const Names *self, const ObservedLink *link, const char *name, IfcfgWhere where)
{
    const ObservedLink *other = net_observed_link(self->observed, name);
    IfcfgWhere other_where = {0};
    if (!other || other->ifindex == link->ifindex)
        return TRUE;
    g_autofree char *wanted = name_wanted(self, other, &other_where);
    g_autofree char *aside = g_strdup_printf("dev%d", other->ifindex);
    gboolean is_nic = is_hardware(name), is_up = other->flags & IFF_UP;
    if (!is_nic || is_up || g_strcmp0(wanted, name) == 0) {
        g_autofree char *place = cli_where(where);
        g_autofree char *text = g_strdup_printf(
            !is_nic ? _("%s: %s cannot be renamed to %s: a device of that name is there which is not a NIC")
            : is_up ? _("%s: %s cannot be renamed to %s: another NIC of that name is up")
                    : _("%s: %s cannot be renamed to %s: another NIC of that name has the same right to it"),
            place, link->name, name);
        log_journal(EVENT_RENAMED, LOG_ERR, where, link->name, text);
        return FALSE;
    }
    return rename_tell(other, aside, where, TRUE);
}

static gboolean names_load(Names *self)
{
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(GError) error = NULL;
    g_file_get_contents("/proc/cmdline", &self->from_kernel, NULL, NULL);
    self->dir = ifcfg_dir_load(NULL, problems, &error);
    self->observed = self->dir ? net_observe(&error) : NULL;
    if (error)
        log_journal(EVENT_RENAMED, LOG_ERR, (IfcfgWhere){0}, NULL, error->message);
    return self->observed != NULL;
}

static int nic_name(const char *device)
{
    gboolean is_added = g_strcmp0(g_getenv("ACTION"), "move") != 0;
    g_auto(Names) names = {0};
    IfcfgWhere where = {0};
    alarm(TIME_LIMIT_S);
    /* Not the lock of those who configure: they wait for udev. Kept until we end; without it, names only take
     * longer. */
    (void)lock_take_file(NETSVC_RUN_DIR "/rename.lock", NULL, NULL, NULL);
    if (!names_load(&names))
        return CLI_FAILED;
    const ObservedLink *link = net_observed_link(names.observed, device);
    g_autofree char *name = link && link->perm_mac.length ? name_wanted(&names, link, &where) : NULL;
    if (!name || !name_is_free(&names, link, name, where))
        return CLI_OK;
    if (is_added)
        printf("%s\n", name);
    else if (!g_str_equal(name, link->name))
        rename_tell(link, name, where, FALSE);
    return CLI_OK;
}

int rename_main(int argc, char **argv)
{
    gboolean wants_help = argc == 2 && g_str_equal(argv[1], "--help");
    if (argc == 2 && g_str_equal(argv[1], "--version"))
        return cli_version();
    if (argc == 2 && *argv[1] != '-')
        return nic_name(argv[1]);
    fprintf(wants_help ? stdout : stderr,
            _("Usage: netsvc-rename DEVICE\n"
              "Prints the name that the ifcfg files give the network card. udev's rules call it.\n"));
    return wants_help ? CLI_OK : CLI_USAGE;
}
