/* The files' model on the running system, whose NICs udev may still be busy with. */
#pragma once
#include "apply/backend.h"
#include "model/model.h"

/** The model of the running system as it is now: files without DEVICE get the name of the NIC that their
 * HWADDR means. @environment: of the caller, or NULL */
NetModel *nics_model_load(IfcfgRecord *environment, IfcfgProblems *problems, GError **error);

/**
 * Waits for NICs that are on their way, as long as udev has work.
 * @model: says which; @arguments: only those of these interfaces, as their user calls them; NULL: all that
 * come up at boot
 * @waiting: as net_udev_wait()
 * @ret_waited: names may have been given meanwhile, and files written: the model is to be read again
 * Returns: FALSE when udev was still busy at the end of its time
 */
gboolean nics_wait(const NetModel *model, const char *const *arguments, NetBackend *backend,
                   void (*waiting)(const char *what, gpointer data), gboolean *ret_waited);
/** Gives NICs that udev has done with, and that are down, the free names that the files have for them: the
 * helper that udev asks for names can die between moving another NIC aside and naming this one.
 * Returns: whether there were any */
gboolean nics_name(const NetModel *model, NetBackend *backend);
/** The name that the kernel command line gives a NIC: ifname=NAME:MAC, the last one for this address counts;
 * dracut.cmdline(7). @cmdline: /proc/cmdline, or NULL. Returns: to be freed; NULL: none */
char *nics_kernel_name(const char *cmdline, const IfcfgMac *mac);
/** How long nics_wait() takes at most, in seconds. */
guint nics_wait_limit(void);
