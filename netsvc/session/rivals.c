/* Other programs that manage network devices on this machine. Found by files: their buses would have to be
 * asked one by one. */
#include "session/rivals.h"
#include "apply/networkmanager.h"
#include "i18n.h"
#include "ifcfg-file.h"
#include <string.h>
#include <unistd.h>

static gboolean is_there(const char *root, const char *path)
{
    g_autofree char *full = g_build_filename(root, path, NULL);
    return access(full, F_OK) == 0;
}

/* What they leave in /run stays when they end. */
static gboolean unit_runs(const char *root, const char *unit)
{
    g_autofree char *path = g_build_filename("sys/fs/cgroup/system.slice", unit, NULL);
    g_autofree char *old = g_build_filename("sys/fs/cgroup/systemd/system.slice", unit, NULL);
    return is_there(root, path) || is_there(root, old);
}

static gboolean has_line(const char *text, const char *line)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    return g_strv_contains((const char *const *)lines, line);
}

static char *state_text(const char *root, const char *folder, int ifindex)
{
    g_autofree char *number = g_strdup_printf("%d", ifindex),
                    *path = g_build_filename(root, folder, number, NULL);
    char *text = NULL;
    g_file_get_contents(path, &text, NULL, NULL);
    return text;
}

/* What is the same for all devices, looked at once. */
typedef struct {
    const char *root;
    gboolean has_network_manager, has_networkd, has_dhcpcd;
    char **ifstate; /* lines of what ifup has brought up */
} Machine;

static Machine machine_look(const char *root)
{
    const char *top = root ? root : "/";
    g_autofree char *path = g_build_filename(top, "run/network/ifstate", NULL), *text = NULL;
    g_file_get_contents(path, &text, NULL, NULL);
    return (Machine){.root = top,
                     .has_network_manager = unit_runs(top, "NetworkManager.service"),
                     .has_networkd = unit_runs(top, "systemd-networkd.service"),
                     .has_dhcpcd = unit_runs(top, "dhcpcd.service"),
                     .ifstate = g_strsplit(text ? text : "", "\n", -1)};
}

static void machine_clear(Machine *self)
{
    g_strfreev(self->ifstate);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Machine, machine_clear)

/* lo it has everywhere, as it is. */
static gboolean is_network_manager(const Machine *machine, const char *device, int ifindex)
{
    return machine->has_network_manager && !g_str_equal(device, "lo") &&
           networkmanager_holds(machine->root, ifindex);
}

/* networkd-state-file.c, link_save(); a device that no .network file is about is "unmanaged". */
static gboolean is_networkd(const Machine *machine, const char *device G_GNUC_UNUSED, int ifindex)
{
    g_autofree char *text =
        machine->has_networkd ? state_text(machine->root, "run/systemd/netif/links", ifindex) : NULL;
    return text && (has_line(text, "ADMIN_STATE=configured") || has_line(text, "ADMIN_STATE=configuring"));
}

/* interfaces(5): "eth0=eth0" */
static gboolean is_ifupdown(const Machine *machine, const char *device, int ifindex G_GNUC_UNUSED)
{
    g_autofree char *begin = *machine->ifstate ? g_strdup_printf("%s=", device) : NULL;
    for (char **line = machine->ifstate; *line; line++)
        if (g_str_has_prefix(*line, begin))
            return !g_str_equal(device, "lo");
    return FALSE;
}

/* One process for all devices, or one a device. */
static gboolean is_dhcpcd(const Machine *machine, const char *device, int ifindex G_GNUC_UNUSED)
{
    if (machine->has_dhcpcd)
        return !g_str_equal(device, "lo");
    g_autofree char *path = g_strdup_printf("run/dhcpcd/%s.pid", device);
    return is_there(machine->root, path);
}

