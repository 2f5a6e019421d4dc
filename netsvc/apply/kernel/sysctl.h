/* The net.* settings of sysctl.d and sysctl.conf: all of them by the system's own program, those of one
 * device by ourselves. */
#pragma once
#include "apply/backend.h"

typedef struct SysctlRun SysctlRun;
/** @error: NULL, or why not all was set. */
typedef void (*SysctlDone)(const GError *error, gpointer data);

SysctlRun *sysctl_run_new(void);
/** Not while it is under way. */
void sysctl_run_free(SysctlRun *self);
/** Applies the net.* settings and nothing else, in the main loop; @done is called at once when there are
 * none. */
void sysctl_run_begin(SysctlRun *self, SysctlDone done, gpointer data);
/** Sets one. @key: "ipv6/conf/bond0/accept_ra", below /proc/sys/net */
void sysctl_set(const char *key, const char *value, GError **error);
/**
 * Sets what is not so yet.
 * @text: "ipv6/conf/all/forwarding=1 ipv6/conf/default/accept_ra=0", below /proc/sys/net; NULL: nothing
 * @error: the first that was refused; the others are set all the same
 */
void sysctl_ensure_all(const char *text, GError **error);
/** Ends the program that is under way; @done is called when it has gone. */
void sysctl_run_cancel(SysctlRun *self);

/** The paths of all files below @root, in the order in which they are applied, the one that counts last;
 * owned by the caller. A file hides those of its name in the directories behind its own: sysctl.d(5). */
GPtrArray *sysctl_files(const char *root);
/** Whether any file below @root sets something of net. */
gboolean sysctl_has_net_settings(const char *root);
/** Whether the text of one file sets something of net ("net.", "net/", also "-net." and the globs of it). */
gboolean sysctl_text_has_net(const char *text);

/** A setting that names devices. */
typedef struct {
    /* Below /proc/sys/net: "ipv4/conf", then "bond0" or a pattern as of fnmatch(3), then "rp_filter". */
    char *place, *device, *name;
    char *value;
    /* A `-` in front. */
    gboolean may_fail;
} SysctlSetting;

/** The settings of devices in all files below @root, the one that counts last; owned by the caller. */
GPtrArray *sysctl_device_settings(const char *root);
/** Sets those that are about a device, which is new, or about "default"; what is refused is a warning of
 * @result, or nothing where that is NULL. */
void sysctl_set_device(const GPtrArray *settings, const char *dev, NetResult *result);
/** Adds those of one file's text. */
void sysctl_add_device_settings(GPtrArray *settings, const char *text);
