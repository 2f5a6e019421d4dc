/* What a rehearsal takes along of the host, and what of it cannot be rehearsed. */
#include "apply/kernel/sysfs.h"
#include "i18n.h"
#include "session/rehearse-private.h"
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>
#include <sys/stat.h>

/* --- sysctl --- */

#define SYSCTL_ROOT "/proc/sys/net/"

static gboolean can_be_copied(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) && status.st_mode & S_IWUSR &&
           status.st_mode & S_IRUSR && !g_str_has_suffix(path, "/stable_secret");
}

static void sysctls_add(GHashTable *sysctls, const char *folder)
{
    g_autofree char *path = g_strconcat(SYSCTL_ROOT, folder, NULL);
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *below = g_strdup_printf("%s/%s", folder, name),
                        *full = g_strconcat(SYSCTL_ROOT, below, NULL);
        char *text = NULL;
        if (g_file_test(full, G_FILE_TEST_IS_DIR))
            sysctls_add(sysctls, below);
        else if (can_be_copied(full) && g_file_get_contents(full, &text, NULL, NULL))
            g_hash_table_insert(sysctls, g_steal_pointer(&below), g_strchomp(text));
    }
}

GHashTable *rehearse_sysctls_read(void)
{
    GHashTable *sysctls = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    sysctls_add(sysctls, "ipv4");
    sysctls_add(sysctls, "ipv6");
    return sysctls;
}

/* "ipv4/conf/bond0/rp_filter", but not that of all or default. */
static gboolean is_of_device(const char *path)
{
    const char *rest = g_str_has_prefix(path + strlen("ipv4"), "/conf/")    ? path + strlen("ipv4/conf/")
                       : g_str_has_prefix(path + strlen("ipv4"), "/neigh/") ? path + strlen("ipv4/neigh/")
                                                                            : NULL;
    return rest && !g_str_has_prefix(rest, "all/") && !g_str_has_prefix(rest, "default/");
}

static void write_if_other(const char *path, const char *value)
{
    g_autofree char *full = g_strconcat(SYSCTL_ROOT, path, NULL);
    g_autofree char *text = NULL;
    if (g_file_get_contents(full, &text, NULL, NULL) && !g_str_equal(g_strchomp(text), value))
        procfs_write(path, value);
}

/* Writing ip_forward sets others back (devinet_sysctl_forward()); so it comes first. */
void rehearse_sysctls_write(GHashTable *sysctls, gboolean devices)
{
    const char *forward = g_hash_table_lookup(sysctls, "ipv4/ip_forward");
    GHashTableIter iter;
    gpointer path, value;
    if (!devices && forward)
        write_if_other("ipv4/ip_forward", forward);
    g_hash_table_iter_init(&iter, sysctls);
    while (g_hash_table_iter_next(&iter, &path, &value))
        if (is_of_device(path) == devices)
            write_if_other(path, value);
}

/* --- stand-ins --- */

/* The device below, or at the other end, is in another namespace: that of a container's host. */
static gboolean has_half_elsewhere(const ObservedLink *link)
{
    static const char *const stacked[] = {"vlan", "macvlan", "macvtap", "ipvlan", "ipvtap", NULL};
    return g_str_equal(link->kind, "veth") ? !link->peer
                                           : g_strv_contains(stacked, link->kind) && !link->lower;
}

/* Hardware, and what nobody here can make: kinds that are not known, those with the other half elsewhere. */
static gboolean needs_stand_in(const ObservedLink *link)
{
    const LinkFamily *family = link->kind ? link_family_find(link->kind) : NULL;
    return !family || family->is_by_file || has_half_elsewhere(link);
}

gboolean rehearse_is_left_out(const ObservedLink *link)
{
    return link->mac.length > 6;
}

GHashTable *rehearse_stand_ins(const NetObserved *observed, GPtrArray *notes)
{
    GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < observed->links->len; i++) {
        const ObservedLink *link = observed->links->pdata[i];
        if (rehearse_is_left_out(link))
            g_ptr_array_add(notes,
                            g_strdup_printf(_("%s: there are no stand-ins for InfiniBand"), link->name));
        else if (!(link->flags & IFF_LOOPBACK) && needs_stand_in(link))
            g_hash_table_add(names, g_strdup(link->name));
    }
    return names;
}

/* --- what is not rehearsed --- */

static const char *text_of(const NetOp *op)
{
    switch (op->type) {
    case NET_OP_LEASE_GET:
    case NET_OP_LEASE_DROP:
        return _("what a DHCP server answers: addresses of now were taken");
    case NET_OP_NAMES_SET:
    case NET_OP_NAMES_DROP:
        return _("name servers and the host's name: nothing was written");
    case NET_OP_ZONE_SET:
    case NET_OP_ZONE_DROP:
        return _("zones of firewalld");
    case NET_OP_ETHTOOL_SET:
        return _("ETHTOOL_OPTS: they are the drivers' affair");
    case NET_OP_HOOK_RUN:
        return _("programs of the administrator (ifup-local and its like)");
    case NET_OP_MODULE_LOAD:
        return op->dev ? _("drivers of cards that are not loaded") : NULL;
    default:
        return NULL;
    }
}

static void note(GPtrArray *notes, const char *text)
{
    if (text && !g_ptr_array_find_with_equal_func(notes, text, g_str_equal, NULL))
        g_ptr_array_add(notes, g_strdup(text));
}

static void note_unplugged(const NetObserved *observed, GPtrArray *notes)
{
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint i = 0; i < observed->links->len; i++) {
        const ObservedLink *link = observed->links->pdata[i];
        if (!(link->flags & (IFF_UP | IFF_LOOPBACK)) && needs_stand_in(link))
            g_string_append_printf(names, "%s%s", names->len ? ", " : "", link->name);
    }
    if (names->len)
        g_ptr_array_add(
            notes, g_strdup_printf(_("whether a cable is in %s, which is down: it is assumed that one is"),
                                   names->str));
}

static void note_routers(const NetObserved *observed, GPtrArray *notes)
{
    for (guint i = 0; i < observed->routes->len; i++)
        if (((const IfcfgRoute *)observed->routes->pdata[i])->protocol == RTPROT_RA)
            note(notes, _("addresses and routes that IPv6 routers advertise"));
}

void rehearse_note_plan(const NetPlan *plan, const NetObserved *observed, GPtrArray *notes)
{
    note(notes, _("the switches and the hosts behind them: something that agrees to every VLAN and to LACP, "
                  "and that has every address, stood in for them"));
    note(notes, _("drivers: offloads, speeds, the largest MTU, how long a link takes to come up"));
    note(notes, _("rules of the packet filter"));
    for (guint i = 0; i < plan->ops->len; i++)
        note(notes, text_of(plan->ops->pdata[i]));
    note_routers(observed, notes);
    note_unplugged(observed, notes);
}
