/* One file of shell-like assignments, read as data: never evaluated, every value with its place. */
#pragma once
#include "ifcfg-problem.h"

typedef struct IfcfgRecord IfcfgRecord;

typedef struct {
    char *key;
    char *value;      /* expanded and unquoted, as a shell would hold it; UTF-8 not guaranteed */
    IfcfgWhere where; /* of the key */
    guint value_line, value_column;
} IfcfgAssignment;

/**
 * Reads a file. Limits (1 MiB a file, 64 KiB a line, regular files only, no NUL) are problems, not crashes,
 * and never block.
 * @root: the tree that the file is in, which links do not leave, or NULL
 * @defaults: where `$VAR` is looked up after this file's own assignments (/etc/sysconfig/network), or NULL;
 * not kept
 * @problems: gets everything that was not understood, or NULL
 * Returns: the record, or NULL with @error (G_FILE_ERROR) if the file cannot be read at all
 */
IfcfgRecord *ifcfg_record_load(const char *root, const char *path, const IfcfgRecord *defaults,
                               IfcfgProblems *problems, GError **error);

/** The same from memory; @name is the file name that problems show. */
IfcfgRecord *ifcfg_record_parse(const char *name, const char *text, gsize length, const IfcfgRecord *defaults,
                                IfcfgProblems *problems);

/**
 * Reads another file into a record that nobody else looks at yet, as if it followed the first (keys-NAME
 * after ifcfg-NAME). Its assignments keep their own file in their place.
 */
gboolean ifcfg_record_extend(IfcfgRecord *self, const char *root, const char *path,
                             const IfcfgRecord *defaults, IfcfgProblems *problems, GError **error);

IfcfgRecord *ifcfg_record_ref(IfcfgRecord *self);
void ifcfg_record_unref(IfcfgRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(IfcfgRecord, ifcfg_record_unref)

/** The interned path. */
const char *ifcfg_record_path(const IfcfgRecord *self);

/** Assignments in file order, earlier ones of the same key included; those removed by `unset` are not. */
guint ifcfg_record_length(const IfcfgRecord *self);
const IfcfgAssignment *ifcfg_record_nth(const IfcfgRecord *self, guint index);

/** The last assignment of a key, or NULL. */
const IfcfgAssignment *ifcfg_record_find(const IfcfgRecord *self, const char *key);
/** Its value, or NULL when unset. An empty value is returned as "". */
const char *ifcfg_record_get(const IfcfgRecord *self, const char *key);
/** The place of its value. */
IfcfgWhere ifcfg_assignment_where(const IfcfgAssignment *assignment);
/** The place of the value of a key; the file alone when the key is not there. */
IfcfgWhere ifcfg_record_where(const IfcfgRecord *self, const char *key);

/** The two word lists of the old scripts (t y yes on true 1 / f n no off false 0, any case). A word can be in
 * neither. */
gboolean ifcfg_is_true(const char *value);
gboolean ifcfg_is_false(const char *value);
