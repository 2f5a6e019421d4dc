/* JSON inside of a value (TEAM_CONFIG): whether it is right, and where not; its members as they are written.
 * Nothing is converted. */
#pragma once
#include <glib.h>

/** A member of an object; all of it is in the text that it was found in. */
typedef struct {
    const char *name, *value; /* of the name what is between the quotes */
    gsize name_length, length;
} IfcfgJsonMember;

/**
 * Whether a text is one JSON object (RFC 8259).
 * @ret_at: gets the offset of the first thing that is wrong
 * Returns: NULL, or what is wrong, translated and static
 */
const char *ifcfg_json_object_fault(const char *text, gsize *ret_at);

/** The member of an object, which has no fault, behind @at; @at is NULL for the first one. Returns: FALSE
 * when there is none any more */
gboolean ifcfg_json_next(const char *object, const char **at, IfcfgJsonMember *ret);
/** A member by its name; of several the last one. */
gboolean ifcfg_json_find(const char *object, const char *name, IfcfgJsonMember *ret);
/** The text of a member whose value is a string without escapes, to be freed; NULL: it is something else. */
char *ifcfg_json_string(const IfcfgJsonMember *member);
