/* What ifcfg-dir.c keeps, for ifcfg-find.c. */
#pragma once
#include "ifcfg-dir.h"

struct IfcfgDir {
    char *root, *path;
    IfcfgRecord *network;
    GPtrArray *entries; /* of IfcfgEntry, in order */
    GPtrArray *ignored; /* of IfcfgEntry with leftovers' names: only found when named exactly */
    GHashTable *broken; /* of files that are there but could not be read: name to why, both char * */
};
