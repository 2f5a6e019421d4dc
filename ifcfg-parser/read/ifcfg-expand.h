/* Unquotes a word and puts in the values of variables. What a shell would have to run for is refused. */
#pragma once
#include "ifcfg-record.h"

#define IFCFG_EXPAND_BUDGET (4 * 1024 * 1024) /* bytes of all values of a file */
#define IFCFG_EXPAND_MAX (64 * 1024)          /* bytes of one value */

typedef struct {
    const IfcfgRecord *record;   /* earlier assignments of the file */
    const IfcfgRecord *defaults; /* looked at after them; or NULL */
    IfcfgProblems *problems;
    const char *key;  /* being assigned, or NULL; that it is not set yet is no mistake */
    gsize *budget;    /* work left for the whole file: values can double with every line */
    IfcfgWhere where; /* of the first byte of the text */
} IfcfgExpansion;

/** Appends the value of @text to @out. Returns: FALSE if it was refused; the problem has been told, @out is
 * then undefined. */
gboolean ifcfg_expand(const IfcfgExpansion *self, const char *text, gsize length, GString *out);

/** The value of a variable as an assignment at this place sees it, or NULL. */
const char *ifcfg_expansion_lookup(const IfcfgExpansion *self, const char *name);
