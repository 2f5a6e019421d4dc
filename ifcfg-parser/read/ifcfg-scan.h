/* Finds where a quoted or nested part of shell text ends; nothing is interpreted. */
#pragma once
#include <glib.h>

/** @at: behind the opening quote. @quote: ' " or `, or $ for $'...'. Returns: the closing quote, or NULL if
 * there is none before @end. */
const char *ifcfg_scan_quote(const char *at, const char *end, char quote);

/**
 * @at: behind "$(" or "${" or "(". @close: the ')' or '}' to find.
 * @quoted: the whole stands in double quotes, where ' means nothing
 * Returns: the closing sign, or NULL if there is none before @end (or the nesting is absurdly deep)
 */
const char *ifcfg_scan_nested(const char *at, const char *end, char close, gboolean quoted);
