/* Replacing files, so that nobody sees half of one, and nothing of it but the text changes. */
#pragma once
#include <glib.h>

/**
 * Writes a file atomically: owner, mode and extended attributes (its SELinux label among them) are those of
 * the file that it replaces; a symbolic link stays, and what it points to is replaced. Where the folder takes
 * no new file, or the file is a mount of its own, it is written in place.
 * @like: whose owner, mode and attributes a new file gets; NULL: the process's, 0644
 * Error: G_FILE_ERROR, with what to do about it
 */
gboolean ifcfg_file_replace(const char *path, const char *text, const char *like, GError **error);
/** Removes a file; one that is not there is removed. */
gboolean ifcfg_file_remove(const char *path, GError **error);

typedef struct {
    char *path;         /* below the root: "etc/sysconfig/network-scripts/ifcfg-bond0" */
    char *text;         /* NULL: the file goes aside */
    char *aside;        /* the ending that its name gets then: ".20261127-0800.bak", or NULL */
    guint mode;         /* of a new file; 0600 of any */
    gboolean has_owner; /* then these, and the mode, are those of any */
    guint uid, gid;
} IfcfgText;

/** Takes @path and @text. */
IfcfgText *ifcfg_text_new(char *path, char *text, guint mode);
/** A file that is there and is to be read no longer: it is kept under its name with @aside (".bak" at its
 * end) behind it. Takes both. */
IfcfgText *ifcfg_text_new_aside(char *path, char *aside);
void ifcfg_text_free(IfcfgText *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(IfcfgText, ifcfg_text_free)

/**
 * Writes several files, all of them or none, with the folders that they need; each as ifcfg_file_replace()
 * does. All are on the disk before the first has its name, and a journal with them: who writes next to the
 * files of a writer that was killed in the middle completes them, or takes away what it staged.
 * @texts: of IfcfgText*
 * @root: the tree that they are for, which links do not leave; "/": this machine's
 * @copies: a file that is replaced stays as NAME.bak (.1.bak, .2.bak ... where there is one), which no reader
 * takes for configuration
 */
gboolean ifcfg_texts_write(const GPtrArray *texts, const char *root, gboolean copies, GError **error);
