/* Records of many files in one folder. Private to read/. */
#pragma once
#include "ifcfg-record.h"

/** Two functions of ifcfg-record.h; @folder: as for ifcfg_file_read_in() */
IfcfgRecord *ifcfg_record_load_in(int folder, const char *root, const char *path, const IfcfgRecord *defaults,
                                  IfcfgProblems *problems, GError **error);
gboolean ifcfg_record_extend_in(IfcfgRecord *self, int folder, const char *root, const char *path,
                                const IfcfgRecord *defaults, IfcfgProblems *problems, GError **error);
