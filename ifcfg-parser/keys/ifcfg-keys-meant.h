/* What somebody meant who wrote a value that cannot be used. Private to keys/. */
#pragma once
#include <glib.h>

/** The fault of a value with a letter that only looks like the one that was meant, to be freed; NULL: it has
 * none. */
char *ifcfg_letter_fault(const char *value);
/** The fault of a value that is no address of @family, where one can see what was meant, to be freed; else
 * NULL. */
char *ifcfg_address_fault(const char *value, int family);
