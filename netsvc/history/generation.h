/* One state of the files and what brought it about. The last 50 are kept. */
#pragma once
#include "history/file-set.h"

enum { GENERATIONS_MAX = 50 };

typedef enum {
    /** What was applied, and runs. */
    GENERATION_APPLIED,
    /** A trial, which is not over or nobody has written its end. */
    GENERATION_ON_TRIAL,
    /** A trial that went back. */
    GENERATION_GONE_BACK,
    /** Edited, and put away by a rollback before it was ever applied. */
    GENERATION_PUT_AWAY,
} GenerationResult;

typedef struct {
    guint number;
    gint64 time; /* seconds since 1970 */
    char *command, *user;
    GenerationResult result;
    GPtrArray *files;         /* HistoryFile*, by path */
    GPtrArray *changes;       /* char*: what was done, a line of the plan each */
    GPtrArray *interruptions; /* char*: "bond0 1250": milliseconds */
} Generation;

Generation *generation_new(void);
void generation_free(Generation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Generation, generation_free)

/** The text on disk, and back; NULL: it is cut or no generation. */
char *generation_format(const Generation *self);
Generation *generation_parse(const char *text);
const char *generation_result_name(GenerationResult result); /* "applied" */

/** Numbers (guint) of those that are kept, in ascending order. */
GArray *generation_numbers(const History *history);
/** Error: NET_ERROR ENOENT there is none of this number, EBADMSG it is damaged. */
Generation *generation_load(const History *history, guint number, GError **error);
/** The last one that was applied and can be read, or NULL. */
Generation *generation_last(const History *history);
/** Gives it the next number and writes it; the oldest go, and contents that none has any more. The last one
 * applied never goes. */
gboolean generation_save(const History *history, Generation *self, gboolean durable, GError **error);
/** Writes what has changed in one that was saved: the end of a trial. */
gboolean generation_rewrite(const History *history, const Generation *self, gboolean durable, GError **error);
