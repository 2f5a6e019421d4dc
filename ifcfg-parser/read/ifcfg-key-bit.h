/* What is asked of a record most: whether a key is in it at all. Not part of the library. */
#pragma once
#include "ifcfg-record.h"
#include <string.h>

/** One bit of 64 for a key, by its ends; few keys share one. Of a literal it costs nothing. */
#define IFCFG_KEY_BIT(first, last, length)                                                                   \
    (G_GUINT64_CONSTANT(1) << ((guint)(length)*7 + (guchar)(first)*5 + (guchar)(last)) % 64)
static inline guint64 ifcfg_key_bit(const char *key)
{
    gsize length = strlen(key);
    return IFCFG_KEY_BIT(key[0], key[length ? length - 1 : 0], length);
}
/** The bits of all keys of a record: most keys that are asked for are in no file, which is known so before
 * any line is looked at. */
guint64 ifcfg_record_bits(const IfcfgRecord *self);
/** An assignment by its number, or NULL where a later one of the same key counts. */
const IfcfgAssignment *ifcfg_record_nth_counting(const IfcfgRecord *self, guint index);
