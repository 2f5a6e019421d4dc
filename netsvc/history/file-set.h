/* The files that say how the network is, as they are now or were at some time: path, content by hash, owner.
 */
#pragma once
#include "history/store.h"

typedef struct {
    char *path; /* without the root */
    char *hash; /* NULL: not read yet */
    guint32 mode, uid, gid;
    char *stamp;    /* of inode, size and change: equal ones have the same content */
    gint64 changed; /* st_ctim in ns; 0: not known */
} HistoryFile;

void history_file_free(HistoryFile *file);

/** All that netsvc reads: GPtrArray of HistoryFile*, by path, not read yet. */
GPtrArray *history_files_list(const History *self);
/** Whether a set may hold this path, and so a set without it says that there is no such file: files of
 * interfaces; not modprobe's, which are others' too. */
gboolean history_files_own(const char *path);
/**
 * Reads what is new and keeps it.
 * @known: a set whose contents are kept already, or NULL
 * @durable: as history_write()
 */
gboolean history_files_keep(const History *self, GPtrArray *files, const GPtrArray *known, gboolean durable,
                            GError **error);
/** Hashes only: nothing is written. A file that cannot be read is left out. */
void history_files_read(const History *self, GPtrArray *files, const GPtrArray *known);

const HistoryFile *history_files_find(const GPtrArray *files, const char *path);
HistoryFile *history_file_copy(const HistoryFile *file);
GPtrArray *history_files_copy(const GPtrArray *files);
/** Whether two sets have the same paths with the same contents and modes. */
gboolean history_files_equal(const GPtrArray *a, const GPtrArray *b);
void history_files_sort(GPtrArray *files);
