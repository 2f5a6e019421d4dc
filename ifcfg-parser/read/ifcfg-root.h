/* Links in a tree below another root, as they are meant where that tree is /. */
#pragma once
#include <glib.h>

/**
 * Where the file is that @path names for a system whose / is @root: absolute links in the part of @path below
 * @root start again at @root, and ".." does not leave it, as with openat2(2) RESOLVE_IN_ROOT (not used here:
 * kernels before 5.6 and sandboxes lack it, and two ways of resolving would have to agree). What does not
 * exist stays as it is written. Without @root (NULL, "" or "/"), or for a path that is not below it: @path
 * itself. Returns: the path to open, to be freed; NULL with errno ELOOP after 40 links.
 */
char *ifcfg_root_resolve(const char *root, const char *path);
