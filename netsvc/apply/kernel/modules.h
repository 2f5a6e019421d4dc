/* Kernel modules. */
#pragma once
#include <glib.h>

/** Loads a module by name or alias, with what it depends on. Loaded already, or built in: nothing happens.
 *  @options: "max_bonds=0", or NULL; an option that modprobe.d sets for the module keeps the administrator's
 * value */
gboolean module_load(const char *name, const char *options, GError **error);

/** Why a module cannot be loaded: this kernel has none of that name. Loads nothing. Returns: NULL when it
 * has; to be freed */
char *module_fault(const char *name);

/** The options of @given whose names are not set in @configured. */
char *module_options_merge(const char *given, const char *configured);
