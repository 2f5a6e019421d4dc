/* Who can change a program that root is to run. */
#pragma once
#include <glib.h>

/** Looks at the file, at what it is a link to, and at every folder above. Returns: why it must not be run as
 * root, translated, to be freed; NULL: nobody but root can change it, or it is not there. */
char *net_trust_fault(const char *path);
