/* Which options of a link are not as wanted: the one differ of planner and verifier, for every table. Pure.
 */
#pragma once
#include "state/link-values.h"

/** One option that is not as wanted. */
typedef struct {
    LinkSetting *made;         /* of an option that nobody names: its default; else NULL */
    const LinkSetting *wanted; /* the file's, or ->made */
    char *actual;              /* normal text; NULL: the kernel does not know this option */
} LinkDifference;

void link_difference_free(LinkDifference *difference);

/** What tables cannot say. */
typedef struct {
    /* of the device; a port's is its controller's */
    guint32 selector;
    /* names of the links that are its ports now, NULL-terminated; NULL: none */
    const char *const *ports;
    /* what was written last, text by name of the option, for those that are on record
     * (link_option_is_recorded()); NULL: not known */
    GHashTable *written;
    /* of what nobody names */
    IfcfgWhere where;
} LinkDiffContext;

/**
 * Compares settings with the kernel's values, row by row, in write order. Not compared: volatile options
 * (but with what was written last), options that the selector forbids or that have no effect with it and
 * would disturb, the name of a port that is none now; and of what no file names: options without effect, that
 * need another one, that the kernel does not report, or that it chooses and we did not write. Options without
 * a row come last.
 * @wanted: may be NULL: all is to have its default
 * Returns: GPtrArray of LinkDifference*
 */
GPtrArray *link_differences(const LinkTable *table, const LinkSettings *wanted, const LinkValues *actual,
                            const LinkDiffContext *context);
/** Adds the kernel's default of an option that the file does not name, as a difference. */
void link_differences_add_default(GPtrArray *differences, const LinkOption *option, const char *actual,
                                  IfcfgWhere where);
/** The difference of an option, by its name, or NULL. */
const LinkDifference *link_differences_find(const GPtrArray *differences, const char *name);
