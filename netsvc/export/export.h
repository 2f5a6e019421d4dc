/* The configuration in the files of other managers of networks: NetworkManager's keyfiles, the units of
 * systemd-networkd, a document of nmstate. Pure: made of the model, nothing is written here. What a target
 * has no word for is named with its place, so that nobody finds out later. */
#pragma once
#include "model/model.h"

typedef struct ExportTarget ExportTarget;

typedef struct {
    char *path; /* below the target's folder: "bond0.nmconnection" */
    char *text;
    guint mode;
} ExportFile;

/** What a file asks for that is not carried over. */
typedef struct {
    IfcfgWhere where;
    char *what; /* "ARPCHECK=no", a route as written, "TYPE=xDSL" */
    char *why;
} ExportLoss;

typedef struct {
    const ExportTarget *target;
    GPtrArray *files;  /* ExportFile* */
    GPtrArray *losses; /* ExportLoss*, by file and line */
    guint n_read;      /* files that were looked at: ifcfg, route, rule, network */
    guint n_whole;     /* of these, files of which nothing is lost */
} ExportResult;

/** "nm", "networkd", "nmstate"; NULL: there is no such. */
const ExportTarget *export_target_find(const char *name);
/** "nm, networkd, nmstate", to be freed. */
char *export_target_names(void);
/** "NetworkManager". */
const char *export_target_title(const ExportTarget *target);

/**
 * @only: NetIface* of which files are wanted, with their aliases; NULL: all
 * @problems: what was wrong in the files as they were read: such a file is not carried over whole
 */
ExportResult *export_run(const ExportTarget *target, const NetModel *model, const GPtrArray *only,
                         const IfcfgProblems *problems);
void export_result_free(ExportResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ExportResult, export_result_free)
/** "ifcfg-eth0:7: ARPCHECK=no is not carried over: NetworkManager ...", to be freed. */
char *export_loss_format(const ExportLoss *loss);
