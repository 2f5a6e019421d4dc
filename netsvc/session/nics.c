/* The files' model on the running system, whose NICs udev may still be busy with. */
#include "session/nics.h"
#include "apply/system.h"
#include "console/cli.h"
#include "console/log.h"
#include "i18n.h"
#include "kinds/kinds.h"
#include "model/check.h"
#include "model/kind.h"
#include "services/services.h"
#include <net/if.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

enum { UDEV_TIMEOUT_S = 30, DEPTH = 16 }; /* files can name each other in a circle */

/* @data: NetObserved**, NULL until first needed: most systems have no file that makes it so. */
static const NetObserved *observed_get(gpointer data)
{
    NetObserved **observed = data;
    if (!*observed)
        *observed = net_observe(NULL);
    return *observed;
}

/* To be freed. */
static char *nic_find(const IfcfgMac *mac, gpointer data)
{
    const NetObserved *observed = observed_get(data);
    const ObservedLink *link = observed ? net_observed_nic(observed, mac) : NULL;
    return g_strdup(link ? link->name : NULL);
}

static gboolean nic_is_other(const char *name, const char *kind, gpointer data)
{
    const NetObserved *observed = observed_get(data);
    const ObservedLink *link = observed ? net_observed_link(observed, name) : NULL;
    return link && g_strcmp0(link->kind, kind) != 0;
}

NetModel *nics_model_load(IfcfgRecord *environment, IfcfgProblems *problems, GError **error)
{
    g_autoptr(NetObserved) observed = NULL;
    NetNics nics = {.find = nic_find, .is_other = nic_is_other, .data = &observed};
    NetModelSources sources = {
        .kinds = iface_kinds, .services = net_services, .nics = &nics, .environment = environment};
    NetModel *model = net_model_load(NULL, &sources, problems, error);
    if (model)
        net_model_check(model, problems);
    return model;
}

typedef struct {
    const NetModel *model;
    NetBackend *backend;
    const GPtrArray *only; /* NetIface*; NULL: all that come up at boot */
    void (*waiting)(const char *what, gpointer data);
    gboolean has_waited;
} NicsWait;

/* Whether a device stands on a NIC, or has it for a port, over however many others. */
static gboolean iface_needs(const NetIface *iface, const NetIface *nic, guint depth)
{
    if (!iface || iface == nic || !depth)
        return iface == nic;
    if (iface_needs(iface->parent, nic, depth - 1))
        return TRUE;
    for (guint i = 0; i < iface->ports->len; i++)
        if (iface_needs(iface->ports->pdata[i], nic, depth - 1))
            return TRUE;
    for (guint i = 0; i < iface->relations->len; i++) {
        const NetRelation *relation = iface->relations->pdata[i];
        if (relation->role != NET_PORT_OF && iface_needs(relation->iface, nic, depth - 1))
            return TRUE;
    }
    return FALSE;
}

static gboolean is_waited_for(const NicsWait *self, const NetIface *nic)
{
    if (!g_str_equal(nic->kind->name, "ethernet") || nic->parent || net_iface_is_refused(nic))
        return FALSE;
    if (!self->only)
        return nic->onboot || net_iface_is_port(nic);
    for (guint i = 0; i < self->only->len; i++)
        if (iface_needs(g_ptr_array_index(self->only, i), nic, DEPTH))
            return TRUE;
    return FALSE;
}

static gboolean nic_is_there(const NetIface *nic, const NetObserved *observed)
{
    if (nic->naming == NET_NAME_UNKNOWN)
        return net_observed_nic(observed, &nic->hwaddr) != NULL;
    const ObservedLink *link = net_observed_link(observed, nic->name);
    return link && (!nic->hwaddr.length || ifcfg_mac_equal(&nic->hwaddr, &link->perm_mac));
}

/* All NICs that matter are there under their names. */
static gboolean nics_are_there(gpointer data)
{
    const NicsWait *self = data;
    const NetObserved *observed = self->backend->look(self->backend, NULL, 0, NULL);
    for (guint i = 0; observed && i < net_model_length(self->model); i++) {
        const NetIface *iface = net_model_nth(self->model, i);
        if (is_waited_for(self, iface) && !nic_is_there(iface, observed))
            return FALSE;
    }
    return TRUE;
}

static void wait_tell(const char *what, gpointer data)
{
    NicsWait *self = data;
    self->has_waited = TRUE;
    if (self->waiting)
        self->waiting(what, NULL);
}

