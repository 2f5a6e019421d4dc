/* The files' model on the running system, whose NICs udev may still be busy with. */
#include "session/nics.h"
#include "apply/system.h"
#include "kinds/kinds.h"
#include "model/kind.h"

enum { UDEV_TIMEOUT_S = 30, DEPTH = 8 };

/* @data: NetObserved**, NULL until first needed: most systems have no file without DEVICE. To be freed. */
static char *nic_find(const IfcfgMac *mac, gpointer data)
{
    NetObserved **observed = data;
    if (!*observed)
        *observed = net_observe(NULL);
    const ObservedLink *link = *observed ? net_observed_nic(*observed, mac) : NULL;
    return g_strdup(link ? link->name : NULL);
}

NetModel *nics_model_load(IfcfgRecord *environment, IfcfgProblems *problems, GError **error)
{
    g_autoptr(NetObserved) observed = NULL;
    NetNics nics = {.find = nic_find, .data = &observed};
    NetModelSources sources = {.kinds = iface_kinds, .nics = &nics, .environment = environment};
    return net_model_load(NULL, &sources, problems, error);
}

typedef struct {
    const NetModel *model;
    const NetIface *only; /* NULL: all that come up at boot */
    void (*waiting)(const char *what, gpointer data);
    gboolean has_waited;
} NicsWait;

/* Whether an interface comes up only with the NIC. @depth: files can go round in a circle. */
static gboolean is_needed_by(const NetIface *nic, const NetIface *top, guint depth)
{
    if (!top || depth > DEPTH)
        return FALSE;
    return nic == top || net_iface_master(nic) == top || is_needed_by(nic, top->parent, depth + 1) ||
           is_needed_by(nic, net_iface_lower(top), depth + 1);
}

static gboolean is_waited_for(const NicsWait *self, const NetIface *nic)
{
    if (!g_str_equal(nic->kind->name, "ethernet") || nic->parent || nic->fault)
        return FALSE;
    if (self->only)
        return is_needed_by(nic, self->only, 0);
    return nic->onboot || net_iface_is_port(nic);
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
    g_autoptr(NetObserved) observed = net_observe(NULL);
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

gboolean nics_wait(const NetModel *model, const char *argument,
                   void (*waiting)(const char *what, gpointer data), gboolean *ret_waited)
{
    NicsWait self = {.model = model, .waiting = waiting};
    self.only = argument ? net_model_lookup(model, argument, NULL, NULL) : NULL;
    gboolean is_over = net_udev_wait(nics_wait_limit() * 1000, nics_are_there, &self, wait_tell);
    *ret_waited = self.has_waited;
    return is_over;
}

guint nics_wait_limit(void)
{
    return UDEV_TIMEOUT_S;
}