static const struct {
    const char *name, *unit;
    gboolean (*manages)(const Machine *machine, const char *device, int ifindex);
    const char *needs; /* the unit does nothing without a file in here; NULL: it always does something */
} rivals[] = {
    {"NetworkManager", "NetworkManager.service", is_network_manager, NULL},
    {"systemd-networkd", "systemd-networkd.service", is_networkd, "etc/systemd/network"},
    {"ifupdown", NULL, is_ifupdown, NULL}, /* Debian enables it everywhere, for lo */
    {"dhcpcd", "dhcpcd.service", is_dhcpcd, NULL},
};

static const char *machine_rival(const Machine *self, const char *device, int ifindex)
{
    for (guint i = 0; i < G_N_ELEMENTS(rivals); i++)
        if (rivals[i].manages(self, device, ifindex))
            return rivals[i].name;
    return NULL;
}

const char *rival_of(const char *root, const char *device, int ifindex)
{
    g_auto(Machine) machine = machine_look(root);
    return machine_rival(&machine, device, ifindex);
}

static gboolean is_enabled(const char *root, const char *unit)
{
    static const char *const targets[] = {"multi-user.target.wants", "network-online.target.wants",
                                          "sysinit.target.wants"};
    for (guint i = 0; i < G_N_ELEMENTS(targets); i++) {
        g_autofree char *path = g_build_filename(root, "etc/systemd/system", targets[i], unit, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_SYMLINK))
            return TRUE;
    }
    return FALSE;
}

static gboolean has_files(const char *root, const char *path)
{
    g_autofree char *folder = g_build_filename(root, path, NULL);
    g_autoptr(GDir) dir = ifcfg_folder_open(NULL, folder);
    return dir && g_dir_read_name(dir);
}

GPtrArray *rivals_enabled(const char *root)
{
    GPtrArray *units = g_ptr_array_new();
    const char *top = root ? root : "/";
    for (guint i = 0; i < G_N_ELEMENTS(rivals); i++)
        if (rivals[i].unit && is_enabled(top, rivals[i].unit) &&
            (!rivals[i].needs || has_files(top, rivals[i].needs)))
            g_ptr_array_add(units, (gpointer)rivals[i].unit);
    return units;
}

static const char *rival_of_iface(const Machine *machine, const NetIface *iface, const NetObserved *observed)
{
    const ObservedLink *link = iface->parent ? NULL : net_observed_link(observed, iface->name);
    return link ? machine_rival(machine, link->name, link->ifindex) : NULL;
}

static void group_note(NetGroup *group, const char *rival, const char *device)
{
    if (!group->notes)
        group->notes = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(
        group->notes,
        g_strdup_printf(_("%s manages %s too, and can take away what is set up here"), rival, device));
}

/* Its own device and its ports. */
static void group_look(NetGroup *group, const Machine *machine, const NetIface *iface,
                       const NetObserved *observed)
{
    const char *rival = rival_of_iface(machine, iface, observed);
    if (rival)
        group_note(group, rival, iface->name);
    for (guint i = 0; iface->ports && i < iface->ports->len; i++) {
        const NetIface *port = iface->ports->pdata[i];
        const char *other = rival_of_iface(machine, port, observed);
        if (other)
            group_note(group, other, port->name);
    }
}

void rivals_note(NetPlan *plan, const NetModel *model, const NetObserved *observed)
{
    g_auto(Machine) machine = machine_look(NULL);
    for (guint i = 0; i < plan->groups->len; i++) {
        NetGroup *group = plan->groups->pdata[i];
        const NetIface *iface = group->dev && !group->down ? net_model_find(model, group->dev) : NULL;
        if (iface)
            group_look(group, &machine, iface, observed);
    }
}

void rivals_check(const NetModel *model, const NetObserved *observed, IfcfgProblems *problems)
{
    g_auto(Machine) machine = machine_look(NULL);
    for (guint i = 0; i < net_model_length(model); i++) {
        const NetIface *iface = net_model_nth(model, i);
        const char *rival = rival_of_iface(&machine, iface, observed);
        if (rival)
            ifcfg_problems_add(problems, IFCFG_WARNING, iface->where,
                               _("%s manages %s too, and can take away what is set up here"), rival,
                               iface->name);
    }
}
