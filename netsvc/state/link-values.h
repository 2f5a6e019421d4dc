/* What the kernel reports of a link's options: text by row of a table; the twin of LinkSettings. */
#pragma once
#include "link-options.h"

typedef struct {
    const LinkFamily *family;
    const LinkTable *table;
    /* normal text by row; NULL where the kernel does not report it */
    char **texts;
    /* text by name of each file in the table's folder that can be written and that no row knows; NULL: none
     */
    GHashTable *others;
} LinkValues;

LinkValues *link_values_new(const LinkFamily *family, const LinkTable *table);
LinkValues *link_values_copy(const LinkValues *self);
void link_values_free(LinkValues *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LinkValues, link_values_free)

/** Keeps a copy of the normal text of a row of its table; NULL: not reported. */
void link_values_set(LinkValues *self, const LinkOption *option, const char *text);
/** Drops what a kernel reports though it was built without it (LINK_IS_KNOWN_BY_OTHER). */
void link_values_forget_unknown(LinkValues *self);
/** The same of an option without a row. */
void link_values_set_other(LinkValues *self, const char *name, const char *text);

/** The text of a row, or NULL when the kernel does not report it; @self may be NULL. */
const char *link_values_get(const LinkValues *self, const LinkOption *option);
const char *link_values_find(const LinkValues *self, const char *name); /* by name of the row */
/** The text of what a setting is about, which may have no row. */
const char *link_values_of(const LinkValues *self, const LinkSetting *setting);
/** What the kernel shows of a map that is written: an entry to zero is none (vlan_dev_set_egress_priority()).
 * To be freed. */
char *link_values_shown_map(const char *text);
