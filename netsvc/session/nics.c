/* Which NIC a HWADDR means, for files that have no DEVICE: asked of the kernel, and waited for while udev is
 * busy. */
#include "session/nics.h"
#include "apply/system.h"
#include "kinds/kinds.h"

enum { UDEV_TIMEOUT_MS = 30000 };

typedef struct {
    NetObserved *observed; /* NULL until first needed: most systems have no such file */
    const IfcfgMac *awaited;
    gboolean is_settled; /* udev has no more to say, so that what is missing stays missing */
} Nics;

static gboolean nic_is_there(gpointer data)
{
    Nics *self = data;
    g_clear_pointer(&self->observed, net_observed_free);
    self->observed = net_observe(NULL);
    return self->observed && net_observed_nic(self->observed, self->awaited);
}

/* Early at boot the NIC may still be on its way; where udev has nothing left to do this does not wait. */
static char *nic_find(const IfcfgMac *mac, gpointer data)
{
    Nics *self = data;
    self->awaited = mac;
    gboolean is_there = self->observed && net_observed_nic(self->observed, mac);
    if (!is_there && !self->is_settled && !nic_is_there(self)) {
        net_udev_wait(UDEV_TIMEOUT_MS, nic_is_there, self, NULL);
        self->is_settled = !self->observed || !net_observed_nic(self->observed, mac);
    }
    const ObservedLink *link = self->observed ? net_observed_nic(self->observed, mac) : NULL;
    return g_strdup(link ? link->name : NULL);
}

NetModel *nics_model_load(IfcfgRecord *environment, IfcfgProblems *problems, GError **error)
{
    Nics self = {.observed = NULL};
    NetNics nics = {.find = nic_find, .data = &self};
    NetModelSources sources = {.kinds = iface_kinds, .nics = &nics, .environment = environment};
    NetModel *model = net_model_load(NULL, &sources, problems, error);
    g_clear_pointer(&self.observed, net_observed_free);
    return model;
}
