/* Files below /run/netsvc with a name a line. */
#pragma once
#include <glib.h>

/** Returns: the names (char*, freed with the array); none when there is no such file. */
GPtrArray *name_file_load(const char *path);
/** A file that cannot be written is as none: who reads it does without. */
void name_file_save(const char *path, const GPtrArray *names);
