/* Where the history is: /var/lib/netsvc, for root alone. Contents of files by their hash, and small texts
 * that are there whole or not at all. */
#pragma once
#include <glib.h>

typedef struct {
    char *root;        /* "" for the running system */
    char *folder;      /* ROOT/var/lib/netsvc */
    char *generations; /* ROOT/var/lib/netsvc/generations */
} History;

/** @root: NULL or "" for the running system. Nothing is made before something is written. */
History *history_new(const char *root);
void history_free(History *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(History, history_free)

/** Makes the folders. Error: NET_ERROR, with what to do about it. */
gboolean history_make_folders(const History *self, GError **error);

/**
 * Writes a file in place of the old one, for root alone.
 * @durable: it is on the disk when this returns; else it may be lost with the machine, as a whole
 */
gboolean history_write(const char *path, const char *text, gsize length, gboolean durable, GError **error);
/** What has happened to a name in its folder is on the disk too. */
void history_sync(const char *path);

/** The hash of a content, to be freed. */
char *history_hash(const char *text, gsize length);
/** Keeps a content, once. Returns: its hash, to be freed; NULL with @error */
char *history_keep(const History *self, const char *text, gsize length, gboolean durable, GError **error);
gboolean history_has(const History *self, const char *hash);
/** A content by its hash, to be freed; NULL with @error: it is gone, or is not what it was any more. */
char *history_load(const History *self, const char *hash, gsize *ret_length, GError **error);
/** Removes every content whose hash is not in the set. */
void history_forget_others(const History *self, GHashTable *hashes);
