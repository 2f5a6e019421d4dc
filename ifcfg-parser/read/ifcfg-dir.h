/* Which files of /etc/sysconfig count, in which order, and which of them a name on the command line means. */
#pragma once
#include "ifcfg-ip.h"
#include "ifcfg-record.h"

typedef enum {
    IFCFG_ENTRY_MAIN,  /* ifcfg-NAME */
    IFCFG_ENTRY_ALIAS, /* ifcfg-DEV:N */
    IFCFG_ENTRY_RANGE, /* ifcfg-DEV-rangeN */
} IfcfgEntryKind;

typedef struct {
    IfcfgEntryKind kind;
    const char *path; /* interned; as opened, that is with the root in front */
    char *name;       /* what follows "ifcfg-" */
    char *parent;     /* alias, range: DEV; else NULL */
    IfcfgRecord *record;
} IfcfgEntry;

typedef struct IfcfgDir IfcfgDir;

/**
 * Reads ROOT/etc/sysconfig/network and all ROOT/etc/sysconfig/network-scripts/ifcfg-* (and keys-*), in the
 * old scripts' order. One unreadable file is a problem and does not hurt the others. @root may be NULL for
 * "/". Returns: NULL with @error only if the folder network-scripts itself is there and cannot be read.
 */
IfcfgDir *ifcfg_dir_load(const char *root, IfcfgProblems *problems, GError **error);
void ifcfg_dir_free(IfcfgDir *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(IfcfgDir, ifcfg_dir_free)

const char *ifcfg_dir_root(const IfcfgDir *self);           /* "" for "/" */
const char *ifcfg_dir_path(const IfcfgDir *self);           /* ROOT/etc/sysconfig/network-scripts */
const IfcfgRecord *ifcfg_dir_network(const IfcfgDir *self); /* /etc/sysconfig/network, NULL when missing */

/** All entries, sorted as `network` sorts them; ifcfg-lo comes first. Aliases and ranges follow at the end,
 * sorted alike. */
guint ifcfg_dir_length(const IfcfgDir *self);
const IfcfgEntry *ifcfg_dir_nth(const IfcfgDir *self, guint index);

/** How `network` orders two names: letters before the first digit bytewise, then the number, then bytewise.
 */
int ifcfg_name_compare(const char *a, const char *b);
/** Whether the old scripts skip a file of this name (editor and package manager leftovers). */
gboolean ifcfg_name_is_ignored(const char *name);

/**
 * Finds the file that a command line argument means: file name, path, NAME, HWADDR of the device, DEVICE, in
 * this order.
 * @device_mac: the permanent address of the device called @argument, or NULL when there is none
 * Returns: the entry; NULL with @error (G_FILE_ERROR_NOENT, or G_FILE_ERROR_EXIST naming all candidates when
 * it is ambiguous)
 */
const IfcfgEntry *ifcfg_dir_find(const IfcfgDir *self, const char *argument, const IfcfgMac *device_mac,
                                 GError **error);
