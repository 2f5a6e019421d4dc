/* Shell patterns (* ? [...] and \ for a literal) against bytes, in bounded time; what ${VAR%PATTERN} needs.
 */
#pragma once
#include <glib.h>

gboolean ifcfg_glob_match(const char *pattern, const char *text, gsize length);

/**
 * Cuts the part that matches off a value, as ${VAR#PATTERN} and its relatives do.
 * @front: # instead of %. @longest: ## or %%
 * Returns: where what remains starts; its length in @length
 */
const char *ifcfg_glob_cut(const char *value, gsize *length, const char *pattern, gboolean front,
                           gboolean longest);