static GPtrArray *find_all(const NetModel *model, const char *const *arguments)
{
    GPtrArray *found = g_ptr_array_new();
    for (; *arguments; arguments++) {
        NetIface *iface = net_model_lookup(model, *arguments, NULL, NULL);
        if (iface)
            g_ptr_array_add(found, iface);
    }
    return found;
}

gboolean nics_wait(const NetModel *model, const char *const *arguments, NetBackend *backend,
                   void (*waiting)(const char *what, gpointer data), gboolean *ret_waited)
{
    g_autoptr(GPtrArray) only = arguments ? find_all(model, arguments) : NULL;
    NicsWait self = {.model = model, .backend = backend, .only = only, .waiting = waiting};
    gboolean is_over = net_udev_wait(nics_wait_limit() * 1000, nics_are_there, &self, wait_tell);
    *ret_waited = self.has_waited;
    return is_over;
}

char *nics_kernel_name(const char *cmdline, const IfcfgMac *mac)
{
    g_auto(GStrv) words = g_strsplit_set(cmdline ? cmdline : "", " \n", -1);
    char *name = NULL;
    for (guint i = 0; words[i]; i++) {
        const char *value = g_str_has_prefix(words[i], "ifname=") ? words[i] + strlen("ifname=") : NULL;
        const char *colon = value ? strchr(value, ':') : NULL;
        IfcfgMac given;
        if (!colon || !ifcfg_mac_parse(colon + 1, &given) || !ifcfg_mac_equal(&given, mac))
            continue;
        g_free(name);
        name = g_strndup(value, (gsize)(colon - value));
    }
    return name;
}

/* By the kernel command line, which comes before the files (netsvc/commands/rename.c), or by a file of its
 * own: who gave it another name would be undone at once, and so on for ever. */
static gboolean has_name_by_right(const NetModel *model, const ObservedLink *link)
{
    const NetIface *holder = net_model_find(model, link->name);
    g_autofree char *cmdline = NULL;
    if (holder && ifcfg_mac_equal(&holder->hwaddr, &link->perm_mac))
        return TRUE;
    g_file_get_contents("/proc/cmdline", &cmdline, NULL, NULL);
    g_autofree char *name = nics_kernel_name(cmdline, &link->perm_mac);
    return name != NULL;
}

/* A NIC that has another name than its file says, of which nobody has the right one. */
static const ObservedLink *nic_nameless(const NetModel *model, const NetIface *nic,
                                        const NetObserved *observed)
{
    if (!nic->hwaddr.length || nic->naming != NET_NAMED_BY_FILE || net_iface_is_refused(nic) || nic->parent ||
        !g_str_equal(nic->kind->name, "ethernet") || net_observed_link(observed, nic->name))
        return NULL;
    const ObservedLink *link = net_observed_nic(observed, &nic->hwaddr);
    gboolean is_free = link && !(link->flags & IFF_UP) && !link->master && net_udev_is_done(link->name);
    return is_free && !has_name_by_right(model, link) ? link : NULL;
}

static gboolean nic_name(const ObservedLink *link, const NetIface *nic)
{
    g_autoptr(GError) error = NULL;
    gboolean ok = net_link_rename(link->name, nic->name, &error);
    g_autofree char *place = cli_where(nic->where);
    g_autofree char *done = g_strdup_printf(_("%s is renamed to %s"), link->name, nic->name);
    g_autofree char *text = g_strdup_printf("%s: %s", place, ok ? done : error->message);
    log_journal(EVENT_RENAMED, ok ? LOG_INFO : LOG_ERR, nic->where, nic->name, text);
    return ok;
}

gboolean nics_name(const NetModel *model, NetBackend *backend)
{
    const NetObserved *observed = NULL; /* until one has another name */
    gboolean any = FALSE;
    if (access("/run/udev/control", F_OK) != 0)
        return FALSE; /* without udev nobody gives names */
    for (guint i = 0; i < net_model_length(model); i++) {
        const NetIface *nic = net_model_nth(model, i);
        if (!nic->hwaddr.length)
            continue;
        observed = observed ? observed : backend->look(backend, NULL, 0, NULL);
        const ObservedLink *link = observed ? nic_nameless(model, nic, observed) : NULL;
        if (!link)
            continue;
        any |= nic_name(link, nic);
        observed = NULL;
    }
    return any;
}

guint nics_wait_limit(void)
{
    return UDEV_TIMEOUT_S;
}
