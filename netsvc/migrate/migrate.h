/* What becomes of a configuration when network-scripts are exchanged for netsvc, and what others would make
 * of its files: NetworkManager's reader, and an upgrade of the system. Pure: nothing is changed. */
#pragma once
#include "model/model.h"

typedef enum {
    MIGRATE_BROKEN,  /* came up with the old scripts, and does not here */
    MIGRATE_DIFFERS, /* works, otherwise than before */
    MIGRATE_UNKNOWN, /* a key that nobody knows */
    MIGRATE_NM,      /* what NetworkManager's reader of these files makes of them */
    MIGRATE_UPGRADE, /* what stops an upgrade of the system */
    MIGRATE_RIVAL,   /* who else would manage devices */
    MIGRATE_TO_DO,
    MIGRATE_LAST
} MigrateSection;

typedef struct {
    IfcfgWhere where;
    char *what; /* "LINKDELAY"; or NULL */
} MigratePlace;

/** One thing, said once, however many places it is true of. */
typedef struct {
    MigrateSection section;
    const char *id; /* static */
    char *text;
    GPtrArray *places; /* MigratePlace* */
} MigrateItem;

typedef struct {
    GPtrArray *items; /* MigrateItem*, by section */
    guint n_files, n_keys, n_as_before;
    GHashTable *as_before; /* "FILE:LINE" of the keys that work as before */
} MigrateReport;

/** @problems: what was wrong or doubtful as the files were read */
MigrateReport *migrate_check(const NetModel *model, const IfcfgProblems *problems);
void migrate_report_free(MigrateReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigrateReport, migrate_report_free)
/** Adds to the item with this id and text, or makes it. @where: file NULL: of no file */
void migrate_add(MigrateReport *self, MigrateSection section, const char *id, IfcfgWhere where,
                 const char *what, const char *text, ...) G_GNUC_PRINTF(6, 7);
gboolean migrate_has(const MigrateReport *self, MigrateSection section);
/** What to do about it all: after everything else was added. */
void migrate_advise(MigrateReport *self);
/** 0 nothing to do, 1 differences, 2 something would not come up. */
int migrate_status(const MigrateReport *self);
/** "broken". */
const char *migrate_section_name(MigrateSection section);

/** A difference from the old scripts: a bullet of that chapter of README. */
typedef struct {
    const char *id;
    const char *readme; /* words of the bullet */
    /** Whether it is about this interface, or NULL: true of every run, and of no file in particular. */
    gboolean (*concerns)(const NetIface *iface, IfcfgWhere *ret_where);
    const char *text; /* N_() */
} MigrateDifference;
const MigrateDifference *migrate_differences(gsize *ret_count);

/* --- private to this room --- */

void migrate_check_differences(MigrateReport *self, const NetModel *model);
void migrate_check_others(MigrateReport *self, const NetModel *model);
