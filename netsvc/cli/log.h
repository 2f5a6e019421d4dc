/* Where messages go: standard error for the administrator, the journal with fields for whoever looks later.
 */
#pragma once
#include "ifcfg-problem.h"

/**
 * Tells one thing. Errors and warnings go to stderr and, where a journal listens, to the journal with
 * INTERFACE=, CONFIG_FILE= and CONFIG_LINE=; what is less urgent goes to the journal, and to stderr only
 * where there is none. Nothing is told twice when stderr is the journal already.
 * @priority: LOG_ERR, LOG_WARNING, LOG_NOTICE, LOG_INFO (syslog.h)
 * @dev: the interface, or NULL
 */
void log_message(int priority, IfcfgWhere where, const char *dev, const char *text);

/** Same, for a problem in the configuration: `ifcfg-bond0:6:14: error: ...`. */
void log_problem(const IfcfgProblem *problem);
