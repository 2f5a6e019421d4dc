/* A case of tests/cases/: files, what the kernel has, what is run, and what is right then. README.md there
 * says how they are written. */
#pragma once
#include <glib.h>

/** What is done in one go, and expected after it. Texts are bodies of sections, a line each; NULL: not said.
 */
typedef struct {
    GString *files; /* as in tree.h; an empty body: the file is gone */
    char *kernel, *run, *problems, *plan, *says, *resolv, *state;
} CaseStep;

typedef struct {
    char *name, *about;
    gboolean guest_only;
    GPtrArray *steps; /* CaseStep* */
} Case;

/** Reads a case; a section that nobody knows ends the program. */
Case *case_read(const char *path);
void case_free(Case *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Case, case_free)
