/* Statements of a file: assignments go into a record, everything else that a shell would do becomes a
 * problem. */
#pragma once
#include "ifcfg-record.h"

/** @text: clean, see ifcfg_text_clean(). @file: interned */
void ifcfg_reader_read(IfcfgRecord *record, const char *file, const char *text, gsize length,
                       const IfcfgRecord *defaults, IfcfgProblems *problems);

/* For the reader alone: how a record gets its contents. */
void ifcfg_record_add(IfcfgRecord *self, const IfcfgAssignment *assignment, guint end_line,
                      guint end_column); /* copies key and value */
void ifcfg_record_remove(IfcfgRecord *self, const char *key);

/** For writing: the place behind the value of an assignment, its closing quote included. */
void ifcfg_record_end(const IfcfgRecord *self, guint index, guint *ret_line, guint *ret_column);
