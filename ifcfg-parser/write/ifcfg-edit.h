/* Changing a file that people write: keys are set and removed, and all else stays as it is. */
#pragma once
#include "ifcfg-record.h"

typedef struct IfcfgEdit IfcfgEdit;

/**
 * Takes a file up to change it; one that is not there is empty.
 * @root: the tree that it is in, which links do not leave, or NULL
 * Returns: NULL with @error (G_FILE_ERROR) if the file cannot be read
 */
IfcfgEdit *ifcfg_edit_load(const char *root, const char *path, GError **error);
/** The same with a text from memory; @path is where ifcfg_edit_save() would write it. */
IfcfgEdit *ifcfg_edit_new(const char *root, const char *path, const char *text, gsize length);
void ifcfg_edit_free(IfcfgEdit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(IfcfgEdit, ifcfg_edit_free)

/** What the text says now; until the next change. */
const IfcfgRecord *ifcfg_edit_record(IfcfgEdit *self);
/** The text as it would be written; until the next change. */
const char *ifcfg_edit_text(const IfcfgEdit *self);

/**
 * Sets a key. Where it is set already, the last value of it gives way to the new one, in its line and in its
 * quotes; comments, order, indentation and `export` stay. A new key comes last. What is so already is not
 * touched.
 * Returns: FALSE with @error (G_FILE_ERROR_INVAL), and the text as it was, if the value would not be read
 * back as it is, or something else would be read otherwise
 */
gboolean ifcfg_edit_set(IfcfgEdit *self, const char *key, const char *value, GError **error);
/** Removes a key wherever it is set, and the lines with it that have nothing else; a comment behind the value
 * stays. Returns: as ifcfg_edit_set() */
gboolean ifcfg_edit_remove(IfcfgEdit *self, const char *key, GError **error);
/** Writes the text, if it was changed: ifcfg_file_replace(). */
gboolean ifcfg_edit_save(IfcfgEdit *self, GError **error);
