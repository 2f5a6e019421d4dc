/* Files that a command has made, for this machine or for another tree: checked, shown, told of, written. */
#pragma once
#include "ifcfg-problem.h"
#include "ifcfg-replace.h"

/** The file that says that there is a network at all, where the tree has none yet. */
void new_files_add_network(GPtrArray *texts, const char *root);
/** Checks the files as `netsvc check` does, beside those that the tree has already. What is wrong with those
 * is no more than a warning. Returns: FALSE with @error when that could not be done */
gboolean new_files_check(const GPtrArray *texts, const char *root, IfcfgProblems *problems, GError **error);
void new_files_print(const GPtrArray *texts, const char *root);
/** Tells of problems on stderr. Returns: whether there are errors */
gboolean new_files_tell(IfcfgProblems *problems);
