/* Reads small configuration files safely: bounded, regular files only, never blocking. */
#pragma once
#include "ifcfg-problem.h"

#define IFCFG_FILE_MAX (1024 * 1024)
#define IFCFG_LINE_MAX (64 * 1024)

/**
 * Reads a whole configuration file; links below @root (or NULL) stay there: ifcfg_root_resolve(). A FIFO,
 * device, socket or directory, a file over 1 MiB or one with NUL bytes is an error that names it; a line over
 * 64 KiB likewise. A file that others than root can write is read, with a warning in @problems. Returns: the
 * text (NUL-terminated, BOM removed, CR before LF removed) and its length in @ret_length, or NULL with a
 * G_FILE_ERROR that names the file.
 */
char *ifcfg_file_read(const char *root, const char *path, gsize *ret_length, IfcfgProblems *problems,
                      GError **error);

/**
 * The same of one file of many in a folder, to which the kernel then need not walk again for each. @folder: a
 * descriptor of the directory that @path leads to within @root, or -1: not open.
 */
char *ifcfg_file_read_in(int folder, const char *root, const char *path, gsize *ret_length,
                         IfcfgProblems *problems, GError **error);

/** Opens a directory that need not be there: NULL when it is not, or cannot be read. @root: as above */
GDir *ifcfg_folder_open(const char *root, const char *path);
/** Calls @each with the names (const char *) of all that is in such a directory, and of what is read as if it
 * were there. */
void ifcfg_folder_foreach(const char *root, const char *path, GFunc each, gpointer data);

/**
 * The part of ifcfg_file_read() after reading: checks the limits of a text and cleans it in place (BOM, CR at
 * the end of a line). Returns: FALSE with a G_FILE_ERROR, without a file name
 */
gboolean ifcfg_text_clean(char *text, gsize *length, GError **error);

/** Says why @path cannot be opened (@number: errno), without its name. That "there is no such file" helps
 * nobody who sees a link there that leads nowhere. Returns: FALSE */
gboolean ifcfg_file_fail(GError **error, const char *path, int number);

/** Whether nobody meant the file to be there: a link that leads nowhere was meant. @error: of reading it */
gboolean ifcfg_file_is_absent(const char *path, const GError *error);

/** Records that a file could not be read, as an error of that file; the message does not name it twice. */
void ifcfg_file_report(IfcfgProblems *problems, const char *path, const GError *error);
