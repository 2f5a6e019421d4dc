/* The steps of replacing a file, for one and for several. Inside this room only. */
#pragma once
#include <glib.h>

/** Where a chain of links ends, be there something or not. */
char *ifcfg_link_end(const char *path);
/**
 * Writes a file beside another one.
 * @like: whose owner, mode and attributes it gets; NULL, or not there: the process's, and @mode
 * @mode: 0600 is kept to, whatever @like has
 * @syncs: whether it is on the disk then; else the caller sees to that
 * Returns: its name, to be renamed; NULL with errno
 */
char *ifcfg_stage(const char *path, const char *text, const char *like, guint mode, gboolean syncs);
/** Ends what ifcfg_stage() began. Returns: 0, or errno; the staged file is gone then */
int ifcfg_stage_commit(const char *staged, const char *path);
/** Says what the administrator can do about a file that cannot be written. */
void ifcfg_write_fail(GError **error, int code, const char *path);
