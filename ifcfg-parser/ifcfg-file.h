/* Reads small configuration files safely: bounded, regular files only, never blocking. */
#pragma once
#include "ifcfg-problem.h"

#define IFCFG_FILE_MAX (1024 * 1024)
#define IFCFG_LINE_MAX (64 * 1024)

/**
 * Reads a whole configuration file. A FIFO, device, socket or directory, a file over 1 MiB or one with NUL bytes is an error that
 * names it; a line over 64 KiB likewise. A file that others than root can write is read, with a warning in @problems.
 * Returns: the text (NUL-terminated, BOM removed, CR before LF removed) and its length in @ret_length, or NULL with a
 * G_FILE_ERROR that names the file.
 */
char *ifcfg_file_read(const char *path, gsize *ret_length, IfcfgProblems *problems, GError **error);
